# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows of the doorstep: a short label with its Alt letter in one gutter, the answer beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from ui import theme
from ui.kit.labels import Words, label
from ui.kit.notice import announce
from ui.theme import SEMI
from ui.tokens import CONTROL


class DoorstepRow:
    """One row: its label, what stands in it, and what is said beneath."""

    def __init__(self, marked: str, content: QWidget | QLayout, *, to: QWidget) -> None:
        """Make a row.

        Args:
            marked: the label with `&` before its Alt letter.
            content: the answer.
            to: where the Alt letter leads.
        """
        self.to = to
        self.label: Words = label(marked, tone="muted", buddy=to)
        self.body = QWidget()
        self._column = QVBoxLayout(self.body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self.message: Words = label("", "small", tone="bad", weight=SEMI, wrap=True)
        self.message.hide()
        if isinstance(content, QWidget):
            self._column.addWidget(content)
        else:
            self._column.addLayout(content)
        self._column.addWidget(self.message)

    def set_shown(self, *, shown: bool) -> None:
        """Show or hide the whole row; what was answered stays."""
        self.label.setVisible(shown)
        self.body.setVisible(shown)

    def is_shown(self) -> bool:
        """Say whether the row is asked."""
        return not self.body.isHidden()

    def say(self, words: str, *, tone: str = "bad") -> None:
        """Say something beneath the answer; nothing with ""."""
        self.message.set_tone(tone)
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words and tone != "bad":
            announce(self.body, words)

    def add(self, widget: QWidget) -> None:
        """Put something more beneath the answer."""
        self._column.insertWidget(self._column.count() - 1, widget)


class DoorstepRows(QWidget):
    """Rows under one another, their labels in one gutter."""

    GUTTER = 76

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[DoorstepRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(1, 1)
        self._gutter = self.GUTTER
        theme.on_change(self._restyle)

    def add(self, row: DoorstepRow) -> DoorstepRow:
        """Put a row at the end."""
        at = len(self._rows)
        self._rows.append(row)
        self._grid.addWidget(row.label, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(row.body, at, 1)
        self._restyle()
        return row

    def set_tight(self, *, tight: bool) -> None:
        """Stand closer, for small windows."""
        self._gutter = 62 if tight else self.GUTTER
        self._grid.setVerticalSpacing(4 if tight else 9)
        self._restyle()

    def _restyle(self) -> None:
        words = [row.label.text().replace("&", "") for row in self._rows]
        measure = theme.metrics()
        wide = max([theme.px(self._gutter), *(measure.horizontalAdvance(one) + 2 for one in words)])
        for row in self._rows:
            row.label.setFixedWidth(wide)
            row.label.setMinimumHeight(theme.px(CONTROL))
