# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Merging: sealed accounts, edits made apart; every rule of storage/merging.py."""

from itertools import permutations

import pytest

from desktop_app.casework.errors import NotAllowed, RecordSealed
from desktop_app.casework.records import (
    SEALED,
    WITHDRAWN,
    Answers,
    Change,
    Edit,
    trail_entries,
)
from storage import ledger, reads
from storage.merging import Refusal
from storage.rows import happened
from tests.storage.pen import (
    BELL,
    SHAH,
    START_MS,
    Pen,
    change,
    saw_all,
    saw_nothing,
)


def note(pen: Pen, text: str, *, audience: str = "partners", record: bytes = b"") -> Edit:
    return Edit("note", record or pen.new(), b"", audience, {"note": text})


# Sealed accounts


def test_an_account_can_be_altered_until_it_has_left(pen: Pen) -> None:
    account = pen.write("account", {"note": "saw them"})
    pen.alter(account, {"note": "saw both"})
    assert pen.answers(account) == {"note": "saw both"}


def test_an_account_that_has_left_refuses_a_save_and_stays_as_it_was(pen: Pen) -> None:
    account = pen.write("account", {"note": "saw them"})
    pen.leave()
    with pytest.raises(RecordSealed, match="correction"):
        pen.alter(account, {"note": "saw nobody"})
    assert pen.answers(account) == {"note": "saw them"}
    assert ledger.pending_count(pen.store) == 0


def test_an_account_sealed_by_hand_refuses_a_save_before_it_has_left(pen: Pen) -> None:
    account = pen.write("account", {"note": "saw them", SEALED: True})
    with pytest.raises(RecordSealed):
        pen.alter(account, {"note": "saw nobody"})


def test_a_sealed_account_refuses_a_colleagues_change_and_says_why(pen: Pen) -> None:
    account = pen.write("account", {"note": "saw them"})
    late = change("account", account, {"note": "altered"}, seq=4, idx=2)
    applied = pen.store.apply([late], author="bell", saw=saw_all)
    assert applied.refused == [(late, Refusal.SEALED)]
    assert applied.touched == frozenset()
    assert pen.answers(account) == {"note": "saw them"}
    assert ledger.refused(pen.store) == [ledger.Refused(account, BELL, 4, 2, "sealed")]


def test_one_refused_change_does_not_stop_the_bundle(pen: Pen) -> None:
    account = pen.write("account", {"note": "saw them"})
    other = pen.new()
    bundle = [
        change("account", account, {"note": "altered"}, idx=0),
        change("note", other, {"note": "new"}, idx=1),
    ]
    applied = pen.store.apply(bundle, author="bell", saw=saw_all)
    assert applied.touched == {other}
    assert pen.answers(other) == {"note": "new"}


def test_all_of_an_account_that_came_in_one_bundle_is_taken_in(pen: Pen) -> None:
    account = pen.new()
    bundle = [
        change("account", account, {"note": "first"}, idx=0),
        change("account", account, {"note": "second"}, idx=1),
    ]
    assert pen.store.apply(bundle, author="bell", saw=saw_all).refused == []
    assert pen.answers(account) == {"note": "second"}


@pytest.mark.parametrize(
    ("form", "client", "audience", "reason"),
    [
        ("alert", b"", "partners", Refusal.OTHER_FORM),
        ("note", b"c" * 16, "partners", Refusal.OTHER_CLIENT),
        ("note", b"", "police", Refusal.OTHER_AUDIENCE),
    ],
)
def test_a_record_keeps_the_form_client_and_audience_it_was_made_with(
    pen: Pen, form: str, client: bytes, audience: str, reason: Refusal
) -> None:
    record = pen.write("note", {"note": "as it was"})
    odd = change(form, record, {"note": "moved"}, client=client, audience=audience)
    applied = pen.store.apply([odd], author="bell", saw=saw_all)
    assert [why for _change, why in applied.refused] == [reason]
    with pytest.raises(NotAllowed, match=reason.words):
        pen.store.save([Edit(form, record, client, audience, {"note": "moved"})], now_ms=START_MS)
    assert pen.answers(record) == {"note": "as it was"}


# Merging


def test_a_form_of_a_newer_tandem_is_kept(pen: Pen) -> None:
    record = pen.new()
    told: Answers = {"colour": ["blue", {"deep": True}], "n": 1.5}
    applied = pen.store.apply([change("mural", record, told)], author="bell", saw=saw_all)
    assert applied.touched == {record}
    held = pen.store.record(record)
    assert held is not None
    assert (held.form, held.answers, held.author) == ("mural", told, "bell")


def test_answers_to_questions_this_tandem_does_not_ask_are_kept(pen: Pen) -> None:
    record = pen.write("note", {"note": "one", "mood": "calm"})
    pen.alter(record, {"note": "two"})
    assert pen.answers(record) == {"note": "two", "mood": "calm"}


def rival_changes(record: bytes) -> list[Change]:
    """Return edits of three laptops that had not heard of each other."""
    return [
        change("note", record, {"note": "bell", "headline": "b"}, feed=BELL, at=START_MS + 1),
        change("note", record, {"note": "shah"}, feed=SHAH, at=START_MS + 2),
        change("note", record, {"headline": "g"}, feed=3, at=START_MS + 3),
        change("note", record, {"note": "lee"}, feed=4, at=START_MS + 2),
    ]


def test_edits_made_apart_end_the_same_in_whatever_order_they_come(pen: Pen) -> None:
    record = pen.new()
    made = change("note", record, {"note": "made"}, feed=BELL, seq=0, at=START_MS)
    ends = []
    for order in permutations(rival_changes(record)):
        pen.store.forget_records(None)
        for one in (made, *order):
            pen.store.apply([one], author="any", saw=lambda feed, seq: (feed, seq) == (BELL, 0))
        held = pen.store.record(record)
        assert held is not None
        live = sorted((one.stamp, sorted(one.answers.items())) for one in held.live)
        seen = sorted(trail_entries(held.trail))
        ends.append((live, held.answers, sorted(held.conflicts), seen, happened(held)))
    assert all(end == ends[0] for end in ends)
    assert ends[0][1] == {"note": "shah", "headline": "g"}
    assert ends[0][2] == ["headline", "note"]


def test_a_batch_leaves_what_its_bundles_leave_one_by_one(pen: Pen) -> None:
    records = [pen.new() for _n in range(3)]
    bundles = [
        (
            [
                change("note", one, {"note": f"{feed} {n}"}, feed=feed, seq=seq, idx=n)
                for n, one in enumerate(records)
            ],
            f"person {feed}",
            saw_nothing,
        )
        for seq in (1, 2)
        for feed in (BELL, SHAH)
    ]
    pen.store.apply_many(bundles)
    together = pen.store.records(records)
    pen.store.forget_records(None)
    for changes, author, saw in bundles:
        pen.store.apply(changes, author=author, saw=saw)
    assert pen.store.records(records) == together
    assert all(one.conflicts for one in together)


def test_more_records_than_are_fetched_at_once_are_all_altered(pen: Pen) -> None:
    ids = [pen.new() for _n in range(1_100)]
    made = [change("note", one, {"note": "one"}, seq=1, idx=n) for n, one in enumerate(ids)]
    pen.store.apply(made, author="bell", saw=saw_all)
    later = [change("note", one, {"note": "two"}, seq=2, idx=n) for n, one in enumerate(ids)]
    assert len(pen.store.apply(later, author="bell", saw=saw_all).touched) == 1_100
    assert {str(one.answers["note"]) for one in pen.store.records(ids)} == {"two"}


def test_an_edit_here_replaces_all_that_this_laptop_holds(pen: Pen) -> None:
    record = pen.write("note", {"note": "one"})
    rival = change("note", record, {"note": "rival"}, at=START_MS + 1)
    pen.store.apply([rival], author="bell", saw=saw_nothing)
    assert [one.id for one in reads.conflicts(pen.store)] == [record]
    pen.alter(record, {"note": "decided"})
    assert reads.conflicts(pen.store) == []
    assert pen.answers(record) == {"note": "decided"}


def test_records_come_in_the_order_asked_for_without_those_not_held(pen: Pen) -> None:
    one, two = pen.write("note", {"note": "1"}), pen.write("note", {"note": "2"})
    assert [held.id for held in pen.store.records([two, b"?" * 16, one])] == [two, one]
    assert pen.store.record(b"?" * 16) is None


def test_a_withdrawn_record_is_kept_with_its_reason_and_can_be_restored(pen: Pen) -> None:
    record = pen.write("note", {"note": "wrong person"})
    pen.alter(record, {WITHDRAWN: "about somebody else"})
    held = pen.store.record(record)
    assert held is not None
    assert held.withdrawn == "about somebody else"
    assert reads.records(pen.store, form="note") == []
    pen.alter(record, {WITHDRAWN: None})
    assert [one.id for one in reads.records(pen.store, form="note")] == [record]


def test_forgetting_an_audience_leaves_the_others_and_what_waits(pen: Pen) -> None:
    shared = pen.write("note", {"note": "for all"})
    police = pen.write("police_contact", {"note": "for police"}, audience="police")
    pen.store.forget_records(["police"])
    assert pen.store.record(police) is None
    assert pen.store.record(shared) is not None
    assert ledger.pending_count(pen.store) == 2


def test_forgetting_all_takes_the_clients_out_of_the_search_too(pen: Pen) -> None:
    pen.client("Croft", "Leanne")
    pen.store.forget_records(None)
    assert reads.search(pen.store, "croft") == []
    assert reads.caseload(pen.store) == []


# Dates records are sorted by


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ({"happened_at": "2026-03-14T10:00"}, "2026-03-14T10:00"),
        ({"happened_at": "soon"}, "2026-05-28T20:27"),
        ({"happened_at": 14}, "2026-05-28T20:27"),
        ({"note": "no date"}, "2026-05-28T20:27"),
    ],
)
def test_a_record_is_sorted_by_its_own_day_else_by_when_it_was_made(
    pen: Pen, told: Answers, day: str
) -> None:
    record = pen.write("note", told)
    assert [one.id for one in reads.records(pen.store, since=day, until=day)] == [record]


def test_of_two_days_told_apart_the_later_word_is_what_a_record_is_sorted_by(pen: Pen) -> None:
    record = pen.write("note", {"happened_at": "2026-03-14T10:00"})
    rivals = [
        change("note", record, {"happened_at": "2026-04-01T09:00"}, at=START_MS * 2),
        change("note", record, {"headline": "x"}, at=START_MS * 2, feed=SHAH),
    ]
    pen.store.apply(rivals, author="bell", saw=saw_nothing)
    assert [one.id for one in reads.records(pen.store, since="2026-04-01")] == [record]
