# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The bar of an older casebook: above every page for as long as nothing can be saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui.consulting import nothing
from ui.exchanging import Exchanging
from ui.kit.buttons import button
from ui.kit.notice import Notice
from ui.places import Place
from ui.session import Session
from ui.tokens import L, S
from ui.upkeep import Upkeep


class OlderBar(QWidget):
    """Says that the casebook is older than the team has seen, and leads to what can be done.

    Signals:
        wanted: somebody wants to know more.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.more = button(_("What happened, and what to do"), small=True)
        self.more.clicked.connect(self.wanted)
        self._notice = Notice(
            _("It can be read, and nothing can be saved. What you type is kept as a draft."),
            "warn",
            head=_("This casebook is older than your team has seen."),
            buttons=[self.more],
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(L, S, L, 0)
        column.addWidget(self._notice)
        self._older = self._explained = False
        self.hide()

    def give_way(self, place: Place) -> None:
        """Stand above every page but the one that says all this at length."""
        self._explained = place.page == "older"
        self.setVisible(self._older and not self._explained)

    def follow(self, session: Session, exchanging: Exchanging, upkeep: Upkeep) -> None:
        """Stand for as long as a casebook is older: now, and whenever that may have been found."""

        def ask(_why: object = None) -> None:
            session.ask(
                lambda store: store.older, self._show, shows=nothing, owner=self, name="older"
            )

        for something_came_of_it in (session.failed, exchanging.failed, exchanging.done):
            something_came_of_it.connect(ask)
        upkeep.older.connect(ask)
        ask()

    def _show(self, older: bool) -> None:  # noqa: FBT001  the answer itself
        came, self._older = older and not self._older, older
        self.setVisible(older and not self._explained)
        if came and not self._explained:
            self._notice.announce()

    def text(self) -> str:
        """Return what it says."""
        return self._notice.text()
