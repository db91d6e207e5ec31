# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Nobody is offered an answer that every other laptop would set aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.audience import may_write
from desktop_app.casework.boards import boards
from desktop_app.casework.due_answers import OPENING, WRITES
from desktop_app.casework.forms import form
from desktop_app.casework.people import Role
from tests.anything import NOW, PEOPLE, TEAM, case_file, look
from ui.pages.row_answers import ANSWERS

BY_NAME = {one.name: one for one in boards()}
OPENS = {
    *("read", "fill_in", "handover_pack", "hold_forum"),
    *("step_done", "need_done", "one_visit", "two_visits"),
}
"""Answers that ask of themselves who may, or that the rows of Today alone have."""


def test_every_answer_that_is_done_names_what_it_writes() -> None:
    settled = {code for code in ANSWERS if code.startswith("taken_")}
    assert set(ANSWERS) - set(WRITES) - OPENS - settled == set()
    assert all(form(one).write for one in WRITES.values())


@pytest.mark.parametrize("name", sorted(BY_NAME))
@given(seed=st.integers(0, 1 << 32))
def test_a_row_offers_what_its_reader_may_write_and_always_something(name: str, seed: int) -> None:
    file = case_file(seed, BY_NAME[name].reads)
    for me in PEOPLE:
        for due in BY_NAME[name].exact(file, look(me, NOW)):
            assert due.answers
            for one in due.answers:
                written = WRITES.get(one.code)
                roles = TEAM.persons[me].roles
                assert written is None or may_write(form(written), roles), (me, one.code)


def test_no_key_worker_decides_for_the_partners() -> None:
    assert not may_write(form("decision"), {Role.KEY_WORKER})
    assert WRITES["to_decide"] == WRITES["stays"] == "decision"


@pytest.mark.parametrize("name", sorted(BY_NAME))
@given(seed=st.integers(0, 1 << 32))
def test_nobody_who_may_write_a_word_is_left_with_the_file_alone(name: str, seed: int) -> None:
    file = case_file(seed, BY_NAME[name].reads)
    for me in PEOPLE:
        for due in BY_NAME[name].exact(file, look(me, NOW)):
            assert {one.code for one in due.answers} - OPENING or not due.client, (me, due.kind)
