# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An older casebook: what happened, what is safe, and the one button that goes on from it.

Rules, each with a test:

* Nothing is done before its owner says so.
* Going on works without the team folder too: what the team has comes with the next exchange.
* Afterwards it is said what came back and what may be missing, by record and time.
"""

from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage import older
from storage.older import Older
from storage.store import Store
from sync.outcome import Exchanged
from sync.rollback import CameBack, came_back
from sync.seat import seat_of
from ui.consulting import nothing
from ui.exchanging import Exchanging
from ui.kit.buttons import button
from ui.kit.card import Card, across, down, holding, reading
from ui.kit.labels import Part, Passage, label
from ui.kit.notice import Notice
from ui.older_words import (
    one_that_came_back,
    what_came_back,
    what_happened,
    what_is_safe,
    what_to_do,
)
from ui.pages.sharing_progress import SharingProgress
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

WIDE = 860
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class _Facts:
    """How things stand."""

    now: Older | None = None
    before: Older | None = None
    back: list[CameBack] = field(default_factory=list)


def _facts(store: Store) -> _Facts:
    seat = seat_of(store)
    back = came_back(store, seat) if seat is not None else []
    return _Facts(older.older(store), older.went_on(store), back)


class OlderPage(QWidget):
    """Explains, and goes on when its owner says so.

    Signals:
        done: back to where one was before.
    """

    done = Signal()
    help_topic = "sharing"

    def __init__(self, session: Session, *, exchanging: Exchanging) -> None:
        super().__init__()
        self._session, self._exchanging = session, exchanging
        self._going = False
        self.happened, self.safe, self.todo = Passage([]), Passage([]), Passage([])
        self.go_on = button(_("&Take in what the team has, and go on"), "primary")
        self.go_on.clicked.connect(self._go_on)
        self.later = button(_("Only &read for now"), "quiet")
        self.later.clicked.connect(self.done)
        self.outcome, self.trouble = Notice("", "ok"), Notice("", "warn")
        self.progress = SharingProgress()
        self.progress.stop.connect(exchanging.stop)
        self.missing, self.list = Passage([]), Passage([])
        self._lay_out()
        exchanging.stage.connect(self.progress.show_stage)
        exchanging.changed_running.connect(self._show_running)
        exchanging.done.connect(self._show_done)
        exchanging.failed.connect(self._show_failed)
        self._ask()

    def show_place(self, _place: Place) -> None:
        """Show how things stand now."""
        self._ask()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self]

    def _lay_out(self) -> None:
        self._what = Card(_("What happened"))
        self._what.body.addWidget(self.happened)
        self._safe = Card(_("What is safe"))
        self._safe.body.addWidget(self.safe)
        self._todo = Card(_("What to do"), gap=M)
        self._todo.body.addWidget(self.todo)
        self._todo.body.addLayout(across(self.go_on, self.later, None, gap=S))
        self._after = Card(_("What came back, and what may be missing"))
        self._after.body.addWidget(self.missing)
        self._after.body.addWidget(self.list)
        for hidden in (self.progress, self.outcome, self.trouble, self._after):
            hidden.hide()
        cards = down(
            label(_("An older casebook"), "h1", weight=BOLD),
            self.progress,
            self.outcome,
            self.trouble,
            self._what,
            self._safe,
            self._todo,
            self._after,
            None,
            gap=M,
            margins=(L, M, L, M),
        )
        column = holding(cards)
        column.setMaximumWidth(WIDE)
        middle = across(column, None, gap=0)
        middle.setStretch(0, 100)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(reading(holding(middle)))

    def _ask(self) -> None:
        self._session.ask(_facts, self._show, shows=nothing, owner=self, name="older")

    def _show(self, facts: _Facts) -> None:
        was, today = facts.now or facts.before, self._session.today()
        self._what.setVisible(was is not None)
        for card in (self._safe, self._todo):
            card.setVisible(facts.now is not None)
        self._after.setVisible(facts.now is None and was is not None)
        if was is None:
            self.outcome.say(_("This casebook is as new as your team has seen."))
            self.outcome.show()
            return
        self.happened.set_parts([Part(what_happened(was, today))])
        self.safe.set_parts([Part(what_is_safe())])
        self.todo.set_parts([Part(what_to_do())])
        self.missing.set_parts([Part(" ".join(what_came_back(was, facts.back, today)))])
        shown = [one_that_came_back(one, today) for one in facts.back[:MOST_SHOWN]]
        self.list.set_parts([Part("\n".join(shown), "muted")])
        self.list.setVisible(bool(shown))

    def _go_on(self) -> None:
        self.go_on.setEnabled(False)
        self.trouble.hide()
        now_ms = self._session.clock.now_ms()

        def begun(_done: None) -> None:
            self.go_on.setEnabled(True)
            self._going = True
            self._ask()
            self._exchanging.start()

        self._session.work(lambda store: older.go_on(store, now_ms=now_ms), begun, owner=self)

    def _show_running(self, running: bool) -> None:  # noqa: FBT001  a Qt slot
        self.progress.setVisible(running and self._going)

    def _show_done(self, outcome: Exchanged) -> None:
        if self._going:
            self._going = False
            self.outcome.say(outcome.unsent or _("You can write again. %s") % outcome.words)
            self.outcome.show()
            self.outcome.announce()
        self._ask()

    def _show_failed(self, error: CaseworkError) -> None:
        if self._going:
            self._going = False
            self.trouble.say(
                _("You can write again. What the team has comes when you next share. %s") % error
            )
            self.trouble.show()
            self.trouble.announce()
        self._ask()
