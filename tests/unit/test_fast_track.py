# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The fast track: days against the promise, who waits, what held it up, figures of few people."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.due import CaseFile
from desktop_app.casework.fast_track import (
    LegFigures,
    Queued,
    figures,
    held_up_words,
    queued,
    why_asked,
    would_take,
)
from desktop_app.casework.limits import MOST_DAYS, agreed, limits
from desktop_app.casework.records import Json, Record
from desktop_app.casework.treatment import STEPS, episodes

Make = Callable[..., Record]
ON = date(2026, 11, 23)
PROMISE = limits().fast_track
_ODD = st.none() | st.booleans() | st.integers() | st.floats() | st.text()


def way(
    make: Make, accepted: str = "2026-11-02", /, *, fast: str = "yes", why: str = "", **steps: str
) -> list[Record]:
    status = "on_going" if "started" in steps else "waiting"
    episode = make("treatment", accepted_on=accepted, status=status, fast_track=fast)
    taken = [
        make(
            "treatment_step",
            episode=episode.id.hex(),
            step=step,
            happened_on=day,
            delay_reason=why,
        )
        for step, day in steps.items()
    ]
    return [episode, *taken]


def wait(records: list[Record], on: date = ON) -> Queued:
    found = queued(records, on, PROMISE)
    assert found is not None
    return found


def test_who_waits_stands_with_days_and_how_many_more_than_promised(a_record: Make) -> None:
    found = wait(way(a_record, nurse_triage="2026-11-05"))
    assert (found.step, found.days, found.promised, found.over) == ("doctor_assessment", 18, 5, 13)


def test_the_promised_day_itself_is_in_time(a_record: Make) -> None:
    held = way(a_record)
    assert wait(held, date(2026, 11, 4)).over == 0
    assert wait(held, date(2026, 11, 5)).over == 1
    assert why_asked(2, "nurse_triage", PROMISE) == ""
    assert why_asked(3, "nurse_triage", PROMISE).startswith("It took 3 days, and 2 is the promise.")


def test_the_fast_track_comes_first_then_who_waits_longest_over_the_promise(
    a_record: Make,
) -> None:
    slow = wait(way(a_record, "2026-10-01", fast="no"))
    late = wait(way(a_record, "2026-11-10"))
    new = wait(way(a_record, "2026-11-20"))
    assert sorted([slow, new, late], key=lambda one: one.order) == [late, new, slow]


def test_whoever_started_ended_or_died_does_not_wait(a_record: Make) -> None:
    assert queued(way(a_record, started="2026-11-20"), ON, PROMISE) is None
    ended = a_record("treatment", accepted_on="2026-11-02", status="ended", ended_on="2026-11-10")
    assert queued([ended], ON, PROMISE) is None
    died = a_record("setting", setting="deceased", from_on="2026-11-10")
    assert queued([*way(a_record), died], ON, PROMISE) is None


def test_what_a_step_would_take_is_counted_from_the_step_before_it(a_record: Make) -> None:
    held = way(a_record, nurse_triage="2026-11-05")
    episode = episodes(held)[0]
    assert would_take(episode, held, "doctor_assessment", date(2026, 11, 15)) == 10
    assert would_take(episode, held, "nurse_triage", date(2026, 11, 5), but=held[1].id) == 3
    assert would_take(episode, held, "carried_on_inside", date(2026, 11, 15)) is None


def test_it_is_asked_what_held_it_up_never_who(a_record: Make) -> None:
    assert "never who" in why_asked(9, "doctor_assessment", PROMISE)
    assert {one.name for one in fields(Queued)}.isdisjoint({"author", "worker", "person", "by"})


def files(*some: list[Record]) -> list[CaseFile]:
    return [CaseFile(one[0], tuple(one)) for one in some]


def test_of_few_people_the_days_are_told_and_no_median(a_record: Make) -> None:
    some = files(*(way(a_record, nurse_triage=f"2026-11-{day:02}") for day in (3, 6, 11)))
    nurse = figures(some, date(2026, 11, 1), ON, PROMISE)[0]
    assert nurse.median(PROMISE.few) is None
    assert nurse.words(PROMISE.few) == "3 people: 1, 4 and 9 days. Too few for a median."


def test_of_enough_people_the_median_is_told_with_how_many_it_is_of(a_record: Make) -> None:
    some = files(*(way(a_record, nurse_triage=f"2026-11-{day:02}") for day in (3, 4, 4, 6, 11)))
    nurse = figures(some, date(2026, 11, 1), ON, PROMISE)[0]
    words = nurse.words(PROMISE.few)
    assert words == "Median 2 days, 5 people; the promise was kept for 3."


def test_nine_in_ten_is_told_of_ten_people_and_never_of_fewer(a_record: Make) -> None:
    def nurse(days: range) -> LegFigures:
        some = files(*(way(a_record, nurse_triage=f"2026-11-{day:02}") for day in days))
        return figures(some, date(2026, 11, 1), ON, PROMISE)[0]

    assert nurse(range(3, 7)).told(5) == ("No figure", "fewer than 5 people\npromised 2 days")
    assert nurse(range(3, 8)).told(5) == (
        "3 days",
        "longest 5 · 5 people\npromised 2 days",
    )
    many = nurse(range(3, 13))
    assert (many.days, many.nine_in_ten) == (tuple(range(1, 11)), 9)
    assert many.told(5) == ("5.5 days", "9 in 10 within 9 · 10 people\npromised 2 days")
    assert nurse(range(3, 3)).told(5)[0] == "No figure"


def test_who_still_waits_is_told_beside_those_who_do_not(a_record: Make) -> None:
    some = files(way(a_record, nurse_triage="2026-11-03"), way(a_record, "2026-11-01"))
    nurse, doctor, *_rest = figures(some, date(2026, 11, 1), ON, PROMISE)
    assert nurse.words(5).endswith("1 waits now, for 22 days.")
    assert doctor.words(5) == "Nobody has come to it in these weeks. 1 waits now, for 20 days."


def test_a_leg_belongs_to_the_weeks_in_which_it_ended(a_record: Make) -> None:
    some = files(way(a_record, "2026-09-01", nurse_triage="2026-11-03"))
    assert figures(some, date(2026, 11, 1), ON, PROMISE)[0].days == (63,)
    assert figures(some, date(2026, 9, 1), date(2026, 10, 31), PROMISE)[0].days == ()


def test_what_held_things_up_is_counted_for_what_was_late_only(a_record: Make) -> None:
    late = way(a_record, why="no_slot", nurse_triage="2026-11-20")
    unsaid = way(a_record, nurse_triage="2026-11-20")
    in_time = way(a_record, why="papers", nurse_triage="2026-11-03")
    nurse = figures(files(late, unsaid, in_time), date(2026, 11, 1), ON, PROMISE)[0]
    assert nurse.held_up == (("no_slot", 1), ("not_known", 1))
    assert held_up_words(nurse) == (
        "What held it up: No appointment was free (1) and Not known (1)."
    )


@given(
    st.lists(st.integers(0, 40), max_size=12),
    st.integers(0, 60),
)
def test_no_figure_depends_on_the_order_in_which_things_arrived(
    waits: list[int], longest: int
) -> None:
    from desktop_app.casework.records import Live, new_id, pack_trail  # noqa: PLC0415

    def make(number: int, form: str, **answers: Json) -> Record:
        record = new_id(1_790_000_000_000 + number, number.to_bytes(10, "big"))
        live = [Live(number, 7, 1, 0, dict(answers))]
        return Record(record, form, b"", "partners", "a" * 16, live, pack_trail(7, 1))

    held = []
    for number, days in enumerate([*waits, longest]):
        episode = make(number * 2, "treatment", accepted_on="2026-09-01", status="waiting")
        day = (date(2026, 9, 1) + timedelta(days=days)).isoformat()
        step = make(
            number * 2 + 1,
            "treatment_step",
            episode=episode.id.hex(),
            step="nurse_triage",
            happened_on=day,
        )
        held.append(CaseFile(episode, (step, episode)))
    turned = [CaseFile(one.client, one.records[::-1]) for one in reversed(held)]
    since = date(2026, 8, 1)
    assert figures(held, since, ON, PROMISE) == figures(turned, since, ON, PROMISE)
    assert len(figures(held, since, ON, PROMISE)[0].days) == len(waits) + 1


# --- the team's own promise


def test_the_team_may_promise_its_own_days() -> None:
    own = agreed(limits(), {"promise_doctor_assessment": 9, "review_every": 56})
    assert own.fast_track.doctor_assessment == 9
    assert own.fast_track.nurse_triage == PROMISE.nurse_triage
    assert own.plan.review_every == 56
    assert agreed(limits(), None) == limits()


@given(st.dictionaries(st.sampled_from([f"promise_{one}" for one in STEPS]), _ODD))
def test_an_odd_number_of_days_is_no_promise(rule: dict[str, Json]) -> None:
    own = agreed(limits(), rule).fast_track
    for step in STEPS:
        days = own.days(step)
        assert days is not None
        assert type(days) is int
        assert 0 <= days <= MOST_DAYS
    assert own.days("referred") is None


@pytest.mark.parametrize("step", STEPS)
def test_every_timed_step_has_a_promise(step: str) -> None:
    assert PROMISE.days(step) is not None
