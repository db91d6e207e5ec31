# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts of the page of what was written twice: an answer on its card, and the foot."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import button
from ui.kit.card import across, down
from ui.kit.chip import Chip, ChipText
from ui.kit.keycap import Keycap
from ui.kit.labels import Disc, IconMark, Line, Part, Passage, Rule, label
from ui.kit.notice import whole
from ui.kit.pills import Pill
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S

GUTTER = 76
"""Width of what a fact is called, at text size 1."""
LONG_NAME = 24
"""Letters from which names may need a second line."""


class AnswerCard(QFrame):
    """One answer: who gave it, when, what it says, and what its author had seen.

    Signals:
        chosen: a person chose it.
    """

    chosen = Signal()

    def __init__(
        self,
        number: int,
        who: str,
        when: str,
        *,
        chips: Sequence[ChipText],
        says: Sequence[tuple[str, str]],
        facts: Sequence[tuple[str, str]],
        may_keep: bool,
    ) -> None:
        """Make a card.

        Args:
            number: its key.
            who: who gave the answer.
            when: when they wrote it.
            chips: what else is true of it.
            says: what it says: each question with its answer.
            facts: what its author had seen, when it arrived.
            may_keep: whether it can be chosen.
        """
        super().__init__()
        self.setProperty("look", "card")
        said = ", ".join(value or _("nothing") for _name, value in says)
        self.setAccessibleName(f"{who}, {when}: {said}")
        self.keep = Pill(_("Keep this"))
        self.keep.setAccessibleName(_("Keep “%(answer)s”, %(who)s") % {"answer": said, "who": who})
        self.keep.clicked.connect(self.chosen)
        self._may_keep = may_keep
        marks = [Chip(one.text, one.tone, icon=one.icon) for one in chips]
        many = len(who) > LONG_NAME
        name = across(label(who, weight=SEMI, wrap=many), *marks, *([] if many else [None]), gap=6)
        name.setStretch(0, int(many))
        name.addStrut(theme.px(22))  # as high with a chip as without
        head = across(
            Disc("user", "neutral"), down(name, label(when, "small", tone="muted"), gap=1), gap=10
        )
        head.setStretch(1, 1)
        if may_keep:
            head.addWidget(Keycap(str(number)), 0, Qt.AlignmentFlag.AlignTop)
        column = down(head, _answers(says), gap=10, margins=(16, 12, 14, 12))
        if facts:
            column.addWidget(Rule())
            column.addLayout(_facts(facts))
        column.addStretch(1)
        if may_keep:
            column.addLayout(across(self.keep, None))
        self.setLayout(column)

    def set_chosen(self, *, chosen: bool) -> None:
        """Show whether it is the one that is kept."""
        self.keep.setChecked(chosen)
        self.setProperty("look", "picked" if chosen else "card")
        self.style().unpolish(self)
        self.style().polish(self)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Choose it."""
        if self._may_keep:
            self.chosen.emit()

    def minimumSizeHint(self) -> QSize:
        """Return room for all its words at this width."""
        return whole(self, QSize(theme.px(220), super().minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height its words need at this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Side(QWidget):
    """Cards side by side, two in a row; one under another where there is little room."""

    def __init__(self, cards: Sequence[AnswerCard]) -> None:
        super().__init__()
        self.cards, self._columns = cards, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(M)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the room there is."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        columns = 1 if self.width() < theme.px(500) else 2
        if columns == self._columns:
            return
        self._columns = columns
        for at, card in enumerate(self.cards):
            self._grid.addWidget(card, at // columns, at % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))


class Foot(QFrame):
    """Who is told, later, and the one filled button.

    Signals:
        later: nothing is decided now.
        wanted: do it.
    """

    later = Signal()
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "footer")
        self._head, self._beneath = Line([]), Line([], "small")
        self.leave = button(_("Decide &later"))
        self.leave.clicked.connect(self.later)
        self.act = button(_("&Settle it"), "primary", icon="check")
        self.act.clicked.connect(self.wanted)
        self._keys = Keycap(_("Ctrl+Enter"))
        self._esc = Keycap(_("Esc"))
        words = across(
            IconMark("bell", "muted", size=18), down(self._head, self._beneath, gap=1), gap=10
        )
        words.setStretch(1, 1)
        row = across(
            *(words, self._esc, self.leave, self._keys, self.act), gap=M, margins=(L, S, L, S)
        )
        row.setStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)

    def say_settling(self, told: Sequence[str], *, chosen: bool, both: bool) -> None:
        """Say what settling it does.

        Args:
            told: the names of who is told.
            chosen: whether anything is chosen.
            both: whether both answers are to stand.
        """
        names, act = listed([*told]), _("&Settle it")
        head = _("Nothing is chosen yet.")
        beneath = _("Until then every answer stays.")
        if told:
            head = _("%(names)s will be told.") % {"names": names}
            beneath = _("They can object to it.")
            act = _("&Settle it, tell %(names)s") % {"names": names} if len(told) < 2 else act
        elif chosen:
            nobody = _("Nobody else answered otherwise.")
            head = _("Both answers will stand.") if both else nobody
            beneath = _("All answers stay in the history.")
        self._say(head, beneath, later=_("Decide &later"), act=act)

    def say_settled(self, *, objects: bool, may: bool) -> None:
        """Say what can be done about what was settled.

        Args:
            objects: whether something speaks against it.
            may: whether the person can object at all.
        """
        beneath = _("All answers stay in the history.")
        if not may:
            self._say(beneath, "", later=_("&Leave it"), act="")
            return
        head = _("It will be open again for everybody.") if objects else _("It is settled.")
        act = _("&Object") if objects else _("I have rea&d it")
        self._say(head, beneath, later=_("&Later"), act=act)

    def _say(self, head: str, beneath: str, *, later: str, act: str) -> None:
        """Say who is told and what the buttons do; without words there is no such button."""
        self._head.set_parts([Part(head, weight=SEMI)])
        self._beneath.set_parts([Part(beneath, "muted")])
        for one, words in ((self.leave, later), (self.act, act)):
            one.setVisible(bool(words))
            if words:
                one.set_words(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Teach the keys only where who is told has room as well."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        roomy = self.width() > theme.px(640)
        self._esc.setVisible(roomy and not self.leave.isHidden())
        self._keys.setVisible(roomy and not self.act.isHidden())


def _answers(says: Sequence[tuple[str, str]]) -> QWidget:
    """Return what an answer says: large where it is one, each beside its question else."""
    if len(says) == 1:
        value = says[0][1]
        large = len(value) <= 90
        shown = Passage(
            [Part(value or _("Nothing"), "text" if value else "muted", BOLD if large else SEMI)],
            "h2" if large else "body",
        )
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return shown
    held = QWidget()
    held.setLayout(_facts(says, strong=True))
    return held


def _facts(facts: Sequence[tuple[str, str]], *, strong: bool = False) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(facts):
        asked = label(name, "small", tone="muted", wrap=True)
        asked.setFixedWidth(theme.px(GUTTER if not strong else 108))
        part = Part(value or _("Nothing"), "text" if value else "muted")
        said = Passage([part._replace(weight=SEMI) if strong and value else part])
        said.setAccessibleName(f"{name} {value or _('Nothing')}")
        grid.addWidget(asked, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, row, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def saying(head: str, lines: Sequence[tuple[str, str]]) -> QVBoxLayout:
    """Return what the record will say, under a heading."""
    column = down(label(head, "small", tone="muted", weight=SEMI), gap=3)
    for strong, quiet in lines:
        parts = [Part(strong, weight=SEMI)]
        parts += [Part(f"  {quiet}", "muted")] if quiet else []
        column.addWidget(Passage(parts))
    column.addStretch(1)
    return column
