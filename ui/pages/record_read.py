# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A record to be read and not altered: every answer beside its question.

Rules, each with a test:

* A sealed record is read. Its author is offered a correction; nobody is offered to alter it.
* What was withdrawn says why, and can be brought back by whoever may write it.
* Where the clock it was written by was wrong, it says between which times it was recorded.
* Corrections are named where the record is read: who, when, why, and what it was before.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.casework.records import WITHDRAWN, Record
from desktop_app.casework.wording import answers_in_words
from desktop_app.casework.words import _
from ui import theme
from ui.dialogs import Dialogs
from ui.editors.asking import Asking
from ui.kit.buttons import button
from ui.kit.labels import Part, Passage, label
from ui.kit.notice import Notice
from ui.pages import record_told, recorded_words
from ui.pages.record_facts import RecordFacts
from ui.pages.record_sheet import RecordSheet
from ui.session import Session

QUESTION = 190


class ReadRecord(RecordSheet):
    """One record to read.

    Signals:
        correct: the person wants to correct it.
    """

    correct = Signal()

    def __init__(self, session: Session, dialogs: Dialogs, facts: RecordFacts) -> None:
        super().__init__(facts.form, Asking(session.team, session.me.id, session.now))
        self.session, self.dialogs, self.facts = session, dialogs, facts
        self.present(facts, session, correcting=False, editing=False)
        self.view.hide()
        self.dot.hide()
        self.foot.set_reading()
        self.foot.leave.connect(self.left)
        self.escaped.connect(self.left)
        self.side.withdraw.connect(self.withdraw)
        if facts.record is None:
            self.say(Notice(_("Your role does not write this kind of record."), "neutral"))
        else:
            self._show(facts.record)

    def start(self) -> None:
        """Put the focus on what can be done."""
        self.foot.start_reading()

    def withdraw(self) -> None:
        """Put a withdrawn record back into the timeline; take another one out, with a reason."""
        record, session = self.facts.record, self.session
        if record is None:
            return
        reason: str | None = None
        if not record.withdrawn:
            asked = _("Why is this withdrawn? The reason stays with it.")
            reason = self.dialogs.ask_text(asked)
            if not reason:
                return
        edit = session.edit(
            record.form,
            {WITHDRAWN: reason},
            client=record.client,
            record=record.id,
            narrowed_to=record.audience,
        )
        session.save([edit])

    def _show(self, record: Record) -> None:
        today, team = self.session.today(), self.session.team
        self.put_in_place(AnswersRead(answers_in_words(record, team, on=today)))
        if doubt := recorded_words.doubt(self.facts.recorded, self.session):
            self.say(Notice(doubt, "warn", icon="clock"))
            self.side.when.hide()  # it is said already, unasked
        if record.withdrawn:
            said = _("Withdrawn: %(why)s") % {"why": record.withdrawn}
            self.say(Notice(said, "neutral", icon="archive"))
        self._offer(record)
        self._say_corrections(record)

    def _offer(self, record: Record) -> None:
        """Offer to put it right: what others may have read is corrected, never altered."""
        facts, me = self.facts, self.session.me
        if record.withdrawn or not (facts.may_correct(me) or facts.may_edit(me)):
            return
        corrects = facts.may_correct(me)
        act = button(_("Add a &correction") if corrects else _("&Change it"), icon="pencil")
        act.clicked.connect(self.correct)
        self.foot.offer(act)
        if corrects:
            words = _("It stands as it is, for others may have read it. A correction can follow.")
            if facts.form.sealed:
                words = _("It is sealed and stands as it is. A correction can follow it.")
            self.say(Notice(words, "neutral", icon="lock"))

    def _say_corrections(self, record: Record) -> None:
        facts, session = self.facts, self.session
        told = [
            (one, record_told.correction_words(one, record, session)) for one in facts.corrected_by
        ]
        if facts.corrects is not None:
            words = record_told.corrects_words(record, facts.corrects, session)
            told.insert(0, (facts.corrects, words))
        for one, words in told:
            show = button(_("Open"), small=True)
            show.clicked.connect(lambda _on=False, one=one: self.open_record(one))
            self.say(Notice(words, "info", icon="pencil", buttons=[show]))


class AnswersRead(QWidget):
    """Questions in a gutter, answers beside them; the words can be selected and copied."""

    def __init__(self, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        shown = [*answers] or [(_("Nothing"), _("No question is answered."))]
        for row, (question, words) in enumerate(shown):
            asked = label(question, tone="muted", wrap=True)
            asked.setFixedWidth(theme.px(QUESTION))
            said = Passage([Part(words)])
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setAccessibleName(f"{question} {words}")
            grid.addWidget(asked, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, row, 1)
