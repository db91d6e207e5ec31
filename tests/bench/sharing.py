# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Carrying changes from one laptop to another, against writing the same rows plainly.

The whole way is timed: sealed, signed and sent on one laptop; fetched, verified, merged, indexed
and archived on the other. What it is held against is one `executemany` of as many upserts of the
same rows, with the same indexes, into plain SQLite with the same durability: nothing encrypted,
nothing checked, no history. So the figure says what the protocol costs, not what the machine does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2 as sqlcipher

from desktop_app.casework.records import Edit, Record
from storage import waiting
from tests.bench.figures import Memory, note, seconds
from tests.bench.invented import Invented, Laptop, two_laptops

TABLE = """
CREATE TABLE record (
    place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, form TEXT NOT NULL, client BLOB NOT NULL,
    audience TEXT NOT NULL, author TEXT NOT NULL, happened TEXT NOT NULL, live BLOB NOT NULL,
    trail BLOB NOT NULL, conflict INTEGER NOT NULL, withdrawn INTEGER NOT NULL
);
CREATE INDEX record_client ON record (client, happened);
CREATE INDEX record_form ON record (form, happened);
CREATE INDEX record_conflict ON record (happened) WHERE conflict;
"""
COLUMNS = (
    *("id", "form", "client", "audience", "author", "happened", "live", "trail", "conflict"),
    "withdrawn",
)
UPSERT = (
    f"INSERT INTO record ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))}) "  # noqa: S608
    f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{one} = excluded.{one}' for one in COLUMNS[1:])}"
)
Row = tuple[object, ...]


@dataclass(slots=True)
class Way:
    """Two laptops with so many records on both, and the same records in plain SQLite."""

    place: Path
    one: Laptop
    other: Laptop
    invented: Invented
    plain: sqlcipher.Connection
    clients: list[bytes] = field(default_factory=list)
    held: list[Edit] = field(default_factory=list)

    def fill(self, count: int) -> None:
        """Put so many visits on both laptops, and into plain SQLite."""
        people = [self.invented.client() for _number in range(2_000)]
        self.clients = [one.record for one in people]
        self.one.save(people)
        for first in range(0, count, 100_000):
            more = list(
                self.invented.visits(min(100_000, count - first), self.clients, self.one.me)
            )
            self.one.save(more)
            self.one.exchange()
            self.other.exchange()
            self._write(rows_of(self.other, more))
            self.held += more
            note(f"{len(self.held):,} records are on both laptops")

    def round(self, count: int, *, in_a_bundle: int = 0) -> "Round":
        """Carry so many changes across; write them plainly; return how long both took."""
        changes = self.invented.changes(count, self.held, self.clients, self.one.me)
        if in_a_bundle:
            _save_in_bundles(self.one, changes, in_a_bundle)
        else:
            self.one.save(changes)
        memory = Memory()
        sending = seconds(self.one.exchange)
        sent_mb, memory = memory.extra_mb(), Memory()
        taking = seconds(self.other.exchange)
        taken_mb = memory.extra_mb()
        rows = rows_of(self.other, changes)
        plainly = seconds(lambda: self._write(rows))
        fresh = {one.record: one for one in changes} | {one.record: one for one in self.held}
        self.held = list(fresh.values())
        note(f"sent {sending:.2f} s, taken in {taking:.2f} s, plainly {plainly:.2f} s")
        return Round(sending, taking, plainly, max(sent_mb, taken_mb))

    def _write(self, rows: Sequence[Row]) -> None:
        write_plainly(self.plain, rows)

    def close(self) -> None:
        """Close everything."""
        for laptop in (self.one, self.other):
            laptop.store.close()
        self.plain.close()


@dataclass(frozen=True, slots=True)
class Round:
    """One time across: seconds, and megabytes beyond what was there before."""

    sending: float
    taking: float
    plainly: float
    extra_mb: float

    @property
    def ratio(self) -> float:
        """Return how many times as long the whole way takes as writing the rows plainly."""
        return (self.sending + self.taking) / self.plainly


def way(place: Path) -> Way:
    """Return two laptops of one team, and an empty plain table."""
    one, other = two_laptops(place)
    return Way(place, one, other, Invented("sharing"), plain_table(place))


def plain_table(place: Path, name: str = "plain") -> sqlcipher.Connection:
    """Return the table of records in plain SQLite, empty."""
    plain = sqlcipher.connect(str(place / f"{name}.db"), isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -262144"):
        plain.execute(f"PRAGMA {setting}").fetchall()
    plain.executescript(TABLE)
    return plain


def write_plainly(plain: sqlcipher.Connection, rows: Sequence[Row]) -> None:
    """Upsert rows, in one transaction."""
    plain.execute("BEGIN IMMEDIATE")
    plain.executemany(UPSERT, rows)
    plain.execute("COMMIT")


def in_bundles(laptop: Laptop, count: int, size: int, at_once: int) -> Iterator[list[Edit]]:
    """Save so many visits in bundles of a size, and send them; yield them, a portion at a time."""
    invented = Invented("bundles")
    people = [invented.client() for _number in range(count // 50)]
    me, clients = laptop.me, [one.record for one in people]
    made = 0
    while made < count:
        new = people if not made else []
        some = min(at_once, count - made) - len(new)
        edits = [*new, *invented.visits(some, clients, me)]
        _save_in_bundles(laptop, edits, size)
        laptop.exchange()
        made += len(edits)
        yield edits


def undisturbed(rounds: Sequence[Round]) -> Round:
    """Return the best time of each part, and the most memory.

    Whatever else the machine does can only make a time longer, so the shortest of several is the
    nearest to what the work itself takes. That holds for both sides of the ratio.
    """
    sending, taking, plainly = (
        min(getattr(one, name) for one in rounds) for name in ("sending", "taking", "plainly")
    )
    return Round(sending, taking, plainly, max(one.extra_mb for one in rounds))


def _save_in_bundles(laptop: Laptop, changes: Sequence[Edit], size: int) -> None:
    """Save as many small savings would, so that each of so many changes travels by itself."""
    usual, laptop.store.limit = laptop.store.limit, waiting.Limit(size, waiting.LIMIT.size)
    try:
        laptop.save(changes)
    finally:
        laptop.store.limit = usual


def rows_of(laptop: Laptop, edits: Sequence[Edit]) -> list[Row]:
    """Return the row of the record of each edit, one for each edit."""
    ids = list(dict.fromkeys(one.record for one in edits))
    found: dict[bytes, Row] = {}
    for first in range(0, len(ids), 5_000):
        for record in laptop.store.records(ids[first : first + 5_000]):
            found[record.id] = _row(record)
    return [found[one.record] for one in edits]


def _row(record: Record) -> Row:
    live = msgspec.msgpack.encode(record.live)
    happened = record.text("at")
    conflict = int(bool(record.conflicts))
    return (
        *(record.id, record.form, record.client, record.audience, record.author, happened),
        *(live, record.trail, conflict, 0),
    )
