# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The posture: how much pressure somebody is under today, by whose word, until when.

It is turned by two agencies together and by nobody else: no evidence, no score, no clock and no
decision of one person turns it. From less pressure to more: hold and support only, standard,
heightened. Rules, each with a test:

* What two agencies agreed last counts, until its day (see `posture_turns`). Where nothing was
  agreed it is standard.
* What was agreed and no longer holds belongs to the forum. Until two agencies turn it anew, it
  stands at the least of what it said, what stood before it, and standard: after `heightened` at
  standard or less, after `support_only` or `hold` where it is. Never upwards by itself.
* No record, in whatever order it arrives, and no day that passes makes more pressure of less
  without two signed acts that agree and a reason that has not lapsed.
* An act that was withdrawn never left the laptop it was written on, and never was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.casework.people import Team
from desktop_app.casework.posture_turns import (
    ASKS,
    PRESSURE,
    SAYS_NO,
    STANDARD,
    Act,
    Turn,
    acts,
    agency_of,
    plain,
    turns,
)
from desktop_app.casework.readings import held as once
from desktop_app.casework.records import Record
from desktop_app.casework.words import _


@dataclass(frozen=True, slots=True)
class Asked:
    """What one agency asks for, and what others have said to it.

    Attributes:
        act: what was signed.
        noes: who said no, with their words, the earliest first.
    """

    act: Act
    noes: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Posture:
    """The posture of a client on a day.

    Attributes:
        level: how much pressure.
        turn: what two agencies agreed last; None when they never did.
        asked: what was asked for and not agreed yet, the earliest first.
    """

    level: str
    turn: Turn | None = None
    asked: tuple[Asked, ...] = ()

    @property
    def for_forum(self) -> bool:
        """Say whether the forum has to look: what was agreed no longer holds by itself."""
        return self.turn is not None and not self.turn.holds

    @property
    def until(self) -> date | None:
        """Return its last day; None when it has none."""
        return self.turn.until if self.turn is not None and self.turn.holds else None


def never_grounds() -> str:
    """Return what every screen of the posture says."""
    return _("A posture is never grounds for a search. Every search has grounds of its own.")


def pressure(level: str) -> int:
    """Return how much pressure a level is, of which standard is 1."""
    return PRESSURE.get(level, PRESSURE[STANDARD])


def posture_now(records: Iterable[Record], team: Team, day: date) -> Posture:
    """Return the posture of a client on a day.

    Args:
        records: the client's records: those of the form `posture`, and whatever may be evidence.
        team: who works where.
        day: the day; nothing signed for a later one counts.
    """
    held = once(records)
    every = turns(held, team, day)
    last = every[-1] if every else None
    return Posture(level_of(every), last, _asked(acts(held, day), every, team, day))


def level_of(every: Iterable[Turn]) -> str:
    """Return how much pressure some turns add up to, as they follow each other."""
    level = STANDARD
    for one in every:
        level = one.level if one.holds else min((one.level, level, STANDARD), key=pressure)
    return level


def lapsing(records: Iterable[Record], team: Team, day: date, *, within: int) -> Posture | None:
    """Return the posture the forum has to look at: lapsed, or within days; None when it has not.

    Args:
        records: the client's records.
        team: who works where.
        day: the day.
        within: days ahead that count.
    """
    now = posture_now(records, team, day)
    near = now.until is not None and now.until - day <= timedelta(days=within)
    return now if now.for_forum or near else None


def _asked(said: list[Act], every: list[Turn], team: Team, day: date) -> tuple[Asked, ...]:
    """Return what is still asked for on a day."""
    agreed = {one.ask.id for one in every}
    gone = {(one.supersedes, plain(one.agency)) for one in said if one.says == ASKS}
    found = []
    for ask in said:
        if ask.says != ASKS or not agency_of(ask.author, team):
            continue
        noes = tuple(one for one in said if one.says == SAYS_NO and one.declines == ask.id)
        own = any(plain(one.agency) == plain(ask.agency) for one in noes)
        over = ask.until is not None and ask.until < day
        if not (own or over or ask.id in agreed or (ask.id, plain(ask.agency)) in gone):
            found.append(Asked(ask, noes))
    return tuple(found)
