# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What protects this laptop: what keys hold, what only the program holds, what nobody holds.

Beside it stands how this very laptop is, as far as it can tell.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.protection import HeldBy, Sentence, held_by
from desktop_app.casework.words import _
from ui import theme
from ui.consulting import nothing
from ui.home import Settings
from ui.kit.card import Card, across, clear, down, holding
from ui.kit.chip import Chip
from ui.kit.labels import IconMark, label
from ui.pages.protection_facts import Fact, Facts, facts_of, gather
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import L, M, S
from ui.upkeep import Upkeep

STACKED = 900
LOOKS = {
    HeldBy.KEYS: ("key-round", "ok"),
    HeldBy.PROGRAM: ("laptop", "info"),
    HeldBy.NOBODY: ("hand-heart", "warn"),
}
MARKS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert", "info": "info"}


class Protection(QWidget):
    """The sentences, and the facts of this laptop."""

    def __init__(self, session: Session, upkeep: Upkeep, settings: Callable[[], Settings]) -> None:
        super().__init__()
        self.setAccessibleName(_("What protects this laptop"))
        self._session, self._upkeep, self._settings = session, upkeep, settings
        self._facts: Facts | None = None
        self._now = Card(_("This laptop now"), role="h3", gap=S)
        groups = down(*(_group(one) for one in HeldBy), None, gap=M)
        self._columns = across(groups, down(self._now, None), gap=M, margins=(L, 0, L, L))
        self._columns.setStretch(0, 7)
        self._columns.setStretch(1, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._columns)
        upkeep.changed.connect(lambda _state: self._show())

    def refresh(self) -> None:
        """Look how this laptop stands."""
        vault: Path = self._upkeep.vault
        self._session.ask(
            lambda store: gather(store, vault),
            self._know,
            shows=nothing,
            owner=self,
            name="protection",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand one under another where there is little room."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(STACKED)
        way = QBoxLayout.Direction
        self._columns.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def _know(self, facts: Facts) -> None:
        self._facts = facts
        self._show()

    def _show(self) -> None:
        if self._facts is None:
            return
        clear(self._now.body)
        minutes, today = self._settings().lock_minutes, self._session.today()
        for one in facts_of(self._facts, self._upkeep.state, lock_minutes=minutes, today=today):
            self._now.add(_row(one))


def _group(what: HeldBy) -> Card:
    """Return the sentences that one thing holds."""
    icon, tone = LOOKS[what]
    found = held_by(what)
    card = Card(what.words, role="h3", corner=Chip(str(len(found)), tone, icon=icon), gap=M)
    card.add(label(what.meaning, tone="muted", wrap=True))
    for one in found:
        card.add(_sentence(one, tone))
    return card


def _sentence(one: Sentence, tone: str) -> QWidget:
    mark = {"ok": "check", "info": "check", "warn": "minus"}[tone]
    pieces: list[QWidget] = [
        label(_(one.says), weight=SEMI, wrap=True),
        label(_(one.why), tone="muted", wrap=True),
    ]
    if one.measured:
        pieces.append(
            label(
                _("Measured: %(what)s.") % {"what": _(one.measured)}, "small", tone="ok", wrap=True
            )
        )
    row = across(down(IconMark(mark, tone), None), down(*pieces, gap=2), gap=S)
    row.setStretch(1, 1)
    return holding(row)


def _row(fact: Fact) -> QWidget:
    said = down(label(fact.what, "small", tone="muted"), label(fact.words, wrap=True), gap=1)
    row = across(down(IconMark(MARKS[fact.tone], fact.tone), None), said, gap=S)
    row.setStretch(1, 1)
    made = holding(row)
    made.setAccessibleName(f"{fact.what}: {fact.words}")
    return made
