# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The cards at the side of the client page: what comes next, how to reach them, needs, gaps.

The safe-contact rules stand before the address and the phone, because that is the order in which
somebody's safety needs them read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from desktop_app.casework.words import _, ngettext
from ui import theme
from ui.kit.buttons import Button, button
from ui.kit.card import Card, across, down
from ui.kit.labels import IconMark, Part, Passage, Words, label
from ui.kit.notice import Notice
from ui.pages.side_line import SideItem, SideLine

LABEL = 84


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody.

    Attributes:
        safe: the safe-contact rules: "do", "dont" or "say", and words.
        asked: whether anybody ever asked about safe contact.
        facts: labels and values, in order.
    """

    safe: tuple[tuple[str, str], ...] = ()
    asked: bool = False
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps:
    """How complete the file is.

    Attributes:
        answered: how many of the demanded answers there are.
        asked: how many are demanded.
        missing: what is missing, each with the place to give it: form, record and field.
    """

    answered: int = 0
    asked: int = 0
    missing: tuple[tuple[str, tuple[str, bytes, str]], ...] = ()


class LinesCard(Card):
    """A card of lines.

    Signals:
        opened: the record of the line a person pressed.
    """

    opened = Signal(bytes)

    def __init__(self, title: str, none: str, *, corner: Button | None = None) -> None:
        super().__init__(title, corner=corner, gap=2)
        self.lines: list[SideLine] = []
        self._none = label(none, "small", tone="muted", wrap=True)
        self._held = down(self._none, gap=2)
        self.add(self._held)

    def set_items(self, items: Sequence[SideItem]) -> None:
        """Show other lines."""
        if list(items) == [line.item for line in self.lines]:
            return
        _drop(*self.lines)
        self.lines = [SideLine(item) for item in items]
        for line in self.lines:
            line.clicked.connect(lambda _on=False, item=line.item: self.opened.emit(item.record))
            self._held.addWidget(line)
        self._none.setVisible(not items)


class ContactCard(Card):
    """How to reach them, safely.

    Signals:
        edited: a person wants to change it.
    """

    edited = Signal()

    def __init__(self, *, may_edit: bool) -> None:
        corner = None
        if may_edit:
            corner = button(_("Edit"), "quiet", small=True, name=_("Edit people and contact"))
        super().__init__(_("People and contact"), corner=corner, gap=6)
        if corner is not None:
            corner.clicked.connect(self.edited.emit)
        words = _("Safe contact was not asked. Ask before you ring, text or write.")
        self._unasked = Notice(words, "warn")
        self._rules = _Rules()
        self._facts: list[tuple[Words, Passage]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        for piece in (self._unasked, self._rules, self._grid):
            self.add(piece)

    def set_contact(self, contact: Contact) -> None:
        """Show the rules, then the facts."""
        self._unasked.setVisible(not contact.asked)
        self._rules.set_rules(contact.safe)
        for gone in self._facts[len(contact.facts) :]:
            _drop(*gone)
        del self._facts[len(contact.facts) :]
        for row, (name, value) in enumerate(contact.facts):
            if row == len(self._facts):
                self._facts.append(self._made(row))
            words = value or _("Not known")
            head, shown = self._facts[row]
            head.setText(name)
            shown.set_parts([Part(words, "text" if value else "muted")])
            shown.setAccessibleName(f"{name} {words}")

    def _made(self, row: int) -> tuple[Words, Passage]:
        head, shown = label("", "small", tone="muted"), Passage([])
        head.setMinimumWidth(theme.px(LABEL))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, row, 1)
        return head, shown


class _Rules(QFrame):
    """The rules on a ground of their own, what is forbidden in red."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "quote")
        self.setAccessibleName(_("Safe contact"))
        self._column = down(margins=(10, 8, 10, 8))
        self.setLayout(self._column)
        self._lines: list[tuple[IconMark, Passage]] = []

    def set_rules(self, rules: Sequence[tuple[str, str]]) -> None:
        """Show other rules; where there are none, nothing."""
        self.setVisible(bool(rules))
        for gone in self._lines[len(rules) :]:
            _drop(*gone)
        del self._lines[len(rules) :]
        for number, (kind, words) in enumerate(rules):
            if number == len(self._lines):
                self._lines.append(self._made())
            mark, shown = self._lines[number]
            mark.set_icon(*_MARKS.get(kind, ("info", "muted")))
            shown.set_parts([Part(words)])

    def _made(self) -> tuple[IconMark, Passage]:
        mark, words = IconMark("info", size=14), Passage([], "small")
        line = across(gap=8)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        self._column.addLayout(line)
        return mark, words


_MARKS = {
    "do": ("circle-check", "ok"),
    "dont": ("circle-x", "bad"),
    "say": ("message-square-quote", "info"),
}


class GapsCard(Card):
    """How complete the file is, and where to fill it.

    Signals:
        wanted: (form, record, field) of what a person wants to answer.
    """

    wanted = Signal(object)
    MOST = 3

    def __init__(self) -> None:
        super().__init__(_("What the file does not know yet"), gap=4)
        self._meter = Meter()
        self._more = label("", "small", tone="muted")
        self._held = down(self._more, gap=0)
        self.add(self._meter)
        self.add(self._held)
        self._links: list[Button] = []
        self._missing: tuple[tuple[str, tuple[str, bytes, str]], ...] = ()

    def set_gaps(self, gaps: Gaps) -> None:
        """Show another file's gaps; a whole file has no card."""
        self.setVisible(bool(gaps.missing))
        self._meter.set_count(gaps.answered, gaps.asked)
        self._missing = gaps.missing[: self.MOST]
        for gone in self._links[len(self._missing) :]:
            _drop(gone)
        del self._links[len(self._missing) :]
        for number, (words, _place) in enumerate(self._missing):
            if number == len(self._links):
                self._links.append(self._made(number))
            name = _("Answer: %(what)s") % {"what": words}
            self._links[number].set_words(words)
            self._links[number].setAccessibleName(name)
            self._links[number].setToolTip(name)
        more = len(gaps.missing) - self.MOST
        self._more.setText(ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more})
        self._more.setVisible(more > 0)

    def _made(self, number: int) -> Button:
        link = button("", "link", small=True)
        link.clicked.connect(lambda: self.wanted.emit(self._missing[number][1]))
        self._held.insertWidget(number, link, 0, Qt.AlignmentFlag.AlignLeft)
        return link


class Meter(QWidget):
    """A thin bar with its count in words: "14 of 17 answered"."""

    def __init__(self) -> None:
        super().__init__()
        self._answered, self._asked = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self.updateGeometry)

    def set_count(self, answered: int, asked: int) -> None:
        """Show another count."""
        self._answered, self._asked = answered, asked
        self.setAccessibleName(self._words())
        self.update()

    def _words(self) -> str:
        count = {"answered": self._answered, "asked": self._asked}
        return _("%(answered)d of %(asked)d answered") % count

    def sizeHint(self) -> QSize:
        """Return room for the words and the bar."""
        return QSize(120, theme.metrics("small").height() + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop, self._words())
            bar = QRectF(0, self.height() - 6, self.width(), 6)
            painter.setPen(theme.color("control"))
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            share = self._answered / self._asked if self._asked else 0.0
            if share:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent"))
                painter.drawRoundedRect(QRectF(0, bar.y(), bar.width() * share, 6), 3, 3)


def _drop(*widgets: QWidget) -> None:
    """Let go of widgets; their layouts forget them."""
    for each in widgets:
        each.hide()
        each.deleteLater()
