# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers of rows that wait for others: asking them, agreeing an action, going to the forum."""

from collections.abc import Callable, Mapping

from desktop_app.casework.due import ASK_THEM, CaseFile, Due, Facts, Look
from desktop_app.casework.limits import Limits
from desktop_app.casework.people import Person
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.whose_turn import asking_words, whom_to_ask
from desktop_app.casework.words import _
from ui.pages import today_doing
from ui.pages.form_panel import Plan
from ui.pages.row_page import RowPage
from ui.places import Place
from ui.team_limits import ask_limits


def _ask(page: RowPage, due: Due, _code: str) -> None:
    """Write to whose turn it is: it stands first on their Today until they have read it."""
    session = page.session

    def opened(limits: Limits) -> None:
        file, me = page.file(due.client), session.team.persons.get(session.me.id)
        if file is not None and me is not None:
            today_doing.open_form(page, due, _note(page, due, file, me, limits), done=_("Asked"))

    ask_limits(session, opened, owner=page.rows)


def _note(page: RowPage, due: Due, file: CaseFile, me: Person, limits: Limits) -> Plan:
    session = page.session
    look = Look(Facts((), session.team, limits=limits), me, session.now())
    people: list[Json] = [*whom_to_ask(due, file, look)]
    known: Answers = {
        "happened_at": session.now().isoformat(timespec="minutes")[:16],
        "kind": "thought",
        "counts_for_pressure": None,
    }
    asked: Answers = {"headline": asking_words(due), "for_people": people}
    return Plan("note", _("Ask them"), _("Send"), {**known, **asked}, leave_out=tuple(known))


def _agree_action(page: RowPage, due: Due, _code: str) -> None:
    """Write down what somebody does for the client, and by when."""
    known: Answers = {"agreed_on": page.session.today().isoformat()}
    later = ("done_on", "outcome", "forum")
    plan = Plan("action", _("Action"), _("Save"), known, leave_out=(*known, *later))
    today_doing.open_form(page, due, plan, done=_("Action agreed"))


def _hold_forum(page: RowPage, _due: Due, _code: str) -> None:
    page.go.emit(Place("forum"))


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {
    ASK_THEM: _ask,
    "agree_action": _agree_action,
    "hold_forum": _hold_forum,
}
"""What is done for each answer."""
