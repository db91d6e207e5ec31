# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What follows missed appointments: told, heard, visited, and what came of it (guide section 6).

Worked out from records, never stored. Rules, each with a test:

* It begins with the miss that makes the number the partners agreed. A laptop that does not hold
  the appointments learns of it by the nurse's word, which says how many and when, and no more.
* From that word on it is worked out from what every partner may read and from nothing else, so that
  it stands the same on every laptop, in whatever order things arrive.
* Every link has an owner and a day. Whoever visits has heard. The forum's is the coordinator's,
  who chairs it, and due on the day of the next one; where none is set, after the agreed days.
* A visit counts whether or not they were seen: nobody has to invent a meeting to end it.
* While somebody is in custody, rehab or hospital no clock runs; a worker can pause it, with a
  reason. A clock goes on where it stopped.
* It ends with a word about what came of it, an appointment that was kept, a decision of the forum,
  or a death. After so many visits in vain, or so late a word, it belongs to the forum.
* Only the fact of a missed appointment is used, never what it was for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, worker_on
from desktop_app.casework.chain_runs import Away, End, Run, Step, forum_since, runs, was_seen
from desktop_app.casework.last_seen import Met
from desktop_app.casework.limits import Limits
from desktop_app.casework.people import Team
from desktop_app.casework.readings import held
from desktop_app.casework.records import Record
from desktop_app.casework.whereabouts import has_died


class Part(StrEnum):
    """The links, in their order."""

    TELL = "tell"
    WORKER = "worker"
    POLICE = "police"
    VISIT = "visit"
    OUTCOME = "outcome"
    FORUM = "forum"


class Link(NamedTuple):
    """One link: whose it is, by when, and when and by whom it was done.

    Attributes:
        part: which.
        owner: person id; empty where nobody has that duty.
        due_on: the day it should be done by; None while another comes first, or no clock runs.
        done_at: when it was done; None while it was not.
        done_by: person id of who did it.
    """

    part: Part
    owner: str
    due_on: date | None = None
    done_at: datetime | None = None
    done_by: str = ""

    def late(self, on: date) -> int:
        """Return by how many days it is, or was done, too late; 0 when it is not."""
        until = self.done_at.date() if self.done_at else on
        return max(0, (until - self.due_on).days) if self.due_on else 0


@dataclass(frozen=True, slots=True)
class Chain:
    """What followed one run of missed appointments.

    Attributes:
        opened_on: the day of the miss that made the number.
        last_on: the day of the last miss that is known.
        missed: how many were missed.
        links: what was done and what is to do, in order.
        visits: how many visits there were since key worker and police were told.
        seen: whether they were seen at one of them.
        paused_because: why no clock runs: the code of a setting, or words; empty while one does.
        for_forum: whether the forum has to talk about it.
        ended: how it ended; None while it has not.
        ended_on: the day it did.
    """

    opened_on: date
    last_on: date
    missed: int
    links: tuple[Link, ...]
    visits: int
    seen: bool
    paused_because: str = ""
    for_forum: bool = False
    ended: End | None = None
    ended_on: date | None = None

    @property
    def told(self) -> bool:
        """Say whether key worker and police were told."""
        return self.links[0].done_at is not None

    @property
    def to_do(self) -> tuple[Link, ...]:
        """Return the links somebody should see to now; none while it is paused or once it ended."""
        if self.ended or self.paused_because:
            return ()
        waits = (one for one in self.links if one.done_at is None)
        return tuple(one for one in waits if one.due_on or one.part is Part.FORUM)


def chains(records: Iterable[Record], team: Team, now: datetime, limits: Limits) -> list[Chain]:
    """Return what followed each run of missed appointments, the earliest first.

    Args:
        records: the client's records.
        team: who has which role.
        now: nothing later than this counts; local time.
        limits: the clocks of the initiative.
    """
    known = held(records)
    found = runs(known, team, now, limits)
    return [_stands(run, known, team, now.date(), limits) for run in found]


def chain_now(records: Iterable[Record], team: Team, now: datetime, limits: Limits) -> Chain | None:
    """Return the one that has not ended; None when there is none, or when the client has died."""
    known = held(records)
    if has_died(known, now.date()):
        return None
    found = chains(known, team, now, limits)
    return found[-1] if found and found[-1].ended is None else None


def days_of(chain: Chain) -> dict[Part, int]:
    """Return the days each link took from the one it waits for, for those that were done."""
    done = {one.part: one.done_at.date() for one in chain.links if one.done_at}
    found: dict[Part, int] = {}
    for part, day in done.items():
        before = {Part.TELL: chain.opened_on, Part.OUTCOME: done.get(Part.VISIT)}
        since = before.get(part, done.get(Part.TELL))
        if since is not None:
            found[part] = max(0, (day - since).days)
    return found


def _stands(run: Run, records: Sequence[Record], team: Team, today: date, limits: Limits) -> Chain:
    day = run.ended_on or today
    away = Away(records, run.pauses)
    told_on = run.informed.day if run.informed else None
    since = forum_since(run, records, limits, day) if run.ended in (None, End.DECIDED) else None
    links = [*_links(run, records, day, away, limits)]
    if since is not None:
        done = datetime.combine(day, time()) if run.ended else None
        chair = next(iter(team.coordinators), "")
        links.append(Link(Part.FORUM, chair, _forum_on(since, away, limits), done))
    return Chain(
        run.opened_on,
        run.last_on,
        run.missed,
        tuple(links),
        len(run.visits) if told_on else 0,
        run.seen,
        "" if run.ended else away.because(today),
        since is not None and run.ended is None,
        run.ended,
        run.ended_on,
    )


def _forum_on(since: date, away: Away, limits: Limits) -> date | None:
    """Return the day of the forum that comes after a chain was sent there."""
    fixed = limits.forum.next_on
    if fixed is not None and fixed >= since:
        return fixed
    return away.after(since, limits.forum.every)


def _links(
    run: Run, records: Sequence[Record], day: date, away: Away, limits: Limits
) -> Iterator[Link]:
    given = limits.chain
    told_on = run.informed.day if run.informed else None
    went = run.visits if told_on else []
    visit = next((one for one in went if was_seen(one)), went[0] if went else None)
    duties = (KEY_WORKER, POLICE_LEAD, NURSE)
    worker, police, nurse = (worker_on(records, duty, day) for duty in duties)
    tell_by = away.after(run.opened_on, given.inform)
    yield _link(Part.TELL, nurse or worker, tell_by, run.informed)
    heard_by = away.after(told_on, given.acknowledge) if told_on else None
    for part, duty, who in ((Part.WORKER, KEY_WORKER, worker), (Part.POLICE, POLICE_LEAD, police)):
        if part is Part.WORKER or who or duty in run.heard:
            there = next((one for one in went if who and who in one.people), None)
            yield _link(part, who, heard_by, run.heard.get(duty) or there)
    visit_by = away.after(told_on, given.visit) if told_on else None
    yield _link(Part.VISIT, worker, visit_by, visit)
    visited = run.visited_on
    outcome_by = away.after(visited, given.outcome) if visited else None
    yield _link(Part.OUTCOME, worker, outcome_by, run.outcome)


def _link(part: Part, owner: str, due_on: date | None, by: Step | Met | None) -> Link:
    if by is None:
        return Link(part, owner, due_on)
    if isinstance(by, Step):
        return Link(part, owner, due_on, by.happened_at, by.record.author)
    return Link(part, owner, due_on, by.at, next(iter(by.people), by.record.author))
