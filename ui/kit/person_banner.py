# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The banner of a person: who this page is about, on every page and print about somebody.

SURNAME, Forename, then labels without a colon and stronger values; "Not known" is said in words.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui import theme
from ui.kit.card import across
from ui.kit.chip import ChipText
from ui.kit.flow import FlowLayout
from ui.kit.labels import Words, label
from ui.kit.overflow import ChipRow, FoldingRow, OverflowRow
from ui.theme import BOLD, SEMI
from ui.tokens import M


class Fact(QWidget):
    """A muted label and its stronger value, side by side."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        self._name, self._value = label("", "small", tone="muted"), label("", weight=SEMI)
        self.setLayout(across(self._name, self._value, gap=5))
        self.say(name, value)

    def say(self, name: str, value: str) -> None:
        """Say something else."""
        shown = value or _("Not known")
        self._name.setText(name)
        self._value.setText(shown)
        self.setAccessibleName(f"{name} {shown}")


def fact(name: str, value: str) -> QWidget:
    """Return a muted label and its stronger value, side by side."""
    return Fact(name, value)


class ChipsAndActions(QWidget):
    """Chips at the left, actions at the right: actions fold first, chips only when all have."""

    def __init__(self, actions: OverflowRow | None) -> None:
        super().__init__()
        self._chips = ChipRow()
        self._chips.setParent(self)
        self._chips.hide()
        self._actions = actions
        if actions is not None:
            actions.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self._again)

    def set_chips(self, states: Sequence[ChipText]) -> None:
        """Show other chips."""
        self._chips.set_chips(states)
        self._chips.setVisible(bool(states))
        self._again()

    def _again(self) -> None:
        self.updateGeometry()
        self._arrange()

    def _rows(self) -> list[FoldingRow]:
        chips = self._chips if self._chips.chips else None
        return [row for row in (chips, self._actions) if row is not None]

    def sizeHint(self) -> QSize:
        """Return room for everything."""
        hints = [row.sizeHint() for row in self._rows()]
        wide = sum(hint.width() + M for hint in hints) - M
        return QSize(max(wide, 0), max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return room for the first chip and the first action."""
        wide = sum(row.minimumSizeHint().width() + M for row in self._rows()) - M
        return QSize(max(wide, 0), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide, high = self.width(), self.height()
        wanted = self._chips.sizeHint().width() + M if self._chips.chips else 0
        acts = 0
        if self._actions is not None:
            least = self._actions.minimumSizeHint().width()
            acts = min(max(wide - wanted, least), self._actions.sizeHint().width())
            self._actions.setGeometry(wide - acts, 0, acts, high)
        if self._chips.chips:
            self._chips.setGeometry(0, 0, max(wide - acts - M, 0), high)


class PersonBanner(QFrame):
    """Name and facts, with chips and actions beneath."""

    def __init__(self, actions: OverflowRow | None = None) -> None:
        super().__init__()
        self.setProperty("look", "header")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 16, 8)
        whole.setSpacing(6)
        self.name: Words = label("", "h1", weight=BOLD)
        self._facts = QWidget()
        self._flow = FlowLayout(self._facts, gap=18, line_gap=2)
        self._said: list[Fact] = []
        head = QHBoxLayout()
        head.setSpacing(18)
        head.addWidget(self.name)
        head.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(head)
        self._beneath = ChipsAndActions(actions)
        whole.addWidget(self._beneath)

    def set_person(
        self, name: str, facts: Sequence[tuple[str, str]], *, states: Sequence[ChipText] = ()
    ) -> None:
        """Say who it is.

        Args:
            name: "SURNAME, Forename".
            facts: labels and values: Known as, Born, Ref.
            states: chips, the ones that warn of danger first.
        """
        self.name.setText(name)
        spoken = ", ".join(f"{label_} {value or _('Not known')}" for label_, value in facts)
        self.setAccessibleName(f"{name}. {spoken}")
        while len(self._said) > len(facts):
            gone = self._said.pop()
            self._flow.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for stands, (each, value) in zip(self._said, facts, strict=False):
            stands.say(each, value)
        for each, value in facts[len(self._said) :]:
            self._said.append(Fact(each, value))
            self._flow.addWidget(self._said[-1])
        self._beneath.set_chips(states)
