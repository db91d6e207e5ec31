# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A board: rows about many clients, worked out from records by one rule, the same everywhere.

A board has two rules. The exact one says which rows a client has now. Before it, a coarse one says
from which day a client may have any; it is kept for every client, so that a board of thousands
reads only the few case files that matter. Rules, each with a test:

* Whoever has a row by the exact rule stands on the board by the coarse one, whoever looks.
* Who has died has no row, but where what still runs of theirs is ended.
* A board is shown to whoever has one of its roles; without any, to everybody.
* What the exact rule says holds until the day is over, or until the next time of this day that is
  recorded of the client.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop_app.casework.dates import as_moment
from desktop_app.casework.due import CaseFile, Due, Look
from desktop_app.casework.due_answers import given_to
from desktop_app.casework.limits import Limits
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.whereabouts import Setting, has_died

ANYBODY = ""
"""Whose a board is that is nobody's in particular."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a coarse rule may go by besides the client's records; when it changes, all is done anew.

    Attributes:
        team: who is who.
        limits: the clocks of the initiative.
        now: the moment it is worked out, in local time. It is never asked about an earlier one.
    """

    team: Team
    limits: Limits
    now: datetime

    @property
    def day(self) -> date:
        """Return the day it is worked out."""
        return self.now.date()


def _everything(_due: Due) -> str:
    return ""


def _nothing(_look: Look) -> list[Due]:
    return []


def _on_board(due: Due) -> tuple[object, ...]:
    return (due.order, *due.sort_key[2:])


def holds_until(file: CaseFile, now: datetime, shortly: timedelta | None = None) -> datetime:
    """Return until when a client's rows hold, if nothing more is recorded, in local time.

    Args:
        file: the client's case file.
        now: when the rows were worked out.
        shortly: for how long at most they hold where something of today is recorded with its time.
    """
    midnight = datetime.combine(now.date() + timedelta(days=1), time())
    timed = f"{now.date().isoformat()}T"
    moments = {
        as_moment(value) or now
        for one in file.records
        for live in one.live
        for value in live.answers.values()
        if isinstance(value, str) and value.startswith(timed)
    }
    ends = {one for one in moments if one > now}
    if moments and shortly is not None:
        ends.add(now + shortly)
    return min(ends | {midnight})


@dataclass(frozen=True, slots=True)
class Exact:
    """What the rows of a board, or of Today, are worked out from, one client at a time.

    Attributes:
        name: of the board.
        reads: the forms of a client it reads.
        rows: a client's rows; who looks and when is known.
        place: where a row stands among the others, smallest first.
        common: forms of records about no client it reads as well.
        others: rows that are about no client.
        own: whether each person has their own.
        shortly: for how long at most rows hold that say how far away a time of today is; None
            where they say no such thing.
    """

    name: str
    reads: frozenset[str]
    rows: Callable[[CaseFile, Look], list[Due]]
    place: Callable[[Due], tuple[object, ...]]
    common: frozenset[str] = frozenset()
    others: Callable[[Look], list[Due]] = _nothing
    own: bool = False
    shortly: timedelta | None = None


Coarse = Callable[[CaseFile, Known], Mapping[str, date]]
"""From which day a client may have a row, by whose it is: a person id, or ANYBODY."""


@dataclass(frozen=True, slots=True)
class Board:
    """One board.

    Attributes:
        name: of letters and underscores; never changed.
        title: what it is called.
        about: one sentence: who stands here, and until when.
        empty: what is said when nobody does.
        icon: Lucide name.
        forms: the forms both rules read; nothing else of a client is at hand.
        from_day: the coarse rule: the first day, from `Known.day` on, on which a client may have a
            row if nothing more is recorded; None for none. May be too early, never too late.
        rows: the exact rule: a client's rows. It does not depend on who looks, but for its words.
        common: forms of records about no client that the exact rule reads in `look.common`.
        others: rows that are about no client.
        section: the heading a row stands under; "" for none. They stand as their first rows do.
        roles: whose it is; empty for everybody's.
        died: whether those who died stand on it too: what is left to do for them is ended there.
    """

    name: str
    title: str
    about: str
    empty: str
    icon: str
    forms: frozenset[str]
    from_day: Callable[[CaseFile, Known], date | None]
    rows: Callable[[CaseFile, Look], list[Due]]
    common: frozenset[str] = frozenset()
    others: Callable[[Look], list[Due]] = _nothing
    section: Callable[[Due], str] = _everything
    roles: frozenset[Role] = frozenset()
    died: bool = False

    @property
    def reads(self) -> frozenset[str]:
        """Return the forms of a client that are read for it."""
        return self.forms | {Setting.form}

    def is_for(self, person: Person) -> bool:
        """Say whether somebody is shown this board."""
        return not self.roles or bool(self.roles & person.roles)

    def coarse(self, file: CaseFile, known: Known) -> Mapping[str, date]:
        """Return from which day a client may stand on it."""
        day = self.from_day(file, known)
        return {} if day is None else {ANYBODY: day}

    def exact(self, file: CaseFile, look: Look) -> list[Due]:
        """Return a client's rows now."""
        gone = not self.died and has_died(file.records, look.day)
        return [] if gone else [given_to(one, look.me) for one in self.rows(file, look)]

    @property
    def rule(self) -> Exact:
        """Return what its rows are worked out from."""
        return Exact(self.name, self.reads, self.exact, _on_board, self.common, self.others)
