# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Between which times something was recorded, whatever the clock of its author's laptop said.

A date can be set back on one laptop, not on all of them: whoever wrote after reading something
wrote later than it, and what has arrived was written before. Rules, each with a test:

* It was recorded after all that its author had seen, as far as that is dated no later than it
  arrived: another clock may run ahead.
* It was recorded before it arrived here; where that is not known, before somebody wrote who had
  seen it.
* Times that contradict each other say nothing.
* A time a few minutes outside is no reason to doubt a clock.
"""

from collections.abc import Iterable
from typing import NamedTuple

TOLERANCE_MS = 10 * 60_000
"""From here on people are told that a clock is wrong; nearer, no clock is quite right."""


class Window(NamedTuple):
    """When something was recorded, all in UTC milliseconds.

    Attributes:
        claimed_ms: by the clock of its author's laptop.
        earliest_ms: not before that, by what others had written; None where that is not known.
        latest_ms: not after that; likewise.
    """

    claimed_ms: int
    earliest_ms: int | None = None
    latest_ms: int | None = None

    @property
    def doubtful(self) -> bool:
        """Say whether the time it claims cannot be right."""
        early = self.earliest_ms is not None and self.claimed_ms < self.earliest_ms - TOLERANCE_MS
        late = self.latest_ms is not None and self.claimed_ms > self.latest_ms + TOLERANCE_MS
        return early or late

    @property
    def known(self) -> bool:
        """Say whether anything is known but what it claims."""
        return self.earliest_ms is not None or self.latest_ms is not None


def window(
    claimed_ms: int,
    *,
    seen: Iterable[tuple[int, int | None]] = (),
    arrived_ms: int | None = None,
    heard_ms: int | None = None,
) -> Window:
    """Return between which times something was recorded.

    Args:
        claimed_ms: when, by its author's clock.
        seen: of each thing its author had seen, when it says it was written and when it arrived
            here, where that is known.
        arrived_ms: when it arrived here itself.
        heard_ms: when somebody first wrote who had seen it.
    """
    dates = (at if here is None else min(at, here) for at, here in seen)
    earliest, latest = max(dates, default=None), heard_ms if arrived_ms is None else arrived_ms
    if earliest is not None and latest is not None and latest < earliest:
        return Window(claimed_ms)
    return Window(claimed_ms, earliest, latest)
