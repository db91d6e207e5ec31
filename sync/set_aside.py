# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was set aside, looked into as far as that goes: what can be said of it, and what cures it.

Rules, each with a test:

* Of whom a file is, is said only when that laptop's signature holds; never what it says of itself.
* Nothing in it is opened to be told.
* For every reason it is said when it is tried again and what a person can do; each is in fact
  tried again, at every exchange, and comes in once its cause is cured.
"""

from collections.abc import Iterator
from dataclasses import replace

from storage import ledger
from storage.store import Store
from sync.bundle import Opened, open_outer, verify
from sync.outcome import Aside, author_of
from sync.reasons import Reason, SetAside
from sync.seat import Seat, seat_of
from sync.wire import feed_number


def told(store: Store) -> Iterator[Aside]:
    """Yield what is set aside on this laptop, in the order of where it lies."""
    seat, feeds = seat_of(store), ledger.feeds(store)
    for row in ledger.set_aside(store):
        whole = Aside(
            row.path, Reason(row.reason), row.first_ms, row.last_ms, row.tries, len(row.raw)
        )
        opened = _opened(seat, row.raw) if seat is not None else None
        if seat is None or opened is None:
            yield whole
            continue
        header = opened.header
        feed = feeds.get(feed_number(header.feed))
        device = header.genesis.device if header.genesis else feed.device if feed else b""
        laptop = seat.roster.device(device)
        try:
            verify(opened, laptop.sign if laptop else b"", seat.trusted)
        except SetAside:
            yield whole
        else:
            author = author_of(seat.team, device)
            yield replace(whole, author=author, seq=header.seq, sealed_ms=header.ts_last)


def _opened(seat: Seat, raw: bytes) -> Opened | None:
    try:
        return open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
    except SetAside:
        return None
