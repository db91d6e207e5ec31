# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Beside a record: who can read it, how complete it is, who wrote it, and how to take it back."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop_app.casework.forms import Form
from desktop_app.casework.people import Person, Team
from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import HANG, button
from ui.kit.card import across, ground
from ui.kit.labels import Rule, label
from ui.pages.doorstep_readers import Readers
from ui.pages.one_visit_offer import OneWith
from ui.theme import SEMI
from ui.tokens import M


class NeededMeter(QWidget):
    """How many of the questions the guide asks for are answered; it nags, and never stops."""

    def __init__(self) -> None:
        super().__init__()
        self._answered, self._asked = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self.updateGeometry)

    def set_count(self, answered: int, asked: int) -> None:
        """Show a count; hidden while the guide asks for nothing."""
        self._answered, self._asked = answered, asked
        self.setVisible(asked > 0)
        self.setAccessibleName(self.words())
        self.update()

    def words(self) -> str:
        """Return the count in words."""
        count = {"answered": self._answered, "asked": self._asked}
        return _("%(answered)d of %(asked)d that the guide asks for") % count

    def sizeHint(self) -> QSize:
        """Return room for the words and the bar."""
        return QSize(150, theme.metrics("small").height() + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and a bar as long as what is answered."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            whole = self._answered == self._asked
            painter.setFont(theme.font("small", SEMI))
            painter.setPen(theme.color("ok" if whole else "text"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop, self.words())
            bar = QRectF(0, self.height() - 6, self.width(), 5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(bar, 2.5, 2.5)
            bar.setWidth(bar.width() * self._answered / max(self._asked, 1))
            painter.setBrush(theme.color("ok" if whole else "accent"))
            painter.drawRoundedRect(bar, 2.5, 2.5)


class RecordSide(QWidget):
    """The side of a record.

    Signals:
        withdraw: the person wants to take the record out of the timeline, or back into it.
        settle: the person wants to look at what was answered twice.
        ask: the person wants to ask a colleague about it.
    """

    withdraw = Signal()
    settle = Signal()
    ask = Signal()

    def __init__(self, form: Form, team: Team, me: Person) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        inner = QVBoxLayout()
        inner.setContentsMargins(14, M, 14, M)
        inner.setSpacing(M)
        column.addWidget(ground("card", inner))
        column.addStretch(1)
        self.meter = NeededMeter()
        self.readers = Readers(form, team, me)
        self.written = label("", "small", tone="muted", wrap=True)
        self.when = button(_("When was it recorded?"), "quiet", icon="history", small=True)
        self.when.clicked.connect(self._tell_when)
        self.recorded = label("", "small", tone="muted", wrap=True)
        self.back = button("", "quiet", icon="archive", small=True)
        self.back.clicked.connect(self.withdraw)
        self.twice = button(_("Look at both answers"), icon="git-merge", small=True)
        self.twice.clicked.connect(self.settle)
        self.question = button(_("Ask a colleague"), "quiet", icon="send", small=True)
        self.question.clicked.connect(self.ask)
        self._rule = Rule()
        self.one_with = OneWith()
        for piece in (
            self.meter,
            self.twice,
            self.one_with,
            self.readers,
            self._rule,
            self.written,
            self.recorded,
        ):
            inner.addWidget(piece)
        for act in (self.when, self.back, self.question):  # two of them are wider than the side
            inner.addLayout(across(act, None, margins=(-HANG, 0, 0, 0)))
        for one in (self.when, self.recorded, self.twice, self.question, self.meter):
            one.hide()
        self.say_written("", may_withdraw=False, withdrawn=False)

    def offer_when(self, words: str) -> None:
        """Offer to say between which times the record was made, whatever a clock said."""
        self.recorded.setText(words)
        self.when.setVisible(bool(words))

    def _tell_when(self) -> None:
        self.recorded.setVisible(self.recorded.isHidden())

    def say_written(self, words: str, *, may_withdraw: bool, withdrawn: bool) -> None:
        """Say who wrote the record and when."""
        self.written.setText(words)
        self.written.setVisible(bool(words))
        self.back.setVisible(may_withdraw)
        self._rule.setVisible(bool(words) or may_withdraw)
        self.back.set_words(_("Bring it back") if withdrawn else _("Withdraw"))
