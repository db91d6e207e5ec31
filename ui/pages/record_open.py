# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A record that is open: kept as a draft, taken in from colleagues, saved, corrected, withdrawn.

Rules, each with a test:

* What is typed is never overwritten by what arrives; it is told at the question.
* A correction is a new record, linked to the sealed one, with a reason.
* A record is withdrawn with a reason; nothing is deleted.
* Somebody who may already be on the casebook is shown before a client is put on it twice.
"""

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.records import WITHDRAWN, Answers, RecordId
from desktop_app.casework.settling import settled_by_the_way
from desktop_app.casework.sharing_agreements import RESTS_ON
from desktop_app.casework.twice import questions
from desktop_app.casework.words import _
from storage.reads import Hit
from ui.dialogs import Dialogs
from ui.drafting import AT_FIELD, Drafting, draft_words, kept_at
from ui.editors.asking import Asking
from ui.editors.row import Held
from ui.kit.notice import Notice, announce
from ui.pages import record_rules, record_told
from ui.pages.record_facts import RecordFacts, correction_preset
from ui.pages.record_sheet import CLIENT, RecordSheet
from ui.pages.record_twice import look_for_others, others_notice
from ui.pages.twice_question import pen_of
from ui.session import Session

NARROWED = "_narrowed"
"""Reserved answer of a draft: whom the record is kept to."""


class OpenRecord(RecordSheet):
    """One record, new, open or corrected."""

    def __init__(
        self, session: Session, dialogs: Dialogs, facts: RecordFacts, *, correcting: bool
    ) -> None:
        asking = Asking(session.team, session.me.id, session.now, facts.links)
        show_too = record_told.also_shown(facts, correcting=correcting)
        leave_out = () if facts.agreements else (RESTS_ON,)
        super().__init__(facts.form, asking, show_too=show_too, leave_out=leave_out)
        self.session, self.dialogs, self.facts = session, dialogs, facts
        self.correcting, self.saving, self._sure, self._ruled = correcting, False, False, ""
        self.drafting = Drafting(
            session,
            facts.form.name,
            client=facts.about,
            record=facts.record.id if facts.record else b"",
            typed=self._draft,
            parent=self,
        )
        self._connect()
        if correcting:
            self.foot.save_button.set_words(_("Save correction"))
        self.present(facts, session, correcting=correcting, editing=True)
        self._fill()
        self._resume()
        self._said()

    def start(self) -> None:
        """Put the cursor where it stood in the draft, to two answers, or to the first question."""
        at = self.facts.draft.answers.get(AT_FIELD) if self.facts.draft else None
        record = self.facts.record
        twice = next(iter(record.conflicts), "") if record else ""
        self.view.go_to(at if isinstance(at, str) else twice)

    def save(self) -> None:
        """Save, unless something has to be put right first."""
        if self.saving:
            return
        answers, today = self.view.answers(), self.session.today()
        client = self.facts.client
        more = record_rules.problems(
            self.facts.form,
            answers,
            client.answers if client is not None else {},
            today=today,
            correcting=self.correcting,
        )
        found = [*self.view.problems(), *more]
        self.problems.show_problems(self.view.show_problems(found), drafted=self.drafting.holds)
        if found:
            return
        new_client = self.facts.form.name == CLIENT and self.facts.record is None
        if new_client and not self._sure:
            look_for_others(self.session, answers, self._show_others, owner=self)
            return
        self._write()

    def leave(self) -> None:
        """Leave what was typed as a draft."""
        self.drafting.flush()
        self.left.emit()

    def discard(self) -> None:
        """Forget the draft; for a few seconds it can be taken back."""
        before = self._draft()
        self.drafting.forget()
        self._fill()
        self.foot.say_fresh()
        self.foot.say_untouched()

        def take_back() -> None:
            self.view.resume(before)
            self._said()
            self.drafting.touched()

        self.undo.offer(_("Draft discarded."), take_back)

    def take_in(self, facts: RecordFacts) -> None:
        """Take in what colleagues changed in the record that is open."""
        record, self.facts = facts.record, facts
        if record is None:
            return

        def told(name: str) -> Held:
            return record_told.newest_held(record, name, facts, self.session)

        self.view.take_in(record.answers, told)
        self.view.show_conflicts(record_told.held_twice(record, facts, self.session))
        self.show_states(record_told.states_of(facts, editing=True))
        may = facts.may_edit(self.session.me)
        self.side.one_with.set_visits(facts.one_with, self.session.team, may_part=may)
        self._said()

    def withdraw(self) -> None:
        """Take the record out of the timeline, with a reason."""
        reason = self.dialogs.ask_text(_("Why is this withdrawn? The reason stays with it."))
        if reason and self.facts.record is not None:
            self._save({WITHDRAWN: reason}, self.facts.record.id)

    def _connect(self) -> None:
        self.view.edited.connect(self._edited)
        self.side.readers.narrowed.connect(lambda _to: self.drafting.touched())
        self.side.withdraw.connect(self.withdraw)
        self.foot.save.connect(self.save)
        self.foot.leave.connect(self.leave)
        self.foot.discard.connect(self.discard)
        self.escaped.connect(self.leave)
        self.drafting.kept.connect(self.foot.say_kept)
        self.session.failed.connect(self._failed)

    def _fill(self) -> None:
        record = self.facts.record
        if record is None:
            self.view.begin(self.facts.known)
        elif self.correcting:
            self.view.begin(correction_preset(record))
        else:
            self.view.open(record.answers)
            self.view.show_conflicts(record_told.held_twice(record, self.facts, self.session))

    def _resume(self) -> None:
        draft = self.facts.draft
        if draft is None:
            return
        self.view.resume(draft.answers)
        narrowed = draft.answers.get(NARROWED)
        if isinstance(narrowed, str) and self.facts.record is None:
            self.side.readers.set_audience(narrowed)
        self.drafting.taken_up()
        self.foot.say_kept(kept_at(draft))
        self.foot.say_resumed(draft_words(draft, self.session.today()))

    def _edited(self, _field: str) -> None:
        self._sure = False
        self.drafting.touched()
        self._said()

    def _said(self) -> None:
        """Count again what is answered, and say what the form's rules say now."""
        self.side.meter.set_count(*self.view.needed())
        words = record_rules.notice(self.facts.form, self.view.answers(), self.facts.agreements)
        if words != self._ruled:
            self._ruled = words
            self.clear_notices()
            if words:
                self.say(Notice(words, "neutral"))

    def _draft(self) -> Answers:
        return {
            **self.view.typed(),
            NARROWED: self.side.readers.audience(),
            AT_FIELD: self.view.at_field(),
        }

    def _show_others(self, hits: list[Hit]) -> None:
        self._sure = True
        if not hits:
            self._write()
            return
        self.clear_notices()
        for notice in others_notice(hits, self.open_record, today=self.session.today()):
            self.say(notice)
        announce(self, _("Somebody like this is here already."))

    def _write(self) -> None:
        record, today = self.facts.record, self.session.today()
        altered = self.facts.completed(self.view.altered(), self.view.answers(), today)
        if record is None or self.correcting:
            self._save(altered, None)
        elif altered:
            self._save(altered, record.id)
        else:
            self._saved()

    def _save(self, answers: Answers, record: RecordId | None) -> None:
        """Save a change of a record, or a new one."""
        new = record or self.session.new_record()
        edit = self.session.edit(
            self.facts.form.name,
            answers,
            client=self.facts.about or new,
            record=new,
            narrowed_to=self.side.readers.audience(),
        )
        self.saving = True
        twice = questions(self.facts.record) if record and self.facts.record else []
        told = settled_by_the_way(twice, answers, pen_of(self.session))
        self.session.save([edit, *told], lambda _saved: self._saved())

    def _saved(self) -> None:
        self.drafting.drop()
        announce(self, _("Saved"))
        self.left.emit()

    def _failed(self, error: CaseworkError) -> None:
        if self.saving:
            self.saving = False
            self.say(Notice(str(error), "bad")).announce()
