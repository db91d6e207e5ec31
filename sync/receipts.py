# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Receipts: who has what, read from what everybody says they have seen.

Rules, each with a test:

* A laptop has a bundle when a later bundle of its own names it, or a later one of that feed, as
  seen. Nothing else counts: that a file lies on the share says nothing.
* Only laptops still in the team are waited for.
* The coordinator's silence is said aloud: after too many days the share may be an old copy. It is
  counted from when they were last heard from, also where their clock was once years ahead.
"""

from collections.abc import Iterable

from desktop_app.casework.elapsed import A_DAY_MS
from desktop_app.casework.records import Record, trail_entries
from desktop_app.casework.words import _, ngettext
from storage import arrivals, ledger
from storage.delivery import told
from storage.store import Store
from sync.bundle import open_outer
from sync.erasing import looked_at
from sync.heal import waiting_here
from sync.outcome import Receipt, author_of
from sync.seals import Random, digest
from sync.seat import Seat, seat_of

LATEST = 50
CHECKED = 20


def receipts(store: Store, *, latest: int = LATEST) -> list[Receipt]:
    """Return who has this laptop's latest bundles, the newest first."""
    seat, own = seat_of(store), ledger.own_feed(store)
    if seat is None or own is None:
        return []
    first = max(1, own.head_seq - latest + 1)
    wanted = [(own.number, seq) for seq in range(first, own.head_seq + 1)]
    reached = how_far(store, seat, own.number)
    team = seat.team
    found = []
    for held in reversed(ledger.bundles_of(store, wanted)):
        header = open_outer(held.raw, team=seat.chain.team, team_keys=seat.team_keys).header
        have = [device for device, seq in reached.items() if seq >= held.seq]
        missing = [device for device in reached if device not in have]
        found.append(
            Receipt(
                held.seq,
                header.ts_last,
                tuple(author_of(team, one) for one in have),
                tuple(author_of(team, one) for one in missing),
            )
        )
    return found


def arrived(store: Store, record: Record) -> str:
    """Return, in words, whether the latest change to a record has reached the others."""
    seat, own = seat_of(store), ledger.own_feed(store)
    if seat is None or own is None:
        return ""
    waiting = (one for _seq, changes in ledger.pending(store) for one in changes)
    if any(change.record == record.id for change in waiting):
        return _("Only on this laptop so far.")
    mine = [seq for number, seq in trail_entries(record.trail) if number == own.number]
    if not mine:
        return ""
    team, seq = seat.team, max(mine)
    reached = how_far(store, seat, own.number)
    have = [author_of(team, device) for device, last in reached.items() if last >= seq]
    missing = [author_of(team, device) for device, last in reached.items() if last < seq]
    return Receipt(seq, 0, tuple(have), tuple(missing)).words


def to_check(store: Store, seat: Seat, *, random: Random) -> dict[str, bytes]:
    """Return bundles whose files are to be looked at, with the hash they must have.

    Those somebody still waits for, the next first; and a few of all the others, so that in time
    every damaged file is found by somebody who can mend it.
    """
    feeds, found = ledger.feeds(store), dict[str, bytes]()
    wanted: list[tuple[int, int]] = []
    everybody = everybody_has(store, seat)
    for number, feed in feeds.items():
        if not feed.head_seq:
            continue
        behind = everybody[number]
        last = min(behind + CHECKED, feed.head_seq)
        wanted += [(number, seq) for seq in range(behind + 1, last + 1)]
        wanted += [(number, 1 + int.from_bytes(random(4), "big") % feed.head_seq)]
    for held in ledger.bundles_of(store, [*wanted, *looked_at(store)]):
        path = seat.bundle_path(feeds[held.feed].id, held.seq, held.id)
        found[path] = digest(b"tandem-file", held.raw)
    found |= {path: digest(b"tandem-file", raw) for path, raw in waiting_here(store)}
    return found


def everybody_has(store: Store, seat: Seat) -> dict[int, int]:
    """Return, per feed, the last bundle that every other laptop in the team has said to have."""
    feeds, said, me = ledger.feeds(store), told(store), seat.me.device
    present = writes_now(feeds.values())
    others = [one.id for one in seat.roster.devices if one.active and one.id != me]
    found = {}
    for number, feed in feeds.items():
        of_this = said.get(number, {})
        writer = feed.device if present.get(feed.device) == number else b""
        reached = (of_this.get(present.get(one, 0), 0) for one in others if one != writer)
        found[number] = min(reached, default=feed.head_seq)
    return found


def silence(store: Store, seat: Seat, *, now_ms: int) -> list[str]:
    """Return a warning when nothing was heard of any coordinator for too long."""
    coordinators = set(seat.roster.coordinators)
    if seat.me.device in coordinators:
        return []
    heard = [
        at for device, at in last_heard(store, now_ms=now_ms).items() if device in coordinators
    ]
    signed = seat.roster.ts if seat.roster.ts <= now_ms + A_DAY_MS else 0
    days = (now_ms - max([signed, *heard])) // A_DAY_MS
    if days <= seat.roster.heartbeat_days:
        return []
    return [
        ngettext(
            "No news from the coordinator for %(n)d day. The team folder may be an old copy.",
            "No news from the coordinator for %(n)d days. The team folder may be an old copy.",
            days,
        )
        % {"n": days}
    ]


def last_heard(store: Store, *, now_ms: int) -> dict[bytes, int]:
    """Return when each laptop was last heard from, UTC milliseconds.

    That is when it sealed its latest bundle; where its clock was ahead, when that arrived here.
    """
    found: dict[bytes, int] = {}
    for feed in ledger.feeds(store).values():
        at = feed.last_at
        if at > now_ms + A_DAY_MS:
            at = arrivals.arrived(store, feed.number, feed.head_seq) or 0
        found[feed.device] = max(at, found.get(feed.device, 0))
    return found


def how_far(store: Store, seat: Seat, number: int) -> dict[bytes, int]:
    """Return how far each other laptop of the team has seen a feed.

    What a laptop said under an earlier feed counts for nothing: it may have lost it since.
    """
    said, feeds = ledger.seen_of(store, number), ledger.feeds(store)
    present, me = writes_now(feeds.values()), seat.me.device
    return {
        one.id: said.get(present.get(one.id, 0), 0)
        for one in seat.roster.devices
        if one.active and one.id != me
    }


def writes_now(feeds: Iterable[ledger.Feed]) -> dict[bytes, int]:
    """Return the number of the feed each laptop writes now."""
    ordered = sorted(feeds, key=lambda feed: (feed.last_at, feed.number))
    return {feed.device: feed.number for feed in ordered if feed.head_seq}
