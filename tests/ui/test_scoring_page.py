# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Scoring: nothing fills itself in, every score has evidence, the total is seen as it grows."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import Record, link
from tests.ui.conftest import SignIn
from tests.ui.criteria_desk import lay_criteria
from tests.ui.office import Office
from ui.kit.buttons import Button
from ui.kit.empty import Empty
from ui.pages.scoring import ScoringPage, before
from ui.places import Place
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The page of a score, on a desk of its own."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = ScoringPage(session)
        self.ended: list[bool] = []
        self.page.done.connect(lambda: self.ended.append(True))
        qtbot.addWidget(self.page)
        self.page.resize(1178, 690)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def open(self, client: bytes) -> None:
        self.page.show_place(Place("scoring", client=client))
        self.settle()

    def keys(self, *keys: Qt.Key | str) -> None:
        """Press keys where the keyboard is."""
        for one in keys:
            focus = QApplication.focusWidget()
            assert focus is not None
            if isinstance(one, str):
                QTest.keyClicks(focus, one)
            else:
                QTest.keyClick(focus, one)

    def give(self, at: int, points: int, evidence: str, source: str = "police") -> None:
        box = self.page.boxes[at]
        box.bands._pressed(str(points))
        box.evidence.setText(evidence)
        box.source.set_value(source)
        box.changed.emit()

    def save(self) -> None:
        self.page.save()
        self.settle()

    def wrong(self) -> list[str]:
        return [one.text() for one in self.page.problems.lines]

    def total(self) -> str:
        return f"{self.page.total.figure.text()}: {self.page.total.words.text()}"


def scores_of(office: Office, client: bytes) -> list[Record]:
    """Return the points of a client in the order of the criteria."""
    return sorted(office.of(client, "score"), key=lambda one: one.text("criterion"))


@pytest.fixture
def desk(qtbot: QtBot, session: Session) -> Desk:
    """Return the key worker's page."""
    return Desk(qtbot, session)


@pytest.fixture
def desk_of(qtbot: QtBot, sign_in: SignIn, office: Office) -> Callable[[str], Desk]:
    """Return what opens the page for somebody else."""
    return lambda role: Desk(qtbot, sign_in(role))


def adult(office: Office) -> bytes:
    return office.client(born="1990-05-01")


def test_a_score_is_given_by_keys_alone(desk: Desk, office: Office) -> None:
    lay_criteria(office)
    client = adult(office)
    desk.open(client)
    tab, right = Qt.Key.Key_Tab, Qt.Key.Key_Right
    first = desk.page.boxes[0].bands.pills["0"]
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is first)
    for at, steps in enumerate((2, 1, 1)):
        desk.page.boxes[at].start()
        desk.keys(*([right] * steps), tab, Qt.Key.Key_Down, tab, f"Because of {at}")
    assert desk.total() == "4: 1 point below the threshold of 5"
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return, CTRL)
    desk.settle()
    (scoring,) = office.of(client, "scoring")
    assert (scoring.answers["total"], scoring.answers["threshold"]) == (4, 5)
    assert scoring.text("criteria") == "Ours, November"
    scores = scores_of(office, client)
    assert [one.answers["points"] for one in scores] == [4, 2, 2]
    assert [one.text("evidence") for one in scores] == [f"Because of {at}" for at in range(3)]
    assert {one.text("source") for one in scores} == {"tandem"}
    assert desk.ended == [True]


def test_every_score_needs_its_evidence_and_its_source(desk: Desk, office: Office) -> None:
    lay_criteria(office)
    client = adult(office)
    desk.open(client)
    desk.give(0, 4, "Six thefts", "police")
    desk.give(1, 2, "", "police")
    desk.save()
    assert desk.wrong() == [
        "Depends on heroin: say on what evidence, and from where.",
        "What protects them: choose an answer.",
    ]
    desk.give(1, 2, "He says so", "")
    desk.give(2, 0, "Asked, nothing", "none")
    desk.save()
    assert len(desk.wrong()) == 1
    assert office.of(client, "scoring") == []


def test_what_the_records_say_is_taken_only_when_somebody_presses(
    desk: Desk, office: Office
) -> None:
    lay_criteria(office)
    client = adult(office)
    for day in ("2026-10-01", "2026-09-01", "2026-08-01"):
        arrest = {"offence_group": "shoplifting", "arrested_on": day, "offence_on": day}
        office.save("arrest", arrest, client=client)
    desk.open(client)
    box = desk.page.boxes[0]
    assert box.said is not None
    assert box.said.count == 3
    assert box.given().points is None
    assert desk.total().startswith("0:")
    box.take_records()
    assert box.given().points == 4
    assert box.given().source == "tandem"
    assert "Thu 1 Oct" in box.given().evidence
    assert desk.total() == "4: 1 point below the threshold of 5"


def test_what_a_police_record_says_is_taken_for_the_police_alone(
    desk_of: Callable[[str], Desk], office: Office
) -> None:
    lay_criteria(office)
    client = adult(office)
    day = "2026-10-01"
    arrest = {"offence_group": "shoplifting", "arrested_on": day, "offence_on": day}
    office.save("arrest", arrest, client=client, to="police")
    officer = desk_of(Role.OFFICER)
    officer.session.give_reason(client, "custody")
    officer.open(client)
    for at in (1, 2):
        officer.give(at, 0, f"Words {at}")
    officer.page.boxes[0].take_records()
    assert "Thu 1 Oct" in officer.page.boxes[0].given().evidence
    assert officer.page.boxes[0].given().kept_with == "police"
    officer.save()
    assert "Thu 1 Oct" not in str([one.answers for one in scores_of(office, client)])
    (words,) = office.of(client, "evidence")
    assert (words.audience, "Thu 1 Oct" in words.text("words")) == ("police", True)


def test_evidence_with_the_police_is_read_by_the_police_alone(
    desk_of: Callable[[str], Desk], office: Office
) -> None:
    lay_criteria(office)
    client = adult(office)
    officer = desk_of(Role.OFFICER)
    officer.open(client)
    for at, points in enumerate((4, 2, 0)):
        officer.give(at, points, f"Words {at}")
    kept = officer.page.boxes[0].kept
    assert kept is not None
    kept.set_value("police")
    officer.save()
    held, *others = scores_of(office, client)
    assert (held.text("evidence"), held.text("kept_with")) == ("", "police")
    assert others[0].text("evidence") == "Words 1"
    (words,) = office.of(client, "evidence")
    assert (words.audience, words.answers["score"]) == ("police", link(held.id))
    again = desk_of(Role.OFFICER)
    again.session.give_reason(client, "custody")
    again.open(client)
    assert before(again.page.facts, 0).evidence == "Words 0"


def test_who_does_not_hold_an_audience_cannot_keep_words_there(desk: Desk, office: Office) -> None:
    lay_criteria(office)
    desk.open(adult(office))
    assert desk.page.boxes[0].kept is None


def test_the_score_before_stands_beside_with_its_change_and_is_superseded(
    desk: Desk, office: Office
) -> None:
    lay_criteria(office)
    client = adult(office)
    desk.open(client)
    for at, points in enumerate((4, 4, 0)):
        desk.give(at, points, "First time")
    desk.save()
    desk.open(client)
    box = desk.page.boxes[0]
    assert box.change._chip.text == "4 before"
    assert box.given().points is None, "nothing is filled in by itself"
    box.bands._pressed("2")
    assert box.change._chip.text == "4 before, now -2"
    for each in desk.page.boxes:
        each.take_before()
    assert desk.total() == "8: 3 points above the threshold of 5"
    desk.save()
    held = office.of(client, "scoring")
    (second,) = [one for one in held if one.text("supersedes")]
    (first,) = [one for one in held if one is not second]
    assert second.text("supersedes") == link(first.id)


def test_setting_a_score_aside_needs_a_reason(desk: Desk, office: Office) -> None:
    lay_criteria(office)
    client = adult(office)
    desk.open(client)
    for at in range(3):
        desk.give(at, 0, "Nothing")
    desk.page.total.override._pressed("in")
    desk.save()
    assert desk.wrong() == ["Say why the score is set aside."]
    desk.page.total.reason.set_text("Her mother asks for it, and so does she")
    desk.save()
    (scoring,) = office.of(client, "scoring")
    assert scoring.text("override") == "in"
    assert scoring.text("override_reason").startswith("Her mother")


def test_what_was_typed_waits_for_its_author(
    desk: Desk, desk_of: Callable[[str], Desk], office: Office
) -> None:
    lay_criteria(office)
    client = adult(office)
    desk.open(client)
    desk.give(1, 4, "Half a sentence")
    assert desk.page.drafting is not None
    desk.page.drafting.flush()
    desk.settle()
    later = desk_of(Role.KEY_WORKER)
    later.open(client)
    assert later.page.boxes[1].given().evidence == "Half a sentence"
    assert later.total().startswith("4:")


@pytest.mark.parametrize(
    ("agreed", "born", "says"),
    [
        (True, "2012-01-01", "Nobody is scored who may be under 18."),
        (True, "", "Nobody is scored who may be under 18."),
        (False, "1990", "No criteria are in force"),
    ],
)
def test_nobody_is_scored_by_what_is_not_in_force_or_under_18(
    desk: Desk, office: Office, *, agreed: bool, born: str, says: str
) -> None:
    lay_criteria(office, agreed=agreed)
    desk.open(office.client(born=born))
    (empty,) = desk.page.findChildren(Empty)
    desk.qtbot.waitUntil(empty.isVisible)
    assert empty.accessibleName().startswith(says.rstrip("."))
    assert desk.page.boxes == []


@pytest.mark.parametrize(
    ("born", "words", "left", "went"),
    [("1990", "Criteria", [], [Place("criteria")]), ("2012-01-01", "&Back", [True], [])],
)
def test_where_nobody_is_scored_the_keyboard_stands_on_the_way_on(
    desk: Desk, office: Office, *, born: str, words: str, left: list[bool], went: list[Place]
) -> None:
    taken: list[Place] = []
    desk.page.go.connect(taken.append)
    desk.page.setFocus()
    desk.open(office.client(born=born))
    (empty,) = desk.page.findChildren(Empty)
    (act,) = empty.findChildren(Button)
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is act)
    assert act.text().strip() == words
    desk.keys(Qt.Key.Key_Space)
    assert (desk.ended, taken) == (left, went)


def test_a_room_without_criteria_goes_back_to_its_card(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    page, ended = ScoringPage(session, in_a_room=True), []
    qtbot.addWidget(page)
    page.done.connect(lambda: ended.append(True))
    page.show_place(Place("scoring", client=adult(office)))
    qtbot.waitUntil(lambda: not session.busy)
    (empty,) = page.findChildren(Empty)
    empty.findChildren(Button)[0].click()
    assert ended == [True]
