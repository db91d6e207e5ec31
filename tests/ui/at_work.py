# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody at work on a laptop that looks after itself, in the hands of a test."""

from datetime import timedelta
from pathlib import Path

from storage.backup import backups
from tests.ui.desk import TOLD
from tests.ui.life import PATIENCE_MS, Life
from tests.ui.office import OfficeClock
from ui.open_casebook import OpenCasebook
from ui.pages.laptop import LaptopPage
from ui.pages.nudge import Nudge
from ui.upkeep import Upkeep


class AtWork:
    """Somebody signed in on a laptop whose backups go to a stick."""

    def __init__(self, life: Life, clock: OfficeClock) -> None:
        self.life, self.clock = life, clock
        self.book: OpenCasebook = life.enter(TOLD)
        self.old: list[tuple[object, ...]] = []
        self.settle()

    @property
    def upkeep(self) -> Upkeep:
        return self.book.upkeep

    @property
    def page(self) -> LaptopPage:
        page = self.book.frame.page("laptop")
        assert isinstance(page, LaptopPage)
        return page

    @property
    def nudge(self) -> Nudge:
        return self.book.frame.page("today").findChildren(Nudge)[0]

    @property
    def made(self) -> list[Path]:
        return [one.folder for one in backups(self.life.stick)]

    @property
    def newest(self) -> Path:
        return self.made[0]

    def settle(self) -> None:
        self.life.qtbot.waitUntil(self._still, timeout=PATIENCE_MS)

    def _still(self) -> bool:
        upkeep = self.upkeep
        return not (upkeep.chore.what or self.book.session.busy or upkeep._carrier.busy)

    def choose_folder(self) -> None:
        self.life.stick.mkdir(exist_ok=True)
        self.life.desk.dialogs.answers["folder"] = self.life.stick
        self.page.backup.choose.click()
        self.settle()

    def save(self, surname: str = "Croft") -> None:
        session = self.book.session
        new = session.new_record()
        session.save([session.edit("client", {"surname": surname}, client=new, record=new)])
        self.settle()

    def rest(self, seconds: float) -> None:
        self.upkeep.rest(seconds)
        self.settle()

    def next_day(self) -> None:
        self.clock.at += timedelta(days=1)
