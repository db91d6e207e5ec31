# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A calm side panel for one form: what it is for, its questions, and one filled button.

It stands beside the page and blocks nothing: locking never waits for it, and what was typed is a
draft. Esc puts it away; nothing is lost, and it comes back as it was.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework import audience, forms
from desktop_app.casework.forms import Problem
from desktop_app.casework.records import Answers, Edit, Json, Record, RecordId
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from storage.store import Draft, Saved
from ui import theme
from ui.drafting import Drafting
from ui.editors.asking import Asking
from ui.editors.letters import letters_on
from ui.editors.row import demands, dot_said
from ui.form_view import FormView, leave_letters
from ui.in_sight import InSight
from ui.kit.buttons import HANG, Kind, button, icon_button, set_shortcut
from ui.kit.card import across, clear, holding, reading
from ui.kit.labels import IconMark, Line, Part, label
from ui.kit.notice import Notice
from ui.kit.problem_summary import ProblemSummary
from ui.kit.segment import Segment
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S

LOW = 400
"""A panel lower than this keeps its height for the questions."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a panel asks.

    Attributes:
        form: name of the form.
        title: heading of the panel.
        act: words of the filled button.
        preset: answers known already.
        leave_out: questions that do not belong here.
        says: sentences above the questions.
        record: the record to alter; None for a new one.
        also: what else is saved with it, given the answers and the record's id.
        check: what has to be put right here beyond what the form itself asks.
        who: the client's name, where the page does not say it already.
        kept_to: the audience, where it is not for the author to choose.
        kept_by: the same, where it follows from the answers; empty for the form's own.
        draft_of: what tells a draft of it from others of the same form and client: a record's id.
        begin_at: the question the cursor begins at; the first where it names none.
        must: questions that have to be answered here although their form leaves them open.
    """

    form: str
    title: str
    act: str
    preset: Mapping[str, Json] = field(default_factory=dict)
    leave_out: Collection[str] = ()
    says: tuple[str | tuple[Part, ...], ...] = ()
    record: Record | None = None
    also: Callable[[Answers, RecordId], list[Edit]] | None = None
    check: Callable[[Answers], list[Problem]] | None = None
    who: str = ""
    kept_to: str = ""
    kept_by: Callable[[Answers], str] | None = None
    draft_of: RecordId = b""
    begin_at: str = ""
    must: Collection[str] = ()


class FormPanel(QFrame):
    """One form at the side of a page.

    Signals:
        saved: the `Edit` that was saved.
        closed: the panel is to be put away.
    """

    saved = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, plan: Plan, client: RecordId) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._session, self._client = session, client
        self._alone, self._letters = False, ""
        self.title = label("", "h3", weight=SEMI)
        self.who = label("", weight=BOLD, wrap=True)
        self.act = button("", "primary", icon="check")
        self.dot = dot_said()
        self._choice: Segment | None = None
        self._whole, self._held, self._head = QVBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        self._build()
        self._questions = Questions(session, plan, client)
        self._take(self._questions)
        session.failed.connect(self._failed)

    @property
    def plan(self) -> Plan:
        """Return what it asks."""
        return self._questions.plan

    @property
    def view(self) -> FormView:
        """Return the questions."""
        return self._questions.view

    @property
    def problems(self) -> ProblemSummary:
        """Return the summary of what has to be put right."""
        return self._questions.problems

    @property
    def drafted(self) -> bool:
        """Say whether there is a draft of what was typed."""
        return self._questions.drafting.holds

    def take_plan(self, plan: Plan) -> None:
        """Ask for something else instead; what was typed so far stays as a draft."""
        self._questions.drafting.flush()
        self._questions.hide()
        self._questions.deleteLater()
        self._questions = Questions(self._session, plan, self._client)
        self._take(self._questions)

    def _take(self, questions: "Questions") -> None:
        plan = questions.plan
        self.setAccessibleName(f"{plan.title} {plan.who}".strip())
        self.title.setText(plan.title)
        self.who.setText(plan.who)
        self.who.setVisible(bool(plan.who))
        self.act.set_words(plan.act)
        self.dot.setVisible(demands(questions.view.rows.values()))
        self._held.insertWidget(0, questions, 1)
        questions.set_alone(alone=self._alone)
        questions.set_low(low=self.height() < theme.px(LOW))
        self.leave_letters(self._letters)

    def leave_letters(self, taken: str) -> None:
        """Leave the Alt letters of the page to the page, and its own buttons theirs."""
        self._letters = taken
        leave_letters(self.view, taken + letters_on(self, but=self._questions))

    def set_alone(self, *, alone: bool) -> None:
        """Say whether it has the width of the page, or stands beside something."""
        self._alone = alone
        self._questions.set_alone(alone=alone)
        if self._choice is None:
            return
        if alone:
            self._head.insertWidget(1, self._choice)
        else:
            self._whole.insertWidget(2, self._choice, 0, Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the height of a low window to the questions."""
        super().resizeEvent(event)
        self._questions.set_low(low=self.height() < theme.px(LOW))

    def put_choice(self, choice: Segment) -> None:
        """Put a choice above the questions; beside the heading where there is the width."""
        self._choice = choice
        self.set_alone(alone=self._alone)

    def put_beneath(self, more: QWidget) -> None:
        """Put something more to be asked beneath the questions."""
        self._questions.put_beneath(more)

    def start(self) -> None:
        """Put the cursor into the question it is about, or into the first."""
        self.view.go_to(self.plan.begin_at)

    def put_away(self) -> None:
        """Keep what was typed as a draft and go."""
        self._questions.drafting.flush()
        self.closed.emit()

    def end(self) -> None:
        """Go without keeping what was typed: it was done in another way."""
        self._questions.drafting.drop()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    def save(self) -> None:
        """Save, unless something has to be put right first."""
        asked, plan, session = self._questions, self.plan, self._session
        if not asked.may_be_saved():
            return
        answers = asked.answers()
        if plan.record is not None and not answers:
            self.put_away()
            return
        record = plan.record.id if plan.record else session.new_record()
        answers = self.completed(answers, record)
        edit = session.edit(
            plan.form,
            answers,
            client=plan.record.client if plan.record else self.client_of(record),
            record=record,
            narrowed_to=asked.narrowed_to(),
        )
        self.act.setEnabled(False)

        def done(_saved: Saved) -> None:
            asked.drafting.drop()
            self.saved.emit(edit)
            self.closed.emit()

        session.save([edit, *self.more(edit.answers, record)], done)

    def client_of(self, _record: RecordId) -> RecordId:
        """Return whom the record is about."""
        return self._client

    def completed(self, answers: Answers, _record: RecordId) -> Answers:
        """Return the answers as they are saved."""
        return answers

    def more(self, answers: Answers, record: RecordId) -> list[Edit]:
        """Return what else is saved with it."""
        return self.plan.also(answers, record) if self.plan.also else []

    def _build(self) -> None:
        close = icon_button("x", _("Put away"), kind=Kind.QUIET, small=True)
        close.clicked.connect(self.put_away)
        self.act.clicked.connect(self.save)
        set_shortcut(self.act, "Ctrl+Return")
        leave = button(_("Not now"), "quiet")
        leave.clicked.connect(self.put_away)
        self._head = across(self.title, None, close)
        whole = self._whole
        whole.setContentsMargins(L, M, S, M)
        whole.setSpacing(S)
        whole.addLayout(self._head)
        whole.addWidget(self.who)
        whole.addLayout(self._held, 1)
        whole.addLayout(across(leave, None, self.dot, self.act, gap=M, margins=(-HANG, 0, S, 0)))

    def _failed(self, _error: object) -> None:
        self.act.setEnabled(True)


class Questions(QWidget):
    """The questions of one plan, their draft, and who will read the answers.

    Attributes:
        more: gives what else belongs into the draft.

    Signals:
        resumed: the answers of a draft that was taken up again.
    """

    resumed = Signal(object)

    def __init__(self, session: Session, plan: Plan, client: RecordId) -> None:
        super().__init__()
        self.plan, self._session = plan, session
        self.more: Callable[[], Answers] = dict
        self.form = forms.form(plan.form)
        asking = Asking(session.team, session.me.id, session.now)
        self.view = FormView(self.form, asking, leave_out=plan.leave_out, must=plan.must)
        if plan.record is None:
            self.view.begin(dict(plan.preset))
        else:
            self.view.open(plan.record.answers)
            self.view.resume(dict(plan.preset))
        self.problems = ProblemSummary()
        self.readers: Segment | None = None
        self._low = False
        self._read = Line([], "small")
        self._who_reads = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._build()
        self.drafting = Drafting(
            session,
            plan.form,
            client=client,
            record=plan.record.id if plan.record else plan.draft_of,
            typed=lambda: {**self.view.typed(), **self.more()},
            parent=self,
        )
        self.view.edited.connect(lambda _name: self.drafting.touched())
        if plan.kept_by is not None:
            self.view.edited.connect(lambda _name: self._say_readers())
        self.drafting.fetch(self._resume)

    def may_be_saved(self) -> bool:
        """Say whether nothing has to be put right; otherwise show what."""
        found = self.view.problems()
        if self.plan.check is not None:
            said = {one.field for one in found}
            more = self.plan.check(self.view.answers())
            found += [one for one in more if one.field not in said]
        self.problems.show_problems(self.view.show_problems(found), drafted=self.drafting.holds)
        return not found

    def answers(self) -> Answers:
        """Return what is to be saved: what was answered, and what was known and not asked."""
        altered = self.view.altered()
        if self.plan.record is not None:
            return altered
        preset = self.plan.preset
        known = {name: preset[name] for name in preset if name in self.plan.leave_out}
        return {**altered, **{name: value for name, value in known.items() if value is not None}}

    def narrowed_to(self) -> str:
        """Return the audience it is kept to; empty for the form's own."""
        if self.plan.record is not None:
            return self.plan.record.audience
        if self.plan.kept_by is not None:
            return self.plan.kept_by(self.view.answers())
        return self.readers.value() if self.readers is not None else self.plan.kept_to

    def _build(self) -> None:
        inner = QWidget()
        column = self._column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, S, 0)
        column.setSpacing(M)
        for words in self.plan.says:
            column.addWidget(Notice(words, "neutral"))
        column.addWidget(self.problems)
        column.addWidget(self.view)
        column.addStretch(1)
        around = self._around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(S)
        self._area = reading(inner)
        InSight(self._area)
        around.addWidget(self._area, 1)
        may = [one for one in self.form.narrow if one in self._session.me.audiences]
        given = self.plan.kept_to or self.plan.kept_by is not None
        if may and self.plan.record is None and not given:
            offered = [("", audience.title(self.form.audience))]
            offered += [(one, audience.title(one)) for one in may]
            self.readers = Segment(offered, _("Who may read it"), small=True)
            self.readers.chosen.connect(lambda _code: self._say_readers())
            self._who_reads.addWidget(self.readers, 0, Qt.AlignmentFlag.AlignLeft)
        line = across(IconMark("eye", size=14), self._read, gap=6, margins=(0, 0, S, 0))
        line.setStretch(1, 1)
        self._who_reads.addLayout(line, 1)
        self._who_reads.setSpacing(S)
        self._who_reads.setContentsMargins(0, 0, 0, 0)
        self._readers_box = holding(self._who_reads)
        around.addWidget(self._readers_box)
        self._say_readers()

    def set_low(self, *, low: bool) -> None:
        """Let who reads it scroll with the questions where there is little height for both."""
        if low == self._low:
            return
        self._low = low
        self._around.removeWidget(self._readers_box)
        if low:
            self._column.insertWidget(self._column.count() - 1, self._readers_box)
        else:
            self._around.addWidget(self._readers_box)

    def put_beneath(self, more: QWidget) -> None:
        """Put something more to be asked beneath the questions."""
        self._column.insertWidget(self._column.indexOf(self.view) + 1, more)

    def set_alone(self, *, alone: bool) -> None:
        """Say who reads it beside the choice where there is room: low windows need the height."""
        way = QBoxLayout.Direction
        self._who_reads.setDirection(way.LeftToRight if alone else way.TopToBottom)

    def without_readers(self) -> None:
        """Leave out who will read it, where the room is needed for more."""
        clear(self._who_reads)

    def _say_readers(self) -> None:
        held_by = self.narrowed_to() or self.form.audience
        names = listed([one.name for one in self._session.readers(held_by)])
        self._read.set_parts([Part(_("Read by %(names)s") % {"names": names}, "muted")])

    def _resume(self, draft: Draft | None) -> None:
        if draft is not None:
            self.view.resume(draft.answers)
            self.resumed.emit(draft.answers)
