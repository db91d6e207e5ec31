# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Named questions: everything a page may ask the store, one function each, in plain SQL.

None answers with anything of the audit: that is asked for in `storage.audit` alone. Whoever asks
about a client is answered about the whole person, however many files they have (see `joined`).
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any

from desktop_app.casework import same_person
from desktop_app.casework.records import NO_CLIENT, Record
from desktop_app.casework.same_person import Finding
from storage import joined
from storage.connection import plainly
from storage.finding import sorted_by
from storage.from_others import clients_with_news, from_others
from storage.likely import likely
from storage.listing import ClientRow, caseload, clients_of, works_with
from storage.rows import asked, encode, happened, listed, record_of, see_it_is_whole
from storage.search import Hit, search
from storage.store import Store

__all__ = [
    "ClientRow",
    "Hit",
    "accounts",
    "caseload",
    "client",
    "clients_of",
    "clients_with_news",
    "conflicts",
    "counts",
    "dated",
    "found_same",
    "from_others",
    "likely",
    "records",
    "same_name",
    "search",
    "standing",
    "timeline",
    "withdrawn",
    "works_with",
]

_LAST, _LATEST = b"\xff" * 17, "\U0010ffff"
_EVERYTHING = -1
_LINKED = encode("visit") + encode("0" * 32)[:-32]
"""How the link to a visit begins in a packed account."""


def client(store: Store, client: bytes) -> Record | None:
    """Return the record a client is shown as; None when this laptop does not hold it."""
    found = store.record(store.whole(client)[0])
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
        "since": since or "",
        "until": (until or "") + _LATEST,
        "day": edge[0],
        "id": edge[1],
        "withdrawn": withdrawn,
        "limit": _EVERYTHING if limit is None else limit,
    }
    question = _QUESTIONS[form is not None, client is not None, newest_first]
    if client is None:
        return [record_of(row) for row in store.rows(question, values)]
    return _of_person(store, client, question, values, newest_first=newest_first)


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
    return _of_person(
        store,
        client,
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE client = :client AND NOT withdrawn AND audience <> 'audit'"
        " AND (happened, id) < (:day, :id) AND form IN (SELECT value FROM json_each(:forms))"
        " ORDER BY happened DESC, id DESC LIMIT :limit",
        {"day": edge[0], "id": edge[1], "forms": listed(forms), "limit": limit},
    )


def dated(
    store: Store, clients: Collection[bytes], forms: Collection[str], *, since: date, until: date
) -> list[Record]:
    """Return what is recorded of some clients, of some forms, about these days and no others.

    Only these clients' own files are looked into, not those of who is one person with them.
    """
    question = (
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE client = ? AND happened >= ? AND happened < ? AND NOT withdrawn"
        " AND audience <> 'audit'"
        " AND +form IN (SELECT value FROM json_each(?))"
    )
    days = (since.isoformat(), (until + timedelta(days=1)).isoformat(), listed(forms))
    with plainly():
        rows = [row for one in clients for row in store.db.execute(question, (one, *days))]
        see_it_is_whole(store.db)
    return [record_of(row) for row in rows]


def same_name(store: Store, client: Record) -> list[Record]:
    """Return the other people who stand beside a client where clients are sorted by name."""
    rows = store.rows(
        "SELECT record.id, form, record.client, audience, author, live, trail"
        " FROM caseload JOIN record ON record.id = caseload.client"
        " WHERE name = ? AND caseload.client <> ?",
        (sorted_by(client.answers), client.id),
    )
    found = [record_of(row) for row in rows]
    heads = store.heads(one.id for one in found) if found else {}
    return [one for one in found if one.id not in heads]


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
    return _of_person(
        store,
        client,
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE client = :client AND (withdrawn OR form IN (SELECT value FROM json_each(:forms))"
        " OR happened >= :since AND form IN (SELECT value FROM json_each(:near)))"
        " ORDER BY happened DESC, id DESC",
        {"forms": listed(forms), "since": since, "near": listed(near)},
    )


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
    return _of_person(
        store,
        client,
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE client = :client AND +form = 'account' AND NOT withdrawn AND happened >= :since"
        " AND (instr(live, :corrects) OR"
        " CAST(substr(live, instr(live, :visit) + length(:visit), 32) AS TEXT)"
        " IN (SELECT value FROM json_each(:of)))"
        " ORDER BY happened DESC, id DESC",
        {"since": since, "corrects": encode("corrects"), "visit": _LINKED, "of": listed(of)},
    )


def found_same(store: Store, client: bytes) -> list[Finding]:
    """Return what makes a person's files one, earliest first; nothing where they have but one."""
    held = store.whole(client)
    found = records(store, form=joined.FORM, client=client) if len(held) > 1 else []
    pairs = same_person.joined(made := same_person.findings(found))
    return [one for one in made if one.pair in pairs]


def counts(store: Store) -> dict[str, int]:
    """Return how many records of each form stand."""
    rows = store.rows(
        "SELECT form, count(*) FROM record WHERE NOT withdrawn AND audience <> 'audit'"
        " GROUP BY form"
    )
    return dict(row[:2] for row in rows)


def conflicts(store: Store) -> list[Record]:
    """Return the records two people have answered differently, the latest first.

    What is said of a question once it is settled is not itself one (see `settling`).
    """
    rows = store.rows(
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE conflict AND NOT withdrawn AND audience <> 'audit' AND form <> 'settled'"
        " ORDER BY happened DESC, id DESC"
    )
    return [record_of(row) for row in rows]


def withdrawn(store: Store, ids: Collection[bytes]) -> list[Record]:
    """Return those of some records that are withdrawn."""
    question = (
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE id IN (?) AND withdrawn AND audience <> 'audit'"
    )
    return [record_of(row) for row in asked(store.db, question, sorted(ids))]


def _of_person(
    store: Store,
    client: bytes,
    question: str,
    values: Mapping[str, Any],
    *,
    newest_first: bool = True,
) -> list[Record]:
    """Return what a question about one client answers about the whole person, in its order."""
    whose = store.whole(client) if client else [NO_CLIENT]
    pages = [
        [record_of(row) for row in store.rows(question, {**values, "client": one})] for one in whose
    ]
    if len(pages) == 1:
        return pages[0]
    together = sorted(
        chain.from_iterable(pages), key=lambda one: (happened(one), one.id), reverse=newest_first
    )
    limit = values.get("limit", _EVERYTHING)
    return together if limit == _EVERYTHING else together[:limit]


def outbox_holds(store: Store, ending: str) -> bool:
    """Say whether a file whose name ends so waits to be put on the share."""
    rows = store.rows("SELECT EXISTS (SELECT 1 FROM outbox WHERE path LIKE '%' || ?)", (ending,))
    return bool(rows[0][0])


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


def latest_bundles(store: Store, count: int) -> list[tuple[int, int]]:
    """Return feed and number of the bundles that were delivered last, the newest first."""
    rows = store.rows("SELECT feed, seq FROM bundle ORDER BY place DESC LIMIT ?", (count,))
    return [(feed, seq) for feed, seq in rows]
