# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Visits that are due: clients not seen for too long, and next steps somebody promised.

Rules, each with a test:

* The limit depends on the setting: it is longer in prison and in rehab, and never stops there.
* What counts is being seen by a key worker or a nurse. When somebody else has seen the client
  since, the row says so, so that "not seen" is never said of somebody a colleague saw.
* Somebody never seen is counted from the day they got a key worker.
* A visit of a key worker or nurse, planned for today or before the limit, keeps the row away; a
  phone call does not.
* A next step is shown to whoever does it until somebody says it is done; once they have handed
  the client over or left the team, to the key worker.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.assignments import KEY_WORKER, Assignment, who_has_it_now
from desktop_app.casework.dates import say_days, say_short
from desktop_app.casework.due import (
    Answer,
    CaseFile,
    Due,
    Group,
    Look,
    Piece,
    open_file,
    pieces,
    seen_answers,
)
from desktop_app.casework.due_planned import planned_visits
from desktop_app.casework.last_seen import CARE, REMOTE, Contact, contacts, latest, limit_in
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.whereabouts import setting_on
from desktop_app.casework.wording import Chip, listed
from desktop_app.casework.words import _, ngettext


@dataclass(frozen=True, slots=True)
class NextStep:
    """What these rules need of a visit."""

    form: ClassVar[str] = "visit"
    record: Record
    next_step: str
    next_step_on: date | None
    next_step_with: tuple[str, ...]
    next_step_done_on: date | None


@dataclass(frozen=True, slots=True)
class Unseen:
    """How long a client has not been seen, and how long is too long.

    Attributes:
        days: since they were last seen by a key worker or nurse, or got a key worker.
        limit: days after which a visit is due.
        seen: the last time a key worker or nurse saw them; None when never.
        since_by: a later time somebody else saw them; None when nobody did.
    """

    days: int
    limit: int
    seen: Contact | None
    since_by: Contact | None

    @property
    def left(self) -> int:
        """Return how many days are left; negative once the limit has passed."""
        return self.limit - self.days


def unseen(file: CaseFile, look: Look) -> Unseen | None:
    """Return how long a client has not been seen; None when no limit holds, or it cannot be said.

    Args:
        file: the client's case file.
        look: when, and who is who; whose Today it is does not matter.
    """
    setting = setting_on(file.records, look.day)
    limit = limit_in(setting.setting if setting else "", look.limits)
    if limit is None:
        return None
    found = contacts(file.records, look.now)
    seen = latest(found, team=look.team, by=CARE)
    start = seen.at.date() if seen else _with_us_since(file, look.day)
    if start is None:
        return None
    anybody = latest(found)
    later = anybody if anybody and (seen is None or anybody.at > seen.at) else None
    return Unseen((look.day - start).days, limit, seen, later)


def visits_due(file: CaseFile, look: Look) -> list[Due]:
    """Return the visits to one client that are due, and next steps of this person's."""
    return [*_too_long(file, look), *_next_steps(file, look)]


def unseen_words(found: Unseen, look: Look) -> tuple[Piece, ...]:
    """Return why a visit is due."""
    if found.seen is None:
        words = ngettext(
            "because **nobody has seen them yet**; they have had a key worker for %(n)d day",
            "because **nobody has seen them yet**; they have had a key worker for %(n)d days",
            found.days,
        )
        if found.since_by is not None:
            words = _("because **no key worker or nurse has seen them yet**")
    else:
        words = ngettext(
            "because **not seen for %(n)d day**; the limit here is %(limit)d",
            "because **not seen for %(n)d days**; the limit here is %(limit)d",
            found.days,
        )
        if found.since_by is not None:
            words = ngettext(
                "because **no key worker or nurse has seen them for %(n)d day**",
                "because **no key worker or nurse has seen them for %(n)d days**",
                found.days,
            )
    because = pieces(words, {"n": found.days, "limit": found.limit})
    if found.since_by is None:
        return because
    names = [look.team.name_of(one) for one in found.since_by.people]
    values = {"names": listed(names), "when": say_days(found.since_by.at.date(), look.day)}
    return because + pieces(_("; %(names)s saw them %(when)s"), values)


def over_chip(left: int) -> Chip | None:
    """Return the chip of a limit that has passed or ends today; None before that."""
    if left > 0:
        return None
    if left == 0:
        return Chip(_("Limit today"), "warn", "clock")
    words = ngettext("%(n)d day over", "%(n)d days over", -left) % {"n": -left}
    return Chip(words, "warn", "clock")


def _too_long(file: CaseFile, look: Look) -> list[Due]:
    if KEY_WORKER not in look.duties(file):
        return []
    found = unseen(file, look)
    if found is None or found.left > look.limits.days.visit_due_soon:
        return []
    coming = next_visit(file, look)
    if coming is not None and (coming - look.day).days <= max(0, found.left):
        return []
    because = unseen_words(found, look)
    if coming is not None:
        day = say_short(coming.isoformat(), look.day)
        because += pieces(_("; a visit is planned for %(day)s"), {"day": day})
    chip = over_chip(found.left)
    return [
        Due(
            Group.VISITS,
            "visit_due",
            file.client.id,
            b"",
            file.name,
            because=because,
            chips=(chip,) if chip else (),
            answers=seen_answers(),
            icon="footprints",
            late=found.left < 0,
            order=(found.left,),
        )
    ]


def next_visit(file: CaseFile, look: Look) -> date | None:
    """Return the day a key worker or nurse next goes to a client; None when nobody does."""
    for one in planned_visits(file):
        if one.at and one.at.date() >= look.day and one.kind not in REMOTE:
            known = (look.team.persons.get(person) for person in one.people)
            if any(person and CARE & person.roles for person in known):
                return one.at.date()
    return None


def _next_steps(file: CaseFile, look: Look) -> list[Due]:
    found = []
    promised = [one for one in file.records if one.answers.get("next_step")]
    for one in read_all(NextStep, promised):
        if one.next_step_on is None or one.next_step_done_on is not None:
            continue
        if look.me.id not in who_has_it_now(file.records, one.next_step_with, look.team, look.day):
            continue
        left = (one.next_step_on - look.day).days
        if left <= look.limits.days.need_due:
            found.append(_next_step(one, one.next_step_on, file, look))
    return found


def _next_step(step: NextStep, by: date, file: CaseFile, look: Look) -> Due:
    left = (by - look.day).days
    words = (
        _("because **“%(step)s”** was to be done by **%(day)s**")
        if left < 0
        else _("because **“%(step)s”** is the next step, by %(day)s")
    )
    chip = over_chip(left) if left < 0 else None
    return Due(
        Group.VISITS,
        "next_step",
        file.client.id,
        step.record.id,
        file.name,
        because=pieces(words, {"step": step.next_step, "day": say_short(by.isoformat(), look.day)}),
        chips=(chip,) if chip else (),
        answers=(Answer("step_done", _("Done"), "S"), open_file()),
        icon="square-check",
        late=left < 0,
        order=(left,),
    )


def _with_us_since(file: CaseFile, on: date) -> date | None:
    """Return since when a client has had a key worker at all."""
    begun = [
        one.from_on
        for one in read_all(Assignment, file.records)
        if one.duty == KEY_WORKER and one.from_on and one.from_on <= on
    ]
    return min(begun, default=None)
