# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What follows from the log: every row that can be made anew, without the numbers of its rows."""

from collections.abc import Iterator
from typing import Any

from storage.store import Store

Row = tuple[Any, ...]
AT_ONCE = 5_000
_RECORDS = (
    "SELECT place, id, form, client, audience, author, happened, live, trail, conflict, withdrawn"
    " FROM record WHERE place > ? ORDER BY place LIMIT ?"
)
_CLIENTS = (
    "SELECT place, client, reference, name, born, last_seen, setting, setting_code, key_worker,"
    " alerts, said, (SELECT group_concat(sound, ' ') FROM"
    " (SELECT sound FROM sound WHERE sound.place = caseload.place ORDER BY sound))"
    " FROM caseload LEFT JOIN words ON words.rowid = place WHERE place > ? ORDER BY place LIMIT ?"
)
_JOINED = "SELECT client, head FROM joined ORDER BY client"
_WORKS_WITH = "SELECT person, client FROM works_with ORDER BY person, client"


def derived(store: Store) -> Iterator[Row]:
    """Yield every such row, a kind after the other.

    These are the records, the list of clients with what each is found by, who is one person with
    whom, and who works with whom. Nothing may be written to the store before the last row.
    """
    for question in (_RECORDS, _CLIENTS):
        after = 0
        while rows := store.rows(question, (after, AT_ONCE)):
            after = rows[-1][0]
            yield from (row[1:] for row in rows)
    yield from store.rows(_JOINED)
    yield from store.rows(_WORKS_WITH)


def seen(store: Store) -> list[Row]:
    """Return who told to have seen how much of whom: two feeds' numbers, and how far."""
    return store.rows("SELECT feed, other, seq FROM seen ORDER BY feed, other")
