# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two visits to one person on one day: said while they can still be made one (guide, chapter 4).

Rules, each with a test:

* What counts is a visit that is planned, or an appointment that is booked, for that day, with
  somebody of the team in it and without the one who asks. A call or a text is no visit.
* Only two planned visits that the same people read can be made one: otherwise it would tell others
  of one of them. Everybody of both is then down for the one that was planned first, and the other
  is called off, with the reason. So two who say so apart have said the same.
* Whoever was down for a visit that was called off, or is joined by somebody, is told by a note.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from msgspec import structs

from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Piece, pieces
from desktop_app.casework.last_seen import Attended, Met
from desktop_app.casework.one_visit import FROM_AFAR
from desktop_app.casework.people import Team
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import WITHDRAWN, Answers, Edit, Record, RecordId
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext

VISIT, APPOINTMENT = "visit", "appointment"


@dataclass(frozen=True, slots=True)
class Other:
    """What another has with a client on a day.

    Attributes:
        record: the visit or the appointment.
        at: when.
        people: who of the team has it.
    """

    record: Record
    at: datetime
    people: tuple[str, ...]

    @property
    def is_visit(self) -> bool:
        """Say whether they go there, and it could be gone to together."""
        return self.record.form == VISIT


def others_on(records: Iterable[Record], day: date, person: str) -> list[Other]:
    """Return what others have with a client on a day, the earliest first.

    Args:
        records: the client's records.
        day: the day.
        person: person id of who asks.
    """
    iso = day.isoformat()
    of_day = [  # few of many, so the others are not read
        one
        for one in records
        if one.text("at" if one.form == VISIT else "booked_for")[:10] == iso
        and one.text("state") == ("planned" if one.form == VISIT else "booked")
    ]
    found = [
        Other(one.record, one.at, tuple(dict.fromkeys(one.people)))
        for one in read_all(Met, of_day)
        if one.at is not None and one.kind not in FROM_AFAR
    ]
    for each in read_all(Attended, of_day):
        people = tuple(dict.fromkeys(who for who in (each.with_person, *each.company) if who))
        if each.booked_for is not None:
            found.append(Other(each.record, each.booked_for, people))
    mine = [one for one in found if one.people and person not in one.people]
    return sorted(mine, key=lambda one: (one.at, one.record.id))


def other_words(other: Other, team: Team, *, on: date) -> str:
    """Return what another has that day: "PC R. Shah visits on Tue 24 Nov too, at 14:00"."""
    names = listed([team.name_of(one) for one in other.people])
    values = {
        "names": names,
        "day": say_short(other.at.date().isoformat(), on),
        "time": f"{other.at:%H:%M}",
    }
    if other.is_visit:
        words = ngettext(
            "%(names)s visits on %(day)s too, at %(time)s",
            "%(names)s visit on %(day)s too, at %(time)s",
            len(other.people),
        )
        return words % values
    return _("They have an appointment with %(names)s on %(day)s, at %(time)s") % values


def in_a_row(other: Other, team: Team) -> tuple[Piece, ...]:
    """Return the same of today, as it stands in a row."""
    values = {
        "names": listed([team.name_of(one) for one in other.people]),
        "time": f"{other.at:%H:%M}",
    }
    if other.is_visit:
        words = ngettext(
            "**%(names)s visits today too**, at %(time)s",
            "**%(names)s visit today too**, at %(time)s",
            len(other.people),
        )
        return pieces(words, values)
    return pieces(_("they have an appointment with %(names)s at %(time)s"), values)


def to_join(others: Sequence[Other], audience: str) -> Other | None:
    """Return the visit that one read by an audience can be made one with; None for none."""
    return next((one for one in others if one.is_visit and one.record.audience == audience), None)


class Together(NamedTuple):
    """Two visits made one.

    Attributes:
        edits: what is saved.
        undo: what takes it back.
        at: when they go, ISO.
        people: who goes.
    """

    edits: tuple[Edit, ...]
    undo: tuple[Edit, ...]
    at: str
    people: tuple[str, ...]


def go_together(
    theirs: Record,
    me: str,
    *,
    team: Team,
    now: datetime,
    new: Callable[[], RecordId],
    mine: Record | None = None,
) -> Together:
    """Return what makes a colleague's visit a joint one.

    Args:
        theirs: the visit a colleague planned.
        me: who goes along.
        team: whose names are said.
        now: local time.
        new: makes a record id.
        mine: the visit whoever goes along planned themselves; None where they planned none.
    """
    first, second = (theirs, None) if mine is None else _in_order(theirs, mine)
    people = list(dict.fromkeys([*_people(first), *(_people(second) if second else [me])]))
    at = first.text("at")
    joint: Answers = {"people": [*people]}
    changed = [(first, joint)]
    if second is not None:
        others = listed([team.name_of(one) for one in people])
        words = {"names": others, "time": at[11:16]}
        why = _("One visit instead of two: %(names)s go together at %(time)s") % words
        changed.append((second, {"state": "called_off", "called_off_because": why}))
    told = [one for one in people if one != me]
    note = _note(first, people, told, team=team, now=now, record=new())
    withdrawn: Answers = {WITHDRAWN: _("Taken back at once by its author")}
    return Together(
        (*(_change(one, said) for one, said in changed), note),
        (*(_back(one, said) for one, said in changed), structs.replace(note, answers=withdrawn)),
        at,
        tuple(people),
    )


def _change(visit: Record, answers: Answers) -> Edit:
    return Edit(VISIT, visit.id, visit.client, visit.audience, answers)


def _back(visit: Record, changed: Answers) -> Edit:
    return _change(visit, {name: visit.answers.get(name) for name in changed})


def _in_order(theirs: Record, mine: Record) -> tuple[Record, Record]:
    """Return the visit that was planned first, and the other."""
    return (theirs, mine) if theirs.id < mine.id else (mine, theirs)


def _note(
    visit: Record,
    people: Sequence[str],
    told: Sequence[str],
    *,
    team: Team,
    now: datetime,
    record: RecordId,
) -> Edit:
    """Return what tells the others, for those who read the visit and nobody else."""
    at = visit.text("at")
    values = {
        "names": listed([team.name_of(one) for one in people]),
        "day": say_short(at[:10], now.date()),
        "time": at[11:16],
    }
    said: Answers = {
        "happened_at": now.isoformat(timespec="minutes"),
        "headline": _("One visit: %(names)s go together on %(day)s, %(time)s") % values,
        "for_people": [*told],
    }
    return Edit("note", record, visit.client, visit.audience, said)


def _people(visit: Record) -> list[str]:
    people = visit.answers.get("people")
    return [str(one) for one in people] if isinstance(people, list) else []
