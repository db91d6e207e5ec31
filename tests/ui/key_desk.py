# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Passphrase and keys at a desk: the real page, over a real vault of a real team."""

import os
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.casework import audience
from desktop_app.casework.people import Role
from storage import cost, entry, recovery, unlock
from storage.cost import FLOOR
from storage.errors import WrongRecovery
from sync.admission import found_team
from sync.team import NewPerson
from tests.dialogs import QuietDialogs
from tests.ui.crew import words_on
from tests.ui.office import OfficeClock
from ui.pages.first_run_steps import Step
from ui.pages.keys import KeysPage
from ui.pages.paper_steps import PaperAsked, PaperWords
from ui.session import Session

TOLD = "ferry lantern onion quiet saddle"


class Desk:
    """The page, and the vault behind it."""

    def __init__(self, qtbot: QtBot, place: Path, clock: OfficeClock) -> None:
        self.qtbot, self.folder = qtbot, place / "vaults" / "lowe"
        cost.of_laptop(place, measure=lambda: FLOOR)
        store = entry.create(self.folder, TOLD, cost=FLOOR)
        seed = recovery.new_seed()
        self.paper = " ".join(recovery.words_of(seed))
        roles = frozenset({Role.COORDINATOR})
        seat = found_team(
            store,
            "Saltings",
            NewPerson("M. Lowe", "Police", roles, audience.by_default(roles)),
            laptop="Laptop 1",
            now_ms=clock.now_ms(),
            random=os.urandom,
            recovery=recovery.public_of(seed),
        )
        self.session = Session(store, me=seat.person, team=seat.team, clock=clock)
        self.dialogs = QuietDialogs()
        self.page = KeysPage(self.session, self.dialogs, place, laptop="Laptop 1")
        qtbot.addWidget(self.page)
        self.page.resize(1037, 640)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def button(self, code: str) -> QPushButton:
        return self.page.buttons[code]

    def press(self, code: str) -> Step:
        self.button(code).click()
        return self.step

    @property
    def step(self) -> Step:
        assert isinstance(self.page.step, Step), type(self.page.step).__name__
        return self.page.step

    def go_on(self) -> None:
        self.step.act.click()
        self.settle()

    def says(self) -> str:
        return words_on(self.page)

    def finds(self, words: str) -> None:
        """Wait until the page, shown anew, says something."""
        self.qtbot.waitUntil(lambda: words in self.says())

    def opens(self, words: str) -> bool:
        try:
            unlock.unlock_with_recovery(self.folder, words)
        except WrongRecovery:
            return False
        return True

    def put_on_paper(self) -> str:
        """Write twelve new words down and give two back; return them."""
        shown = self.step
        assert isinstance(shown, PaperWords)
        shown.paper.setChecked(True)
        shown.act.click()
        asked = self.step
        assert isinstance(asked, PaperAsked)
        for at, field in zip(asked.at, asked.fields, strict=True):
            field.setText(asked._words[at])
        self.go_on()
        return " ".join(asked._words)
