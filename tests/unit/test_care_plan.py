# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The plan: goals in their words, steps towards them, and when it is looked at again."""

from collections.abc import Callable
from datetime import date

from desktop_app.casework.care_plan import plan_of, review_on, review_rows, reviews_due, wanted
from desktop_app.casework.due import CaseFile, Look
from desktop_app.casework.limits import limits
from desktop_app.casework.records import Record
from tests.unit.desk import BELLO, NOW, OSEI, Desk

Make = Callable[..., Record]
ON = date(2026, 11, 23)


def look(desk: Desk, who: str = OSEI) -> Look:
    return Look(desk.facts(), desk.me(who), NOW)


def test_a_goal_stands_with_the_steps_that_name_it(a_record: Make) -> None:
    goal = a_record("goal", words="A door of my own", domain="housing", set_on="2026-10-01")
    of = goal.id.hex()
    later = a_record("need", what="Form", domain="housing", goal=of, due_on="2026-12-01")
    sooner = a_record("need", what="Ring", domain="housing", goal=of, due_on="2026-11-25")
    done = a_record("need", what="Ask", domain="housing", goal=of, done_on="2026-10-09")
    other = a_record("need", what="Bus fare", domain="benefits", goal="ff" * 16)
    plan = plan_of([later, done, other, sooner, goal], ON, limits())
    ((one, steps),) = plan.goals
    assert one.words == "A door of my own"
    assert [step.what for step in steps] == ["Ring", "Form", "Ask"]
    assert [step.what for step in plan.loose] == ["Bus fare"]


def test_goals_that_run_stand_before_those_that_are_over(a_record: Make) -> None:
    over = a_record("goal", words="Quit", domain="drugs", set_on="2026-09-01", outcome="reached")
    runs = a_record("goal", words="Work", domain="work", set_on="2026-10-01")
    goals = plan_of([over, runs], ON, limits()).goals
    assert [one.words for one, _steps in goals] == ["Work", "Quit"]


def test_what_an_assessment_leaves_out_was_not_asked(a_record: Make) -> None:
    held = a_record(
        "assessment",
        assessed_on="2026-10-01",
        needs={"family": "declined", "housing": "now", "work": "none", "health": "soon"},
    )
    latest = plan_of([held], ON, limits()).assessment
    assert latest is not None
    assert wanted(latest) == [
        ("housing", "now"),
        ("health", "soon"),
        ("work", "none"),
        ("family", "declined"),
    ]


def test_a_review_is_due_when_the_last_one_said(a_record: Make) -> None:
    goal = a_record("goal", words="Work", domain="work", set_on="2026-06-01")
    agreed = a_record("review", reviewed_on="2026-10-01", next_review_on="2026-11-20")
    open_ended = a_record("review", reviewed_on="2026-10-01")
    assert review_on([goal], ON, limits()) == date(2026, 7, 13)
    assert review_on([goal, agreed], ON, limits()) == date(2026, 11, 20)
    assert review_on([goal, open_ended], ON, limits()) == date(2026, 12, 31)
    assert review_on([], ON, limits()) is None


def test_no_review_is_due_once_support_has_ended_or_somebody_has_died(a_record: Make) -> None:
    goal = a_record("goal", words="Work", domain="work", set_on="2026-06-01")
    runs = a_record("support", started_on="2026-05-01")
    ended = a_record("support", started_on="2026-05-01", ended_on="2026-11-01")
    died = a_record("setting", setting="deceased", from_on="2026-11-01")
    assert review_on([goal, runs], ON, limits()) is not None
    assert review_on([goal, ended], ON, limits()) is None
    assert review_on([goal, runs, died], ON, limits()) is None


def test_prison_rehab_and_the_end_of_treatment_change_nothing(a_record: Make) -> None:
    goal = a_record("goal", words="Work", domain="work", set_on="2026-06-01")
    elsewhere = [
        a_record("setting", setting="sentenced", from_on="2026-11-01"),
        a_record("treatment", accepted_on="2026-01-01", status="ended", ended_on="2026-11-01"),
    ]
    assert review_on([goal, *elsewhere], ON, limits()) == review_on([goal], ON, limits())


def test_a_late_review_stands_on_the_key_workers_today_and_says_why(desk: Desk) -> None:
    desk.client("Croft", ("review", {"reviewed_on": "2026-08-20", "next_review_on": "2026-11-20"}))
    (file,) = desk.files
    (due,) = reviews_due(file, look(desk))
    assert due.late
    assert due.sentence == (
        "because the plan was to be looked at again by Fri 20 Nov, last on Thu 20 Aug"
    )
    assert [one.text for one in due.chips] == ["3 days over"]
    assert reviews_due(file, look(desk, BELLO)) == []
    assert review_rows(file, look(desk, BELLO)) == [due]


def test_the_first_review_says_that_it_is_the_first(desk: Desk) -> None:
    desk.client("Croft", ("goal", {"words": "Work", "domain": "work", "set_on": "2026-10-14"}))
    (due,) = review_rows(desk.files[0], look(desk))
    assert due.sentence == ("because the plan is to be looked at for the first time by Wed 25 Nov")
    assert not due.late


def test_the_same_plan_in_any_order_of_arrival(a_record: Make) -> None:
    goal = a_record("goal", words="Work", domain="work", set_on="2026-06-01")
    two = [
        a_record("review", reviewed_on="2026-10-01", next_review_on="2026-11-20"),
        a_record("review", reviewed_on="2026-10-01", next_review_on="2026-12-20"),
    ]
    need = a_record("need", what="Form", domain="work", goal=goal.id.hex())
    everything = [goal, *two, need]
    assert plan_of(everything, ON, limits()) == plan_of(everything[::-1], ON, limits())
    assert review_on(everything, ON, limits()) == date(2026, 12, 20)
    assert CaseFile(goal, tuple(everything)).records
