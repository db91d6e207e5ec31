# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Further addresses and telephones: a client is found by them, and compared by them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.duplicates import LIKELY
from desktop_app.casework.records import WITHDRAWN, Answers, Change, Json, link
from desktop_app.casework.retention import RETENTION
from desktop_app.casework.same_person import findings
from storage import everybody, finding, reads
from storage.derived import derived
from storage.repair import _make_anew
from storage.rows import record_of
from storage.store import Store
from tests.storage.pen import Pen, change, saw_all

HOUSE: Answers = {"address_1": "4 Mill Lane", "postcode": "WN5 0AB", "from_on": "2026-01-01"}
PHONE: Answers = {"phone": "07700 900 456", "from_on": "2026-01-01"}


@pytest.fixture
def marsh(pen: Pen) -> bytes:
    return pen.client("Marsh", "Daniel", phone="07700 900 123", postcode="LS1 1AA")


def found(store: Store, typed: str) -> list[tuple[str, str]]:
    return [(hit.client.text("surname"), hit.why) for hit in reads.search(store, typed)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("07700 900 456", "07700 900 456"),
        ("07700900456", "07700 900 456"),
        ("wn5 0ab", "WN5 0AB"),
        ("wn50", "WN5 0AB"),
        ("marsh wn5", "WN5 0AB"),
        ("07700 900 123", "07700 900 123"),
        ("ls1", "LS1 1AA"),
    ],
)
def test_a_client_is_found_by_every_telephone_and_postcode_and_it_is_said_by_which(
    pen: Pen, marsh: bytes, typed: str, why: str
) -> None:
    pen.write("reach", HOUSE, client=marsh)
    pen.write("reach", PHONE | {"until_on": "2026-02-01"}, client=marsh)
    assert found(pen.store, typed) == [("Marsh", why)]


def test_one_that_is_altered_withdrawn_or_restored_is_followed(pen: Pen, marsh: bytes) -> None:
    reach = pen.write("reach", PHONE, client=marsh)
    pen.alter(reach, {"phone": "07700 900 789"})
    assert found(pen.store, "07700 900 456") == []
    assert found(pen.store, "07700 900 789") == [("Marsh", "07700 900 789")]
    pen.alter(reach, {WITHDRAWN: "Somebody else's"})
    assert found(pen.store, "07700 900 789") == []
    pen.alter(reach, {WITHDRAWN: None})
    pen.alter(marsh, {"surname": "Croft"})
    assert found(pen.store, "07700 900 789") == [("Croft", "07700 900 789")]
    pen.alter(marsh, {WITHDRAWN: "Made twice"})
    assert found(pen.store, "07700 900 789") == []
    pen.alter(marsh, {WITHDRAWN: None})
    assert found(pen.store, "07700 900 789") == [("Croft", "07700 900 789")]


def test_one_that_is_erased_is_gone_from_the_index_in_the_same_moment(
    pen: Pen, marsh: bytes
) -> None:
    store = pen.store
    reach = pen.write("reach", PHONE, client=marsh)
    order = change(RETENTION, pen.new(), {"decision": "erase", "records": [link(reach)]})
    with store.transaction():
        store.apply([order], author="bell", saw=saw_all)
        said = store.rows("SELECT said FROM words")
        assert said
        assert all("07700900456" not in row for (row,) in said)
    assert found(store, "07700 900 456") == []


def test_files_read_as_one_are_found_by_what_either_says(pen: Pen, marsh: bytes) -> None:
    other = pen.client("Mahrsh", "Danny")
    told: Answers = {"finding": "same", "other": link(other), "by": "ann", "reason": "Told us"}
    pen.write("same_person", told, client=marsh)
    assert findings(reads.records(pen.store, form="same_person"))
    pen.write("reach", PHONE, client=other)
    (hit,) = reads.search(pen.store, "07700 900 456")
    assert (hit.client.id, hit.why) == (marsh, "07700 900 456")


@pytest.mark.parametrize(
    ("known", "typed", "why"),
    [
        (PHONE, {"phone": "+44 7700 900456"}, "same first name, same phone"),
        (HOUSE, {**HOUSE, "surname": "Marsh"}, "same name, same address"),
        (PHONE | HOUSE, {"postcode": "wn50ab", "surname": "Marsh"}, "same name, same postcode"),
    ],
)
def test_a_newcomer_is_compared_with_every_telephone_and_home(
    pen: Pen, marsh: bytes, known: Answers, typed: Answers, why: str
) -> None:
    pen.write("reach", known, client=marsh)
    (hit,) = reads.likely(pen.store, {"forename": "Daniel", **typed}, limit=5)
    assert (hit.client.id, hit.why) == (marsh, why)


def test_of_two_files_the_further_telephones_of_both_are_compared(pen: Pen, marsh: bytes) -> None:
    other = pen.client("Mahrsh", "D")
    assert everybody.perhaps(pen.store, marsh, limit=5) == []
    pen.write("reach", PHONE, client=marsh)
    pen.write("reach", {"other_phone": "07700 900456"}, client=other)
    (hit,) = everybody.perhaps(pen.store, marsh, limit=5)
    assert hit.client.id == other
    assert "same phone" in hit.why
    assert everybody.likeness_of(pen.store, [marsh], [other]).score >= LIKELY
    some = everybody.some(pen.store)
    assert not some.traits[0].phones.isdisjoint(some.traits[1].phones)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["client", "reach", "erase"]),
        st.integers(1, 3),
        st.sampled_from(["0770090012", "0770090034", "WN5 0AB", "", "gone"]),
    ),
    min_size=1,
    max_size=6,
)


@given(batches=st.lists(ACTS, min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_comes_together_the_index_is_what_making_it_anew_gives(
    pen: Pen, batches: list[list[tuple[str, int, str]]]
) -> None:
    store = pen.store
    store.forget_records(None)
    for seq, acts in enumerate(batches, start=1):
        changes = [told(one, seq, idx) for idx, one in enumerate(acts)]
        with store.transaction():
            store.apply(changes, author="bell", saw=saw_all)
    store.count_again()
    store.write("INSERT INTO words (words) VALUES ('integrity-check')")
    held = sorted(derived(store))
    for client, said in store.rows(INDEXED):
        rows = store.rows(OF_CLIENT, (client,))
        mine = [record_of(row) for row in rows]
        own = next(one.answers for one in mine if one.id == client)
        more = [one.answers for one in mine if one.form == "reach" and one.withdrawn is None]
        assert said.split() == finding.words_of(own, more)
    with store.transaction():
        for table in ("words", "sound", "caseload", "works_with"):
            store.write(f"DELETE FROM {table}")  # noqa: S608  the names stand here
    _make_anew(store)
    assert sorted(derived(store)) == held


INDEXED = "SELECT client, said FROM caseload JOIN words ON words.rowid = caseload.place"
OF_CLIENT = (
    "SELECT id, form, client, audience, author, live, trail FROM record"
    " WHERE client = ? ORDER BY id"
)


def told(act: tuple[str, int, str], seq: int, idx: int) -> Change:
    """Return what one act is as a change: of a client, of where else they are, or an erasure."""
    what, n, said = act
    client, reach = bytes([n]) * 16, bytes([n + 8]) * 16
    if what == "erase":
        order: Answers = {"decision": "erase", "records": [link(reach)]}
        return change(RETENTION, bytes([64 + seq]) * 15 + bytes([idx]), order, seq=seq, idx=idx)
    answers: dict[str, Json] = {WITHDRAWN: "by mistake" if said == "gone" else None}
    answers["postcode" if said.startswith("WN") else "phone"] = said
    if what == "client":
        answers["surname"] = "Marsh"
    return change(
        what, client if what == "client" else reach, answers, client=client, seq=seq, idx=idx
    )
