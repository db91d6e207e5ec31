# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""When a change was recorded, by the signed bundles around it: `casework.recorded` has the rule.

Rules, each with a test:

* What the author had seen is what the header of its bundle, and those before it, say.
* What is not sealed yet was recorded by this laptop's own clock: nothing is said of it.
* So many headers are read and no more, however long a line of bundles is.
"""

from desktop_app.casework.recorded import Window, window
from desktop_app.casework.records import Dot, Live
from storage import arrivals, ledger
from storage.ledger import Held
from storage.store import Store
from sync.bundle import open_outer
from sync.forks import Branches, branches
from sync.seat import Seat, seat_of
from sync.wire import Header

BACK, ON = 50, 500
"""Headers read before a bundle, and at most after it."""


def recorded(store: Store, live: Live) -> Window:
    """Return when an answer was recorded, by its own clock and by what others had written."""
    seat, own, dot = seat_of(store), ledger.own_feed(store), Dot(live.feed, live.seq, live.idx)
    here = own is not None and own.number == dot.feed
    if seat is None or own is None or (here and dot.seq > own.head_seq):
        return Window(live.at)
    placed = branches(store, seat.roster.rulings)
    seen = ledger.bundles_of(store, sorted(_seen(store, seat, placed, dot).items()))
    arrived = None if here else arrivals.arrived(store, dot.feed, dot.seq)
    dates = [_header(seat, one).ts_last for one in seen]
    return window(
        live.at,
        seen=[
            # By the clock that is in question nothing is measured: not when things arrived either.
            (at, None if here else arrivals.arrived(store, one.feed, one.seq))
            for at, one in zip(dates, seen, strict=True)
        ],
        arrived_ms=arrived,
        heard_ms=_heard(store, seat, placed, dot) if arrived is None else None,
    )


def _seen(store: Store, seat: Seat, placed: Branches, dot: Dot) -> dict[int, int]:
    """Return how far into others' lines the author of a change had seen."""
    some = [(dot.feed, seq) for seq in range(max(1, dot.seq - BACK + 1), dot.seq + 1)]
    vector: dict[int, int] = {}
    for held in sorted(ledger.bundles_of(store, some), key=lambda one: one.seq):
        for one in _header(seat, held).seen:
            number = placed.number_of(one)
            if number is not None and number != dot.feed:
                vector[number] = one.seq
    return vector


def _heard(store: Store, seat: Seat, placed: Branches, dot: Dot) -> int | None:
    """Return when somebody first wrote who had seen a change; None where nobody has."""
    place = arrivals.place_of(store, dot.feed, dot.seq)
    if place is None:
        return None
    for _row, held in ledger.bundles(store, after_row=place, limit=ON):
        if held.feed == dot.feed:
            continue
        header = _header(seat, held)
        if any(one.seq >= dot.seq and placed.number_of(one) == dot.feed for one in header.seen):
            return header.ts_last
    return None


def _header(seat: Seat, held: Held) -> Header:
    return open_outer(held.raw, team=seat.chain.team, team_keys=seat.team_keys).header
