# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Missed appointments: when they add up, somebody goes and asks how things are.

Rules, each with a test:

* Misses count themselves: so many in a row, or so many in four weeks (`limits.toml`).
* An appointment that was attended ends a row. One that was cancelled, by whomever, or moved,
  neither counts nor ends it.
* A miss on a day in custody, rehab or hospital does not count: they could not come.
* Being seen after the last miss answers it; the count starts afresh.
* Whoever is shown for this is not shown for not being seen as well: one row, both chips.
* Only the fact of a missed appointment is used, never what it was for.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from desktop_app.casework.assignments import KEY_WORKER, NURSE, Assignment
from desktop_app.casework.board import Board, Known
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import (
    CaseFile,
    Due,
    Group,
    Look,
    Piece,
    pieces,
    seen_answers,
)
from desktop_app.casework.due_visits import over_chip, unseen
from desktop_app.casework.last_seen import CARE, Attended, Met, last_seen
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.whereabouts import AWAY, Setting, setting_on
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _, ngettext

EXCUSED = frozenset({"in_custody", "in_hospital", "our_mistake", "not_told", "worker_away", "room"})
"""Reasons that are no miss of the client's."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What these rules need of an appointment."""

    form: ClassVar[str] = "appointment"
    record: Record
    booked_for: datetime | None
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Missed:
    """Missed appointments that have added up.

    Attributes:
        in_a_row: how many were missed since the last one that was kept.
        in_window: how many within the days of the limits.
        last: when the last of them was.
    """

    in_a_row: int
    in_window: int
    last: datetime


def missed(file: CaseFile, look: Look) -> Missed | None:
    """Return a client's missed appointments when they add up; None when they do not.

    Args:
        file: the client's case file.
        look: when, and the limits; whose Today it is does not matter.
    """
    past = [
        one
        for one in read_all(Kept, file.records)
        if one.booked_for
        and one.booked_for <= look.now
        and one.state in ("attended", "not_attended")
    ]
    seen = last_seen(file.records, look.now, team=look.team, by=CARE)
    row: list[datetime] = []
    times: list[datetime] = []
    for one in sorted(past, key=lambda kept: (kept.record.text("booked_for"), kept.record.id)):
        if one.state == "attended":
            row = []
        elif one.booked_for and _counts(one, one.booked_for, file):
            row.append(one.booked_for)
            times.append(one.booked_for)
    since = look.now - timedelta(days=look.limits.days.missed_window)
    row = [at for at in row if seen is None or at > seen.at]
    window = [at for at in times if at >= since and (seen is None or at > seen.at)]
    enough = len(row) >= look.limits.missed.in_a_row
    if not enough and len(window) < look.limits.missed.in_window:
        return None
    return Missed(len(row), len(window), max([*row, *window]))


def missed_appointments(file: CaseFile, look: Look) -> list[Due]:
    """Return a client's missed appointments, when they add up and are this person's to answer."""
    if not {KEY_WORKER, NURSE} & set(look.duties(file)):
        return []
    found = missed(file, look)
    return [_due(found, file, look)] if found else []


def board() -> Board:
    """Return the board of everybody whose missed appointments add up."""
    return Board(
        "missed",
        _("Missed appointments"),
        _("Appointments missed that add up, until a key worker or nurse has seen them."),
        _("Nobody's missed appointments add up, or they have been seen since."),
        "calendar-x",
        frozenset({Kept.form, Met.form, Attended.form, Setting.form, Assignment.form}),
        from_day,
        lambda file, look: [_due(found, file, look)] if (found := missed(file, look)) else [],
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return the day from which a client's missed appointments may add up."""
    seen = last_seen(file.records, known.now, team=known.team, by=CARE)
    times = sorted(
        one.booked_for
        for one in read_all(Kept, file.records)
        if one.booked_for
        and one.state == "not_attended"
        and one.reason not in EXCUSED
        and (seen is None or one.booked_for > seen.at)
    )
    enough = min(known.limits.missed.in_a_row, known.limits.missed.in_window)
    return times[max(enough, 1) - 1].date() if max(enough, 1) <= len(times) else None


def missed_words(found: Missed, look: Look) -> tuple[Piece, ...]:
    """Return why missed appointments are shown."""
    day = say_short(found.last.date().isoformat(), look.day)
    if found.in_a_row >= look.limits.missed.in_a_row:
        words = _(
            "because **%(n)d appointments in a row were missed**, the last on %(day)s, "
            "and no key worker or nurse has seen them since"
        )
        return pieces(words, {"n": found.in_a_row, "day": day})
    words = _(
        "because **%(n)d appointments were missed in %(days)d days**, the last on %(day)s, "
        "and no key worker or nurse has seen them since"
    )
    values = {"n": found.in_window, "days": look.limits.days.missed_window, "day": day}
    return pieces(words, values)


def missed_chip(found: Missed) -> Chip:
    """Return the chip of missed appointments."""
    if found.in_a_row > 1:
        words = ngettext("%(n)d missed in a row", "%(n)d missed in a row", found.in_a_row)
        return Chip(words % {"n": found.in_a_row}, "warn", "calendar-x")
    words = ngettext("%(n)d missed", "%(n)d missed", found.in_window)
    return Chip(words % {"n": found.in_window}, "warn", "calendar-x")


def _due(found: Missed, file: CaseFile, look: Look) -> Due:
    overdue = unseen(file, look)
    over = over_chip(overdue.left) if overdue else None
    return Due(
        Group.MISSED,
        "missed",
        file.client.id,
        b"",
        file.name,
        because=missed_words(found, look),
        chips=tuple(chip for chip in (missed_chip(found), over) if chip),
        answers=seen_answers(),
        icon="calendar-x",
        tone="warn",
        late=overdue is not None and overdue.left < 0,
        order=(-max(found.in_a_row, found.in_window), -found.last.toordinal()),
    )


def _counts(kept: Kept, at: datetime, file: CaseFile) -> bool:
    if kept.reason in EXCUSED:
        return False
    setting = setting_on(file.records, at.date())
    return setting is None or setting.setting not in AWAY
