# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The editor for a note: several lines of plain text."""

from desktop_app.casework.forms import Field
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui.editors.asking import Asking
from ui.editors.editor import Editor
from ui.kit.note_edit import NoteEdit


class NoteEditor(Editor):
    """A note. Tab leaves it."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._note = NoteEdit(_(field.label))
        self._note.typed.connect(lambda _text: self.edited.emit())
        self.hold(self._note)

    def wide(self) -> bool:
        """Want the whole width."""
        return True

    def read(self) -> Json:
        """Return the text, or None when there is none."""
        return self._note.text() or None

    def display(self, value: Json) -> None:
        """Put a text into the note."""
        self._note.set_text("" if value is None else str(value))
