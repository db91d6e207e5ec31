# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answering a row of Today without opening it: what is saved, what takes it back, what it says.

Pure: a due thing and an answer in, edits out. Rules, each with a test:

* A one-key answer records now, the address on file, and you alone. Where an alert says not alone,
  or the plan needs two, there is no one-key answer: the visit is opened instead.
* Being seen, or not, is a visit and an account of your own; both are saved together or not at all.
* Everything answered can be taken back: what is new is withdrawn with a reason, what was changed
  is set back to what it was.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop_app.casework.due import Due
from desktop_app.casework.forms import form
from desktop_app.casework.last_seen import limit_in
from desktop_app.casework.limits import limits
from desktop_app.casework.one_visit import Pair, join, part
from desktop_app.casework.records import WITHDRAWN, Answers, Edit, Json, Record, RecordId, link
from desktop_app.casework.whereabouts import PRISON, Setting
from desktop_app.casework.words import _

SEEN, NOT_SEEN = "seen", "not_seen"
_WHERE = {
    **dict.fromkeys(PRISON, "prison"),
    "police_custody": "police_station",
    "rehab": "rehab",
    "detox": "rehab",
    "hospital": "hospital",
}
"""Kind of visit by setting; anywhere else it is a home visit."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that can be saved and taken back.

    Attributes:
        edits: what is saved.
        undo: what takes it back.
        state: code of what was answered.
        at: when it was answered.
        asks_why: code list "Why not?" is answered from; empty when it is not asked.
        why_in: the record and field the reason is written to.
        why: the code of the reason once given.
        visit: the visit it made or answered, to be opened for a note.
        said: words, tone and icon of the receipt, where `state` is none of Tandem's own.
        next_due: ISO day the next visit is due; empty when no limit holds.
    """

    edits: tuple[Edit, ...]
    undo: tuple[Edit, ...]
    state: str
    at: datetime
    asks_why: str = ""
    why_in: tuple[Edit, str] | None = None
    why: str = ""
    visit: RecordId = b""
    next_due: str = ""
    said: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Who answers, when, and how new record ids are made.

    Attributes:
        me: person id.
        now: local time.
        new: makes a record id.
    """

    me: str
    now: datetime
    new: Callable[[], RecordId]

    @property
    def at(self) -> str:
        """Return now as it is stored."""
        return self.now.isoformat(timespec="minutes")[:16]

    @property
    def today(self) -> str:
        """Return the day as it is stored."""
        return self.now.date().isoformat()


def visited(
    due: Due, hand: Hand, *, seen: bool, visit: Record | None, setting: Setting | None
) -> Answered:
    """Return the answer "Seen" or "Not seen" to a visit that is due or planned.

    Args:
        due: the row.
        hand: who answers, and when.
        seen: whether the client was seen.
        visit: the planned visit it is about; None when it was not planned.
        setting: where the client is, if that is recorded.
    """
    happened: Answers = {
        "at": hand.at,
        "state": "done" if seen else "tried",
        "outcome": SEEN if seen else NOT_SEEN,
    }
    if visit is None:
        happened |= {"kind": kind_in(setting), "people": [hand.me]}
        event = Edit("visit", hand.new(), due.client, form("visit").audience, happened)
        back = withdrawn(event)
    else:
        happened["planned_for"] = visit.text("planned_for") or visit.text("at")
        event = _change(visit, happened)
        back = _change(visit, _before(visit, happened))
    account = Edit(
        "account",
        hand.new(),
        event.client,
        event.audience if event.audience in _account_audiences() else form("account").audience,
        {"visit": link(event.record), "seen": SEEN if seen else NOT_SEEN},
    )
    return Answered(
        (event, account),
        (withdrawn(account), back),
        SEEN if seen else NOT_SEEN,
        hand.now,
        asks_why="" if seen else "why_not",
        why_in=None if seen else (account, "why_not"),
        visit=event.record,
        next_due=_next_due(setting, hand.now) if seen else "",
    )


def kind_in(setting: Setting | None) -> str:
    """Return which kind of visit somebody is paid where they are."""
    return _WHERE.get(setting.setting if setting else "", "home")


def marked(appointment: Record, hand: Hand, *, state: str) -> Answered:
    """Return what became of an appointment.

    Args:
        appointment: the appointment.
        hand: who answers, and when.
        state: code of what became of it.
    """
    mark: Answers = {
        "state": state,
        "reason": None,
        "reason_note": None,
        "marked_on": hand.today,
    }
    edit = _change(appointment, mark)
    asks = state != "attended"
    return Answered(
        (edit,),
        (_change(appointment, _before(appointment, mark)),),
        state,
        hand.now,
        asks_why="appointment_reason" if asks else "",
        why_in=(edit, "reason") if asks else None,
    )


def done(record: Record, hand: Hand) -> Answered:
    """Return the answer "Done" to a next step, a need or an action."""
    change: Answers = {"next_step_done_on": hand.today}
    if record.form == "need":
        change = {"done_on": hand.today, "outcome": "met", "outcome_note": None}
    if record.form == "action":
        change = {"done_on": hand.today}
    edit = _change(record, change)
    undo = _change(record, _before(record, change))
    return Answered((edit,), (undo,), "done", hand.now)


def heard(record: Record, hand: Hand) -> Answered:
    """Return the answer "Heard" to what a colleague asks."""
    change: Answers = {"heard_on": hand.today}
    undo = _change(record, _before(record, change))
    said = (_("Heard"), "ok", "check")
    return Answered((_change(record, change),), (undo,), "heard", hand.now, said=said)


def one_or_two(pair: Pair, hand: Hand, *, one: bool) -> Answered:
    """Return the answer whether two visits are one."""
    edit = join(pair) if one else part(pair)
    undo = _change(pair.second, _before(pair.second, edit.answers))
    return Answered((edit,), (undo,), "one_visit" if one else "two_visits", hand.now)


def to_meet(due: Due, hand: Hand, setting: Record) -> Answered:
    """Return the answer "I will meet them": a visit planned for the day of release."""
    edit = at_the_gate(
        due.client,
        [hand.me],
        day=setting.text("expected_release_on"),
        time=setting.text("release_time"),
        record=hand.new(),
    )
    return Answered((edit,), (withdrawn(edit),), "meet", hand.now, visit=edit.record)


def at_the_gate(
    client: RecordId, people: Sequence[Json], *, day: str, time: str, record: RecordId
) -> Edit:
    """Return the visit of whoever meets a client as they come out.

    Args:
        client: whom.
        people: person ids.
        day: the day of release, ISO.
        time: what is written about the time; a time in it is taken, else nine.
        record: id of the visit.
    """
    at = f"{day}T{_clock(time)}"
    return Edit(
        "visit",
        record,
        client,
        form("visit").audience,
        {
            "at": at,
            "planned_for": at,
            "state": "planned",
            "kind": "gate",
            "people": list(people),
            "purpose": _("Meet them as they come out"),
        },
    )


def because(answered: Answered, why: str) -> Answered:
    """Return an answer with its reason: one more edit, and the same way back."""
    if answered.why_in is None:
        return answered
    edit, field = answered.why_in
    change: Answers = {field: why}
    if edit.form == "appointment":
        change = {**edit.answers, field: why}
    said = Edit(edit.form, edit.record, edit.client, edit.audience, change)
    return replace(answered, edits=(said,), why=why, asks_why="")


def _next_due(setting: Setting | None, now: datetime) -> str:
    """Return the day the limit of the setting ends, counted from today."""
    days = limit_in(setting.setting if setting else "", limits())
    if days is None:
        return ""
    return now.date().fromordinal(now.date().toordinal() + days).isoformat()


def _change(record: Record, answers: Answers) -> Edit:
    return Edit(record.form, record.id, record.client, record.audience, answers)


def _before(record: Record, changed: Mapping[str, object]) -> Answers:
    """Return what a record answered before, for each answer that was changed."""
    return {name: record.answers.get(name) for name in changed}


def back(record: Record, edit: Edit) -> Edit:
    """Return the edit that sets a record back to what it answered before."""
    before = {name: record.answers.get(name) for name in edit.answers}
    return Edit(record.form, record.id, record.client, record.audience, before)


def withdrawn(edit: Edit) -> Edit:
    """Return the edit that withdraws what an edit has just made."""
    reason = _("Taken back at once by its author")
    return Edit(edit.form, edit.record, edit.client, edit.audience, {WITHDRAWN: reason})


def _account_audiences() -> tuple[str, ...]:
    shipped = form("account")
    return (shipped.audience, *shipped.narrow)


def _clock(said: str) -> str:
    """Return the time somebody wrote, "09:00" when they wrote none that can be read."""
    for word in said.replace(",", " ").split():
        hours, colon, minutes = word.partition(":")
        if colon and hours.isdigit() and minutes.isdigit() and int(hours) < 24:
            return f"{int(hours):02d}:{min(int(minutes), 59):02d}"
    return "09:00"
