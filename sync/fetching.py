# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Fetching: which files are read for the bundles a laptop lacks, and in which order.

Rules, each with a test:

* What lies in packs comes first, in the order it was packed; then what lies alone, a little of
  every laptop's work at a time.
* No file is read twice in one exchange. What a pack failed to give is read where it lies alone.
* Large fills come in portions.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest

from sync import places
from sync.packs import Entry, Found, Name, fetch_pack, folder_of, path_of, read_index
from sync.share import Share
from sync.wire import LARGEST_FILE

USUAL = 4_096
"""So many bytes is a bundle that lies alone thought to have, until one was read."""
Names = Mapping[str, frozenset[Name]]
"""Per folder of a feed, the numbers and starts of ids of bundles."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: a bundle that lies alone, or a pack, with its index and what is wanted."""

    path: str
    index: bytes = b""
    entries: tuple[Entry, ...] = ()

    @property
    def bundles(self) -> int:
        """Return how many bundles are wanted of it."""
        return len(self.entries) or 1

    def fetch(self, share: Share, root: str) -> list[tuple[str, bytes]]:
        """Return the bundles, path and bytes; fewer where the file does not give them now."""
        if self.entries:
            return fetch_pack(share, root, self.path, self.index, self.entries)
        raw = share.get(self.path, limit=LARGEST_FILE)
        return [] if raw is None else [(self.path, raw)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read, in order.

    Attributes:
        sources: the files.
        also_alone: whether some of what is read from packs lies alone as well.
    """

    sources: tuple[Source, ...]
    also_alone: bool = False

    @property
    def count(self) -> int:
        """Return how many bundles are wanted."""
        return sum(one.bundles for one in self.sources)


def wanted_of(
    root: str,
    present: Names,
    packs: Found,
    known: Mapping[str, bytes],
    *,
    held: Names,
    skip: Collection[str],
) -> Wanted:
    """Return what to read.

    Args:
        root: the team's folder.
        present: what lies alone.
        packs: the packs that are there.
        known: the indexes of packs that were known before.
        held: what this laptop holds.
        skip: files that need not be read.
    """
    sources, packed = list[Source](), dict[str, set[Name]]()
    for path in packs.there:
        index = known.get(path) or packs.new.get(path, b"")
        if index and path not in skip:
            some = tuple(_lacking(root, index, held, skip, packed))
            sources += [Source(path, index, some)] if some else []
    queues, also_alone = [], False
    for folder, there_alone in sorted(present.items()):
        new = there_alone - held.get(folder, frozenset())
        alone = new - packed.get(folder, set())
        also_alone = also_alone or len(alone) < len(new)
        paths = [f"{folder}/{places.bundle_name(*name)}" for name in sorted(alone)]
        queues.append([path for path in paths if path not in skip])
    for row in zip_longest(*queues):
        sources += [Source(path) for path in row if path is not None]
    return Wanted(tuple(sources), also_alone)


def _lacking(
    root: str, index: bytes, held: Names, skip: Collection[str], packed: dict[str, set[Name]]
) -> Iterator[Entry]:
    """Yield what is wanted of a pack, and note it: it is not wanted of another one."""
    for one in read_index(index):
        folder = folder_of(root, one)
        there = packed.setdefault(folder, set())
        if one.name in held.get(folder, ()) or one.name in there:
            continue
        if path_of(root, one) not in skip:
            there.add(one.name)
            yield one


@dataclass(slots=True)
class Portion:
    """What was fetched so far: `done` of the bundles that are wanted, `size` in bytes."""

    bundles: list[tuple[str, bytes]] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    done: int = 0
    size: int = 0

    def take(self, one: Source, fetched: list[tuple[str, bytes]]) -> None:
        """Add what came of reading a file."""
        self.bundles += fetched
        self.read.append(one.path)
        self.done += one.bundles
        self.size += sum(len(raw) for _path, raw in fetched)

    def ahead(self, wanted: Wanted) -> int:
        """Return how many bytes are left: as known for packs, as usual for what lies alone."""
        usual = self.size // len(self.bundles) if self.bundles else USUAL
        left = wanted.sources[len(self.read) :]
        return sum(sum(entry.size for entry in one.entries) or usual for one in left)
