# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An exchange seen from the window: one at a time, told as it goes, stopped when somebody says so.

Rules, each with a test:

* A slow or missing folder never holds up a save or a lock, and never freezes a page.
* Nor does much that is to be taken in: whoever waits for the vault has it within a second.
* A person can stop at any time; what was taken in by then stays, the rest comes the next time.
* A look takes nothing in, seals nothing and sends nothing: what was written leaves only when its
  author says so.
* Whatever fails is told in one calm sentence, and the next exchange begins anew.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from sync.outcome import Aside, Exchanged, Previewed
from sync.rehearsal import Rehearsal
from sync.share import FolderShare, Share
from ui.exchange_run import LAST_SHARED, REACHED, Run, Stage, Ways
from ui.session import Session
from ui.worker import Worker

__all__ = ["LAST_SHARED", "REACHED", "Exchanging", "NoFolder", "Stage"]


class NoFolder(CaseworkError):
    """No team folder has been chosen on this laptop."""


class Exchanging(QObject):
    """Runs one exchange at a time.

    Attributes:
        share: the team folder; empty when none was chosen.
        carrier: the thread for whatever touches a folder.
        open_share: makes a share of a folder.

    Signals:
        stage: a `Stage`, whenever there is something to say.
        previewed: a list of `Previewed`: what lies in the folder; nothing has been taken in.
        done: the `Exchanged`.
        failed: a `CaseworkError`; what was written is safe and goes next time.
        changed_running: whether an exchange is under way.
    """

    stage = Signal(object)
    previewed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    changed_running = Signal(bool)

    def __init__(
        self,
        session: Session,
        *,
        share: str,
        parent: QObject | None = None,
        open_share: Callable[[str], Share] | None = None,
    ) -> None:
        """Get ready; nothing touches the folder yet.

        Args:
            session: whose vault.
            share: the team folder; empty when none was chosen.
            parent: ends with it.
            open_share: makes a share of a folder; tests hand in one of their own.
        """
        super().__init__(parent)
        self.share = share
        self._session = session
        self.open_share = open_share or (lambda folder: FolderShare(Path(folder)))
        self.carrier = Worker("share", self)
        self.carrier.failed.connect(self._fail)
        session.failed.connect(self._fail_if_in_store)
        self._run: Run | None = None
        self._ways = Ways(session, self.carrier, self, self.stage.emit, self._show_found, self._end)

    @property
    def running(self) -> bool:
        """Say whether an exchange is under way; one that only waits to be applied is not."""
        return self._run is not None and not self._run.resting

    @property
    def rehearsed(self) -> bool:
        """Say whether a look was taken that can now be applied."""
        return self._run is not None and self._run.resting

    @property
    def rehearsal(self) -> Rehearsal | None:
        """Return what applying the look would do; None without a look, or when it was stopped."""
        return self._run.rehearsal if self._run is not None else None

    @property
    def stays_out(self) -> Sequence[Aside]:
        """Return the files a look found that would be set aside."""
        return self._run.stays_out if self._run is not None else ()

    def start(self, *, folder: str = "", rehearse: bool = False) -> None:
        """Begin, unless one is under way.

        Args:
            folder: another folder than the team's, such as a stick's.
            rehearse: only look, and say what there is.
        """
        if self.running:
            return
        place = folder or self.share
        if not place:
            self.failed.emit(
                NoFolder(_("No team folder has been chosen yet. Choose it in Settings."))
            )
            return
        run = self._next(self.open_share(place), is_team_folder=not folder)
        if rehearse:
            run.rehearse()
        else:
            run.exchange()

    def apply(self) -> None:
        """Exchange with the folder a look was taken into: what it found is taken in."""
        looked = self._run
        if looked is not None and looked.resting:
            self._next(looked.share, is_team_folder=looked.is_team_folder).exchange()

    def forget(self) -> None:
        """Leave what a look found where it is."""
        if self.rehearsed:
            self._finish()

    def stop(self) -> None:
        """Stop after the bundle in hand."""
        if self.running and self._run is not None:
            self._run.stopped = True
            self.stage.emit(Stage(_("Stopping after this one…")))

    def close_down(self) -> None:
        """Stop, and wait for nobody: a folder that hangs must not keep the casebook open."""
        if self._run is not None:
            self._run.leave()
        self.carrier.leave()

    def _next(self, share: Share, *, is_team_folder: bool) -> Run:
        if self._run is not None:
            self._run.over = True
        self._run = Run(share, self._ways, is_team_folder=is_team_folder)
        self.changed_running.emit(True)  # noqa: FBT003  Qt's own signature
        return self._run

    def _show_found(self, found: list[Previewed]) -> None:
        self.changed_running.emit(False)  # noqa: FBT003  Qt's own signature
        self.previewed.emit(found)

    def _end(self, outcome: Exchanged) -> None:
        self._finish()
        self.done.emit(outcome)
        self._session.refresh_team()
        self._session.changed.emit(outcome.touched)

    def _finish(self) -> None:
        if self._run is not None:
            self._run.over = True
        self._run = None
        self.changed_running.emit(False)  # noqa: FBT003  Qt's own signature

    def _fail(self, error: CaseworkError) -> None:
        if self._run is not None:
            self._finish()
            self.failed.emit(error)

    def _fail_if_in_store(self, error: CaseworkError) -> None:
        if self._run is not None and self._run.failed_in_store:
            self._fail(error)
