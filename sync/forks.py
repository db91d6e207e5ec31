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
* What was given up and turns up after all is taken in only where it goes between what is here: what
  goes on from a rival waits for the ruling with it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from storage import delivery, ledger
from storage.store import Store
from sync.bundle import Opened, open_outer
from sync.order import Staged
from sync.outcome import Author, author_of
from sync.reasons import Reason, SetAside
from sync.roster import Ruling
from sync.seat import Seat, seat_of
from sync.wire import Header, Seen, feed_number

_TELL_WHERE = {Reason.FORK.value, Reason.GAP.value}
"""What waits for another bundle says all the same which bundle it follows."""


@dataclass(frozen=True, slots=True)
class Fork:
    """Two bundles under one number, for the coordinator to rule on.

    Attributes:
        feed: id of the feed.
        seq: the number both have.
        author: whose laptop it is.
        one: id of the one this laptop took in, or took in what follows it, where it did any.
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
        begun: the branch each bundle begins that a ruling moved, by the bundle's id.
        lookup: returns the id of a bundle in the log, or None.
        taken: ids of bundles on their way into the log, by feed and number.
        met: bundles met in this session, by feed and number, rivals too; none where nothing was
            ruled, for there nobody asks.
    """

    rulings: Mapping[int, tuple[Ruling, ...]]
    begun: Mapping[bytes, int]
    lookup: Callable[[int, int], bytes | None]
    taken: Mapping[tuple[int, int], bytes] = field(default_factory=dict)
    met: dict[tuple[int, int], set[bytes]] = field(default_factory=dict)

    def place(self, opened: Opened) -> int:
        """Return the number of the feed a bundle belongs to.

        Raises:
            SetAside: it is a further version, which no ruling speaks of.
        """
        seq, number = opened.header.seq, self.walk(opened)
        for ruling in self.at(number, seq):
            if ruling.kept != opened.id:
                raise SetAside(Reason.FORK, str(seq))
        return number

    def walk(self, opened: Opened) -> int:
        """Return the feed a bundle is on: the branch it begins, or where the one before it is."""
        header = opened.header
        number = self.begun.get(opened.id) or self._after(header)
        if self.rulings:
            self.met.setdefault((number, header.seq), set()).add(opened.id)
        return number

    def number_of(self, seen: Seen) -> int | None:
        """Return the feed that holds a bundle somebody has seen; None when only a rival is here."""
        number = feed_number(seen.feed)
        if number not in self.rulings:
            here = self._here(number, seen.seq)
            return number if here is None or here.startswith(seen.id) else None
        ways = self._ways(number, seen.seq)
        held = {way: self._here(way, seen.seq) for way in ways}
        exact = [way for way, id_of in held.items() if id_of and id_of.startswith(seen.id)]
        return next(iter(exact), next((way for way in ways if held[way] is None), None))

    def _ways(self, number: int, seq: int) -> list[int]:
        """Return a feed and every branch a bundle of that number may have gone out on."""
        found = [number]
        for way in found:
            past = (one for one in self.rulings.get(way, ()) if one.seq <= seq)
            found += [feed_number(one.branch) for one in past]
        return found

    def at(self, number: int, seq: int) -> list[Ruling]:
        """Return the rulings on one number of one feed."""
        return [one for one in self.rulings.get(number, ()) if one.seq == seq]

    def bases(self) -> dict[int, tuple[int, int]]:
        """Return, per branch, the feed it left and the last number they share."""
        return {
            feed_number(ruling.branch): (number, ruling.seq - 1)
            for number, some in self.rulings.items()
            for ruling in some
        }

    def _after(self, header: Header) -> int:
        """Return where the bundle before one is, as far as that is known; else its feed."""
        first, seq = feed_number(header.feed), header.seq - 1
        out = reversed(self._ways(first, seq)[1:])
        known = (way for way in out if header.prev in self._known(way, seq))
        return self.begun.get(header.prev) or next(known, first)

    def _here(self, number: int, seq: int) -> bytes | None:
        return self.taken.get((number, seq)) or self.lookup(number, seq)

    def _known(self, number: int, seq: int) -> set[bytes]:
        held, kept = self._here(number, seq), {one.kept for one in self.at(number, seq)}
        return kept | self.met.get((number, seq), set()) | ({held} if held else set())


def branches(store: Store, rulings: Iterable[Ruling]) -> Branches:
    """Return where bundles belong, by the rulings of a roster and the log of a vault."""
    here: dict[tuple[int, int], bytes] = {}  # in a large team everybody asks for every bundle

    def lookup(number: int, seq: int) -> bytes | None:
        known = here.get((number, seq)) or delivery.id_of(store, number, seq)
        if known:
            here[number, seq] = known
        return known

    found: dict[int, tuple[Ruling, ...]] = {}
    begun: dict[bytes, int] = {}
    for ruling in sorted(rulings, key=lambda one: one.seq):
        number = feed_number(ruling.feed)
        found[number] = (*found.get(number, ()), ruling)
        begun[ruling.moved] = feed_number(ruling.branch)
    return Branches(found, begun, lookup)


def between(store: Store, seat: Seat, one: Staged) -> bool:
    """Say whether a bundle goes on from the one before it here, and the one after it from it."""
    seq = one.header.seq
    before = ledger.bundle(store, one.number, seq - 1)
    after = _before_the_next(store, seat, one.number, seq)
    return (before is None or before.id == one.header.prev) and after in (None, one.opened.id)


def _before_the_next(store: Store, seat: Seat, number: int, seq: int) -> bytes | None:
    """Return what the bundle after a number goes on from; None where there is none here."""
    held = ledger.bundle(store, number, seq + 1)
    if held is None:
        return None
    team, keys = seat.chain.team, seat.team_keys
    return open_outer(held.raw, team=team, team_keys=keys).header.prev


def forks(store: Store) -> list[Fork]:
    """Return the forks this laptop knows of that nobody has ruled on, the first of each feed."""
    seat = seat_of(store)
    if seat is None:
        return []
    placed, feeds = branches(store, seat.roster.rulings), ledger.feeds(store)
    ids = {feed_number(one.branch): one.branch for one in seat.roster.rulings}
    devices = {number: feed.device for number, feed in feeds.items()}
    versions: dict[int, dict[int, dict[bytes, None]]] = {}
    aside = [
        (row.reason, open_outer(row.raw, team=seat.chain.team, team_keys=seat.team_keys))
        for row in ledger.set_aside(store)
        if row.reason in _TELL_WHERE and row.raw
    ]
    for reason, opened in sorted(aside, key=lambda row: row[1].header.seq):
        header, number = opened.header, placed.walk(opened)
        if reason != Reason.FORK.value:
            continue
        ids.setdefault(number, header.feed)
        if header.genesis is not None:
            devices.setdefault(number, header.genesis.device)
        for seq, id_of in ((header.seq - 1, header.prev), (header.seq, opened.id)):
            held = ledger.bundle(store, number, seq)
            known = versions.setdefault(number, {}).setdefault(seq, {})
            known.update({one.kept: None for one in placed.at(number, seq)})
            here = held.id if held else _before_the_next(store, seat, number, seq)
            known.update({here: None} if here else {})
            known[id_of] = None
    found = []
    for number, some in versions.items():
        rivals = [(seq, [*known]) for seq, known in sorted(some.items()) if len(known) > 1]
        if rivals:
            seq, (one, other, *_more) = rivals[0]
            author = author_of(seat.team, devices.get(number, b""))
            found.append(Fork(ids[number], seq, author, one, other))
    return found
