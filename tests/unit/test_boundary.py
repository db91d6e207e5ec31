# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Boundary decisions: the latest counts until somebody decides anew, and turns no posture."""

from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest

from desktop_app.casework.boundary import ACT, HOLD, WAIT, Boundary, boundary_now
from desktop_app.casework.codes import codes
from desktop_app.casework.forms import form
from desktop_app.casework.people import Team
from desktop_app.casework.posture import posture_now
from desktop_app.casework.posture_evidence import counts_for_pressure
from desktop_app.casework.readings import check
from desktop_app.casework.records import WITHDRAWN, Json, Record, link

Make = Callable[..., Record]
ON = date(2026, 11, 23)


@pytest.fixture
def decide(a_record: Make) -> Callable[..., Record]:
    """Return what makes a boundary decision of a day in November."""

    def make(day: int, decision: str = WAIT, **more: Json) -> Record:
        on = f"2026-11-{day:02}"
        said: dict[str, Json] = {"decided_on": on, "decision": decision, "review_on": "2026-12-01"}
        return a_record("boundary", b"c" * 16, **{**said, **more})

    return make


def now(*held: Record, on: date = ON) -> Boundary | None:
    return boundary_now(held, on)


def test_the_form_offers_what_the_rule_reads_and_every_decision_there_is() -> None:
    assert check(Boundary, form("boundary")) == []
    assert {one.code for one in codes("boundary_decision").code} == {ACT, HOLD, WAIT}


def test_without_a_decision_there_is_none(decide: Make) -> None:
    assert now() is None
    assert now(decide(24)) is None, "a day still to come"
    assert now(decide(3, decided_on=None)) is None
    assert now(decide(3, **{WITHDRAWN: "Wrong client"})) is None


def test_the_latest_that_nothing_took_the_place_of_counts_in_any_order(decide: Make) -> None:
    first, second = decide(3), decide(9, HOLD)
    back = decide(5, ACT, supersedes=link(second.id))
    for held in permutations((first, second)):
        found = now(*held)
        assert found is not None
        assert found.decision == HOLD
    for held in permutations((first, second, back)):
        found = now(*held)
        assert found is not None
        assert (found.decision, found.record.id) == (ACT, back.id), "it took the later one's place"


def test_each_day_has_the_decision_of_its_own_time(decide: Make) -> None:
    first = decide(3)
    second = decide(9, HOLD, supersedes=link(first.id))
    days = {day: now(first, second, on=date(2026, 11, day)) for day in (2, 3, 8, 9)}
    assert [one.decision if one else None for one in days.values()] == [None, WAIT, WAIT, HOLD]


def test_past_its_day_it_is_late_and_still_counts(decide: Make) -> None:
    held = decide(3, review_on="2026-11-20")
    found = now(held)
    assert found is not None
    assert not found.late(date(2026, 11, 20))
    assert found.late(date(2026, 11, 21))
    assert now(held, on=date(2027, 11, 21)) == found
    never = now(decide(3, review_on=None))
    assert never is not None
    assert not never.late(date.max)


def test_it_turns_no_posture_and_may_be_evidence_for_one(decide: Make, team: Team) -> None:
    for decision in (ACT, HOLD, WAIT):
        held = decide(3, decision)
        assert posture_now([held], team, ON) == posture_now([], team, ON)
        assert counts_for_pressure(held)
