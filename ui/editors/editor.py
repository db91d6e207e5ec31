# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What every editor can do: show one answer, take one, be marked as wrong.

Rules, each with a test:

* An answer that is shown and not touched comes back exactly as it was, however odd: looking at a
  record never alters it.
* Words that cannot be read as an answer (a day typed as "14 Mach") are given back as they stand.
  The form says what is wrong with them; a draft keeps them.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.forms import Field
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui.editors.asking import Asking


class Editor(QWidget):
    """Shows and takes the answer to one question; found by its `objectName`, the field's name.

    Signals:
        edited: a person altered the answer; ask `value()`.
    """

    edited = Signal()

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__()
        self.field, self.asking = field, asking
        self.setObjectName(field.name)
        self.setAccessibleName(_(field.label))
        self._given: Json = None
        self._as_shown: Json = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def value(self) -> Json:
        """Return the answer; None when there is none."""
        read = self.read()
        return self._given if read == self._as_shown else read

    def show_value(self, value: Json) -> None:
        """Show an answer; nobody is told."""
        self.display(value)
        self._given, self._as_shown = value, self.read()

    def hold(self, widget: QWidget, *, takes_focus: bool = True) -> None:
        """Take in the widget that does the work."""
        self._column.addWidget(widget)
        if takes_focus:
            widget.setAccessibleName(_(self.field.label))
            self.setFocusProxy(widget)

    def wide(self) -> bool:
        """Say whether it wants the whole width of a form."""
        return False

    def describe(self, words: str) -> None:
        """Let a screen reader say this after the name."""
        self.setAccessibleDescription(words)
        inner = self.focusProxy()
        if inner is not None:
            inner.setAccessibleDescription(words)

    def mark(self, *, wrong: bool) -> None:
        """Draw the red edge, or take it away."""
        inner = self.focusProxy()
        if inner is not None:
            inner.setProperty("wrong", "true" if wrong else "false")
            inner.style().unpolish(inner)
            inner.style().polish(inner)

    def read(self) -> Json:
        """Return what the widget holds now."""
        raise NotImplementedError

    def display(self, value: Json) -> None:
        """Put an answer into the widget."""
        raise NotImplementedError
