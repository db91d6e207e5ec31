# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""From one screen to two records: the visit everybody shares, and the account of who writes.

Rules, each with a test:

* The outcome and the next step belong to the visit, the words to the account. Keeping the account
  to fewer people keeps nothing of the visit back.
* A visit that was planned, or that a colleague recorded, is altered only where something differs;
  their outcome is never overwritten by joining it.
* An offer without its answer, and a next step without its day, are asked for.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from desktop_app.casework import forms
from desktop_app.casework.answers import is_empty
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_moment
from desktop_app.casework.forms import Form, Problem
from desktop_app.casework.records import Answers, Json, Record, link
from desktop_app.casework.words import _
from ui.form_view import applying

VISIT, ACCOUNT = "visit", "account"
NOT_SEEN = "not_seen"
STEP = ("next_step", "next_step_on", "next_step_time", "next_step_with")
OURS = ("people", "others", "minutes")
"""Answers of a joined visit that whoever joins may add to."""
ORDER = (
    *("seen", "kind", "place", "at", "minutes", "people", "others", "why_not", "left", "offers"),
    *("message", "message_said", "note", "promised", "next_step", "next_step_on"),
)
"""Questions in the order of the screen."""
LEEWAY = timedelta(minutes=15)


def visit_answers(typed: Answers, visit: Record | None, *, joined: bool) -> Answers:
    """Return what is to be saved of the visit.

    Args:
        typed: every answer of the screen.
        visit: the visit that is held already; None for a new one.
        joined: whether a colleague recorded it, and only an account is added.
    """
    shipped = forms.form(VISIT)
    mine = {name: value for name, value in typed.items() if name in shipped.fields}
    seen = typed.get("seen")
    mine["outcome"] = seen
    mine["state"] = "tried" if seen == NOT_SEEN else "done"
    if is_empty(mine.get("next_step")):
        mine = {name: v for name, v in mine.items() if name not in STEP}
    if visit is None:
        return {name: v for name, v in mine.items() if not is_empty(v)}
    if joined:
        return _joining(mine, visit)
    planned = visit.answers.get("at")
    if visit.answers.get("state") == "planned" and is_empty(visit.answers.get("planned_for")):
        mine["planned_for"] = planned
    changed = _changed(mine, visit.answers)
    return forms.whole_groups(shipped, changed, {**visit.answers, **mine})


def account_answers(typed: Answers, account: Record | None, visit: bytes) -> Answers:
    """Return what is to be saved of the account."""
    shipped = forms.form(ACCOUNT)
    whole = {name: value for name, value in typed.items() if name in shipped.fields}
    whole["visit"] = link(visit)
    counting = applying(shipped, whole)
    if account is None:
        return {name: v for name, v in counting.items() if not is_empty(v)}
    return forms.whole_groups(shipped, _changed(counting, account.answers), whole)


def problems(typed: Answers, name: str, now: datetime) -> list[Problem]:
    """Return what must be put right before a visit is saved, in the order of the screen.

    Args:
        typed: every answer of the screen.
        name: what the client is called.
        now: local time.
    """
    if is_empty(typed.get("seen")):
        return [Problem("seen", _("Say whether you were able to see %(name)s.") % {"name": name})]
    found = [*_when(typed, now), *_of_form(ACCOUNT, typed, now), *_of_form(VISIT, typed, now)]
    found += _unanswered(typed, name)
    if not is_empty(typed.get("next_step")) and is_empty(typed.get("next_step_on")):
        found.append(Problem("next_step_on", _("Give a day for the next step.")))
    if is_empty(typed.get("next_step")) and not is_empty(typed.get("next_step_on")):
        found.append(Problem("next_step", _("Say what the next step is.")))
    kept: dict[str, Problem] = {}
    for one in found:
        kept.setdefault(one.field, one)
    return [kept[field] for field in sorted(kept, key=_place)]


def of_visit(visit: Record) -> Answers:
    """Return what a visit that is held already puts on the screen."""
    answers = {name: v for name, v in visit.answers.items() if name in forms.form(VISIT).fields}
    if visit.answers.get("state") == "planned":
        answers.pop("at", None)
    return answers


def of_account(account: Record) -> Answers:
    """Return what an account that is held already puts on the screen."""
    return {name: v for name, v in account.answers.items() if name in forms.form(ACCOUNT).fields}


def step_moment(answers: Mapping[str, Json]) -> str:
    """Return day and time of the next step as one ISO text."""
    day, time = answers.get("next_step_on"), answers.get("next_step_time")
    if not isinstance(day, str):
        return ""
    whole = f"{day}T{time}" if isinstance(time, str) else ""
    return whole if whole and len(whole) == 16 and as_moment(whole) else day


def _joining(mine: Answers, visit: Record) -> Answers:
    added = {name: mine[name] for name in OURS if name in mine}
    there = visit.answers.get("people")
    people: Json = there if isinstance(there, list) else []
    if isinstance(people, list) and isinstance(added.get("people"), list):
        more = added["people"]
        added["people"] = (
            [*people, *(one for one in more if one not in people)]
            if isinstance(more, list)
            else people
        )
    for name in ("others", "minutes"):
        if not is_empty(visit.answers.get(name)):
            added.pop(name, None)
    if is_empty(visit.answers.get("next_step")):
        added |= {name: mine[name] for name in STEP if name in mine}
    return _changed(added, visit.answers)


def _changed(wanted: Answers, held: Answers) -> Answers:
    return {
        name: value
        for name, value in wanted.items()
        if value != held.get(name) and not (is_empty(value) and is_empty(held.get(name)))
    }


def _of_form(name: str, typed: Answers, now: datetime) -> list[Problem]:
    shipped: Form = forms.form(name)
    whole = {field: v for field, v in typed.items() if field in shipped.fields}
    if name == VISIT:
        whole |= {"outcome": typed.get("seen"), "state": "done"}
    else:
        whole["visit"] = "0" * 32
    found = forms.problems(shipped, applying(shipped, whole), today=now.date().isoformat())
    return [one for one in found if one.field != "state"]


def _when(typed: Answers, now: datetime) -> list[Problem]:
    at = typed.get("at")
    moment = as_moment(at) if isinstance(at, str) else None
    if moment is not None and moment > now + LEEWAY:
        return [Problem("at", _("A visit that has happened cannot lie ahead. Check the time."))]
    return []


def _unanswered(typed: Answers, name: str) -> list[Problem]:
    offers = typed.get("offers")
    if not isinstance(offers, dict) or typed.get("seen") == NOT_SEEN:
        return []
    listed = codes("offer")
    open_ones = [listed.label(code) for code, answer in offers.items() if is_empty(answer)]
    if not open_ones:
        return []
    said = _("Say what %(name)s answered to: %(offers)s.")
    return [Problem("offers", said % {"name": name, "offers": ", ".join(open_ones)})]


def _place(field: str) -> int:
    return ORDER.index(field) if field in ORDER else len(ORDER)
