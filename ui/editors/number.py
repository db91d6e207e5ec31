# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Editors for numbers: a plain line, which can be empty and which the mouse wheel cannot alter."""

import math
import re

from PySide6.QtCore import Qt

from desktop_app.casework.forms import Field
from desktop_app.casework.records import Json
from ui import theme
from ui.editors.asking import Asking
from ui.editors.editor import Editor
from ui.editors.text import line

_WHOLE = re.compile(r"[+-]?\d{1,15}")
WIDE = 120


class NumberEditor(Editor):
    """A number; whole numbers stay whole."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._line = line()
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self._line.textEdited.connect(self.edited)
        self.hold(self._line)
        theme.on_change(self._restyle)

    def _restyle(self) -> None:
        self._line.setMaximumWidth(theme.px(WIDE))

    def read(self) -> Json:
        """Return the number; words that are no number as they stand."""
        text = self._line.text().strip()
        if _WHOLE.fullmatch(text):
            return int(text)
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return text or None
        return number if math.isfinite(number) else text

    def display(self, value: Json) -> None:
        """Put a number into the line."""
        self._line.setText("" if value is None else str(value))
