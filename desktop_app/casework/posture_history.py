# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The history of postures for scrutiny: every turn, refusal and boundary decision of a time.

For the strategic group and whoever looks at the initiative from outside (R64, R65, R89). Rules,
each with a test:

* Nobody is left out: what was asked for and never agreed stands here as carefully as what was.
* It says who decided for each agency, until when, and how it ended. How it ended is as of the day
  it is looked at.
* Pressure that is agreed anew after it had lapsed rose again: it is counted as often as it rose.
* A client stands by their reference. Their own names, where somebody typed them into a reason, are
  replaced by it.
* Only what every partner may read is used.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.due import CaseFile
from desktop_app.casework.people import Team
from desktop_app.casework.posture import level_of, pressure
from desktop_app.casework.posture_proposals import Aside
from desktop_app.casework.posture_turns import (
    ASKS,
    SAYS_NO,
    Act,
    Fall,
    Turn,
    acts,
    turns,
)
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Answers, Record, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.targeting import Place

_SHORT = 3
"""Names of fewer letters are not looked for in reasons: they would be found in other words."""
_NAMES = ("forename", "middle_names", "surname", "known_as")


@dataclass(frozen=True, slots=True)
class Views:
    """What scrutiny needs of a boundary decision."""

    form: ClassVar[str] = "boundary"
    record: Record
    decided_on: date | None
    old_case: str
    police_view: str
    support_view: str
    other_view: str
    decision: str
    why: str
    final_say: str
    review_on: date | None
    supersedes: bytes | None


FORMS = frozenset({Act.form, Views.form, Aside.form, Place.form})
"""What it is read from, besides what may count for more pressure."""


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn: from what to what, why, by whom, until when, and how it ended.

    Attributes:
        client: who it is about.
        ref: their reference.
        turn: what two agencies signed.
        before: what counted until then: what was agreed before it, or what that had fallen to.
        reason: why, without their names.
        deciders: name and agency of both.
        replaced: whether two agencies turned it anew before its day.
    """

    client: RecordId
    ref: str
    turn: Turn
    before: str
    reason: str
    deciders: tuple[str, str]
    replaced: bool = False

    @property
    def raised(self) -> bool:
        """Say whether it was more pressure than what counted until then."""
        return pressure(self.turn.level) > pressure(self.before)


@dataclass(frozen=True, slots=True)
class Open:
    """What was asked for and not agreed; who said no, in their words."""

    client: RecordId
    ref: str
    act: Act
    reason: str
    asked_by: str
    noes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A boundary decision: what each said, what was decided, who had the final say."""

    client: RecordId
    ref: str
    views: Views
    said: tuple[str, str, str]
    why: str
    final_say: str
    superseded: bool


@dataclass(frozen=True, slots=True)
class PutAside:
    """A proposal that was put aside, by whom and why."""

    client: RecordId
    ref: str
    aside: Aside
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class History:
    """Everything of a time, the earliest first."""

    since: date
    until: date
    turned: tuple[Turned, ...] = ()
    open: tuple[Open, ...] = ()
    decided: tuple[Decided, ...] = ()
    aside: tuple[PutAside, ...] = ()

    @property
    def raised(self) -> int:
        """Return how often the pressure rose."""
        return sum(one.raised for one in self.turned)

    @property
    def lapsed(self) -> int:
        """Return how many of the turns lapsed."""
        return sum(one.turn.because is Fall.LAPSED for one in self.turned)

    @property
    def clients(self) -> tuple[RecordId, ...]:
        """Return everybody it is about."""
        some = [one.client for one in self.turned]
        some += [one.client for one in self.open]
        some += [one.client for one in self.decided]
        some += [one.client for one in self.aside]
        return tuple(dict.fromkeys(some))


def history(
    files: Iterable[CaseFile], team: Team, since: date, until: date, *, day: date
) -> History:
    """Return what happened to postures in a time.

    Args:
        files: case files, with the forms `FORMS` and what may be evidence.
        team: who works where.
        since: the first day.
        until: the last day.
        day: the day it is looked at.
    """
    turned: list[Turned] = []
    asked: list[Open] = []
    decided: list[Decided] = []
    aside: list[PutAside] = []
    for file in files:
        one = _OneFile(file, team, day)
        turned += [each for each in one.turned() if since <= each.turn.from_on <= until]
        asked += [each for each in one.open() if since <= _on(each.act.acted_on) <= until]
        decided += [each for each in one.decided() if since <= _on(each.views.decided_on) <= until]
        aside += [each for each in one.aside() if since <= _on(each.aside.put_on) <= until]
    return History(
        since,
        until,
        tuple(sorted(turned, key=lambda each: (each.turn.from_on, each.turn.agree.id))),
        tuple(sorted(asked, key=lambda each: (_on(each.act.acted_on), each.act.id))),
        tuple(sorted(decided, key=lambda each: (_on(each.views.decided_on), each.views.record.id))),
        tuple(sorted(aside, key=lambda each: (_on(each.aside.put_on), each.aside.record.id))),
    )


class _OneFile:
    """Reads one client's."""

    def __init__(self, file: CaseFile, team: Team, day: date) -> None:
        self.client, self.ref = file.client.id, reference(file.client.id)
        self.names, self.team, self.day = file.client.answers, team, day
        self.held = [one for one in file.records if one.audience == PARTNERS]
        self.turns = turns(self.held, team, day)

    def plain(self, words: str) -> str:
        return without_names(words, self.names, self.ref)

    def who(self, act: Act) -> str:
        return f"{self.team.name_of(act.author)} ({act.agency})"

    def turned(self) -> list[Turned]:
        found = []
        for at, one in enumerate(self.turns):
            later = self.turns[at + 1] if at + 1 < len(self.turns) else None
            replaced = later is not None and later.from_on <= one.until
            both = (self.who(one.ask), self.who(one.agree))
            reason = self.plain(one.reason)
            before = self._stood_before(one)
            found.append(Turned(self.client, self.ref, one, before, reason, both, replaced))
        return found

    def _stood_before(self, turn: Turn) -> str:
        """Return what counted on the day two agencies turned it, had they not."""
        then = turns(self.held, self.team, turn.from_on)
        ids = [one.agree.id for one in then]
        return level_of(then[: ids.index(turn.agree.id)] if turn.agree.id in ids else then)

    def open(self) -> list[Open]:
        said = acts(self.held, self.day)
        agreed = {one.ask.id for one in self.turns}
        return [
            Open(
                self.client,
                self.ref,
                ask,
                self.plain(ask.reason),
                self.who(ask),
                tuple(
                    f"{self.who(no)}: {self.plain(no.words or no.reason)}"
                    for no in said
                    if no.says == SAYS_NO and no.declines == ask.id
                ),
            )
            for ask in said
            if ask.says == ASKS and ask.id not in agreed
        ]

    def decided(self) -> list[Decided]:
        every = [one for one in read_all(Views, self.held) if one.decided_on]
        gone = {one.supersedes for one in every if one.supersedes != one.record.id}
        return [
            Decided(
                self.client,
                self.ref,
                one,
                (self.plain(one.police_view), self.plain(one.support_view),
                 self.plain(one.other_view)),
                self.plain(one.why),
                self.team.name_of(one.final_say),
                one.record.id in gone,
            )
            for one in every
        ]  # fmt: skip

    def aside(self) -> list[PutAside]:
        return [
            PutAside(
                self.client,
                self.ref,
                one,
                self.plain(one.reason),
                f"{self.team.name_of(one.record.author)} ({one.agency})",
            )
            for one in read_all(Aside, self.held)
            if one.put_on
        ]


def without_names(words: str, client: Answers, ref: str) -> str:
    """Return words with a client's own names replaced by their reference.

    Args:
        words: what somebody typed.
        client: the answers of the client's record.
        ref: their reference.
    """
    aliases = client.get("aliases")
    whole = [str(client.get(name) or "") for name in _NAMES]
    whole += [str(one) for one in aliases] if isinstance(aliases, list) else []
    parts = {part for one in whole for part in (one, *one.split()) if len(part) >= _SHORT}
    for part in sorted(parts, key=len, reverse=True):
        words = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", ref, words, flags=re.IGNORECASE)
    return words


def persons(files: Sequence[CaseFile]) -> list[CaseFile]:
    """Return each person once, however many files they have."""
    return list({one.client.id: one for one in files}.values())


def _on(day: date | None) -> date:
    return day or date.min
