# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""When a client was last seen: what counts, what does not, and by whom."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from desktop_app.casework.last_seen import CARE, contacts, days_since, last_seen, limit_in
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Role, Team
from desktop_app.casework.records import Json, Record

Make = Callable[..., Record]
NOW = datetime.fromisoformat("2026-11-23T14:30")
OSEI, SHAH, BELLO = "a" * 16, "b" * 16, "c" * 16
SEEN: dict[str, Json] = {
    "at": "2026-11-20T10:00",
    "state": "done",
    "outcome": "seen",
    "kind": "home",
    "people": [OSEI],
}


def test_seen_at_home_is_being_seen(a_record: Make) -> None:
    found = last_seen([a_record("visit", **SEEN)], NOW)
    assert found is not None
    assert found.at == datetime.fromisoformat("2026-11-20T10:00")
    assert days_since(found, date(2026, 11, 23)) == 3


@pytest.mark.parametrize(
    "otherwise",
    [
        {"outcome": "refused"},
        {"outcome": "not_seen"},
        {"outcome": None},
        {"state": "tried"},
        {"state": "planned"},
        {"state": "called_off"},
        {"kind": "phone"},
        {"kind": "text"},
        {"at": "2026-11-23T16:00"},
        {"at": "soon"},
        {"_withdrawn": "Wrong client"},
    ],
)
def test_this_is_not_being_seen(otherwise: dict[str, Json], a_record: Make) -> None:
    assert last_seen([a_record("visit", **{**SEEN, **otherwise})], NOW) is None


def test_on_video_from_prison_is_being_seen(a_record: Make) -> None:
    assert last_seen([a_record("visit", **{**SEEN, "kind": "video"})], NOW) is not None


def test_an_appointment_with_one_of_the_team_counts_when_they_came(a_record: Make) -> None:
    came: dict[str, Json] = {
        "booked_for": "2026-11-22T09:00",
        "state": "attended",
        "with_person": BELLO,
    }
    assert last_seen([a_record("appointment", **came)], NOW) is not None
    for otherwise in ({"state": "not_attended"}, {"with_person": None}, {"state": "booked"}):
        assert last_seen([a_record("appointment", **{**came, **otherwise})], NOW) is None


def test_each_role_has_its_own_answer(a_record: Make, team: Team) -> None:
    visits = [
        a_record("visit", **SEEN),
        a_record("visit", **{**SEEN, "at": "2026-11-22T10:00", "people": [SHAH]}),
    ]
    by_anybody = last_seen(visits, NOW)
    by_care = last_seen(visits, NOW, team=team, by=CARE)
    by_nurse = last_seen(visits, NOW, team=team, by=[Role.NURSE])
    assert by_anybody is not None
    assert by_care is not None
    assert (by_anybody.at.day, by_care.at.day, by_nurse) == (22, 20, None)


def test_a_joint_visit_counts_for_both(a_record: Make, team: Team) -> None:
    visit = a_record("visit", **{**SEEN, "people": [OSEI, SHAH]})
    assert last_seen([visit], NOW, team=team, by=[Role.OFFICER]) is not None
    assert last_seen([visit], NOW, team=team, by=[Role.KEY_WORKER]) is not None


def test_somebody_the_roster_does_not_know_counts_for_no_role(a_record: Make, team: Team) -> None:
    visit = a_record("visit", **{**SEEN, "people": ["f" * 16]})
    assert last_seen([visit], NOW, team=team, by=CARE) is None
    assert last_seen([visit], NOW) is not None


def test_contacts_are_told_latest_first(a_record: Make) -> None:
    visits = [a_record("visit", **{**SEEN, "at": f"2026-11-{day}T10:00"}) for day in (3, 20, 12)]
    visits[0] = a_record("visit", **{**SEEN, "at": "2026-11-03T10:00"})
    assert [one.at.day for one in contacts(visits, NOW)] == [20, 12, 3]


def test_the_limit_is_longer_inside_and_never_stops_there() -> None:
    held = limits()
    assert limit_in("community", held) == 14
    assert limit_in("remand", held) == limit_in("rehab", held) == 28
    assert limit_in("", held) == limit_in("unknown", held)
    assert limit_in("deceased", held) is None
