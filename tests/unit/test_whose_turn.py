# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whom a row is asked of by somebody whose turn it is not, and in which words."""

from collections.abc import Callable

import pytest

from desktop_app.casework import due_chain, forum, handover, posture_rows
from desktop_app.casework.board import Board
from desktop_app.casework.due import CaseFile, Look
from desktop_app.casework.people import Team
from desktop_app.casework.records import Json, Record, link
from desktop_app.casework.whose_turn import asking_words, whom_to_ask
from tests.unit.desk import BELLO, LOWE, NOW, OSEI, SHAH, Desk, missed

Given = tuple[str, dict[str, Json]]
TOLD: Given = (
    "chain_step",
    {
        "step": "informed",
        "happened_at": "2026-11-22T09:00",
        "author": BELLO,
        "opened_on": "2026-11-19",
        "last_on": "2026-11-19",
        "missed": 2,
    },
)
OFFER: Given = (
    "handover",
    {"duty": "key_worker", "worker": OSEI, "handed_to": BELLO, "offered_on": "2026-11-20"},
)
ASKED: Given = (
    "posture",
    {
        "says": "asks",
        "agency": "Harbour",
        "level": "support_only",
        "reason": "So",
        "acted_on": "2026-11-20",
        "until": "2026-12-20",
    },
)
OFFICER: Given = ("assignment", {"duty": "police_lead", "worker": SHAH, "from_on": "2026-01-01"})
LISTED: Given = ("cohort", {"cohort": "demand_side", "started_on": "2026-01-01"})


@pytest.fixture
def desk(a_record: Callable[..., Record], team: Team) -> Desk:
    return Desk(a_record, team)


def asked(desk: Desk, board: Board, file: CaseFile, who: str) -> tuple[list[str], str]:
    look = Look(desk.facts(), desk.me(who), NOW)
    (due,) = board.exact(file, look)
    assert "ask_them" in [one.code for one in due.answers]
    return whom_to_ask(due, file, look), asking_words(due)


def test_a_link_is_asked_of_its_owner(desk: Desk) -> None:
    file = desk.client("Tanner", TOLD)
    found = asked(desk, due_chain.board(), file, SHAH)
    assert found == ([OSEI], "Missed appointments: what happens next?")


def test_before_anybody_was_told_the_words_do_not_say_that_any_were_missed(desk: Desk) -> None:
    file = desk.client("Tanner", missed("2026-11-12"), missed("2026-11-19"))
    found = asked(desk, due_chain.board(), file, LOWE)
    assert found == ([OSEI], "Can you see to this?")


def test_an_offer_is_asked_of_whoever_was_offered_them_first(desk: Desk) -> None:
    file = desk.client("Tanner", OFFER)
    assert asked(desk, handover.board(), file, SHAH)[0] == [BELLO, OSEI]


def test_a_posture_is_asked_of_the_other_agency_that_stands_by_them(desk: Desk) -> None:
    file = desk.client("Tanner", OFFICER, ASKED)
    asks = link(file.records[-1].id)
    answers = {**ASKED[1], "says": "says_no", "declines": asks, "agency": "Council"}
    no = desk.make("posture", file.client.id, author=LOWE, **answers)
    said_no = CaseFile(file.client, (*file.records, no))
    assert asked(desk, posture_rows.board(), said_no, LOWE)[0] == [SHAH]


def test_before_the_forum_whoever_stands_by_them_is_asked_and_else_the_coordinator(
    desk: Desk,
) -> None:
    file = desk.client("Tanner", OFFICER, LISTED)
    assert asked(desk, forum.board(), file, OSEI)[0] == [SHAH]
    alone = desk.client("Marsh", LISTED)
    assert asked(desk, forum.board(), alone, SHAH)[0] == [OSEI]
    nobodys = CaseFile(alone.client, tuple(one for one in alone.records if one.form == "cohort"))
    assert asked(desk, forum.board(), nobodys, SHAH)[0] == [LOWE]
