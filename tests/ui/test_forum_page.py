# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The case forum, from who is here to sealed minutes, worked by keys over a real vault."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import link
from desktop_app.casework.reference import reference
from desktop_app.reports.pdf import pdf
from desktop_app.reports.web_page import web_page
from storage.store import Store
from tests.logged import logged
from tests.ui.conftest import SignIn
from tests.ui.forum_room import Room, forums, targeted
from tests.ui.office import BELLO, LOWE, SHAH, Office, OfficeClock
from tests.ui.watched import words_shown
from ui import theme
from ui.pages.forum_minutes import sheet_of
from ui.session import Session


@pytest.fixture
def office(vault: Store, clock: OfficeClock) -> Office:
    return Office(vault, clock, me=LOWE)


@pytest.fixture
def session(sign_in: SignIn, office: Office) -> Session:
    return sign_in(Role.COORDINATOR)


@pytest.fixture
def room(qtbot: QtBot, session: Session, office: Office) -> Room:
    return Room(qtbot, session, office)


def test_the_agenda_builds_itself_and_starts_with_initials(room: Room, office: Office) -> None:
    croft = targeted(office, "Croft")
    bell = office.client("Bell")
    office.save(
        "nomination",
        {"nominated_on": "2026-11-20", "agency": "Police", "nominated_by": SHAH, "why": "Thefts"},
        client=bell,
    )
    room.page.refresh()
    room.settle()
    room.begin(SHAH)
    assert room.on() == ["L. B.", "L. C."]
    assert room.name() == "L. B."
    assert "CROFT" not in words_shown(room.page)
    room.press(Qt.Key.Key_P)
    assert room.on() == ["BELL", "CROFT"], "the forename stands beneath, in full"
    assert reference(croft) in words_shown(room.page)


def test_it_is_decided_by_keys_and_everything_is_kept(room: Room, office: Office) -> None:
    croft = targeted(office, "Croft")
    room.page.refresh()
    room.settle()
    room.begin(SHAH, BELLO)
    room.press(Qt.Key.Key_R)
    room.press(Qt.Key.Key_W)
    room.type("Seen every week, nothing new")
    room.page.held.bar.agreed.people[SHAH].setChecked(False)
    room.page.held.list.setFocus()
    room.press(Qt.Key.Key_D)
    room.type("would wait for court")
    room.page.held.list.setFocus()
    room.press(Qt.Key.Key_A)
    room.type("Ring the landlord")
    room.page.held.bar.steps.owner.set_value(SHAH)
    room.page.held.bar.steps.by.set_value("2026-11-27")
    room.press(Qt.Key.Key_Return)
    room.next()
    (decision,), (entry,) = office.of(croft, "decision"), office.of(croft, "forum_entry")
    (action,) = office.of(croft, "action")
    assert decision.answers["about"] == "relax"
    assert set(decision.answers["agreed_by"]) == {LOWE, BELLO}  # type: ignore[arg-type]
    assert decision.answers["dissent_by"] == [SHAH]
    assert (action.answers["owner"], action.answers["due_on"]) == (SHAH, "2026-11-27")
    assert "would wait for court" in str(entry.answers["dissent"])
    assert entry.answers["decision"] == link(decision.id)
    assert office.of(croft, "cohort")[0].answers.get("ended_on") is None
    room.page.held.close_forum()
    room.settle()
    (forum,) = forums(office)
    assert (forum.answers["listed"], forum.answers["discussed"]) == (1, 1)
    assert "would wait for court" in room.page.minutes.text.toPlainText()
    assert "L. C. · " in room.page.minutes.text.toPlainText(), "the room still looks on"
    assert "CROFT" not in room.page.minutes.text.toPlainText()
    room.press(Qt.Key.Key_P)
    assert "CROFT, Leanne" in room.page.minutes.text.toPlainText()


def test_nothing_is_recorded_that_lacks_something_and_it_says_what(
    room: Room, office: Office
) -> None:
    croft = targeted(office, "Croft")
    room.page.refresh()
    room.settle()
    room.begin()
    room.next()
    assert "Choose what was decided" in room.page.held.bar.lacks.text()
    room.press(Qt.Key.Key_X)
    room.next()
    assert "Say why" in room.page.held.bar.lacks.text()
    assert office.of(croft, "forum_entry") == []
    room.page.held.close_forum()
    room.settle()
    assert "talked about, or skipped with a reason" in room.page.held.bar.lacks.text()
    assert forums(office) == []


def test_a_lock_in_the_middle_loses_nothing(room: Room, office: Office) -> None:
    for surname in ("Abbot", "Bell"):
        targeted(office, surname)
    room.page.refresh()
    room.settle()
    room.begin(SHAH)
    room.press(Qt.Key.Key_K)
    room.next()
    assert room.name() == "L. B."
    room.press(Qt.Key.Key_R)
    room.press(Qt.Key.Key_Y)
    assert not room.page.held.bar.reason.hasFocus(), "nobody is asked why not of what goes on"
    room.press(Qt.Key.Key_W)
    room.type("Half a sent")
    began = room.page.held.meeting
    room.page.hide()
    office.clock.later(60 * 24 * 8)  # the next month: what was recorded stays recorded
    again = room.opened()
    assert again.held.meeting is not None
    assert began is not None
    assert (again.held.meeting.id, again.held.meeting.present) == (began.id, began.present)
    assert room.name() == "L. B."
    assert again.held.bar.why.text() == "Half a sent"
    assert again.held.bar.said().course == "relax"
    assert len(again.held.agenda.recorded if again.held.agenda else {}) == 1


def test_what_is_for_health_or_police_only_is_never_on_the_screen(
    room: Room, office: Office
) -> None:
    croft = targeted(office, "Croft")
    told = {"domain": "health", "what": "ulcer", "raised_on": "2026-11-20"}
    office.save("need", told, client=croft, to="health")
    office.save("need", {**told, "what": "bed"}, client=croft)
    room.page.refresh()
    room.settle()
    room.begin()
    room.qtbot.waitUntil(lambda: "bed" in words_shown(room.page))
    assert "ulcer" not in words_shown(room.page)
    room.press(Qt.Key.Key_K)
    room.next()
    (entry,) = office.of(croft, "forum_entry")
    assert "ulcer" not in str(entry.answers)


def test_that_somebody_is_shown_to_a_room_is_written_down(room: Room, office: Office) -> None:
    croft = targeted(office, "Croft")
    room.page.refresh()
    room.settle()
    room.begin()
    entries = [one for one in logged(office.store) if one.form == "consultation"]
    shown = [one for one in entries if croft.hex() in str(one.answers["clients"])]
    assert {str(one.answers["how"]) for one in shown} == {"forum"}


def test_who_is_skipped_is_skipped_with_a_reason(room: Room, office: Office) -> None:
    croft = targeted(office, "Croft")
    room.page.refresh()
    room.settle()
    room.begin()
    room.press(Qt.Key.Key_S)
    assert office.of(croft, "forum_entry") == [], "nobody is skipped without a reason"
    room.dialogs.answers["ask_text"] = "Their worker is on leave"
    room.press(Qt.Key.Key_S)
    (entry,) = office.of(croft, "forum_entry")
    assert entry.answers["skipped"] == "Their worker is on leave"
    room.press(Qt.Key.Key_C)
    (forum,) = forums(office)
    assert (forum.answers["listed"], forum.answers["discussed"]) == (1, 0)
    assert "Skipped: Their worker is on leave" in room.page.minutes.text.toPlainText()


def test_the_room_reads_large_letters_and_afterwards_they_are_as_before(
    room: Room, office: Office
) -> None:
    assert theme.current().text_scale == 1.3
    room.page.hide()
    assert theme.current().text_scale == 1.0


def test_sixty_people_from_agenda_to_printed_minutes(
    room: Room, office: Office, session: Session, tmp_path: Path
) -> None:
    for number in range(60):
        targeted(office, f"Croft{chr(97 + number // 26)}{chr(97 + number % 26)}")
    room.page.refresh()
    room.settle()
    room.begin(SHAH, BELLO)
    assert len(room.on()) == 60
    for number in range(60):
        room.press((Qt.Key.Key_K, Qt.Key.Key_R, Qt.Key.Key_I)[number % 3])
        if number % 3:
            room.press(Qt.Key.Key_W)
            room.type("Going well")
        room.next()
    room.page.held.list.setFocus()
    room.press(Qt.Key.Key_C)
    (forum,) = forums(office)
    assert forum.answers["discussed"] == 60
    sheet = sheet_of(office.store, forum.id, session, "Taken out by nobody")
    assert sheet is not None
    begun = time.perf_counter()
    paper = pdf(sheet)
    took = time.perf_counter() - begun
    (tmp_path / "minutes.pdf").write_bytes(paper)
    assert took < 2, f"{took:.1f} s"
    assert web_page(sheet).count(b"<article>") == 60


def test_it_is_not_closed_while_somebody_may_be_missing_from_the_agenda(
    room: Room, office: Office
) -> None:
    targeted(office, "Croft")
    room.page.refresh()
    room.settle()
    room.begin(SHAH)
    held = room.page.held
    room.dialogs.answers["ask_text"] = "Not here"
    room.press(Qt.Key.Key_S)
    found = held.agenda
    assert found is not None
    assert found.filled is not None
    assert found.left_over == []
    shown = replace(found.filled.shown, left=3)
    held.show_agenda(replace(found, filled=replace(found.filled, shown=shown)))
    room.press(Qt.Key.Key_C)
    assert forums(office) == []
    assert "3 clients are still to be gone through" in words_shown(room.page)
    room.page.refresh()
    room.settle()
    room.press(Qt.Key.Key_C)
    assert len(forums(office)) == 1
