# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the guide wants kept of everybody on a list: a meter that nags and never blocks."""

from collections.abc import Callable

from desktop_app.casework.completeness import enforcement, not_included, outreach, together
from desktop_app.casework.forms import form, problems
from desktop_app.casework.records import Record
from desktop_app.casework.targeting import DEMAND, NOT_INCLUDED, SUPPLY

Make = Callable[..., Record]


def test_whoever_is_on_no_list_is_asked_for_nothing(a_record: Make) -> None:
    client = a_record("client", surname="Marsh")
    assert enforcement(client, []) is None
    assert outreach(client, []) is None


def test_the_outreach_list_wants_a_name_a_birthday_and_the_day_accepted(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel")
    found = outreach(client, [a_record("cohort", cohort=DEMAND, started_on="2026-01-01")])
    assert found is not None
    assert found.wanted == 4
    assert found.fraction == 0.75
    assert found.words == "3 of 4. Missing: Born"
    assert [(one.field, one.because) for one in found.missing] == [("born", "guide section 4")]


def test_the_day_of_removal_is_wanted_once_somebody_was_removed(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel", born="1989")
    removed = a_record(
        "cohort", cohort=DEMAND, started_on="2026-01-01", ended_because="good_progress"
    )
    found = outreach(client, [removed])
    assert found is not None
    assert [one.field for one in found.missing] == ["ended_on"]
    assert found.missing[0].record is removed


def test_the_enforcement_list_wants_the_operation(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel", born="1989")
    found = enforcement(client, [a_record("cohort", cohort=SUPPLY, started_on="2026-01-01")])
    assert found is not None
    assert [one.field for one in found.missing] == ["operation"]


def test_nobody_lacks_anything_by_not_having_been_arrested(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel", born="1989")
    listed = a_record("cohort", cohort=SUPPLY, started_on="2026-01-01", operation="Harvest")
    found = enforcement(client, [listed])
    assert found is not None
    assert found.fraction == 1
    assert found.words == "All 5 answers wanted are there"


def test_of_an_arrest_what_followed_is_wanted_and_the_court_only_after_a_charge(
    a_record: Make,
) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel", born="1989")
    listed = a_record("cohort", cohort=SUPPLY, started_on="2026-01-01", operation="Harvest")
    open_one = a_record("arrest", arrested_on="2026-02-01")
    charged = a_record("arrest", arrested_on="2026-02-01", further_action="charged")
    let_go = a_record("arrest", arrested_on="2026-02-01", further_action="no_action")
    withdrawn = a_record("arrest", _withdrawn="Wrong client")
    wanted = []
    for arrest in (open_one, charged, let_go, withdrawn):
        found = enforcement(client, [listed, arrest])
        assert found is not None
        wanted.append([one.field for one in found.missing])
    assert wanted == [["further_action"], ["disposal"], [], []]


def test_a_record_that_lacks_them_all_is_still_saved() -> None:
    lacking = {"cohort": SUPPLY, "started_on": "2026-01-01"}
    assert problems(form("cohort"), {**lacking}, today="2026-11-23") == []


def test_whoever_was_not_included_is_kept_as_carefully(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel", born="1989")
    listed = a_record("cohort", cohort=NOT_INCLUDED, started_on="2026-01-01", score=14)
    found = not_included(client, [listed])
    assert found is not None
    assert (found.wanted, [one.field for one in found.missing]) == (6, ["not_included_because"])
    assert (
        not_included(client, [a_record("cohort", cohort=DEMAND, started_on="2026-01-01")]) is None
    )


def test_several_are_measured_together(a_record: Make) -> None:
    client = a_record("client", surname="Marsh", forename="Daniel")
    records = [a_record("cohort", cohort=DEMAND, started_on="2026-01-01")]
    whole = together([outreach(client, records), enforcement(client, records)])
    assert (whole.wanted, len(whole.missing)) == (4, 1)
    assert together([]).fraction == 1
