# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was promised to a client and is still open.

Rules, each with a test:

* A next step is open until somebody says that it is done; the one to be done first stands first.
* What was promised at the door has no day of its own: what was said at the last visit at which
  anything was promised counts, and stands after what has a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.casework.due_visits import NextStep
from desktop_app.casework.readings import held, read_all
from desktop_app.casework.records import Record
from desktop_app.casework.visits import HAPPENED, encounters


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise.

    Attributes:
        words: what was promised.
        by: by when; None where no day was said.
        who: person id of who sees to it; empty for nobody in particular.
    """

    words: str
    by: date | None
    who: str


def promises(records: Iterable[Record]) -> list[Promise]:
    """Return what is still open, what is to be done first first."""
    known = held(records)
    steps = [
        one
        for one in read_all(NextStep, known)
        if one.next_step.strip() and one.next_step_done_on is None
    ]
    steps.sort(key=lambda one: (one.next_step_on or date.max, one.record.id))
    found = [
        Promise(one.next_step, one.next_step_on, next(iter(one.next_step_with), ""))
        for one in steps
    ]
    return [*found, *_at_the_door(known)]


def _at_the_door(records: Iterable[Record]) -> list[Promise]:
    """Return what was promised at the last visit at which anything was."""
    for past in encounters(records):
        if past.visit.state not in HAPPENED:
            continue
        said = [one for one in past.told if one.latest.promised.strip()]
        if said:
            return [Promise(one.latest.promised.strip(), None, one.author) for one in said]
    return []
