# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Packing: the coordinator's laptop packs what is old, and takes off the share what is packed.

Rules, each with a test:

* What is older than 30 days is packed, once a day at most, and only when many files can be saved.
  One straggler keeps nobody's new laptop waiting: files are packed before everybody has them, and
  taken away after.
* A file is taken away once every laptop in the team has said that it has the bundle, and the pack
  was read again, whole. The newest of each laptop's line stays, so that an old vault put back
  still finds its own later work.
* While a laptop in the team knows no packs, nothing is taken away.
* What was re-packed because words were erased stays a file of its own. A pack that still holds the
  words is made anew without it, and taken away, by whoever may take the words out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from desktop_app.casework.elapsed import A_DAY_MS, elapsed
from storage import ledger
from storage.delivery import in_order
from storage.ledger import Document, Held
from storage.store import Store
from sync import places
from sync.bundle import Opened, open_outer
from sync.carry import Carried
from sync.erasing import decides, superseded
from sync.packs import (
    LARGEST,
    LARGEST_IN,
    MOST_IN,
    Clearing,
    Entry,
    Name,
    entry,
    file_hash,
    folder_of,
    pack_id,
    packed,
    path_of,
)
from sync.receipts import everybody_has
from sync.seat import Seat
from sync.shelf import KIND, Shelf, shelf_of, speaks_older

LOOKED = "packs.looked_ms"
"""Setting: when this laptop last looked for something to pack, in UTC milliseconds."""
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """When packs are made, and how much in one exchange.

    Attributes:
        age_ms: how old a bundle is at least, in milliseconds.
        least: for fewer files no pack is made.
        young: after so many bundles that are too young nobody looks further.
        packs: so many packs at most are made in one exchange.
        cleared: so many files at most are taken away in one exchange.
        every_ms: how often at most it is looked for something to pack.
    """

    age_ms: int = 30 * A_DAY_MS
    least: int = 500
    young: int = 200
    packs: int = 8
    cleared: int = 5_000
    every_ms: int = A_DAY_MS


LIMITS = Limits()


def tend(store: Store, seat: Seat, carried: Carried, *, now_ms: int) -> tuple[Clearing, ...]:
    """Make what packs are due, and return what may be taken off the share once they are there.

    Inside a transaction of the caller.
    """
    coordinates = seat.me.device in seat.roster.coordinators
    if not coordinates and not decides(seat):
        return ()
    tender = _Tender(shelf_of(store, seat), carried, now_ms, LIMITS)
    clearings = tender.without_words()
    if coordinates:
        if not speaks_older(store, seat):
            clearings += tender.held_by_everybody()
        tender.pack()
    return tuple(clearings)


@dataclass(slots=True)
class _Tender:
    """Makes packs, and says what may go for them."""

    shelf: Shelf
    carried: Carried
    now_ms: int
    limits: Limits

    @property
    def root(self) -> str:
        """Return the team's folder."""
        return places.root(self.shelf.seat.chain.team)

    def listed(self) -> list[str]:
        """Return the packs that are on the share, as they say and not known to be damaged."""
        gone = set(self.carried.damaged)
        there = (path for path in self.carried.packs.there if path not in gone)
        return [path for path in there if path in self.shelf.indexes]

    def without_words(self) -> list[Clearing]:
        """Make packs without what lost words since; return what may go for them."""
        shelf = self.shelf
        stale = [path for path in self.listed() if shelf.is_stale(path)]
        if not stale:
            return []
        elsewhere = self._in_packs([path for path in self.listed() if path not in stale])
        clearings = []
        for path in stale:
            rest = [
                one
                for one in shelf.indexes[path]
                if shelf.place(one) not in shelf.replaced
                and (one.folder, one.name) not in elsewhere
                and not self._alone(one)
            ]
            raws = dict(shelf.raws([one for one in rest if shelf.place(one)]))
            raws |= {one: raw for one in rest if (raw := self._aside(one))}
            if len(raws) < len(set(rest)):
                continue  # somebody else holds all of it
            new = self._make([(one, raws[one]) for one in rest], path) if rest else ""
            clearings.append(Clearing(new, (path,)))
        return clearings

    def held_by_everybody(self) -> list[Clearing]:
        """Return the files that lie in packs as well and that every laptop has."""
        store, seat, shelf = self.shelf.store, self.shelf.seat, self.shelf
        feeds, everybody = ledger.feeds(store), everybody_has(store, seat)
        keep = shelf.replaced | superseded(store)
        clearings, left = list[Clearing](), self.limits.cleared
        for path in self.listed():
            some = list[str]()
            for one in shelf.indexes[path]:
                place = shelf.place(one) if self._alone(one) else None
                if place is None or place in keep or len(some) >= left:
                    continue
                number, seq = place
                if seq < feeds[number].head_seq and seq <= everybody[number]:
                    some.append(path_of(self.root, one))
            left -= len(some)
            if some:
                clearings.append(Clearing(path, tuple(some)))
        return clearings

    def pack(self) -> None:
        """Pack what is old, if that is much, and has not been looked for today."""
        store, limits = self.shelf.store, self.limits
        last = store.get(LOOKED)
        if isinstance(last, int) and elapsed(last, self.now_ms) < limits.every_ms:
            return
        some, size, made = list[tuple[Entry, bytes]](), 0, 0
        for one, raw in self._old():
            if size + len(raw) > LARGEST or len(some) == MOST_IN:
                self._make(some)
                some, size, made = [], 0, made + 1
                if made == limits.packs:
                    return  # there may be more: it goes on at the next exchange
            some.append((one, raw))
            size += len(raw)
        if len(some) >= limits.least:
            self._make(some)
        store.put(LOOKED, self.now_ms)

    def _old(self) -> Iterator[tuple[Entry, bytes]]:
        """Yield what is to be packed, in the order it was delivered."""
        shelf, young = self.shelf, 0
        seat, feeds = shelf.seat, ledger.feeds(shelf.store)
        folders = {number: seat.feed_folder(feed.id) for number, feed in feeds.items()}
        done, before = self._in_packs(self.listed()), self.now_ms - self.limits.age_ms
        due = (
            (number, seq)
            for number, seq, id_ in in_order(shelf.store)
            if seq < feeds[number].head_seq
            and (seq, id_[:16]) in self.carried.present.get(folders[number], ())
            and (bytes.fromhex(folders[number][-32:]), (seq, id_[:16])) not in done
        )
        while young < self.limits.young and (places_of := list(islice(due, AT_ONCE))):
            for held in ledger.bundles_of(shelf.store, places_of):
                opened = _opened(seat, held.raw)
                young += opened.header.ts_last > before
                if opened.header.ts_last <= before and self._small(held, opened):
                    yield entry(folders[held.feed], held.seq, held.id, held.raw), held.raw

    def _small(self, held: Held, opened: Opened) -> bool:
        place = (held.feed, held.seq)
        return (
            len(held.raw) <= LARGEST_IN and not opened.replaced and place not in self.shelf.replaced
        )

    def _make(self, some: Sequence[tuple[Entry, bytes]], instead_of: str = "") -> str:
        """Make a pack, have it sent and keep its index; return its path."""
        store, team = self.shelf.store, self.shelf.seat.chain.team
        made = packed([one for one, _raw in some], [raw for _one, raw in some])
        id_ = pack_id(made.index)
        place = _number(instead_of) if instead_of else len(self.shelf.indexes) + 1
        path = places.pack_path(team, place, id_)
        ledger.put_outbox(store, path, made.raw)
        ledger.put_document(store, Document(KIND, place, id_, made.index))
        self.shelf.indexes[path] = [one for one, _raw in some]
        return path

    def _in_packs(self, paths: Iterable[str]) -> set[tuple[bytes, Name]]:
        return {(one.folder, one.name) for path in paths for one in self.shelf.indexes[path]}

    def _alone(self, one: Entry) -> bool:
        return one.name in self.carried.present.get(folder_of(self.root, one), frozenset())

    def _aside(self, one: Entry) -> bytes:
        rows = ledger.set_aside(self.shelf.store)
        found = (row.raw for row in rows if row.path == path_of(self.root, one))
        raw = next(found, b"")
        return raw if raw and file_hash(raw) == one.hash else b""


def _number(path: str) -> int:
    """Return the place among the packs that the path of one says."""
    name = places.pack_name(path.rpartition("/")[2])
    return name[0] if name else 0


def _opened(seat: Seat, raw: bytes) -> Opened:
    return open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
