# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The ledger of sharing: what has come, what has gone, what waits, and whom we trust.

Plain functions, named for their answers. Those that write belong inside the caller's
`with store.transaction():`, so that what is taken in and how far we are stand or fall together.
A feed's number is the first seven bytes of its id.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop_app.casework.records import Change, trail_entries
from storage import board_marks, waiting
from storage.store import Store

FARTHEST_AHEAD_MS = 5 * 60_000
"""A colleague's clock this far ahead of ours is not followed."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One laptop's line of bundles, and the last of them this laptop has taken in.

    Attributes:
        number: its short number, the same on every laptop.
        id: 16 bytes.
        device: the laptop's 16-byte id in the roster.
        head_seq: number of its last bundle taken in; of our own, the last sealed.
        head_id: that bundle's 32-byte id.
        last_at: the newest time it has told, in UTC milliseconds.
    """

    number: int
    id: bytes
    device: bytes
    head_seq: int
    head_id: bytes
    last_at: int


@dataclass(frozen=True, slots=True)
class Held:
    """A bundle of the log, as it travelled.

    Attributes:
        feed: number of its feed.
        seq: its number there.
        id: its 32-byte id.
        roster_n: the roster it was written under.
        state: how much of it was taken in; sync says what the numbers mean.
        unread: the audiences, with spaces between, that could not be read when it came.
        raw: its bytes.
    """

    feed: int
    seq: int
    id: bytes
    roster_n: int
    state: int
    unread: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that could not be taken in, why, and since when it is tried."""

    path: str
    raw: bytes
    reason: str
    detail: str
    first_ms: int
    last_ms: int
    tries: int


@dataclass(frozen=True, slots=True)
class Document:
    """A signed document: a roster, or who belongs to an audience."""

    kind: str
    n: int
    id: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A change that was not taken into its record, and the code of the reason."""

    record: bytes
    feed: int
    seq: int
    idx: int
    reason: str


def feeds(store: Store) -> dict[int, Feed]:
    """Return every feed this laptop knows, by number."""
    rows = store.rows("SELECT number, id, device, head_seq, head_id, last_at FROM feed")
    return {row[0]: Feed(*row) for row in rows}


def own_feed(store: Store) -> Feed | None:
    """Return this laptop's own feed; None before it has joined a team."""
    rows = store.rows(
        "SELECT number, id, device, head_seq, head_id, feed.last_at"
        " FROM own JOIN feed ON feed.number = own.feed"
    )
    return Feed(*rows[0]) if rows else None


def put_feed(store: Store, feed: Feed) -> None:
    """Keep how far a feed is known. For our own, the next save goes into the bundle after."""
    store.write(
        "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?, ?)",
        (feed.number, feed.id, feed.device, feed.head_seq, feed.head_id, feed.last_at),
    )


def use_feed(store: Store, feed: Feed, *, author: str) -> None:
    """Write to a feed from now on, in somebody's name (a person id)."""
    put_feed(store, feed)
    store.write("UPDATE own SET feed = ?, author = ?", (feed.number, author))
    with store.within():
        waiting.count_again(store.db)


def heard(store: Store, at_ms: int, *, now_ms: int) -> None:
    """Let this laptop's clock follow a received time, unless that is far ahead of ours."""
    if at_ms <= now_ms + FARTHEST_AHEAD_MS:
        store.write("UPDATE own SET last_at = max(last_at, ?)", (at_ms,))


# Our own changes, not yet sealed


def pending(store: Store) -> list[tuple[int, list[Change]]]:
    """Return the changes that wait to be sealed, by the bundle they will travel in."""
    rows = store.rows("SELECT own.feed, seq, raw FROM pending, own ORDER BY seq, pending.place")
    found: dict[int, list[Change]] = {}
    for feed, seq, raw in rows:
        found.setdefault(seq, []).extend(
            one.change(feed, seq) for one in waiting.read(raw) if one.form
        )
    return list(found.items())


def to_seal(store: Store) -> list[tuple[int, list[waiting.Packed]]]:
    """Return the same changes as they go into their bundles."""
    found: dict[int, list[waiting.Packed]] = {}
    for seq, raw in store.rows("SELECT seq, raw FROM pending ORDER BY seq, place"):
        found.setdefault(seq, []).extend(waiting.packed(raw))
    return list(found.items())


def pending_count(store: Store) -> int:
    """Return how many changes wait to be sealed."""
    count: int = store.rows("SELECT coalesce(sum(changes), 0) FROM pending")[0][0]
    return count


def drop_pending(store: Store, upto: int, *, audiences: Collection[str] | None = None) -> None:
    """Forget the changes of the bundles sealed so far; of some audiences, when named."""
    with store.within():
        board_marks.keep_saved(store.db)
        waiting.keep_the_time(store.db)
    if audiences is None:
        store.write("DELETE FROM pending WHERE seq <= ?", (upto,))
    else:
        found = store.rows("SELECT place, seq, raw FROM pending WHERE seq <= ?", (upto,))
        for place, seq, raw in found:
            left = [one for one in waiting.packed(raw) if one.audience not in audiences]
            with store.within():
                waiting.write(store.db, place, seq, left)
    with store.within():
        waiting.count_again(store.db)


def retag_pending(store: Store, feed_number: int, first_seq: int) -> None:
    """Give what waits new places: in the feed now in use, in bundles from `first_seq` on.

    Two bundles never become one: a sealed account may be edited within its own bundle only.
    """
    rows = store.rows("SELECT place, seq, raw FROM pending ORDER BY seq, place")
    number = {seq: first_seq + n for n, seq in enumerate(sorted({row[1] for row in rows}))}
    following: dict[tuple[int, str], int] = {}
    with store.within():
        for place, seq, raw in rows:
            changes = waiting.packed(raw)
            for one in changes:
                key = (seq, one.audience)
                one.idx = following[key] = following.get(key, -1) + 1
            waiting.write(store.db, place, number[seq], changes)
        waiting.count_again(store.db)
    store.write("UPDATE own SET feed = ?", (feed_number,))


def add_bundles(store: Store, bundles: Sequence[Held]) -> None:
    """Add bundles to the log, in the order they were delivered."""
    (first,) = store.rows("SELECT coalesce(max(place), 0) + 1 FROM bundle")[0]
    store.write_many(
        "INSERT INTO bundle VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (place, one.feed, one.seq, one.id, one.roster_n, one.state, one.unread)
            for place, one in enumerate(bundles, start=first)
        ],
    )
    store.write_many(
        "INSERT INTO bundle_raw VALUES (?, ?)",
        [(place, one.raw) for place, one in enumerate(bundles, start=first)],
    )


def bundle(store: Store, feed: int, seq: int) -> Held | None:
    """Return one bundle of the log."""
    return next(iter(bundles_of(store, [(feed, seq)])), None)


def bundles(store: Store, *, after_row: int = 0, limit: int = 500) -> list[tuple[int, Held]]:
    """Return bundles of the log in the order they were delivered, each with its row."""
    rows = store.rows(
        "SELECT place, feed, seq, id, roster_n, state, unread, raw"
        " FROM bundle JOIN bundle_raw USING (place) WHERE place > ? ORDER BY place LIMIT ?",
        (after_row, limit),
    )
    return [(row[0], Held(*row[1:])) for row in rows]


def bundle_ids(store: Store) -> dict[tuple[int, int], bytes]:
    """Return the id of every bundle of the log, by feed and number."""
    rows = store.rows("SELECT feed, seq, id FROM bundle")
    return {(feed, seq): id_ for feed, seq, id_ in rows}


def bundles_of(store: Store, entries: Sequence[tuple[int, int]]) -> list[Held]:
    """Return those of some bundles that are held, in the order they were delivered."""
    question = (
        "SELECT place, feed, seq, id, roster_n, state, unread, raw"
        " FROM bundle JOIN bundle_raw USING (place) WHERE feed = ? AND seq = ?"
    )
    rows = [row for entry in dict.fromkeys(entries) for row in store.rows(question, entry)]
    return [Held(*row[1:]) for row in sorted(rows, key=lambda row: row[0])]


def raw_of(store: Store, trail: bytes) -> list[Held]:
    """Return the bundles that touched a record, in the order they were delivered."""
    return bundles_of(store, trail_entries(trail))


def set_state(store: Store, feed: int, seq: int, *, state: int, unread: str) -> None:
    """Keep how much of a bundle has been taken in."""
    store.write(
        "UPDATE bundle SET state = ?, unread = ? WHERE feed = ? AND seq = ?",
        (state, unread, feed, seq),
    )


def unread_audiences(store: Store) -> set[str]:
    """Return the audiences some bundle of the log could not be read for."""
    rows = store.rows("SELECT DISTINCT unread FROM bundle WHERE unread <> ''")
    return {audience for (unread,) in rows for audience in unread.split()}


def drop_bundles(store: Store, feed: int, *, after_seq: int) -> list[Held]:
    """Take a feed's later bundles out of the log and return them."""
    rows = store.rows("SELECT feed, seq FROM bundle WHERE feed = ? AND seq > ?", (feed, after_seq))
    gone = bundles_of(store, [(row[0], row[1]) for row in rows])
    store.write("DELETE FROM bundle WHERE feed = ? AND seq > ?", (feed, after_seq))
    return gone


def seen(store: Store, feed_number: int) -> dict[int, tuple[int, bytes]]:
    """Return how far into other feeds the author of one has told to have seen."""
    rows = store.rows("SELECT other, seq, id FROM seen WHERE feed = ?", (feed_number,))
    return {other: (seq, id_) for other, seq, id_ in rows}


def add_seen(store: Store, rows: Sequence[tuple[int, int, int, bytes]]) -> None:
    """Keep what feeds have told: feed, other feed, its bundle's number and id."""
    store.write_many("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", rows)


def forget_seen(store: Store) -> None:
    """Forget what feeds have told; it is read again from the log."""
    store.write("DELETE FROM seen")


def seen_of(store: Store, other: int) -> dict[int, int]:
    """Return how far into one feed each other feed has told to have seen."""
    rows = store.rows("SELECT feed, seq FROM seen WHERE other = ?", (other,))
    return dict(row[:2] for row in rows)


# What is to be sent, and what could not be taken in


def outbox(store: Store) -> list[tuple[str, bytes]]:
    """Return the files that are to be put on the share, oldest first."""
    rows = store.rows("SELECT path, raw FROM outbox ORDER BY place")
    return [(path, raw) for path, raw in rows]


def put_outbox(store: Store, path: str, raw: bytes) -> None:
    """Have a file put on the share."""
    store.write(
        "INSERT INTO outbox (path, raw) VALUES (?, ?)"
        " ON CONFLICT (path) DO UPDATE SET raw = excluded.raw",
        (path, raw),
    )


def drop_outbox(store: Store, path: str) -> None:
    """Forget a file that lies on the share."""
    store.write("DELETE FROM outbox WHERE path = ?", (path,))


def set_aside(store: Store) -> list[SetAside]:
    """Return every file that could not be taken in, the longest known first."""
    rows = store.rows(
        "SELECT path, raw, reason, detail, first_ms, last_ms, tries FROM set_aside"
        " ORDER BY first_ms, path"
    )
    return [SetAside(*row) for row in rows]


def put_set_aside(store: Store, row: SetAside) -> None:
    """Keep a file that could not be taken in, and why."""
    store.write(
        "INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row.path, row.raw, row.reason, row.detail, row.first_ms, row.last_ms, row.tries),
    )


def drop_set_aside(store: Store, path: str) -> None:
    """Forget that a file was set aside."""
    store.write("DELETE FROM set_aside WHERE path = ?", (path,))


def refused(store: Store) -> list[Refused]:
    """Return every change that was not taken into its record."""
    rows = store.rows("SELECT record, feed, seq, idx, reason FROM refused ORDER BY feed, seq, idx")
    return [Refused(*row) for row in rows]


def add_refused(store: Store, rows: Sequence[Refused]) -> None:
    """Keep changes that were not taken in; those the store itself refuses it keeps by itself."""
    store.write_many(
        "INSERT OR IGNORE INTO refused VALUES (?, ?, ?, ?, ?)",
        [(one.feed, one.seq, one.record, one.idx, one.reason) for one in rows],
    )


# Documents and keys


def documents(store: Store, kind: str) -> list[Document]:
    """Return the documents of a kind, by number."""
    rows = store.rows(
        "SELECT kind, n, id, raw FROM document WHERE kind = ? ORDER BY n, id", (kind,)
    )
    return [Document(*row) for row in rows]


def put_document(store: Store, document: Document) -> None:
    """Keep a document."""
    store.write(
        "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)",
        (document.kind, document.n, document.id, document.raw),
    )


def newest(store: Store, kind: str) -> Document | None:
    """Return the document of a kind with the highest number."""
    return next(reversed(documents(store, kind)), None)


def key(store: Store, name: str) -> bytes | None:
    """Return a key by its name."""
    rows = store.rows("SELECT value FROM secret WHERE name = ?", (name,))
    return rows[0][0] if rows else None


def put_key(store: Store, name: str, value: bytes) -> None:
    """Keep a key."""
    store.write("INSERT OR REPLACE INTO secret VALUES (?, ?)", (name, value))


def keys(store: Store, prefix: str) -> dict[str, bytes]:
    """Return the keys whose names begin so."""
    rows = store.rows(
        "SELECT name, value FROM secret WHERE substr(name, 1, ?) = ?", (len(prefix), prefix)
    )
    return dict(row[:2] for row in rows)


def drop_key(store: Store, name: str) -> None:
    """Forget a key."""
    store.write("DELETE FROM secret WHERE name = ?", (name,))
