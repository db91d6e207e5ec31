# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Missed appointments: what adds up, and what is no miss."""

import pytest

from desktop_app.casework.records import Json
from tests.unit.desk import Desk, kinds, missed, only, seen, setting


def test_two_missed_in_a_row_bring_somebody_to_today(desk: Desk) -> None:
    desk.client("Tanner", missed("2026-11-12"), missed("2026-11-19"))
    due = only(desk.look(), "missed")
    assert due.sentence == (
        "because 2 appointments in a row were missed, the last on Thu 19 Nov, "
        "and no key worker or nurse has seen them since"
    )
    assert [chip.text for chip in due.chips] == ["2 missed in a row"]


@pytest.mark.parametrize(
    "records",
    [
        [missed("2026-11-19")],
        [missed("2026-11-12"), missed("2026-11-15", "attended"), missed("2026-11-19")],
        [missed("2026-11-12"), missed("2026-11-19"), seen("2026-11-20")],
        [missed("2026-11-12"), missed("2026-11-19", reason="in_custody")],
        [missed("2026-11-12"), missed("2026-11-19"), setting("remand")],
        [missed("2026-11-12"), missed("2026-11-25")],
        [missed("2026-11-12"), missed("2026-11-19", "cancelled_by_us")],
        [missed("2026-11-12"), missed("2026-11-19", "cancelled_by_client")],
        [missed("2026-11-12"), missed("2026-11-19", reason="our_mistake")],
    ],
    ids=[
        "one alone",
        "one kept between",
        "seen since",
        "in custody, as told",
        "in custody, as recorded",
        "one still to come",
        "we cancelled",
        "they cancelled",
        "our own mistake",
    ],
)
def test_these_do_not_add_up(desk: Desk, records: list[tuple[str, dict[str, Json]]]) -> None:
    desk.client("Tanner", *records)
    assert "missed" not in kinds(desk.look())


def test_one_that_was_cancelled_does_not_end_a_row(desk: Desk) -> None:
    between = missed("2026-11-15", "cancelled_by_us")
    desk.client("Tanner", missed("2026-11-12"), between, missed("2026-11-19"))
    assert "missed" in kinds(desk.look())


def test_three_in_four_weeks_add_up_even_with_one_kept_between(desk: Desk) -> None:
    kept = missed("2026-11-10", "attended")
    days = [missed(f"2026-11-{day}") for day in ("05", "08", "12")]
    desk.client("Tanner", *days, kept)
    due = only(desk.look(), "missed")
    assert "3 appointments were missed in 28 days" in due.sentence


def test_whoever_missed_appointments_is_not_shown_twice(desk: Desk) -> None:
    held = [setting("community"), seen("2026-11-01"), missed("2026-11-12"), missed("2026-11-19")]
    desk.client("Tanner", *held)
    dues = desk.look()
    assert kinds(dues) == ["missed"]
    assert [chip.text for chip in dues[0].chips] == ["2 missed in a row", "8 days over"]
    assert dues[0].late
