# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Choosing: how far somebody has come, what a decision proposes, how much room there is."""

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework import intake
from desktop_app.casework.choosing import (
    Stage,
    capacity,
    choosing,
    decision_problems,
    open_nominations,
    places_follow,
    told_follows,
)
from desktop_app.casework.records import Answers, Edit, Record, RecordId, link
from tests.unit.conftest import LOWE, OSEI, SHAH

Make = Callable[..., Record]
ON = date(2026, 11, 23)
CLIENT = b"c" * 16
DEMAND, ASIDE = "demand_side", "eligible_not_included"


def nominated(make: Make, on: str = "2026-11-10") -> Record:
    return make("nomination", CLIENT, nominated_on=on, cohort=DEMAND, agency="Police", why="Why")


def decided(make: Make, about: str, on: str = "2026-11-16", **more: object) -> Record:
    return make("decision", CLIENT, about=about, decided_on=on, final_say=LOWE, **more)


def stage(*records: Record) -> Stage:
    return choosing(records, ON).stage


def new_records() -> Callable[[], RecordId]:
    ids = count(1)
    return lambda: next(ids).to_bytes(16, "big")


def test_from_nomination_to_programme_step_by_step(a_record: Make) -> None:
    held = [nominated(a_record)]
    assert stage(*held) is Stage.NOMINATED
    held.append(decided(a_record, "later", review_on="2026-12-01"))
    assert stage(*held) is Stage.LATER
    held.append(decided(a_record, "include", "2026-11-18"))
    held.append(a_record("cohort", CLIENT, cohort=DEMAND, started_on="2026-11-18"))
    assert stage(*held) is Stage.NOT_TOLD
    assert open_nominations(held) == []
    held.append(a_record("notice", CLIENT, told_on="2026-11-20", spell=link(held[-1].id)))
    assert stage(*held) is Stage.ON


def test_a_place_that_says_they_were_told_needs_no_notice(a_record: Make) -> None:
    place = a_record("cohort", CLIENT, cohort=DEMAND, started_on="2026-11-01", told_on="2026-11-02")
    assert stage(place) is Stage.ON


def test_a_notice_of_an_earlier_spell_tells_nothing_of_this_one(a_record: Make) -> None:
    place = a_record("cohort", CLIENT, cohort=DEMAND, started_on="2026-11-01")
    assert stage(place, a_record("notice", CLIENT, told_on="2026-03-01")) is Stage.NOT_TOLD
    other = a_record("notice", CLIENT, told_on="2026-11-02", spell=link(b"o" * 16))
    assert stage(place, other) is Stage.NOT_TOLD


def test_somebody_not_included_stays_so_until_they_are_nominated_again(a_record: Make) -> None:
    held = [
        nominated(a_record),
        decided(a_record, "not_include", reason="no_capacity", review_on="2027-02-01"),
        a_record(
            "cohort",
            CLIENT,
            cohort=ASIDE,
            started_on="2026-11-16",
            not_included_because="no_capacity",
        ),
    ]
    assert stage(*held) is Stage.NOT_INCLUDED
    assert stage(*held[:2]) is Stage.NOT_INCLUDED
    assert stage(*held, nominated(a_record, "2026-11-20")) is Stage.NOMINATED


def test_nobody_who_was_removed_is_called_never_nominated(a_record: Make) -> None:
    assert stage() is Stage.NONE
    gone = a_record("cohort", CLIENT, cohort=DEMAND, started_on="2026-01-01", ended_on="2026-11-01")
    assert stage(gone) is Stage.REMOVED
    assert stage(gone, nominated(a_record)) is Stage.NOMINATED


def test_a_decision_that_was_superseded_no_longer_counts(a_record: Make) -> None:
    first = decided(a_record, "include", "2026-11-16")
    held = [
        nominated(a_record),
        first,
        decided(a_record, "later", "2026-11-17", supersedes=link(first.id)),
    ]
    assert stage(*held) is Stage.LATER
    assert stage(*held[:2]) is Stage.NONE, "decided, though nobody has opened the place yet"


def test_staying_and_relaxing_are_no_decisions_about_choosing(a_record: Make) -> None:
    held = [
        a_record("cohort", CLIENT, cohort=DEMAND, started_on="2026-01-01", told_on="2026-01-02"),
        decided(a_record, "include", "2026-01-01"),
        decided(a_record, "relax", "2026-11-16"),
    ]
    found = choosing(held, ON)
    assert (found.decision and found.decision.about) == "include"
    assert (found.course and found.course.about) == "relax"


ABOUT = st.sampled_from(["include", "not_include", "later", "keep", "relax"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(ABOUT, st.integers(1, 22)), max_size=6),
    st.lists(st.integers(1, 22), max_size=3),
    st.randoms(use_true_random=False),
)
def test_where_somebody_stands_does_not_depend_on_the_order_of_arrival(
    a_record: Make, said: list[tuple[str, int]], nominations: list[int], random: object
) -> None:
    held = [nominated(a_record, f"2026-11-{day:02}") for day in nominations]
    for about, day in said:
        earlier = link(held[-1].id) if held and day % 3 == 0 else None
        held.append(decided(a_record, about, f"2026-11-{day:02}", supersedes=earlier))
    wanted = choosing(held, ON)
    random.shuffle(held)  # type: ignore[attr-defined]
    assert choosing(held, ON) == wanted


# --- what a decision proposes and lacks


def follows(held: list[Record], **answers: object) -> list[Edit]:
    said: Answers = {"decided_on": "2026-11-23", "why": "Because", **answers}  # type: ignore[dict-item]
    return places_follow(said, held, CLIENT, new_record=new_records())


def test_what_follows_is_read_by_nobody_who_may_not_read_the_decision(a_record: Make) -> None:
    aside = a_record("cohort", CLIENT, cohort=ASIDE, started_on="2026-05-01")
    own = a_record("cohort", CLIENT, audience="police", cohort=ASIDE, started_on="2026-05-02")
    said: Answers = {"decided_on": "2026-11-23", "why": "Because", "about": "include"}
    for held_by, ends in (("police", [own.id]), ("partners", [aside.id, own.id])):
        *ended, opened = places_follow(
            {**said, "cohort": DEMAND},
            [aside, own],
            CLIENT,
            new_record=new_records(),
            held_by=held_by,
        )
        assert [one.record for one in ended] == ends
        assert (opened.audience, opened.answers["reasons"]) == (held_by, "Because")
    on = choosing([a_record("cohort", CLIENT, cohort=DEMAND, started_on="2026-11-01")], ON).place
    assert on is not None
    assert told_follows({"told_on": "2026-11-20"}, on, CLIENT, held_by="police") == []


def test_including_somebody_opens_a_place_with_the_score_and_ends_the_other(
    a_record: Make,
) -> None:
    aside = a_record("cohort", CLIENT, cohort=ASIDE, started_on="2026-05-01")
    score = a_record(
        "scoring", CLIENT, scored_on="2026-11-01", total=14, threshold=12, criteria="Ours, 1"
    )
    ended, opened = follows([aside, score], about="include", cohort=DEMAND)
    assert (ended.record, ended.answers["ended_because"]) == (aside.id, "taken_on")
    assert opened.answers == {
        "cohort": DEMAND,
        "started_on": "2026-11-23",
        "reasons": "Because",
        "score": 14,
        "score_criteria": "Ours, 1",
    }


def test_not_including_somebody_puts_them_on_the_third_list_with_the_reason() -> None:
    (opened,) = follows([], about="not_include", reason="no_capacity")
    assert opened.answers["cohort"] == ASIDE
    assert opened.answers["not_included_because"] == "no_capacity"


def test_nobody_gets_a_place_twice(a_record: Make) -> None:
    on = a_record("cohort", CLIENT, cohort=DEMAND, started_on="2026-05-01")
    assert follows([on], about="include", cohort=DEMAND) == []


@pytest.mark.parametrize("about", ["later", "keep", "relax", "remove_targeting", "remove_support"])
def test_no_other_decision_opens_or_ends_a_place(a_record: Make, about: str) -> None:
    on = a_record("cohort", CLIENT, cohort=DEMAND, started_on="2026-05-01")
    assert follows([on], about=about) == []


def lacks(client: Answers | None = None, **answers: object) -> dict[str, str]:
    who: Answers = {"born": "1990"} if client is None else client
    found = decision_problems(answers, who, on=ON)  # type: ignore[arg-type]
    return {one.field: one.message for one in found}


def test_a_decision_says_what_it_needs() -> None:
    assert lacks(about="include", cohort=DEMAND) == {}
    assert set(lacks(about="include")) == {"cohort"}
    assert set(lacks(about="include", cohort=ASIDE)) == {"cohort"}
    assert set(lacks(about="not_include")) == {"reason", "review_on"}
    assert set(lacks(about="later")) == {"review_on"}
    assert lacks(about="keep") == {}
    assert set(lacks(about="keep", dissent_by=[OSEI])) == {"dissent"}
    both: dict[str, object] = {
        "agreed_by": [OSEI, SHAH],
        "dissent_by": [OSEI],
        "dissent": "Too early",
    }
    assert set(lacks(None, about="keep", **both)) == {"dissent_by"}


@pytest.mark.parametrize(
    ("born", "says"),
    [
        ("1990-05-01", ""),
        ("1990", ""),
        ("2008-11-23", ""),
        ("2008-11-24", "Tandem is for adults. Nobody under 18 is put on the casebook."),
        ("2012", "They may be under 18."),
        ("2008~", "They may be under 18."),
        ("", "Nobody under 18 is put on a list."),
        ("a while ago", "Nobody under 18 is put on a list."),
    ],
)
def test_nobody_who_may_be_under_18_is_put_on_a_list(born: str, says: str) -> None:
    assert intake.on_no_list({"born": born}, on=ON)[: len(says) or None] == says
    for answers in ({"about": "include", "cohort": DEMAND}, {"about": "not_include"}):
        assert bool(lacks({"born": born}, **answers).get("about")) is bool(says)
    assert "about" not in lacks({"born": born}, about="remove_targeting")


def test_being_told_is_written_into_the_place(a_record: Make) -> None:
    place = a_record("cohort", CLIENT, cohort=DEMAND, started_on="2026-11-18")
    stands = choosing([place], ON).place
    assert stands is not None
    (edit,) = told_follows({"told_on": "2026-11-20", "told_by": [SHAH]}, stands, CLIENT)
    assert (edit.record, edit.answers) == (
        place.id,
        {"told_on": "2026-11-20", "told_by": [SHAH]},
    )


# --- room


def test_how_much_room_there_is_is_said(a_record: Make) -> None:
    spells = [
        a_record("cohort", bytes([n]) * 16, cohort=DEMAND, started_on="2026-01-01")
        for n in range(1, 4)
    ]
    spells.append(a_record("cohort", b"\x09" * 16, cohort=ASIDE, started_on="2026-01-01"))
    said = [capacity(spells, seats, ON).words for seats in (None, 5, 4, 3, 2)]
    assert said == [
        "3 on the programme. How many places it has was never said.",
        "3 of 5 places taken, 2 are free.",
        "3 of 4 places taken, 1 is free.",
        "All 3 places of the programme are taken.",
        "3 on the programme, 1 more than its 2 places.",
    ]


def test_somebody_with_two_files_takes_one_place(a_record: Make) -> None:
    spells = [
        a_record("cohort", bytes([n]) * 16, cohort=DEMAND, started_on="2026-01-01") for n in (1, 2)
    ]
    assert capacity(spells, 5, ON, person=lambda _client: b"\x01" * 16).taken == 1
