# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Visits that are due, releases that are near, and the needs of clients."""

from datetime import datetime

import pytest

from desktop_app.casework.records import Json
from desktop_app.casework.today import today
from tests.unit.desk import BELLO, LOWE, OSEI, SHAH, Desk, kinds, only, plan, release, seen, setting


def test_a_client_not_seen_for_too_long_is_due(desk: Desk) -> None:
    desk.client("Doyle", setting("community"), seen("2026-11-08"))
    due = only(desk.look(), "visit_due")
    assert due.sentence == "because not seen for 15 days; the limit here is 14"
    assert due.late
    assert [chip.text for chip in due.chips] == ["1 day over"]


@pytest.mark.parametrize(
    ("code", "day", "shown"),
    [
        ("community", "2026-11-12", False),
        ("community", "2026-11-11", True),
        ("remand", "2026-11-08", False),
        ("remand", "2026-10-28", True),
        ("rehab", "2026-10-20", True),
    ],
)
def test_the_limit_is_longer_inside(desk: Desk, code: str, day: str, *, shown: bool) -> None:
    desk.client("Doyle", setting(code, from_on="2026-01-01"), seen(day))
    assert ("visit_due" in kinds(desk.look())) is shown


def test_not_seen_is_never_said_of_somebody_a_colleague_saw(desk: Desk) -> None:
    desk.client("Doyle", setting("community"), seen("2026-11-08"), seen("2026-11-20", SHAH))
    due = only(desk.look(), "visit_due")
    assert due.sentence == (
        "because no key worker or nurse has seen them for 15 days; PC R. Shah saw them 3 days ago"
    )


def test_a_nurse_s_visit_keeps_the_limit_as_a_key_worker_s_does(desk: Desk) -> None:
    desk.client("Doyle", setting("community"), seen("2026-11-08"), seen("2026-11-20", BELLO))
    assert "visit_due" not in kinds(desk.look())


def test_a_visit_planned_in_time_keeps_the_row_away_and_a_call_does_not(desk: Desk) -> None:
    desk.client("Doyle", setting("community"), seen("2026-11-10"), plan("2026-11-24T10:00", OSEI))
    assert "visit_due" not in kinds(desk.look())
    desk.files.clear()
    call = plan("2026-11-24T10:00", OSEI, kind="phone")
    desk.client("Doyle", setting("community"), seen("2026-11-10"), call)
    assert "visit_due" in kinds(desk.look())


def test_a_visit_planned_too_late_is_said_and_the_row_stays(desk: Desk) -> None:
    desk.client("Doyle", setting("community"), seen("2026-11-01"), plan("2026-11-25T10:00", OSEI))
    assert only(desk.look(), "visit_due").sentence.endswith("; a visit is planned for Wed 25 Nov")


def test_somebody_never_seen_is_counted_from_their_first_key_worker(desk: Desk) -> None:
    desk.client("New", setting("community"))
    assert "visit_due" not in kinds(desk.look())
    later = today(desk.facts(), desk.me(), datetime.fromisoformat("2026-12-10T09:00"))
    assert "nobody has seen them yet" in only(later, "visit_due").sentence


def test_only_the_key_worker_is_asked_to_visit(desk: Desk) -> None:
    desk.client("Doyle", setting("community"), seen("2026-11-01"))
    assert kinds(desk.look(SHAH)) == kinds(desk.look(LOWE)) == []


def test_a_next_step_stands_until_somebody_says_it_is_done(desk: Desk) -> None:
    step: dict[str, Json] = {
        "next_step": "Housing form",
        "next_step_on": "2026-11-20",
        "next_step_with": [OSEI],
    }
    form, answers = seen("2026-11-17")
    desk.client("Briggs", (form, {**answers, **step}))
    due = only(desk.look(), "next_step")
    assert due.sentence == "because “Housing form” was to be done by Fri 20 Nov"
    assert due.late
    desk.files.clear()
    desk.client("Briggs", (form, {**answers, **step, "next_step_done_on": "2026-11-20"}))
    assert kinds(desk.look()) == []


def test_a_release_nobody_meets_says_so(desk: Desk) -> None:
    desk.client("Reeve", release(release_time="09:00"))
    due = only(desk.look(), "release")
    assert (due.big, due.beneath) == ("4", "days")
    assert due.sentence == (
        "because nobody is down to meet them, no plan for the day yet: "
        "out on Fri 27 Nov about 09:00"
    )
    assert [answer.code for answer in due.answers] == ["meet", "plan_day", "ask_team"]


def test_a_release_somebody_meets_says_who(desk: Desk) -> None:
    desk.client("Reeve", release(), plan("2026-11-27T09:00", SHAH, kind="gate"))
    due = only(desk.look(), "release")
    assert due.sentence == (
        "because no plan for the day yet: out on Fri 27 Nov; down to meet them: PC R. Shah"
    )
    assert "nobody" not in due.sentence


def test_a_release_whose_day_has_passed_asks_for_the_setting(desk: Desk) -> None:
    form, answers = release()
    desk.client("Reeve", (form, {**answers, "expected_release_on": "2026-11-20"}))
    due = only(desk.look(), "release")
    assert due.late
    assert "the setting still says In custody: HMP Eastmoor" in due.sentence
    assert due.answers[0].code == "setting"


def test_a_release_far_away_or_of_somebody_else_s_client_is_not_shown(desk: Desk) -> None:
    form, answers = release()
    desk.client("Reeve", (form, {**answers, "expected_release_on": "2026-12-30"}))
    desk.client("Other", release(), worker=BELLO)
    assert "release" not in kinds(desk.look())


def test_a_need_is_shown_to_who_sees_to_it_until_it_is_done(desk: Desk) -> None:
    need: dict[str, Json] = {
        "domain": "benefits",
        "what": "PIP form",
        "owner": BELLO,
        "due_on": "2026-11-22",
    }
    desk.client("Briggs", ("need", need))
    assert kinds(desk.look()) == []
    due = only(desk.look(BELLO), "need")
    assert due.sentence == "because “PIP form” was to be done by Sun 22 Nov"
    desk.files.clear()
    desk.client("Briggs", ("need", {**need, "done_on": "2026-11-21"}))
    assert kinds(desk.look(BELLO)) == []


def test_a_need_that_is_nobody_s_is_the_key_worker_s_and_one_without_a_day_is_not_late(
    desk: Desk,
) -> None:
    desk.client("Briggs", ("need", {"domain": "benefits", "what": "A", "due_on": "2026-11-25"}))
    desk.client("Croft", ("need", {"domain": "benefits", "what": "B", "owner": OSEI}))
    assert [due.name for due in desk.look() if due.kind == "need"] == ["BRIGGS, Lee"]


def test_what_a_worker_took_on_passes_to_the_key_worker_when_they_hand_over(desk: Desk) -> None:
    need: dict[str, Json] = {"what": "PIP form", "owner": SHAH, "due_on": "2026-11-22"}
    form, answers = seen("2026-11-20")
    step: dict[str, Json] = {
        "next_step": "Ring housing",
        "next_step_on": "2026-11-20",
        "next_step_with": [SHAH],
    }
    handed: dict[str, Json] = {
        "duty": "police_lead",
        "worker": SHAH,
        "from_on": "2026-01-01",
        "until_on": "2026-11-21",
        "handed_to": LOWE,
        "handover_reason": "worker_leaves",
    }
    held = [("need", need), (form, {**answers, **step})]
    desk.client("Briggs", *held)
    assert kinds(desk.look(SHAH)) == ["next_step", "need"]
    assert kinds(desk.look()) == []
    desk.files.clear()
    desk.client("Briggs", *held, ("assignment", handed))
    assert kinds(desk.look(SHAH)) == []
    assert kinds(desk.look()) == ["next_step", "need"]


def test_what_somebody_who_left_the_team_took_on_is_not_lost(desk: Desk) -> None:
    need: dict[str, Json] = {"what": "PIP form", "owner": "f" * 16, "due_on": "2026-11-22"}
    desk.client("Briggs", ("need", need))
    assert kinds(desk.look()) == ["need"]


def test_a_time_of_release_reads_on_however_it_was_typed(desk: Desk) -> None:
    desk.client("Reeve", release(release_time="After breakfast"))
    sentence = only(desk.look(), "release").sentence
    assert "no plan for the day yet: out on Fri 27 Nov, after breakfast" in sentence


def test_a_limit_that_ends_today_is_said_and_not_late(desk: Desk) -> None:
    desk.client("Doyle", setting("community"), seen("2026-11-09"))
    due = only(desk.look(), "visit_due")
    assert [chip.text for chip in due.chips] == ["Limit today"]
    assert not due.late


def test_an_officer_s_visit_does_not_keep_the_row_away(desk: Desk) -> None:
    held = [setting("community"), seen("2026-11-08"), plan("2026-11-23T16:00", SHAH)]
    desk.client("Doyle", *held)
    assert "visit_due" in kinds(desk.look())


def test_seen_by_police_only_is_not_said_as_never_seen(desk: Desk) -> None:
    desk.client("New", setting("community"), seen("2026-11-22", SHAH))
    later = desk.look(now=datetime.fromisoformat("2026-12-10T09:00"))
    assert only(later, "visit_due").sentence == (
        "because no key worker or nurse has seen them yet; PC R. Shah saw them 18 days ago"
    )
