# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What became of what one sent, item by item: who has it, who has not, and what it waits for there.

Rules, each with a test:

* What each bundle brought is counted by form, never quoted.
* Of a laptop that has not taken a bundle in it is said when it was last heard from, and whether it
  has shared since the bundle was sealed.
* Where the bundle goes on from something that laptop is not known to have, it is said what it would
  wait for there.
* Where that laptop told why it has set the bundle aside, that is said. What is not known is not: of
  a laptop that has not told since, or runs an older Tandem.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from storage import ledger
from storage.ledger import Feed
from storage.store import Store
from sync.history import staged
from sync.order import Staged
from sync.outcome import Author, Receipt, author_of, counted
from sync.reading import Reader
from sync.receipts import how_far, receipts, writes_now
from sync.seat import Seat, seat_of
from sync.still_out import Out, told_by
from sync.wire import feed_number

LATEST, LOOKED_AT = 5, 60
"""How many bundles are told of, and among how many of the last."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """A laptop that is not known to have a bundle.

    Attributes:
        author: whose laptop it is.
        heard_ms: when it was last heard from, UTC milliseconds; 0 for never.
        since: whether that was after the bundle was sealed.
        waits_for: bundles it would wait for there: whose, and which number.
        why: why it is set aside there, as that laptop last told; empty where it told nothing.
    """

    author: Author
    heard_ms: int
    since: bool
    waits_for: tuple[tuple[Author, int], ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one bundle of this laptop's.

    Attributes:
        receipt: who has it.
        items: how many changes it brought, by form.
        not_yet: the laptops that are not known to have it.
    """

    receipt: Receipt
    items: Mapping[str, int] = field(default_factory=dict)
    not_yet: tuple[NotYet, ...] = ()


def arrivals(store: Store, *, latest: int = LATEST) -> list[Arrival]:
    """Return what became of the latest of this laptop's bundles that brought anything.

    The newest comes first; what only told what had been seen, or was for the audit, is left out.
    """
    seat, own = seat_of(store), ledger.own_feed(store)
    if seat is None or own is None:
        return []
    said = {one.seq: one for one in receipts(store, latest=LOOKED_AT)}
    held = ledger.bundles_of(store, [(own.number, seq) for seq in said])
    laptops, reader = _Laptops(store, seat, ledger.feeds(store)), Reader(seat)
    far = how_far(store, seat, own.number)
    bundles = [staged(seat, one, own.device) for one in reversed(held)]
    found: list[Arrival] = []
    for place, one in enumerate(bundles):
        seq, after = one.header.seq, bundles[place:]
        items = counted([Counter(change.form for change in reader.read(one).changes)])
        if not items:
            continue
        lacking = (device for device, last in far.items() if last < seq)
        told = tuple(laptops.not_yet(device, far[device], after) for device in lacking)
        found.append(Arrival(said[seq], items, told))
        if len(found) == latest:
            break
    return found


@dataclass(frozen=True, slots=True)
class _Laptops:
    """What is known of the others."""

    store: Store
    seat: Seat
    feeds: Mapping[int, Feed]
    out: dict[int, Out] = field(default_factory=dict)

    def not_yet(self, device: bytes, far: int, upto: Sequence[Staged]) -> NotYet:
        """Return what is known of a laptop that lacks the first of some bundles.

        Args:
            device: the laptop.
            far: how far it has this laptop's line of bundles.
            upto: that bundle, then those before it, the latest first.
        """
        feeds = self.feeds.values()
        heard = max((one.last_at for one in feeds if one.device == device), default=0)
        number = writes_now(feeds).get(device, 0)
        seen = {other: seq for other, (seq, _id) in ledger.seen(self.store, number).items()}
        needs: dict[int, int] = {}
        for other in (each for one in upto if one.header.seq > far for each in one.header.seen):
            feed = feed_number(other.feed)
            needs[feed] = max(other.seq, needs.get(feed, 0))
        waits = (
            (author_of(self.seat.team, self.feeds[feed].device), seq)
            for feed, seq in sorted(needs.items())
            if feed in self.feeds and self.feeds[feed].device != device and seen.get(feed, 0) < seq
        )
        bundle, author = upto[0], author_of(self.seat.team, device)
        since = heard > bundle.header.ts_last
        return NotYet(author, heard, since, tuple(waits), self._why(number, bundle))

    def _why(self, number: int, bundle: Staged) -> str:
        """Return why a bundle is set aside, as told by the author of a feed."""
        if number not in self.out:
            self.out[number] = told_by(self.store, self.seat, self.feeds.get(number))
        header = bundle.header
        return self.out[number].get((header.feed, header.seq, bundle.opened.id[:16]), "")
