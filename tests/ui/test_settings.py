# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Settings: chosen by mouse or by keys, worn at once, kept without a dialog."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.crew import key, nameless, tab_to, words_on
from tests.ui.life import Life
from ui import theme
from ui.home import Settings
from ui.kit.segment import Segment
from ui.pages.settings import LOCK_AFTER, TEXT_SIZES, SettingsPage, languages
from ui.pages.sharing import SharingPage
from ui.places import Place
from ui.theme import Theme


@pytest.fixture
def page(qtbot: QtBot, look: None) -> SettingsPage:
    made = SettingsPage(
        Settings(), share="/srv/team", facts=[("Laptop", "Laptop 2"), ("Team", "Saltings")]
    )
    qtbot.addWidget(made)
    made.resize(1037, 498)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def chosen(page: SettingsPage) -> list[Settings]:
    heard: list[Settings] = []
    page.chosen.connect(heard.append)
    return heard


def segment(page: SettingsPage, name: str) -> Segment:
    found = {one.accessibleName(): one for one in page.findChildren(Segment)}
    return found[name]


def test_every_choice_is_told_at_once_and_keeps_the_others(
    page: SettingsPage, chosen: list[Settings]
) -> None:
    segment(page, "Colours").chosen.emit("dark")
    segment(page, "Text size").chosen.emit("125")
    segment(page, "Lock after").chosen.emit("10")
    assert chosen[-1] == Settings(scheme="dark", text_percent=125, lock_minutes=10)


def test_what_is_offered_can_be_kept(page: SettingsPage) -> None:
    assert all(90 <= size <= 150 for size in TEXT_SIZES)
    assert all(1 <= minutes <= 15 for minutes in LOCK_AFTER)
    assert languages()[0] == ("", "English")


def test_arrow_keys_choose(page: SettingsPage, chosen: list[Settings]) -> None:
    stops: list[object] = []
    for _step in range(20):
        key(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        stops.append(focus)
        if segment(page, "Lock after").isAncestorOf(focus):
            break
    key(Qt.Key.Key_Right)
    assert chosen[-1].lock_minutes == 10


def test_another_folder_is_asked_for_and_shown(page: SettingsPage, qtbot: QtBot) -> None:
    change = next(one for one in page.findChildren(QPushButton) if "older" in one.accessibleName())
    tab_to(page, change)
    with qtbot.waitSignal(page.share_wanted):
        key(Qt.Key.Key_Space)
    page.set_share("/mnt/stick")
    assert "/mnt/stick" in words_on(page)
    page.set_share("")
    assert "None chosen yet" in words_on(page)


def test_what_this_laptop_is_stands_at_the_end(page: SettingsPage) -> None:
    said = words_on(page)
    assert "Laptop 2" in said
    assert "Saltings" in said


def test_everything_has_a_name(page: SettingsPage) -> None:
    assert not nameless(page)


def test_a_larger_text_size_reaches_the_words_of_buttons(
    page: SettingsPage, qapp: QApplication
) -> None:
    button = page.findChildren(QPushButton)[0]
    before = button.fontMetrics().height()
    theme.apply(qapp, Theme(text_scale=1.5))
    assert button.fontMetrics().height() > before * 1.3
    theme.apply(qapp, Theme())
    assert button.fontMetrics().height() == before


def test_the_team_folder_can_be_chosen_where_its_absence_is_said(
    life: Life, tmp_path: Path
) -> None:
    book = life.desk.sign_in()
    book.exchanging.share = ""
    book.go_to(Place("sharing"))
    page = book.frame.page("sharing")
    assert isinstance(page, SharingPage)
    life.desk.dialogs.answers["folder"] = tmp_path
    page._choose.click()
    assert book.exchanging.share == str(tmp_path)
    assert str(tmp_path) in words_on(book.frame.page("settings"))
