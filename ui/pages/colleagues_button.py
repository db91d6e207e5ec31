# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Of how many clients colleagues wrote something new: a button for the head of Today."""

from PySide6.QtGui import QShowEvent

from storage import reads
from ui.consulting import nothing
from ui.kit.buttons import Button, Kind
from ui.pages.colleagues import tells_of_everybody
from ui.pages.colleagues_words import how_many
from ui.session import Session


class NewFromColleagues(Button):
    """Says of how many clients there is something new, and leads there."""

    def __init__(self, session: Session) -> None:
        super().__init__(how_many(0), Kind.QUIET, icon="mail-open", small=True)
        self._session = session
        session.changed.connect(lambda _touched: self.ask())

    def ask(self) -> None:
        """Ask how many, while it can be seen."""
        session = self._session
        me, everybody = session.me.id, tells_of_everybody(session)
        now_ms = session.clock.now_ms()
        if self.isVisible():
            session.ask(
                lambda store: reads.clients_with_news(
                    store, me, everybody=everybody, now_ms=now_ms
                ),
                lambda clients: self.set_words(how_many(clients)),
                shows=nothing,
                owner=self,
                name="news",
                later=True,
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Ask anew whenever the page it stands on is opened."""
        super().showEvent(event)
        self.ask()
