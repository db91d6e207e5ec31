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
from ui.kit.card import across, holding
from ui.kit.chip import ChipText, chips
from ui.kit.flow import FlowLayout
from ui.kit.labels import Words, label
from ui.kit.overflow import ChipRow, FoldingRow, OverflowRow
from ui.theme import BOLD, SEMI
from ui.tokens import M


def fact(name: str, value: str) -> QWidget:
    """Return a muted label and its stronger value, side by side."""
    shown = value or _("Not known")
    pair = holding(across(label(name, "small", tone="muted"), label(shown, weight=SEMI), gap=5))
    pair.setAccessibleName(f"{name} {shown}")
    return pair


class ChipsAndActions(QWidget):
    """Chips at the left, actions at the right: actions fold first, chips only when all have."""

    def __init__(self, actions: OverflowRow | None) -> None:
        super().__init__()
        self._chips: ChipRow | None = None
        self._actions = actions
        if actions is not None:
            actions.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self._again)

    def set_chips(self, row: ChipRow | None) -> None:
        """Show other chips."""
        if self._chips is not None:
            self._chips.hide()
            self._chips.deleteLater()
        self._chips = row
        if row is not None:
            row.setParent(self)
            row.show()
        self._again()

    def _again(self) -> None:
        self.updateGeometry()
        self._arrange()

    def _rows(self) -> list[FoldingRow]:
        return [row for row in (self._chips, self._actions) if row is not None]

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
        wanted = self._chips.sizeHint().width() + M if self._chips is not None else 0
        acts = 0
        if self._actions is not None:
            least = self._actions.minimumSizeHint().width()
            acts = min(max(wide - wanted, least), self._actions.sizeHint().width())
            self._actions.setGeometry(wide - acts, 0, acts, high)
        if self._chips is not None:
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
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for each, value in facts:
            self._flow.addWidget(fact(each, value))
        self._beneath.set_chips(ChipRow(chips(states)) if states else None)
