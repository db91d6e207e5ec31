# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whose files are read as one, because they are one person's; `same_person` says by what rules.

A row for each client but the one the person is shown as, their head: where nobody was ever joined
there is none, and a question costs one look into an empty table. Rules, each with a test:

* The rows are what the findings that stand say, and nothing else: they are brought after in the
  transaction that takes a finding, or the end of one, in.
* Only those are looked at again who are one person, or were, with a client a change is about.
* Whoever asks about a client asks about the whole person: `whole` is the one answer to that.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from desktop_app.casework import same_person
from desktop_app.casework.records import WITHDRAWN, Record, RecordId, linked
from storage import board_marks
from storage.rows import asked, is_withdrawn, record_of, see_it_is_whole

FORM = same_person.FORM
FIELDS = frozenset({"finding", "other", WITHDRAWN})
"""The answers it is made from."""
_HEADS = "SELECT client, head FROM joined WHERE client IN (?)"
_UNDER = "SELECT client FROM joined WHERE head IN (?)"
_AMONG_HEADS = "SELECT DISTINCT head FROM joined WHERE head IN (?)"
_STANDS = "SELECT client FROM caseload WHERE client IN (?)"
_FOUND = (
    "SELECT id, form, client, audience, author, live, trail FROM record"
    " WHERE client IN (?) AND +form = 'same_person' AND NOT withdrawn"
)
_ALL_FOUND = (
    "SELECT id, form, client, audience, author, live, trail FROM record"
    " WHERE form = 'same_person' AND NOT withdrawn"
)


def heads(db: Any, clients: Iterable[RecordId]) -> Mapping[RecordId, RecordId]:
    """Return whose file is shown for those of some clients who are shown under another's."""
    return dict(asked(db, _HEADS, sorted(set(clients)))) if _any(db) else {}


def head(db: Any, client: RecordId) -> RecordId:
    """Return the client whose file is shown for a client: nearly always their own."""
    found = db.execute("SELECT head FROM joined WHERE client = ?", (client,)).fetchone()
    shown: RecordId = found[0] if found else client
    return shown


def foreseen(
    db: Any, fresh: Collection[Record], new: Collection[RecordId]
) -> Mapping[RecordId, RecordId]:
    """Return whose file everybody would be shown under who is shown under another's.

    Args:
        db: the connection.
        fresh: findings as they would be.
        new: clients who would be here besides those who are.
    """
    if not fresh:
        return dict(db.execute("SELECT client, head FROM joined").fetchall())
    held = {row[0]: record_of(row) for row in db.execute(_ALL_FOUND).fetchall()}
    said = same_person.findings((held | {one.id: one for one in fresh}).values())
    clients = {client for one in said for client in one.pair}
    standing = {one for (one,) in asked(db, _STANDS, sorted(clients))}.union(new)
    return {
        one: shown
        for some in same_person.people(clients, said)
        for shown in [same_person.head_of(some, standing)]
        for one in some - {shown}
    }


def under(db: Any, client: RecordId) -> list[RecordId]:
    """Return a client, and those who are shown under them."""
    return [client, *(one for (one,) in asked(db, _UNDER, [client]))]


def whole(db: Any, client: RecordId) -> list[RecordId]:
    """Return every client who is the same person as this one, the one they are shown as first."""
    return under(db, head(db, client))


def ends(*records: Record | None) -> set[RecordId]:
    """Return the clients a finding is about, as it was and as it is."""
    held = [one for one in records if one is not None]
    others = (linked(one.answers.get("other")) for one in held)
    return {one for one in (*(one.client for one in held), *others) if one}


def came_or_went(db: Any, pairs: Collection[tuple[Record | None, Record]]) -> Collection[RecordId]:
    """Return those clients of joined files whose own record was made, withdrawn or restored."""
    if not pairs or not _any(db):
        return ()
    turned = [
        now.id for was, now in pairs if was is None or is_withdrawn(was) is not is_withdrawn(now)
    ]
    return known(db, turned)


def known(db: Any, clients: Collection[RecordId]) -> set[RecordId]:
    """Return those of some clients who are one person with another."""
    keys = sorted(clients)
    if not keys or not _any(db):
        return set()
    below = {one for one, _head in asked(db, _HEADS, keys)}
    return below | {one for (one,) in asked(db, _AMONG_HEADS, keys)}


def follow(db: Any, about: Collection[RecordId]) -> set[RecordId]:
    """Work out again who is one person with some clients; return everybody that may concern.

    Their rows in the caseload are counted again before anybody reads them.
    """
    if not about:
        return set()
    clients = {other for one in about for other in whole(db, one)} | set(about)
    keys = sorted(clients)
    found = same_person.findings(record_of(row) for row in _rows(db, _FOUND, keys))
    standing = {one for (one,) in asked(db, _STANDS, keys)}
    rows = [
        (one, shown)
        for some in same_person.people(clients, found)
        for shown in [same_person.head_of(some, standing)]
        for one in sorted(some - {shown})
    ]
    board_marks.again(db, keys)
    db.executemany("DELETE FROM joined WHERE client = ?", [(one,) for one in keys])
    db.executemany("INSERT INTO joined VALUES (?, ?)", rows)
    db.executemany(
        "INSERT OR REPLACE INTO recount SELECT client, 3 FROM caseload WHERE client = ?",
        [(one,) for one in keys],
    )
    return clients


def anew(db: Any) -> None:
    """Work all of it out again."""
    forget(db)
    found = [record_of(row) for row in db.execute(_ALL_FOUND).fetchall()]
    follow(db, ends(*found))


def forget(db: Any) -> None:
    """Forget all of it: the records it follows from are made anew."""
    db.execute("DELETE FROM joined")


def found(db: Any) -> list[same_person.Finding]:
    """Return everything that was found of two clients and stands."""
    return same_person.findings(record_of(row) for row in db.execute(_ALL_FOUND).fetchall())


def _rows(db: Any, question: str, keys: list[RecordId]) -> list[tuple[Any, ...]]:
    """Return each row once: a question for many keys repeats the last of them."""
    rows = list({row[0]: row for row in asked(db, question, keys)}.values())
    see_it_is_whole(db)
    return rows


def _any(db: Any) -> bool:
    return db.execute("SELECT 1 FROM joined LIMIT 1").fetchone() is not None
