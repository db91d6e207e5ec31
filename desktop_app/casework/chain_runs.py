# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Runs of missed appointments, read from what happened in the order in which it did.

What `chain` says of how each stands is worked out from these. Rules, each with a test:

* Seen by a key worker or nurse, or an appointment kept, before anybody was told: nothing has begun.
* From the nurse's word on only what every partner may read changes anything.
* Two nurses who tell of the same run have told once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar, NamedTuple

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.chain_misses import Kept, counts
from desktop_app.casework.last_seen import CARE, REMOTE, Met
from desktop_app.casework.limits import Limits
from desktop_app.casework.people import Team
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.whereabouts import AWAY, Spell, spells

INFORMED, ACKNOWLEDGED, OUTCOME = "informed", "acknowledged", "outcome"
PAUSED, RESUMED = "paused", "resumed"
BACK, FORUM, MISTAKE = "back", "forum", "mistake"
LONGEST = 3_650
"""Days of being away that are looked through for a clock; it has stopped long before."""


class End(StrEnum):
    """How it ended."""

    BACK = "back"
    KEPT = "kept"
    MISTAKE = "mistake"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Step:
    """What these rules need of a step somebody recorded."""

    form: ClassVar[str] = "chain_step"
    record: Record
    step: str
    happened_at: datetime | None
    opened_on: date | None
    last_on: date | None
    missed: int | None
    duty: str
    outcome: str
    words: str

    @property
    def day(self) -> date | None:
        """Return the day it happened."""
        return self.happened_at.date() if self.happened_at else None


@dataclass(frozen=True, slots=True)
class Decided:
    """What these rules need of a decision of the forum."""

    form: ClassVar[str] = "decision"
    record: Record
    decided_on: date | None


@dataclass(slots=True)
class Run:
    """One run: what is known of it by now.

    Attributes:
        opened_on: the day of the miss that made the number.
        last_on: the day of the last miss that is known.
        missed: how many were missed.
        informed: the nurse's word; None before it.
        heard: who acknowledged it, by duty.
        visits: the visits since, seen or not.
        outcome: what somebody said came of it.
        pauses: where it was paused by hand, and went on.
        ended: how it ended; None while it has not.
        ended_on: the day it did.
    """

    opened_on: date
    last_on: date
    missed: int
    informed: Step | None = None
    heard: dict[str, Step] = field(default_factory=dict)
    visits: list[Met] = field(default_factory=list)
    outcome: Step | None = None
    pauses: list[Step] = field(default_factory=list)
    ended: End | None = None
    ended_on: date | None = None

    @property
    def visited_on(self) -> date | None:
        """Return the day of the first visit; None before it, and before anybody was told."""
        first = self.visits[0].at if self.visits and self.informed else None
        return first.date() if first else None

    @property
    def seen(self) -> bool:
        """Say whether they were seen at a visit."""
        return any(was_seen(one) for one in self.visits)

    def may_change(self, record: Record) -> bool:
        """Say whether a record may change it: once told, only what every partner may read."""
        return self.informed is None or record.audience == PARTNERS


class Away:
    """The days on which no clock runs, and why."""

    def __init__(self, records: Sequence[Record], pauses: Sequence[Step]) -> None:
        self._spells = [one for one in spells(records) if one.setting.setting in AWAY]
        self._pauses = [(one.day, one) for one in pauses]

    def because(self, day: date) -> str:
        """Return why no clock runs on a day: a code of a setting, or words; empty when one does."""
        inside = next((one for one in self._spells if _within(one, day)), None)
        if inside is not None:
            return inside.setting.setting
        last = [step for since, step in self._pauses if since and since <= day]
        return (last[-1].words or PAUSED) if last and last[-1].step == PAUSED else ""

    def after(self, start: date, days: int) -> date | None:
        """Return the day so many days after another, of those with a clock; None if none comes."""
        day, left = start, days
        for _turn in range(LONGEST):
            if not self.because(day):
                if not left:
                    return day
                left -= 1
            day += timedelta(days=1)
        return None


class _Event(NamedTuple):
    at: datetime
    rank: int
    id: bytes
    what: Kept | Met | Step | Decided


@dataclass(slots=True)
class _Reader:
    """Reads what happened, one after the other."""

    records: Sequence[Record]
    team: Team
    limits: Limits
    found: list[Run] = field(default_factory=list)
    row: list[datetime] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)

    @property
    def run(self) -> Run | None:
        """Return the run that has not ended."""
        return self.found[-1] if self.found and self.found[-1].ended is None else None

    def read(self, event: _Event) -> None:
        """Take in what happened next."""
        match event.what:
            case Kept():
                self._appointment(event.what, event.at)
            case Met():
                self._visit(event.what)
            case Step():
                self._step(event.what, event.at)
            case Decided():
                self._decided(event.what, event.at)

    def _appointment(self, kept: Kept, at: datetime) -> None:
        run = self.run
        if kept.state == "attended":
            self.row = []
            if run is not None and run.informed is None:
                self.found.pop()
            elif run is not None and run.may_change(kept.record):
                self._end(run, End.KEPT, at)
        elif counts(kept, at, self.records):
            self.row.append(at)
            self.times.append(at)
            many = self._enough(at)
            if run is None and many:
                self.found.append(Run(at.date(), at.date(), many))
            elif run is not None and run.may_change(kept.record) and at.date() > run.last_on:
                run.missed, run.last_on = run.missed + 1, at.date()

    def _decided(self, decided: Decided, at: datetime) -> None:
        run = self.run
        if run is None or not run.may_change(decided.record):
            return
        if for_forum(run, self.records, self.limits, at.date()):
            self._end(run, End.DECIDED, at)

    def _visit(self, met: Met) -> None:
        run = self.run
        by_care = was_seen(met) and met.kind not in REMOTE and self._care(met)
        if by_care:
            self.row, self.times = [], []
        if run is None or met.kind in REMOTE:
            return
        if run.informed is None and by_care:
            self.found.pop()
        elif run.may_change(met.record):
            run.visits.append(met)

    def _step(self, step: Step, at: datetime) -> None:
        run = self.run
        if step.step == INFORMED:
            self._informed(step, at)
        elif run is None:
            return
        elif step.step == ACKNOWLEDGED:
            run.heard.setdefault(step.duty, step)
        elif step.step in (PAUSED, RESUMED):
            run.pauses.append(step)
        elif step.step == OUTCOME and step.outcome != FORUM:
            run.outcome = step
            self._end(run, End.MISTAKE if step.outcome == MISTAKE else End.BACK, at)
        elif step.step == OUTCOME and run.informed is not None:
            run.outcome = run.outcome or step

    def _informed(self, step: Step, at: datetime) -> None:
        run = self.run
        if run is None:
            run = Run(at.date(), at.date(), 1)
            self.found.append(run)
        if run.informed is not None:
            return
        # From here on as every partner can tell it, who may hold none of the appointments.
        run.informed, day = step, step.opened_on or run.opened_on
        run.heard, run.pauses = {}, []
        run.opened_on, run.last_on = day, step.last_on or day
        run.missed = step.missed or run.missed
        run.visits = [
            event.what
            for event in _happened(self.records)
            if isinstance(event.what, Met)
            and run.last_on <= event.at.date()
            and event.at <= at
            and event.what.kind not in REMOTE
            and event.what.record.audience == PARTNERS
        ]

    def _end(self, run: Run, how: End, at: datetime) -> None:
        """End a run; one that ended before anybody was told has not been."""
        if run.informed is None:
            self.found.pop()
        else:
            run.ended, run.ended_on = how, at.date()
        self.row, self.times = [], []

    def _enough(self, at: datetime) -> int:
        """Return how many missed appointments add up; 0 when they do not."""
        missed = self.limits.missed
        since = at - timedelta(days=self.limits.days.missed_window)
        within = [one for one in self.times if one >= since]
        if len(self.row) >= missed.in_a_row:
            return len(self.row)
        return len(within) if len(within) >= missed.in_window else 0

    def _care(self, met: Met) -> bool:
        known = (self.team.persons.get(one) for one in met.people)
        return any(person and CARE & person.roles for person in known)


def runs(records: Sequence[Record], team: Team, now: datetime, limits: Limits) -> list[Run]:
    """Return each run of missed appointments, the earliest first; nothing later than `now`."""
    reader = _Reader(records, team, limits)
    for event in _happened(records):
        if event.at <= now:
            reader.read(event)
    return reader.found


def first_after(records: Sequence[Record], now: datetime) -> date | None:
    """Return the day of the first thing dated after a moment; None when there is none."""
    return min((one.at.date() for one in _all(records) if one.at > now), default=None)


def for_forum(run: Run, records: Sequence[Record], limits: Limits, day: date) -> bool:
    """Say whether the forum has to talk about it on a day."""
    return forum_since(run, records, limits, day) is not None


def forum_since(run: Run, records: Sequence[Record], limits: Limits, day: date) -> date | None:
    """Return since when the forum has to talk about it: sent there, in vain, or too late.

    Args:
        run: what is known of it.
        records: the client's records.
        limits: the clocks of the initiative.
        day: the day it is asked about; None is returned when nothing brings it there by then.
    """
    told_on = run.informed.day if run.informed else None
    if told_on is None:
        return None
    since = []
    if run.outcome is not None and run.outcome.outcome == FORUM:
        since.append(run.outcome.day or day)
    tried = [each for one in run.visits if one.at and (each := one.at.date()) <= day]
    in_vain = not any(was_seen(one) for one in run.visits if one.at and one.at.date() <= day)
    if in_vain and len(tried) >= limits.chain.tries:
        since.append(tried[limits.chain.tries - 1])
    visited = run.visited_on
    due = Away(records, run.pauses).after(visited, limits.chain.outcome) if visited else None
    if due is not None and run.outcome is None:
        late = due + timedelta(days=limits.chain.forum_after)
        since += [late] if late <= day else []
    return max(min(since), told_on) if since else None


def was_seen(met: Met) -> bool:
    """Say whether the client was seen at a visit."""
    return met.state == "done" and met.outcome == "seen"


def _happened(records: Sequence[Record]) -> list[_Event]:
    """Return all that happened, in order; told comes before answered where both are at once."""
    return sorted(_all(records), key=lambda one: one[:3])


def _all(records: Sequence[Record]) -> Iterator[_Event]:
    for kept in read_all(Kept, records):
        if kept.booked_for and kept.state in ("attended", "not_attended"):
            yield _Event(kept.booked_for, 0, kept.record.id, kept)
    for met in read_all(Met, records):
        if met.at and met.state in ("done", "tried"):
            yield _Event(met.at, 2, met.record.id, met)
    for step in read_all(Step, records):
        if step.happened_at:
            rank = 1 if step.step == INFORMED else 3
            yield _Event(step.happened_at, rank, step.record.id, step)
    for decided in read_all(Decided, records):
        if decided.decided_on:
            last = datetime.combine(decided.decided_on, time(23, 59))
            yield _Event(last, 4, decided.record.id, decided)


def _within(spell: Spell, day: date) -> bool:
    return spell.from_on <= day and not (spell.until_on and spell.until_on <= day)
