# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Mending the log: bundles it should hold and does not, after an old page or a damaged vault.

Every line of bundles is known up to its head, without a hole but those the coordinator waived.
Rules, each with a test:

* A hole, or a head that is not the last bundle held, is seen from numbers and ids alone.
* What was waived on a line is no hole in the branches that left it either: nobody will fill it.
* A line is known up to a bundle that is held, or not at all: its id is what others are told.
* What comes after a hole is set aside, not dropped, and the line is known up to the hole only: so
  the share, and whoever holds it, fills it again.
* A bundle whose bytes are no longer its own is taken out like one that is missing.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from storage import ledger
from storage.ledger import Feed, Held
from storage.ledger import SetAside as SetAsideRow
from storage.store import Store
from sync.bundle import open_outer
from sync.forks import branches
from sync.order import Order, by_feed_waivers
from sync.reasons import Reason, SetAside
from sync.roster import Waiver
from sync.seat import Seat

Place = tuple[int, int]
"""A bundle's feed and its number there."""


def holes(store: Store, seat: Seat) -> dict[int, int]:
    """Return the lines of bundles that are not as far as they should be, and how far they are."""
    held = ledger.bundle_ids(store)
    last: dict[int, int] = {}
    for number, seq in held:
        last[number] = max(seq, last.get(number, 0))
    bases = branches(store, seat.roster.rulings).bases()
    order = Order({}, waivers=by_feed_waivers(seat.roster.waivers), bases=bases)
    found = {}
    for number, feed in ledger.feeds(store).items():
        _feed, base = bases.get(number, (number, 0))
        reach = _reach(held, number, base, feed.head_seq, [*order.given_up(number)])
        same = held.get((number, feed.head_seq), feed.head_id) == feed.head_id
        if reach < feed.head_seq or last.get(number, 0) > feed.head_seq or not same:
            found[number] = reach if same else feed.head_seq - 1
    return found


def spoilt(store: Store, seat: Seat) -> list[Place]:
    """Return the bundles whose bytes are missing or are not those their ids stand for."""
    whole: set[Place] = set()
    after = 0
    while page := ledger.bundles(store, after_row=after):
        whole.update((held.feed, held.seq) for _row, held in page if _is_itself(seat, held))
        after = page[-1][0]
    return sorted(ledger.bundle_ids(store).keys() - whole)


def mend(store: Store, seat: Seat, *, now_ms: int) -> int:
    """Know every line only as far as it is whole; return how many lines that made shorter.

    Inside a transaction of the caller, who makes the records anew.
    """
    known, feeds = holes(store, seat), ledger.feeds(store)
    for number, seq in spoilt(store, seat):
        known[number] = min(seq - 1, known.get(number, seq))
    for number, upto in known.items():
        feed = feeds.get(number)
        after = ledger.drop_bundles(store, number, after_seq=upto)
        if feed is None:  # its page is an older one: it is met again with its first bundle
            continue
        for one in after:
            if _is_itself(seat, one):
                path = seat.bundle_path(feed.id, one.seq, one.id)
                aside = SetAsideRow(path, one.raw, Reason.GAP.value, "", now_ms, now_ms, 1)
                ledger.put_set_aside(store, aside)
        know_upto(store, feed, upto)
    return len(known)


def know_upto(store: Store, feed: Feed, seq: int) -> None:
    """Know a line of bundles as far as the last one up to a number that is held.

    Where a branch holds none, the number before it is that of a bundle of the line it left.
    """
    held = [one for number, one in ledger.bundle_ids(store) if number == feed.number]
    last = max((one for one in held if one <= seq), default=0)
    head = ledger.bundle(store, feed.number, last)
    ledger.put_feed(store, replace(feed, head_seq=last, head_id=head.id if head else bytes(32)))


def _reach(
    held: Mapping[Place, bytes], number: int, base: int, upto: int, waivers: Collection[Waiver]
) -> int:
    """Return the last number of a line up to which nothing is missing that should be there."""
    seq = base
    while seq < upto and (
        (number, seq + 1) in held or any(one.first <= seq + 1 <= one.last for one in waivers)
    ):
        seq += 1
    return seq


def _is_itself(seat: Seat, held: Held) -> bool:
    try:
        opened = open_outer(held.raw, team=seat.chain.team, team_keys=seat.team_keys)
    except SetAside:
        return False
    return opened.id == held.id
