# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a forum goes by in the room: its time, its two lanes, pressure, and what a room may see."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.casework.due import CaseFile, Facts, Look
from desktop_app.casework.forum import item_of, rows
from desktop_app.casework.forum_card import card
from desktop_app.casework.forum_time import time_left
from desktop_app.casework.lanes import agreed_words, both_agree, lane_of
from desktop_app.casework.people import Team
from tests.anything import NOW, look
from tests.unit.desk import BELLO, LOWE, OSEI, SHAH
from tests.unit.signing import Make, Signing


@pytest.mark.parametrize(
    ("minutes", "people", "words"),
    [
        (63, 19, "63 min left, 3 each"),
        (1, 1, "1 min left, 1 each"),
        (5, 9, "5 min left, less than one each"),
        (12, 0, "12 min left"),
        (0, 4, "past the end that was set"),
        (-30, 4, "past the end that was set"),
    ],
)
def test_the_time_left_is_said_with_what_it_leaves_each(
    minutes: int, people: int, words: str
) -> None:
    found = time_left(NOW + timedelta(minutes=minutes, seconds=30), NOW, people)
    assert found is not None
    assert found.words == words


def test_a_forum_without_an_end_says_nothing_of_time() -> None:
    assert time_left(None, NOW, 4) is None


def test_both_lanes_agree_only_where_somebody_of_each_did(team: Team) -> None:
    assert both_agree((OSEI, SHAH), team)
    assert not both_agree((OSEI, BELLO), team)
    assert agreed_words((OSEI, SHAH), team) == "Both lanes agree"
    assert agreed_words((OSEI,), team) == "Nobody for enforcement agreed"
    assert agreed_words((), team) == "Nobody for support and enforcement agreed"
    assert (lane_of(SHAH, team), lane_of(OSEI, team)) == ("enforcement", "support")
    police = team.persons[SHAH].agency
    chair = replace(team.persons[LOWE], agency=f"  {police.upper()} ")
    moved = replace(team, persons={**team.persons, LOWE: chair})
    assert lane_of(LOWE, moved) == "enforcement", "a coordinator stands for their own agency"
    nowhere = replace(team, persons={**team.persons, LOWE: replace(chair, agency="")})
    assert not both_agree((OSEI, LOWE), nowhere)


def test_what_is_for_the_police_alone_brings_nobody_before_a_room(a_record: Make) -> None:
    client = a_record("client", surname="Croft")
    place = a_record(
        "cohort", client.id, audience="police", cohort="demand_side", started_on="2026-06-01"
    )
    whole = CaseFile(client, (client, place))
    assert item_of(whole, look("shah", NOW)) is None
    told = a_record("cohort", client.id, cohort="demand_side", started_on="2026-06-01")
    assert item_of(CaseFile(client, (client, place, told)), look("shah", NOW)) is not None


def test_pressure_comes_to_the_forum_when_what_was_agreed_lapses(
    a_record: Make, team: Team
) -> None:
    signing = Signing(a_record, team)
    signing.agree(signing.ask("support_only"))
    client = a_record("client", surname="Croft")
    place = a_record("cohort", client.id, cohort="demand_side", started_on="2026-06-01")
    whole = CaseFile(client, (client, place, *signing.held))
    ends = signing.now().until
    assert ends is not None

    def said(day: date) -> tuple[str, str]:
        at = NOW.replace(year=day.year, month=day.month, day=day.day)
        seen = Look(Facts((), signing.team), signing.team.persons[LOWE], at)
        item = item_of(whole, seen)
        assert item is not None
        assert len(rows(whole, seen)) == 1
        return item.segment, "".join(one.text for one in item.because)

    assert said(ends - timedelta(days=15))[0] == "everyone"
    assert said(ends - timedelta(days=14)) == (
        "posture",
        f"because support only lapses after {ends:%a} {ends.day} {ends:%b}",
    )
    assert "lapsed after" in said(ends + timedelta(days=1))[1]
    seen = Look(Facts((), signing.team), signing.team.persons[LOWE], NOW)
    lines = [one.words for one in card(whole, seen).enforcement]
    assert "Support only" in lines


def test_each_lane_of_a_card_says_its_own_half(a_record: Make) -> None:
    client = a_record("client", surname="Croft")
    place = a_record("cohort", client.id, cohort="demand_side", started_on="2026-06-01")
    spell = a_record("support", client.id, started_on="2026-06-02")
    said = card(CaseFile(client, (client, place, spell)), look("shah", NOW))
    assert said.support[0].words == "Support since Tue 2 Jun"
    assert said.enforcement[0].words == "Outreach programme since Mon 1 Jun"
    assert len(said.enforcement) == 1


def test_a_no_to_more_pressure_is_for_the_forum_and_an_open_question_is_not(
    a_record: Make, team: Team
) -> None:
    signing = Signing(a_record, team)
    signing.arrest()
    ask = signing.ask("heightened")
    client = a_record("client", surname="Croft")
    place = a_record("cohort", client.id, cohort="demand_side", started_on="2026-06-01")
    at = Look(Facts((), signing.team), signing.team.persons[LOWE], NOW)
    item = item_of(CaseFile(client, (client, place, *signing.held)), at)
    assert item is not None
    assert item.segment == "everyone"
    signing.no(ask)
    item = item_of(CaseFile(client, (client, place, *signing.held)), at)
    assert item is not None
    assert item.segment == "posture"
