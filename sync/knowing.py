# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What somebody knew when they wrote an answer: which earlier answers they went on from.

Rules, each with a test:

* What the author of a bundle had seen is what its header, and those before it, say; nothing is
  guessed. Where it is not known, nothing is said.
* What waits to be sealed here was written with everything seen that this laptop holds: nothing is
  taken in while something waits.
* An answer is read at its one place in history, and only when it is of the record asked about.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from desktop_app.casework.recorded import Window
from desktop_app.casework.records import Answers, Change, Dot, Live, Record, pack_trail
from storage import arrivals, ledger
from storage.store import Store
from sync.bundle import open_outer
from sync.forks import branches
from sync.history import history, seen_in, staged
from sync.reading import Reader
from sync.recorded import recorded
from sync.seat import Seat, seat_of

AT_ONCE, FARTHEST = 50, 500
"""Headers read at once, and how far back in somebody's bundles is looked."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """Who wrote an answer, when, and from what.

    Attributes:
        person: person id; empty for somebody no longer known.
        at_ms: when it was written, by the clock of their laptop, UTC milliseconds.
        arrived_ms: when it arrived here; None where that is not known, or it was written here.
        before: what the answer was for whoever wrote it; None where that is not known.
        unseen: the places of those of the others they had not seen; None where not known.
        window: between which times it was written, whatever that clock said.
    """

    person: str
    at_ms: int
    arrived_ms: int | None
    before: Answers | None
    unseen: frozenset[Dot] | None
    window: Window


def wrote(
    store: Store, record: Record, lives: Sequence[Live], fields: Sequence[str]
) -> dict[Dot, Wrote]:
    """Return who wrote some answers of a record, when, and from what; by their places."""
    seat = seat_of(store)
    if seat is None:
        return {}
    past = [
        one for one in history(store, record) if not one.change.answers.keys().isdisjoint(fields)
    ]
    people = {one.change.dot: one.person for one in past}
    own = ledger.own_feed(store)
    changes = [one.change for one in past]
    dots = [Dot(live.feed, live.seq, live.idx) for live in lives]
    found = {}
    for dot, live in zip(dots, lives, strict=True):
        saw = saw_by(store, seat, dot, {change.feed for change in changes})
        here = own is not None and own.number == dot.feed
        found[dot] = Wrote(
            people.get(dot, ""),
            live.at,
            None if here else arrivals.arrived(store, dot.feed, dot.seq),
            None if saw is None else _before(changes, dot, fields, saw),
            None if saw is None else frozenset(one for one in dots if not knew(dot, one, saw)),
            recorded(store, live),
        )
    return found


def answers_at(store: Store, record: Record, dots: Collection[Dot]) -> list[Live]:
    """Return the answers of a record that stand at some places of the history, earliest first."""
    seat = seat_of(store)
    if seat is None:
        return []
    wanted, reader, feeds = frozenset(dots), Reader(seat), ledger.feeds(store)
    trail = b"".join(dict.fromkeys(pack_trail(dot.feed, dot.seq) for dot in dots))
    found: list[Change] = []
    for held in ledger.raw_of(store, trail):
        one = staged(seat, held, feeds[held.feed].device)
        found += reader.read(one, frozenset({record.audience})).changes
    found += [change for _seq, changes in ledger.pending(store) for change in changes]
    lives = [
        Live(one.at, one.feed, one.seq, one.idx, one.answers)
        for one in found
        if one.dot in wanted and one.record == record.id and one.audience == record.audience
    ]
    return sorted(lives, key=lambda live: live.stamp)


def saw_by(
    store: Store, seat: Seat, dot: Dot, feeds: Collection[int]
) -> Callable[[int, int], bool] | None:
    """Return the question whether the author of a change had seen a bundle (feed, seq) of others.

    None where it lies too far back to be known.
    """
    own = ledger.own_feed(store)
    if own is not None and own.number == dot.feed and dot.seq > own.head_seq:
        return lambda _feed, _seq: True
    known = ledger.seen(store, dot.feed)
    open_still = (set(feeds) & known.keys()) - {dot.feed}
    vector: dict[int, int] = {}
    placed, seq = branches(store, seat.roster.rulings), dot.seq
    while open_still and seq > 0 and dot.seq - seq < FARTHEST:
        some = [(dot.feed, one) for one in range(seq, max(seq - AT_ONCE, 0), -1)]
        held = {one.seq: one for one in ledger.bundles_of(store, some)}
        for number in sorted(held, reverse=True):
            opened = open_outer(held[number].raw, team=seat.chain.team, team_keys=seat.team_keys)
            for one in opened.header.seen:
                feed = placed.number_of(one)
                if feed in open_still:
                    vector[feed] = one.seq
                    open_still.discard(feed)
        seq -= AT_ONCE
    return None if open_still and seq > 0 else seen_in(vector)


def _before(
    past: Iterable[Change], dot: Dot, fields: Iterable[str], saw: Callable[[int, int], bool]
) -> Answers:
    """Return what some fields said to the author of a change, as far as they had been answered."""
    seen: Answers = {}
    wanted = set(fields)
    for one in past:
        if one.dot != dot and knew(dot, one.dot, saw):
            seen |= {name: v for name, v in one.answers.items() if name in wanted}
    return seen


def knew(dot: Dot, other: Dot, saw: Callable[[int, int], bool]) -> bool:
    """Say whether the author of one change had seen another, or it is the same.

    Args:
        dot: the place of the one.
        other: the place of the other.
        saw: what `saw_by` says of the one's author.
    """
    if dot.feed == other.feed:
        return (other.seq, other.idx) <= (dot.seq, dot.idx)
    return saw(other.feed, other.seq)
