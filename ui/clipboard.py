# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was copied here: remembered while a casebook is open, taken off the clipboard when it locks.

Not every system says whose the clipboard is. What somebody copied elsewhere is left alone.
"""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication


class Copied(QObject):
    """Watches what is copied in this program."""

    def __init__(self, app: QApplication, *, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._text = app, ""
        app.clipboard().dataChanged.connect(self._note)

    def clear(self) -> None:
        """Take what was copied here off the clipboard, and watch no longer."""
        clipboard, copied = self._app.clipboard(), self._text
        clipboard.dataChanged.disconnect(self._note)
        self._text = ""
        if clipboard.ownsClipboard() or (copied and clipboard.text() == copied):
            clipboard.clear()
        self.deleteLater()

    def _note(self) -> None:
        if self._app.activeWindow() is not None:
            self._text = self._app.clipboard().text()
