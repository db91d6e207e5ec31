# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Named questions: everything a page may ask the store, one function each, in plain SQL.

None answers with anything of the audit: that is asked for in `storage.audit` alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop_app.casework.records import Record
from storage.finding import sorted_by
from storage.likely import likely
from storage.rows import encode, happened, record_of
from storage.search import Hit, search
from storage.store import Store

__all__ = [
    "ClientRow",
    "Hit",
    "accounts",
    "caseload",
    "client",
    "conflicts",
    "counts",
    "likely",
    "records",
    "same_name",
    "search",
    "standing",
    "timeline",
]

_LAST, _LATEST = b"\xff" * 17, "\U0010ffff"
_EVERYTHING = -1
_LINKED = encode("visit") + encode("0" * 32)[:-32]
"""How the link to a visit begins in a packed account."""


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


def client(store: Store, client: bytes) -> Record | None:
    """Return a client's record; None when this laptop does not hold it."""
    found = store.record(client)
    return found if found is not None and found.form == "client" else None


def records(
    store: Store,
    *,
    form: str | None = None,
    client: bytes | None = None,
    since: str | None = None,
    until: str | None = None,
    newest_first: bool = True,
    limit: int | None = None,
    before: Record | None = None,
    withdrawn: bool = False,
) -> list[Record]:
    """Return records by the day they are about.

    Args:
        store: the vault.
        form: of this form only.
        client: about this client only.
        since: from this day on, ISO.
        until: up to and with this day, ISO.
        newest_first: whether the latest comes first.
        limit: at most so many.
        before: the last record of the page before, in the same order; this page follows it.
        withdrawn: whether withdrawn records are among them.
    """
    start = ("", b"") if newest_first is False else (_LATEST, _LAST)
    edge = (happened(before), before.id) if before is not None else start
    values = {
        "form": form,
        "client": client,
        "since": since or "",
        "until": (until or "") + _LATEST,
        "day": edge[0],
        "id": edge[1],
        "withdrawn": withdrawn,
        "limit": _EVERYTHING if limit is None else limit,
    }
    question = _QUESTIONS[form is not None, client is not None, newest_first]
    return [record_of(row) for row in store.rows(question, values)]


def timeline(
    store: Store,
    client: bytes,
    *,
    forms: Collection[str] | None = None,
    limit: int = 200,
    before: Record | None = None,
) -> list[Record]:
    """Return what happened to a client, the latest first, of some forms or of all."""
    if forms is None:
        return records(store, client=client, limit=limit, before=before)
    edge = (happened(before), before.id) if before is not None else (_LATEST, _LAST)
    rows = store.rows(
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE client = ? AND NOT withdrawn AND audience <> 'audit' AND (happened, id) < (?, ?)"
        " AND form IN (SELECT value FROM json_each(?))"
        " ORDER BY happened DESC, id DESC LIMIT ?",
        (client, *edge, _listed(forms), limit),
    )
    return [record_of(row) for row in rows]


def same_name(store: Store, client: Record) -> list[Record]:
    """Return the other clients who stand beside a client where clients are sorted by name."""
    rows = store.rows(
        "SELECT record.id, form, record.client, audience, author, live, trail"
        " FROM caseload JOIN record ON record.id = caseload.client"
        " WHERE name = ? AND caseload.client <> ?",
        (sorted_by(client.answers), client.id),
    )
    return [record_of(row) for row in rows]


def standing(
    store: Store, client: bytes, *, forms: Collection[str], near: Collection[str], since: str
) -> list[Record]:
    """Return how a client stands, and whatever of theirs was withdrawn; the latest first.

    Args:
        store: the vault.
        client: about whom.
        forms: of these forms everything.
        near: of these forms what is about this day or a later one.
        since: that day, ISO.
    """
    rows = store.rows(
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE client = ? AND (withdrawn OR form IN (SELECT value FROM json_each(?))"
        " OR happened >= ? AND form IN (SELECT value FROM json_each(?)))"
        " ORDER BY happened DESC, id DESC",
        (client, _listed(forms), since, _listed(near)),
    )
    return [record_of(row) for row in rows]


def accounts(store: Store, client: bytes, *, of: Collection[str], since: str) -> list[Record]:
    """Return what was told of some visits of a client, and all that corrects an account.

    A client may have thousands of accounts, so the others are passed over where they lie: in a
    packed record the name of a field and the beginning of its 32 letters are always the same bytes.

    Args:
        store: the vault.
        client: about whom.
        of: links of the visits.
        since: made on this day or later, ISO.
    """
    rows = store.rows(
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE client = :client AND +form = 'account' AND NOT withdrawn AND happened >= :since"
        " AND (instr(live, :corrects) OR"
        " CAST(substr(live, instr(live, :visit) + length(:visit), 32) AS TEXT)"
        " IN (SELECT value FROM json_each(:of)))"
        " ORDER BY happened DESC, id DESC",
        {
            "client": client,
            "since": since,
            "corrects": encode("corrects"),
            "visit": _LINKED,
            "of": _listed(of),
        },
    )
    return [record_of(row) for row in rows]


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
        "settings": _listed(settings) if settings else None,
        "alerts": int(alerts),
        "since": not_seen_since or _LATEST,
        "edge": edge,
        "key": key,
        "limit": limit,
    }
    return [_client_row(row) for row in store.rows(_CASELOADS[order, bool(person)], values)]


def counts(store: Store) -> dict[str, int]:
    """Return how many records of each form stand."""
    rows = store.rows(
        "SELECT form, count(*) FROM record WHERE NOT withdrawn AND audience <> 'audit'"
        " GROUP BY form"
    )
    return dict(row[:2] for row in rows)


def conflicts(store: Store) -> list[Record]:
    """Return the records two people have answered differently, the latest first."""
    rows = store.rows(
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE conflict AND NOT withdrawn AND audience <> 'audit'"
        " ORDER BY happened DESC, id DESC"
    )
    return [record_of(row) for row in rows]


def _listed(names: Collection[str]) -> str:
    return msgspec.json.encode(sorted(names)).decode()


def outbox_holds(store: Store, ending: str) -> bool:
    """Say whether a file whose name ends so waits to be put on the share."""
    rows = store.rows("SELECT EXISTS (SELECT 1 FROM outbox WHERE path LIKE '%' || ?)", (ending,))
    return bool(rows[0][0])


def _client_row(row: tuple[Any, ...]) -> ClientRow:
    last_seen, key_worker, alerts = row[:3]
    setting = record_of(row[10:17]) if row[10] is not None else None
    return ClientRow(record_of(row[3:10]), last_seen or None, setting, key_worker or None, alerts)


_QUESTIONS = {
    (False, False, True): """
        SELECT id, form, client, audience, author, live, trail FROM record
        WHERE happened >= :since AND happened < :until AND (happened, id) < (:day, :id)
        AND withdrawn <= :withdrawn AND audience <> 'audit'
        ORDER BY happened DESC, id DESC LIMIT :limit""",
    (False, False, False): """
        SELECT id, form, client, audience, author, live, trail FROM record
        WHERE happened >= :since AND happened < :until AND (happened, id) > (:day, :id)
        AND withdrawn <= :withdrawn AND audience <> 'audit'
        ORDER BY happened, id LIMIT :limit""",
    (True, False, True): """
        SELECT id, form, client, audience, author, live, trail FROM record
        WHERE form = :form AND happened >= :since AND happened < :until
        AND happened <= :day AND (happened < :day OR id < :id)
        AND withdrawn <= :withdrawn AND audience <> 'audit'
        ORDER BY happened DESC, id DESC LIMIT :limit""",
    (True, False, False): """
        SELECT id, form, client, audience, author, live, trail FROM record
        WHERE form = :form AND happened >= :since AND happened < :until
        AND happened >= :day AND (happened > :day OR id > :id)
        AND withdrawn <= :withdrawn AND audience <> 'audit'
        ORDER BY happened, id LIMIT :limit""",
    (False, True, True): """
        SELECT id, form, client, audience, author, live, trail FROM record
        WHERE client = :client AND happened >= :since AND happened < :until
        AND happened <= :day AND (happened < :day OR id < :id)
        AND withdrawn <= :withdrawn AND audience <> 'audit'
        ORDER BY happened DESC, id DESC LIMIT :limit""",
    (False, True, False): """
        SELECT id, form, client, audience, author, live, trail FROM record
        WHERE client = :client AND happened >= :since AND happened < :until
        AND happened >= :day AND (happened > :day OR id > :id)
        AND withdrawn <= :withdrawn AND audience <> 'audit'
        ORDER BY happened, id LIMIT :limit""",
    (True, True, True): """
        SELECT id, form, client, audience, author, live, trail FROM record
        WHERE client = :client AND +form = :form AND happened >= :since AND happened < :until
        AND happened <= :day AND (happened < :day OR id < :id)
        AND withdrawn <= :withdrawn AND audience <> 'audit'
        ORDER BY happened DESC, id DESC LIMIT :limit""",
    (True, True, False): """
        SELECT id, form, client, audience, author, live, trail FROM record
        WHERE client = :client AND +form = :form AND happened >= :since AND happened < :until
        AND happened >= :day AND (happened > :day OR id > :id)
        AND withdrawn <= :withdrawn AND audience <> 'audit'
        ORDER BY happened, id LIMIT :limit""",
}
"""By whether a form is given, whether a client is, and whether the newest comes first."""

_CASELOADS = {
    ("name", False): """
        SELECT last_seen, key_worker, alerts,
        who.id, who.form, who.client, who.audience, who.author, who.live, who.trail,
        at.id, at.form, at.client, at.audience, at.author, at.live, at.trail
        FROM caseload AS row JOIN record AS who ON who.id = row.client
        LEFT JOIN record AS at ON at.id = row.setting
        WHERE (row.name, row.client) > (:edge, :key) AND last_seen < :since
        AND alerts >= :alerts
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
        AND (:settings IS NULL OR setting_code IN (SELECT value FROM json_each(:settings)))
        ORDER BY last_seen, row.client LIMIT :limit""",
}
"""By what they are sorted by, and whether only one person's clients are wanted."""


def latest_bundles(store: Store, count: int) -> list[tuple[int, int]]:
    """Return feed and number of the bundles that were delivered last, the newest first."""
    rows = store.rows("SELECT feed, seq FROM bundle ORDER BY place DESC LIMIT ?", (count,))
    return [(feed, seq) for feed, seq in rows]


def clients_of(store: Store, person: str) -> int:
    """Return how many clients have somebody as their key worker."""
    counted: int = store.rows("SELECT count(*) FROM caseload WHERE key_worker = ?", (person,))[0][0]
    return counted


def works_with(store: Store, person: str, client: bytes) -> bool:
    """Say whether somebody has a duty with a client."""
    mine = "SELECT 1 FROM works_with WHERE person = ? AND client = ?"
    return bool(store.rows(mine, (person, client)))
