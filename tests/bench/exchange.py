# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Exchanging a hundred thousand changes where as many records are, in large and small bundles."""

from tests.bench.figures import scratch, small, tell
from tests.bench.sharing import undisturbed, way

LIMIT, LIMIT_MB = 2.0, 200.0
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
        many = undisturbed([going.round(few, in_a_bundle=SMALL_BUNDLE) for _time in range(ROUNDS)])
        # Small bundles are sent one at a time over weeks, and taken in many at a time.
        what = f"Taking in {few:,} changes in bundles of {SMALL_BUNDLE} / plain upserts"
        tell(what, many.taking / many.plainly, "x", LIMIT)
        tell(f"Extra memory in bundles of {SMALL_BUNDLE}", many.extra_mb, "MB", LIMIT_MB)
        going.close()


if __name__ == "__main__":
    main()
