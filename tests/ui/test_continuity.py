# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Continuity from the rows: the visit that is due, the day of release; all by keys."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.office import BELLO, OSEI, Office
from tests.ui.test_boards_page import Programme, comes_out
from ui.session import Session


@pytest.fixture
def programme(qtbot: QtBot, session: Session) -> Programme:
    return Programme(qtbot, session)


def inside(office: Office, surname: str) -> bytes:
    client = office.client(surname)
    duty = {"duty": "key_worker", "worker": OSEI, "from_on": "2026-08-01"}
    office.colleague(BELLO, "assignment", duty, client=client)
    there = {"setting": "sentenced", "place_prison": "zz_eastmoor", "from_on": "2026-09-01"}
    office.save("setting", there, client=client)
    return client


def test_a_prison_visit_is_booked_from_the_row(programme: Programme, office: Office) -> None:
    inside(office, "Croft")
    programme.open("not_seen")
    assert programme.names() == ["CROFT, Leanne"]
    programme.press(Qt.Key.Key_R)
    panel = programme.page.panel
    assert panel is not None
    assert panel.view.answers()["kind"] == "prison"
    assert panel.view.answers()["place"] == "HMP Eastmoor"


def test_the_day_of_release_is_planned_from_the_row_and_taken_back(
    programme: Programme, office: Office
) -> None:
    bell = comes_out(office, "Bell", "2026-11-26")
    programme.open("coming_out")
    programme.press(Qt.Key.Key_P)
    panel = programme.page.panel
    assert panel is not None
    panel.view.resume({"meets": [OSEI], "sleeps": "With his sister"})
    panel.save()
    programme.settle()
    (plan,) = office.of(bell, "release_plan")
    assert plan.answers["sleeps"] == "With his sister"
    (visit,) = office.of(bell, "visit")
    assert (visit.answers["kind"], visit.answers["people"]) == ("gate", [OSEI])
    (row,) = programme.page.rows.rows.values()
    assert [chip.text for chip in row.item().chips] == ["Day planned"]
    programme.press(Qt.Key.Key_U)
    kept = [*office.of(bell, "release_plan"), *office.of(bell, "visit")]
    assert len(kept) == 2
    assert all(one.withdrawn for one in kept)


def test_meeting_them_is_one_key(programme: Programme, office: Office) -> None:
    bell = comes_out(office, "Bell", "2026-11-26")
    programme.open("coming_out")
    programme.press(Qt.Key.Key_M)
    (visit,) = office.of(bell, "visit")
    assert visit.answers["at"] == "2026-11-26T09:00"
