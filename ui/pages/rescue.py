# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Getting a casebook back where none will open: recover, restore, repair, step by step.

No healthy vault is needed: what is needed is said on each step. Rules, each with a test:

* One question a page; Back and Esc undo one step, and lose nothing that was typed before it.
* Recovery words are tried before anything is made, so that a misread word is told at once.
* Long work shows what it is doing and can be stopped; then everything is as it was.
* It ends by saying what is missing and where the old vault is kept, and never opens by itself.
* No word of a recovery key and no passphrase stays in a field once it was used.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage import unlock
from storage.backup import backups
from storage.copies import Step
from storage.errors import WrongPassphrase
from storage.unlock import STANDARD, Cost, wipe
from ui import home as homes
from ui.clock import Clock
from ui.dialogs import Dialogs
from ui.home import VaultPlace
from ui.pages import rescue_ways
from ui.pages.first_run_steps import Step as Page
from ui.pages.rescue_steps import Ended, Paper, WaysOut, Working
from ui.worker import Worker

T = TypeVar("T")


class Rescue(QWidget):
    """The pages between a casebook that will not open and the sign-in page.

    Signals:
        done: show the sign-in page.
        help_wanted: F1.
    """

    done = Signal()
    help_wanted = Signal(str)
    help_topic = "rescue"
    _step_said = Signal(str)

    def __init__(
        self,
        place: VaultPlace,
        *,
        clock: Clock,
        dialogs: Dialogs,
        way: str = "",
        cost: Cost = STANDARD,
    ) -> None:
        """Build the pages.

        Args:
            place: the vault that will not open, or where one is to lie.
            clock: tells the time.
            dialogs: asks for folders.
            way: "recover", "restore" or "repair"; empty to ask what is the matter.
            cost: how much work one guess at a passphrase is.
        """
        super().__init__()
        self.place, self.clock, self.dialogs, self.cost = place, clock, dialogs, cost
        self._worker = Worker("rescue", self)
        self._worker.failed.connect(self._refused)
        self.steps = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.steps)
        self._step_said.connect(self._show_step)
        if way:
            self.take(way)
        else:
            who = " · ".join(one for one in (place.about.person, place.about.laptop) if one)
            ways = WaysOut(who)
            ways.chosen.connect(self.take)
            self.open_step(ways)

    @property
    def step(self) -> Page:
        """Return the step that is shown."""
        return cast("Page", self.steps.currentWidget())  # nothing else is ever put into it

    @property
    def busy(self) -> bool:
        """Say whether something is under way."""
        return self._worker.busy

    def take(self, way: str) -> None:
        """Begin one of the ways out."""
        rescue_ways.BEGIN[way](self)

    def look_into(self, folder: Path) -> None:
        """Begin to restore from a folder that was chosen already."""
        rescue_ways.ask_backup(self).show_found(folder, backups(folder))

    def close_down(self) -> None:
        """Stop, and end the thread once everything is as it was."""
        step = self.steps.currentWidget()
        if isinstance(step, Working):
            step.stop_now()
        self._worker.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 opens help, Esc goes back or stops."""
        if event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit(self.help_topic)
        elif event.key() == Qt.Key.Key_Escape:
            step = self.step
            if isinstance(step, Working):
                step.stop.click()
            elif not self.busy:
                self.done.emit() if isinstance(step, Ended) else self.back()
        else:
            super().keyPressEvent(event)

    def try_paper(self, folder: Path, paper: Paper, then: Callable[[str], None]) -> None:
        """Go on with the words of a paper once they fit; no word of it stays in its field."""
        words = paper.words.text()

        def fits(_none: Any) -> None:
            paper.forget()
            then(words)

        self._worker.do(lambda: wipe(unlock.unlock_with_recovery(folder, words)), fits, owner=self)

    def work(
        self,
        title: str,
        steps: int,
        job: Callable[[Step, Callable[[], bool]], T],
        then: Callable[[T], None],
    ) -> None:
        """Do something long, and show how far it is.

        Args:
            title: what is being done.
            steps: about how many steps it takes; 0 when it cannot be stopped.
            job: gets whom to tell of each step, and what says whether to stop.
            then: gets what came of it.
        """
        step = Working(title, steps=steps)
        self.open_step(step)
        said, stopped = self._step_said.emit, lambda: step.stopped
        self._worker.do(lambda: job(said, stopped), then, owner=self)

    def _show_step(self, words: str) -> None:
        step = self.steps.currentWidget()
        if isinstance(step, Working):
            step.show_step(words)

    def _refused(self, error: CaseworkError) -> None:
        """Say what went wrong on the step that can be put right."""
        if isinstance(self.step, Working):
            self.back()
        said = str(error)
        if isinstance(error, WrongPassphrase):
            said = _("These words do not open this casebook. Nothing was looked at or changed.")
        self.step.say_wrong(said)

    def end(self, title: str, said: list[str]) -> None:
        """Say what came of it; from there it goes to the sign-in page."""
        ended = Ended(title, said)
        ended.forward.connect(self.done)
        self.open_step(ended)

    def open_step(self, step: Page) -> None:
        """Show the next step."""
        step.back.connect(self.back)
        self.steps.addWidget(step)
        self.steps.setCurrentWidget(step)
        step.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Go back one step; from the first, to the sign-in page."""
        at, old = self.steps.currentIndex(), self.step
        if at == 0:
            self.done.emit()
            return
        self.steps.setCurrentIndex(at - 1)
        self.steps.removeWidget(old)
        old.deleteLater()
        self.step.setFocus(Qt.FocusReason.OtherFocusReason)


def place_for(home: Path) -> VaultPlace:
    """Return where a vault is to lie that this laptop does not have yet."""
    folder = homes.free_folder(home, "restored")
    return VaultPlace(folder, homes.about_of(folder))
