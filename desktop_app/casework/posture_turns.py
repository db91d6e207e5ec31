# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Turns of the posture: what two agencies signed together, read from what each signed by itself.

One agency asks; another one signs for the same level and the same reason, and names what it agrees
with. Nothing else is a turn. Rules, each with a test:

* Two people of two agencies, as each act says and as the team's list says it of its author. One
  agency twice, somebody whose agency is not known, or an act that names itself, turns nothing.
* Level and reason are the same in both; of two days on which it lapses the earlier counts, and none
  is later than half a year from the day it was agreed.
* It holds to the end of its last day, while neither of the two agencies has taken its word back.
  `heightened` needs evidence as well that may count for more pressure (see `posture_evidence`).
* Who works where may change in the team's list. What two agencies agreed then never counts for
  more pressure, and what they agreed for less stays.
* Turns follow each other as they were agreed; what takes the place of something comes after it,
  whatever the clocks said. The order in which records arrive makes no difference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from desktop_app.casework.people import Team
from desktop_app.casework.posture_evidence import counts_for_pressure
from desktop_app.casework.readings import held as once
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record, RecordId, linked

SUPPORT_ONLY, STANDARD, HEIGHTENED, HOLD = "support_only", "standard", "heightened", "hold"
PRESSURE: Mapping[str, int] = {HOLD: 0, SUPPORT_ONLY: 0, STANDARD: 1, HEIGHTENED: 2}
"""How much pressure each level is. To hold and to support only are both less than standard."""
ASKS, AGREES, SAYS_NO = "asks", "agrees", "says_no"
LONGEST = 182
"""Days after which whatever was agreed lapses, whatever day it says."""


class Fall(StrEnum):
    """Why what was agreed no longer counts by itself, and belongs to the forum."""

    LAPSED = "lapsed"
    TAKEN_BACK = "taken_back"
    AGENCIES = "agencies"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Act:
    """What one agency signed."""

    form: ClassVar[str] = "posture"
    record: Record
    says: str
    acted_on: date | None
    level: str
    agency: str
    reason: str
    evidence: tuple[str, ...]
    evidence_of: tuple[str, ...]
    until: date | None
    ring: str
    words: str
    agrees_with: bytes | None
    declines: bytes | None
    supersedes: bytes | None

    @property
    def id(self) -> RecordId:
        """Return the record it was read from."""
        return self.record.id

    @property
    def author(self) -> str:
        """Return the person id of who signed it."""
        return self.record.author

    @property
    def moment(self) -> tuple[int, bytes]:
        """Return where it stands among all acts."""
        return (self.record.recorded_at, self.record.id)


@dataclass(frozen=True, slots=True)
class Turn:
    """What two agencies signed together.

    Attributes:
        ask: the first act.
        agree: the second, which names the first.
        from_on: the day from which it counts.
        until: the last day on which it holds.
        because: why it does not hold on the day it was looked at; None while it does.
    """

    ask: Act
    agree: Act
    from_on: date
    until: date
    because: Fall | None = None

    @property
    def level(self) -> str:
        """Return what was agreed."""
        return self.ask.level

    @property
    def reason(self) -> str:
        """Return why, in the words both signed."""
        return self.ask.reason

    @property
    def holds(self) -> bool:
        """Say whether it holds on the day it was looked at."""
        return self.because is None

    @property
    def evidence(self) -> tuple[str, ...]:
        """Return what it rests on, in words."""
        return tuple(dict.fromkeys((*self.ask.evidence, *self.agree.evidence)))

    @property
    def ring(self) -> str:
        """Return whom to ring before acting, as the two wrote it."""
        return self.agree.ring or self.ask.ring


def acts(records: Iterable[Record], day: date) -> list[Act]:
    """Return every whole act of a client up to a day, as they were signed."""
    found = [one for one in read_all(Act, records) if _whole(one) and _on(one) <= day]
    return sorted(found, key=lambda one: one.moment)


def turns(records: Iterable[Record], team: Team, day: date) -> list[Turn]:
    """Return every turn up to a day, as they follow each other; each says whether it holds.

    Args:
        records: the client's records; of other forms those that may be evidence.
        team: who works where.
        day: the day it is looked at.
    """
    held = once(records)
    said = acts(held, day)
    by_id = {one.id: one for one in said}
    proof = {one.id for one in held if counts_for_pressure(one)}
    found: list[Turn] = []
    for agree in said:
        ask = by_id.get(agree.agrees_with or b"")
        if ask is not None and _agreed(ask, agree, team):
            found.append(_turn(ask, agree))
    made = [_looked_at(one, said, proof, team, day) for one in found]
    after = {act.id: one for one in made for act in (one.ask, one.agree)}
    return sorted(made, key=lambda one: (_moment(one, after), one.agree.id))


def plain(agency: str) -> str:
    """Return an agency as it is compared with another: written a little otherwise is the same."""
    return " ".join(agency.casefold().split())


def agency_of(person: str, team: Team) -> str:
    """Return where somebody works as the team's list says; empty when it does not."""
    known = team.persons.get(person)
    return plain(known.agency) if known else ""


def _whole(act: Act) -> bool:
    asked = act.acted_on is not None and act.until is not None
    return asked and act.level in PRESSURE and bool(act.reason.strip())


def _on(act: Act) -> date:
    return act.acted_on or date.max


def _agreed(ask: Act, agree: Act, team: Team) -> bool:
    """Say whether two acts were a turn when they were signed, as far as they say so themselves."""
    if (ask.says, agree.says) != (ASKS, AGREES):
        return False
    same = (ask.level, ask.reason.strip()) == (agree.level, agree.reason.strip())
    known = bool(agency_of(ask.author, team) and agency_of(agree.author, team))
    said = {plain(ask.agency), plain(agree.agency)}
    return same and known and ask.author != agree.author and len(said - {""}) == 2


def _turn(ask: Act, agree: Act) -> Turn:
    from_on = max(_on(ask), _on(agree))
    last = min(one.until for one in (ask, agree) if one.until)
    return Turn(ask, agree, from_on, min(last, from_on + timedelta(days=LONGEST)))


def _looked_at(turn: Turn, said: list[Act], proof: set[RecordId], team: Team, day: date) -> Turn:
    return Turn(turn.ask, turn.agree, turn.from_on, turn.until, _why(turn, said, proof, team, day))


def _why(turn: Turn, said: list[Act], proof: set[RecordId], team: Team, day: date) -> Fall | None:
    """Return why a turn does not hold on a day; None when it does."""
    both = (turn.ask, turn.agree)
    if any(_takes_back(one, turn, team) and _on(one) <= turn.until for one in said):
        return Fall.TAKEN_BACK  # also once its day is over: that is how it ended
    if day > turn.until:
        return Fall.LAPSED
    if any(agency_of(one.author, team) != plain(one.agency) for one in both):
        return Fall.AGENCIES
    named = {linked(one) for act in both for one in act.evidence_of}
    if turn.level == HEIGHTENED and named.isdisjoint(proof):
        return Fall.EVIDENCE
    return None


def _takes_back(act: Act, turn: Turn, team: Team) -> bool:
    """Say whether an act is the word of one of the two agencies that it no longer agrees."""
    both = (turn.ask, turn.agree)
    if act.says != SAYS_NO or agency_of(act.author, team) not in {
        plain(one.agency) for one in both
    }:
        return False
    later = act.declines == turn.ask.id and act.moment > turn.agree.moment
    return later or act.declines == turn.agree.id


def _moment(turn: Turn, of: Mapping[RecordId, Turn]) -> int:
    """Return when a turn was agreed: never before what it takes the place of."""
    at, seen = turn.agree.record.recorded_at, {turn.agree.id}
    waiting = [turn]
    while waiting:
        one = waiting.pop()
        for act in (one.ask, one.agree):
            before = of.get(act.supersedes or b"")
            if before is not None and before.agree.id not in seen:
                seen.add(before.agree.id)
                waiting.append(before)
                at = max(at, before.agree.record.recorded_at + len(seen))
    return at
