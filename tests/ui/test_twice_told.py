# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whoever answered otherwise than was settled is told, and can object, over real laptops."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from storage import settlings
from tests.dialogs import QuietDialogs
from tests.sync.laptops import DAY_MS, Four
from tests.ui.apart import Desk, Team, show
from tests.ui.crew import key
from ui.pages import client_reads
from ui.pages.record import RecordPage
from ui.places import Place

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def team(qtbot: QtBot, four: Four, look: None) -> Iterator[Team]:
    made = Team(qtbot, four)
    yield made
    for crew in made.crews:
        crew.close()


def test_one_is_kept_and_whoever_wrote_the_other_is_told_and_why(team: Team) -> None:
    client = team.born_twice()
    desk = team.at(team.four.ann)
    desk.choose("0", "It stands so on her passport.")
    assert "PC R. Shah will be told." in desk.words()
    assert "The record will say" in desk.words()
    desk.act()
    assert "Settled. PC R. Shah will be told." in desk.words()
    team.four.everybody_exchanges()
    for laptop in team.four:
        assert laptop.record(client).conflicts == {}
        assert laptop.answers(client)["born"] == "1989-03-05"
    crew, today = team.today(team.four.shah)
    row = next(one for one in today.rows.rows.values() if one.item().key.startswith("settled"))
    said = row.item().spoken()
    assert "Ann Lowe settled what you wrote: 5 Mar 1989." in said
    assert "Your answer was 3 May 1989" in said
    row.answered.emit("decide")
    crew.settle()
    assert crew.went[-1].page == "twice"
    told = team.at(team.four.shah, crew.went[-1])
    assert "kept one of the answers. “It stands so on her passport.”" in told.words()
    told.act()
    assert told.names == []
    assert "Nothing of yours is written twice" in told.words()
    today.refresh()
    crew.settle()
    assert not [one for one in today.rows.rows if one.startswith("settled")]


def test_the_author_of_the_answer_that_stands_is_not_told(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.grant)
    desk.choose("1")
    desk.act()
    team.four.everybody_exchanges()
    _crew, today = team.today(team.four.shah)
    assert not [one for one in today.rows.rows if one.startswith("settled")]
    _crew, today = team.today(team.four.ann)
    (row,) = [one for one in today.rows.rows.values() if one.item().key.startswith("settled")]
    assert "A. Grant settled what you and PC R. Shah wrote: 3 May 1989." in row.item().spoken()


def test_an_objection_opens_it_again_for_everybody_and_both_are_told(team: Team) -> None:
    client = team.born_twice()
    desk = team.at(team.four.grant)
    desk.choose("0")
    desk.act()
    team.four.everybody_exchanges()
    shah = team.at(team.four.shah)
    assert "It is settled." in shah.words()
    shah.view.follows.objection.setPlainText("His mother says May.")
    assert "It will be open again for everybody." in shah.words()
    shah.act()
    team.four.everybody_exchanges()
    for laptop in (team.four.ann, team.four.grant, team.four.shah):
        again = team.at(laptop)
        assert "Objection" in again.names[0]
        assert "PC R. Shah objects: “His mother says May.”" in again.words()
    _crew, today = team.today(team.four.ann)
    (row,) = [one for one in today.rows.rows.values() if "two_answers" in one.item().key]
    assert "because of an objection by PC R. Shah" in row.item().spoken()
    grant = team.at(team.four.grant)
    grant.choose("1", "I asked his mother too.")
    grant.act()
    team.four.everybody_exchanges()
    assert team.four.ann.answers(client)["born"] == "1989-05-03"
    assert settlings.objected(team.four.shah.store) == []
    assert "A. Grant settled" in team.at(team.four.ann).words()


def pressed_undo(desk: Desk) -> None:
    next(one for one in desk.page.undo.findChildren(QPushButton)).click()
    desk.crew.settle()


def test_what_was_settled_can_be_taken_back_at_once_and_is_open_with_both_answers(
    team: Team,
) -> None:
    client = team.born_twice()
    desk = team.at(team.four.ann)
    desk.choose("0")
    desk.act()
    assert desk.page.undo.isVisible()
    assert desk.names == []
    pressed_undo(desk)
    assert not desk.page.undo.isVisible()
    assert len(desk.names) == 1
    assert "Ann Lowe objects: “Taken back at once by its author”" in desk.words()
    for laptop in team.four:
        laptop.exchange(team.four.share)
        assert laptop.answers(client)
    again = team.at(team.four.ann)
    assert "5 Mar 1989" in again.words()
    assert "3 May 1989" in again.words()


def test_an_objection_can_be_taken_back_at_once(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.grant)
    desk.choose("0")
    desk.act()
    team.four.everybody_exchanges()
    shah = team.at(team.four.shah)
    shah.view.follows.objection.setPlainText("His mother says May.")
    shah.act()
    assert len(settlings.objected(team.four.shah.store)) == 1
    pressed_undo(shah)
    assert settlings.objected(team.four.shah.store) == []


def test_two_who_settle_it_apart_and_differently_leave_it_open(team: Team) -> None:
    client = team.born_twice()
    for laptop, choice in ((team.four.ann, "0"), (team.four.grant, "1")):
        desk = team.at(laptop)
        desk.choose(choice)
        desk.act()
    team.four.everybody_exchanges()
    assert team.four.shah.record(client).conflicts
    shah = team.at(team.four.shah)
    assert len(shah.names) == 1, "open, and nobody is told that it is settled"
    shah.choose("0")
    shah.act()
    team.four.everybody_exchanges()
    assert all(not laptop.record(client).conflicts for laptop in team.four)


def test_settled_on_the_record_itself_tells_the_same(team: Team) -> None:
    client = team.born_twice()
    crew = team.crew(team.four.ann)
    page = show(crew, lambda: RecordPage(crew.session, QuietDialogs()))
    page.show_place(Place("record", client=client, record=client))
    crew.settle()
    opened = page.open
    assert opened is not None
    opened.view.editor("born").show_value("1989-03-05")
    opened.view.rows["born"].decided.emit("born")
    opened.save()  # type: ignore[union-attr]
    crew.settle()
    team.four.everybody_exchanges()
    assert "Ann Lowe settled this on" in team.at(team.four.shah).words()


def test_what_was_typed_is_there_again_after_looking_elsewhere(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.ann)
    desk.choose("1")
    desk.view.follows.why.setFocus()
    for letter in "By post":
        key(Qt.Key(ord(letter.upper())) if letter != " " else Qt.Key.Key_Space)
    desk.page.hide()
    desk.crew.settle()
    again = team.at(team.four.ann)
    assert again.view.choice == "1"
    assert again.view.follows.why.text().casefold() == "by post"
    crew, today = team.today(team.four.ann)
    (row,) = [one for one in today.rows.rows.values() if one.item().key.startswith("draft")]
    row.answered.emit("carry_on")
    crew.settle()
    assert crew.went[-1].page == "twice"
    again.act()
    assert team.four.ann.store.drafts() == []


def test_an_objection_half_written_is_kept_too(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.grant)
    desk.choose("0")
    desk.act()
    team.four.everybody_exchanges()
    shah = team.at(team.four.shah)
    shah.view.follows.objection.setPlainText("His mother")
    shah.page.hide()
    shah.crew.settle()
    assert team.at(team.four.shah).view.follows.objection.text() == "His mother"


def test_it_is_told_for_a_while_and_not_for_ever(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.grant)
    desk.choose("0")
    desk.act()
    team.four.everybody_exchanges()
    assert len(team.at(team.four.shah).names) == 1
    team.four.clock.later(15 * DAY_MS)
    assert team.at(team.four.shah).names == []


def test_an_objection_stands_on_the_clients_page_as_two_answers_do(team: Team) -> None:
    client = team.born_twice()
    desk = team.at(team.four.grant)
    desk.choose("0")
    desk.act()
    team.four.everybody_exchanges()
    store = team.four.shah.store
    assert client_reads.answered_twice(store, client) == 0
    (told,) = settlings.settled(store, team.four.shah.record(client))
    team.four.shah.save("", {"objection": "His mother says May."}, record=told.id)
    assert client_reads.answered_twice(store, client) == 1
