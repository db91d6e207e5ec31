# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Exchanging a hundred thousand changes where as many records are, in large and small bundles."""

from storage import waiting
from tests.bench.figures import scratch, small, tell
from tests.bench.sharing import Round, undisturbed, way

LIMIT, LIMIT_MB = 2.0, 200.0
LIMIT_SMALL = 1.25
"""What opening, checking and keeping 500 files may add to taking in what is in them."""
LIMIT_SCATTERED = 3.0
"""Few changes, each on a page of its own: a record is read before it is merged, where the plain
table is overwritten without a look, and wholly in memory. Small bundles have no part in it."""
SMALL_BUNDLE = 60
ROUNDS = 3


def main() -> None:
    """Measure."""
    count = 5_000 if small() else 100_000
    with scratch() as place:
        going = way(place)
        going.fill(count)
        large = undisturbed([going.round(count) for _time in range(ROUNDS)])
        tell(f"Exchange of {count:,} changes / plain upserts", large.ratio, "x", LIMIT)
        tell(f"Extra memory of exchanging {count:,} changes", large.extra_mb, "MB", LIMIT_MB)
        few = count * 3 // 10
        together, many = list[Round](), list[Round]()
        for _time in range(ROUNDS):  # by turns, so that whatever else is going on slows both
            many.append(going.round(few, in_a_bundle=SMALL_BUNDLE))
            together.append(going.round(few))
        best = undisturbed(many)
        # Small bundles are sent one at a time over weeks, and taken in many at a time.
        what = f"Taking in {few:,} changes in bundles of {SMALL_BUNDLE}"
        tell(f"{what} / plain upserts", best.taking / best.plainly, "x", LIMIT_SCATTERED)
        large_ones = f"in bundles of {waiting.LIMIT.changes:,}"
        slower = best.taking / undisturbed(together).taking
        tell(f"{what} / {large_ones}", slower, "x", LIMIT_SMALL)
        tell(f"Extra memory in bundles of {SMALL_BUNDLE}", best.extra_mb, "MB", LIMIT_MB)
        going.close()


if __name__ == "__main__":
    main()
