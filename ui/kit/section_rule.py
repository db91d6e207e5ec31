# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A heading with a hairline that runs to the edge, and perhaps a word at its end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit.labels import Rule, label
from ui.theme import SEMI


class SectionRule(QWidget):
    """A small heading inside a card."""

    def __init__(self, text: str, *, end: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 1)
        row.setSpacing(10)
        self.heading = label(text, "small", tone="muted", weight=SEMI)
        self.end = label(end, "small", tone="muted")
        row.addWidget(self.heading)
        row.addWidget(Rule(), 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.end)
        self.end.setVisible(bool(end))  # only now: without a parent it would be a window
        self.setAccessibleName(text)
