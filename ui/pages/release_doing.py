# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Planning the day somebody comes out, from a row or from the client page.

Whoever is named to meet them has the visit in their week at once: a plan that names somebody and a
day nobody goes would be worse than none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.due_planned import planned_visits
from desktop_app.casework.records import Answers, Edit, Json, Record, RecordId, link
from desktop_app.casework.release_day import NAME, differing, plans
from desktop_app.casework.whereabouts import Setting, release_words, setting_on
from desktop_app.casework.words import _
from ui.pages import today_answers
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.row_page import RowPage
from ui.pages.today_answers import Answered
from ui.session import Session

_HIDDEN = ("setting",)


def day_plan(file: CaseFile, session: Session, *, visits: list[Edit]) -> Plan | None:
    """Return the panel that plans the day; None for somebody who is nowhere they come out of.

    Args:
        file: the client's case file.
        session: who plans.
        visits: takes the visit that is planned with it.
    """
    today = session.today()
    setting = setting_on(file.records, today)
    if setting is None:
        return None
    made = plans(file.records, today)
    mine = made[-1].record if made else None
    preset: dict[str, Json] = {
        "release_on": setting.record.text("expected_release_on") or None,
        "meets_where": setting.release_time,
        "setting": link(setting.record.id),
    }
    said = release_words(setting, today)
    where = _("%(setting)s, %(out)s.") % {"setting": setting.words, "out": said}
    apart = [
        _("Another plan says otherwise. %(part)s: %(words)s. Withdraw it once this is settled.")
        % {"part": one.part.called, "words": one.words}
        for one in differing(file.records, today, session.team)
    ]

    def also(answers: Answers, _record: RecordId) -> list[Edit]:
        visits[:] = _gate_visit(answers, mine, setting, file, session)
        return visits

    return Plan(
        NAME,
        _("Plan the day of release"),
        _("Save the plan"),
        preset={} if mine else preset,
        leave_out=_HIDDEN,
        says=(where, *apart),
        record=mine,
        also=also,
    )


def _gate_visit(
    answers: Answers, before: Record | None, setting: Setting, file: CaseFile, session: Session
) -> list[Edit]:
    """Return the visit of whoever meets them, unless they are down for one on that day already."""
    named = answers.get("meets")
    day = str(answers.get("release_on") or (before.text("release_on") if before else ""))
    if not isinstance(named, list) or not day:
        return []
    visits = [one for one in planned_visits(file) if one.at and one.at.date().isoformat() == day]
    down = {person for one in visits for person in one.people}
    wanted = [str(one) for one in named if one not in down]
    if not wanted:
        return []
    where = str(answers.get("meets_where") or setting.release_time)
    return [
        today_answers.at_the_gate(
            file.client.id, wanted, day=day, time=where, record=session.new_record()
        )
    ]


def _plan_day(page: RowPage, due: Due, _code: str) -> None:
    """Open the plan in the panel beside the row; what is saved leaves its receipt."""
    file, visits = page.file(due.client), list[Edit]()
    plan = day_plan(file, page.session, visits=visits) if file is not None else None
    if plan is None:
        return
    panel = FormPanel(page.session, replace(plan, who=due.name), due.client)

    def saved(edit: Edit) -> None:
        back = _back(plan.record, edit)
        undo = (back, *(today_answers.withdrawn(one) for one in visits))
        said = (_("Day planned"), "ok", "door-open")
        edits: Sequence[Edit] = (edit, *visits)
        page.keep(due, Answered(tuple(edits), undo, "planned", page.session.now(), said=said))

    panel.saved.connect(saved)
    page.open_panel(panel)


def _back(before: Record | None, edit: Edit) -> Edit:
    """Return what takes a plan back: a new one is withdrawn, a changed one is as it was."""
    if before is None:
        return today_answers.withdrawn(edit)
    answers = {name: before.answers.get(name) for name in edit.answers}
    return Edit(edit.form, edit.record, edit.client, edit.audience, answers)


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {"plan_day": _plan_day}
"""What is done for each answer."""
