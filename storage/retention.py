# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the vault holds that somebody has to decide about: keep, or erase.

Only clients of whom something is old are looked at closely, so that a vault of many years is not
read through. Whoever has several files is decided about as one person: a visit in one of them keeps
the others, and erasing them erases all.
"""

from collections.abc import Collection
from datetime import date

from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.retention import (
    REPACKED,
    RETENTION,
    CountedFrom,
    Due,
    Entry,
    due,
    forms_of,
    rules,
)
from storage import reads
from storage.store import Store


def queue(store: Store, *, mine: Collection[str], today: date) -> list[Due]:
    """Return what is to be decided, what was written about somebody erased first, then the oldest.

    Args:
        store: the vault.
        mine: the audiences whose records one decides about.
        today: the day.
    """
    gone = _written_about_the_erased(store)
    old = gone | _old(store, today)
    heads = store.heads(old)
    found = [
        one
        for client in sorted({heads.get(one, one) for one in old})
        for one in of_client(store, client, mine=mine, today=today)
    ]
    return sorted(found, key=lambda one: (one.rule is not None, one.since, one.key))


def of_client(
    store: Store,
    client: RecordId,
    *,
    mine: Collection[str],
    today: date,
    whatever_the_day: bool = False,
) -> list[Due]:
    """Return what is to be decided about one client; also what is not due yet, when asked."""
    held = store.whole(client)
    question = "SELECT id, form, audience, happened FROM record WHERE client = ?1 ORDER BY id"
    rows = sorted(row for one in held for row in store.rows(question, (one,)))
    entries = [Entry(*row) for row in rows if row[1] not in (RETENTION, REPACKED)]
    return due(
        client,
        entries,
        reads.records(store, form=RETENTION, client=client),
        mine=mine,
        today=today,
        erased=any(store.rows("SELECT 1 FROM erased WHERE record = ?", (one,)) for one in held),
        whatever_the_day=whatever_the_day,
    )


def decided(store: Store, *, limit: int) -> list[Record]:
    """Return the latest decisions."""
    return reads.records(store, form=RETENTION, limit=limit)


def _old(store: Store, today: date) -> set[RecordId]:
    """Return the clients something of whom is old enough for a rule, or was decided about."""
    # A decision is recorded about a client too, and must not make them look lately seen.
    decided = store.rows(
        "SELECT DISTINCT client FROM record WHERE form = ? AND client <> x''", (RETENTION,)
    )
    found: set[RecordId] = {row[0] for row in decided}
    among = rules(today)
    for rule in among:
        before = rule.before(today) + "~"
        if rule.counted_from is CountedFrom.LAST_ENTRY:
            rows = store.rows(
                "SELECT client FROM record WHERE client <> x'' GROUP BY client"
                " HAVING max(happened) < ?",
                (before,),
            )
            found.update(row[0] for row in rows)
            continue
        for form in sorted(forms_of(rule, among)):
            rows = store.rows(
                "SELECT DISTINCT client FROM record WHERE form = ? AND happened < ?"
                " AND client <> x''",
                (form, before),
            )
            found.update(row[0] for row in rows)
    return found


def _written_about_the_erased(store: Store) -> set[RecordId]:
    rows = store.rows(
        "SELECT DISTINCT client FROM record WHERE client IN (SELECT record FROM erased)"
        " AND form NOT IN (?, ?)",
        (RETENTION, REPACKED),
    )
    return {row[0] for row in rows}
