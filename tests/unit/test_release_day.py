# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The day of release: what is open is said, and plans of two people are read as one."""

from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest

from desktop_app.casework.forms import form
from desktop_app.casework.people import Team
from desktop_app.casework.readings import check
from desktop_app.casework.records import Json, Record, link
from desktop_app.casework.release_day import DayPlan, Part, open_words, owners, release_day
from tests.unit.desk import BELLO, OSEI, SHAH, Desk, only, plan

Make = Callable[..., Record]
ON = date(2026, 11, 23)
INSIDE: dict[str, Json] = {
    "setting": "remand",
    "from_on": "2026-11-01",
    "place_prison": "zz_eastmoor",
    "expected_release_on": "2026-11-27",
    "release_certainty": "confirmed",
}
WHOLE: dict[str, Json] = {
    "release_on": "2026-11-27",
    "meets": [OSEI],
    "sleeps": "The Old Mill, room 4",
    "prescription": "arranged",
    "appointment_at": "2026-11-27T14:00",
    "transport": "K. Osei's car",
    "phone": "not_needed",
    "money": "arranged",
    "told": [SHAH],
}


@pytest.fixture
def desk(a_record: Make, team: Team) -> Desk:
    return Desk(a_record, team)


def test_the_form_offers_what_the_rules_read() -> None:
    assert check(DayPlan, form("release_plan")) == []


def test_every_part_is_open_until_it_is_answered(a_record: Make, team: Team) -> None:
    inside = a_record("setting", **INSIDE)
    of = link(inside.id)
    for part, field in zip(Part, WHOLE.keys() - {"release_on"}, strict=True):
        assert field  # as many parts as answers
        lacking = {name: value for name, value in WHOLE.items() if not name.startswith(part.value)}
        made = a_record("release_plan", **lacking, setting=of)
        found = release_day([inside, made], ON, team)
        assert [one.part for one in found.open] == [part]
        assert open_words(found) == part.lacking
    whole = release_day([inside, a_record("release_plan", **WHOLE, setting=of)], ON, team)
    assert whole.open == []
    assert open_words(whole) == ""


def test_not_yet_is_open_and_what_hurts_most_is_named_first(a_record: Make, team: Team) -> None:
    inside = a_record("setting", **INSIDE)
    made = a_record(
        "release_plan",
        **{**WHOLE, "prescription": "not_yet", "sleeps": "", "phone": "", "told": []},
    )
    found = release_day([inside, made], ON, team)
    words = "no bed yet, no word that the prescription carries on, 2 more are open"
    assert open_words(found) == words


def test_a_move_from_one_prison_to_the_next_drops_nothing(a_record: Make, team: Team) -> None:
    first = a_record("setting", **INSIDE)
    moved = a_record("setting", **{**INSIDE, "from_on": "2026-11-20"})
    made = a_record("release_plan", **WHOLE, setting=link(first.id))
    assert release_day([first, moved, made], ON, team).open == []
    home = a_record("setting", setting="community", from_on="2026-11-21")
    back = a_record("setting", **{**INSIDE, "from_on": "2026-11-22"})
    assert not release_day([first, moved, made, home, back], ON, team).planned


def test_plans_of_two_people_are_one_in_any_order(a_record: Make, team: Team) -> None:
    inside = a_record("setting", **INSIDE)
    of = link(inside.id)
    mine = a_record("release_plan", sleeps="With his sister", sleeps_by=OSEI, setting=of)
    theirs = a_record("release_plan", phone="arranged", phone_by=BELLO, setting=of)
    later = a_record("release_plan", sleeps="The Old Mill", setting=of)
    days = {
        tuple(release_day(some, ON, team).parts)
        for some in permutations([inside, mine, theirs, later])
    }
    assert len(days) == 1
    parts = {one.part: one for one in days.pop()}
    assert parts[Part.SLEEPS].words == "The Old Mill"
    assert parts[Part.SLEEPS].owner == OSEI
    assert parts[Part.PHONE].words == "Arranged"
    assert set(owners([inside, mine, theirs, later], ON)) == {OSEI, BELLO}


def test_today_says_what_is_open_and_whoever_sees_to_a_part_has_the_row(desk: Desk) -> None:
    desk.client(
        "Croft",
        ("setting", INSIDE),
        ("release_plan", {"release_on": "2026-11-27", "sleeps_by": BELLO}),
        plan("2026-11-27T09:00", SHAH, kind="gate"),
    )
    due = only(desk.look(BELLO), "release")
    assert due.sentence == (
        "because no bed yet, no word that the prescription carries on, 5 more are open: "
        "out on Fri 27 Nov; down to meet them: PC R. Shah"
    )
    assert [one.code for one in due.answers] == ["plan_day", "open"]


def test_the_whole_day_arranged_is_said_by_saying_nothing_is_open(desk: Desk) -> None:
    desk.client("Croft", ("setting", INSIDE), ("release_plan", WHOLE))
    due = only(desk.look(), "release")
    assert due.sentence == "because out on Fri 27 Nov; down to meet them: K. Osei"
