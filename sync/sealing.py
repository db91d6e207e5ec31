# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Sealing: what was saved on this laptop becomes bundles, ready to be sent.

Rules, each with a test:

* Sealing comes before taking anything in, always. A bundle says what its author had seen, and
  every change in it was made knowing exactly that.
* A bundle is kept, put in the outbox and counted in one transaction; a crash leaves both or none.
* A change for an audience this laptop was not let into yet stays on the laptop until it is.
* An empty bundle says "I have seen yours". It looks like any other.
* Each says which bundles are set aside here, and why (see `still_out`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from desktop_app.casework.elapsed import A_DAY_MS, elapsed
from desktop_app.casework.records import Answers
from storage import custody, ledger
from storage.ledger import Feed, Held
from storage.merging import resting
from storage.store import Store
from storage.waiting import Packed
from sync.bundle import Part, seal
from sync.history import rebuild
from sync.seals import Random
from sync.seat import Seat, genesis_of
from sync.still_out import still_out
from sync.wire import (
    CHANGES,
    ERASED,
    MOST_SEEN,
    PUT,
    READER,
    SCHEMA,
    VERSION,
    Header,
    Op,
    Seen,
    StillOut,
)

RECEIPT_EVERY_MS = 3600 * 1000


def seal_all(store: Store, seat: Seat, *, now_ms: int, random: Random) -> int:
    """Seal everything that waits to be sent; return how many bundles that made.

    Inside a transaction of the caller.
    """
    waiting = ledger.to_seal(store)
    own = ledger.own_feed(store)
    if own is None or not waiting:
        return 0
    writable = frozenset(seat.parts(random))
    left = {change.audience for _seq, some in waiting for change in some} - writable
    pen = _Pen(store, seat, own, now_ms, random, still_out(store, seat))
    for seq, changes in _until_last(waiting, writable):
        with resting():
            pen.write(changes, seq)
    if pen.bundles:
        ledger.drop_pending(store, pen.own.head_seq, audiences=writable if left else None)
        pen.keep()
        _move_on(store, seat, pen.own, left)
    return len(pen.bundles)


def seal_receipt(store: Store, seat: Seat, *, now_ms: int, random: Random) -> None:
    """Seal an empty bundle, which says what this laptop has seen."""
    own = ledger.own_feed(store)
    if own is not None:
        pen = _Pen(store, seat, own, now_ms, random, still_out(store, seat))
        pen.write([], own.head_seq + 1)
        pen.keep()
        left = {one.audience for _seq, changes in ledger.to_seal(store) for one in changes}
        _move_on(store, seat, pen.own, left)


def give_receipt(
    store: Store, seat: Seat, *, something_came: bool, now_ms: int, random: Random
) -> None:
    """Say what was seen, at most once an hour and at least once a day.

    Whether it is said must not depend on what came: it would tell who could read it.
    """
    own = ledger.own_feed(store)
    given = store.get("sync.receipt_at")
    since = elapsed(given if isinstance(given, int) else 0, now_ms)
    wrote = min(since, elapsed(own.last_at, now_ms)) if own is not None else 0
    if wrote >= A_DAY_MS or (something_came and since >= RECEIPT_EVERY_MS):
        custody.release(store, now_ms=now_ms)
        if not seal_all(store, seat, now_ms=now_ms, random=random):
            seal_receipt(store, seat, now_ms=now_ms, random=random)
        store.put("sync.receipt_at", now_ms)


@dataclass(slots=True)
class _Pen:
    """Writes this laptop's bundles one after the other, and keeps them together."""

    store: Store
    seat: Seat
    own: Feed
    now_ms: int
    random: Random
    out: list[StillOut]
    seen: list[Feed] = field(default_factory=list)
    bundles: list[Held] = field(default_factory=list)

    def write(self, changes: Sequence[Packed], seq: int) -> None:
        """Write one bundle. The first says what was seen since the last; nothing comes between."""
        seat, own = self.seat, self.own
        new = [] if self.bundles else _newly_seen(self.store, own)
        self.seen += new
        header = Header(
            v=VERSION,
            kind=CHANGES,
            team=seat.chain.team,
            feed=own.id,
            seq=seq,
            prev=own.head_id,
            genesis=genesis_of(self.store, own.id) if seq == 1 else None,
            roster_n=seat.roster.n,
            app_schema=SCHEMA,
            min_reader=READER,
            ts_first=own.last_at,
            ts_last=max([self.now_ms, own.last_at, *(change.at for change in changes)]),
            seen=[Seen(feed.id, feed.head_seq, feed.head_id[:16]) for feed in new],
            secs=[],
            out=self.out,
        )
        sealed = seal(
            header,
            self._filled(seat.parts(self.random), changes),
            team_key=seat.team_key(),
            signing=seat.me.signing,
            random=self.random,
        )
        self.own = replace(own, head_seq=seq, head_id=sealed.id, last_at=header.ts_last)
        self.bundles.append(Held(own.number, seq, sealed.id, seat.roster.n, 0, "", sealed.raw))

    def keep(self) -> None:
        """Keep what was written: in the log, in the outbox, and in what was said of others."""
        store, own = self.store, self.own
        ledger.add_bundles(store, self.bundles)
        for one in self.bundles:
            ledger.put_outbox(store, self.seat.bundle_path(own.id, one.seq, one.id), one.raw)
        said = [(own.number, one.number, one.head_seq, one.head_id[:16]) for one in self.seen]
        ledger.add_seen(store, said)
        ledger.put_feed(store, own)

    def _filled(self, parts: Mapping[str, Part], changes: Sequence[Packed]) -> list[Part]:
        filled = []
        for audience, part in parts.items():
            some = [change for change in changes if change.audience == audience]
            first = some[0].at if some else 0
            ops = [_op(change, first) for change in some]
            filled.append(replace(part, first_at=first, ops=ops))
        return filled


def _move_on(store: Store, seat: Seat, own: Feed, left: Collection[str]) -> None:
    """Give what stays on the laptop the next number: its own was used."""
    if left:
        ledger.retag_pending(store, own.number, own.head_seq + 1)
        rebuild(store, seat, left)


def _until_last(
    waiting: Sequence[tuple[int, list[Packed]]], writable: Collection[str]
) -> Sequence[tuple[int, list[Packed]]]:
    """Return what to seal: every number up to the last that holds something to send."""
    useful = [
        at
        for at, (_seq, changes) in enumerate(waiting)
        if any(change.audience in writable for change in changes)
    ]
    return waiting[: useful[-1] + 1] if useful else []


def _newly_seen(store: Store, own: Feed) -> list[Feed]:
    """Return the feeds that grew since this laptop last said what it had seen."""
    said = ledger.seen(store, own.number)
    grown = [
        feed
        for number, feed in sorted(ledger.feeds(store).items())
        if number != own.number and feed.head_seq and said.get(number, (0, b""))[0] < feed.head_seq
    ]
    return grown[:MOST_SEEN]


def _op(change: Packed, first_at: int) -> Op:
    client = None if change.client == change.record else change.client
    if not change.form:
        return Op(ERASED, "erased", change.record, b"", change.at - first_at, {})
    as_they_lie = cast("Answers", change.answers)  # packed already, and packed again as they are
    return Op(PUT, change.form, change.record, client, change.at - first_at, as_they_lie)
