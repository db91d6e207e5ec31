# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Merging: how changes, ours or a colleague's, become records. There is one way, and this is it.

Rules, each with a test:

* What a batch of changes leaves is what they leave one by one.
* A record of a sealed form takes changes only from the very bundle that made it, and none once its
  author has sealed it. Later ones are refused, with the reason, the same on every laptop.
* A record keeps the form, the client and the audience it was made with; a change that says
  otherwise is refused.
* A form of a newer Tandem is kept like any other.

What is refused is told, never raised: one odd change must not stop a bundle.
"""

import gc
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop_app.casework.records import Change, Record, merge, pack_trail
from desktop_app.casework.words import _
from storage import caseload, finding
from storage.rows import (
    encode,
    happened,
    has_conflict,
    is_withdrawn,
    record_of,
    sealed_forms,
)

Saw = Callable[[int, int], bool]
Bundle = tuple[Sequence[Change], str, Saw]
"""Changes, their author's person id, and whether the author had seen a bundle (feed, seq)."""
WATCHED = {finding.FORM: finding.FIELDS, **caseload.FIELDS}
"""The answers, by form, that the caseload and the search are made from."""
_AT_ONCE = 500
_FETCH = (
    "SELECT id, form, client, audience, author, live, trail, happened FROM record WHERE id IN (?)"
).replace("?", ", ".join("?" * _AT_ONCE))


class Refusal(StrEnum):
    """Why a change was not taken into its record."""

    SEALED = "sealed"
    OTHER_FORM = "other_form"
    OTHER_CLIENT = "other_client"
    OTHER_AUDIENCE = "other_audience"

    @property
    def words(self) -> str:
        """Return it in a sentence."""
        return {
            Refusal.SEALED: _("It changes an account that was already sealed."),
            Refusal.OTHER_FORM: _("It gives a record another form than it was made with."),
            Refusal.OTHER_CLIENT: _("It moves a record to another client."),
            Refusal.OTHER_AUDIENCE: _("It shows a record to other people than it was made for."),
        }[self]


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one bundle's changes: ids of records and clients touched, and the refused."""

    touched: frozenset[bytes]
    refused: list[tuple[Change, Refusal]]


@dataclass(slots=True)
class _Held:
    """The records of a batch as they stood, as they stand now, and which of them are watched."""

    before: dict[bytes, Record]
    happened: dict[bytes, str]
    now: dict[bytes, Record] = field(default_factory=dict)
    watched: set[bytes] = field(default_factory=set)


def take_in(db: Any, batch: Sequence[Bundle]) -> list[Applied]:
    """Merge the changes of several bundles, in order, into the records they are about."""
    with resting():
        held = _fetch(db, batch)
        applied = [_merge(held, changes, author, saw) for changes, author, saw in batch]
        altered = [(held.before.get(id_), held.now[id_]) for id_ in sorted(held.watched)]
        clients = [pair for pair in altered if pair[1].form == finding.FORM]
        caseload.expect(db, [now.id for was, now in clients if was is None])
        _write(db, held)
        _note_refused(db, applied)
        finding.follow(db, clients)
        caseload.follow(db, [pair for pair in altered if pair[1].form != finding.FORM])
    return applied


@contextmanager
def resting() -> Iterator[None]:
    """Let the collector of circular garbage rest: decoding makes many objects and no circles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _fetch(db: Any, batch: Sequence[Bundle]) -> _Held:
    """Return the records a batch is about, as they stand."""
    ids = sorted({change.record for changes, _author, _saw in batch for change in changes})
    newest = db.execute("SELECT max(id) FROM record").fetchone()[0]
    # Ids sort by when a record was made, so most new records lie beyond all that are held.
    ids = ids[: bisect_right(ids, newest)] if newest is not None else []
    before: dict[bytes, Record] = {}
    dates: dict[bytes, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = [bytearray(id_) for id_ in ids[start : start + _AT_ONCE]]
        some += [some[-1]] * (_AT_ONCE - len(some))  # one statement, prepared once
        for row in db.execute(_FETCH, some):
            id_ = row[0]
            before[id_] = record_of(row)
            dates[id_] = row[7]
    return _Held(before, dates)


def _merge(held: _Held, changes: Sequence[Change], author: str, saw: Saw) -> Applied:
    """Merge one bundle's changes."""
    now, before, watched = held.now, held.before, held.watched
    sealed, watch = sealed_forms(), WATCHED
    touched: set[bytes] = set()
    refused: list[tuple[Change, Refusal]] = []
    for change in changes:
        id_, form = change.record, change.form
        record = now.get(id_) or before.get(id_)
        if record is not None and (
            form in sealed
            or form != record.form
            or change.audience != record.audience
            or change.client != record.client
        ):
            reason = _refusal(record, change)
            if reason is not None:
                refused.append((change, reason))
                continue
        now[id_] = merge(record, change, author=author, saw=saw)
        touched.add(id_)
        touched.add(change.client)
        fields = watch.get(form)
        if fields is not None and (record is None or not fields.isdisjoint(change.answers)):
            watched.add(id_)
    touched.discard(b"")
    return Applied(frozenset(touched), refused)


def _refusal(record: Record, change: Change) -> Refusal | None:
    """Return why a change cannot be taken into a record; None when it can."""
    if change.form != record.form:
        return Refusal.OTHER_FORM
    if change.audience != record.audience:
        return Refusal.OTHER_AUDIENCE
    if change.client != record.client:
        return Refusal.OTHER_CLIENT
    open_still = record.trail == pack_trail(change.feed, change.seq) and not record.sealed_by_hand
    return None if open_still else Refusal.SEALED


def _write(db: Any, held: _Held) -> None:
    """Write the records that changed, in the order of their ids."""
    made: list[tuple[Any, ...]] = []
    kept: list[tuple[Any, ...]] = []
    moved: list[tuple[Any, ...]] = []
    before, dates = held.before, held.happened
    for id_ in sorted(held.now):
        record = held.now[id_]
        if before.get(id_) is record:
            continue
        live = bytearray(encode(record.live))
        trail, day = bytearray(record.trail), happened(record)
        state = (live, trail, has_conflict(record), is_withdrawn(record.live))
        was = dates.get(id_)
        if was is None:
            who = (record.form, bytearray(record.client), record.audience, record.author)
            made.append((bytearray(id_), *who, day, *state))
        elif was == day:
            kept.append((*state, bytearray(id_)))
        else:
            moved.append((day, *state, bytearray(id_)))
    db.executemany(
        "INSERT INTO record"
        " (id, form, client, audience, author, happened, live, trail, conflict, withdrawn)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made,
    )
    db.executemany(
        "UPDATE record SET live = ?, trail = ?, conflict = ?, withdrawn = ? WHERE id = ?", kept
    )
    db.executemany(
        "UPDATE record SET happened = ?, live = ?, trail = ?, conflict = ?, withdrawn = ?"
        " WHERE id = ?",
        moved,
    )


def _note_refused(db: Any, applied: Sequence[Applied]) -> None:
    """Remember what was refused, so that a person can be told and can ask why."""
    rows = [
        (change.feed, change.seq, change.record, change.idx, reason.value)
        for one in applied
        for change, reason in one.refused
    ]
    if rows:
        db.executemany("INSERT OR IGNORE INTO refused VALUES (?, ?, ?, ?, ?)", rows)


def forget(db: Any, audiences: Collection[str] | None) -> None:
    """Remove the records of some audiences, or of all, and what is made from them."""
    wanted = [None] if audiences is None else sorted(audiences)
    for audience in wanted:
        clients = db.execute(
            "SELECT DISTINCT client FROM record WHERE client <> x''"
            " AND (?1 IS NULL OR audience = ?1)",
            (audience,),
        ).fetchall()
        db.execute("DELETE FROM record WHERE ?1 IS NULL OR audience = ?1", (audience,))
        db.executemany("INSERT OR REPLACE INTO recount VALUES (?, 1)", clients)
    gone = db.execute(
        "SELECT client FROM caseload WHERE NOT EXISTS"
        " (SELECT 1 FROM record WHERE record.id = caseload.client)"
    ).fetchall()
    for (client,) in gone:
        finding.forget(db, client)
