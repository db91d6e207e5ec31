# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Asking why, in one line, before something is settled on Import.

Rules, each with a test:

* What was typed is kept as a draft: it is there again after a lock, or after looking elsewhere.
* It goes once the matter is settled.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.casework.records import NO_CLIENT, Answers
from desktop_app.casework.words import _
from storage.store import Draft
from ui.drafting import Drafting
from ui.kit.card import down
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.session import Session
from ui.theme import SEMI

TAKING_BACK, GIVING_UP, TAKING_IN = "why.taking_back", "why.giving_up", "why.taking_in"
"""What a reason is for; a draft of it is kept under this name, which is that of no form."""
LONGEST = 500
_FIELD = "reason"


def title_of(form: str) -> str:
    """Return what a draft of a reason is called; empty for a draft of anything else."""
    return {
        TAKING_BACK: _("Why a bundle is taken back"),
        GIVING_UP: _("Why a bundle is given up"),
        TAKING_IN: _("Why a bundle is taken in after all"),
    }.get(form, "")


class AskWhy(QWidget):
    """A question, a hint, one line to answer in, and what is wrong with the answer.

    Attributes:
        field: where it is typed.
        drafting: keeps what was typed.
    """

    def __init__(
        self, session: Session, about: str, matter: bytes, *, asks: str, hint: str
    ) -> None:
        """Ask why.

        Args:
            session: whose vault keeps the draft.
            about: what the reason is for, as above.
            matter: tells what is settled from all others of its kind.
            asks: the question, with its Alt letter.
            hint: who will read the answer.
        """
        super().__init__()
        self.field, self._wrong = QLineEdit(), Notice("", "bad")
        self.field.setObjectName(_FIELD)
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(asks.replace("&", ""))
        self._wrong.hide()
        asked = label(asks, weight=SEMI, buddy=self.field)
        self.setLayout(
            down(asked, label(hint, "small", tone="muted", wrap=True), self.field, self._wrong)
        )
        self.drafting = Drafting(
            session, about, client=NO_CLIENT, record=matter, typed=self._typed, parent=self
        )
        self.field.textEdited.connect(lambda _text: self.drafting.touched())
        self.drafting.fetch(self._resume)

    def given(self, complaint: str) -> str:
        """Return the reason; empty, with a complaint and the keyboard in the line, for none."""
        words = self.field.text().strip()
        if not words:
            self._wrong.say(complaint)
            self._wrong.show()
            self._wrong.announce()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return words

    def _typed(self) -> Answers:
        return {_FIELD: self.field.text()}

    def _resume(self, draft: Draft | None) -> None:
        words = draft.answers.get(_FIELD) if draft is not None else None
        if isinstance(words, str) and not self.field.text():
            self.field.setText(words)
