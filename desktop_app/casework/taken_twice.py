# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One client taken over twice: two people accepted two offers without having heard of each other.

One of them has the client, so that nobody is between two workers and no two answer for the same:
whoever was offered them first (see `assignments`). Rules, each with a test:

* It is the same person on every laptop, whatever order offers and answers arrive in.
* It is said to both, and to the coordinator, who settles it by naming one of them. Until then the
  other is no worker of the client.
* Settled once by somebody who saw both it is settled, here as on "Written twice".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.casework.assignments import Assignment, takers
from desktop_app.casework.codes import codes
from desktop_app.casework.due import (
    Answer,
    CaseFile,
    Due,
    Group,
    Look,
    ask_them,
    open_file,
    pieces,
)
from desktop_app.casework.people import Role, Team
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Edit, Record
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _

KIND, STAYS, OTHER = "taken_twice", "taken_stays", "taken_other"
_GROUP = ("until_on", "handed_to", "handover_reason", "handover_note")


@dataclass(frozen=True, slots=True)
class Twice:
    """What was taken over twice.

    Attributes:
        of: what was handed over.
        people: person ids of who took over; the first of them has the client.
    """

    of: Assignment
    people: tuple[str, ...]


def twice(records: Iterable[Record]) -> list[Twice]:
    """Return what was taken over twice and not settled, earliest first."""
    every = sorted(read_all(Assignment, records), key=lambda one: one.record.id)
    found = []
    for one in every:
        if "handed_to" in one.record.conflicts:
            same = [other for other in every if other.duty == one.duty]
            people = tuple(takers(one, same))
            if len(people) > 1:
                found.append(Twice(one, people))
    return found


def settling(found: Twice, person: str) -> Edit:
    """Return what says who has the client."""
    of = found.of.record
    said = {name: of.answers.get(name) for name in _GROUP} | {"handed_to": person}
    return Edit(of.form, of.id, of.client, of.audience, said)


def rows(file: CaseFile, look: Look) -> list[Due]:
    """Return a client's rows."""
    return [_due(one, file, look) for one in twice(file.records)]


def on_today(file: CaseFile, look: Look) -> list[Due]:
    """Return the rows for whoever took over, and for the coordinator."""
    mine = [one for one in twice(file.records) if look.me.id in asked(one, look.team)]
    return [_due(one, file, look) for one in mine]


def asked(found: Twice, team: Team) -> set[str]:
    """Return the person ids of who is shown it."""
    settle = {one.id for one in team.persons.values() if _settles(one.roles)}
    return settle | set(found.people)


def _settles(roles: frozenset[Role]) -> bool:
    return Role.COORDINATOR in roles


def _due(found: Twice, file: CaseFile, look: Look) -> Due:
    first, second = found.people[:2]
    name = {who: _("you") if who == look.me.id else look.team.name_of(who) for who in found.people}
    values = {
        "both": listed([name[who] for who in found.people]),
        "first": name[first],
        "duty": codes("duty").label(found.of.duty).lower(),
    }
    words = (
        _(
            "because **%(both)s have both taken them over as %(duty)s**; %(first)s were offered "
            "them first and have them until the coordinator says otherwise"
        )
        if first == look.me.id
        else _(
            "because **%(both)s have both taken them over as %(duty)s**; %(first)s was offered "
            "them first and has them until the coordinator says otherwise"
        )
    )
    answers: tuple[Answer, ...] = (ask_them(), open_file())
    if _settles(look.me.roles):
        to_other = _("Give them to %(name)s") % {"name": name[second]}
        stays = Answer(STAYS, _("Stays with %(name)s") % {"name": name[first]}, "S")
        answers = (stays, Answer(OTHER, to_other, "G"), open_file())
    return Due(
        Group.FIRST,
        KIND,
        file.client.id,
        found.of.record.id,
        file.name,
        because=pieces(words, values),
        answers=answers,
        icon="users",
        tone="warn",
        row_tone="warn",
        late=True,
        order=(0,),
    )
