# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a forum saves: one entry a client with the decision and the actions, all or nothing.

Pure: what the room said in, edits out. Rules, each with a test:

* An entry keeps what its card showed, in words, and is sealed with what was decided.
* What is decided says who agreed; whoever is present and did not agree is named with the dissent.
* Including somebody opens their place. A place or support ends only where the room has answered
  its checklist, and the one never ends the other.
* Both lanes' next steps stand apart, each with who and by when, and whether both agreed to them.
* Recording somebody again takes the place of the earlier entry and decision; both are kept.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desktop_app.casework.answers import is_empty
from desktop_app.casework.choosing import (
    INCLUDE,
    LATER,
    NOT_INCLUDE,
    decision_problems,
    places_follow,
)
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_date
from desktop_app.casework.due import said
from desktop_app.casework.forms import Field, FieldType, form
from desktop_app.casework.lanes import LANES, SUPPORT, agreed_words
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Edit, Json, RecordId, link
from desktop_app.casework.targeting import DEMAND
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from ui.pages.forum_facts import Agenda, Shown

KEEP = "keep"
AGAIN = timedelta(days=28)
"""After so many days somebody is looked at again, where the room says nothing else."""


@dataclass(frozen=True, slots=True)
class Act:
    """An action the room agreed on."""

    what: str
    owner: str
    due_on: str
    lane: str = SUPPORT


@dataclass(frozen=True, slots=True)
class Said:
    """What the room said of one client.

    Attributes:
        course: code of what was decided; empty while nothing is.
        why: in words.
        reason: why they are not included, a code.
        agreed: person ids.
        dissent: in the words of whoever did not agree.
        actions: what was agreed to do.
        again: ISO day on which they are looked at again; empty for in four weeks.
        removal: what the answered checklist saves, the removal first; empty while it waits.
    """

    course: str = ""
    why: str = ""
    reason: str = ""
    agreed: tuple[str, ...] = ()
    dissent: str = ""
    actions: tuple[Act, ...] = ()
    again: str = ""
    removal: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A forum that is being held.

    Attributes:
        id: of its record, which is saved when it is closed.
        chair: person id.
        present: person ids.
        began: when, in local time.
        ends: until when the room has time; None for no end.
    """

    id: RecordId
    chair: str
    present: tuple[str, ...]
    began: datetime
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, when, and how new record ids are made."""

    team: Team
    now: datetime
    new: Callable[[], RecordId] = field(repr=False)


def lacking(said_: Said, meeting: Meeting, shown: Shown, on: date) -> str:
    """Return what a decision still lacks, as one sentence; empty when nothing."""
    if not said_.course:
        return _("Choose what was decided: one letter, K to keep as it is.")
    if said_.course != KEEP and not said_.why.strip():
        return _("Say why, in words that could be read out to them.")
    if not said_.agreed:
        return _("Nobody agreed. Press the name of at least one who did.")
    if said_.dissent.strip() and set(said_.agreed) >= set(meeting.present):
        return _("Whose dissent is it? Take the tick off whoever did not agree.")
    if said_.again and date.fromisoformat(said_.again[:10]) <= on:
        return _("On which day are they looked at again? Choose one to come.")
    problems = decision_problems(_decision(said_, meeting, on), shown.file.client.answers, on=on)
    return problems[0].message if problems else ""


def recorded(said_: Said, meeting: Meeting, shown: Shown, segment: str, pen: Pen) -> list[Edit]:
    """Return what is saved of one client.

    Args:
        said_: what the room said.
        meeting: the forum.
        shown: what it had before it.
        segment: under which heading they stood.
        pen: who writes.
    """
    client, on = shown.file.client.id, pen.now.date()
    before = [one for one in shown.before if one.forum == meeting.id]
    answers = _decision(said_, meeting, on)
    if before and (old := before[-1].record.text("decision")):
        answers["supersedes"] = old
    follows = places_follow(answers, shown.file.records, client, new_record=pen.new)
    if follows:
        answers["spell"] = link(follows[-1].record)
    decision = _edit("decision", pen.new(), client, answers)
    actions = [
        _edit("action", pen.new(), client, _action(one, meeting, on)) for one in said_.actions
    ]
    entry = _entry(shown, meeting, segment, pen) | {
        "course": _course_words(said_, answers),
        "agreed": listed([pen.team.name_of(one) for one in said_.agreed]),
        "dissent": _dissent_words(said_, meeting, pen.team),
        "lanes": agreed_words(said_.agreed, pen.team),
        "new_actions": [
            _act_words(one, pen.team) for lane in LANES for one in said_.actions if one.lane == lane
        ],
        "decision": link(decision.record),
    }
    removal = _on_decision(said_.removal, decision)
    if removal:
        entry["checklist"] = checklist_words(removal[0].answers, pen.team)
    made = _edit("forum_entry", pen.new(), client, entry)
    return [made, decision, *follows, *actions, *removal]


def skipped(why: str, meeting: Meeting, shown: Shown, segment: str, pen: Pen) -> list[Edit]:
    """Return what is saved of somebody who is not discussed."""
    entry = _entry(shown, meeting, segment, pen) | {"skipped": why.strip()}
    return [_edit("forum_entry", pen.new(), shown.file.client.id, entry)]


def checklist_words(answers: Answers, team: Team) -> list[Json]:
    """Return an answered checklist as it is kept with the client, line by line."""
    asked = [
        one
        for one in form("removal").field
        if one.type is not FieldType.RECORD and not is_empty(answers.get(one.name))
    ]
    return [f"{_(one.label)}: {_in_words(one, answers[one.name], team)}" for one in asked]


def _in_words(asked: Field, value: Json, team: Team) -> str:
    if asked.type is FieldType.SELECT_ONE:
        return codes(asked.choices).label(str(value))
    if asked.type is FieldType.DATE:
        return say_date(str(value))
    if asked.type in (FieldType.PERSON, FieldType.PEOPLE):
        people = value if isinstance(value, list) else [value]
        return listed([team.name_of(str(one)) for one in people])
    return str(value)


def _on_decision(removal: tuple[Edit, ...], decision: Edit) -> list[Edit]:
    """Return what a checklist saves, naming the decision it follows."""
    if not removal:
        return []
    first, *more = removal
    answers: Answers = {**first.answers, "decision": link(decision.record)}
    return [Edit(first.form, first.record, first.client, first.audience, answers), *more]


def closed(meeting: Meeting, agenda: Agenda, *, on: date) -> Edit:
    """Return the record of a forum that is over."""
    numbers = [n for one in agenda.held if isinstance(n := one.answers.get("number"), int)]
    answers: Answers = {
        "number": max(numbers, default=0) + 1,
        "held_on": on.isoformat(),
        "chair": meeting.chair,
        "present": [*meeting.present],
        "listed": len(agenda.dues),
        "discussed": sum(not one.skipped for one in agenda.recorded.values()),
    }
    return _edit("forum", meeting.id, b"", answers)


def _decision(said_: Said, meeting: Meeting, on: date) -> Answers:
    dissenting = [one for one in meeting.present if one not in said_.agreed]
    answers: Answers = {
        "decided_on": on.isoformat(),
        "about": said_.course,
        "why": said_.why.strip() or _("Nothing has to change."),
        "agreed_by": [*said_.agreed],
        "final_say": meeting.chair,
        "forum": link(meeting.id),
    }
    if said_.dissent.strip():
        answers |= {"dissent_by": [*dissenting], "dissent": said_.dissent.strip()}
    if said_.course == INCLUDE:
        answers["cohort"] = DEMAND
    if said_.course in (NOT_INCLUDE, LATER):
        answers["reason"] = said_.reason or None
    if said_.again:
        answers["review_on"] = said_.again[:10]
    elif said_.course != INCLUDE:
        answers["review_on"] = (on + AGAIN).isoformat()
    return {name: value for name, value in answers.items() if value is not None}


def _action(act: Act, meeting: Meeting, on: date) -> Answers:
    return {
        "what": act.what,
        "lane": act.lane,
        "owner": act.owner,
        "agreed_on": on.isoformat(),
        "due_on": act.due_on,
        "forum": link(meeting.id),
    }


def _entry(shown: Shown, meeting: Meeting, segment: str, pen: Pen) -> Answers:
    card = shown.card
    before = [one for one in shown.before if one.forum == meeting.id]
    answers: Answers = {
        "forum": link(meeting.id),
        "at": pen.now.isoformat(timespec="minutes")[:16],
        "segment": segment,
        "because": said(shown.item.because) if shown.item else "",
        "since": [one.said for one in card.changes],
        "support": [one.said for one in card.support],
        "enforcement": [one.said for one in card.enforcement],
        "open_actions": [
            f"{one.what}, {pen.team.name_of(one.owner)}" for one, _late in card.actions
        ],
    }
    if card.risk is not None:
        lines: list[Json] = [card.risk.words, *(one.said for one in card.risk.criteria)]
        answers["score"] = lines
    if before:
        answers["supersedes"] = link(before[-1].record.id)
    return {name: value for name, value in answers.items() if value}


def _course_words(said_: Said, answers: Mapping[str, Json]) -> str:
    label = codes("decision_about").label(said_.course)
    again = str(answers.get("review_on") or "")
    why = str(answers["why"])
    words = f"{label}. {why}{'' if why.endswith(('.', '!', '?')) else '.'}"
    if again:
        words += " " + _("Looked at again by %(day)s.") % {"day": say_date(again)}
    return words


def _dissent_words(said_: Said, meeting: Meeting, team: Team) -> str:
    if not said_.dissent.strip():
        return ""
    names = [team.name_of(one) for one in meeting.present if one not in said_.agreed]
    return f"{listed(names)}: {said_.dissent.strip()}"


def _act_words(act: Act, team: Team) -> str:
    said_ = {
        "lane": codes("lane").label(act.lane),
        "what": act.what,
        "who": team.name_of(act.owner),
        "day": say_date(act.due_on),
    }
    return _("%(lane)s: %(what)s, %(who)s, by %(day)s") % said_


def _edit(name: str, record: RecordId, client: RecordId, answers: Answers) -> Edit:
    return Edit(name, record, client, form(name).audience, answers)
