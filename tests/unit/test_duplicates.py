# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether two clients may be one person: the score, and the reasons in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.alike import Birth, Name, births_alike, born, names_alike
from desktop_app.casework.duplicates import LIKELY, MAY_BE, USUAL, Commonness, Likeness, compare
from desktop_app.casework.records import Answers
from desktop_app.casework.traits import traits

MARSH: Answers = {
    "surname": "Marsh",
    "forename": "Daniel",
    "born": "1989-03-05",
    "phone": "07700 900123",
    "postcode": "ZZ1 2AB",
    "address_1": "3 Lantern Steps",
    "gender": "man",
}
BARE: Answers = {name: MARSH[name] for name in ("surname", "forename", "born")}


def likeness(one: Answers, other: Answers, common: Commonness = USUAL) -> Likeness:
    return compare(traits(one), traits(other), common)


def score(one: Answers, other: Answers) -> float:
    return likeness(one, other).score


NAMES = st.sampled_from(
    [
        "Daniel",
        "Danny",
        "Dan",
        "Danial",
        "Dnaiel",
        "Marsh",
        "Masrh",
        "Croft",
        "Smith-Jones",
        "D",
        "",
    ]
)
DATES = st.sampled_from(
    ["", "1989-03-05", "1989-05-03", "1989-03-06", "1989-03", "1989", "1990~", "1962-11-30", "x"]
)
PEOPLE = st.fixed_dictionaries(
    {},
    optional={
        "surname": NAMES,
        "forename": NAMES,
        "known_as": NAMES,
        "aliases": st.lists(NAMES, max_size=2),
        "born": DATES,
        "phone": st.sampled_from(["", "07700 900123", "+447700900123", "none", "01632 960999"]),
        "postcode": st.sampled_from(["", "ZZ1 2AB", "zz12ab", "ZZ9 9ZZ"]),
        "address_1": st.sampled_from(["", "3 Lantern Steps"]),
        "gender": st.sampled_from(["", "man", "woman", "another"]),
    },
)


@given(PEOPLE, PEOPLE)
def test_which_of_two_comes_first_makes_no_difference(one: Answers, other: Answers) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(PEOPLE, PEOPLE)
def test_nobody_is_more_like_somebody_than_they_are(one: Answers, other: Answers) -> None:
    assert score(one, one) >= score(one, other)


@given(PEOPLE, PEOPLE, st.sampled_from(["surname", "forename"]))
def test_a_nearer_name_never_makes_a_pair_less_likely(
    one: Answers, other: Answers, field: str
) -> None:
    others = {name: said for name, said in other.items() if name not in ("known_as", "aliases")}
    before = likeness(one, others)
    if one.get(field) and "first name and surname swapped" not in before.reasons:
        assert score(one, {**others, field: one[field]}) >= before.score


@given(PEOPLE, st.dictionaries(st.sampled_from(sorted(MARSH)), st.one_of(st.integers(), st.text())))
def test_whatever_stands_in_a_record_can_be_compared(one: Answers, odd: Answers) -> None:
    assert likeness(one, odd) == likeness(odd, one)


@given(PEOPLE)
def test_what_is_not_known_speaks_neither_for_nor_against(one: Answers) -> None:
    assert score(one, {}) == score({}, {}) == -USUAL.needed


@pytest.mark.parametrize(
    ("altered", "reasons"),
    [
        ({}, "same date of birth, same name"),
        (
            {"forename": "Danny"},
            "same date of birth, same surname, one first name is short for the other",
        ),
        ({"born": "1989-05-03"}, "day and month of birth swapped, same name"),
        ({"born": "1989-03-06"}, "dates of birth nearly the same, same name"),
        ({"born": "1989-03"}, "born in the same month, same name"),
        ({"born": "1990~"}, "born about the same year, same name"),
        ({"born": ""}, "same name"),
        (
            {"surname": "Masrh"},
            "same date of birth, the surnames are almost alike, same first name",
        ),
        (
            {"surname": "Daniel", "forename": "Marsh"},
            "same date of birth, first name and surname swapped",
        ),
        (
            {"surname": "Mahrsh", "forename": "Danial"},
            "same date of birth, the names sound alike",
        ),
        (
            {"forename": "Jake", "aliases": ["Daniel Marsh"]},
            "same date of birth, same surname, same first name among other names",
        ),
        (
            {"born": "1962-11-30"},
            "same name, but dates of birth differ",
        ),
        (
            {"surname": "Marsh", "forename": "D."},
            "same date of birth, same surname, same initial",
        ),
    ],
)
def test_two_who_may_be_one_person_are_found_and_it_is_said_why(
    altered: Answers, reasons: str
) -> None:
    found = likeness(BARE, {**BARE, **altered})
    assert found.why == reasons
    assert found.score >= (MAY_BE if found.against else LIKELY)


def test_a_telephone_and_a_home_speak_for_it_however_they_are_written() -> None:
    other = {**MARSH, "phone": "+44 7700 900 123", "postcode": "zz12ab", "born": ""}
    assert likeness(MARSH, other).why == "same name, same phone, same address"
    assert score(MARSH, other) > score(BARE, {**BARE, "born": ""})


def test_whoever_moved_is_not_less_like_themselves() -> None:
    moved = {**MARSH, "postcode": "ZZ9 9ZZ", "address_1": "1 Ropewalk Lane"}
    assert score(MARSH, moved) >= score(MARSH, {**MARSH, "postcode": "", "address_1": ""})


@pytest.mark.parametrize(
    "other",
    [
        {**MARSH, "forename": "Peter"},  # a twin, at home with them
        {**MARSH, "forename": "Peter", "born": "1991-07-20"},
        {**MARSH, "surname": "Croft", "forename": "Leanne", "phone": ""},  # shares the hostel
        {"surname": "Croft", "forename": "Daniel", "born": "1962-11-30"},
        {"surname": "Croft", "forename": "Daniel"},
        {"surname": "Marsh", "forename": "Leanne"},
    ],
)
def test_who_is_like_them_in_a_household_or_by_one_name_is_another_person(other: Answers) -> None:
    assert score(MARSH, other) < LIKELY


def test_a_street_name_without_a_surname_is_enough_to_be_shown() -> None:
    found = likeness({"known_as": "Scout"}, {**MARSH, "aliases": ["Scout", "Tall Dan"]})
    assert found.score >= MAY_BE
    assert "known by the same other name" in found.why


def test_a_name_that_many_share_says_less() -> None:
    crowd = [traits({"surname": "Smith", "forename": f"Ann{number}"}) for number in range(900)]
    crowd += [traits(BARE)] * 2
    common = Commonness.among(crowd)
    smith = {**BARE, "surname": "Smith"}
    assert likeness(smith, smith, common).score < likeness(BARE, BARE, common).score


@pytest.mark.parametrize(
    ("one", "other", "grade"),
    [
        ("daniel", "daniel", Name.SAME),
        ("daniel", "danny", Name.SHORT),
        ("dan", "danny", Name.SHORT),
        ("albert", "herbert", Name.DIFFERENT),
        ("catherine", "kathryn", Name.SOUND),
        ("stephen", "steven", Name.SOUND),
        ("terri", "theresa", Name.SOUND),
        ("john", "jane", Name.DIFFERENT),
        ("dean", "sean", Name.DIFFERENT),
        ("marsh", "masrh", Name.CLOSE),
        ("daniel", "d", Name.INITIAL),
        ("daniel", "leanne", Name.DIFFERENT),
        ("lee", "leo", Name.DIFFERENT),
    ],
)
def test_names_are_graded(one: str, other: str, grade: Name) -> None:
    assert names_alike(one, other) is names_alike(other, one) is grade


@pytest.mark.parametrize(
    ("one", "other", "grade"),
    [
        ("1989-03-05", "1989-03-05", Birth.SAME),
        ("1989-03-05", "1989-05-03", Birth.SWAPPED),
        ("1989-03-05", "1989-03-06", Birth.SLIP),
        ("1989-03-05", "1998-03-05", Birth.SLIP),
        ("1989-03-05", "1989-03-27", Birth.ONE_PART),
        ("1989-03-05", "1989-03", Birth.MONTH),
        ("1989-03-05", "1989", Birth.YEAR),
        ("1989-03-05", "1990", Birth.NEAR_YEAR),
        ("1989-03-05", "1991~", Birth.NEAR_YEAR),
        ("1989-03-05", "1989-07", Birth.ONE_PART),
        ("1989-03-05", "1962-11-30", Birth.DIFFERENT),
        ("1989-03-05", "1999~", Birth.DIFFERENT),
        ("1989-01-01", "1989-01-01", Birth.YEAR),
        ("1989-01-01", "1989-06-07", Birth.YEAR),
        ("1989-03-05", "", Birth.NOT_KNOWN),
        ("1989-03-05", "about then", Birth.NOT_KNOWN),
    ],
)
def test_dates_of_birth_are_graded(one: str, other: str, grade: Birth) -> None:
    assert births_alike(born(one), born(other)) is births_alike(born(other), born(one)) is grade
