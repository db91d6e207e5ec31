# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Copies of a vault that count: whole, under a key of their own, opened again and compared.

Backing up, restoring and repairing all end here. Rules, each with a test:

* A copy is one step of the database, under a fresh key; never a copy of the file.
* It counts only after it was opened anew with that key, every check found nothing, and its tables,
  its newest work and the head of every line of bundles are those of the vault it came from.
* Each step is told in words, and at each of them it can be stopped.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.casework.words import _
from storage.check import check
from storage.connection import connect, peek
from storage.open_vault import OpenVault
from storage.store import Store

Step = Callable[[str], None]
"""Is told what happens next, in words; may raise to stop it."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a store holds, and how far it goes.

    Attributes:
        tables: how many rows each table has.
        newest: the newest save, the newest bundle, and the head of every line of bundles.
    """

    tables: dict[str, int]
    newest: tuple[tuple[Any, ...], ...]


def extent(vault: OpenVault) -> Extent:
    """Return how much an open store holds."""
    return Extent({name: _count(vault, name) for name in tables(vault)}, _newest(vault))


def mark(vault: OpenVault) -> str:
    """Return how far a store goes, as a word that is another as soon as there is newer work."""
    draft = vault.rows("SELECT max(at_ms), count(*) FROM draft")
    return hashlib.sha256(repr((*_newest(vault), *draft)).encode()).hexdigest()


def _newest(vault: OpenVault) -> tuple[tuple[Any, ...], ...]:
    return (
        *vault.rows("SELECT number, head_seq, head_id, last_at FROM feed ORDER BY number"),
        *vault.rows("SELECT feed, seq, id FROM bundle ORDER BY place DESC LIMIT 1"),
        *vault.rows("SELECT place, seq, raw FROM pending ORDER BY place DESC LIMIT 1"),
        *vault.rows("SELECT feed, author, last_at FROM own"),
    )


def tables(vault: OpenVault) -> list[str]:
    """Return the names of a store's tables, those of the search included."""
    rows = vault.rows(
        "SELECT name FROM pragma_table_list"
        " WHERE schema = 'main' AND type IN ('table', 'shadow') AND name <> 'sqlite_schema'"
        " ORDER BY name"
    )
    return [str(row[0]) for row in rows]


def counts(folder: Path, key: bytearray, expected: Extent, *, step: Step) -> bool:
    """Say whether a copy counts. It is closed again; the key is left to the caller.

    Args:
        folder: where the copy lies.
        key: its key.
        expected: of the store it was copied from.
        step: told what is looked at.
    """
    step(_("Comparing the copy …"))
    db = peek(folder, bytearray(key))
    try:
        same = extent(OpenVault(db)) == expected
    finally:
        db.close()
    if not same:
        return False
    # A copy may lie on a stick, where nobody may work in a vault; so it is not `Store.open`.
    store = Store(connect(folder, bytearray(key)))
    try:
        found = check(store, progress=step)
    finally:
        store.close()
    # A log that waits for bundles from the share was copied as it was: no fault of the copy.
    return all(one.what == "log" for one in found)


def _count(vault: OpenVault, table: str) -> int:
    # The name is the schema's own; nothing else can say which table to count.
    count: int = vault.rows(f'SELECT count(*) FROM "{table}"')[0][0]  # noqa: S608
    return count
