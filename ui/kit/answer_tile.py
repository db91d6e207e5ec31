# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answer tiles: what several people or files say to one question, one of them to be kept.

One Tab stop for a question; the arrow keys choose. The chosen one has a ring, a tint, bold words
and a tick, so that it is never told by colour alone.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui import icons, theme
from ui.kit.labels import Part
from ui.kit.lines import Lines
from ui.theme import REGULAR, SEMI
from ui.tokens import RADIUS_CONTROL

EDGE, TICK, MOST = 10, 16, 14
"""Room at the sides, the tick's size, and how many lines an answer is shown in before it is cut."""


class AnswerTile(QAbstractButton):
    """One answer that can be kept; those beside it in the same widget exclude each other."""

    def __init__(self, answer: str, *, name: str) -> None:
        """Make a tile.

        Args:
            answer: what is said.
            name: the same for a screen reader, with whose answer it is.
        """
        super().__init__()
        self._answer = answer
        self._lines: Lines | None = None
        self._broken_at = (0, False)
        self.setText(answer)
        self.setAccessibleName(name)
        self.setToolTip(answer)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.look().changed.connect(self._restyle)

    def heightForWidth(self, width: int) -> int:
        """Return the height the answer needs, in bold: choosing moves nothing."""
        room = width - 2 * EDGE - TICK
        words = Lines(Part(self._answer, weight=SEMI), room, most=MOST)
        return max(words.high + 14, theme.px(34))

    def sizeHint(self) -> QSize:
        """Return room for an answer of a usual length."""
        wide = theme.px(180)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which a few words can still be read."""
        return QSize(theme.px(90), theme.px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ring, tint, answer and tick."""
        on, focus = self.isChecked(), self.hasFocus()
        with QPainter(self) as painter:
            theme.smooth(painter)
            rect = QRectF(self.rect())
            wide = 2.0 if on or focus else 1.0
            edge = "link" if on else "focus" if focus else "control"
            ground = "accent_soft" if on else "sunken" if self.underMouse() else "surface"
            painter.setPen(QPen(theme.color(edge), wide))
            painter.setBrush(theme.color(ground))
            inset = wide / 2 + (2 if on and focus else 0)
            inner = rect.adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(inner, RADIUS_CONTROL, RADIUS_CONTROL)
            if on and focus:
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 7, 7)
            words = self._broken()
            words.draw(painter, EDGE, (self.height() - words.high) // 2)
            if on:
                at = QPointF(self.width() - EDGE - TICK / 2 + 2, rect.center().y())
                icons.draw_icon(painter, at, "check", tone="link", size=theme.px(TICK))

    def _broken(self) -> Lines:
        key = (self.width(), self.isChecked())
        if self._lines is None or key != self._broken_at:
            weight = SEMI if self.isChecked() else REGULAR
            room = self.width() - 2 * EDGE - TICK
            self._lines = Lines(Part(self._answer, weight=weight), room, most=MOST)
            self._broken_at = key
        return self._lines

    def _restyle(self) -> None:
        self._lines = None
        self.updateGeometry()
        self.update()
