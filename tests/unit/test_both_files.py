# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two files side by side: what differs, what is kept, what comes along, what does not fit."""

from datetime import date

from desktop_app.casework import both_files
from desktop_app.casework.both_files import Take, Told, clashes, comes_along, kept, undecided
from desktop_app.casework.forms import form
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import WITHDRAWN, Answers, Json, Live, Record

ON = date(2026, 11, 23)
TEAM = Team(
    "t",
    "Harbour",
    {
        who: Person(who, name, "A", frozenset({Role.KEY_WORKER}), frozenset({"partners"}))
        for who, name in (("k", "K. Osei"), ("t", "T. Bell"))
    },
)
ONE: Answers = {
    "surname": "Marsh",
    "forename": "Daniel",
    "aliases": ["Danny"],
    "address_1": "2 Quay Street",
    "postcode": "ZZ1 3HD",
    "first_contact_on": "2026-05-01",
    "never": "No letters",
}
OTHER: Answers = {
    "surname": "Marsh",
    "forename": "Danny",
    "aliases": ["Scout", "Danny"],
    "address_1": "3 Cooper's Wharf",
    "phone": "07700 900123",
    "first_contact_on": "2026-03-01",
    "never": "Not before noon",
    "gp": "",
}


def record(name: str, *, audience: str = "partners", **answers: Json) -> Record:
    record.made = made = getattr(record, "made", 0) + 1  # type: ignore[attr-defined]
    live = [Live(made, 1, 1, made, dict(answers))]
    return Record(bytes([made]) * 16, name, b"c" * 16, audience, "k", live)


def cells(one: Answers = ONE, other: Answers = OTHER) -> dict[str, Told]:
    return {cell.key: cell for cell in both_files.told(form("client"), one, other)}


def test_what_neither_answers_is_left_out_and_what_belongs_together_is_one() -> None:
    found = cells()
    assert list(found) == [
        "surname", "forename", "aliases", "address", "phone", "safe_contact", "first_contact_on",
    ]  # fmt: skip
    assert found["address"].one == {"address_1": "2 Quay Street", "postcode": "ZZ1 3HD"}
    assert not found["surname"].differs
    assert found["surname"].offered == ()


def test_what_one_file_alone_says_is_kept_of_lists_both_and_the_earlier_first_contact() -> None:
    assert {key: cell.usual for key, cell in cells().items()} == {
        "surname": Take.FIRST,
        "forename": Take.FIRST,
        "aliases": Take.BOTH,
        "address": Take.FIRST,
        "phone": Take.OTHER,
        "safe_contact": None,
        "first_contact_on": Take.OTHER,
    }


def test_what_keeps_somebody_safe_is_never_decided_by_itself() -> None:
    found = list(cells().values())
    assert [one.key for one in undecided(found, {})] == ["safe_contact"]
    assert undecided(found, {"safe_contact": Take.FIRST}) == []
    only_one = cells({**ONE, "never": None}).values()
    assert undecided(only_one, {}) == []


def test_what_is_kept_is_a_change_of_the_file_that_is_shown() -> None:
    found = list(cells().values())
    assert kept(found, {"safe_contact": Take.FIRST}) == {
        "aliases": ["Danny", "Scout"],
        "phone": "07700 900123",
        "first_contact_on": "2026-03-01",
    }
    moved = kept(found, {"address": Take.OTHER, "phone": Take.FIRST, "aliases": Take.FIRST})
    assert moved == {
        "address_1": "3 Cooper's Wharf",
        "postcode": None,
        "first_contact_on": "2026-03-01",
    }
    assert kept(cells(ONE, ONE).values(), {}) == {}


def test_what_comes_along_is_counted_as_people_count_it() -> None:
    held = [
        record("visit"),
        record("visit"),
        record("account"),
        record("client"),
        record("same_person"),
        record("note", **{WITHDRAWN: "Typed twice"}),
        record("note", audience="police"),
        record("appointment"),
    ]
    assert comes_along(held) == {"visit": 2, "appointment": 1}


def test_of_what_is_kept_to_some_only_that_it_differs_is_said() -> None:
    one, other = [record("visit")], [record("note", audience="health", headline="Secret")]
    (said,) = both_files.kept_to_some(one, other)
    assert said.startswith("Health only: differs.")
    assert "Secret" not in said
    assert both_files.kept_to_some(one, one) == []


def worker(who: str) -> Record:
    return record("assignment", duty="key_worker", worker=who, from_on="2026-01-01")


def test_two_key_workers_two_treatments_and_two_settings_are_named() -> None:
    one = [
        worker("k"),
        record("setting", setting="community", from_on="2026-01-01"),
        record("treatment", status="on_going", accepted_on="2026-01-01"),
        record("support", started_on="2026-01-01"),
        record("cohort", cohort="demand_side", started_on="2026-01-01"),
    ]
    other = [
        worker("t"),
        record("setting", setting="remand", from_on="2026-05-01"),
        record("treatment", status="on_going", accepted_on="2026-02-01"),
        record("support", started_on="2026-02-01"),
        record("cohort", cohort="supply_side", started_on="2026-02-01"),
    ]
    said = [clash.what for clash in clashes(one, other, TEAM, on=ON)]
    assert said[0] == "Key worker in both files: K. Osei and T. Bell."
    assert said[1].startswith("Two settings: ")
    assert said[2:4] == [
        "A treatment is open in both files.",
        "A spell of support runs in both files.",
    ]
    assert said[4].startswith("Places in the initiative in both files: ")
    assert clashes(one, one, TEAM, on=ON)[0].what == "A treatment is open in both files."


def test_what_is_kept_to_health_is_not_among_what_does_not_fit() -> None:
    one = [record("treatment", audience="health", status="on_going")]
    assert clashes(one, one, TEAM, on=ON) == []
