# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A line to search with: a mark at its end empties it, and what it asks for is never cut."""

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from ui import icons, theme

MARK = "_q_qlineeditclearaction"
"""What Qt calls the action behind the mark."""
EDGES = 20
"""Pixels of a line that its words cannot have, beside its own margins."""


class SearchField(QLineEdit):
    """A line that can be emptied with one press."""

    def __init__(self, hint: str, *, short: str) -> None:
        """Make a line.

        Args:
            hint: what can be typed.
            short: the same in few words, for where there is no room.
        """
        super().__init__()
        self._hint, self._short = hint, short
        self.setClearButtonEnabled(True)
        self.setAccessibleDescription(hint)
        theme.on_change(self._restyle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask in as many words as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self.textMargins()
        room = self.width() - margins.left() - margins.right() - EDGES
        fits = theme.metrics().horizontalAdvance(self._hint) <= room
        self.setPlaceholderText(self._hint if fits else self._short)

    def _restyle(self) -> None:
        """Draw the mark in a colour of the theme: Qt's own cannot be seen on a dark field."""
        mark = self.findChild(QAction, MARK)
        if isinstance(mark, QAction):
            mark.setIcon(icons.icon("circle-x", "muted", size=16))
        self._fit()
