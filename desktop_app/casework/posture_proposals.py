# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Proposals for the posture: what was recorded that may be a reason to ask for more, or for less.

A failure to engage may be a reason to increase the pressure, good progress one to relax it (guide
section 6). A proposal turns nothing and asks nobody: it says what it rests on, and two agencies
sign or leave it (R65, R87, R88). Rules, each with a test:

* It is worked out from what every partner may read and from nothing else, so that it is the same on
  every laptop.
* One step at a time. After `hold` nothing is proposed: two agencies agreed to wait.
* For more: not engaging that came before the forum, an arrest, and what the partners decided. A
  care note is listed beside these where its own author said that it counts; it proposes nothing
  alone.
* For less: coming back, a goal reached, weeks of treatment kept without a miss or an arrest, and
  what the partners decided.
* What speaks for the other direction is said with it, never left out.
* Evidence that was named by an act, that is older than what was agreed last, or that was put aside
  with a reason proposes nothing again. Somebody who is not on the programme has no proposal.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.chain_misses import Kept, counts
from desktop_app.casework.dates import as_date
from desktop_app.casework.last_seen import Attended
from desktop_app.casework.people import Team
from desktop_app.casework.posture import Posture, posture_now
from desktop_app.casework.posture_evidence import MARKED, counts_for_pressure
from desktop_app.casework.posture_turns import (
    HEIGHTENED,
    STANDARD,
    SUPPORT_ONLY,
    Act,
)
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record, RecordId, linked
from desktop_app.casework.targeting import DEMAND, Place, places_on
from desktop_app.casework.treatment import Episode, Step, episode_now, steps_of
from desktop_app.casework.whereabouts import has_died

RECENT = 28
"""Days for which something recorded may propose; so many days of treatment kept are progress."""
KEPT_LEAST = 2
"""Appointments kept in those days that make progress."""


class Towards(StrEnum):
    """Which way a proposal goes."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Aside:
    """What these rules need of a proposal that was put aside."""

    form: ClassVar[str] = "posture_aside"
    record: Record
    put_on: date | None
    towards: str
    reason: str
    agency: str
    evidence_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record that speaks for a direction, and its day."""

    record: Record
    day: date


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be asked for, and because of what.

    Attributes:
        towards: more or less.
        level: the next level in that direction.
        evidence: what speaks for it, earliest first; never empty.
        beside: what its author released besides, and what alone would propose nothing.
        against: what speaks for the other direction.
    """

    towards: Towards
    level: str
    evidence: tuple[Evidence, ...]
    beside: tuple[Evidence, ...] = ()
    against: tuple[Evidence, ...] = ()

    @property
    def key(self) -> RecordId:
        """Return the record that tells it from another: the latest it rests on."""
        return self.evidence[-1].record.id

    @property
    def named(self) -> tuple[Evidence, ...]:
        """Return everything it links when somebody asks."""
        return tuple(sorted((*self.evidence, *self.beside), key=_order))


_NEXT = {
    (Towards.MORE, SUPPORT_ONLY): STANDARD,
    (Towards.MORE, STANDARD): HEIGHTENED,
    (Towards.LESS, HEIGHTENED): STANDARD,
    (Towards.LESS, STANDARD): SUPPORT_ONLY,
}


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of record that speaks by itself: its form, the field of its day, and what it says."""

    form: str
    day: str
    says: Callable[[Record], bool]


_SPEAKS: dict[Towards, tuple[_Kind, ...]] = {
    Towards.MORE: (
        _Kind("arrest", "arrested_on", lambda one: one.text("further_action") != "no_action"),
        _Kind("chain_step", "happened_at", lambda one: one.text("outcome") == "forum"),
        _Kind("decision", "decided_on", lambda one: one.text("about") == "intensify"),
        _Kind("boundary", "decided_on", lambda one: one.text("decision") == "act"),
    ),
    Towards.LESS: (
        _Kind("chain_step", "happened_at", lambda one: one.text("outcome") == "back"),
        _Kind("decision", "decided_on", lambda one: one.text("about") == "relax"),
        _Kind("boundary", "decided_on", lambda one: one.text("decision") == "hold"),
        _Kind("goal", "ended_on", lambda one: one.text("outcome") == "reached"),
    ),
}
FORMS = frozenset(
    {
        *(one.form for some in _SPEAKS.values() for one in some),
        *(Attended.form, Episode.form, Step.form, Place.form, Aside.form, "setting"),
    }
)
"""What proposals are read from, besides acts and what may count for more pressure."""


def proposals(records: Iterable[Record], team: Team, day: date) -> tuple[Proposal, ...]:
    """Return what may be asked for on a day; it turns nothing.

    Args:
        records: the client's records.
        team: who works where.
        day: the day.
    """
    shared = [one for one in records if one.audience == PARTNERS and one.withdrawn is None]
    on = [one for one in places_on(shared, day) if one.cohort == DEMAND]
    if not on or has_died(shared, day):
        return ()
    now = posture_now(shared, team, day)
    new = {towards: _new(towards, shared, now, day) for towards in Towards}
    found = []
    for towards, other in ((Towards.MORE, Towards.LESS), (Towards.LESS, Towards.MORE)):
        level = _NEXT.get((towards, now.level))
        asked = any(one.act.level == level for one in now.asked)
        if level and new[towards] and not asked:
            beside = _released(shared, day) if towards is Towards.MORE else ()
            found.append(Proposal(towards, level, new[towards], beside, new[other]))
    return tuple(found)


def may_propose(records: Iterable[Record], day: date) -> date | None:
    """Return the first day, from a day on, on which something may be proposed; None for none.

    It is coarse: too early is fine, and it asks neither what was agreed nor what was put aside.
    """
    shared = [one for one in records if one.audience == PARTNERS and one.withdrawn is None]
    begun = [one.started_on for one in read_all(Place, shared) if one.cohort == DEMAND]
    if not begun:
        return None
    first = max(day, min(one for one in begun if one) if any(begun) else day)
    kinds = [kind for some in _SPEAKS.values() for kind in some]
    days = [_day(one, kind) for kind in kinds for one in shared if one.form == kind.form]
    if any(one and one + timedelta(days=RECENT) >= day for one in days):
        return first
    started = [one.happened_on for one in read_all(Step, shared) if one.step == "started"]
    ready = [one + timedelta(days=RECENT) for one in started if one]
    return max(first, min(ready)) if ready else None


def _new(towards: Towards, shared: list[Record], now: Posture, day: date) -> tuple[Evidence, ...]:
    """Return what speaks for a direction and was neither used nor put aside."""
    since = day - timedelta(days=RECENT)
    if now.turn is not None:
        since = max(since, now.turn.from_on)
    used = {linked(one) for act in read_all(Act, shared) for one in act.evidence_of}
    used |= {
        linked(one)
        for aside in read_all(Aside, shared)
        if aside.towards == towards and aside.put_on and aside.put_on <= day
        for one in aside.evidence_of
    }
    found = [
        Evidence(one, on)
        for kind in _SPEAKS[towards]
        for one in shared
        if one.form == kind.form
        and (on := _day(one, kind)) is not None
        and since <= on <= day
        and kind.says(one)
        and (towards is Towards.LESS or counts_for_pressure(one))
    ]
    if towards is Towards.LESS:
        found += _progress(shared, since, day)
    return tuple(sorted((one for one in found if one.record.id not in used), key=_order))


def _progress(shared: list[Record], since: date, day: date) -> list[Evidence]:
    """Return weeks of treatment that were kept, as the start and every appointment kept."""
    episode = episode_now(shared, day)
    started = steps_of(episode, shared).get("started") if episode else None
    if started is None or started.happened_on is None:
        return []
    weeks = day - timedelta(days=RECENT)
    if started.happened_on > weeks or since > weeks:
        return []
    met = [one for one in read_all(Attended, shared) if one.booked_for]
    recent = [one for one in met if one.booked_for and weeks <= one.booked_for.date() <= day]
    arrested = [one.text("arrested_on") for one in shared if one.form == "arrest"]
    if _missed(shared, weeks, day):
        return []
    if any(weeks.isoformat() <= one <= day.isoformat() for one in arrested):
        return []
    kept = [one for one in recent if one.state == "attended"]
    if len(kept) < KEPT_LEAST:
        return []
    return [Evidence(one.record, one.booked_for.date()) for one in kept if one.booked_for]


def _missed(shared: list[Record], since: date, day: date) -> bool:
    """Say whether an appointment was missed that counts as a miss of theirs."""
    met = [one for one in read_all(Kept, shared) if one.state == "not_attended"]
    return any(
        since <= one.booked_for.date() <= day and counts(one, one.booked_for, shared)
        for one in met
        if one.booked_for
    )


def _released(shared: list[Record], day: date) -> tuple[Evidence, ...]:
    """Return the care notes whose own authors said that they count."""
    found = []
    for one in shared:
        if one.form in MARKED and counts_for_pressure(one):
            on = as_date(one.text("happened_at")[:10])
            if on is not None and day - timedelta(days=RECENT) <= on <= day:
                found.append(Evidence(one, on))
    return tuple(sorted(found, key=_order))


def _day(record: Record, kind: _Kind) -> date | None:
    return as_date(record.text(kind.day)[:10])


def _order(one: Evidence) -> tuple[date, RecordId]:
    return (one.day, one.record.id)
