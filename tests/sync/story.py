# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One client's story, told by four people at four laptops who seldom hear of each other.

Each act is done by one of them, on a day, knowing only what has reached their laptop. Where an act
answers another's it says so: then, and only then, it waits until it was heard of.

story = Story(four)
for one in ACTS:
    story.do(one)
story.everybody_hears()
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from desktop_app.casework.due import CaseFile
from desktop_app.casework.records import Answers, Edit, Json, Record, link
from storage import reads
from tests.hostile_share import HostileShare
from tests.sync.laptops import MINUTE_MS, Four, Laptop

BEGUN = date(2026, 6, 1)
"""The day of the first act."""


@dataclass(frozen=True)
class Act:
    """One thing somebody does.

    Attributes:
        who: whose laptop: "grant", "ann", "shah" or "bell".
        day: days since the story began.
        does: what they save.
        hears: the acts of others it answers.
    """

    who: str
    day: int
    does: Callable[["Story"], None]
    hears: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what it is called."""
        return self.does.__name__


@dataclass
class Story:
    """The story as far as it has come.

    Attributes:
        four: the laptops.
        client: whom it is about.
        made: the records each act made, by its name.
        by: who did each.
        who: who does the act under way.
        day: its day.
    """

    four: Four
    client: bytes = b""
    made: dict[str, list[bytes]] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)
    who: str = ""
    day: date = BEGUN
    name: str = ""

    @property
    def laptop(self) -> Laptop:
        """Return the laptop of whoever acts."""
        return self.of(self.who)

    @property
    def today(self) -> str:
        """Return the day of the act as an answer."""
        return self.day.isoformat()

    @property
    def share(self) -> HostileShare:
        """Return the folder between them."""
        share = self.four.share
        assert isinstance(share, HostileShare)
        return share

    def of(self, who: str) -> Laptop:
        """Return somebody's laptop."""
        found = getattr(self.four, who)
        assert isinstance(found, Laptop)
        return found

    def do(self, one: Act) -> None:
        """Let somebody act, once they have heard of what they answer."""
        self.who, self.name = one.who, one.name
        self.day = BEGUN + timedelta(days=one.day)
        evening = datetime.combine(self.day, datetime.min.time(), UTC) + timedelta(hours=18)
        clock = self.four.clock
        clock.now_ms = max(clock.now_ms, int(evening.timestamp() * 1000)) + MINUTE_MS
        self._hear_of(one)
        self.by[one.name] = one.who
        one.does(self)

    def _hear_of(self, one: Act) -> None:
        """Let whoever acts hear of what they answer; of all the rest as it comes."""
        others = {self.by[name] for name in one.hears} - {one.who}
        for who in sorted(others):
            self.exchange(who)
        if others:
            self.exchange(one.who)
        for name in one.hears:
            for record in self.made[name]:
                assert self.laptop.store.record(record), f"{one.name} has not heard of {name}"

    def exchange(self, who: str, *, hidden: set[str] | None = None) -> None:
        """Let somebody exchange; some bundles may not have got through yet."""
        self.four.clock.later()
        self.share.hidden = hidden or set()
        self.of(who).exchange(self.share)
        self.share.hidden = set()

    def everybody_hears(self) -> None:
        """Let everybody hear of everything."""
        for _time in range(2):
            for who in ("grant", "ann", "shah", "bell"):
                self.exchange(who)

    # --- what the acts write with

    def save(self, form: str, said: Answers | None = None, **more: Json) -> bytes:
        """Save a record about the client; `audience` is whom it is for."""
        audience = str(more.pop("audience", ""))
        answers = {**(said or {}), **more}
        made = self.laptop.save(form, answers, client=self.client, audience=audience)
        self.made.setdefault(self.name, []).append(made)
        return made

    def edit(self, *edits: Edit) -> None:
        """Save what rules have made of an answer."""
        laptop = self.laptop
        laptop.store.save(list(edits), now_ms=laptop.now_ms)

    def held(self, form: str | None = None) -> list[Record]:
        """Return the client's records on the laptop of whoever acts."""
        return reads.records(self.laptop.store, client=self.client, form=form)

    def one(self, act: str) -> bytes:
        """Return the first record an act made."""
        return self.made[act][0]

    def asks(self, level: str, reason: str, until: int, **more: Json) -> None:
        """Ask for a posture, for so many days."""
        agency = self.laptop.seat.team.persons[self.laptop.seat.person].agency
        last = (self.day + timedelta(days=until)).isoformat()
        said: Answers = {"says": "asks", "acted_on": self.today, "level": level, "until": last}
        self.save("posture", said, reason=reason, agency=agency, **more)

    def agrees(self, ask: str) -> None:
        """Agree to a posture another agency asked for."""
        asked = self.laptop.record(self.one(ask)).answers
        kept = {name: asked[name] for name in ("level", "reason", "until")}
        agency = self.laptop.seat.team.persons[self.laptop.seat.person].agency
        said: Answers = {**kept, "says": "agrees", "acted_on": self.today, "agency": agency}
        self.save("posture", said, agrees_with=link(self.one(ask)))

    def visits(self, kind: str, state: str, outcome: str, **more: Json) -> None:
        """Write down a visit of today."""
        people: list[Json] = [self.laptop.seat.person]
        at = f"{self.today}T11:00"
        said: Answers = {"kind": kind, "state": state, "outcome": outcome, "people": people}
        self.save("visit", {**said, **more}, at=at)


def file_of(laptop: Laptop, client: bytes, *, audiences: frozenset[str] | None = None) -> CaseFile:
    """Return the client's file on a laptop; all of it, or what is for some audiences."""
    held = reads.records(laptop.store, client=client)
    some = [one for one in held if audiences is None or one.audience in audiences]
    return CaseFile(laptop.record(client), tuple(some))
