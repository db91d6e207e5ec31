# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The fast track as a board: the nurse's queue, answered by one key, and what held a step up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import Json
from tests.dialogs import QuietDialogs
from tests.ui.conftest import SignIn
from tests.ui.office import Office
from tests.ui.watched import words_shown
from ui.kit.row import Row
from ui.pages.boards import BoardsPage
from ui.places import Place
from ui.session import Session

TODAY = "2026-11-23"


class Queue:
    """The board, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session, board: str) -> None:
        self.qtbot, self.session, self.board = qtbot, session, board
        self.page = BoardsPage(session, QuietDialogs())
        self.went: list[Place] = []
        self.page.go.connect(self.went.append)
        qtbot.addWidget(self.page)
        self.page.resize(1178, 700)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def open(self) -> None:
        self.page.show_place(Place("boards", form=self.board))
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def names(self) -> list[str]:
        return [row.item().name for row in self.page.rows.rows.values()]

    def row(self, surname: str) -> Row:
        rows = self.page.rows.rows.values()
        return next(one for one in rows if one.item().name.startswith(surname))

    def press(self, surname: str, key: Qt.Key) -> None:
        row = self.row(surname)
        row.setFocus()
        QTest.keyClick(row, key)
        self.settle()

    def chips(self, surname: str) -> list[str]:
        return [chip.text for chip in self.row(surname).item().chips]

    def because(self, surname: str) -> str:
        return "".join(part.text for part in self.row(surname).item().because)


@pytest.fixture
def queue(qtbot: QtBot, sign_in: SignIn) -> Queue:
    return Queue(qtbot, sign_in(Role.NURSE), "fast_track")


def accepted(office: Office, surname: str, on: str, *, fast: str = "yes") -> tuple[bytes, bytes]:
    client = office.client(surname)
    answers: dict[str, Json] = {"accepted_on": on, "status": "waiting", "fast_track": fast}
    return client, office.save("treatment", answers, client=client)


def step(office: Office, client: bytes, of: bytes, code: str, on: str) -> None:
    taken = {"episode": of.hex(), "step": code, "happened_on": on}
    office.save("treatment_step", taken, client=client)


def test_the_fast_track_stands_first_then_who_is_longest_over(queue: Queue, office: Office) -> None:
    accepted(office, "Slow", "2026-10-20", fast="no")
    accepted(office, "New", "2026-11-22")
    accepted(office, "Late", "2026-11-12")
    queue.open()
    assert [name.split(",")[0] for name in queue.names()] == ["LATE", "NEW", "SLOW"]
    assert queue.chips("LATE") == ["9 days over", "Fast track"]
    assert queue.because("LATE") == (
        "because waiting 11 days for the nurse, since Thu 12 Nov; the promise is 2"
    )


def test_a_step_in_time_is_recorded_with_one_key(queue: Queue, office: Office) -> None:
    client, episode = accepted(office, "Croft", "2026-11-22")
    queue.open()
    queue.press("CROFT", Qt.Key.Key_S)
    (held,) = office.of(client, "treatment_step")
    assert held.answers["step"] == "nurse_triage"
    assert held.answers["happened_on"] == TODAY
    assert held.answers["episode"] == episode.hex()
    assert "What held it up?" not in queue.because("CROFT")


def test_a_missed_promise_asks_what_held_it_up_and_never_who(queue: Queue, office: Office) -> None:
    client, _episode = accepted(office, "Croft", "2026-11-02")
    queue.open()
    queue.press("CROFT", Qt.Key.Key_S)
    assert "What held it up?" in queue.because("CROFT")
    assert queue.page.rows.focus_key() == queue.row("CROFT").item().key, "the keyboard stays there"
    offered = [one.code for one in queue.row("CROFT").item().answers]
    assert offered[:2] == ["why:no_slot", "why:staff_away"]
    queue.page.rows.answered.emit(queue.row("CROFT").item().key, "why:no_slot")
    queue.settle()
    (held,) = office.of(client, "treatment_step")
    assert held.answers["delay_reason"] == "no_slot"
    assert "No appointment was free" in queue.chips("CROFT")


def test_the_last_step_ends_the_wait_and_undo_brings_it_back(queue: Queue, office: Office) -> None:
    client, episode = accepted(office, "Croft", "2026-11-16")
    for code in ("nurse_triage", "doctor_assessment", "prescription_offered"):
        step(office, client, episode, code, "2026-11-22")
    queue.open()
    queue.press("CROFT", Qt.Key.Key_S)
    assert office.record(episode).text("status") == "on_going"
    queue.press("CROFT", Qt.Key.Key_U)
    assert office.record(episode).text("status") == "waiting"
    assert office.of(client, "treatment_step")[-1].withdrawn


def test_a_step_of_another_day_is_recorded_in_the_panel(queue: Queue, office: Office) -> None:
    client, _episode = accepted(office, "Croft", "2026-11-20")
    queue.open()
    queue.press("CROFT", Qt.Key.Key_D)
    panel = queue.page.panel
    assert panel is not None
    panel.view.editor("happened_on").show_value("2026-11-21")
    panel.view._edited("happened_on")
    panel.save()
    queue.settle()
    (held,) = office.of(client, "treatment_step")
    assert held.answers["happened_on"] == "2026-11-21"


def test_every_partner_sees_who_waits_and_nothing_clinical(
    qtbot: QtBot, sign_in: SignIn, office: Office
) -> None:
    client, _episode = accepted(office, "Croft", "2026-11-02")
    note = {"happened_at": f"{TODAY}T09:00", "about": "assessment", "note": "methadone 40 ml"}
    office.save("clinical_note", note, client=client)
    queue = Queue(qtbot, sign_in(Role.OFFICER), "fast_track")
    queue.open()
    assert queue.because("CROFT").startswith("because waiting 21 days for the nurse")
    assert "methadone" not in words_shown(queue.page)
    queue.press("CROFT", Qt.Key.Key_S)
    assert office.of(client, "treatment_step") == [], "an officer records no step"


def test_the_teams_own_promise_is_what_is_measured(queue: Queue, office: Office) -> None:
    accepted(office, "Croft", "2026-11-12")
    queue.open()
    assert "9 days over" in queue.chips("CROFT")
    office.save("team_rule", {"decided_on": TODAY, "promise_nurse_triage": 14})
    queue.open()
    assert queue.chips("CROFT") == ["Fast track"]


def test_a_review_and_a_form_are_opened_where_they_are_filled_in(
    qtbot: QtBot, sign_in: SignIn, office: Office
) -> None:
    client, _episode = accepted(office, "Croft", "2026-10-20")
    agreed = {"reviewed_on": "2026-09-01", "next_review_on": "2026-11-20"}
    office.save("review", agreed, client=client)
    session = sign_in(Role.NURSE)
    reviews = Queue(qtbot, session, "reviews")
    reviews.open()
    reviews.press("CROFT", Qt.Key.Key_S)
    assert reviews.went == [Place("plan", client=client, form="review")]
    weeks = Queue(qtbot, session, "last_weeks")
    weeks.open()
    weeks.press("CROFT", Qt.Key.Key_S)
    assert weeks.went == [Place("outcome", client=client)]


def test_the_foot_says_how_long_each_leg_takes_and_nothing_of_few(
    queue: Queue, office: Office
) -> None:
    for day in range(4):
        client, episode = accepted(office, f"Quick{day}", "2026-11-02")
        step(office, client, episode, "nurse_triage", f"2026-11-0{day + 3}")
    queue.open()
    nurse = queue.page.legs.legs[0]
    assert (nurse.median.text(), nurse.of.text()) == (
        "No figure",
        "fewer than 5 people\npromised 2 days",
    )
    client, episode = accepted(office, "Slow", "2026-11-02")
    step(office, client, episode, "nurse_triage", "2026-11-20")
    queue.open()
    assert (nurse.median.text(), nurse.of.text()) == (
        "Median 3 days",
        "longest 18 · 5 people\npromised 2 days",
    )
    assert queue.page.legs.isVisible()
    queue.page.rows.answered.emit(queue.row("SLOW").item().key, "step_another_day")
    queue.settle()
    assert queue.page.panel is not None
    queue.page.refresh()
    queue.settle()
    assert queue.page.legs.isHidden(), "a panel leaves no room for four figures"
    queue.page.panel.put_away()
    queue.settle()
    assert queue.page.legs.isVisible()
    queue.page.show_board("removal")
    queue.settle()
    assert queue.page.legs.isHidden()
