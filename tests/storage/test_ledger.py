# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The ledger of sharing: each thing it remembers comes back as it was, until it is dropped."""

from dataclasses import replace

import pytest

from desktop_app.casework.records import Edit
from storage import ledger
from storage.ledger import Document, Held, Refused, SetAside
from storage.store import Store
from storage.waiting import Limit
from tests.storage.pen import BELL, OWN, SHAH, START_MS, Pen, change, feed, saw_all


class _Stumbled(Exception):
    pass


# Feeds


def test_a_vault_that_joined_nothing_has_no_feed(bare: Store) -> None:
    assert ledger.own_feed(bare) is None
    assert ledger.feeds(bare) == {}


def test_feeds_are_known_by_number_and_ones_own_among_them(store: Store) -> None:
    bell = feed(BELL, head_seq=12, last_at=START_MS)
    ledger.put_feed(store, bell)
    assert ledger.feeds(store) == {OWN: feed(OWN), BELL: bell}
    assert ledger.own_feed(store) == feed(OWN)


def test_a_feed_that_went_on_replaces_what_was_known(store: Store) -> None:
    ledger.put_feed(store, feed(BELL, head_seq=1))
    ledger.put_feed(store, feed(BELL, head_seq=2))
    assert ledger.feeds(store)[BELL].head_seq == 2


def test_a_feed_number_of_seven_full_bytes_is_kept(store: Store) -> None:
    largest = replace(feed(BELL), number=2**56 - 1)
    ledger.put_feed(store, largest)
    assert ledger.feeds(store)[2**56 - 1] == largest


def test_a_save_is_in_the_name_of_whoever_uses_the_feed(pen: Pen) -> None:
    record = pen.write("note", {"note": "hers"})
    ledger.use_feed(pen.store, feed(OWN), author="bell")
    other = pen.write("note", {"note": "his"})
    assert [one.author for one in pen.store.records([record, other])] == ["ann", "bell"]


# What waits to be sealed


def test_what_waits_is_what_was_saved_with_its_place(pen: Pen) -> None:
    edits = [Edit("note", pen.new(), b"", "partners", {"note": str(n)}) for n in range(3)]
    saved = pen.store.save(edits, now_ms=START_MS)
    later = pen.store.save([replace_text(edits[0], "again")], now_ms=START_MS)
    assert ledger.pending(pen.store) == [(1, [*saved.changes, *later.changes])]
    assert ledger.pending_count(pen.store) == 4


def replace_text(edit: Edit, text: str) -> Edit:
    return Edit(edit.form, edit.record, edit.client, edit.audience, {"note": text})


def two_bundles(pen: Pen) -> None:
    """Let five notes wait in two bundles, every other one for the police."""
    pen.store.limit = Limit(3, 1 << 20)
    audiences = ("partners", "police", "partners", "police", "partners")
    edits = [Edit("note", pen.new(), b"", name, {"note": name}) for name in audiences]
    pen.store.save(edits, now_ms=START_MS)


def places(store: Store) -> list[tuple[int, str, int]]:
    return [
        (seq, one.audience, one.idx) for seq, changes in ledger.pending(store) for one in changes
    ]


def test_a_sealed_bundle_waits_no_longer(pen: Pen) -> None:
    two_bundles(pen)
    ledger.drop_pending(pen.store, 1)
    assert places(pen.store) == [(2, "police", 0), (2, "partners", 0)]
    assert ledger.pending_count(pen.store) == 2


def test_of_a_bundle_some_audiences_may_be_sealed_and_the_rest_waits(pen: Pen) -> None:
    two_bundles(pen)
    ledger.drop_pending(pen.store, 2, audiences={"partners"})
    assert places(pen.store) == [(1, "police", 0), (2, "police", 0)]
    ledger.drop_pending(pen.store, 1, audiences={"partners", "police"})
    assert places(pen.store) == [(2, "police", 0)]
    assert ledger.pending_count(pen.store) == 1


def test_numbers_go_on_after_what_still_waits(pen: Pen) -> None:
    two_bundles(pen)
    ledger.drop_pending(pen.store, 1)
    pen.write("note", {"note": "next"}, audience="police")
    assert places(pen.store)[-1] == (2, "police", 1)


def test_what_waits_takes_new_places_in_a_new_feed_without_holes(pen: Pen) -> None:
    two_bundles(pen)
    ledger.drop_pending(pen.store, 1, audiences={"partners"})
    with pen.store.transaction():
        ledger.use_feed(pen.store, feed(SHAH, head_seq=8), author="ann")
        ledger.retag_pending(pen.store, SHAH, 9)
    assert places(pen.store) == [(9, "police", 0), (10, "police", 0), (10, "partners", 0)]
    assert {one.feed for _seq, changes in ledger.pending(pen.store) for one in changes} == {SHAH}
    pen.write("note", {"note": "next"}, audience="police")
    assert places(pen.store)[-1] == (10, "police", 1)


def test_retagging_closes_the_hole_of_what_was_dropped_in_the_middle(pen: Pen) -> None:
    for name in ("one", "two", "three"):
        pen.write("note", {"note": name})
    pen.store.write("DELETE FROM pending WHERE place = 2")
    ledger.retag_pending(pen.store, OWN, 1)
    assert places(pen.store) == [(1, "partners", 0), (1, "partners", 1)]


# The log


def held(seq: int, *, number: int = BELL, unread: str = "", state: int = 1) -> Held:
    return Held(number, seq, bytes([number, seq]) * 16, 3, state, unread, f"raw {seq}".encode())


def test_bundles_are_given_back_whole_in_the_order_they_were_delivered(store: Store) -> None:
    first, second = [held(2), held(1)], [held(1, number=SHAH, unread="police")]
    ledger.add_bundles(store, first)
    ledger.add_bundles(store, second)
    assert ledger.bundles(store) == list(enumerate([*first, *second], start=1))


def test_bundles_are_paged_by_their_row(store: Store) -> None:
    ledger.add_bundles(store, [held(n) for n in range(1, 6)])
    first = ledger.bundles(store, limit=2)
    then = ledger.bundles(store, after_row=first[-1][0], limit=2)
    assert [one.seq for _row, one in first + then] == [1, 2, 3, 4]
    assert ledger.bundles(store, after_row=5) == []


def test_one_bundle_is_found_by_feed_and_number(store: Store) -> None:
    ledger.add_bundles(store, [held(1), held(2)])
    assert ledger.bundle(store, BELL, 2) == held(2)
    assert ledger.bundle(store, BELL, 3) is None
    assert ledger.bundle(store, SHAH, 2) is None


def test_of_bundles_asked_for_those_held_come_once_each_as_delivered(store: Store) -> None:
    ledger.add_bundles(store, [held(2), held(1), held(3)])
    wanted = [(BELL, 1), (BELL, 9), (BELL, 2), (BELL, 1)]
    assert ledger.bundles_of(store, wanted) == [held(2), held(1)]
    assert ledger.bundles_of(store, []) == []


def test_the_bundles_that_touched_a_record_are_found_by_its_trail(pen: Pen) -> None:
    record = pen.new()
    for seq in (1, 2):
        ledger.add_bundles(pen.store, [held(seq)])
        pen.store.apply(
            [change("note", record, {"note": str(seq)}, seq=seq)], author="bell", saw=saw_all
        )
    ledger.add_bundles(pen.store, [held(3)])
    kept = pen.store.record(record)
    assert kept is not None
    assert ledger.raw_of(pen.store, kept.trail) == [held(1), held(2)]


def test_the_log_knows_the_id_of_every_bundle(store: Store) -> None:
    ledger.add_bundles(store, [held(1), held(1, number=SHAH)])
    assert ledger.bundle_ids(store) == {
        (BELL, 1): held(1).id,
        (SHAH, 1): held(1, number=SHAH).id,
    }


def test_a_bundle_may_become_readable_later(store: Store) -> None:
    ledger.add_bundles(store, [held(1, unread="health police"), held(2, unread="police"), held(3)])
    assert ledger.unread_audiences(store) == {"health", "police"}
    ledger.set_state(store, BELL, 1, state=2, unread="")
    assert ledger.bundle(store, BELL, 1) == replace(held(1), state=2)
    assert ledger.unread_audiences(store) == {"police"}


def test_bundles_taken_out_of_the_log_are_handed_back_and_gone(store: Store) -> None:
    ledger.add_bundles(store, [held(1), held(3), held(2), held(3, number=SHAH)])
    assert ledger.drop_bundles(store, BELL, after_seq=1) == [held(3), held(2)]
    assert list(ledger.bundle_ids(store)) == [(BELL, 1), (SHAH, 3)]
    assert store.rows("SELECT count(*) FROM bundle_raw") == [(2,)]
    assert ledger.drop_bundles(store, BELL, after_seq=1) == []


def test_a_number_of_a_feed_is_given_once(store: Store) -> None:
    ledger.add_bundles(store, [held(1)])
    with pytest.raises(Exception, match="casebook"):
        ledger.add_bundles(store, [held(2), held(1)])
    assert list(ledger.bundle_ids(store)) == [(BELL, 1)]


# Who has seen what


def test_what_a_feed_told_of_others_is_kept_and_replaced_by_what_it_tells_later(
    store: Store,
) -> None:
    ledger.add_seen(store, [(BELL, OWN, 3, b"a" * 32), (BELL, SHAH, 9, b"b" * 32)])
    ledger.add_seen(store, [(BELL, OWN, 4, b"c" * 32), (SHAH, OWN, 2, b"d" * 32)])
    assert ledger.seen(store, BELL) == {OWN: (4, b"c" * 32), SHAH: (9, b"b" * 32)}
    assert ledger.seen_of(store, OWN) == {BELL: 4, SHAH: 2}
    assert ledger.seen(store, OWN) == {}


def test_what_feeds_told_is_forgotten_at_once(store: Store) -> None:
    ledger.add_seen(store, [(BELL, OWN, 3, b"a" * 32)])
    ledger.forget_seen(store)
    assert ledger.seen(store, BELL) == {}


# What is to be sent, and what could not be taken in


def test_files_to_be_sent_keep_their_order_when_one_is_written_anew(store: Store) -> None:
    for path, raw in (("b", b"1"), ("a", b"2"), ("b", b"3")):
        ledger.put_outbox(store, path, raw)
    assert ledger.outbox(store) == [("b", b"3"), ("a", b"2")]
    ledger.drop_outbox(store, "b")
    assert ledger.outbox(store) == [("a", b"2")]


def test_a_file_set_aside_is_kept_with_the_reason_until_it_is_settled(store: Store) -> None:
    early = SetAside("x/2", b"raw", "torn", "at the end", 10, 20, 1)
    late = SetAside("x/1", b"", "unknown", "", 30, 30, 1)
    ledger.put_set_aside(store, late)
    ledger.put_set_aside(store, early)
    ledger.put_set_aside(store, replace(early, tries=2, last_ms=40))
    assert ledger.set_aside(store) == [replace(early, tries=2, last_ms=40), late]
    ledger.drop_set_aside(store, "x/2")
    assert ledger.set_aside(store) == [late]


def test_a_change_refused_twice_is_kept_once(store: Store) -> None:
    one = Refused(b"r" * 16, BELL, 2, 0, "role")
    earlier = Refused(b"r" * 16, BELL, 1, 5, "role")
    ledger.add_refused(store, [one])
    ledger.add_refused(store, [one, earlier])
    assert ledger.refused(store) == [earlier, one]


# Documents and keys


def test_documents_come_by_number_and_the_newest_is_the_highest(store: Store) -> None:
    second = Document("roster", 2, b"b" * 32, b"two")
    first = Document("roster", 1, b"a" * 32, b"one")
    police = Document("audience:police", 7, b"c" * 32, b"three")
    for one in (second, first, police):
        ledger.put_document(store, one)
    assert ledger.documents(store, "roster") == [first, second]
    assert ledger.newest(store, "roster") == second
    assert ledger.newest(store, "audience:police") == police
    assert ledger.newest(store, "audience:health") is None


def test_two_documents_of_one_number_are_both_kept(store: Store) -> None:
    rivals = [Document("roster", 2, id_ * 32, id_) for id_ in (b"a", b"b")]
    for one in reversed(rivals):
        ledger.put_document(store, one)
    assert ledger.documents(store, "roster") == rivals


def test_keys_are_kept_by_name_and_found_by_its_beginning(store: Store) -> None:
    for name in ("audience:police:1", "audience:police:2", "audience:health:1", "device"):
        ledger.put_key(store, name, name.encode())
    assert ledger.key(store, "device") == b"device"
    assert list(ledger.keys(store, "audience:police:")) == [
        "audience:police:1",
        "audience:police:2",
    ]
    assert ledger.keys(store, "%") == {}
    ledger.put_key(store, "device", b"other")
    assert ledger.key(store, "device") == b"other"
    ledger.drop_key(store, "device")
    assert ledger.key(store, "device") is None


# Together or not at all


def test_what_the_ledger_remembers_falls_with_the_transaction(pen: Pen) -> None:
    def fail() -> None:
        with pen.store.transaction():
            ledger.add_bundles(pen.store, [held(1)])
            ledger.put_feed(pen.store, feed(BELL, head_seq=1))
            ledger.put_outbox(pen.store, "a", b"1")
            ledger.put_key(pen.store, "device", b"1")
            ledger.add_seen(pen.store, [(BELL, OWN, 1, b"a" * 32)])
            raise _Stumbled

    with pytest.raises(_Stumbled):
        fail()
    assert ledger.bundle_ids(pen.store) == {}
    assert list(ledger.feeds(pen.store)) == [OWN]
    assert ledger.outbox(pen.store) == []
    assert ledger.key(pen.store, "device") is None
    assert ledger.seen(pen.store, BELL) == {}
