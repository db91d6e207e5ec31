# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody to choose: initials on a disc, a name and what they do."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui import theme
from ui.kit.labels import Part, draw_parts
from ui.theme import BOLD, REGULAR, SEMI
from ui.tokens import RADIUS_TINT

HIGH, DISC, GAP = 50, 30, 12


def initials(name: str) -> str:
    """Return two letters for a name, such as "KO" for K. Osei; a rank is passed over."""
    parts = [word for word in name.replace(".", " ").split() if word[0].isalpha()]
    return "".join(word[0] for word in parts[-2:]).upper()


class PersonTile(QAbstractButton):
    """One person of several; checkable, and told apart by its edge and a disc, not colour alone."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self.setText(name)
        self._role = role
        self.setAccessibleName(f"{name}, {role}")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return room for both lines."""
        name, role = theme.metrics("body", SEMI), theme.metrics("small")
        words = max(name.horizontalAdvance(self.text()), role.horizontalAdvance(self._role))
        high = max(theme.px(HIGH), name.height() + role.height() + 12)
        return QSize(words + theme.px(DISC) + 3 * GAP, high)

    def minimumSizeHint(self) -> QSize:
        """Return room for the disc and a few letters."""
        return QSize(theme.px(DISC) + 3 * GAP + theme.px(40), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tile."""
        on, lit = self.isChecked(), self.hasFocus() or self.underMouse()
        with QPainter(self) as painter:
            theme.smooth(painter)
            wide = 2 if on or self.hasFocus() else 1
            painter.setPen(QPen(theme.color("focus" if on or lit else "control"), wide))
            painter.setBrush(theme.color("accent_soft" if on else "surface"))
            frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(frame, RADIUS_TINT, RADIUS_TINT)
            size = theme.px(DISC)
            disc = QRectF(0, 0, size, size)
            disc.moveCenter(QPointF(GAP + size / 2, self.height() / 2))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent" if on else "sunken"))
            painter.drawEllipse(disc)
            painter.setPen(theme.color("accent_text" if on else "muted"))
            painter.setFont(theme.font("small", BOLD))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, initials(self.text()))
            self._words(painter, GAP + size + 10)

    def _words(self, painter: QPainter, left: int) -> None:
        name, role = theme.metrics("body", SEMI), theme.metrics("small")
        top = (self.height() - name.height() - role.height()) // 2
        place = self.rect().adjusted(left, top, -GAP, 0)
        place.setHeight(name.height())
        draw_parts(painter, place, [Part(self.text(), "text", SEMI)], role="body")
        place.translate(0, name.height())
        place.setHeight(role.height())
        draw_parts(painter, place, [Part(self._role, "muted", REGULAR)], role="small")
