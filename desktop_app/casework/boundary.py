# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Boundary decisions: whether to act against somebody who makes progress (guide section 6).

Case by case, with each agency's view beside it for ever. Rules, each with a test:

* The latest that nothing has taken the place of counts, until somebody decides anew.
* It turns no posture. What it says may be evidence for one.
* Once the day it is to be looked at again has passed it is late, and still counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.superseding import latest

ACT, HOLD, WAIT = "act", "hold", "wait"


@dataclass(frozen=True, slots=True)
class Boundary:
    """What these rules need of a boundary decision."""

    form: ClassVar[str] = "boundary"
    record: Record
    decided_on: date | None
    facts: str
    decision: str
    final_say: str
    review_on: date | None
    supersedes: bytes | None

    def late(self, day: date) -> bool:
        """Say whether it was to be looked at again before a day."""
        return self.review_on is not None and self.review_on < day


def boundary_now(records: Iterable[Record], day: date) -> Boundary | None:
    """Return the boundary decision that counts on a day; None when there is none."""
    found = [one for one in read_all(Boundary, records) if one.decided_on and one.decided_on <= day]
    return latest(found, lambda one: one.decided_on)
