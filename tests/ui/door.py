# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The doorstep page in the hands of a test: opened, typed into, saved by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.dialogs import QuietDialogs
from ui.pages.doorstep import DoorstepPage
from ui.pages.doorstep_visit import DoorstepVisit
from ui.places import Place
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier


def focus() -> QWidget:
    """Return the widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class Door:
    """The doorstep page, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = DoorstepPage(session, QuietDialogs())
        qtbot.addWidget(self.page)
        self.page.resize(1310, 768)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def open(self, client: bytes, record: bytes | None = None) -> DoorstepVisit:
        self.page.show_place(Place("visit", client, record))
        self.settle()
        return self.visit

    @property
    def visit(self) -> DoorstepVisit:
        assert self.page.visit is not None
        return self.page.visit

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def key(self, letter: str) -> None:
        """Press a letter wherever the focus is."""
        QTest.keyClicks(focus(), letter)

    def key_press(self, key: Qt.Key) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(focus(), key)

    def note(self, words: str) -> None:
        self.visit.words.note.setFocus()
        self.key(words)

    def save(self) -> None:
        QTest.keyClick(focus(), Qt.Key.Key_Return, CTRL)
        self.settle()
