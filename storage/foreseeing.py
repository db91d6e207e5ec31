# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What some changes would make of the records here, worked out without writing a byte.

It goes by the rules of `merging`, and a test holds it to what taking in does. Rules, each with a
test:

* What is foreseen is what taking in would leave; nothing in the vault is other afterwards.
* A few hundred records at a time: others may work in the vault in between.
"""

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass

from desktop_app.casework.records import Change, Record, merge
from storage import erasing
from storage.merging import Bundle, by_record, refusal
from storage.rows import AT_ONCE, asked, record_of, sealed_forms, see_it_is_whole
from storage.store import Store

Todo = MutableMapping[bytes, list[tuple[Change, int]]]
_HELD = "SELECT id, form, client, audience, author, live, trail FROM record WHERE id IN (?)"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one record.

    Attributes:
        was: as it is here; None when it would be new.
        now: as it would be; None when no change would be taken into it.
        refused: how many changes would be refused.
    """

    was: Record | None
    now: Record | None
    refused: int


def foresee(
    store: Store, batch: Sequence[Bundle], todo: Todo | None = None
) -> Iterator[list[Foreseen]]:
    """Yield what bundles, taken in as given, would make of the records, some at a time.

    Args:
        store: the vault; it is only read.
        batch: the bundles.
        todo: their changes by record, each with the number of its bundle, where that is known; it
            is used up.
    """
    todo = by_record(batch) if todo is None else todo
    sealed, ids = sealed_forms(), sorted(todo)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        gone = erasing.among(store.db, some)
        held = {row[0]: record_of(row) for row in asked(store.db, _HELD, some)}
        see_it_is_whole(store.db)
        yield [
            folded(held.get(id_), todo.pop(id_), batch, sealed, gone.get(id_, frozenset()))
            for id_ in some
        ]


def folded(
    was: Record | None,
    changes: Sequence[tuple[Change, int]],
    batch: Sequence[Bundle],
    sealed: frozenset[str],
    erased: frozenset[str] | set[str],
) -> Foreseen:
    """Return what would become of one record.

    Args:
        was: as it is here; None for a new one.
        changes: what is said of it, in order, each with the number of its bundle.
        batch: the bundles.
        sealed: the forms that are sealed once they have left.
        erased: the audiences it was erased in.
    """
    now, refused = was, 0
    for change, number in changes:
        gone = change.audience in erased and change.form not in erasing.ORDERS
        if gone or (now is not None and refusal(now, change, sealed)):
            refused += 1
            continue
        _changes, author, saw = batch[number]
        now = merge(now, change, author=author, saw=saw)
    return Foreseen(was, None if now is was else now, refused)
