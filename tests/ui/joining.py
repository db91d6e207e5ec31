# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A laptop somebody opens for the first time: the first-run pages in the hands of a test."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from storage.unlock import FLOOR
from tests.dialogs import QuietDialogs
from tests.ui.crew import words_on
from tests.ui.office import OfficeClock
from ui.pages.first_run import FirstRun
from ui.pages.first_run_steps import Compare, Questions, Step, Words
from ui.pages.sign_in import Opened

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
        return self.write_down()

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
