# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the made-up officer and the coordinator write: cohorts, arrests, contacts, alerts.

Every search has grounds of its own. Nothing covert stands here, as nothing covert stands in Tandem.
"""

from datetime import date, timedelta

from desktop_app.casework.made_up_cast import prose
from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import iso, moment, workday
from desktop_app.casework.records import Answers, RecordId

_SEARCHED = {"quill": (0.35, 0), "ashdene": (0.1, 1), "garland_1": (0.2, 2)}
"""Who was searched, after what share of the months, and on which of the grounds."""
_NOT_TOLD = frozenset({"barrow"})
MATRIX = "Saltings matrix, Version 2"
_OFFENCES = (
    ("shoplifting", "Theft from a shop, Theft Act 1968 s1"),
    ("theft_from_vehicle", "Theft from a motor vehicle, Theft Act 1968 s1"),
    ("burglary_other", "Burglary other than a dwelling, Theft Act 1968 s9"),
)
_SUPPLY = ("drugs_supply", "Supplying a controlled drug of Class A, Misuse of Drugs Act 1971 s4")
_REASONS = {
    "demand_side": "{N} was arrested often for theft in the last year, wants to stop, and said yes "
    "to being visited.",
    "supply_side": "Arrested in {operation}.",
    "eligible_not_included": "Meets the criteria. Kept in view, and looked at again each month.",
}


def police(life: Life) -> None:
    """Write a client's place in the initiative and everything police about them."""
    _cohort(life)
    if told_on(life) is not None:
        _contact(life, life.day(0.06), "told", prose().police["told"])
    for _time in range(life.random.choice((0, 1, 1, 2, 3))):
        day = life.day(life.random.uniform(0.1, 0.95))
        if day < life.today and life.stay(day).setting == "community":
            _contact(life, day, "spoken_to", prose().police["spoken_to"])
    for stay in life.stays:
        if stay.setting in ("police_custody", "remand") and not _inside_before(life, stay.since):
            _arrest(life, stay.since)
    _particular(life)


def _particular(life: Life) -> None:
    """Write what belongs to one story only."""
    who = life.who.key
    if who in _SEARCHED:
        share_of, which = _SEARCHED[who]
        _search(life, life.day(share_of), which)
    if who == "quill":
        dog: Answers = {"headline": "Dog loose in the yard", "about": "dog"}
        _alert(life, life.day(0.2), dog, review_in=19)
        _ended_alert(life)
    if who == "fisk":
        fear: Answers = {
            "headline": "Somebody who frightens her may be in the flat",
            "about": "person",
        }
        _alert(life, life.day(0.5), fear, review_in=12)
        _contact(life, life.day(0.72), "welfare", prose().police["welfare"])
    only = {"garland_1": 0, "henty": 1, "veasey": 2}.get(life.who.key)
    if only is not None:
        _police_only(life, only)


def _cohort(life: Life) -> None:
    who, started = life.who, life.start
    by = "shah" if who.cohort == "supply_side" else "lowe"
    at = moment(started, 13, 40)
    words = _REASONS[who.cohort].replace("{operation}", who.operation)
    answers: Answers = {
        "cohort": who.cohort,
        "operation": "" if (who.key, "operation") in _LACKS else who.operation,
        "started_on": started.isoformat(),
        "score": life.random.randint(12, 19),
        "score_criteria": MATRIX,
        "reasons": life.voice.say(words),
        "not_included_because": who.not_included,
    }
    if (who.key, "score") in _LACKS:
        del answers["score"]
    record = life.write(by, at, "cohort", answers)
    told = told_on(life)
    if told is not None:
        told_by: Answers = {
            "told_on": told.isoformat(),
            "told_by": [life.person(life.key_worker(told)), life.person("shah")],
        }
        life.write("shah", moment(told, 16, 30), "cohort", told_by, record=record)
    if who.course in ("removed", "ended"):
        _remove(life, record)


def told_on(life: Life) -> date | None:
    """Return the day somebody was told that they are on the programme; None for not yet."""
    day = life.day(0.06)
    on = life.who.cohort == "demand_side" and life.who.key not in _NOT_TOLD
    return day if on and day < life.today else None


def _remove(life: Life, record: RecordId) -> None:
    """Write that targeting has ended. Support goes on: it is another record, and not touched."""
    day = life.day(0.78)
    answers: Answers = {
        "ended_on": day.isoformat(),
        "ended_because": "good_progress",
        "ended_note": life.voice.say(
            "Both agencies agreed. {N} was told by the key worker; support goes on as before."
        ),
    }
    life.write("lowe", moment(day, 11, 30), "cohort", answers, record=record)


_LACKS = {("garland_1", "operation"), ("bassett", "score"), ("henty", "further_action")}
"""Answers a list needs that nobody has written yet: one of each kind, on the board of them."""


def _inside_before(life: Life, day: date) -> bool:
    return any(one.inside and one.until == day for one in life.stays)


def _arrest(life: Life, day: date) -> None:
    supply = life.who.cohort == "supply_side"
    group, offence = _SUPPLY if supply else life.random.choice(_OFFENCES)
    on = workday(day)
    if on >= life.today:
        return
    answers: Answers = {
        "operation": life.who.operation,
        "offence_group": group,
        "offence": offence,
        "offence_on": (on - timedelta(days=0 if not supply else 16)).isoformat(),
        "arrested_on": on.isoformat(),
        "dealer_tier": life.who.tier,
        "further_action": "charged",
        "charged_on": on.isoformat(),
        "after_charge": "remand",
        "court": "Saltings Magistrates' Court",
    }
    record = life.write("shah", moment(on, 17, 5), "arrest", answers)
    if (life.who.key, "further_action") in _LACKS:
        before = workday(on - timedelta(days=20)).isoformat()
        kept = ("operation", "offence_group", "offence")
        told = {name: answers[name] for name in kept}
        again: Answers = {**told, "offence_on": before, "arrested_on": before}
        life.write("shah", moment(on, 17, 20), "arrest", again)
    sentenced = next((one.since for one in life.stays if one.setting == "sentenced"), None)
    if sentenced is not None and sentenced < life.today:
        _disposal(life, record, workday(sentenced))


def _disposal(life: Life, record: RecordId, day: date) -> None:
    answers: Answers = {
        "plea": "guilty_first" if life.random.random() < 0.6 else "guilty_later",
        "convicted_on": day.isoformat(),
        "disposal": "imprisonment",
        "sentenced_on": day.isoformat(),
        "disposal_note": f"{life.random.choice((8, 10, 12, 18))} months, half of it on licence",
    }
    life.write("shah", moment(day, 16, 45), "arrest", answers, record=record)


def _contact(life: Life, day: date, kind: str, lines: tuple[str, ...]) -> None:
    at = moment(day, life.random.randint(8, 16), life.random.choice((10, 25, 50)))
    answers: Answers = {
        "kind": kind,
        "happened_at": iso(at),
        "place": life.random.choice(("Brine Street", "The front", "By the arcade", "Ferry steps")),
        "officers": [life.person("shah")],
        "note": life.voice.say_one_of(lines),
    }
    if day < life.today:
        life.write("shah", at + timedelta(minutes=30), "police_contact", answers)


def _search(life: Life, day: date, which: int) -> None:
    at = moment(day, 15, 10)
    found = which != 1
    power = "mda_23" if which == 2 else "pace_1"
    answers: Answers = {
        "kind": "stop_search",
        "happened_at": iso(at),
        "place": ("Brine Street", "Car park, Tidemill Close", "Bus shelter, the front")[which],
        "officers": [life.person("shah")],
        "power": power,
        "search_object": ["drugs"] if which == 2 else ["stolen"],
        "grounds": life.voice.say(prose().police["grounds"][which]),
        "outcome": "arrest" if which == 2 else "community_resolution" if found else "no_action",
        "found": "looked_for" if found else "nothing",
        "found_detail": ("Three jars of coffee", "", "One wrap")[which],
        "ethnicity_said": "a",
        "receipt_given": "yes",
        "force_reference": f"ZZ/{day:%y}/{1000 + which * 37}",
    }
    life.write("shah", at + timedelta(minutes=20), "police_contact", answers)


def _police_only(life: Life, which: int) -> None:
    day = life.day((0.3, 0.6, 0.8)[which])
    at = moment(day, 12, 30)
    answers: Answers = {
        "happened_at": iso(at),
        "kind": "colleague",
        "headline": "For police only",
        "note": life.voice.say(prose().police["only"][which]),
    }
    life.write("shah", at, "note", answers, narrowed_to="police")


def _alert(life: Life, day: date, what: Answers, *, review_in: int) -> None:
    answers: Answers = {
        **what,
        "how_to_visit": "two",
        "details": life.voice.say("Looked at again every two months, or sooner if {N} asks."),
        "set_on": day.isoformat(),
        "review_on": workday(life.today + timedelta(days=review_in)).isoformat(),
    }
    life.write("shah", moment(day, 14, 40), "alert", answers)


def _ended_alert(life: Life) -> None:
    day, over = life.day(0.05), life.day(0.4)
    answers: Answers = {
        "headline": "Broken glass on the stairs",
        "about": "address",
        "how_to_visit": "as_usual",
        "set_on": day.isoformat(),
        "review_on": over.isoformat(),
    }
    record = life.write("osei", moment(day, 15), "alert", answers)
    ended: Answers = {"ended_on": over.isoformat(), "ended_because": "Swept and the light mended."}
    life.write("osei", moment(over, 15), "alert", ended, record=record)
