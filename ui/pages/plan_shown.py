# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The plan as the client sees it, over the table: what they want, and how it goes. Nothing else.

Large letters, no name but the one they like, no rail, no search, nobody's other business. Esc goes
back. What stands on it is theirs: goals, steps and, for whoever holds it, their own course.
"""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audit import Sight
from desktop_app.casework.care_plan import Goal, Step
from desktop_app.casework.dates import say_short
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from desktop_app.reports.plan_sheet import called
from storage.store import Store
from ui import theme
from ui.kit.buttons import button
from ui.kit.card import Card, across, clear, down, holding, stopping
from ui.kit.course import CourseView, Drawn
from ui.kit.labels import IconMark, Part, Passage, label
from ui.pages.plan_facts import PlanFacts, drawn, most_changed, question, shown_of
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import XL, L, M, S

MOST = 4
"""Courses that are shown: those in which most has changed."""
COLUMN, WIDE, HIGH = 1080, 420, 96

Found = tuple[PlanFacts | None, tuple[Drawn, ...]]


class PlanShown(QWidget):
    """A plan, for its owner to look at.

    Signals:
        go: a `Place` to go to.
        done: the person is done here.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "plan"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._client: RecordId = b""
        self.title = label("", "h1", weight=BOLD)
        self._goals, self._courses = down(gap=M), down(gap=M)
        self._aside = holding(self._courses)
        body = across(holding(self._goals), self._aside, gap=XL)
        body.setStretch(0, 1)
        body.setStretch(1, 1)
        self.area = stopping(holding(down(body, None, gap=0, margins=(S, S, S, S))), _("Your plan"))
        back = button(_("&Back"), "quiet", icon="arrow-left")
        back.clicked.connect(self.done.emit)
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(M)
        self._whole.addWidget(self.title)
        self._whole.addWidget(self.area, 1)
        self._whole.addLayout(across(None, back))
        self.setFocusProxy(self.area)

    def show_place(self, place: Place) -> None:
        """Show a client their plan; what was shown of another one goes at once."""
        if (place.client or b"") != self._client:
            self._client = place.client or b""
            self._show(None)
        session, on = self._session, self._session.today()
        asked = question(self._client, session.team, session.now())

        def ask(store: Store) -> Found:
            facts = asked(store)
            return facts, _most_changed(facts, on) if facts else ()

        session.ask(ask, self._answered, shows=_shown, owner=self, name="plan")

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self.area]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines short enough to read from the other side of a table."""
        super().resizeEvent(event)
        side = max(XL, (self.width() - theme.px(COLUMN)) // 2)
        self._whole.setContentsMargins(side, L, side, M)

    def _answered(self, found: Found) -> None:
        self._show(*found)

    def _show(self, facts: PlanFacts | None, courses: tuple[Drawn, ...] = ()) -> None:
        clear(self._goals)
        clear(self._courses)
        self._aside.setVisible(bool(courses))
        if facts is None:
            self.title.setText("")
            return
        name = called(facts.file.client)
        said = _("%(name)s, this is your plan") % {"name": name}
        self.title.setText(said if name else _("This is your plan"))
        self._fill(facts)
        for one in courses:
            card = Card(gap=S)
            card.add(CourseView(one, role="h3"))
            self._courses.addWidget(card)
        self._courses.addStretch(1)

    def _fill(self, facts: PlanFacts) -> None:
        on = self._session.today()
        running = [one for one in facts.plan.goals if one[0].open]
        for goal, steps in running:
            self._goals.addWidget(_goal(goal, steps, on))
        if not running:
            words = _("What do you want for yourself? It will stand here, in your words.")
            self._goals.addWidget(label(words, "h2", wrap=True))
        for goal, _steps in facts.plan.goals:
            if goal.outcome == "reached":
                self._goals.addWidget(_reached(goal))
        self._goals.addStretch(1)


def _shown(found: Found) -> Sight | None:
    return shown_of(found[0], how="plan_shown")


def _goal(goal: Goal, steps: tuple[Step, ...], on: date) -> Card:
    card = Card(gap=S)
    card.add(Passage([Part(f"“{goal.words}”", weight=SEMI)], "h2"))
    for one in steps:
        icon, tone = ("circle", "muted") if one.open else ("circle-check", "ok")
        by = ""
        if one.open and one.due_on is not None:
            by = "  " + say_short(one.due_on.isoformat(), on)
        said = Passage([Part(one.action or one.what), Part(by, "muted")], "h3")
        line = across(IconMark(icon, tone, size=20), said, gap=M)
        line.setStretch(1, 1)
        card.add(line)
    return card


def _reached(goal: Goal) -> QWidget:
    said = Passage([Part(_("Reached: "), "ok", SEMI), Part(f"“{goal.words}”")], "h3")
    line = across(IconMark("circle-check", "ok", size=22), said, gap=M)
    line.setStretch(1, 1)
    return holding(line)


def _most_changed(facts: PlanFacts, on: date) -> tuple[Drawn, ...]:
    """Return the courses in which most has changed, drawn large."""
    told = most_changed(facts.trends)[:MOST]
    return tuple(drawn(one, on, wide=WIDE, high=HIGH) for one in told)
