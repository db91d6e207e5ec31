# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is still open in the made-up town on the day it is made.

Today's plan, a new alert, a clinic, two laptops that changed one telephone number, something not
yet shared, a note half written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop_app.casework.made_up_clinic import CLINIC
from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import Pen, iso, last_workday, moment, workday
from desktop_app.casework.records import Answers, RecordId, link

CLINIC_OF = 12


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft: what somebody has typed and not saved."""

    by: str
    at: datetime
    form: str
    client: RecordId
    answers: Answers


def planned(lives: Mapping[str, Life], today: date) -> None:
    """Write what is planned for today and the days after."""
    day, later = workday(today), workday(today + timedelta(days=1))
    out = workday(later + timedelta(days=2))
    osei, both = ("osei",), ("osei", "shah")
    for key, at, kind, people, purpose in (
        ("wisnik", moment(day, 9, 15), "phone", osei, "Did the letter come?"),
        ("pickering", moment(day, 11, 30), "home", osei, "The form for Saturdays"),
        ("quill", moment(day, 14), "home", both, "Site card, and the dog"),
        ("lockyer", moment(day, 16), "home", osei, "How the room goes"),
        ("hartnoll", moment(later, 10, 40), "prison", both, "The first day out, hour by hour"),
        ("maddix", moment(out, 13), "rehab", osei, "What comes after the house"),
    ):
        _plan(lives, key, at=at, kind=kind, people=people, purpose=purpose)
    _book(lives, "hartnoll", at=moment(out, 11), kind="release_plan", with_person="bello")
    _book(lives, "barrow", at=moment(workday(out + timedelta(days=1)), 9, 30), kind="housing")
    _book(lives, "veasey", at=moment(workday(today + timedelta(days=5)), 10), kind="court")
    _clinic(lives, day)


def _plan(
    lives: Mapping[str, Life],
    key: str,
    *,
    at: datetime,
    kind: str,
    people: tuple[str, ...],
    purpose: str,
) -> None:
    life = lives.get(key)
    if life is None:
        return
    answers: Answers = {
        "at": iso(at),
        "planned_for": iso(at),
        "state": "planned",
        "kind": kind,
        "people": [life.person(one) for one in people],
        "purpose": purpose,
        "ask": life.voice.say("What would help most in the next two weeks?"),
    }
    written = moment(last_workday(life.today), 15, 40)
    life.write("osei", written, "visit", answers)


def _book(
    lives: Mapping[str, Life],
    key: str,
    *,
    at: datetime,
    kind: str,
    with_person: str = "",
) -> None:
    life = lives.get(key)
    if life is None:
        return
    places = {"court": "Saltings Magistrates' Court", "housing": "Council offices, room 2"}
    whom = {"housing": "Housing officer"}
    answers: Answers = {
        "kind": kind,
        "booked_for": iso(at),
        "offered_on": last_workday(life.today).isoformat(),
        "with_person": life.person(with_person) if with_person else "",
        "with_whom": whom.get(kind, ""),
        "place": places.get(kind, ""),
        "company": [life.person("osei")],
        "state": "booked",
    }
    life.write("osei", moment(last_workday(life.today), 16, 5), "appointment", answers)


def _clinic(lives: Mapping[str, Life], day: date) -> None:
    """Book the next clinic of twelve: a quarter of an hour for everybody who is at home."""
    home = [one for one in lives.values() if one.helped]
    home = [one for one in home if one.now.setting == "community" and one.who.course != "ended"]
    for number, life in enumerate(home[:CLINIC_OF]):
        at = moment(day, 10) + timedelta(minutes=15 * number)
        booked = workday(life.today - timedelta(days=8))
        answers: Answers = {
            "kind": "nurse",
            "booked_for": iso(at),
            "offered_on": booked.isoformat(),
            "with_person": life.person("bello"),
            "place": CLINIC,
            "state": "booked",
        }
        life.write("bello", moment(booked, 13, 30), "appointment", answers)


def news(lives: Mapping[str, Life], pen: Pen, today: date) -> None:
    """Write what is new since yesterday, and what the coordinator and the nurse set down."""
    yesterday = last_workday(today)
    if life := lives.get("lockyer"):
        answers: Answers = {
            "headline": "The friend there has made threats; may be in",
            "about": "person",
            "how_to_visit": "two",
            "details": life.voice.say(
                "Said to a patrol in the street, not at the flat. {N} has done nothing and knows."
            ),
            "set_on": yesterday.isoformat(),
            "review_on": workday(today + timedelta(days=14)).isoformat(),
        }
        life.write("shah", moment(yesterday, 16, 30), "alert", answers)
    if life := lives.get("fisk"):
        said: Answers = {
            "happened_at": iso(moment(yesterday, 12, 10)),
            "kind": "colleague",
            "headline": "Two in a row missed: could you look in?",
            "note": life.voice.say("No word from {them}. Weekdays before noon, as agreed."),
            "for_people": [life.person("osei")],
        }
        life.write("bello", moment(yesterday, 12, 15), "note", said)
    if life := lives.get("hartnoll"):
        _disclose(life, workday(today - timedelta(days=5)))
    if life := lives.get("bassett"):
        _coordinators_note(life, workday(today - timedelta(days=12)))
    _taken_out(pen, workday(today - timedelta(days=6)))


def _disclose(life: Life, day: date) -> None:
    answers: Answers = {
        "happened_on": day.isoformat(),
        "recipient": "PC R. Shah, police lead",
        "agency": "police",
        "what": life.voice.say(
            "If {N} is taken into custody, healthcare there must ring the clinic the same day."
        ),
        "reason": "So that nobody comes to harm in a cell",
        "basis": "vital",
        "consent": "agreed",
        "necessary": "The day to ring is enough; nothing of what the treatment is was told",
        "decided_by": life.person("bello"),
        "may_pass_on": "no",
    }
    life.write("bello", moment(day, 11, 20), "disclosure", answers)


def _coordinators_note(life: Life, day: date) -> None:
    answers: Answers = {
        "happened_at": iso(moment(day, 10)),
        "kind": "colleague",
        "headline": "Room on the programme from next month",
        "note": life.voice.say("Two places come free. {N} stands first in the order agreed."),
    }
    life.write("lowe", moment(day, 10, 20), "note", answers, narrowed_to="coordination")


def _taken_out(pen: Pen, day: date) -> None:
    answers: Answers = {
        "happened_at": iso(moment(day, 9, 40)),
        "what": "caseload",
        "what_note": "Caseload by key worker",
        "format": "pdf",
        "recipient": "The partners' meeting",
        "reason": "Agenda item 3",
    }
    pen.write("lowe", moment(day, 9, 40), "export", answers)


def apart(lives: Mapping[str, Life], today: date) -> None:
    """Write what two laptops changed without having met: one telephone number, twice."""
    if life := lives.get("downer"):
        day = last_workday(today)
        for by, hour, minute, phone in (
            ("osei", 11, 5, "07700 900271"),
            ("shah", 15, 20, "07700 900276"),
        ):
            life.pen.write(
                by, moment(day, hour, minute), "client", {"phone": phone}, record=life.record
            )


def waiting(lives: Mapping[str, Life], today: date) -> None:
    """Write what the key worker has not shared yet."""
    day = last_workday(today)
    if life := lives.get("brandt"):
        at = moment(day, 18, 10)
        event: Answers = {
            "at": iso(at),
            "state": "done",
            "kind": "phone",
            "people": [life.person("osei")],
            "outcome": "seen",
            "minutes": 10,
        }
        visit = life.write("osei", at + timedelta(minutes=15), "visit", event)
        told: Answers = {
            "visit": link(visit),
            "seen": "seen",
            "note": life.voice.say(
                "Rang after the second missed appointment. It was the knee and the bus, not the "
                "clinic. {N} would come if somebody drove."
            ),
            "promised": "A lift on the day",
        }
        life.write("osei", at + timedelta(minutes=15), "account", told)
    if life := lives.get("pinnock"):
        heard: Answers = {
            "happened_at": iso(moment(day, 18, 30)),
            "kind": "message",
            "headline": "Photograph of the first beans",
            "note": life.voice.say("Sent without a word. I wrote back that they look good."),
        }
        life.write("osei", moment(day, 18, 35), "note", heard)


def begun(lives: Mapping[str, Life], today: date) -> list[Begun]:
    """Return what has been typed and not saved."""
    life = lives.get("pickering")
    if life is None:
        return []
    day = last_workday(today)
    answers: Answers = {
        "happened_at": iso(moment(day, 16, 50)),
        "kind": "phone",
        "headline": "About Saturday",
        "note": life.voice.say("{N} rang, happy. The centre has a place on Saturdays, and {they}"),
    }
    return [Begun("osei", moment(day, 16, 55), "note", life.record, answers)]
