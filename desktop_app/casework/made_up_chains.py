# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Missed appointments in the made-up town, at each point of what follows them."""

from collections.abc import Mapping
from datetime import date, timedelta

from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import iso, last_workday, moment
from desktop_app.casework.records import Answers, link


def missed_appointments(lives: Mapping[str, Life], today: date) -> None:
    """Write who missed what, who was told, who went, and what came of it."""
    last = last_workday(today)
    before = [last]
    for _day in range(12):
        before.append(last_workday(before[-1]))
    if life := lives.get("moraru"):
        _misses(life, before[4], before[1])
        _told(life, before[1], last)
    if life := lives.get("trask"):
        _misses(life, before[9], before[6])
        _told(life, before[6], before[5])
        _heard(life, before[5])
        _tried(
            life,
            before[3],
            "no_answer",
            "Rang twice. The neighbour has not seen {them} since Sunday.",
        )
    if life := lives.get("mewett"):
        _misses(life, before[12], before[10])
        _told(life, before[10], before[9])
        _heard(life, before[9])
        _tried(life, before[7], "not_living_there", "Nobody of that name. The post goes back.")
        _tried(life, before[3], "no_answer", "Left a card, as agreed, without our name on it.")
    _paused(lives, before)


def _paused(lives: Mapping[str, Life], before: list[date]) -> None:
    """Write of one that somebody paused, and of one that prison did."""
    if life := lives.get("kashani"):
        _misses(life, before[8], before[6])
        _told(life, before[6], before[5])
        words = life.voice.say("With {their} sister until Monday; {they} rang the clinic")
        paused: Answers = {
            "step": "paused",
            "happened_at": iso(moment(before[4], 10)),
            "words": words,
        }
        life.write("osei", moment(before[4], 10, 5), "chain_step", paused)
    if (life := lives.get("veasey")) and life.now.since > before[0] - timedelta(days=60):
        inside = life.now.since
        first, second = (
            last_workday(inside - timedelta(days=7)),
            last_workday(inside - timedelta(days=2)),
        )
        _misses(life, first, second)
        _told(life, second, last_workday(inside))


def _misses(life: Life, *days: date) -> None:
    for day in days:
        booked: Answers = {
            "kind": "key_work",
            "booked_for": iso(moment(day, 14)),
            "offered_on": last_workday(day - timedelta(days=6)).isoformat(),
            "with_person": life.person("osei"),
            "state": "booked",
        }
        made = life.write(
            "osei", moment(last_workday(day - timedelta(days=5)), 12), "appointment", booked
        )
        mark: Answers = {"state": "not_attended", "reason": "no_word", "marked_on": day.isoformat()}
        life.write("osei", moment(day, 14, 40), "appointment", mark, record=made)


def _told(life: Life, missed_on: date, day: date) -> None:
    answers: Answers = {
        "step": "informed",
        "happened_at": iso(moment(day, 9, 20)),
        "opened_on": missed_on.isoformat(),
        "last_on": missed_on.isoformat(),
        "missed": 2,
    }
    life.write("bello", moment(day, 9, 20), "chain_step", answers)


def _heard(life: Life, day: date) -> None:
    for by, duty, minute in (("osei", "key_worker", 5), ("shah", "police_lead", 50)):
        at = moment(day, 11, minute)
        answers: Answers = {"step": "acknowledged", "happened_at": iso(at), "duty": duty}
        life.write(by, at, "chain_step", answers)


def _tried(life: Life, day: date, why: str, note: str) -> None:
    at = moment(day, 11, 30)
    event: Answers = {
        "at": iso(at),
        "state": "tried",
        "kind": "home",
        "people": [life.person("osei")],
        "outcome": "not_seen",
    }
    visit = life.write("osei", at + timedelta(minutes=10), "visit", event)
    told: Answers = {
        "visit": link(visit),
        "seen": "not_seen",
        "why_not": why,
        "note": life.voice.say(note),
    }
    life.write("osei", at + timedelta(minutes=10), "account", told)
