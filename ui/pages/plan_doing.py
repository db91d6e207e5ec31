# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Doing things with a plan: which panel or page each of them opens."""

from datetime import timedelta
from typing import TYPE_CHECKING

from desktop_app.casework.care_plan import Goal
from desktop_app.casework.forms import Problem
from desktop_app.casework.limits import Limits
from desktop_app.casework.outcomes import FORM
from desktop_app.casework.records import Answers, Json, Record, RecordId, link
from desktop_app.casework.words import _
from ui.kit.notice import announce
from ui.pages import today_answers
from ui.pages.client_doing import offer_undo
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.plan_paper import PlanPaperPanel
from ui.pages.today_answers import Hand
from ui.places import Place
from ui.team_limits import ask_limits

if TYPE_CHECKING:
    from ui.pages.plan import PlanPage

ENDED = ("ended_on", "outcome", "note")
DONE = ("done_on", "outcome", "outcome_note")


def do(page: "PlanPage", code: str) -> None:
    """Do what was pressed."""
    match code:
        case "goal":
            open_plan(page, goal_plan())
        case "need":
            open_plan(page, step_plan(page.first_goal()))
        case "review":
            ask_limits(page.session, lambda limits: _review(page, limits), owner=page)
        case "export":
            page.open_panel(PlanPaperPanel(page.session, page.dialogs, page.client, page.facts))
        case "show":
            page.go.emit(Place("plan_shown", client=page.client))
        case _ if code == FORM:
            page.go.emit(Place("outcome", client=page.client))
        case _:
            page.go.emit(Place("record", client=page.client, form=code))


def open_plan(page: "PlanPage", plan: Plan) -> None:
    """Open a panel, and offer to take back what it saved."""
    panel = FormPanel(page.session, plan, page.client)
    panel.saved.connect(lambda edit: offer_undo(page, panel.plan, edit))
    page.open_panel(panel)


def goal_plan() -> Plan:
    """Return the plan of a new goal."""
    return Plan("goal", _("Add a goal"), _("Add"), leave_out=ENDED)


def change_plan(goal: Goal) -> Plan:
    """Return the plan that changes a goal, or says what became of it."""
    return Plan("goal", _("Change the goal"), _("Save"), record=goal.record)


def step_plan(goal: Goal | None) -> Plan:
    """Return the plan of a new step towards a goal; towards none, where there is none."""
    preset: dict[str, Json] = {}
    says: tuple[str, ...] = ()
    if goal is not None:
        preset = {"goal": link(goal.record.id), "domain": goal.domain}
        says = (_("Towards: “%(goal)s”") % {"goal": goal.words},)
    left = ("goal", *DONE) if goal is not None else DONE
    return Plan("need", _("Add a step"), _("Add"), preset, left, says=says)


def change_step(record: Record) -> Plan:
    """Return the plan that changes a step."""
    return Plan("need", _("Change the step"), _("Save"), record=record)


def _review(page: "PlanPage", limits: Limits) -> None:
    again = page.session.today() + timedelta(days=limits.plan.review_every)
    preset: dict[str, Json] = {"next_review_on": again.isoformat()}
    says = (_("Look at each goal together. Change the goals and steps on the plan itself."),)
    title, act = _("Review the plan"), _("Save review")
    open_plan(page, Plan("review", title, act, preset, says=says, check=_says_nothing))


def _says_nothing(answers: Answers) -> list[Problem]:
    """Return that a review holds no word: it would only move the day of the next one."""
    if any(str(answers.get(one) or "").strip() for one in ("went_well", "changes")):
        return []
    return [Problem("went_well", _("Write what went well, or what changes. A few words will do."))]


def answer(page: "PlanPage", record: RecordId, code: str) -> None:
    """Answer a step: done, or open it."""
    facts, session = page.facts, page.session
    held = facts.record(record) if facts else None
    if held is None:
        return
    if not session.may_write("need"):
        page.go.emit(Place("record", client=held.client, record=record))  # to be read
        return
    if code != "done":
        open_plan(page, change_step(held))
        return
    answered = today_answers.done(held, Hand(session.me.id, session.now(), session.new_record))
    session.save(answered.edits)
    page.undo.offer(_("Done."), lambda: session.save(answered.undo))
    announce(page, _("Done."))
