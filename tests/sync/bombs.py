# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Bundles that are small to send and huge to read, as a member of the team could write them.

Each is signed and sealed in order: only somebody inside could send one.
"""

import struct
from collections.abc import Callable, Iterator

import zstandard

from sync import seals, wire
from sync.bundle import Opened, open_outer, read_section, verify
from sync.wire import Section
from tests.sync.bundles import (
    KEYS,
    PARTNERS,
    PUBLIC,
    SECRET,
    TEAM,
    encode,
    header,
    plain_of,
    resealed,
    with_plain,
)

GIB = 1 << 30


def bombs() -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what each is, and the reading of it."""
    for stated in (GIB, wire.LARGEST_PLAIN, 1_000):
        plain = plain_of(zeros(GIB), stated, 1)
        yield f"a gibibyte in {len(plain):,} bytes, said to be {stated:,}", _section(plain)
    for count in (1, wire.MOST_CHANGES, (1 << 32) - 1):
        listed = b"\xdd" + struct.pack(">I", count)  # an array of so many, and nothing in it
        plain = plain_of(zstandard.compress(listed), len(listed), count)
        yield f"{count:,} changes that are not there", _section(plain)
    deep = b"\x91" * 4_000_000
    yield (
        "four million lists in each other",
        _section(plain_of(zstandard.compress(deep), 4_000_000, 1)),
    )
    nested = b"\x91" * (wire.LARGEST_HEADER - 1)
    yield "a header of lists in each other", _header(nested)
    yield "a header of a billion entries", _header(b"\xdd\x3f\xff\xff\xff")
    seen = encode(header())[:-1] + b"\xdd\xff\xff\xff\xff"
    yield "a header that has seen four billion", _header(seen)
    many = [Section(f"a{number}", b"k" * 16, 1 << 30, bytes(32)) for number in range(16)]
    yield "sections of sixteen gibibytes", _header(encode(header(secs=many)))
    yield "a header said to be four gibibytes", lambda: _open(resealed(b"\xff\xff\xff\xff"))
    yield "a file of a gibibyte", lambda: _open(_Long(wire.MAGIC))


def zeros(size: int) -> bytes:
    """Return so many zeros, compressed: a few thousandths of a per cent of them."""
    packer = zstandard.ZstdCompressor().compressobj(size=size)
    some = bytes(1 << 24)
    return b"".join(packer.compress(some) for _n in range(size // len(some))) + packer.flush()


class _Long(bytes):
    """A file that is far too large, without being it."""

    def __len__(self) -> int:
        return GIB


def _section(plain: bytes) -> Callable[[], object]:
    whole = with_plain(plain)

    def read() -> object:
        verify(whole, PUBLIC)
        return read_section(whole, 0, PARTNERS)

    return read


def _header(signed: bytes) -> Callable[[], object]:
    signature = seals.sign(SECRET, b"tandem/bundle/1\0" + signed)
    raw = resealed(struct.pack("<I", len(signed)) + signed + signature)
    return lambda: verify(_open(raw), PUBLIC)


def _open(raw: bytes) -> Opened:
    return open_outer(raw, team=TEAM, team_keys=KEYS)
