# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Changes that wait to be sealed: where each gets its one place in history.

A save is one row: the changes of it that travel in one bundle. The numbers of changes count for
each audience by itself, so that partners cannot tell from a hole that police wrote something.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from desktop_app.casework import answers
from desktop_app.casework.records import Change, Edit
from storage.errors import NotJoined
from storage.rows import encode


class Limit(NamedTuple):
    """How much one bundle may hold before the next is opened."""

    changes: int
    size: int


LIMIT = Limit(4_000, 1 << 20)


class Waiting(msgspec.Struct, array_like=True, gc=False):
    """A change as it waits: its feed is this laptop's own, its bundle the row's."""

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
_numbers = msgspec.msgpack.Decoder(dict[str, int]).decode


@dataclass(slots=True)
class _Open:
    """The bundle that is open: its number, how full it is, the next number for each audience."""

    seq: int
    changes: int
    size: int
    next: dict[str, int]


def place(db: Any, edits: Sequence[Edit], *, now_ms: int, limit: Limit) -> tuple[str, list[Change]]:
    """Give edits their places, keep them to be sealed, and return their author and the changes.

    Raises:
        NotJoined: this laptop has no feed of its own yet.
        NotAllowed: an answer is longer or deeper than a bundle may carry.
    """
    feed, author, last_at, seq, count, filled, following, head = db.execute(
        "SELECT feed, author, own.last_at, open_seq, open_changes, open_bytes, open_next, head_seq"
        " FROM own LEFT JOIN feed ON feed.number = own.feed"
    ).fetchone()
    if feed is None:
        raise NotJoined
    bundle = _still_open(db, head, _Open(seq, count, filled, _numbers(following)))
    changes: list[Change] = []
    rows: list[Packed] = []
    for edit in edits:
        as_sent = answers.packed(edit.answers)
        size = len(as_sent)
        full = bundle.changes >= limit.changes or bundle.size + size > limit.size
        if full and bundle.changes:
            _keep(db, bundle.seq, rows)
            bundle, rows = _Open(bundle.seq + 1, 0, 0, {}), []
        last_at = max(now_ms, last_at + 1)
        index = bundle.next.get(edit.audience, 0)
        bundle.next[edit.audience] = index + 1
        bundle.changes += 1
        bundle.size += size
        what = (edit.form, edit.record, edit.client, edit.audience, last_at)
        rows.append(Packed(*what, index, msgspec.Raw(as_sent)))
        changes.append(Change(*what, feed, bundle.seq, index, edit.answers))
    _keep(db, bundle.seq, rows)
    db.execute(
        "UPDATE own SET last_at = ?, open_seq = ?, open_changes = ?, open_bytes = ?, open_next = ?",
        (last_at, bundle.seq, bundle.changes, bundle.size, encode(bundle.next)),
    )
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


def count_again(db: Any) -> None:
    """Have the next save count how full the open bundle is."""
    db.execute("UPDATE own SET open_seq = 0")


def _keep(db: Any, seq: int, rows: Sequence[Packed]) -> None:
    if rows:
        db.execute(
            "INSERT INTO pending (seq, changes, raw) VALUES (?, ?, ?)",
            (seq, len(rows), encode(rows)),
        )


def _still_open(db: Any, head: int, kept: _Open) -> _Open:
    """Return the bundle that is open, counted again when what was kept no longer holds."""
    if kept.seq > head:
        return kept
    newest = db.execute("SELECT max(seq) FROM pending").fetchone()[0]
    if newest is None or newest <= head:
        return _Open(head + 1, 0, 0, {})
    bundle = _Open(newest, 0, 0, {})
    for (raw,) in db.execute("SELECT raw FROM pending WHERE seq = ?", (newest,)).fetchall():
        for one in read(raw):
            bundle.changes += 1
            bundle.size += len(encode(one.answers))
            bundle.next[one.audience] = max(bundle.next.get(one.audience, 0), one.idx + 1)
    return bundle
