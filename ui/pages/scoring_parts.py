# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One criterion of a score: its answers, what the records say, on what evidence and from where."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desktop_app.casework.codes import codes
from desktop_app.casework.records import Json
from desktop_app.casework.scoring import Line
from desktop_app.casework.scoring_evidence import Said
from desktop_app.casework.words import _
from ui.editors.pill_choice import PillChoice
from ui.editors.text import line as line_edit
from ui.kit.buttons import Button, button
from ui.kit.card import across, down
from ui.kit.chip import Chip, ChipText
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.kit.segment import Segment
from ui.pages.scoring_read import Given, before_words
from ui.theme import SEMI
from ui.tokens import S


class CriterionBox(QFrame):
    """One criterion.

    Signals:
        changed: an answer was altered; ask `given()`.
    """

    changed = Signal()

    def __init__(
        self, number: int, line: Line, said: Said | None, *, before: Given, holds: frozenset[str]
    ) -> None:
        """Ask one criterion.

        Args:
            number: its place.
            line: what is asked, and its points of the time before.
            said: what the records say of it.
            before: what was given the time before, as far as its reader holds it.
            holds: audiences the person may keep evidence with.
        """
        super().__init__()
        self.line, self.said, self._before = line, said, before
        asked = line.criterion
        self.setAccessibleName(asked.question)
        choices = [(str(band.points), _choice(band.points, band.says)) for band in asked.offered]
        self.bands = PillChoice(choices, asked.question)
        self.bands.chosen.connect(self._chosen)
        self.change = Chip("", "neutral")
        self.source = DropDown(
            [(one.code, _(one.label)) for one in codes("evidence_source").code],
            _("%(question)s: from where") % {"question": asked.question},
            none=_("From where?"),
        )
        self.source.chosen.connect(lambda _code: self.changed.emit())
        self.evidence = line_edit()
        self.evidence.setAccessibleName(
            _("%(question)s: on what evidence") % {"question": asked.question}
        )
        self.evidence.setPlaceholderText(_("Evidence, with its day"))
        self.evidence.textEdited.connect(lambda _text: self.changed.emit())
        self.kept = self._keeper(holds)
        self._build(number)
        self._say_change()

    def given(self) -> Given:
        """Return what is given."""
        value = self.bands.value()
        kept = self.kept.value() if self.kept is not None else ""
        points = int(value) if value else None
        return Given(points, self.evidence.text(), self.source.value(), kept)

    def give(self, given: Given) -> None:
        """Put answers in; nobody is told."""
        offered = "" if given.points is None else str(given.points)
        self.bands.set_value(offered if offered in self.bands.pills else "")
        self.evidence.setText(given.evidence)
        self.evidence.setCursorPosition(0)
        self.source.set_value(given.source)
        if self.kept is not None and given.kept_with in self.kept.parts:
            self.kept.set_value(given.kept_with)
        self._say_change()

    def start(self) -> None:
        """Put the keyboard on its answers."""
        self.bands.setFocus(Qt.FocusReason.TabFocusReason)

    def _keeper(self, holds: frozenset[str]) -> Segment | None:
        kept = [(one.code, _(one.label)) for one in codes("kept_with").code if one.code in holds]
        if not kept:
            return None
        name = _("%(question)s: who reads the words")
        made = Segment(
            [("", _("All partners")), *kept],
            name % {"question": self.line.criterion.question},
            small=True,
        )
        made.chosen.connect(lambda _code: self.changed.emit())
        return made

    def _build(self, number: int) -> None:
        asked, column = self.line.criterion, down(gap=6, margins=(0, 8, 0, 10))
        title = label(f"{number}. {asked.question}", weight=SEMI, wrap=True)
        head = across(title, self.change, gap=S)
        head.setStretch(0, 1)
        column.addLayout(head)
        if asked.help:
            column.addWidget(label(asked.help, "small", tone="muted", wrap=True))
        for words, act in self._offers():
            offer = across(label(words, "small", wrap=True), act, gap=S)
            offer.setStretch(0, 1)
            column.addLayout(offer)
        column.addWidget(self.bands)
        row = across(self.source, self.evidence, gap=S)
        row.setStretch(1, 1)
        column.addLayout(row)
        if self.kept is not None:
            who = label(_("Who reads the words"), "small", tone="muted")
            column.addLayout(across(who, self.kept, None, gap=S))
        self.setLayout(column)

    def _offers(self) -> list[tuple[str, Button]]:
        """Return what can be taken over with one press: never by itself."""
        found, question = [], self.line.criterion.question
        said, before = self.said, self._before
        if said is not None:
            name = _("%(question)s: take what the records say") % {"question": question}
            take = button(_("Take"), small=True, name=name)
            take.clicked.connect(self.take_records)
            if said.band is None or not self._may_keep(said.kept_with):
                take.hide()
            found.append((said.words, take))
        if before.points is not None:
            name = _("%(question)s: as before") % {"question": question}
            again = button(_("As before"), small=True, name=name)
            again.clicked.connect(self.take_before)
            words = _("The time before: %(evidence)s") % {"evidence": before.evidence}
            found.append((words, again))
        return found

    def take_records(self) -> None:
        """Take what the records say, because somebody pressed for it."""
        said = self.said
        if said is not None and said.band is not None and self._may_keep(said.kept_with):
            self.give(Given(said.band.points, said.words, "tandem", said.kept_with))
            self.changed.emit()

    def take_before(self) -> None:
        """Take what was given the time before, because somebody pressed for it."""
        self.give(self._before)
        self.changed.emit()

    def _may_keep(self, kept_with: str) -> bool:
        """Say whether words can be kept where the records behind them are."""
        return not kept_with or (self.kept is not None and kept_with in self.kept.parts)

    def _chosen(self, _code: str) -> None:
        self._say_change()
        self.changed.emit()

    def _say_change(self) -> None:
        asked, points = self.line.criterion, self.given().points
        words = before_words(self.line.before, asked)
        before = self.line.before.points if self.line.before else None
        tone = "neutral"
        if points is not None and before is not None:
            change = asked.counted(points) - asked.counted(before)
            if change:
                tone = "warn" if change > 0 else "ok"
                words = _("%(before)s, now %(change)+d") % {"before": words, "change": change}
        self.change.set_chip(ChipText(words, tone))


def as_draft(given: Given) -> Json:
    """Return what is given as a draft keeps it."""
    points = "" if given.points is None else str(given.points)
    return [points, given.evidence, given.source, given.kept_with]


def from_draft(kept: Json) -> Given | None:
    """Return what a draft kept; None for what cannot be read."""
    if not isinstance(kept, list) or len(kept) != 4:
        return None
    points, evidence, source, with_whom = (str(one) for one in kept)
    known = int(points) if points.lstrip("-").isdigit() else None
    return Given(known, evidence, source, with_whom)


def _choice(points: int, says: str) -> str:
    return _("%(says)s  ·  %(points)d") % {"says": says, "points": points}
