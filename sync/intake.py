# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking in: verified, staged, and applied in causal order, many bundles in one transaction.

Rules, each with a test:

* What belongs together is kept in one transaction. A crash leaves all of it or none.
* The same bundle twice, under whatever name, is once.
* One bad bundle never stops the rest: when a batch fails, its bundles are taken in one by one,
  and the one that fails counts as seen with its content set aside.
* What cannot be taken in is set aside with its reason and tried again next time. Nothing that
  could be verified is ever dropped.
* A large step gives way to whoever waits for the vault: it is undone and taken in again, in steps
  too small to be noticed, until nobody has waited for a while.
* However large a step is, on a new laptop only a part of what it brings is in memory at a time.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Team
from storage import ledger
from storage.merging import GaveWay, never
from storage.store import Store
from sync.bundle import open_outer
from sync.checks import Border, last_that_count, where
from sync.delivering import Read, deliver, held
from sync.erasing import adopt, without_words
from sync.forks import Branches, between, branches
from sync.history import UNSETTLED, Vectors, rebuild
from sync.order import Head, Need, Order, Staged, by_feed_waivers
from sync.outcome import Arrived, Author, Waiting, author_of
from sync.reading import Reader, Reading, without_content
from sync.reasons import Reason, SetAside
from sync.seat import Seat
from sync.touched import with_more
from sync.wire import feed_number

CHANGES_AT_ONCE = 100_000
"""Changes in a large step."""
AT_FIRST = 10_000
"""Of these so many in memory at a time on a new laptop; elsewhere all, for they alter much."""
BYTES_AT_ONCE = 32 << 20
FILES_AT_ONCE = 500
FEW_AT_ONCE = 2_000
"""Changes in a step while somebody is at work: about a fifth of a second."""
AT_WORK_S = 30.0
"""Somebody is at work until so long after they last waited."""
QuietFor = Callable[[], float]
"""Says for how many seconds nobody has waited for the vault; 0 while somebody does."""
_WORTH_KEEPING = frozenset(Reason) - {
    *(Reason.INCOMPLETE, Reason.NO_KEY, Reason.TOO_LARGE, Reason.BAD_SIGNATURE)
}


def undisturbed() -> float:
    """Nobody else works in the vault."""
    return inf


class _Before(NamedTuple):
    """How things stood before a step."""

    heads: dict[int, Head]
    seen: dict[int, dict[int, int]]
    arrived: int
    touched: frozenset[bytes]
    refused: int
    late: bool

    @classmethod
    def of(cls, hand: "Intake") -> "_Before":
        """Return how things stand now."""
        heads, seen = dict(hand.order.heads), dict(hand.vectors.seen)
        return cls(heads, seen, len(hand.arrived), hand.touched, hand.refused, hand.late)

    def put_back(self, hand: "Intake", step: Iterable[Staged]) -> None:
        """Undo a step that was not kept, of the bundles that were tried."""
        hand.order.heads, hand.vectors.seen = self.heads, self.seen
        hand.touched, hand.refused, hand.late = self.touched, self.refused, self.late
        del hand.arrived[self.arrived :]
        for one in step:
            hand.order.offer(one)


@dataclass(slots=True)
class Intake:
    """What is on its way in.

    Attributes:
        arrived: what was taken in so far.
        touched: ids of the records and clients that changed.
        refused: changes whose authors may not write them.
        trial: it is only to be known what would come; nothing is kept.
        anew: paths of files that were set aside now and had not been told of, for that reason.
    """

    store: Store
    seat: Seat
    team: Team
    now_ms: int
    border: Border
    order: Order
    reader: Reader
    vectors: Vectors
    arrived: list[Arrived] = field(default_factory=list)
    touched: frozenset[bytes] = frozenset()
    refused: int = 0
    trial: bool = False
    at_hand: int = CHANGES_AT_ONCE  # changes in memory at a time
    failed: dict[str, tuple[Reason, str, bytes]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    late: bool = False
    anew: set[str] = field(default_factory=set)
    _step: list[Staged] = field(default_factory=list)
    _alike: dict[object, tuple[Author, Counter[str]]] = field(default_factory=dict)

    def offer(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Check files and put them in the queues of their feeds."""
        for _some in self.offering(files):
            pass

    def offering(self, files: Iterable[tuple[str, bytes]]) -> Iterator[None]:
        """Do the same; yield after every few hundred, for others to have the vault."""
        let_in: list[Staged] = []
        for count, (path, raw) in enumerate(sorted(files), 1):
            try:
                let_in.append(self.border.let_in(raw))
                self.done |= _aside(self, path)
            except SetAside as refused:
                self._refuse(_belongs(self.seat, path, raw, refused), raw, refused)
            if count % FILES_AT_ONCE == 0:
                yield
        for one in let_in:
            try:
                self.border.timely(one)
                self._queue(one)
            except SetAside as refused:
                self._refuse(one.path, one.raw, refused)

    def steps(self, quiet_s: QuietFor = undisturbed) -> Iterator[int]:
        """Take in what is due, a transaction at a time; yield how many bundles each took.

        Args:
            quiet_s: asked within a large step, which then yields 0: it gave way and is redone.
        """
        careful = 0
        while True:
            large = not careful and quiet_s() >= AT_WORK_S
            waits = (lambda: quiet_s() == 0) if large else never
            most = 0 if careful else CHANGES_AT_ONCE if large else FEW_AT_ONCE
            done, gave_way = 0, False
            try:
                done = self._taken(most, waits)
            except GaveWay:
                gave_way = True
            except CaseworkError:
                raise
            except Exception:  # noqa: BLE001  whatever a bundle makes go wrong stops no other
                if len(self._step) > 1:
                    careful = len(self._step)
                    continue
                done = self._taken(0, never, unread=True)
            if not (done or gave_way):
                yield from _counting(self.store)
                return
            careful = max(0, careful - 1)
            if not large:
                self.store.count_some()
            yield done

    def set_aside(self, there: Callable[[str], bool]) -> None:
        """Keep what is left, with the reason; forget what was sorted out or has gone.

        Args:
            there: whether a file is still on the share.
        """
        for one, needs in self.order.waiting():
            reason = Reason.FORK if self.order.stopped_at(one) else Reason.GAP
            detail = " ".join(f"{need.feed}/{need.seq}" for need in needs)
            self.failed[one.path] = (reason, detail, one.raw)
        for one in self.order.forks:
            self.failed[one.path] = (Reason.FORK, str(one.header.seq), one.raw)
        with self.store.transaction():
            before = {row.path: row for row in ledger.set_aside(self.store)}
            gone = {path for path, row in before.items() if not row.raw and not there(path)}
            self.failed = without_words(self.store, self.seat, self.failed)
            for path in (self.done | gone) & before.keys():
                ledger.drop_set_aside(self.store, path)
            for path, (reason, detail, raw) in self.failed.items():
                row = before.get(path)
                first, tries = (row.first_ms, row.tries) if row else (self.now_ms, 0)
                again = row is not None and row.reason == reason.value
                if not again or (reason is Reason.INCOMPLETE and tries == 1):
                    self.anew.add(path)
                ledger.put_set_aside(
                    self.store,
                    ledger.SetAside(path, raw, reason.value, detail, first, self.now_ms, tries + 1),
                )
        if self.late or (self.arrived and self.store.get(UNSETTLED)):
            rebuild(self.store, self.seat)

    def _refuse(self, path: str, raw: bytes, refused: SetAside) -> None:
        kept = refused.reason in _WORTH_KEEPING
        self.failed[path] = (refused.reason, refused.detail, raw if kept else b"")

    def _queue(self, one: Staged) -> None:
        head = self.order.heads.get(one.number)
        seq = one.header.seq
        if head is None or seq > head.seq:
            self.order.offer(one)
            return
        here = ledger.bundle(self.store, one.number, seq)
        if here is not None and here.id == one.opened.id:
            if one.opened.replaced and not self.trial:
                adopt(self.store, self.seat, one)
            self.done |= _aside(self, one.path)
        elif here is None and self._waived(one) and between(self.store, self.seat, one):
            self._take_late(one)
        else:
            self.order.freeze(one.number, seq)
            raise SetAside(Reason.FORK, str(seq))

    def _waived(self, one: Staged) -> bool:
        """Say whether others were told not to wait for a bundle, or for a rival of it."""
        given_up = self.order.given_up(one.number)
        return any(waiver.first <= one.header.seq <= waiver.last for waiver in given_up)

    def _take_late(self, one: Staged) -> None:
        """Keep a bundle that was given up for lost; the records are made anew afterwards."""
        if not self.trial:
            with self.store.transaction():
                ledger.add_bundles(self.store, [held(one, Reading())])
                self.store.put(UNSETTLED, value=True)
        self.late = True
        self.done |= _aside(self, one.path)
        self.note(one, self.reader.read(one))

    def _taken(self, most: int, waits: Callable[[], bool], *, unread: bool = False) -> int:
        """Take in what is due, in one transaction, or nothing; return how many bundles it was."""
        before, self._step = _Before.of(self), []
        try:
            with self.store.transaction():
                for some in self._due(most, waits, unread=unread):
                    self._keep(some, waits)
                    some.clear()  # or two parts would be in memory at once
        except BaseException:
            before.put_back(self, self._step)
            raise
        self.done |= _aside(self, *(one.path for one in self._step))
        return len(self._step)

    def _due(self, most: int, waits: Callable[[], bool], *, unread: bool) -> Iterator[list[Read]]:
        """Read what is due, up to so many changes, and yield it a part at a time."""
        some, changes, size, parts = list[Read](), 0, 0, 0
        for one in self.order.due():
            self._step.append(one)
            reading = without_content(one) if unread else self.reader.read(one)
            some.append(Read(one, reading, self.vectors.at(one)))
            changes += len(reading.changes)
            size += len(one.raw)
            whole = changes >= most or size >= BYTES_AT_ONCE * most // CHANGES_AT_ONCE or waits()
            if whole or changes >= parts + self.at_hand:
                parts = changes
                yield some
                some = []
            if whole:
                return
        if some:
            yield some

    def _keep(self, some: Sequence[Read], waits: Callable[[], bool]) -> None:
        applied = deliver(self.store, self.order, some, waits, now_ms=self.now_ms)
        if any(self._waived(each.one) for each in some):
            self.store.put(UNSETTLED, value=True)
            self.late = True
        self.touched = with_more(self.touched, [one.touched for one in applied])
        for each, one in zip(some, applied, strict=True):
            self.refused += len(one.refused) + len(each.reading.refused)
            self.note(each.one, each.reading)

    def waiting(self) -> list[Waiting]:
        """Return what waits for what."""
        return [wait for one, needs in self.order.waiting() for wait in waiting(self, one, needs)]

    def note(self, one: Staged, reading: Reading) -> None:
        """Keep, for the people, what a bundle brings."""
        header, items = one.header, Counter(change.form for change in reading.changes)
        whose, what = author_of(self.team, one.device), frozenset(items.items())
        author, items = self._alike.setdefault((whose, what), (whose, items))
        self.arrived.append(Arrived(author, header.seq, header.ts_last, items, (*reading.unread,)))


def waiting(hand: Intake, one: Staged, needs: Iterable[Need]) -> Iterator[Waiting]:
    """Yield, for the people, what a bundle waits for."""
    author = author_of(hand.team, one.device)
    for need in needs:
        whose = author_of(hand.team, hand.border.devices.get(need.feed, b""))
        yield Waiting(author, one.header.seq, whose, need.seq)


def _aside(hand: Intake, *paths: str) -> set[str]:
    """Return which files had been set aside; of the others of a new laptop nothing is kept."""
    return {path for path in paths if path in hand.border.held}


def _counting(store: Store) -> Iterator[int]:
    """Bring the list of clients up to date in small steps: of thousands this takes its time."""
    while store.count_some():
        yield 0


def _belongs(seat: Seat, path: str, raw: bytes, refused: SetAside) -> str:
    """Return the path to keep a file under: never that of another bundle it stood in for."""
    if refused.reason not in _WORTH_KEEPING:
        return path
    try:
        opened = open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
    except SetAside:
        return path
    return where(seat, opened)


def intake(store: Store, seat: Seat, *, now_ms: int, trial: bool = False) -> Intake:
    """Return an intake that knows what is here, with what was set aside offered again."""
    feeds = ledger.feeds(store)
    placed = branches(store, seat.roster.rulings)
    order = order_here(store, seat, placed)
    devices = {feed_number(one.feed): one.device for one in seat.roster.waivers if one.device}
    devices |= {number: feed.device for number, feed in feeds.items()}
    latest, rows = _latest(seat, feeds.values()), ledger.set_aside(store)
    held = {row.path: row.first_ms for row in rows}
    border = Border(seat, now_ms, devices, order.cutoffs, placed, {**latest}, latest, held)
    vectors = Vectors(store, seat, placed)
    begun = Intake(
        store, seat, seat.team, now_ms, border, order, Reader(seat), vectors, trial=trial
    )
    if all(one.device == seat.me.device for one in feeds.values()):
        begun.at_hand = AT_FIRST
    begun.offer((row.path, row.raw) for row in rows if row.raw)
    return begun


def order_here(store: Store, seat: Seat, placed: Branches) -> Order:
    """Return the order bundles come in, as far as this vault is; nothing waits in it yet."""
    order = Order(
        {
            number: Head(feed.head_seq, feed.head_id)
            for number, feed in ledger.feeds(store).items()
            if feed.head_seq
        },
        cutoffs=last_that_count(store, seat.roster),
        waivers=by_feed_waivers(seat.roster.waivers),
        bases=placed.bases(),
        number_of=placed.number_of,
    )
    placed.taken = order.taken
    return order


def _latest(seat: Seat, feeds: Iterable[ledger.Feed]) -> dict[str, int]:
    """Return the latest date on anything of each person's, as far as it was taken in."""
    people = {one.id: one.person for one in seat.roster.devices}
    latest: dict[str, int] = {}
    for feed in feeds:
        person = people.get(feed.device, "")
        latest[person] = max(feed.last_at, latest.get(person, 0))
    return latest
