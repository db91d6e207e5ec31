# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who stands by a client: it ends by a reasoned handover and by nothing else."""

from collections.abc import Callable
from datetime import date

import pytest

from desktop_app.casework.assignments import (
    KEY_WORKER,
    NURSE,
    POLICE_LEAD,
    duties_on,
    same_worker_since,
    unfinished_handovers,
    worker_on,
    workers_on,
)
from desktop_app.casework.people import Team
from desktop_app.casework.records import Json, Live, Record, link

Make = Callable[..., Record]
OSEI, SHAH, BELLO, LOWE = (letter * 16 for letter in "abcd")
ON = date(2026, 11, 23)
HELD: dict[str, Json] = {"duty": "key_worker", "worker": OSEI, "from_on": "2026-08-01"}
HANDED: dict[str, Json] = {
    "until_on": "2026-11-01",
    "handed_to": BELLO,
    "handover_reason": "worker_leaves",
}


def test_the_worker_stays_until_somebody_hands_over(a_record: Make) -> None:
    held = [a_record("assignment", **HELD)]
    assert worker_on(held, KEY_WORKER, date(2026, 7, 31)) == ""
    assert worker_on(held, KEY_WORKER, ON) == OSEI
    assert worker_on(held, KEY_WORKER, date(2036, 1, 1)) == OSEI
    assert worker_on(held, NURSE, ON) == ""


@pytest.mark.parametrize("lacking", ["until_on", "handed_to", "handover_reason"])
def test_a_handover_that_lacks_anything_has_not_happened(
    lacking: str, a_record: Make, team: Team
) -> None:
    begun = {name: value for name, value in HANDED.items() if name != lacking}
    held = [a_record("assignment", **HELD, **begun)]
    assert worker_on(held, KEY_WORKER, ON) == OSEI
    (sentence,) = unfinished_handovers(held, team)
    assert "K. Osei stays" in sentence


def test_a_whole_handover_passes_the_client_on_that_very_day(a_record: Make, team: Team) -> None:
    held = [a_record("assignment", **HELD, **HANDED)]
    assert worker_on(held, KEY_WORKER, date(2026, 10, 31)) == OSEI
    assert worker_on(held, KEY_WORKER, date(2026, 11, 1)) == BELLO
    assert worker_on(held, KEY_WORKER, ON) == BELLO
    assert unfinished_handovers(held, team) == []


def test_whoever_took_over_can_hand_over_again(a_record: Make) -> None:
    held = [
        a_record("assignment", **HELD, **HANDED),
        a_record(
            "assignment",
            duty="key_worker",
            worker=BELLO,
            from_on="2026-11-03",
            until_on="2026-11-20",
            handed_to=LOWE,
            handover_reason="balance",
        ),
    ]
    days = [date(2026, 11, day) for day in (2, 3, 19, 20, 23)]
    assert [worker_on(held, KEY_WORKER, day) for day in days] == [BELLO] * 3 + [LOWE] * 2


def test_one_of_two_key_workers_who_takes_over_can_hand_over_too(a_record: Make) -> None:
    both = a_record(
        "assignment",
        duty="key_worker",
        worker=BELLO,
        from_on="2026-09-01",
        until_on="2026-11-20",
        handed_to=LOWE,
        handover_reason="balance",
    )
    held = [a_record("assignment", **HELD, **HANDED), both]
    assert set(workers_on(held, KEY_WORKER, date(2026, 10, 1))) == {OSEI, BELLO}
    assert workers_on(held, KEY_WORKER, ON) == [LOWE]


@pytest.mark.parametrize("reason", ["support_ended", "died"])
def test_nobody_takes_over_only_when_there_is_nothing_left_to_take(
    reason: str, a_record: Make
) -> None:
    ended = {"until_on": "2026-11-01", "handover_reason": reason}
    assert worker_on([a_record("assignment", **HELD, **ended)], KEY_WORKER, ON) == ""


@pytest.mark.parametrize(
    "other",
    [
        ("setting", {"setting": "sentenced", "from_on": "2026-09-01"}),
        ("treatment", {"status": "ended", "ended_on": "2026-09-01", "end_reason": "dropped_out"}),
        ("cohort", {"cohort": "demand_side", "started_on": "2026-08-01", "ended_on": "2026-09-01"}),
        ("support", {"started_on": "2026-08-01", "ended_on": "2026-09-01"}),
        ("arrest", {"arrested_on": "2026-09-01", "disposal": "imprisonment"}),
    ],
    ids=lambda one: str(one[0]),
)
def test_nothing_else_ends_it(other: tuple[str, dict[str, Json]], a_record: Make) -> None:
    held = [a_record("assignment", **HELD), a_record(other[0], **other[1])]
    assert worker_on(held, KEY_WORKER, ON) == OSEI


def test_one_person_may_do_several_things(a_record: Make) -> None:
    held = [
        a_record("assignment", **HELD),
        a_record("assignment", duty="police_lead", worker=SHAH, from_on="2026-08-01"),
        a_record("assignment", duty="nurse", worker=OSEI, from_on="2026-08-01"),
    ]
    assert duties_on(held, OSEI, ON) == [KEY_WORKER, NURSE]
    assert duties_on(held, SHAH, ON) == [POLICE_LEAD]
    assert duties_on(held, LOWE, ON) == []


def test_the_latest_to_begin_is_named_first(a_record: Make) -> None:
    held = [
        a_record("assignment", **{**HELD, "worker": BELLO, "from_on": "2026-09-01"}),
        a_record("assignment", **HELD),
    ]
    assert workers_on(held, KEY_WORKER, ON) == [BELLO, OSEI]


def test_continuity_is_the_same_worker_on_every_day_between(a_record: Make) -> None:
    stayed = [a_record("assignment", **HELD)]
    passed = [a_record("assignment", **HELD, **HANDED)]
    assert same_worker_since(stayed, KEY_WORKER, date(2026, 8, 1), ON)
    assert not same_worker_since(passed, KEY_WORKER, date(2026, 8, 1), ON)
    assert same_worker_since(passed, KEY_WORKER, date(2026, 11, 2), ON)
    assert not same_worker_since([], KEY_WORKER, date(2026, 8, 1), ON)


def test_of_two_who_took_over_whoever_was_offered_them_first_has_them(a_record: Make) -> None:
    first, second = link(b"\x01" * 16), link(b"\x02" * 16)
    mine = a_record("assignment", **HELD)
    mine.live = [_said(number, handed_to=who) for number, who in enumerate((SHAH, BELLO))]
    mine.live[0].answers.update({**HELD, "until_on": "2026-11-01", "handover_reason": "balance"})
    begun = {"duty": KEY_WORKER, "from_on": "2026-11-01", "took_over": link(mine.id)}
    shah = a_record("assignment", **begun, worker=SHAH, offer=second)
    bello = a_record("assignment", **begun, worker=BELLO, offer=first)
    for held in ([mine, shah, bello], [bello, mine, shah]):
        assert workers_on(held, KEY_WORKER, ON) == [BELLO]
    assert workers_on([mine, shah], KEY_WORKER, ON) == [SHAH], "an offer comes before a bare word"
    mine.live.append(_said(9, handed_to=LOWE))
    assert workers_on([mine, shah, bello], KEY_WORKER, ON) == [BELLO]
    mine.live[:] = [_said(9, **HELD, **{**HANDED, "handed_to": SHAH})]
    mine.__dict__.pop("answers", None)
    assert workers_on([mine, shah, bello], KEY_WORKER, ON) == [SHAH]


def _said(number: int, **answers: Json) -> Live:
    return Live(1_790_000_000_000 + number, number, 1, 0, dict(answers))
