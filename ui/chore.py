# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A chore: something longer that is done beside the work, told as it goes, stopped when asked.

One at a time. Its own steps in the vault fail for it alone: no page is told of them.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage.backup import stoppable
from storage.store import Store
from ui.exchange_run import Stage
from ui.session import Session

T = TypeVar("T")


class Chore(QObject):
    """What is under way, if anything.

    Signals:
        stage: a `Stage`, whenever there is something to say.
        running: whether something is under way.
        failed: a `CaseworkError` of one of its steps in the vault.
    """

    stage = Signal(object)
    running = Signal(bool)
    failed = Signal(object)

    def __init__(self, session: Session, *, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.what, self.asked, self.stopped = "", False, False
        self._said, self._step, self._steps = "", 0, 0

    def begin(self, what: str, steps: int, *, asked: bool) -> None:
        """Begin.

        Args:
            what: "backup" or "check".
            steps: how many there are.
            asked: whether a person asked for it.
        """
        self.what, self.asked, self.stopped = what, asked, False
        self._said, self._step, self._steps = "", 0, steps
        self.running.emit(True)  # noqa: FBT003  Qt's own signature

    def end(self) -> None:
        """Be done with it."""
        self.what = ""
        self.running.emit(False)  # noqa: FBT003  Qt's own signature

    def stop(self) -> None:
        """Stop at the next step; nothing is left of it."""
        if self.what:
            self.stopped = True
            self.stage.emit(Stage(_("Stopping …"), self._step, self._steps))

    def tell(self, words: str) -> None:
        """Tell of the next step, from any thread."""
        if words != self._said:
            self._said, self._step = words, self._step + 1
            self.stage.emit(Stage(words, self._step - 1, self._steps))

    def stoppable(self) -> Callable[[str], None]:
        """Return what tells of each step, and ends the chore there when somebody stopped it."""
        return stoppable(self.tell, lambda: self.stopped)

    def in_store(self, work: Callable[[Store], T], then: Callable[[T], None]) -> None:
        """Do a step in the vault."""

        def tried(store: Store) -> T | CaseworkError:
            try:
                return work(store)
            except CaseworkError as error:
                return error

        def answered(came: Any) -> None:
            if isinstance(came, CaseworkError):
                self.failed.emit(came)
            else:
                then(came)

        self._session.work(tried, answered, owner=self)
