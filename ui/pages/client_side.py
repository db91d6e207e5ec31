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
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.casework.words import _, ngettext
from ui import theme
from ui.kit.buttons import Button, button
from ui.kit.card import Card, ground
from ui.kit.labels import IconMark, Part, Passage, label
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
        self._none = none
        self.lines: list[SideLine] = []
        self._held = QVBoxLayout()
        self._held.setSpacing(2)
        self.add(self._held)
        self._items: tuple[SideItem, ...] | None = None
        self.set_items(())

    def set_items(self, items: Sequence[SideItem]) -> None:
        """Show other lines."""
        if tuple(items) == self._items:
            return
        self._items = tuple(items)
        _clear(self._held)
        self.lines = [SideLine(item) for item in items]
        for line in self.lines:
            line.clicked.connect(lambda _on=False, item=line.item: self.opened.emit(item.record))
            self._held.addWidget(line)
        if not items:
            self._held.addWidget(label(self._none, "small", tone="muted", wrap=True))


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
        self._held = QVBoxLayout()
        self._held.setSpacing(6)
        self.add(self._held)

    def set_contact(self, contact: Contact) -> None:
        """Show the rules, then the facts."""
        _clear(self._held)
        if not contact.asked:
            words = _("Safe contact was not asked. Ask before you ring, text or write.")
            self._held.addWidget(Notice(words, "warn"))
        if contact.safe:
            self._held.addWidget(_rules(contact.safe))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(contact.facts):
            head_ = label(name, "small", tone="muted")
            head_.setMinimumWidth(theme.px(LABEL))
            shown = Passage([Part(value or _("Not known"), "text" if value else "muted")])
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{name} {value or _('Not known')}")
            grid.addWidget(head_, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1)
        self._held.addLayout(grid)


def _rules(rules: Sequence[tuple[str, str]]) -> QFrame:
    """Return the rules on a ground of their own, what is forbidden in red."""
    column = QVBoxLayout()
    column.setContentsMargins(10, 8, 10, 8)
    column.setSpacing(4)
    for kind, words in rules:
        icon, tone = _MARKS.get(kind, ("info", "muted"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconMark(icon, tone, size=14), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Passage([Part(words)], "small"), 1)
        column.addLayout(line)
    made = ground("quote", column)
    made.setAccessibleName(_("Safe contact"))
    return made


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
        self._held = QVBoxLayout()
        self._held.setSpacing(0)
        self.add(self._meter)
        self.add(self._held)

    def set_gaps(self, gaps: Gaps) -> None:
        """Show another file's gaps; a whole file has no card."""
        self.setVisible(bool(gaps.missing))
        self._meter.set_count(gaps.answered, gaps.asked)
        _clear(self._held)
        for words, place in gaps.missing[: self.MOST]:
            link = button(words, "link", small=True, name=_("Answer: %(what)s") % {"what": words})
            link.clicked.connect(lambda _on=False, place=place: self.wanted.emit(place))
            self._held.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        more = len(gaps.missing) - self.MOST
        if more > 0:
            words = ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
            self._held.addWidget(label(words, "small", tone="muted"))


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


def _clear(layout: QVBoxLayout | QGridLayout) -> None:
    """Take away everything a layout holds."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        if isinstance(inner, QVBoxLayout | QGridLayout):
            _clear(inner)
            inner.deleteLater()
