# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a decision to erase does to one vault, in whatever order things come."""

from itertools import permutations
from typing import Any

import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.records import Change, Edit, Json, link
from desktop_app.casework.retention import REPACKED, RETENTION
from storage import erasing, ledger, reads, repacking, search
from storage.erasing import Announced, announced
from storage.store import Draft, Store
from tests.storage.pen import BELL, SHAH, START_MS, Pen, change, saw_all, saw_nothing

CLIENT, NOTE, DECISION = (bytes([n]) * 16 for n in (1, 2, 3))
TABLES = ("record", "erased", "stale", "refused", "caseload", "words", "sound", "works_with")


def decided(*records: bytes, seq: int = 9, audience: str = "partners") -> Change:
    answers: Any = {"decision": "erase", "records": [link(one) for one in records]}
    return change(
        RETENTION, DECISION, answers, client=CLIENT, audience=audience, feed=SHAH, seq=seq
    )


MADE = change("client", CLIENT, {"surname": "Quillfeather"}, client=CLIENT, seq=1)
WRITTEN = change("note", NOTE, {"note": "grumbletonk"}, client=CLIENT, seq=2)
ALTERED = change("note", NOTE, {"note": "grumbletonk again"}, client=CLIENT, seq=3)


def state(store: Store) -> dict[str, list[Any]]:
    found = {}
    for table in TABLES:
        rows = store.rows(f"SELECT * FROM {table}")  # noqa: S608  the names stand above
        found[table] = sorted(row[1:] if table in ("record", "caseload") else row for row in rows)
    return found


def test_a_batch_leaves_what_its_bundles_leave_one_by_one(store: Store) -> None:
    bundles = [
        ([one], "bell", saw_nothing) for one in (MADE, WRITTEN, decided(CLIENT, NOTE), ALTERED)
    ]
    with store.transaction():
        store.apply_many(bundles)
        store.count_again()
        together = state(store)
        store.forget_records(None)
        store.write("DELETE FROM refused")
        for bundle in bundles:
            store.apply_many([bundle])
        store.count_again()
    assert state(store) == together
    assert [row[0] for row in store.rows("SELECT form FROM record")] == [RETENTION]


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
def test_in_whatever_order_they_come_the_record_is_gone(store: Store, order: Any) -> None:
    coming = (MADE, WRITTEN, ALTERED, decided(CLIENT, NOTE))
    for at in order:
        store.apply([coming[at]], author="bell", saw=saw_nothing)
    assert store.records([CLIENT, NOTE]) == []
    assert search.search(store, "quillfeather") == []
    assert set(repacking.stale(store)) == {(BELL, 1), (BELL, 2), (BELL, 3)}


def test_only_what_the_eraser_had_not_seen_is_told(store: Store) -> None:
    store.apply([MADE, WRITTEN], author="bell", saw=saw_all)
    store.apply([decided(NOTE)], author="shah", saw=lambda _feed, seq: seq < 3)
    applied = store.apply([ALTERED], author="bell", saw=saw_nothing)
    assert [one.idx for one, _reason in applied.refused] == [0]
    assert [(one.seq, one.reason) for one in ledger.refused(store)] == [(3, "erased")]


def test_drafts_and_what_waits_lose_the_words(pen: Pen, store: Store) -> None:
    client = pen.client("Quillfeather")
    kept = pen.write("note", {"note": "kept"}, client=client)
    store.keep_draft(Draft("visit", client, b"", "ann", {"place": "x"}, START_MS))
    store.keep_draft(Draft("note", b"", kept, "ann", {"note": "other"}, START_MS))
    pen.write(RETENTION, {"decision": "erase", "records": [link(client)]}, client=client)
    assert [one.record for one in store.drafts()] == [kept]
    raws = b"".join(row[0] for row in store.rows("SELECT raw FROM pending"))
    assert b"Quillfeather" not in raws
    assert [(one.form, one.idx) for _seq, changes in ledger.pending(store) for one in changes] == [
        ("note", 1),
        (RETENTION, 2),
    ]


def test_a_decision_erases_nothing_of_another_audience_and_no_decision(store: Store) -> None:
    store.apply([MADE, WRITTEN], author="bell", saw=saw_all)
    store.apply([decided(NOTE, audience="police")], author="shah", saw=saw_all)
    assert store.record(NOTE) is not None
    other = change(RETENTION, b"o" * 16, {"decision": "keep"}, client=CLIENT, seq=4)
    store.apply([other], author="bell", saw=saw_all)
    again = change(
        RETENTION,
        b"p" * 16,
        {"decision": "erase", "records": [link(b"o" * 16)]},
        client=CLIENT,
        feed=SHAH,
        seq=10,
    )
    store.apply([again], author="shah", saw=saw_all)
    assert store.record(b"o" * 16) is not None


def test_what_was_erased_cannot_be_saved_again(pen: Pen, store: Store) -> None:
    client = pen.client("Quillfeather")
    held = store.record(client)
    pen.write(RETENTION, {"decision": "erase", "records": [link(client)]}, client=client)
    assert held is not None
    edit = Edit("client", client, client, "partners", {"surname": "Again"})
    with pytest.raises(NotAllowed, match="erased"):
        store.save([edit], now_ms=pen.now_ms)
    assert reads.client(store, client) is None


def test_the_file_is_written_afresh_once(pen: Pen, store: Store) -> None:
    assert not repacking.sweep(store)
    client = pen.client("Quillfeather", aliases=["long " * 2_000])
    pen.write(RETENTION, {"decision": "erase", "records": [link(client)]}, client=client)
    assert store.rows("PRAGMA freelist_count") != [(0,)]
    assert repacking.sweep(store)
    assert store.rows("PRAGMA freelist_count") == [(0,)]
    assert not repacking.sweep(store)


def test_where_nothing_was_erased_one_question_is_asked(pen: Pen, store: Store) -> None:
    pen.client("Stays")
    asked: list[str] = []
    store.db.set_trace_callback(asked.append)
    pen.client("Also")
    store.db.set_trace_callback(None)
    assert len([one for one in asked if "erased" in one]) == 1


def test_an_announcement_is_read_as_it_was_written() -> None:
    one = Announced(b"b" * 32, 2, 1, b"h" * 32)
    assert announced(one.line()) == one
    lines: list[Json] = [
        "",
        "x/1/1/y",
        one.line() + "/",
        f"{'00' * 31}/1/1/{'00' * 32}",
        None,
        7,
        ["x"],
    ]
    assert [announced(odd) for odd in lines] == [None] * len(lines)
    assert announced(f"{'00' * 32}/1/0/{'00' * 32}") is None
    assert announced(f"{'00' * 32}/999/1/{'00' * 32}") is None


def test_an_odd_announcement_or_decision_does_no_harm(store: Store) -> None:
    for n, answers in enumerate(({"sections": "x"}, {"sections": ["x", None]}, {})):
        odd: Any = answers
        store.apply([change(REPACKED, bytes([20 + n]) * 16, odd)], author="b", saw=saw_all)
    for n, answers in enumerate(
        ({"decision": "erase", "records": "x"}, {"decision": "erase", "records": [None, "zz"]})
    ):
        odd = answers
        store.apply([change(RETENTION, bytes([40 + n]) * 16, odd)], author="b", saw=saw_all)
    assert store.rows("SELECT * FROM repacked") == []
    assert erasing.among(store.db, [CLIENT]) == {}
