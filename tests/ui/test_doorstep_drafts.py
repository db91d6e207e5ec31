# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Drafts of a visit: left, found again, discarded, never mixed up."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.door import Door
from tests.ui.office import OSEI, Office
from ui.places import Place


def test_esc_leaves_a_draft_that_comes_back_at_the_same_field(
    door: Door, office: Office, qtbot: QtBot, lee: bytes
) -> None:
    door.open(lee)
    door.key("y")
    door.note("Half a sent")
    with qtbot.waitSignal(door.page.done):
        door.key_press(Qt.Key.Key_Escape)
    door.settle()
    visit = door.open(lee)
    assert visit.words.note.text() == "Half a sent"
    assert visit.happened.tiles.value() == "seen"
    assert QApplication.focusWidget() is visit.words.note
    assert visit.foot.chip.text() == "Draft from 15:04"
    assert office.of(lee, "visit") == []


def test_a_draft_of_a_planned_visit_and_one_of_a_new_visit_stay_apart(
    door: Door, office: Office, lee: bytes
) -> None:
    later = {"at": "2026-11-25T10:00", "state": "planned", "kind": "home", "people": [OSEI]}
    planned = office.save("visit", later, client=lee)
    door.open(lee)
    door.note("about today")
    door.visit.leave()
    door.open(lee, planned)
    door.note("about Wednesday")
    door.visit.leave()
    door.settle()
    assert door.open(lee).words.note.text() == "about today"
    assert door.open(lee, planned).words.note.text() == "about Wednesday"


def test_a_saved_visit_leaves_no_draft(door: Door, office: Office, lee: bytes) -> None:
    door.open(lee)
    door.key("y")
    door.visit.drafting.flush()
    door.save()
    door.settle()
    assert office.store.drafts() == []


def test_a_discarded_draft_can_be_taken_back(door: Door, office: Office, lee: bytes) -> None:
    door.open(lee)
    door.note("Not lost")
    door.visit.leave()
    door.settle()
    visit = door.open(lee)
    visit.foot.forget.click()
    door.settle()
    assert visit.words.note.text() == ""
    assert office.store.drafts() == []
    visit.undo._undo.click()
    assert visit.words.note.text() == "Not lost"
    visit.drafting.flush()
    door.settle()
    assert [one.answers["note"] for one in office.store.drafts()] == ["Not lost"]


def test_what_was_answered_on_today_is_not_asked_again(
    door: Door, office: Office, lee: bytes
) -> None:
    door.page.show_place(Place("visit", lee, answer="not_seen"))
    door.settle()
    assert door.visit.happened.tiles.value() == "not_seen"
    assert QApplication.focusWidget() is door.visit.happened.tiles.tiles["not_seen"]
    door.key("y")
    door.visit.leave()
    door.settle()
    assert door.open(lee).happened.tiles.value() == "seen", "coming back gives it no second time"
    door.page.show_place(Place("visit", lee, answer="not_seen"))
    assert door.visit.happened.tiles.value() == "not_seen", "what was said last counts"
