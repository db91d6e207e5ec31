# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two visits that may be one, offered where they stand; and, once they are one, the way back."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.one_visit import Pair, offer_words, recorder
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.words import _
from ui.kit.buttons import HANG, button
from ui.kit.card import across, clear, down
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.theme import SEMI

MOST = 2
"""Offers shown at once on a timeline; the others come once these are answered."""


class Offers(QWidget):
    """Stands above a timeline.

    Signals:
        answered: the `Pair`, and whether it is one visit.
    """

    answered = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.pairs: tuple[Pair, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 0, 4, 2)
        self._column.setSpacing(4)
        self.hide()

    def set_pairs(self, pairs: Sequence[Pair], team: Team, *, on: date) -> None:
        """Offer some pairs; with none it is gone."""
        shown = tuple(pairs[:MOST])
        if shown == self.pairs:
            return
        self.pairs = shown
        clear(self._column)
        for pair in shown:
            self._column.addWidget(self._notice(pair, team, on))
        self.setVisible(bool(shown))

    def _notice(self, pair: Pair, team: Team, on: date) -> Notice:
        one, two = button(_("One visit"), small=True), button(_("Two visits"), "quiet", small=True)
        words = offer_words(pair, team, on=on)
        for each in (one, two):
            each.setAccessibleDescription(words)
        one.clicked.connect(lambda: self.answered.emit(pair, True))  # noqa: FBT003  a signal's own
        two.clicked.connect(lambda: self.answered.emit(pair, False))  # noqa: FBT003  as above
        return Notice(words, "info", icon="handshake", buttons=(one, two))


class OneWith(QWidget):
    """On the sheet of a visit: which others it is one with.

    Signals:
        opened: a visit that is wanted.
        parted: the later one of two that are to be two again.
    """

    opened = Signal(object)
    parted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.hide()

    def set_visits(self, visits: Sequence[Record], team: Team, *, may_part: bool) -> None:
        """Show the others; with none it is gone."""
        clear(self._column)
        self.setVisible(bool(visits))
        for one in visits:
            who = team.name_of(recorder(one))
            words = _("One visit with what %(who)s recorded.") % {"who": who}
            show = button(_("Open"), "quiet", small=True, name=_("Open what %(who)s recorded")
                          % {"who": who})  # fmt: skip
            show.clicked.connect(lambda _on=False, one=one: self.opened.emit(one))
            row = across(show, margins=(-HANG, 0, 0, 0))
            if may_part:
                part = button(_("Part again"), "quiet", small=True, icon="unlink")
                part.setAccessibleDescription(words)
                part.clicked.connect(lambda _on=False, one=one: self.parted.emit(one))
                row.addWidget(part)
            row.addStretch(1)
            self._column.addLayout(down(label(words, "small", weight=SEMI, wrap=True), row, gap=0))
