# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A new laptop in an old team: everything the team ever wrote, fetched, verified and taken in.

The team's work lies on the share as it does after years: bundles of 60 changes, those older than a
month in packs. It is held against one `executemany` of upserts of the same rows into plain SQLite.
Ten times as much must take ten times as long. Memory is a pack of bundles and the vault's cache of
64 MB, which is full at about 150,000 changes; after that it grows by some 20 bytes for each change.
"""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sync import packing
from sync.packing import Limits
from tests.bench.figures import note, scratch, seconds, small, tell
from tests.bench.fresh import exchanged
from tests.bench.invented import Laptop, admitted, asking, coordinators
from tests.bench.sharing import in_bundles, plain_table, rows_of, write_plainly

LIMIT, LIMIT_MB, LIMIT_BYTES, LIMIT_LINEAR = 2.5, 200.0, 150.0, 1.5
LIMIT_FEW, FEW = 5.0, 10_000
"""So few are here in half a second, of which a good part is what every exchange costs."""
SIZES = (10_000, 100_000, 1_000_000)
LIMIT_FLAT = 40.0
"""Bytes: less than half of what the change itself takes on the share."""
IN_A_BUNDLE, ROUNDS = 60, 3
MONTH_MS = 31 * 24 * 3600 * 1000
AT_ONCE = 60_000


def main() -> None:
    """Measure."""
    packing.LIMITS = Limits(packs=1_000, cleared=1_000_000, every_ms=0)
    sizes = (2_000, 5_000) if small() else SIZES
    per_change, memory = {}, {}
    for count in sizes:
        with scratch() as place:
            found = _bootstrap(place, count)
            size, files = _on_share(place)
        per_change[count], memory[count] = found.taken / count, found.extra_mb
        what = f"A new laptop with {count:,} changes / plain upserts"
        limit = LIMIT_FEW if count <= FEW else LIMIT
        tell(what, found.taken / found.plainly, "x", limit)
        tell(f"Extra memory of {count:,} on a new laptop", found.extra_mb, "MB", LIMIT_MB)
        tell(f"On the share per change, of {count:,}", size / count, "bytes", LIMIT_BYTES)
        note(f"{found.taken:.1f} s, plainly {found.plainly:.1f} s; {files} files")
    linear = per_change[sizes[-1]] / per_change[sizes[-2]]
    what = f"Time per change, {sizes[-1]:,} / {sizes[-2]:,} on a new laptop"
    tell(what, linear, "x", LIMIT_LINEAR)
    further = (memory[sizes[-1]] - memory[sizes[-2]]) * (1 << 20) / (sizes[-1] - sizes[-2])
    what = f"Further memory per change, {sizes[-2]:,} to {sizes[-1]:,}"
    tell(what, further, "bytes", LIMIT_FLAT)


@dataclass(frozen=True, slots=True)
class Found:
    """How long a new laptop takes, how long the rows alone take, in seconds; and the memory."""

    taken: float
    plainly: float
    extra_mb: float


def _bootstrap(place: Path, count: int) -> Found:
    """Fill a share, pack it up, and let new laptops come; the shortest of each time counts."""
    one, rounds = coordinators(place), ROUNDS if count < SIZES[-1] else 1
    plains = [plain_table(place, f"plain{number}") for number in range(rounds)]
    plainly = [0.0] * rounds
    for edits in in_bundles(one, count, IN_A_BUNDLE, AT_ONCE):
        rows = rows_of(one, edits)
        for number, plain in enumerate(plains):
            plainly[number] += seconds(partial(write_plainly, plain, rows))
    for plain in plains:
        plain.close()
    note(f"{count:,} changes are written")
    one.now_ms += MONTH_MS
    for _packed_and_cleared in range(2):
        one.exchange()
    taken, extra_mb = [], 0.0
    for number in range(rounds):
        other = asking(one, place, f"other{number}")
        admitted(one, other.name)
        one.exchange()
        found = exchanged(other)
        taken.append(found.taken)
        extra_mb = max(extra_mb, found.extra_mb)
        _see_it_whole(one, other)
    one.store.close()
    return Found(min(taken), min(plainly), extra_mb)


def _see_it_whole(one: Laptop, other: Laptop) -> None:
    """See that nothing is missing."""
    counted = [
        laptop.store.rows(
            "SELECT form, count(*), sum(length(live)) FROM record"
            " WHERE form IN ('client', 'visit') GROUP BY form"
        )
        for laptop in (one, other)
    ]
    assert counted[0] == counted[1], counted
    other.store.close()


def _on_share(place: Path) -> tuple[int, int]:
    """Return how many bytes of bundles lie on the share, and in how many files."""
    files = [one for one in place.rglob("share/**/*") if one.suffix in (".bundle", ".pack")]
    return sum(one.stat().st_size for one in files), len(files)


if __name__ == "__main__":
    main()
