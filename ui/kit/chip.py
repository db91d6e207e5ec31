# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Chips: a state in one or two words, with an icon, on a tint.

The words carry the meaning; the colour only helps to find them again.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import AT_LEFT, SEMI

HEIGHT, EDGE, ICON, GAP = 22, 9, 14, 5
BETWEEN, LEAST = 6, 64
"""Room between chips, and the least one that is elided still needs."""


class ChipText(NamedTuple):
    """What a chip says, for lists that draw their chips."""

    text: str
    tone: str = "neutral"
    icon: str = ""


def chip_size(text: str, icon: str = "") -> QSize:
    """Return the room a chip takes."""
    wide = theme.width_of(text, "small", SEMI) + 2 * theme.px(EDGE) + 1
    if icon:
        wide += theme.px(ICON) + theme.px(GAP)
    return QSize(wide, max(theme.px(HEIGHT), theme.metrics("small", SEMI).height() + 6))


def draw_chip(
    painter: QPainter,
    rect: QRectF,
    chip: ChipText,
    *,
    on_tint: bool = False,
    whole: bool = False,
) -> None:
    """Draw a chip; on a tinted row it takes the colour of the card, or it would not be seen.

    Args:
        painter: draws it.
        rect: its place.
        chip: what it says.
        on_tint: whether the row is tinted.
        whole: whether there is known to be room for all of it.
    """
    theme.smooth(painter)
    outlined = theme.current().outlined
    painter.setPen(QPen(theme.color(chip.tone), 1) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface" if on_tint else f"{chip.tone}_soft"))
    shape = rect.adjusted(0.5, 0.5, -0.5, -0.5) if outlined else rect
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
    left = rect.left() + theme.px(EDGE)
    if chip.icon:
        size = theme.px(ICON)
        centre = QPointF(left + size / 2 - 1, rect.center().y())
        icons.draw_icon(painter, centre, chip.icon, tone=chip.tone, size=size)
        left += size + theme.px(GAP) - 1
    painter.setFont(theme.font("small", SEMI))
    painter.setPen(theme.color(chip.tone))
    text = chip.text
    if not whole:
        room = rect.right() - theme.px(EDGE) - left
        measure = theme.metrics("small", SEMI)
        if measure.horizontalAdvance(text) > room + 2:
            text = measure.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
    place = QRectF(left, rect.top(), rect.right() - left, rect.height())
    painter.drawText(place, AT_LEFT, text)


def draw_chips(
    painter: QPainter, rect: QRectF, chips_: Sequence[ChipText], *, on_tint: bool = False
) -> None:
    """Draw chips side by side; the last one that has some room left is elided, others are left."""
    left = rect.left()
    for chip in chips_:
        size = chip_size(chip.text, chip.icon)
        wide = min(size.width(), rect.right() - left)
        if wide < min(size.width(), theme.px(LEAST)):
            return
        high = min(size.height(), rect.height())
        top = rect.top() + (rect.height() - high) / 2
        place, whole = QRectF(left, top, wide, high), wide == size.width()
        draw_chip(painter, place, chip, on_tint=on_tint, whole=whole)
        left += wide + BETWEEN


def chips_width(chips_: Sequence[ChipText]) -> int:
    """Return the room several chips take side by side."""
    sizes = [chip_size(chip.text, chip.icon).width() for chip in chips_]
    return sum(sizes) + BETWEEN * max(len(sizes) - 1, 0)


class Chip(QWidget):
    """A chip on a page."""

    def __init__(
        self, text: str, tone: str = "neutral", *, icon: str = "", on_tint: bool = False
    ) -> None:
        super().__init__()
        self._chip, self._on_tint = ChipText(text, tone, icon), on_tint
        self._size = QSize()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme.on_change(self._restyle)

    def text(self) -> str:
        """Return its words."""
        return self._chip.text

    def set_chip(self, chip: ChipText) -> None:
        """Say something else."""
        if chip != self._chip:
            self._chip = chip
            self.setAccessibleName(chip.text)
            self._restyle()

    def _restyle(self) -> None:
        self._size = chip_size(self._chip.text, self._chip.icon)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room it needs; a chip is never cut."""
        return self._size

    def minimumSizeHint(self) -> QSize:
        """Return the same: a chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        with QPainter(self) as painter:
            whole = self.width() >= self._size.width()
            draw_chip(painter, QRectF(self.rect()), self._chip, on_tint=self._on_tint, whole=whole)


def chips(items: Sequence[ChipText], *, on_tint: bool = False) -> list[Chip]:
    """Make several chips."""
    return [Chip(one.text, one.tone, icon=one.icon, on_tint=on_tint) for one in items]
