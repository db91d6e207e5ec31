# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The right card of the doorstep: what was promised, your words, who reads them, what next."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from desktop_app.casework.forms import form
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _
from ui import theme
from ui.editors.asking import Asking
from ui.kit.buttons import button
from ui.kit.card import across, down, ground, holding
from ui.kit.labels import Line, Part, Words, label
from ui.kit.lines import FewLines
from ui.kit.note_edit import NoteEdit
from ui.kit.notice import Notice, announce
from ui.pages.doorstep_facts import Memory
from ui.pages.doorstep_next import NextStep
from ui.pages.doorstep_readers import Readers
from ui.theme import SEMI


class YourWords(QFrame):
    """Note, promise and next step.

    Signals:
        edited: an answer was altered; carries the field's name.
        correct: the person wants to correct their sealed account.
    """

    edited = Signal(str)
    correct = Signal()

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self.setProperty("look", "card")
        me = asking.team.persons[asking.me]
        self.note = NoteEdit(_("Note"), lines=6)
        self.note.typed.connect(lambda _text: self.edited.emit("note"))
        self.readers = Readers(form("account"), asking.team, me, event=form("visit").audience)
        self.readers.narrowed.connect(lambda _to: self.edited.emit("_narrowed"))
        self.promised = QLineEdit()
        self.promised.setAccessibleName(_("Promised"))
        self.promised.setPlaceholderText(_("What you said we would do. Shown at the next visit."))
        self.promised.textEdited.connect(lambda _text: self.edited.emit("promised"))
        self.next = NextStep(asking.team, asking.me, asking.now)
        self.next.edited.connect(self.edited)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 9, 14, 10)
        self._column.setSpacing(9)
        self._build()
        theme.on_change(self._restyle)

    def answers(self) -> Answers:
        """Return what stands on this card."""
        words = {"note": self.note.text() or None, "promised": self.promised.text() or None}
        return {**words, **self.next.answers()}

    def show_answers(self, answers: Mapping[str, Json]) -> None:
        """Show answers; those not named stay. Nobody is told."""
        if "note" in answers:
            self.note.set_text(str(answers["note"] or ""))
        if "promised" in answers:
            self.promised.setText(str(answers["promised"] or ""))
            self.promised.setCursorPosition(0)
        self.next.show_answers(answers)

    def say_name(self, name: str) -> None:
        """Say who may ask to read the note."""
        read = _("%(name)s may ask to read it.") % {"name": name}
        whole = read + " " + _("Their words, what you saw, what you did.")
        self._tone.set_parts([Part(whole, "muted")], short=[Part(read, "muted")])

    def say_memory(self, memory: Memory) -> None:
        """Say what was promised and what to ask."""
        self._promise.setVisible(bool(memory.promised))
        self._question.setVisible(bool(memory.ask))
        self.memory.setVisible(bool(memory.promised or memory.ask))
        self._promise_head.setText(_("Promised on %(day)s") % {"day": memory.promised_on})
        self._promise_words.set_part(Part(memory.promised, weight=SEMI))
        self._question_words.set_part(Part(memory.ask, weight=SEMI))

    def say_arrived(self, words: str) -> None:
        """Tell that a colleague changed the next step while it is being written here."""
        self._say(Notice(words, "info"))
        announce(self, words)

    def seal(self) -> None:
        """Let a sealed account be read, and corrected, and not altered."""
        self.note.setReadOnly(True)
        self.promised.setReadOnly(True)
        correct = button(_("Add a correction"), small=True)
        correct.clicked.connect(self.correct)
        words = _(
            "Your account is sealed and stands as it is. A correction can follow it; what you had "
            "begun to type waits there."
        )
        self._say(Notice(words, "neutral", icon="lock", buttons=[correct]))

    def _say(self, notice: Notice) -> None:
        while (item := self._aside.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._aside.addWidget(notice)
        notice.show()

    def set_low(self, *, low: bool, narrow: bool) -> None:
        """Stand closer, for small windows."""
        self.readers.set_short(short=low or narrow)
        self.next.set_low(low=low)
        self._readers_width = 152 if narrow else 178
        edge = 6 if low else 9
        self._column.setContentsMargins(14, edge, 14, edge)
        self._column.setSpacing(4 if low else 9)
        self._restyle()

    def _build(self) -> None:
        self._readers_width = 178
        self._promise_head: Words = label("", "small", tone="muted", weight=SEMI)
        self._promise_words: FewLines = FewLines()
        self._question_words: FewLines = FewLines()
        for words in (self._promise_words, self._question_words):
            words.set_most(2)
        ask_head = label(_("Ask today"), "small", tone="muted", weight=SEMI)
        self._promise = holding(down(self._promise_head, self._promise_words, None, gap=0))
        self._question = holding(down(ask_head, self._question_words, None, gap=0))
        both = across(self._promise, self._question, gap=12, margins=(12, 5, 12, 5))
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.memory = ground("info", both)
        self.memory.hide()
        self._tone = Line([], "small")
        note_head = label(_("No&te"), "h3", weight=SEMI, buddy=self.note)
        self.attach = button(_("Attach"), "quiet", icon="file-text", small=True)
        self.attach.setAccessibleName(_("Attach a letter or picture"))
        self.card = button(_("Card"), "quiet", icon="mail", small=True)
        self.card.setAccessibleName(_("Card to leave behind"))
        head = across(note_head, self._tone, self.card, self.attach, gap=10)
        head.setStretch(1, 1)
        beside = across(self.note, self.readers, gap=12)
        beside.setStretch(0, 1)
        promise = across(
            label(_("&Promised"), tone="muted", buddy=self.promised), self.promised, gap=10
        )
        promise.setStretch(1, 1)
        self._aside = QVBoxLayout()
        self._column.addWidget(self.memory)
        self._column.addLayout(self._aside)
        self._column.addLayout(head)
        self._column.addLayout(beside, 1)
        self._column.addLayout(promise)
        self._column.addWidget(self.next)

    def _restyle(self) -> None:
        self.readers.setFixedWidth(theme.px(self._readers_width))
