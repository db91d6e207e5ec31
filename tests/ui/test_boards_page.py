# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Programme: boards and their rows, worked from the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.dialogs import QuietDialogs
from tests.ui.office import BELLO, OSEI, Office
from tests.ui.rows_desk import RowsDesk
from ui.kit.row import Row
from ui.page_stack import PageStack
from ui.pages import boards_rows, row_answers
from ui.pages.boards import BoardsPage
from ui.pages.form_panel import FormPanel
from ui.pages.today_chain import ChainStrip
from ui.places import Place
from ui.session import Session


class Programme(RowsDesk[BoardsPage]):
    """The page, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        super().__init__(qtbot, session, BoardsPage(session, QuietDialogs()))

    def open(self, board: str = "") -> None:
        self.page.show_place(Place("boards", form=board or None))
        self.settle()

    def names(self) -> list[str]:
        return [row.item().name for row in self.page.rows.rows.values()]

    def said(self, board: str) -> str:
        return "".join(part.text for part in self.page.list.rows.rows[board].item().because)

    def is_in(self, part: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and part.isAncestorOf(focus)

    def press(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        self.settle()


@pytest.fixture
def programme(qtbot: QtBot, session: Session) -> Programme:
    return Programme(qtbot, session)


def misses(office: Office, surname: str, *days: int) -> bytes:
    client = office.client(surname)
    for day in days:
        told = {"booked_for": f"2026-11-{day:02d}T10:00", "state": "not_attended"}
        office.colleague(BELLO, "appointment", told, client=client)
    return client


def comes_out(office: Office, surname: str, day: str) -> bytes:
    client = office.client(surname)
    told = {"setting": "sentenced", "from_on": "2026-09-01", "expected_release_on": day}
    office.save("setting", told, client=client)
    return client


def test_boards_are_counted_and_the_first_one_is_shown(
    programme: Programme, office: Office
) -> None:
    misses(office, "Croft", 10, 17)
    comes_out(office, "Bell", "2026-11-20")
    comes_out(office, "Marsh", "2026-12-01")
    programme.open()
    assert programme.names() == ["CROFT, Leanne"]
    assert programme.said("missed") == "1 · 1 late"
    assert programme.said("coming_out") == "2 · 1 late"
    assert programme.said("fast_track") == "nobody"


def test_everything_is_done_by_keys(programme: Programme, office: Office) -> None:
    misses(office, "Croft", 10, 17)
    bell = comes_out(office, "Bell", "2026-11-26")
    programme.open()
    assert programme.is_in(programme.page.rows)
    programme.press(Qt.Key.Key_Left)
    assert programme.is_in(programme.page.list)
    programme.press(Qt.Key.Key_Down)
    assert programme.page.current == "coming_out"
    assert programme.names() == ["BELL, Leanne"]
    programme.press(Qt.Key.Key_Return)
    programme.press(Qt.Key.Key_Return)
    assert programme.went == [Place("client", client=bell)]


def test_a_board_opened_by_a_link_is_the_one_shown_with_the_keyboard_on_its_rows(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    programme, elsewhere = Programme(qtbot, session), QLineEdit()
    stack = PageStack()
    qtbot.addWidget(stack)
    stack.addWidget(programme.page)
    stack.addWidget(elsewhere)
    stack.show()
    stack.activateWindow()
    qtbot.waitUntil(stack.isActiveWindow)
    misses(office, "Croft", 10, 17)
    comes_out(office, "Bell", "2026-11-26")
    for board in ("missed", "handovers", "missed", "handovers", "coming_out"):
        stack.setCurrentWidget(elsewhere)
        elsewhere.setFocus()
        programme.page.show_place(Place("boards", form=board))
        stack.setCurrentWidget(programme.page)
        programme.page.setFocus()
        programme.settle()
        assert programme.page.current == board
        focus = QApplication.focusWidget()
        if board != "handovers":
            assert isinstance(focus, Row)
            assert focus.item().key == programme.page.rows.current()


def test_a_row_is_answered_where_it_stands_and_taken_back(
    programme: Programme, office: Office
) -> None:
    croft = misses(office, "Croft", 10, 17)
    programme.open()
    programme.press(Qt.Key.Key_S)
    (visit,) = office.of(croft, "visit")
    assert visit.answers["people"] == [OSEI]
    (row,) = programme.page.rows.rows.values()
    assert [chip.text for chip in row.item().chips] == ["Seen"]
    assert programme.said("missed") == "nobody"
    programme.press(Qt.Key.Key_U)
    assert programme.said("missed") == "1 · 1 late"


def test_what_follows_misses_is_paused_with_a_reason_and_goes_on(
    programme: Programme, office: Office
) -> None:
    croft = misses(office, "Croft", 10, 17)
    word = {"opened_on": "2026-11-17", "last_on": "2026-11-17", "missed": 2}
    told = {"step": "informed", "happened_at": "2026-11-20T09:00", **word}
    office.colleague(BELLO, "chain_step", told, client=croft)
    programme.open("missed")
    programme.press(Qt.Key.Key_P)
    panel = programme.page.panel
    assert isinstance(panel, FormPanel)
    panel.save()
    assert panel.problems.isVisible(), "nothing is paused without a reason"
    panel.view.editor("words").show_value("With family until Sunday")
    panel.view._edited("words")
    panel.save()
    programme.settle()
    days = {
        one.text("step"): one.text("happened_at")[:10] for one in office.of(croft, "chain_step")
    }
    assert days == {"informed": "2026-11-20", "paused": "2026-11-23"}
    again = Programme(programme.qtbot, programme.session)
    again.open("missed")
    (row,) = again.page.rows.rows.values()
    said = "".join(part.text for part in row.item().because)
    assert "it is paused: With family until Sunday" in said
    chain = row.findChild(ChainStrip)
    assert chain is not None
    assert chain.accessibleName().count("paused: With family until Sunday") == 1
    again.press(Qt.Key.Key_G)
    assert "resumed" in {one.text("step") for one in office.of(croft, "chain_step")}


def test_an_alert_that_forbids_going_alone_is_known_to_a_board_that_does_not_read_alerts(
    programme: Programme, office: Office
) -> None:
    croft = misses(office, "Croft", 10, 17)
    told = {"headline": "Dog", "how_to_visit": "two", "set_on": "2026-11-01"}
    office.save("alert", told, client=croft)
    programme.open()
    programme.press(Qt.Key.Key_S)
    assert programme.went == [Place("visit", client=croft, answer="seen")]
    assert office.of(croft, "visit") == []


def test_an_empty_board_says_so_and_the_keyboard_stays_on_the_boards(
    programme: Programme, office: Office
) -> None:
    programme.open("fast_track")
    assert programme.page.card._empty is not None
    assert "Nobody who was accepted" in programme.page.card._empty.accessibleName()
    assert programme.is_in(programme.page.list)


def test_what_arrives_shows_at_once_and_what_came_while_hidden_on_opening(
    programme: Programme, office: Office, session: Session
) -> None:
    croft = misses(office, "Croft", 10)
    programme.open()
    assert programme.names() == []
    told = {"booked_for": "2026-11-18T10:00", "state": "not_attended"}
    office.colleague(BELLO, "appointment", told, client=croft)
    session.changed.emit(frozenset({croft}))
    programme.settle()
    assert programme.names() == ["CROFT, Leanne"]
    programme.page.hide()
    office.save(
        "visit",
        {"at": "2026-11-19T10:00", "state": "done", "outcome": "seen", "people": [OSEI]},
        client=croft,
    )
    session.changed.emit(frozenset({croft}))
    programme.page.show()
    programme.open()
    assert programme.names() == []


def test_long_boards_are_drawn_a_page_at_a_time(
    programme: Programme, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boards_rows, "AT_FIRST", 2)
    for surname in ("Abbot", "Bell", "Croft", "Dunn", "Ellis"):
        misses(office, surname, 10, 17)
    programme.page.card._most = 2
    programme.open()
    assert len(programme.names()) == 2
    assert programme.page.card.more.text().strip() == "Show 2 more"
    programme.page.card.more.click()
    programme.settle()
    assert len(programme.names()) == 4
    programme.page.card.more.click()
    programme.settle()
    assert len(programme.names()) == 5
    assert not programme.page.card.more.isVisible()


def test_no_two_modules_act_on_one_answer() -> None:
    """The later of the two would be done for the rows of the other."""
    codes = [code for module in row_answers.ACTING for code in module.ACTS]
    assert len(codes) == len(set(codes)) == len(row_answers.ANSWERS)


def test_what_is_missing_is_filled_in_from_its_row_at_the_question(
    programme: Programme, office: Office
) -> None:
    client = office.client("Croft", "Leanne", born="")
    office.save("cohort", {"cohort": "demand_side", "started_on": "2026-06-01"}, client=client)
    programme.open("missing")
    assert programme.names() == ["CROFT, Leanne"]
    programme.settle()
    head = programme.page.card.complete
    assert {one.label: one.words for one in head.counts}["Born"] == "0 of 1 person"
    programme.press(Qt.Key.Key_F)
    panel = programme.page.panel
    assert panel is not None
    programme.qtbot.waitUntil(lambda: panel.view.at_field() == "born")
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "14 3 1989")
    panel.save()
    programme.settle()
    held = office.store.record(client)
    assert held is not None
    assert held.text("born") == "1989-03-14"
    assert {one.label: one.words for one in head.counts}["Born"] == "1 of 1 person"
    programme.press(Qt.Key.Key_U)
    held = office.store.record(client)
    assert held is not None
    assert held.text("born") == ""


def test_before_the_forum_an_action_is_agreed_and_colleagues_are_asked_in_the_row(
    programme: Programme, office: Office
) -> None:
    croft = office.client("Croft")
    office.save("cohort", {"cohort": "demand_side", "started_on": "2026-01-01"}, client=croft)
    duty = {"duty": "nurse", "worker": BELLO, "from_on": "2026-01-01"}
    office.save("assignment", duty, client=croft)
    programme.open("forum")
    programme.press(Qt.Key.Key_N)
    panel = programme.page.panel
    assert isinstance(panel, FormPanel)
    for name, value in (("what", "Ring the council"), ("due_on", "2026-12-01")):
        panel.view.editor(name).show_value(value)
        panel.view._edited(name)
    panel.save()
    programme.settle()
    (action,) = office.of(croft, "action")
    assert (action.answers["owner"], action.answers["due_on"]) == (OSEI, "2026-12-01")
    programme.open("forum")
    programme.press(Qt.Key.Key_A)
    panel = programme.page.panel
    assert isinstance(panel, FormPanel)
    panel.save()
    programme.settle()
    (note,) = office.of(croft, "note")
    assert note.answers["for_people"] == [BELLO]
    assert "what should be said of them?" in note.text("headline")
    assert (note.text("kind"), note.text("happened_at")[:10]) == ("thought", "2026-11-23")
    (row,) = programme.page.rows.rows.values()
    assert [chip.text for chip in row.item().chips] == ["Asked"]
    assert programme.said("forum") == "nobody", "the list counts as the heading does"
    assert not programme.page.card.count.isVisible()
