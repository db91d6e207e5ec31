# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The last four weeks: one question after another, saved as one form.

It is health's: whoever does not hold health never comes here. In custody the weeks before it are
asked about. What was left empty was not asked; that is written down as such, never as a nought.
One that others may have read is corrected by another one, never altered.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.outcomes import FORM
from desktop_app.casework.words import _
from storage.store import Draft, Saved
from ui import theme
from ui.drafting import Drafting
from ui.editors.asking import Asking
from ui.kit.buttons import HANG, button, set_shortcut
from ui.kit.card import across, clear, down, holding, reading
from ui.kit.empty import Empty
from ui.kit.labels import IconMark, Line, Part, label
from ui.kit.person_banner import PersonBanner
from ui.kit.problem_summary import ProblemSummary
from ui.pages import outcome_words
from ui.pages.beside import claim_focus
from ui.pages.outcome_facts import OutcomeFacts, question, shown_of
from ui.pages.outcome_sheet import NOTE, Sheet
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

COLUMN = 980


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
        self.sheet: Sheet | None = None
        self.drafting: Drafting | None = None
        self.banner = PersonBanner()
        self.problems = ProblemSummary()
        self._counted = label("", "small", tone="muted")
        self._read = Line([], "small")
        self._title, self._about = label("", "h2", weight=BOLD), label("", tone="muted", wrap=True)
        self._held, self._nothing = down(gap=0), down(gap=0)
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
        self.problems.show_problems(wrong, drafted=self._drafted())
        if wrong:
            self._area.ensureVisible(0, 0)
            return
        old = facts.record
        answers = sheet.correction(old) if old and facts.correcting else sheet.to_save()
        if not answers:
            self.leave()
            return
        client = old.client if old else facts.file.client.id
        record = old.id if old and not facts.correcting else None
        edit = session.edit(FORM, answers, client=client, record=record)
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
        hang = (-HANG, 0, 0, 0)
        foot = across(leave, self._counted, holding(who), self.save_button, gap=M, margins=hang)
        foot.setStretch(2, 1)
        self._page = holding(down(self._area, foot, gap=S, margins=(L, M, L, S)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        whole.addLayout(self._nothing)
        whole.addWidget(self._page, 1)

    def _begin(self, facts: OutcomeFacts | None) -> None:
        session, mine = self._session, outcome_words.is_mine(self._session)
        clear(self._nothing)
        self.banner.setVisible(facts is not None)
        self._name(facts)
        self._page.setVisible(mine and facts is not None)
        if facts is None or not mine:
            known = facts is not None
            self._say_nothing(outcome_words.nothing(session, self.leave, known=known))
            return
        self.facts = facts
        title, about = outcome_words.head(facts, session)
        self._title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self.save_button.set_words(outcome_words.save(facts))
        self.save_button.setEnabled(True)
        self.problems.show_problems([])
        self._read.set_parts([Part(outcome_words.read_by(session), "muted")])
        self.sheet = sheet = Sheet(Asking(session.team, session.me.id, session.now), facts)
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
            older=facts.older.id if facts.older else b"",
        )
        self.drafting.fetch(self._resume)
        self._count()
        sheet.start()

    def _say_nothing(self, empty: Empty) -> None:
        self._nothing.addWidget(empty, 1)
        empty.show()  # at once, as below
        self.setFocusProxy(empty)
        claim_focus(self, empty)

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
        facts, sheet = self.facts, self.sheet
        if draft is None or sheet is None or facts is None:
            return
        older = facts.older
        sheet.resume(draft.answers, older if older and older.id == draft.record else None)
        self._count()

    def _drafted(self) -> bool:
        return self.drafting is not None and self.drafting.holds

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
