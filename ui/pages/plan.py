# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The plan page: what somebody wants, the steps towards it, and how it goes.

Everything is done from the keyboard: Alt letters for what is added, Tab from goal to goal, the
arrows from step to step, S for done, Enter to change. What is asked stands in a panel beside it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audience import HEALTH
from desktop_app.casework.care_plan import Goal
from desktop_app.casework.outcomes import FORM
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from ui import theme
from ui.dialogs import Dialogs
from ui.kit.buttons import Button, button
from ui.kit.card import clear, down, holding, reading
from ui.kit.empty import Empty
from ui.kit.overflow import OverflowRow
from ui.kit.person_banner import PersonBanner
from ui.kit.undo_bar import UndoBar
from ui.pages import plan_doing
from ui.pages.beside import Beside, claim_focus
from ui.pages.form_panel import FormPanel
from ui.pages.plan_cards import CoursesCard, GoalCard, KnownCard, ReviewCard, small
from ui.pages.plan_facts import PlanFacts, question, shown_of
from ui.places import Place
from ui.session import Session
from ui.tokens import L, M

SIDE, SLIM_SIDE = 348, 300


class PlanPage(QWidget):
    """One client's plan.

    Signals:
        go: a `Place` to go to.
        done: the person is done here.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "plan"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self.dialogs = session, dialogs
        self.client: RecordId = b""
        self.facts: PlanFacts | None = None
        self.cards: list[GoalCard] = []
        self._wanted, self._opening = "", False
        self.banner = PersonBanner(OverflowRow(self._buttons(), ()))
        may, holds = session.may_write, HEALTH in session.me.audiences
        self.review = ReviewCard(self._corner("review", _("Review"), may("review")))
        self.known = KnownCard(self._corner("assessment", _("Talk through"), may("assessment")))
        fill = self._corner(FORM, _("Fill in"), may(FORM) if holds else False)
        self.courses = CoursesCard(fill)
        if not holds:
            self.courses.hide()
        self.undo = UndoBar()
        self._build()
        session.changed.connect(self._changed)

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    def show_place(self, place: Place) -> None:
        """Show a client's plan; what was shown of another one goes at once."""
        client = place.client or b""
        if client != self.client:
            self.beside.put_away()
            self.client = client
            self.undo.end()
            self._show(None, known=False)
        self._wanted, self._opening = place.form or "", True
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self.banner, *self.beside.parts()]

    def do(self, code: str) -> None:
        """Do one of the things that can be done."""
        if self.facts is not None:
            plan_doing.do(self, code)

    def refresh(self) -> None:
        """Ask for the plan as it is now."""
        if self.client:
            session = self.session
            ask = question(self.client, session.team, session.now())
            session.ask(ask, self._show, shows=shown_of, owner=self, name="plan")

    def open_panel(self, panel: FormPanel) -> None:
        """Show a panel beside the goals."""
        self.beside.open(panel)

    def first_goal(self) -> Goal | None:
        """Return the goal the keyboard is in; the first that runs, where it is in none."""
        focus: QWidget | None = self.window().focusWidget()
        here = [one for one in self.cards if focus is not None and one.isAncestorOf(focus)]
        running = [one for one in self.cards if one.goal is not None and one.goal.open]
        found = next(iter([*(one for one in here if one.goal), *running]), None)
        return found.goal if found else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the cards a width they are read at."""
        super().resizeEvent(event)
        roomy = self.width() > theme.px(1100)
        self.beside.set_side_width(theme.px(SIDE if roomy else SLIM_SIDE))

    def _buttons(self) -> list[Button]:
        wanted = [
            ("goal", _("Add a &goal"), "target"),
            ("need", _("Add a &step"), "plus"),
            ("show", _("Sho&w the client"), "eye"),
            ("export", _("&Print for the client"), "printer"),
        ]
        made = []
        for code, words, icon in wanted:
            if code != "show" and not self.session.may_write(code):
                continue
            one = button(words, icon=icon)
            one.clicked.connect(lambda _on=False, code=code: self.do(code))
            made.append(one)
        return made

    def _corner(self, code: str, words: str, may: bool) -> Button | None:  # noqa: FBT001
        return small(words, "", self._doing(code)) if may else None

    def _doing(self, code: str) -> Callable[[], None]:
        return lambda: self.do(code)

    def _build(self) -> None:
        goals = QWidget()
        self._goals = down(gap=M, margins=(0, 0, 4, 0))
        goals.setLayout(self._goals)
        self._area = reading(goals)
        self._none = self._nothing()
        main = down(self._area, self._none, gap=0)
        main.setStretch(0, 1)
        main.setStretch(1, 1)
        side = holding(
            down(self.review, self.courses, self.known, None, gap=M, margins=(0, 0, 4, 0))
        )
        self.beside = Beside(holding(main), reading(side))
        self.beside.setContentsMargins(L, M, L, M)
        self.beside.closed.connect(self._to_goals)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        whole.addWidget(self.beside, 1)
        whole.addWidget(self.undo)

    def _nothing(self) -> Empty:
        act = None
        if self.session.may_write("goal"):
            act = button(_("Add the first goal"), "primary", icon="target")
            act.clicked.connect(lambda: self.do("goal"))
        return Empty(
            "target",
            _("No plan yet"),
            why=_("What they want for themselves will stand here, in their own words."),
            act=act,
        )

    def _to_goals(self) -> None:
        stops = [one.rows for one in self.cards if one.rows.rows]
        target = stops[0] if stops else self._none
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, facts: PlanFacts | None, *, known: bool = True) -> None:
        self.facts = facts
        self.banner.setVisible(facts is not None)
        self.beside.setVisible(facts is not None or known)
        if facts is None:
            return
        self.banner.set_person(facts.file.name, facts.file.facts, states=facts.file.states)
        on = self.session.today()
        self.review.set_plan(facts.plan, on)
        self.known.set_known(facts.plan.assessment, on)
        self.courses.set_courses(facts.drawn, facts.due, on)
        self._fill(facts)
        wanted, self._wanted = self._wanted, ""
        if self._opening:
            self._opening = False
            stops = [one.rows for one in self.cards if one.rows.rows]
            claim_focus(self, stops[0] if stops else self._none)
        if wanted:
            self.do(wanted)

    def _fill(self, facts: PlanFacts) -> None:
        """Lay the goals out anew; the keyboard stays on its step where that is still there."""
        at = next((c.rows.focus_key() for c in self.cards if c.rows.focus_key()), "")
        clear(self._goals)
        may, steps_too = self.session.may_write("goal"), self.session.may_write("need")
        loose = [(None, facts.plan.loose)] if facts.plan.loose else []
        self.cards = [
            GoalCard(
                goal,
                steps,
                self.session.team,
                self.session.today(),
                answered=lambda record, code: plan_doing.answer(self, record, code),
                may=steps_too,
                buttons=self._of_goal(goal) if may and goal is not None else (),
            )
            for goal, steps in (*facts.plan.goals, *loose)
        ]
        for card in self.cards:
            self._goals.addWidget(card)
            card.show()  # at once: what is shown only later cannot take the focus now
        self._goals.addStretch(1)
        self._area.setVisible(bool(self.cards))
        self._none.setVisible(not self.cards)
        for card in self.cards:
            if at in card.rows.rows:
                card.rows.go_to(at)

    def _of_goal(self, goal: Goal) -> list[Button]:
        def change() -> None:
            plan_doing.open_plan(self, plan_doing.change_plan(goal))

        def step() -> None:
            plan_doing.open_plan(self, plan_doing.step_plan(goal))

        named = {"goal": goal.words}
        made = [small("", "pencil", change, name=_("Change: %(goal)s") % named)]
        if goal.open and self.session.may_write("need"):
            made.insert(0, small("", "plus", step, name=_("A step towards: %(goal)s") % named))
        return made

    def _changed(self, touched: frozenset[bytes]) -> None:
        if self.client in touched and self.isVisible():
            self.refresh()
