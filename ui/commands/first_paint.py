# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem first-paint`: start as always, and end once the first page has been painted.

`make bench` times it. It is not listed in the help, because it is of use to nobody else.
"""

from argparse import ArgumentParser, Namespace

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui import home as homes
from ui.app import Tandem, make_application
from ui.clock import Clock
from ui.commands.console import Console
from ui.dialogs import ScreenDialogs


class _FirstPaint(QObject):
    """Ends the program when the window it watches is painted."""

    def __init__(self, app: QApplication, program: Tandem) -> None:
        super().__init__()
        self._app, self._program = app, program

    def start(self) -> None:
        """Start as always, and watch."""
        self._program.start()
        if self._program.window is not None:
            self._program.window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """End after the first paint."""
        if event.type() is QEvent.Type.Paint:
            self._app.quit()
        return False


def takes(_parser: ArgumentParser) -> None:
    """Take nothing."""


def run(arguments: Namespace, _console: Console) -> int:
    """Start, and end after the first paint."""
    app = make_application()
    home = (arguments.home or homes.default_home()).resolve()
    program = Tandem(app, home, clock=Clock(), dialogs=ScreenDialogs(), restart=app.quit)
    first = _FirstPaint(app, program)
    QTimer.singleShot(0, first.start)
    return app.exec()
