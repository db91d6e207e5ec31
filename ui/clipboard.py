# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was copied here: kept out of clipboard histories, and taken off again.

Rules, each with a test:

* It is marked, so that histories and clouds of the system leave it out; and it is words only.
* It is taken off the clipboard after half a minute, and when the casebook locks.
* Not every system says whose the clipboard is. What somebody copied elsewhere is left alone.
"""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtWidgets import QApplication

LASTS_MS = 30_000
_HINT = "x-kde-passwordManagerHint"
_OF_WINDOWS = 'application/x-qt-windows-mime;value="%s"'
MARKS = {
    _HINT: b"secret",
    _OF_WINDOWS % "ExcludeClipboardContentFromMonitorProcessing": b"1",
    _OF_WINDOWS % "CanIncludeInClipboardHistory": bytes(4),
    _OF_WINDOWS % "CanUploadToCloudClipboard": bytes(4),
}
"""Formats that say to the histories of systems that this is not for them."""


class Copied(QObject):
    """Watches what is copied in this program."""

    def __init__(self, app: QApplication, *, parent: QObject, lasts_ms: int = LASTS_MS) -> None:
        """Begin to watch.

        Args:
            app: the application.
            parent: watching ends with it.
            lasts_ms: how long something copied stays there.
        """
        super().__init__(parent)
        self._app, self._text = app, ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(lasts_ms)
        self._timer.timeout.connect(self.take_off)
        app.clipboard().dataChanged.connect(self._note)

    def take_off(self) -> None:
        """Take what was copied here off the clipboard, unless something else lies there by now."""
        clipboard, copied, self._text = self._app.clipboard(), self._text, ""
        if copied and (clipboard.ownsClipboard() or clipboard.text() == copied):
            clipboard.clear()

    def clear(self) -> None:
        """Take what was copied here off the clipboard, and watch no longer."""
        self._app.clipboard().dataChanged.disconnect(self._note)
        self._timer.stop()
        self.take_off()
        self.deleteLater()

    def _note(self) -> None:
        clipboard = self._app.clipboard()
        if self._app.activeWindow() is None or not clipboard.text():
            return
        if clipboard.mimeData().hasFormat(_HINT):
            return
        self._text = clipboard.text()
        marked = QMimeData()
        marked.setText(self._text)
        for kind, says in MARKS.items():
            marked.setData(kind, says)
        clipboard.setMimeData(marked)
        self._timer.start()
