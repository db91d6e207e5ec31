# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The caseload: one row for each client, so that a list of thousands is sorted before it is read.

A row says when somebody was last seen, where they are, who stands by them and how many alerts
hold. All of it is worked out by the casework's own rules from the records, as of no particular
day: what a rule would say of the last day there is. Rules, each with a test:

* A row always says what counting the client's records again would say.
* A visit that only makes the last time later is written at once; everything else has the client's
  row counted again, before anybody reads it.
* Whoever is one person with others has one row that speaks for all of their files: their head's.
  The others keep rows of their own, to be found by, and are not listed.
"""

from collections.abc import Collection, Generator, Mapping
from datetime import date
from typing import Any

from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, workers_on
from desktop_app.casework.dates import as_moment
from desktop_app.casework.last_seen import REMOTE
from desktop_app.casework.records import WITHDRAWN, Record
from desktop_app.casework.whereabouts import setting_on
from storage import finding, joined
from storage.rows import LONG, asked, is_withdrawn, record_of, see_it_is_whole, text

FIELDS = {
    "visit": frozenset({"at", "state", "outcome", "kind", WITHDRAWN}),
    "appointment": frozenset({"booked_for", "state", "with_person", "company", WITHDRAWN}),
    "setting": frozenset({"setting", "from_on", WITHDRAWN}),
    "assignment": frozenset(
        {
            *("duty", "worker", "from_on", "until_on", "handed_to", "handover_reason"),
            *("offer", "took_over"),
            WITHDRAWN,
        }
    ),
    "alert": frozenset({"ended_on", WITHDRAWN}),
    finding.FURTHER: finding.FURTHER_FIELDS,
}
"""The answers a row, and what it is found by, are made from, by form."""
_CONTACTS = ("visit", "appointment")
_DUTIES = (KEY_WORKER, POLICE_LEAD, NURSE)
_LAST_SEEN = "SELECT client, last_seen FROM caseload WHERE client IN (?)"
_TO_COUNT = "SELECT client, what FROM recount WHERE client IN (?)"
_SOME = "SELECT client, what FROM recount LIMIT 500"
"""Asked at every save: where a `?` says how many, SQLite plans a question anew each time."""
_STANDING, _SEEN, PERSON = 1, 2, 4


def seen_at(record: Record) -> str:
    """Return when a visit or an appointment says its client was seen; empty when it does not.

    The same as `casework.last_seen`, which a test holds it to, without reading whole records.
    """
    if is_withdrawn(record):
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


class Following:
    """Brings the caseload after the records it is made from, a batch at a time."""

    def __init__(self, db: Any) -> None:
        self._db = db
        self._last: dict[bytes, str] = {}
        self._later: dict[bytes, str] = {}
        self._again: dict[bytes, int] = {}
        self._contacts: list[tuple[Record, str, str]] = []

    def note(self, now: Record, day: str, was_day: str) -> None:
        """Note a record as it is now, the day it is sorted by, and the day it was, if it was."""
        if now.form not in _CONTACTS:
            self._again[now.client] = self._again.get(now.client, 0) | _STANDING
        elif now.client in self._last:
            self._contact(now, day, was_day)
        else:
            self._contacts.append((now, day, was_day))

    def settle(self) -> None:
        """Work out what the contacts mean whose clients were not known yet."""
        contacts, self._contacts = self._contacts, []
        if not contacts:
            return
        self._look_up({one.client for one, _day, _was_day in contacts})
        for contact in contacts:
            self._contact(*contact)

    def _contact(self, now: Record, day: str, was_day: str) -> None:
        """Work out what a contact means for when its client was last seen."""
        client = now.client
        last = self._last[client]
        seen = self._later.get(client) or last
        # What is dated before the last time seen was not that time, and cannot become it.
        if day > seen and (at := seen_at(now)) > seen:
            self._later[client] = at
        elif was_day and was_day >= last:
            self._again[client] = self._again.get(client, 0) | _SEEN

    def finish(self, heads: Mapping[bytes, bytes]) -> None:
        """Write what was noted; `heads` says who is shown as part of whom."""
        self.settle()
        for client, head in heads.items():
            what = self._again.get(client, 0) | (_SEEN if client in self._later else 0)
            if what:
                self._again[head] = self._again.get(head, 0) | what
        if self._later:
            self._db.executemany(
                "UPDATE caseload SET last_seen = ? WHERE client = ?",
                [(at, bytearray(client)) for client, at in sorted(self._later.items())],
            )
        if self._again:
            self._db.executemany(
                "INSERT INTO recount VALUES (?, ?)"
                " ON CONFLICT (client) DO UPDATE SET what = what | excluded.what",
                [(bytearray(client), what) for client, what in sorted(self._again.items())],
            )

    def _look_up(self, clients: Collection[bytes]) -> None:
        """Fetch when clients were last seen, as the caseload has it; never, for one it has not."""
        self._last.update(dict.fromkeys(clients, ""))
        self._last.update(asked(self._db, _LAST_SEEN, sorted(clients)))


def recount(db: Any, clients: Collection[bytes] | None = None) -> None:
    """Count again every client whose row may be out of date, or those of some."""
    if clients is None:
        while count_some(db):  # nothing to do, nearly always
            pass
    else:
        _count(db, list(asked(db, _TO_COUNT, sorted(clients))))


def count_some(db: Any) -> bool:
    """Count again a few hundred such clients; say whether there were any."""
    some = db.execute(_SOME).fetchall()
    _count(db, some)
    return bool(some)


def _count(db: Any, waiting: Collection[tuple[Any, ...]]) -> None:
    if unknown := [client for client, what in waiting if what & PERSON]:
        _find_people(db, unknown)  # and then they are counted again
        return
    for client, what in waiting:
        if what & _SEEN:
            _count_seen(db, client)
        if what & _STANDING:
            _count_standing(db, client)
    finding.follow_further(db, [client for client, what in waiting if what & _STANDING])
    if waiting:
        db.executemany(
            "DELETE FROM recount WHERE client = ?", [(client,) for client, _what in waiting]
        )


def _find_people(db: Any, clients: Collection[bytes]) -> None:
    """Find with whom clients are one person, where an older Tandem had kept that unread."""
    found = [one for client in clients for one in _records(db, client, "form = 'same_person'")]
    joined.follow(db, joined.ends(*found))
    db.executemany(
        "UPDATE recount SET what = 3 WHERE client = ?", [(client,) for client in clients]
    )


def _count_seen(db: Any, client: bytes) -> None:
    """Find again when a client was last seen: the latest contact that says so."""
    seen = ""
    for one in joined.under(db, client):
        contacts = _records(db, one, "form IN ('visit', 'appointment') ORDER BY happened DESC")
        seen = max(seen, next((at for record in contacts if (at := seen_at(record))), ""))
        contacts.close()
    db.execute("UPDATE caseload SET last_seen = ? WHERE client = ?", (seen, client))


def _count_standing(db: Any, client: bytes) -> None:
    """Find again where a client is, who stands by them, and how many alerts hold."""
    records = [
        record
        for one in joined.under(db, client)
        for record in _records(db, one, "form IN ('setting', 'assignment', 'alert')")
    ]
    setting = setting_on(records, date.max)
    workers = {duty: workers_on(records, duty, date.max) for duty in _DUTIES}
    db.execute(
        "UPDATE caseload SET setting = ?, setting_code = ?, key_worker = ?, alerts = ?"
        " WHERE client = ?",
        (
            setting.record.id if setting else b"",
            setting.setting if setting else "",
            next(iter(workers[KEY_WORKER]), ""),
            len(live_alerts(records, date.max)),
            client,
        ),
    )
    db.execute("DELETE FROM works_with WHERE client = ?", (client,))
    people = {person for duty in _DUTIES for person in workers[duty]}
    db.executemany(
        "INSERT INTO works_with VALUES (?, ?)", [(person, client) for person in sorted(people)]
    )


def _records(db: Any, client: bytes, which: str) -> Generator[Record, None, None]:
    """Yield those of a client's records that stand, each only when every page of it is whole."""
    rows = db.execute(
        "SELECT id, form, client, audience, author, live, trail FROM record"  # noqa: S608
        f" WHERE client = ? AND NOT withdrawn AND {which}",
        (client,),
    )
    try:
        for row in rows:
            if len(row[5]) + len(row[6]) > LONG:
                see_it_is_whole(db)
            yield record_of(row)
    finally:
        rows.close()


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str) and one] if isinstance(value, list) else []
