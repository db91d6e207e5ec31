# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A laptop somebody opens for the first time: the first-run pages in the hands of a test."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from storage.unlock import FLOOR
from sync.seat import seat_of
from tests.dialogs import QuietDialogs
from tests.ui.crew import words_on
from tests.ui.office import OfficeClock
from ui.exchanging import Exchanging
from ui.pages.first_run import FirstRun
from ui.pages.first_run_keepers import KeepersOffer
from ui.pages.first_run_steps import Compare, Questions, Step, Words
from ui.pages.paper_steps import PaperAsked, PaperWords
from ui.pages.sign_in import Opened
from ui.pages.team import TeamPage
from ui.pages.team_request import RequestCard
from ui.session import Session

WHO = {"name": "K. Osei", "agency": "Saltings Outreach", "laptop": "Laptop 2"}
LOWE = {"team": "Saltings", "name": "M. Lowe", "agency": "Police", "laptop": "Laptop 1"}


class FirstTime(QObject):
    """The pages before there is a casebook, and what came of them."""

    def __init__(self, qtbot: QtBot, home: Path, clock: OfficeClock) -> None:
        super().__init__()
        self.qtbot, self.home = qtbot, home
        self.dialogs = QuietDialogs()
        self.page = FirstRun(home, clock=clock, dialogs=self.dialogs, cost=FLOOR)
        qtbot.addWidget(self.page)
        self.opened: list[Opened] = []
        self.done: list[bool] = []
        self.moved: list[Path] = []
        self.page.opened.connect(self.opened.append)
        self.page.done.connect(lambda: self.done.append(True))
        self.page.moved.connect(self.moved.append)
        self.page.resize(1366, 768)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    @property
    def step(self) -> Step:
        now = self.page.steps.currentWidget()
        assert isinstance(now, Step), type(now).__name__
        return now

    @property
    def questions(self) -> Questions:
        assert isinstance(self.step, Questions)
        return self.step

    @property
    def words(self) -> Words:
        assert isinstance(self.step, Words)
        return self.step

    @property
    def compare(self) -> Compare:
        assert isinstance(self.step, Compare)
        return self.step

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page._worker.busy)

    def fill_in(self, answers: dict[str, str], share: Path) -> None:
        for name, words in {**answers, "folder": str(share)}.items():
            self.questions.fields[name].setText(words)
        self.step.act.click()

    def write_down(self) -> str:
        """Type the words from the paper, and go on; return them."""
        words = self.words
        QTest.keyClicks(words.typed, words.passphrase)
        words.paper.setChecked(True)
        words.act.click()
        self.settle()
        return words.passphrase

    def begin(self, way: str, answers: dict[str, str], share: Path) -> str:
        self.page.choices.buttons[way].click()
        self.fill_in(answers, share)
        passphrase = self.write_down()
        if way == "new":
            self.put_on_paper()
            if isinstance(self.step, KeepersOffer):  # where a team could be made
                self.put_off()
        return passphrase

    def put_off(self) -> None:
        """Leave the keepers' papers for later."""
        offer = self.step
        assert isinstance(offer, KeepersOffer), type(offer).__name__
        offer.answered.emit(None)

    def put_on_paper(self) -> tuple[str, ...]:
        """Write the team's recovery words down, and give two of them back; return them all."""
        shown = self.step
        assert isinstance(shown, PaperWords), type(shown).__name__
        shown.paper.setChecked(True)
        shown.act.click()
        asked = self.step
        assert isinstance(asked, PaperAsked), type(asked).__name__
        for at, field in zip(asked.at, asked.fields, strict=True):
            field.setText(asked._words[at])
        asked.act.click()
        self.settle()
        self.paper = " ".join(asked._words)
        return tuple(asked._words)

    def six_words(self) -> str:
        """Return the six words on the screen."""
        return self.compare._words.text()

    def close(self) -> None:
        self.page.close_down()
        for one in self.opened:
            one.store.close()


def says(page: Step) -> str:
    """Return all of a step's words."""
    return words_on(page)


class Lowe:
    """The coordinator once the team is founded: the team page over their real vault."""

    def __init__(self, qtbot: QtBot, first: FirstTime, share: Path, clock: OfficeClock) -> None:
        first.begin("new", LOWE, share)
        self.paper = first.paper
        self.qtbot, opened = qtbot, first.opened[0]
        seat = seat_of(opened.store)
        assert seat is not None
        self.session = Session(opened.store, me=seat.person, team=seat.team, clock=clock)
        self.exchanging = Exchanging(self.session, share=str(share))
        self.dialogs = QuietDialogs(folder=share)
        self.page = TeamPage(self.session, self.dialogs, exchanging=self.exchanging)
        qtbot.addWidget(self.page)
        self.page.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.exchanging.running and not self.session.busy)

    def exchange(self) -> None:
        self.exchanging.start()
        self.settle()

    def invite(self) -> None:
        self.page.invite()
        self.settle()

    def request(self) -> RequestCard:
        """Return the card of whoever asks to join."""
        self.qtbot.waitUntil(lambda: bool(self.page.findChildren(RequestCard)))
        return self.page.findChildren(RequestCard)[-1]

    def close(self) -> None:
        self.settle()
        self.exchanging.close_down()
        self.session._worker.close()


Arrive = Callable[[str], FirstTime]
"""Opens a laptop for the first time, by its name."""
