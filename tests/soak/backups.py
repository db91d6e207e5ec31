# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Backups: made, and put back from the copy and the words alone, at twenty sizes up to 500 MB.

What is put back is compared with what was there, row by row. What restoring itself writes is said
in `_ITS_OWN`.
"""

import hashlib
import os
import time
from pathlib import Path

from storage import copies, ledger
from storage.ledger import Held
from storage.store import Store
from tests.soak.figures import note, scratch, small, tell
from tests.storage.pen import OWN
from tests.storage.safe import Kept, kept_in, opened

SIZES, LARGEST_MB, SLOWEST_S = 20, 500, 120.0
_PART = 1 << 20
_ITS_OWN = {"value"}
"""Tables restoring writes to: when it was restored."""


def main() -> None:
    """Measure."""
    sizes = 3 if small() else SIZES
    largest = 20 if small() else LARGEST_MB
    slowest = different = 0.0
    with scratch() as place, kept_in(place) as kept:
        for number in range(1, sizes + 1):
            _fill(kept.store, int(largest ** (number / sizes)))
            seconds, wrong = _there_and_back(kept, place / f"anew-{number}")
            size = (kept.folder / "vault.db").stat().st_size / 1e6
            note(f"{size:.0f} MB: {seconds:.1f} s, {wrong} tables different")
            different += wrong
            if size > 10 or small():  # of a small one Argon2id is nearly all
                slowest = max(slowest, seconds / size * 100)
    tell(f"Backups of {sizes} sizes put back: tables that differ", different, "", 0)
    tell("A backup and putting it back, for 100 MB, at worst", round(slowest, 1), "s", SLOWEST_S)


def _fill(store: Store, megabytes: int) -> None:
    """Have the log hold so many megabytes."""
    held = store.rows("SELECT count(*) FROM bundle")[0][0]
    for number in range(held, megabytes):
        with store.transaction():
            raw = os.urandom(_PART)
            ledger.add_bundles(store, [Held(OWN, number + 1, os.urandom(32), 1, 0, "", raw)])


def _there_and_back(kept: Kept, to: Path) -> tuple[float, int]:
    """Return how long a backup and its restoring take, and how many tables differ after it."""
    kept.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    begun = time.perf_counter()
    done = kept.restore(kept.back_up(), to)
    seconds = time.perf_counter() - begun
    new = opened(done.folder)
    before, after = _digests(kept.store), _digests(new)
    new.close()
    for one in done.folder.iterdir():
        one.unlink()
    wrong = [name for name in before if before[name] != after.get(name) and name not in _ITS_OWN]
    return seconds, len(wrong)


def _digests(store: Store) -> dict[str, str]:
    """Return a digest of every row of every table."""
    return {name: _digest(store, name) for name in copies.tables(store)}


def _digest(store: Store, table: str) -> str:
    found = hashlib.blake2b()
    total = 0
    for row in store.db.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  a name of our own
        one = hashlib.blake2b(repr(row).encode(), digest_size=16).digest()
        total = (total + int.from_bytes(one, "big")) % (1 << 128)
    found.update(total.to_bytes(16, "big"))
    return found.hexdigest()


if __name__ == "__main__":
    main()
