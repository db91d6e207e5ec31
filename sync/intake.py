# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking in: verified, staged, and applied in causal order, many bundles in one transaction.

Rules, each with a test:

* A bundle, its place in its feed, what its author had seen and its records are kept in one
  transaction. A crash leaves all of it or none.
* The same bundle twice, under whatever name, is once.
* One bad bundle never stops the rest: when a batch fails, its bundles are taken in one by one,
  and the one that fails counts as seen with its content set aside.
* What cannot be taken in is set aside with its reason and tried again next time. Nothing that
  could be verified is ever dropped.
* A large step gives way to whoever waits for the vault: it is undone and taken in again, in steps
  too small to be noticed, until nobody has waited for a while.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import inf

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Team
from storage import arrivals, custody, ledger
from storage.ledger import Held, Refused
from storage.merging import GaveWay, never
from storage.store import Store
from sync.bundle import open_outer
from sync.checks import Border, last_that_count, where
from sync.erasing import adopt, without_words
from sync.forks import Branches, between, branches
from sync.history import UNSETTLED, Vectors, rebuild, seen_in
from sync.order import Head, Need, Order, Staged, by_feed_waivers
from sync.outcome import Arrived, Waiting, author_of
from sync.reading import DAMAGED, Reader, Reading
from sync.reasons import Reason, SetAside
from sync.seat import Seat
from sync.touched import with_more
from sync.wire import feed_number

CHANGES_AT_ONCE, AT_FIRST = 100_000, 50_000
"""Changes in a large step; on a new laptop fewer: they alter nothing, and there are many steps."""
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


@dataclass(frozen=True, slots=True)
class _Taken:
    one: Staged
    reading: Reading
    vector: dict[int, int]


@dataclass(slots=True)
class Intake:
    """What is on its way in.

    Attributes:
        arrived: what was taken in so far.
        touched: ids of the records and clients that changed.
        refused: changes whose authors may not write them.
        trial: it is only to be known what would come; nothing is kept.
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
    large: int = CHANGES_AT_ONCE  # changes in a large step
    failed: dict[str, tuple[Reason, str, bytes]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    late: bool = False
    _undo: tuple[dict[int, Head], dict[int, dict[int, int]]] = field(default=({}, {}))

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
                self.done.add(path)
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
            taken = self._due(0 if careful else self.large if large else FEW_AT_ONCE, waits)
            if not taken:
                yield from _counting(self.store)
                return
            done, careful = len(taken), max(0, careful - 1)
            try:
                self._keep(taken, waits)
            except GaveWay:
                self._put_back(taken)
                done = 0
            except CaseworkError:
                self._put_back(taken)
                raise
            except Exception:  # noqa: BLE001  whatever a bundle makes go wrong stops no other
                if len(taken) > 1:
                    self._put_back(taken)
                    careful = len(taken)
                    continue
                self._keep([_without_content(taken[0])], never)
            taken.clear()  # or two steps' changes would be in memory at once
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
                ledger.put_set_aside(
                    self.store,
                    ledger.SetAside(path, raw, reason.value, detail, first, self.now_ms, tries + 1),
                )
        if self.late or (self.arrived and self.store.get(UNSETTLED)):
            rebuild(self.store, self.seat)

    def _refuse(self, path: str, raw: bytes, refused: SetAside) -> None:
        kept = raw if refused.reason in _WORTH_KEEPING else b""
        self.failed[path] = (refused.reason, refused.detail, kept)

    def _queue(self, one: Staged) -> None:
        head = self.order.heads.get(one.number)
        seq = one.header.seq
        if head is None or seq > head.seq:
            self.order.offer(one)
            return
        held = ledger.bundle(self.store, one.number, seq)
        if held is not None and held.id == one.opened.id:
            if one.opened.replaced and not self.trial:
                adopt(self.store, self.seat, one)
            self.done.add(one.path)
        elif held is None and self._waived(one) and between(self.store, self.seat, one):
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
                ledger.add_bundles(self.store, [_held(one, Reading())])
                self.store.put(UNSETTLED, value=True)
        self.late = True
        self.done.add(one.path)
        self.note(one, self.reader.read(one))

    def _due(self, at_once: int, waits: Callable[[], bool]) -> list[_Taken]:
        self._undo = (dict(self.order.heads), dict(self.vectors.seen))
        taken, changes, size = list[_Taken](), 0, 0
        for one in self.order.due():
            reading = self.reader.read(one)
            taken.append(_Taken(one, reading, self.vectors.at(one)))
            changes += len(reading.changes)
            size += len(one.raw)
            most = BYTES_AT_ONCE * at_once // CHANGES_AT_ONCE
            if changes >= at_once or size >= most or waits():
                break
        return taken

    def _keep(self, taken: list[_Taken], waits: Callable[[], bool]) -> None:
        store, late = self.store, any(self._waived(each.one) for each in taken)
        with store.transaction():
            applied = store.apply_many(
                [(each.reading.changes, each.one.person, seen_in(each.vector)) for each in taken],
                waits,
            )
            ledger.add_bundles(store, [_held(each.one, each.reading) for each in taken])
            arrivals.note(store, now_ms=self.now_ms)
            ledger.add_seen(store, list(_said(self.order, taken)))
            _move_heads(store, taken, now_ms=self.now_ms)
            ledger.add_refused(store, _refusals(taken))
            custody.note_brought(store, _brought(taken), now_ms=self.now_ms)
            if late:
                store.put(UNSETTLED, value=True)
        self.touched = with_more(self.touched, [one.touched for one in applied])
        for each, one in zip(taken, applied, strict=True):
            self.refused += len(one.refused) + len(each.reading.refused)
            self.done.add(each.one.path)
            self.note(each.one, each.reading)
        self.late |= late

    def _put_back(self, taken: list[_Taken]) -> None:
        """Undo the taking of a batch that was not kept."""
        self.order.heads, self.vectors.seen = self._undo
        for each in taken:
            self.order.offer(each.one)

    def waiting(self) -> list[Waiting]:
        """Return what waits for what."""
        return [wait for one, needs in self.order.waiting() for wait in self.waits(one, needs)]

    def waits(self, one: Staged, needs: Iterable[Need]) -> Iterator[Waiting]:
        """Yield, for the people, what a bundle waits for."""
        author = author_of(self.team, one.device)
        for need in needs:
            whose = author_of(self.team, self.border.devices.get(need.feed, b""))
            yield Waiting(author, one.header.seq, whose, need.seq)

    def note(self, one: Staged, reading: Reading) -> None:
        """Keep, for the people, what a bundle brings."""
        author, header = author_of(self.team, one.device), one.header
        items = Counter(change.form for change in reading.changes)
        self.arrived.append(
            Arrived(author, header.seq, header.ts_last, items, tuple(reading.unread))
        )


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


def _said(order: Order, taken: Iterable[_Taken]) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield what the authors say they have seen; for a branch, all that it goes on from."""
    for each in taken:
        number = each.one.number
        for seen in each.one.header.seen:
            other = order.number_of(seen)
            if other is not None:
                yield number, other, seen.seq, seen.id
        if number in order.bases:
            yield from ((number, other, seq, bytes(16)) for other, seq in each.vector.items())


def _move_heads(store: Store, taken: Iterable[_Taken], *, now_ms: int) -> None:
    last: dict[int, Staged] = {each.one.number: each.one for each in taken}
    for number, one in last.items():
        header = one.header
        head = ledger.Feed(
            number, header.feed, one.device, header.seq, one.opened.id, header.ts_last
        )
        ledger.put_feed(store, head)
    newest = max(one.header.ts_last for one in last.values())
    ledger.heard(store, newest, now_ms=now_ms)


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
        begun.large = AT_FIRST
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


def _held(one: Staged, reading: Reading) -> Held:
    header = one.header
    unread = " ".join(reading.unread)
    return Held(
        one.number, header.seq, one.opened.id, header.roster_n, reading.state, unread, one.raw
    )


def _refusals(taken: Iterable[_Taken]) -> list[Refused]:
    return [
        Refused(change.record, change.feed, change.seq, change.idx, Reason.NO_PERMISSION.value)
        for each in taken
        for change in each.reading.refused
    ]


def _brought(taken: Iterable[_Taken]) -> Counter[str]:
    """Return how many changes came from whom; those of the audit are about nobody's case."""
    found = Counter[str]()
    for each in taken:
        count = sum(change.audience != AUDIT for change in each.reading.changes)
        if count:
            found[each.one.person] += count
    return found


def _without_content(taken: _Taken) -> _Taken:
    """Count a bundle as seen whose content made something go wrong."""
    audiences = [entry.audience for entry in taken.one.header.secs]
    return replace(taken, reading=Reading(unread=audiences, state=DAMAGED))
