# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who in the vault may be the person a newcomer is, and why."""

import pytest

from desktop_app.casework.records import WITHDRAWN, Answers
from storage import reads
from tests.storage.pen import Pen


def found(pen: Pen, **answers: str) -> list[tuple[str, str]]:
    asked: Answers = dict(answers)
    return [
        (hit.client.text("surname"), hit.why) for hit in reads.likely(pen.store, asked, limit=5)
    ]


@pytest.fixture
def people(pen: Pen) -> Pen:
    """Four people, two of them of one household."""
    pen.client("Marsh", "Daniel", born="1989-03-05", phone="07700 900 123", aliases=["Scout"])
    pen.client("Marsh", "Peter", born="1991-07-20", phone="07700 900 123")
    pen.client("Núñez", "Catherine", born="1975-12-24")
    pen.client("Okonkwo-Price", "", born="1962")
    return pen


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        (
            {"surname": "Marsh", "forename": "Danny"},
            ("Marsh", "same surname, one first name is short for the other"),
        ),
        (
            {"surname": "Mahrsh", "forename": "Danial"},
            ("Marsh", "the names sound alike"),
        ),
        ({"surname": "Daniel", "forename": "Marsh"}, ("Marsh", "first name and surname swapped")),
        (
            {"surname": "Masrh", "forename": "Daniel"},
            ("Marsh", "the surnames are almost alike, same first name"),
        ),
        ({"known_as": "Scout"}, ("Marsh", "known by the same other name")),
        (
            {"surname": "Nunez", "forename": "Kathryn", "born": "1975-12-24"},
            ("Núñez", "same date of birth, same surname, the first names sound alike"),
        ),
        (
            {"surname": "Price", "born": "1962~"},
            ("Okonkwo-Price", "born in the same year, same surname among other names"),
        ),
        ({"born": "1989-05-03"}, ("Marsh", "day and month of birth swapped")),
        (
            {"surname": "Marsh", "forename": "Daniel", "born": "1970-06-01"},
            ("Marsh", "same name, but dates of birth differ"),
        ),
    ],
)
def test_who_may_be_the_same_person_is_found_and_it_is_said_why(
    people: Pen, typed: dict[str, str], who: tuple[str, str]
) -> None:
    assert found(people, **typed) == [who]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"surname": "Quill", "forename": "Zebedee", "born": "1988-08-08"},
        {"surname": "Marsh", "forename": "Leanne"},
        {"forename": '"*', "born": "no date"},
    ],
)
def test_nobody_is_shown_who_is_not_like_them(people: Pen, typed: dict[str, str]) -> None:
    assert found(people, **typed) == []


def test_the_likeliest_comes_first_and_no_more_than_asked_for(pen: Pen) -> None:
    for number in range(1, 9):
        pen.client("Marsh", "Daniel", born=f"1989-03-{number + 10}")
    pen.client("Marsh", "Danny", born="1989-03-05", phone="07700 900123")
    asked: Answers = {"surname": "Marsh", "forename": "Daniel", "phone": "+44 7700 900123"}
    hits = reads.likely(pen.store, asked | {"born": "1989-03-05"}, limit=5)
    assert len(hits) == 5
    assert hits[0].client.text("forename") == "Danny"
    assert "same date of birth" in hits[0].why
    assert "same phone" in hits[0].why


def test_a_withdrawn_client_is_not_compared(people: Pen) -> None:
    (client,) = [one for one in reads.records(people.store, form="client") if one.text("aliases")]
    people.alter(client.id, {WITHDRAWN: "entered by mistake"})
    assert found(people, surname="Marsh", forename="Daniel") == []


def test_a_name_that_only_looks_the_same_is_found_whichever_letters_came_first(pen: Pen) -> None:
    pen.client("\u041c\u0430rsh", "Daniel")  # the first two are Cyrillic
    assert [why for _name, why in found(pen, surname="Marsh", forename="Daniel")] == ["same name"]
    pen.client("Croft", "Leanne")
    typed = "\u0421roft"
    assert found(pen, surname=typed, forename="Leanne") == [("Croft", "same name")]
