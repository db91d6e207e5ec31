# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is asked before a key or a passphrase is changed: one question a page."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage.secret import normalise
from storage.strength import see_it_is_strong
from ui.kit.buttons import button
from ui.kit.card import across, down, ground
from ui.kit.labels import label
from ui.pages.first_run_steps import Step
from ui.theme import BOLD, SEMI
from ui.tokens import XS, L, M


class Present(Step):
    """The step that asks for the passphrase before something is done."""

    def __init__(self, title: str, lead: str, *, act: str, safe: str = "") -> None:
        """Make the step.

        Args:
            title: what is going to be done.
            lead: what follows from it.
            act: what the filled button says.
            safe: one more line under the field, such as what stays as it is.
        """
        super().__init__(title, lead)
        self.typed = _secret(self, _("Your &passphrase"), "passphrase")
        if safe:
            self.body.addWidget(label(safe, "small", tone="muted", wrap=True))
        self.end_with(act, icon="key-round")
        self.setFocusProxy(self.typed)

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not typed yet."""
        return [] if self.typed.text().strip() else [(_("Type your passphrase"), self.typed)]

    def taken(self) -> str:
        """Return the words, and leave none in the field."""
        words = self.typed.text()
        self.typed.clear()
        return words


class OtherWords(Step):
    """The step that changes the passphrase: generated words, or hard ones of one's own."""

    def __init__(self, make: Callable[[], str]) -> None:
        """Make the step.

        Args:
            make: returns five generated words.
        """
        super().__init__(
            _("Another passphrase"),
            _(
                "Write these words down and type them from the paper. Words of your own are taken "
                "too, if nobody could guess them."
            ),
        )
        self._make = make
        self._offer = label("", "h2", weight=BOLD, wrap=True)
        other = button(_("&Other words"), "quiet", icon="refresh-cw")
        other.clicked.connect(self.offer)
        box = ground("accent")
        line = across(self._offer, other, gap=M, margins=(L, M, M, M))
        line.setStretch(0, 1)
        box.setLayout(line)
        self.old = _secret(self, _("Your passphrase &until now"), "old")
        self.body.addWidget(box)
        self.new = _secret(self, _("The &new one"), "new")
        self.again = _secret(self, _("The new one once &more"), "again")
        self.offer()
        self.end_with(_("&Change it"), icon="key-round")
        self.setFocusProxy(self.old)

    @property
    def offered(self) -> str:
        """Return the words that are offered."""
        return self._offer.text()

    def offer(self) -> None:
        """Offer other words."""
        self._offer.setText(self._make())

    def missing(self) -> Sequence[tuple[str, QWidget]]:
        """Return what is not right yet."""
        found: list[tuple[str, QWidget]] = []
        if not self.old.text().strip():
            found.append((_("Type the passphrase you have had until now"), self.old))
        try:
            see_it_is_strong(self.new.text())
        except CaseworkError:
            found.append((_("Take the words offered, or five that nobody could guess"), self.new))
        if normalise(self.new.text()) != normalise(self.again.text()):
            found.append((_("Type the new one twice, the same both times"), self.again))
        return found

    def taken(self) -> tuple[str, str]:
        """Return the words until now and the new ones, and leave none in the fields."""
        words = self.old.text(), self.new.text()
        for field in (self.old, self.new, self.again):
            field.clear()
        return words


def _secret(step: Step, words: str, name: str) -> QLineEdit:
    """Put a covered field into a step."""
    field = QLineEdit()
    field.setObjectName(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(400)
    step.body.addLayout(down(label(words, weight=SEMI, buddy=field), field, gap=XS))
    return field
