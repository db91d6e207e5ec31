# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Editors for words: one line, or several lines of a list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.casework.answers import LONGEST_TEXT
from desktop_app.casework.forms import Field
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui.editors.asking import Asking
from ui.editors.editor import Editor
from ui.editors.tabbing import chain
from ui.kit.buttons import button, icon_button


def line(text: str = "") -> QLineEdit:
    """Make a line for one answer, as long as an answer may be."""
    made = QLineEdit(text)
    made.setMaxLength(LONGEST_TEXT)
    return made


class LineEditor(Editor):
    """A line of text."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._line = line()
        self._line.textEdited.connect(self.edited)
        self.hold(self._line)

    def read(self) -> Json:
        """Return the text, or None when there is none."""
        return self._line.text() or None

    def display(self, value: Json) -> None:
        """Put a text into the line, its start in sight; what ends in a space is gone on with."""
        text = "" if value is None else str(value)
        self._line.setText(text)
        self._line.setCursorPosition(len(text) if text.endswith(" ") else 0)


class _Row(QWidget):
    """One line of a list, with the button that takes it away."""

    gone = Signal(object)
    done = Signal(object)

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.line = line(text)
        self.line.setAccessibleName(name)
        self.line.setCursorPosition(0)  # a long one is read from its beginning
        self.away = icon_button("x", _("Take away"), kind="quiet")
        self.away.setAccessibleDescription(name)
        self.away.clicked.connect(lambda: self.gone.emit(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.away)
        self.setFocusProxy(self.line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next line with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.done.emit(self)
            return
        super().keyPressEvent(event)


class TextsEditor(Editor):
    """A list of lines, such as tags or the names somebody goes by."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._rows: list[_Row] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._column.addLayout(self._lines)
        self._more = button(_("Add a line"), "quiet", icon="plus", small=True)
        self._more.setAccessibleDescription(_(field.label))
        self._more.clicked.connect(lambda: self._add("").setFocus())
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._settle()

    def wide(self) -> bool:
        """Want the whole width."""
        return True

    def read(self) -> Json:
        """Return the lines that say something."""
        return [text for row in self._rows if (text := row.line.text())] or None

    def display(self, value: Json) -> None:
        """Put the lines in, one to a row."""
        for row in tuple(self._rows):
            self._drop(row)
        for text in value if isinstance(value, list) else []:
            self._add(str(text))
        self._settle()

    def _add(self, text: str, after: "_Row | None" = None) -> _Row:
        at = self._rows.index(after) + 1 if after is not None else len(self._rows)
        row = _Row(text, f"{_(self.field.label)} {at + 1}")
        row.line.textEdited.connect(self.edited)
        row.gone.connect(self._take_away)
        row.done.connect(self._go_on)
        self._rows.insert(at, row)
        self._lines.insertWidget(at, row)
        if self.isVisible():
            row.show()  # now: the cursor is about to go there
        self._settle()
        return row

    def _drop(self, row: _Row) -> None:
        self._rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _take_away(self, row: _Row) -> None:
        self._drop(row)
        self._settle()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _go_on(self, row: _Row) -> None:
        at = self._rows.index(row)
        last = at + 1 == len(self._rows)
        (self._add("", row) if last else self._rows[at + 1]).setFocus()

    def _settle(self) -> None:
        """Let the label's Alt letter lead to the first line, and Tab go from line to line."""
        self.setFocusProxy(self._rows[0].line if self._rows else self._more)
        chain([stop for row in self._rows for stop in (row.line, row.away)], end=self._more)
