# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Forks: two bundles of one laptop under one number, and what the coordinator rules of them.

A copied disk, or a backup put back where the share could not be seen, writes on under numbers
that were used. Rules, each with a test:

* Nothing of either is lost. The ruling names the bundle that keeps its place; the other, and all
  that follows it, goes on as a feed of its own.
* Whoever had seen one of the two had seen that one: what others say they have seen names bundles
  by their ids, and is read by their ids.
* The laptop whose work was moved goes on under a new feed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from storage import ledger
from storage.store import Store
from sync.bundle import Opened, open_outer
from sync.outcome import Author, author_of
from sync.reasons import Reason, SetAside
from sync.roster import Ruling
from sync.seat import Seat, seat_of
from sync.wire import Seen, feed_number


@dataclass(frozen=True, slots=True)
class Fork:
    """Two bundles under one number, for the coordinator to rule on.

    Attributes:
        feed: id of the feed.
        seq: the number both have.
        author: whose laptop it is.
        one: id of the one this laptop took in, where it took in any.
        other: id of the one it set aside.
    """

    feed: bytes
    seq: int
    author: Author
    one: bytes
    other: bytes


@dataclass(slots=True)
class Branches:
    """Where bundles of forked feeds belong, as the roster rules.

    Attributes:
        rulings: per feed number, its rulings, earliest first.
        lookup: returns the id of a bundle that was taken in, or None.
        ids: bundles of forked feeds met in this session.
    """

    rulings: Mapping[int, tuple[Ruling, ...]]
    lookup: Callable[[int, int], bytes | None]
    ids: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def place(self, opened: Opened) -> int:
        """Return the number of the feed a bundle belongs to.

        Raises:
            SetAside: it is a third version, which no ruling speaks of.
        """
        header, number = opened.header, feed_number(opened.header.feed)
        for ruling in self.rulings.get(number, ()):
            branch = feed_number(ruling.branch)
            if header.seq == ruling.seq and opened.id not in (ruling.kept, ruling.moved):
                raise SetAside(Reason.FORK, str(header.seq))
            moved = header.seq == ruling.seq and opened.id == ruling.moved
            follows = header.seq > ruling.seq and self._id(branch, header.seq - 1) == header.prev
            if moved or follows:
                self.ids[branch, header.seq] = opened.id
                return branch
        if number in self.rulings:
            self.ids.setdefault((number, header.seq), opened.id)
        return number

    def number_of(self, seen: Seen) -> int:
        """Return the number of the feed that holds a bundle somebody has seen."""
        number = feed_number(seen.feed)
        for ruling in self.rulings.get(number, ()):
            if seen.seq < ruling.seq:
                break
            branch = feed_number(ruling.branch)
            there, here = self._id(branch, seen.seq), self._id(number, seen.seq)
            if there is not None and there.startswith(seen.id):
                return branch
            if here is not None and not here.startswith(seen.id):
                return branch
        return number

    def bases(self) -> dict[int, tuple[int, int]]:
        """Return, per branch, the feed it left and the last number they share."""
        return {
            feed_number(ruling.branch): (number, ruling.seq - 1)
            for number, some in self.rulings.items()
            for ruling in some
        }

    def _id(self, number: int, seq: int) -> bytes | None:
        return self.ids.get((number, seq)) or self.lookup(number, seq)


def branches(store: Store, rulings: Iterable[Ruling]) -> Branches:
    """Return where bundles belong, by the rulings of a roster and the log of a vault."""

    def lookup(number: int, seq: int) -> bytes | None:
        held = ledger.bundle(store, number, seq)
        return held.id if held else None

    found: dict[int, tuple[Ruling, ...]] = {}
    for ruling in sorted(rulings, key=lambda one: one.seq):
        number = feed_number(ruling.feed)
        found[number] = (*found.get(number, ()), ruling)
    return Branches(found, lookup)


def forks(store: Store) -> list[Fork]:
    """Return the forks this laptop knows of that nobody has ruled on."""
    seat = seat_of(store)
    if seat is None:
        return []
    versions: dict[bytes, dict[int, dict[bytes, None]]] = {}
    devices: dict[bytes, bytes] = {}
    for row in ledger.set_aside(store):
        if row.reason != Reason.FORK.value or not row.raw:
            continue
        opened = open_outer(row.raw, team=seat.chain.team, team_keys=seat.team_keys)
        header = opened.header
        of_feed = versions.setdefault(header.feed, {})
        for seq, id_of in ((header.seq - 1, header.prev), (header.seq, opened.id)):
            held = ledger.bundle(store, feed_number(header.feed), seq)
            of_feed.setdefault(seq, {held.id: None} if held else {})[id_of] = None
        if header.genesis is not None:
            devices[header.feed] = header.genesis.device
    for feed in ledger.feeds(store).values():
        devices[feed.id] = feed.device
    found = (_earliest(feed, some, seat) for feed, some in versions.items())
    return [
        Fork(feed, seq, author_of(seat.team, devices.get(feed, b"")), *ids)
        for feed, seq, ids in (one for one in found if one is not None)
    ]


def _earliest(
    feed: bytes, versions: Mapping[int, Mapping[bytes, None]], seat: Seat
) -> tuple[bytes, int, tuple[bytes, bytes]] | None:
    """Return where a feed first forks, and two of the bundles there."""
    ruled = {one.seq for one in seat.roster.rulings if one.feed == feed}
    for seq, ids in sorted(versions.items()):
        if len(ids) > 1 and seq not in ruled:
            first, second, *_more = ids
            return feed, seq, (first, second)
    return None
