# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Records made anew a few at a time, from all that the log says of just these.

It leaves what making all of them anew in one go would leave; a test holds it to that. Rules, each
with a test:

* A record is written only where it differs from what stands here.
* What a record stands for besides itself, such as a name that is searched or a decision to erase,
  is made anew whether it differs or not: an older Tandem may have kept it unread.
"""

from collections.abc import Collection, Mapping, Sequence

from desktop_app.casework.records import NO_CLIENT, Change, Record
from storage import caseload, erasing, finding, joined
from storage.foreseeing import folded
from storage.merging import Bundle, take_in
from storage.rows import (
    AT_ONCE,
    Row,
    encode,
    facts,
    listed,
    record_of,
    sealed_forms,
    see_it_is_whole,
)
from storage.store import Store

END = b"\xff" * 17
"""Beyond every id."""
_ALWAYS = frozenset({finding.FORM, joined.FORM, *erasing.ORDERS})
_HELD = (
    "SELECT id, form, client, audience, author, live, trail, happened, conflict, withdrawn"
    " FROM record WHERE id >= ? AND id < ?"
    " AND (? OR audience IN (SELECT value FROM json_each(?)))"
)


def refresh(
    store: Store,
    batch: Sequence[Bundle],
    todo: Mapping[bytes, Sequence[tuple[Change, int]]],
    *,
    first: bytes,
    before: bytes,
    audiences: Collection[str] | None,
) -> int:
    """Make the records of a range of ids what the log says; return how many that wrote.

    Args:
        store: the vault, in a transaction of the caller.
        batch: bundles, in order.
        todo: all their changes to records of the range, each with the number of its bundle.
        first: the first id of the range.
        before: the first beyond it.
        audiences: whose records; None for all.
    """
    db, everything = store.db, audiences is None
    where = (first, before, everything, listed(audiences or ()))
    held = {row[0]: row for row in db.execute(_HELD, where).fetchall()}
    see_it_is_whole(db)
    gone, sealed = erasing.among(db, todo), sealed_forms()
    differ = {id_ for id_ in held if id_ not in todo}
    for id_, changes in todo.items():
        now = folded(None, changes, batch, sealed, gone.get(id_, frozenset())).now
        row = held.get(id_)
        if _differs(row, now) or (now is not None and now.form in _ALWAYS):
            differ.add(id_)
    people = _forget(store, [record_of(held[id_]) for id_ in sorted(differ & held.keys())])
    again: dict[int, list[Change]] = {}
    for id_ in sorted(differ & todo.keys()):
        for change, number in todo[id_]:
            again.setdefault(number, []).append(change)
    take_in(db, [(again[number], *batch[number][1:]) for number in sorted(again)])
    joined.follow(db, people)
    return len(differ)


def recount(store: Store, *, after: int = 0) -> int:
    """Count some clients again: a newer Tandem may count otherwise.

    Returns:
        Where to go on; 0 when there are no more.
    """
    rows = store.rows(
        "SELECT place, client FROM caseload WHERE place > ? ORDER BY place LIMIT ?",
        (after, AT_ONCE),
    )
    with store.within():
        store.write_many(
            "INSERT OR REPLACE INTO recount VALUES (?, 3)", [(client,) for _place, client in rows]
        )
        while store.count_some():  # nobody is to find many that wait to be counted
            pass
    return rows[-1][0] if rows else 0


def _differs(row: Row | None, now: Record | None) -> bool:
    if row is None or now is None:
        return (row is None) is not (now is None)
    made = (now.form, now.client, now.audience, now.author, encode(now.live), now.trail)
    return (*made, *facts(now)) != row[1:]


def _forget(store: Store, records: Sequence[Record]) -> set[bytes]:
    """Remove some records; return those whom it may be asked again with whom they are one."""
    db = store.db
    db.executemany("DELETE FROM record WHERE id = ?", [(one.id,) for one in records])
    finding.forget(db, [one.id for one in records if one.form == finding.FORM])
    again = {one.client for one in records if one.form in (*caseload.FIELDS, finding.FORM)}
    rows = [(client,) for client in sorted(again - {NO_CLIENT})]
    db.executemany("INSERT OR REPLACE INTO recount VALUES (?, 3)", rows)
    clients = [one.id for one in records if one.form == finding.FORM]
    pairs = [one for one in records if one.form == joined.FORM]
    return joined.ends(*pairs) | joined.known(db, clients)
