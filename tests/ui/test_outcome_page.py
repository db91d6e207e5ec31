# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The last four weeks, by keys alone: numbers, letters, Enter; nothing is answered by looking."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.outcome_pack_file import read_pack
from desktop_app.casework.outcome_packs import answers_of, shipped
from desktop_app.casework.people import Role
from desktop_app.casework.records import Json
from storage.store import Store
from tests.ui.conftest import SignIn
from tests.ui.office import BELLO, LOWE, Office, OfficeClock
from tests.ui.watched import words_shown
from tests.unit.test_outcome_packs import PACK, SHOP
from ui.kit.buttons import Button
from ui.pages.outcome import OutcomePage
from ui.places import Place
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier


class Asking:
    """The page, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = OutcomePage(session)
        self.left = 0
        self.page.done.connect(self._gone)
        qtbot.addWidget(self.page)
        self.page.resize(1178, 690)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def _gone(self) -> None:
        self.left += 1

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def open(self, client: bytes, record: bytes = b"") -> None:
        self.page.show_place(Place("outcome", client=client, record=record or None))
        self.settle()
        sheet = self.page.sheet
        assert sheet is not None
        sheet.start()

    def at(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def keys(self, typed: str) -> None:
        """Type; a space stands for Enter."""
        for one in typed:
            if one == " ":
                QTest.keyClick(self.at(), Qt.Key.Key_Return)
            else:
                QTest.keyClicks(self.at(), one)

    def save(self) -> None:
        QTest.keyClick(self.at(), Qt.Key.Key_Return, CTRL)
        self.settle()

    def values(self) -> dict[str, Json]:
        assert self.page.sheet is not None
        return self.page.sheet.questions.values()


@pytest.fixture
def office(vault: Store, clock: OfficeClock) -> Office:
    return Office(vault, clock, me=BELLO)


@pytest.fixture
def asking(qtbot: QtBot, sign_in: SignIn) -> Asking:
    return Asking(qtbot, sign_in(Role.NURSE))


def treated(office: Office, client: bytes, on: str = "2026-11-16") -> None:
    office.save("treatment", {"accepted_on": on, "status": "on_going"}, client=client)


def test_a_form_without_an_answer_is_saved_only_with_a_word_of_why(
    asking: Asking, office: Office
) -> None:
    client = office.client()
    treated(office, client)
    asking.open(client)
    asking.save()
    assert office.of(client, "outcome_form") == []
    assert asking.page.problems.isVisible()
    assert asking.page.sheet is not None
    asking.page.sheet.note.go_to("note")
    asking.keys("Ill")
    asking.save()
    (held,) = office.of(client, "outcome_form")
    assert held.text("note") == "Ill"


def test_a_whole_form_is_filled_in_without_the_mouse(asking: Asking, office: Office) -> None:
    client = office.client()
    treated(office, client)
    asking.open(client)
    # alcohol 4, opioids 12, crack declined, cocaine not known, amphetamines 0, cannabis 28,
    # other not asked, injected 3, shared no, mind 7, body 9, work 0, learning 0, home no no, life 8
    asking.keys("4 12 dk0 28 a3 n7 9 0 0 nn8 ")
    asking.save()
    (held,) = office.of(client, "outcome_form")
    assert held.audience == "health"
    assert (held.text("stage"), held.text("look_back")) == ("start", "last_weeks")
    assert (held.text("pack"), held.text("version")) == ("four_weeks", "1")
    assert held.answers["answers"] == {
        "alcohol": 4,
        "opioids": 12,
        "crack": "declined",
        "cocaine": "not_known",
        "amphetamines": 0,
        "cannabis": 28,
        "other_substance": "not_asked",
        "injected": 3,
        "shared": "no",
        "mind": 7,
        "body": 9,
        "work": 0,
        "learning": 0,
        "no_safe_home": "no",
        "losing_home": "no",
        "life": 8,
    }
    assert asking.left == 1


def test_what_is_left_empty_was_not_asked_and_is_no_nought(asking: Asking, office: Office) -> None:
    client = office.client()
    asking.open(client)
    asking.keys("3 ")
    assert "1 of 16 answered, 15 not asked" in words_shown(asking.page)
    asking.save()
    (held,) = office.of(client, "outcome_form")
    given = held.answers["answers"]
    assert isinstance(given, dict)
    assert given["alcohol"] == 3
    assert {value for name, value in given.items() if name != "alcohol"} == {"not_asked"}
    assert len(given) == len(shipped().item)


def test_a_number_out_of_range_is_said_and_not_saved(asking: Asking, office: Office) -> None:
    client = office.client()
    asking.open(client)
    asking.keys("40 ")
    asking.save()
    assert office.of(client, "outcome_form") == []
    assert "Alcohol: Give a number from 0 to 28." in asking.page.problems.accessibleName()


def test_in_custody_the_weeks_before_it_are_asked_about(asking: Asking, office: Office) -> None:
    client = office.client()
    office.save("setting", {"setting": "remand", "from_on": "2026-11-02"}, client=client)
    asking.open(client)
    assert "the four weeks before custody" in words_shown(asking.page)
    asking.keys("4 ")
    asking.save()
    (held,) = office.of(client, "outcome_form")
    assert held.text("look_back") == "before_custody"


def test_what_was_begun_waits_as_a_draft(asking: Asking, office: Office) -> None:
    client = office.client()
    asking.open(client)
    asking.keys("5 d")
    QTest.keyClick(asking.at(), Qt.Key.Key_Escape)
    asking.settle()
    assert asking.left == 1
    assert office.of(client, "outcome_form") == []
    asking.open(client)
    asking.qtbot.waitUntil(lambda: asking.values() == {"alcohol": 5, "opioids": "declined"})


def test_a_form_is_changed_with_the_questions_it_was_asked_with(
    asking: Asking, office: Office
) -> None:
    client = office.client()
    raw = (PACK + SHOP).encode()
    office.colleague(
        *(LOWE, "outcome_pack", answers_of(read_pack(raw), raw, on="2026-11-01")), client=b""
    )
    form: dict[str, Json] = {
        "filled_on": "2026-11-02",
        "stage": "start",
        "look_back": "last_weeks",
        "pack": "four_weeks",
        "version": "1",
        "answers": {"alcohol": 4, "crack": "declined"},
    }
    old = office.save("outcome_form", form, client=client)
    asking.open(client, old)
    assert asking.values() == {"alcohol": 4, "crack": "declined"}
    asking.keys("2 ")
    asking.save()
    given = office.record(old).answers["answers"]
    assert isinstance(given, dict)
    assert (given["alcohol"], given["crack"]) == (2, "declined")


def test_a_new_form_asks_with_the_pack_in_use_and_says_that_offending_counts_nowhere(
    asking: Asking, office: Office
) -> None:
    client = office.client()
    raw = (PACK + SHOP).encode()
    office.colleague(
        *(LOWE, "outcome_pack", answers_of(read_pack(raw), raw, on="2026-11-01")), client=b""
    )
    asking.open(client)
    words = words_shown(asking.page)
    assert "Offending: kept here and counted nowhere" in words
    asking.keys("3 y")
    asking.save()
    (held,) = office.of(client, "outcome_form")
    assert held.answers["answers"] == {"alcohol": 3, "shop": "yes"}
    assert (held.text("pack"), held.text("version")) == ("local", "2")


def test_every_question_is_named_for_a_screen_reader(asking: Asking, office: Office) -> None:
    asking.open(office.client())
    assert "On how many days of the last four weeks did you drink alcohol? 0 to 28 days" in (
        asking.at().accessibleName()
    )


@pytest.mark.parametrize(
    ("role", "client", "says"),
    [
        (Role.COORDINATOR, True, "It is asked and kept by A. Bello."),
        (Role.OFFICER, True, "It is asked and kept by A. Bello."),
        (Role.NURSE, False, "This client is not on this laptop."),
    ],
)
def test_whoever_may_not_fill_it_in_is_told_who_does_and_goes_back_by_key(
    qtbot: QtBot, sign_in: SignIn, office: Office, *, role: Role, client: bool, says: str
) -> None:
    asking = Asking(qtbot, sign_in(role))
    asking.page.setFocus()
    asking.page.show_place(Place("outcome", client=office.client() if client else b"?" * 16))
    asking.settle()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), Button))
    words = words_shown(asking.page)
    assert says in words
    assert "Read by" not in words
    assert not asking.page.save_button.isVisible()
    asking.keys(" ")
    assert asking.left == 1
