# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Working rows out before anybody looks, a few clients at a time, while somebody works."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from desktop_app.casework.board import Exact
from desktop_app.casework.boards import boards_for, todays
from desktop_app.casework.people import Person, Team
from storage import board_rows, boards
from storage.board_rows import Shown
from storage.errors import LaptopFull, LaptopRefuses
from storage.store import Store
from ui.pages.boards_facts import asked
from ui.pages.today_read import read_here
from ui.session import Session

AT_ONCE = 40
"""Clients gone through, or worked out, before somebody else who asks gets their turn."""
SOON = 12
"""So many clients may be worked out while a page is opened before they are beforehand."""


class GoingThrough(QObject):
    """Goes through whoever is to be, once it is begun, until nobody is left.

    The board that is looked at comes first; the others follow, so that each is ready when opened.

    Signals:
        went: how many clients are left, of the board that is looked at; and once all is done.
    """

    went = Signal(int)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._at_it = False
        self._rules: list[Exact] = []
        self._first = ""

    def follow(self, shown: Shown, rule: Exact) -> None:
        """Begin with a board, when enough clients wait and it has not begun."""
        if self._at_it or not (shown.left or shown.waiting >= SOON):
            return
        others = [todays(), *(one.rule for one in boards_for(self._session.me))]
        self._rules = [rule, *(one for one in others if one.name != rule.name)]
        self._first, self._at_it = rule.name, True
        self._next()

    def _next(self) -> None:
        session, rule = self._session, self._rules[0]
        me, team, now = session.me, session.team, session.now()
        session.work(lambda store: _some(store, rule, me, team, now), self._done, owner=self)

    def _done(self, left: int) -> None:
        looked_at = self._rules[0].name == self._first
        if not left:
            self._rules.pop(0)
        self._at_it = bool(self._rules)
        if looked_at or not self._at_it:
            self.went.emit(left)
        if self._at_it:
            self._next()


def _some(store: Store, rule: Exact, me: Person, team: Team, now: datetime) -> int:
    """Go through a few; without room on the disk whoever reads the boards reads the files."""
    try:
        question = asked(store, rule, me, team, now, read=read_here(store))
        left = boards.go_through(store, question.known, at_most=AT_ONCE)
        return left or board_rows.work_out(question, at_most=AT_ONCE)
    except (LaptopFull, LaptopRefuses):
        return 0
