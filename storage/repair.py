# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Repair: what a damaged vault still holds, saved into a new one beside it.

Rules, each with a test:

* Nobody repairs unasked, and what is whole is left alone.
* Damage to a part that holds nothing is cured by copying the rest; nothing is lost then.
* Else every row that can still be read is saved, and what could not be is counted. The search and
  the list of clients are made anew from the records.
* The damaged vault is kept beside, byte for byte as it was found. An empty vault never takes its
  place.
* Where something was lost, the vault is marked as after restoring: its old numbers may be used up.
* A long value of which a page was altered is lost, and counted: it is never saved cut.
* After each error the file is opened anew: a connection remembers a page it could not read, and
  would call others damaged that are not.
"""

import shutil
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.casework.words import _
from storage import board_marks, caseload, custody, finding, joined
from storage.check import check
from storage.connection import DB, connect, copy_into, make, plainly, reach, refuse_in_use
from storage.copies import Step, counts, extent
from storage.durable import beside, flush_file, flush_folder, in_words, put_in_place
from storage.errors import NotRepaired, VaultDamaged, VaultError
from storage.older import RESTORED
from storage.rows import LONG, record_of, see_it_is_whole
from storage.store import Store
from storage.unlock import wipe

_DERIVED = {"board", "board_again", "caseload", "joined", "recount", "sound", "works_with"}
_AT_ONCE = 500
_TRIES = 1_000
"""So many times one table is looked into again after an error, some milliseconds each."""
_LAST = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Repaired:
    """What came of a repair.

    Attributes:
        kept: where the damaged vault now lies; None when nothing was wrong.
        saved: rows saved, by table.
        lost: rows that could not be read, by table; None where nobody can tell how many.
    """

    kept: Path | None = None
    saved: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int | None] = field(default_factory=dict)


def repair(
    folder: Path,
    key: bytearray,
    *,
    now_ms: int,
    progress: Step = lambda _words: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Repaired:
    """Put a vault in the place of a damaged one, with all of it that can be read. Wipes the key.

    Args:
        folder: the vault's folder, open nowhere.
        key: its key.
        now_ms: UTC milliseconds.
        progress: told in words what is done.
        cancelled: asked before each step.

    Raises:
        NotRepaired: why, in words; everything is as it was.
        VaultInUse: it is open.
        VaultError: in one of its other kinds; everything is as it was.
    """

    def step(said: str) -> None:
        if cancelled():
            raise NotRepaired(_("Stopped. Nothing was repaired; everything is as it was."))
        progress(said)

    part = beside(folder)
    try:
        refuse_in_use(folder)
        part.mkdir(mode=0o700)
        _copy_files(folder, part / "old")
        if _is_whole(part / "old", key, step):
            return Repaired()
        done = _rebuilt(part, key, step) or _salvaged(part, key, step, now_ms)
        _note(part, key, done, now_ms)
        shutil.rmtree(part / "old")
        for one in folder.iterdir():
            if one.is_file() and not one.name.startswith(DB):
                shutil.copy2(one, part / one.name)
                flush_file(part / one.name)
        flush_file(part / DB)
        flush_folder(part)
        return Repaired(put_in_place(part, folder, now_ms=now_ms), done.saved, done.lost)
    except OSError as error:
        raise in_words(error) from None
    finally:
        wipe(key)
        shutil.rmtree(part, ignore_errors=True)


def _note(part: Path, key: bytearray, done: Repaired, now_ms: int) -> None:
    """Write into the new vault that it is one."""
    store = Store(connect(part, bytearray(key)))
    try:
        lost = sum(count or 1 for count in done.lost.values())
        custody.note(store, "repaired", now_ms=now_ms, count=lost)
    finally:
        store.close()


def _copy_files(folder: Path, to: Path) -> None:
    """Copy a store's files as they lie there, encrypted: the found ones are never opened."""
    to.mkdir(mode=0o700)
    for one in folder.glob(f"{DB}*"):
        shutil.copy2(one, to / one.name)


def _is_whole(old: Path, key: bytearray, step: Step) -> bool:
    try:
        store = Store(connect(old, bytearray(key)))
    except VaultDamaged:
        return False
    try:
        return not check(store, progress=step)
    finally:
        store.db.close()


def _rebuilt(part: Path, key: bytearray, step: Step) -> Repaired | None:
    """Copy the store as a whole; None when more is damaged than a part that holds nothing."""
    step(_("Copying what is whole …"))
    try:
        store = Store(connect(part / "old", bytearray(key)))
        try:
            expected = extent(store)
            copy_into(store.db, part, bytearray(key))
        finally:
            store.db.close()
        if counts(part, key, expected, step=step):
            return Repaired(saved=expected.tables)
    except VaultDamaged:
        pass
    for one in part.glob(f"{DB}*"):
        one.unlink()
    return None


def _salvaged(part: Path, key: bytearray, step: Step, now_ms: int) -> Repaired:
    """Save every row that can be read into a new store."""
    make(part, bytearray(key))
    new = Store(connect(part, bytearray(key)))
    saved: dict[str, int] = {}
    lost: dict[str, int | None] = {}
    try:
        new.rows("PRAGMA foreign_keys = OFF")  # what belongs together is looked at afterwards
        old = _Damaged(part / "old", key)
        if not old.count("sqlite_schema"):  # another key's, or the page all others are read by
            raise NotRepaired
        for name, without_rowid in _own_tables(new):
            step(_("Saving row by row …"))
            total = old.count(name)
            saved[name] = _save(new, name, old.rows(name, without_rowid=without_rowid))
            lost[name] = None if total is None else max(0, total - saved[name])
        old.close()
        if not saved["record"] and not saved["bundle"]:
            raise NotRepaired
        step(_("Making the search anew …"))
        _make_anew(new)
        if any(n != 0 for n in lost.values()):
            new.put(RESTORED, now_ms)
        if any(one.what != "log" for one in check(new, progress=step)):
            raise NotRepaired
        new.close()
    except BaseException:
        new.db.close()
        raise
    return Repaired(saved=saved, lost={name: n for name, n in lost.items() if n != 0})


def _own_tables(new: Store) -> list[tuple[str, bool]]:
    """Return the tables that are not made from others, and whether each has no row numbers."""
    rows = new.rows(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name <> 'sqlite_schema' ORDER BY name"
    )
    return [(str(name), bool(wr)) for name, wr in rows if name not in _DERIVED]


def _save(new: Store, table: str, batches: Iterator[list[tuple[Any, ...]]]) -> int:
    saved = 0
    columns = new.rows("SELECT count(*) FROM pragma_table_info(?)", (table,))[0][0]
    places = ", ".join("?" * columns)
    order = f'INSERT OR REPLACE INTO "{table}" VALUES ({places})'  # noqa: S608  the schema's name
    for rows in batches:
        new.write_many(order, rows)
        saved += len(rows)
    return saved


def _make_anew(new: Store) -> None:
    """Put together again what belongs together, and make what follows from the records."""
    with new.transaction():
        new.write("DELETE FROM bundle_raw WHERE place NOT IN (SELECT place FROM bundle)")
        new.write("DELETE FROM bundle WHERE place NOT IN (SELECT place FROM bundle_raw)")
        clients = new.rows(
            "SELECT id, form, client, audience, author, live, trail FROM record WHERE form = ?",
            (finding.FORM,),
        )
        finding.follow(new.db, [(None, record_of(row)) for row in clients])
        joined.anew(new.db)
        board_marks.forget(new.db)
        caseload.recount(new.db)


class _Damaged:
    """A damaged store, read as far as it can be."""

    def __init__(self, folder: Path, key: bytearray) -> None:
        self._folder, self._key = folder, key
        self._db: Any = None

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def count(self, table: str) -> int | None:
        """Return how many rows a table should have; None when that cannot be read."""
        rows, whole = self._read(f'SELECT count(*) FROM "{table}"')  # noqa: S608
        return int(rows[0][0]) if whole else None

    def rows(self, table: str, *, without_rowid: bool) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a table that can be read, some at a time."""
        if without_rowid:
            # From the front as far as it goes, then from the back.
            for order in ("ASC", "DESC"):
                keys = self._key_columns(table)
                by = ", ".join(f'"{one}" {order}' for one in keys)
                found, whole = self._read(f'SELECT * FROM "{table}" ORDER BY {by}')  # noqa: S608
                yield found
                if whole:
                    return
            return
        yield from self._spans(table)

    def _spans(self, table: str) -> Iterator[list[tuple[Any, ...]]]:
        """Read a table's row numbers from both ends, then between the places that failed."""
        spans, tries = deque([(0, _LAST)]), 0
        while spans and tries < _TRIES:
            low, high = spans.popleft()
            tries += 1
            for order in ("ASC", "DESC"):
                whole = False
                while low <= high:
                    found, whole = self._some(table, low, high, order)
                    yield [row[1:] for row in found]
                    if found and order == "ASC":
                        low = found[-1][0] + 1
                    elif found:
                        high = found[-1][0] - 1
                    if not whole or len(found) < _AT_ONCE:
                        break
                if whole:
                    break
            if not whole and low < high:
                spans.extend(_parts(low, high))

    def _some(
        self, table: str, low: int, high: int, order: str
    ) -> tuple[list[tuple[Any, ...]], bool]:
        return self._read(
            f'SELECT rowid, * FROM "{table}" WHERE rowid BETWEEN ? AND ?'  # noqa: S608
            f" ORDER BY rowid {order} LIMIT {_AT_ONCE}",
            (low, high),
        )

    def _key_columns(self, table: str) -> list[str]:
        rows, _whole = self._read(
            "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,)
        )
        return [str(row[0]) for row in rows]

    def _read(
        self, question: str, values: tuple[Any, ...] = ()
    ) -> tuple[list[tuple[Any, ...]], bool]:
        """Return the rows that came, and whether all did; after an error the file is let go."""
        rows: list[tuple[Any, ...]] = []
        try:
            with plainly():
                if self._db is None:
                    self._db = reach(self._folder, bytearray(self._key))
                for row in self._db.execute(question, values):
                    if _may_have_more_pages(row):
                        see_it_is_whole(self._db)
                    rows.append(row)  # an error must not take what came before it
        except VaultError:
            self.close()
            return rows, False
        return rows, True


def _may_have_more_pages(row: tuple[Any, ...]) -> bool:
    return sum(len(one) for one in row if isinstance(one, bytes | str)) > LONG


def _parts(low: int, high: int) -> list[tuple[int, int]]:
    """Return a span of row numbers in two halves; in doubling steps where no end is known."""
    if high < _LAST:
        middle = (low + high) // 2
        return [(low, middle), (middle + 1, high)]
    steps = [low + (1 << n) for n in range(63) if low + (1 << n) < high]
    return [(a, b - 1) for a, b in zip([low, *steps], [*steps, high], strict=True)]
