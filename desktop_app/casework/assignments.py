# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who stands by a client: key worker, police lead and nurse on any day.

Rules, each with a test:

* It ends only by a reasoned handover: a day, a reason and the name of who takes over. A handover
  with one of them missing has not happened, and the worker stays.
* Nobody needs to take over only when support itself has ended or the client has died.
* A setting, a spell in custody, the end of treatment or of targeting never ends it: these rules
  do not even read them.
* What a worker took on for a client passes to the key worker when they hand over or leave.
* Whoever is handed a client has them from that day, also before they have written a word.
* Where two took over the same without having heard of each other, one has them: whoever was offered
  them first, until somebody who sees both says who (see `taken_twice`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.people import Team
from desktop_app.casework.readings import held, read_all
from desktop_app.casework.records import Record
from desktop_app.casework.words import _

KEY_WORKER, POLICE_LEAD, NURSE = "key_worker", "police_lead", "nurse"
NOBODY_TAKES_OVER = frozenset({"support_ended", "died"})


@dataclass(frozen=True, slots=True)
class Assignment:
    """What these rules need of a worker's assignment."""

    form: ClassVar[str] = "assignment"
    record: Record
    duty: str
    worker: str
    from_on: date | None
    until_on: date | None
    handed_to: str
    handover_reason: str
    offer: bytes | None
    took_over: bytes | None

    @property
    def ended_on(self) -> date | None:
        """Return the day of a handover that is whole; None while the worker stays."""
        if self.until_on is None or not self.handover_reason:
            return None
        if not self.handed_to and self.handover_reason not in NOBODY_TAKES_OVER:
            return None
        return self.until_on

    @property
    def half_handed_over(self) -> bool:
        """Say whether a handover was begun and is not whole."""
        begun = self.until_on or self.handed_to or self.handover_reason
        return bool(begun) and self.ended_on is None


def workers_on(records: Iterable[Record], duty: str, day: date) -> list[str]:
    """Return the person ids of who has a duty on a day, the latest to begin first."""
    found: dict[str, tuple[date, bytes]] = {}
    same = [one for one in read_all(Assignment, records) if one.duty == duty]
    for one in same:
        for person, since, until in _turns(one, same):
            if person and since and since <= day and not (until and until <= day):
                found[person] = max(found.get(person, (date.min, b"")), (since, one.record.id))
    return sorted(found, key=lambda person: found[person], reverse=True)


def worker_on(records: Iterable[Record], duty: str, day: date) -> str:
    """Return the person id of who has a duty on a day; empty when nobody has."""
    found = workers_on(records, duty, day)
    return found[0] if found else ""


def duties_on(records: Iterable[Record], person: str, day: date) -> list[str]:
    """Return what somebody does for a client on a day; empty when nothing."""
    known = held(records)
    duties = (KEY_WORKER, POLICE_LEAD, NURSE)
    return [duty for duty in duties if person in workers_on(known, duty, day)]


def who_has_it_now(
    records: Iterable[Record], people: Sequence[str], team: Team, day: date
) -> tuple[str, ...]:
    """Return who sees to something that people took on; the key workers when they no longer do.

    Args:
        records: the client's records.
        people: who took it on; may be nobody.
        team: who is still in the team.
        day: the day it is asked for.
    """
    known = held(records)
    staying = tuple(one for one in people if not _has_gone(one, known, team, day))
    return staying or tuple(workers_on(known, KEY_WORKER, day)) or tuple(people)


def _has_gone(person: str, records: Sequence[Record], team: Team, day: date) -> bool:
    known = team.persons.get(person)
    if known is None or not known.active:
        return True
    handed_over = any(
        one.worker == person and one.ended_on and one.ended_on <= day
        for one in read_all(Assignment, records)
    )
    return handed_over and not duties_on(records, person, day)


def turns(records: Iterable[Record], duty: str = "") -> list[tuple[str, date | None, date | None]]:
    """Return who has a duty, or any, from when until when: person id, first day, the day after."""
    everything = [one for one in read_all(Assignment, records) if duty in ("", one.duty)]
    return [
        turn
        for one in everything
        for turn in _turns(one, [other for other in everything if other.duty == one.duty])
    ]


def unfinished_handovers(records: Iterable[Record], team: Team) -> list[str]:
    """Return a sentence for each handover that was begun and does not count yet."""
    return [
        _("A handover needs a day, a reason and a name. %(worker)s stays until it has all three.")
        % {"worker": team.name_of(one.worker)}
        for one in read_all(Assignment, records)
        if one.half_handed_over
    ]


def same_worker_since(records: Iterable[Record], duty: str, since: date, on: date) -> bool:
    """Say whether whoever has a duty on `on` had it on `since` and every handover between."""
    known = held(records)
    now = worker_on(known, duty, on)
    changes = [
        one.ended_on
        for one in read_all(Assignment, known)
        if one.duty == duty and one.ended_on and since < one.ended_on <= on
    ]
    days = [since, *changes]
    return bool(now) and all(worker_on(known, duty, day) == now for day in days)


def takers(one: Assignment, same: Iterable[Assignment]) -> list[str]:
    """Return the person ids of who took over from somebody, whoever was offered them first first.

    More than one where several did without having heard of each other and nobody has said who.

    Args:
        one: what was handed over.
        same: the client's assignments of the same duty.
    """
    taken = [other for other in same if other.took_over == one.record.id and other.offer]
    if not taken:
        return [one.handed_to] if one.handed_to else []
    first: dict[str, bytes] = {}
    for other in taken:
        offer = other.offer or b""
        first[other.worker] = min(offer, first.get(other.worker, offer))
    said = {live.answers.get("handed_to") for live in one.record.live}
    named = {who for who in said if isinstance(who, str) and who} or set(first)
    return sorted(named, key=lambda who: (who not in first, first.get(who, b""), who))


def _counts(one: Assignment, same: Iterable[Assignment]) -> bool:
    """Say whether somebody has what they took over; always so where nobody else did."""
    if one.took_over is None:
        return True
    before = next((other for other in same if other.record.id == one.took_over), None)
    return before is None or one.worker in takers(before, same)[:1]


def _turns(
    one: Assignment, same: Iterable[Assignment]
) -> list[tuple[str, date | None, date | None]]:
    """Return who has it from when until when: the worker, then whoever it was handed to.

    Whoever it was handed to keeps it until an assignment of their own says more.
    """
    held = list(same)
    turns = [(one.worker, one.from_on, one.ended_on)] if _counts(one, held) else []
    handed_on, to = one.ended_on, takers(one, held)[:1]
    if handed_on and to:
        own = [other for other in held if other.worker == to[0] and _counts(other, held)]
        begun = [other.from_on for other in own if other.from_on and other.from_on >= handed_on]
        ended = [other.ended_on for other in own if other.ended_on and other.ended_on > handed_on]
        turns.append((to[0], handed_on, min([*begun, *ended], default=None)))
    return turns
