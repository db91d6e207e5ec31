# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The way into treatment: days for each leg, and what somebody waits for."""

from collections.abc import Callable
from datetime import date

from desktop_app.casework.records import Record
from desktop_app.casework.treatment import (
    episode_now,
    episodes,
    legs,
    median_days,
    status_words,
    waiting,
)

Make = Callable[..., Record]
ON = date(2026, 11, 23)


def way(make: Make, status: str = "waiting", /, **steps: str) -> list[Record]:
    episode = make("treatment", accepted_on="2026-11-02", status=status)
    link = episode.id.hex()
    taken = [
        make("treatment_step", episode=link, step=step, happened_on=day)
        for step, day in steps.items()
    ]
    return [episode, *taken]


def test_each_leg_runs_from_the_last_day_that_is_known(a_record: Make) -> None:
    held = way(
        a_record,
        nurse_triage="2026-11-05",
        prescription_offered="2026-11-12",
        started="2026-11-12",
    )
    found = legs(episodes(held)[0], held)
    assert [(one.step, one.days) for one in found] == [
        ("nurse_triage", 3),
        ("prescription_offered", 7),
        ("started", 0),
    ]
    assert [one.words for one in found] == [
        "Seen by the nurse after 3 days",
        "Prescription offered after 7 days",
        "Treatment started the same day",
    ]


def test_what_somebody_waits_for_is_the_step_after_the_last_one(a_record: Make) -> None:
    held = way(a_record, nurse_triage="2026-11-05")
    found = waiting(episodes(held)[0], held, ON)
    assert found is not None
    assert (found.step, found.days) == ("doctor_assessment", 18)
    assert found.words == "waiting 18 days for the doctor"
    assert status_words(held, ON) == "Waiting 18 days"


def test_the_wait_on_an_earlier_day_is_told_as_it_stood(a_record: Make) -> None:
    held = way(a_record, nurse_triage="2026-11-05")
    found = waiting(episodes(held)[0], held, date(2026, 11, 4))
    assert found is not None
    assert (found.step, found.days) == ("nurse_triage", 2)


def test_whoever_has_started_waits_for_nothing(a_record: Make) -> None:
    held = way(a_record, "on_going", started="2026-11-12")
    assert waiting(episodes(held)[0], held, ON) is None
    assert status_words(held, ON) == "In treatment"


def test_a_step_out_of_order_is_given_no_negative_wait(a_record: Make) -> None:
    held = way(a_record, nurse_triage="2026-11-10", doctor_assessment="2026-11-08")
    assert [one.days for one in legs(episodes(held)[0], held)] == [8, 0]


def test_a_step_taken_twice_counts_on_its_first_day(a_record: Make) -> None:
    held = way(a_record, nurse_triage="2026-11-10")
    again = a_record(
        "treatment_step",
        episode=held[0].id.hex(),
        step="nurse_triage",
        happened_on="2026-11-20",
    )
    assert [one.days for one in legs(episodes(held)[0], [again, *held])] == [8]


def test_steps_of_another_episode_are_left_alone(a_record: Make) -> None:
    held, other = way(a_record), way(a_record, nurse_triage="2026-11-05")
    assert legs(episodes(held)[0], [*held, *other]) == []


def test_an_episode_that_has_ended_is_not_the_present_one(a_record: Make) -> None:
    ended = a_record("treatment", accepted_on="2026-01-02", status="ended", ended_on="2026-06-01")
    assert episode_now([ended], ON) is None
    assert episode_now([ended], date(2026, 3, 1)) is not None
    assert status_words([ended], ON) == ""


def test_without_the_day_of_acceptance_no_wait_is_made_up(a_record: Make) -> None:
    held = [a_record("treatment", status="waiting")]
    assert waiting(episodes(held)[0], held, ON) is None
    assert legs(episodes(held)[0], held) == []
    assert status_words(held, ON) == "Waiting for treatment"


def test_the_median_is_of_those_who_made_the_leg(a_record: Make) -> None:
    found = []
    for day in ("2026-11-03", "2026-11-05", "2026-11-12"):
        held = way(a_record, nurse_triage=day)
        found += legs(episodes(held)[0], held)
    assert median_days(found, "nurse_triage") == 3
    assert median_days(found[:2], "nurse_triage") == 2
    assert median_days(found, "started") is None
