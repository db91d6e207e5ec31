# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Visits to made-up clients, week by week, and the needs that are worked on at them.

A joint visit is one event with an account by each of the two who went. What happens at a visit
moves a client's threads on by a line; the need closes with the last one.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desktop_app.casework.codes import codes
from desktop_app.casework.last_seen import REMOTE
from desktop_app.casework.made_up_cast import prose, threads
from desktop_app.casework.made_up_life import Life, prison_of
from desktop_app.casework.made_up_pen import iso, moment, workday
from desktop_app.casework.made_up_stays import PLACES
from desktop_app.casework.records import Answers, RecordId, link

_KINDS = ("home", "home", "home", "street", "street", "office", "phone", "phone", "text")
_GAPS = {"rehab": 21, "detox": 10, "hospital": 3, "unknown": 9}
"""Days between two visits, by setting; in custody three weeks, at home one."""
_OUT_OF_TOUCH = 31
"""Days for which somebody who misses appointments has not been seen either."""
_TOLD_AS = {
    "prison": "inside",
    "police_station": "cell",
    "rehab": "rehab",
    "hospital": "ward",
}
"""Which part of the prose tells a visit away from home; any other follows a client's threads."""


@dataclass(slots=True)
class Story:
    """How far one thread has come: the next line, and the need it belongs to."""

    name: str
    line: int = 0
    need: RecordId = b""
    raised: date = date.max


@dataclass(slots=True)
class Going:
    """What there is to talk about with one client."""

    stories: list[Story] = field(default_factory=list)
    turn: int = 0


def visits(life: Life) -> None:
    """Write every visit of a client's months."""
    going = Going([Story(name) for name in life.who.threads])
    until = life.day(0.9) if life.who.course == "ended" else life.today
    day = workday(life.start + timedelta(days=3))
    number = 0
    while day < until:
        stay = life.stay(day)
        number += 1
        if life.random.random() < 0.9 or stay.setting != "community":
            _visit(life, day, going, joint=number % 4 == 2 and stay.setting != "detox")
        gap = 21 if stay.inside else _GAPS.get(stay.setting, 7)
        day = workday(day + timedelta(days=gap + life.random.choice((-1, 0, 0, 1))))
    _keep_open_needs_due(life, going)


def _visit(life: Life, day: date, going: Going, *, joint: bool) -> None:
    stay = life.stay(day)
    kind = _kind(life, stay.setting, inside=stay.inside)
    joint = joint and kind in ("home", "street", "prison", "rehab")
    seen = _outcome(life, kind, day)
    at = life.at(day)
    by = life.key_worker(day)
    people = [by, "shah"] if joint else [by]
    written = at + timedelta(minutes=life.random.randint(35, 110))
    answers = _event(life, at, kind, seen) | {"people": [life.person(one) for one in people]}
    answers |= _next_step(life, day, seen)
    if kind == "prison":
        answers["place"] = codes("prison").label(prison_of(life))
    elif kind in ("rehab", "hospital"):
        answers["place"] = PLACES[stay.setting]
    record = _planned(life, at, answers) if joint else b""
    record = life.write(by, written, "visit", answers, record=record)
    account = _account(life, seen, kind, going, day)
    life.write(by, written, "account", {"visit": link(record), **account})
    if joint:
        theirs = _officers_account(life, account, kind)
        life.write(
            "shah", written + timedelta(minutes=40), "account", {"visit": link(record), **theirs}
        )
    _close_next_step(life, record, answers)


def _kind(life: Life, setting: str, *, inside: bool) -> str:
    if inside:
        return "police_station" if setting == "police_custody" else "prison"
    if setting in ("rehab", "detox"):
        return life.random.choice(("rehab", "rehab", "phone"))
    if setting == "hospital":
        return "hospital"
    if setting == "unknown":
        return "street"
    kind = life.random.choice(_KINDS)
    asked = {"phone": life.who.may_ring, "text": life.who.may_text}
    return kind if kind not in asked or (asked[kind] == "yes" and life.who.phone) else "home"


def _outcome(life: Life, kind: str, day: date) -> str:
    if kind in ("prison", "rehab", "hospital", "police_station"):
        return "seen"
    if life.stay(day).setting == "unknown":
        return "not_seen"
    if life.who.course == "missing" and (life.today - day).days < _OUT_OF_TOUCH:
        return "not_seen"
    chance = life.random.random() * 10
    if chance < life.who.reliable:
        return "seen"
    return "refused" if chance > 9.3 and kind not in REMOTE else "not_seen"


def _event(life: Life, at: datetime, kind: str, seen: str) -> Answers:
    short = seen != "seen" or kind in REMOTE
    minutes = (5, 5, 10) if short else (15, 20, 25, 30, 35, 40, 50)
    return {
        "at": iso(at),
        "state": "tried" if seen == "not_seen" else "done",
        "kind": kind,
        "outcome": seen,
        "minutes": life.random.choice(minutes),
    }


def _planned(life: Life, at: datetime, answers: Answers) -> RecordId:
    """Write the plan of a joint visit some days before it."""
    by = life.key_worker(at.date())
    when = moment(workday(at.date() - timedelta(days=4)), 16, 30)
    plan: Answers = {
        "at": answers["at"],
        "planned_for": answers["at"],
        "state": "planned",
        "kind": answers["kind"],
        "people": answers["people"],
        "ask": life.voice.say_one_of(prose().visits["questions"]),
    }
    return life.write(by, min(when, at), "visit", plan)


def _account(life: Life, seen: str, kind: str, going: Going, day: date) -> Answers:
    said = prose().visits
    if seen == "not_seen" and kind in REMOTE:
        words = life.voice.say_one_of(said["no_reply"])
        return {"seen": seen, "why_not": "no_answer", "left": ["nothing"], "note": words}
    if seen == "not_seen":
        tried = life.voice.one_of(prose().not_seen)
        return {
            "seen": seen,
            "why_not": tried.why,
            "left": ["card"] if life.who.may_write == "yes" else ["nothing"],
            "note": life.voice.say(tried.note),
        }
    if seen == "refused":
        return {"seen": seen, "left": ["nothing"], "note": life.voice.say_one_of(said["refused"])}
    answers: Answers = {"seen": seen, "note": _note(life, kind, going, day)}
    if life.random.random() < 0.5 and kind in ("home", "street", "office"):
        answers["offers"] = _offers(life)
    if life.random.random() < 0.25:
        answers["promised"] = life.voice.one_of(said["promises"])
    if kind in ("home", "street"):
        answers |= {
            "message": "standard",
            "message_said": life.random.choice(("said", "said", "not_this_time")),
        }
    return answers


def _note(life: Life, kind: str, going: Going, day: date) -> str:
    said = prose().visits
    if kind in REMOTE:
        return life.voice.say_one_of(said["phone"])
    if kind in _TOLD_AS:
        return life.voice.next_of(said[_TOLD_AS[kind]])
    one_of = life.voice.one_of
    words = [one_of(said["openings"]), _story(life, going, day) or one_of(said["small"])]
    if life.random.random() < 0.35:
        words.append(one_of(said["small"]))
    if life.random.random() < 0.4:
        words.append(one_of(said["closings"]))
    return life.voice.say(" ".join(words))


def _story(life: Life, going: Going, day: date) -> str:
    """Return the next line of one of the threads, and move its need on; empty when all are told."""
    told = [one for one in going.stories if one.line < len(threads()[one.name].lines)]
    if not told or life.random.random() < 0.3:
        return ""
    # Two things at a time, as with anybody: the third waits until one of them is done.
    story = told[going.turn % min(2, len(told))]
    going.turn += 1
    thread = threads()[story.name]
    if not story.need:
        story.need, story.raised = _raise_need(life, story.name, day), day
    line = thread.lines[story.line]
    story.line += 1
    if story.line == len(thread.lines):
        done: Answers = {"done_on": day.isoformat(), "outcome": "met"}
        life.write(life.key_worker(day), moment(day, 17, 20), "need", done, record=story.need)
    return line


def _raise_need(life: Life, name: str, day: date) -> RecordId:
    thread = threads()[name]
    by = life.key_worker(day)
    answers: Answers = {
        "domain": thread.domain,
        "what": life.voice.say(thread.what),
        "client_words": life.voice.say(thread.words),
        "action": life.voice.say(thread.action),
        "owner": life.person(by),
        "raised_on": day.isoformat(),
        "due_on": workday(day + timedelta(days=21)).isoformat(),
    }
    return life.write(by, moment(day, 17), "need", answers)


def _keep_open_needs_due(life: Life, going: Going) -> None:
    """Give every need that is still open a day ahead and its present owner, or pass it on."""
    for story in going.stories:
        open_still = story.line < len(threads()[story.name].lines)
        looked_at = workday(life.today - timedelta(days=10))
        if story.raised >= looked_at or not open_still:
            continue
        if life.who.course == "ended":
            last = life.day(0.9)
            over: Answers = {"done_on": last.isoformat(), "outcome": "passed_on"}
            life.write("osei", moment(last, 14), "need", over, record=story.need)
            continue
        due = workday(life.today + timedelta(days=life.random.choice((1, 6, 9, 14, 20, 27))))
        answers: Answers = {"due_on": due.isoformat(), "owner": life.person("osei")}
        life.write("osei", moment(looked_at, 17, 30), "need", answers, record=story.need)


def _offers(life: Life) -> Answers:
    offers = ["naloxone", "food", "housing", "benefits", "lift", "company", "phone", "clothes"]
    chosen = life.random.sample(offers, life.random.choice((1, 2, 2, 3)))
    return {one: life.random.choice(("took_it", "took_it", "later", "no")) for one in chosen}


def _officers_account(life: Life, key_workers: Answers, kind: str) -> Answers:
    """Return the officer's account of the same visit: alike in what both saw, in other words."""
    same: Answers = {name: key_workers[name] for name in ("seen", "why_not") if name in key_workers}
    if key_workers["seen"] != "seen":
        return {**same, "note": life.voice.say("As the key worker writes. Nothing to add.")}
    where = "inside" if kind in ("prison", "rehab") else "at_visits"
    words = life.voice.say_one_of(prose().police[where])
    return {**same, "message": "standard", "message_said": "said", "note": words}


def _next_step(life: Life, day: date, seen: str) -> Answers:
    """Return what comes next, for one visit in three."""
    if life.random.random() > 0.35 or life.stay(day).setting == "unknown":
        return {}
    due = workday(day + timedelta(days=life.random.choice((2, 3, 7))))
    at_home = life.stay(day).setting == "community"
    steps = "steps_inside" if not at_home else "next_steps" if seen == "seen" else "try_again"
    return {
        "next_step": life.voice.say_one_of(prose().visits[steps]),
        "next_step_on": due.isoformat(),
        "next_step_with": [life.person(life.key_worker(day))],
    }


def _close_next_step(life: Life, record: RecordId, answers: Answers) -> None:
    """Write what became of a next step, unless its day is still to come."""
    due = date.fromisoformat(str(answers.get("next_step_on", life.today)))
    if due < life.today:
        done: Answers = {"next_step_done_on": due.isoformat(), "next_step_note": "Done"}
        life.write(life.key_worker(due), moment(due, 17, 55), "visit", done, record=record)
