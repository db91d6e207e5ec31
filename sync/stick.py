# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A stick, or any other folder: what is on it.

Rules, each with a test:

* Looking writes nothing, here or there, and takes nothing in.
* Whose files they are, how many of them are new here, and what cannot be read is told; what is not
  Tandem's, or another team's, is counted and left alone.
* What others wait for here and lies on it is said to lie on it.
* Nothing is said to be on it that is on it cut short or altered.
"""

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from storage import audit, ledger
from storage.store import Store
from sync import places
from sync.bundle import open_outer
from sync.checks import signer
from sync.outcome import Author, author_of
from sync.reasons import Reason, SetAside
from sync.seat import NotInTeam, Seat, seat_of
from sync.share import ShareUnreachable
from sync.stick_loads import Loads
from sync.stick_survey import Number, Survey, held_here
from sync.unsettled import Missing, missing


@dataclass(frozen=True, slots=True)
class From:
    """What is there of one laptop's; `newest_ms` is 0 where it cannot be said."""

    author: Author | None
    bundles: int
    new: int
    newest_ms: int


@dataclass(frozen=True, slots=True)
class Stick:
    """What is on it, in values a screen can show.

    Attributes:
        survey: what was found.
        of: per laptop, those with most that is new first; author None where it cannot be said.
        damaged: bundles that are cut short or altered; they do not count as new.
        locked: new bundles this laptop has no key for.
        awaited: bundles others wait for here that lie on it.
        spoilt: files held here whose copies on it are cut short or altered.
        uncompared: files that are on it already and were not compared with those held here.
        lacking: files held here that are not on it, or not as they should be.
        needs: bytes those have.
        unsealed: changes of one's own that are not sealed yet.
    """

    survey: Survey
    of: tuple[From, ...] = ()
    damaged: int = 0
    locked: int = 0
    awaited: tuple[Missing, ...] = ()
    spoilt: int = 0
    uncompared: int = 0
    lacking: int = 0
    needs: int = 0
    unsealed: int = 0

    @property
    def bundles(self) -> int:
        """Return how many bundles of the team are on it."""
        return sum(one.bundles for one in self.of)

    @property
    def new(self) -> int:
        """Return how many of them are new here."""
        return sum(one.new for one in self.of)

    @property
    def newest_ms(self) -> int:
        """Return when the newest of them was sealed; 0 where it cannot be said."""
        return max((one.newest_ms for one in self.of), default=0)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all is on it."""
        one = self.survey
        return not (one.ours or one.other_teams or one.foreign)


@dataclass(frozen=True, slots=True)
class Room:
    """How much a folder takes: bytes that are free, and whether it can only be read."""

    free: int
    read_only: bool


def room_of(folder: Path) -> Room:
    """Return how much room a folder has.

    Raises:
        ShareUnreachable: it is not there.
    """
    try:
        free = shutil.disk_usage(folder).free
        shut = hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        raise ShareUnreachable from None
    return Room(free, shut or not os.access(folder, os.W_OK))


def looked_into(
    store: Store, found: Survey, spoilt: Collection[str] = (), *, uncompared: int = 0
) -> Stick:
    """Return what is on it, with whose it is; nothing is taken in.

    Args:
        store: the vault.
        found: what was found on it.
        spoilt: paths of files held here whose copies on it are no good.
        uncompared: files that are on it already and were not compared.

    Raises:
        NotInTeam: there is nobody to carry anything for.
    """
    seat = seat_of(store)
    if seat is None:
        raise NotInTeam
    folders = {seat.feed_folder(feed.id): feed for feed in ledger.feeds(store).values()}
    whose = {folder: feed.device for folder, feed in folders.items()}
    newest = {
        folder: feed.last_at
        for folder, feed in folders.items()
        if (feed.head_seq, feed.head_id[:16]) in found.present.get(folder, frozenset())
    }
    unfit: list[str] = []
    locked = 0
    for path, raw in found.new:
        folder, why = path.rpartition("/")[0], _of_whom(seat, path, raw)
        if isinstance(why, Reason):
            locked += why is Reason.NO_KEY
            unfit += [path] if why not in (Reason.NO_KEY, Reason.TOO_NEW) else []
            continue
        device, at = why
        whose.setdefault(folder, device)
        newest[folder] = max(newest.get(folder, 0), at)
    loads = Loads(store, found)
    loads.mend(spoilt)
    return Stick(
        found,
        _by_laptop(seat, found, held_here(store, seat, unfit), whose, newest),
        damaged=len(unfit),
        locked=locked,
        awaited=tuple(_awaited(store, seat, found, unfit)),
        spoilt=len(spoilt),
        uncompared=uncompared,
        lacking=loads.total,
        needs=loads.size(),
        unsealed=audit.to_share(store),
    )


def _awaited(store: Store, seat: Seat, found: Survey, unfit: Collection[str]) -> Iterator[Missing]:
    """Yield the bundles others wait for here that lie on it, whole."""
    for one in missing(store):
        folder = seat.feed_folder(one.feed)
        there = found.present.get(folder, frozenset())
        good = {
            seq for seq, start in there if f"{folder}/{places.bundle_name(seq, start)}" not in unfit
        }
        here = sorted(good & set(range(one.first, one.last + 1)))
        if here:
            yield replace(one, first=here[0], last=here[-1])


def _of_whom(seat: Seat, path: str, raw: bytes) -> tuple[bytes, int] | Reason:
    """Return which laptop signed a bundle, empty for none known, and when; or what is wrong."""
    try:
        opened = open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
    except SetAside as refused:
        return refused.reason
    number = places.numbered(path.rpartition("/")[2])
    if number is None or not opened.id.startswith(number[1]):
        return Reason.DAMAGED
    return signer(seat, opened), opened.header.ts_last


def _by_laptop(
    seat: Seat,
    found: Survey,
    not_new: Mapping[str, frozenset[Number]],
    whose: Mapping[str, bytes],
    newest: Mapping[str, int],
) -> tuple[From, ...]:
    of: dict[bytes, From] = {}
    for folder, there in found.present.items():
        device = whose.get(folder, b"")
        author = author_of(seat.team, device) if device else None
        before = of.get(device, From(author, 0, 0, 0))
        fresh = len(there - not_new.get(folder, frozenset()))
        latest = max(before.newest_ms, newest.get(folder, 0))
        of[device] = From(author, before.bundles + len(there), before.new + fresh, latest)
    said = sorted(of.values(), key=lambda one: (-one.new, -one.bundles, one.author is None))
    return tuple(one for one in said if one.bundles)
