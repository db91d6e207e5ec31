# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Plans of made-up clients: what they want, how it is looked at, and what the nurse asks of it.

It draws its own lots, so that nothing else about anybody changes with it. What is clinical is
written for health only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from desktop_app.casework.made_up_cast import threads
from desktop_app.casework.made_up_clinic import CLINIC
from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import last_workday, moment, workday
from desktop_app.casework.outcome_packs import shipped
from desktop_app.casework.records import Answers, Json, RecordId, link

WEEKS = timedelta(days=90)
_NO_PLAN = ("new", "unknown")
_NOT_ASKED = ("downer", "fisk", "barrow")
_REVIEW_IN = {"gate": 5, "steady": 33, "rehab": 19, "unsteady": -4, "missing": -11, "inside": 60}
"""Days from today to the next review, by course; the others agreed no day."""
_MATTERS = (
    "Because {they} said so, twice.",
    "It would make the mornings worth getting up for.",
    "{N} has told {their} sister.",
    "",
)
_STRENGTHS = (
    "Mends things. Turns up when it is before noon. Makes people laugh.",
    "Cooks for six with nothing. Remembers everybody's birthday.",
    "Draws. Reads a bus timetable like a poem.",
    "Looks after whoever is worse off. Knows every door in town.",
)
_WISHES = (
    "To be left alone by the old crowd, and a dog.",
    "A quiet winter, and somebody to ring on Sundays.",
    "Work with the hands, and wages that come on a Friday.",
    "That nobody knocks at night.",
)
_WELL = (
    "{N} read the plan aloud and crossed out a line that is done.",
    "Two things done since last time. {N} wants the third in smaller steps.",
    "Slow, and going. {They} said it helps to see it on paper.",
)
_LEVELS = ("now", "soon", "seen_to", "none", "declined")
_BODY = "Weight low, eats once a day. Cough for three weeks. Dentist wanted."
_MIND = "Sleeps in pieces. No thoughts of harming {them}self today; knows whom to ring."
_FALLS = {
    "alcohol": (10, 6),
    "opioids": (25, 4),
    "crack": (14, 1),
    "cocaine": (2, 0),
    "amphetamines": (0, 0),
    "cannabis": (12, 9),
    "injected": (17, 0),
}
_RISES = {"mind": (6, 13), "body": (7, 12), "life": (5, 14), "work": (0, 6), "learning": (0, 4)}


@dataclass(frozen=True, slots=True)
class _Need:
    """A need that was written, when, by whom and about what."""

    record: RecordId
    on: date
    by: str
    domain: str
    what: str


_BACK = {
    "kashani": ("yes", 5, ()),
    "brandt": ("yes", 15, (("nurse_triage", 12, "no_slot"),)),
    "downer": ("no", 6, (("nurse_triage", 4, ""),)),
    "trask": ("yes", 9, (("nurse_triage", 8, ""), ("doctor_assessment", 3, ""))),
}
"""Who comes back into treatment: whether by the fast track, how many days ago they were accepted
again, and which steps they have taken how many days ago, with what held them up."""


def plans(life: Life) -> None:
    """Write a client's plan, its reviews, and the forms on their last four weeks."""
    lots = Random(f"plans/{life.who.key}")  # noqa: S311  a story, no secret
    if life.who.course not in _NO_PLAN:
        _assess(life, lots)
        first = _goals(life, lots)
        if first is not None:
            _reviews(life, lots, first)
    accepted = _accepted(life)
    if accepted is not None:
        _health(life, accepted)
        _reporting(life, accepted)
        _forms(life, lots, accepted)
        _back(life, accepted)


def _back(life: Life, accepted: date) -> None:
    """Write how some left treatment and were accepted again: they wait for a step now."""
    if life.who.key not in _BACK:
        return
    fast, ago, steps = _BACK[life.who.key]
    left = workday(life.today - timedelta(days=ago + 12))
    again = _past(life, ago)
    first = _treatment(life)
    if first is None or not accepted < left < again or life.stay(again).setting != "community":
        return
    ended: Answers = {
        "status": "ended",
        "ended_on": left.isoformat(),
        "end_reason": "dropped_out",
        "end_note": life.voice.say("{N} may ring the clinic any morning."),
    }
    life.write("bello", moment(left, 15, 40), "treatment", ended, record=first)
    answers: Answers = {
        "accepted_on": again.isoformat(),
        "referral": "outreach",
        "service": CLINIC,
        "fast_track": fast,
        "status": "waiting",
    }
    by = life.key_worker(again)
    episode = life.write(by, moment(again, 15, 20), "treatment", answers)
    for step, when, why in steps:
        day = _past(life, when)
        taken: Answers = {
            "episode": link(episode),
            "step": step,
            "happened_on": day.isoformat(),
            "where": CLINIC,
            "delay_reason": why,
        }
        life.write("bello", moment(day, 16, 15), "treatment_step", taken)


def _past(life: Life, ago: int) -> date:
    """Return a working day about so many days ago, before today."""
    return min(workday(life.today - timedelta(days=ago)), last_workday(life.today))


def _treatment(life: Life) -> RecordId | None:
    """Return the treatment episode a client's months brought."""
    for one in life.pen.written:
        made = "accepted_on" in one.edit.answers
        if one.edit.form == "treatment" and one.edit.client == life.record and made:
            return one.edit.record
    return None


def _assess(life: Life, lots: Random) -> None:
    day = workday(life.start + timedelta(days=lots.randint(4, 12)))
    if day >= life.today:
        return
    wanted = [threads()[name].domain for name in life.who.threads]
    needs: dict[str, Json] = {one: "now" if at == 0 else "soon" for at, one in enumerate(wanted)}
    for one in ("housing", "benefits", "work", "family", "legal", "company"):
        needs.setdefault(one, lots.choice(_LEVELS[2:]))
    answers: Answers = {
        "assessed_on": day.isoformat(),
        "with_whom": [life.person(life.key_worker(day))],
        "needs": needs,
        "strengths": lots.choice(_STRENGTHS),
        "wishes": lots.choice(_WISHES),
        "around": "",
    }
    life.write(life.key_worker(day), moment(day, 13, 30), "assessment", answers)


def _goals(life: Life, lots: Random) -> date | None:
    """Write a goal for each need when it was raised, and tie them; return the first one's day."""
    needs = list(_needs(life))
    of_thread = {life.voice.say(one.what): one for one in threads().values()}
    for number, need in enumerate(needs):
        thread = of_thread.get(need.what)
        if thread is None:
            continue
        aim = workday(need.on + timedelta(days=lots.choice((60, 90, 120, 150))))
        answers: Answers = {
            "words": life.voice.say(thread.words),
            "domain": need.domain,
            "matters": life.voice.say(lots.choice(_MATTERS)),
            "set_on": need.on.isoformat(),
            "aim_on": aim.isoformat() if number % 2 == 0 or aim < life.today else "",
        }
        goal = life.write(need.by, moment(need.on, 16, 50), "goal", answers)
        tied: Answers = {"goal": link(goal)}
        life.write(need.by, moment(need.on, 17, 1), "need", tied, record=need.record)
        done = _done_on(life, need.record)
        if done is not None:
            over: Answers = {"ended_on": done.isoformat(), "outcome": "reached", "note": ""}
            life.write(life.key_worker(done), moment(done, 17, 25), "goal", over, record=goal)
    return needs[0].on if needs else None


def _needs(life: Life) -> Iterator[_Need]:
    for one in list(life.pen.written):
        edit = one.edit
        if edit.form == "need" and edit.client == life.record and "what" in edit.answers:
            domain, what = str(edit.answers["domain"]), str(edit.answers["what"])
            yield _Need(edit.record, one.at.date(), one.by, domain, what)


def _done_on(life: Life, need: RecordId) -> date | None:
    """Return the day a need was met."""
    for one in life.pen.written:
        if one.edit.record == need and one.edit.answers.get("outcome") == "met":
            return one.at.date()
    return None


def _reviews(life: Life, lots: Random, first: date) -> None:
    """Write a review every three months; the last one agrees a day for most."""
    days = []
    day = workday(first + timedelta(days=42))
    until = life.day(0.9) if life.who.course == "ended" else last_workday(life.today)
    while day < until:
        days.append(day)
        day = workday(day + WEEKS)
    for number, one in enumerate(days):
        again = days[number + 1] if number + 1 < len(days) else _next_review(life)
        answers: Answers = {
            "reviewed_on": one.isoformat(),
            "client_there": "yes" if not life.stay(one).inside else "no",
            "with_whom": [life.person(life.key_worker(one))],
            "went_well": life.voice.say(lots.choice(_WELL)),
            "next_review_on": again.isoformat() if again and again > one else "",
        }
        life.write(life.key_worker(one), moment(one, 15, 30), "review", answers)


def _next_review(life: Life) -> date | None:
    left = _REVIEW_IN.get(life.who.course)
    return None if left is None else workday(life.today + timedelta(days=left))


def _accepted(life: Life) -> date | None:
    for one in life.pen.written:
        if one.edit.form == "treatment" and one.edit.client == life.record:
            on = one.edit.answers.get("accepted_on")
            if isinstance(on, str):
                return date.fromisoformat(on)
    return None


def _health(life: Life, accepted: date) -> None:
    day = workday(accepted + timedelta(days=4))
    if day >= life.today or life.stay(day).setting != "community":
        return
    answers: Answers = {
        "assessed_on": day.isoformat(),
        "place": CLINIC,
        "substance_1": "heroin",
        "route_1": "smoke",
        "age_1": 19,
        "injecting": "before",
        "body": _BODY,
        "mind": life.voice.say(_MIND),
        "vaccination": "accepted",
        "hepatitis_c_test": "accepted",
        "naloxone": "yes",
        "plan": "Dentist. Vaccination in a week. Weight at every visit.",
    }
    life.write("bello", moment(day, 11, 20), "health_assessment", answers)


def _reporting(life: Life, accepted: date) -> None:
    """Write whether somebody agrees to national reporting; some were not asked yet."""
    day = workday(accepted + timedelta(days=1))
    if life.who.key in _NOT_ASKED or day >= life.today:
        return
    agrees = "no" if life.who.key == "kashani" else "yes"
    answers: Answers = {
        "agrees": agrees,
        "asked_on": day.isoformat(),
        "asked_by": life.person("bello"),
    }
    life.write("bello", moment(day, 11, 50), "reporting_consent", answers)


def _forms(life: Life, lots: Random, accepted: date) -> None:
    """Write the forms: at the start, every three months as long as somebody comes, at the end."""
    until = life.day(0.84) if life.who.course == "ended" else last_workday(life.today)
    comes = life.who.course not in ("missing", "unsteady", "unknown", "new")
    days = [workday(accepted + timedelta(days=lots.randint(3, 9)))]
    while comes and days[-1] + WEEKS < until:
        days.append(workday(days[-1] + WEEKS))
    span = max((until - accepted).days, 1)
    for number, day in enumerate(one for one in days if one < until):
        stage = "review" if number else "start"
        form = _form(life, lots, day, stage, along=(day - accepted).days / span)
        if number and life.who.key == "pickering":
            _put_right(life, form, day)
    if life.who.course == "ended" and until > accepted:
        _form(life, lots, until, "end", along=1.0)


def _put_right(life: Life, form: RecordId, day: date) -> None:
    """Write the correction of a form in which the weekends had been left out."""
    wrong = life.pen.current[form]
    held = wrong["answers"]
    answers = dict(held) if isinstance(held, dict) else {}
    days = {name: answers.get(name) for name in ("alcohol", "cannabis")}
    more = {name: min(28, value + 4) for name, value in days.items() if isinstance(value, int)}
    corrected: Answers = {
        **wrong,
        "answers": {**answers, **more},
        "corrects": link(form),
        "correction_reason": life.voice.say(
            "The weekends had been left out. {N} and I counted again."
        ),
    }
    life.write("bello", moment(workday(day + timedelta(days=2)), 12, 40), "outcome_form", corrected)


def _form(life: Life, lots: Random, day: date, stage: str, *, along: float) -> RecordId:
    names = [one.name for one in shipped().item]
    given: dict[str, Json] = {}
    for name, (first, last) in {**_FALLS, **_RISES}.items():
        most = 28 if name in (*_FALLS, "work", "learning") else 20
        now = round(first + (last - first) * along + lots.choice((-2, -1, 0, 0, 1, 2)))
        given[name] = min(most, max(0, now)) if first or last else 0
    given |= {
        "shared": "no",
        "no_safe_home": "yes" if along < 0.3 else "no",
        "losing_home": "yes" if along < 0.5 else "no",
    }
    if stage == "review" and lots.random() < 0.3:
        given["crack"] = "declined"
    answers: Answers = {
        "filled_on": day.isoformat(),
        "stage": stage,
        "look_back": "before_custody" if life.stay(day).inside else "last_weeks",
        "pack": shipped().name,
        "version": shipped().version,
        "answers": {name: given.get(name, "not_asked") for name in names},
    }
    return life.write("bello", moment(day, 12, 10), "outcome_form", answers)
