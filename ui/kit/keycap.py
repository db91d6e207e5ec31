# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keycaps: a key drawn beside what it does, so that nobody has to learn it from a manual."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.casework.words import _
from ui import theme
from ui.theme import SEMI

HEIGHT = 20


def keycap_size(key: str) -> QSize:
    """Return the room a keycap takes."""
    words = theme.metrics("small", SEMI)
    high = max(theme.px(HEIGHT), words.height() + 4)
    return QSize(max(high, words.horizontalAdvance(key) + 12), high)


def draw_keycap(painter: QPainter, rect: QRectF, key: str) -> None:
    """Draw a key."""
    theme.smooth(painter)
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(theme.font("small", SEMI))
    painter.setPen(theme.color("muted"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


class Keycap(QWidget):
    """A key on a page."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.setAccessibleName(_("Key %(key)s") % {"key": key})
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.on_change(self._restyle)

    def _restyle(self) -> None:
        self.setFixedSize(keycap_size(self.key))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the key."""
        with QPainter(self) as painter:
            draw_keycap(painter, QRectF(self.rect()), self.key)
