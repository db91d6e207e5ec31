# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Appointments: a clinic marked by arrow keys and single letters, over a real vault."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import Json
from tests.dialogs import QuietDialogs
from tests.ui.conftest import SignIn
from tests.ui.office import BELLO, LUND, OSEI, Office
from tests.ui.rows_desk import RowsDesk
from ui.kit.buttons import Button
from ui.kit.row import Row
from ui.pages.clinic import ClinicPage
from ui.pages.clinic_words import next_time
from ui.places import Place
from ui.session import Session

TODAY = "2026-11-23"
CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Clinic(RowsDesk[ClinicPage]):
    """The appointments page, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        super().__init__(qtbot, session, ClinicPage(session, QuietDialogs()))
        self.open()

    def open(self) -> None:
        self.page.show_place(Place("clinic"))
        self.settle()
        self.page.rows.setFocus()

    def names(self) -> list[str]:
        return [row.item().name for row in self.page.rows.rows.values()]

    def headings(self) -> list[str]:
        return [section.heading for section in self.page._sections]

    def row(self, surname: str) -> Row:
        return next(
            row for row in self.page.rows.rows.values() if row.item().name.startswith(surname)
        )

    def chips(self, surname: str) -> list[str]:
        return [chip.text for chip in self.row(surname).item().chips]

    def answers(self, surname: str) -> list[str]:
        return [answer.text for answer in self.row(surname).item().answers]

    def answer(self, surname: str, text: str) -> None:
        row = self.row(surname)
        code = next(one.code for one in row.item().answers if one.text == text)
        row.answered.emit(code)
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key wherever the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifier)
        self.settle()


@pytest.fixture
def nurse(qtbot: QtBot, office: Office, sign_in: SignIn) -> Clinic:
    return Clinic(qtbot, sign_in(Role.NURSE))


def book(office: Office, client: bytes, at: str, *, who: str = BELLO, **more: Json) -> bytes:
    answers: dict[str, Json] = {
        "kind": "nurse",
        "booked_for": at,
        "with_person": who,
        "state": "booked",
        **more,
    }
    return office.colleague(BELLO, "appointment", answers, client=client)


def test_a_clinic_is_marked_by_arrow_keys_and_letters(nurse: Clinic, office: Office) -> None:
    people = [office.client(name) for name in ("Abbot", "Bell", "Cray")]
    booked = [
        book(office, one, f"{TODAY}T10:{15 * number:02d}") for number, one in enumerate(people)
    ]
    nurse.open()
    nurse.key(Qt.Key.Key_A)
    nurse.key(Qt.Key.Key_Down)
    nurse.key(Qt.Key.Key_D)
    nurse.key(Qt.Key.Key_Down)
    nurse.key(Qt.Key.Key_C)
    states = [office.record(one).text("state") for one in booked]
    assert states == ["attended", "not_attended", "cancelled_by_client"]
    assert {office.record(one).text("marked_on") for one in booked} == {TODAY}
    assert "1 attended, 1 did not attend and 1 called off" in nurse.page.sentence.text()


def test_twelve_are_listed_by_the_clock(nurse: Clinic, office: Office) -> None:
    for number in reversed(range(12)):
        client = office.client(f"Client{number:02d}")
        book(office, client, f"{TODAY}T{9 + number // 4:02d}:{15 * (number % 4):02d}")
    nurse.open()
    assert nurse.names() == [f"CLIENT{number:02d}, Leanne" for number in range(12)]
    assert "12 to mark" in nurse.page.sentence.text()


def test_the_nurses_own_list_comes_first(nurse: Clinic, office: Office) -> None:
    mine, theirs, rest = (office.client(name) for name in ("Mine", "Theirs", "Rest"))
    book(office, rest, f"{TODAY}T09:00", who=OSEI)
    book(office, theirs, f"{TODAY}T09:30", who=LUND)
    book(office, mine, f"{TODAY}T10:00")
    office.colleague(
        BELLO,
        "assignment",
        {"duty": "nurse", "worker": BELLO, "from_on": "2026-11-01"},
        client=theirs,
    )
    nurse.open()
    assert nurse.headings() == ["With you", "Your clients", "Everybody else"]
    assert nurse.names() == ["MINE, Leanne", "THEIRS, Leanne", "REST, Leanne"]


def test_the_last_mark_is_taken_back_with_one_key(nurse: Clinic, office: Office) -> None:
    one, other = office.client("Abbot"), office.client("Bell")
    first, second = book(office, one, f"{TODAY}T10:00"), book(office, other, f"{TODAY}T10:15")
    nurse.open()
    nurse.key(Qt.Key.Key_A)
    nurse.key(Qt.Key.Key_Down)
    nurse.key(Qt.Key.Key_D)
    nurse.key(Qt.Key.Key_Z, CTRL)
    assert office.record(second).text("state") == "booked"
    assert office.record(first).text("state") == "attended"
    nurse.key(Qt.Key.Key_Z, CTRL)
    assert office.record(first).text("state") == "booked"


def test_why_is_asked_and_kept(nurse: Clinic, office: Office) -> None:
    booked = book(office, office.client("Abbot"), f"{TODAY}T10:00")
    nurse.open()
    nurse.key(Qt.Key.Key_D)
    assert "Why?" in nurse.row("ABBOT").item().spoken()
    nurse.answer("ABBOT", "Forgot")
    record = office.record(booked)
    assert (record.text("state"), record.text("reason")) == ("not_attended", "forgot")
    assert nurse.chips("ABBOT") == ["Did not attend", "Forgot"]


def test_who_cancelled_can_be_put_right(nurse: Clinic, office: Office) -> None:
    booked = book(office, office.client("Abbot"), f"{TODAY}T10:00")
    nurse.open()
    nurse.key(Qt.Key.Key_C)
    nurse.answer("ABBOT", "It was us")
    assert office.record(booked).text("state") == "cancelled_by_us"
    nurse.key(Qt.Key.Key_U)
    assert office.record(booked).text("state") == "booked"


def test_the_next_one_is_suggested_and_booked_by_one_answer(nurse: Clinic, office: Office) -> None:
    client = office.client("Abbot")
    book(office, client, "2026-11-02T10:00", state="attended", place="Staithe Road")
    book(office, client, f"{TODAY}T10:00", place="Staithe Road")
    nurse.open()
    nurse.key(Qt.Key.Key_A)
    nurse.answer("ABBOT", "Book Mon 14 Dec, 10:00")
    new = office.of(client, "appointment")[-1]
    assert new.text("booked_for") == "2026-12-14T10:00"
    assert (new.text("place"), new.text("with_person")) == ("Staithe Road", BELLO)
    assert "Next: Mon 14 Dec, 10:00" in nurse.row("ABBOT").item().spoken()
    nurse.key(Qt.Key.Key_U)
    assert office.record(new.id).withdrawn


def test_another_time_is_booked_beside_the_list(nurse: Clinic, office: Office) -> None:
    client = office.client("Abbot")
    book(office, client, f"{TODAY}T10:00")
    nurse.open()
    nurse.key(Qt.Key.Key_A)
    nurse.key(Qt.Key.Key_B)
    panel = nurse.page.panel
    assert panel is not None
    assert panel.who.text() == "ABBOT, Leanne"
    panel.view.editor("booked_for").show_value("2026-12-01T11:00")
    panel.view._edited("booked_for")
    panel.save()
    nurse.settle()
    assert office.of(client, "appointment")[-1].text("booked_for") == "2026-12-01T11:00"
    assert nurse.page.panel is None


def test_a_suggestion_is_never_in_the_past(office: Office) -> None:
    booked = office.record(book(office, office.client(), "2026-01-05T10:00"))
    then = next_time(booked, None, now=datetime.fromisoformat("2026-11-23T15:04"))
    assert then == datetime.fromisoformat("2026-12-07T10:00")


def test_a_step_into_treatment_is_recorded_from_here(nurse: Clinic, office: Office) -> None:
    client = office.client("Abbot")
    episode = office.colleague(
        BELLO, "treatment", {"accepted_on": "2026-11-09", "status": "waiting"}, client=client
    )
    book(office, client, f"{TODAY}T10:00")
    nurse.open()
    assert nurse.chips("ABBOT") == ["Waiting 14 days for the nurse"]
    nurse.key(Qt.Key.Key_T)
    panel = nurse.page.panel
    assert panel is not None
    panel.save()
    assert "never who" in panel.problems.accessibleName(), "the promise was missed"
    panel.view.editor("delay_reason").show_value("no_slot")
    panel.view._edited("delay_reason")
    panel.save()
    nurse.settle()
    (step,) = office.of(client, "treatment_step")
    assert (step.text("step"), step.text("happened_on")) == ("nurse_triage", TODAY)
    assert step.answers["episode"] == episode.hex()


def test_left_and_right_change_the_day(nurse: Clinic, office: Office) -> None:
    book(office, office.client("Abbot"), "2026-11-24T10:00")
    book(office, office.client("Bell"), f"{TODAY}T10:00")
    nurse.open()
    nurse.key(Qt.Key.Key_Right)
    assert nurse.page.title.text() == "Tuesday 24 November"
    assert nurse.names() == ["ABBOT, Leanne"]
    assert nurse.answers("ABBOT") == ["Rebook", "Cancelled"]
    nurse.key(Qt.Key.Key_Left)
    assert nurse.names() == ["BELL, Leanne"]


def test_planned_visits_stand_with_the_appointments(nurse: Clinic, office: Office) -> None:
    client = office.client("Abbot")
    visit = office.save(
        "visit",
        {"at": f"{TODAY}T16:00", "state": "planned", "kind": "home", "people": [OSEI]},
        client=client,
    )
    nurse.open()
    assert nurse.headings() == ["Visits planned"]
    nurse.answer("ABBOT", "Open")
    assert nurse.went == [Place("visit", client=client, record=visit)]


def test_a_day_without_anything_says_what_will_stand_here(nurse: Clinic) -> None:
    assert nurse.page._none.isVisible()
    assert not nurse.page._area.isVisible()
    assert nurse.page.sentence.text() == "Today. Nothing is booked."


def test_enter_opens_the_client(nurse: Clinic, office: Office) -> None:
    client = office.client("Abbot")
    book(office, client, f"{TODAY}T10:00")
    nurse.open()
    nurse.key(Qt.Key.Key_Return)
    assert nurse.went == [Place("client", client=client)]


@pytest.mark.parametrize(("wide", "seen"), [(1037, False), (1300, True)])
def test_the_taught_keys_are_read_whole_or_not_shown(
    nurse: Clinic, *, wide: int, seen: bool
) -> None:
    nurse.page.resize(wide, 500)
    nurse.settle()
    keys = nurse.page._keys
    assert keys.isVisible() is seen
    nurse.page.show_day(date(2026, 9, 23))  # the longest name of a day
    nurse.settle()
    assert not keys.isVisible() or keys.width() >= keys.sizeHint().width()


def test_whoever_does_not_write_appointments_is_offered_no_mark_and_no_visit(
    qtbot: QtBot, office: Office, sign_in: SignIn
) -> None:
    abbot, bell, cray = (office.client(name) for name in ("Abbot", "Bell", "Cray"))
    book(office, abbot, f"{TODAY}T10:00")
    book(office, bell, f"{TODAY}T10:15", state="not_attended")
    planned: dict[str, Json] = {"at": f"{TODAY}T11:00", "state": "planned", "people": [OSEI]}
    office.colleague(OSEI, "visit", planned, client=cray)
    analyst = Clinic(qtbot, sign_in(Role.ANALYST))
    assert analyst.answers("ABBOT") == analyst.answers("BELL") == []
    assert "to mark" not in analyst.page.sentence.text()
    assert "not marked yet" in analyst.page.sentence.text()
    assert "Why?" not in "".join(part.text for part in analyst.row("BELL").item().because)
    assert not any(one.text() == "Visit pack" for one in buttons_of(analyst.page))
    went: list[Place] = []
    analyst.page.go.connect(went.append)
    analyst.answer("CRAY", "Open")
    assert went == [Place("client", client=cray)]


def buttons_of(page: ClinicPage) -> list[Button]:
    return [one for one in page.findChildren(Button) if one.isVisible()]
