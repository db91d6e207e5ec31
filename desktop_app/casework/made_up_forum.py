# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A made-up forum of two weeks ago: everybody on its agenda, what it had before it, its actions.

What each card showed is worked out by the rules of the forum from what was written by then.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_date
from desktop_app.casework.due import CaseFile, Facts, Look, said
from desktop_app.casework.forum import Item, forms_read, item_of
from desktop_app.casework.forum_card import Card, card
from desktop_app.casework.made_up_cast import town
from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import Pen, iso, moment, workday
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Answers, Json, Live, Record, RecordId, link

AGO = 14
_PRESENT = ("lowe", "shah", "osei", "bello")
_SKIPPED = {
    "garland_1": "Their wishes are not known yet; K. Osei asks first.",
    "downer": "The score is looked at again first.",
}
_STEPS: Mapping[str, tuple[str, str, str, int, int | None]] = {
    "quill": ("osei", "support", "Ring the landlord about the room", 4, 2),
    "hartnoll": ("shah", "enforcement", "Ask the prison when they can be met", 9, None),
    "fisk": ("bello", "support", "Send the letter for the dentist", 17, None),
}
"""Who takes what on, in which lane, due after how many days, and done after how many."""
_WHY = (
    "Seen every week; nothing has to change.",
    "Keeps the appointments; the plan goes on.",
    "No news since last time; the same again.",
)


def forum_held(lives: Mapping[str, Life], pen: Pen, today: date) -> None:
    """Write the forum, unless the team had not begun by then."""
    at = moment(workday(today - timedelta(days=AGO)), 10)
    on = [one for one in lives.values() if one.start < at.date()]
    if not on:
        return
    look = Look(Facts((), _team(pen)), _team(pen).persons[pen.ids["lowe"]], at)
    listed = [(life, _file(life, at)) for life in on]
    agenda = [(life, file, item) for life, file in listed if (item := item_of(file, look))]
    forum = _record(pen, at + timedelta(minutes=84), [life for life, _file, _item in agenda])
    order = [one.code for one in codes("forum_segment").code]
    agenda.sort(key=lambda one: order.index(one[2].segment))
    for number, (life, file, item) in enumerate(agenda):
        _talked_about(life, card(file, look), item, forum, at + timedelta(minutes=4 + 3 * number))


def _record(pen: Pen, at: datetime, listed: list[Life]) -> RecordId:
    skipped = sum(one.who.key in _SKIPPED for one in listed)
    answers: Answers = {
        "number": 1,
        "held_on": at.date().isoformat(),
        "chair": pen.ids["lowe"],
        "present": [pen.ids[one] for one in _PRESENT],
        "listed": len(listed),
        "discussed": len(listed) - skipped,
    }
    return pen.write("lowe", at, "forum", answers)


def _talked_about(life: Life, shown: Card, item: Item, forum: RecordId, at: datetime) -> None:
    """Write what came of one client."""
    entry = _entry(shown, item, forum, at, _team(life.pen))
    why = _SKIPPED.get(life.who.key)
    if why is not None:
        life.write("lowe", at, "forum_entry", {**entry, "skipped": why})
        return
    because = _WHY[life.random.randrange(len(_WHY))]
    again = at.date() + timedelta(days=28)
    decided: Answers = {
        "decided_on": at.date().isoformat(),
        "about": "keep",
        "why": because,
        "agreed_by": [life.person(one) for one in _PRESENT],
        "final_say": life.person("lowe"),
        "forum": link(forum),
        "review_on": again.isoformat(),
    }
    decision = life.write("lowe", at, "decision", decided)
    label = codes("decision_about").label("keep")
    course = f"{label}. {because} Looked at again by {say_date(again.isoformat())}."
    entry |= {
        "course": course,
        "agreed": "Insp. M. Lowe, PC R. Shah, K. Osei and A. Bello",
        "lanes": "Both lanes agree",
        "new_actions": [*_step(life, forum, at)],
        "decision": link(decision),
    }
    life.write("lowe", at + timedelta(seconds=30), "forum_entry", entry)


def _step(life: Life, forum: RecordId, at: datetime) -> list[Json]:
    """Write the next step of a client, and return it in words; none for most."""
    found = _STEPS.get(life.who.key)
    if found is None:
        return []
    owner, lane, what, days, done = found
    due = at.date() + timedelta(days=days)
    answers: Answers = {
        "what": what,
        "lane": lane,
        "owner": life.person(owner),
        "agreed_on": at.date().isoformat(),
        "due_on": due.isoformat(),
        "forum": link(forum),
    }
    action = life.write("lowe", at + timedelta(seconds=20), "action", answers)
    if done is not None:
        on = workday(at.date() + timedelta(days=done))
        told: Answers = {
            "done_on": on.isoformat(),
            "outcome": "They will hold it until the new year",
        }
        life.write(owner, moment(on, 15, 5), "action", told, record=action)
    name = next(one.name for one in town().colleague if one.key == owner)
    return [f"{codes('lane').label(lane)}: {what}, {name}, by {say_date(due.isoformat())}"]


def _entry(shown: Card, item: Item, forum: RecordId, at: datetime, team: Team) -> Answers:
    entry: Answers = {
        "forum": link(forum),
        "at": iso(at),
        "segment": item.segment,
        "because": said(item.because),
        "since": [one.said for one in shown.changes],
        "support": [one.said for one in shown.support],
        "enforcement": [one.said for one in shown.enforcement],
        "open_actions": [f"{one.what}, {team.name_of(one.owner)}" for one, _late in shown.actions],
    }
    if shown.risk is not None:
        entry["score"] = [shown.risk.words, *(one.said for one in shown.risk.criteria)]
    return entry


def _file(life: Life, at: datetime) -> CaseFile:
    """Return what had been written of a client by then."""
    wanted = forms_read() | {"client"}
    held: dict[RecordId, Record] = {}
    for one in sorted(life.pen.written, key=lambda written: written.at):
        edit = one.edit
        if edit.client != life.record or one.at >= at or edit.form not in wanted:
            continue
        before = held[edit.record].live[0].answers if edit.record in held else {}
        when = int(one.at.replace(tzinfo=UTC).timestamp() * 1000)
        live = [Live(when, 1, 1, 0, {**before, **edit.answers})]
        by = life.pen.ids[one.by]
        held[edit.record] = Record(edit.record, edit.form, edit.client, edit.audience, by, live)
    return CaseFile(held[life.record], tuple(held.values()))


def _team(pen: Pen) -> Team:
    people = {}
    for one in town().colleague:
        roles = frozenset({one.role})
        key = pen.ids[one.key]
        people[key] = Person(key, one.name, one.agency, roles, frozenset({"partners"}))
    return Team("made_up", "Saltings", people, made_up=True)
