# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The banner of a person: who this page is about, on every page and print about somebody.

SURNAME, Forename, then labels without a colon and stronger values; "Not known" is said in words.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui.kit.buttons import Button
from ui.kit.card import across, holding
from ui.kit.chip import ChipText, chips
from ui.kit.flow import FlowLayout
from ui.kit.labels import Words, label
from ui.kit.overflow import ChipRow, OverflowRow
from ui.theme import BOLD, SEMI


def fact(name: str, value: str) -> QWidget:
    """Return a muted label and its stronger value, side by side."""
    shown = value or _("Not known")
    pair = holding(across(label(name, "small", tone="muted"), label(shown, weight=SEMI), gap=5))
    pair.setAccessibleName(f"{name} {shown}")
    return pair


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
        self._beneath = QHBoxLayout()
        self._beneath.setSpacing(12)
        self._chips: ChipRow | None = None
        self._actions = actions
        if actions is not None:
            self._beneath.addWidget(actions, 1)
        whole.addLayout(self._beneath)

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
        if self._chips is not None:
            self._beneath.removeWidget(self._chips)
            self._chips.deleteLater()
            self._chips = None
        if states:
            self._chips = ChipRow(chips(list(states)))
            self._beneath.insertWidget(0, self._chips, 1)

    def add_action(self, action: Button) -> None:
        """Put one more button at the right of the chips."""
        self._beneath.addWidget(action)
