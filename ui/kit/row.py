# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One row of things to do: lead, name, chips, reason, answers.

What is told first never gives way: the reason is elided before the name, and the answers go
beneath the words before either has no room.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ui import icons, theme
from ui.kit.buttons import Button, button
from ui.kit.chip import ChipText, chips_width, draw_chips
from ui.kit.labels import Part, draw_disc, draw_parts, parts_width
from ui.kit.segment import Segment
from ui.theme import BOLD, REGULAR, SEMI

LEAD, LEAD_GAP, EDGE, DISC, HIGH = 48, 12, 8, 30, 46
LEAST_WORDS = 250
"""Room the words need beside the answers; with less, the answers go beneath."""
SLIM_HIGH, SLIM_ICON = 27, 17
"""A row of one line, and its icon."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands at the left edge: an icon on a disc, a clock time, or a number of days."""

    icon: str = ""
    tone: str = "neutral"
    text: str = ""
    beneath: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """One answer to a row, and the letter that gives it."""

    code: str
    text: str
    key: str = ""
    icon: str = ""
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class RowItem:
    """One thing to do.

    Attributes:
        key: tells rows apart; given back with every answer.
        lead: what stands at the left edge.
        name: who, as "SURNAME, Forename".
        what: plain words after the name.
        chips: states, the ones that warn of danger first.
        because: the reason, with only the reason itself in a darker weight.
        answers: buttons at the right.
        act: the one filled button instead of answers.
        tone: tint of the whole row ("bad", "warn"), for what comes first; "" for none.
        slim: one line, with what else is `because` at its right end.
    """

    key: str
    lead: Lead
    name: str
    what: str = ""
    chips: tuple[ChipText, ...] = ()
    because: tuple[Part, ...] = ()
    answers: tuple[RowAnswer, ...] = ()
    act: RowAnswer | None = None
    tone: str = ""
    slim: bool = False

    def spoken(self) -> str:
        """Return the row as one sentence for screen readers."""
        lead = " ".join(filter(None, (self.lead.text, self.lead.beneath)))
        states = ", ".join(chip.text for chip in self.chips)
        because = "".join(part.text for part in self.because)
        said = (self.name, self.what, states, lead, because)
        return ". ".join(one.rstrip(". ") for one in said if one) + "."


class Row(QWidget):
    """A row on a page.

    Signals:
        answered: code of the answer given.
        opened: Enter, or a double click.
        entered: the keyboard is on this row now.
    """

    answered = Signal(str)
    opened = Signal()
    entered = Signal()

    def __init__(self, item: RowItem) -> None:
        super().__init__()
        self._item = item
        self._answers: Segment | None = None
        self._act: Button | None = None
        self._extra: QWidget | None = None
        self._reachable = True
        self._side_size: QSize | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # drawn again as the pointer comes and goes
        self.set_item(item)
        theme.look().changed.connect(self._again)

    def item(self) -> RowItem:
        """Return what it shows."""
        return self._item

    def set_item(self, item: RowItem) -> None:
        """Show something else at the same place."""
        had_focus = holds_focus(self)
        self._item = item
        if had_focus:  # first: the page would scroll to whatever is next when what has it goes
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        before = (self._answers, self._act)
        for old in before:
            _put_away(old)
        self._answers = self._act = None
        if item.answers:
            choices = [(answer.code, answer.text) for answer in item.answers]
            self._answers = Segment(choices, item.name, small=True, acts=True)
            self._answers.setParent(self)
            self._answers.chosen.connect(self.answered.emit)
            self._answers.show()
        if item.act is not None:
            self._act = _button(item.act, item.name)
            self._act.setParent(self)
            code = item.act.code
            self._act.clicked.connect(lambda: self.answered.emit(code))
            self._act.show()
        self.setAccessibleName(item.spoken())
        self.setToolTip("".join(part.text for part in item.because))
        self._reach()
        if any((*before, self._answers, self._act)):
            self._again()
        self.update()  # words alone take the room they took before

    def set_extra(self, extra: QWidget) -> None:
        """Put something beneath the words, in the place of what stood there."""
        _put_away(self._extra)
        self._extra = extra
        extra.setParent(self)
        extra.show()
        self._again()

    def set_reachable(self, *, reachable: bool) -> None:
        """Let Tab reach the row and its answers, or only arrows and mouse."""
        if reachable != self._reachable:
            self._reachable = reachable
            self._reach()

    def _reach(self) -> None:
        reachable = self._reachable
        tab = Qt.FocusPolicy.StrongFocus if reachable else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(tab)
        if self._answers is not None:
            self._answers.set_reachable(reachable=reachable)
        if self._act is not None:
            self._act.setFocusPolicy(tab)

    def _again(self) -> None:
        self._side_size = None
        self.updateGeometry()
        self._arrange()
        self.update()

    # Room: words at the left, answers at the right or, where that is too narrow, beneath.

    def _side(self) -> list[QWidget]:
        return [widget for widget in (self._act, self._answers) if widget is not None]

    def _side_room(self) -> QSize:
        """Return the room of what stands at the right; a layout asks many times over."""
        if self._side_size is not None:
            return self._side_size
        sizes = [widget.sizeHint() for widget in self._side()]
        wide = sum(one.width() + 8 for one in sizes)
        room = QSize(wide, max((one.height() for one in sizes), default=0))
        if self._act is None:  # a button says another size once it is polished
            self._side_size = room
        return room

    def _side_width(self) -> int:
        return self._side_room().width()

    def _beneath(self, width: int) -> bool:
        if self._answers is None and self._act is None:
            return False
        words = width - theme.px(LEAD) - LEAD_GAP - 2 * EDGE - self._side_width()
        return words < theme.px(LEAST_WORDS)

    def hasHeightForWidth(self) -> bool:
        """Say that its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is when it is this wide."""
        high = _words_high(self._item)
        if self._beneath(width):
            high += self._side_room().height() + 6
        if self._extra is not None:
            high += self._extra.sizeHint().height() + 6
        return high

    def sizeHint(self) -> QSize:
        """Return room for all of it side by side."""
        words = theme.px(LEAD) + LEAD_GAP + 2 * EDGE + theme.px(LEAST_WORDS)
        return QSize(words + self._side_width(), self.heightForWidth(words + self._side_width()))

    def minimumSizeHint(self) -> QSize:
        """Return room with the answers beneath."""
        lead = theme.px(LEAD) + LEAD_GAP + 2 * EDGE
        return QSize(lead + max(self._side_width(), theme.px(160)), _words_high(self._item))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out now that the size of a button is known."""
        super().showEvent(event)
        if self._act is not None or self._extra is not None:
            self._again()

    def _arrange(self) -> None:
        right, beneath = self.width() - EDGE - 2, self._beneath(self.width())
        words = _words_high(self._item)
        for widget in reversed(self._side()):
            size = widget.sizeHint()
            top = words if beneath else (words - size.height()) // 2
            widget.setGeometry(QRect(right - size.width(), top, size.width(), size.height()))
            right -= size.width() + 8
        if self._extra is not None:
            left = EDGE + theme.px(LEAD) + LEAD_GAP
            high = self._extra.sizeHint().height()
            top = self.heightForWidth(self.width()) - high - 6
            self._extra.setGeometry(QRect(left, top, self.width() - left - EDGE, high))

    # Keys and mouse.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a letter, open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
            return
        letter = event.text().casefold()
        for answer in (*self._item.answers, self._item.act):
            if letter and answer is not None and answer.key.casefold() == letter:
                self.answered.emit(answer.code)
                return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open."""
        self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is here."""
        super().focusInEvent(event)
        self.entered.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            focus, item = self.hasFocus(), self._item
            _paint_ground(painter, self.rect(), item.tone, focus=focus, lit=self.underMouse())
            side = 0 if self._beneath(self.width()) else self._side_width()
            paint = _paint_slim if item.slim else _paint_whole
            paint(
                painter,
                QRect(EDGE, 0, self.width() - 2 * EDGE - side, _words_high(item)),
                item,
                on_tint=bool(item.tone) or focus,
            )


def holds_focus(widget: QWidget) -> bool:
    """Say whether the keyboard is in a widget, or in anything it holds."""
    focus: QWidget | None = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


def _put_away(old: QWidget | None) -> None:
    if old is not None:
        old.hide()
        old.deleteLater()


def _button(act: RowAnswer, name: str) -> Button:
    made = button(act.text, "primary", icon=act.icon, shortcut=act.shortcut)
    made.setAccessibleDescription(name)
    return made


def _words_high(item: RowItem) -> int:
    title = max(theme.metrics("body", SEMI).height(), theme.px(20))
    if item.slim:
        return max(theme.px(SLIM_HIGH), title + 7)
    return max(theme.px(HIGH), title + theme.metrics("small").height() + 8)


def _paint_ground(painter: QPainter, rect: QRect, tone: str, *, focus: bool, lit: bool) -> None:
    ground = "select" if focus else f"{tone}_soft" if tone else "window" if lit else ""
    edge = "focus" if focus else tone if tone and theme.current().outlined else ""
    painter.setPen(QPen(theme.color(edge), 2) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
    inset = 1 if edge else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), 8, 8)


def _paint_whole(painter: QPainter, rect: QRect, item: RowItem, *, on_tint: bool) -> None:
    """Draw what stands at the left edge, and the words."""
    lead = QRect(rect.x(), 0, theme.px(LEAD), rect.height())
    paint_lead(painter, lead, item.lead, on_tint=on_tint)
    words = rect.adjusted(theme.px(LEAD) + LEAD_GAP, 0, 0, 0)
    paint_words(painter, words, item, on_tint=on_tint)


def _paint_slim(painter: QPainter, rect: QRect, item: RowItem, *, on_tint: bool) -> None:
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


def paint_lead(painter: QPainter, rect: QRect, lead: Lead, *, on_tint: bool) -> None:
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


def paint_words(painter: QPainter, rect: QRect, item: RowItem, *, on_tint: bool) -> None:
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
