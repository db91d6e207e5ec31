# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Why a client stands near the top of the list."""

from collections.abc import Callable
from datetime import datetime

from desktop_app.casework.alerts import live_alerts, not_alone
from desktop_app.casework.due import CaseFile, Facts, Look, said
from desktop_app.casework.near_top import Reason, near_top, order_words
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record

Make = Callable[..., Record]
OSEI, SHAH = "a" * 16, "b" * 16
NOW = datetime.fromisoformat("2026-11-23T14:32")


def reason(make: Make, team: Team, *records: Record, who: str = OSEI) -> Reason | None:
    file = CaseFile(make("client", surname="Marsh"), records)
    return near_top(file, Look(Facts((file,), team), team.persons[who], NOW))


def test_whoever_has_no_reason_is_given_none(a_record: Make, team: Team) -> None:
    assert reason(a_record, team) is None
    assert reason(a_record, team, a_record("arrest", arrested_on="2026-11-20")) is None
    assert reason(a_record, team, a_record("police_contact", kind="stop_search")) is None


def test_the_gravest_reason_is_the_one_that_is_said(a_record: Make, team: Team) -> None:
    missed = [
        a_record("appointment", booked_for=f"2026-11-{day}T10:00", state="not_attended")
        for day in (12, 19)
    ]
    inside = a_record(
        "setting",
        setting="remand",
        from_on="2026-11-20",
        expected_release_on="2026-11-27",
        release_certainty="likely",
    )
    begun = a_record("assignment", duty="key_worker", worker=OSEI, from_on="2026-01-01")
    waits = a_record("treatment", status="waiting", accepted_on="2026-11-09")
    found = [
        reason(a_record, team, *missed, begun, waits),
        reason(a_record, team, inside, begun, waits),
        reason(a_record, team, begun, waits),
        reason(a_record, team, waits),
    ]
    assert [one.kind for one in found if one] == ["missed", "release", "unseen", "waiting"]
    orders = [one.order for one in found if one]
    assert orders == sorted(orders)
    assert found[-1] is not None
    assert said(found[-1].because) == "because waiting 14 days for the nurse"


def test_the_reason_is_the_same_for_everybody(a_record: Make, team: Team) -> None:
    inside = a_record(
        "setting", setting="remand", from_on="2026-11-20", expected_release_on="2026-11-27"
    )
    assert reason(a_record, team, inside) == reason(a_record, team, inside, who=SHAH)


def test_somebody_who_has_died_stands_nowhere_near_the_top(a_record: Make, team: Team) -> None:
    died = a_record("setting", setting="deceased", from_on="2026-11-20")
    waits = a_record("treatment", status="waiting", accepted_on="2026-10-09")
    assert reason(a_record, team, died, waits) is None


def test_the_order_is_said_in_words() -> None:
    assert order_words().startswith("First who missed appointments")


def test_the_gravest_alert_comes_first_then_the_newest(a_record: Make) -> None:
    held = [
        a_record("alert", headline=headline, how_to_visit=how)
        for headline, how in (
            ("old", "as_usual"),
            ("new", "as_usual"),
            ("two", "two"),
            ("never", "not_at_all"),
            ("police", "with_police"),
        )
    ]
    found = [one.headline for one in live_alerts(held, NOW.date())]
    assert found == ["never", "police", "two", "new", "old"]
    assert not_alone(held, NOW.date())
    assert not not_alone(held[:2], NOW.date())


def test_an_alert_holds_until_somebody_ends_it(a_record: Make) -> None:
    old = a_record("alert", headline="Dog", review_on="2020-01-01")
    ended = a_record("alert", headline="Dog", ended_on="2026-11-23")
    assert [one.record for one in live_alerts([old, ended], NOW.date())] == [old]
