# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client page: what can be done from it, beside the timeline and by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.conftest import SignIn
from tests.ui.file_desk import CTRL, Page, stands_by, visit
from tests.ui.office import BELLO, LUND, Office
from ui.booking import BookingPanel
from ui.editors.letters import letters_on
from ui.kit.notice import Notice
from ui.pages.client_actions import menu
from ui.pages.client_taking_out import TakingOutPanel
from ui.places import Place


def test_only_what_the_role_may_write_is_offered(
    page: Page, office: Office, sign_in: SignIn, qtbot: QtBot
) -> None:
    office.client()
    worker = page.actions()
    officer = Page(qtbot, sign_in(Role.OFFICER)).actions()
    nurse = Page(qtbot, sign_in(Role.NURSE)).actions()
    assert worker[:4] == ["Record visit", "Book", "Change setting", "Add note"]
    assert "Arrest and outcome" in officer
    assert "Arrest and outcome" not in worker
    assert "Clinical note" in nurse
    assert "Clinical note" not in worker
    assert "Treatment step" not in officer


COMMON = {
    Role.OFFICER: ["Stop and search or other police contact", "Arrest and outcome"],
    Role.KEY_WORKER: [
        *("Plan: goals and steps", "Need", "Card to leave behind"),
        "Change name, address or contact",
    ],
}


def test_what_somebody_does_every_day_stands_first_in_their_menu_and_nobody_elses_changes(
    sign_in: SignIn, qtbot: QtBot, office: Office
) -> None:
    office.client()
    listed = [one.words for one in menu()]
    for role in (Role.KEY_WORKER, Role.OFFICER, Role.NURSE, Role.COORDINATOR):
        found = [one for one in Page(qtbot, sign_in(role)).actions() if one in listed]
        plainly = [one for one in listed if one in found]
        first = COMMON.get(role, [])
        assert found == [*first, *(one for one in plainly if one not in first)], role


def test_the_keys_work_on_the_whole_page(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client)
    page.page.resize(700, 500)
    focus = page.page.timeline.list
    focus.setFocus()
    QTest.keyClick(focus, Qt.Key.Key_R, CTRL)
    assert page.went[-1] == Place("visit", client=client, form="visit")
    QTest.keyClick(focus, Qt.Key.Key_N, CTRL)
    assert page.went[-1] == Place("record", client=client, form="note")
    QTest.keyClick(focus, Qt.Key.Key_E, CTRL)
    assert page.page.panel is not None
    assert page.page.panel.title.text() == "Change setting"


def test_a_visit_is_planned_beside_the_timeline_and_taken_back(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="book")
    page.fill(at="2026-11-26T10:00")
    page.save()
    (planned,) = office.of(client, "visit")
    assert (planned.text("state"), planned.text("at")) == ("planned", "2026-11-26T10:00")
    assert planned.text("outcome") == ""
    assert page.page.panel is None
    assert page.page.undo.isVisible()
    page.page.undo._undo.click()
    page.settle()
    assert office.record(planned.id).withdrawn


def test_a_panel_that_stands_alone_needs_less_height(page: Page, office: Office) -> None:
    page.page.resize(700, 500)
    page.open(office.client(), form="book")
    panel = page.page.panel
    assert isinstance(panel, BookingPanel)
    page.qtbot.waitUntil(lambda: panel.kind.geometry().top() < panel.title.geometry().bottom())
    page.page.resize(1178, 690)
    page.qtbot.waitUntil(lambda: panel.kind.geometry().top() >= panel.title.geometry().bottom())
    assert panel.width() < page.page.width() / 2


def test_an_appointment_is_booked_by_one_switch(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="book")
    page.page.panel.kind._pressed("appointment")  # type: ignore[union-attr]
    page.fill(kind="nurse", booked_for="2026-11-26T10:00", with_person=BELLO)
    page.save()
    (booked,) = office.of(client, "appointment")
    assert (booked.text("state"), booked.text("with_person")) == ("booked", BELLO)


def test_a_panel_asks_for_what_is_missing_and_saves_nothing(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="book")
    page.save()
    assert page.page.panel is not None
    assert page.page.panel.problems.isVisible()
    assert office.of(client, "visit") == []


def test_esc_keeps_what_was_typed_and_it_comes_back(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="book")
    page.fill(purpose="Talk about the tenancy")
    panel = page.page.panel
    assert panel is not None
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    page.settle()
    assert page.page.beside.parts()[1] is not panel
    page.open(client, form="book")
    again = page.page.panel
    assert again is not None
    assert again.view.answers()["purpose"] == "Talk about the tenancy"


def test_the_way_into_treatment_is_recorded_step_by_step(
    office: Office, sign_in: SignIn, qtbot: QtBot
) -> None:
    client = office.client()
    page = Page(qtbot, sign_in(Role.NURSE))
    page.open(client, form="treatment")
    page.fill(accepted_on="2026-11-09")
    page.save()
    (episode,) = office.of(client, "treatment")
    assert episode.text("status") == "waiting"
    assert "Waiting 14 days" in page.chips()
    for step, day in (
        ("nurse_triage", "2026-11-11"),
        ("doctor_assessment", "2026-11-13"),
        ("prescription_offered", "2026-11-16"),
        ("started", "2026-11-20"),
    ):
        page.open(client, form="treatment")
        assert page.page.panel is not None
        assert page.page.panel.view.answers()["step"] == step
        page.fill(happened_on=day)
        page.save()
    assert office.record(episode.id).text("status") == "on_going"
    assert "In treatment" in page.chips()
    page.open(client, form="treatment")
    assert page.page.panel is not None
    said = " ".join(one.text() for one in page.page.panel.findChildren(Notice))
    assert "Seen by the nurse after 2 days" in said
    assert "Treatment started after 4 days" in said


def test_the_key_worker_is_handed_over_with_a_reason_and_a_name(page: Page, office: Office) -> None:
    client = office.client()
    held = stands_by(office, client)
    page.open(client, form="handover")
    page.fill(handed_to=LUND)
    page.save()
    assert page.page.panel is not None
    assert "Answer “Why”." in page.page.panel.problems.accessibleName()
    assert office.record(held).text("handed_to") == ""
    page.fill(handover_reason="balance")
    page.save()
    assert office.record(held).text("handed_to") == LUND
    assert ("Key worker", "K. Lund") in page.page.file.contact.facts  # type: ignore[union-attr]


def test_a_summary_is_logged_before_it_is_written(
    office: Office, sign_in: SignIn, qtbot: QtBot, tmp_path: Path
) -> None:
    client = office.client("Marsh", "Daniel")
    page = Page(qtbot, sign_in(Role.KEY_WORKER))
    place = tmp_path / "chosen.html"
    page.page.dialogs = QuietDialogs(save_file=place)
    page.open(client, form="summary")
    panel = page.page.panel
    assert isinstance(panel, TakingOutPanel)
    page.save()
    assert panel.problems.isVisible()
    panel.format._pressed("html")
    page.fill(recipient="Eastmoor Crown Court", reason="Sentencing hearing")
    page.save()
    page.settle()
    text = place.read_text(encoding="utf-8")
    assert "MARSH, Daniel" in text
    assert "Eastmoor Crown Court" in text
    (log,) = logged(office.store, "export")
    assert (log.answers["what"], log.answers["format"]) == ("client_file", "html")
    assert log.client == b""
    assert [one.name for one in tmp_path.iterdir() if one.name != "vault"] == ["chosen.html"]


def test_thinking_better_of_it_writes_and_logs_nothing(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="summary")
    page.fill(recipient="A court", reason="A hearing")
    page.save()
    assert page.page.panel is not None
    assert logged(office.store, "export") == []


def test_a_panel_takes_the_place_of_the_timeline_in_a_narrow_window(
    page: Page, office: Office
) -> None:
    page.open(office.client())
    page.page.resize(700, 560)
    page.page.do("setting")
    assert page.page.panel is not None
    assert page.page.panel.isVisible()
    assert not page.page.timeline.isVisible()
    page.page.resize(1178, 690)
    assert page.page.timeline.isVisible()


def test_the_focus_goes_to_the_timeline_once_it_is_there(page: Page, office: Office) -> None:
    client = office.client()
    visit(office, client, "2026-11-20T10:00")
    page.page.setFocus()
    page.open(client)
    assert QApplication.focusWidget() is page.page.timeline.list


def test_a_step_that_took_longer_than_promised_is_asked_what_held_it_up(
    page: Page, office: Office
) -> None:
    client = office.client()
    accepted = {"accepted_on": "2026-11-02", "status": "waiting", "fast_track": "yes"}
    office.save("treatment", accepted, client=client)
    page.open(client, form="treatment")
    page.fill(happened_on="2026-11-23")
    page.save()
    assert page.page.panel is not None
    said = page.page.panel.problems.accessibleName() + " ".join(
        one.text() for one in page.page.panel.problems.findChildren(QAbstractButton)
    )
    assert "It took 21 days, and 2 is the promise. Say what held it up, never who." in said
    assert office.of(client, "treatment_step") == []
    page.fill(delay_reason="none")
    page.save()
    assert office.of(client, "treatment_step") == []
    page.fill(delay_reason="no_slot")
    page.save()
    (step,) = office.of(client, "treatment_step")
    assert step.answers["delay_reason"] == "no_slot"


def test_the_teams_own_promise_counts(page: Page, office: Office) -> None:
    client = office.client()
    accepted = {"accepted_on": "2026-11-02", "status": "waiting", "fast_track": "yes"}
    office.save("treatment", accepted, client=client)
    office.save("team_rule", {"decided_on": "2026-11-01", "promise_nurse_triage": 30})
    page.open(client, form="treatment")
    page.save()
    (step,) = office.of(client, "treatment_step")
    assert "delay_reason" not in step.answers


@pytest.mark.parametrize("code", ["book", "setting", "treatment", "handover", "attachment"])
def test_no_question_of_a_panel_takes_the_letter_of_a_button_of_the_page(
    page: Page, office: Office, code: str
) -> None:
    client = office.client()
    stands_by(office, client)
    page.open(client)
    page.page.do(code)
    page.settle()
    panel = page.page.panel
    assert panel is not None
    letters = letters_on(page.page)
    assert {"V", "B", "S", "N"} <= set(letters)
    assert len(letters) == len(set(letters))
    assert letters_on(panel)


def test_alt_and_a_letter_do_what_the_page_says_while_a_panel_is_open(
    page: Page, office: Office, qtbot: QtBot
) -> None:
    page.open(office.client(), form="book")
    booking = page.page.panel
    assert isinstance(booking, BookingPanel)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.page.panel is not None and page.page.panel is not booking)
    assert page.page.panel is not None
    assert page.page.panel.plan.form == "setting"
