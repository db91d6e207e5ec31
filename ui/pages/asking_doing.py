# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers of rows that wait for others: asking them, agreeing an action, going to the forum.

A colleague is asked from any record: an action of theirs, which stands first on their Today. Rules,
each with a test:

* It begins with what it is about, unless more people would read that than may read the record.
* What is asked of a record for the police alone is for the police alone.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from desktop_app.casework.actions import Action
from desktop_app.casework.due import ASK_THEM, CaseFile, Due, Facts, Look
from desktop_app.casework.forms import Problem, form
from desktop_app.casework.limits import Limits
from desktop_app.casework.people import Person
from desktop_app.casework.records import Answers, Json, Record
from desktop_app.casework.whose_turn import asking_words, whom_to_ask
from desktop_app.casework.wording import told
from desktop_app.casework.words import _
from ui.pages import today_doing
from ui.pages.form_panel import Plan
from ui.pages.row_page import RowPage
from ui.places import Place
from ui.session import Session
from ui.team_limits import ask_limits

ACTION = Action.form
ASKS = "ask:"
"""How a place on a client's page begins that asks a colleague; the record it is about follows."""
WITHIN = 7
"""Days a colleague is given unless another day is chosen."""


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


def may_ask(session: Session) -> bool:
    """Say whether somebody may ask a colleague to do something."""
    return session.may_write(ACTION)


def question_of(session: Session, record: Record, who: str = "") -> Plan:
    """Return the plan that asks a colleague, of a record; its author unless another is chosen.

    Args:
        session: who asks.
        record: what it is about.
        who: the client's name, where the page does not say it already.
    """
    team, today = session.team, session.today()
    author = team.persons.get(record.author)
    other = author is not None and author.active and author.id != session.me.id
    kept = record.audience if record.audience in form(ACTION).narrow else ""
    known: Answers = {"agreed_on": today.isoformat()}
    asked: Answers = {
        "owner": record.author if other else None,
        "due_on": (today + timedelta(days=WITHIN)).isoformat(),
    }
    if record.audience == (kept or form(ACTION).audience):
        title = told(record, team, on=today).title
        asked["what"] = _("About “%(title)s”: ") % {"title": title}

    def check(answers: Answers) -> list[Problem]:
        held_by = {one.id for one in session.readers(kept or form(ACTION).audience)}
        if answers.get("what") is not None and answers.get("what") == asked.get("what"):
            return [Problem("what", _("Say what you ask."))]
        if answers.get("owner") in (None, *held_by):
            return []
        return [Problem("owner", _("They may not read this, so they would never be asked."))]

    return Plan(
        ACTION,
        _("Ask a colleague"),
        _("Ask"),
        {**known, **asked},
        leave_out=(*known, "lane", "heard_on", "done_on", "outcome", "forum"),
        check=check,
        who=who,
        kept_to=kept or form(ACTION).audience,
        draft_of=record.id,
        begin_at="what",
    )


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {
    ASK_THEM: _ask,
    "agree_action": _agree_action,
    "hold_forum": _hold_forum,
}
"""What is done for each answer."""
