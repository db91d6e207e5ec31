# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An exchange seen from the window: the vault's steps on its thread, the folder's on another.

A slow or missing folder never holds up a save, and never freezes a page. A person can stop at any
time; what was taken in by then stays, the rest comes the next time.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage.store import Store
from sync.carry import Carried, Errand, Looked, carry, look, send, tidy
from sync.exchange import Exchange, preview
from sync.outcome import Exchanged, Previewed
from sync.share import FolderShare, Share
from ui.session import Session
from ui.worker import Worker

LAST_SHARED = "last_shared"
"""Setting inside the vault: when this laptop last exchanged, ISO local time."""


class NoFolder(CaseworkError):
    """No team folder has been chosen on this laptop."""


@dataclass(frozen=True, slots=True)
class Stage:
    """How far an exchange is: what it is doing, and of how many bundles how many are done."""

    words: str
    done: int = 0
    all: int = 0


class Exchanging(QObject):
    """Runs one exchange at a time.

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
        self._open = open_share or (lambda folder: FolderShare(Path(folder)))
        self._carrier = Worker("share", self)
        self._carrier.failed.connect(self._fail)
        session.failed.connect(self._fail_if_running)
        self._run: _Run | None = None

    @property
    def running(self) -> bool:
        """Say whether an exchange is under way; one that only waits to be applied is not."""
        return self._run is not None and not self._run.resting

    @property
    def rehearsed(self) -> bool:
        """Say whether a look was taken that can now be applied."""
        return self._run is not None and self._run.resting

    def start(self, *, folder: str = "", rehearse: bool = False) -> None:
        """Begin, unless one is under way.

        Args:
            folder: another folder than the team's, such as a stick's.
            rehearse: stop before anything is taken in, and say what there is.
        """
        if self.running:
            return
        place = folder or self.share
        if not place:
            self.failed.emit(
                NoFolder(_("No team folder has been chosen yet. Choose it in Settings."))
            )
            return
        self._run = _Run(self._open(place), rehearse=rehearse)
        self.changed_running.emit(True)  # noqa: FBT003  Qt's own signature
        self._say(Stage(_("Looking into the team folder…")))
        now_ms = self._session.clock.now_ms()

        def begin(store: Store) -> tuple[Exchange, Errand]:
            going = Exchange(store, now_ms=now_ms, random=os.urandom)
            return going, going.begin()

        self._store(begin, self._look)

    def apply(self) -> None:
        """Take in what a rehearsal found."""
        run = self._run
        if run is not None and run.resting:
            run.resting = False
            self.changed_running.emit(True)  # noqa: FBT003  Qt's own signature
            self._take_in(run.carried)

    def forget(self) -> None:
        """Leave what a rehearsal found where it is."""
        if self.rehearsed:
            self._finish()

    def stop(self) -> None:
        """Stop after the bundle in hand."""
        if self._run is not None:
            self._run.stopped = True
            self._say(Stage(_("Stopping after this one…")))

    def close_down(self) -> None:
        """Stop, and end the thread."""
        self.stop()
        self._carrier.close()

    def _look(self, begun: tuple[Exchange, Errand]) -> None:
        run = self._now()
        run.going, errand = begun
        self._away(lambda: look(run.share, errand), self._seal)

    def _seal(self, looked: Looked) -> None:
        self._say(Stage(_("Sealing what you wrote…")))
        going = self._going()
        self._store(lambda _store: going.seal(looked), self._carry)

    def _carry(self, errand: Errand) -> None:
        run = self._now()
        self._say(Stage(_("Sending and fetching…")))
        self._away(
            lambda: carry(
                run.share, errand, progress=self._progress, cancelled=lambda: run.stopped
            ),
            self._fetched,
        )

    def _fetched(self, carried: Carried) -> None:
        run = self._now()
        run.carried = carried
        if not run.rehearse:
            self._take_in(carried)
            return
        run.rehearse = False
        now_ms = self._session.clock.now_ms()
        self._store(lambda store: preview(store, carried, now_ms=now_ms), self._rehearsed)

    def _rehearsed(self, found: list[Previewed]) -> None:
        self._now().resting = True
        self.changed_running.emit(False)  # noqa: FBT003  Qt's own signature
        self.previewed.emit(found)

    def _take_in(self, carried: Carried) -> None:
        run, going = self._now(), self._going()
        total = len(carried.bundles)

        def take(_store: Store) -> Errand | None:
            count = 0
            for taken in going.take_in(carried):
                count += taken
                self._progress(count, total, taking=True)
                if run.stopped:
                    going.stopped = True
                    break
            return going.errand() if carried.more and not run.stopped else None

        self._store(take, lambda more: self._carry(more) if more else self._end())

    def _end(self) -> None:
        run, going = self._now(), self._going()

        def leave(errand: Errand) -> Any:
            tidy(run.share, errand, now_s=self._session.clock.now_ms() / 1000)
            return send(run.share, errand)

        def conclude(sent: Any) -> None:
            now = self._session.now()
            self._store(lambda store: _conclude(store, going, sent, now), self._finish_with)

        self._store(
            lambda _store: going.end(), lambda err: self._away(lambda: leave(err), conclude)
        )

    def _finish_with(self, outcome: Exchanged) -> None:
        self._finish()
        self.done.emit(outcome)
        self._session.refresh_team()
        self._session.changed.emit(outcome.touched)

    def _finish(self) -> None:
        self._run = None
        self.changed_running.emit(False)  # noqa: FBT003  Qt's own signature

    def _fail(self, error: CaseworkError) -> None:
        if self._run is not None:
            self._finish()
        self.failed.emit(error)

    def _fail_if_running(self, error: CaseworkError) -> None:
        if self.running and self._now().in_store:
            self._fail(error)

    def _now(self) -> "_Run":
        if self._run is None:
            raise RuntimeError
        return self._run

    def _going(self) -> Exchange:
        going = self._now().going
        if going is None:
            raise RuntimeError
        return going

    def _store(self, work: Callable[[Store], Any], then: Callable[[Any], None]) -> None:
        self._now().in_store = True

        def back(result: Any) -> None:
            if self._run is not None:
                self._run.in_store = False
                then(result)

        self._session.work(work, back, owner=self)

    def _away(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def back(result: Any) -> None:
            if self._run is not None:
                then(result)

        self._carrier.do(work, back, owner=self)

    def _progress(self, done: int, total: int, *, taking: bool = False) -> None:
        doing = _("Taking in bundle %(n)d of %(all)d") if taking else _("Fetching %(n)d of %(all)d")
        self._say(Stage(doing % {"n": done, "all": total}, done, total))

    def _say(self, stage: Stage) -> None:
        self.stage.emit(stage)


class _Run:
    """One exchange under way."""

    def __init__(self, share: Share, *, rehearse: bool) -> None:
        self.share, self.rehearse = share, rehearse
        self.going: Exchange | None = None
        self.carried = Carried()
        self.stopped = self.resting = self.in_store = False


def _conclude(store: Store, going: Exchange, sent: Any, now: datetime) -> Exchanged:
    outcome = going.outcome(*sent)
    store.put(LAST_SHARED, now.isoformat(timespec="minutes"))
    return outcome
