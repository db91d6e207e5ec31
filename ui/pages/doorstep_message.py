# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The words everybody says alike, and whether they were said. Nothing counts until pressed."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desktop_app.casework.codes import codes
from desktop_app.casework.forms import form
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _
from ui.editors.asking import Asking
from ui.editors.choices import labels, offered
from ui.kit.card import across, down
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.kit.segment import Segment

STANDARD = "standard"


class Message(QFrame):
    """Which message, its words, and whether it was said.

    Signals:
        changed: a person chose another message, or said whether it was given.
    """

    changed = Signal()

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self.setProperty("look", "quote")
        fields = form("account").fields
        self.which = DropDown(labels(offered(fields["message"], asking)), _("Which message"))
        self.which.set_value(STANDARD)
        self.which.chosen.connect(lambda _code: self._chosen())
        self.words = label("", wrap=True)
        self.said = Segment(
            labels(offered(fields["message_said"], asking)), _("Message"), may_clear=True
        )
        self.said.chosen.connect(lambda _code: self.changed.emit())
        row = across(down(self.which, self.words), self.said, gap=12, margins=(10, 6, 8, 6))
        row.setStretch(0, 1)
        row.setAlignment(self.said, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(row)
        self._say()

    def answers(self) -> Answers:
        """Return which message was given; nothing while nobody said whether it was."""
        said = self.said.value()
        return {"message": self.which.value() if said else None, "message_said": said or None}

    def show_answers(self, answers: Mapping[str, Json]) -> None:
        """Show answers; those not named stay."""
        message = answers.get("message")
        if isinstance(message, str) and message:
            self.which.set_value(message)
            self._say()
        if "message_said" in answers:
            said = answers["message_said"]
            self.said.set_value(said if isinstance(said, str) else "")

    def _chosen(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        found = codes("message").find(self.which.value())
        self.words.setText(f"“{_(found.hint)}”" if found and found.hint else "")
