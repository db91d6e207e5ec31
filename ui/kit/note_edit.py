# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A box for several lines of plain text. Tab moves on: a note is no trap for the keyboard."""

from PySide6.QtCore import QMimeData, QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QPlainTextEdit

from desktop_app.casework.words import ngettext
from ui import theme

LONGEST = 60_000
"""Characters of one answer; a bundle refuses more."""


class NoteEdit(QPlainTextEdit):
    """A note.

    Signals:
        typed: the text is different now; carries the whole of it.
    """

    typed = Signal(str)

    def __init__(self, name: str, *, lines: int = 4, placeholder: str = "") -> None:
        super().__init__()
        self._lines = lines
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(True)
        self.textChanged.connect(self._changed)
        theme.look().changed.connect(self.updateGeometry)

    def text(self) -> str:
        """Return what is written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Write something else; nobody is told."""
        if text != self.text():
            with QSignalBlocker(self):
                self.setPlainText(text)

    def words(self) -> int:
        """Return how many words there are."""
        return len(self.text().split())

    def said_words(self) -> str:
        """Return how many words there are, in words."""
        return ngettext("%(n)d word", "%(n)d words", self.words()) % {"n": self.words()}

    def set_wrong(self, *, wrong: bool) -> None:
        """Show or take away the red edge."""
        self.setProperty("wrong", "true" if wrong else "false")
        self.style().unpolish(self)
        self.style().polish(self)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802  Qt calls it so
        """Take words; a file that is dropped is for the page, and its path is nobody's words."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802  Qt calls it so
        """Paste the words only."""
        room = max(0, LONGEST - len(self.text()) + len(self.textCursor().selectedText()))
        self.insertPlainText(source.text()[:room])

    def sizeHint(self) -> QSize:
        """Return room for its lines."""
        return QSize(320, self._lines * theme.metrics().lineSpacing() + 24)

    def minimumSizeHint(self) -> QSize:
        """Return room for two lines."""
        return QSize(120, 2 * theme.metrics().lineSpacing() + 24)

    def _changed(self) -> None:
        if len(self.text()) > LONGEST:
            cursor = self.textCursor()
            cursor.deletePreviousChar()
        self.typed.emit(self.text())
