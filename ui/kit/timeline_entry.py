# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An entry of a timeline: what it says, how it lies at a width, how it is drawn.

Its disc hangs on a line that joins it with its neighbours of the same month.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop_app.casework.words import _
from ui import theme
from ui.kit.chip import ChipText, chips_width, draw_chips
from ui.kit.labels import Part, draw_disc, draw_part, draw_parts
from ui.kit.lines import Lines
from ui.theme import SEMI

DISC, LEFT, ABOVE, RIGHT = 28, 50, 8, 10


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened.

    Attributes:
        record: the record it shows; opened by Enter or a click.
        icon: Lucide name.
        tone: of its disc.
        title: what it was.
        chips: its states.
        when: in words, at the right.
        who: who and where, in one muted line; empty for none.
        body: what is said of it; two lines are shown.
        month: heading it stands under, such as "November 2026".
    """

    record: bytes
    icon: str
    tone: str
    title: str
    chips: tuple[ChipText, ...] = ()
    when: str = ""
    who: str = ""
    body: str = ""
    month: str = ""


def spoken(item: TimelineItem | str) -> str:
    """Return an entry or a heading as one sentence for screen readers."""
    if isinstance(item, str):
        return _("%(month)s, heading") % {"month": item}
    states = ", ".join(chip.text for chip in item.chips)
    said = [one.rstrip(".") for one in (item.title, states, item.when, item.who, item.body) if one]
    return ". ".join(said) + "."


@dataclass(frozen=True, slots=True)
class Laid:
    """How an entry lies at a width: worked out once, drawn and measured many times.

    Attributes:
        title: how wide it is when it is not cut.
        when: how wide it is.
        beneath: whether the chips need a line of their own: a title is not cut for them.
        body: its text.
        high: how high it is.
    """

    title: int
    when: int
    beneath: bool
    body: Lines
    high: int


def lay(item: TimelineItem, width: int) -> Laid:
    """Work out how an entry lies at a width of the list."""
    room = width - theme.px(LEFT) - RIGHT
    title = theme.metrics("body", SEMI).horizontalAdvance(item.title)
    when = _when(item).metrics("small").horizontalAdvance(item.when)
    needed = title + 10 + chips_width(item.chips) + 12 + when
    beneath = bool(item.chips) and needed > room
    body = Lines(Part(item.body), room, most=2)
    high = _title_high() * (2 if beneath else 1)
    high += theme.metrics("small").height() if item.who else 0
    high = max(high + body.high, theme.px(DISC)) + 2 * ABOVE
    return Laid(title, when, beneath, body, high)


def heading_high() -> int:
    """Return how high the heading of a month is."""
    return theme.metrics("small", SEMI).height() + 14


def draw_entry(
    painter: QPainter,
    option: QStyleOptionViewItem,
    item: TimelineItem,
    laid: Laid,
    *,
    above: bool,
    below: bool,
) -> None:
    """Draw an entry.

    Args:
        painter: draws it.
        option: where, and whether it is chosen.
        item: the entry.
        laid: how it lies at the width there is.
        above: whether the entry of the same month before it stands above it.
        below: whether one stands below it.
    """
    rect, state = option.rect, option.state
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    _draw_ground(painter, rect, state, chosen=chosen)
    _draw_spine(painter, rect, above=above, below=below)
    disc = QRectF(rect.x() + 8, rect.y() + ABOVE, theme.px(DISC), theme.px(DISC))
    draw_disc(painter, disc, item.icon, tone=item.tone, on_tint=chosen)
    _draw_words(painter, rect, item, laid, chosen=chosen)


def _title_high() -> int:
    return max(theme.metrics("body", SEMI).height(), theme.px(22))


def _when(item: TimelineItem) -> Part:
    return Part(item.when, "muted", figures=True)


def _draw_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, chosen: bool) -> None:
    focus = bool(state & QStyle.StateFlag.State_HasFocus)
    lit = bool(state & QStyle.StateFlag.State_MouseOver)
    if not (chosen or focus or lit):
        return
    # The ring is the keyboard's alone; where tints are not enough, an edge says what is chosen.
    edge = "focus" if focus else "control" if chosen and theme.current().outlined else ""
    painter.setPen(QPen(theme.color(edge), 2) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("select" if chosen else "window"))
    inset = 1 if edge else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), 8, 8)


def _draw_spine(painter: QPainter, rect: QRect, *, above: bool, below: bool) -> None:
    """Draw the line that joins this disc with its neighbours of the same month."""
    x = rect.x() + 8 + theme.px(DISC) / 2
    middle = rect.y() + ABOVE + theme.px(DISC) / 2
    top = rect.top() if above else middle
    bottom = rect.bottom() + 1 if below else middle
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line"))
    painter.drawRect(QRectF(x - 1, top, 2, bottom - top))


def _draw_words(
    painter: QPainter, rect: QRect, item: TimelineItem, laid: Laid, *, chosen: bool
) -> None:
    left, right = rect.x() + theme.px(LEFT), rect.right() + 1 - RIGHT
    room, high, top = right - left, _title_high(), rect.y() + ABOVE
    place = QRect(right - laid.when, top, laid.when + 1, high)
    draw_part(painter, place, _when(item), role="small", wide=laid.when)
    place = QRect(left, top, room - laid.when - 12, high)
    draw_part(painter, place, Part(item.title, weight=SEMI), role="body", wide=laid.title)
    if laid.beneath:
        top += high
        draw_chips(painter, QRectF(left, top, room, high), item.chips, on_tint=chosen)
    elif item.chips:
        end = left + laid.title + 10
        beside = QRectF(end, top, right - laid.when - 12 - end, high)
        draw_chips(painter, beside, item.chips, on_tint=chosen)
    top += high
    if item.who:
        small = theme.metrics("small").height()
        place = QRect(left, top, room, small)
        draw_parts(painter, place, [Part(item.who, "muted")], role="small")
        top += small
    laid.body.draw(painter, left, top)


def draw_heading(painter: QPainter, rect: QRect, text: str) -> None:
    """Draw the heading of a month."""
    words = theme.metrics("small", SEMI)
    place = rect.adjusted(8, 0, 0, 0)
    draw_parts(painter, place, [Part(text, "muted", SEMI)], role="small")
    left = place.left() + words.horizontalAdvance(text) + 10
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.drawLine(left, rect.center().y() + 1, rect.right() - RIGHT, rect.center().y() + 1)
