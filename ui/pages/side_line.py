# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A line of a side card: an icon, what it is, and when or who beneath; press it to open it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui import icons, theme
from ui.kit.chip import ChipText, chip_size, draw_chip
from ui.kit.labels import Part, draw_parts
from ui.theme import SEMI


@dataclass(frozen=True, slots=True)
class SideItem:
    """What a line says.

    Attributes:
        record: what it opens.
        icon: Lucide name.
        tone: of the icon.
        title: what it is.
        beneath: when, where, who.
        chip: a state, at the right.
        late: `beneath` is drawn as a warning.
    """

    record: bytes
    icon: str
    tone: str
    title: str
    beneath: str = ""
    chip: ChipText | None = None
    late: bool = False


class SideLine(QAbstractButton):
    """Draws one line."""

    def __init__(self, item: SideItem) -> None:
        super().__init__()
        self.item = item
        self.setText(item.title)
        states = [item.chip.text] if item.chip else []
        self.setAccessibleName(". ".join(x for x in (item.title, *states, item.beneath) if x))
        self.setToolTip(f"{item.title}\n{item.beneath}" if item.beneath else item.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return room for two lines of words."""
        lines = theme.metrics("body", SEMI).height()
        lines += theme.metrics("small").height() if self.item.beneath else 0
        return QSize(theme.px(200), max(lines + 6, theme.px(26)))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which a few words can still be read."""
        return QSize(theme.px(90), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        item = self.item
        with QPainter(self) as painter:
            theme.smooth(painter)
            rect = QRectF(self.rect())
            focus = self.hasFocus()
            if focus or self.underMouse():
                painter.setPen(QPen(theme.color("focus"), 2) if focus else Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("select" if focus else "window"))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
            title, small = theme.metrics("body", SEMI), theme.metrics("small")
            high = title.height() + (small.height() if item.beneath else 0)
            top = (self.height() - high) // 2
            size = theme.px(18)
            centre = QPointF(4 + size / 2, top + title.height() / 2)
            icons.draw_icon(painter, centre, item.icon, tone=item.tone, size=size)
            left, right = size + 14, self.width() - 6
            if item.chip is not None:
                chip = chip_size(item.chip.text, item.chip.icon)
                place = QRectF(
                    right - chip.width(),
                    top + (title.height() - theme.px(20)) / 2,
                    chip.width(),
                    theme.px(20),
                )
                draw_chip(painter, place, item.chip, on_tint=focus)
                right -= chip.width() + 8
            words = QRect(left, top, right - left, title.height())
            draw_parts(painter, words, [Part(item.title, weight=SEMI)], role="body")
            beneath = QRect(left, top + title.height(), self.width() - left - 6, small.height())
            tone = "warn" if item.late else "muted"
            draw_parts(painter, beneath, [Part(item.beneath, tone)], role="small")
