# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Everything that is held here, put onto a stick where it is not, or is not as it should be.

Rules, each with a test:

* Whoever is in the team may carry everybody's files: as they were sealed, what they cannot read
  themselves among them.
* A stick that is full, read-only or pulled out leaves each file on it whole or not there, and
  changes nothing here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from storage import delivery, ledger, parts
from storage.store import Store
from sync import places
from sync.heal import document_paths, waiting_here
from sync.seat import NotInTeam, seat_of
from sync.stick_survey import Files, Survey

AT_ONCE = 200
"""Files that are written, or compared, in one go."""
_BYTES_AT_ONCE = 8 << 20


class Loads:
    """Everything held here that is not on it, or not as it should be, a portion at a time.

    Attributes:
        total: how many files that is.
    """

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
            (path, raw) for path, raw in waiting_here(store) if not is_there(found, path)
        ]
        self._parts = sorted(parts.held(store) - found.parts)
        kinds = (self._lists, self._bundles, self._waiting, self._parts)
        self.total = sum(len(one) for one in kinds)

    def mend(self, spoilt: Collection[str]) -> None:
        """Count files among it that are on it and no good: they are to be written again."""
        feeds = {folder: number for number, folder in self._folders.items()}
        waiting = dict(waiting_here(self._store))
        for path in spoilt:
            folder, _slash, name = path.rpartition("/")
            part, number = places.part_id(name), places.numbered(name)
            if part:
                self._parts.append(part)
            elif path in waiting:
                self._waiting.append((path, waiting[path]))
            elif number is not None:
                self._bundles.append((feeds[folder], number[0]))
        self.total += len(spoilt)

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
        yield from in_portions(self._files())

    def _files(self) -> Iterator[tuple[str, bytes]]:
        yield from self._lists
        yield from bundles_in(self._store, self._folders, self._bundles)
        yield from self._waiting
        yield from parts_in(self._store, self._team, self._parts)


def bundles_in(
    store: Store, folders: Mapping[int, str], some: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, bytes]]:
    """Yield bundles that are held, by the path of each.

    Args:
        store: the vault.
        folders: of each feed, by its number.
        some: numbers of feeds and of bundles; within a portion they come as they were delivered.
    """
    for start in range(0, len(some), AT_ONCE):
        for held in ledger.bundles_of(store, some[start : start + AT_ONCE]):
            yield f"{folders[held.feed]}/{places.bundle_name(held.seq, held.id)}", held.raw


def parts_in(store: Store, team: bytes, ids: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that are held still, by the path of each."""
    for id_ in ids:
        raw = parts.get(store, id_)
        if raw is not None:
            yield places.part_path(team, id_), raw


def in_portions(files: Iterable[tuple[str, bytes]]) -> Iterator[Files]:
    """Yield files as many at a time as are handled in one go."""
    some: Files = []
    size = 0
    for path, raw in files:
        some.append((path, raw))
        size += len(raw)
        if len(some) == AT_ONCE or size > _BYTES_AT_ONCE:
            yield some
            some, size = [], 0
    if some:
        yield some


def is_there(found: Survey, path: str) -> bool:
    """Say whether a bundle lies on it."""
    folder, _slash, name = path.rpartition("/")
    return places.numbered(name) in found.present.get(folder, frozenset())
