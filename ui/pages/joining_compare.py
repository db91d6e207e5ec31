# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two files side by side: who they are, why they may be one, and what they say differently.

What must be decided stands first, then what only one of them says; what both say alike is one
line. Every question is one Tab stop, and the arrow keys choose.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.both_files import Clash, Take, Told, clashes, kept_to_some
from desktop_app.casework.same_person import SAME
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from ui import theme
from ui.kit.answer_tile import AnswerTile
from ui.kit.card import across, down, ground, holding, reading
from ui.kit.chip import Chip, ChipText, chips
from ui.kit.flow import FlowLayout
from ui.kit.labels import Part, label
from ui.kit.notice import Notice
from ui.kit.section_rule import SectionRule
from ui.pages import joining_words
from ui.pages.joining_facts import Pair, Side
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import XS, M, S

ASKED = 104
"""Width of the question beside its answers, at text size 1."""


class Question(QWidget):
    """One question, what each file answers, and which answer is kept.

    Signals:
        chosen: (key, `Take`) of what a person chose.
    """

    chosen = Signal(str, object)

    def __init__(self, cell: Told, session: Session, refs: tuple[str, str]) -> None:
        super().__init__()
        self.cell = cell
        self.tiles: dict[Take, AnswerTile] = {}
        asked = joining_words.question(cell)
        self.setAccessibleName(asked)
        offered = joining_words.offer(cell, session.team, session.today())
        whose = {Take.FIRST: refs[0], Take.OTHER: refs[1], Take.BOTH: _("both")}
        for take, words in offered.items():
            tile = AnswerTile(words, name=f"{asked}, {whose[take]}: {words}")
            tile.clicked.connect(lambda _on=False, take=take: self.chosen.emit(cell.key, take))
            self.tiles[take] = tile
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S)
        name = label(asked, "small", tone="muted", wrap=True)
        name.setFixedWidth(theme.px(ASKED))
        name.setContentsMargins(0, 8, 0, 0)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        for tile in self.tiles.values():
            wide = 1 if tile is self.tiles.get(Take.BOTH) else 2
            row.addWidget(tile, wide)

    def choose(self, take: Take | None) -> None:
        """Show what is kept; nobody is told."""
        if take in self.tiles:
            self.tiles[take].setChecked(True)

    def value(self) -> Take | None:
        """Return what is kept; None while nothing was chosen."""
        return next((take for take, tile in self.tiles.items() if tile.isChecked()), None)


class Compare(QWidget):
    """Two files side by side.

    Signals:
        chosen: (key, `Take`) of what a person chose to keep.
    """

    chosen = Signal(str, object)

    def __init__(self, session: Session, pair: Pair) -> None:
        super().__init__()
        self.pair, self._session = pair, session
        self.questions: dict[str, Question] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(2, 2, S, 2)
        self._column.setSpacing(M)
        self._column.addLayout(self._heads())
        self._column.addWidget(self._why())
        for notice in self._notices():
            self._column.addWidget(notice)
        self._ask(pair.told)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = reading(holding(self._column))
        whole.addWidget(self._area)

    def choices(self) -> dict[str, Take]:
        """Return what is kept, by question."""
        found = {key: one.value() for key, one in self.questions.items()}
        return {key: take for key, take in found.items() if take is not None}

    def choose(self, chosen: dict[str, Take]) -> None:
        """Show what was chosen before."""
        for key, take in chosen.items():
            if key in self.questions:
                self.questions[key].choose(take)

    def first(self) -> AnswerTile | None:
        """Return where somebody still has to choose; None where everything is chosen."""
        waits = (one for one in self.questions.values() if one.value() is None)
        return next((tile for one in waits for tile in one.tiles.values()), None)

    def go_to_first(self) -> None:
        """Put the keyboard where somebody still has to choose, and bring it into sight."""
        tile = self.first()
        if tile is not None:
            self._area.ensureWidgetVisible(tile)
            tile.setFocus(Qt.FocusReason.OtherFocusReason)

    def _heads(self) -> QBoxLayout:
        """Return who the two are, over their answers."""
        shown = chips([ChipText(_("Shown under this name"), "info", "user")])[0]
        space = QWidget()
        space.setFixedWidth(theme.px(ASKED))
        heads = across(space, gap=S)
        heads.addWidget(self._head(self.pair.one, shown), 1)
        heads.addWidget(self._head(self.pair.other, None), 1)
        return heads

    def _head(self, side: Side, chip: Chip | None) -> QWidget:
        name = label(side.name, "h3", weight=BOLD, wrap=True)
        under = label(joining_words.under(side, self._session.today()), "small", wrap=True)
        holds = label(joining_words.holds(side), "small", tone="muted", wrap=True)
        holds.setToolTip(joining_words.holds(side, most=99))
        column = down(name, under, holds, gap=2, margins=(10, 8, 10, 8))
        if chip is not None:
            column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return ground("sunken", column)

    def _why(self) -> QWidget:
        """Return what speaks for it and what against it."""
        why = QWidget()
        flow = FlowLayout(why, gap=6)
        for chip in chips(joining_words.chips(self.pair.likeness)):
            flow.addWidget(chip)
        return why

    def _notices(self) -> Iterable[Notice]:
        """Yield what somebody has said before, what does not fit, and what is not shown."""
        session, pair = self._session, self.pair
        for said in pair.said:
            words = joining_words.said_before(said, session.team, session.today())
            takes_back = _("Saying that they are two takes that back.")
            more = takes_back if said.finding == SAME else _("Joining them takes that back.")
            yield Notice(f"{words} {more}", "warn")
        one, other = list(pair.one.records), list(pair.other.records)
        for clash in clashes(one, other, session.team, on=session.today()):
            yield _clash(clash)
        for words in kept_to_some(one, other):
            yield Notice(words, "neutral", icon="eye-off")

    def _ask(self, told: list[Told]) -> None:
        """Show every question: those to be decided first."""
        asked = [cell for cell in told if cell.offered]
        asked.sort(key=lambda cell: (cell.usual is not None, not cell.one))
        if asked:
            self._column.addWidget(SectionRule(_("Which answer is kept?")))
        for cell in asked:
            if cell.usual is None:
                words = _("Read both: whoever calls on them goes by what is kept.")
                self._column.addWidget(label(words, "small", tone="warn", weight=SEMI, wrap=True))
            question = Question(cell, self._session, (self.pair.one.ref, self.pair.other.ref))
            question.choose(cell.usual)
            question.chosen.connect(self.chosen)
            self.questions[cell.key] = question
            self._column.addWidget(question)
        alike = [joining_words.question(cell) for cell in told if not cell.differs]
        alone = [cell for cell in told if cell.differs and not cell.offered]
        if alone:
            self._column.addWidget(SectionRule(_("Only %(ref)s says") % {"ref": self.pair.one.ref}))
            self._column.addLayout(self._alone(alone))
        if alike:
            words = _("The same in both: %(what)s.") % {"what": listed(alike)}
            self._column.addWidget(label(words, "small", tone="muted", wrap=True))

    def _alone(self, cells: list[Told]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(S)
        grid.setVerticalSpacing(XS)
        grid.setColumnStretch(1, 1)
        for at, cell in enumerate(cells):
            name = label(joining_words.question(cell), "small", tone="muted", wrap=True)
            name.setFixedWidth(theme.px(ASKED))
            team, on = self._session.team, self._session.today()
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(joining_words.answer(cell, cell.one, team, on), wrap=True), at, 1)
        return grid


def _clash(clash: Clash) -> Notice:
    return Notice([Part(f"{clash.what} ", weight=SEMI), Part(clash.then)], "warn")
