# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A drop-down list: one choice among too many for a row of segments."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from ui import icons, theme


class DropDown(QComboBox):
    """A list to open.

    Signals:
        chosen: the code a person chose.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, *, value: str = "", none: str = ""
    ) -> None:
        """Make a list.

        Args:
            choices: codes and labels.
            name: what is being chosen, for screen readers.
            value: the code chosen at first.
            none: the words of the first line, which chooses nothing; empty for no such line.
        """
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._none = none
        self.set_choices(choices)
        self.set_value(value)
        self.activated.connect(lambda _index: self.chosen.emit(self.value()))

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; the chosen one stays when it is still offered."""
        kept = self.value()
        self.clear()
        if self._none:
            self.addItem(self._none, "")
        for code, text in choices:
            self.addItem(text, code)
        self.set_value(kept)

    def value(self) -> str:
        """Return the chosen code, or ""."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def set_value(self, code: str) -> None:
        """Choose a code; nobody is told."""
        self.setCurrentIndex(self.findData(code))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change an answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the list as Qt does, and its arrow in the colour of the theme."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            centre = QPointF(self.width() - theme.px(16), self.height() / 2)
            size = theme.px(16)
            icons.draw_icon(painter, centre, "chevron-down", tone="muted", size=size)
