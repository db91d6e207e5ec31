# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The store: saving, merging, going back; every rule of storage/store.py and merging.py."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.errors import NotAllowed, RecordSealed
from desktop_app.casework.records import Edit, Json
from storage import ledger, reads
from storage.errors import LaptopFull, NotJoined, VaultError
from storage.store import Draft, Store
from storage.waiting import Limit
from tests.storage.pen import OWN, START_MS, Pen, as_after_a_power_cut, feed


def note(pen: Pen, text: Any, *, audience: str = "partners", record: bytes = b"") -> Edit:
    return Edit("note", record or pen.new(), b"", audience, {"note": text})


# Places in history


def test_numbers_count_for_each_audience_by_itself(pen: Pen) -> None:
    edits = [
        note(pen, "one"),
        note(pen, "two", audience="police"),
        note(pen, "three"),
        note(pen, "four", audience="police"),
    ]
    saved = pen.store.save(edits, now_ms=START_MS)
    assert [one.dot for one in saved.changes] == [
        (OWN, 1, 0),
        (OWN, 1, 0),
        (OWN, 1, 1),
        (OWN, 1, 1),
    ]


def test_numbers_go_on_in_the_next_save_and_after_reopening(
    pen: Pen, place: Path, secret: bytes
) -> None:
    pen.store.save([note(pen, "one")], now_ms=START_MS)
    pen.store.close()
    again = Store.open(place, bytearray(secret))
    saved = again.save([note(pen, "two")], now_ms=START_MS)
    assert saved.changes[0].dot == (OWN, 1, 1)
    again.close()


def test_a_save_tells_which_records_and_clients_it_touched(pen: Pen) -> None:
    client = pen.client("Croft")
    edit = Edit("note", pen.new(), client, "partners", {"note": "rang"})
    assert pen.store.save([edit], now_ms=pen.now_ms).touched == {edit.record, client}


def test_a_bundle_with_enough_changes_is_closed_within_one_save(pen: Pen) -> None:
    pen.store.limit = Limit(changes=2, size=1 << 20)
    saved = pen.store.save([note(pen, str(n)) for n in range(5)], now_ms=START_MS)
    assert [(one.seq, one.idx) for one in saved.changes] == [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0)]
    assert [seq for seq, _changes in ledger.pending(pen.store)] == [1, 2, 3]


def test_a_bundle_is_closed_before_it_grows_too_large(pen: Pen) -> None:
    pen.store.limit = Limit(changes=100, size=300)
    saved = pen.store.save([note(pen, "x" * 200) for _n in range(3)], now_ms=START_MS)
    assert [one.seq for one in saved.changes] == [1, 2, 3]


def test_one_change_larger_than_a_bundle_still_gets_a_place(pen: Pen) -> None:
    pen.store.limit = Limit(changes=100, size=10)
    saved = pen.store.save([note(pen, "x" * 200)], now_ms=START_MS)
    assert [one.seq for one in saved.changes] == [1]


def test_once_a_bundle_is_sealed_the_next_change_opens_the_one_after(pen: Pen) -> None:
    pen.write("note", {"note": "one"})
    with pen.store.transaction():
        ledger.put_feed(pen.store, feed(OWN, head_seq=1))
        ledger.drop_pending(pen.store, 1)
    assert pen.store.save([note(pen, "two")], now_ms=pen.now_ms).changes[0].dot == (OWN, 2, 0)


def test_nothing_is_saved_before_the_laptop_has_joined(bare: Store) -> None:
    pen = Pen(bare)
    edit = note(pen, "too early")
    with pytest.raises(NotJoined):
        bare.save([edit], now_ms=START_MS)
    assert bare.record(edit.record) is None


# The clock


def test_the_clock_never_runs_backwards(pen: Pen) -> None:
    times = [START_MS, START_MS - 86_400_000, START_MS + 5, START_MS + 5, 0]
    stamps = [
        pen.store.save([note(pen, str(n))], now_ms=at).changes[0].at for n, at in enumerate(times)
    ]
    assert stamps == [START_MS, START_MS + 1, START_MS + 5, START_MS + 6, START_MS + 7]


def test_the_clock_goes_on_after_reopening(pen: Pen, place: Path, secret: bytes) -> None:
    pen.store.save([note(pen, "one")], now_ms=START_MS)
    pen.store.close()
    again = Store.open(place, bytearray(secret))
    assert again.save([note(pen, "two")], now_ms=5).changes[0].at == START_MS + 1
    again.close()


@pytest.mark.parametrize(("ahead_ms", "follows"), [(300_000, True), (300_001, False)])
def test_the_clock_follows_a_colleagues_unless_it_is_far_ahead(
    pen: Pen, *, ahead_ms: int, follows: bool
) -> None:
    ledger.heard(pen.store, START_MS + ahead_ms, now_ms=START_MS)
    at = pen.store.save([note(pen, "one")], now_ms=START_MS).changes[0].at
    assert at == (START_MS + ahead_ms + 1 if follows else START_MS)


def test_an_older_time_heard_does_not_turn_the_clock_back(pen: Pen) -> None:
    pen.store.save([note(pen, "one")], now_ms=START_MS)
    ledger.heard(pen.store, START_MS - 50_000, now_ms=START_MS)
    assert pen.store.save([note(pen, "two")], now_ms=0).changes[0].at == START_MS + 1


# All or nothing


class Stumbled(Exception):
    """Something of ours went wrong in the middle."""


def put_and_stumble(store: Store, name: str) -> None:
    with store.transaction():
        store.put(name, 1)
        raise Stumbled


def test_a_save_of_which_one_edit_is_refused_leaves_nothing_behind(pen: Pen) -> None:
    account = pen.write("account", {"note": "saw them"})
    pen.leave()
    fine = note(pen, "fine")
    bad = Edit("account", account, b"", "partners", {"note": "no"})
    with pytest.raises(RecordSealed):
        pen.store.save([fine, bad], now_ms=pen.now_ms)
    assert pen.store.record(fine.record) is None
    assert ledger.pending(pen.store) == []
    assert ledger.refused(pen.store) == []


def test_a_transaction_that_fails_takes_everything_back(pen: Pen) -> None:
    edit = note(pen, "gone")

    def fail() -> None:
        with pen.store.transaction():
            pen.store.save([edit], now_ms=START_MS)
            pen.store.put("seen", 1)
            pen.store.keep_draft(Draft("note", b"", b"", "ann", {}, 1))
            raise Stumbled

    with pytest.raises(Stumbled):
        fail()
    assert pen.store.record(edit.record) is None
    assert pen.store.get("seen") is None
    assert pen.store.drafts() == []
    assert ledger.pending_count(pen.store) == 0


def test_a_transaction_inside_another_takes_back_only_its_own_part(store: Store) -> None:
    with store.transaction():
        store.put("outer", 1)
        with pytest.raises(Stumbled):
            put_and_stumble(store, "inner")
        store.put("after", 1)
    assert (store.get("outer"), store.get("inner"), store.get("after")) == (1, None, 1)


def test_an_inner_transaction_falls_with_the_outer_one(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            with store.transaction():
                store.put("inner", 1)
            raise Stumbled

    with pytest.raises(Stumbled):
        fail()
    assert store.get("inner") is None


def test_what_is_saved_is_on_the_disk_at_once(
    pen: Pen, place: Path, secret: bytes, tmp_path: Path
) -> None:
    record = pen.write("note", {"note": "kept"})
    copy = as_after_a_power_cut(place, tmp_path / "copy", secret)
    held = copy.record(record)
    assert held is not None
    assert held.answers == {"note": "kept"}
    copy.close()


def test_an_order_the_file_does_not_know_is_told_in_plain_words(store: Store) -> None:
    with pytest.raises(VaultError) as caught:
        store.rows("SELECT nothing FROM nowhere_of_ours WHERE name = 'Croft'")
    assert "nowhere" not in str(caught.value)
    assert caught.value.__cause__ is None


# A full disk


def fill(store: Store) -> None:
    """Let the file grow no further, as on a full disk."""
    (pages,) = store.rows("PRAGMA page_count")[0]
    store.rows(f"PRAGMA max_page_count = {pages}")


def make_room(store: Store) -> None:
    store.rows("PRAGMA max_page_count = 1000000")


def test_a_full_disk_leaves_everything_as_it_was_and_says_so(pen: Pen) -> None:
    before = pen.write("note", {"note": "before"})
    fill(pen.store)
    much = [note(pen, "x" * 60_000) for _time in range(9)]
    with pytest.raises(LaptopFull, match="full"):
        pen.store.save(much, now_ms=pen.now_ms)
    assert all(pen.store.record(one.record) is None for one in much)
    assert pen.answers(before) == {"note": "before"}
    make_room(pen.store)
    assert pen.store.save(much, now_ms=pen.now_ms).changes[0].dot == (OWN, 1, 1)


@pytest.mark.parametrize(
    "value",
    [float("nan"), b"bytes", 2**60, "x" * 65_537, [[[[[1]]]]], "\udc80"],
    ids=["nan", "bytes", "huge number", "long text", "deep", "half a letter"],
)
def test_an_answer_no_colleague_could_read_is_not_saved(pen: Pen, value: Any) -> None:
    before = pen.write("note", {"note": "before"})
    with pytest.raises(NotAllowed, match="nothing was saved"):
        pen.store.save([note(pen, "good"), note(pen, value)], now_ms=pen.now_ms)
    assert [one.id for one in reads.records(pen.store, form="note")] == [before]
    assert ledger.pending_count(pen.store) == 1


def test_nothing_is_written_as_if_it_stood_after_the_disk_was_full(store: Store) -> None:
    def go_on_regardless() -> None:
        with store.transaction():
            with pytest.raises(LaptopFull):
                store.put("large", "x" * 500_000)
            store.put("small", 1)

    fill(store)
    with pytest.raises(LaptopFull):
        go_on_regardless()
    make_room(store)
    assert store.get("small") is None
    assert not store.db.in_transaction


def test_a_full_disk_swallowed_inside_is_told_at_the_end(store: Store) -> None:
    fill(store)
    with (
        pytest.raises(LaptopFull),
        store.transaction(),
        pytest.raises(LaptopFull),
        store.transaction(),
    ):
        store.put("large", "x" * 500_000)
    make_room(store)
    store.put("later", 2)
    assert store.get("later") == 2


# Taking in much


def test_what_was_taken_in_is_on_the_disk_before_the_next_begins(
    store: Store, place: Path, secret: bytes, tmp_path: Path
) -> None:
    with store.importing():
        with store.transaction():
            store.put("first", 1)
        copy = as_after_a_power_cut(place, tmp_path / "copy", secret)
        assert copy.get("first") == 1
        copy.close()


def test_a_part_of_an_import_that_fails_takes_back_only_itself(store: Store) -> None:
    with store.importing():
        with store.transaction():
            store.put("first", 1)
        with pytest.raises(Stumbled):
            put_and_stumble(store, "second")
    assert (store.get("first"), store.get("second")) == (1, None)


def test_a_full_disk_in_an_import_takes_back_its_transaction_and_the_next_stands(
    store: Store,
) -> None:
    with store.importing():
        with store.transaction():
            store.put("first", 1)
        fill(store)
        with pytest.raises(LaptopFull), store.transaction():
            store.put("large", "x" * 5_000_000)
        make_room(store)
        with store.transaction():
            store.put("third", 1)
    assert (store.get("first"), store.get("large"), store.get("third")) == (1, None, 1)


def test_an_import_leaves_the_room_as_it_was(store: Store) -> None:
    before = store.rows("PRAGMA cache_size"), store.rows("PRAGMA wal_autocheckpoint")
    with store.importing(), store.importing():
        assert store.rows("PRAGMA cache_size") != before[0]
    assert (store.rows("PRAGMA cache_size"), store.rows("PRAGMA wal_autocheckpoint")) == before


def test_after_an_import_the_write_ahead_file_is_empty(store: Store, place: Path) -> None:
    with store.importing(), store.transaction():
        store.put("import", "x" * 100_000)
    assert (place / "vault.db-wal").stat().st_size == 0


# What belongs to this vault alone


def draft(text: str, *, at_ms: int, client: bytes = b"") -> Draft:
    return Draft("note", client, b"", "ann", {"note": text}, at_ms)


def test_a_draft_is_given_back_as_it_was_typed(store: Store) -> None:
    kept = Draft("visit", b"c" * 16, b"r" * 16, "ann", {"at": "14 ma", "n": [1, None]}, 7)
    store.keep_draft(kept)
    assert store.drafts() == [kept]


def test_a_draft_typed_on_replaces_the_one_before(store: Store) -> None:
    store.keep_draft(draft("a", at_ms=1))
    store.keep_draft(draft("ab", at_ms=2))
    assert store.drafts() == [draft("ab", at_ms=2)]


def test_drafts_come_latest_first_and_one_dropped_leaves_the_others(store: Store) -> None:
    first, second = draft("a", at_ms=1), draft("b", at_ms=2, client=b"c" * 16)
    store.keep_draft(first)
    store.keep_draft(second)
    assert store.drafts() == [second, first]
    store.drop_draft("note", b"c" * 16, b"", "ann")
    assert store.drafts() == [first]


def test_a_draft_outlives_closing(store: Store, place: Path, secret: bytes) -> None:
    store.keep_draft(draft("half a sent", at_ms=1))
    store.close()
    again = Store.open(place, bytearray(secret))
    assert again.drafts() == [draft("half a sent", at_ms=1)]
    again.close()


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=8,
    )
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_setting_of_the_vault_is_given_back_as_it_was(store: Store, value: Json) -> None:
    store.put("setting", value)
    assert store.get("setting") == value


def test_a_setting_never_made_is_nothing(store: Store) -> None:
    assert store.get("never") is None
