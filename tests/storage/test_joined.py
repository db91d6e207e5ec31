# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Files read as one: every question about a client, and the rows that are brought after."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework import same_person
from desktop_app.casework.audit import consultation, sight
from desktop_app.casework.records import WITHDRAWN, Answers, Edit, link
from desktop_app.casework.reference import reference
from desktop_app.casework.retention import Due, decision
from storage import audit, joined, ledger, reads, retention
from storage.audit import Wanted
from storage.derived import derived
from storage.repair import _make_anew
from storage.rows import record_of
from storage.store import Store
from tests.storage.pen import OWN, Pen, feed

TODAY = date(2026, 11, 1)


def join(pen: Pen, one: bytes, other: bytes, finding: str = "same") -> bytes:
    told: Answers = {
        "finding": finding,
        "other": link(other),
        "reason": "They told us",
        "found_on": "2026-10-01",
        "by": "ann",
    }
    return pen.write("same_person", told, client=one)


def part(pen: Pen, finding: bytes) -> None:
    pen.alter(finding, {WITHDRAWN: "A mistake"})


def stands_by(pen: Pen, client: bytes, worker: str) -> bytes:
    told: Answers = {"duty": "key_worker", "worker": worker, "from_on": "2026-01-01"}
    return pen.write("assignment", told, client=client)


@pytest.fixture
def two(pen: Pen) -> tuple[bytes, bytes]:
    """Two files of one person: each has a visit, a worker and an alert."""
    old = pen.client("Marsh", "Daniel", born="1989-03-05")
    new = pen.client("Mahrsh", "Danny", known_as="Scout", phone="07700 900 123")
    pen.client("Price", "Lee")
    for client, day, worker in ((old, "2026-03-01", "ann"), (new, "2026-05-01", "lee")):
        pen.seen(client, f"{day}T10:00")
        stands_by(pen, client, worker)
        pen.write("alert", {"headline": day, "set_on": day}, client=client)
        pen.write("account", {"visit": link(pen.new()), "told": day}, client=client)
    return old, new


def listed(store: Store, **ask: str) -> list[tuple[str, str | None, int]]:
    rows = reads.caseload(store, **ask)  # type: ignore[arg-type]
    return [(row.client.text("surname"), row.last_seen, row.alerts) for row in rows]


def test_the_list_has_one_line_for_a_person_which_speaks_for_all_their_files(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    join(pen, two[1], two[0])
    assert listed(pen.store) == [("Marsh", "2026-05-01T10:00", 2), ("Price", None, 0)]
    for worker in ("ann", "lee"):
        assert listed(pen.store, person=worker) == [("Marsh", "2026-05-01T10:00", 2)]
        assert all(reads.works_with(pen.store, worker, one) for one in two)
    assert sum(reads.clients_of(pen.store, one) for one in ("ann", "lee")) == 1


def test_parting_gives_back_exactly_what_stood_before(pen: Pen, two: tuple[bytes, bytes]) -> None:
    def stands(finding: bytes = b"") -> list[object]:
        pen.store.count_again()
        held = [row for row in derived(pen.store) if row[1] != joined.FORM]
        asked = [
            [one.id for one in question(pen.store, client) if one.id != finding]
            for client in two
            for question in QUESTIONS.values()
        ]
        return [*held, *asked, listed(pen.store)]

    before = stands()
    finding = join(pen, two[1], two[0])
    assert stands(finding) != before
    part(pen, finding)
    assert stands(finding) == before


QUESTIONS: dict[str, Callable[[Store, bytes], list]] = {  # type: ignore[type-arg]
    "records": lambda store, client: reads.records(store, client=client),
    "records of a form": lambda store, client: reads.records(store, client=client, form="visit"),
    "timeline": lambda store, client: reads.timeline(store, client, forms=["visit", "alert"]),
    "standing": lambda store, client: reads.standing(
        store, client, forms=["alert", "assignment"], near=["visit"], since="2026-01-01"
    ),
    "accounts": lambda store, client: reads.accounts(
        store, client, of=[link(one.record(store)) for one in _visits(store)], since=""
    ),
    "client": lambda store, client: [reads.client(store, client)],
    "retention": lambda store, client: [
        _Named(id_)
        for due in retention.of_client(
            store, client, mine=["partners"], today=TODAY, whatever_the_day=True
        )
        for id_ in due.records
    ],
}
"""Every question by client, and the records it answers with."""


class _Named:
    def __init__(self, id_: bytes) -> None:
        self.id = id_

    def record(self, _store: Store) -> bytes:
        return self.id


def _visits(store: Store) -> list[_Named]:
    told = [one.text("visit") for one in reads.records(store, form="account")]
    return [_Named(bytes.fromhex(one)) for one in told]


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_every_question_about_either_client_is_answered_about_the_whole_person(
    pen: Pen, two: tuple[bytes, bytes], name: str
) -> None:
    old, new = two
    ask = QUESTIONS[name]
    alone = [{one.id for one in ask(pen.store, client)} for client in two]
    assert alone[0].isdisjoint(alone[1])
    finding = join(pen, new, old)
    whole = [one.id for one in ask(pen.store, old)]
    assert [one.id for one in ask(pen.store, new)] == whole
    assert set(whole) - {finding} == (alone[0] if name == "client" else alone[0] | alone[1])


def test_a_page_of_a_persons_past_is_in_order_and_no_longer_than_asked(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    for n in range(6):
        pen.seen(two[n % 2], f"2026-06-{n + 1:02d}T10:00")
    join(pen, *two)
    days: list[str] = []
    last = None
    while page := reads.timeline(pen.store, two[0], forms=["visit"], limit=3, before=last):
        assert len(page) <= 3
        days += [one.text("at")[:10] for one in page]
        last = page[-1]
    assert days == sorted(days, reverse=True)
    assert len(days) == 8
    oldest = reads.records(pen.store, client=two[1], form="visit", newest_first=False, limit=2)
    assert [one.text("at")[:10] for one in oldest] == ["2026-03-01", "2026-05-01"]


def test_both_names_and_both_references_find_the_person_once(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    join(pen, old, new)

    def found(typed: str) -> list[tuple[bytes, str]]:
        return [(hit.client.id, hit.why) for hit in reads.search(pen.store, typed)]

    assert found(reference(new)) == [(old, reference(new))]
    assert found(reference(old)) == [(old, reference(old))]
    assert found("marsh") == [(old, "")]
    assert found("scout") == [(old, "also Scout")]
    assert found("mahrsh") == [(old, "also MAHRSH, Danny")]
    likely = reads.likely(pen.store, {"surname": "Marsh", "forename": "Daniel"}, limit=5)
    assert [hit.client.id for hit in likely] == [old]


def test_a_visit_recorded_for_the_other_file_shows_in_the_persons_line_at_once(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    join(pen, old, new)
    visit = pen.seen(new, "2026-08-01T10:00")
    assert listed(pen.store)[0] == ("Marsh", "2026-08-01T10:00", 2)
    saved = pen.alter(visit, {"outcome": "not_seen"})
    assert {old, new, visit} <= saved.touched
    assert listed(pen.store)[0] == ("Marsh", "2026-05-01T10:00", 2)
    pen.seen(old, "2026-09-01T10:00")
    assert listed(pen.store)[0] == ("Marsh", "2026-09-01T10:00", 2)


def test_what_is_written_of_either_stays_with_the_client_it_names(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    finding = join(pen, old, new)
    note = pen.write("note", {"note": "Rang"}, client=new)
    part(pen, finding)
    assert note in [one.id for one in reads.records(pen.store, client=new)]
    assert note not in [one.id for one in reads.records(pen.store, client=old)]


def test_where_the_oldest_file_is_withdrawn_the_next_stands_for_the_person(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    join(pen, old, new)
    pen.alter(old, {WITHDRAWN: "Written twice"})
    assert pen.store.whole(old)[0] == new
    assert listed(pen.store)[0][0] == "Mahrsh"
    pen.alter(old, {WITHDRAWN: None})
    assert pen.store.whole(new) == [old, new]


def test_who_looked_at_either_file_is_answered_for_the_whole_person(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    with pen.store.transaction():
        ledger.put_key(pen.store, "audience:audit:00ff", b"a circle")
    for client in two:
        looked = sight("client", clients=[client])
        at = "2026-10-01T10:00"
        entry = consultation(looked, record=pen.new(), at=at, reason="casework")
        pen.store.save([entry], now_ms=pen.now_ms)

    def asked() -> list[int]:
        return [len(audit.entries(pen.store, Wanted(about=one))) for one in two]

    assert asked() == [1, 1]
    finding = join(pen, *two)
    assert asked() == [2, 2]
    part(pen, finding)
    assert asked() == [1, 1]


def queue(pen: Pen, day: date) -> list[Due]:
    return retention.queue(pen.store, mine=["partners"], today=day)


def test_a_person_is_kept_as_long_as_any_of_their_files_and_erased_whole(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    join(pen, old, new)
    then = date(2032, 10, 2)  # six years after the finding, and more after all else
    asked = {due.client: due for due in queue(pen, then)}
    assert new not in asked
    assert {old, new} <= set(asked[old].records)
    pen.seen(new, "2027-01-01T10:00")
    assert {old, new}.isdisjoint(due.client for due in queue(pen, then))
    whole = retention.of_client(
        pen.store, new, mine=["partners"], today=then, whatever_the_day=True
    )
    how = {"choice": "erase", "by": "ann", "authority": "DPO", "reason": "asked"}
    for due in whole:
        for told in decision(due, today=then, **how):
            pen.write("retention", told, client=old)
    assert listed(pen.store) == [("Price", None, 0)]
    assert reads.records(pen.store, client=new) == []
    assert pen.store.rows("SELECT * FROM joined") == []


def test_what_is_erased_of_one_file_is_gone_from_the_persons_line(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    join(pen, old, new)
    alert, *_others = reads.records(pen.store, client=new, form="alert")
    assert listed(pen.store)[0] == ("Marsh", "2026-05-01T10:00", 2)
    pen.write("retention", {"decision": "erase", "records": [link(alert.id)]}, client=new)
    assert listed(pen.store)[0] == ("Marsh", "2026-05-01T10:00", 1)


def test_repair_finds_who_is_one_person_again(pen: Pen, two: tuple[bytes, bytes]) -> None:
    join(pen, *two)
    pen.store.count_again()
    before = list(derived(pen.store))
    for table in ("joined", "caseload", "words", "sound", "works_with"):
        pen.store.write(f"DELETE FROM {table}")  # noqa: S608
    _make_anew(pen.store)
    assert list(derived(pen.store)) == before


def test_what_an_older_tandem_kept_unread_is_followed_once_it_is_known(
    pen: Pen, two: tuple[bytes, bytes]
) -> None:
    """The migration leaves a mark for every client a finding was kept about."""
    join(pen, *two)
    pen.store.count_again()
    before = list(derived(pen.store))
    pen.store.write("DELETE FROM joined")
    pen.store.write("INSERT OR REPLACE INTO recount VALUES (?, 7)", (two[0],))
    pen.store.find_people()
    assert list(derived(pen.store)) == before


# --- Whatever happens, the rows are what the findings say


CLIENTS = 5
Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["same", "different", "part", "back", "seen", "worker", "gone", "client"]),
        st.integers(0, CLIENTS - 1),
        st.integers(0, CLIENTS - 1),
    ),
    min_size=3,
    max_size=14,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give one vault for all examples: making one takes longer than filling it."""
    folder = tmp_path_factory.mktemp("vaults") / "northside"
    folder.mkdir()
    made = Store.create(Path(folder), bytearray(b"k" * 32))
    with made.transaction():
        ledger.use_feed(made, feed(OWN), author="ann")
    yield made
    made.close()


class _Undo(Exception):
    """Leaves the vault as it was found."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_rows_are_what_the_findings_say_whatever_happens(
    shared: Store, steps: list[Step]
) -> None:
    with suppress(_Undo), shared.transaction():
        _go(Pen(shared), steps)
        raise _Undo


def _go(pen: Pen, steps: list[Step]) -> None:
    clients = [pen.client(f"Name{n}", "Sam") for n in range(CLIENTS)]
    found: list[bytes] = []
    for what, first, second in steps:
        one, other = clients[first], clients[second]
        if what in ("same", "different"):
            found.append(join(pen, one, other, what))
        elif what == "part" and found:
            part(pen, found[first % len(found)])
        elif what == "back" and found:
            pen.alter(found[first % len(found)], {WITHDRAWN: None})
        elif what == "seen":
            pen.seen(one, f"2026-0{second + 1}-1{first}T10:00")
        elif what == "worker":
            stands_by(pen, one, f"w{second}")
        elif what in ("gone", "client"):
            pen.alter(one, {WITHDRAWN: "Twice" if what == "gone" else None})
        _see_it_is_so(pen.store, clients)


def _see_it_is_so(store: Store, clients: list[bytes]) -> None:
    rows = store.rows(
        "SELECT id, form, client, audience, author, live, trail FROM record"
        " WHERE form = 'same_person'"
    )
    said = same_person.people(clients, same_person.findings(record_of(row) for row in rows))
    assert {frozenset(store.whole(one)) for one in clients} == set(said)
    standing = {one for (one,) in store.rows("SELECT client FROM caseload")}
    for some in said:
        heads = {store.whole(one)[0] for one in some}
        assert heads == {same_person.head_of(some, standing)}
    held = [row.client.id for row in reads.caseload(store)]
    assert len(held) == len(set(held))
    assert set(held) == {head for one in standing for head in store.whole(one)[:1]}
    before = list(derived(store))
    store.write("INSERT OR REPLACE INTO recount SELECT client, 7 FROM caseload")
    with store.within():
        joined.anew(store.db)
    store.count_again()
    assert list(derived(store)) == before


def test_a_finding_together_with_what_it_is_about_comes_in_one_batch(pen: Pen) -> None:
    """As on a new laptop, which takes the whole of history in at once."""
    one, other, third = (pen.new() for _ in range(3))
    told: Answers = {"finding": "same", "other": link(one)}
    seen: Answers = {"at": "2026-03-01T10:00", "state": "done", "kind": "home", "outcome": "seen"}
    edits = [
        Edit("visit", pen.new(), other, "partners", seen),
        Edit("same_person", pen.new(), other, "partners", told),
        Edit("client", other, other, "partners", {"surname": "Marsh"}),
        Edit("client", one, one, "partners", {"surname": "Price"}),
        Edit("client", third, third, "partners", {"surname": "Zed"}),
    ]
    pen.store.save(edits, now_ms=pen.now_ms)
    assert listed(pen.store) == [("Price", "2026-03-01T10:00", 0), ("Zed", None, 0)]
