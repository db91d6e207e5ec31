# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is still to come for a client: visits, appointments and court, the earliest first.

Of an appointment it is said that it is one, when, where and with whom, never what it is for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_date
from desktop_app.casework.due_planned import Booked, Planned
from desktop_app.casework.people import Team
from desktop_app.casework.readings import held, read_all
from desktop_app.casework.records import Record
from desktop_app.casework.whereabouts import setting_on
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing to come.

    Attributes:
        at: when; midnight where only the day is known.
        what: what it is, in words.
        who: who goes there, or with whom it is, and where.
        place: where.
        form: of the record that says so.
        with_whom: with whom it is, without where: names alone, for a card in any language.
    """

    at: datetime
    what: str
    who: str
    place: str = ""
    form: str = ""
    with_whom: str = ""


def coming(records: Iterable[Record], team: Team, now: datetime) -> list[Coming]:
    """Return what is still to come, the earliest first."""
    known = held(records)
    found = [*_visits(known, team, now), *_appointments(known, team, now), *_court(known, now)]
    return sorted(found, key=lambda one: (one.at, one.what))


def _visits(known: Sequence[Record], team: Team, now: datetime) -> list[Coming]:
    found = []
    for one in read_all(Planned, known):
        if one.at is not None and one.state == "planned" and one.at >= now:
            people = [team.name_of(each) for each in dict.fromkeys(one.people)]
            kind = codes("visit_kind").label(one.kind) if one.kind else _("Visit")
            found.append(_made(one.at, kind, people, one.place, "visit"))
    return found


def _appointments(known: Sequence[Record], team: Team, now: datetime) -> list[Coming]:
    found = []
    for one in read_all(Booked, known):
        if one.booked_for is not None and one.state == "booked" and one.booked_for >= now:
            people = [team.name_of(each) for each in (one.with_person, *one.company) if each]
            who = [*people, *([one.with_whom] if one.with_whom else [])]
            found.append(_made(one.booked_for, _("Appointment"), who, one.place, "appointment"))
    return found


def _court(known: Sequence[Record], now: datetime) -> list[Coming]:
    setting = setting_on(known, now.date())
    on = as_date(setting.record.text("next_court_on")) if setting is not None else None
    if setting is None or on is None or on < now.date():
        return []
    court = setting.record.text("court")
    return [_made(datetime.combine(on, time()), _("Court"), [], court, "setting")]


def _made(at: datetime, what: str, who: list[str], place: str, form: str) -> Coming:
    both = " · ".join(one for one in (listed(who), place) if one)
    return Coming(at, what, both, place, form, ", ".join(who))
