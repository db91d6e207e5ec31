# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was set aside, looked into as far as that goes: what can be said of it, and what cures it.

Rules, each with a test:

* Of whom a file is, is said only when that laptop's signature holds; never what it says of itself.
* Nothing in it is opened to be told.
* For every reason it is said when it is tried again and what a person can do; each is in fact
  tried again, at every exchange, and comes in once its cause is cured.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from storage import ledger
from storage.store import Store
from sync.bundle import Opened, open_outer, verify
from sync.intake import Intake
from sync.outcome import Aside, author_of
from sync.reasons import Reason, SetAside
from sync.seat import Seat, seat_of
from sync.shut_out import is_shut_out
from sync.wire import feed_number


def told(store: Store, anew: Collection[str] = ()) -> Iterator[Aside]:
    """Yield what is set aside on this laptop, in the order of where it lies.

    Args:
        store: the vault.
        anew: paths of what was set aside just now.
    """
    seat, feeds = seat_of(store), ledger.feeds(store)
    out = seat is not None and is_shut_out(store, seat)  # that is said in a sentence of its own
    for row in ledger.set_aside(store):
        closed = out and row.reason == Reason.NO_KEY.value
        whole = Aside(
            row.path,
            Reason(row.reason),
            row.first_ms,
            row.last_ms,
            row.tries,
            len(row.raw),
            anew=row.path in anew and not closed,
        )
        yield _signed(seat, feeds, whole, row.raw) if seat is not None else whole


def outside(store: Store, seat: Seat, trial: Intake) -> Iterator[Aside]:
    """Yield what a trial of taking in would set aside; what waits for another is not among it."""
    known = {row.path: row for row in ledger.set_aside(store)}
    failed = {path: (reason, raw) for path, (reason, _detail, raw) in trial.failed.items()}
    failed |= {one.path: (Reason.FORK, one.raw) for one in trial.order.forks}
    feeds = ledger.feeds(store)
    for path, (reason, raw) in sorted(failed.items()):
        row = known.get(path)
        first, tries = (row.first_ms, row.tries) if row else (trial.now_ms, 0)
        aside = Aside(path, reason, first, trial.now_ms, tries, len(raw))
        yield _signed(seat, feeds, aside, raw)


def _signed(seat: Seat, feeds: Mapping[int, ledger.Feed], aside: Aside, raw: bytes) -> Aside:
    """Return a file with what can be said of it because a laptop of the team signed it."""
    opened = _opened(seat, raw)
    if opened is None:
        return aside
    header = opened.header
    feed = feeds.get(feed_number(header.feed))
    device = header.genesis.device if header.genesis else feed.device if feed else b""
    laptop = seat.roster.device(device)
    try:
        verify(opened, laptop.sign if laptop else b"", seat.trusted)
    except SetAside:
        return aside
    author = author_of(seat.team, device)
    return replace(aside, author=author, seq=header.seq, sealed_ms=header.ts_last)


def _opened(seat: Seat, raw: bytes) -> Opened | None:
    try:
        return open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
    except SetAside:
        return None
