# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One row of things to do: lead, name, chips, reason, answers.

What is told first never gives way: the reason is elided before the name, and the answers go
beneath the words before either has no room. The buttons of the answers take longer to make than
the rest of a row: a list has them drawn at first, and made once the row was seen (`finish`).
"""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from ui import theme
from ui.kit.buttons import Button, button
from ui.kit.chip import ChipText
from ui.kit.labels import Part
from ui.kit.row_drawing import EDGE, LEAD, LEAD_GAP, paint_ground, paint_row, told_first, words_high
from ui.kit.segment import Segment, draw_segment, segment_size

LEAST_WORDS, ALWAYS_ROOM = 250, 640
"""Room the words need beside the answers, and room that is always enough; with less, the answers go
beneath where name and chips would be cut."""


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


@dataclass(slots=True)
class _Measured:
    """What was measured of a row in one theme: a layout asks many times over."""

    worn: theme.Theme
    side: QSize | None = None
    answers: QSize | None = None
    words: int | None = None
    told: int | None = None


class _Stop(QWidget):
    """Where the keyboard stops: a letter answers, Enter opens.

    Signals:
        answered: code of the answer given.
        opened: Enter, or a double click.
        entered: the keyboard is on this row now.
    """

    answered = Signal(str)
    opened = Signal()
    entered = Signal()

    def __init__(self, item: RowItem, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._item, self._kept = item, _Measured(theme.current())

    def item(self) -> RowItem:
        """Return what it shows."""
        return self._item

    def _measured(self) -> _Measured:
        """Return what was measured in the theme that is worn."""
        if self._kept.worn is not theme.current():  # a layout may ask before the row was told
            self._kept = _Measured(theme.current())
        return self._kept

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


class Row(_Stop):
    """A row on a page."""

    def __init__(self, item: RowItem, parent: QWidget | None = None) -> None:
        super().__init__(item, parent)
        self._finished = False
        self._answers: Segment | None = None
        self._act: Button | None = None
        self._extra: QWidget | None = None
        self._reachable = True
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # drawn again as the pointer comes and goes
        self.set_item(item)
        theme.look().changed.connect(self._again)

    def set_item(self, item: RowItem) -> None:
        """Show something else at the same place."""
        had_focus, answered = holds_focus(self), self._item.answers
        self._item, self._kept = item, _Measured(theme.current())
        if had_focus:  # first: the page would scroll to whatever is next when what has it goes
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        before = (self._answers, self._act)
        for old in before:
            _put_away(old)
        self._answers = self._act = None
        if self._finished:
            self._make_answers()
        if item.act is not None:
            self._act = _button(item.act, item.name)
            self._act.setParent(self)
            code = item.act.code
            self._act.clicked.connect(lambda: self.answered.emit(code))
            self._act.show()
        self.setAccessibleName(item.spoken())
        self.setToolTip("".join(part.text for part in item.because))
        self._reach()
        if any((*before, answered, item.answers, self._act)):
            self._again()
        self.update()  # words alone take the room they took before

    def finish(self) -> None:
        """Make the buttons of its answers, where they are drawn."""
        if not self._finished:
            self._finished = True
            self._make_answers()
            self._reach()
            self._arrange()

    def _make_answers(self) -> None:
        if self._item.answers:
            choices = [(answer.code, answer.text) for answer in self._item.answers]
            self._answers = Segment(choices, self._item.name, small=True, acts=True, parent=self)
            self._answers.chosen.connect(self.answered)
            stops = [self, *self._answers.parts.values()]
            for one, following in pairwise(stops):  # or Tab would come to them last on the page
                self.setTabOrder(one, following)
            self._answers.show()

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

    @Slot()
    def _again(self) -> None:
        self._kept = _Measured(theme.current())
        self.updateGeometry()
        self._arrange()
        self.update()

    # Room: words at the left, answers at the right or, where that is too narrow, beneath.

    def _side_room(self) -> QSize:
        """Return the room of what stands at the right; a layout asks many times over."""
        kept = self._measured()
        if kept.side is not None:
            return kept.side
        sizes = [self._answers_size()] if self._item.answers else []
        sizes += [self._act.sizeHint()] if self._act is not None else []
        wide = sum(one.width() + 8 for one in sizes)
        room = QSize(wide, max((one.height() for one in sizes), default=0))
        if self._act is None:  # a button says another size once it is polished
            kept.side = room
        return room

    def _answers_size(self) -> QSize:
        kept = self._measured()
        if kept.answers is None:
            kept.answers = segment_size([one.text for one in self._item.answers], "small")
        return kept.answers

    def _words_high(self) -> int:
        kept = self._measured()
        if kept.words is None:
            kept.words = words_high(self._item)
        return kept.words

    def _side_width(self) -> int:
        return self._side_room().width()

    def _beneath(self, width: int) -> bool:
        if not self._item.answers and self._act is None:
            return False
        words = width - theme.px(LEAD) - LEAD_GAP - 2 * EDGE - self._side_width()
        if words >= theme.px(ALWAYS_ROOM):
            return False
        kept = self._measured()
        if kept.told is None:  # kept by the row alone: a name must not outlive its page
            kept.told = told_first(self._item)
        return words < max(theme.px(LEAST_WORDS), kept.told)

    def hasHeightForWidth(self) -> bool:
        """Say that its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is when it is this wide."""
        return self._high() + (self._side_room().height() + 6 if self._beneath(width) else 0)

    def _high(self) -> int:
        extra = self._extra.sizeHint().height() + 6 if self._extra is not None else 0
        return self._words_high() + extra

    def sizeHint(self) -> QSize:
        """Return room for all of it side by side."""
        words = theme.px(LEAD) + LEAD_GAP + 2 * EDGE + theme.px(LEAST_WORDS)
        return QSize(words + self._side_width(), self._high())

    def minimumSizeHint(self) -> QSize:
        """Return room with the answers beneath."""
        lead, side = theme.px(LEAD) + LEAD_GAP + 2 * EDGE, self._side_width()
        least = max(side, theme.px(160)) if side else theme.px(90)
        return QSize(lead + least, self._words_high())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out now that the size of a button is known."""
        super().showEvent(event)
        if self._act is not None or self._extra is not None:
            self._again()

    def _answers_place(self) -> QRect:
        size = self._answers_size()
        return QRect(QPoint(self.width() - EDGE - 2 - size.width(), self._side_top(size)), size)

    def _side_top(self, size: QSize) -> int:
        words = self._words_high()
        return words if self._beneath(self.width()) else (words - size.height()) // 2

    def _arrange(self) -> None:
        right = self.width() - EDGE - 2
        if self._item.answers:
            right -= self._answers_size().width() + 8
        if self._answers is not None:
            self._answers.setGeometry(self._answers_place())
        if self._act is not None:
            size = self._act.sizeHint()
            self._act.setGeometry(QRect(QPoint(right - size.width(), self._side_top(size)), size))
        if self._extra is not None:
            left = EDGE + theme.px(LEAD) + LEAD_GAP
            high = self._extra.sizeHint().height()
            top = self.heightForWidth(self.width()) - high - 6
            self._extra.setGeometry(QRect(left, top, self.width() - left - EDGE, high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            focus, item = self.hasFocus(), self._item
            paint_ground(painter, self.rect(), item.tone, focus=focus, lit=self.underMouse())
            side = 0 if self._beneath(self.width()) else self._side_width()
            words = QRect(EDGE, 0, self.width() - 2 * EDGE - side, self._words_high())
            paint_row(painter, words, item, on_tint=bool(item.tone) or focus)
            if item.answers and self._answers is None:
                texts = [one.text for one in item.answers]
                draw_segment(painter, self._answers_place(), texts, "small")


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
