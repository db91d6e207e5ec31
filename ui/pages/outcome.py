# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The last four weeks: one question after another, saved as one form.

It is health's: whoever does not hold health never comes here. In custody the weeks before it are
asked about. What was left empty was not asked; that is written down as such, never as a nought.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.forms import form
from desktop_app.casework.outcomes import FORM
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from storage.store import Draft, Saved
from ui import theme
from ui.drafting import Drafting
from ui.editors.asking import Asking
from ui.form_view import FormView
from ui.kit.buttons import button, set_shortcut
from ui.kit.card import Card, across, clear, down, holding, reading
from ui.kit.empty import Empty
from ui.kit.labels import IconMark, Line, Part, label
from ui.kit.person_banner import PersonBanner
from ui.kit.problem_summary import ProblemSummary
from ui.pages.outcome_facts import OutcomeFacts, question, shown_of
from ui.pages.outcome_questions import QuestionList
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

COLUMN = 980
NOTE = "note"


class OutcomePage(QWidget):
    """Fills in one form.

    Signals:
        go: a `Place` to go to.
        done: the person is done here.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "outcome"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._place = Place("outcome")
        self.facts: OutcomeFacts | None = None
        self.sheet: _Sheet | None = None
        self.drafting: Drafting | None = None
        self.banner = PersonBanner()
        self.problems = ProblemSummary()
        self._counted = label("", "small", tone="muted")
        self._read = Line([], "small")
        self._title, self._about = label("", "h2", weight=BOLD), label("", tone="muted", wrap=True)
        self._held = down(gap=0)
        self.save_button = button(_("Save the form"), "primary", icon="check")
        self._build()
        session.changed.connect(self._changed)

    def show_place(self, place: Place) -> None:
        """Ask about a client; what was begun about another stays as a draft."""
        if place == self._place and self.facts is not None:
            return
        self._put_away()
        self._place = place
        session, ask = self._session, question(self._session, place.client or b"", place.record)
        session.ask(ask, self._begin, shows=shown_of, owner=self, name="outcome")

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self.banner, self._area]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc; what was answered stays as a draft."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def leave(self) -> None:
        """Keep what was answered as a draft and go back."""
        self._put_away()
        self.done.emit()

    def save(self) -> None:
        """Save, unless something has to be put right first."""
        facts, sheet, session = self.facts, self.sheet, self._session
        if facts is None or sheet is None:
            return
        wrong = sheet.problems()
        self.problems.show_problems(wrong)
        if wrong:
            self._area.ensureVisible(0, 0)
            return
        answers, old = sheet.to_save(), facts.record
        if not answers:
            self.leave()
            return
        client = old.client if old else facts.file.client.id
        edit = session.edit(FORM, answers, client=client, record=old.id if old else None)
        self.save_button.setEnabled(False)

        def saved(_saved: Saved) -> None:
            if self.drafting is not None:
                self.drafting.drop()
            self._put_away()
            self.done.emit()

        session.save([edit], saved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short enough to read."""
        super().resizeEvent(event)
        side = max(0, (self.width() - 2 * L - theme.px(COLUMN)) // 2)
        self._middle.setContentsMargins(side, 0, side + 4, 0)

    def _build(self) -> None:
        leave = button(_("&Not now"), "quiet")
        leave.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        set_shortcut(self.save_button, "Ctrl+Return")
        inner = QWidget()
        self._middle = QVBoxLayout(inner)
        self._middle.setSpacing(M)
        self._middle.addLayout(down(self._title, self._about, gap=2))
        self._middle.addWidget(self.problems)
        self._middle.addLayout(self._held)
        self._middle.addStretch(1)
        self._area = reading(inner)
        who = across(IconMark("eye", size=14), self._read, gap=6)
        who.setStretch(1, 1)
        foot = across(leave, self._counted, holding(who), self.save_button, gap=M)
        foot.setStretch(2, 1)
        self._nobody = Empty(
            "user-x",
            _("This client is not on this laptop."),
            why=_("The record may not have arrived yet, or you may not hold it."),
        )
        self._nobody.hide()
        self._page = holding(down(self._area, foot, gap=S, margins=(L, M, L, S)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for one in (self.banner, self._nobody):
            whole.addWidget(one)
        whole.addWidget(self._page, 1)

    def _begin(self, facts: OutcomeFacts | None) -> None:
        self.facts = facts
        for one in (self.banner, self._page):
            one.setVisible(facts is not None)
        self._nobody.setVisible(facts is None)
        if facts is None:
            return
        session = self._session
        self.banner.set_person(facts.file.name, facts.file.facts)
        self._title.setText(_(facts.pack.title))
        self._about.setText(_(facts.pack.about) if facts.pack.about else "")
        self._about.setVisible(bool(facts.pack.about))
        self.save_button.setEnabled(True)
        self.problems.show_problems([])
        readers = listed([one.name for one in session.readers(form(FORM).audience)])
        self._read.set_parts([Part(_("Read by %(names)s") % {"names": readers}, "muted")])
        self.sheet = sheet = _Sheet(Asking(session.team, session.me.id, session.now), facts)
        self._held.addWidget(sheet)
        sheet.show()  # at once: what is shown only later cannot take the focus now
        self.setFocusProxy(sheet)
        sheet.touched.connect(self._touched)
        sheet.questions.entered.connect(self._in_sight)
        sheet.questions.ended.connect(self._to_note)
        self.drafting = Drafting(
            session,
            FORM,
            client=facts.file.client.id,
            record=facts.record.id if facts.record else b"",
            typed=sheet.typed,
            parent=self,
        )
        self.drafting.fetch(self._resume)
        self._count()
        sheet.start()

    def _changed(self, touched: frozenset[bytes]) -> None:
        """Ask who it is anew where that may have changed; what is being filled in stays."""
        client = self._place.client
        if client is None or client not in touched or not self.isVisible():
            return
        session, ask = self._session, question(self._session, client, self._place.record)
        session.ask(ask, self._name, shows=shown_of, owner=self, name="who")

    def _name(self, facts: OutcomeFacts | None) -> None:
        if facts is not None:
            self.banner.set_person(facts.file.name, facts.file.facts)

    def _resume(self, draft: Draft | None) -> None:
        if draft is not None and self.sheet is not None:
            self.sheet.resume(draft.answers)
            self._count()

    def _touched(self) -> None:
        if self.drafting is not None:
            self.drafting.touched()
        self._count()

    def _count(self) -> None:
        self._counted.setText(self.sheet.questions.counted() if self.sheet else "")

    def _in_sight(self, line: QWidget) -> None:
        self._area.ensureWidgetVisible(line, 0, theme.px(90))

    def _to_note(self) -> None:
        if self.sheet is not None:
            self.sheet.note.go_to(NOTE)
            self._area.ensureWidgetVisible(self.sheet.note, 0, theme.px(40))

    def _put_away(self) -> None:
        if self.drafting is not None:
            self.drafting.flush()
            self.drafting.deleteLater()
        self.drafting = self.sheet = self.facts = None
        self._place = Place("outcome")
        clear(self._held)


class _Sheet(Card):
    """The form: when and which weeks, the questions, a note.

    Signals:
        touched: something is answered otherwise.
    """

    touched = Signal()

    def __init__(self, asking: Asking, facts: OutcomeFacts) -> None:
        super().__init__(gap=M)
        self._facts = facts
        names = [one.name for one in form(FORM).field]
        self.view = FormView(form(FORM), asking, leave_out=("answers", NOTE))
        self.questions = QuestionList()
        self.note = FormView(form(FORM), asking, leave_out=[n for n in names if n != NOTE])
        for piece in (self.view, self.questions, self.note):
            self.add(piece)
        old = facts.record
        held: Json = None
        if old is not None:
            held = old.answers.get("answers")
            self.view.open(old.answers)
            self.note.open(old.answers)
        else:
            known: Answers = {"filled_on": asking.today()}
            known |= {"stage": facts.stage, "look_back": facts.look_back}
            self.view.begin(known)
            self.note.begin({one: None for one in names if one != NOTE})
        self.questions.set_pack(facts.pack, self.look_back())
        self.questions.set_values(held if isinstance(held, dict) else {})
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
        return [*self.view.show_problems(self.view.problems()), *self.questions.problems()]

    def typed(self) -> Answers:
        """Return what a draft must keep."""
        values: Json = dict(self.questions.values())
        return {**self.view.typed(), NOTE: self.note.answers().get(NOTE), "answers": values}

    def resume(self, typed: Answers) -> None:
        """Put what a draft holds over what is shown."""
        aside = ("answers", NOTE)
        self.view.resume({name: one for name, one in typed.items() if name not in aside})
        self.note.resume({NOTE: typed.get(NOTE)})
        values = typed.get("answers")
        self.questions.set_values(values if isinstance(values, dict) else {})
        self.questions.say(self.look_back())

    def to_save(self) -> Answers:
        """Return what is to be saved; nothing where nothing is different."""
        values, old = self.questions.to_save(), self._facts.record
        altered = {**self.view.altered(), **self.note.altered()}
        altered.pop("answers", None)
        if old is None:
            name, version = self._facts.pack.key
            return {**altered, "pack": name, "version": version, "answers": dict(values)}
        if values != old.answers.get("answers"):
            altered["answers"] = dict(values)
        return altered

    def _edited(self, name: str) -> None:
        if name == "look_back":
            self.questions.say(self.look_back())
        self.touched.emit()
