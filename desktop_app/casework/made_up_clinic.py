# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Treatment of made-up clients: the steps into it, appointments kept and missed, the nurse's notes.

What is clinical stands in clinical notes and nowhere else.
"""

from datetime import date, timedelta

from desktop_app.casework.made_up_cast import Clinical, prose
from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import iso, moment, workday
from desktop_app.casework.records import Answers, RecordId, link

CLINIC = "Staithe Road Clinic"
_STEPS = (
    ("referred", (0, 1)),
    ("nurse_triage", (1, 6)),
    ("doctor_assessment", (2, 11)),
    ("prescription_offered", (0, 4)),
    ("started", (1, 5)),
)
_WHY_LATE = ("no_slot", "papers", "client_time", "not_found")
_WHY_MISSED = ("no_word", "no_word", "forgot", "unwell", "travel", "children", "not_told")
_LATE = 7
_NOTHING_NEW = Clinical("prescription", "Short review. Steady, nothing new.", "See in two weeks.")


def treatment(life: Life) -> None:
    """Write the treatment episode, its steps and the nurse's appointments."""
    accepted = workday(life.start + timedelta(days=life.random.randint(3, 9)))
    if accepted >= life.today:
        return
    fast = "yes" if life.random.random() < 0.8 else "no"
    answers: Answers = {
        "accepted_on": accepted.isoformat(),
        "referral": life.random.choice(("outreach", "arrest_referral", "self")),
        "service": CLINIC,
        "fast_track": fast,
        "status": "waiting",
    }
    at = moment(accepted, 15, 15)
    episode = life.write(life.key_worker(accepted), at, "treatment", answers)
    begun = _steps(life, episode, accepted)
    if begun is not None:
        _inside(life, episode)
    if life.who.course == "ended":
        _end(life, episode)
    _appointments(life, accepted)


def _steps(life: Life, episode: RecordId, accepted: date) -> date | None:
    """Write the steps up to the start of treatment; return that day, None when not reached."""
    day = accepted
    for step, (least, most) in _STEPS:
        waited = life.random.randint(least, most)
        day = workday(day + timedelta(days=waited))
        if day >= life.today or life.stay(day).setting != "community":
            return None
        _step(life, episode, step, day, waited)
        if step == "nurse_triage":
            _assess(life, day)
    status: Answers = {"status": "on_going"}
    life.write("bello", moment(day, 16, 40), "treatment", status, record=episode)
    return day


def _step(life: Life, episode: RecordId, step: str, day: date, waited: int) -> None:
    late = waited > _LATE
    answers: Answers = {
        "episode": link(episode),
        "step": step,
        "happened_on": day.isoformat(),
        "where": CLINIC,
        "delay_reason": life.random.choice(_WHY_LATE) if late else "",
    }
    life.write("bello", moment(day, 16, 10), "treatment_step", answers)


def _assess(life: Life, day: date) -> None:
    said = prose().clinic
    years = str(life.random.randint(4, 20))
    at = moment(day, life.random.randint(10, 15))
    answers: Answers = {
        "happened_at": iso(at),
        "about": "assessment",
        "place": CLINIC,
        "note": life.voice.say_one_of(said.first).replace("{years}", years),
        "plan": life.voice.one_of(said.plans),
    }
    life.write("bello", at + timedelta(minutes=50), "clinical_note", answers)


def _inside(life: Life, episode: RecordId) -> None:
    """Write how treatment was carried on when somebody went in, and what the nurse noted."""
    said = prose().clinic
    for number, stay in enumerate(life.stays):
        day = workday(stay.since + timedelta(days=1))
        entered = stay.inside and not (number and life.stays[number - 1].inside)
        if day >= life.today:
            continue
        if entered:
            _step(life, episode, "carried_on_inside", day, 0)
            _note(life, day, Clinical("liaison", said.inside[0]))
        if stay.setting == "hospital":
            _note(life, day, Clinical("liaison", said.ward[0]))
    if life.who.course == "gate":
        day = workday(life.today - timedelta(days=6))
        _note(life, day, Clinical("liaison", said.inside[1]))


def _end(life: Life, episode: RecordId) -> None:
    day = life.day(0.84)
    ended: Answers = {
        "status": "ended",
        "ended_on": day.isoformat(),
        "end_reason": "completed_drug_free",
        "end_note": life.voice.say("{N} may ring the clinic any morning and be seen that day."),
    }
    life.write("bello", moment(day, 15), "treatment", ended, record=episode)


def _appointments(life: Life, accepted: date) -> None:
    """Write the nurse's appointments, every fortnight, and what became of each."""
    days = []
    day = clinic_day(accepted + timedelta(days=13))
    until = life.day(0.84) if life.who.course == "ended" else life.today
    while day < until:
        days.append(day)
        day = clinic_day(day + timedelta(days=13))
    last_two = set(days[-2:]) if life.who.course in ("missing", "unsteady") else set()
    notes = _notes_to_come(life)
    for one in days:
        _appointment(life, one, notes, missed=one in last_two)


def _appointment(life: Life, day: date, notes: list[Clinical], *, missed: bool) -> None:
    booked_on = workday(day - timedelta(days=9))
    booked = life.stay(booked_on)
    if booked.setting != "community" or booked_on < life.start:
        return
    at = moment(day, life.random.choice((9, 10, 11, 14, 15)), life.random.choice((0, 15, 30, 45)))
    answers: Answers = {
        "kind": "nurse",
        "booked_for": iso(at),
        "offered_on": booked_on.isoformat(),
        "with_person": life.person("bello"),
        "place": CLINIC,
        "state": "booked",
    }
    by = life.random.choice(("bello", "bello", life.key_worker(booked_on)))
    record = life.write(by, moment(booked_on, 13, 20), "appointment", answers)
    mark = _mark(life, day, missed=missed)
    mark["marked_on"] = day.isoformat()
    life.write("bello", at + timedelta(minutes=25), "appointment", mark, record=record)
    if mark["state"] == "attended" and life.random.random() < 0.7:
        _note(life, day, notes.pop(0) if notes else _NOTHING_NEW)


def _notes_to_come(life: Life) -> list[Clinical]:
    """Return what the nurse will note, one prescription told in order with other things between."""
    going = prose().clinic.going
    medicine = life.random.choice(("methadone", "methadone", "buprenorphine"))
    told = [one for one in going if one.medicine == medicine]
    others = [one for one in going if not one.medicine]
    for one in others:
        if life.random.random() < 0.6:
            told.insert(life.random.randint(1, len(told)), one)
    return told


def _mark(life: Life, day: date, *, missed: bool) -> Answers:
    """Return what became of an appointment."""
    stay = life.stay(day)
    if stay.inside:
        return {"state": "cancelled_by_us", "reason": "in_custody"}
    if stay.setting in ("rehab", "detox", "hospital"):
        return {
            "state": "cancelled_by_us",
            "reason": "in_hospital" if stay.setting == "hospital" else "other",
        }
    if missed or stay.setting == "unknown" or life.random.randint(1, 10) > life.who.reliable:
        return {"state": "not_attended", "reason": life.random.choice(_WHY_MISSED)}
    return {"state": "attended"}


def _note(life: Life, day: date, said: Clinical) -> None:
    at = moment(day, life.random.randint(10, 15), life.random.choice((5, 20, 35, 50)))
    answers: Answers = {
        "happened_at": iso(at),
        "about": said.about,
        "place": CLINIC if said.about != "liaison" else "",
        "note": life.voice.say(said.note),
        "plan": said.plan,
    }
    life.write("bello", at + timedelta(minutes=15), "clinical_note", answers)


def clinic_day(day: date) -> date:
    """Return the day, or the next Tuesday or Thursday after it."""
    while day.weekday() not in (1, 3):
        day += timedelta(days=1)
    return day
