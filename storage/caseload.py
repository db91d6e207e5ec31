# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The caseload: one row for each client, so that a list of thousands is sorted before it is read.

A row says when somebody was last seen, where they are, who stands by them and how many alerts
hold. All of it is worked out by the casework's own rules from the records, as of no particular
day: what a rule would say of the last day there is. Rules, each with a test:

* A row always says what counting the client's records again would say.
* A visit that only makes the last time later is written at once; everything else has the client's
  row counted again, before anybody reads it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, workers_on
from desktop_app.casework.dates import as_moment
from desktop_app.casework.last_seen import REMOTE
from desktop_app.casework.records import WITHDRAWN, Record
from desktop_app.casework.whereabouts import setting_on
from storage.rows import is_withdrawn, record_of, text

FIELDS = {
    "visit": frozenset({"at", "state", "outcome", "kind", WITHDRAWN}),
    "appointment": frozenset({"booked_for", "state", "with_person", "company", WITHDRAWN}),
    "setting": frozenset({"setting", "from_on", WITHDRAWN}),
    "assignment": frozenset(
        {
            *("duty", "worker", "from_on", "until_on", "handed_to", "handover_reason"),
            WITHDRAWN,
        }
    ),
    "alert": frozenset({"ended_on", WITHDRAWN}),
}
"""The answers a row is made from, by form."""
_CONTACTS = ("visit", "appointment")
_DUTIES = (KEY_WORKER, POLICE_LEAD, NURSE)
_AT_ONCE = 500
Pair = tuple[Record | None, Record]


def seen_at(record: Record) -> str:
    """Return when a visit or an appointment says its client was seen; empty when it does not.

    The same as `casework.last_seen`, which a test holds it to, without reading whole records.
    """
    if is_withdrawn(record.live):
        return ""
    answers = record.answers
    if record.form == "visit":
        met = answers.get("state") == "done" and answers.get("outcome") == "seen"
        at = text(answers, "at") if met and text(answers, "kind") not in REMOTE else ""
    else:
        company = answers.get("company")
        with_us = bool(text(answers, "with_person")) or bool(_texts(company))
        attended = answers.get("state") == "attended" and with_us
        at = text(answers, "booked_for") if attended else ""
    return at if at and as_moment(at) is not None else ""


def expect(db: Any, clients: Sequence[bytes]) -> None:
    """Note new clients about whom records have come before the client did: count them."""
    for client in clients:
        db.execute(
            "INSERT OR IGNORE INTO recount SELECT client, 1 FROM record WHERE client = ? LIMIT 1",
            (bytearray(client),),
        )


def follow(db: Any, pairs: Sequence[Pair]) -> None:
    """Bring the caseload after records it is made from, given as they were and as they are."""
    seen: dict[bytes, str] = {}
    again: dict[bytes, int] = {}
    for was, now in pairs:
        client = now.client
        if now.form not in _CONTACTS:
            again.setdefault(client, 0)
            continue
        before, after = seen_at(was) if was is not None else "", seen_at(now)
        if after < before:
            again[client] = 1
        elif after > seen.get(client, ""):
            seen[client] = after
    db.executemany(
        "UPDATE caseload SET last_seen = ?1 WHERE client = ?2 AND last_seen < ?1",
        [(at, bytearray(client)) for client, at in sorted(seen.items())],
    )
    db.executemany(
        "INSERT INTO recount VALUES (?, ?)"
        " ON CONFLICT (client) DO UPDATE SET seen = max(seen, excluded.seen)",
        [(bytearray(client), visits) for client, visits in sorted(again.items())],
    )


def recount(db: Any) -> None:
    """Count again every client whose row may be out of date."""
    while True:
        waiting = db.execute("SELECT client, seen FROM recount LIMIT ?", (_AT_ONCE,)).fetchall()
        if not waiting:
            return
        for client, visits in waiting:
            _count(db, client, visits=bool(visits))
        db.executemany(
            "DELETE FROM recount WHERE client = ?", [(bytearray(c),) for c, _ in waiting]
        )


def _count(db: Any, client: bytes, *, visits: bool) -> None:
    """Count one client again; with `visits`, when they were last seen as well."""
    rows = db.execute(
        "SELECT id, form, client, audience, author, live, trail FROM record WHERE client = ?"
        " AND NOT withdrawn AND (form IN ('setting', 'assignment', 'alert')"
        " OR (? AND form IN ('visit', 'appointment')))",
        (client, visits),
    ).fetchall()
    records = [record_of(row) for row in rows]
    setting = setting_on(records, date.max)
    workers = {duty: workers_on(records, duty, date.max) for duty in _DUTIES}
    key_worker = next(iter(workers[KEY_WORKER]), "")
    db.execute(
        "UPDATE caseload SET setting = ?, setting_code = ?, key_worker = ?, alerts = ?"
        " WHERE client = ?",
        (
            setting.record.id if setting else b"",
            setting.setting if setting else "",
            key_worker,
            len(live_alerts(records, date.max)),
            client,
        ),
    )
    if visits:
        seen = max((seen_at(one) for one in records if one.form in _CONTACTS), default="")
        db.execute("UPDATE caseload SET last_seen = ? WHERE client = ?", (seen, client))
    db.execute("DELETE FROM works_with WHERE client = ?", (client,))
    people = {person for duty in _DUTIES for person in workers[duty]}
    db.executemany(
        "INSERT INTO works_with VALUES (?, ?)", [(person, client) for person in sorted(people)]
    )


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str) and one] if isinstance(value, list) else []
