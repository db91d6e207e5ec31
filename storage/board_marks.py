# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whom the boards are to go through again: whoever something was written of since they last did.

What is saved here costs nothing: it lies among the changes that wait to be sealed, and is looked up
there. Before those are sealed, and when anything comes from elsewhere or goes away, the clients it
is about are noted.
"""

from collections.abc import Collection
from typing import Any

from storage.rows import decode, encode
from storage.waiting import packed

NAME = "boards"
"""Setting of the vault: what the boards were last worked out by, and up to which save."""


def again(db: Any, clients: Collection[bytes]) -> None:
    """Note that some clients are to be gone through again."""
    db.executemany(
        "INSERT OR IGNORE INTO board_again VALUES (?)",
        [(bytearray(one),) for one in sorted(clients) if one],
    )


def take_off(db: Any, clients: Collection[bytes]) -> None:
    """Take some clients off every board, with all that was worked out of them."""
    keys = [(bytearray(one),) for one in sorted(clients)]
    for table in ("board", "board_worked", "board_row"):
        db.executemany(f"DELETE FROM {table} WHERE client = ?", keys)  # noqa: S608  our own names


def everybody_again(db: Any) -> None:
    """Note that every client is."""
    db.execute(
        "INSERT OR IGNORE INTO board_again"
        " SELECT client FROM caseload UNION SELECT client FROM board"
    )


def saved_since(db: Any) -> set[bytes]:
    """Return whom the changes are about that were saved since, and wait to be sealed."""
    upto = kept(db).get("upto", 0)
    rows = db.execute("SELECT raw FROM pending WHERE last_at > ?", (upto,)).fetchall()
    return {one.client for (raw,) in rows for one in packed(raw) if one.client}


def keep_saved(db: Any) -> None:
    """Note whom what was saved since is about, so that those changes may go."""
    (last,) = db.execute("SELECT max(last_at) FROM pending").fetchone()
    if last is not None and last > kept(db).get("upto", 0):
        again(db, saved_since(db))
        keep(db, upto=last)


def forget(db: Any) -> None:
    """Let everybody be gone through again before anybody reads: nothing is kept of it."""
    db.execute("DELETE FROM value WHERE name = ?", (NAME,))


def kept(db: Any) -> dict[str, Any]:
    """Return what is kept of how the boards were worked out."""
    row = db.execute("SELECT value FROM value WHERE name = ?", (NAME,)).fetchone()
    found: dict[str, Any] = decode(row[0]) if row else {}
    return found


def keep(db: Any, **what: Any) -> None:
    """Keep something of it."""
    db.execute("INSERT OR REPLACE INTO value VALUES (?, ?)", (NAME, encode(kept(db) | what)))
