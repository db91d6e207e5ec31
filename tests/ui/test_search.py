# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The search that drops from the field: clients found while one types, opened by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.reference import reference
from tests.ui.office import Office
from ui.places import Place
from ui.search import MOST, Search, SearchDrop
from ui.session import Session


class Field:
    """A window with a search field."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        self.line, other = QLineEdit(), QLineEdit()
        column.addWidget(self.line)
        column.addWidget(other)
        self.other = other
        self.search = Search(session, self.line, parent=self.window)
        self.went: list[Place] = []
        self.search.go.connect(self.went.append)
        qtbot.addWidget(self.window)
        self.window.resize(900, 500)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.line.setFocus()

    @property
    def drop(self) -> SearchDrop:
        assert self.search.drop is not None
        return self.search.drop

    def type(self, words: str) -> None:
        """Type, and wait for the answer."""
        self.line.clear()
        QTest.keyClicks(self.line, words)
        self.qtbot.waitUntil(lambda: not self.drop._pause.isActive())
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.line, key)
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def found(self) -> list[str]:
        return [row.name for row in self.drop.hits.rows]

    def why(self) -> list[str]:
        return [row.why for row in self.drop.hits.rows]


@pytest.fixture
def field(qtbot: QtBot, session: Session) -> Field:
    return Field(qtbot, session)


def test_the_first_letters_find(field: Field, office: Office) -> None:
    office.client("Marsh", "Daniel")
    office.client("Croft", "Leanne")
    field.type("mar")
    assert field.found() == ["MARSH, Daniel"]
    assert field.drop.isVisible()


def test_spelling_is_forgiven_and_says_so(field: Field, office: Office) -> None:
    office.client("Marsh", "Stephen")
    field.type("steven")
    assert field.found() == ["MARSH, Stephen"]
    assert field.why() != [""]


def test_a_date_of_birth_and_a_reference_find(field: Field, office: Office) -> None:
    client = office.client("Marsh", "Daniel", born="1989-03-14")
    field.type("14 3 1989")
    assert field.found() == ["MARSH, Daniel"]
    assert field.why() == ["born 14 Mar 1989"]
    field.type(reference(client))
    assert field.found() == ["MARSH, Daniel"]


def test_enter_opens_the_first_and_empties_the_field(field: Field, office: Office) -> None:
    client = office.client("Marsh", "Daniel")
    field.type("marsh")
    field.key(Qt.Key.Key_Return)
    assert field.went == [Place("client", client=client)]
    assert field.line.text() == ""
    assert not field.drop.isVisible()


def test_arrows_choose_while_the_cursor_stays(field: Field, office: Office) -> None:
    office.client("Marsh", "Anna")
    second = office.client("Marsh", "Bert")
    field.type("marsh")
    field.key(Qt.Key.Key_Down)
    assert field.line.hasFocus()
    field.key(Qt.Key.Key_Return)
    assert field.went == [Place("client", client=second)]


def test_esc_puts_the_list_away_and_then_the_words(field: Field, office: Office) -> None:
    office.client("Marsh", "Daniel")
    field.type("mar")
    field.key(Qt.Key.Key_Escape)
    assert not field.drop.isVisible()
    assert field.line.text() == "mar"
    field.key(Qt.Key.Key_Escape)
    assert field.line.text() == ""


def test_it_goes_away_with_the_focus(field: Field, office: Office, qtbot: QtBot) -> None:
    office.client("Marsh", "Daniel")
    field.type("mar")
    field.other.setFocus()
    qtbot.waitUntil(lambda: not field.drop.isVisible())


def test_the_drop_is_as_high_as_what_it_shows(field: Field, office: Office) -> None:
    for forename in ("Leanne", "Lee", "Liam"):
        office.client("Croft", forename=forename)
    field.type("croft")
    assert len(field.found()) == 3
    assert field.drop.height() > field.drop.view.height() > 3 * 30
    field.type("qqqq")
    drop = field.drop
    low = drop.height()
    assert drop._nobody.isVisible()
    assert low < drop._nobody.height() + 60
    for words in ("croft", "zzzz", "croft", "qqqq"):
        field.type(words)
    assert drop.height() == low  # however often it is asked


def test_nobody_found_says_what_else_to_try(field: Field, office: Office) -> None:
    office.client("Marsh", "Daniel")
    field.type("qqqq")
    assert field.drop.isVisible()
    assert "Nobody is found for “qqqq”" in field.drop._nobody.text()
    field.drop._add.click()
    assert field.went == [Place("clients", form="client")]


def test_too_many_are_not_all_shown(field: Field, office: Office) -> None:
    for number in range(MOST + 3):
        office.client("Marsh", f"Daniel{number:02d}")
    field.type("marsh")
    assert len(field.found()) == MOST
    assert "The first 12" in field.drop._more.text()


def test_each_hit_is_spoken_whole(field: Field, office: Office) -> None:
    office.client("Marsh", "Daniel", known_as="Danny", born="1989-03-14")
    field.type("danny")
    index = field.drop.hits.index(0)
    said = field.drop.hits.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert "MARSH, Daniel" in str(said)
    assert "born 14 Mar 1989 (37y)" in str(said)
