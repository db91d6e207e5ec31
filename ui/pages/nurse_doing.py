# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers to rows of the nurse's boards: the next step into treatment, a review, a form."""

from dataclasses import replace
from functools import partial

from desktop_app.casework import fast_track
from desktop_app.casework.care_plan import REVIEW
from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.due_waiting import ANOTHER_DAY, TODAY
from desktop_app.casework.limits import Limits
from desktop_app.casework.outcomes import FORM
from desktop_app.casework.records import Answers, Edit, RecordId, link
from desktop_app.casework.treatment import Episode
from ui import booking
from ui.pages import today_answers, today_doing
from ui.pages.client_file import client_file
from ui.pages.form_panel import FormPanel
from ui.pages.row_page import RowPage
from ui.pages.today_answers import Answered
from ui.places import Place
from ui.session import Session
from ui.team_limits import ask_limits


def _step_today(page: RowPage, due: Due, _code: str) -> None:
    """Record the step somebody waits for as of today; ask what held it up, if anything did."""
    if page.session.may_write("treatment_step"):
        ask_limits(page.session, partial(_taken, page, due), owner=page.rows)


def _taken(page: RowPage, due: Due, agreed: Limits) -> None:
    file = page.file(due.client)
    wait = (
        fast_track.queued(file.records, page.session.today(), agreed.fast_track) if file else None
    )
    if file is None or wait is None:
        page.refresh()
        return
    answered = step_taken(wait, page.session, of=wait.episode.record.client)
    today_doing.save(page, due, answered)


def step_taken(wait: fast_track.Queued, session: Session, *, of: RecordId) -> Answered:
    """Return the answer that a step was taken today.

    Args:
        wait: who waits for what.
        session: who answers.
        of: the client.
    """
    day: Answers = {
        "episode": link(wait.episode.record.id),
        "step": wait.step,
        "happened_on": session.today().isoformat(),
    }
    kept_to = wait.episode.record.audience
    step = session.edit("treatment_step", day, client=of, narrowed_to=kept_to)
    edits, undo = [step], [today_answers.withdrawn(step)]
    if wait.step == "started":
        runs = _runs(wait.episode, session)
        edits.append(runs)
        before = {name: wait.episode.record.answers.get(name) for name in runs.answers}
        undo.append(Edit(runs.form, runs.record, runs.client, runs.audience, before))
    asks = wait.over > 0
    return Answered(
        tuple(edits),
        tuple(undo),
        "done",
        session.now(),
        asks_why="delay_reason" if asks else "",
        why_in=(step, "delay_reason") if asks else None,
    )


def _runs(episode: Episode, session: Session) -> Edit:
    """Return what makes an episode one that runs."""
    on: Answers = {"status": "on_going", "ended_on": None, "end_reason": None, "end_note": None}
    record = episode.record
    return session.edit(
        "treatment", on, client=record.client, record=record.id, narrowed_to=record.audience
    )


def _step_another_day(page: RowPage, due: Due, _code: str) -> None:
    """Open the panel of the step, for another day or with more to say."""
    ask_limits(page.session, partial(_open_step, page, due), owner=page.rows)


def _open_step(page: RowPage, due: Due, agreed: Limits) -> None:
    held: CaseFile | None = page.file(due.client)
    session = page.session
    if held is None or not session.may_write("treatment_step"):
        return
    file = client_file(held.client, held.records, session.team, now=session.now())
    plan = booking.treatment_plan(session, file, agreed)
    if file.episode is None or plan is None or plan.form != "treatment_step":
        page.refresh()
        return
    panel = FormPanel(session, replace(plan, who=due.name), file.episode.record.client)
    panel.saved.connect(lambda edit: _kept(page, due, edit))
    page.open_panel(panel)


def _kept(page: RowPage, due: Due, edit: Edit) -> None:
    now = page.session.now()
    page.keep(due, Answered((edit,), (today_answers.withdrawn(edit),), "done", now))


def _review(page: RowPage, due: Due, _code: str) -> None:
    page.go.emit(Place("plan", client=due.client, form=REVIEW))


def _fill_in(page: RowPage, due: Due, _code: str) -> None:
    page.go.emit(Place("outcome", client=due.client))


ACTS = {
    TODAY: _step_today,
    ANOTHER_DAY: _step_another_day,
    REVIEW: _review,
    FORM: _fill_in,
}
"""What is done for each answer."""
