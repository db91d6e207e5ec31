# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The caseload: its order, its pages, and that every row says what the records say."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.last_seen import last_seen
from desktop_app.casework.records import WITHDRAWN, Answers, link
from storage import reads
from tests.storage.pen import SHAH, START_MS, Pen, change, saw_all, saw_nothing


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


def test_a_save_in_the_middle_of_an_import_counts_only_whom_it_is_about(caseload: Pen) -> None:
    store = caseload.store
    clients = {one.client.text("surname"): one.client.id for one in reads.caseload(store)}
    order = "INSERT OR REPLACE INTO recount VALUES (?, 3)"
    with store.importing():
        store.write_many(order, [(one,) for one in clients.values()])
        alert: Answers = {"headline": "knife", "set_on": "2026-05-01"}
        caseload.write("alert", alert, client=clients["Baker"])
        (alerts,) = store.rows("SELECT alerts FROM caseload WHERE client = ?", (clients["Baker"],))
        assert alerts == (1,)
        left = {client for (client,) in store.rows("SELECT client FROM recount")}
        assert left == set(clients.values()) - {clients["Baker"]}
        assert rows(caseload) == ["Adams", "Baker", "Cole", "Dunn"]
        assert store.rows("SELECT * FROM recount") == [], "counted before anybody reads it"


def test_a_link_to_a_client_is_no_client(pen: Pen) -> None:
    client = pen.client("Croft")
    pen.write("note", {"note": link(client)})
    assert rows(pen) == ["Croft"]
