# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Going by a new roster: what it takes out of the log, and what it moves.

Rules, each with a test:

* What a roster cuts off leaves the log and is set aside; should the cut-off be put later after
  all, it comes back. So does a rival of the last bundle that counts, and a line of a laptop taken
  out that the coordinator did not have: otherwise whoever had them would wait for ever for what
  the others go on from.
* What a ruling moves to a branch is moved within the log. A laptop whose own work was moved goes
  on under a new feed.
* Either way the records are made anew.
"""

from collections.abc import Collection
from dataclasses import replace

from storage import ledger
from storage.ledger import Feed, Held
from storage.store import Store
from sync import places
from sync.identity import FORKED
from sync.mending import know_upto
from sync.order import by_feed_cutoffs
from sync.reasons import Reason
from sync.roster import Cutoff, Roster, Ruling
from sync.seals import Random
from sync.seat import Seat, leave_feed, seat
from sync.team import Chain
from sync.wire import feed_number


def trust(
    store: Store, held: Seat, chain: Chain, *, now_ms: int, random: Random
) -> tuple[Seat, bool]:
    """Go by a roster from now on; return the seat it gives, and whether to make records anew."""
    new = [one for one in chain.roster.rulings if one not in held.roster.rulings]
    moved = [one for one in new if _moved(store, chain, one, now_ms=now_ms)]
    cut = _cut_off(store, chain, now_ms=now_ms)
    after = seat(store, held.me, chain)
    own = ledger.own_feed(store)
    for ruling in moved:
        if own is not None and feed_number(ruling.feed) == own.number:
            leave_feed(store, after, own, why=FORKED, before=ruling.branch, random=random)
    # Whoever had seen what was lost and waived was read without knowing on which branch it was.
    return after, bool(cut or moved or (new and chain.roster.waivers))


def without_strangers(store: Store, chain: Chain, *, now_ms: int) -> None:
    """Set aside what laptops wrote that the roster does not know, or not any more."""
    for feed in ledger.feeds(store).values():
        if chain.roster.device(feed.device) is None and feed.head_seq:
            _take_out(store, chain, feed, 0, Reason.UNKNOWN_LAPTOP, now_ms=now_ms)


def cutoffs_here(store: Store, held: Seat, devices: Collection[bytes]) -> list[Cutoff]:
    """Return the last bundle of each feed of some laptops, as far as they reached this one."""
    branches = {feed_number(one.branch): one.branch for one in held.roster.rulings}
    return [
        Cutoff(
            branches.get(feed.number, feed.id),
            feed.head_seq,
            feed.head_id if feed.head_seq else b"",
        )
        for feed in ledger.feeds(store).values()
        if feed.device in devices
    ]


def _cut_off(store: Store, chain: Chain, *, now_ms: int) -> bool:
    """Take what does not count out of the log; say whether there was any."""
    gone = [
        _take_out(store, chain, feed, last, Reason.AFTER_CUTOFF, now_ms=now_ms)
        for feed in ledger.feeds(store).values()
        if (last := _last_that_counts(store, chain.roster, feed)) < feed.head_seq
    ]
    return any(gone)


def _last_that_counts(store: Store, roster: Roster, feed: Feed) -> int:
    """Return the last number of a line that counts, of what is here.

    A line of a laptop that is out, and that no cut-off names, had not reached whoever took it out:
    nobody else lets any of it in, so nobody may keep it who had it before.
    """
    cutoff = by_feed_cutoffs(roster.cutoffs).get(feed.number)
    if cutoff is None:
        laptop = roster.device(feed.device)
        return 0 if laptop is not None and not laptop.active else feed.head_seq
    held = ledger.bundle(store, feed.number, cutoff.seq)
    rival = held is not None and cutoff.id not in (b"", held.id)
    return cutoff.seq - 1 if rival else cutoff.seq


def _moved(store: Store, chain: Chain, ruling: Ruling, *, now_ms: int) -> bool:
    """Move to a branch what a ruling says belongs there; say whether anything was here."""
    number, branch = feed_number(ruling.feed), feed_number(ruling.branch)
    feed, held = ledger.feeds(store).get(number), ledger.bundle(store, number, ruling.seq)
    if feed is None or held is None or held.id == ruling.kept:
        return False
    gone = _take_out(store, chain, feed, ruling.seq - 1, Reason.FORK, now_ms=now_ms)
    if held.id == ruling.moved:
        ledger.add_bundles(store, [replace(one, feed=branch) for one in gone])
        ledger.put_feed(store, replace(feed, number=branch))
        for one in gone:
            ledger.drop_set_aside(store, _path(chain, feed, one))
    return True


def _take_out(
    store: Store, chain: Chain, feed: Feed, last: int, why: Reason, *, now_ms: int
) -> list[Held]:
    """Set aside what a feed holds after a number; it is looked at again when it is due."""
    gone = ledger.drop_bundles(store, feed.number, after_seq=last)
    for one in gone:
        path = _path(chain, feed, one)
        aside = ledger.SetAside(path, one.raw, why.value, "", now_ms, now_ms, 1)
        ledger.put_set_aside(store, aside)
    know_upto(store, feed, last)
    return gone


def _path(chain: Chain, feed: Feed, held: Held) -> str:
    folder = places.feed_folder(chain.team, chain.roster.name_key, feed.id)
    return f"{folder}/{places.bundle_name(held.seq, held.id)}"
