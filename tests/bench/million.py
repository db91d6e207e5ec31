# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A vault that holds a million changes: exchanging a hundred thousand more, and opening it.

Opening is timed from the words to the first page of clients, less what Argon2id takes by itself,
which is slow on purpose and the same for every vault.
"""

from pathlib import Path

from nacl.pwhash import argon2id

from storage import reads, unlock
from storage.store import Store
from sync.seat import seat_of
from tests.bench.figures import scratch, seconds, small, tell
from tests.bench.invented import WORDS
from tests.bench.sharing import undisturbed, way

LIMIT, LIMIT_MB, LIMIT_S = 2.5, 200.0, 0.3
ROUNDS, OPENINGS = 3, 7


def main() -> None:
    """Measure."""
    present, count = (50_000, 5_000) if small() else (1_000_000, 100_000)
    with scratch() as place:
        going = way(place)
        going.fill(present)
        one = undisturbed([going.round(count) for _time in range(ROUNDS)])
        what = f"Exchange of {count:,} changes on {present:,} / plain upserts"
        tell(what, one.ratio, "x", LIMIT)
        tell(f"Extra memory, {present:,} present", one.extra_mb, "MB", LIMIT_MB)
        going.close()
        over = _over_argon2(going.other.folder)
        tell(f"Unlocking {present:,} changes, beyond Argon2id", over, "s", LIMIT_S)


def _over_argon2(folder: Path) -> float:
    """Return how long opening takes beyond making a key from the words."""
    cost, salt = unlock.STANDARD, bytes(16)

    def derive() -> None:
        argon2id.kdf(32, WORDS.encode(), salt, opslimit=cost.passes, memlimit=cost.memory)

    whole, alone = [], []
    for _time in range(OPENINGS):
        whole.append(seconds(lambda: _open(folder)))
        alone.append(seconds(derive))
    return min(whole) - min(alone)  # the shortest of each: what nothing else disturbed


def _open(folder: Path) -> None:
    """Open a vault, and ask for what the first page shows."""
    store = Store.open(folder, unlock.unlock(folder, WORDS))
    try:
        assert seat_of(store) is not None
        assert reads.caseload(store, limit=50)
    finally:
        store.close()


if __name__ == "__main__":
    main()
