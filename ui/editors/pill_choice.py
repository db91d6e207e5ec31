# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pills of which one at most is on: a few answers too long for a segment."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.kit.flow import FlowLayout
from ui.kit.pills import Pill

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class PillChoice(QWidget):
    """One choice among pills: one Tab stop, the arrow keys choose.

    Signals:
        chosen: the code a person chose; "" when they took their choice back.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, *, value: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._value = ""
        self._flow = FlowLayout(self)
        self.pills: dict[str, Pill] = {}
        for code, text in choices:
            self.add(code, text)
        self.set_value(value)

    def add(self, code: str, text: str) -> None:
        """Offer one more choice."""
        pill = Pill(text)
        pill.setAccessibleDescription(self.accessibleName())
        pill.clicked.connect(lambda: self._pressed(code))
        self.pills[code] = pill
        self._flow.addWidget(pill)
        self._rove(self._value)

    def value(self) -> str:
        """Return the code that is on, or ""."""
        return self._value

    def set_value(self, code: str) -> None:
        """Switch one on, or none with ""; nobody is told."""
        self._value = code
        for each, pill in self.pills.items():
            pill.setChecked(each == code)
        self._rove(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the neighbour and choose it."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        codes = list(self.pills)
        here = next((one for one in codes if self.pills[one].hasFocus()), codes[0])
        code = codes[(codes.index(here) + step) % len(codes)]
        self.set_value(code)
        self.pills[code].setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(code)

    def _pressed(self, code: str) -> None:
        self.set_value("" if code == self._value else code)
        self.chosen.emit(self._value)

    def _rove(self, code: str) -> None:
        stop = self.pills.get(code) or next(iter(self.pills.values()), None)
        for pill in self.pills.values():
            tab = pill is stop
            pill.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)
        if stop is not None:
            self.setFocusProxy(stop)
