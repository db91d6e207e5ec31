# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The cards of the plan page: a goal with its steps, what is known of somebody, how it went."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop_app.casework.care_plan import Assessment, Goal, PlanOf, Step, wanted
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.outcomes import FormDue
from desktop_app.casework.people import Team
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _, ngettext
from ui.kit.buttons import Button, button
from ui.kit.card import Card, across, clear, down, holding
from ui.kit.chip import Chip, ChipText
from ui.kit.course import CourseView, Drawn
from ui.kit.flow import FlowLayout
from ui.kit.labels import Disc, Part, Passage, label
from ui.kit.row import Lead, RowAnswer, RowItem
from ui.kit.row_list import RowList, RowSection
from ui.theme import REGULAR, SEMI
from ui.tokens import M

Answer = Callable[[RecordId, str], None]


class GoalCard(Card):
    """A goal in the client's words, and the steps towards it."""

    def __init__(
        self,
        goal: Goal | None,
        steps: Sequence[Step],
        team: Team,
        on: date,
        *,
        answered: Answer,
        may: bool,
        buttons: Sequence[Button] = (),
    ) -> None:
        """Make the card.

        Args:
            goal: the goal; None for the steps that serve none.
            steps: its steps.
            team: whose names are said.
            on: today.
            answered: gets the step and what was answered.
            may: whether the reader writes steps, and so says that one is done.
            buttons: what can be done with the goal.
        """
        super().__init__(gap=4)
        self.goal = goal
        words = f"“{goal.words}”" if goal else _("And besides")
        self.setAccessibleName(words)
        self.add(self._head(goal, words, on, buttons))
        if goal is not None and goal.matters:
            self.add(label(goal.matters, tone="muted", wrap=True))
        self.rows = RowList(_("Steps towards %(goal)s") % {"goal": words})
        rows = [_row(one, team, on, may=may) for one in steps]
        self.rows.set_sections([RowSection("", tuple(rows))])
        self.rows.answered.connect(lambda key, code: answered(bytes.fromhex(key), code))
        self.rows.opened.connect(lambda key: answered(bytes.fromhex(key), "open"))
        if steps:
            self.add(self.rows)
        elif goal is not None and goal.open:
            self.add(label(_("No step towards it is agreed yet."), "small", tone="muted"))

    def _head(self, goal: Goal | None, words: str, on: date, buttons: Sequence[Button]) -> QWidget:
        domain = codes("need_domain").find(goal.domain) if goal else None
        icon = domain.icon if domain and domain.icon else "life-buoy"
        said = Passage([Part(words, weight=SEMI)], "h3")
        head = across(Disc(icon, "info"), said, gap=M)
        head.setStretch(1, 1)
        for chip in _states(goal, on) if goal else ():
            head.addWidget(Chip(chip.text, chip.tone, icon=chip.icon))
        for one in buttons:
            head.addWidget(one)
        return holding(head)


def _states(goal: Goal, on: date) -> list[ChipText]:
    if not goal.open:
        became = codes("goal_outcome").find(goal.outcome)
        words = _(became.label) if became else _("Ended")
        return [ChipText(words, became.tone if became else "neutral", "flag")]
    if goal.aim_on is None:
        return []
    late = goal.aim_on < on
    day = _("Hoped for by %(day)s") % {"day": say_short(goal.aim_on.isoformat(), on)}
    return [ChipText(day, "warn" if late else "neutral", "calendar")]


def _row(step: Step, team: Team, on: date, *, may: bool) -> RowItem:
    who = team.name_of(step.owner) if step.owner else _("nobody yet")
    late = step.open and step.due_on is not None and step.due_on < on
    by = _("by %(day)s") % {"day": say_short(step.due_on.isoformat(), on)} if step.due_on else ""
    because = [Part(who, "muted")]
    if step.open and by:
        because += [Part(" · ", "muted"), Part(by, "warn" if late else "text", SEMI)]
    elif not step.open:
        became = codes("need_outcome").label(step.outcome) if step.outcome else _("Done")
        day = say_short(step.done_on.isoformat(), on) if step.done_on else ""
        because = [Part(" · ".join(one for one in (became, day, who) if one), "muted")]
    lead = Lead("circle", "neutral") if step.open else Lead("circle-check", "ok")
    answers = (RowAnswer("done", _("Done"), "S"),) if step.open and may else ()
    chips = (ChipText(_("Late"), "warn", "clock"),) if late else ()
    name = step.action or step.what
    key = step.record.id.hex()
    return RowItem(key, lead, name, chips=chips, because=tuple(because), answers=answers)


class KnownCard(Card):
    """What somebody is good at, wishes for and wants help with."""

    def __init__(self, corner: Button | None) -> None:
        super().__init__(_("In their words"), corner=corner, gap=6)

    def set_known(self, known: Assessment | None, on: date) -> None:
        """Show an assessment."""
        clear(self.body)
        if known is None:
            words = _("No assessment of needs is recorded.")
            self.add(label(words, "small", tone="muted", wrap=True))
            return
        for head, text in (
            (_("Good at"), known.strengths),
            (_("Wishes for"), known.wishes),
            (_("Who stands by them"), known.around),
        ):
            if text:
                self.add(down(label(head, "small", tone="muted"), label(text, wrap=True), gap=0))
        asked = wanted(known)
        if asked:
            self.add(label(_("Where they want help"), "small", tone="muted"))
            chips = QWidget()
            flow = FlowLayout(chips)
            for domain, level in asked:
                flow.addWidget(_level(domain, level))
            self.add(chips)
        day = say_short(known.assessed_on.isoformat(), on) if known.assessed_on else ""
        self.add(label(_("Talked through on %(day)s") % {"day": day}, "small", tone="muted"))


def _level(domain: str, level: str) -> Chip:
    of, said = codes("need_domain").find(domain), codes("need_level").find(level)
    words = _("%(domain)s: %(level)s") % {
        "domain": codes("need_domain").label(domain),
        "level": (_(said.short or said.label) if said else level).lower(),
    }
    return Chip(words, said.tone if said else "neutral", icon=of.icon if of else "")


class ReviewCard(Card):
    """When the plan is looked at again, and what was said last time."""

    def __init__(self, corner: Button | None) -> None:
        super().__init__(_("Looking at it again"), corner=corner, gap=4)

    def set_plan(self, plan: PlanOf, on: date) -> None:
        """Show when, and the last review."""
        clear(self.body)
        words, tone = _when(plan, on)
        self.add(Passage([Part(words, tone, SEMI if plan.review_on else REGULAR)]))
        last = plan.review
        if last is None or last.reviewed_on is None:
            return
        day = say_short(last.reviewed_on.isoformat(), on)
        self.add(label(_("Last on %(day)s") % {"day": day}, "small", tone="muted"))
        for text in (last.went_well, last.changes):
            if text:
                self.add(label(text, wrap=True))


def _when(plan: PlanOf, on: date) -> tuple[str, str]:
    if plan.review_on is None:
        return _(
            "Nothing is to be looked at again: there is no plan, or support has ended."
        ), "muted"
    left, day = (plan.review_on - on).days, say_short(plan.review_on.isoformat(), on)
    if left < 0:
        late = ngettext("%(n)d day over", "%(n)d days over", -left) % {"n": -left}
        return _("Was due on %(day)s, %(late)s") % {"day": day, "late": late}, "warn"
    return _("Due on %(day)s") % {"day": day}, "text"


class CoursesCard(Card):
    """How the last weeks went: drawn, with words."""

    def __init__(self, corner: Button | None) -> None:
        super().__init__(_("How the last weeks went"), corner=corner, gap=M)

    def set_courses(self, drawn: Sequence[Drawn], due: FormDue | None, on: date) -> None:
        """Show what is known, and when it is asked next."""
        clear(self.body)
        if due is not None:
            self.add(label(_due(due, on), "small", tone="warn" if due.due_on < on else "muted"))
        for one in drawn:
            self.add(CourseView(one))
        if not drawn:
            words = _("Nothing was asked about the last four weeks yet.")
            self.add(label(words, "small", tone="muted", wrap=True))


class LastWeeksCard(Card):
    """The same on the client page, in brief: those in which most has changed."""

    def __init__(self) -> None:
        super().__init__(_("How the last weeks went"), gap=M)
        self._shown: tuple[Drawn, ...] = ()
        self.hide()

    def set_drawn(self, drawn: tuple[Drawn, ...]) -> None:
        """Show other courses; without any there is no card."""
        if drawn == self._shown:
            return
        self._shown = drawn
        clear(self.body)
        for one in drawn:
            self.add(CourseView(one))
        self.setVisible(bool(drawn))


def _due(due: FormDue, on: date) -> str:
    stage = codes("outcome_stage").label(due.stage).lower()
    day = say_short(due.due_on.isoformat(), on)
    if due.due_on < on:
        return _("Was due by %(day)s: %(stage)s") % {"day": day, "stage": stage}
    return _("Next by %(day)s: %(stage)s") % {"day": day, "stage": stage}


def small(words: str, icon: str, act: Callable[[], None], *, name: str = "") -> Button:
    """Return a small quiet button that stands at a card's corner."""
    made = button(words, "quiet", icon=icon, small=True, name=name)
    made.clicked.connect(lambda _on=False: act())
    return made
