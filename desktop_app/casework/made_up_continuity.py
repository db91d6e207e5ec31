# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Made-up clients on their way: a day of release planned twice, one offered, one not yet.

And one whom two of the team mean to see on one day, each alone.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import iso, last_workday, moment
from desktop_app.casework.made_up_stays import OUT_IN
from desktop_app.casework.records import Answers, link


def days_out(lives: Mapping[str, Life], today: date) -> None:
    """Write the plan for the day of whoever comes through the gate next, and a second one.

    Two wrote it without having heard of each other, and not alike.
    """
    life = lives.get("hartnoll")
    if life is None:
        return
    out = today + timedelta(days=OUT_IN["gate"])
    answers: Answers = {
        "release_on": out.isoformat(),
        "meets_where": "Main gate, from 08:45",
        "transport": "K. Osei's car",
        "transport_by": life.person("osei"),
        "prescription": "arranged",
        "prescription_by": life.person("bello"),
        "appointment_at": iso(moment(out, 14)),
        "appointment_where": "Job centre, with K. Osei",
        "appointment_by": life.person("osei"),
        "sleeps_by": life.person("osei"),
        "phone": "not_yet",
        "phone_by": life.person("shah"),
    }
    life.write("osei", moment(last_workday(today), 16, 25), "release_plan", answers)
    another: Answers = {
        "release_on": out.isoformat(),
        "prescription": "arranged",
        "prescription_by": life.person("bello"),
        "appointment_at": iso(moment(out, 11, 30)),
        "appointment_where": "Clinic, with A. Bello",
        "appointment_by": life.person("bello"),
        "money": "arranged",
        "money_by": life.person("bello"),
    }
    life.write("bello", moment(last_workday(today), 16, 35), "release_plan", another)


def offered(lives: Mapping[str, Life], today: date) -> None:
    """Write a client offered to a colleague, and one who is not taken over yet, with the reason."""
    day = last_workday(today)
    for number, (key, reason, words) in enumerate(
        (
            ("fisk", "balance", "Early in the week, never by text. {They} asked for a woman."),
            ("downer", "better_match", "Likes to walk and talk. Told in person on Thursday."),
        )
    ):
        life = lives.get(key)
        if life is None:
            continue
        at = moment(day, 16, 40 + number)
        offer = life.write(
            "osei",
            at,
            "handover",
            {
                "duty": "key_worker",
                "worker": life.person("osei"),
                "handed_to": life.person("bello"),
                "offered_on": day.isoformat(),
                "reason": reason,
                "to_know": life.voice.say(words),
                "promises": "The form for the bus pass, by the end of the month.",
            },
        )
        if number:
            answer: Answers = {
                "answer": "not_yet",
                "answered_on": day.isoformat(),
                "words": "After the clinic has two more hours a week.",
                "handover": link(offer),
            }
            life.write("bello", at.replace(hour=17), "handover_answer", answer)


def overlapping(lives: Mapping[str, Life], today: date) -> None:
    """Write an officer's visit, of today, to somebody a key worker visits today as well."""
    life = lives.get("lockyer")
    if life is None:
        return
    answers: Answers = {
        "at": iso(moment(today, 17, 30)),
        "state": "planned",
        "kind": "home",
        "people": [life.person("shah")],
    }
    life.write("shah", moment(last_workday(today), 16, 50), "visit", answers)
