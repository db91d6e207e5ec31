# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A forum in a window of its own, worked by keys, and who is on its agenda."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Json, Record
from storage import reads
from tests.dialogs import QuietDialogs
from tests.ui.office import OSEI, SHAH, Office
from ui.pages.forum import ForumPage
from ui.places import Place
from ui.session import Session

TODAY = "2026-11-23"


class Room:
    """A forum, worked by keys."""

    def __init__(self, qtbot: QtBot, session: Session, office: Office) -> None:
        self.qtbot, self.session, self.office = qtbot, session, office
        self.dialogs = QuietDialogs()
        self.page = self.opened()

    def opened(self) -> ForumPage:
        page = ForumPage(self.session, self.dialogs)
        self.qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)
        page.show_place(Place("forum"))
        self.page = page
        self.settle()
        return page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy and self.stands())

    def stands(self) -> bool:
        """Say whether somebody's card is shown, where there is one to show."""
        held = self.page.held
        if held.meeting is None:
            return True
        return held.agenda is not None and (held.shown is not None or not held.agenda.dues)

    def begin(self, *more: str) -> None:
        for one in more:
            self.page.start.people[one].setChecked(True)
        self.page.begin()
        self.settle()

    def press(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, how)
        self.settle()

    def focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        return focus if focus is not None else self.page

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)
        self.settle()

    def next(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def name(self) -> str:
        return self.page.held.card.name.text()

    def on(self) -> list[str]:
        return [row.item().name for row in self.page.held.list.rows.rows.values()]


def forums(office: Office) -> list[Record]:
    return reads.records(office.store, form="forum")


def targeted(office: Office, surname: str, **more: Json) -> bytes:
    client = office.client(surname)
    told: dict[str, Json] = {"cohort": "demand_side", "started_on": "2026-06-01", **more}
    office.save("cohort", told, client=client)
    return client


def opened_with(room: Room, *surnames: str) -> list[bytes]:
    """Open a forum with some people on the programme, the officer and the key worker there."""
    clients = [targeted(room.office, one) for one in surnames]
    room.page.refresh()
    room.settle()
    room.begin(SHAH, OSEI)
    return clients
