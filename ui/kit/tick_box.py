# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A box to tick, with its words; the words may run over several lines."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from ui import icons, theme

BOX, GAP = 18, 8
_FLAGS = int(
    Qt.TextFlag.TextWordWrap
    | Qt.TextFlag.TextShowMnemonic
    | Qt.AlignmentFlag.AlignLeft
    | Qt.AlignmentFlag.AlignTop
)


class TickBox(QCheckBox):
    """Yes, or not yet."""

    def __init__(self, text: str, *, name: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name or text.replace("&", ""))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.look().changed.connect(self.updateGeometry)

    def _lead(self) -> int:
        return theme.px(BOX) + 4 + (GAP if self.text() else 0)

    def hasHeightForWidth(self) -> bool:
        """Say that words may run over several lines."""
        return bool(self.text())

    def heightForWidth(self, width: int) -> int:
        """Return how high it is when it is this wide."""
        room = QRect(0, 0, max(width - self._lead() - 2, 40), 10_000)
        words = theme.metrics().boundingRect(room, _FLAGS, self.text())
        return max(theme.px(26), words.height() + 8)

    def sizeHint(self) -> QSize:
        """Return room for the words on one line."""
        words = theme.metrics().horizontalAdvance(self.text().replace("&", ""))
        return QSize(self._lead() + words + 6, theme.px(26))

    def minimumSizeHint(self) -> QSize:
        """Return room for a few words a line."""
        return QSize(min(self.sizeHint().width(), theme.px(120)), theme.px(26))

    def hitButton(self, place: QPoint) -> bool:  # noqa: N802  Qt calls it so
        """Let a press anywhere on it count."""
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, tick and words."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            side, words = theme.px(BOX), self._words_place()
            first_line = words.top() + theme.metrics().height() / 2
            box = QRectF(2, first_line - side / 2, side, side)
            on = self.isChecked()
            edge = "accent" if on else "control"
            painter.setPen(QPen(theme.color(edge), 1))
            painter.setBrush(theme.color("accent" if on else "surface"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            if on:
                centre = box.center()
                icons.draw_icon(painter, centre, "check", tone="accent_text", size=side - 4)
            if self.hasFocus():
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 5, 5)
            painter.setFont(theme.font())
            painter.setPen(theme.color("text" if self.isEnabled() else "disabled"))
            painter.drawText(words, _FLAGS, self.text())

    def _words_place(self) -> QRectF:
        """Return where the words stand: in the middle, however high the row is."""
        left = self._lead()
        width = self.width() - left - 2
        words = theme.metrics().boundingRect(QRect(0, 0, width, 10_000), _FLAGS, self.text())
        high = max(words.height(), theme.metrics().height())
        top = QPointF(left, max(0, (self.height() - high) / 2))
        return QRectF(top, QSize(width, high + 2))
