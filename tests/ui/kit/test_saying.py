# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Banners, notices, the undo bar and rows that fold."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.ui.kit.conftest import Wear
from tests.ui.kit.samples import alert, banner, name_of
from ui.kit.alert_bar import AlertBar
from ui.kit.buttons import Button, button
from ui.kit.card import Card
from ui.kit.chip import Chip
from ui.kit.empty import Empty
from ui.kit.labels import Passage
from ui.kit.notice import ICONS, Notice
from ui.kit.overflow import OverflowRow
from ui.kit.undo_bar import SECONDS, UndoBar
from ui.tokens import CHIP_TONES

Shown = Callable[..., QWidget]


def test_the_banner_says_who_it_is_and_what_is_not_known(shown: Shown) -> None:
    made = banner()
    shown(made, width=1100)
    assert made.name.text() == "MARSH, Daniel"
    assert "Gender Not known" in name_of(made)


def visible(window: QWidget, kind: type[QWidget]) -> list[str]:
    return [name_of(one) for one in window.findChildren(kind) if one.isVisibleTo(window)]


def test_actions_fold_before_chips_do(shown: Shown) -> None:
    made = banner()
    window = shown(made, width=1100)
    assert len(visible(window, Chip)) == 3
    assert len(visible(window, Button)) == 3
    window.resize(640, 300)
    assert len(visible(window, Chip)) == 3
    assert visible(window, Button) == ["Record visit", "More actions"]


def test_a_chip_that_folds_is_still_named(shown: Shown) -> None:
    made = banner()
    window = shown(made, width=1100)
    window.resize(window.minimumSizeHint().width(), 300)
    chips = visible(window, Chip)
    assert chips[0] == "In custody: HMP Eastmoor", "the first never folds"
    assert chips[-1] == "More: Risk 13, medium, In treatment"


def test_a_folded_action_is_in_the_menu_and_keeps_its_key(shown: Shown) -> None:
    pressed: list[str] = []
    acts = [button("Record &visit", "primary"), button("&Book", shortcut="Ctrl+B")]
    for act in acts:
        act.clicked.connect(lambda _on=False, act=act: pressed.append(act.accessibleName()))
    more = QAction("Print summary")
    row = OverflowRow(acts, [more])
    window = shown(row, width=190, height=60)
    menu = row.findChildren(Button)[-1].menu()
    names = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert names == ["Book", "Print summary"]
    menu.actions()[0].trigger()
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["Book", "Book"]


def test_an_alert_is_read_whole_at_any_width(shown: Shown) -> None:
    bar = AlertBar()
    bar.set_alert("Do not visit alone.", "Threats from a visitor. " * 8, "Set by PC R. Shah")
    shown(bar, width=420)
    passage = bar.findChildren(Passage)[0]
    assert passage.height() >= passage.heightForWidth(passage.width())
    assert name_of(bar).startswith("Alert: Do not visit alone. Threats")


def test_a_notice_is_read_whole_on_a_page_with_little_room(shown: Shown, wear: Wear) -> None:
    notice, above = Notice("Could not reach the share. " * 6, "warn"), QLineEdit()
    shown(above, notice, width=320, height=60)
    for size in (1.0, 1.5):
        wear(text_scale=size)
        QApplication.processEvents()
        passage = notice.findChildren(Passage)[0]
        assert passage.height() >= passage.heightForWidth(passage.width())


def test_all_alerts_can_be_opened_from_the_bar(shown: Shown) -> None:
    bar, opened = alert(), list[bool]()
    shown(bar)
    bar.opened.connect(lambda: opened.append(True))
    all_alerts = bar.findChildren(Button)[0]
    assert name_of(all_alerts) == "All alerts (2)"
    QTest.keyClick(all_alerts, Qt.Key.Key_Space)
    assert opened == [True]


def test_a_notice_never_takes_the_focus(shown: Shown) -> None:
    field = QLineEdit()
    window = shown(field)
    field.setFocus()
    notice = Notice("Your 3 changes are safe on this laptop.", "warn", head="No share.")
    layout = window.layout()
    assert layout is not None
    layout.addWidget(notice)
    notice.announce()
    assert field.hasFocus()
    assert name_of(notice) == "No share. Your 3 changes are safe on this laptop."


def test_every_tone_has_a_notice_with_an_icon(wear: Wear) -> None:
    assert set(CHIP_TONES) <= set(ICONS)
    for tone in ICONS:
        assert Notice("Words", tone).text() == "Words"


def test_an_empty_page_says_what_will_appear_why_not_yet_and_what_to_do(shown: Shown) -> None:
    made = Empty("inbox", "Visits appear here.", why="None yet.", act=button("Record visit"))
    shown(made)
    assert name_of(made) == "Visits appear here. None yet."
    assert visible(made, Button) == ["Record visit"]


def test_undo_is_offered_for_ten_seconds(shown: Shown) -> None:
    bar, undone = UndoBar(), list[str]()
    shown(bar)
    bar.offer("Visit saved.", lambda: undone.append("visit"))
    for _second in range(SECONDS - 1):
        bar.second()
    assert bar.isVisible()
    bar.second()
    assert bar.isHidden()
    assert undone == []


def test_undo_takes_it_back_once(shown: Shown) -> None:
    bar, undone = UndoBar(), list[str]()
    shown(bar)
    bar.offer("Visit saved.", lambda: undone.append("visit"))
    press = bar.findChildren(Button)[0]
    assert name_of(press) == "Undo: Visit saved."
    press.click()
    press.click()
    assert undone == ["visit"]
    assert bar.isHidden()


def test_undo_waits_while_the_focus_is_on_it(shown: Shown) -> None:
    bar, field = UndoBar(), QLineEdit()
    shown(bar, field)
    field.setFocus()
    bar.offer("Visit saved.", lambda: None)
    assert field.hasFocus(), "it does not take the focus itself"
    bar.findChildren(Button)[0].setFocus()
    for _second in range(SECONDS * 3):
        bar.second()
    assert bar.isVisible()
    field.setFocus()
    for _second in range(SECONDS):
        bar.second()
    assert bar.isHidden()


def test_a_card_holds_its_title_and_corner(shown: Shown) -> None:
    corner = button("Edit", "quiet", small=True)
    card = Card("People and contact", corner=corner)
    shown(card)
    assert name_of(card) == "People and contact"
    assert corner.isVisible()
