# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The chain of a missed appointment: who did what by when, and the link whose turn it is now.

Left to right, one strip: done links have a filled tick and a solid line, the live one has a ring
and its deadline, what is still to come is dotted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.casework.words import _
from ui import icons, theme
from ui.theme import REGULAR, SEMI

BARE = 0.85
"""Only the live link has words where there is room for less than this of all of them."""
LIVE_MOST, LIVE_BARE = 0.36, 0.6
"""How much of the strip the live link takes at most; how much where the others have no words."""
MARK = 16
GAP = 6
LEAST = 36
"""Room below which words that are cut say nothing: a mark alone stands for them."""
WHOLE, TIGHT, TIGHTER, TIGHTEST = range(4)
"""How much stands beneath the links that are not live: all of it; only when; of done ones nothing;
nothing at all.
Words that would be cut short on every link are better left out of some."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link: what is to happen, and when or by whom.

    Attributes:
        what: such as "Nurse informed".
        beneath: such as "A. Bello, Thu 15:10" or "by 17:00 today".
        done: whether it has happened.
    """

    what: str
    beneath: str
    done: bool = False


class ChainStrip(QWidget):
    """Draws the links of one chain; says the same in words to a screen reader."""

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__()
        self._links = tuple(links)
        self._live = next((n for n, one in enumerate(links) if not one.done), len(links))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = "; ".join(self._said(number) for number in range(len(self._links)))
        self.setAccessibleName(_("Missed appointments: %(links)s") % {"links": said})
        self.setToolTip(said)
        theme.on_change(self._restyle)

    def _restyle(self) -> None:
        every = range(len(self._links))
        self._wides = [self._wide(number) for number in every]  # a layout asks many times over
        head = theme.metrics("small", SEMI).height()
        self._top = max(theme.px(MARK) // 2 + 1 - head // 2, 0)  # a mark is higher than its words
        high = self._top + head + theme.metrics("small").height() + 4
        self._size = QSize(sum(self._wides) + theme.px(16) * len(self._links), high)
        self.updateGeometry()
        self.update()

    def _said(self, number: int) -> str:
        one = self._links[number]
        state = _("done") if one.done else _("now") if number == self._live else _("later")
        return f"{one.what}, {one.beneath}, {state}" if one.beneath else f"{one.what}, {state}"

    def _wide(self, number: int, room: int = WHOLE) -> int:
        head = theme.metrics("small", SEMI).horizontalAdvance(self._links[number].what)
        beneath = theme.metrics("small", SEMI).horizontalAdvance(self._beneath(number, room))
        return max(head, beneath) + theme.px(MARK) + (GAP + 2 if room else 2 * GAP)

    def _beneath(self, number: int, room: int) -> str:
        """Return what stands beneath a link; a live one has all of it."""
        one = self._links[number]
        if room == WHOLE or number == self._live:
            return one.beneath
        nothing = room == TIGHTEST or (one.done and room == TIGHTER)
        return "" if nothing else one.beneath.rpartition(", ")[2]

    def sizeHint(self) -> QSize:
        """Return room for every link with a short line between."""
        return self._size

    def minimumSizeHint(self) -> QSize:
        """Return room for the live link; the others are elided."""
        live = self._wides[min(self._live, len(self._links) - 1)]
        return QSize(live * 2, self._size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the strip."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            painter.translate(0, self._top)
            wides, tight, bare = self._room_of_links()
            between = max((self.width() - sum(wides)) / max(len(wides) - 1, 1), 0.0)
            left = 0.0
            for number, wide in enumerate(wides):
                live = number == self._live
                place = QRectF(left, 0, wide, self.height())
                self._paint_link(painter, number, place, tight=tight, bare=bare and not live)
                if number + 1 < len(wides):
                    end = left + wide + between
                    self._paint_line(painter, number, left, end, bare=bare and not live)
                left += wide + between

    def _room_of_links(self) -> tuple[list[int], int, bool]:
        """Return how wide each link is, what stands beneath, and whether it is far too tight."""
        every, tight, wides = range(len(self._links)), WHOLE, self._wides
        for tight in (WHOLE, TIGHT, TIGHTER, TIGHTEST):
            wides = [self._wide(number, tight) for number in every] if tight else [*self._wides]
            if sum(wides) <= self.width():
                break
        bare = sum(wides) * BARE > self.width() or self._would_be_letters(wides)
        wides = self._held_back(wides, LIVE_BARE if bare else LIVE_MOST)
        if bare:  # marks alone say how far it has come
            mark = theme.px(MARK) + GAP
            wides = [wide if at == self._live else mark for at, wide in enumerate(wides)]
        return self._level(wides), tight, bare

    def _held_back(self, wides: list[int], most: float) -> list[int]:
        """Return the widths, the live one's held to a part of the strip: a reason may be long."""
        most_wide = int(self.width() * most)
        return [min(w, most_wide) if at == self._live else w for at, w in enumerate(wides)]

    def _would_be_letters(self, wides: list[int]) -> bool:
        """Say whether a link beside the live one would keep only a letter or two of its words."""
        least = theme.px(MARK + LEAST) + GAP
        left = self._level(self._held_back(wides, LIVE_MOST))
        cut = zip(left, wides, strict=True)
        return any(at != self._live and now < min(w, least) for at, (now, w) in enumerate(cut))

    def _level(self, wides: list[int]) -> list[int]:
        """Take what is too much from the widest of the others: the short ones stay whole."""
        others = [at for at in range(len(wides)) if at != self._live]
        while (over := sum(wides) - self.width()) > 0 and others:
            top = max(wides[at] for at in others)
            widest = [at for at in others if wides[at] == top]
            below = max((wides[at] for at in others if wides[at] < top), default=theme.px(MARK))
            cut = min(top - below, -(-over // len(widest)))
            if cut <= 0:
                break
            for at in widest:
                wides[at] -= cut
        return wides

    def _paint_link(
        self, painter: QPainter, number: int, room: QRectF, *, tight: int, bare: bool
    ) -> None:
        one, live = self._links[number], number == self._live
        head, small = theme.metrics("small", SEMI), theme.metrics("small")
        side = theme.px(MARK)
        self._paint_mark(painter, number, QPointF(room.left() + side / 2 + 1, head.height() / 2))
        if bare:
            return
        left = room.left() + side + GAP
        wide = int(room.width() - side - GAP)
        place = QRectF(left, 0, wide, head.height())
        painter.setFont(theme.font("small", SEMI))
        painter.setPen(theme.color("text" if one.done or live else "muted"))
        ends = Qt.TextElideMode.ElideRight
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter, head.elidedText(one.what, ends, wide)
        )
        place.moveTop(head.height() + 2)
        painter.setFont(theme.font("small", SEMI if live else REGULAR))
        painter.setPen(theme.color("warn" if live else "muted"))
        metrics = head if live else small
        text = metrics.elidedText(self._beneath(number, tight), ends, wide)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_mark(self, painter: QPainter, number: int, centre: QPointF) -> None:
        half = theme.px(MARK) / 2
        if self._links[number].done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("ok"))
            painter.drawEllipse(centre, half, half)
            icons.draw_icon(painter, centre, "check", tone="surface", size=theme.px(12))
            return
        live = number == self._live
        painter.setPen(QPen(theme.color("warn" if live else "control"), 2 if live else 1.5))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(centre, half - 0.5, half - 0.5)
        if live:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("warn"))
            painter.drawEllipse(centre, half / 2, half / 2)

    def _paint_line(
        self, painter: QPainter, number: int, left: float, right: float, *, bare: bool
    ) -> None:
        one = self._links[number]
        head = theme.metrics("small", SEMI)
        words = 0 if bare else head.horizontalAdvance(one.what) + GAP
        start = left + theme.px(MARK) + GAP + words
        end = right - GAP
        if end - start < 6:
            return
        style = Qt.PenStyle.SolidLine if one.done else Qt.PenStyle.DotLine
        painter.setPen(
            QPen(theme.color("ok" if one.done else "control"), 2 if one.done else 1.5, style)
        )
        y = head.height() / 2
        painter.drawLine(QPointF(start, y), QPointF(end, y))
