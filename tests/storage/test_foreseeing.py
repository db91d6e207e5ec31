# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is foreseen of some changes is what taking them in then does."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.records import Change, link
from desktop_app.casework.retention import RETENTION
from storage.foreseeing import foresee
from storage.merging import Bundle
from storage.store import Store
from tests.storage.pen import BELL, SHAH, Pen, change, saw_all, saw_nothing


def told(store: Store, batch: list[Bundle]) -> tuple[dict[bytes, object], int]:
    """Return the records as they are foreseen, and how many changes would be refused."""
    found = [one for some in foresee(store, batch) for one in some]
    return {one.now.id: one.now for one in found if one.now}, sum(one.refused for one in found)


def test_what_is_foreseen_is_what_comes(pen: Pen) -> None:
    account = pen.write("account", {"note": "saw them"})
    record, fresh = pen.write("note", {"note": "as it was"}), pen.new()
    batch: list[Bundle] = [
        (
            [
                change("account", account, {"note": "altered"}, idx=0),
                change("note", record, {"note": "moved"}, client=b"c" * 16, idx=1),
                change("note", record, {"headline": "Calm"}, idx=2),
                change("note", fresh, {"note": "new"}, idx=3),
            ],
            "bell",
            saw_all,
        ),
        ([change("note", record, {"note": "rival"}, feed=SHAH)], "shah", saw_nothing),
    ]
    records, refused = told(pen.store, batch)
    applied = pen.store.apply_many(batch)
    assert refused == sum(len(one.refused) for one in applied) == 2
    assert records == {id_: pen.store.record(id_) for id_ in (record, fresh)}


def test_what_was_erased_is_foreseen_as_refused(pen: Pen) -> None:
    gone = pen.write("note", {"note": "words"})
    pen.write(RETENTION, {"decision": "erase", "records": [link(gone)]})
    batch: list[Bundle] = [([change("note", gone, {"note": "again"}, seq=9)], "bell", saw_all)]
    assert told(pen.store, batch) == ({}, 1)
    (applied,) = pen.store.apply_many(batch)
    assert len(applied.refused) == 1


fields = st.dictionaries(st.sampled_from(["note", "headline", "mood"]), st.text(max_size=3))
forms = st.sampled_from(["note", "account", "alert"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 3), forms, st.sampled_from([BELL, SHAH]), fields), max_size=8)
)
def test_whatever_comes_it_is_foreseen(
    store: Store, some: list[tuple[int, str, int, dict[str, object]]]
) -> None:
    seqs = {BELL: 0, SHAH: 0}
    changes: list[Change] = []
    for record, form, feed, answers in some:
        seqs[feed] += 1
        changes.append(
            change(form, bytes([record]) * 16, dict(answers), feed=feed, seq=seqs[feed])  # type: ignore[arg-type]
        )
    batch: list[Bundle] = [([one], "somebody", saw_nothing) for one in changes]
    with store.transaction():
        store.forget_records(None)
    records, refused = told(store, batch)
    applied = store.apply_many(batch)
    assert refused == sum(len(one.refused) for one in applied)
    held = {id_: store.record(id_) for (id_,) in store.rows("SELECT id FROM record")}
    assert records == held
