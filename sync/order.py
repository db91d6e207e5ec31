# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The order bundles are taken in: nothing before what its author had seen.

Pure. Rules, each with a test:

* A bundle is due when it is the next of its feed, names the one before, and everything its author
  had seen is here. So an arriving change is never older than one it lost to.
* A bundle waits without stopping anybody else; what it waits for can be said.
* What the roster cut off or waived is not waited for, also where a ruling moved what follows it;
  unless it turned up after all and is on its way.
* Two bundles with one number of one feed are a fork: the second is set aside, and so is all that
  follows it, until the coordinator rules. Whoever had seen the one has not seen the other.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sync.bundle import Opened
from sync.roster import Cutoff, Waiver
from sync.wire import Header, Seen, feed_number


class Head(NamedTuple):
    """The last bundle of a feed that was taken in."""

    seq: int
    id: bytes


class Need(NamedTuple):
    """What a bundle waits for: a bundle of a feed."""

    feed: int
    seq: int


@dataclass(frozen=True, slots=True, eq=False)
class Staged:
    """A verified bundle on its way in."""

    path: str
    raw: bytes
    opened: Opened
    device: bytes
    person: str
    number: int

    @property
    def header(self) -> Header:
        """Return its header."""
        return self.opened.header


@dataclass(slots=True)
class Order:
    """What is here, and what waits.

    Attributes:
        heads: per feed number, the last bundle taken in.
        cutoffs: per feed number, the last bundle that counts.
        waivers: per feed number, the bundles nobody waits for.
        bases: per branch of a forked feed, the feed it left and the last number they share.
        turned_up: bundles that are waited for although they were waived, by feed and number.
        number_of: the feed that holds a bundle somebody has seen; None when only a rival is here.
        queues: what waits, by feed number and sequence number.
        taken: ids of the bundles taken in this session, by feed and number.
        forks: bundles that lost their place to another of the same number.
        frozen: feeds with a fork, and where: nothing from there on is taken in until the
            coordinator rules.
    """

    heads: dict[int, Head]
    cutoffs: Mapping[int, Cutoff] = field(default_factory=dict)
    waivers: Mapping[int, tuple[Waiver, ...]] = field(default_factory=dict)
    bases: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    turned_up: Collection[tuple[int, int]] = frozenset()
    number_of: Callable[[Seen], int | None] = lambda seen: feed_number(seen.feed)
    queues: dict[int, dict[int, Staged]] = field(default_factory=dict)
    taken: dict[tuple[int, int], bytes] = field(default_factory=dict)
    forks: list[Staged] = field(default_factory=list)
    frozen: dict[int, int] = field(default_factory=dict)

    def offer(self, one: Staged) -> None:
        """Put a bundle in the queue of its feed. The same bundle twice is once."""
        queue = self.queues.setdefault(one.number, {})
        held = queue.get(one.header.seq)
        if held is None:
            queue[one.header.seq] = one
        elif held.opened.id != one.opened.id:
            self.freeze(one.number, one.header.seq)
            self.forks.append(one)

    def due(self) -> Iterator[Staged]:
        """Yield what can be taken in, in order, moving the heads as it goes."""
        moved = True
        while moved:
            moved = False
            for number in sorted(self.queues):
                for one in self._due_of(number):
                    moved = True
                    yield one
                if not self.queues[number]:
                    del self.queues[number]

    def freeze(self, number: int, seq: int) -> None:
        """Take in nothing of a feed from a number on."""
        self.frozen[number] = min(seq, self.frozen.get(number, seq))

    def stopped_at(self, one: Staged) -> bool:
        """Say whether a bundle waits for the coordinator, because one was written twice."""
        return one.header.seq >= self.frozen.get(one.number, one.header.seq + 1)

    def waiting(self) -> list[tuple[Staged, list[Need]]]:
        """Return what is left in the queues and what each waits for."""
        return [
            (queue[seq], self.needs(queue[seq]))
            for _number, queue in sorted(self.queues.items())
            for seq in sorted(queue)
        ]

    def needs(self, one: Staged) -> list[Need]:
        """Return the bundles that must come first."""
        own = [] if self._next_of(one) else [Need(one.number, self.reach(one.number) + 1)]
        return own + [need for need in map(self._unmet, one.header.seen) if need is not None]

    def met(self, need: Need) -> bool:
        """Say whether a bundle is here, or need not be."""
        cutoff = self.cutoffs.get(need.feed)
        return need.seq <= self.reach(need.feed) or (cutoff is not None and need.seq > cutoff.seq)

    def reach(self, number: int) -> int:
        """Return the last number of a feed nobody has to wait for."""
        held = self.heads.get(number)
        last = held.seq if held else self._base(number)
        if self.waivers:
            for waiver in sorted(self.given_up(number), key=lambda one: one.first):
                if waiver.first <= last + 1 <= waiver.last:
                    some = range(last + 1, waiver.last + 1) if self.turned_up else ()
                    here = (seq - 1 for seq in some if (number, seq) in self.turned_up)
                    last = next(here, waiver.last)
        return last

    def given_up(self, number: int) -> Iterator[Waiver]:
        """Yield what nobody waits for on a feed; a branch was waived with the feed it left."""
        yield from self.waivers.get(number, ())
        if number in self.bases:
            yield from self.given_up(self.bases[number][0])

    def _unmet(self, seen: Seen) -> Need | None:
        number, named = self.number_of(seen), feed_number(seen.feed)
        need = Need(named if number is None else number, seen.seq)
        if number is not None and self.met(need):
            return None
        given_up = self.waivers.get(named, ())
        lost = any(waiver.first <= seen.seq <= waiver.last for waiver in given_up)
        comes = number is not None and need in self.turned_up
        return need if comes or not lost else None

    def _base(self, number: int) -> int:
        """Return what a branch shares with the feed it left, once that is here."""
        if number not in self.bases:
            return 0
        feed, shared = self.bases[number]
        return shared if self.reach(feed) >= shared else 0

    def _due_of(self, number: int) -> Iterator[Staged]:
        queue = self.queues[number]
        for seq in sorted(queue):
            one = queue[seq]
            held = self.heads.get(number)
            if self.stopped_at(one) or not self._next_of(one) or self.needs(one):
                return
            if held is not None and seq == held.seq + 1 and one.header.prev != held.id:
                self._fork(number)
                return
            del queue[seq]
            self.heads[number] = Head(seq, one.opened.id)
            self.taken[number, seq] = one.opened.id
            yield one

    def _next_of(self, one: Staged) -> bool:
        return one.header.seq <= self.reach(one.number) + 1

    def _fork(self, number: int) -> None:
        """Set a whole queue aside: it goes on from a bundle that is not the one held."""
        queue = self.queues[number]
        self.freeze(number, min(queue))
        self.forks.extend(queue[seq] for seq in sorted(queue))
        queue.clear()


def by_feed_cutoffs(cutoffs: Iterable[Cutoff]) -> dict[int, Cutoff]:
    """Return the strictest cut-off of each feed."""
    found: dict[int, Cutoff] = {}
    for one in cutoffs:
        number = feed_number(one.feed)
        if number not in found or one.seq < found[number].seq:
            found[number] = one
    return found


def by_feed_waivers(waivers: Iterable[Waiver]) -> dict[int, tuple[Waiver, ...]]:
    """Return the waivers of each feed, in order."""
    found: dict[int, tuple[Waiver, ...]] = {}
    for one in sorted(waivers, key=lambda waiver: waiver.first):
        number = feed_number(one.feed)
        found[number] = (*found.get(number, ()), one)
    return found
