# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The last contacts at the foot of the doorstep's left card."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui import theme
from ui.kit.card import across
from ui.kit.labels import IconMark, Line, Part, label
from ui.kit.section_rule import SectionRule
from ui.pages.doorstep_facts import PastContact
from ui.theme import SEMI


class LastContacts(QWidget):
    """The last three contacts."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(SectionRule(_("Last three contacts")))
        self._lines: list[QWidget] = []

    def set_contacts(self, contacts: Sequence[PastContact]) -> None:
        """Show them, latest first."""
        for old in self._lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = [_line(one) for one in contacts] or [
            label(_("Nobody has recorded a visit yet."), "small", tone="muted")
        ]
        for line in self._lines:
            self._column.addWidget(line)


def _line(contact: PastContact) -> QWidget:
    line = QWidget()
    day = label(contact.day, "small", tone="muted")
    day.setFixedWidth(theme.px(76))
    outcome = label(contact.outcome, "small", weight=SEMI)
    outcome.setMinimumWidth(theme.px(84))
    row = across(
        day,
        IconMark(contact.icon, contact.tone, size=14),
        outcome,
        Line([Part(contact.words)], "small"),
    )
    row.setStretch(3, 1)
    line.setLayout(row)
    line.setAccessibleName(f"{contact.day}, {contact.outcome}. {contact.words}")
    return line
