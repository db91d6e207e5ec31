# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a laptop has met and not taken in, as each of its bundles tells the others, with the reason.

Rules, each with a test:

* It is told of bundles by where they lie: nothing a file says of itself, nothing that is in it.
* A file that was met once and is not whole is not told: it is still being copied, as a rule.
* What a laptop told last is what holds; of one that runs an older Tandem nothing is known.
"""

from collections.abc import Mapping

from storage import delivery, ledger
from storage.ledger import Feed
from storage.store import Store
from sync.bundle import open_outer
from sync.places import numbered
from sync.reasons import Reason
from sync.seat import Seat
from sync.wire import MOST_OUT, StillOut

Out = Mapping[tuple[bytes, int, bytes], str]
"""Why a bundle is still out: by the id of its feed, its number and the start of its id."""


def still_out(store: Store, seat: Seat) -> list[StillOut]:
    """Return what this laptop has to tell of what it set aside; what only waits comes last."""
    rows = delivery.set_aside(store)
    feeds = {seat.feed_folder(feed.id): feed.id for feed in ledger.feeds(store).values()}
    found = []
    for path, why, tries in rows:
        folder, _slash, name = path.rpartition("/")
        feed, number = feeds.get(folder), numbered(name)
        copying = why == Reason.INCOMPLETE and tries < 2
        if feed is not None and number is not None and len(number[1]) == 16 and not copying:
            found.append(StillOut(feed, *number, why))
    return sorted(found, key=lambda one: one.why == Reason.GAP)[:MOST_OUT]


def told_by(store: Store, seat: Seat, feed: Feed | None) -> Out:
    """Return what the author of a feed told last of what is still out on their laptop."""
    held = ledger.bundle(store, feed.number, feed.head_seq) if feed is not None else None
    if held is None:
        return {}
    header = open_outer(held.raw, team=seat.chain.team, team_keys=seat.team_keys).header
    return {(one.feed, one.seq, one.id): one.why for one in header.out}
