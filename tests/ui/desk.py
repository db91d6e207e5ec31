# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The whole program at a desk: signing in, an open casebook, locking, on a screen nobody sees."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Answers
from tests.dialogs import QuietDialogs
from tests.ui.office import OfficeClock
from ui.app import Tandem
from ui.open_casebook import OpenCasebook
from ui.pages.first_run import FirstRun
from ui.pages.rescue import Rescue
from ui.pages.sign_in import SignIn

TOLD = "ferry lantern onion quiet saddle"


class Desk:
    """The running program, on a screen nobody sees."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, home: Path, clock: OfficeClock) -> None:
        self.qtbot, self.home, self.clock = qtbot, home, clock
        self.restarts: list[bool] = []
        self.dialogs = QuietDialogs()
        self.tandem = Tandem(
            qapp,
            home,
            clock=clock,
            dialogs=self.dialogs,
            restart=lambda: self.restarts.append(True),
        )

    @property
    def window(self) -> QWidget:
        assert self.tandem.window is not None
        return self.tandem.window

    @property
    def book(self) -> OpenCasebook:
        assert self.tandem.casebook is not None
        return self.tandem.casebook

    def settle(self) -> None:
        book = self.book
        self.qtbot.waitUntil(lambda: not book.session.busy and not book.exchanging.running)

    def sign_in(self, *, role: str = "") -> OpenCasebook:
        self.tandem.start(role=role)
        page = self.window
        assert isinstance(page, SignIn)
        if not role:
            page.passphrase.setText(TOLD)
            page.unlock()
        self.qtbot.waitUntil(lambda: self.tandem.casebook is not None)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.settle()
        return self.book

    def client(self) -> bytes:
        session = self.book.session
        lee = session.new_record()
        answers: Answers = {"surname": "Croft", "forename": "Leanne"}
        session.save([session.edit("client", answers, client=lee, record=lee)])
        self.settle()
        return lee

    def close(self) -> None:
        if self.tandem.casebook is not None:
            self.settle()
            self.tandem.lock()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if self.tandem.window is not None:
            if isinstance(self.tandem.window, (SignIn, FirstRun, Rescue)):
                self.tandem.window.close_down()
            self.tandem.window.close()
