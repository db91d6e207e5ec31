# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What only the coordinator can settle: bundles that never came, and a laptop that wrote twice.

Rules, each with a test:

* A bundle counts as missing once another that follows it is here and waits for it.
* Giving it up is said in words, signed, and heard by everybody; who waited goes on. Should it turn
  up after all, it is taken in.
* Of a laptop that wrote twice under one number nothing is lost, whichever keeps its place.
"""

from dataclasses import dataclass

from desktop_app.casework.words import ngettext
from storage import ledger
from storage.store import Store
from sync.bundle import open_outer
from sync.checks import signer
from sync.forks import branches
from sync.intake import order_here
from sync.order import Staged
from sync.outcome import Author, author_of
from sync.reasons import Reason
from sync.seat import seat_of
from sync.wire import feed_number


@dataclass(frozen=True, slots=True)
class Missing:
    """Bundles of one laptop that have not arrived, and how many others wait for them.

    Attributes:
        feed: id of their feed.
        author: whose laptop it is.
        first: number of the first of them.
        last: number of the last.
        waiting: how many bundles wait for them.
        since_ms: when the first of those came, UTC milliseconds.
    """

    feed: bytes
    author: Author
    first: int
    last: int
    waiting: int
    since_ms: int

    @property
    def which(self) -> str:
        """Return which they are, in words."""
        count = self.last - self.first + 1
        return ngettext(
            "Bundle %(first)d from %(who)s", "Bundles %(first)d to %(last)d from %(who)s", count
        ) % {"first": self.first, "last": self.last, "who": self.author.words}

    def since(self, when: str) -> str:
        """Return what waits for them and since when, in words.

        Args:
            when: the moment the first of those came, in words.
        """
        words = ngettext("It came %(when)s.", "The first of those came %(when)s.", self.waiting)
        return f"{self.words} {words % {'when': when}}"

    @property
    def words(self) -> str:
        """Return what waits for them, in words."""
        return (
            ngettext("%(n)d bundle waits for it.", "%(n)d bundles wait for it.", self.waiting)
            if self.first == self.last
            else ngettext(
                "%(n)d bundle waits for them.", "%(n)d bundles wait for them.", self.waiting
            )
        ) % {"n": self.waiting}


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Bundles that were given up, by whose laptop, and why."""

    author: Author
    first: int
    last: int
    words: str


def missing(store: Store) -> list[Missing]:
    """Return the bundles that others wait for here, feed by feed."""
    seat = seat_of(store)
    if seat is None:
        return []
    placed, feeds = branches(store, seat.roster.rulings), ledger.feeds(store)
    order = order_here(store, seat, placed)
    ids = {feed.number: feed.id for feed in feeds.values()}
    ids |= {feed_number(one.branch): one.branch for one in seat.roster.rulings}
    devices = {number: feed.device for number, feed in feeds.items()}
    since: dict[str, int] = {}
    for row in ledger.set_aside(store):
        if row.reason != Reason.GAP.value or not row.raw:
            continue
        opened = open_outer(row.raw, team=seat.chain.team, team_keys=seat.team_keys)
        header, number = opened.header, placed.walk(opened)
        ids.setdefault(number, header.feed)
        for seen in header.seen:
            ids.setdefault(feed_number(seen.feed), seen.feed)
        if number not in devices:
            devices[number] = signer(seat, opened)
        since[row.path] = row.first_ms
        device = devices.get(number, b"")
        order.offer(Staged(row.path, row.raw, opened, device, "", number))
    waits: dict[int, list[Staged]] = {}
    upto: dict[int, int] = {}
    for one, needs in order.waiting():
        for need in needs:
            waits.setdefault(need.feed, []).append(one)
            upto[need.feed] = max(need.seq, upto.get(need.feed, 0))
    found = []
    for number, some in sorted(waits.items()):
        first = order.reach(number) + 1
        here = [seq for seq in order.queues.get(number, {}) if seq > first]
        last = min(here) - 1 if here else upto[number]
        if number in ids and last >= first:
            author = author_of(seat.team, devices.get(number, b""))
            earliest = min(since[one.path] for one in some)
            found.append(Missing(ids[number], author, first, last, len(some), earliest))
    return found


def given_up(store: Store) -> list[GivenUp]:
    """Return what the coordinator gave up, the latest first, with the reason."""
    seat = seat_of(store)
    if seat is None:
        return []
    devices = {feed.id: feed.device for feed in ledger.feeds(store).values()}
    return [
        GivenUp(author_of(seat.team, devices.get(one.feed, b"")), one.first, one.last, one.words)
        for one in reversed(seat.roster.waivers)
    ]
