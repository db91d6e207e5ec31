# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Needs whose day is near: help somebody said they would see to.

Rules, each with a test:

* A need is shown to who sees to it, a few days ahead, until it is done.
* A need that is nobody's is shown to the key worker; so is one of a worker who has handed the
  client over or left the team, for a promise does not leave with who made it.
* A need without a day is not late; it stays in the case file.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.assignments import who_has_it_now
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, open_file, pieces
from desktop_app.casework.due_visits import over_chip
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.words import _


@dataclass(frozen=True, slots=True)
class Need:
    """What these rules need of a need."""

    form: ClassVar[str] = "need"
    record: Record
    domain: str
    what: str
    owner: str
    due_on: date | None
    done_on: date | None
    outcome: str


def needs_due(file: CaseFile, look: Look) -> list[Due]:
    """Return the needs of one client that are this person's and whose day is near."""
    found = []
    for one in read_all(Need, file.records):
        if one.due_on is None or one.done_on is not None or one.outcome:
            continue
        owners = (one.owner,) if one.owner else ()
        having = who_has_it_now(file.records, owners, look.team, look.day)
        if look.me.id in having and (one.due_on - look.day).days <= look.limits.days.need_due:
            found.append(_due(one, one.due_on, file, look))
    return found


def _due(need: Need, by: date, file: CaseFile, look: Look) -> Due:
    left = (by - look.day).days
    choice = codes("need_domain").find(need.domain)
    words = (
        _("because **“%(what)s”** was to be done by **%(day)s**")
        if left < 0
        else _("because **“%(what)s”** is to be done by %(day)s")
    )
    chip = over_chip(left)
    return Due(
        Group.NEEDS,
        "need",
        file.client.id,
        need.record.id,
        file.name,
        because=pieces(words, {"what": need.what, "day": say_short(by.isoformat(), look.day)}),
        what=codes("need_domain").label(need.domain) if need.domain else "",
        chips=(chip,) if chip else (),
        answers=(Answer("need_done", _("Done"), "S"), open_file()),
        icon=choice.icon if choice and choice.icon else "life-buoy",
        late=left < 0,
        order=(left,),
    )
