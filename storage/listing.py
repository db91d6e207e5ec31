# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The list of clients as a page asks for it: one line a person, however many files they have.

Asked for through `storage.reads`, as every question is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from desktop_app.casework.records import Record
from storage.finding import sorted_by
from storage.rows import listed, record_of
from storage.store import Store

_LATEST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client of the caseload.

    Attributes:
        client: their record.
        last_seen: when they were last seen, ISO; None when never.
        setting: the record that says where they are; None when it is not known.
        key_worker: person id of their key worker; None when they have none.
        alerts: how many alerts hold.
    """

    client: Record
    last_seen: str | None
    setting: Record | None
    key_worker: str | None
    alerts: int


def caseload(
    store: Store,
    *,
    order: str = "name",
    person: str = "",
    settings: Collection[str] = (),
    alerts: bool = False,
    not_seen_since: str = "",
    after: ClientRow | None = None,
    limit: int = 50,
) -> list[ClientRow]:
    """Return a page of the caseload.

    Args:
        store: the vault.
        order: "name", or "last_seen" with whoever was not seen for longest first.
        person: only clients this person stands by; empty for all.
        settings: only clients in one of these settings; empty for all.
        alerts: only clients about whom an alert holds.
        not_seen_since: only clients not seen on or after this day, ISO; empty for all.
        after: the last row of the page before, in the same order.
        limit: at most so many.
    """
    store.count_again()
    edge, key = "", b""
    if after is not None:
        by_name = order == "name"
        edge = sorted_by(after.client.answers) if by_name else after.last_seen or ""
        key = after.client.id
    values = {
        "person": person,
        "settings": listed(settings) if settings else None,
        "alerts": int(alerts),
        "since": not_seen_since or _LATEST,
        "edge": edge,
        "key": key,
        "limit": limit,
    }
    return [_client_row(row) for row in store.rows(_CASELOADS[order, bool(person)], values)]


def clients_of(store: Store, person: str) -> int:
    """Return how many clients have somebody as their key worker."""
    counted: int = store.rows(
        "SELECT count(*) FROM caseload WHERE key_worker = ?"
        " AND client NOT IN (SELECT client FROM joined)",
        (person,),
    )[0][0]
    return counted


def last_seen(store: Store, client: bytes) -> str:
    """Return when a client was last seen by anybody, ISO local time; empty when never."""
    head = store.whole(client)[0]
    if store.rows("SELECT 1 FROM recount WHERE client = ?", (head,)):
        store.count_again()
    found = store.rows("SELECT last_seen FROM caseload WHERE client = ?", (head,))
    return str(found[0][0] or "") if found else ""


def works_with(store: Store, person: str, client: bytes) -> bool:
    """Say whether somebody has a duty with a client."""
    mine = "SELECT 1 FROM works_with WHERE person = ? AND client = ?"
    return bool(store.rows(mine, (person, store.whole(client)[0])))


def _client_row(row: tuple[Any, ...]) -> ClientRow:
    last_seen, key_worker, alerts = row[:3]
    setting = record_of(row[10:17]) if row[10] is not None else None
    return ClientRow(record_of(row[3:10]), last_seen or None, setting, key_worker or None, alerts)


_CASELOADS = {
    ("name", False): """
        SELECT last_seen, key_worker, alerts,
        who.id, who.form, who.client, who.audience, who.author, who.live, who.trail,
        at.id, at.form, at.client, at.audience, at.author, at.live, at.trail
        FROM caseload AS row JOIN record AS who ON who.id = row.client
        LEFT JOIN record AS at ON at.id = row.setting
        WHERE (row.name, row.client) > (:edge, :key) AND last_seen < :since
        AND alerts >= :alerts
        AND NOT EXISTS (SELECT 1 FROM joined WHERE joined.client = row.client)
        AND (:settings IS NULL OR setting_code IN (SELECT value FROM json_each(:settings)))
        ORDER BY row.name, row.client LIMIT :limit""",
    ("name", True): """
        SELECT last_seen, key_worker, alerts,
        who.id, who.form, who.client, who.audience, who.author, who.live, who.trail,
        at.id, at.form, at.client, at.audience, at.author, at.live, at.trail
        FROM works_with AS mine CROSS JOIN caseload AS row ON row.client = mine.client
        JOIN record AS who ON who.id = row.client LEFT JOIN record AS at ON at.id = row.setting
        WHERE mine.person = :person AND (row.name, row.client) > (:edge, :key)
        AND last_seen < :since AND alerts >= :alerts
        AND NOT EXISTS (SELECT 1 FROM joined WHERE joined.client = row.client)
        AND (:settings IS NULL OR setting_code IN (SELECT value FROM json_each(:settings)))
        ORDER BY row.name, row.client LIMIT :limit""",
    ("last_seen", False): """
        SELECT last_seen, key_worker, alerts,
        who.id, who.form, who.client, who.audience, who.author, who.live, who.trail,
        at.id, at.form, at.client, at.audience, at.author, at.live, at.trail
        FROM caseload AS row JOIN record AS who ON who.id = row.client
        LEFT JOIN record AS at ON at.id = row.setting
        WHERE (last_seen, row.client) > (:edge, :key) AND last_seen < :since
        AND alerts >= :alerts
        AND NOT EXISTS (SELECT 1 FROM joined WHERE joined.client = row.client)
        AND (:settings IS NULL OR setting_code IN (SELECT value FROM json_each(:settings)))
        ORDER BY last_seen, row.client LIMIT :limit""",
    ("last_seen", True): """
        SELECT last_seen, key_worker, alerts,
        who.id, who.form, who.client, who.audience, who.author, who.live, who.trail,
        at.id, at.form, at.client, at.audience, at.author, at.live, at.trail
        FROM works_with AS mine CROSS JOIN caseload AS row ON row.client = mine.client
        JOIN record AS who ON who.id = row.client LEFT JOIN record AS at ON at.id = row.setting
        WHERE mine.person = :person AND (last_seen, row.client) > (:edge, :key)
        AND last_seen < :since AND alerts >= :alerts
        AND NOT EXISTS (SELECT 1 FROM joined WHERE joined.client = row.client)
        AND (:settings IS NULL OR setting_code IN (SELECT value FROM json_each(:settings)))
        ORDER BY last_seen, row.client LIMIT :limit""",
}
"""By what they are sorted by, and whether only one person's clients are wanted."""
