# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Named questions: records, timelines, the search and the caseload."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.last_seen import last_seen
from desktop_app.casework.records import WITHDRAWN, Answers, Record, link
from desktop_app.casework.reference import reference
from storage import reads
from storage.store import Store
from tests.storage.pen import SHAH, START_MS, Pen, change, saw_all, saw_nothing


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


# Search


def found(store: Store, typed: str) -> list[str]:
    return [hit.client.text("surname") for hit in reads.search(store, typed)]


def why(store: Store, typed: str) -> list[str]:
    return [hit.why for hit in reads.search(store, typed)]


@pytest.fixture
def people(pen: Pen) -> Pen:
    """Five people, and one whose names come close."""
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
    assert found(people.store, "3 5 1989") == ["Marsh"]
    assert "day and month swapped" in why(people.store, "3 5 1989")[0]


@pytest.mark.parametrize(
    ("typed", "surname"), [("24 12 75", "Núñez"), ("1962", "O'Brien"), ("jul 1991", "Smith-Jones")]
)
def test_dates_known_in_part_are_found(people: Pen, typed: str, surname: str) -> None:
    assert found(people.store, typed) == [surname]


@pytest.mark.parametrize("typed", ["31 2 1989", "45 67 8999", "croft 5 3 1989", "99 xyz 1989"])
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


# Caseload


def rows(pen: Pen, **ask: Any) -> list[str]:
    return [row.client.text("surname") for row in reads.caseload(pen.store, **ask)]


def stands_by(pen: Pen, client: bytes, worker: str, *, duty: str = "key_worker") -> bytes:
    told: Answers = {"duty": duty, "worker": worker, "from_on": "2026-01-01"}
    return pen.write("assignment", told, client=client)


@pytest.fixture
def caseload(pen: Pen) -> Pen:
    """Four clients: in custody with an alert, at home, never seen, and known by a name only."""
    adams, baker, cole = (pen.client(name) for name in ("Adams", "Baker", "Cole"))
    pen.client("Dunn")
    pen.seen(adams, "2026-03-01T10:00")
    pen.seen(baker, "2026-02-01T10:00")
    pen.seen(cole, "2026-04-01T10:00")
    for client, code in ((adams, "custody"), (baker, "community")):
        told: Answers = {"setting": code, "from_on": "2026-01-02"}
        pen.write("setting", told, client=client)
    pen.write("alert", {"headline": "dog", "set_on": "2026-01-01"}, client=adams)
    stands_by(pen, adams, "ann")
    stands_by(pen, baker, "ann")
    stands_by(pen, cole, "lee")
    stands_by(pen, cole, "shah", duty="police_lead")
    return pen


def test_the_caseload_is_by_name_or_by_who_was_not_seen_for_longest(caseload: Pen) -> None:
    assert rows(caseload) == ["Adams", "Baker", "Cole", "Dunn"]
    assert rows(caseload, order="last_seen") == ["Dunn", "Baker", "Adams", "Cole"]


def test_a_row_says_what_the_records_say(caseload: Pen) -> None:
    adams, baker, cole, dunn = reads.caseload(caseload.store)
    assert (adams.last_seen, adams.key_worker, adams.alerts) == ("2026-03-01T10:00", "ann", 1)
    assert adams.setting is not None
    assert adams.setting.answers["setting"] == "custody"
    assert baker.alerts == 0
    assert (cole.key_worker, cole.setting) == ("lee", None)
    assert (dunn.last_seen, dunn.key_worker, dunn.alerts) == (None, None, 0)


@pytest.mark.parametrize(
    ("ask", "names"),
    [
        ({"person": "ann"}, ["Adams", "Baker"]),
        ({"person": "shah"}, ["Cole"]),
        ({"person": "nobody"}, []),
        ({"settings": ["custody"]}, ["Adams"]),
        ({"settings": ("custody", "community")}, ["Adams", "Baker"]),
        ({"alerts": True}, ["Adams"]),
        ({"not_seen_since": "2026-03-01"}, ["Baker", "Dunn"]),
        ({"person": "ann", "not_seen_since": "2026-03-01"}, ["Baker"]),
        ({"person": "ann", "order": "last_seen"}, ["Baker", "Adams"]),
        ({"person": "ann", "settings": ["community"], "alerts": True}, []),
        ({"limit": 2}, ["Adams", "Baker"]),
    ],
)
def test_the_caseload_shows_whom_it_is_asked_for(
    caseload: Pen, ask: dict[str, Any], names: list[str]
) -> None:
    assert rows(caseload, **ask) == names


@pytest.mark.parametrize("order", ["name", "last_seen"])
@pytest.mark.parametrize("person", ["", "ann"])
def test_pages_of_the_caseload_hold_each_client_once(
    caseload: Pen, order: str, person: str
) -> None:
    whole = rows(caseload, order=order, person=person)
    paged: list[reads.ClientRow] = []
    while True:
        after = paged[-1] if paged else None
        page = reads.caseload(caseload.store, order=order, person=person, after=after, limit=1)
        if not page:
            break
        paged += page
    assert [row.client.text("surname") for row in paged] == whole


def test_a_page_of_clients_of_one_name_goes_on_where_it_ended(pen: Pen) -> None:
    made = [pen.client("Marsh", "Dan") for _n in range(3)]
    first = reads.caseload(pen.store, limit=2)
    then = reads.caseload(pen.store, limit=2, after=first[-1])
    assert [row.client.id for row in first + then] == made


def _end_alert(pen: Pen) -> None:
    (alert,) = reads.records(pen.store, form="alert")
    pen.alter(alert.id, {"ended_on": "2026-03-02"})


def _hand_over(pen: Pen) -> None:
    first = reads.records(pen.store, form="assignment", newest_first=False)[0]
    pen.alter(
        first.id,
        {"until_on": "2026-03-02", "handed_to": "lee", "handover_reason": "worker_left"},
    )


def _move(pen: Pen) -> None:
    adams = reads.caseload(pen.store)[0].client.id
    pen.write("setting", {"setting": "community", "from_on": "2026-03-05"}, client=adams)


@pytest.mark.parametrize(
    ("happens", "alerts", "worker", "setting"),
    [
        (_end_alert, 0, "ann", "custody"),
        (_hand_over, 1, "lee", "custody"),
        (_move, 1, "ann", "community"),
    ],
)
def test_a_row_follows_what_happens(
    caseload: Pen, happens: Callable[[Pen], None], alerts: int, worker: str, setting: str
) -> None:
    happens(caseload)
    adams = reads.caseload(caseload.store)[0]
    assert (adams.alerts, adams.key_worker) == (alerts, worker)
    assert adams.setting is not None
    assert adams.setting.answers["setting"] == setting


def test_records_that_came_before_their_client_count_when_the_client_comes(pen: Pen) -> None:
    client = pen.new()
    seen: Answers = {"at": "2026-03-01T10:00", "state": "done", "outcome": "seen"}
    early = change("visit", b"v" * 16, seen, client=client)
    pen.store.apply([early], author="bell", saw=saw_all)
    assert reads.caseload(pen.store) == []
    pen.store.apply(
        [change("client", client, {"surname": "Croft"}, client=client, feed=SHAH)],
        author="shah",
        saw=saw_all,
    )
    assert [row.last_seen for row in reads.caseload(pen.store)] == ["2026-03-01T10:00"]


def test_records_of_a_client_this_laptop_does_not_hold_make_no_row(pen: Pen) -> None:
    pen.seen(b"c" * 16, "2026-03-01T10:00")
    stands_by(pen, b"c" * 16, "ann")
    assert reads.caseload(pen.store) == []
    assert reads.caseload(pen.store, person="ann") == []


DAYS = st.sampled_from(
    ["2026-03-01T10:00", "2026-03-02", "2026-03-02T09:30", "2026-04-01T08:00", "soon", ""]
)
CONTACT = st.fixed_dictionaries(
    {},
    optional={
        "at": DAYS,
        "state": st.sampled_from(["done", "planned"]),
        "outcome": st.sampled_from(["seen", "refused"]),
        "kind": st.sampled_from(["home", "phone"]),
        WITHDRAWN: st.sampled_from(["twice", None]),
    },
)
APPOINTMENT = st.fixed_dictionaries(
    {"state": st.just("attended")},
    optional={
        "booked_for": DAYS,
        "with_person": st.sampled_from(["ann", ""]),
        "company": st.sampled_from([["lee"], [], ["", None]]),
        WITHDRAWN: st.sampled_from(["twice", None]),
    },
)
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.booleans(), CONTACT, APPOINTMENT), min_size=1, max_size=9
)
EVER = datetime(9999, 12, 31, 23, 59)  # noqa: DTZ001  the casework tells local time


@given(steps=STEPS, split=st.integers(0, 9))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_row_always_says_what_counting_again_would_say(
    pen: Pen, steps: list[tuple[int, bool, Answers, Answers]], split: int
) -> None:
    client = pen.client("Croft")
    changes = []
    for n, (which, rival, visit, appointment) in enumerate(steps):
        form, told = ("visit", visit) if which % 2 else ("appointment", appointment)
        record = client[:12] + which.to_bytes(4, "big")
        feed = SHAH if rival else 3
        changes.append(
            change(form, record, told, client=client, feed=feed, seq=n + 1, at=START_MS + n)
        )
    for part in (changes[:split], changes[split:]):
        pen.store.apply_many([([one], "bell", saw_nothing) for one in part])
    (row,) = [one for one in reads.caseload(pen.store, limit=999) if one.client.id == client]
    pen.store.write("INSERT OR REPLACE INTO recount VALUES (?, 3)", (client,))
    (again,) = [one for one in reads.caseload(pen.store, limit=999) if one.client.id == client]
    assert row == again
    rule = last_seen(reads.records(pen.store, client=client), EVER)
    said = rule and rule.record.text("at" if rule.record.form == "visit" else "booked_for")
    assert row.last_seen == (said or None)


def test_a_link_to_a_client_is_no_client(pen: Pen) -> None:
    client = pen.client("Croft")
    pen.write("note", {"note": link(client)})
    assert rows(pen) == ["Croft"]
