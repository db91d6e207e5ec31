# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Editors for the answers to a pack of questions: shown here, given on a page of their own."""

from desktop_app.casework.forms import Field
from desktop_app.casework.outcome_packs import said_of_items
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui.editors.asking import Asking
from ui.editors.editor import Editor
from ui.kit.labels import label


class ItemsEditor(Editor):
    """What was answered, a line a question; it is read here and not altered."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._held: Json = None
        self._words = label("", wrap=True)
        self.hold(self._words, takes_focus=False)

    def wide(self) -> bool:
        """Want the whole width."""
        return True

    def read(self) -> Json:
        """Return the answers as they are."""
        return self._held

    def display(self, value: Json) -> None:
        """Show the answers."""
        self._held = value
        said = said_of_items(value) if isinstance(value, dict) else []
        self._words.setText("\n".join(said) or _("Not asked"))
