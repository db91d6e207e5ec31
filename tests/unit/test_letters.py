# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Letters that deceive: warned of, set apart or left out, never allowed to turn anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.intake import with_tidy_names
from desktop_app.casework.letters import END, START, seen, set_apart, skeleton, without_marks
from desktop_app.casework.names import fold, full_name, problem_in, spoken_name
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Answers
from sync.team import NewPerson

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HEBREW = "\u05db\u05d4\u05df"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u041c\u0430rsh", "Marsh"),  # two Cyrillic letters
        ("\u041c\u0410\u0420\u0422\u0410", "MAPTA"),
        ("\u0395va", "Eva"),  # a Greek capital
        ("D\u0430niel", "Daniel"),
        ("S\u0585ren", "Soren"),
        ("0sei", "Osei"),
        ("\uff2d\uff41\uff52\uff53\uff48", "Marsh"),  # wide letters
        ("I\u0433ene", "Irene"),
    ],
    ids=ascii,
)
def test_names_that_look_the_same_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(fold(one)) == skeleton(fold(other))


@pytest.mark.parametrize(("one", "other"), [("Marsh", "Walsh"), ("Ivan", "Yvan"), ("Lee", "Leo")])
def test_names_that_look_different_do_not(one: str, other: str) -> None:
    assert skeleton(fold(one)) != skeleton(fold(other))


@given(st.text(max_size=60))
def test_a_skeleton_of_a_skeleton_is_the_same(name: str) -> None:
    once = skeleton(fold(name))
    assert skeleton(once) == once


def test_a_name_that_reads_from_the_right_is_set_apart_and_no_other() -> None:
    assert set_apart("Marsh") == "Marsh"
    assert set_apart("Wi\u015bnik") == "Wi\u015bnik"
    assert set_apart(HEBREW) == f"{START}{HEBREW}{END}"
    assert set_apart(set_apart(HEBREW)) == set_apart(HEBREW)
    answers: Answers = {"surname": HEBREW, "forename": "Dan"}
    assert full_name(answers) == f"{START}{HEBREW}{END}, Dan"
    assert spoken_name({"known_as": HEBREW}) == f"{START}{HEBREW}{END}"
    assert without_marks(full_name(answers)) == f"{HEBREW}, Dan"
    nobody = Person("p", HEBREW, "", frozenset({Role.NURSE}), frozenset())
    assert Team("t", "T", {"p": nobody}).name_of("p") == f"{START}{HEBREW}{END}"


@pytest.mark.parametrize("letter", [*TURNING, "\0", "\x1b", "\x7f", "\u2028", "\ufeff"], ids=ascii)
def test_letters_that_turn_or_hide_are_refused_in_everybodys_names(letter: str) -> None:
    assert problem_in(f"Da{letter}n").endswith(".")
    with pytest.raises(NotAllowed, match="invisible letter"):
        NewPerson(f"PC R. Sh{letter}ah", "Police", frozenset(), frozenset())
    assert seen(f"PC R. Sh{letter}ah") == "PC R. Sh ah"


def test_a_clients_names_are_kept_composed_and_with_single_spaces() -> None:
    said: Answers = {"surname": "Mu\u0308ller  Lang ", "aliases": ["  Jo\u0301  "], "phone": "0  7"}
    assert with_tidy_names(said) == {
        "surname": "M\u00fcller Lang",
        "aliases": ["J\u00f3"],
        "phone": "0  7",
    }
