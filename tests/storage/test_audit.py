# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The audit in a vault: read where its key is held, never by any other question."""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from desktop_app.casework import audit as entries_of
from desktop_app.casework.audit import sight
from desktop_app.casework.records import Edit, Record
from storage import audit, ledger, reads
from storage.audit import Wanted
from storage.store import Store
from tests.storage.pen import Pen

LEE, DEV = b"l" * 16, b"d" * 16
NOW = 1_780_000_000_000


def entry(number: int, *clients: bytes, how: str = "client", at: str = "2026-11-23T15:04") -> Edit:
    name = (NOW + number).to_bytes(6, "big") + b"e" * 10
    return entries_of.consultation(
        sight(how, clients=clients), record=name, at=at, reason="casework"
    )


def hold_the_key(store: Store) -> None:
    with store.transaction():
        ledger.put_key(store, "audience:audit:00ff", b"a circle")


def waiting(store: Store) -> list[bytes]:
    return [one.record for _seq, some in ledger.pending(store) for one in some]


def rows_of_audit(store: Store) -> int:
    return int(store.rows("SELECT count(*) FROM record WHERE audience = 'audit'")[0][0])


def test_without_its_key_an_entry_is_sent_and_kept_nowhere(pen: Pen) -> None:
    made = entry(1, LEE)
    saved = pen.store.save([made], now_ms=NOW)
    assert saved.touched == frozenset()
    assert waiting(pen.store) == [made.record]
    assert rows_of_audit(pen.store) == 0
    assert audit.entries(pen.store, Wanted()) == []


def test_with_its_key_an_entry_can_be_asked_for_at_once(pen: Pen) -> None:
    hold_the_key(pen.store)
    made = entry(1, LEE)
    pen.store.save([made], now_ms=NOW)
    assert [one.id for one in audit.entries(pen.store, Wanted())] == [made.record]


def test_what_is_saved_together_with_an_entry_is_a_record_as_ever(pen: Pen) -> None:
    note = Edit("note", b"\x01" * 16, LEE, "partners", {"note": "Seen"})
    saved = pen.store.save([note, entry(1, LEE)], now_ms=NOW)
    assert saved.touched == {note.record, LEE}
    assert rows_of_audit(pen.store) == 0
    assert len(waiting(pen.store)) == 2


def test_entries_are_asked_for_by_day_by_person_and_by_whom_they_are_about(pen: Pen) -> None:
    hold_the_key(pen.store)
    first = entry(1, LEE, at="2026-11-21T09:00")
    second = entry(2, LEE, DEV, how="clients", at="2026-11-22T09:00")
    third = entry(3, DEV, at="2026-11-23T09:00")
    pen.store.save([first, second, third], now_ms=NOW)

    def found(**wanted: Any) -> list[bytes]:
        return [one.id for one in audit.entries(pen.store, Wanted(**wanted))]

    assert found() == [third.record, second.record, first.record]
    assert found(about=LEE) == [second.record, first.record]
    assert found(about=DEV, since="2026-11-23") == [third.record]
    assert found(until="2026-11-21") == [first.record]
    author = audit.entries(pen.store, Wanted())[0].author
    assert found(person=author) == found()
    assert found(person="nobody") == []
    assert found(forms=["erasure"]) == []


def test_entries_come_a_page_at_a_time(pen: Pen) -> None:
    hold_the_key(pen.store)
    made = [entry(n, LEE) for n in range(5)]
    pen.store.save(made, now_ms=NOW)
    found: list[Record] = []
    while page := audit.entries(pen.store, Wanted(), limit=2, before=found[-1] if found else None):
        found += page
    assert [one.id for one in found] == [one.record for one in reversed(made)]


def test_a_recorded_disclosure_stands_among_them(pen: Pen) -> None:
    told = Edit("disclosure", b"\x02" * 16, LEE, "partners", {"happened_on": "2026-11-23"})
    pen.store.save([told], now_ms=NOW)
    assert [one.id for one in audit.entries(pen.store, Wanted(about=LEE))] == [told.record]


def test_entries_are_not_counted_among_what_somebody_has_to_share(pen: Pen) -> None:
    note = Edit("note", b"\x01" * 16, LEE, "partners", {"note": "audit", "headline": "audit"})
    pen.store.save([note], now_ms=NOW)
    pen.store.save([entry(1, LEE)], now_ms=NOW)
    assert audit.to_share(pen.store) == 1
    assert ledger.pending_count(pen.store) == 2
    kept = Edit("note", b"\x02" * 16, LEE, "police", {"note": "Kept"})
    pen.store.save([kept, entry(2, LEE)], now_ms=NOW)
    assert audit.to_share(pen.store) == 2


# --- DPA 2018 s.62(4): what is logged is not for judging how much somebody works


def _ids_of_audit(store: Store) -> list[bytes]:
    return [id_ for (id_,) in store.rows("SELECT id FROM record WHERE audience = 'audit'")]


ASKED: dict[str, Callable[[Store], object]] = {
    "records": lambda store: [
        *reads.records(store, withdrawn=True),
        *reads.records(store, newest_first=False),
        *(one for name in entries_of.FORMS for one in reads.records(store, form=name)),
        *reads.records(store, client=LEE),
        *reads.records(store, client=b""),
    ],
    "timeline": lambda store: [
        *reads.timeline(store, LEE),
        *reads.timeline(store, b""),
        *reads.timeline(store, b"", forms=entries_of.FORMS),
    ],
    "standing": lambda store: reads.standing(
        store, LEE, forms=entries_of.FORMS, near=entries_of.FORMS, since=""
    ),
    "accounts": lambda store: reads.accounts(store, LEE, of=[], since=""),
    "caseload": reads.caseload,
    "client": lambda store: reads.client(store, LEE),
    "clients_of": lambda store: reads.clients_of(store, "ann"),
    "conflicts": reads.conflicts,
    "counts": reads.counts,
    "dated": lambda store: reads.dated(
        store, [LEE, b""], entries_of.FORMS, since=date(2000, 1, 1), until=date(2100, 1, 1)
    ),
    "same_name": lambda _store: [],
    "search": lambda store: reads.search(store, LEE.hex()),
    "found_same": lambda store: reads.found_same(store, LEE),
    "from_others": lambda store: (
        reads.from_others(store, "ann", everybody=True, now_ms=NOW).arrived
    ),
    "clients_with_news": lambda store: reads.clients_with_news(
        store, "ann", everybody=True, now_ms=NOW
    ),
    "withdrawn": lambda store: reads.withdrawn(store, _ids_of_audit(store)),
    "works_with": lambda store: reads.works_with(store, "ann", LEE),
    "likely": lambda store: reads.likely(store, {"surname": "audit"}, limit=9),
}


def test_every_question_of_the_store_is_tried_below() -> None:
    asked = {name for name in reads.__all__ if inspect.isfunction(getattr(reads, name))}
    assert asked == set(ASKED)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_no_question_a_page_or_a_report_can_ask_answers_with_the_audit(pen: Pen, name: str) -> None:
    hold_the_key(pen.store)
    pen.store.save([entry(1, LEE), entry(2, LEE)], now_ms=NOW)
    assert rows_of_audit(pen.store) == 2
    assert not ASKED[name](pen.store)
