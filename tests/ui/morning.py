# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Today, worked from the keyboard over a real vault, and what a test writes into it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Json, Record
from tests.dialogs import QuietDialogs
from tests.ui.office import OSEI, SHAH, Office
from tests.ui.rows_desk import RowsDesk
from ui.kit.row import Row
from ui.pages.today import TodayPage
from ui.places import Place
from ui.session import Session

TODAY = "2026-11-23"


class Morning(RowsDesk[TodayPage]):
    """Today, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        super().__init__(qtbot, session, TodayPage(session, QuietDialogs()))
        self.settle()

    def open(self) -> None:
        """Open Today as the window does."""
        self.page.show_place(Place("today"))
        self.settle()

    def row(self, surname: str, number: int = 0) -> Row:
        """Return a row by the surname in it."""
        return [row for row in self.page.rows.rows.values() if row.item().name.startswith(surname)][
            number
        ]

    def names(self) -> list[str]:
        return [row.item().name for row in self.page.rows.rows.values()]

    def press(self, surname: str, key: Qt.Key) -> None:
        """Go to somebody's row and press a key."""
        row = self.row(surname)
        self.page.rows.go_to(row.item().key)
        QTest.keyClick(row, key)
        self.settle()

    def answers(self, surname: str) -> list[str]:
        return [answer.text for answer in self.row(surname).item().answers]

    def chips(self, surname: str) -> list[str]:
        return [chip.text for chip in self.row(surname).item().chips]

    def answer(self, surname: str, text: str) -> None:
        """Press an answer by its words."""
        row = self.row(surname)
        code = next(one.code for one in row.item().answers if one.text == text)
        row.answered.emit(code)
        self.settle()

    def sentence(self) -> str:
        return self.page.head.sentence.text()


def stands_by(office: Office, client: bytes, since: str = "2026-11-01", who: str = OSEI) -> bytes:
    return office.save(
        "assignment",
        {"duty": "key_worker", "worker": who, "from_on": since},
        client=client,
    )


def plan(office: Office, client: bytes, at: str, *people: str, kind: str = "home") -> bytes:
    return office.save(
        "visit",
        {"at": at, "state": "planned", "kind": kind, "people": list(people) or [OSEI]},
        client=client,
    )


def alert(office: Office, client: bytes, **more: Json) -> bytes:
    answers: dict[str, Json] = {
        "headline": "Dog loose in the yard",
        "about": "dog",
        "how_to_visit": "two",
        "set_on": TODAY,
        "review_on": "2027-01-30",
        **more,
    }
    return office.colleague(SHAH, "alert", answers, client=client)


def visit_and_account(office: Office, client: bytes) -> tuple[Record, Record]:
    (visit,), (account,) = office.of(client, "visit"), office.of(client, "account")
    return visit, account
