# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Named questions: records, timelines, conflicts and counts."""

from typing import Any

import pytest

from desktop_app.casework.records import WITHDRAWN, Json, Record, link
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
    pen.alter(gone, {WITHDRAWN: "not hers"})
    assert ids(reads.records(pen.store, form="note")) == [stands]
    assert ids(reads.records(pen.store, form="note", withdrawn=True)) == [gone, stands]


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


def test_how_a_client_stands_is_some_forms_whole_others_near_today_and_the_withdrawn(
    pen: Pen,
) -> None:
    croft, marsh = pen.client("Croft"), pen.client("Marsh")
    alert = pen.write("alert", {"headline": "dog", "set_on": "2025-01-01"}, client=croft)
    long_ago, recent = pen.seen(croft, "2026-02-01T10:00"), pen.seen(croft, "2026-03-02T10:00")
    gone, _note = notes(pen, "2026-02-15", "2026-03-03", client=croft)
    pen.alter(gone, {WITHDRAWN: "x"})
    pen.seen(marsh, "2026-03-02T10:00")

    def standing(since: str) -> list[bytes]:
        asked: dict[str, Any] = {"forms": ("alert",), "near": ("visit",), "since": since}
        return ids(reads.standing(pen.store, croft, **asked))

    assert standing("2026-03-01") == [recent, gone, alert]
    assert standing("2026-01-01") == [recent, gone, long_ago, alert]


def test_clients_of_the_same_name_are_found_however_it_is_written(pen: Pen) -> None:
    one = pen.client("O'Hara", "Zoë")
    other = pen.client("OHARA", "Zoe")
    pen.client("O'Hara", "Zo")
    pen.client("Zoe", "Ohara")
    record = reads.client(pen.store, one)
    assert record is not None
    assert ids(reads.same_name(pen.store, record)) == [other]


# Accounts


def account(pen: Pen, client: bytes, of: bytes, **more: Json) -> bytes:
    return pen.write("account", {"visit": link(of), "seen": "seen", **more}, client=client)


def test_the_accounts_of_some_visits_are_read_and_no_others(pen: Pen) -> None:
    croft, marsh = pen.client("Croft"), pen.client("Marsh")
    one, two, three = (pen.seen(croft, f"2026-03-0{day}T10:00") for day in (1, 2, 3))
    first, _of_two, third = (account(pen, croft, of, note="visit") for of in (one, two, three))
    again = account(pen, croft, one, note="visited")
    gone = account(pen, croft, one)
    pen.alter(gone, {WITHDRAWN: "x"})
    account(pen, marsh, one)
    said_of = {link(one), link(three)}
    found = reads.accounts(pen.store, croft, of=said_of, since="2026-01-01")
    assert ids(found) == [again, third, first]
    assert reads.accounts(pen.store, croft, of=said_of, since="2999-01-01") == []


def test_whatever_corrects_an_account_is_read_with_any(pen: Pen) -> None:
    croft = pen.client("Croft")
    one, two = pen.seen(croft, "2026-03-01T10:00"), pen.seen(croft, "2026-03-02T10:00")
    told = account(pen, croft, one)
    corrects = account(pen, croft, one, corrects=link(told))
    assert ids(reads.accounts(pen.store, croft, of={link(two)}, since="2026-01-01")) == [corrects]


def test_an_account_that_was_altered_is_read_whole(pen: Pen) -> None:
    croft = pen.client("Croft")
    one, two = pen.seen(croft, "2026-03-01T10:00"), pen.seen(croft, "2026-03-02T10:00")
    told = account(pen, croft, two, note="visit")
    pen.alter(told, {"visit": link(one)})
    pen.alter(told, {"note": "then"})
    (found,) = reads.accounts(pen.store, croft, of={link(one)}, since="2026-01-01")
    assert found.answers == {"visit": link(one), "seen": "seen", "note": "then"}
    assert reads.accounts(pen.store, croft, of={link(two)}, since="2026-01-01") == []


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
