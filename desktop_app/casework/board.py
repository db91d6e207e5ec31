# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A board: rows about many clients, worked out from records by one rule, the same everywhere.

A board has two rules. The exact one says which rows a client has now. Before it, a coarse one says
from which day a client may have any; it is kept for every client, so that a board of thousands
reads only the few case files that matter. Rules, each with a test:

* Whoever has a row by the exact rule stands on the board by the coarse one, whoever looks.
* Who has died has no row.
* A board is shown to whoever has one of its roles; without any, to everybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.casework.due import CaseFile, Due, Look
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


Coarse = Callable[[CaseFile, Known], Mapping[str, date]]
"""From which day a client may have a row, by whose it is: a person id, or ANYBODY."""


def _everything(_due: Due) -> str:
    return ""


def _nothing(_look: Look) -> list[Due]:
    return []


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
        return [] if has_died(file.records, look.day) else self.rows(file, look)
