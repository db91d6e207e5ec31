# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The words everybody says alike, and whether they were said. Nothing counts until pressed."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu

from desktop_app.casework.codes import codes
from desktop_app.casework.forms import form
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _
from ui import theme
from ui.editors.asking import Asking
from ui.editors.choices import labels, offered
from ui.kit.buttons import EN_SPACE, Button, button
from ui.kit.card import across, down
from ui.kit.labels import label
from ui.kit.segment import Segment

STANDARD = "standard"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute


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
        self._messages = labels(offered(fields["message"], asking))
        self._which = STANDARD
        self.which: Button = button("", "quiet", icon="chevron-down", small=True)
        self.which.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # its chevron at the end
        self.which.clicked.connect(
            lambda: self.menu().popup(self.which.mapToGlobal(self.which.rect().bottomLeft()))
        )
        self.words = label("", wrap=True)
        self.said = Segment(
            labels(offered(fields["message_said"], asking)), _("Message"), may_clear=True
        )
        self.said.chosen.connect(lambda _code: self.changed.emit())
        words = down(self.which, self.words, gap=0)
        words.setAlignment(self.which, _LEFT)
        row = across(words, self.said, gap=12, margins=(4, 2, 8, 6))
        words.setContentsMargins(0, 0, 0, 0)
        row.setStretch(0, 1)
        row.setAlignment(self.said, Qt.AlignmentFlag.AlignVCenter)
        self.words.setContentsMargins(12, 0, 0, 0)
        self.setLayout(row)
        self._say()

    def menu(self) -> QMenu:
        """Return the menu of the messages there are."""
        menu = QMenu(self)
        for code, text in self._messages:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(code == self._which)
            action.triggered.connect(lambda _on=False, code=code: self.choose(code))
        return menu

    def choose(self, code: str) -> None:
        """Choose another message, as the menu does."""
        self._which = code
        self._say()
        self.changed.emit()

    def answers(self) -> Answers:
        """Return which message was given; nothing while nobody said whether it was."""
        said = self.said.value()
        return {"message": self._which if said else None, "message_said": said or None}

    def show_answers(self, answers: Mapping[str, Json]) -> None:
        """Show answers; those not named stay."""
        message = answers.get("message")
        if isinstance(message, str) and message:
            self._which = message
            self._say()
        if "message_said" in answers:
            said = answers["message_said"]
            self.said.set_value(said if isinstance(said, str) else "")

    def set_low(self, *, low: bool) -> None:
        """Take smaller letters, for small windows."""
        self.words.role = "small" if low else "body"
        self.words.setFont(theme.font(self.words.role))

    def _say(self) -> None:
        found = codes("message").find(self._which)
        name = _(found.label) if found else self._which
        self.which.set_words(name)
        self.which.setText(name + EN_SPACE)  # the chevron stands at its end
        self.words.setText(f"“{_(found.hint)}”" if found and found.hint else "")
