# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Work telephones: whose word counts, what takes whose place, what can be a number."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from desktop_app.casework.people import Team
from desktop_app.casework.phones import phones, problem, standing, tidy
from desktop_app.casework.records import Record, link
from tests.unit.desk import LOWE, OSEI, SHAH

Make = Callable[..., Record]


def given(make: Make, number: str, by: str = OSEI, of: Record | None = None) -> Record:
    more = {"supersedes": link(of.id)} if of else {}
    return make("team_phone", author=by, person=OSEI, number=number, hours="weekdays", **more)


def number_of(records: list[Record], team: Team) -> str:
    found = phones(records, team).get(OSEI)
    return found.number if found else ""


def test_its_owner_and_the_coordinator_give_a_number_and_nobody_else(
    a_record: Make, team: Team
) -> None:
    mine = given(a_record, "01632 960101")
    others = given(a_record, "01632 960666", SHAH, mine)
    his = given(a_record, "01632 960102", LOWE, mine)
    for held in permutations([mine, others]):
        assert number_of(list(held), team) == "01632 960101"
    for held in permutations([mine, others, his]):
        assert number_of(list(held), team) == "01632 960102"
    found = phones([mine], team)[OSEI]
    assert found.words == "01632 960101 (weekdays)"


def test_the_newer_takes_the_place_of_the_older_whatever_a_clock_said(
    a_record: Make, team: Team
) -> None:
    first = given(a_record, "01632 960101")
    second = given(a_record, "01632 960102", OSEI, first)
    late = [replace_at(first, second.recorded_at + 60_000), second]
    for held in permutations(late):
        assert number_of(list(held), team) == "01632 960102"
    none = given(a_record, "", OSEI, second)
    for held in permutations([first, second, none]):
        assert number_of(list(held), team) == ""
        known = standing(held, OSEI, team)
        assert known is not None
        assert known.record.id == none.id
    assert number_of([first, second], team) == "01632 960102"


def test_who_left_gives_no_number_any_more(a_record: Make, team: Team) -> None:
    gone = replace(team.persons[OSEI], active=False)
    left = replace(team, persons={**team.persons, OSEI: gone})
    assert number_of([given(a_record, "01632 960101")], left) == ""


@pytest.mark.parametrize(
    "text",
    [
        *("", "01632 960123", "(01632) 960 123", "0300-123-1234", "07700 900123", "016977 2345"),
        *("+44 7700 900123", "+44 (0)1632 960123", "0044 1632 960123", "+353 1 234 5678", "101"),
        *("01632 960123 ext 45", "01632 960123 x45", "4521", "00 353 1 234 5678"),
    ],
)
def test_what_can_be_a_number_is_taken_as_it_is_written(text: str) -> None:
    assert problem(text) == ""
    assert tidy(f"  {text} ") == text


@pytest.mark.parametrize(
    "text",
    [
        *("0", "12", "01632", "1632 960123", "01632 960123 4", "+44 123", "+1", "ring Kay"),
        *("01632 96o123", "07700 900123 / home", "0" * 30, "+44", "ext 4"),
    ],
)
def test_what_cannot_be_one_is_said_in_one_sentence(text: str) -> None:
    assert "10 or 11 digits" in problem(text)


def replace_at(record: Record, at: int) -> Record:
    (live,) = record.live
    moved = type(live)(at, live.feed, live.seq, live.idx, live.answers)
    return Record(record.id, record.form, record.client, record.audience, record.author, [moved])
