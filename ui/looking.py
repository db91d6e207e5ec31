# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking: opening a client's page is having looked at them.

It is remembered once the page was painted. Rules, each with a test:

* Somebody has looked once all of the file is shown: not while part of it waits for a reason.
* A page that is looked at again by itself, because something arrived, marks nothing as read.
* That somebody looked is kept in their vault; where there is no room for it, it stays new.
"""

from contextlib import suppress

from PySide6.QtCore import QObject

from desktop_app.casework.records import RecordId
from storage import from_others
from storage.errors import LaptopFull, LaptopRefuses
from storage.store import Store
from ui.consulting import nothing
from ui.main_window import MainWindow
from ui.places import Place
from ui.session import Session


class Looking(QObject):
    """Remembers of each client's page that it was opened."""

    def __init__(self, session: Session, frame: MainWindow) -> None:
        super().__init__(frame)
        self._session = session
        self._opened: RecordId | None = None
        frame.opened.connect(self._open)
        session.kept_back.connect(self._shown)

    def _open(self, place: Place) -> None:
        self._opened = place.client if place.page == "client" else None

    def _shown(self, client: RecordId, kept_back: int, _asks_why: bool) -> None:  # noqa: FBT001  a Qt slot
        if client != self._opened or kept_back:
            return
        self._opened = None
        session, me = self._session, self._session.me.id
        at, now_ms = session.now().isoformat()[:16], session.clock.now_ms()

        def look(store: Store) -> None:
            with suppress(LaptopFull, LaptopRefuses):
                from_others.look_at(store, me, client, at=at, now_ms=now_ms)

        session.ask(look, nothing, shows=nothing, owner=self, later=True)
