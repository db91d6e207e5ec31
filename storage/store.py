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
* What was typed is kept on a full disk too, and the vault can be closed: `ballast` gives room.
* When a vault is closed, no second file is left beside it.
* In a vault that was found to be older than it should be (`older`) nothing is saved but drafts,
  and in the audit who looked at what.

One connection, used by one thread at a time.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.errors import NotAllowed, RecordSealed
from desktop_app.casework.records import Answers, Change, Edit, Json, Record
from desktop_app.casework.words import _
from storage import audit, ballast, board_marks, caseload, merging, places, waiting
from storage.connection import connect, make, plainly
from storage.errors import LaptopFull
from storage.merging import Applied, Bundle, Refusal
from storage.older import Mark, is_older, last_at, refuse_older
from storage.open_vault import OpenVault
from storage.rows import answers_of, asked, decode, encode, record_of, see_it_is_whole
from storage.secret import wipe


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


_RECORDS = "SELECT id, form, client, audience, author, live, trail FROM record WHERE id IN (?)"


class Store(OpenVault):
    """One person's vault, open: its changes, its records, its drafts."""

    def __init__(self, db: Any, folder: Path | None = None) -> None:
        """Take over a connection.

        Args:
            db: the connection.
            folder: where the vault lies, to compare it with the mark beside it and have that kept;
                None for a copy nobody works in.
        """
        super().__init__(db)
        self.folder = folder
        self.limit = waiting.LIMIT
        self._mark = Mark(folder) if folder is not None else None
        self.older = self._mark is not None and is_older(self, self._mark)

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
            return cls(connect(folder, key), folder)
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
            return cls(connect(folder, key), folder)
        finally:
            wipe(key)

    def mark(self, at_ms: int) -> None:
        """Have the mark beside the vault say when something was last saved, once it is."""
        if self._mark is not None and not self._depth and not self.older:
            self._mark.note(self, at_ms)

    def close(self) -> None:
        """Put everything into the one file, and close it; on a full disk too."""
        try:
            self._must(super().close)
        except LaptopFull:
            self.db.close()  # nothing is lost: what waits beside the file goes in the next time
        if self._mark is not None:
            self._mark.close()

    def _must(self, do: Callable[[], None]) -> None:
        """Do what a full disk should not prevent: it is given the room that was kept for it."""
        try:
            do()
        except LaptopFull:
            if self.folder is None or not ballast.free(self.folder):
                raise
            do()

    # Changes and records

    def save(self, edits: Sequence[Edit], *, now_ms: int) -> Saved:
        """Save what a person did, durably, all or nothing.

        Raises:
            RecordSealed: an edit alters a sealed account.
            NotAllowed: an edit gives a record another form, client or audience.
            NotJoined: the vault belongs to no team yet.
            VaultOlder: the vault is older than it should be.
            LaptopFull: as it says.
        """
        if any(one.audience != AUDIT for one in edits):  # who looked at what is kept regardless
            refuse_older(self)
        touched: frozenset[bytes] = frozenset()
        with self.transaction():
            author, changes = waiting.place(self.db, edits, now_ms=now_ms, limit=self.limit)
            if kept := self.kept_here(changes):
                (applied,) = merging.take_in(self.db, [(kept, author, _seen_all)])
                for _change, reason in applied.refused:
                    raise _refused(reason)
                # In the middle of an import much may wait to be counted: then only what this save
                # touched is, and the rest before it is read.
                caseload.recount(self.db, applied.touched if self._importing else None)
                touched = applied.touched
        if changes:
            self.mark(changes[-1].at)
        return Saved(touched, tuple(changes))

    def kept_here(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Return those of some changes of this laptop's that become records in this vault.

        All do, but for the audit's where its key is not held: those are only sent.
        """
        if not any(one.audience == AUDIT for one in changes) or audit.is_read_here(self.db):
            return changes
        return [one for one in changes if one.audience != AUDIT]

    def apply(
        self, changes: Sequence[Change], *, author: str, saw: Callable[[int, int], bool]
    ) -> Applied:
        """Merge one bundle's changes into the records; see `apply_many`."""
        return self.apply_many([(changes, author, saw)])[0]

    def apply_many(
        self, batch: Sequence[Bundle], waits: Callable[[], bool] = merging.never
    ) -> list[Applied]:
        """Merge the changes of several bundles, in order, into the records they are about.

        Raises:
            GaveWay: somebody waits, as `waits` says; the caller undoes the transaction.
        """
        with self.within():
            about = {one.client for changes, _author, _saw in batch for one in changes}
            board_marks.again(self.db, about)
            return merging.take_in(self.db, batch, waits)

    def forget_records(self, audiences: Collection[str] | None) -> None:
        """Remove the records of some audiences, or of all, to make them anew from the log."""
        with self.within():
            merging.forget(self.db, audiences)

    def record(self, record: bytes) -> Record | None:
        """Return one record, or None when this laptop does not hold it."""
        return next(iter(self.records([record])), None)

    def records(self, ids: Sequence[bytes]) -> list[Record]:
        """Return those of some records this laptop holds, in the order asked for."""
        with plainly():
            found = {row[0]: row for row in asked(self.db, _RECORDS, ids)}
            see_it_is_whole(self.db)
        return [record_of(found[one]) for one in ids if one in found]

    # What belongs to this vault alone

    def keep_draft(self, draft: Draft) -> None:
        """Keep what has been typed, on a full disk too, while there is ballast."""
        self._must(lambda: self._keep(draft))

    def _keep(self, draft: Draft) -> None:
        place = (draft.form, draft.client, draft.record, draft.author, draft.at_ms)
        with self.transaction():
            self.write(
                "INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?)",
                (*place, encode(draft.answers)),
            )
            at_ms = max(draft.at_ms, last_at(self) + 1)
            self.write("UPDATE own SET last_at = ?", (at_ms,))
        self.mark(at_ms)

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
