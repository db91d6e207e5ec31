# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Names and references of clients, and who may be put on the casebook."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.intake import problems
from desktop_app.casework.names import (
    fold,
    full_name,
    initials,
    other_names,
    problem_in,
    spoken_name,
    tidy,
)
from desktop_app.casework.records import Answers, new_id
from desktop_app.casework.reference import ALPHABET, reference, typed_reference

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ({"surname": "Marsh", "forename": "Daniel", "known_as": "Danny"}, "MARSH, Daniel"),
        ({"surname": "Marsh"}, "MARSH"),
        ({"forename": "Daniel"}, "Daniel"),
        ({"known_as": "Shaz"}, "“Shaz”"),
        ({"aliases": ["Tall Ron"]}, "“Tall Ron”"),
        ({}, "Name not known"),
        ({"surname": 3, "forename": ["x"], "aliases": "y"}, "Name not known"),
    ],
)
def test_a_list_writes_the_surname_first(answers: Answers, name: str) -> None:
    assert full_name(answers) == name


def test_people_are_spoken_of_as_they_like_to_be_called() -> None:
    assert spoken_name({"forename": "Leanne", "known_as": "Lee"}) == "Lee"
    assert spoken_name({"forename": "Leanne"}) == "Leanne"
    assert spoken_name({}) == "this client"


def test_a_room_sees_initials_only() -> None:
    assert initials({"surname": "Marsh", "forename": "daniel"}) == "D. M."
    assert "Marsh" not in initials({"surname": "Marsh"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O\u2019Brien", "OBRIEN"),
        ("Siân", "sian"),
        ("Łukasz", "lukasz"),
        ("Smith-Jones", "smith  jones"),
        ("STRAßE", "strasse"),
        ("Jose\u0301", "José"),
    ],
)
def test_names_are_compared_without_accents_and_marks(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=30))
def test_comparing_twice_compares_the_same(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(st.characters(codec="ascii")))
def test_a_name_in_plain_letters_is_compared_as_any_other(name: str) -> None:
    assert fold(f"{name} é") == f"{fold(name)} e".strip()


def test_a_search_for_danny_finds_daniel_and_the_other_way_round() -> None:
    assert "daniel" in other_names("Danny")
    assert {"danny", "dan"} <= other_names("DANIEL")
    assert {"mohamed", "muhammad"} <= other_names("Mohammed")
    assert {"christine", "christopher"} <= other_names("Chris")
    assert other_names("Zebedee") == frozenset()


@pytest.mark.parametrize("letter", ["\u202e", "\u200b", "\u2066", "\x00", "\n", "\ufeff", "\ue000"])
def test_letters_that_hide_or_turn_are_refused_in_names(letter: str) -> None:
    assert problem_in(f"Da{letter}n").endswith(".")


@pytest.mark.parametrize("name", ["Siân", "O\u2019Brien", "José", "Nguyễn", "Λευτέρης", "محمد"])
def test_names_of_the_world_are_not_refused(name: str) -> None:
    assert problem_in(name) == ""


def test_a_name_is_kept_with_single_spaces_and_whole_letters() -> None:
    assert tidy("  Jose\u0301   Luis ") == "José Luis"


@given(at=st.integers(0, 2**47), random=st.binary(min_size=10, max_size=10))
def test_a_reference_is_short_and_can_be_read_out(at: int, random: bytes) -> None:
    made = reference(new_id(at, random))
    assert made.startswith("OR-")
    assert len(made) == 8
    assert set(made[3:]) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01ILOUAE")


def test_a_reference_is_the_same_on_every_laptop_and_differs_between_people() -> None:
    made = [reference(new_id(1000, number.to_bytes(10, "big"))) for number in range(2000)]
    assert made[7] == reference(new_id(999_999, (7).to_bytes(10, "big")))
    assert len(set(made)) == 2000


@pytest.mark.parametrize("typed", ["OR-4F7K2", "or4f7k2", " or 4f7k2 ", "4F7K2", "0r-4f7k2"])
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    assert typed_reference(typed) == "OR-4F7K2"


@pytest.mark.parametrize("typed", ["", "OR-", "OR-4F7K", "OR-4F7K22", "Orlando", "OR-4F7KO"])
def test_what_is_no_reference_is_read_as_none(typed: str) -> None:
    assert typed_reference(typed) == ""


@pytest.mark.parametrize(
    ("born", "taken"),
    [
        ("2008-11-23", True),
        ("2008-11-24", False),
        ("2007", True),
        ("2008", False),
        ("2008-11", False),
        ("2008-10", True),
        ("2007~", False),
        ("2006~", True),
        ("1989~", True),
        ("", True),
        ("not a date", True),
    ],
)
def test_nobody_who_may_be_under_18_is_put_on_the_casebook(born: str, *, taken: bool) -> None:
    found = [one.field for one in problems({"surname": "Marsh", "born": born}, on=ON)]
    assert found == ([] if taken else ["born"])


def test_whoever_is_certainly_too_young_is_told_so_plainly() -> None:
    (found,) = problems({"surname": "Marsh", "born": "2012-01-01"}, on=ON)
    assert "for adults" in found.message
    (unsure,) = problems({"surname": "Marsh", "born": "2008"}, on=ON)
    assert "may be under 18" in unsure.message


def test_somebody_needs_a_name_of_some_kind() -> None:
    assert [one.field for one in problems({"phone": "07700 900000"}, on=ON)] == ["surname"]
    assert problems({"known_as": "Shaz"}, on=ON) == []


def test_a_hidden_letter_is_refused_in_every_name() -> None:
    answers: Answers = {"surname": "Ma\u202ersh", "aliases": ["Dan", "D\u200bn"], "known_as": 3}
    assert [one.field for one in problems(answers, on=ON)] == ["surname", "aliases"]
