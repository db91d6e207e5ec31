# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Going through everybody for the boards, a few clients at a time, while somebody works."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from desktop_app.casework.board import Known
from desktop_app.casework.people import Team
from storage import boards
from storage.errors import LaptopFull, LaptopRefuses
from storage.store import Store
from ui.session import Session
from ui.team_limits import limits_of

AT_ONCE = 50
"""Clients gone through before somebody else who asks gets their turn."""
SOON = 20
"""So many clients may be read besides before it is worth going through them."""


class GoingThrough(QObject):
    """Goes through whoever is to be gone through, once it is begun, until nobody is left.

    Signals:
        went: how many clients are left.
    """

    went = Signal(int)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._at_it = False

    def follow(self, waiting: int) -> None:
        """Begin, when enough clients wait and it has not begun."""
        if waiting >= SOON and not self._at_it:
            self._at_it = True
            self._next()

    def _next(self) -> None:
        team, now = self._session.team, self._session.now()
        self._session.work(lambda store: _some(store, team, now), self._done, owner=self)

    def _done(self, left: int) -> None:
        self._at_it = left > 0
        self.went.emit(left)
        if left:
            self._next()


def _some(store: Store, team: Team, now: datetime) -> int:
    """Go through a few; without room on the disk whoever reads the boards reads the files."""
    try:
        known = Known(team, limits_of(store), now)
        return boards.go_through(store, known, at_most=AT_ONCE)
    except (LaptopFull, LaptopRefuses):
        return 0
