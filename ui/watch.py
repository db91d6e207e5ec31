# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The watch over an open casebook: whoever leaves the laptop, however they do, leaves it locked."""

import time

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ui.clipboard import Copied
from ui.idle import IdleLock
from ui.leaving import Leaving


class Watch(QObject):
    """Watches idleness, sleep and what the system tells; and what was copied meanwhile.

    Signals:
        due: the casebook must lock now.
        rested: nobody has touched the laptop for a while; seconds.
    """

    due = Signal()
    rested = Signal(float)

    def __init__(self, app: QApplication, minutes: int, *, parent: QObject) -> None:
        """Begin.

        Args:
            app: the application.
            minutes: how long nobody may touch the laptop.
            parent: it ends with it.
        """
        super().__init__(parent)
        self._app = app
        self._copied = Copied(app, parent=self)
        self._leaving = Leaving(app, parent=self)
        self._leaving.left.connect(self.due)
        self._begin(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Wait for another number of minutes, from now on."""
        self._app.removeEventFilter(self._idle)
        self._idle.due.disconnect(self.due)
        self._idle.deleteLater()
        self._begin(minutes)

    def end(self) -> None:
        """Watch no longer, and take what was copied here off the clipboard."""
        self.blockSignals(True)  # noqa: FBT003  Qt takes no keyword here
        self._app.removeEventFilter(self._idle)
        self._leaving.end()
        self._copied.clear()
        self.deleteLater()

    def _begin(self, minutes: int) -> None:
        self._idle = IdleLock(minutes, wall=time.time, steady=time.monotonic, parent=self)
        self._idle.due.connect(self.due)
        self._idle.rested.connect(self.rested)
        self._app.installEventFilter(self._idle)
