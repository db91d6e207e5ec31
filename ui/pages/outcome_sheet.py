# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The sheet of the last four weeks: when and which weeks, the questions, a note.

A form that others may have read is not altered: what is typed becomes a correction of it, with a
reason, and at each question that is answered otherwise stands what it was before.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.corrections import CORRECTS, REASON
from desktop_app.casework.forms import Problem, form
from desktop_app.casework.outcome_pack_file import NOT_ASKED
from desktop_app.casework.outcomes import FORM
from desktop_app.casework.records import Answers, Json, Record, link
from desktop_app.casework.words import _
from ui.editors.asking import Asking
from ui.form_view import FormView
from ui.kit.card import Card
from ui.pages.outcome_facts import OutcomeFacts
from ui.pages.outcome_questions import QuestionList
from ui.tokens import M

NOTE = "note"
LAST = (NOTE, REASON)
"""What is asked after the questions."""


class Sheet(Card):
    """The form: when and which weeks, the questions, a note.

    Signals:
        touched: something is answered otherwise.
    """

    touched = Signal()

    def __init__(self, asking: Asking, facts: OutcomeFacts) -> None:
        super().__init__(gap=M)
        self._facts = facts
        names = [one.name for one in form(FORM).field]
        self.view = FormView(form(FORM), asking, leave_out=("answers", *LAST))
        self.questions = QuestionList()
        last = LAST if facts.correcting else (NOTE,)
        self.note = FormView(
            form(FORM), asking, leave_out=[one for one in names if one not in last], show_too=last
        )
        for piece in (self.view, self.questions, self.note):
            self.add(piece)
        old = facts.record
        held: Json = None
        if old is not None:
            held = old.answers.get("answers")
            self.view.open(old.answers)
            self.note.open({**old.answers, REASON: None} if facts.correcting else old.answers)
        else:
            known: Answers = {"filled_on": asking.today()}
            known |= {"stage": facts.stage, "look_back": facts.look_back}
            self.view.begin(known)
            self.note.begin({one: None for one in names if one != NOTE})
        self.questions.set_pack(facts.pack, self.look_back())
        self.questions.set_values(held if isinstance(held, dict) else {})
        if facts.correcting:
            self.questions.set_before(held if isinstance(held, dict) else {})
        self.view.edited.connect(self._edited)
        self.note.edited.connect(lambda _name: self.touched.emit())
        self.questions.answered.connect(self.touched)

    def start(self) -> None:
        """Put the keyboard on the first question."""
        first = next(iter(self.questions.lines.values()), None)
        if first is not None:
            self.setFocusProxy(first)
            first.setFocus(Qt.FocusReason.TabFocusReason)  # and its number is typed over

    def look_back(self) -> str:
        """Return which four weeks are asked about."""
        return str(self.view.answers().get("look_back") or self._facts.look_back)

    def problems(self) -> list[tuple[str, QWidget]]:
        """Return what has to be put right, and where."""
        wrong = self.view.show_problems(self.view.problems()) + self.questions.problems()
        if not self._facts.correcting:
            return wrong or self._nothing()
        why = [] if self.reason() else [Problem(REASON, _("Say why it is corrected."))]
        if not (self._altered() or wrong):
            same = _("Every answer is as it was. Alter one, or leave with Not now.")
            return [(same, self)]
        return wrong + self.note.show_problems(why)

    def _nothing(self) -> list[tuple[str, QWidget]]:
        """Return that nobody answered anything, of a new form without a word of why."""
        if self._facts.record or self.questions.values() or self.note.answers().get(NOTE):
            return []
        words = _("Answer at least one question, or say in the note why not.")
        return [(words, next(iter(self.questions.lines.values()), self))]

    def reason(self) -> str:
        """Return why it is corrected; empty while nobody has said."""
        said = self.note.answers().get(REASON)
        return said.strip() if isinstance(said, str) else ""

    def typed(self) -> Answers:
        """Return what a draft must keep."""
        values: Json = dict(self.questions.values())
        last = self.note.answers()
        return {**self.view.typed(), **{one: last.get(one) for one in LAST}, "answers": values}

    def resume(self, typed: Answers, older: Record | None = None) -> None:
        """Put what a draft holds over what is shown.

        Args:
            typed: what it holds.
            older: the form it was begun with, where another has corrected that meanwhile: what
                the draft leaves as it was there stays as it was corrected.
        """
        if older is not None:
            typed = self._over_the_correction(typed, older)
        aside = ("answers", *LAST)
        self.view.resume({name: one for name, one in typed.items() if name not in aside})
        self.note.resume({one: typed.get(one) for one in LAST})
        values = typed.get("answers")
        self.questions.set_values(values if isinstance(values, dict) else {})
        self.questions.say(self.look_back())

    def _over_the_correction(self, typed: Answers, older: Record) -> Answers:
        now = self._facts.record.answers if self._facts.record else {}
        held, stood, stands = (one.get("answers") for one in (typed, older.answers, now))
        before = stood if isinstance(stood, dict) else {}
        given = held if isinstance(held, dict) else {}
        own = {one: said for one, said in given.items() if said != before.get(one, NOT_ASKED)}
        merged = {
            one: now.get(one) if one != REASON and said == older.answers.get(one) else said
            for one, said in typed.items()
        }
        return {**merged, "answers": {**(stands if isinstance(stands, dict) else {}), **own}}

    def to_save(self) -> Answers:
        """Return what is to be saved; nothing where nothing is different."""
        facts, altered = self._facts, self._altered()
        if facts.record is None:
            name, version = facts.pack.key
            return {**altered, "pack": name, "version": version}
        return altered

    def correction(self, old: Record) -> Answers:
        """Return the whole form as it is now, as the correction of an older one."""
        kept = {name: one for name, one in old.answers.items() if name in form(FORM).fields}
        return {**kept, **self._altered(), CORRECTS: link(old.id), REASON: self.reason()}

    def _altered(self) -> Answers:
        """Return what is answered otherwise than it stands."""
        old = self._facts.record
        altered = {**self.view.altered(), **self.note.altered()}
        for name in ("answers", CORRECTS, REASON):
            altered.pop(name, None)
        held: Json = old.answers.get("answers") if old is not None else None
        stood = self.questions.whole(held) if isinstance(held, dict) else None
        values = self.questions.to_save()
        if values != stood:
            altered["answers"] = values
        return altered

    def _edited(self, name: str) -> None:
        if name == "look_back":
            self.questions.say(self.look_back())
        self.touched.emit()
