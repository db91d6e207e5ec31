# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Records brought up to date after an upgrade or with a new key: from the log, a few at a time.

With a million changes that takes minutes. Rules, each with a test:

* Others may work in the vault in between, at any step; what they save is in the records as well.
* Every record is at all times as it was before or as it is after, never half-way.
* It can be broken off, and goes on from there at the next exchange.
* In the end it is as if all had been made anew in one go; so much is kept in memory as it takes
  at once, however much the log holds: the log is read once for every portion.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from desktop_app.casework.records import Change, Json
from storage import delivery, ledger
from storage.merging import Bundle, never, resting
from storage.refreshing import END, recount, refresh
from storage.store import Store
from sync.history import UNSETTLED, Vectors, from_the_start, in_order, keep_state, seen_in
from sync.order import Staged
from sync.reading import WHOLE, Reader, Reading
from sync.seat import Seat

STALE = "sync.stale"
"""Setting: which audiences' records are to be brought up to date (nil for all), and from where."""
AT_ONCE, FEW = 50_000, 500
"""Changes kept in memory, and changes written in one step."""
Step = tuple[int, int]


def refresh_later(store: Store, audiences: Collection[str] | None) -> None:
    """Note that the records of some audiences, or of all, are to be brought up to date."""
    held = store.get(STALE)
    wanted = None if audiences is None else set(audiences)
    if wanted is not None and isinstance(held, list):
        before = held[0]
        wanted = None if before is None else wanted.union(map(str, _many(before)))
    store.put(STALE, [None if wanted is None else [*sorted(wanted)], ""])


def refresh_no_more(store: Store) -> None:
    """Note that all of them are up to date."""
    store.put(STALE, None)


def refreshing(store: Store, seat: Seat, over: Callable[[], bool] = never) -> Iterator[Step]:
    """Bring up to date what is noted, a little at a time; yield how many records of how many.

    Whoever does not go on to the end closes it, on the vault's thread.

    Args:
        store: the vault.
        seat: this laptop's seat.
        over: asked before anything is written; whether it is to be left for the next time.
    """
    held = store.get(STALE)
    if not isinstance(held, list):
        return
    audiences = None if held[0] is None else frozenset(map(str, _many(held[0])))
    going = _Refreshing(store, seat, audiences, bytes.fromhex(str(held[1])), over)
    inner = going.steps()
    while True:
        with resting():
            step = next(inner, None)
        if step is None:
            return
        yield step


@dataclass(slots=True)
class _Portion:
    """What the log says of the records from one id on, as many as are kept at once.

    Attributes:
        first: the first id.
        before: the first id beyond it; it moves down as more is heard.
        todo: the changes, by record, each with the number of its bundle.
        batch: the bundles, without their changes.
    """

    first: bytes
    before: bytes = END
    count: int = 0
    todo: dict[bytes, list[tuple[Change, int]]] = field(default_factory=dict)
    batch: list[Bundle] = field(default_factory=list)

    def hear(self, one: Staged, reading: Reading, vector: dict[int, int]) -> None:
        """Take in what a bundle says."""
        some = [each for each in reading.changes if self.first <= each.record < self.before]
        if not some:
            return
        number = len(self.batch)
        self.batch.append(((), one.person, seen_in(vector)))
        for each in some:
            self.todo.setdefault(each.record, []).append((each, number))
        self.count += len(some)
        if self.count > 2 * AT_ONCE:
            self._shrink()

    def _shrink(self) -> None:
        """Leave what is beyond the first so many changes for the next portion."""
        ids, kept = sorted(self.todo), 0
        for id_ in ids:
            if kept >= AT_ONCE and id_ != ids[0]:
                self.before = id_
                break
            kept += len(self.todo[id_])
        for id_ in ids:
            if id_ >= self.before:
                del self.todo[id_]
        self.count = kept


@dataclass(slots=True)
class _Refreshing:
    """The work under way.

    Attributes:
        audiences: whose records; None for all.
        first: the id of the first record that is not done.
        held: how many records there were.
        over: whether it is to be left for the next time.
        done: how many were gone through.
    """

    store: Store
    seat: Seat
    audiences: frozenset[str] | None
    first: bytes
    over: Callable[[], bool]
    held: int = 0
    done: int = 0

    def steps(self) -> Iterator[Step]:
        """Go through the log once for every portion, and write each."""
        store, unread = self.store, set[tuple[int, int]]()
        self.held = delivery.records(store)
        if self.first:
            self.done = delivery.records(store, before=self.first)
        else:
            unread = delivery.not_whole(store, WHOLE)
        while True:
            order, vectors = from_the_start(store, self.seat)
            reader, portion = Reader(self.seat), _Portion(self.first)
            for one in in_order(store, self.seat, order):
                vector, reading = vectors.at(one), reader.read(one, self.audiences)
                portion.hear(one, reading, vector)
                news = reading.unread or reading.state != WHOLE
                if news or (one.number, one.header.seq) in unread:
                    keep_state(store, one, reading, self.audiences)
                yield self._step()
            yield from self._write(portion)
            if self.first == END:
                break
            if self.over():
                return
        yield from self._finish(vectors, waits=bool(order.waiting()))

    def _step(self) -> Step:
        return self.done, max(self.held, self.done)

    def _write(self, portion: _Portion) -> Iterator[Step]:
        """Write a portion, some records in each transaction."""
        ids = deque(sorted(portion.todo))
        while self.first < portion.before and not self.over():
            some, count = list[bytes](), 0
            while ids and count < FEW:
                some.append(ids.popleft())
                count += len(portion.todo[some[-1]])
            before = ids[0] if ids else portion.before
            self._write_some(portion, some, before)
            self.first, self.done = before, self.done + len(some)
            yield self._step()

    def _write_some(self, portion: _Portion, ids: Sequence[bytes], before: bytes) -> None:
        store, first = self.store, self.first
        with store.transaction():
            batch = [*portion.batch, ((), self.seat.person, _seen_all)]
            todo = {id_: portion.todo.pop(id_) for id_ in ids}
            for change in store.kept_here(self._pending(first, before)):
                todo.setdefault(change.record, []).append((change, len(portion.batch)))
            refresh(store, batch, todo, first=first, before=before, audiences=self.audiences)
            while store.count_some():  # nobody is to find many that wait to be counted
                pass
            store.put(STALE, [self._named(), before.hex()])

    def _pending(self, first: bytes, before: bytes) -> list[Change]:
        """Return what was saved here and is not in the log yet."""
        return [
            change
            for _seq, some in ledger.pending(self.store)
            for change in some
            if first <= change.record < before
            and (self.audiences is None or change.audience in self.audiences)
        ]

    def _finish(self, vectors: Vectors, *, waits: bool) -> Iterator[Step]:
        store, after = self.store, 0
        if self.over():
            return
        while self.audiences is None and (after := recount(store, after=after)):
            yield self._step()
        with store.transaction():
            store.put(UNSETTLED, waits)
            if self.audiences is None:
                ledger.forget_seen(store)
                ledger.add_seen(store, list(vectors.rows()))
            store.put(STALE, None)

    def _named(self) -> list[Json] | None:
        return None if self.audiences is None else [*sorted(self.audiences)]


def _seen_all(_feed: int, _seq: int) -> bool:
    """Whoever types here has everything before them that this laptop holds."""
    return True


def _many(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
