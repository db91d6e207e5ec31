# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The shelf: the packs a laptop knows of, held against its own log.

The vault's side of `packs`; how packs are made is `packing`. Rules, each with a test:

* What lies in a pack is not put back alone. A pack that is missing or damaged is put back itself,
  by whoever holds all that is in it; failing that, so is each bundle.
* A pack that says of a bundle held here what is not so is left alone for good.
* While another laptop in the team says in its newest bundle that it knows no packs, packs count
  for nothing: what lies in them is put back alone.
* What lost words since is never looked for in a pack, nor is a pack with it put back.
* Of what somebody still waits for, the pack is read again now and then, and mended.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from storage import ledger, repacking
from storage.ledger import Document
from storage.store import Store
from sync import places
from sync.bundle import open_outer
from sync.carry import Carried
from sync.fetching import Names
from sync.packs import (
    Entry,
    Packed,
    file_hash,
    folder_of,
    packed,
    read_index,
)
from sync.seals import Random
from sync.seat import Seat
from sync.wire import PACKED

KIND, ODD = "pack", "pack.odd"
"""Kinds of the indexes in the ledger: of packs that are as they say, and of others."""
AT_ONCE = 500
PORTION = 64 << 20
INSPECTED = 2
Place = tuple[int, int]
"""A bundle's feed and its number there."""


@dataclass(slots=True)
class Shelf:
    """The packs this laptop knows, and the log they are held against.

    Attributes:
        indexes: per path, the entries of those that are as they say.
        ids: id of every bundle of the log.
        number_of: per folder, the feeds whose bundles lie there.
        replaced: bundles that lost words since they came.
    """

    store: Store
    seat: Seat
    indexes: dict[str, list[Entry]]
    ids: Mapping[Place, bytes]
    number_of: dict[bytes, list[int]]
    replaced: set[Place]

    def place(self, one: Entry) -> Place | None:
        """Return which bundle of the log an entry stands for; None when it is not held."""
        for number in self.number_of.get(one.folder, ()):
            if self.ids.get((number, one.seq), b"")[:16] == one.start:
                return (number, one.seq)
        return None

    def is_stale(self, path: str) -> bool:
        """Say whether a pack holds something that lost words since."""
        return bool(self.replaced) and any(
            self.place(one) in self.replaced for one in self.indexes[path]
        )

    def raws(self, entries: Sequence[Entry]) -> Iterator[tuple[Entry, bytes]]:
        """Yield those bundles that are held, as this laptop holds them."""
        for start in range(0, len(entries), AT_ONCE):
            some = {self.place(one): one for one in entries[start : start + AT_ONCE]}
            held = ledger.bundles_of(self.store, [place for place in some if place])
            yield from ((some[one.feed, one.seq], one.raw) for one in held)

    def remade(self, path: str) -> Packed | None:
        """Return a pack as it was; None when this laptop cannot make it."""
        entries = self.indexes[path]
        found = {one: raw for one, raw in self.raws(entries) if file_hash(raw) == one.hash}
        if len(found) < len(set(entries)):
            return None
        return packed(entries, [found[one] for one in entries])


def shelf_of(store: Store, seat: Seat) -> Shelf:
    """Return the packs this laptop knows."""
    indexes = _kept(store, seat.chain.team, KIND)
    return Shelf(
        store,
        seat,
        {path: read_index(index) for path, index in indexes.items()},
        ledger.bundle_ids(store),
        _numbers(store, seat),
        repacking.replaced_ones(store),
    )


# What is found


def known(store: Store, seat: Seat) -> dict[str, bytes]:
    """Return, per path of a pack, its index; empty where the pack is left alone."""
    team = seat.chain.team
    return _kept(store, team, KIND) | dict.fromkeys(_kept(store, team, ODD), b"")


def learn(store: Store, seat: Seat, found: Mapping[str, bytes]) -> None:
    """Keep the indexes of packs that were not known, held against what this laptop holds.

    Inside a transaction of the caller.
    """
    shelf = shelf_of(store, seat) if found else None
    for path, index in found.items():
        name = places.pack_name(path.rpartition("/")[2])
        if shelf is not None and name is not None:
            wrong = any(
                file_hash(raw) != one.hash and shelf.place(one) not in shelf.replaced
                for one, raw in shelf.raws(read_index(index))
            )
            ledger.put_document(store, Document(ODD if wrong else KIND, *name, index))


def checks(
    store: Store, seat: Seat, wanted: Mapping[str, bytes], *, random: Random
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return what of some files is to be looked at alone, and a few packs that hold the others.

    Args:
        store: the vault.
        seat: its seat.
        wanted: per path of a bundle, the hash it must have.
        random: gives random bytes.
    """
    packs = _kept(store, seat.chain.team, KIND)
    alone = dict(wanted)
    if not packs or speaks_older(store, seat):
        return alone, ()
    folders = _numbers(store, seat)
    replaced = {
        (folder, seq)
        for feed, seq in repacking.replaced_ones(store)
        for folder, numbers in folders.items()
        if feed in numbers
    }
    asked, found = {_name_of(path): path for path in wanted}, set[str]()
    for pack, index in packs.items():
        for one in read_index(index):
            path = asked.get((one.folder, *one.name))
            if path in alone and (one.folder, one.seq) not in replaced:
                del alone[path]
                found.add(pack)
    some = sorted(found)
    first = int.from_bytes(random(4), "big") % len(some) if some else 0
    return alone, tuple([*some[first:], *some[:first]][:INSPECTED])


def speaks_older(store: Store, seat: Seat) -> bool:
    """Say whether another laptop in the team knows no packs, as its newest bundle says."""
    feeds = sorted(ledger.feeds(store).values(), key=lambda one: (one.last_at, one.number))
    newest = {feed.device: feed for feed in feeds if feed.head_seq}
    others = [one.id for one in seat.roster.devices if one.active and one.id != seat.me.device]
    heads = [newest[one] for one in others if one in newest]
    held = ledger.bundles_of(store, [(one.number, one.head_seq) for one in heads])
    team, keys = seat.chain.team, seat.team_keys
    heads_of = (open_outer(one.raw, team=team, team_keys=keys).header for one in held)
    return any(header.app_schema < PACKED for header in heads_of)


# What is put back


def put_back_packs(store: Store, seat: Seat, carried: Carried) -> Names:
    """Put missing and damaged packs in the outbox; return what need not be put back alone.

    Inside a transaction of the caller.
    """
    alone = carried.present
    if not _kept(store, seat.chain.team, KIND) or speaks_older(store, seat):
        return alone
    shelf, root = shelf_of(store, seat), places.root(seat.chain.team)
    there = set(carried.packs.there) - set(carried.damaged)
    together = {folder: set(names) for folder, names in alone.items()}
    size = 0
    for path, entries in sorted(shelf.indexes.items()):
        if path not in there:
            missing = [
                one for one in entries if one.name not in together.get(folder_of(root, one), ())
            ]
            few = path not in carried.damaged and 2 * len(missing) < len(entries)
            if few or shelf.is_stale(path):
                continue
            if size <= PORTION:
                again = shelf.remade(path)
                if again is None:
                    continue
                ledger.put_outbox(store, path, again.raw)
                size += len(again.raw)
        for one in entries:
            if shelf.place(one) not in shelf.replaced:
                together.setdefault(folder_of(root, one), set()).add(one.name)
    return {folder: frozenset(names) for folder, names in together.items()}


def _kept(store: Store, team: bytes, kind: str) -> dict[str, bytes]:
    return {places.pack_path(team, one.n, one.id): one.raw for one in ledger.documents(store, kind)}


def _numbers(store: Store, seat: Seat) -> dict[bytes, list[int]]:
    """Return, per folder on the share, the feeds whose bundles lie there."""
    found: dict[bytes, list[int]] = {}
    for number, feed in ledger.feeds(store).items():
        found.setdefault(bytes.fromhex(seat.feed_folder(feed.id)[-32:]), []).append(number)
    return found


def _name_of(path: str) -> tuple[bytes, int, bytes] | None:
    """Return what an entry would say of a bundle that lies alone; None for any other file."""
    folder, _slash, name = path.rpartition("/")
    number = places.numbered(name)
    return (bytes.fromhex(folder[-32:]), *number) if number else None
