# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Work that came from a laptop after it was taken out: kept aside, until a person decides.

A colleague may have written for days before they heard that their laptop is out; a thief may have
written since. The signatures are the same, so no program can tell one from the other. Rules, each
with a test:

* Nothing of it is taken in by itself, and nothing of it is lost: it stays aside on every laptop.
* What was written, by whom and when is counted by form, never quoted; what this laptop may not
  read is said to be so.
* The coordinator takes it in up to one bundle, in words that everybody may read: the laptop's
  cut-off moves to exactly that bundle. Every laptop then takes in the same, as it was signed,
  under the name of who wrote it; also what the coordinator cannot read.
* What goes on from a bundle nobody has, or exists in two versions, is not offered.
* Leaving it aside changes nothing but that one is not asked again, until more comes.
"""

from collections import Counter
from dataclasses import dataclass

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.words import _
from storage import ledger
from storage.store import Store
from sync.admission import amend_team
from sync.bundle import open_outer
from sync.checks import signer, where
from sync.forks import branches
from sync.order import Staged
from sync.outcome import Arrived, Author, author_of, counted
from sync.reading import Reader
from sync.reasons import Reason
from sync.roster import FIRST, Cutoff
from sync.seals import Random
from sync.seat import Seat, coordinators_seat, seat_of
from sync.wire import feed_number

LEFT = "sync.left_aside"
"""Setting inside the vault: per feed, how many bundles a person decided to leave aside."""
LONGEST = 500
"""Letters of a reason, as the roster keeps it."""


@dataclass(frozen=True, slots=True)
class Late:
    """What a laptop sent after its cut-off: one bundle after another, the oldest first.

    Attributes:
        feed: id of its feed.
        device: the laptop's id.
        author: whose it is.
        bundles: what each brings; the items are counts by form.
        ids: the ids of those bundles.
        loose: how many more there are that do not follow these.
        paths: where all of them lie on the share, as what is set aside is named.
    """

    feed: bytes
    device: bytes
    author: Author
    bundles: tuple[Arrived, ...]
    ids: tuple[bytes, ...]
    loose: int
    paths: frozenset[str]

    @property
    def upto(self) -> int:
        """Return the number of the last bundle that can be taken in; 0 for none."""
        return self.bundles[-1].seq if self.bundles else 0


def late_work(store: Store) -> list[Late]:
    """Return what came after a cut-off and was not decided on yet, by feed.

    What counts by now, and comes in with the next exchange, is not among it.
    """
    seat = seat_of(store)
    if seat is None:
        return []
    left, counts = _left(store), {feed_number(one.feed): one.seq for one in seat.roster.cutoffs}
    return [
        one
        for one in _lines(store, seat)
        if len(one.paths) > left.get(one.feed.hex(), 0)
        and (one.loose or one.upto > counts.get(feed_number(one.feed), 0))
    ]


def take_in_late(
    store: Store, feed: bytes, upto: int, *, reason: str, now_ms: int, random: Random
) -> None:
    """Let what came after a cut-off count, up to one bundle: the coordinator's own decision.

    It comes in with the next exchange, here and everywhere.

    Args:
        store: the coordinator's vault.
        feed: id of the feed, as `Late` names it.
        upto: number of the last bundle that is to count.
        reason: why, in words the team may read.
        now_ms: UTC milliseconds.
        random: gives random bytes.

    Raises:
        NotAllowed: this is no coordinator's laptop, no reason was given, or nothing such is aside.
    """
    held, why = coordinators_seat(store), reason.strip()
    if not why:
        raise NotAllowed(_("Say why it is taken in. Nothing was changed."))
    ids = {
        bundle.seq: id_of
        for one in _lines(store, held)
        if one.feed == feed
        for bundle, id_of in zip(one.bundles, one.ids, strict=True)
    }
    if upto not in ids:
        raise NotAllowed(_("This work is not set aside here any more. Nothing was changed."))
    number = feed_number(feed)
    others = [one for one in held.roster.cutoffs if feed_number(one.feed) != number]
    moved = Cutoff(feed, upto, ids[upto], why[:LONGEST])
    with store.transaction():
        amend_team(store, {"cutoffs": (*others, moved)}, now_ms=now_ms, random=random)
        store.put(LEFT, {one: many for one, many in _left(store).items() if one != feed.hex()})


def leave_late(store: Store, one: Late) -> None:
    """Leave what came after a cut-off aside, and do not ask again until more of it comes."""
    with store.transaction():
        store.put(LEFT, {**_left(store), one.feed.hex(): len(one.paths)})


def _left(store: Store) -> dict[str, int]:
    kept = store.get(LEFT)
    found = kept.items() if isinstance(kept, dict) else ()
    return {feed: many for feed, many in found if isinstance(many, int)}


def _lines(store: Store, seat: Seat) -> list[Late]:
    """Return what is aside as too late, in the order each laptop wrote it."""
    lines: dict[int, list[Staged]] = {}
    feeds: dict[int, bytes] = {feed_number(one.branch): one.branch for one in seat.roster.rulings}
    placed = branches(store, seat.roster.rulings)
    rows = (row for row in ledger.set_aside(store) if row.reason == Reason.AFTER_CUTOFF.value)
    for raw in (row.raw for row in rows if row.raw):
        opened = open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
        laptop = seat.roster.device(signer(seat, opened))
        if laptop is None:
            continue
        number = placed.walk(opened)
        feeds.setdefault(number, opened.header.feed)
        path = where(seat, opened)
        staged = Staged(path, raw, opened, laptop.id, laptop.person, number)
        lines.setdefault(number, []).append(staged)
    return [_line(store, seat, feeds[number], some) for number, some in sorted(lines.items())]


def _line(store: Store, seat: Seat, feed: bytes, some: list[Staged]) -> Late:
    known = ledger.feeds(store).get(feed_number(feed))
    last, seq = (known.head_id, known.head_seq) if known and known.head_seq else (FIRST, 0)
    places = Counter(one.header.seq for one in some)
    once = [one for one in some if places[one.header.seq] == 1 and one.header.seq > seq]
    follow: list[Staged] = []
    for one in sorted(once, key=lambda each: each.header.seq):
        before = follow[-1].opened.id if follow else last
        if one.header.seq != seq + len(follow) + 1 or one.header.prev != before:
            break
        follow.append(one)
    reader, author = Reader(seat), author_of(seat.team, some[0].device)
    return Late(
        feed,
        some[0].device,
        author,
        tuple(_brings(reader, author, one) for one in follow),
        tuple(one.opened.id for one in follow),
        len(some) - len(follow),
        frozenset(one.path for one in some),
    )


def _brings(reader: Reader, author: Author, one: Staged) -> Arrived:
    reading, header = reader.read(one), one.header
    items = counted([Counter(change.form for change in reading.changes)])
    return Arrived(author, header.seq, header.ts_last, items, tuple(reading.unread))
