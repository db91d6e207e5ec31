# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who came along: people of the team as pills, and anybody else by name."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _
from ui import theme
from ui.editors.asking import Asking
from ui.editors.people import PeoplePicker
from ui.kit.card import across, down
from ui.kit.labels import label


class Company(QWidget):
    """You, and who else was there.

    Signals:
        edited: an answer was altered; carries the field's name.
    """

    edited = Signal(str)

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self._me = asking.me
        others = [one for one in asking.people() if one.id != asking.me]
        beyond = _("Somebody from outside the team…")
        self.people = PeoplePicker(others, _("With"), first=(), beyond=beyond)
        self.people.changed.connect(lambda: self.edited.emit("people"))
        self.people.outsider.connect(self._ask_outsider)
        self.others = QLineEdit()
        self.others.setAccessibleName(_("Somebody from outside the team"))
        self.others.setPlaceholderText(_("Who else, such as an interpreter"))
        self.others.textEdited.connect(lambda _text: self.edited.emit("others"))
        self.others.hide()
        self._you = label(_("You and"))
        together = across(self._you, self.people)
        together.setStretch(1, 1)
        together.setAlignment(self._you, Qt.AlignmentFlag.AlignTop)
        self.setLayout(down(together, self.others))
        theme.on_change(self._restyle)

    def answers(self) -> Answers:
        """Return who was there."""
        people: list[Json] = [self._me, *self.people.values()]
        return {"people": people, "others": self.others.text() or None}

    def show_answers(self, answers: Mapping[str, Json]) -> None:
        """Show answers; those not named stay. Nobody is told."""
        if "people" in answers:
            held = answers["people"]
            people = held if isinstance(held, list) else []
            self.people.set_values(
                one for one in people if isinstance(one, str) and one != self._me
            )
        if "others" in answers:
            self.others.setText(str(answers["others"] or ""))
            self.others.setVisible(bool(self.others.text()))

    def _ask_outsider(self) -> None:
        self.others.show()
        self.others.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restyle(self) -> None:
        self._you.setMinimumHeight(theme.px(30))
