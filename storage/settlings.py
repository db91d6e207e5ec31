# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which settled questions are asked about: those of a record, those lately, those objected to."""

from desktop_app.casework.records import Record, link
from desktop_app.casework.settling import FORM, objections
from storage import reads
from storage.rows import encode, record_of
from storage.store import Store

_HOLDS = (
    "SELECT id, form, client, audience, author, live, trail FROM record"
    " WHERE form = ? AND NOT withdrawn AND instr(live, ?) ORDER BY happened DESC, id DESC"
)
_OBJECTION = encode("objection")


def objected(store: Store) -> list[Record]:
    """Return what was settled and is objected to, the latest first."""
    held = [record_of(row) for row in store.rows(_HOLDS, (FORM, _OBJECTION))]
    return [one for one in held if objections(one)]


def settled(store: Store, record: Record) -> list[Record]:
    """Return what was settled of a record, the latest first."""
    held = [record_of(row) for row in store.rows(_HOLDS, (FORM, encode(link(record.id))))]
    return [one for one in held if one.audience == record.audience]


def settled_since(store: Store, day: str) -> list[Record]:
    """Return what was settled on a day, ISO, or later, the latest first."""
    return reads.records(store, form=FORM, since=day)
