# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The store: one encrypted file with every change this person may hold, and what they add up to.

The log, which is the bundles as they travelled and the changes not yet sealed, is the truth. The
records, the caseload and the search are derived from it and can be made anew. Rules, each with a
test:

* What is saved is on the disk before anybody is told so, whole or not at all.
* A change gets its one place in history when it is saved: this laptop's feed, the bundle it will
  travel in, and its number among the changes for the same audience. Numbers have no holes, so they
  say nothing about other audiences.
* This laptop's clock never runs backwards, whatever the system's does.
* A bundle that waits is closed before it is too large; the next change opens the next one.
* A full disk leaves everything as it was, and says so.
* When a vault is closed, no second file is left beside it.

One connection, used by one thread at a time.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from desktop_app.casework.errors import NotAllowed, RecordSealed
from desktop_app.casework.records import Answers, Change, Edit, Json, Record
from desktop_app.casework.words import _
from storage import caseload, merging, places, waiting
from storage.connection import CACHE_KIB, CHECKPOINT_PAGES, connect, make, plainly
from storage.errors import LaptopFull
from storage.merging import Applied, Bundle, Refusal, resting
from storage.rows import answers_of, decode, encode, record_of
from storage.unlock import wipe

IMPORT_CACHE_KIB = 112 << 10
IMPORT_CHECKPOINT_PAGES = 64 << 10
GROUP = 5
"""So many transactions of an import reach the disk together."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody had typed and not saved: one for each form, client, record and author.

    Attributes:
        form: name of the form.
        client: whom it is about; empty for nobody.
        record: the record being altered; empty for a new one.
        author: person id.
        answers: as typed, anything may stand in it.
        at_ms: when it was kept, in UTC milliseconds.
    """

    form: str
    client: bytes
    record: bytes
    author: str
    answers: Answers
    at_ms: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: the ids of records and clients touched, and the changes in their places."""

    touched: frozenset[bytes]
    changes: tuple[Change, ...]


class Store:
    """One person's vault, open."""

    def __init__(self, db: Any) -> None:
        self.db = db
        self.limit = waiting.LIMIT
        self._depth = 0
        self._importing = False
        self._grouped = 0

    @classmethod
    def create(cls, folder: Path, key: bytearray) -> Self:
        """Make a vault's store in a folder and open it. The key is wiped.

        Raises:
            VaultMisplaced: the folder is not on this laptop's own disk.
            VaultError: it could not be made; nothing is left of it.
        """
        try:
            places.refuse_unsuitable(folder)
            make(folder, bytearray(key))
            return cls(connect(folder, key))
        finally:
            wipe(key)

    @classmethod
    def open(cls, folder: Path, key: bytearray) -> Self:
        """Open a vault's store. The key is wiped.

        Raises:
            VaultError: in one of its kinds; nothing was changed.
        """
        try:
            places.refuse_unsuitable(folder)
            return cls(connect(folder, key))
        finally:
            wipe(key)

    def close(self) -> None:
        """Put everything into the one file, and close it."""
        with plainly():
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.db.close()

    # Asking and writing

    def rows(
        self, question: str, values: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Return the rows that answer a question in SQL."""
        with plainly():
            found: list[tuple[Any, ...]] = self.db.execute(question, values).fetchall()
            return found

    def write(self, order: str, values: Sequence[Any] = ()) -> None:
        """Carry out an order in SQL, as a part of the transaction under way or by itself."""
        self.write_many(order, [values])

    def write_many(self, order: str, rows: Sequence[Sequence[Any]]) -> None:
        """Carry out one order in SQL for each row, in the transaction under way or its own."""
        with self.within():
            self.db.executemany(order, rows)

    @contextmanager
    def within(self) -> Iterator[None]:
        """Go on in the transaction under way, or do everything inside in one of its own.

        Unlike a `transaction` inside another it keeps no copy of every page it alters.
        """
        if self._depth == 0:
            with self.transaction():
                yield
            return
        with plainly():
            self._see_it_stands()
            yield

    @contextmanager
    def transaction(self, *, lasting: bool = True) -> Iterator[None]:
        """Do everything inside, durably, or nothing of it; inside another, nothing of this part.

        Args:
            lasting: False for what can be had again, such as bundles from the share: while
                `importing`, several of these reach the disk together, at its end at the latest.

        Raises:
            LaptopFull: the disk is full; everything is as it was.
        """
        with plainly():
            if self._depth == 0:
                self._group_up(lasting=lasting)
            whole = self._depth == 0 and not self._grouped
            if not whole:
                self._see_it_stands()
            self.db.execute("BEGIN IMMEDIATE" if whole else f"SAVEPOINT s{self._depth}")
            self._depth += 1
            try:
                yield
                self._see_it_stands()
            except BaseException:
                self._depth -= 1
                self._take_back(whole=whole)
                raise
            self._depth -= 1
            try:
                self.db.execute("COMMIT" if whole else f"RELEASE s{self._depth}")
            except BaseException:
                self._take_back(whole=whole)
                raise

    @contextmanager
    def importing(self) -> Iterator[None]:
        """Make room for much at once: more cache, and the file itself written at the end."""
        if self._importing:
            yield
            return
        self._importing = True
        try:
            self._room(IMPORT_CACHE_KIB, IMPORT_CHECKPOINT_PAGES)
            with resting():
                yield
        finally:
            self._importing = False
            if self._depth == 0:
                with plainly():
                    self._group_up(lasting=True)
                self.count_again()
                with plainly():
                    self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._room(CACHE_KIB, CHECKPOINT_PAGES)

    # Changes and records

    def save(self, edits: Sequence[Edit], *, now_ms: int) -> Saved:
        """Save what a person did, durably, all or nothing.

        Raises:
            RecordSealed: an edit alters a sealed account.
            NotAllowed: an edit gives a record another form, client or audience.
            NotJoined: the vault belongs to no team yet.
            LaptopFull: as it says.
        """
        with self.transaction():
            author, changes = waiting.place(self.db, edits, now_ms=now_ms, limit=self.limit)
            applied = self.apply(changes, author=author, saw=_seen_all)
            for _change, reason in applied.refused:
                raise _refused(reason)
            caseload.recount(self.db)
        return Saved(applied.touched, tuple(changes))

    def apply(
        self, changes: Sequence[Change], *, author: str, saw: Callable[[int, int], bool]
    ) -> Applied:
        """Merge one bundle's changes into the records; see `apply_many`."""
        return self.apply_many([(changes, author, saw)])[0]

    def apply_many(self, batch: Sequence[Bundle]) -> list[Applied]:
        """Merge the changes of several bundles, in order, into the records they are about."""
        with self.within():
            return merging.take_in(self.db, batch)

    def count_again(self) -> None:
        """Bring up to date the rows of the caseload that are not."""
        if self.rows("SELECT 1 FROM recount LIMIT 1"):
            with self.within():
                caseload.recount(self.db)

    def forget_records(self, audiences: Collection[str] | None) -> None:
        """Remove the records of some audiences, or of all, to make them anew from the log."""
        with self.within():
            merging.forget(self.db, audiences)

    def record(self, record: bytes) -> Record | None:
        """Return one record, or None when this laptop does not hold it."""
        return next(iter(self.records([record])), None)

    def records(self, ids: Sequence[bytes]) -> list[Record]:
        """Return those of some records this laptop holds, in the order asked for."""
        question = "SELECT id, form, client, audience, author, live, trail FROM record WHERE id = ?"
        found = (self.rows(question, (record,)) for record in ids)
        return [record_of(rows[0]) for rows in found if rows]

    # What belongs to this vault alone

    def keep_draft(self, draft: Draft) -> None:
        """Keep what has been typed."""
        self.write(
            "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?)",
            (
                *(draft.form, draft.client, draft.record, draft.author, draft.at_ms),
                encode(draft.answers),
            ),
        )

    def drafts(self) -> list[Draft]:
        """Return every draft, latest first."""
        rows = self.rows(
            "SELECT form, client, record, author, answers, at_ms FROM draft ORDER BY at_ms DESC"
        )
        return [
            Draft(form, client, record, author, answers_of(answers), at_ms)
            for form, client, record, author, answers, at_ms in rows
        ]

    def drop_draft(self, form: str, client: bytes, record: bytes, author: str) -> None:
        """Forget a draft."""
        self.write(
            "DELETE FROM draft WHERE form = ? AND client = ? AND record = ? AND author = ?",
            (form, client, record, author),
        )

    def get(self, name: str) -> Json:
        """Return a setting of this vault; None when it was never made."""
        rows = self.rows("SELECT value FROM value WHERE name = ?", (name,))
        value: Json = decode(rows[0][0]) if rows else None
        return value

    def put(self, name: str, value: Json) -> None:
        """Keep a setting of this vault."""
        self.write("INSERT OR REPLACE INTO value VALUES (?, ?)", (name, encode(value)))

    def _group_up(self, *, lasting: bool) -> None:
        """Open a group of transactions that reach the disk together, or let one reach it."""
        if self._grouped and (lasting or self._grouped >= GROUP):
            self._grouped = 0
            self._see_it_stands()
            self.db.execute("COMMIT")
        if not lasting and self._importing:
            if not self._grouped:
                self.db.execute("BEGIN IMMEDIATE")
            self._grouped += 1

    def _see_it_stands(self) -> None:
        """A full disk undoes all that is under way; nothing may then be written as if it stood."""
        if not self.db.in_transaction:
            self._grouped = 0
            raise LaptopFull

    def _take_back(self, *, whole: bool) -> None:
        """Undo a transaction, unless a full disk has undone all that was under way."""
        if not self.db.in_transaction:
            self._grouped = 0
        elif whole:
            self.db.execute("ROLLBACK")
        else:
            self.db.execute(f"ROLLBACK TO s{self._depth}")
            self.db.execute(f"RELEASE s{self._depth}")

    def _room(self, cache_kib: int, checkpoint_pages: int) -> None:
        with plainly():
            self.db.execute(f"PRAGMA cache_size = -{cache_kib}")
            self.db.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_pages}")


def _seen_all(_feed: int, _seq: int) -> bool:
    """Whoever types here has everything before them that this laptop holds."""
    return True


def _refused(reason: Refusal) -> RecordSealed | NotAllowed:
    if reason is Refusal.SEALED:
        return RecordSealed(
            _(
                "This account is sealed, so nothing was changed. "
                "Write a correction; it will stand beside the account."
            )
        )
    return NotAllowed(reason.words)
