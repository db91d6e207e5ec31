# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How long a forum has still, and how long that leaves each person: said quietly, never pressed.

Rules, each with a test:

* Whoever is left has the same time as anybody else who is left.
* Nothing follows from the end: past it, it is said, and the forum goes on.
"""

from dataclasses import dataclass
from datetime import datetime

from desktop_app.casework.words import _, ngettext

MINUTE = 60


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The time a forum has still.

    Attributes:
        minutes: whole minutes to its end; none or fewer once that has passed.
        people: who is still to be talked about.
    """

    minutes: int
    people: int

    @property
    def each(self) -> int:
        """Return whole minutes for each who is left; 0 for less than one."""
        return max(0, self.minutes // self.people) if self.people else 0

    @property
    def words(self) -> str:
        """Return it in words: "63 min left, 3 each"."""
        if self.minutes <= 0:
            return _("past the end that was set")
        left = ngettext("%(n)d min left", "%(n)d min left", self.minutes) % {"n": self.minutes}
        if not self.people:
            return left
        if not self.each:
            return _("%(left)s, less than one each") % {"left": left}
        return _("%(left)s, %(each)d each") % {"left": left, "each": self.each}


def time_left(ends: datetime | None, now: datetime, people: int) -> TimeLeft | None:
    """Return how long a forum has still; None where no end was set."""
    if ends is None:
        return None
    return TimeLeft(int((ends - now).total_seconds() // MINUTE), people)
