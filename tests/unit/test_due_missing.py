# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is missing: a row for each record that lacks an answer, and honest counts of each answer."""

from collections.abc import Callable
from dataclasses import replace

from desktop_app.casework.boards import boards
from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.due_missing import board, counts, first_missing, rows
from desktop_app.casework.people import Role
from desktop_app.casework.records import Record
from desktop_app.casework.targeting import DEMAND, NOT_INCLUDED, SUPPLY
from tests.anything import NOW, known, look

Make = Callable[..., Record]


def standing(file: CaseFile, *, by: frozenset[Role] = frozenset({Role.COORDINATOR})) -> list[Due]:
    """Return the rows as somebody of these roles sees them, once the coarse rule agrees."""
    seen = look("ann", NOW)
    found = rows(file, replace(seen, me=replace(seen.me, roles=by)))
    assert (board().from_day(file, known()) is not None) == bool(found)
    return found


def test_each_record_that_lacks_something_has_a_row_that_says_what_for(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel")
    place = a_record("cohort", cohort=SUPPLY, started_on="2026-01-01")
    arrest = a_record("arrest", arrested_on="2026-02-01", operation="Harvest")
    whole = CaseFile(client, (client, place, arrest))
    found = standing(whole)
    assert [one.record for one in found] == [client.id, place.id, arrest.id]
    said = [one.sentence for one in found]
    assert said[0].startswith("because Born is missing: ")
    assert said[1].startswith("because Operation is missing: ")
    assert said[2].startswith("because What followed is missing: ")
    assert found[2].what == "Arrest, Sun 1 Feb"
    assert first_missing(whole, arrest.id) == "further_action"


def test_an_answer_two_lists_need_is_asked_for_once(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel")
    places = [
        a_record("cohort", cohort=SUPPLY, started_on="2026-01-01", operation="Harvest"),
        a_record("cohort", cohort=DEMAND, started_on="2026-03-01"),
    ]
    whole = CaseFile(client, (client, *places))
    assert [one.record for one in standing(whole)] == [client.id]
    found = {one.label: one.words for one in counts([whole])}
    assert found["Born"] == "0 of 1 person"
    assert found["Name"] == "1 of 1 person"
    assert found["Accepted or targeted"] == "2 of 2 places"
    assert "Removed" not in found, "nobody was removed: no such day is wanted"


def test_counts_are_of_people_places_arrests_and_charges_each_by_itself(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel", born="1989")
    held = [
        a_record("cohort", cohort=SUPPLY, started_on="2026-01-01", operation="Harvest"),
        a_record("arrest", arrested_on="2026-02-01", operation="Harvest", further_action="charged"),
        a_record("arrest", arrested_on="2026-03-01", further_action="no_action"),
        a_record("arrest", arrested_on="2026-04-01"),
    ]
    aside = a_record("client", surname="Bell", forename="Jo")
    third = a_record("cohort", cohort=NOT_INCLUDED, started_on="2026-01-01", score=12)
    files = [CaseFile(client, (client, *held)), CaseFile(aside, (aside, third))]
    found = {one.label: one.words for one in counts(files)}
    assert found["Born"] == "1 of 2 people"
    assert found["What followed"] == "2 of 3 arrests"
    assert found["What the court decided"] == "0 of 1 charge"
    assert found["Score"] == "1 of 1 place"
    assert found["Why not included"] == "0 of 1 place"


def test_who_may_not_write_a_record_asks_who_may(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel", born="1989")
    place = a_record("cohort", cohort=SUPPLY, started_on="2026-01-01")
    whole = CaseFile(client, (client, place))
    (nurse,) = standing(whole, by=frozenset({Role.NURSE}))
    (officer,) = standing(whole, by=frozenset({Role.OFFICER}))
    assert [one.code for one in nurse.answers] == ["ask_them", "open"]
    assert [one.code for one in officer.answers] == ["fill_in", "open"]


def test_nobody_on_no_list_is_asked_for_anything(a_record: Make) -> None:
    client = a_record("client", surname="Marsh")
    assert standing(CaseFile(client, (client,))) == []
    assert counts([CaseFile(client, (client,))]) == ()


def test_boards_stand_in_the_order_of_a_day() -> None:
    order = [one.name for one in boards()]
    first = ["missed", "coming_out", "fast_track", "not_seen", "handovers"]
    assert order[: len(first)] == first
    assert order[-2:] == ["forum", "missing"]
