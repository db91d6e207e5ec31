# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A row to answer: who, what, because of what, and the answers that need no opening.

One grammar for every row: a lead of 48 pixels (a disc, a clock time, or days left), the name with
one or two chips, then "because ..." with only the reason in darker words, answers flush right.
While the row has the focus its letters work: S seen, N not seen, R rebook; Enter opens.
"""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import button
from ui.kit.card import across, down, holding
from ui.kit.chip import ChipText, chips
from ui.kit.labels import Disc, Line, Part, label
from ui.kit.overflow import ChipRow
from ui.kit.segment import Segment
from ui.pages.today_chain import ChainStrip, Link
from ui.theme import BOLD, SEMI
from ui.tokens import RADIUS_TINT

LEAD, HEIGHT = 48, 46
OPEN = "open"
"""The act of Enter, a double click or the name itself."""


@dataclass(frozen=True, slots=True)
class Act:
    """One answer a row offers.

    Attributes:
        code: what is done.
        text: its words.
        key: the letter that does it while the row has the focus.
    """

    code: str
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before the name: an icon on its disc, or a time or number over a word."""

    icon: str = ""
    tone: str = "info"
    big: str = ""
    beneath: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says.

    Attributes:
        key: which row it is, from one look to the next.
        name: "SURNAME, Forename", or what it is when it is about nobody.
        what: plain words after the name.
        chips: states.
        because: the line beneath.
        acts: answers, flush right.
        primary: the one filled button of the page, such as "Start visit".
        tone: "bad" or "warn" for the rows that come first; else empty.
        chain: links of a missed appointment.
    """

    key: str
    lead: Lead
    name: str
    because: tuple[Part, ...] = ()
    what: str = ""
    chips: tuple[ChipText, ...] = ()
    acts: tuple[Act, ...] = ()
    primary: Act | None = None
    tone: str = ""
    chain: tuple[Link, ...] = ()


class Acted(NamedTuple):
    """A person answered a row."""

    row: str
    act: str


class NameLine(Line):
    """The name, never cut, and what it is about, which may be."""

    def __init__(self, name: str, what: str) -> None:
        self._name = name
        super().__init__([Part(name, weight=SEMI), Part(f"   {what}" if what else "")])
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return room for the name."""
        wide = theme.metrics("body", SEMI).horizontalAdvance(self._name) + 2
        return QSize(wide, self.sizeHint().height())


class AnswerRow(QFrame):
    """Draws one row.

    Signals:
        acted: an `Acted`.
        current: the focus has come to this row.
    """

    acted = Signal(object)
    current = Signal()

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = row
        self._ringed = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said(row))
        self.setAccessibleDescription(self._keys_in_words())
        self.segment: Segment | None = None
        self.primary: QAbstractButton | None = None
        self._split = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._split.setSpacing(12)
        self._split.addLayout(self._words(), 1)
        acts = self._acts()
        if acts is not None:
            self._split.addWidget(acts, 0, Qt.AlignmentFlag.AlignVCenter)
        self._acts_widget = acts
        whole = QVBoxLayout(self)
        whole.setContentsMargins(6, 3, 8, 3)
        whole.setSpacing(4)
        whole.addLayout(across(_lead(row), 0, gap=12))
        whole.itemAt(0).layout().addLayout(self._split, 1)  # type: ignore[union-attr]
        if row.chain:
            whole.addLayout(across(ChainStrip(row.chain), margins=(LEAD + 12, 0, 4, 2)))

    def _words(self) -> QVBoxLayout:
        row = self.row
        first = across(NameLine(row.name, row.what), gap=8)
        shown = chips(list(row.chips), on_tint=bool(row.tone))
        if len(shown) > 1:
            first.addWidget(ChipRow(shown), 1)
        else:
            for chip in shown:
                first.addWidget(chip)
            first.addStretch(1)
        return down(None, first, Line(row.because, "small"), None, gap=1)

    def _acts(self) -> QWidget | None:
        row = self.row
        if row.primary is not None:
            code = row.primary.code
            made = button(row.primary.text, "primary", icon="footprints")
            made.clicked.connect(lambda: self.acted.emit(Acted(row.key, code)))
            made.setAccessibleDescription(row.name)
            self.primary = made
        if row.acts:
            self.segment = Segment(
                [(act.code, act.text) for act in row.acts], row.name, small=True, acts=True
            )
            self.segment.chosen.connect(lambda act: self.acted.emit(Acted(row.key, act)))
        both = [one for one in (self.segment, self.primary) if one is not None]
        if len(both) == 2:
            return holding(across(*both))
        return both[0] if both else None

    def _keys_in_words(self) -> str:
        said_keys = [f"{act.key} {act.text}" for act in self._keyed() if act.key]
        return ", ".join([*said_keys, _("Enter opens")])

    def _keyed(self) -> tuple[Act, ...]:
        return (*self.row.acts, *((self.row.primary,) if self.row.primary else ()))

    def stops(self) -> list[QWidget]:
        """Return what can take the focus within the row, in order."""
        parts: list[QWidget] = [*self.segment.parts.values()] if self.segment else []
        return [*parts, *([self.primary] if self.primary else [])]

    def set_current(self, *, current: bool) -> None:
        """Be the row that Tab comes to, or not."""
        strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(strong if current else click)
        for stop in self.stops():
            stop.setFocusPolicy(click)
        if current:
            if self.segment is not None:
                self.segment.set_value("")
            if self.primary is not None:
                self.primary.setFocusPolicy(strong)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by letter, open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.acted.emit(Acted(self.row.key, OPEN))
            return
        typed = event.text().upper()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _SHIFT)
        for act in self._keyed():
            if plain and typed and act.key == typed:
                self.acted.emit(Acted(self.row.key, act.code))
                return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open."""
        self.acted.emit(Acted(self.row.key, OPEN))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that this is the row one is at."""
        super().focusInEvent(event)
        self.current.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Drop the ring."""
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the answers beneath the words where there is no room beside them."""
        super().resizeEvent(event)
        if self._acts_widget is None:
            return
        beneath = self._acts_widget.sizeHint().width() > 0.55 * self.width()
        ways = QBoxLayout.Direction
        wanted = ways.TopToBottom if beneath else ways.LeftToRight
        if self._split.direction() != wanted:
            self._split.setDirection(wanted)
            side = Qt.AlignmentFlag.AlignLeft if beneath else Qt.AlignmentFlag.AlignVCenter
            self._split.setAlignment(self._acts_widget, side)

    def sizeHint(self) -> QSize:
        """Return room for the words; every row is as high as its answers."""
        return super().sizeHint().expandedTo(QSize(0, theme.px(HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """Return the least room, of the same height."""
        return super().minimumSizeHint().expandedTo(QSize(0, theme.px(HEIGHT)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground: a tint for what comes first, a ring for where the focus is."""
        focus = self.hasFocus()
        ground = "select" if focus else f"{self.row.tone}_soft" if self.row.tone else ""
        if not ground and self.underMouse():
            ground = "window"
        with QPainter(self) as painter:
            theme.smooth(painter)
            outlined = self.row.tone and theme.current().outlined
            edge = "focus" if focus else self.row.tone if outlined else ""
            painter.setPen(QPen(theme.color(edge), 2) if edge else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
            rect = QRectF(self.rect())
            inset = 1.0 if edge else 0.0
            shape = rect.adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(shape, RADIUS_TINT, RADIUS_TINT)


_SHIFT = Qt.KeyboardModifier.ShiftModifier


def said(row: Row) -> str:
    """Return what a screen reader says of a row."""
    lead = " ".join(one for one in (row.lead.big, row.lead.beneath) if one)
    states = ", ".join(one.text for one in row.chips)
    reason = "".join(part.text for part in row.because).strip()
    links = "; ".join(f"{one.what} {one.beneath}".strip() for one in row.chain)
    said_parts = (lead, row.name, row.what, states, reason, links)
    return ". ".join(part.rstrip(".") for part in said_parts if part)


def _lead(row: Row) -> QWidget:
    lead = row.lead
    right = Qt.AlignmentFlag.AlignRight
    if lead.icon:
        disc = Disc(lead.icon, lead.tone, on_tint=bool(row.tone))
        column = down(None, disc, None)
        column.setAlignment(disc, right)
    else:
        big = label(
            lead.big, "h2" if lead.tone == "custody" else "body", tone=lead.tone, weight=BOLD
        )
        big.setAlignment(right)
        if lead.tone == "custody":
            big.setContentsMargins(0, -3, 0, -3)
        column = down(None, big, gap=1)
        if lead.beneath:
            beneath = label(
                lead.beneath, "small", tone="muted" if lead.tone == "text" else lead.tone
            )
            beneath.setAlignment(right)
            column.addWidget(beneath)
        column.addStretch(1)
    held = holding(column)
    held.setMinimumWidth(theme.px(LEAD))
    held.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    held.setMaximumWidth(theme.px(LEAD) + 24)
    return held
