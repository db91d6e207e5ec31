# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How the made-up team chooses: its criteria, who was nominated, scored, decided about and told.

Somebody stands in every state: nominated, put off, not included, not told yet, told, removed. The
third version of the criteria still waits for one agency.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import Pen, moment, workday
from desktop_app.casework.made_up_police import told_on
from desktop_app.casework.matrix import Criterion, Version, versions
from desktop_app.casework.matrix_writing import edits, example
from desktop_app.casework.records import Answers, Live, Record, RecordId, link, new_id
from desktop_app.casework.scoring import total

TITLE = "Saltings matrix"
_OPEN = {"henty": 9, "garland_1": 16}
"""Who was nominated so many days ago, and is not decided about."""
_SCORED: Mapping[str, tuple[tuple[int, ...], ...]] = {
    "henty": ((4, 4, 4, 4, 2, 2, 1, 0, 1),),
    "garland_2": ((2, 4, 2, 4, 0, 2, 0, 2, 1),),
    "hartnoll": ((6, 6, 4, 4, 2, 2, 3, 0, 0), (4, 4, 2, 4, 2, 2, 1, 0, 2)),
    "quill": ((4, 6, 4, 4, 0, 2, 1, 0, 0),),
    "downer": ((4, 4, 2, 4, 2, 2, 1, 0, 1), (0, 0, 0, 4, 0, 2, 0, 0, 3)),
}
"""Points by criterion, in the order of the criteria; the time before first."""
_SAID = (
    ("court", "Court register, asked this week."),
    ("police", "Offences recorded to them, asked this week."),
    ("police", "Two reports, both of one street, neither of them old."),
    ("treatment", "Told their nurse so, and is in treatment for it."),
    ("police", "Custody record."),
    ("partner", "What shopkeepers and neighbours say it costs them."),
    ("tandem", "Appointments in Tandem."),
    ("partner", "Probation and the council were asked."),
    ("worker", "Seen on visits, and said by those who help them."),
)
_DECIDED_TWICE = "garland_2"
"""About whom a second decision takes the place of the first."""
_KEPT = {2: "police", 3: "health"}
"""Which criteria have their words kept, and with whom."""
_NOT_YET = (
    "bello",
    "not_yet",
    "What a nurse hears must not count as evidence unless the client agrees to it.",
)


def choose(pen: Pen, lives: Mapping[str, Life], start: date, today: date) -> None:
    """Write how everybody was chosen."""
    version = _criteria(pen, workday(start), "Version 2")
    _agreed(pen, version, workday(start + timedelta(days=2)), (("osei",), ("shah",), ("bello",)))
    later = _criteria(pen, workday(today - timedelta(days=12)), "Version 3", version)
    _agreed(pen, later, workday(today - timedelta(days=8)), (("osei",), ("lowe",), _NOT_YET))
    on = sum(life.helped for life in lives.values())
    rule: Answers = {"decided_on": workday(start).isoformat(), "programme_places": on}
    pen.write("lowe", moment(workday(start), 9, 40), "team_rule", rule)
    for life in lives.values():
        _chosen(life)
        _scored(life, version)
        _put_off(life)
        _removed(life)


def telephones(pen: Pen, start: date) -> None:
    """Give work telephones: numbers Ofcom keeps for what is made up."""
    day = workday(start)
    given = ("osei", "01632 960141", "weekdays, 9 to 5"), ("bello", "01632 960152", "")
    for at, (who, number, hours) in enumerate((*given, ("shah", "07700 900163", "on shift"))):
        answers: Answers = {"person": pen.ids[who], "number": number, "hours": hours}
        answers["set_on"] = day.isoformat()
        pen.write(who, moment(day, 9, 45 + at), "team_phone", answers)


def _criteria(pen: Pen, day: date, version: str, follows: Version | None = None) -> Version:
    shipped = example()
    written = replace(shipped, title=TITLE, version=version, example=False, why="")
    if follows is not None:
        asked = tuple(one for one in written.asked if one.question != written.asked[4].question)
        why = "The drug test on arrest is left out: few are tested, and it counts against those."
        written = replace(written, why=why, threshold=11, asked=asked)
    at = moment(day, 9, 20)
    minutes = count()
    made = edits(
        written, on=day, new_record=lambda: _id(pen), follows=follows.id if follows else b""
    )
    ids: dict[RecordId, RecordId] = {}
    records = []
    for one in made:
        answers = dict(one.answers)
        if one.form == "criterion":
            answers["matrix"] = link(ids[made[0].record])
        when = at + timedelta(seconds=next(minutes))
        ids[one.record] = pen.write("lowe", when, one.form, answers)
        live = [Live(1, 1, 1, 0, pen.current[ids[one.record]])]
        records.append(Record(ids[one.record], one.form, b"", "partners", "", live))
    return versions(records)[0]


def _agreed(pen: Pen, version: Version, day: date, said: tuple[tuple[str, ...], ...]) -> None:
    agencies = {
        "osei": "Saltings Outreach",
        "shah": "Saltings Police",
        "lowe": "Saltings Police",
        "bello": "Staithe Road Clinic",
    }
    for number, (who, *more) in enumerate(said):
        answers: Answers = {
            "matrix": link(version.id),
            "mark": version.mark,
            "agency": agencies[who],
            "agreed_on": day.isoformat(),
            "answer": more[0] if more else "agrees",
            "words": more[1] if more else "",
        }
        by = "shah" if who == "shah" else who
        pen.write(by, moment(day, 14, 5 * number), "agreement", answers)


def _chosen(life: Life) -> None:
    """Write how somebody came onto the programme, or onto the third list."""
    who, day = life.who, life.start
    if who.cohort == "supply_side":
        return
    nominated: Answers = {
        "nominated_on": day.isoformat(),
        "nominated_by": life.person("shah"),
        "agency": "Saltings Police",
        "cohort": "demand_side",
        "why": life.voice.say("{N} comes up again and again, and has asked where to get help."),
    }
    life.write("shah", moment(day, 12, 40), "nomination", nominated)
    include = who.cohort == "demand_side"
    decided = _decision(life, day, "include" if include else "not_include")
    if not include:
        decided |= _not_included(life, day)
    if who.key == "quill":
        decided |= {
            "dissent_by": [life.person("osei")],
            "dissent": "Too early: he has only just found a room, and may lose it over this.",
        }
        decided["agreed_by"] = [life.person("lowe"), life.person("shah"), life.person("bello")]
    first = life.write("lowe", moment(day, 13, 30), "decision", _at_first(life, decided))
    if who.key == _DECIDED_TWICE:
        _otherwise(life, workday(day + timedelta(days=6)), first, decided)
    told = told_on(life)
    if told is not None:
        _told(life, told)


def _not_included(life: Life, day: date) -> Answers:
    """Return why somebody was not included, and when they are looked at again."""
    aside = 20 if life.who.key == "bassett" else -3
    review = max(life.today + timedelta(days=aside), day)
    return {"reason": life.who.not_included, "review_on": review.isoformat()}


def _at_first(life: Life, decided: Answers) -> Answers:
    """Return a decision as it was first written: of one person with the wrong reason."""
    return {**decided, "reason": "in_custody"} if life.who.key == _DECIDED_TWICE else decided


def _otherwise(life: Life, day: date, first: RecordId, said: Answers) -> None:
    """Write a decision that takes the place of the first, whose reason was not right."""
    if day >= life.today:
        return
    instead: Answers = {
        **said,
        "decided_on": day.isoformat(),
        "instead_why": "It said that he was inside. He was out by then; there was no room.",
        "supersedes": link(first),
    }
    life.write("lowe", moment(day, 13, 30), "decision", instead)


def _told(life: Life, told: date) -> None:
    notice: Answers = {
        "told_on": told.isoformat(),
        "told_by": [life.person(life.key_worker(told)), life.person("shah")],
        "how": "at_home" if life.stay(told).setting == "community" else "custody",
        "message": "2026_1",
        "letter": "yes" if life.who.may_write == "yes" else "no",
        "response": life.random.choice(("accepts", "accepts", "thinks", "nothing")),
        "spell": link(_place(life)),
    }
    life.write("shah", moment(told, 16, 25), "notice", notice)


def _decision(life: Life, day: date, about: str) -> Answers:
    why = {
        "include": "{N} meets the criteria and there is room. Help first, and at once.",
        "not_include": "{N} meets the criteria, and there is no room for {them} now.",
        "later": "Whether {they} wants it is not known. K. Osei asks first.",
        "remove_targeting": "Months without an arrest, and treatment kept to.",
        "remove_support": "{N} asked to stop visits, and knows how to come back.",
    }
    found: Answers = {
        "decided_on": day.isoformat(),
        "about": about,
        "why": life.voice.say(why[about]),
        "agreed_by": [life.person(one) for one in ("lowe", "shah", "osei", "bello")],
        "final_say": life.person("lowe"),
    }
    if about == "include":
        found["cohort"] = "demand_side"
    return found


def _put_off(life: Life) -> None:
    """Write a nomination nobody has decided about, and for one that it was put off."""
    ago = _OPEN.get(life.who.key)
    if ago is None:
        return
    day = workday(life.today - timedelta(days=ago))
    if day < life.start:
        return
    by, agency = ("shah", "Saltings Police") if ago < 10 else ("osei", "Saltings Outreach")
    nominated: Answers = {
        "nominated_on": day.isoformat(),
        "nominated_by": life.person(by),
        "agency": agency,
        "cohort": "demand_side",
        "why": life.voice.say("{N} deals to pay for {their} own use, and has asked for help."),
    }
    life.write(by, moment(day, 15, 20), "nomination", nominated)
    if ago > 10:
        later = workday(day + timedelta(days=3))
        decided = _decision(life, later, "later")
        decided["review_on"] = (life.today + timedelta(days=4)).isoformat()
        life.write("lowe", moment(later, 14, 50), "decision", decided)


def _scored(life: Life, version: Version) -> None:
    """Write the scores of somebody, the second of them taking the place of the first."""
    rounds = _SCORED.get(life.who.key, ())
    before: RecordId = b""
    for number, points in enumerate(rounds):
        latest = number == len(rounds) - 1
        ago = 7 if latest else 98
        day = workday(life.today - timedelta(days=ago))
        if day <= life.start or day >= life.today:
            continue
        before = _scoring(life, version, day, points, before)


def _scoring(
    life: Life, version: Version, day: date, points: tuple[int, ...], before: RecordId
) -> RecordId:
    counted = dict(zip([one.record.id for one in version.criteria], points, strict=True))
    answers: Answers = {
        "matrix": link(version.id),
        "criteria": version.called,
        "scored_on": day.isoformat(),
        "total": total(version.criteria, counted),
        "threshold": version.threshold,
        "supersedes": link(before) if before else "",
    }
    scoring = life.write("shah", moment(day, 11, 10), "scoring", answers)
    for number, (one, each) in enumerate(zip(version.criteria, points, strict=True)):
        _score(life, scoring, one, points=each, at=moment(day, 11, 11 + number))
    return scoring


def _score(
    life: Life, scoring: RecordId, criterion: Criterion, *, points: int, at: datetime
) -> None:
    number = (criterion.place or 1) - 1
    source, words = _SAID[number]
    kept = _KEPT.get(number, "") if points else ""
    by = {"health": "bello", "police": "shah"}.get(kept, "shah")
    answers: Answers = {
        "scoring": link(scoring),
        "criterion": link(criterion.record.id),
        "points": points,
        "source": source if points else "none",
        "evidence": "" if kept else words,
        "kept_with": kept,
    }
    score = life.write(by, at, "score", answers)
    if kept:
        held: Answers = {"score": link(score), "words": words}
        life.write(by, at, "evidence", held, narrowed_to=kept)


def _removed(life: Life) -> None:
    """Write the decision and the checklist of those who were removed from targeting."""
    if life.who.course not in ("removed", "ended"):
        return
    day = life.day(0.78)
    decision = life.write(
        "lowe", moment(day, 11, 10), "decision", _decision(life, day, "remove_targeting")
    )
    removal: Answers = {
        "from": "targeting",
        "removed_on": day.isoformat(),
        "targeting_end": "good_progress",
        "all_agree": "done",
        "agreed_by": [life.person(one) for one in ("lowe", "shah", "osei", "bello")],
        "partners_told": "done",
        "client_told": "done",
        "exit_plan": life.voice.say("Support and the clinic go on. {N} may ring any morning."),
        "follow_up_on": workday(day + timedelta(days=28)).isoformat(),
        "follow_up_by": life.person("osei"),
        "spell": link(_place(life)),
        "decision": link(decision),
    }
    life.write("lowe", moment(day, 11, 40), "removal", removal)


def _place(life: Life) -> RecordId:
    """Return the first place that was written for somebody."""
    found = (
        one.edit.record
        for one in life.pen.written
        if one.edit.form == "cohort" and one.edit.client == life.record
    )
    return next(found)


def _id(pen: Pen) -> RecordId:
    return new_id(0, pen.random.randbytes(10))
