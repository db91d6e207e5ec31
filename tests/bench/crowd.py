# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two hundred laptops on one share: what one of them waits for at the end of a normal day.

Everybody wrote once a day for a month, having seen what everybody else wrote, and today in the
morning and in the afternoon. The one that is measured is a real laptop with all of the month; the
others are their keys and what they wrote, which is all the share shows of anybody. A person waits
for it, so it is told in seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from desktop_app.casework.people import Role
from desktop_app.casework.records import Edit
from storage import ledger
from sync.admission import admit
from sync.bundle import seal
from sync.identity import Identity, genesis, new_identity
from sync.join import Request
from sync.seat import Seat, seated
from sync.team import NewPerson
from sync.wire import CHANGES, PUT, READER, SCHEMA, VERSION, Genesis, Header, Op, Seen, feed_id
from tests.bench.figures import note, scratch, seconds, small, tell
from tests.bench.invented import PARTNERS, Invented, Laptop, two_laptops

LIMIT_S, LIMIT_BYTES = 5.0, 1_500.0
LAPTOPS, DAYS, IN_A_BUNDLE = 200, 30, 10
DAY_MS = 24 * 3600 * 1000


def main() -> None:
    """Measure."""
    laptops, days = (20, 5) if small() else (LAPTOPS, DAYS)
    with scratch() as place:
        one, other = two_laptops(place)
        crowd = Crowd(one, Invented("crowd"), seated(one.store))
        crowd.come(laptops - 2)
        for _day in range(days):
            crowd.write(IN_A_BUNDLE, DAY_MS)
        for laptop in (one, other):
            laptop.now_ms = crowd.now_ms + 1
            laptop.exchange()
        note(f"{laptops} laptops wrote for {days} days: {len(crowd.sizes):,} files")
        crowd.write(IN_A_BUNDLE, DAY_MS // 2)
        crowd.write(IN_A_BUNDLE, DAY_MS // 4)
        other.now_ms = crowd.now_ms + 1
        other.save(crowd.visits(2 * IN_A_BUNDLE))
        taken = seconds(other.exchange)
        per_change = sum(crowd.sizes) / len(crowd.sizes) / IN_A_BUNDLE
    tell(f"A day's exchange of one of {laptops} laptops", taken, "s", LIMIT_S)
    what = f"On the share per change, {laptops} laptops, {IN_A_BUNDLE} to a bundle"
    tell(what, per_change, "bytes", LIMIT_BYTES)


@dataclass(slots=True)
class Pen:
    """What somebody writes with: keys, a line of bundles, and what it said of others."""

    me: Identity
    began: Genesis
    feed: bytes
    seq: int = 0
    head: bytes = bytes(32)
    said: dict[bytes, int] = field(default_factory=dict)


@dataclass(slots=True)
class Crowd:
    """Everybody else, and the share they write on.

    Attributes:
        one: the coordinator's laptop.
        invented: what they write.
        seat: its seat, whose keys everybody has.
        sizes: how large each file was.
    """

    one: Laptop
    invented: Invented
    seat: Seat
    pens: list[Pen] = field(default_factory=list)
    clients: list[bytes] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    now_ms: int = 0

    def come(self, count: int) -> None:
        """Admit so many laptops."""
        people = [self.invented.client() for _number in range(1_000)]
        self.clients = [one.record for one in people]
        self.one.save(people)
        team = seated(self.one.store).chain.team
        for number in range(count):
            me = new_identity(self.one.dice.randbytes)
            asked = Request(b"", f"W{number}", "laptop", me.public, (), self.one.now_ms)
            who = NewPerson(f"W{number}", "", frozenset({Role.KEY_WORKER}), PARTNERS)
            admit(
                self.one.store,
                asked,
                who,
                now_ms=self.one.now_ms,
                random=self.one.dice.randbytes,
            )
            began = genesis(me.device, self.one.dice.randbytes)
            self.pens.append(Pen(me, began, feed_id(team, began)))
        self.one.exchange()
        self.now_ms = self.one.now_ms

    def visits(self, count: int) -> list[Edit]:
        """Invent visits."""
        return list(self.invented.visits(count, self.clients, self.one.me))

    def write(self, count: int, later_ms: int) -> None:
        """Let everybody write a bundle of so many visits, having seen what was there before."""
        self.now_ms += later_ms
        before = {pen.feed: (pen.seq, pen.head[:16]) for pen in self.pens if pen.seq}
        self.seat, own = seated(self.one.store), ledger.own_feed(self.one.store)
        assert own is not None
        before[own.id] = (own.head_seq, own.head_id[:16])
        place = self.one.folder.parent / "share"
        for pen in self.pens:
            edits = self.visits(count)
            path, raw = self._sealed(pen, edits, before)
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(raw)
            self.sizes.append(len(raw))

    def _sealed(
        self, pen: Pen, edits: Sequence[Edit], before: dict[bytes, tuple[int, bytes]]
    ) -> tuple[str, bytes]:
        seat, random = replace(self.seat, me=pen.me), self.one.dice.randbytes
        new = [
            Seen(feed, seq, id_)
            for feed, (seq, id_) in before.items()
            if feed != pen.feed and pen.said.get(feed, 0) < seq
        ]
        ops = [Op(PUT, one.form, one.record, one.client, 0, one.answers) for one in edits]
        parts = seat.parts(random)
        header = Header(
            v=VERSION,
            kind=CHANGES,
            team=seat.chain.team,
            feed=pen.feed,
            seq=pen.seq + 1,
            prev=pen.head,
            genesis=None if pen.seq else pen.began,
            roster_n=seat.roster.n,
            app_schema=SCHEMA,
            min_reader=READER,
            ts_first=self.now_ms,
            ts_last=self.now_ms,
            seen=new,
            secs=[],
        )
        parts["partners"] = replace(parts["partners"], first_at=self.now_ms, ops=ops)
        sealed = seal(
            header,
            [*parts.values()],
            team_key=seat.team_key(),
            signing=pen.me.signing,
            random=random,
        )
        pen.seq, pen.head = pen.seq + 1, sealed.id
        pen.said |= {one.feed: one.seq for one in new}
        return seat.bundle_path(pen.feed, pen.seq, sealed.id), sealed.raw


if __name__ == "__main__":
    main()
