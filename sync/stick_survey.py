# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What lies on a stick, or in any other folder, before it is looked into.

Rules, each with a test:

* Looking writes nothing, there or here, and can be stopped; what was not read is counted.
* What is not Tandem's, or another team's, is counted and left alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from storage import ledger
from storage.store import Store
from sync import places
from sync.carry import Cancelled, Progress, never, nothing_to_tell
from sync.fetching import Wanted, wanted_of
from sync.listing import listed
from sync.packs import Found, folder_of, look_at_packs, path_of, read_index
from sync.seat import NotInTeam, Seat, seat_of
from sync.share import Share

PORTION = 64 << 20
"""Bytes of bundles that are read to be told of."""
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
        alone: those of them that do not only lie in a pack.
        lists: paths of the lists of people and keys.
        parts: ids of the parts of letters and pictures.
        new: bundles that are not held here, path and bytes, as many as were read.
        unread: how many more of them there are.
    """

    ours: bool = False
    other_teams: int = 0
    foreign: int = 0
    present: Mapping[str, frozenset[Number]] = field(default_factory=dict, repr=False)
    alone: Mapping[str, frozenset[Number]] = field(default_factory=dict, repr=False)
    lists: frozenset[str] = field(default=frozenset(), repr=False)
    parts: frozenset[bytes] = field(default=frozenset(), repr=False)
    new: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    unread: int = 0


def known(store: Store) -> Known:
    """Return what the casebook says before anybody looks.

    Raises:
        NotInTeam: there is nobody to carry anything for.
    """
    seat = seat_of(store)
    if seat is None:
        raise NotInTeam
    return Known(seat.chain.team, held_here(store, seat))


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
        alone=alone,
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


def held_here(store: Store, seat: Seat, unfit: Iterable[str] = ()) -> dict[str, frozenset[Number]]:
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
