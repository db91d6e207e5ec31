# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is written of looking, altering, joining and erasing, and what never is."""

from typing import Any

import pytest

from desktop_app.casework import audit
from desktop_app.casework.audit import MOST_IDS, REPEAT_MS, Repeats, Sight, consultation, sight
from desktop_app.casework.audit_words import line
from desktop_app.casework.forms import form, problems
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Edit, Live, Record

AT = "2026-11-23T15:04"
NEW = b"n" * 16
LEE, DEV = b"l" * 16, b"d" * 16
ANN = Person("ann", "Ann Lowe", "Police", frozenset({Role.OFFICER}), frozenset({"partners"}))
TEAM = Team("team", "Northside", {ANN.id: ANN})
TOLD = "He said he is frightened of his brother"


def record(id_: bytes, client: bytes, audience: str = "partners") -> Record:
    return Record(id_, "note", client, audience, "a", [Live(1, 1, 1, 0, {"note": TOLD})])


def written(repeats: Repeats, seen: Sight, now_ms: int, name: bytes = NEW) -> Edit | None:
    fresh = repeats.fresh(seen, now_ms)
    if fresh is None:
        return None
    entry = consultation(fresh, record=name, at=AT, reason="casework")
    repeats.keep(fresh, entry, now_ms)
    return entry


def every_entry() -> list[Edit]:
    narrow = Edit("note", b"p" * 16, LEE, "police", {"note": TOLD, "headline": TOLD})
    told = audit.alteration(narrow, new=True, decides=False, record=NEW, at=AT)
    assert told is not None
    seen = sight("client", [record(b"1" * 16, LEE, "police"), record(b"2" * 16, LEE)])
    asked: dict[str, Any] = {
        "what": "client_file",
        "format": "pdf",
        "recipient": "A. Bello",
        "reason": "Clinic",
    }
    return [
        consultation(seen, record=NEW, at=AT, reason="custody", words="Arrested last night"),
        told,
        audit.collection("table", 3, record=NEW, at=AT, kind="note", clients=[LEE]),
        audit.combination("alike", [LEE, DEV], record=NEW, at=AT, rule="Same name"),
        audit.erasure(
            "client", [LEE], record=NEW, at=AT, count=41, rule="Six years", authorised_by="a" * 16
        ),
        audit.taken_out(asked, [LEE], record=NEW, at=AT, records=12),
    ]


@pytest.mark.parametrize("entry", every_entry(), ids=lambda one: one.form)
def test_every_entry_is_what_its_form_asks_and_names_nobody_but_by_id(entry: Edit) -> None:
    assert (entry.audience, entry.client) == ("audit", b"")
    assert problems(form(entry.form), entry.answers, today=AT[:10]) == []
    assert set(entry.answers) <= set(form(entry.form).fields)
    assert TOLD not in str(entry.answers)
    assert LEE.hex() in str(entry.answers["clients"])


def test_there_is_a_kind_of_entry_for_each_of_the_six_logs_of_the_law() -> None:
    assert {one.form for one in every_entry()} | {"disclosure", "upkeep"} == set(audit.FORMS)


def test_what_is_done_to_a_casebook_as_a_whole_names_nobody() -> None:
    since = "2026-11-23T14:50:31"
    entry = audit.upkeep("wrong_words", record=NEW, at=AT, count=3, since=since)
    assert (entry.form, entry.audience, entry.client) == ("upkeep", "audit", b"")
    assert problems(form("upkeep"), entry.answers, today=AT[:10]) == []
    assert entry.answers["since_at"] == since[:16]
    assert "clients" not in entry.answers


def test_a_look_names_whose_it_is_and_the_records_not_for_all_partners() -> None:
    seen = sight("client", [record(b"1" * 16, LEE, "health"), record(b"2" * 16, LEE)])
    assert (seen.clients, seen.kept, seen.shown) == ((LEE,), (b"1" * 16,), 2)
    assert seen.audiences == {"health"}


def test_at_most_two_hundred_ids_stand_in_an_entry_and_all_are_counted() -> None:
    many = [n.to_bytes(16, "big") for n in range(1, 301)]
    entry = consultation(sight("clients", clients=many), record=NEW, at=AT, reason="own_list")
    named = entry.answers["clients"]
    assert isinstance(named, list)
    assert len(named) == MOST_IDS
    assert entry.answers["shown"] == 300


def test_what_all_partners_may_read_needs_no_second_entry_when_it_is_altered() -> None:
    shared = Edit("note", b"p" * 16, LEE, "partners", {"note": TOLD})
    assert audit.alteration(shared, new=False, decides=False, record=NEW, at=AT) is None


@pytest.mark.parametrize(
    ("answers", "new", "decides", "how"),
    [
        ({"note": "x"}, True, False, "recorded"),
        ({"note": "x"}, False, False, "altered"),
        ({"note": "x"}, False, True, "decided"),
        ({"_withdrawn": "Wrong client"}, False, False, "withdrawn"),
        ({"_withdrawn": None}, False, False, "restored"),
    ],
)
def test_an_alteration_says_what_was_done(
    answers: dict[str, Any],
    new: bool,  # noqa: FBT001  a parameter of the test
    decides: bool,  # noqa: FBT001  a parameter of the test
    how: str,
) -> None:
    edit = Edit("note", b"p" * 16, LEE, "health", answers)
    entry = audit.alteration(edit, new=new, decides=decides, record=NEW, at=AT)
    assert entry is not None
    assert entry.answers["how"] == how
    assert entry.answers["fields"] == [name for name in answers if name == "note"]


# --- looking again


def test_looking_again_within_ten_minutes_is_counted_and_not_written() -> None:
    repeats, seen = Repeats(), sight("client", clients=[LEE])
    assert written(repeats, seen, 0) is not None
    assert [written(repeats, seen, n * 60_000) for n in (1, 5, 9)] == [None] * 3
    assert repeats.counts(9 * 60_000) == []
    (count,) = repeats.counts(REPEAT_MS)
    assert (count.record, count.answers) == (NEW, {"times": 4})
    assert repeats.counts(REPEAT_MS) == []
    assert written(repeats, seen, REPEAT_MS) is not None


def test_what_is_counted_is_told_when_the_casebook_closes() -> None:
    repeats, seen = Repeats(), sight("client", clients=[LEE])
    written(repeats, seen, 0)
    written(repeats, seen, 1)
    assert [one.answers for one in repeats.counts(2, ending=True)] == [{"times": 2}]


def test_looking_at_the_same_elsewhere_or_at_somebody_else_is_another_look() -> None:
    repeats = Repeats()
    assert written(repeats, sight("client", clients=[LEE]), 0)
    assert written(repeats, sight("visit", clients=[LEE]), 0)
    assert written(repeats, sight("client", clients=[DEV]), 0)


def test_of_a_list_only_what_is_new_in_it_is_written_again() -> None:
    repeats = Repeats()
    written(repeats, sight("clients", clients=[LEE]), 0)
    entry = written(repeats, sight("clients", clients=[LEE, DEV]), 1)
    assert entry is not None
    assert entry.answers["clients"] == [DEV.hex()]
    assert written(repeats, sight("clients", clients=[DEV]), 2) is None


def test_a_record_not_for_all_partners_that_comes_to_a_page_is_written() -> None:
    repeats = Repeats()
    written(repeats, sight("client", [record(b"2" * 16, LEE)]), 0)
    entry = written(repeats, sight("client", [record(b"1" * 16, LEE, "police")]), 1)
    assert entry is not None
    assert (entry.answers["clients"], entry.answers["records"]) == ([LEE.hex()], ["31" * 16])


def test_a_search_is_one_entry_with_the_words_as_they_were_in_the_end() -> None:
    repeats = Repeats()
    entry = written(repeats, sight("search", clients=[LEE, DEV], words="cro"), 0)
    assert entry is not None
    assert entry.answers["words"] == "cro"
    assert written(repeats, sight("search", clients=[LEE], words="croft"), 1) is None
    assert written(repeats, sight("search", clients=[DEV], words="lee"), 2) is None
    (count,) = repeats.counts(3, ending=True)
    assert count.answers == {"times": 3, "words": "croft · lee"}


def test_a_search_that_finds_nobody_is_a_look_as_well() -> None:
    repeats = Repeats()
    entry = written(repeats, sight("search", words="zebra"), 0)
    assert entry is not None
    assert (entry.answers["shown"], entry.answers["words"]) == (0, "zebra")
    assert written(repeats, sight("search", words="zebra"), 1) is None


def test_a_clock_set_back_begins_anew() -> None:
    repeats, seen = Repeats(), sight("client", clients=[LEE])
    written(repeats, seen, REPEAT_MS)
    assert written(repeats, seen, 0) is not None


def test_what_is_no_id_in_an_entry_is_passed_over() -> None:
    odd = Record(NEW, "consultation", b"", "audit", "a", [Live(1, 1, 1, 0, {})])
    assert audit.ids_in(odd, "clients") == []
    odd = Record(
        NEW, "consultation", b"", "audit", "a",
        [Live(1, 1, 1, 0, {"clients": [LEE.hex(), 3, "x" * 32, "short"]})],
    )  # fmt: skip
    assert audit.ids_in(odd, "clients") == [LEE]


def test_what_was_done_to_a_casebook_is_said_of_the_casebook_and_not_of_its_owner() -> None:
    entry = audit.upkeep("wrong_words", record=NEW, at=AT, count=3, since="2026-11-22T23:50")
    said = line(audit.as_record(entry, "a"), TEAM, {})
    assert said.who.startswith("Casebook of ")
    assert said.did == "Wrong passphrases tried"
    assert said.detail == "3 times since Sun 22 Nov 2026, 23:50"


def test_what_came_from_outside_says_how_much_and_from_whom() -> None:
    team = TEAM
    whom = sorted(team.persons)[0]
    entry = audit.collection("exchange", 1, record=NEW, at=AT, people=[whom])
    said = line(audit.as_record(entry, whom), team, {})
    assert said.detail == f"1 change from {team.name_of(whom)}"
    table = audit.collection("table", 1200, record=NEW, at=AT, kind="note")
    assert line(audit.as_record(table, whom), team, {}).detail.startswith("1,200 · ")


def test_a_table_says_among_how_many_it_was_compared_and_names_whom_it_met() -> None:
    met = [n.to_bytes(16, "big") for n in range(1, 6)]
    entry = audit.combination("matched", met, record=NEW, at=AT, rule="Same name", compared=9_000)
    said = line(audit.as_record(entry, "a"), TEAM, {})
    assert said.detail == "Same name · 9,000 compared"
    assert said.whose.endswith("2 others")
