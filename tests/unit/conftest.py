# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A made-up team of five and records typed by hand, for the rules of casework."""

from collections.abc import Callable
from itertools import count

import pytest

from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Json, Live, Record, new_id, pack_trail
from tests.unit.desk import Desk

OSEI, SHAH, BELLO, LOWE, REID = (letter * 16 for letter in "abcde")


@pytest.fixture
def team() -> Team:
    """Return K. Osei (key worker), PC R. Shah, A. Bello (nurse), M. Lowe and an analyst."""
    people = (
        Person(OSEI, "K. Osei", "Harbour", frozenset({Role.KEY_WORKER}), frozenset({"partners"})),
        Person(
            SHAH,
            "PC R. Shah",
            "Police",
            frozenset({Role.OFFICER}),
            frozenset({"partners", "police"}),
        ),
        Person(
            BELLO,
            "A. Bello",
            "Health",
            frozenset({Role.NURSE}),
            frozenset({"partners", "health"}),
        ),
        Person(
            LOWE,
            "M. Lowe",
            "Council",
            frozenset({Role.COORDINATOR}),
            frozenset({"partners", "coordination", "audit", "police", "health"}),
        ),
        Person(REID, "J. Reid", "Council", frozenset({Role.ANALYST}), frozenset({"partners"})),
    )
    return Team("team", "A made-up team", {one.id: one for one in people}, made_up=True)


@pytest.fixture
def a_record() -> Callable[..., Record]:
    """Return what makes records, each a millisecond after the one before."""
    clock = count(1_790_000_000_000)

    def make(
        form: str,
        client: bytes = b"",
        *,
        author: str = OSEI,
        audience: str = "partners",
        **answers: Json,
    ) -> Record:
        at = next(clock)
        record = new_id(at, at.to_bytes(10, "big"))
        about = record if form == "client" else client
        live = [Live(at, 7, 1, 0, dict(answers))]
        return Record(record, form, about, audience, author, live, pack_trail(7, 1))

    return make


@pytest.fixture
def desk(a_record: Callable[..., Record], team: Team) -> Desk:
    """Return an empty desk."""
    return Desk(a_record, team)
