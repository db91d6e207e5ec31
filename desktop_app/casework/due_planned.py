# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is planned for today: visits and appointments with this person in them.

Rules, each with a test:

* What was planned for an earlier day and never answered does not vanish: it stays, as late, until
  somebody says what became of it.
* A visit of two is opened, not answered with one key: two people went, and each has an account.
* Somebody who is down to go alone where an alert says two is told so here.
* Where to go, and which door, stands in the row; so does who else sees them today, while two visits
  can still be made one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop_app.casework.alerts import not_alone
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_moment
from desktop_app.casework.due import (
    Answer,
    CaseFile,
    Due,
    Group,
    Look,
    Piece,
    joined,
    pieces,
    seen_answers,
)
from desktop_app.casework.one_visit import FROM_AFAR
from desktop_app.casework.overlap import Other, in_a_row, others_on, to_join
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.wording import Chip, joint_words, listed
from desktop_app.casework.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Planned:
    """What these rules need of a visit."""

    form: ClassVar[str] = "visit"
    record: Record
    at: datetime | None
    state: str
    kind: str
    place: str
    people: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Booked:
    """What these rules need of an appointment."""

    form: ClassVar[str] = "appointment"
    record: Record
    kind: str
    booked_for: datetime | None
    with_person: str
    with_whom: str
    company: tuple[str, ...]
    place: str
    what: str
    state: str


def planned_visits(file: CaseFile) -> list[Planned]:
    """Return a client's visits still to come or still to be answered, earliest first."""
    open_still = [one for one in file.records if one.text("state") == "planned"]
    found = [one for one in read_all(Planned, open_still) if one.at]
    return sorted(found, key=lambda one: (one.record.text("at"), one.record.id))


def first_planned_today(file: CaseFile, look: Look) -> datetime | None:
    """Return when this person first goes to a client today; None when they do not."""
    times = [
        one.at
        for one in planned_visits(file)
        if one.at and one.at.date() == look.day and look.me.id in one.people
    ]
    return times[0] if times else None


def planned(file: CaseFile, look: Look) -> list[Due]:
    """Return the visits and appointments of one client that are this person's, up to tonight."""
    visits = [
        _visit(one, one.at, file, look)
        for one in planned_visits(file)
        if one.at and one.at.date() <= look.day and look.me.id in one.people
    ]
    open_still = [one for one in file.records if one.text("state") == "booked"]
    booked = [
        _appointment(one, one.booked_for, file, look)
        for one in read_all(Booked, open_still)
        if one.booked_for
        and one.booked_for.date() <= look.day
        and look.me.id in (one.with_person, *one.company)
    ]
    return [*visits, *booked]


def _visit(visit: Planned, at: datetime, file: CaseFile, look: Look) -> Due:
    joint = len(set(visit.people)) > 1
    late = at.date() < look.day
    forbidden = visit.kind not in FROM_AFAR and not_alone(file.records, look.day)
    risky = forbidden and not joint
    chips = [Chip(_("Two of you"), "bad" if forbidden else "info", "users")] * joint
    chips += [Chip(_("Do not visit alone"), "bad", "triangle-alert")] * risky
    chips += [_late_chip()] * late
    start = Answer("start", _("Start visit"), "S")
    one_key = () if joint or risky else _answers(visit.kind)
    goes = at.date() == look.day and visit.kind not in FROM_AFAR
    others = others_on(file.records, look.day, look.me.id) if goes else []
    join = to_join(others, visit.record.audience)
    together = (Answer("together", _("Go together"), "G"),) if join is not None else ()
    label = codes("visit_kind").label(visit.kind)
    return Due(
        Group.NOW,
        "visit",
        file.client.id,
        visit.record.id,
        file.name,
        because=joined(_why(visit, at, file, look, risky=risky, others=others)),
        what=joint_words(label) if joint else label,
        chips=tuple(chips),
        answers=(*together, *(one_key or (start, Answer("rebook", _("Rebook"), "R")))),
        primary=start,
        big=f"{at:%H:%M}",
        beneath=_away(at, look.now),
        late=late,
        at=at,
        order=_by_the_clock(at),
    )


def _why(
    visit: Planned,
    at: datetime,
    file: CaseFile,
    look: Look,
    *,
    risky: bool,
    others: Sequence[Other],
) -> list[tuple[Piece, ...]]:
    said: list[tuple[Piece, ...]] = []
    if risky:
        said.append(pieces(_("**an alert says not alone, and you are down alone**")))
    said += [in_a_row(one, look.team) for one in others if one.is_visit]
    if at.date() < look.day:
        said.append(_unanswered(at, look))
    along = [look.team.name_of(one) for one in dict.fromkeys(visit.people) if one != look.me.id]
    if along:
        said.append(pieces(_("with **%(names)s**"), {"names": listed(along)}))
    if visit.purpose:
        said.append((Piece(visit.purpose, strong=True),))
    booked = [in_a_row(one, look.team) for one in others if not one.is_visit]
    return [*said, *((Piece(one),) for one in _where(visit, file)), *booked]


def _where(visit: Planned, file: CaseFile) -> list[str]:
    if visit.kind in FROM_AFAR:
        phone = file.client.text("phone")
        return [phone] if phone else []
    if visit.place or visit.kind != "home":
        return [visit.place] if visit.place else []
    address = ", ".join(
        one for one in (file.client.text("address_1"), file.client.text("postcode")) if one
    )
    return [one for one in (address, file.client.text("find_the_door")) if one]


def _appointment(booked: Booked, at: datetime, file: CaseFile, look: Look) -> Due:
    late = at.date() < look.day
    said = [_unanswered(at, look)] if late else []
    if booked.what:
        said.append((Piece(booked.what, strong=True),))
    other = booked.with_person not in ("", look.me.id)
    name = look.team.name_of(booked.with_person) if other else ""
    said += [(Piece(one),) for one in (name, booked.with_whom, booked.place) if one]
    return Due(
        Group.NOW,
        "appointment",
        file.client.id,
        booked.record.id,
        file.name,
        because=joined(said),
        what=codes("appointment_kind").label(booked.kind),
        chips=(_late_chip(),) if late else (),
        answers=(
            Answer("attended", _("Attended"), "S"),
            Answer("not_attended", _("Did not attend"), "N"),
            Answer("rearranged", _("Rebook"), "R"),
        ),
        big=f"{at:%H:%M}",
        beneath=_away(at, look.now),
        late=late,
        at=at,
        order=_by_the_clock(at),
    )


def _answers(kind: str) -> tuple[Answer, ...]:
    if kind == "phone":
        return (
            Answer("seen", _("Spoke"), "S"),
            Answer("not_seen", _("No answer"), "N"),
            Answer("rebook", _("Rebook"), "R"),
        )
    return seen_answers()


def _unanswered(at: datetime, look: Look) -> tuple[Piece, ...]:
    words = _("because it was planned for **%(day)s** and nobody has said what became of it")
    return pieces(words, {"day": say_moment(f"{at:%Y-%m-%dT%H:%M}", look.day)})


def _late_chip() -> Chip:
    return Chip(_("Not answered"), "warn", "circle-help")


def _away(at: datetime, now: datetime) -> str:
    if at.date() != now.date():
        days = (now.date() - at.date()).days
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    minutes = int((at - now).total_seconds() // 60)
    if 0 <= minutes < 60:
        return ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes}
    return ""


def _by_the_clock(at: datetime) -> tuple[int, ...]:
    return (at.toordinal(), at.hour * 60 + at.minute)
