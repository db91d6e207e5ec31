# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The day of release: what is arranged for it, what is still open, and who sees to that.

Rules, each with a test:

* Each part is open until it is answered; "not yet" is open too, "not needed" is not.
* Whoever is down for a visit on that day meets them, whether or not a plan names them.
* A plan holds from going away until coming out: a move from one prison to the next drops nothing.
* Plans that two people made of one release are read as one: of each part the one made later that
  answers it. The same on every laptop, in any order of arrival. What the earlier one arranged
  otherwise is said, so that nobody's word is lost without being looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_moment
from desktop_app.casework.people import Team
from desktop_app.casework.readings import held as once
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.whereabouts import run_away
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext

NAME = "release_plan"
_OPEN = ("", "not_yet")


class Part(StrEnum):
    """What the day needs, what hurts most when it is missing first."""

    MEETS = "meets"
    SLEEPS = "sleeps"
    PRESCRIPTION = "prescription"
    APPOINTMENT = "appointment"
    TRANSPORT = "transport"
    PHONE = "phone"
    MONEY = "money"
    TOLD = "told"

    @property
    def called(self) -> str:
        """Return what it is called in a plan that is printed."""
        return {
            Part.MEETS: _("Who meets them"),
            Part.SLEEPS: _("Where they sleep"),
            Part.PRESCRIPTION: _("Prescription carries on"),
            Part.APPOINTMENT: _("First appointment"),
            Part.TRANSPORT: _("How they get there"),
            Part.PHONE: _("Telephone"),
            Part.MONEY: _("Money"),
            Part.TOLD: _("Who is told"),
        }[self]

    @property
    def lacking(self) -> str:
        """Return the words of a row for what is not arranged."""
        return {
            Part.MEETS: _("nobody meets them"),
            Part.SLEEPS: _("no bed yet"),
            Part.PRESCRIPTION: _("no word that the prescription carries on"),
            Part.APPOINTMENT: _("no first appointment"),
            Part.TRANSPORT: _("no way to get there"),
            Part.PHONE: _("no telephone"),
            Part.MONEY: _("no money"),
            Part.TOLD: _("nobody is told"),
        }[self]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What these rules need of a plan for the day of release."""

    form: ClassVar[str] = NAME
    record: Record
    meets: tuple[str, ...]
    meets_else: str
    meets_where: str
    transport: str
    transport_by: str
    sleeps: str
    sleeps_by: str
    prescription: str
    prescription_by: str
    appointment_at: datetime | None
    appointment_where: str
    appointment_by: str
    phone: str
    phone_by: str
    money: str
    money_by: str
    told: tuple[str, ...]
    told_else: str
    told_by: str
    setting: bytes | None


class Arranged(NamedTuple):
    """One part of the day.

    Attributes:
        part: which.
        words: how it is arranged; empty while it is open.
        owner: person id of who sees to it; empty for nobody.
    """

    part: Part
    words: str
    owner: str

    @property
    def open(self) -> bool:
        """Say whether it is not arranged."""
        return not self.words


class ReleaseDay(NamedTuple):
    """The day somebody comes out.

    Attributes:
        parts: every part, in their order.
        planned: whether anybody made a plan.
    """

    parts: tuple[Arranged, ...]
    planned: bool

    @property
    def open(self) -> list[Arranged]:
        """Return what is not arranged."""
        return [one for one in self.parts if one.open]


def plans(records: Iterable[Record], day: date) -> list[DayPlan]:
    """Return the plans of the release somebody waits for on a day, earliest made first."""
    held = once(records)
    of = {one.record.id for one in run_away(held, day)}
    found = [one for one in read_all(DayPlan, held) if of and one.setting in (*of, None)]
    return sorted(found, key=lambda one: one.record.id)


def release_day(
    records: Iterable[Record], day: date, team: Team, *, meeting: Sequence[str] = ()
) -> ReleaseDay:
    """Return what is arranged for the day of release.

    Args:
        records: the client's settings and plans.
        day: today.
        team: whose names are said.
        meeting: person ids of who is down for a visit on the day of release.
    """
    made = plans(records, day)
    parts = []
    for part in Part:
        found = Arranged(part, "", "")
        for one in made:
            words, owner = _said(part, one, team, day), _owner(part, one)
            found = Arranged(part, words or found.words, owner or found.owner)
        parts.append(found)
    if meeting:
        names = listed([team.name_of(one) for one in meeting])
        there = parts[0]
        parts[0] = there._replace(words=there.words or names, owner=there.owner or meeting[0])
    return ReleaseDay(tuple(parts), bool(made))


def differing(records: Iterable[Record], day: date, team: Team) -> list[Arranged]:
    """Return what another plan arranges otherwise than the one that is read, in their order."""
    made, found = plans(records, day), []
    for part in Part:
        said = [Arranged(part, _said(part, one, team, day), _owner(part, one)) for one in made]
        answered = [one for one in said if one.words]
        found += [one for one in answered if one.words != answered[-1].words]
    return list(dict.fromkeys(found))


def open_words(found: ReleaseDay, *, but: Part | None = None, most: int = 2) -> str:
    """Return what is open, what hurts most first: "no bed yet, no telephone, 2 more open".

    Args:
        found: the day.
        but: a part that is said elsewhere.
        most: how many are named.
    """
    left = [one.part.lacking for one in found.open if one.part is not but]
    if not found.planned:
        return _("no plan for the day yet")
    more = len(left) - most
    if more > 0:
        words = ngettext("%(n)d more is open", "%(n)d more are open", more) % {"n": more}
        left = [*left[:most], words]
    return ", ".join(left)


def owners(records: Iterable[Record], day: date) -> list[str]:
    """Return the person ids of who sees to something of a release that is still to come."""
    found = [_owner(part, one) for one in plans(records, day) for part in Part]
    return list(dict.fromkeys(one for one in found if one))


def _said(part: Part, plan: DayPlan, team: Team, day: date) -> str:
    """Return how a part is arranged by one plan; empty where it is not."""
    if part in (Part.MEETS, Part.TOLD):
        people, more = plan.meets, plan.meets_else
        if part is Part.TOLD:
            people, more = plan.told, plan.told_else
        return listed([*(team.name_of(one) for one in people), *_some(more)])
    if part is Part.APPOINTMENT:
        at = plan.appointment_at
        said = say_moment(at.isoformat(timespec="minutes"), day) if at else ""
        return " · ".join((said, *_some(plan.appointment_where))) if at else ""
    if part in (Part.SLEEPS, Part.TRANSPORT):
        return (plan.sleeps if part is Part.SLEEPS else plan.transport).strip()
    code = {Part.PRESCRIPTION: plan.prescription, Part.PHONE: plan.phone, Part.MONEY: plan.money}
    return "" if code[part] in _OPEN else codes("arranged").label(code[part])


def _owner(part: Part, plan: DayPlan) -> str:
    if part is Part.MEETS:
        return plan.meets[0] if plan.meets else ""
    return {
        Part.SLEEPS: plan.sleeps_by,
        Part.PRESCRIPTION: plan.prescription_by,
        Part.APPOINTMENT: plan.appointment_by,
        Part.TRANSPORT: plan.transport_by,
        Part.PHONE: plan.phone_by,
        Part.MONEY: plan.money_by,
        Part.TOLD: plan.told_by,
    }[part]


def _some(words: str) -> list[str]:
    return [words] if words.strip() else []
