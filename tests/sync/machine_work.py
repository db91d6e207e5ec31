# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What people do at their laptops in the tests of everybody at once, and what they remember of it.

Every word is typed once only, so that it can be looked for. Of each it is remembered who typed it,
which words its author had replaced by then, seen or not seen on the screen any more, and whether it
may be lost: what was typed since a backup that was put back, on a disk that was taken away, on a
laptop that was taken out of the team.
"""

from dataclasses import dataclass
from itertools import count
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from storage.errors import VaultOlder
from storage.older import go_on
from sync.share import ShareUnreachable
from tests.hostile_share import HostileShare
from tests.sync.crew import HOLDS, Crew, copied
from tests.sync.laptops import MINUTE_MS, Laptop

FIELDS = ("surname", "forename")
WHO = st.integers(0, 5)
MARK = b"quux"
"""Stands in every word, and nowhere else."""


@dataclass
class Typed:
    """A word somebody typed into a record.

    Attributes:
        who: their place in the team.
        turn: how many words had been typed before.
        field: of the client all work on; empty for a record of its own.
        replaced: the words its author had seen and that it replaces.
        record: where it stands.
        audience: who may hold it; empty for all.
        may_be_lost: no promise holds it any more.
    """

    who: int
    turn: int
    record: bytes
    field: str = ""
    replaced: frozenset[str] = frozenset()
    audience: str = ""
    may_be_lost: bool = False


class Working(RuleBasedStateMachine):
    """Three to six laptops of one team at work; `made` and `place` are set by the test."""

    made: tuple[Crew, Path]
    place: Path
    runs = count(1)

    def __init__(self) -> None:
        super().__init__()
        self.typed: dict[str, Typed] = {}
        self.out: dict[int, int] = {}  # who was taken out of the team, and by which list of people
        self.far: set[int] = set()
        self.farther = HostileShare()

    @initialize(size=st.integers(3, 6))
    def begin(self, size: int) -> None:
        self.crew = copied(*self.made, self.place / str(next(Working.runs)), size)
        self.share = self.crew.share
        self.client = self.crew.grant.save("client", {})
        for name in FIELDS:
            self.type(0, name)
        for _time in range(2):
            for who in range(size):
                self.exchange(who)

    # --- what they type

    @rule(who=WHO, name=st.sampled_from(FIELDS))
    def type(self, who: int, name: str) -> None:
        """Give another answer, in place of all that stand there."""
        who, laptop = self.at(who)
        before = {
            str(one.answers[name]) for one in laptop.record(self.client).live if name in one.answers
        }
        older = [self.typed[word].replaced for word in before]
        word = self.word(who, self.client, name, frozenset(before).union(*older))
        laptop.save("client", {name: word}, record=self.client)

    @rule(who=WHO)
    def note(self, who: int) -> None:
        """Write a note, in confidence where they hold anything in confidence."""
        who, laptop = self.at(who)
        audience = next((one for one, holds in HOLDS.items() if who in holds), "")
        self.write(who, laptop, "note", "note", audience)

    @rule(who=WHO)
    def visit(self, who: int) -> None:
        who, laptop = self.at(who)
        self.write(who, laptop, "visit", "place", "")

    @rule(who=WHO, known=st.booleans())
    def write_newer(self, who: int, *, known: bool) -> None:
        """Write what only a newer Tandem knows: a form, or a field of a form."""
        who, laptop = self.at(who)
        form, audience = ("visit", "") if known else ("hologram", "partners")
        self.write(who, laptop, form, "beam", audience)

    @rule(who=WHO, types=st.booleans())
    def exchange(self, who: int, *, types: bool = False) -> None:
        """Exchange; whoever finds their casebook older goes on, and perhaps types at once."""
        self.exchanged(who, types=types)

    def exchanged(self, who: int, *, types: bool = False) -> bool:
        """Do so; say whether the share was there."""
        self.crew.clock.later(30 * MINUTE_MS)
        who, laptop = self.at(who)
        try:
            laptop.exchange_only(self.reached(who))
        except ShareUnreachable:
            return False
        except VaultOlder:
            go_on(laptop.store, now_ms=laptop.now_ms)
            if types:
                self.type(who, FIELDS[1])
            laptop.exchange_only(self.reached(who))
        return True

    # --- what is remembered

    def write(self, who: int, laptop: Laptop, form: str, name: str, audience: str) -> None:
        word = self.word(who, b"", audience=audience if audience in HOLDS else "")
        self.typed[word].record = laptop.save(form, {name: word}, audience=audience)

    def word(
        self,
        who: int,
        record: bytes,
        name: str = "",
        replaced: frozenset[str] = frozenset(),
        audience: str = "",
    ) -> str:
        turn = len(self.typed)
        word = f"word{turn:03d}quux"
        out = who in self.out
        self.typed[word] = Typed(who, turn, record, name, replaced, audience, out)
        return word

    def at(self, who: int) -> tuple[int, Laptop]:
        """Return somebody's place, and their laptop."""
        who %= len(self.crew.laptops)
        return who, self.crew.laptops[who]

    def reached(self, who: int) -> HostileShare:
        """Return the share somebody reaches."""
        return self.farther if who in self.far else self.share

    def may_be_lost(self, who: int, since: int) -> None:
        """Promise nothing any more of what somebody typed since so many words."""
        for one in self.typed.values():
            if one.who == who and one.turn >= since:
                one.may_be_lost = True

    def in_the_team(self) -> list[int]:
        """Return the places of those who were not taken out."""
        return [who for who in range(len(self.crew.laptops)) if who not in self.out]
