# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Offending events: counted by their own days, acquisitive or not, convicted or not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.codes import codes
from desktop_app.casework.forms import FieldType, form
from desktop_app.casework.offending import (
    Basis,
    counted,
    days_at_liberty,
    events,
    how_it_stands,
    is_acquisitive,
)
from desktop_app.casework.records import Record
from desktop_app.casework.targeting import places, places_on

Make = Callable[..., Record]
YEAR = (date(2026, 1, 1), date(2027, 1, 1))
DAY = st.dates(date(2025, 1, 1), date(2027, 12, 31))
CONVICTED = {
    "further_action": "charged",
    "convicted_on": "2026-05-02",
    "disposal": "imprisonment",
}


def test_an_event_is_counted_by_the_day_that_is_asked_for(a_record: Make) -> None:
    late = a_record(
        "arrest",
        offence_group="shoplifting",
        offence_on="2025-12-20",
        arrested_on="2026-02-01",
        further_action="charged",
        charged_on="2026-02-02",
        convicted_on="2027-01-05",
        disposal="fine",
        sentenced_on="2027-01-05",
    )
    found = {basis: counted([late], basis, *YEAR).count for basis in Basis}
    assert found == {"offence": 0, "arrest": 1, "charge": 1, "conviction": 0, "sentence": 0}


def test_what_has_no_such_day_is_not_counted_and_not_forgotten(a_record: Make) -> None:
    some = [
        a_record("arrest", offence_group="robbery", arrested_on="2026-03-01"),
        a_record(
            "arrest", offence_group="driving", arrested_on="2026-03-01", offence_on="2026-02-01"
        ),
    ]
    found = counted(some, Basis.OFFENCE, *YEAR)
    assert (found.count, found.acquisitive, found.undated) == (1, 0, 1)
    assert found.words == "1, 0 of it acquisitive; 1 more without its day"
    assert counted([], Basis.OFFENCE, *YEAR).words == "none"


@pytest.mark.parametrize(
    ("disposal", "convicted"),
    [
        ("imprisonment", True),
        ("drr", True),
        ("guilty", True),
        ("awaiting_sentence", True),
        ("not_guilty", False),
        ("withdrawn_final", False),
        ("lie_on_file", False),
        ("adjourned", False),
        ("remand_custody", False),
    ],
)
def test_only_what_a_court_decided_against_somebody_is_a_conviction(
    a_record: Make, disposal: str, *, convicted: bool
) -> None:
    one = a_record("arrest", offence_group="robbery", **{**CONVICTED, "disposal": disposal})
    assert events([one])[0].convicted is convicted
    assert counted([one], Basis.CONVICTION, *YEAR).count == convicted


def test_a_sentence_without_a_day_of_conviction_is_a_conviction_on_its_day(a_record: Make) -> None:
    one = a_record(
        "arrest", offence_group="fraud", disposal="community_order", sentenced_on="2026-06-01"
    )
    assert counted([one], Basis.CONVICTION, *YEAR).count == 1


def test_which_groups_are_acquisitive_stands_in_the_list() -> None:
    listed = {one.code for one in codes("offence_group").code if one.group == "Acquisitive"}
    assert {one.code for one in codes("offence_group").code if is_acquisitive(one.code)} == listed
    assert not is_acquisitive("from_a_newer_tandem")


def test_what_somebody_says_of_themselves_is_no_event(a_record: Make) -> None:
    said = a_record("visit", note="Says they went shoplifting", at="2026-03-01T10:00")
    gone = a_record("arrest", arrested_on="2026-03-01", _withdrawn="Somebody else")
    assert events([said, gone]) == []


def test_days_in_custody_are_no_days_at_liberty(a_record: Make) -> None:
    inside = a_record("setting", setting="remand", from_on="2026-03-01")
    out = a_record("setting", setting="community", from_on="2026-03-11")
    assert days_at_liberty([inside, out], *YEAR) == 365 - 10
    assert days_at_liberty([], *YEAR) == 365


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(DAY, max_size=6), cut=DAY, data=st.data())
def test_two_times_that_follow_each_other_count_what_both_of_them_do(
    a_record: Make, days: list[date], cut: date, data: st.DataObject
) -> None:
    some = [a_record("arrest", offence_group="robbery", arrested_on=f"{day}") for day in days]
    mixed = data.draw(st.permutations(some))
    first, last = date(2025, 1, 1), date(2028, 1, 1)
    before, after = (counted(mixed, Basis.ARREST, *one) for one in ((first, cut), (cut, last)))
    assert before.count + after.count == len(days)
    assert counted(some, Basis.ARREST, first, last) == counted(mixed, Basis.ARREST, first, last)


def test_how_a_case_stands_is_said(a_record: Make) -> None:
    on = date(2026, 11, 23)
    cases = {
        "Imprisonment (Sat 2 May)": {**CONVICTED, "sentenced_on": "2026-05-02"},
        "Convicted, not sentenced yet (Sat 2 May)": {**CONVICTED, "disposal": ""},
        "Charged, not over yet (Fri 1 May)": {
            "further_action": "charged",
            "charged_on": "2026-05-01",
        },
        "Caution": {"further_action": "caution"},
        "what followed is not known": {},
    }
    said = [how_it_stands(events([a_record("arrest", **one)])[0], on) for one in cases.values()]
    assert said == list(cases)


# --- the shape of the evaluation: what cannot be recovered later is asked from the first day


def test_each_step_of_a_case_has_a_day_of_its_own() -> None:
    asked = form("arrest").fields
    days = ("offence_on", "arrested_on", "charged_on", "plea_on", "convicted_on", "sentenced_on")
    assert {asked[name].type for name in days} == {FieldType.DATE}
    assert all(form(one).happened for one in ("arrest", "setting", "cohort", "support", "visit"))


def test_there_are_three_groups_and_somebody_can_be_in_each_of_them_more_than_once(
    a_record: Make,
) -> None:
    groups = [one.code for one in codes("cohort").code]
    assert groups == ["supply_side", "demand_side", "eligible_not_included"]
    some = [
        a_record("cohort", cohort=group, started_on=f"{year}-01-01", ended_on=f"{year}-06-01")
        for group in groups
        for year in (2024, 2025)
    ]
    assert len(places(some)) == 6
    assert {one.cohort for one in places_on(some, date(2025, 3, 1))} == set(groups)


def test_every_setting_of_the_evaluation_can_be_recorded() -> None:
    wanted = {
        *("community", "police_custody", "remand", "sentenced", "recall", "rehab", "detox"),
        *("hospital", "approved_premises", "unknown", "out_of_area", "deceased"),
    }
    assert wanted == {one.code for one in codes("setting").code}


def test_when_it_happened_and_when_it_was_recorded_are_two_things(a_record: Make) -> None:
    one = a_record("arrest", arrested_on="2019-04-01")
    assert events([one])[0].arrested_on == date(2019, 4, 1)
    assert timedelta(milliseconds=one.recorded_at) > timedelta(days=365 * 50)
