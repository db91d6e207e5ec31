# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Boards: the coarse rule never leaves out whom the exact one shows; who is shown which."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.board import ANYBODY, Board, Exact, holds_until
from desktop_app.casework.boards import boards, boards_for, coarse_rules, forms_read, todays
from desktop_app.casework.due import CaseFile
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Role
from desktop_app.casework.records import Answers, Live, Record
from desktop_app.casework.today import today
from desktop_app.casework.today_whose import FORMS, TODAY, whose
from resources import folder
from tests.anything import NOW, PEOPLE, TEAM, case_file, known, look

AHEAD = [timedelta(days=days, hours=hours) for days in (0, 1, 3, 10, 29, 60) for hours in (0, 5)]
BY_NAME = {one.name: one for one in boards()}


@pytest.mark.parametrize("name", sorted(BY_NAME))
@given(seed=st.integers(0, 1 << 32))
def test_whoever_has_a_row_stands_on_the_board(name: str, seed: int) -> None:
    board = BY_NAME[name]
    file = case_file(seed, board.reads)
    first = board.coarse(file, known()).get(ANYBODY)
    for later in AHEAD:
        if board.exact(file, look("ann", NOW + later)):
            assert first is not None, f"{name} shows a client who does not stand on it"
            assert first <= (NOW + later).date()


@pytest.mark.parametrize("name", sorted(BY_NAME))
@given(seed=st.integers(0, 1 << 32))
def test_who_stands_on_a_board_does_not_depend_on_who_looks(name: str, seed: int) -> None:
    board = BY_NAME[name]
    file = case_file(seed, board.reads)
    seen = {tuple(one.key for one in board.exact(file, look(me, NOW))) for me in PEOPLE}
    assert len(seen) == 1


@given(seed=st.integers(0, 1 << 32))
def test_whoever_has_a_row_on_today_is_found_for_it(seed: int) -> None:
    file = case_file(seed, FORMS)
    found = whose(file, known())
    for me in PEOPLE:
        for later in AHEAD:
            at = NOW + later
            if today(look(me, at, [file]).facts, TEAM.persons[me], at):
                assert me in found, "Today would not have read this file"
                assert found[me] <= at.date()


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_every_board_can_have_rows_and_none(name: str) -> None:
    board, some = BY_NAME[name], range(3000)
    files = (case_file(seed, board.reads) for seed in some)
    rows = (board.exact(file, look("ann", NOW)) for file in files)
    seen: set[bool] = set()
    for found in rows:
        seen.add(bool(found))
        assert all(one.because for one in found), "every row says why"
        if len(seen) == 2:
            break
    assert True in seen, "nothing that can be recorded brings anybody to it"
    assert False in seen


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_who_has_died_has_no_row(name: str) -> None:
    board = BY_NAME[name]
    for seed in range(60):
        file = case_file(seed, board.reads)
        died: Answers = {"setting": "deceased", "from_on": "2026-11-23"}
        last = Record(b"\xff" * 16, "setting", file.client.id, "partners", "ann", [_live(died)])
        rows = board.exact(CaseFile(file.client, (*file.records, last)), look("ann", NOW))
        assert all(board.died and one.kind.startswith("removal_") for one in rows)


def test_boards_are_told_apart_and_are_made_of_what_is_shipped() -> None:
    assert len(BY_NAME) == len(boards()) == len(coarse_rules()) - 1
    assert TODAY not in BY_NAME
    assert forms_read() <= forms().keys()
    shipped = {one.name for one in folder("icons").iterdir()}
    for one in boards():
        assert f"{one.icon}.svg" in shipped
        assert one.title
        assert one.about.endswith(".")
        assert one.empty


def test_a_board_is_shown_to_whoever_has_one_of_its_roles() -> None:
    board: Board = replace(boards()[0], roles=frozenset({Role.NURSE}))
    assert board.is_for(TEAM.persons["bea"])
    assert not board.is_for(TEAM.persons["ann"])
    shown = {one.name for one in boards_for(TEAM.persons["ann"])}
    assert shown == {one.name for one in boards() if one.is_for(TEAM.persons["ann"])}


def _live(answers: Answers) -> Live:
    return Live(1_790_000_000_000, 3, 9, 0, answers)


@pytest.mark.parametrize(
    "rule", [todays(), *(one.rule for one in boards())], ids=lambda one: one.name
)
@given(seed=st.integers(0, 1 << 32), minutes=st.integers(0, 13 * 60))
def test_rows_hold_until_the_time_they_are_said_to(rule: Exact, seed: int, minutes: int) -> None:
    file = case_file(seed, rule.reads)
    until = holds_until(file, NOW, rule.shortly)
    last = until - timedelta(microseconds=1)
    for me in PEOPLE:
        first = rule.rows(file, look(me, NOW))
        for at in (min(NOW + timedelta(minutes=minutes), last), last):
            assert rule.rows(file, look(me, at)) == first
