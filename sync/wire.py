# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The parts of a bundle, and how large each may be.

Decoding into these shapes is checking: a wrong type, a number out of range, a text that is too
long or nested too deep does not decode. Fields are only ever added, at the end.
"""

from functools import lru_cache
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from desktop_app.casework.answers import AnswersOnTheWay, Name
from sync.seals import BOX_OVERHEAD, KEY, NONCE, TAG, digest

MAGIC: Final = b"TANDEM1\n"
VERSION: Final = 1
READER: Final = 1
"""What this Tandem understands; a bundle whose `min_reader` is greater is kept for later."""
SCHEMA: Final = 2
"""What this Tandem can do, as each of its bundles says; old ones say 1."""
PACKED: Final = 2
"""From this `SCHEMA` on, a Tandem knows packs."""
CHANGES: Final = 1
PUT: Final = 0
ERASED: Final = 3
"""Kind of a change whose words were erased: its place, and nothing else."""
NOT_YET_SEEN: Final = bytes(32)

LARGEST_FILE: Final = 16 << 20
LARGEST_HEADER: Final = 256 << 10
LARGEST_PLAIN: Final = 8 << 20
MOST_SECTIONS: Final = 16
MOST_CHANGES: Final = 20_000
MOST_SEEN: Final = 2_000
MOST_OUT: Final = 100
BOX: Final = KEY + BOX_OVERHEAD

Id16 = Annotated[bytes, Meta(min_length=16, max_length=16)]
Id32 = Annotated[bytes, Meta(min_length=32, max_length=32)]
Count = Annotated[int, Meta(ge=0, le=0xFFFF_FFFF)]
Place = Annotated[int, Meta(ge=1, le=0xFFFF_FFFF)]
When = Annotated[int, Meta(ge=0, le=1 << 48)]


class Genesis(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """How a feed began; stands in its first bundle.

    Attributes:
        device: the laptop's id in the roster.
        random: what makes this feed different from the laptop's others.
        why: 0 new, 1 after a restored backup, 2 after a fork.
        before: the feed it goes on from; empty when new.
        before_seq: the last bundle of that feed this laptop knew.
    """

    device: Id16
    random: Id16
    why: Annotated[int, Meta(ge=0, le=2)] = 0
    before: Annotated[bytes, Meta(max_length=16)] = b""
    before_seq: Count = 0


class Seen(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The last bundle of another feed the author had taken in: id of feed, number, id of bundle."""

    feed: Id16
    seq: Place
    id: Id16


class StillOut(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A bundle the author has met and not taken in: feed, number, start of its id, and why.

    `why` is a word of `sync.reasons.Reason`, or of a newer Tandem's.
    """

    feed: Id16
    seq: Place
    id: Id16
    why: Annotated[str, Meta(max_length=32)]


class Section(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What the header says of one section.

    `boxed` is 1 when the key is in a sealed box before it: people may write but not read it.
    """

    audience: Name
    key_id: Id16
    size: Annotated[int, Meta(ge=NONCE + TAG, le=LARGEST_FILE)]
    hash: Id32
    boxed: Annotated[int, Meta(ge=0, le=1)] = 0


class Replaced(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Who put another section in the place of one whose words were erased; stands after them all.

    Attributes:
        place: which section.
        turn: how often it was replaced; of two, the greater counts, then the greater hash.
        hash: of the section now.
        device: the laptop that did it, of somebody who decides about its audience.
        roster_n: the roster it knew.
        signature: over all of this and the bundle's id.
    """

    place: Annotated[int, Meta(ge=0, lt=MOST_SECTIONS)]
    turn: Place
    hash: Id32
    device: Id16
    roster_n: Place
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)] = bytes(64)

    @property
    def rank(self) -> tuple[int, bytes]:
        """Return what decides between two replacements of one section."""
        return (self.turn, self.hash)


class Header(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The signed part of a bundle.

    `ts_first` and `ts_last` are the time between two sealings, not the times of the changes,
    which would say that somebody wrote something one cannot read. `out` stands there since 0.1 and
    says what everybody may know: that a file lies there, not what is in it.
    """

    v: Annotated[int, Meta(ge=1)]
    kind: Annotated[int, Meta(ge=0)]
    team: Id16
    feed: Id16
    seq: Place
    prev: Id32
    genesis: Genesis | None
    roster_n: Place
    app_schema: Count
    min_reader: Count
    ts_first: When
    ts_last: When
    seen: Annotated[list[Seen], Meta(max_length=MOST_SEEN)]
    secs: Annotated[list[Section], Meta(max_length=MOST_SECTIONS)]
    out: Annotated[list[StillOut], Meta(max_length=MOST_OUT)] = []


class Op(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One change as it travels.

    `client` is nil when the record is the client itself and empty when it is about nobody.
    `later` is how many milliseconds after the section's first change it was made.
    """

    kind: int
    form: Name
    record: Id16
    client: Annotated[bytes, Meta(max_length=16)] | None
    later: Annotated[int, Meta(ge=-(1 << 48), le=1 << 48)]
    answers: AnswersOnTheWay


def feed_id(team: bytes, genesis: Genesis) -> bytes:
    """Return the id of the feed that began this way."""
    return digest(b"tandem-feed", team + genesis.device + genesis.random, size=16)


@lru_cache(4_096)
def feed_number(feed: bytes) -> int:
    """Return the short number of a feed, the same on every laptop and positive in SQLite."""
    return int.from_bytes(feed[:7], "big")


_encode = msgspec.msgpack.Encoder().encode
_read_replaced = msgspec.msgpack.Decoder(
    Annotated[tuple[Replaced, ...], Meta(max_length=MOST_SECTIONS)]
).decode


def read_replaced(tail: bytes, sections: int) -> tuple[Replaced, ...]:
    """Return who replaced what, from what stands behind the sections of a bundle.

    Nothing else can stand there, and it can be written in one way only, for nobody signs it whole.

    Raises:
        ValueError: it is something else.
    """
    if not tail:
        return ()
    found: tuple[Replaced, ...] = _read_replaced(tail)
    places = [one.place for one in found]
    if not found or _encode(found) != tail or places != sorted({*places} & {*range(sections)}):
        raise ValueError
    return found
