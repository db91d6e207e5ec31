# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Four at their laptops, two of whom write without having met, and the page where it is settled."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Json
from tests.dialogs import QuietDialogs
from tests.sync.laptops import Four, Laptop
from tests.ui.crew import Crew, words_on
from ui.pages.today import TodayPage
from ui.pages.twice import TwicePage
from ui.pages.twice_question import QuestionView
from ui.places import Place

Page = TypeVar("Page", bound=QWidget)


class Team:
    """The four at their laptops, and one who looks at what was written twice."""

    def __init__(self, qtbot: QtBot, four: Four) -> None:
        self.qtbot, self.four = qtbot, four
        self.crews: list[Crew] = []

    def client(self, **more: Json) -> bytes:
        """Put a client on the casebook that everybody has."""
        answers = {"surname": "Croft", "forename": "Leanne", "born": "1989", **more}
        client = self.four.grant.save("client", answers)
        self.four.everybody_exchanges(1)
        self.four.everybody_exchanges(1)
        return client

    def apart(self, record: bytes, ann: dict[str, Json], shah: dict[str, Json]) -> None:
        """Let Ann and Shah alter a record without having met."""
        self.four.ann.save("", ann, record=record)
        self.four.clock.later()
        self.four.shah.save("", shah, record=record)
        self.four.everybody_exchanges()

    def born_twice(self) -> bytes:
        """Let two people put a date of birth right, each in their own way."""
        client = self.client()
        self.apart(client, {"born": "1989-03-05"}, {"born": "1989-05-03"})
        return client

    def crew(self, laptop: Laptop) -> Crew:
        """Return somebody at their laptop."""
        made = Crew(self.qtbot, self.four, laptop)
        self.crews.append(made)
        return made

    def at(self, laptop: Laptop, place: Place | None = None) -> "Desk":
        """Sit somebody down before the page."""
        return Desk(self.crew(laptop), place or Place("twice"))

    def today(self, laptop: Laptop) -> tuple[Crew, TodayPage]:
        """Open somebody's Today."""
        crew = self.crew(laptop)
        page = show(crew, lambda: TodayPage(crew.session, QuietDialogs()))
        page.show_place(Place("today"))
        crew.settle()
        return crew, page


def show(crew: Crew, make: Callable[[], Page]) -> Page:
    page = crew.show(lambda *_given, **_more: make())
    crew.settle()
    return page


class Desk:
    """The page, in front of somebody."""

    def __init__(self, crew: Crew, place: Place) -> None:
        self.crew, self.laptop = crew, crew.laptop
        self.page = show(crew, lambda: TwicePage(crew.session))
        self.open(place)

    def open(self, place: Place) -> None:
        self.page.show_place(place)
        self.crew.settle()

    @property
    def view(self) -> QuestionView:
        assert self.page.view is not None
        return self.page.view

    @property
    def names(self) -> list[str]:
        return [row.item().spoken() for row in self.page.list.rows.rows.values()]

    def choose(self, choice: str, why: str = "") -> None:
        self.view.choose(choice)
        self.view.follows.why.setText(why)
        self.crew.settle()

    def act(self) -> None:
        self.view.act()
        self.crew.settle()

    def words(self) -> str:
        return words_on(self.page)

    def in_list(self) -> bool:
        """Say whether the keyboard is in the list."""
        focus: QWidget | None = QApplication.focusWidget()
        return focus is not None and self.page.list.isAncestorOf(focus)
