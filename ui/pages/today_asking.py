# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Asking what is due: everything at first, then only what was touched since."""

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QWidget

from desktop_app.casework.records import RecordId
from ui.pages.today_facts import Gathered, gather, shown_of
from ui.session import Session


class Asking:
    """Asks for one Today."""

    def __init__(self, session: Session, page: QWidget, show: Callable[[Gathered], None]) -> None:
        self._session, self._page, self._show = session, page, show
        self._base: Gathered | None = None
        self._owed: set[RecordId] = set()

    def touch(self, touched: Collection[RecordId]) -> None:
        """Remember what was touched: it is read anew the next time."""
        self._owed.update(touched)

    def everything(self) -> None:
        """Ask for everything anew."""
        self._base = None
        self.again()

    def again(self) -> None:
        """Ask for what was touched; for everything, where nothing was gathered before."""
        session, before, touched = self._session, self._base, frozenset(self._owed)
        me, team, now = session.me, session.team, session.now()

        def show(gathered: Gathered) -> None:
            self._base = gathered
            self._owed -= touched
            self._show(gathered)

        session.ask(
            lambda store: gather(store, me, team, now, before=before, touched=touched),
            show,
            shows=shown_of,
            owner=self._page,
            name="today",
        )
