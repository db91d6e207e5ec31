# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""This laptop: its backups, whether its vault is whole, and what protects it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from ui import theme
from ui.dialogs import Dialogs
from ui.exchange_run import Stage
from ui.home import Settings
from ui.kit.card import across, down, holding, reading
from ui.kit.labels import label
from ui.kit.segment import Segment
from ui.pages.laptop_backup import BackupCard
from ui.pages.laptop_check import CheckCard, good_for
from ui.pages.protection import Protection
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S
from ui.upkeep import Upkeep
from ui.upkeep_state import State

STACKED = 900
"""Width, at text size 1, below which the cards stand one under another."""
KEPT, PROTECTS = "kept", "protects"


class LaptopPage(QWidget):
    """The page.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "laptop"

    def __init__(
        self,
        session: Session,
        dialogs: Dialogs,
        *,
        upkeep: Upkeep,
        settings: Callable[[], Settings],
    ) -> None:
        super().__init__()
        self._session, self._dialogs, self._upkeep = session, dialogs, upkeep
        self.backup, self.check = BackupCard(), CheckCard()
        self.protection = Protection(session, upkeep, settings)
        self.which = Segment(
            [(KEPT, _("Backup and check")), (PROTECTS, _("What protects it"))],
            _("This laptop"),
            value=KEPT,
        )
        self.which.chosen.connect(self.show_view)
        self._lay_out()
        self.backup.wanted.connect(self.back_up)
        self.backup.folder_wanted.connect(self._choose)
        self.backup.keys_wanted.connect(lambda: self.go.emit(Place("keys")))
        self.check.wanted.connect(lambda: upkeep.check(asked=True))
        for card in (self.backup, self.check):
            card.progress.stop.connect(upkeep.chore.stop)
        upkeep.changed.connect(self._show)
        upkeep.made.connect(self._say_made)
        upkeep.failed.connect(self._say_failed)
        upkeep.chore.running.connect(self._show_running)
        upkeep.chore.stage.connect(self._show_stage)
        session.changed.connect(lambda _touched: self._look_again())
        self._show(upkeep.state)
        self._show_running(running=bool(upkeep.chore.what))

    def show_place(self, _place: Place) -> None:
        """Show how things stand now."""
        self._upkeep.refresh()
        self.protection.refresh()

    def show_view(self, which: str) -> None:
        """Turn to the backups, or to what protects the laptop."""
        self.which.set_value(which)
        self._views.setCurrentIndex(0 if which == KEPT else 1)

    def back_up(self) -> None:
        """Make a backup now."""
        self.backup.clear_notices()
        self._upkeep.back_up()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        shown = [self.backup, self.check] if self.which.value() == KEPT else [self.protection]
        return [self.which, *shown]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand one under another where there is little room."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(STACKED)
        way = QBoxLayout.Direction
        self._cards.setDirection(way.LeftToRight if beside else way.TopToBottom)

    def _lay_out(self) -> None:
        side = down(self.check, good_for(), None, gap=M)
        self._cards = across(down(self.backup, None), side, gap=M, margins=(L, 0, L, L))
        self._cards.setStretch(0, 7)
        self._cards.setStretch(1, 5)
        self._views = QStackedWidget()
        self._views.addWidget(reading(holding(self._cards)))
        self._views.addWidget(reading(self.protection))
        title = across(
            label(_("This laptop"), "h1", weight=BOLD),
            None,
            self.which,
            gap=M,
            margins=(L, M, L, 0),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(S)
        whole.addLayout(title)
        whole.addWidget(self._views, 1)
        self.setFocusProxy(self.which)

    def _choose(self) -> None:
        chosen = self._dialogs.folder(_("Where backups are to lie: best a stick or another disk"))
        if chosen is None:
            return
        self.backup.clear_notices()
        self._upkeep.use_folder(chosen)

    def _look_again(self) -> None:
        if self.isVisible():
            self._upkeep.refresh()

    def _show(self, state: State) -> None:
        today, now_ms = self._session.today(), self._session.clock.now_ms()
        self.backup.show_state(state, now_ms=now_ms, today=today)
        self.check.show_state(state, today=today)

    def _show_stage(self, stage: Stage) -> None:
        card = self.check if self._upkeep.chore.what == "check" else self.backup
        card.progress.show_stage(stage)

    def _show_running(self, running: bool) -> None:  # noqa: FBT001  a Qt slot
        what = self._upkeep.chore.what
        self.backup.set_running(running=running and what == "backup")
        self.check.set_running(running=running and what == "check")

    def _say_made(self, _made: Path) -> None:
        self.backup.say(self.backup.outcome, _("Backed up, opened again and compared. It counts."))

    def _say_failed(self, error: CaseworkError) -> None:
        self.backup.say(self.backup.trouble, str(error))
