# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes that wait to be sealed: where each gets its one place in history.

A save is one row: the changes of it that travel in one bundle. The newest row tells as well how
full its bundle is, so that a save writes nothing else of its own. The numbers of changes count for
each audience by itself, so that partners cannot tell from a hole that police wrote something.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec

from desktop_app.casework import answers
from desktop_app.casework.records import Change, Edit
from storage.errors import NotJoined
from storage.rows import encode, see_it_is_whole


class Limit(NamedTuple):
    """How much one bundle may hold before the next is opened."""

    changes: int
    size: int


LIMIT = Limit(4_000, 1 << 20)


class Waiting(msgspec.Struct, array_like=True, gc=False):
    """A change as it waits: its feed is this laptop's own, its bundle the row's.

    One without a form was erased before it left; its number stays.
    """

    form: str
    record: bytes
    client: bytes
    audience: str
    at: int
    idx: int
    answers: dict[str, Any]

    def change(self, feed: int, seq: int) -> Change:
        """Return it in its place: in a bundle of a feed."""
        what = (self.form, self.record, self.client, self.audience, self.at)
        return Change(*what, feed, seq, self.idx, self.answers)


class Packed(msgspec.Struct, array_like=True, gc=False):
    """The same, its answers left as they lie: they travel on without being read."""

    form: str
    record: bytes
    client: bytes
    audience: str
    at: int
    idx: int
    answers: msgspec.Raw


_waiting = msgspec.msgpack.Decoder(list[Waiting]).decode
_packed = msgspec.msgpack.Decoder(list[Packed]).decode


class _Filled(msgspec.Struct, array_like=True, gc=False):
    """How full a bundle is, and the next number for each audience."""

    changes: int
    size: int
    next: dict[str, int]


_filled = msgspec.msgpack.Decoder(_Filled).decode


_WHERE_WE_ARE = (
    "SELECT own.feed, own.author, max(own.last_at, coalesce(newest.last_at, 0)), head_seq,"
    " newest.seq, filled FROM own LEFT JOIN feed ON feed.number = own.feed"
    " LEFT JOIN pending AS newest ON newest.place = (SELECT max(place) FROM pending)"
)


def place(db: Any, edits: Sequence[Edit], *, now_ms: int, limit: Limit) -> tuple[str, list[Change]]:
    """Give edits their places, keep them to be sealed, and return their author and the changes.

    Raises:
        NotJoined: this laptop has no feed of its own yet.
        NotAllowed: an answer is longer or deeper than a bundle may carry.
    """
    feed, author, last_at, head, newest, filled = db.execute(_WHERE_WE_ARE).fetchone()
    if feed is None:
        raise NotJoined
    seq, bundle = _still_open(db, head, newest, filled)
    changes: list[Change] = []
    rows: list[Packed] = []
    for edit in edits:
        as_sent = answers.packed(edit.answers)
        size = len(as_sent)
        full = bundle.changes >= limit.changes or bundle.size + size > limit.size
        if full and bundle.changes:
            _keep(db, seq, rows, bundle)
            seq, bundle, rows = seq + 1, _Filled(0, 0, {}), []
        last_at = max(now_ms, last_at + 1)
        index = bundle.next.get(edit.audience, 0)
        bundle.next[edit.audience] = index + 1
        bundle.changes += 1
        bundle.size += size
        what = (edit.form, edit.record, edit.client, edit.audience, last_at)
        rows.append(Packed(*what, index, msgspec.Raw(as_sent)))
        changes.append(Change(*what, feed, seq, index, edit.answers))
    _keep(db, seq, rows, bundle)
    return author, changes


def read(raw: bytes) -> list[Waiting]:
    """Return the changes of one row."""
    return _waiting(raw)


def packed(raw: bytes) -> list[Packed]:
    """Return the changes of one row with their answers unread."""
    return _packed(raw)


def write(db: Any, row: int, seq: int, changes: Sequence[Packed]) -> None:
    """Write one row again; without changes, remove it."""
    if not changes:
        db.execute("DELETE FROM pending WHERE place = ?", (row,))
        return
    db.execute(
        "UPDATE pending SET seq = ?, changes = ?, raw = ? WHERE place = ?",
        (seq, len(changes), encode(changes), row),
    )


def erase(db: Any, records: Collection[bytes], audience: str) -> None:
    """Take the words of some records out of what waits."""
    for row, seq, raw in db.execute("SELECT place, seq, raw FROM pending").fetchall():
        changes = packed(raw)
        gone = [one for one in changes if one.record in records and one.audience == audience]
        for one in gone:
            one.form, one.record, one.client = "", bytes(16), b""
            one.answers = msgspec.Raw(encode({}))
        if gone:
            write(db, row, seq, changes)


def count_again(db: Any) -> None:
    """Have the next save count how full the open bundle is."""
    db.execute("UPDATE pending SET filled = NULL WHERE place = (SELECT max(place) FROM pending)")


def keep_the_time(db: Any) -> None:
    """Let `own` know the time of the newest save: what waits is about to go."""
    db.execute(
        "UPDATE own SET last_at = max(own.last_at, newest.last_at) FROM pending AS newest"
        " WHERE newest.place = (SELECT max(place) FROM pending)"
    )


def _keep(db: Any, seq: int, rows: Sequence[Packed], bundle: _Filled) -> None:
    if rows:
        db.execute(
            "INSERT INTO pending (seq, changes, last_at, filled, raw) VALUES (?, ?, ?, ?, ?)",
            (seq, len(rows), rows[-1].at, encode(bundle), encode(rows)),
        )


def _still_open(
    db: Any, head: int, newest: int | None, filled: bytes | None
) -> tuple[int, _Filled]:
    """Return the number of the bundle that is open and how full it is; counted when not told."""
    if newest is None or newest <= head:
        return head + 1, _Filled(0, 0, {})
    if filled is not None:
        return newest, _filled(filled)
    bundle = _Filled(0, 0, {})
    rows = db.execute("SELECT raw FROM pending WHERE seq = ?", (newest,)).fetchall()
    see_it_is_whole(db)
    for (raw,) in rows:
        for one in read(raw):
            bundle.changes += 1
            bundle.size += len(encode(one.answers))
            bundle.next[one.audience] = max(bundle.next.get(one.audience, 0), one.idx + 1)
    return newest, bundle
