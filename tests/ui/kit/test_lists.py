# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The timeline, the rows of Today and tables: by keyboard, spoken, and at any width."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from tests.ui.kit.conftest import Wear
from tests.ui.kit.samples import focus, name_of, press, rows, table, timeline
from ui.kit.labels import Part, label
from ui.kit.row import Lead, Row, RowItem
from ui.kit.row_list import RowSection
from ui.kit.segment import Segment
from ui.kit.table import Cell, Column, Table, TableModel
from ui.kit.timeline import Timeline
from ui.kit.timeline_entry import TimelineItem
from ui.theme import SEMI

Shown = Callable[..., QWidget]


def spoken(view: QWidget) -> list[str]:
    top = QAccessible.queryAccessibleInterface(view)
    children = (top.child(index) for index in range(top.childCount()))
    return [child.text(QAccessible.Text.Name) for child in children]


def test_each_entry_of_the_timeline_is_one_sentence(shown: Shown) -> None:
    view = timeline()
    shown(view)
    said = spoken(view)
    assert said[0] == "November 2026, heading"
    assert said[1] == (
        "Joint prison visit. Seen. Mon 23 Nov, 10:40. K. Osei with PC R. Shah. "
        "Asked for help with the tenancy."
    )


def test_the_arrows_pass_over_the_months(shown: Shown) -> None:
    view = timeline()
    shown(view)
    view.choose(b"two")
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen() == b"three"
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.chosen() == b"two"


def test_enter_opens_an_entry(shown: Shown) -> None:
    view, opened = timeline(), list[bytes]()
    shown(view)
    view.opened.connect(opened.append)
    view.choose(b"one")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [b"one"]


def test_the_chosen_entry_stays_chosen_when_others_arrive(shown: Shown) -> None:
    view = timeline()
    shown(view)
    view.choose(b"two")
    entries = [row for row in view.items.rows if isinstance(row, TimelineItem)]
    newer = TimelineItem(b"zero", "pill", "ok", "New", month="December 2026")
    view.set_items([newer, *entries])
    assert view.chosen() == b"two"


def test_an_entry_takes_more_height_where_its_chips_need_a_line(shown: Shown) -> None:
    view = timeline()
    window = shown(view, width=700)
    wide = view.sizeHintForIndex(view.items.index(1, 0)).height()
    window.resize(260, 400)
    narrow = view.sizeHintForIndex(view.items.index(1, 0)).height()
    assert narrow > wide


@pytest.mark.parametrize("width", [300, 360, 440, 520, 700])
def test_no_entry_is_drawn_over_another_when_the_width_changes(shown: Shown, width: int) -> None:
    view = Timeline("Timeline")
    window = shown(view, width=width, height=400)
    bodies = [" ".join(["word"] * count) for count in range(5, 35)]
    entries = [TimelineItem(one.encode(), "pill", "ok", "Entry", body=one) for one in bodies]
    for items in (entries[:2], entries):  # the scroll bar of the others takes some width
        view.set_items(items)
        for narrower in (0, 50):
            window.resize(width - narrower, 400)
            QApplication.processEvents()
            seen = view.grab().toImage()
            view.doItemsLayout()
            QApplication.processEvents()
            assert view.grab().toImage() == seen


def test_only_what_can_be_seen_is_put_into_words_until_somebody_scrolls(shown: Shown) -> None:
    said = list[int]()

    def entries() -> Iterator[TimelineItem]:
        for number in range(300):
            said.append(number)
            yield TimelineItem(b"%d" % number, "pill", "ok", f"Entry {number}", body="word " * 50)

    view = Timeline("Timeline")
    shown(view, height=500)
    view.set_items(entries())
    QApplication.processEvents()
    bottom = view.visualRect(view.items.index(view.items.rowCount() - 1)).bottom()
    assert bottom > view.viewport().height()
    assert len(said) < 20
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    QApplication.processEvents()
    assert len(said) > 40


def test_a_timeline_of_nothing_shows_nothing(shown: Shown) -> None:
    view = Timeline("Timeline")
    shown(view)
    view.set_items([])
    assert view.items.rowCount() == 0
    assert view.chosen() == b""


def test_a_letter_answers_the_row_the_keyboard_is_on(shown: Shown) -> None:
    view, heard = rows(), list[tuple[str, str]]()
    shown(view)
    view.answered.connect(lambda key, code: heard.append((key, code)))
    view.setFocus()
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_N)
    assert heard == [("croft", "seen"), ("doyle", "not")]


def test_enter_opens_a_row(shown: Shown) -> None:
    view, opened = rows(), list[str]()
    shown(view)
    view.opened.connect(opened.append)
    view.go_to("hale")
    press(Qt.Key.Key_Return)
    assert opened == ["hale"]


def test_tab_visits_only_the_row_the_keyboard_is_on(shown: Shown) -> None:
    view, after = rows(), QLineEdit()
    shown(view, after)
    view.go_to("doyle")
    stops = []
    for _stop in range(3):
        stops.append(focus())
        QTest.keyClick(stops[-1], Qt.Key.Key_Tab)
    assert stops[0] is view.rows["doyle"]
    assert isinstance(stops[1].parent(), Segment)
    assert stops[2] is after


def test_the_answers_of_a_row_are_pressed_by_mouse(shown: Shown) -> None:
    view, heard = rows(), list[tuple[str, str]]()
    shown(view)
    view.answered.connect(lambda key, code: heard.append((key, code)))
    start = view.rows["hale"].findChildren(QPushButton)[0]
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    segment = view.rows["doyle"].findChildren(Segment)[0]
    QTest.mouseClick(segment.parts["seen"], Qt.MouseButton.LeftButton)
    assert heard == [("hale", "start"), ("doyle", "seen")]


def test_an_answered_row_keeps_its_place_and_the_keyboard(shown: Shown) -> None:
    view = rows()
    shown(view)
    view.go_to("doyle")
    place = view.rows["doyle"].y()
    receipt = RowItem(
        "doyle",
        Lead("circle-check", "ok"),
        "DOYLE, Marcus",
        because=(Part("today 14:31, at home, by you", "muted"),),
    )
    view.set_row(receipt)
    QApplication.processEvents()
    assert view.rows["doyle"].y() == place
    assert view.rows["doyle"].hasFocus()
    assert name_of(view.rows["doyle"]) == "DOYLE, Marcus. today 14:31, at home, by you."


def test_a_row_is_spoken_as_one_sentence(shown: Shown) -> None:
    view = rows()
    assert name_of(view.rows["croft"]) == (
        "CROFT, Leanne. New: do not visit alone. because not seen for 15 days."
    )
    assert name_of(view.rows["hale"]) == "HALE, K. 15:00 28 min."


def test_answers_go_beneath_the_words_where_there_is_no_room(shown: Shown) -> None:
    view = rows()
    window = shown(view, width=700, height=500)
    row = view.rows["doyle"]
    beside = row.height()
    window.resize(330, 500)
    QApplication.processEvents()
    answers = row.findChildren(Segment)[0]
    assert row.height() > beside
    assert answers.y() >= beside - 2
    assert row.rect().contains(answers.geometry())


def test_something_beneath_a_row_is_shown_whole(shown: Shown) -> None:
    view = rows()
    shown(view, width=700, height=500)
    extra = label("A chain of steps", weight=SEMI)
    view.set_extra("croft", extra)
    QApplication.processEvents()
    assert view.rows["croft"].rect().contains(extra.geometry())
    assert extra.height() >= extra.sizeHint().height()


def test_the_keyboard_stays_on_its_row_when_rows_change(shown: Shown) -> None:
    view = rows()
    shown(view)
    view.go_to("doyle")
    doyle, first = (view.rows[key].item() for key in ("doyle", "croft"))
    view.set_sections([RowSection("Visits due", (first, doyle))])
    assert view.current() == "doyle"
    assert view.rows["doyle"].hasFocus()
    view.set_sections([RowSection("Visits due", (first,))])
    assert view.current() == "croft"
    assert view.rows["croft"].hasFocus()
    view.set_sections([])
    assert view.current() == ""


def test_a_row_of_a_table_is_spoken_whole_in_its_first_cell(shown: Shown) -> None:
    view = table()
    shown(view)
    index = view.source.index(0, 0)
    said = view.source.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Name MARSH, Daniel. Ref OR-0427. Where In custody."
    assert "Name" in spoken(view)


def test_enter_opens_a_row_of_a_table(shown: Shown) -> None:
    view, opened = table(), list[tuple[str, ...]]()
    shown(view)
    view.opened.connect(opened.append)
    view.setFocus()
    view.setCurrentIndex(view.source.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert [row[1] for row in opened] == ["OR-0391"]


def test_the_next_page_of_rows_is_asked_for_once(wear: Wear) -> None:
    model = TableModel([Column("n", "Number", lambda row: Cell(str(row)))])
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))
    model.set_rows([1, 2], more=True)
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert asked == [True]
    model.add_rows([3], more=False)
    assert model.rows == [1, 2, 3]
    assert not model.canFetchMore(QModelIndex())


def test_columns_that_matter_least_give_way(shown: Shown) -> None:
    view = table()
    window = shown(view, width=700)
    assert not view.isColumnHidden(1)
    window.resize(320, 300)
    QApplication.processEvents()
    assert [view.isColumnHidden(place) for place in range(3)] == [False, True, False]
    assert sum(view.columnWidth(place) for place in (0, 2)) <= view.viewport().width() + 2


def test_the_columns_that_stay_give_a_little_each_before_one_is_cut(shown: Shown) -> None:
    view = table()
    window = shown(view, width=700)
    window.resize(240, 300)
    QApplication.processEvents()
    assert view.columnWidth(0) + view.columnWidth(2) <= view.viewport().width()
    assert min(view.columnWidth(0), view.columnWidth(2)) > 60


def test_a_heading_asks_for_another_order_where_it_may(shown: Shown) -> None:
    view, asked = table(), list[str]()
    shown(view)
    view.sorted_by.connect(asked.append)
    for section in range(3):
        view.horizontalHeader().sectionClicked.emit(section)
    assert asked == ["name"]


def test_the_place_in_a_table_is_kept_when_rows_change(shown: Shown) -> None:
    view: Table = table()
    shown(view)
    view.setCurrentIndex(view.source.index(1, 0))
    view.set_rows([*view.source.rows, ("TANNER, J.", "OR-0402", "Home")])
    assert view.current_row()[1] == "OR-0391"


def test_a_row_alone_can_be_shown(shown: Shown) -> None:
    row = Row(RowItem("one", Lead(text="4", beneath="days", large=True), "REEVE, Jordan"))
    shown(row)
    assert row.height() >= row.heightForWidth(row.width()) - 1
