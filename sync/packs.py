# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Packs: many small, old bundles in one file, for a new laptop to read a few hundred files.

    file  = "TANDEMP1" | count (u32) | entries | the bundles, one after the other
    entry = folder (16) | number (u32) | start of the id (16) | size (u32) | hash of the bytes (16)
    name  = place among the packs | hash of all that stands before the bundles

Pure but for reading and clearing the share. What is packed when, and what a laptop makes of a pack
it finds, is `packing`. Rules, each with a test:

* A pack holds the files themselves, byte for byte. Each is verified as one that lies alone, on the
  same path; nobody has to trust whoever made the pack.
* The index says what the names in the folders said, and no more; so it is not locked.
* The name stands for the index, and the index for every byte after it. The same bundles make the
  same pack, on whichever laptop.
* Of a pack that is damaged, cut short or no pack at all, what is whole is taken, the rest is not.
* A laptop that needs nothing of a pack reads its index only, and that once.
* Nothing is taken off the share before the pack that holds it was read again, whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from struct import Struct
from typing import NamedTuple

from sync import places
from sync.listing import listed
from sync.reasons import Reason, SetAside
from sync.seals import digest
from sync.share import Share

MAGIC = b"TANDEMP1"
LARGEST_IN = 1 << 20
"""A bundle larger than this stays alone: nothing is gained by packing it."""
LARGEST = 8 << 20
"""So many bytes of bundles are in a pack at most."""
MOST_IN = 20_000
"""So many bundles are in a pack at most."""
MOST_NEW = 1_000
"""Of so many packs at most the index is read in one go."""
NAME = 16
Name = tuple[int, bytes]
"""The number of a bundle and the start of its id: what the name of its file says."""
_HEAD = Struct("<8sI")
_ENTRY = Struct("<16sI16sI16s")
LARGEST_INDEX = _HEAD.size + MOST_IN * _ENTRY.size
LARGEST_FILE = LARGEST_INDEX + LARGEST


class Entry(NamedTuple):
    """One bundle of a pack: its folder, number and start of its id; its size and the hash of it."""

    folder: bytes
    seq: int
    start: bytes
    size: int
    hash: bytes

    @property
    def name(self) -> Name:
        """Return what the name of its file would say."""
        return (self.seq, self.start)


class Clearing(NamedTuple):
    """What may be taken off the share, once a pack was read again and is whole; "" for none."""

    pack: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The packs on a share.

    Attributes:
        there: their paths, those with the lowest place first.
        new: the indexes of those that were not known.
    """

    there: tuple[str, ...] = ()
    new: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Packed:
    """A pack as it is written: its index, and all of it."""

    index: bytes
    raw: bytes


def entry(folder: str, seq: int, id: bytes, raw: bytes) -> Entry:  # noqa: A002  as everywhere
    """Return the entry of a bundle; `folder` is the path its feed's files lie under."""
    name = bytes.fromhex(folder.rpartition("/")[2])
    return Entry(name, seq, id[:NAME], len(raw), file_hash(raw))


def file_hash(raw: bytes) -> bytes:
    """Return the hash that stands for a bundle's bytes in an index."""
    return digest(b"tandem-file", raw, size=16)


def packed(entries: Sequence[Entry], raws: Iterable[bytes]) -> Packed:
    """Return a pack of some bundles, in this order."""
    index = _HEAD.pack(MAGIC, len(entries)) + b"".join(_ENTRY.pack(*one) for one in entries)
    return Packed(index, index + b"".join(raws))


def pack_id(index: bytes) -> bytes:
    """Return the id of the pack with this index."""
    return digest(b"tandem-pack", index, size=NAME)


def read_index(index: bytes) -> list[Entry]:
    """Return the entries of an index.

    Raises:
        SetAside: it is no index.
    """
    size = index_size(index)
    if size is None or len(index) != size:
        raise SetAside(Reason.DAMAGED)
    return [Entry(*one) for one in _ENTRY.iter_unpack(index[_HEAD.size :])]


def index_size(raw: bytes) -> int | None:
    """Return how long the index is that a file begins with; None when it begins with none."""
    if len(raw) < _HEAD.size:
        return None
    magic, count = _HEAD.unpack_from(raw)
    return _HEAD.size + count * _ENTRY.size if magic == MAGIC and count <= MOST_IN else None


def bundles_in(
    root: str, raw: bytes, index: bytes, wanted: Iterable[Entry]
) -> Iterator[tuple[str, bytes]]:
    """Yield some bundles of a pack, path and bytes; those whose bytes are not theirs are left."""
    places_of: dict[Entry, int] = {}
    at = len(index)
    for one in read_index(index):
        places_of.setdefault(one, at)
        at += one.size
    for one in wanted:
        start = places_of[one]
        found = raw[start : start + one.size]
        if file_hash(found) == one.hash:
            yield path_of(root, one), found


def path_of(root: str, one: Entry) -> str:
    """Return where a bundle of a pack lies when it lies alone."""
    return f"{folder_of(root, one)}/{places.bundle_name(*one.name)}"


def folder_of(root: str, one: Entry) -> str:
    """Return the folder a bundle of a pack lies in when it lies alone."""
    return f"{root}/{places.FEEDS}/{one.folder.hex()}"


# The share's side


def look_at_packs(share: Share, root: str, known: Mapping[str, bytes]) -> Found:
    """Return the packs on a share; of those not known, the indexes that are what they say."""
    folder = f"{root}/{places.PACKS}"
    names = sorted(name for name in listed(share, folder) if places.pack_name(name))
    there, new = list[str](), dict[str, bytes]()
    tried = 0
    for name in names:
        path = f"{folder}/{name}"
        if path in known:
            there.append(path)
        elif tried < MOST_NEW:
            tried += 1
            index = _index(share, path)
            if index:
                there.append(path)
                new[path] = index
    return Found(tuple(there), new)


def fetch_pack(
    share: Share, root: str, path: str, index: bytes, wanted: Sequence[Entry]
) -> list[tuple[str, bytes]]:
    """Return some bundles of a pack, path and bytes; fewer where it is not whole."""
    raw = share.get(path, limit=LARGEST_FILE) or b""
    if not raw.startswith(index):
        return []
    return list(bundles_in(root, raw, index, wanted))


def is_whole(share: Share, path: str) -> bool:
    """Read a pack and say whether every byte is as its name says."""
    raw = share.get(path, limit=LARGEST_FILE) or b""
    size = index_size(raw)
    if size is None or not _named_so(path, raw[:size]):
        return False
    entries = read_index(raw[:size]) if len(raw) >= size else []
    found = list(bundles_in("", raw, raw[:size], entries))
    return bool(entries) and len(found) == len(entries)


def clear(share: Share, clearings: Iterable[Clearing]) -> None:
    """Take off the share what lies in packs, where those are there and whole."""
    for pack, paths in clearings:
        if not pack or is_whole(share, pack):
            share.remove(paths)


def _index(share: Share, path: str) -> bytes:
    """Return the index of a pack; empty when it is none, or not the one its name stands for."""
    size = index_size(share.get(path, limit=_HEAD.size) or b"")
    index = share.get(path, limit=size - 1) or b"" if size else b""
    return index if index and _named_so(path, index) else b""


def _named_so(path: str, index: bytes) -> bool:
    name = places.pack_name(path.rpartition("/")[2])
    return name is not None and name[1] == pack_id(index)
