# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The chain beneath a client who missed appointments: the misses, who was told, whose turn it is.

Every link is a fact of the records; none is taken for done because its day has passed.
"""

from datetime import datetime

from desktop_app.casework.assignments import KEY_WORKER, worker_on
from desktop_app.casework.dates import as_moment, say_moment
from desktop_app.casework.due import CaseFile
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.words import _
from ui.clock import local
from ui.pages.today_chain import Link

MISSES = 2
"""Misses that are shown by their day; earlier ones are counted in the row's chip."""


def chain(file: CaseFile, team: Team, *, now: datetime, seen: bool = False) -> list[Link]:
    """Return the links.

    Args:
        file: the client's case file.
        team: whose names are said.
        now: local time.
        seen: whether the visit has been answered on the page already.
    """
    past = [
        one
        for one in file.records
        if one.form == "appointment" and one.text("state") == "not_attended" and _before(one, now)
    ]
    missed = sorted(past, key=lambda one: one.text("booked_for"))[-MISSES:]
    today = now.date()
    links = [
        Link(_("Missed"), say_moment(one.text("booked_for"), today), done=True) for one in missed
    ]
    if missed:
        at = local(missed[-1].recorded_at).isoformat(timespec="minutes")[:16]
        links.append(
            Link(
                _("Told by %(name)s") % {"name": team.name_of(missed[-1].author)},
                say_moment(at, today),
                done=True,
            )
        )
    worker = worker_on(file.records, KEY_WORKER, today)
    who = team.name_of(worker) if worker else _("nobody yet")
    links.append(Link(_("Home visit"), who, done=seen))
    booked = [one for one in file.records if _ahead(one, now)]
    first = min(booked, key=lambda one: one.text("booked_for"), default=None)
    when = say_moment(first.text("booked_for"), today) if first else _("not booked yet")
    links.append(Link(_("Next appointment"), when))
    return links


def _before(record: Record, now: datetime) -> bool:
    at = as_moment(record.text("booked_for"))
    return at is not None and at <= now


def _ahead(record: Record, now: datetime) -> bool:
    at = as_moment(record.text("booked_for")) if record.form == "appointment" else None
    return at is not None and at > now and record.text("state") == "booked"
