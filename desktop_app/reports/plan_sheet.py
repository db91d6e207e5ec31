# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The plan as the client keeps it: what they want, what is done towards it, when it is looked at.

Rules, each with a test:

* It is theirs, in their words: it names nobody but them, by the name they like.
* It adds nothing of the police, of targeting or of treatment, for it lies on kitchen tables: a
  goal says what they said.
* Where no letter may be found at their home, or nobody may hear who we are, no worker is named.
* How the last weeks went is in it only when the client wants it to be.
"""

from collections.abc import Sequence
from datetime import date

from desktop_app.casework.care_plan import Goal, PlanOf, Step
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_date, say_short
from desktop_app.casework.letters import without_marks
from desktop_app.casework.outcomes import Trend, trend_words
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.words import _
from desktop_app.reports.sheet import Course, Entry, Fact, Section, Sheet


def plan_sheet(
    client: Record,
    plan: PlanOf,
    team: Team,
    *,
    on: date,
    worker: str = "",
    trends: Sequence[Trend] = (),
    large: bool = False,
) -> Sheet:
    """Return a client's plan as a sheet for them to keep.

    Args:
        client: the client's record.
        plan: their plan.
        team: whose names are said.
        on: today.
        worker: person id of their key worker; empty for none.
        trends: how the last weeks went, as far as the client wants it on paper.
        large: whether it is set in large type.
    """
    name = called(client)
    quiet = is_quiet(client)
    sections = [
        _goals(plan, team, on, quiet=quiet),
        _theirs(plan),
        _next(plan, team, on, worker="" if quiet else worker),
    ]
    told = [one for one in trends if one.answered]
    if told:
        courses = tuple(Course(one, trend_words(one, on), on) for one in told)
        sections.append(Section(_("How the last weeks went"), courses=courses))
    marking = _("For you to keep")
    if team.made_up:
        marking = _("Made-up team: nobody in it is real")
    return Sheet(
        title=_("A plan"),
        name=_("The plan of %(name)s") % {"name": name} if name else _("Your plan"),
        banner=(Fact(_("From"), say_date(on.isoformat())),),
        marking=marking,
        made=_("What has changed since is not in it."),
        sections=tuple(one for one in sections if one.facts or one.entries or one.courses),
        large=large,
    )


def called(client: Record) -> str:
    """Return what somebody likes to be called; empty when no name is known."""
    return without_marks(client.text("known_as") or client.text("forename"))


def is_quiet(client: Record) -> bool:
    """Say whether nothing on paper may say who we are."""
    return "no" in (client.text("may_write"), client.text("may_say_who_we_are"))


def _goals(plan: PlanOf, team: Team, on: date, *, quiet: bool) -> Section:
    entries = [_goal(goal, steps, team, on, quiet=quiet) for goal, steps in plan.goals if goal.open]
    for goal, _steps in plan.goals:
        if not goal.open and goal.outcome == "reached":
            entries.append(Entry("", f"“{goal.words}”", codes("goal_outcome").label(goal.outcome)))
    loose = [one for one in plan.loose if one.open]
    if loose:
        text = "\n".join(_step(one, team, on, quiet=quiet) for one in loose)
        entries.append(Entry("", _("And besides") if entries else "", text=text))
    return Section(_("What you want"), entries=tuple(entries))


def _goal(goal: Goal, steps: Sequence[Step], team: Team, on: date, *, quiet: bool) -> Entry:
    by = _("by %(day)s") % {"day": _day(goal.aim_on, on)} if goal.aim_on else ""
    lines = [_step(one, team, on, quiet=quiet) for one in steps]
    return Entry(by, f"“{goal.words}”", goal.matters, "\n".join(lines))


def _step(step: Step, team: Team, on: date, *, quiet: bool) -> str:
    """Return one step as a line: what, who sees to it, by when; or that it is done."""
    what = step.action or step.what
    if not step.open:
        return _("Done: %(what)s") % {"what": what}
    who = team.name_of(step.owner) if step.owner and not quiet else ""
    by = _("by %(day)s") % {"day": _day(step.due_on, on)} if step.due_on else ""
    more = ", ".join(one for one in (who, by) if one)
    return _("To do: %(what)s") % {"what": f"{what} ({more})" if more else what}


def _theirs(plan: PlanOf) -> Section:
    said = plan.assessment
    facts = (
        Fact(_("You are good at"), said.strengths if said else ""),
        Fact(_("You wish for"), said.wishes if said else ""),
    )
    return Section(_("You"), tuple(one for one in facts if one.value))


def _next(plan: PlanOf, team: Team, on: date, *, worker: str) -> Section:
    facts = []
    if plan.review_on is not None:
        day = _day(plan.review_on, on) if plan.review_on >= on else _("soon")
        facts.append(Fact(_("We look at it again"), day))
    if worker:
        facts.append(Fact(_("Ask for"), team.name_of(worker)))
    return Section(_("Next"), tuple(facts))


def _day(day: date, on: date) -> str:
    same = day.year == on.year
    return say_short(day.isoformat(), on) if same else say_date(day.isoformat())
