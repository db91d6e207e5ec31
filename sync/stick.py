# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A stick, or any other folder: what is on it, and everything one holds put onto it.

Rules, each with a test:

* Looking writes nothing, here or there, and takes nothing in.
* Whose files they are, how many of them are new here, and what cannot be read is told; what is not
  Tandem's, or another team's, is counted and left alone.
* Whoever is in the team may carry everybody's files: as they were sealed, what they cannot read
  themselves among them.
* A stick that is full, read-only or pulled out leaves each file on it whole or not there, and
  changes nothing here.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storage import audit, delivery, ledger, parts
from storage.store import Store
from sync import places
from sync.bundle import open_outer
from sync.carry import Cancelled, Progress, never, nothing_to_tell
from sync.checks import signer
from sync.fetching import Wanted, wanted_of
from sync.heal import document_paths, waiting_here
from sync.listing import listed
from sync.outcome import Author, author_of
from sync.packs import Found, folder_of, look_at_packs, path_of, read_index
from sync.reasons import Reason, SetAside
from sync.seat import NotInTeam, Seat, seat_of
from sync.share import Share, ShareUnreachable

PORTION, AT_ONCE = 64 << 20, 200
"""Bytes of new bundles that are read to be told of; files that are written in one go."""
_BYTES_AT_ONCE = 8 << 20
Number = tuple[int, bytes]
Files = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Known:
    """What the casebook says before anybody looks: the team, and the bundles held, by folder."""

    team: bytes
    feeds: Mapping[str, frozenset[Number]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found on it, not yet looked into.

    Attributes:
        ours: whether it has a folder of this team.
        other_teams: folders of other teams.
        foreign: other things at its top.
        present: per folder of a feed, the numbers and starts of ids that are there.
        lists: paths of the lists of people and keys.
        parts: ids of the parts of letters and pictures.
        new: bundles that are not held here, path and bytes, as many as were read.
        unread: how many more of them there are.
    """

    ours: bool = False
    other_teams: int = 0
    foreign: int = 0
    present: Mapping[str, frozenset[Number]] = field(default_factory=dict, repr=False)
    lists: frozenset[str] = field(default=frozenset(), repr=False)
    parts: frozenset[bytes] = field(default=frozenset(), repr=False)
    new: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    unread: int = 0


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
        lacking: files held here that are not on it.
        needs: bytes those have.
        unsealed: changes of one's own that are not sealed yet.
    """

    survey: Survey
    of: tuple[From, ...] = ()
    damaged: int = 0
    locked: int = 0
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


def known(store: Store) -> Known:
    """Return what the casebook says before anybody looks.

    Raises:
        NotInTeam: there is nobody to carry anything for.
    """
    seat = seat_of(store)
    if seat is None:
        raise NotInTeam
    return Known(seat.chain.team, _held(store, seat))


def survey(
    share: Share,
    here: Known,
    *,
    progress: Progress = nothing_to_tell,
    cancelled: Cancelled = never,
) -> Survey:
    """Look at what is there; the new bundles are read, up to a portion.

    Raises:
        ShareUnreachable: it is not there, or was pulled out.
    """
    root = places.root(here.team)
    top = listed(share, "")
    teams = [name for name in top if places.is_root(name)]
    foreign = [name for name in top if not places.is_root(name) and not name.startswith(".")]
    if root not in top:
        return Survey(other_teams=len(teams), foreign=len(foreign))
    alone = _present(share, f"{root}/{places.FEEDS}")
    packs = look_at_packs(share, root, {})
    wanted = wanted_of(root, alone, packs, {}, held=here.feeds, skip=())
    new = _read(share, root, wanted, progress, cancelled)
    share.names(root)  # or what was pulled out meanwhile would look like nothing but damage
    ids = (places.part_id(name) for name in listed(share, places.parts_folder(here.team)))
    return Survey(
        ours=True,
        other_teams=len(teams) - 1,
        foreign=len(foreign),
        present=_with_packed(root, alone, packs),
        lists=frozenset(_lists(share, root)),
        parts=frozenset(one for one in ids if one),
        new=tuple(new),
        unread=wanted.count - len(new),
    )


def _read(
    share: Share, root: str, wanted: Wanted, progress: Progress, cancelled: Cancelled
) -> Files:
    """Return the first of some bundles, up to a portion; empty for one that cannot be read."""
    read: Files = []
    size = 0
    for source in wanted.sources:
        if cancelled() or size > PORTION:
            break
        got = dict(source.fetch(share, root))
        paths = [path_of(root, one) for one in source.entries] or [source.path]
        read += [(path, got.get(path, b"")) for path in paths]
        progress(len(read), wanted.count)
        size += sum(len(raw) for raw in got.values())
    return read


def _with_packed(
    root: str, alone: Mapping[str, frozenset[Number]], packs: Found
) -> dict[str, frozenset[Number]]:
    """Return what lies alone and what lies in packs."""
    there = {folder: set(some) for folder, some in alone.items()}
    for one in (entry for index in packs.new.values() for entry in read_index(index)):
        there.setdefault(folder_of(root, one), set()).add(one.name)
    return {folder: frozenset(some) for folder, some in there.items()}


def looked_into(store: Store, found: Survey) -> Stick:
    """Return what is on it, with whose it is; nothing is taken in.

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
    return Stick(
        found,
        _by_laptop(seat, found, _held(store, seat, unfit), whose, newest),
        damaged=len(unfit),
        locked=locked,
        lacking=loads.total,
        needs=loads.size(),
        unsealed=audit.to_share(store),
    )


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


class Loads:
    """Everything held here that is not on it, a portion at a time."""

    def __init__(self, store: Store, found: Survey) -> None:
        """Find out what is lacking.

        Raises:
            NotInTeam: there is nobody to carry anything for.
        """
        seat = seat_of(store)
        if seat is None:
            raise NotInTeam
        self._store, self._team = store, seat.chain.team
        lists = document_paths(store, seat)
        self._lists = [(path, raw) for path, raw in lists.items() if path not in found.lists]
        folders = {number: seat.feed_folder(one.id) for number, one in ledger.feeds(store).items()}
        self._bundles = [
            (number, seq)
            for (number, seq), id_of in sorted(ledger.bundle_ids(store).items())
            if (seq, id_of[:16]) not in found.present.get(folders[number], frozenset())
        ]
        self._folders = folders
        self._waiting = [
            (path, raw) for path, raw in waiting_here(store) if not _is_there(found, path)
        ]
        self._parts = sorted(parts.held(store) - found.parts)
        kinds = (self._lists, self._bundles, self._waiting, self._parts)
        self.total = sum(len(one) for one in kinds)

    def size(self) -> int:
        """Return how many bytes all of it has."""
        bundles, some = delivery.sizes(self._store), parts.sizes(self._store)
        return (
            sum(len(raw) for _path, raw in (*self._lists, *self._waiting))
            + sum(bundles[one] for one in self._bundles)
            + sum(some[one] for one in self._parts)
        )

    def portions(self) -> Iterator[Files]:
        """Yield files to write, the lists first; each portion is read when it is asked for."""
        some: Files = []
        size = 0
        for path, raw in self._files():
            some.append((path, raw))
            size += len(raw)
            if len(some) == AT_ONCE or size > _BYTES_AT_ONCE:
                yield some
                some, size = [], 0
        if some:
            yield some

    def _files(self) -> Iterator[tuple[str, bytes]]:
        yield from self._lists
        for start in range(0, len(self._bundles), AT_ONCE):
            for held in ledger.bundles_of(self._store, self._bundles[start : start + AT_ONCE]):
                folder = self._folders[held.feed]
                yield f"{folder}/{places.bundle_name(held.seq, held.id)}", held.raw
        yield from self._waiting
        for id_ in self._parts:
            raw = parts.get(self._store, id_)
            if raw is not None:
                yield places.part_path(self._team, id_), raw


def _is_there(found: Survey, path: str) -> bool:
    folder, _slash, name = path.rpartition("/")
    return places.numbered(name) in found.present.get(folder, frozenset())


def _held(store: Store, seat: Seat, unfit: Iterable[str] = ()) -> dict[str, frozenset[Number]]:
    """Return, per folder, the bundles that are held or set aside whole, or are good for nothing."""
    folders = {number: seat.feed_folder(one.id) for number, one in ledger.feeds(store).items()}
    held: dict[str, set[Number]] = defaultdict(set)
    for (number, seq), id_of in ledger.bundle_ids(store).items():
        held[folders[number]].add((seq, id_of[:16]))
    aside = (row.path for row in ledger.set_aside(store) if row.raw)
    for path in (*aside, *unfit):
        folder, _slash, name = path.rpartition("/")
        number_of = places.numbered(name)
        if number_of is not None:
            held[folder].add(number_of)
    return {folder: frozenset(some) for folder, some in held.items()}


def _present(share: Share, folder: str) -> dict[str, frozenset[Number]]:
    found = {}
    for name in listed(share, folder):
        if places.is_folder(name):
            path = f"{folder}/{name}"
            numbers = (places.numbered(file) for file in listed(share, path))
            found[path] = frozenset(one for one in numbers if one is not None)
    return found


def _lists(share: Share, root: str) -> Iterator[str]:
    """Yield the paths of the lists of people and keys."""
    folders = [f"{root}/{places.ROSTERS}"]
    within = f"{root}/{places.AUDIENCES}"
    folders += [f"{within}/{name}" for name in listed(share, within) if places.is_folder(name)]
    for folder in folders:
        yield from (f"{folder}/{name}" for name in listed(share, folder) if places.numbered(name))
