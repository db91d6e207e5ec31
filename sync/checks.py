# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""At the border: what a file must show before it is let into the queue.

Each check is done before the next costs anything. Rules, each with a test:

* The outer lock opens, the header reads, the feed belongs to a laptop of the roster, and that
  laptop's key signed it.
* A feed whose first bundle was given up for lost belongs to the laptop the coordinator found it to
  be of; who signed what follows says so.
* A laptop taken out of the team writes nothing after its cut-off, whatever its bundles say.
* A bundle made with a newer roster waits for that roster.
* A date more than a day ahead is held, for people to look at their clocks. After a day, or when the
  day comes, it is taken in as it is: nobody's work waits for years because a clock was wrong. What
  follows it in time, once that clock is right, is not held again.
* It is ahead of this laptop's clock, as long as that is believed: not when more people's work is
  dated a day ahead of it than about it, for a flat clock battery must not shut everybody out. One
  date far ahead that was taken in lets nobody else's through.
* Content decides, not the file's name: a file that was renamed or copied is what it is.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from desktop_app.casework.elapsed import A_DAY_MS, elapsed
from storage import ledger
from storage.ledger import FARTHEST_AHEAD_MS
from storage.store import Store
from sync.bundle import Opened, open_outer, verify
from sync.forks import Branches
from sync.order import Staged, by_feed_cutoffs
from sync.reasons import Reason, SetAside
from sync.roster import Cutoff, Laptop, Roster
from sync.seat import Seat
from sync.wire import feed_id, feed_number

LATELY_MS = 7 * A_DAY_MS
"""Work dated so long before this laptop's clock, or less, speaks for that clock."""


@dataclass(slots=True)
class Border:
    """What the checks know.

    Attributes:
        seat: this laptop's seat.
        now_ms: UTC milliseconds.
        devices: per feed number, the laptop it belongs to.
        cutoffs: per feed number, the last bundle that counts.
        branches: where bundles of forked feeds belong.
        latest: per person, the latest date on anything of theirs.
        taken: the same, of what was taken in before.
        held: per path, since when a file has been aside, UTC milliseconds.
    """

    seat: Seat
    now_ms: int
    devices: dict[int, bytes]
    cutoffs: Mapping[int, Cutoff]
    branches: Branches
    latest: dict[str, int] = field(default_factory=dict)
    taken: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)

    def let_in(self, raw: bytes) -> Staged:
        """Check a file.

        Raises:
            SetAside: with the reason.
        """
        seat = self.seat
        opened = open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
        laptop = self._laptop(opened)
        verify(opened, laptop.sign, seat.trusted)
        self.devices[feed_number(opened.header.feed)] = laptop.id
        number = self.branches.place(opened)
        self.devices[number] = laptop.id
        self._counts(opened, laptop, number)
        if opened.header.roster_n > seat.roster.n:
            raise SetAside(Reason.GAP, "roster")
        latest = max(opened.header.ts_last, self.latest.get(laptop.person, 0))
        self.latest[laptop.person] = latest
        return Staged(where(seat, opened), raw, opened, laptop.id, laptop.person, number)

    def timely(self, one: Staged) -> None:
        """Check a date, once every file at hand has been looked at.

        Raises:
            SetAside: it is more than a day ahead, and was not held for a day.
        """
        others = [at for person, at in self.latest.items() if person != one.person]
        before = self.taken.get(one.person, self.latest[one.person])
        now_ms = self.now_ms
        if not _is_believed(now_ms, [*others, before]):
            now_ms = max(now_ms, *others, 0)
        if one.header.ts_last <= now_ms + A_DAY_MS:
            return
        goes_on = one.header.ts_last <= self.taken.get(one.person, 0) + FARTHEST_AHEAD_MS
        if not goes_on and elapsed(self.held.get(one.path, self.now_ms), self.now_ms) < A_DAY_MS:
            raise SetAside(Reason.FUTURE)

    def _laptop(self, opened: Opened) -> Laptop:
        header = opened.header
        if header.seq == 1:
            genesis = header.genesis
            if genesis is None or feed_id(header.team, genesis) != header.feed:
                raise SetAside(Reason.DAMAGED)
            device = genesis.device
        else:
            known = self.devices.get(feed_number(header.feed))
            if known is None:
                raise SetAside(Reason.GAP)
            device = known
        laptop = self.seat.roster.device(device)
        if laptop is None:
            raise SetAside(Reason.UNKNOWN_LAPTOP)
        return laptop

    def _counts(self, opened: Opened, laptop: Laptop, number: int) -> None:
        cutoff = self.cutoffs.get(number)
        if cutoff is None:
            counts = laptop.active
        elif opened.header.seq == cutoff.seq:
            counts = cutoff.id in (b"", opened.id)
        else:
            counts = opened.header.seq < cutoff.seq
        if not counts:
            raise SetAside(Reason.AFTER_CUTOFF)


def _is_believed(now_ms: int, dates: Collection[int]) -> bool:
    """Say whether as much speaks for this laptop's clock, itself included, as against it."""
    against = sum(at > now_ms + A_DAY_MS for at in dates)
    near = sum(now_ms - LATELY_MS <= at <= now_ms + A_DAY_MS for at in dates)
    return 1 + near >= against


def last_that_count(store: Store, roster: Roster) -> dict[int, Cutoff]:
    """Return the last bundle that counts of each feed that was cut off.

    None counts of a laptop the roster does not know, nor is any waited for.
    """
    found = by_feed_cutoffs(roster.cutoffs)
    for feed in ledger.feeds(store).values():
        if roster.device(feed.device) is None:
            found[feed.number] = Cutoff(feed.id, 0)
    return found


def written_by(store: Store, seat: Seat, feed: bytes) -> bytes:
    """Return the id of the laptop that writes a feed, be it from a bundle that waits for its first.

    Empty where nothing of that feed is here.
    """
    known = ledger.feeds(store).get(feed_number(feed))
    if known is not None:
        return known.device
    gap, rows = Reason.GAP.value, ledger.set_aside(store)
    waiting = (row.raw for row in rows if row.reason == gap and row.raw)
    opened = (open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys) for raw in waiting)
    found = (signer(seat, one) for one in opened if one.header.feed == feed)
    return next((device for device in found if device), b"")


def signer(seat: Seat, opened: Opened) -> bytes:
    """Return the id of the laptop in the team that signed a bundle; empty for none."""
    for laptop in seat.roster.devices:
        with suppress(SetAside):
            verify(opened, laptop.sign, seat.trusted)
            return laptop.id
    return b""


def where(seat: Seat, opened: Opened) -> str:
    """Return where a bundle belongs on the share, wherever it was found."""
    header = opened.header
    return seat.bundle_path(header.feed, header.seq, opened.id)
