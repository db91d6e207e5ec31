# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Actions: what somebody agreed to do for a client by a day.

Rules, each with a test:

* An action stands on its owner's Today from the day it was agreed until it is done.
* An action of somebody who has handed the client over or left the team passes to the key worker.
* Past its day it is late; nothing else follows by itself.
* What a colleague asks of somebody stands first until they say that they have heard, or done it. A
  forum agrees actions and asks nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from desktop_app.casework.assignments import who_has_it_now
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, open_file, pieces
from desktop_app.casework.due_visits import over_chip
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _


@dataclass(frozen=True, slots=True)
class Action:
    """What these rules need of an action."""

    form: ClassVar[str] = "action"
    record: Record
    what: str
    lane: str
    owner: str
    agreed_on: date | None
    due_on: date | None
    heard_on: date | None
    done_on: date | None
    forum: bytes | None

    def late(self, on: date) -> bool:
        """Say whether its day has passed and it is not done."""
        return self.done_on is None and self.due_on is not None and self.due_on < on


def open_actions(records: Iterable[Record]) -> list[Action]:
    """Return the actions that are not done, the one due first first."""
    found = [one for one in read_all(Action, records) if one.done_on is None and one.what]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.record.id))


def actions_due(file: CaseFile, look: Look) -> list[Due]:
    """Return the open actions of one client that are this person's."""
    found = []
    for one in open_actions(file.records):
        owners = (one.owner,) if one.owner else ()
        if look.me.id in who_has_it_now(file.records, owners, look.team, look.day):
            asked = one.record.author != look.me.id and one.forum is None
            unheard = asked and one.heard_on is None
            found.append(_asked(one, file, look) if unheard else _due(one, file, look))
    return found


def _asked(action: Action, file: CaseFile, look: Look) -> Due:
    due = _due(action, file, look)
    words = _("because **%(who)s** asks you: **“%(what)s”**, by %(day)s")
    day = say_short(action.due_on.isoformat(), look.day) if action.due_on else ""
    said = {"who": look.team.name_of(action.record.author), "what": action.what, "day": day}
    return replace(
        due,
        group=Group.FIRST,
        because=pieces(words, said),
        chips=(Chip(_("For you"), "info", "mail-open"), *due.chips),
        answers=(Answer("action_heard", _("Heard"), "H"), *due.answers),
        order=(2, *due.order),
    )


def _due(action: Action, file: CaseFile, look: Look) -> Due:
    left = (action.due_on - look.day).days if action.due_on else 0
    day = say_short(action.due_on.isoformat(), look.day) if action.due_on else ""
    words = (
        _("because **“%(what)s”** was to be done by **%(day)s**")
        if left < 0
        else _("because **“%(what)s”** was agreed, to be done by %(day)s")
    )
    chip = over_chip(left) if left < 0 else None
    return Due(
        Group.NEEDS,
        "action",
        file.client.id,
        action.record.id,
        file.name,
        because=pieces(words, {"what": action.what, "day": day}),
        what=_("Action"),
        chips=(chip,) if chip else (),
        answers=(Answer("need_done", _("Done"), "S"), open_file()),
        icon="square-check",
        late=left < 0,
        order=(left,),
    )
