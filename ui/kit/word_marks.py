# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Word marks: one bar a word of the passphrase; a bar fills when its word is ended.

They tell a tired typist where they are. They show nothing but how many words were typed, and how
many words a passphrase has is no secret.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.casework.words import ngettext
from ui import theme
from ui.kit.labels import Part, draw_parts

BAR, GAP = 4, 8


class WordMarks(QWidget):
    """Bars, and beneath them how many of how many words were typed."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self._words, self._typed = words, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_typed(0)
        theme.look().changed.connect(self.updateGeometry)

    def text(self) -> str:
        """Return how many of how many words were typed."""
        return ngettext("%(typed)d of %(n)d word", "%(typed)d of %(n)d words", self._words) % {
            "typed": self._typed,
            "n": self._words,
        }

    def set_typed(self, count: int) -> None:
        """Fill as many bars as words were ended."""
        self._typed = max(0, min(count, self._words))
        self.setAccessibleName(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for bars and words."""
        return QSize(240, BAR + 6 + theme.metrics("small").height())

    def minimumSizeHint(self) -> QSize:
        """Return half the width."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars and the words."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            painter.setPen(Qt.PenStyle.NoPen)
            wide = (self.width() - GAP * (self._words - 1)) / self._words
            for index in range(self._words):
                filled = index < self._typed
                painter.setBrush(theme.color("accent" if filled else "line"))
                place = QRectF(index * (wide + GAP), 0, wide, BAR)
                painter.drawRoundedRect(place, BAR / 2, BAR / 2)
            beneath = self.rect().adjusted(0, BAR + 6, 0, 0)
            draw_parts(painter, beneath, [Part(self.text(), "muted")], role="small")


def words_ended(text: str, of: int) -> int:
    """Return how many words of a passphrase are done: ended by a space, or the last one begun."""
    begun = len(text.split())
    if begun >= of or not text or text[-1].isspace():
        return min(begun, of)
    return begun - 1
