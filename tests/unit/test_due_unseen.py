# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Not seen: each setting its own limit, worst first, whoever looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from desktop_app.casework.board import Known
from desktop_app.casework.due import CaseFile, Due, Look
from desktop_app.casework.due_unseen import board, days_here, from_day
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Team
from desktop_app.casework.records import Json, Record
from tests.unit.desk import NOW, OSEI, SHAH, Desk, plan, seen, setting

Make = Callable[..., Record]
ON = date(2026, 11, 23)
HELD: dict[str, Json] = {"duty": "key_worker", "worker": OSEI, "from_on": "2026-08-01"}


@pytest.fixture
def desk(a_record: Make, team: Team) -> Desk:
    return Desk(a_record, team)


def row(desk: Desk, file: CaseFile, who: str = OSEI) -> Due | None:
    look = Look(desk.facts(), desk.me(who), NOW)
    return next(iter(board().exact(file, look)), None)


@pytest.mark.parametrize(
    ("code", "limit", "heading"),
    [
        ("community", 14, "In the community"),
        ("sentenced", 28, "In custody"),
        ("rehab", 28, "In rehab or detox"),
        ("hospital", 14, "In hospital"),
        ("unknown", 14, "Whereabouts not known"),
    ],
)
def test_each_setting_has_its_own_limit(code: str, limit: int, heading: str, desk: Desk) -> None:
    last = date.fromordinal(ON.toordinal() - limit - 3).isoformat()
    there = setting(code, from_on="2026-10-01")
    found = row(desk, desk.client("Croft", seen(last), there))
    assert found is not None
    assert found.late
    assert f"not seen for {limit + 3} days; the limit here is {limit}" in found.sentence
    assert board().section(found) == heading
    assert [chip.text for chip in found.chips][-1] == "3 days over"
    within = date.fromordinal(ON.toordinal() - limit + 3).isoformat()
    assert row(desk, desk.client("Bell", seen(within), there)) is None


def test_it_says_who_stands_by_them_and_what_is_planned(desk: Desk) -> None:
    file = desk.client("Croft", seen("2026-11-01"), plan("2026-11-25T10:00"))
    mine, theirs = row(desk, file), row(desk, file, SHAH)
    assert mine is not None
    assert mine.sentence.endswith("; a visit is planned for Wed 25 Nov; key worker: you")
    assert theirs is not None
    assert theirs.sentence.endswith("key worker: K. Osei")
    assert [one.key for one in mine.answers] == ["S", "N", "R"]


def test_whoever_nobody_stands_by_is_nobodys_to_see(desk: Desk, a_record: Make) -> None:
    file = desk.client("Croft", seen("2026-09-01"))
    ended = a_record(
        "assignment",
        file.client.id,
        **HELD,
        until_on="2026-11-01",
        handover_reason="support_ended",
    )
    bare = replace(file, records=(*file.records[1:], ended))
    assert row(desk, bare) is None
    assert from_day(bare, Known(desk.team, limits(), NOW)) is None


def test_days_without_contact_are_counted_where_they_are(a_record: Make) -> None:
    moved = [a_record("setting", setting="sentenced", from_on="2026-11-03")]
    assert days_here(moved, date(2026, 10, 30), ON) == (20, False)
    assert days_here(moved, date(2026, 11, 13), ON) == (10, True)
    assert days_here(moved, None, ON) == (20, False)
    assert days_here([], date(2026, 11, 13), ON) is None
