# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An open vault: asking it, writing to it, and going back when something fails.

Rules, each with a test:

* A transaction is written whole or not at all; one inside another can fail by itself.
* A full disk leaves everything as it was, and says so.
* When a vault is closed, no second file is left beside it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from desktop_app.casework.records import Record
from storage import caseload, joined
from storage.connection import CACHE_KIB, CHECKPOINT_PAGES, plainly
from storage.errors import LaptopFull
from storage.rows import see_it_is_whole

IMPORT_CACHE_KIB = 64 << 10
"""With half of it a new laptop's million changes take two fifths longer."""
IMPORT_CHECKPOINT_PAGES = 64 << 10


class OpenVault:
    """The one connection to a vault, used by one thread at a time."""

    def __init__(self, db: Any) -> None:
        self.db = db
        self._depth = 0
        self._importing = False

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
            see_it_is_whole(self.db)
            return found

    def whole(self, client: bytes) -> list[bytes]:
        """Return every client who is one person with this one, the one they are shown as first."""
        with plainly():
            return joined.whole(self.db, client)

    def heads(self, clients: Iterable[bytes]) -> Mapping[bytes, bytes]:
        """Return whom those of some clients are shown as who are shown as somebody else."""
        with plainly():
            return joined.heads(self.db, clients)

    def heads_foreseen(
        self, fresh: Collection[Record], new: Collection[bytes]
    ) -> Mapping[bytes, bytes]:
        """Return whom everybody would be shown as, had some findings and some clients come in."""
        with plainly():
            return joined.foreseen(self.db, fresh, new)

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
    def transaction(self) -> Iterator[None]:
        """Do everything inside, durably, or nothing of it; inside another, nothing of this part.

        Raises:
            LaptopFull: the disk is full; everything is as it was.
        """
        with plainly():
            whole = self._depth == 0
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
        """Make room for much at once: more cache, and the file itself written at the end.

        Few large transactions write a page once that many small ones write again and again, and
        none may stand inside another here: SQLite would copy each page it alters into memory.
        Others may work in the vault between them.
        """
        if self._importing:
            yield
            return
        self._importing = True
        try:
            self._room(IMPORT_CACHE_KIB, IMPORT_CHECKPOINT_PAGES)
            yield
            if self._depth == 0:  # where it was broken off, whoever reads them next does it
                self.count_again()
        finally:
            self._importing = False
            if self._depth == 0:
                self.put_together()
            self._room(CACHE_KIB, CHECKPOINT_PAGES)

    def put_together(self) -> None:
        """Put what waits beside the file into it, and leave no room taken beside it."""
        with plainly():
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def afresh(self) -> None:
        """Write the whole file again, so that nothing that was removed stays in its gaps.

        Raises:
            LaptopFull: it takes as much room as the vault; everything is as it was.
        """
        with plainly():
            self.db.execute("VACUUM")
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def count_again(self) -> None:
        """Bring up to date the rows of the caseload that are not."""
        if self.rows("SELECT 1 FROM recount LIMIT 1"):
            with self.within():
                caseload.recount(self.db)

    def find_people(self) -> None:
        """Follow what an older Tandem had kept unread: it may say who is one person."""
        if self.rows("SELECT 1 FROM recount WHERE what >= ? LIMIT 1", (caseload.PERSON,)):
            self.count_again()

    def count_some(self) -> bool:
        """Bring so many of them up to date that nobody notices; say whether there were any."""
        with self.within():
            return caseload.count_some(self.db)

    def _see_it_stands(self) -> None:
        """A full disk undoes all that is under way; nothing may then be written as if it stood."""
        if not self.db.in_transaction:
            raise LaptopFull

    def _take_back(self, *, whole: bool) -> None:
        """Undo a transaction, unless a full disk has undone all that was under way."""
        if not self.db.in_transaction:
            return
        if whole:
            self.db.execute("ROLLBACK")
        else:
            self.db.execute(f"ROLLBACK TO s{self._depth}")
            self.db.execute(f"RELEASE s{self._depth}")

    def _room(self, cache_kib: int, checkpoint_pages: int) -> None:
        with plainly():
            self.db.execute(f"PRAGMA cache_size = -{cache_kib}")
            self.db.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_pages}")
