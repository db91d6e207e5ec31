# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A visit being recorded: kept as a draft, taken in from colleagues, saved.

Rules, each with a test:

* What is typed is never overwritten by what arrives: it is told who changed it, when and to what.
* A draft keeps what was typed, and only that: what colleagues change meanwhile still shows.
* Saving writes the visit and this worker's own account in one go, or nothing.
* A sealed account is shown and not edited; a correction is a record of its own. What was being
  typed into an account while it was sealed waits as a draft of its correction.
"""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor

from desktop_app.casework import names
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.records import Answers, Record, link, linked
from desktop_app.casework.words import _
from storage.store import Draft
from ui.drafting import AT_FIELD, Drafting, draft_words, kept_at
from ui.editors.asking import Asking
from ui.kit.notice import Notice, announce
from ui.pages import doorstep_answers, doorstep_begin, doorstep_facts, doorstep_fields
from ui.pages.doorstep_answers import VISIT
from ui.pages.doorstep_begin import usual_place
from ui.pages.doorstep_facts import Facts
from ui.pages.doorstep_join import JoinOffer, joined_words
from ui.pages.doorstep_react import Reactions
from ui.pages.doorstep_saving import edits_of, keep_as_correction, take_in_visit
from ui.pages.doorstep_screen import DoorstepParts
from ui.session import Session

NARROWED, JOINED = "_narrowed", "_joined"
"""Reserved answers of a draft: whom the account is kept to, which visit it was joined to."""


class DoorstepVisit(DoorstepParts):
    """One visit being recorded.

    Signals:
        left: the person is done here; saved, or left as a draft.
        correct: the person wants to correct their sealed account.
    """

    left = Signal()
    correct = Signal()

    def __init__(self, session: Session, facts: Facts) -> None:
        asking = Asking(session.team, session.me.id, session.now)
        super().__init__(asking)
        self.session, self.facts, self._asking = session, facts, asking
        self.joined: Record | None = None
        self._touched: set[str] = set()
        self._apart: set[bytes] = set()
        self._saving = False
        self._reactions = Reactions(self, session.team, session.me, asking)
        self.drafting = Drafting(
            session,
            VISIT,
            client=facts.about,
            record=facts.visit.id if facts.visit else b"",
            typed=self._draft,
            parent=self,
        )
        self._connect()
        self._begin(facts.draft)

    def save(self) -> None:
        """Save the visit and this worker's account, unless something has to be put right."""
        if self._saving:
            return
        typed, name = self.typed(), names.spoken_name(self.facts.file.client.answers)
        found = doorstep_answers.problems(typed, name, self.session.now())
        doorstep_fields.say_problems(self, found, drafted=self.drafting.holds)
        QTimer.singleShot(0, self, self.refit)
        if found:
            return
        to = self.words.readers.audience()
        edits = edits_of(self.session, self.facts, typed, joined=self.joined, to=to)
        self._saving = bool(edits)
        if self._saving:
            self.session.save(edits, lambda _saved: self._saved())
        else:
            self._saved()

    def leave(self) -> None:
        """Leave what was typed as a draft."""
        self.drafting.flush()
        self.left.emit()

    def discard(self) -> None:
        """Forget the draft; for a few seconds it can be taken back."""
        before = self._draft()
        self.drafting.forget()
        self._begin(None)

        def take_back() -> None:
            self._resume(before)
            self.drafting.touched()

        self.undo.offer(_("Draft discarded."), take_back)

    def typed(self) -> Answers:
        """Return every answer of the screen."""
        return doorstep_fields.answers_of(self)

    def take_in(self, newer: Facts) -> None:
        """Take in what changed elsewhere; nothing that is being typed is replaced."""
        before, now = self.facts.visit, newer.visit
        if before is None or now is None or before.id != now.id:
            newer = replace(newer, visit=before, account=self.facts.account)
        else:
            take_in_visit(self, before, now, newer, touched=self._touched, session=self.session)
        if self.facts.editable and not newer.editable:
            keep_as_correction(self.session, newer, self.typed(), self._touched)
            self._show_account(newer)
        self.facts = newer
        self.show_client(newer, self.session.team, self._asking)
        self._offer_joining()
        self._follow()

    def start(self) -> None:
        """Put the cursor where it stood in the draft, or on the first question."""
        at = self.facts.draft.answers.get(AT_FIELD) if self.facts.draft else None
        field = at if isinstance(at, str) and at else "seen"
        self.words.note.moveCursor(QTextCursor.MoveOperation.End)
        doorstep_fields.widget_of(self, field).setFocus(Qt.FocusReason.TabFocusReason)

    def _connect(self) -> None:
        self.happened.edited.connect(self._edited)
        self.words.edited.connect(self._edited)
        self.words.correct.connect(self.correct)
        self.foot.save.connect(self.save)
        self.foot.leave.connect(self.leave)
        self.foot.discard.connect(self.discard)
        self.escaped.connect(self.leave)
        self.drafting.kept.connect(self.foot.say_kept)
        self.session.failed.connect(self._failed)

    def _begin(self, draft: Draft | None) -> None:
        facts, asking = self.facts, self._asking
        self._touched = set()
        self.show_client(facts, self.session.team, asking)
        self.happened.where.set_usual(lambda kind: usual_place(self.facts, asking, kind))
        self.happened.offers.set_likely(doorstep_facts.earlier_answers(facts))
        likely = doorstep_facts.likely_people(facts, asking.me, asking.now().date())
        self.happened.people.offer(likely[:3])
        doorstep_fields.show_answers(self, dict.fromkeys(self.typed()))
        self.happened.when.set_now()
        first = doorstep_begin.first_answers(facts, asking)
        doorstep_fields.show_answers(self, first)
        self._show_account(facts)
        self.foot.say_fresh()
        self.foot.say_untouched()
        if draft is not None:
            self._resume(draft.answers)
            self.drafting.taken_up()
            self.foot.say_kept(kept_at(draft))
            self.foot.say_resumed(draft_words(draft, self.session.today()))
        if doorstep_begin.recorded_by_another(facts, asking.me) and facts.visit is not None:
            self._join(facts.visit)
        self._offer_joining()
        self._follow()

    def _show_account(self, facts: Facts) -> None:
        if facts.account is None:
            return
        self.words.readers.set_audience(facts.account.audience)
        self.words.readers.fix()
        if not facts.editable:
            self.happened.seal()
            self.words.seal()

    def _resume(self, answers: Answers) -> None:
        typed = {name: value for name, value in answers.items() if not name.startswith("_")}
        doorstep_fields.show_answers(self, typed)
        self._touched |= typed.keys()
        narrowed = answers.get(NARROWED)
        if isinstance(narrowed, str) and self.facts.account is None:
            self.words.readers.set_audience(narrowed)
        beside = self.facts.beside
        if beside is not None and beside.id == linked(answers.get(JOINED)):
            self._join(beside)
        self._follow()

    def _draft(self) -> Answers:
        """Return what a draft keeps: what was typed, and when it was."""
        kept = {n: v for n, v in self.typed().items() if n in self._touched or n == "at"}
        return {
            **kept,
            NARROWED: self.words.readers.audience(),
            JOINED: link(self.joined.id) if self.joined else None,
            AT_FIELD: doorstep_fields.field_in_focus(self),
        }

    def _edited(self, field: str) -> None:
        self._touched |= {*doorstep_fields.TOGETHER.get(field, (field,))}
        self.drafting.touched()
        doorstep_fields.settle(self, field)
        self._follow()

    def _follow(self) -> None:
        held = self.joined or self.facts.visit
        self._reactions.follow(self.facts, held=held, touched=self._touched)
        QTimer.singleShot(0, self, self.refit)

    def _saved(self) -> None:
        self._saving = False
        self.drafting.drop()
        announce(self, _("Visit saved"))
        self.left.emit()

    def _failed(self, error: CaseworkError) -> None:
        if self._saving:
            self._saving = False
            self.happened.say_aside(Notice(str(error), "bad"))
            announce(self, str(error))

    def _offer_joining(self) -> None:
        beside = self.facts.beside
        if beside is None or self.joined or self.facts.account or beside.id in self._apart:
            return
        offer = JoinOffer(beside, self.session.team)
        offer.joined.connect(lambda: self._join(beside, chosen=True))
        offer.apart.connect(lambda: self._keep_apart(beside))
        self.happened.say_aside(offer)

    def _join(self, visit: Record, *, chosen: bool = False) -> None:
        """Add this worker's account to a visit a colleague recorded."""
        self.joined = visit
        shown = doorstep_begin.joined_answers(visit, self.typed(), self._touched)
        doorstep_fields.show_answers(self, shown)
        self.happened.say_aside(Notice(joined_words(visit, self.session.team), "ok"))
        self._follow()
        if chosen:
            self.drafting.touched()
            self.happened.tiles.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_apart(self, visit: Record) -> None:
        self._apart.add(visit.id)
        self.happened.say_aside(None)
        self.happened.tiles.setFocus(Qt.FocusReason.OtherFocusReason)
