# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers after missed appointments: telling, having heard, what came of it; pausing, going on.

The nurse is shown exactly what the others will read before it is said: how many were missed and
when the last was. What the appointments were for is not in it and cannot be put in.
"""

from collections.abc import Callable, Mapping

from desktop_app.casework.assignments import KEY_WORKER, POLICE_LEAD, duties_on, worker_on
from desktop_app.casework.chain import Chain, chain_now
from desktop_app.casework.chain_runs import (
    ACKNOWLEDGED,
    BACK,
    FORUM,
    INFORMED,
    MISTAKE,
    OUTCOME,
    PAUSED,
    RESUMED,
)
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.due_chain import NO_MISS, PAUSE, RESUME
from desktop_app.casework.forms import Problem, form
from desktop_app.casework.limits import Limits
from desktop_app.casework.records import Answers, Edit
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from ui.pages import today_answers, today_doing
from ui.pages.form_panel import Plan
from ui.pages.row_page import RowPage
from ui.pages.today_answers import Answered
from ui.session import Session
from ui.team_limits import ask_limits

NAME = "chain_step"
_FACTS = ("step", "happened_at", "opened_on", "last_on", "missed", "duty", "outcome")


def telling(file: CaseFile, chain: Chain, session: Session) -> Plan:
    """Return the panel that tells key worker and police, with the facts already in it."""
    today = session.today()
    people = [worker_on(file.records, duty, today) for duty in (KEY_WORKER, POLICE_LEAD)]
    named = [session.team.name_of(one) for one in dict.fromkeys(people) if one]
    readers = listed(named) if named else _("Every partner")
    missed = ngettext(
        "%(n)d appointment was missed", "%(n)d appointments were missed", chain.missed
    )
    facts = _("%(missed)s, the last on %(day)s.") % {
        "missed": missed % {"n": chain.missed},
        "day": say_short(chain.last_on.isoformat(), today),
    }
    return Plan(
        NAME,
        _("Tell key worker and police"),
        _("Tell them"),
        {
            "step": INFORMED,
            "opened_on": chain.opened_on.isoformat(),
            "last_on": chain.last_on.isoformat(),
            "missed": chain.missed,
        },
        leave_out=_FACTS,
        says=(
            _("%(who)s will read: “%(facts)s”") % {"who": readers, "facts": facts},
            _("What they were for is not said, and has no place below."),
        ),
        kept_to=form(NAME).audience,
    )


def _tell(page: RowPage, due: Due, _code: str) -> None:
    session = page.session

    def tell(limits: Limits) -> None:
        file = page.file(due.client)
        chain = chain_now(file.records, session.team, session.now(), limits) if file else None
        if file is not None and chain is not None:
            today_doing.open_form(page, due, telling(file, chain, session), done=_("Told"))

    ask_limits(session, tell, owner=page.rows)


def _heard(page: RowPage, due: Due, _code: str) -> None:
    """Say that one has heard, in each duty one has for the client."""
    file = page.file(due.client)
    duties = duties_on(file.records, page.session.me.id, page.session.today()) if file else []
    mine = [one for one in duties if one in (KEY_WORKER, POLICE_LEAD)]
    edits = tuple(_step(page, due, {"step": ACKNOWLEDGED, "duty": duty}) for duty in mine)
    if edits:
        _save(page, due, edits, _("You have heard"))


def _back(page: RowPage, due: Due, _code: str) -> None:
    said = _step(page, due, {"step": OUTCOME, "outcome": BACK})
    _save(page, due, (said,), _("Back with us"))


def _to_forum(page: RowPage, due: Due, _code: str) -> None:
    said = _step(page, due, {"step": OUTCOME, "outcome": FORUM})
    _save(page, due, (said,), _("To the forum"))


def pausing() -> Plan:
    """Return the panel that stops every clock, with the reason everybody reads."""

    def check(answers: Answers) -> list[Problem]:
        lacks = not str(answers.get("words") or "").strip()
        return [Problem("words", _("Say why no clock runs. Every partner reads it."))] * lacks

    return Plan(
        NAME,
        _("Pause what follows missed appointments"),
        _("Pause"),
        {"step": PAUSED},
        leave_out=_FACTS,
        says=(
            _("No clock runs until somebody lets it go on. The board keeps it, with the reason."),
            _("Prison, rehab and hospital pause it by themselves."),
        ),
        check=check,
        kept_to=form(NAME).audience,
        must=("words",),
    )


def _pause(page: RowPage, due: Due, _code: str) -> None:
    today_doing.open_form(page, due, pausing(), done=_("Paused"))


def _resume(page: RowPage, due: Due, _code: str) -> None:
    _save(page, due, (_step(page, due, {"step": RESUMED}),), _("Goes on"))


def _no_miss(page: RowPage, due: Due, _code: str) -> None:
    said = _step(page, due, {"step": OUTCOME, "outcome": MISTAKE})
    _save(page, due, (said,), _("No miss"))


def _step(page: RowPage, due: Due, answers: Answers) -> Edit:
    hand = today_doing.hand(page)
    return Edit(
        NAME, hand.new(), due.client, form(NAME).audience, {"happened_at": hand.at, **answers}
    )


def _save(page: RowPage, due: Due, edits: tuple[Edit, ...], words: str) -> None:
    undo = tuple(today_answers.withdrawn(one) for one in edits)
    said = (words, "ok", "check")
    answered = Answered(edits, undo, "told", page.session.now(), said=said)
    today_doing.save(page, due, answered)


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {
    "tell": _tell,
    "heard": _heard,
    "back": _back,
    "to_forum": _to_forum,
    PAUSE: _pause,
    RESUME: _resume,
    NO_MISS: _no_miss,
}
"""What is done for each answer."""
