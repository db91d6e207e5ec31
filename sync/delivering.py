# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Delivering: bundles that were read, into the records and the log, in their caller's transaction.

Rules, each with a test:

* A bundle, its place in its feed, what its author had seen and its records are kept together.
* What its author may not write is listed; how much came from whom is kept for the audit.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.casework.audience import AUDIT
from storage import arrivals, custody, ledger
from storage.ledger import Held, Refused
from storage.merging import Applied
from storage.store import Store
from sync.history import seen_in
from sync.order import Order, Staged
from sync.reading import Reading
from sync.reasons import Reason


@dataclass(frozen=True, slots=True)
class Read:
    """A bundle whose turn it is: what it brings, and how far into each feed its author had seen."""

    one: Staged
    reading: Reading
    vector: dict[int, int]


def deliver(
    store: Store, order: Order, some: Sequence[Read], waits: Callable[[], bool], *, now_ms: int
) -> list[Applied]:
    """Merge what some bundles bring, add them to the log, and say what became of each.

    Args:
        store: the vault, in a transaction of the caller.
        order: knows which feed holds what their authors had seen.
        some: the bundles, in the order of their turns; at least one.
        waits: asked whether somebody waits for the vault.
        now_ms: UTC milliseconds.

    Raises:
        GaveWay: somebody does; the caller undoes the transaction.
    """
    applied = store.apply_many(
        [(each.reading.changes, each.one.person, seen_in(each.vector)) for each in some], waits
    )
    ledger.add_bundles(store, [held(each.one, each.reading) for each in some])
    arrivals.note(store, now_ms=now_ms)
    ledger.add_seen(store, list(_said(order, some)))
    _move_heads(store, some, now_ms=now_ms)
    ledger.add_refused(store, _refusals(some))
    custody.note_brought(store, _brought(some), now_ms=now_ms)
    return applied


def held(one: Staged, reading: Reading) -> Held:
    """Return a bundle as the log holds it."""
    header = one.header
    unread = " ".join(reading.unread)
    return Held(
        one.number, header.seq, one.opened.id, header.roster_n, reading.state, unread, one.raw
    )


def _said(order: Order, some: Iterable[Read]) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield what the authors say they have seen; for a branch, all that it goes on from."""
    for each in some:
        number = each.one.number
        for seen in each.one.header.seen:
            other = order.number_of(seen)
            if other is not None:
                yield number, other, seen.seq, seen.id
        if number in order.bases:
            yield from ((number, other, seq, bytes(16)) for other, seq in each.vector.items())


def _move_heads(store: Store, some: Iterable[Read], *, now_ms: int) -> None:
    last: dict[int, Staged] = {each.one.number: each.one for each in some}
    for number, one in last.items():
        header = one.header
        head = ledger.Feed(
            number, header.feed, one.device, header.seq, one.opened.id, header.ts_last
        )
        ledger.put_feed(store, head)
    newest = max(one.header.ts_last for one in last.values())
    ledger.heard(store, newest, now_ms=now_ms)


def _refusals(some: Iterable[Read]) -> list[Refused]:
    return [
        Refused(change.record, change.feed, change.seq, change.idx, Reason.NO_PERMISSION.value)
        for each in some
        for change in each.reading.refused
    ]


def _brought(some: Iterable[Read]) -> Counter[str]:
    """Return how many changes came from whom; those of the audit are about nobody's case."""
    found = Counter[str]()
    for each in some:
        count = sum(change.audience != AUDIT for change in each.reading.changes)
        if count:
            found[each.one.person] += count
    return found
