# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The search: by letters, sound, nickname, date of birth, postcode, telephone and reference."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from desktop_app.casework.records import WITHDRAWN
from desktop_app.casework.reference import reference
from storage import reads
from storage.store import Store
from tests.storage.pen import Pen, change, saw_all


def found(store: Store, typed: str) -> list[str]:
    return [hit.client.text("surname") for hit in reads.search(store, typed)]


def why(store: Store, typed: str) -> list[str]:
    return [hit.why for hit in reads.search(store, typed)]


@pytest.fixture
def people(pen: Pen) -> Pen:
    """Five people, with all that clients are found by."""
    pen.client(
        "Marsh",
        "Daniel",
        born="1989-03-05",
        postcode="G21 4AB",
        phone="07700 900 123",
        aliases=["Scout", "Dougie M"],
        known_as="Big Dee",
    )
    pen.client("Núñez", "Zoë", born="1975-12-24")
    pen.client("O'Brien", "Siân", born="1962")
    pen.client("Smith-Jones", "Catherine", born="1991-07")
    pen.client("Croft", "Leanne", born="~1994", other_phone="0141 496 0999 (sister)")
    return pen


@pytest.mark.parametrize(
    ("typed", "surname"),
    [
        ("mar", "Marsh"),
        ("m", "Marsh"),
        ("MARSH", "Marsh"),
        ("daniel marsh", "Marsh"),
        ("marsh, d", "Marsh"),
        ("da mar", "Marsh"),
        ("scout", "Marsh"),
        ("big dee", "Marsh"),
        ("dougie", "Marsh"),
        ("nunez", "Núñez"),
        ("NÚÑEZ", "Núñez"),
        ("nun\u0303ez", "Núñez"),
        ("zoe", "Núñez"),
        ("obrien", "O'Brien"),
        ("o’brien", "O'Brien"),  # noqa: RUF001  an apostrophe as typed
        ("sian", "O'Brien"),
        ("smithjones", "Smith-Jones"),
        ("jones", "Smith-Jones"),
        ("g21 4ab", "Marsh"),
        ("g214ab", "Marsh"),
        ("G21", "Marsh"),
        ("07700900123", "Marsh"),
        ("07700 900", "Marsh"),
        ("07700-900-123", "Marsh"),
        ("0141 496", "Croft"),
    ],
)
def test_a_client_is_found_by_the_beginning_of_any_word_of_theirs(
    people: Pen, typed: str, surname: str
) -> None:
    assert found(people.store, typed) == [surname]


@pytest.mark.parametrize(
    "typed", ["", "   ", "?!", "arsh", "qxvk", "marsh leanne", "'\"*", "a OR b"]
)
def test_nobody_is_found_by_what_nobody_is_called(people: Pen, typed: str) -> None:
    assert found(people.store, typed) == []


@pytest.mark.parametrize(
    ("typed", "surname", "because"),
    [
        ("danny", "Marsh", "short or long for it"),
        ("dan marsh", "Marsh", ""),
        ("kate", "Smith-Jones", "short or long for it"),
        ("krofft", "Croft", "sounds like"),
        ("mahrsh", "Marsh", "sounds like"),
        ("leeanne croft", "Croft", "sounds like"),
        ("scout", "Marsh", "also Scout"),
        ("g214ab", "Marsh", "G21 4AB"),
        ("07700 900", "Marsh", "07700 900 123"),
    ],
)
def test_a_hit_says_why_where_that_is_not_plain(
    people: Pen, typed: str, surname: str, because: str
) -> None:
    assert found(people.store, typed)[:1] == [surname]
    assert why(people.store, typed)[0] == because


@pytest.mark.parametrize(
    "typed",
    [
        "5 3 1989",
        "05/03/1989",
        "5.3.89",
        "05-03-1989",
        "5 mar 1989",
        "5 March 89",
        "5 mar 89",
        "5mar89",
        "5th March, 1989",
        "05-Mar-1989",
        "050389",
        "05031989",
        "19890305",
        "05 03 89",
        "05.03.89",
        "05-03-89",
        "marsh 050389",
        "march 1989",
        "1989-03",
        "1989-03-05",
        "1989",
        "marsh 5 3 1989",
        "1989 dan",
    ],
)
def test_a_client_is_found_by_their_date_of_birth_as_people_write_it(
    people: Pen, typed: str
) -> None:
    assert found(people.store, typed) == ["Marsh"]
    assert why(people.store, typed)[0].startswith("born ")
    assert "swapped" not in why(people.store, typed)[0]


def test_a_date_of_birth_with_day_and_month_the_other_way_is_found_and_told(people: Pen) -> None:
    for typed in ("3 5 1989", "030589"):
        assert found(people.store, typed) == ["Marsh"]
        assert "day and month swapped" in why(people.store, typed)[0]


@pytest.mark.parametrize(
    ("typed", "surname"), [("24 12 75", "Núñez"), ("1962", "O'Brien"), ("jul 1991", "Smith-Jones")]
)
def test_dates_known_in_part_are_found(people: Pen, typed: str, surname: str) -> None:
    assert found(people.store, typed) == [surname]


@pytest.mark.parametrize(
    "typed", ["31 2 1989", "310289", "999999", "45 67 8999", "croft 5 3 1989", "99 xyz 1989"]
)
def test_a_day_nobody_was_born_on_finds_nobody(people: Pen, typed: str) -> None:
    assert "Marsh" not in found(people.store, typed)


def test_a_client_is_found_by_the_reference_said_over_the_phone(people: Pen) -> None:
    for row in reads.caseload(people.store):
        said = reference(row.client.id)
        hits = reads.search(people.store, said)
        assert [(hit.client.id, hit.why) for hit in hits] == [(row.client.id, said)]


def test_the_likeliest_come_first_and_no_more_than_asked_for(pen: Pen) -> None:
    for forename in ("Carla", "Abe", "Bob"):
        pen.client("Marsh", forename)
    pen.client("Ng", "Marsha")
    hits = reads.search(pen.store, "marsh")
    assert [hit.client.text("forename") for hit in hits] == ["Abe", "Bob", "Carla", "Marsha"]
    assert len(reads.search(pen.store, "marsh", limit=2)) == 2


def test_a_name_that_is_corrected_is_found_and_the_old_one_no_more(pen: Pen) -> None:
    client = pen.client("Mersh", "Daniel", born="1989")
    pen.alter(client, {"surname": "Quartermain", "born": "1990"})
    assert found(pen.store, "quarter") == ["Quartermain"]
    assert found(pen.store, "1990") == ["Quartermain"]
    assert found(pen.store, "mersh") == []
    assert found(pen.store, "1989") == []


def test_what_is_taken_out_of_a_client_is_gone_from_the_index(pen: Pen) -> None:
    client = pen.client("Croft", aliases=["Kestrel"])
    assert ("kestrel",) in terms(pen.store)
    pen.alter(client, {"aliases": []})
    assert ("kestrel",) not in terms(pen.store)


def terms(store: Store) -> list[tuple[Any, ...]]:
    store.write("CREATE VIRTUAL TABLE temp.said USING fts5vocab(main, words, row)")
    said = store.rows("SELECT term FROM temp.said")
    store.write("DROP TABLE temp.said")
    return said


def test_a_withdrawn_client_is_not_found_and_one_restored_is(pen: Pen) -> None:
    client = pen.client("Croft")
    pen.seen(client, "2026-03-01T10:00")
    pen.alter(client, {WITHDRAWN: "made twice"})
    assert found(pen.store, "croft") == []
    assert reads.caseload(pen.store) == []
    pen.alter(client, {WITHDRAWN: None})
    assert found(pen.store, "croft") == ["Croft"]
    assert reads.caseload(pen.store)[0].last_seen == "2026-03-01T10:00"


def test_what_is_recorded_about_clients_is_not_searched(pen: Pen) -> None:
    client = pen.client("Croft", address_1="Quayside")
    pen.write("note", {"note": "kettle"}, client=client)
    assert found(pen.store, "kettle") == []
    assert found(pen.store, "quayside") == []


def test_a_client_without_a_surname_is_found_by_what_is_known(pen: Pen) -> None:
    pen.write("client", {"known_as": "Sparrow"})
    pen.write("client", {"aliases": ["Finch", 7, None]})
    pen.write("client", {})
    assert [hit.client.answers for hit in reads.search(pen.store, "sparrow")] == [
        {"known_as": "Sparrow"}
    ]
    assert len(reads.search(pen.store, "finch")) == 1


@given(typed=st.text(max_size=40) | st.text("0123456789 /-.marsh", max_size=14))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_the_search_answers(people: Pen, typed: str) -> None:
    for hit in reads.search(people.store, typed):
        assert hit.client.form == "client"


def test_a_name_in_letters_that_look_the_same_is_found_both_ways_and_says_so(people: Pen) -> None:
    store = people.store
    assert found(store, "\u041c\u0430rsh") == ["Marsh"], "typed with two Cyrillic letters"
    assert why(store, "\u041c\u0430rsh") == ["looks the same"]
    people.client("\u041c\u0430xwell", "Ann")
    assert found(store, "maxwell") == ["\u041c\u0430xwell"], "held with two Cyrillic letters"
    assert why(store, "maxwell") == ["looks the same"]
    assert why(store, "\u041c\u0430xwell") == [""]


SURNAMES = ("Quill", "Quilter", "Quick", "Marsh")
ACTS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([*SURNAMES, ""])), min_size=1, max_size=4
)


@given(st.lists(ACTS, min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_however_clients_are_renamed_at_once_the_index_stays_sound(
    store: Store, transactions: list[list[tuple[int, str]]]
) -> None:
    """FTS5 itself does not see to it; `finding` does."""
    store.forget_records(None)
    for at, acts in enumerate(transactions):
        with store.transaction():
            for idx, (n, surname) in enumerate(acts):
                answers: Any = {"surname": surname} if surname else {WITHDRAWN: "made by mistake"}
                if surname:
                    answers[WITHDRAWN] = ""
                one = change("client", bytes([n]) * 16, answers, client=bytes([n]) * 16)
                one = structs.replace(one, seq=at + 1, idx=idx)
                store.apply([one], author="bell", saw=saw_all)
    store.write("INSERT INTO words (words) VALUES ('integrity-check')")
    rows = store.rows("SELECT client, name FROM caseload")
    assert all(
        name in {hit.client.text("surname").lower() for hit in reads.search(store, name)}
        for _client, name in rows
    )
