# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How a row of things to do is drawn: its tint, what stands at its left edge, its words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui import icons, theme
from ui.kit.chip import chips_width, draw_chips
from ui.kit.labels import Part, draw_disc, draw_parts, parts_width
from ui.theme import BOLD, REGULAR, SEMI

if TYPE_CHECKING:
    from ui.kit.row import Lead, RowItem

LEAD, LEAD_GAP, EDGE, DISC, HIGH = 48, 12, 8, 30, 46
SLIM_HIGH, SLIM_ICON = 27, 17
"""A row of one line, and its icon."""


def told_first(item: "RowItem") -> int:
    """Return the room name and chips need: no chip is cut before the answers give way."""
    if not item.chips:
        return 0
    name = [Part(item.name, weight=SEMI), Part(f"  {item.what}" if item.what else "")]
    return parts_width(name) + 9 + chips_width(item.chips)


def words_high(item: "RowItem") -> int:
    """Return how high name and reason are together."""
    title = max(theme.metrics("body", SEMI).height(), theme.px(20))
    if item.slim:
        return max(theme.px(SLIM_HIGH), title + 7)
    return max(theme.px(HIGH), title + theme.metrics("small").height() + 8)


def paint_ground(painter: QPainter, rect: QRect, tone: str, *, focus: bool, lit: bool) -> None:
    """Draw the tint of a row, and the ring of the keyboard."""
    ground = "select" if focus else f"{tone}_soft" if tone else "window" if lit else ""
    edge = "focus" if focus else tone if tone and theme.current().outlined else ""
    painter.setPen(QPen(theme.color(edge), 2) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
    inset = 1 if edge else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), 8, 8)


def paint_row(painter: QPainter, rect: QRect, item: "RowItem", *, on_tint: bool) -> None:
    """Draw what stands at the left edge, and the words."""
    if item.slim:
        _paint_slim(painter, rect, item, on_tint=on_tint)
        return
    lead = QRect(rect.x(), 0, theme.px(LEAD), rect.height())
    _paint_lead(painter, lead, item.lead, on_tint=on_tint)
    words = rect.adjusted(theme.px(LEAD) + LEAD_GAP, 0, 0, 0)
    _paint_words(painter, words, item, on_tint=on_tint)


def _paint_slim(painter: QPainter, rect: QRect, item: "RowItem", *, on_tint: bool) -> None:
    """Draw a row of one line: icon, name, and the rest flush right."""
    side, tone = theme.px(SLIM_ICON), item.lead.tone if on_tint else "muted"
    middle = QPointF(rect.x() + side / 2, rect.center().y() + 0.5)
    icons.draw_icon(painter, middle, item.lead.icon, tone=tone, size=side)
    wide = parts_width(item.because, "small")
    end = QRect(rect.right() + 1 - wide, rect.y(), wide, rect.height())
    draw_parts(painter, end, item.because, role="small")
    left = rect.x() + side + LEAD_GAP - 2
    place = QRect(left, rect.y(), end.x() - left - EDGE, rect.height())
    draw_parts(
        painter, place, [Part(item.name, weight=SEMI if item.tone else REGULAR)], role="body"
    )


def _paint_lead(painter: QPainter, rect: QRect, lead: "Lead", *, on_tint: bool) -> None:
    """Draw what stands at the left edge, flush right."""
    if lead.icon:
        side = theme.px(DISC)
        place = QRectF(rect.right() - side, rect.center().y() - side / 2 + 1, side, side)
        draw_disc(painter, place, lead.icon, tone=lead.tone, on_tint=on_tint)
        return
    role, tone = ("h2", lead.tone) if lead.large else ("body", "text")
    above, below = theme.metrics(role, BOLD), theme.metrics("small")
    high = above.height() + (below.height() if lead.beneath else 0)
    top = rect.y() + (rect.height() - high) // 2
    first = Part(lead.text, tone, BOLD, figures=True)
    second = Part(lead.beneath, lead.tone if lead.large else "muted", figures=True)
    for part, as_role, line in ((first, role, above), (second, "small", below)):
        wide = parts_width([part], as_role)
        words = QRect(rect.right() - wide, top, wide + 1, line.height())
        draw_parts(painter, words, [part], role=as_role)
        top += line.height()


def _paint_words(painter: QPainter, rect: QRect, item: "RowItem", *, on_tint: bool) -> None:
    """Draw name, chips and reason in the room there is."""
    title, small = theme.metrics("body", SEMI), theme.metrics("small")
    high = max(title.height(), theme.px(20))
    top = rect.y() + (rect.height() - high - (small.height() if item.because else 0)) // 2
    name = [Part(item.name, weight=SEMI)]
    if item.what:
        name.append(Part(f"  {item.what}"))
    room = max(rect.width() - chips_width(item.chips) - 9, rect.width() // 2)
    place = QRect(rect.x(), top, room if item.chips else rect.width(), high)
    end = draw_parts(painter, place, name, role="body")
    tall = theme.px(20)
    chips = QRectF(end + 9, top + (high - tall) / 2, rect.right() - end - 9, tall)
    draw_chips(painter, chips, item.chips, on_tint=on_tint)
    beneath = QRect(rect.x(), top + high, rect.width(), small.height())
    draw_parts(painter, beneath, item.because, role="small")
