# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What follows from a choice: what the record will say, why, and what speaks against it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework import settling
from desktop_app.casework.answers import LONGEST_TEXT
from desktop_app.casework.forms import FieldType, forms
from desktop_app.casework.records import Answers
from desktop_app.casework.settling import BOTH, COMBINED
from desktop_app.casework.twice import combined
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from ui.editors.text import line
from ui.kit.card import across, clear, down, ground
from ui.kit.labels import Part, Passage, label
from ui.kit.note_edit import NoteEdit
from ui.pages import twice_words
from ui.pages.twice_facts import Whole
from ui.pages.twice_parts import saying
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import L


class Follows(QWidget):
    """Stands under the answers.

    Signals:
        typed: something was typed: a reason, an answer read over, what speaks against it.
    """

    typed = Signal()

    def __init__(self, session: Session, whole: Whole) -> None:
        super().__init__()
        self.session, self.whole = session, whole
        self.why = line()
        self.words: dict[str, NoteEdit] = {}
        self.objection = NoteEdit(_("What speaks against it"), lines=2)
        self.objection.typed.connect(lambda _text: self.typed.emit())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def answers(self, choice: str) -> Answers:
        """Return what the record is to say."""
        question = self.whole.question
        if choice == BOTH:
            return settling.newest_given(question).answers
        if choice == COMBINED:
            return (combined(question) or {}) | {name: self._typed(name) for name in self.words}
        return question.given[int(choice)].answers if choice else {}

    def show_choice(self, choice: str, told: Sequence[str]) -> None:
        """Say what the record will say, and let a reason be given."""
        kept = self.why.text()
        self._empty()
        self.why = line(kept)
        self.why.textEdited.connect(lambda _text: self.typed.emit())
        said = self._combined() if choice == COMBINED else self._said(choice)
        reads = _("W&hy (%(names)s will read this)") % {"names": listed([*told])}
        asked = label(reads if told else _("W&hy"), "small", weight=SEMI, buddy=self.why)
        row = across(said, down(asked, self.why, None, gap=4), gap=L, margins=(14, 10, 14, 12))
        row.setStretch(0, 3)
        row.setStretch(1, 2)
        self._column.addWidget(ground("info", row))

    def ask_objection(self) -> None:
        """Ask what speaks against what was settled."""
        self._empty()
        words = label(_("What speaks a&gainst it"), weight=SEMI, buddy=self.objection)
        hint = label(
            _("Only if you object: then it is open again, and everybody it concerns is told."),
            "small",
            tone="muted",
            wrap=True,
        )
        self._column.addLayout(down(words, hint, self.objection, gap=3))

    def kept(self) -> Answers:
        """Return what was typed, as it is kept in a draft."""
        words: Answers = {name: editor.text() for name, editor in self.words.items()}
        return {"why": self.why.text(), "objection": self.objection.text(), "words": words}

    def resume(self, draft: Answers) -> None:
        """Put back what had been typed; what was put together, once that is shown."""
        self.why.setText(str(draft.get("why") or ""))
        self.objection.set_text(str(draft.get("objection") or ""))
        words = draft.get("words")
        if isinstance(words, dict):
            for name, editor in self.words.items():
                if isinstance(words.get(name), str):
                    editor.set_text(str(words[name]))

    def _said(self, choice: str) -> QVBoxLayout:
        question, session = self.whole.question, self.session
        if choice == BOTH:
            both = twice_words.standing_both(question, session)
            return saying(_("Both will stand"), both)
        said = twice_words.says(question, self.answers(choice), session)
        lines = [(value or _("Nothing"), name if len(said) > 1 else "") for name, value in said]
        return saying(_("The record will say"), lines)

    def _combined(self) -> QVBoxLayout:
        """Return what was put together: lists as they will be, words to be read over."""
        question, whole = self.whole.question, combined(self.whole.question) or {}
        fields, before = forms()[question.record.form].fields, self.words
        self.words = {}
        column = down(label(_("The record will say"), "small", tone="muted", weight=SEMI), gap=4)
        said = twice_words.says(question, whole, self.session)
        for name, (_asked, value) in zip(question.differ, said, strict=True):
            if fields[name].type is not FieldType.TEXT:
                column.addWidget(Passage([Part(value, weight=SEMI)]))
                continue
            editor = NoteEdit(_(fields[name].label), lines=3)
            typed = before[name].text() if name in before else str(whole.get(name) or "")
            editor.set_text(typed)
            editor.typed.connect(lambda _text: self.typed.emit())
            self.words[name] = editor
            column.addWidget(editor)
        column.addStretch(1)
        return column

    def _typed(self, name: str) -> str:
        """Return words as they were read over: on one line, where the question has one."""
        words = self.words[name].text().strip()
        field = forms()[self.whole.question.record.form].fields[name]
        several = field.appearance == "multiline"
        return (words if several else " ".join(words.split()))[:LONGEST_TEXT]

    def _empty(self) -> None:
        clear(self._column)
