# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Merging: how changes, ours or a colleague's, become records. There is one way, and this is it.

Rules, each with a test:

* What a batch of changes leaves is what they leave one by one.
* A record of a sealed form takes changes only from the very bundle that made it, and none once its
  author has sealed it. Later ones are refused, with the reason, the same on every laptop.
* A record keeps the form, the client and the audience it was made with; a change that says
  otherwise is refused.
* A record that was erased takes no change ever again (see `erasing`).
* A form of a newer Tandem is kept like any other.

What is refused is told, never raised: one odd change must not stop a bundle. A batch too large to
be waited for may give way to somebody; the transaction it is in then takes back what it had done.
"""

import gc
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.records import NO_CLIENT, Change, Record, merge, pack_trail
from desktop_app.casework.retention import erased_by
from desktop_app.casework.words import _
from storage import board_marks, caseload, erasing, finding, joined
from storage.rows import (
    AT_ONCE,
    LONG,
    Row,
    asked,
    encode,
    facts,
    record_of,
    sealed_forms,
    see_it_is_whole,
)

Saw = Callable[[int, int], bool]
Bundle = tuple[Sequence[Change], str, Saw]
"""Changes, their author's person id, and whether the author had seen a bundle (feed, seq)."""
_WATCHED = {finding.FORM: finding.FIELDS, joined.FORM: joined.FIELDS, **caseload.FIELDS}
"""The answers, by form, that the search, the caseload and who is one person are made from."""
_FETCH = (
    "SELECT id, form, client, audience, author, live, trail, happened, place"
    " FROM record WHERE id IN (?)"
)
_MAKE = (
    "INSERT INTO record"
    " (id, form, client, audience, author, happened, live, trail, conflict, withdrawn)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_KEEP = "UPDATE record SET live = ?, trail = ?, conflict = ?, withdrawn = ? WHERE place = ?"
_MOVE = (
    "UPDATE record SET happened = ?, live = ?, trail = ?, conflict = ?, withdrawn = ?"
    " WHERE place = ?"
)
_REFUSED = "INSERT OR IGNORE INTO refused VALUES (?, ?, ?, ?, ?)"


class GaveWay(Exception):
    """No error: somebody waits for the vault, so what was under way was left, and is undone."""


def never() -> bool:
    """Nobody waits."""
    return False


class Refusal(StrEnum):
    """Why a change was not taken into its record."""

    SEALED = "sealed"
    OTHER_FORM = "other_form"
    OTHER_CLIENT = "other_client"
    OTHER_AUDIENCE = "other_audience"
    ERASED = "erased"

    @property
    def words(self) -> str:
        """Return it in a sentence."""
        return {
            Refusal.SEALED: _("It changes an account that was already sealed."),
            Refusal.OTHER_FORM: _("It gives a record another form than it was made with."),
            Refusal.OTHER_CLIENT: _("It moves a record to another client."),
            Refusal.ERASED: _("It changes a record that was erased."),
            Refusal.OTHER_AUDIENCE: _("It shows a record to other people than it was made for."),
        }[self]


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one bundle's changes: ids of records and clients touched, and the refused."""

    touched: frozenset[bytes]
    refused: list[tuple[Change, Refusal]]


def take_in(db: Any, batch: Sequence[Bundle], waits: Callable[[], bool] = never) -> list[Applied]:
    """Merge the changes of several bundles, in order, into the records they are about.

    Args:
        db: the connection, in a transaction of the caller.
        batch: the bundles.
        waits: asked every 500 records whether somebody waits for the vault.

    Raises:
        GaveWay: somebody does; the caller is to undo the transaction.
    """
    with resting():
        todo = by_record(batch)
        intake = _Intake(db, batch)
        gone = erasing.among(db, todo)
        if gone:
            intake.turn_away(todo, gone)
        newest = db.execute("SELECT max(id) FROM record").fetchone()[0] or b""
        ids = sorted(todo)
        for start in range(0, len(ids), AT_ONCE):
            if waits():
                raise GaveWay
            some = ids[start : start + AT_ONCE]
            held = _fetch(db, some, newest)
            for id_ in some:
                intake.take(held.get(id_), todo[id_])
            intake.write()
        return intake.finish(todo)


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


class _Intake:
    """A batch of changes on its way into the records, one record after the other.

    Everything about one record is done at once, and records in the order of their ids: what was
    just read is still at hand when it is written, in Python's memory as in the file's pages.
    """

    def __init__(self, db: Any, batch: Sequence[Bundle]) -> None:
        self._db = db
        self._batch = batch
        self._sealed = sealed_forms()
        self._refused: list[list[tuple[Change, Refusal]]] = [[] for _bundle in batch]
        self._caseload = caseload.Following(db)
        self._clients: list[tuple[Record | None, Record]] = []
        self._made: list[Row] = []
        self._kept: list[Row] = []
        self._moved: list[Row] = []
        self._orders: list[tuple[Record, int]] = []
        self._people: set[bytes] = set()

    def turn_away(
        self, todo: dict[bytes, list[tuple[Change, int]]], gone: Mapping[bytes, set[str]]
    ) -> None:
        """Refuse the changes to records that were erased."""
        for change, number in erasing.turn_away(self._db, todo, gone):
            self._refused[number].append((change, Refusal.ERASED))

    def take(self, row: Row | None, changes: Sequence[tuple[Change, int]]) -> None:
        """Merge the changes of one record, given as it is stored."""
        was = record_of(row) if row is not None else None
        record = was
        for change, number in changes:
            if record is not None and (reason := refusal(record, change, self._sealed)):
                self._refused[number].append((change, reason))
                continue
            _changes, author, saw = self._batch[number]
            record = merge(record, change, author=author, saw=saw)
        if record is None or record is was:
            return
        day, conflict, withdrawn = facts(record)
        live, trail = bytearray(encode(record.live)), bytearray(record.trail)
        if row is None:
            id_, client = bytearray(record.id), bytearray(record.client)
            who = (id_, record.form, client, record.audience, record.author, day)
            self._made.append((*who, live, trail, conflict, withdrawn))
        elif row[7] == day:
            self._kept.append((live, trail, conflict, withdrawn, row[8]))
        else:
            self._moved.append((day, live, trail, conflict, withdrawn, row[8]))
        watched = _WATCHED.get(record.form)
        if watched is not None and (was is None or _touches(changes, watched)):
            self._note(was, record, day, row[7] if row is not None else "")
        elif record.form in erasing.ORDERS:
            self._orders.append((record, changes[-1][1]))

    def write(self) -> None:
        """Write the records that were taken since the last time."""
        for order, rows in ((_MAKE, self._made), (_KEEP, self._kept), (_MOVE, self._moved)):
            if rows:
                self._db.executemany(order, rows)
                rows.clear()
        self._caseload.settle()

    def finish(self, todo: Mapping[bytes, Sequence[tuple[Change, int]]]) -> list[Applied]:
        """Bring the search and the caseload after, and say what became of every bundle."""
        finding.follow(self._db, self._clients)
        self._people.update(joined.came_or_went(self._db, self._clients))
        parted = joined.follow(self._db, self._people)
        heads = joined.heads(self._db, (some[0][0].client for some in todo.values()))
        self._caseload.finish(heads)
        self._keep_refused()
        went = [frozenset(parted) for _bundle in self._batch]
        for order, number in self._orders:
            went[number] |= self._carry_out(order, number, todo)
        return [
            Applied(_whole(_touched(changes, refused), heads) | also, refused)
            for (changes, _author, _saw), refused, also in zip(
                self._batch, self._refused, went, strict=True
            )
        ]

    def _carry_out(
        self, order: Record, number: int, todo: Mapping[bytes, Sequence[tuple[Change, int]]]
    ) -> frozenset[bytes]:
        """Do what a decision orders; return the records and clients that went."""
        saw = self._batch[number][2]
        went, unseen = erasing.carry_out(self._db, order, saw)
        for id_ in erased_by(order):
            for change, of in todo.get(id_, ()):
                if change.audience == order.audience and not saw(change.feed, change.seq):
                    self._refused[of].append((change, Refusal.ERASED))
        self._db.executemany(
            _REFUSED, [(feed, seq, id_, idx, Refusal.ERASED) for feed, seq, id_, idx in unseen]
        )
        self._keep_refused()
        return frozenset(went)

    def _keep_refused(self) -> None:
        rows = [
            (change.feed, change.seq, change.record, change.idx, reason.value)
            for refused in self._refused
            for change, reason in refused
        ]
        if rows:
            self._db.executemany(_REFUSED, rows)

    def _note(self, was: Record | None, now: Record, day: str, was_day: str) -> None:
        """Note what the search, the caseload and who is one person are made from."""
        if now.form == finding.FORM:
            self._clients.append((was, now))
        elif now.form == joined.FORM:
            self._people |= joined.ends(was, now)
        else:
            self._caseload.note(now, day, was_day)


def by_record(batch: Sequence[Bundle]) -> dict[bytes, list[tuple[Change, int]]]:
    """Return the changes of each record, in order, each with the number of its bundle."""
    todo: dict[bytes, list[tuple[Change, int]]] = {}
    for number, (changes, _author, _saw) in enumerate(batch):
        for change in changes:
            held = todo.get(change.record)
            if held is None:
                todo[change.record] = [(change, number)]
            else:
                held.append((change, number))
    return todo


def _fetch(db: Any, ids: Sequence[bytes], newest: bytes) -> dict[bytes, Row]:
    """Return the rows of some records, given in order, as they stand."""
    # Ids sort by when a record was made, so most new records lie beyond all that are held.
    held = ids[: bisect_right(ids, newest)]
    found = {row[0]: row for row in asked(db, _FETCH, held)}
    if any(len(row[5]) + len(row[6]) > LONG for row in found.values()):
        see_it_is_whole(db)
    return found


def refusal(record: Record, change: Change, sealed: frozenset[str]) -> Refusal | None:
    """Return why a change cannot be taken into a record; None when it can."""
    if change.form != record.form:
        return Refusal.OTHER_FORM
    if change.audience != record.audience:
        return Refusal.OTHER_AUDIENCE
    if change.client != record.client:
        return Refusal.OTHER_CLIENT
    if change.form not in sealed:
        return None
    open_still = record.trail == pack_trail(change.feed, change.seq) and not record.sealed_by_hand
    return None if open_still else Refusal.SEALED


def _touches(changes: Sequence[tuple[Change, int]], watched: frozenset[str]) -> bool:
    """Say whether any of some changes alters an answer that is watched."""
    for change, _number in changes:  # noqa: SIM110  a generator costs more than what it asks
        if not watched.isdisjoint(change.answers):
            return True
    return False


def _touched(
    changes: Sequence[Change], refused: Sequence[tuple[Change, Refusal]]
) -> frozenset[bytes]:
    """Return the ids of records and clients the changes of a bundle touched."""
    gone = {id(change) for change, _reason in refused}
    done = [one for one in changes if id(one) not in gone] if gone else changes
    touched = {one.record for one in done}
    touched.update([one.client for one in done])
    touched.discard(NO_CLIENT)
    return frozenset(touched)


def _whole(touched: frozenset[bytes], heads: Mapping[bytes, bytes]) -> frozenset[bytes]:
    """Return what was touched, with whom it is shown under."""
    return touched | {heads[one] for one in touched & heads.keys()} if heads else touched


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
        erasing.forget(db, audience)
        db.executemany("INSERT OR REPLACE INTO recount VALUES (?, 3)", clients)
        whose = [client for (client,) in clients]
        board_marks.again(db, whose)
        board_marks.take_off(db, whose)
        if audience in (None, PARTNERS):
            joined.forget(db)
    gone = db.execute(
        "SELECT client FROM caseload WHERE NOT EXISTS"
        " (SELECT 1 FROM record WHERE record.id = caseload.client)"
    ).fetchall()
    finding.forget(db, [client for (client,) in gone])
