# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The made-up team the pictures are drawn in: every group of them begins from it as it was made.

What one group shares, settles or takes out would else be missing from the next.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop_app.casework.people import Person
from storage import unlock
from storage.store import Store
from sync.seat import seat_of
from ui import home as homes
from ui.clock import Clock
from ui.dialogs import ScreenDialogs
from ui.home import Settings, VaultPlace
from ui.made_up import make_team
from ui.open_casebook import OpenCasebook
from ui.session import Session

TODAY = date(2026, 11, 23)


class StoppedClock(Clock):
    """The clock of the pictures: always the same moment."""

    def now(self) -> datetime:
        """Return a Monday afternoon."""
        return datetime.fromisoformat("2026-11-23T14:32")

    def now_ms(self) -> int:
        """Return the same moment in UTC milliseconds."""
        return int(self.now().astimezone().timestamp() * 1000)


class Town:
    """The made-up team in a folder, and a copy of it that nobody touches."""

    def __init__(self, home: Path) -> None:
        """Make the team; whatever lay in the folder is gone."""
        self.home, self._kept = home, home.with_name(f"{home.name}-as-made")
        for each in (self.home, self._kept):
            shutil.rmtree(each, ignore_errors=True)
        make_team(self.home, today=TODAY)
        shutil.copytree(self.home, self._kept)

    def renew(self) -> Path:
        """Put the team back as it was made, and return its home; no casebook of it may be open."""
        shutil.rmtree(self.home)
        shutil.copytree(self._kept, self.home)
        return self.home

    @contextmanager
    def casebook(
        self, place: VaultPlace, me: Person | None = None
    ) -> Iterator[tuple[OpenCasebook, Store]]:
        """Open somebody's casebook in the team as it was made, and close it.

        Args:
            place: whose.
            me: somebody else who may read the same, to look at it instead of them.
        """
        home = self.renew()
        key = unlock.unlock(place.folder, homes.made_up_passphrase(home))
        store = Store.open(place.folder, key)
        with windows_gone():
            book = opened(store, home, place, me)
            yield book, store
            book.close_down()


@contextmanager
def windows_gone() -> Iterator[None]:
    """Take down the windows made meanwhile: each later change of theme would dress them again."""
    before = set(QApplication.topLevelWidgets())
    yield
    for each in set(QApplication.topLevelWidgets()) - before:
        each.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def opened(store: Store, home: Path, place: VaultPlace, me: Person | None = None) -> OpenCasebook:
    """Return an open casebook on its first page."""
    seat = seat_of(store)
    assert seat is not None
    team, person = seat.team, seat.person
    if me is not None:
        team, person = replace(team, persons={**team.persons, me.id: me}), me.id
    session = Session(store, me=person, team=team, clock=StoppedClock())
    book = OpenCasebook(
        session,
        place,
        home=home,
        settings=Settings(),
        dialogs=ScreenDialogs(),
        facts=[("Laptop", place.about.laptop)],
    )
    book.begin()
    return book
