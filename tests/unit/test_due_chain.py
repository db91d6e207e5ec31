# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Missed appointments on Today and on the board: what adds up, whose turn it is, and why."""

from datetime import date

import pytest
from msgspec.structs import replace

from desktop_app.casework import due_chain
from desktop_app.casework.board import Known
from desktop_app.casework.due import CaseFile, Due, Look
from desktop_app.casework.limits import Forum, limits
from desktop_app.casework.records import Json
from desktop_app.casework.today_whose import whose
from tests.unit.desk import BELLO, LOWE, NOW, OSEI, SHAH, Desk, kinds, missed, only, seen, setting

TWO = (missed("2026-11-12"), missed("2026-11-19"))
TOLD: dict[str, Json] = {"opened_on": "2026-11-19", "last_on": "2026-11-19", "missed": 2}
DUTIES: tuple[tuple[str, dict[str, Json]], ...] = (
    ("assignment", {"duty": "nurse", "worker": BELLO, "from_on": "2026-11-20"}),
    ("assignment", {"duty": "police_lead", "worker": SHAH, "from_on": "2026-11-20"}),
)


def step(at: str, what: str, **more: Json) -> tuple[str, dict[str, Json]]:
    return ("chain_step", {"step": what, "happened_at": at, "author": BELLO, **more})


def tried(day: str) -> tuple[str, dict[str, Json]]:
    form, answers = seen(day)
    return form, {**answers, "state": "tried", "outcome": "not_seen"}


def codes_of(due: Due) -> list[str]:
    return [one.code for one in due.answers]


def on_board(desk: Desk, file: CaseFile) -> tuple[Due, str]:
    board = due_chain.board()
    (due,) = board.exact(file, Look(desk.facts(), desk.me(), NOW))
    return due, board.section(due)


def test_two_missed_in_a_row_bring_somebody_to_today(desk: Desk) -> None:
    desk.client("Tanner", missed("2026-11-12"), missed("2026-11-19"))
    due = only(desk.look(), "missed")
    assert due.sentence == (
        "because key worker and police are to be told by Fri 20 Nov; "
        "2 appointments missed, the last on Thu 19 Nov"
    )
    assert [chip.text for chip in due.chips] == ["2 missed", "3 days late"]
    assert codes_of(due) == ["seen", "not_seen", "rebook", "tell"]


@pytest.mark.parametrize(
    "records",
    [
        [missed("2026-11-19")],
        [missed("2026-11-12"), missed("2026-11-15", "attended"), missed("2026-11-19")],
        [missed("2026-11-12"), missed("2026-11-19"), seen("2026-11-20")],
        [missed("2026-11-12"), missed("2026-11-19", reason="in_custody")],
        [missed("2026-11-12"), missed("2026-11-19"), setting("remand")],
        [missed("2026-11-12"), missed("2026-11-25")],
        [missed("2026-11-12"), missed("2026-11-19", "cancelled_by_us")],
        [missed("2026-11-12"), missed("2026-11-19", "cancelled_by_client")],
        [missed("2026-11-12"), missed("2026-11-19", reason="our_mistake")],
    ],
    ids=[
        "one alone",
        "one kept between",
        "seen since",
        "in custody, as told",
        "in custody, as recorded",
        "one still to come",
        "we cancelled",
        "they cancelled",
        "our own mistake",
    ],
)
def test_these_do_not_add_up(desk: Desk, records: list[tuple[str, dict[str, Json]]]) -> None:
    desk.client("Tanner", *records)
    assert "missed" not in kinds(desk.look())


def test_one_that_was_cancelled_does_not_end_a_row(desk: Desk) -> None:
    between = missed("2026-11-15", "cancelled_by_us")
    desk.client("Tanner", missed("2026-11-12"), between, missed("2026-11-19"))
    assert "missed" in kinds(desk.look())


def test_three_in_four_weeks_add_up_even_with_one_kept_between(desk: Desk) -> None:
    kept = missed("2026-11-10", "attended")
    days = [missed(f"2026-11-{day}") for day in ("05", "08", "12")]
    desk.client("Tanner", *days, kept)
    due = only(desk.look(), "missed")
    assert "3 appointments missed" in due.sentence


def test_whoever_missed_appointments_is_not_shown_twice(desk: Desk) -> None:
    held = [setting("community"), seen("2026-11-01"), missed("2026-11-12"), missed("2026-11-19")]
    desk.client("Tanner", *held)
    dues = desk.look()
    assert kinds(dues) == ["missed"]
    assert [chip.text for chip in dues[0].chips] == [
        *("2 missed", "3 days late", "Not seen: 8 days over")
    ]
    assert dues[0].late


def test_the_nurse_is_to_tell_and_the_key_worker_who_knows_may_go_there(desk: Desk) -> None:
    file = desk.client("Tanner", *DUTIES, *TWO)
    assert codes_of(only(desk.look(BELLO), "missed")) == ["tell"]
    assert codes_of(only(desk.look(OSEI), "missed")) == ["seen", "not_seen", "rebook"]
    assert "missed" not in kinds(desk.look(SHAH))
    due, section = on_board(desk, file)
    assert (section, codes_of(due)) == ("To be told", ["seen", "not_seen", "rebook"])


def test_once_told_each_has_their_own_turn(desk: Desk) -> None:
    file = desk.client("Tanner", *DUTIES, step("2026-11-22T09:00", "informed", **TOLD))
    worker, police = (only(desk.look(who), "missed") for who in (OSEI, SHAH))
    assert codes_of(worker) == ["heard", "seen", "not_seen", "rebook"]
    assert codes_of(police) == ["heard"]
    assert "a visit is due by Wed 25 Nov" in worker.sentence
    assert "missed" not in kinds(desk.look(BELLO))
    assert on_board(desk, file)[1] == "To be visited"


def test_after_a_visit_in_vain_what_came_of_it_is_asked(desk: Desk) -> None:
    told = step("2026-11-20T09:00", "informed", **TOLD)
    file = desk.client("Tanner", *DUTIES, told, tried("2026-11-21"))
    due = only(desk.look(OSEI), "missed")
    assert codes_of(due) == ["back", "to_forum"]
    assert "what came of it is to be said by Mon 23 Nov, visited, not seen" in due.sentence
    assert on_board(desk, file)[1] == "What came of it?"
    again = desk.client("Marsh", *DUTIES, told, tried("2026-11-21"), tried("2026-11-22"))
    due, section = on_board(desk, again)
    assert section == "For the forum"
    assert "the forum is to talk about it" in due.sentence


def test_in_custody_it_is_on_the_board_with_the_reason_and_on_nobodys_today(desk: Desk) -> None:
    told = step("2026-11-20T09:00", "informed", **TOLD)
    file = desk.client("Tanner", *DUTIES, told, setting("remand", from_on="2026-11-22"))
    for who in (OSEI, SHAH, BELLO):
        assert "missed" not in kinds(desk.look(who))
    due, section = on_board(desk, file)
    assert (section, due.late) == ("Paused", False)
    assert "it is paused: on remand" in due.sentence


def test_once_told_it_is_paused_by_hand_with_a_reason_and_goes_on(desk: Desk) -> None:
    told = step("2026-11-20T09:00", "informed", **TOLD)
    looks = Look(desk.facts(), desk.me(SHAH), NOW)

    def answers(*records: tuple[str, dict[str, Json]]) -> tuple[list[str], str]:
        file = desk.client("Tanner", told, *records)
        (due,) = due_chain.board().exact(file, looks)
        return codes_of(due), due.sentence

    both = ["chain_pause", "chain_mistake"]
    assert answers()[0] == ["ask_them", *both], "the visit is the key worker's, not PC Shah's"
    paused = step("2026-11-21T09:00", "paused", words="with family")
    assert answers(paused)[0] == ["chain_resume"]
    assert "it is paused: with family" in answers(paused)[1]
    goes_on = step("2026-11-22T09:00", "resumed")
    assert answers(paused, goes_on)[0] == ["ask_them", *both]
    inside = answers(setting("remand", from_on="2026-11-22"))[0]
    assert inside == ["ask_them", "open"], "it ends by itself"


def test_what_is_for_the_forum_is_the_coordinators_with_the_day_of_the_next(desk: Desk) -> None:
    told = step("2026-11-20T09:00", "informed", **TOLD)
    file = desk.client("Tanner", *DUTIES, told, tried("2026-11-21"), tried("2026-11-22"))
    due = only(desk.look(LOWE), "missed")
    assert "the forum is to talk about it by Sun 6 Dec" in due.sentence
    assert codes_of(due) == ["to_decide", "hold_forum"]
    fixed = replace(limits(), forum=Forum(14, date(2026, 12, 3)))
    assert "by Thu 3 Dec" in only(desk.look(LOWE, limits=fixed), "missed").sentence
    assert LOWE in whose(file, Known(desk.team, limits(), NOW))
