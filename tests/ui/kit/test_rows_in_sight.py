# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows that scroll: where the keyboard is can be seen, and an answer moves nothing."""

import gc
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kit.samples import press
from ui import theme
from ui.kit.card import scrolling
from ui.kit.chip import ChipText
from ui.kit.labels import Part
from ui.kit.row import LEAST_WORDS, Lead, Row, RowAnswer, RowItem
from ui.kit.row_drawing import told_first
from ui.kit.row_list import RowList, RowSection
from ui.kit.segment import Segment

Shown = Callable[..., QWidget]
COUNT = 20


class Page:
    """A page whose rows are laid anew after every answer, as Today's and the clinic's are."""

    def __init__(self, shown: Shown) -> None:
        self.receipts: set[str] = set()
        self.rows = RowList("Today")
        self.area: QScrollArea = scrolling(self.rows)
        self.fill()
        self.rows.answered.connect(lambda key, _code: self.answer(key))
        shown(self.area, width=600, height=300)

    def fill(self) -> None:
        self.rows.set_sections([RowSection("Visits due", tuple(map(self._item, range(COUNT))))])

    def answer(self, key: str) -> None:
        self.receipts.add(key)
        self.fill()

    def top(self, key: str) -> int:
        """Return how far below the upper edge of what is seen a row stands."""
        QApplication.processEvents()
        return self.rows.rows[key].mapTo(self.area.viewport(), QPoint(0, 0)).y()

    def in_sight(self, key: str) -> bool:
        top, row = self.top(key), self.rows.rows[key]
        return top >= 0 and top + row.height() <= self.area.viewport().height()

    def _item(self, number: int) -> RowItem:
        key = f"row {number}"
        answers = (RowAnswer("seen", "Seen", "S"), RowAnswer("not", "Not seen", "N"))
        receipt = (Part("today 14:31, by you"),) if key in self.receipts else ()
        return RowItem(
            key, Lead("footprints"), f"CLIENT {number}", because=receipt, answers=answers
        )


@pytest.fixture
def page(shown: Shown) -> Page:
    return Page(shown)


def test_the_row_the_arrows_come_to_can_be_seen(page: Page) -> None:
    page.rows.go_to("row 0")
    for number in range(1, COUNT):
        press(Qt.Key.Key_Down)
        assert page.in_sight(f"row {number}")
    for number in reversed(range(COUNT - 1)):
        press(Qt.Key.Key_Up)
        assert page.in_sight(f"row {number}")


def test_the_row_that_has_the_keyboard_stays_in_sight_in_a_window_made_smaller(
    page: Page, qtbot: QtBot
) -> None:
    page.area.resize(600, 700)
    last = next(key for key in reversed(page.rows.rows) if page.in_sight(key))
    page.rows.go_to(last)
    page.area.resize(500, 240)
    qtbot.waitUntil(lambda: page.in_sight(last))
    page.area.verticalScrollBar().setValue(0)
    QApplication.processEvents()
    assert not page.in_sight(last), "whoever scrolls by hand is left alone"


def test_nothing_empty_is_scrolled_to_past_the_last_row(shown: Shown) -> None:
    answers = tuple(RowAnswer(code, code.title(), code[0]) for code in ("seen", "not", "rebook"))
    chips = (ChipText("New: do not visit alone", "bad"), ChipText("Heightened", "warn"))
    rows = RowList("Today")
    area = scrolling(rows)
    items = (
        RowItem(f"row {n}", Lead("footprints"), f"CLIENT {n}", chips=chips, answers=answers)
        for n in range(COUNT)
    )
    rows.set_sections([RowSection("Visits due", tuple(items))])
    shown(area, width=900, height=300)
    QApplication.processEvents()
    last = rows.rows[f"row {COUNT - 1}"].geometry()
    assert last.height() < last.width() / 10, "its answers stand beside its words"
    assert rows.height() - last.bottom() < last.height()


def test_a_row_answered_by_its_letter_stays_where_it_was(page: Page) -> None:
    page.rows.go_to("row 0")
    for number in range(COUNT):
        key = f"row {number}"
        before = page.top(key)
        press(Qt.Key.Key_S)
        assert key in page.receipts
        assert page.top(key) == before
        press(Qt.Key.Key_Down)


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_a_row_answered_by_mouse_stays_where_it_was_and_the_keyboard_comes_to_it(
    page: Page, at: float
) -> None:
    page.rows.go_to("row 0")
    bar = page.area.verticalScrollBar()
    bar.setValue(round(bar.maximum() * at))
    seen = [key for key in page.rows.rows if page.in_sight(key)]
    for key in (seen[-1], seen[0], seen[len(seen) // 2]):
        before = page.top(key)
        segment = page.rows.rows[key].findChildren(Segment)[0]
        QTest.mouseClick(segment.parts["seen"], Qt.MouseButton.LeftButton)
        assert key in page.receipts
        assert page.top(key) == before
        assert page.rows.current() == key
        assert page.rows.rows[key].hasFocus()


def test_a_row_that_says_something_else_stays_where_it_was(page: Page) -> None:
    bar = page.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = page.top("row 19")
    segment = page.rows.rows["row 19"].findChildren(Segment)[0]
    segment.parts["seen"].setFocus()
    page.rows.set_row(RowItem("row 19", Lead("circle-check", "ok"), "CLIENT 19"))
    assert page.top("row 19") == before
    assert page.rows.rows["row 19"].hasFocus()


def test_what_can_be_seen_is_made_first_and_nothing_moves_when_the_rest_comes(
    qtbot: QtBot, shown: Shown
) -> None:
    rows = RowList("Today")
    area = scrolling(rows)
    shown(area, width=600, height=300)
    items = tuple(RowItem(f"row {n}", Lead("footprints"), f"CLIENT {n}") for n in range(COUNT))
    rows.set_sections([RowSection("Visits due", items)])
    made = rows.findChildren(Row)
    assert 5 < len(made) < COUNT
    made[2].setFocus()
    assert rows.current() == "row 2"
    QApplication.sendPostedEvents()
    before = [(one.pos(), one.size()) for one in made]
    assert area.verticalScrollBar().isVisible()
    qtbot.waitUntil(lambda: len(rows.findChildren(Row)) == COUNT)
    QApplication.sendPostedEvents()
    assert [(one.pos(), one.size()) for one in made] == before
    assert made[2].hasFocus()
    assert list(rows.rows) == [one.key for one in items]


def test_answers_look_the_same_drawn_and_made_and_tab_comes_to_them_after_their_row(
    qtbot: QtBot, shown: Shown
) -> None:
    rows = RowList("Today")
    shown(scrolling(rows), width=600, height=300)
    answers = (RowAnswer("seen", "Seen", "S"), RowAnswer("not", "Not seen", "N"))
    items = [RowItem(f"row {n}", Lead(), f"CLIENT {n}", answers=answers) for n in range(COUNT)]
    rows.set_sections([RowSection("", tuple(items))])
    QApplication.sendPostedEvents()
    assert rows.findChildren(Segment) == []
    first = rows.findChildren(Row)[:3]
    drawn = [one.grab().toImage() for one in first]
    qtbot.waitUntil(lambda: len(rows.findChildren(Segment)) == COUNT)
    QApplication.sendPostedEvents()
    assert [one.grab().toImage() for one in first] == drawn
    rows.go_to("row 1")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is rows.rows["row 1"].findChildren(Segment)[0].parts["seen"]


def test_whoever_asks_for_rows_before_they_are_seen_gets_all_of_them(shown: Shown) -> None:
    rows = RowList("Today")
    shown(scrolling(rows), width=600, height=300)
    items = tuple(RowItem(f"row {n}", Lead("footprints"), f"CLIENT {n}") for n in range(COUNT))
    rows.set_sections([RowSection("Visits due", items)])
    rows.go_to("row 19")
    assert rows.rows["row 19"].hasFocus()
    assert len(rows.findChildren(Row)) == COUNT


@pytest.mark.parametrize("wide", range(420, 1240, 40))
def test_no_chip_is_cut_before_the_answers_give_way(qtbot: QtBot, wide: int) -> None:
    chips = (ChipText("2 missed"), ChipText("10 days late"), ChipText("Not seen: 18 days over"))
    answers = tuple(RowAnswer(word, word) for word in ("Decide", "Case forum", "Pause", "No miss"))
    item = RowItem("a", Lead("calendar-x"), "MEWETT, Sandra", chips=chips, answers=answers)
    row, bare = Row(item), Row(replace(item, answers=()))
    for one in (row, bare):
        qtbot.addWidget(one)
    beside = wide - row.sizeHint().width() + bare.sizeHint().width()  # what the words have left
    stands_beneath = row.heightForWidth(wide) > bare.heightForWidth(wide)
    assert stands_beneath == (beside < bare.sizeHint().width() - LEAST_WORDS + told_first(item))


def test_what_a_row_said_is_kept_nowhere_once_it_is_gone(qtbot: QtBot) -> None:
    said = "Aardvarkington, Kay"
    answers = (RowAnswer("s", "Seen", "S"),)
    row = Row(RowItem("a", Lead("4"), said, chips=(ChipText("late"),), answers=answers))
    row.resize(420, row.heightForWidth(420))
    assert _kept(said)
    row.deleteLater()
    del row
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert not _kept(said)


def _kept(said: str) -> list[RowItem]:
    """Return the rows in memory that say it; by their very type: a dead proxy answers not."""
    found = [one for one in gc.get_objects() if type(one) is RowItem]
    return [one for one in found if one.name == said]


def test_a_row_asked_in_the_midst_of_larger_text_says_its_new_height(
    qtbot: QtBot, qapp: QApplication
) -> None:
    row = Row(RowItem("a", Lead("circle"), "M. H.", because=(Part("OR-1"),)))
    qtbot.addWidget(row)
    before, asked, worn = row.sizeHint().height(), list[int](), theme.current()
    theme.look().changed.disconnect(row._again)  # Qt lays out before everybody was told
    theme.look().changed.connect(lambda: asked.append(row.sizeHint().height()))
    try:
        theme.apply(qapp, theme.Theme(worn.scheme, 1.3))
        assert asked[0] > before
    finally:
        theme.apply(qapp, worn)
