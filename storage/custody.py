# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is written for the audit of a casebook as a whole: its keys, its copies, what came into it.

Rules, each with a test:

* An entry is written in the same step as what it tells of, or before a copy leaves. Where there is
  no room for it, nobody is kept from making their casebook safe.
* What is done before a casebook belongs to a team waits inside it until it does; so does what is
  done to one that was put back, until it goes on under another line of bundles.
* What an exchange took in is one entry, however much it was. It waits inside the casebook until
  something else is sealed: a bundle of its own would tell who could read the ones that came.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.audit import collection, upkeep
from desktop_app.casework.records import NO_CLIENT, Edit, Json, RecordId, new_id
from storage.errors import LaptopFull, LaptopRefuses

if TYPE_CHECKING:
    from storage.store import Store

HELD = "audit.held"
"""Setting inside a vault: entries that wait, each its form, its id and its answers."""
BROUGHT = "audit.brought"
"""Setting inside a vault: what exchanges took in: when, in ms, and how many changes from whom."""
_PUT_BACK = "restored"  # as `older` calls it, which asks us


def note(store: "Store", how: str, *, now_ms: int, count: int = 0, since_ms: int = 0) -> bool:
    """Write that something was done to a casebook as a whole; say whether there was room for it.

    Args:
        store: the vault, open.
        how: what: a code of `upkeep_how`.
        now_ms: UTC milliseconds.
        count: how often, or how many rows were lost.
        since_ms: since when; 0 for no span.
    """
    since = _moment(since_ms) if since_ms else ""
    made = upkeep(how, record=_new(now_ms), at=_moment(now_ms), count=count, since=since)
    with suppress(LaptopFull, LaptopRefuses):
        if _has_its_line(store):
            store.save([made], now_ms=now_ms)
        else:
            before = store.get(HELD)
            row: list[Json] = [made.form, made.record.hex(), made.answers]
            store.put(HELD, [*(before if isinstance(before, list) else []), row])
        return True
    return False


def note_brought(store: "Store", changes: Mapping[str, int], *, now_ms: int) -> None:
    """Keep that an exchange took something in; its transactions add up to one entry.

    Args:
        store: the vault, inside the transaction that takes it in.
        changes: how many changes, by the id of the person they came from.
        now_ms: when the exchange began, UTC milliseconds.
    """
    if not changes:
        return
    kept = _brought(store)
    whose = kept.setdefault(str(now_ms), {})
    for person, count in changes.items():
        whose[person] = whose.get(person, 0) + count
    store.put(BROUGHT, {at: {**some} for at, some in kept.items()})


def held(store: "Store") -> list[Edit]:
    """Return the entries of what was done that wait inside a vault, earliest first."""
    found, rows = [], store.get(HELD)
    for row in rows if isinstance(rows, list) else []:
        form, record, answers = row if isinstance(row, list) else ("", "", None)
        if isinstance(answers, dict):
            found.append(Edit(str(form), bytes.fromhex(str(record)), NO_CLIENT, AUDIT, answers))
    return found


def release(store: "Store", *, now_ms: int) -> None:
    """Write what waits, now that something is sealed anyway. Inside the caller's transaction."""
    edits = held(store)
    for at_ms, whose in _brought(store).items():
        edits.append(
            collection(
                "exchange",
                sum(whose.values()),
                record=_new(int(at_ms)),
                at=_moment(int(at_ms)),
                people=whose,
            )
        )
    if edits:
        store.save(edits, now_ms=now_ms)
        store.put(HELD, None)
        store.put(BROUGHT, None)


def _brought(store: "Store") -> dict[str, dict[str, int]]:
    kept = store.get(BROUGHT)
    found: dict[str, dict[str, int]] = {}
    for at, whose in kept.items() if isinstance(kept, dict) else ():
        if isinstance(whose, dict):
            found[at] = {one: count for one, count in whose.items() if isinstance(count, int)}
    return found


def _has_its_line(store: "Store") -> bool:
    """Say whether a vault has a line of bundles it goes on under."""
    rows = store.rows("SELECT feed FROM own")
    return bool(rows) and rows[0][0] is not None and store.get(_PUT_BACK) is None


def _new(now_ms: int) -> RecordId:
    return new_id(now_ms, os.urandom(10))


def _moment(ms: int) -> str:
    """Return local time to the minute, as people write it down."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().replace(tzinfo=None).isoformat()[:16]
