# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The bar of a casebook that is not all here yet: above every page until it is.

Whoever joins a team of many years works from the first minute. What they see is true and may be
old; this bar says so, how far it is, and lets them stop and go on.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage.store import Store
from sync import arriving
from sync.arriving import Here
from ui.consulting import nothing
from ui.exchanging import Exchanging, Stage
from ui.kit.buttons import button
from ui.kit.notice import Notice
from ui.main_window import MainWindow
from ui.session import Session
from ui.tokens import L, S


class ArrivingBar(QWidget):
    """Says how much of what the team wrote is here; hidden when all of it is."""

    def __init__(self) -> None:
        super().__init__()
        self.stop = button(_("Stop for now"), small=True)
        self.go_on = button(_("Fetch the rest"), small=True)
        self._notice = Notice("", "info", buttons=[self.stop, self.go_on])
        column = QVBoxLayout(self)
        column.setContentsMargins(L, S, L, 0)
        column.addWidget(self._notice)
        self._here: Here | None = None
        self._running, self._trouble = False, ""
        self.hide()

    def follow(self, session: Session, exchanging: Exchanging) -> None:
        """Stand for as long as not everything is here; fetch it, where that was begun."""

        def ask(store: Store) -> tuple[Here | None, bool]:
            return arriving.here(store), store.older

        def look(_why: object = None) -> None:
            session.ask(
                ask, lambda found: self._show(found[0]), shows=nothing, owner=self, name="arriving"
            )

        def begin(found: tuple[Here | None, bool]) -> None:
            here, older = found
            self._show(here)
            if here is not None and exchanging.share and not older:
                exchanging.start()

        def hear(stage: Stage) -> None:
            if stage.here is not None:
                self._show(stage.here)

        def fail(error: CaseworkError) -> None:
            self._trouble = str(error)
            look()

        self.stop.clicked.connect(exchanging.stop)
        self.go_on.clicked.connect(lambda _on=False: exchanging.start())
        exchanging.changed_running.connect(self._run)
        exchanging.stage.connect(hear)
        exchanging.done.connect(look)
        exchanging.failed.connect(fail)
        session.ask(ask, begin, shows=nothing, owner=self, name="arriving")

    def text(self) -> str:
        """Return what it says."""
        return self._notice.text()

    def _run(self, running: bool) -> None:  # noqa: FBT001  a Qt slot
        self._running = running
        self._trouble = "" if running else self._trouble
        self._show(self._here)

    def _show(self, here: Here | None) -> None:
        came, self._here = here is not None and self.isHidden(), here
        self.setVisible(here is not None)
        if here is None:
            return
        self._notice.say(self._words(here), head=_head(running=self._running))
        self.stop.setVisible(self._running)
        self.go_on.setVisible(not self._running)
        if came:
            self._notice.announce()

    def _words(self, here: Here) -> str:
        said = [here.words] if self._running or here.records else []
        said += [self._trouble] if self._trouble else []
        said.append(
            _(
                "What you see may be old, and not everybody may be found yet. You can work: where "
                "somebody has changed the same thing, both answers are kept."
            )
        )
        return " ".join(said)


def _head(*, running: bool) -> str:
    if running:
        return _("The team's records are still arriving.")
    return _("Not all of the team's records are here yet.")


def put_up(frame: MainWindow, session: Session, exchanging: Exchanging) -> ArrivingBar:
    """Put a bar above the pages of a window."""
    bar = ArrivingBar()
    frame.above.addWidget(bar)
    bar.follow(session, exchanging)
    return bar
