# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes and the records they add up to.

A `Change` is the one unit of everything: a save, a line of a bundle, a redraw. A `Record` is what
is still alive of the changes to one form about one client. Rules, each with a test:

* A change replaces exactly the answers its author had seen; what the author had not seen stays
  alive beside it (a multi-value register per field).
* Which answer is shown among several is decided by the greatest stamp, the same on every laptop.
* Two live answers that differ are a conflict: both are kept, and shown, until somebody decides.
* For changes delivered once each and in causal order, the result is independent of arrival order.
  (That a bundle is taken in once is the ledger's to see to.)
"""

from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
else:
    Json = Any  # a decoder cannot follow a type that holds itself
Answers = dict[str, Json]
RecordId = bytes

WITHDRAWN = "_withdrawn"
"""Reserved answer: why a record was withdrawn. Withdrawing is a change like any other."""
SEALED = "_sealed"
"""Reserved answer: true once its author has sealed an account by hand."""
SAID_BY = "_said_by"
"""Reserved answer: person id of whose answer it is, where somebody else wrote it down."""
NO_CLIENT = b""
TRAIL_ENTRY = 11
"""Bytes of one trail entry: 7 of the feed number, 4 of the sequence number."""


class Dot(NamedTuple):
    """The one place a change has in the team's history: feed number, sequence number, index."""

    feed: int
    seq: int
    idx: int


class Change(msgspec.Struct, frozen=True, gc=False):
    """What one worker altered in one record at one moment.

    Attributes:
        form: name of the form, such as "visit".
        record: 16 bytes, a UUIDv7.
        client: record id of the client it is about; equal to `record` for the form "client";
            empty when it is about nobody.
        audience: who may hold it; the section of the bundle it travels in.
        at: recorded at, in UTC milliseconds of a clock that never runs backwards on one laptop.
        feed: number of the laptop's feed (the first seven bytes of its id), the same everywhere.
        seq: sequence number of the bundle it travels in, from 1.
        idx: place within that bundle, from 0.
        answers: field name to JSON value; only the fields that were altered.
    """

    form: str
    record: bytes
    client: bytes
    audience: str
    at: int
    feed: int
    seq: int
    idx: int
    answers: dict[str, Json]

    @property
    def dot(self) -> Dot:
        """Return its place in history."""
        return Dot(self.feed, self.seq, self.idx)


class Edit(msgspec.Struct, frozen=True):
    """What a person wants saved: a change that has no place in history yet."""

    form: str
    record: bytes
    client: bytes
    audience: str
    answers: dict[str, Json]


class Live(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is still alive of one change: its stamp, and the answers nobody has replaced."""

    at: int
    feed: int
    seq: int
    idx: int
    answers: dict[str, Json]

    @property
    def stamp(self) -> tuple[int, int, int, int]:
        """Return its place in the total order: time, then feed, bundle and index."""
        return (self.at, self.feed, self.seq, self.idx)


class Record(msgspec.Struct, dict=True):
    """The present answers of one form about one client.

    `trail` names every bundle that touched the record, its creation first: packed entries of
    `TRAIL_ENTRY` bytes. The history of a record is read from those bundles.
    """

    id: bytes
    form: str
    client: bytes
    audience: str
    author: str
    live: list[Live]
    trail: bytes = b""

    @cached_property
    def answers(self) -> Answers:
        """Return each field's shown answer."""
        if len(self.live) == 1:
            return self.live[0].answers
        shown: Answers = {}
        for one in sorted(self.live, key=lambda live: live.stamp):
            shown.update(one.answers)
        return shown

    @cached_property
    def conflicts(self) -> Mapping[str, list[Live]]:
        """Return the fields that hold two or more different live answers, latest stamp last."""
        if len(self.live) == 1:
            return {}
        held: dict[str, list[Live]] = {}
        for one in sorted(self.live, key=lambda live: live.stamp):
            for field in one.answers:
                held.setdefault(field, []).append(one)
        return {
            field: lives
            for field, lives in held.items()
            if len(lives) > 1 and any(v.answers[field] != lives[0].answers[field] for v in lives)
        }

    @property
    def created(self) -> tuple[int, int]:
        """Return the (feed, seq) of the bundle that made this record."""
        return trail_entry(self.trail, 0)

    @property
    def recorded_at(self) -> int:
        """Return when its latest live answer was recorded, in UTC milliseconds."""
        return max(one.at for one in self.live)

    @property
    def stamp(self) -> tuple[int, int, int, int]:
        """Return the place of its latest live answer in the total order of the team's history."""
        return max(one.stamp for one in self.live)

    @property
    def withdrawn(self) -> str | None:
        """Return why it was withdrawn, or None while it stands."""
        reason = self.answers.get(WITHDRAWN)
        return reason if isinstance(reason, str) and reason else None

    @property
    def sealed_by_hand(self) -> bool:
        """Say whether its author sealed it before it left the laptop."""
        return self.answers.get(SEALED) is True

    def text(self, field: str) -> str:
        """Return an answer as text; empty when there is none."""
        value = self.answers.get(field)
        return "" if value is None else str(value)


@lru_cache(maxsize=4_096)
def pack_trail(feed: int, seq: int) -> bytes:
    """Return the trail entry of one bundle; where much is taken in, those of many take turns."""
    return feed.to_bytes(7, "big") + seq.to_bytes(4, "big")


def trail_entry(trail: bytes, index: int) -> tuple[int, int]:
    """Return one (feed, seq) of a trail."""
    at = index * TRAIL_ENTRY
    return (
        int.from_bytes(trail[at : at + 7], "big"),
        int.from_bytes(trail[at + 7 : at + TRAIL_ENTRY], "big"),
    )


def trail_entries(trail: bytes) -> list[tuple[int, int]]:
    """Return every (feed, seq) of a trail, creation first."""
    return [trail_entry(trail, index) for index in range(len(trail) // TRAIL_ENTRY)]


def merge(
    record: Record | None, change: Change, *, author: str, saw: Callable[[int, int], bool]
) -> Record:
    """Return `record` with `change` taken in.

    Args:
        record: what this laptop holds so far; None when the change makes the record.
        change: the change, delivered after everything its author had seen.
        author: person id of the change's author; kept as the record's author when it is new.
        saw: whether the author of the change had seen the bundle (feed, seq) of another feed.
    """
    newest = Live(change.at, change.feed, change.seq, change.idx, change.answers)
    entry = pack_trail(change.feed, change.seq)
    if record is None:
        return Record(
            change.record, change.form, change.client, change.audience, author, [newest], entry
        )
    here = (change.seq, change.idx)
    live: list[Live] = []
    for one in record.live:
        if one.feed == change.feed:
            if (one.seq, one.idx) == here:
                return record
            seen = (one.seq, one.idx) < here
        else:
            seen = saw(one.feed, one.seq)
        if not seen or one.answers.keys().isdisjoint(change.answers):
            live.append(one)
            continue
        left = one.answers.copy()
        for field in change.answers:
            left.pop(field, None)
        if left:
            live.append(Live(one.at, one.feed, one.seq, one.idx, left))
    live.append(newest)
    trail = record.trail if record.trail.endswith(entry) else record.trail + entry
    return Record(
        record.id, record.form, record.client, record.audience, record.author, live, trail
    )


def new_id(now_ms: int, random: bytes) -> RecordId:
    """Make a record id: a UUIDv7, so that ids sort by the time they were made.

    Args:
        now_ms: UTC milliseconds.
        random: ten random bytes.
    """
    head = now_ms.to_bytes(6, "big")
    return head + bytes([0x70 | random[0] & 0x0F, random[1], 0x80 | random[2] & 0x3F]) + random[3:]


def link(record: RecordId) -> str:
    """Return a record id as it stands inside an answer: 32 hex letters."""
    return record.hex()


def linked(answer: Json) -> RecordId | None:
    """Return the record id an answer links to, or None when it links to nothing."""
    if not isinstance(answer, str) or len(answer) != 32:
        return None
    try:
        return bytes.fromhex(answer)
    except ValueError:
        return None
