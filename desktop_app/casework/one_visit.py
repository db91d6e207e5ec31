# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The same visit, recorded by two: one event with the accounts of both, or two visits after all.

Two colleagues each recorded a visit to the same person on the same day, near in time. Whether that
was one visit only they know, so it is asked, and what they say is an answer of the later of the two
records: that it is one with the earlier, or that it is not. Rules, each with a test:

* The later made always joins the earlier made, whoever says so, so that two who say so apart have
  said the same.
* Nothing moves and nothing is sealed anew: the accounts of both are read with the one visit, and
  everybody who went is named there. Parted again, each is as it was.
* While two people have answered that differently, the visits stay apart.
* What was answered once, either way, is never offered again; it can be answered otherwise.
* It counts once. If either says that the client was seen, they were seen.
* Only records with the same readers are joined: nobody would look for a visit that is gone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from msgspec import structs

from desktop_app.casework.dates import say_short
from desktop_app.casework.limits import Limits
from desktop_app.casework.people import Team
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Answers, Edit, Json, Live, Record, RecordId, link, linked
from desktop_app.casework.words import _

FORM, ONE, JOINED_TO = "visit", "one_visit", "joined_to"
YES, NO = "yes", "no"
HAPPENED = ("done", "tried")
REMOTE = frozenset({"phone", "text"})
"""Kinds in which nobody sees anybody."""
FROM_AFAR = REMOTE | {"video"}
"""Kinds for which nobody leaves the house; over video somebody is seen all the same."""


@dataclass(frozen=True, slots=True)
class Event:
    """What these rules need of a visit."""

    form: ClassVar[str] = FORM
    record: Record
    at: datetime | None
    state: str
    kind: str
    minutes: int | None
    one_visit: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two visits that may be one: the record made earlier, and the one made later."""

    first: Record
    second: Record
    at: datetime

    @property
    def authors(self) -> tuple[str, str]:
        """Return the person ids of who recorded them."""
        return (recorder(self.first), recorder(self.second))


def recorder(visit: Record) -> str:
    """Return the person id of who recorded a visit: whoever planned it for others did not go."""
    people = _people(visit.answers.get("people"))
    return visit.author if visit.author in people or not people else people[0]


def pairs(records: Iterable[Record], limits: Limits, *, since: date) -> list[Pair]:
    """Return which of a client's visits may be one and were not asked about, the latest first.

    Args:
        records: the client's records.
        limits: how near in time two visits must be.
        since: visits of earlier days are let be.
    """
    first_day, days = since.isoformat(), dict[str, list[Record]]()
    for one in records:
        if one.form == FORM and (day := one.text("at")[:10]) >= first_day:
            days.setdefault(day, []).append(one)
    found = []
    for some in days.values():
        if (
            len(some) > 1 and len({recorder(one) for one in some}) > 1
        ):  # of one day in many, so the others are not read
            found += _pairs_of(some, limits)
    return sorted(found, key=lambda pair: (pair.at, pair.second.id), reverse=True)


def _pairs_of(day: Iterable[Record], limits: Limits) -> list[Pair]:
    events = [one for one in read_all(Event, day) if one.state in HAPPENED and one.at is not None]
    found = []
    for second in events:
        before = [first for first in events if _may_be_one(first, second, limits)]
        nearest = min(before, key=lambda first: _apart(first, second), default=None)
        if nearest is not None and second.at is not None and not second.one_visit:
            found.append(Pair(nearest.record, second.record, second.at))
    return found


def joined(records: Iterable[Record]) -> dict[RecordId, RecordId]:
    """Return which visits were joined to which: the later to the first of all it is one with."""
    visits = [one for one in records if one.form == FORM]
    said = [one for one in visits if one.answers.get(ONE) == YES]  # hardly ever any
    if not said:
        return {}
    held = {one.id: one for one in visits if one.withdrawn is None}
    to: dict[RecordId, RecordId] = {}
    for one in said:
        if one.id not in held or not one.conflicts.keys().isdisjoint((ONE, JOINED_TO)):
            continue
        first = held.get(linked(one.answers.get(JOINED_TO)) or b"")
        if first is not None and first.id < one.id and first.audience == one.audience:
            to[one.id] = first.id
    for id_ in sorted(to):  # the earlier first: each then leads to where its own leads
        to[id_] = to.get(to[id_], to[id_])
    return to


def whole(records: Sequence[Record], to: Mapping[RecordId, RecordId] | None = None) -> list[Record]:
    """Return records with each event once: the one it was joined to speaks for all of them.

    Args:
        records: a client's records, in any order, which is kept.
        to: which visits were joined, where that is known.
    """
    to = joined(records) if to is None else to
    if not to:
        return [*records]
    parts: dict[RecordId, list[Record]] = {}
    for one in records:
        if one.id in to:
            parts.setdefault(to[one.id], []).append(one)
    return [_speaking(one, parts.get(one.id, ())) for one in records if one.id not in to]


def join(pair: Pair) -> Edit:
    """Return the change that makes two visits one."""
    return _answer(pair, YES)


def part(pair: Pair) -> Edit:
    """Return the change that says that two visits are two, or parts them again."""
    return _answer(pair, NO)


def offer_words(pair: Pair, team: Team, *, on: date) -> str:
    """Return what is asked."""
    one, other = pair.authors
    said = {
        "one": team.name_of(one),
        "other": team.name_of(other),
        "day": say_short(pair.at.date().isoformat(), on),
    }
    words = _("%(one)s and %(other)s each recorded a visit on %(day)s. One visit, two accounts?")
    return words % said


def _may_be_one(first: Event, second: Event, limits: Limits) -> bool:
    one, other = first.record, second.record
    return (
        one.id < other.id
        and recorder(one) != recorder(other)
        and one.audience == other.audience
        and (first.kind in REMOTE) == (second.kind in REMOTE)
        and not (first.one_visit == YES and linked(one.answers.get(JOINED_TO)))
        and _apart(first, second) <= timedelta(minutes=limits.twice.visit_minutes)
    )


def _apart(first: Event, second: Event) -> timedelta:
    """Return how much time lies between two visits; none where they overlap."""
    times = sorted((one.at, one.minutes or 0) for one in (first, second) if one.at is not None)
    if len(times) < 2:
        return timedelta.max
    (begun, minutes), (later, _minutes) = times
    return max(later - begun - timedelta(minutes=min(max(minutes, 0), 24 * 60)), timedelta())


def _answer(pair: Pair, said: str) -> Edit:
    record = pair.second
    answers: Answers = {ONE: said, JOINED_TO: link(pair.first.id)}
    return Edit(record.form, record.id, record.client, record.audience, answers)


def _speaking(first: Record, others: Sequence[Record]) -> Record:
    """Return a visit with everybody who went named in it, and seen if any of them saw."""
    if not others:
        return first
    whole_: Answers = {}
    people = [who for one in (first, *others) for who in _people(one.answers.get("people")) if who]
    whole_["people"] = [*dict.fromkeys(people)]
    if any(one.answers.get("outcome") == "seen" for one in others):
        whole_ |= {"outcome": "seen", "state": "done"}
    held = sorted(first.live, key=lambda live: live.stamp)
    said = [_without(one, whole_) for one in held]
    last = said[-1]
    said[-1] = structs.replace(last, answers=last.answers | whole_)
    return structs.replace(first, live=said)


def _without(live: Live, answers: Answers) -> Live:
    kept = {name: value for name, value in live.answers.items() if name not in answers}
    return structs.replace(live, answers=kept)


def _people(value: Json) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
