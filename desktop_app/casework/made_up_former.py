# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who was on the made-up programme and left it, and somebody who died with a place still running.

Attention to the former ones was heightened for some weeks, so that the comparison for scrutiny has
enough people to say something.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from msgspec import structs

from desktop_app.casework.made_up_cast import Client, another, town
from desktop_app.casework.made_up_life import Life, open_file, settings
from desktop_app.casework.made_up_pen import Pen, Voice, last_workday, moment, workday
from desktop_app.casework.made_up_police import MATRIX
from desktop_app.casework.made_up_posture import agreed
from desktop_app.casework.made_up_stays import Stay, share
from desktop_app.casework.records import Answers, RecordId, link

MANY = 8
DIED_AGO = 11
_PARTNERS = ("lowe", "shah", "osei", "bello")


def former(pen: Pen, start: date, today: date, *, seed: int) -> None:
    """Write the months of those who left, and of somebody who died.

    Args:
        pen: keeps what is written.
        start: the day the initiative began.
        today: the day the team is made for.
        seed: which of many such teams.
    """
    if (today - start).days < 120:  # too young a team for anybody to have left it
        return
    for number, who in enumerate(_people(seed)):
        random = Random(f"{seed}/former/{number}")  # noqa: S311  a story, no secret
        met = workday(start + timedelta(days=number))
        record = open_file(pen, who, random, start=met, by="osei")
        dies = number == MANY
        died = workday(today - timedelta(days=DIED_AGO))
        stays = [Stay("community", met, died if dies else today)]
        stays += [Stay("deceased", died, today)] if dies else []
        life = Life(pen, who, record, met, today, stays, Voice(who, random), random)
        _months(life, leaves=None if dies else share(0.4, met, today))


def _people(seed: int) -> Iterator[Client]:
    """Yield them: as many women as men, of every age; who died comes last."""
    more = town().more
    for number in range(MANY + 1):
        woman = number % 2 == 0
        random = Random(f"{seed}/former/who/{number}")  # noqa: S311  no secret
        born = date(1966 + 4 * number, 1 + number, 4 + 2 * number)
        yield structs.replace(
            another(number, random),
            key=f"former_{number}",
            forename=random.choice(more.forenames_woman if woman else more.forenames_man),
            surname=more.surnames[2 * number],
            born=born.isoformat(),
            gender="woman" if woman else "man",
            course="steady",
            cohort="demand_side",
        )


def _months(life: Life, *, leaves: date | None) -> None:
    """Write how somebody came, was pressed for some weeks, and left where they did."""
    place = _place(life)
    settings(life)
    spells = _support(life)
    since, until = life.day(0.1), life.day(0.24)
    agreed(
        life,
        level="heightened",
        days=(life.today - since).days,
        until=(until - life.today).days,
        reason="Named in two thefts of one week, and not found at home",
    )
    if leaves is not None:
        _leave(life, workday(leaves), place, spells)


def _place(life: Life) -> RecordId:
    answers: Answers = {
        "cohort": "demand_side",
        "started_on": life.start.isoformat(),
        "score": life.random.randint(12, 17),
        "score_criteria": MATRIX,
        "reasons": life.voice.say("{N} was arrested often in the year before, and said yes."),
    }
    place = life.write("lowe", moment(life.start, 13, 40), "cohort", answers)
    told = workday(life.start + timedelta(days=4))
    said: Answers = {
        "told_on": told.isoformat(),
        "told_by": [life.person("osei"), life.person("shah")],
    }
    life.write("shah", moment(told, 16, 30), "cohort", said, record=place)
    return place


def _support(life: Life) -> tuple[RecordId, RecordId]:
    """Write the spell of support and who stands by them; return both records."""
    day = life.start
    worker: Answers = {
        "duty": "key_worker",
        "worker": life.person("osei"),
        "from_on": day.isoformat(),
    }
    assigned = life.write("lowe", moment(day, 11), "assignment", worker)
    agreed_on = workday(day + timedelta(days=3))
    spell: Answers = {
        "started_on": day.isoformat(),
        "agreed_on": agreed_on.isoformat(),
        "goals": life.voice.say("A room that stays, and the fines paid off bit by bit."),
    }
    return assigned, life.write("osei", moment(agreed_on, 12), "support", spell)


def _leave(life: Life, day: date, place: RecordId, spells: tuple[RecordId, RecordId]) -> None:
    """Write the end of targeting, and of support when it had done what it could."""
    decided: Answers = {
        "decided_on": day.isoformat(),
        "about": "remove_targeting",
        "why": life.voice.say("Months without an arrest. {N} has a room and keeps it."),
        "agreed_by": [life.person(one) for one in _PARTNERS],
        "final_say": life.person("lowe"),
    }
    decision = life.write("lowe", moment(day, 11, 10), "decision", decided)
    removal: Answers = {
        "from": "targeting",
        "removed_on": day.isoformat(),
        "targeting_end": "good_progress",
        "all_agree": "done",
        "agreed_by": decided["agreed_by"],
        "partners_told": "done",
        "client_told": "done",
        "exit_plan": life.voice.say("{N} may ring any morning; the clinic goes on."),
        "follow_up_on": workday(day + timedelta(days=28)).isoformat(),
        "follow_up_by": life.person("osei"),
        "spell": link(place),
        "decision": link(decision),
    }
    life.write("lowe", moment(day, 11, 40), "removal", removal)
    ended: Answers = {"ended_on": day.isoformat(), "ended_because": "good_progress"}
    life.write("lowe", moment(day, 11, 45), "cohort", ended, record=place)
    last = min(workday(day + timedelta(days=35)), last_workday(life.today))
    assigned, spell = spells
    over: Answers = {
        "ended_on": last.isoformat(),
        "end_reason": "planned",
        "end_note": life.voice.say("{N} knows the number and the door, and that both stay open."),
    }
    life.write("osei", moment(last, 15), "support", over, record=spell)
    until: Answers = {"until_on": last.isoformat(), "handover_reason": "support_ended"}
    life.write("osei", moment(last, 15, 10), "assignment", until, record=assigned)
