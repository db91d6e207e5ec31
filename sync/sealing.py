# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Sealing: what was saved on this laptop becomes bundles, ready to be sent.

Rules, each with a test:

* Sealing comes before taking anything in, always. A bundle says what its author had seen, and
  every change in it was made knowing exactly that.
* A bundle is kept, put in the outbox and counted in one transaction; a crash leaves both or none.
* A change for an audience this laptop was not let into yet stays on the laptop until it is.
* A change nobody could read is never sent; it is set aside, with a reason.
* An empty bundle says "I have seen yours". It looks like any other.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from desktop_app.casework.records import Change
from storage import ledger
from storage.ledger import Feed, Held
from storage.store import Store
from sync.bundle import Part, readable, seal
from sync.history import rebuild
from sync.reasons import Reason
from sync.seals import Random
from sync.seat import Seat, genesis_of
from sync.wire import (
    CHANGES,
    MOST_SEEN,
    PUT,
    READER,
    SCHEMA,
    VERSION,
    Header,
    Op,
    Seen,
)


@dataclass(frozen=True, slots=True)
class _Written:
    """What was put in one bundle, and the changes nobody could have read."""

    feed: Feed
    unreadable: Sequence[Change]


def seal_all(store: Store, seat: Seat, *, now_ms: int, random: Random) -> int:
    """Seal everything that waits to be sent; return how many bundles that made.

    Inside a transaction of the caller.
    """
    waiting = ledger.pending(store)
    own = ledger.own_feed(store)
    if own is None or not waiting:
        return 0
    writable = frozenset(seat.parts(own.id, 1))
    made, unreadable = 0, list[Change]()
    for seq, changes in _until_last(waiting, writable):
        written = _write(store, seat, own, changes, seq=seq, now_ms=now_ms, random=random)
        ledger.drop_pending(store, seq, audiences=writable)
        own = written.feed
        unreadable += written.unreadable
        made += 1
    if made:
        left = {change.audience for _seq, some in waiting for change in some} - writable
        _move_on(store, seat, own, left)
        _put_aside(store, seat, unreadable, now_ms=now_ms)
    return made


def seal_receipt(store: Store, seat: Seat, *, now_ms: int, random: Random) -> None:
    """Seal an empty bundle, which says what this laptop has seen."""
    own = ledger.own_feed(store)
    if own is not None:
        made = _write(store, seat, own, [], seq=own.head_seq + 1, now_ms=now_ms, random=random)
        left = {one.audience for _seq, changes in ledger.pending(store) for one in changes}
        _move_on(store, seat, made.feed, left)


def _move_on(store: Store, seat: Seat, own: Feed, left: Collection[str]) -> None:
    """Give what stays on the laptop the next number: its own was used."""
    if left:
        ledger.retag_pending(store, own.number, own.head_seq + 1)
        rebuild(store, seat, left)


def _until_last(
    waiting: Sequence[tuple[int, list[Change]]], writable: Collection[str]
) -> Sequence[tuple[int, list[Change]]]:
    """Return what to seal: every number up to the last that holds something to send."""
    useful = [
        at
        for at, (_seq, changes) in enumerate(waiting)
        if any(change.audience in writable for change in changes)
    ]
    return waiting[: useful[-1] + 1] if useful else []


def _write(
    store: Store,
    seat: Seat,
    own: Feed,
    changes: Sequence[Change],
    *,
    seq: int,
    now_ms: int,
    random: Random,
) -> _Written:
    seen = _newly_seen(store, own)
    last = max([now_ms, own.last_at, *(change.at for change in changes)])
    header = Header(
        v=VERSION,
        kind=CHANGES,
        team=seat.chain.team,
        feed=own.id,
        seq=seq,
        prev=own.head_id,
        genesis=genesis_of(store, own.id) if seq == 1 else None,
        roster_n=seat.roster.n,
        app_schema=SCHEMA,
        min_reader=READER,
        ts_first=own.last_at,
        ts_last=last,
        seen=[Seen(feed.id, feed.head_seq, feed.head_id[:16]) for feed in seen],
        secs=[],
    )
    parts = seat.parts(own.id, seq)
    unreadable: list[Change] = []
    filled = _filled(parts, changes, unreadable)
    sealed = seal(header, filled, team_key=seat.team_key(), signing=seat.me.signing, random=random)
    after = replace(own, head_seq=seq, head_id=sealed.id, last_at=last)
    _keep(store, seat, after, seen, sealed.raw)
    return _Written(after, unreadable)


def _keep(store: Store, seat: Seat, own: Feed, seen: Iterable[Feed], raw: bytes) -> None:
    """Keep a bundle of one's own: in the log, in the outbox, and in what was said of others."""
    seq = own.head_seq
    ledger.add_bundles(store, [Held(own.number, seq, own.head_id, seat.roster.n, 0, "", raw)])
    ledger.put_outbox(store, seat.bundle_path(own.id, seq, own.head_id), raw)
    ledger.add_seen(
        store, [(own.number, feed.number, feed.head_seq, feed.head_id[:16]) for feed in seen]
    )
    ledger.put_feed(store, own)


def _newly_seen(store: Store, own: Feed) -> list[Feed]:
    """Return the feeds that grew since this laptop last said what it had seen."""
    said = ledger.seen(store, own.number)
    grown = [
        feed
        for number, feed in sorted(ledger.feeds(store).items())
        if number != own.number and feed.head_seq and said.get(number, (0, b""))[0] < feed.head_seq
    ]
    return grown[:MOST_SEEN]


def _filled(
    parts: Mapping[str, Part], changes: Iterable[Change], unreadable: list[Change]
) -> list[Part]:
    by_audience: dict[str, list[Change]] = {audience: [] for audience in parts}
    for change in changes:
        if change.audience in by_audience:
            by_audience[change.audience].append(change)
    filled = []
    for audience, some in by_audience.items():
        first = some[0].at if some else 0
        ops = [_op(change, first) for change in some]
        wrong = {at for at, op in enumerate(ops) if not readable([op])} if not readable(ops) else ()
        unreadable += [some[at] for at in wrong]
        ops = [op for at, op in enumerate(ops) if at not in wrong]
        filled.append(replace(parts[audience], first_at=first, ops=ops))
    return filled


def _op(change: Change, first_at: int) -> Op:
    client = None if change.client == change.record else change.client
    return Op(PUT, change.form, change.record, client, change.at - first_at, change.answers)


def _put_aside(store: Store, seat: Seat, unreadable: Sequence[Change], *, now_ms: int) -> None:
    for change in unreadable:
        path = f"here/{change.record.hex()}/{change.at}"
        raw, why = msgspec.msgpack.encode(change), Reason.DAMAGED.value
        ledger.put_set_aside(store, ledger.SetAside(path, raw, why, change.form, now_ms, now_ms, 1))
    if unreadable:
        rebuild(store, seat, {change.audience for change in unreadable})
