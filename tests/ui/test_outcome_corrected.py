# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A form on the last four weeks put right: a correction everybody who reads it can see."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import Json, link
from storage.store import Store
from tests.ui.conftest import SignIn
from tests.ui.file_desk import Page
from tests.ui.office import BELLO, LOWE, Office, OfficeClock
from tests.ui.test_outcome_page import Asking
from tests.ui.test_record import Sheet
from tests.ui.watched import words_shown
from ui.places import Place
from ui.session import Session

FORM: dict[str, Json] = {
    "filled_on": "2026-11-16",
    "stage": "review",
    "look_back": "last_weeks",
    "pack": "four_weeks",
    "version": "1",
    "answers": {"alcohol": 28, "opioids": "declined"},
}


@pytest.fixture
def office(vault: Store, clock: OfficeClock) -> Office:
    return Office(vault, clock, me=BELLO)


@pytest.fixture
def nurse(sign_in: SignIn) -> Session:
    return sign_in(Role.NURSE)


@pytest.fixture
def client(office: Office) -> bytes:
    return office.client("Croft", "Leanne")


@pytest.fixture
def wrong(office: Office, nurse: Session, client: bytes) -> bytes:
    """Return a form of one's own that has left the laptop."""
    assert nurse.me.id == BELLO
    made = office.save("outcome_form", FORM, client=client)
    office.share()
    return made


def correct(asking: Asking, client: bytes, wrong: bytes) -> None:
    """Type 8 over 28, and why."""
    asking.open(client, wrong)
    asking.keys("8 ")
    asking.save()
    assert asking.page.sheet is not None
    asking.page.sheet.note.go_to("correction_reason")
    asking.keys("Mistyped")
    asking.save()


def test_a_number_is_put_right_by_keys_and_both_stand(
    qtbot: QtBot, nurse: Session, office: Office, client: bytes, wrong: bytes
) -> None:
    asking = Asking(qtbot, nurse)
    asking.open(client, wrong)
    said = words_shown(asking.page)
    assert "Correct: the last four weeks" in said
    assert "Written by A. Bello, Mon 23 Nov, 15:04." in said
    asking.keys("8 ")
    assert "Before: 28 days" in words_shown(asking.page)
    asking.save()
    assert "Say why it is corrected." in asking.page.problems.accessibleName()
    assert len(office.of(client, "outcome_form")) == 1
    assert asking.page.sheet is not None
    asking.page.sheet.note.go_to("correction_reason")
    asking.keys("Mistyped")
    asking.save()
    first, second = office.of(client, "outcome_form")
    assert first.answers["answers"] == FORM["answers"]
    given = second.answers["answers"]
    assert isinstance(given, dict)
    assert (given["alcohol"], given["opioids"]) == (8, "declined")
    assert second.text("filled_on") == "2026-11-16"
    assert second.text("corrects") == link(wrong)
    assert second.audience == "health"
    assert asking.left == 1


def test_the_second_correction_corrects_the_first_and_a_draft_waits(
    qtbot: QtBot, nurse: Session, office: Office, client: bytes, wrong: bytes
) -> None:
    asking = Asking(qtbot, nurse)
    correct(asking, client, wrong)
    office.share()
    asking.open(client, wrong)
    assert asking.values()["alcohol"] == 8
    asking.keys("7 ")
    QTest.keyClick(asking.at(), Qt.Key.Key_Escape)
    asking.settle()
    asking.open(client, wrong)
    asking.qtbot.waitUntil(lambda: asking.values()["alcohol"] == 7)
    assert "Before: 8 days" in words_shown(asking.page)
    assert asking.page.sheet is not None
    asking.page.sheet.note.go_to("correction_reason")
    asking.keys("Misheard")
    asking.save()
    corrects = {one.text("corrects"): one for one in office.of(client, "outcome_form")}
    first = corrects[link(wrong)]
    assert link(first.id) in corrects


def test_nothing_otherwise_is_no_correction(
    qtbot: QtBot, nurse: Session, office: Office, client: bytes
) -> None:
    whole = {**FORM, "answers": {"alcohol": 3}}
    asking = Asking(qtbot, nurse)
    asking.open(client, office.save("outcome_form", whole, client=client))
    asking.keys("4 ")  # nobody has read it: it is altered, and needs no reason
    asking.save()
    (held,) = office.of(client, "outcome_form")
    office.share()
    asking.open(client, held.id)
    asking.save()
    assert "Every answer is as it was." in asking.page.problems.accessibleName()
    assert len(office.of(client, "outcome_form")) == 1


def test_the_record_and_the_timeline_say_who_when_why_and_what_it_was_before(
    qtbot: QtBot, nurse: Session, office: Office, client: bytes, wrong: bytes
) -> None:
    sheet = Sheet(qtbot, nurse)
    sheet.show("outcome_form", client, wrong)
    assert "It stands as it is, for others may have read it." in sheet.said()[0]
    went: list[Place] = []
    sheet.page.go.connect(went.append)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Add a correction"
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert went == [Place("outcome", client=client, record=wrong)]
    office.clock.later(5)
    correct(Asking(qtbot, nurse), client, wrong)
    sheet.show("outcome_form", client, None)
    sheet.show("outcome_form", client, wrong)
    told = "Corrected by A. Bello, Mon 23 Nov, 15:09: Mistyped. Alcohol: 8 days, before 28 days."
    assert told in sheet.said()
    newer = office.of(client, "outcome_form")[1].id
    sheet.show("outcome_form", client, newer)
    assert any("This corrects what A. Bello wrote." in one for one in sheet.said())
    page = Page(qtbot, nurse)
    page.open(client)
    correction, corrected = page.entries()
    assert [one.text for one in correction.chips][-1:] == ["Correction"]
    assert correction.body.startswith("Alcohol: 8 days, before 28 days")
    assert "Corrected: Mistyped" in correction.body
    assert [one.text for one in corrected.chips][-1:] == ["Corrected"]


def test_a_form_in_the_wrong_file_is_taken_out_with_a_reason(
    qtbot: QtBot, nurse: Session, office: Office, client: bytes, wrong: bytes
) -> None:
    sheet = Sheet(qtbot, nurse, ask_text="Not hers")
    sheet.show("outcome_form", client, wrong)
    sheet.read.side.withdraw.emit()
    sheet.settle()
    assert office.record(wrong).withdrawn == "Not hers"
    sheet.read.side.withdraw.emit()
    sheet.settle()
    assert office.record(wrong).withdrawn is None


def test_what_was_begun_before_another_corrected_the_form_is_gone_on_with(
    qtbot: QtBot, nurse: Session, office: Office, client: bytes, wrong: bytes
) -> None:
    asking = Asking(qtbot, nurse)
    asking.open(client, wrong)
    asking.keys("8 ")
    QTest.keyClick(asking.at(), Qt.Key.Key_Escape)
    asking.settle()
    meanwhile = {**FORM, "answers": {"alcohol": 28, "opioids": 3}, "corrects": link(wrong)}
    office.colleague(
        LOWE, "outcome_form", {**meanwhile, "correction_reason": "She told me"}, client=client
    )
    (draft,) = office.store.drafts()
    assert draft.record == wrong
    asking.open(client, wrong)
    asking.qtbot.waitUntil(lambda: asking.values()["alcohol"] == 8)
    assert asking.values()["opioids"] == 3, "what the other put right stays put right"
    assert asking.page.sheet is not None
    asking.page.sheet.note.go_to("correction_reason")
    asking.keys("Mistyped")
    asking.save()
    assert office.store.drafts() == []
    newest = office.of(client, "outcome_form")[-1]
    given = newest.answers["answers"]
    assert isinstance(given, dict)
    assert (given["alcohol"], given["opioids"]) == (8, 3)
