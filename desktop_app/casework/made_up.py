# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The made-up team: an invented town to try everything in, with months of invented work.

Rules, each with a test:

* Nobody in it is real: postcodes begin with ZZ, telephones are from the ranges kept for stories,
  prisons are invented.
* The same seed on the same day gives the same team: ids, texts and times.
* Every record is one its author may write, and has no problem its form would point out.
* Nothing is written in the future, and everything in order on each laptop.
* What is clinical stands in health only; what is police only stays there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from desktop_app.casework.made_up_agreements import agreements
from desktop_app.casework.made_up_cast import Client, clients, threads, town
from desktop_app.casework.made_up_chains import missed_appointments
from desktop_app.casework.made_up_choosing import choose, telephones
from desktop_app.casework.made_up_clinic import treatment
from desktop_app.casework.made_up_continuity import days_out, offered, overlapping
from desktop_app.casework.made_up_former import former
from desktop_app.casework.made_up_forum import forum_held
from desktop_app.casework.made_up_life import Life, note, open_file, settings, stand_by, support
from desktop_app.casework.made_up_loose_ends import (
    Begun,
    apart,
    begun,
    news,
    planned,
    waiting,
)
from desktop_app.casework.made_up_pen import Pen, Voice, Written, last_workday, moment, workday
from desktop_app.casework.made_up_plans import plans
from desktop_app.casework.made_up_police import police
from desktop_app.casework.made_up_posture import postures
from desktop_app.casework.made_up_stays import share, stays
from desktop_app.casework.made_up_visits import visits
from desktop_app.casework.records import RecordId


@dataclass(frozen=True, slots=True)
class MadeUpTeam:
    """Everything a made-up team has written.

    Attributes:
        history: what was written and shared, earliest first.
        apart: what was written on two laptops that did not meet until both were written.
        waiting: what its author has not shared yet.
        begun: drafts.
        read: alerts and notes everybody has long read.
    """

    history: tuple[Written, ...]
    apart: tuple[Written, ...]
    waiting: tuple[Written, ...]
    begun: tuple[Begun, ...]
    read: tuple[RecordId, ...]


def made_up_team(
    *, today: date, ids: Mapping[str, str], clients_wanted: int = 24, months: int = 6, seed: int = 1
) -> MadeUpTeam:
    """Return what a made-up team has written up to the last working day before `today`.

    Args:
        today: the day it is made for.
        ids: person id of every colleague, by key.
        clients_wanted: how many clients.
        months: how many months of work.
        seed: which of many such teams.
    """
    start = first_day(today, months)
    pen = Pen(ids, Random(seed), moment(last_workday(today), 18))  # noqa: S311  no secret
    left = {one.key: share(one.left, start, today) for one in town().colleague if one.left}
    lives: dict[str, Life] = {}
    for who in clients(clients_wanted, seed):
        lives[who.key] = _life(pen, who, start, today, seed=seed, left=left)
    for life in lives.values():
        _live(life)
    choose(pen, lives, start, today)
    if clients_wanted >= len(town().client):
        former(pen, start, today, seed=seed)
    postures(lives)
    news(lives, pen, today)
    missed_appointments(lives, today)
    planned(lives, today)
    days_out(lives, today)
    offered(lives, today)
    overlapping(lives, today)
    forum_held(lives, pen, today)
    telephones(pen, start)
    agreements(pen, start, today)
    history = _taken(pen)
    apart(lives, today)
    two = _taken(pen)
    pen.latest = moment(last_workday(today), 19)
    waiting(lives, today)
    return MadeUpTeam(
        history, two, _taken(pen), tuple(begun(lives, today)), _long_read(history, today)
    )


def first_day(today: date, months: int) -> date:
    """Return the working day the initiative began."""
    return workday(today - timedelta(days=round(months * 30.4)))


def _life(
    pen: Pen, who: Client, start: date, today: date, *, seed: int, left: Mapping[str, date]
) -> Life:
    random = Random(f"{seed}/{who.key}")  # noqa: S311  a story, no secret
    held = stays(who.course, start, today)
    met = workday(max(held[0].since, start + timedelta(days=random.randint(0, 12))))
    handover = workday(left[who.first_worker]) if who.first_worker in left else None
    by = "shah" if who.cohort != "demand_side" else who.first_worker if handover else "osei"
    record = open_file(pen, who, random, start=met, by=by)
    # What follows starts no earlier than the day they were met.
    later = [one for one in held if one.until > met or one is held[-1]]
    lived = [type(one)(one.setting, max(one.since, met), one.until) for one in later]
    return Life(pen, who, record, met, today, lived, Voice(who, random), random, handover)


def _live(life: Life) -> None:
    """Write a client's months."""
    police(life)
    settings(life)
    if not life.helped:
        return
    stand_by(life)
    support(life, life.voice.say(". ".join(threads()[name].what for name in life.who.threads)))
    visits(life)
    treatment(life)
    for number in range(life.random.choice((1, 2, 3, 4))):
        day = life.day(0.15 + 0.2 * number)
        if day < life.today:
            note(life, day)
    plans(life)


def _taken(pen: Pen) -> tuple[Written, ...]:
    """Return what the pen has written since it was last asked, earliest first."""
    written = sorted(pen.written, key=lambda one: one.at)
    pen.written.clear()
    return tuple(written)


def _long_read(history: tuple[Written, ...], today: date) -> tuple[RecordId, ...]:
    """Return the alerts and notes older than yesterday."""
    yesterday = last_workday(today)
    seen = dict.fromkeys(
        one.edit.record
        for one in history
        if one.edit.form in ("alert", "note") and one.at.date() < yesterday
    )
    return tuple(seen)
