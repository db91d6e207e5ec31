# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The audit: who looked at, altered, took out, joined or erased what. Only here is it asked for.

Its entries are changes like any other: signed, chained, carried in the same bundles, in a section
only the audit officer's key opens. Rules, each with a test:

* Where that key is not held, nothing of the audit becomes a record, one's own entries included:
  they wait to be sealed, because they must be sent, and cannot be read again after that.
* No other question of the store answers with anything of the audit, so no list, count or report
  can be made from it (DPA 2018 s.62(4): a log is not for judging how much somebody works).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.audit import FORMS
from desktop_app.casework.records import NO_CLIENT, Record, link
from storage.connection import plainly
from storage.rows import encode, happened, listed, record_of
from storage.waiting import packed

if TYPE_CHECKING:
    from storage.store import Store

_LAST, _LATEST = b"\xff" * 17, "\U0010ffff"
_MARK = encode(NO_CLIENT) + encode(AUDIT)
"""How a change for the audit says, where it waits, about whom it is and for whom."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are wanted.

    Attributes:
        since: from this day on, ISO; empty for all.
        until: up to and with this day, ISO; empty for all.
        person: of this person only; empty for all.
        about: about this client or record only, whatever files the client has; empty for all.
        forms: of these forms only.
    """

    since: str = ""
    until: str = ""
    person: str = ""
    about: bytes = b""
    forms: Collection[str] = FORMS


def is_read_here(db: Any) -> bool:
    """Say whether this vault holds a key of the audit."""
    found = db.execute(
        "SELECT 1 FROM secret WHERE name > 'audience:audit:' AND name < 'audience:audit;' LIMIT 1"
    ).fetchone()
    return found is not None


def entries(
    store: "Store", wanted: Wanted, *, limit: int = 200, before: Record | None = None
) -> list[Record]:
    """Return entries of the audit and recorded disclosures, the latest first.

    Args:
        store: the vault.
        wanted: which.
        limit: at most so many.
        before: the last entry of the page before.
    """
    edge = (happened(before), before.id) if before is not None else (_LATEST, _LAST)
    whose = store.whole(wanted.about) if wanted.about else []
    rows = store.rows(
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE form IN (SELECT value FROM json_each(:forms))"
        " AND happened >= :since AND happened < :until AND (happened, id) < (:day, :id)"
        " AND (:person = '' OR author = :person)"
        " AND (:about = '[]' OR EXISTS (SELECT 1 FROM json_each(:about) AS one"
        " WHERE instr(live, CAST(one.value AS BLOB)) OR client = unhex(one.value)))"
        " ORDER BY happened DESC, id DESC LIMIT :limit",
        {
            "forms": listed(wanted.forms),
            "since": wanted.since,
            "until": wanted.until + _LATEST,
            "day": edge[0],
            "id": edge[1],
            "person": wanted.person,
            "about": listed([link(one) for one in whose]),
            "limit": limit,
        },
    )
    return [record_of(row) for row in rows]


@contextmanager
def kept_back(store: "Store", audiences: Collection[str], *, but_of: str = "") -> Iterator[None]:
    """Answer, for a while, as if the records for some audiences were not held.

    A view stands in front of the records under their name, so that no question has to know. Nothing
    may be saved meanwhile.

    Args:
        store: the vault.
        audiences: what is kept back.
        but_of: what this person wrote is answered with all the same; a person id.
    """
    store.count_again()  # or what is counted now would be counted without them
    with plainly():
        store.db.execute("CREATE TEMP TABLE IF NOT EXISTS kept_back (audience TEXT, author TEXT)")
        store.db.executemany(
            "INSERT INTO kept_back VALUES (?, ?)", [(one, but_of) for one in sorted(audiences)]
        )
        store.db.execute(
            "CREATE TEMP VIEW record AS SELECT * FROM main.record AS held WHERE NOT EXISTS"
            " (SELECT 1 FROM kept_back AS back"
            " WHERE back.audience = held.audience AND back.author <> held.author)"
        )
    try:
        yield
    finally:
        with plainly():
            store.db.execute("DROP VIEW temp.record")
            store.db.execute("DELETE FROM kept_back")


def to_share(store: "Store") -> int:
    """Return how many changes wait to be shared, without those of the audit.

    Only the saves with something for the audit among them are read.
    """
    rows = store.rows(
        "SELECT coalesce(sum(changes), 0) FROM pending WHERE NOT instr(raw, ?)", (_MARK,)
    )
    mixed = store.rows("SELECT raw FROM pending WHERE instr(raw, ?)", (_MARK,))
    count: int = rows[0][0]
    return count + sum(one.audience != AUDIT for (raw,) in mixed for one in packed(raw))
