# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Named questions: records, timelines, conflicts and counts."""

from typing import Any

import pytest

from desktop_app.casework.records import WITHDRAWN, Record
from storage import reads
from tests.storage.pen import START_MS, Pen, change, saw_nothing


def ids(records: list[Record]) -> list[bytes]:
    return [one.id for one in records]


# Records


def notes(pen: Pen, *days: str, client: bytes = b"") -> list[bytes]:
    return [pen.write("note", {"happened_at": day}, client=client) for day in days]


def test_records_come_by_the_day_they_are_about_not_by_when_they_were_typed(pen: Pen) -> None:
    later, earlier = notes(pen, "2026-03-14T10:00", "2026-03-01T09:00")
    assert ids(reads.records(pen.store)) == [later, earlier]
    assert ids(reads.records(pen.store, newest_first=False)) == [earlier, later]


def test_records_are_asked_for_by_form_by_client_by_both_or_neither(pen: Pen) -> None:
    croft, marsh = pen.client("Croft"), pen.client("Marsh")
    seen = pen.seen(croft, "2026-03-01T10:00")
    (note,) = notes(pen, "2026-03-02T10:00", client=croft)
    (other,) = notes(pen, "2026-03-03T10:00", client=marsh)
    for newest_first in (True, False):
        ask: dict[str, Any] = {"newest_first": newest_first}
        assert set(ids(reads.records(pen.store, **ask))) == {croft, marsh, seen, note, other}
        assert set(ids(reads.records(pen.store, form="note", **ask))) == {note, other}
        assert set(ids(reads.records(pen.store, client=croft, **ask))) == {croft, seen, note}
        assert ids(reads.records(pen.store, client=croft, form="note", **ask)) == [note]


def test_a_span_of_days_holds_both_its_ends(pen: Pen) -> None:
    _before, first, last, _after = notes(
        pen, "2026-02-28T23:59", "2026-03-01T00:00", "2026-03-31T23:59", "2026-04-01T00:00"
    )
    found = reads.records(pen.store, since="2026-03-01", until="2026-03-31")
    assert ids(found) == [last, first]


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("form", [None, "note"])
@pytest.mark.parametrize("about", [None, b"c" * 16])
def test_pages_of_records_hold_each_once_also_where_days_are_alike(
    pen: Pen, *, newest_first: bool, form: str | None, about: bytes | None
) -> None:
    days = ["2026-03-14T10:00"] * 4 + ["2026-03-15T10:00"] * 3
    made = notes(pen, *days, client=b"c" * 16)
    paged: list[Record] = []
    while True:
        page = reads.records(
            pen.store,
            form=form,
            client=about,
            newest_first=newest_first,
            limit=3,
            before=paged[-1] if paged else None,
        )
        if not page:
            break
        paged += page
    assert ids(paged) == (made[::-1] if newest_first else made)


def test_withdrawn_records_are_left_out_unless_asked_for(pen: Pen) -> None:
    client = pen.client("Croft")
    stands, gone = notes(pen, "2026-03-01", "2026-03-02", client=client)
    assert not reads.any_withdrawn(pen.store, client)
    pen.alter(gone, {WITHDRAWN: "not hers"})
    assert ids(reads.records(pen.store, form="note")) == [stands]
    assert ids(reads.records(pen.store, form="note", withdrawn=True)) == [gone, stands]
    assert reads.any_withdrawn(pen.store, client)


def test_a_client_is_read_as_a_client_only(pen: Pen) -> None:
    client, note = pen.client("Croft"), pen.write("note", {"note": "x"})
    found = reads.client(pen.store, client)
    assert found is not None
    assert found.id == client
    assert reads.client(pen.store, note) is None
    assert reads.client(pen.store, b"?" * 16) is None


def test_counts_are_of_what_stands(pen: Pen) -> None:
    pen.client("Croft")
    _one, gone = notes(pen, "2026-03-01", "2026-03-02")
    assert reads.counts(pen.store) == {"client": 1, "note": 2}
    pen.alter(gone, {WITHDRAWN: "twice"})
    assert reads.counts(pen.store) == {"client": 1, "note": 1}


def test_conflicts_are_those_nobody_has_decided_latest_first(pen: Pen) -> None:
    early, late, agreed, gone = (
        pen.write("note", {"happened_at": day, "note": "ours"})
        for day in ("2026-03-01", "2026-03-09", "2026-03-05", "2026-03-07")
    )
    for record, text in ((early, "a"), (late, "b"), (agreed, "ours"), (gone, "c")):
        rival = change("note", record, {"note": text}, at=START_MS + 9)
        pen.store.apply([rival], author="bell", saw=saw_nothing)
    pen.alter(gone, {WITHDRAWN: "x"})
    assert ids(reads.conflicts(pen.store)) == [late, early]
    assert reads.conflicts(pen.store)[0].conflicts["note"][-1].answers["note"] in {"b", "ours"}


# Timeline


def test_a_timeline_is_one_clients_latest_first_and_paged(pen: Pen) -> None:
    croft, marsh = pen.client("Croft", first_contact_on="2026-01-01"), pen.client("Marsh")
    made = notes(pen, "2026-03-01", "2026-03-02", "2026-03-02", "2026-03-04", client=croft)
    notes(pen, "2026-03-03", client=marsh)
    first = reads.timeline(pen.store, croft, limit=3)
    then = reads.timeline(pen.store, croft, limit=3, before=first[-1])
    assert ids(first + then) == [*made[::-1], croft]


def test_a_timeline_of_some_forms_is_paged_the_same_way(pen: Pen) -> None:
    croft = pen.client("Croft")
    one, two = notes(pen, "2026-03-01", "2026-03-03", client=croft)
    seen = pen.seen(croft, "2026-03-02T10:00")
    pen.write("alert", {"headline": "dog"}, client=croft)
    gone = pen.seen(croft, "2026-03-08T10:00")
    pen.alter(gone, {WITHDRAWN: "x"})
    asked = ("note", "visit")
    first = reads.timeline(pen.store, croft, forms=asked, limit=2)
    then = reads.timeline(pen.store, croft, forms=asked, limit=2, before=first[-1])
    assert ids(first) == [two, seen]
    assert ids(then) == [one]
    assert reads.timeline(pen.store, croft, forms=()) == []
