# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""History: the log read again. The signed bundles are the truth, the records follow from them.

Rules, each with a test:

* Making the records anew from the log gives the same records as taking the bundles in one by one,
  their parts in the same order: a check compares them as they lie.
* It is the one answer to rare things: a cut-off, a ruling, a key that came late, a lost bundle
  that turned up after all.
* The history of a record is read from the bundles that touched it and from what is not sealed
  yet; nobody keeps a second copy that could say something else.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from desktop_app.casework.records import Change, Record
from storage import ledger
from storage.ledger import Held
from storage.store import Store
from sync.bundle import open_outer
from sync.checks import last_that_count
from sync.forks import Branches, branches
from sync.order import Order, Staged, by_feed_waivers
from sync.reading import WHOLE, Reader, Reading
from sync.seat import Seat, seat_of
from sync.wire import Seen

BATCH = 20_000
UNSETTLED = "sync.unsettled"
"""Setting: whether the log holds bundles that wait for something no longer in it."""


@dataclass(frozen=True, slots=True)
class Past:
    """One change in the history of a record, and who made it on which laptop."""

    change: Change
    person: str
    device: str


@dataclass(slots=True)
class Vectors:
    """What the author of each feed had seen, up to the bundle in hand.

    Attributes:
        store: the vault.
        seat: this laptop's seat.
        branches: where bundles of forked feeds belong.
        from_the_start: the log is read again, so nothing has been seen yet.
    """

    store: Store
    seat: Seat
    branches: Branches
    from_the_start: bool = False
    seen: dict[int, dict[int, int]] = field(default_factory=dict)

    def at(self, one: Staged) -> dict[int, int]:
        """Take in what a bundle says it has seen, and return all its author had seen."""
        vector = self.seen.get(one.number)
        if vector is None:
            vector = self._kept(one)
        if one.header.seen:
            vector = self._with(vector, one.header.seen)
        self.seen[one.number] = vector
        return vector

    def rows(self) -> Iterator[tuple[int, int, int, bytes]]:
        """Yield all of it as the ledger keeps it."""
        for number, vector in self.seen.items():
            yield from ((number, other, seq, bytes(16)) for other, seq in vector.items())

    def _kept(self, one: Staged) -> dict[int, int]:
        number = one.number
        said = {} if self.from_the_start else ledger.seen(self.store, number)
        if said or number not in self.branches.bases():
            return {other: seq for other, (seq, _id) in said.items()}
        feed, shared = self.branches.bases()[number]
        vector, seat = {feed: shared}, self.seat
        before = [(feed, n) for n in range(1, shared + 1)]
        before += [(number, n) for n in range(shared + 1, one.header.seq)]
        for held in ledger.bundles_of(self.store, before):
            opened = open_outer(held.raw, team=seat.chain.team, team_keys=seat.team_keys)
            vector = self._with(vector, opened.header.seen)
        return vector

    def _with(self, vector: dict[int, int], seen: Iterable[Seen]) -> dict[int, int]:
        grown, bases = dict(vector), self.branches.bases() if self.branches.rulings else {}
        for one in seen:
            number = self.branches.number_of(one)
            if number is None:
                continue
            grown[number] = one.seq
            if number in bases:
                feed, shared = bases[number]
                grown[feed] = max(grown.get(feed, 0), shared)
        return grown


def seen_in(vector: dict[int, int]) -> Callable[[int, int], bool]:
    """Return the question whether somebody who had seen so much had seen a bundle."""
    known = vector.get
    return lambda feed, seq: known(feed, 0) >= seq


def history(store: Store, record: Record) -> list[Past]:
    """Return every change to a record, earliest stamp first; none before the laptop has joined."""
    seat = seat_of(store)
    if seat is None:
        return []
    reader, feeds = Reader(seat), ledger.feeds(store)
    found = []
    for held in ledger.raw_of(store, record.trail):
        one = staged(seat, held, feeds[held.feed].device)
        found += [
            Past(change, one.person, one.device.hex())
            for change in reader.read(one, frozenset({record.audience})).changes
            if change.record == record.id
        ]
    mine = seat.me.device.hex()
    found += [
        Past(change, seat.person, mine)
        for _seq, changes in ledger.pending(store)
        for change in changes
        if change.record == record.id
    ]
    return sorted(found, key=lambda past: (past.change.at, *past.change.dot))


def read_own(store: Store, seat: Seat, feed: int, *, after_seq: int) -> Iterator[Change]:
    """Yield the changes of a line of bundles this laptop once wrote, after a number."""
    reader = Reader(seat)
    wanted = [key for key in ledger.bundle_ids(store) if key[0] == feed and key[1] > after_seq]
    for held in ledger.bundles_of(store, sorted(wanted)):
        yield from reader.read(staged(seat, held, seat.me.device)).changes


def made_between(
    store: Store, seat: Seat, since_ms: int, until_ms: int, audience: str
) -> Iterator[Past]:
    """Yield the changes for an audience made within a time, in UTC milliseconds, from the log."""
    reader, after = Reader(seat), 0
    devices = {number: feed.device for number, feed in ledger.feeds(store).items()}
    wanted = frozenset({audience})
    while page := ledger.bundles(store, after_row=after):
        for _row, held in page:
            one = staged(seat, held, devices[held.feed])
            if one.header.ts_last >= since_ms and one.header.ts_first <= until_ms:
                yield from (
                    Past(change, one.person, one.device.hex())
                    for change in reader.read(one, wanted).changes
                    if since_ms <= change.at <= until_ms
                )
        after = page[-1][0]
    for _seq, changes in ledger.pending(store):
        yield from (
            Past(change, seat.person, seat.me.device.hex())
            for change in changes
            if change.audience == audience and since_ms <= change.at <= until_ms
        )


def rebuild(
    store: Store,
    seat: Seat,
    audiences: Collection[str] | None = None,
    *,
    before_each: Callable[[], None] = lambda: None,
) -> None:
    """Make the records of some audiences, or of all, anew from the log.

    Inside a transaction of the caller, or in one of its own.

    Args:
        store: the vault.
        seat: this laptop's seat.
        audiences: whose records; None for all.
        before_each: called before every bundle; what it raises ends it, and undoes what was done.
    """
    wanted = None if audiences is None else frozenset(audiences)
    order, vectors = from_the_start(store, seat)
    reader, batch, size = Reader(seat), list[_Read](), 0
    with store.within():
        store.forget_records(wanted)
        for one in in_order(store, seat, order):
            before_each()
            vector = vectors.at(one)
            batch.append(_Read(one, reader.read(one, wanted), vector))
            size += len(batch[-1].reading.changes)
            if size >= BATCH:
                _apply(store, batch, wanted)
                batch, size = [], 0
        _apply(store, batch, wanted)
        for _seq, changes in ledger.pending(store):
            some = [one for one in changes if wanted is None or one.audience in wanted]
            store.apply(store.kept_here(some), author=seat.person, saw=lambda _feed, _seq: True)
        store.count_again()
        # What waits in the log for something that left it is read once that is back.
        store.put(UNSETTLED, bool(order.waiting()))
        if wanted is None:
            ledger.forget_seen(store)
            ledger.add_seen(store, list(vectors.rows()))


def from_the_start(store: Store, seat: Seat) -> tuple[Order, Vectors]:
    """Return the order the log is read in again, and what its authors had seen: nothing yet."""
    placed = branches(store, seat.roster.rulings)
    order = Order(
        {},
        cutoffs=last_that_count(store, seat.roster),
        waivers=by_feed_waivers(seat.roster.waivers),
        bases=placed.bases(),
        # A waived bundle that came late stands at the end of the log; what goes on from it, before.
        turned_up=ledger.bundle_ids(store).keys() if seat.roster.waivers else frozenset(),
        number_of=placed.number_of,
    )
    return order, Vectors(store, seat, placed, from_the_start=True)


@dataclass(frozen=True, slots=True)
class _Read:
    one: Staged
    reading: Reading
    vector: dict[int, int]


def staged(seat: Seat, held: Held, device: bytes) -> Staged:
    """Return a bundle of the log, which was verified when it came."""
    opened = open_outer(held.raw, team=seat.chain.team, team_keys=seat.team_keys)
    laptop = seat.roster.device(device)
    return Staged("", held.raw, opened, device, laptop.person if laptop else "", held.feed)


def in_order(store: Store, seat: Seat, order: Order) -> Iterator[Staged]:
    """Yield the log so that nothing comes before what its author had seen."""
    devices = {number: feed.device for number, feed in ledger.feeds(store).items()}
    after = 0
    while page := ledger.bundles(store, after_row=after):
        for _row, held in page:
            order.offer(staged(seat, held, devices[held.feed]))
            yield from order.due()
        after = page[-1][0]
    order.turned_up = frozenset()  # should two of them wait for each other
    yield from order.due()


def _apply(store: Store, batch: list[_Read], wanted: frozenset[str] | None) -> None:
    store.apply_many(
        [(read.reading.changes, read.one.person, seen_in(read.vector)) for read in batch]
    )
    for read in batch:
        keep_state(store, read.one, read.reading, wanted)


def keep_state(store: Store, one: Staged, reading: Reading, wanted: frozenset[str] | None) -> None:
    """Keep how much of a bundle was read, when that changed."""
    held = ledger.bundle(store, one.number, one.header.seq)
    if held is None:
        return
    before = held.unread.split()
    kept = [] if wanted is None else [each for each in before if each not in wanted]
    unread = " ".join([*kept, *reading.unread])
    state = max(reading.state, held.state if kept else WHOLE)
    if (unread, state) != (held.unread, held.state):
        ledger.set_state(store, held.feed, held.seq, state=state, unread=unread)
