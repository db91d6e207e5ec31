# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Windows kept out of pictures of the screen: every one of them, until somebody says otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.crew import key, tab_to
from tests.ui.office import OfficeClock
from ui.capture import CaptureGuard
from ui.home import About, VaultPlace
from ui.pages.sign_in import SignIn

ANN = VaultPlace(Path("ann"), About(person="Ann Lee", role="key_worker", laptop="Laptop 1"))


class Screen:
    """A system that keeps windows out of pictures, and which it was asked to."""

    def __init__(self) -> None:
        self.out: dict[int, bool] = {}

    def hide(self, window: int, out: bool) -> bool:  # noqa: FBT001  as the system has it
        self.out[window] = out
        return True


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def guard(qapp: QApplication, screen: Screen) -> Iterator[CaptureGuard]:
    parent = QObject()
    made = CaptureGuard(qapp, screen.hide, on=True, parent=parent)
    yield made
    qapp.removeEventFilter(made)


def test_every_window_is_kept_out_once_it_is_shown(
    qtbot: QtBot, screen: Screen, guard: CaptureGuard
) -> None:
    first, dialog = QWidget(), QWidget(None, Qt.WindowType.Dialog)
    inside = QLabel("inside", first)
    for window in (first, dialog):
        qtbot.addWidget(window)
        window.show()
    assert screen.out == {int(first.winId()): True, int(dialog.winId()): True}
    assert inside.isVisible()


def test_switching_it_off_lets_open_windows_be_seen_at_once(
    qtbot: QtBot, screen: Screen, guard: CaptureGuard
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    guard.switch(on=False)
    assert screen.out[int(window.winId())] is False
    assert not guard.on


def test_it_is_switched_off_by_keyboard_before_anybody_signs_in(
    qtbot: QtBot, guard: CaptureGuard, clock: OfficeClock, look: None
) -> None:
    page = SignIn([ANN], clock=clock, guard=guard)
    qtbot.addWidget(page)
    page.guard_chosen.connect(lambda on: guard.switch(on=on))
    page.resize(1093, 574)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    before = guard.on
    tab_to(page, page.guard_switch)
    key(Qt.Key.Key_Space)
    assert (before, guard.on) == (True, False)
    page.close_down()


def test_what_the_system_cannot_do_is_not_offered(
    qtbot: QtBot, qapp: QApplication, clock: OfficeClock, look: None
) -> None:
    parent = QObject()
    cannot = CaptureGuard(qapp, None, on=True, parent=parent)
    assert not cannot.possible
    assert not cannot.on
    page = SignIn([ANN], clock=clock, guard=cannot)
    qtbot.addWidget(page)
    assert not any("remote" in one.text() for one in page.findChildren(QPushButton))
    page.close_down()
