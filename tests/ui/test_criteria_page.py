# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Criteria: begun from the example, written and agreed to by keys, in force once all agree."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.casework.matrix import in_force, versions
from desktop_app.casework.people import Role
from desktop_app.casework.records import NO_CLIENT
from tests.ui.conftest import SignIn
from tests.ui.criteria_desk import everything, lay_criteria
from tests.ui.office import Office
from ui.kit.buttons import Button
from ui.pages.criteria import CriteriaPage
from ui.pages.criteria_editor import CriteriaEditor
from ui.pages.criteria_version import AgreedCard
from ui.places import Place
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The page of the criteria, on a desk of its own."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = CriteriaPage(session)
        qtbot.addWidget(self.page)
        self.page.resize(1178, 690)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.page.show_place(Place("criteria"))
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def press(self, words: str) -> None:
        """Press a button with the keyboard."""

        def shown() -> list[Button]:
            found = self.page.findChildren(Button)
            return [one for one in found if one.isVisible() and one.accessibleName() == words]

        self.qtbot.waitUntil(lambda: len(shown()) == 1)
        (found,) = shown()
        found.setFocus()
        QTest.keyClick(found, Qt.Key.Key_Return)
        self.settle()

    def save(self) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Return, CTRL)
        self.settle()

    @property
    def editor(self) -> CriteriaEditor:
        assert self.page.editor is not None
        return self.page.editor


@pytest.fixture
def desk(qtbot: QtBot, session: Session) -> Desk:
    """Return the key worker's page."""
    return Desk(qtbot, session)


def test_the_example_is_a_start_and_stays_an_example_until_somebody_says_otherwise(
    desk: Desk, office: Office
) -> None:
    assert desk.page.sentence.text().startswith("No criteria are in force yet")
    desk.press("Begin from the example")
    assert desk.editor.example.isChecked()
    desk.save()
    (version,) = versions(everything(office))
    assert version.example
    assert len(version.criteria) == 9
    assert desk.page.findChildren(AgreedCard)[-1].findChildren(Button) == []
    assert in_force(everything(office), desk.session.team) is None


def test_a_version_is_written_and_signed_by_keys_alone(desk: Desk, office: Office) -> None:
    desk.press("Begin from the example")
    editor = desk.editor
    desk.qtbot.waitUntil(lambda: QApplication.focusWidget() is editor.name)
    QTest.keyClick(editor.name, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(editor.name, "Harbour criteria")
    QTest.keyClick(editor.name, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is editor.version
    QTest.keyClick(editor.version, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(editor.version, "December 2026")
    editor.example.setFocus()
    QTest.keyClick(editor.example, Qt.Key.Key_Space)
    desk.press("Add a question")
    box = editor.boxes[-1]
    assert QApplication.focusWidget() is box.question
    QTest.keyClicks(box.question, "Asks for help")
    box.bands.setFocus()
    QTest.keyClicks(box.bands, "0 = No")
    QTest.keyClick(box.bands, Qt.Key.Key_Return)
    QTest.keyClicks(box.bands, "2 = Yes")
    box.up.setFocus()
    QTest.keyClick(box.up, Qt.Key.Key_Return)
    desk.save()
    (version,) = versions(everything(office))
    assert [one.question for one in version.criteria][-2:] == [
        "Asks for help",
        "What protects them",
    ]
    assert not version.example
    desk.press("Say what Agency says")
    panel = desk.page.panel
    assert panel is not None
    panel.view.editor("answer").show_value("agrees")
    panel.view._edited("answer")
    panel.save()
    desk.settle()
    found = in_force(everything(office), desk.session.team)
    assert found is not None
    assert found.called == "Harbour criteria, December 2026"
    assert desk.page.sentence.text() == "Everybody is scored by “Harbour criteria, December 2026”."


def test_what_is_altered_is_a_new_version_that_follows_the_old_one(
    desk: Desk, office: Office
) -> None:
    first = lay_criteria(office)
    desk.page.refresh()
    desk.settle()
    desk.press("Write a version")
    assert desk.editor.version.text() == ""
    desk.editor.version.setText("December")
    desk.editor.boxes[0].question.setText("Offences, all of them")
    desk.editor.act.click()
    desk.settle()
    old, new = sorted(versions(everything(office)), key=lambda one: one.id)
    assert new.matrix.supersedes == first
    assert old.criteria[0].question == "Acquisitive offences"
    assert new.criteria[0].question == "Offences, all of them"
    counts = in_force(everything(office), desk.session.team)
    assert counts is not None
    assert counts.id == first, "until everybody has agreed to the new one"


def test_what_is_lacking_is_said_and_a_line_that_cannot_be_read_is_not_lost(
    desk: Desk, office: Office
) -> None:
    desk.press("Begin from the example")
    editor = desk.editor
    editor.threshold.setText("many")
    editor.boxes[1].bands.set_text("0 = None\nsome = 2\n4 = Much")
    editor.save()
    said = [one.text() for one in editor.problems.lines]
    assert any(words.startswith("Give a threshold") for words in said)
    assert "Question 2: “some = 2” cannot be read. Write points = words." in said
    assert versions(everything(office)) == []


def test_what_is_lacking_leads_to_where_it_is_put_right(desk: Desk, office: Office) -> None:
    desk.press("Begin from the example")
    editor = desk.editor
    editor.version.clear()
    editor.boxes[2].question.clear()
    editor.save()
    said = {line.accessibleName(): line for line in editor.problems.lines}
    assert list(said) == ["Say which version it is.", "Question 3: write what is asked."]
    for line, field in zip(said.values(), (editor.version, editor.boxes[2].question), strict=True):
        line.click()
        assert QApplication.focusWidget() is field
    assert versions(everything(office)) == []


def test_what_was_typed_is_a_draft_until_it_is_put_to_the_partners(
    desk: Desk, office: Office
) -> None:
    desk.press("Begin from the example")
    desk.editor.name.setText("Half a name")
    desk.editor.drafting.touched()
    desk.press("Not now")
    desk.press("Begin from the example")
    assert desk.editor.name.text() == "Half a name"
    assert len(desk.editor.boxes) == 9


def test_an_agency_that_is_not_asked_is_not_offered_to_sign(desk: Desk, office: Office) -> None:
    lay_criteria(office, agreed=False)
    office.save("team_rule", {"agencies": ["Police", "Health"]}, client=NO_CLIENT)
    desk.page.refresh()
    desk.settle()
    cards = desk.page.findChildren(AgreedCard)
    desk.qtbot.waitUntil(lambda: any(one.isVisible() for one in cards))
    (card,) = [one for one in cards if one.isVisible()]
    assert card.findChildren(Button) == []


def test_the_coordinator_says_who_agrees_and_how_many_places_there_are(
    qtbot: QtBot, sign_in: SignIn, office: Office
) -> None:
    decided = office.save("team_rule", {"ask_why": "no"}, client=NO_CLIENT)
    desk = Desk(qtbot, sign_in(Role.COORDINATOR))
    desk.press("Change agencies and places")
    panel = desk.page.panel
    assert panel is not None
    panel.view.editor("programme_places").show_value(24)
    panel.view._edited("programme_places")
    panel.save()
    desk.settle()
    record = office.record(decided)
    assert (record.answers["programme_places"], record.text("ask_why")) == (24, "no")
