# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Editors for links: a record that belongs to another, such as an account to its visit.

What may be linked to is asked of the store by the page and handed in; where nothing is, the link
is shown and kept, and cannot be altered.
"""

from desktop_app.casework.forms import Field
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui.editors.asking import Asking
from ui.editors.choice_box import ChoiceBox
from ui.editors.editor import Editor


class LinkEditor(Editor):
    """One record to point at, chosen by its title."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._box = ChoiceBox(asking.links.get(field.name, ()), _(field.label))
        self._box.picked.connect(self.edited)
        self.hold(self._box)

    def read(self) -> Json:
        """Return the record's id as 32 hex letters, or None."""
        return self._box.code() or None

    def display(self, value: Json) -> None:
        """Show the title of the record it points at."""
        target = value if isinstance(value, str) else ""
        if target and self._box.findData(target) < 0:
            self._box.add_choice(target, _("A record not shown here"))
        self._box.set_code(target)
