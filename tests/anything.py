# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Anything that may be recorded of a client: answers drawn from what the forms offer, and worse."""

import random
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from desktop_app.casework.board import Known
from desktop_app.casework.codes import codes
from desktop_app.casework.due import CaseFile, Facts, Look
from desktop_app.casework.forms import Field, FieldType, forms
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Answers, Json, Live, Record, link, new_id

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 10, 30)  # noqa: DTZ001  the casework tells local time
PEOPLE = {
    "ann": frozenset({Role.KEY_WORKER}),
    "bea": frozenset({Role.NURSE}),
    "cora": frozenset({Role.COORDINATOR}),
    "shah": frozenset({Role.OFFICER}),
    "gone": frozenset({Role.KEY_WORKER}),
}
TEAM = Team(
    "t",
    "Team",
    {
        one: Person(one, one, one, roles, frozenset({"partners"}), active=one != "gone")
        for one, roles in PEOPLE.items()
    },
)
START_MS = 1_790_000_000_000


def known(at: datetime = NOW) -> Known:
    """Return what coarse rules go by."""
    return Known(TEAM, limits(), at)


def look(me: str, at: datetime, files: Sequence[CaseFile] = ()) -> Look:
    """Return a look of somebody at a moment."""
    return Look(Facts(tuple(files), TEAM, limits=limits()), TEAM.persons[me], at)


def case_file(seed: int, names: Collection[str], *, count: int = 12) -> CaseFile:
    """Return a client with records of some forms, of these weeks; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311  the same on every run
    client = _id(dice, 0)
    held = [_record("client", client, client, {"surname": "Croft"}, dice)]
    ids = [client]
    for number in range(1, dice.randint(1, count) + 1):
        name = dice.choice(sorted(names))
        record = _id(dice, number)
        held.append(_record(name, record, client, answers(dice, name, ids), dice))
        ids.append(record)
    return CaseFile(held[0], tuple(held))


def answers(dice: random.Random, name: str, ids: Sequence[bytes]) -> Answers:
    """Return answers to a form; most of its fields have one."""
    fields: Mapping[str, Field] = forms()[name].fields
    return {field: _answer(dice, one, ids) for field, one in fields.items() if dice.random() < 0.85}


def _answer(dice: random.Random, field: Field, ids: Sequence[bytes]) -> Json:
    day = TODAY + timedelta(days=dice.choice((*range(-27, 40), *range(-4, 5), 200)))
    some: list[Json] = [*dice.sample(sorted(PEOPLE), dice.randint(0, 2))]
    drawn: dict[FieldType, Json] = {
        FieldType.DATE: day.isoformat(),
        FieldType.DATETIME: f"{day}T{dice.randint(8, 18):02d}:{dice.choice((0, 30)):02d}",
        FieldType.PERSON: dice.choice(sorted(PEOPLE)),
        FieldType.PEOPLE: some,
        FieldType.TEXTS: some,
        FieldType.RECORD: link(dice.choice(ids)),
        FieldType.INTEGER: dice.randint(0, 9),
    }
    if field.type is FieldType.SELECT_ONE:
        return dice.choice([one.code for one in codes(field.choices).code])
    return drawn.get(field.type, dice.choice(("", "something")))


def _id(dice: random.Random, number: int) -> bytes:
    return new_id(START_MS + number * 60_000, dice.randbytes(10))


def _record(name: str, record: bytes, client: bytes, said: Answers, dice: random.Random) -> Record:
    author = dice.choice(sorted(PEOPLE))
    live = [Live(START_MS, 3, 1, 0, said)]
    return Record(record, name, client, forms()[name].audience, author, live)
