# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What holds for every small widget, in every theme and at every text size."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kit.conftest import Wear
from tests.ui.kit.samples import controls, focus, name_of, press, showcase
from ui import theme
from ui.kit.date_field import TypedDate
from ui.kit.row_list import RowList
from ui.kit.table import Table
from ui.kit.timeline import Timeline
from ui.tokens import Scheme

SIZES = [0.9, 1.0, 1.5]


@pytest.fixture
def page(qtbot: QtBot, wear: Wear) -> QWidget:
    made = showcase()
    qtbot.addWidget(made)
    made.resize(1037, 480)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_and_everything_can_be_hit(
    page: QWidget, wear: Wear, scheme: Scheme, size: float
) -> None:
    wear(scheme, size)
    QApplication.processEvents()
    for one in controls(page):
        assert min(one.width(), one.height()) >= 24, (name_of(one), one.size())
        assert one.width() >= one.minimumSizeHint().width(), name_of(one)
    cut = []
    for words in page.findChildren(QLabel):
        if not words.isVisibleTo(page) or not words.text():
            continue
        needed = words.heightForWidth(words.width()) if words.wordWrap() else 0
        if not words.wordWrap() and words.textFormat() is Qt.TextFormat.PlainText:
            plain = words.text().replace("&", "")
            if words.width() + 1 < words.fontMetrics().horizontalAdvance(plain):
                cut.append(words.text())
        if needed > words.height() + 1:
            cut.append(words.text())
    assert cut == []


def test_everything_has_a_name_for_screen_readers(page: QWidget) -> None:
    views = [
        *page.findChildren(QPlainTextEdit),
        *page.findChildren(Timeline),
        *page.findChildren(Table),
        *page.findChildren(RowList),
    ]
    assert [one for one in (*controls(page), *views) if not name_of(one).strip()] == []


def test_tab_goes_through_everything_and_comes_back(page: QWidget) -> None:
    first = page.findChildren(TypedDate)[0].field
    first.setFocus()
    order: list[QWidget] = [first]
    for _step in range(200):
        press(Qt.Key.Key_Tab)
        here = focus()
        if here is first:
            break
        assert here not in order, f"trapped at {name_of(here)}"
        order.append(here)
    assert here is first
    assert {Timeline, Table} <= {type(one) for one in order}
    assert any(isinstance(one, QPlainTextEdit) for one in order)


def test_focus_can_be_seen_on_everything_that_takes_it(page: QWidget) -> None:
    unseen = []
    for one in controls(page):
        if not one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        page.setFocus()
        before = one.grab().toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if one.grab().toImage() == before:
            unseen.append(name_of(one))
    assert unseen == []


def test_another_theme_repaints_everything(page: QWidget, wear: Wear) -> None:
    pictures = []
    for scheme in (Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST, Scheme.LIGHT):
        wear(scheme)
        QApplication.processEvents()
        inner = page.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)
        drawn = [one for one in inner if one.isVisibleTo(page) and one.width() > 8]
        pictures.append([one.grab().toImage() for one in drawn if type(one) is not QWidget])
    light, dark, contrast, again = pictures
    assert light == again
    for one, other in pairwise((light, dark, contrast)):
        same = sum(a == b for a, b in zip(one, other, strict=True))
        assert same == 0


def test_a_widget_that_is_gone_is_not_told_of_a_new_theme(qtbot: QtBot, wear: Wear) -> None:
    made = showcase()
    made.deleteLater()
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    wear(Scheme.DARK)
    assert theme.current().scheme is Scheme.DARK
