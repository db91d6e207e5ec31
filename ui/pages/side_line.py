# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A line of a side card: an icon, what it is, and when or who beneath; press it to open it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui import icons, theme
from ui.kit.chip import ChipText, chip_size, draw_chip
from ui.kit.labels import Part
from ui.kit.lines import Lines
from ui.theme import SEMI

TITLE_LINES, BENEATH_LINES = 2, 3
"""How much of a line is shown before it is cut; a promise may be written at any length."""


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
        self._words: tuple[Lines, ...] = ()
        self._broken_at = 0
        self.setText(item.title)
        states = [item.chip.text] if item.chip else []
        self.setAccessibleName(". ".join(x for x in (item.title, *states, item.beneath) if x))
        self.setToolTip(f"{item.title}\n{item.beneath}" if item.beneath else item.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.look().changed.connect(self._restyle)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words at a width: they wrap, to be read whole."""
        self._break(width)
        return max(sum(words.high for words in self._words) + 6, theme.px(26))

    def sizeHint(self) -> QSize:
        """Return room for the words at a usual width."""
        return QSize(theme.px(200), self.heightForWidth(theme.px(200)))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which a few words can still be read."""
        return QSize(theme.px(90), theme.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        item = self.item
        self._break(self.width())
        with QPainter(self) as painter:
            theme.smooth(painter)
            rect = QRectF(self.rect())
            focus = self.hasFocus()
            if focus or self.underMouse():
                painter.setPen(QPen(theme.color("focus"), 2) if focus else Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("select" if focus else "window"))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
            line, size = theme.metrics("body", SEMI).height(), theme.px(18)
            top = (self.height() - sum(words.high for words in self._words)) // 2
            centre = QPointF(4 + size / 2, top + line / 2)
            icons.draw_icon(painter, centre, item.icon, tone=item.tone, size=size)
            if item.chip is not None:
                chip = chip_size(item.chip.text, item.chip.icon)
                left, above = self.width() - 6 - chip.width(), top + (line - theme.px(20)) / 2
                place = QRectF(left, above, chip.width(), theme.px(20))
                draw_chip(painter, place, item.chip, on_tint=focus)
            for words in self._words:
                words.draw(painter, size + 14, top)
                top += words.high

    def _break(self, width: int) -> None:
        """Break the words at a width, unless they are."""
        if width == self._broken_at:
            return
        self._broken_at, room, item = width, width - theme.px(18) - 20, self.item
        chip = chip_size(item.chip.text, item.chip.icon).width() + 8 if item.chip else 0
        title = Lines(Part(item.title, weight=SEMI), int(room - chip), most=TITLE_LINES)
        tone = "warn" if item.late else "muted"
        beneath = Lines(Part(item.beneath, tone), room, role="small", most=BENEATH_LINES)
        self._words = (title, beneath)

    def _restyle(self) -> None:
        self._broken_at = 0
        self.updateGeometry()
