# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A stick seen from the window: looked at, or filled, away from the vault's thread.

Rules, each with a test:

* Nothing of it holds up a save or a lock, and a person can stop it at any time.
* What is on it and held here is compared before it is said to be on it.
* Whatever happens to the stick is one calm sentence that says what is on it and what is safe.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _, ngettext
from storage.store import Store
from sync.share import Share, ShareUnreachable
from sync.stick import Room, Stick, looked_into, room_of
from sync.stick_copies import Copies, Differing, differing, spoilt
from sync.stick_loads import Loads
from sync.stick_survey import Files, Survey, known, survey
from ui.exchanging import Exchanging, Stage
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of putting everything on it.

    Attributes:
        written: how many files are on it now that were not.
        total: how many were to be.
        stopped: whether somebody said stop.
        gone: whether it was pulled out.
    """

    written: int
    total: int
    stopped: bool = False
    gone: bool = False

    @property
    def whole(self) -> bool:
        """Say whether everything is on it."""
        return self.written == self.total

    @property
    def words(self) -> str:
        """Return it in words: what is on it, what is safe, what to do."""
        if not self.total:
            return _("Everything you hold was on it already. You can take it out.")
        if self.whole:
            words = ngettext(
                "Everything is on it: %(n)d file was written and read back. You can take it out.",
                "Everything is on it: %(n)d files were written and read back. You can take it out.",
                self.total,
            )
            return words % {"n": self.total}
        why = _("It took no more: it may be full or read-only. Free some room, or take another.")
        if self.gone:
            why = _("It cannot be reached any more. Put it in again, and go on where it stopped.")
        elif self.stopped:
            why = _("Stopped, as you said. Go on at any time.")
        done = _("%(n)d of %(all)d files are on it, each of them whole. Nothing here has changed.")
        return f"{why} {done % {'n': self.written, 'all': self.total}}"


class StickRun(QObject):
    """Looks at one folder, or fills it; one thing at a time.

    Signals:
        stage: a `Stage`, whenever there is something to say.
        looked: a `Stick` and its `Room`, None where that is not known; nothing was taken in.
        filled: a `Filled`.
        failed: a `CaseworkError`.
        changed_running: whether something is under way.
    """

    stage = Signal(object)
    looked = Signal(object, object)
    filled = Signal(object)
    failed = Signal(object)
    changed_running = Signal(bool)

    def __init__(
        self, session: Session, folder: str, exchanging: Exchanging, parent: QObject
    ) -> None:
        """Get ready; nothing touches the folder yet.

        Args:
            session: whose casebook.
            folder: the stick, or another folder.
            exchanging: whose thread goes to it.
            parent: ends with it, and what is under way stops.
        """
        super().__init__(parent)
        self._session, self._folder, self._exchanging = session, folder, exchanging
        exchanging.carrier.failed.connect(self._fail)
        self._stopped = self.running = False
        self._spoilt: frozenset[str] = frozenset()
        session.closing.connect(self.stop)

    def look(self) -> None:
        """Look at what is on it."""
        if self._begin(_("Looking at the stick…")):
            self._look(self._tell)

    def fill(self) -> None:
        """Put everything on it that is held here and not there."""
        if self._begin(_("Looking what is not on it yet…")):
            self._survey(
                lambda share, found: self._store(
                    lambda store: self._loads(store, found),
                    lambda loads: self._load(share, loads),
                )
            )

    def stop(self) -> None:
        """Stop after the file in hand."""
        self._stopped = True

    def _begin(self, words: str) -> bool:
        if self.running:
            return False
        self._stopped, self.running = False, True
        self.changed_running.emit(True)  # noqa: FBT003  Qt's own signature
        self.stage.emit(Stage(words))
        return True

    def _look(self, then: Callable[[Stick, Room | None], None]) -> None:
        folder = Path(self._folder)

        def tell(stick: Stick) -> None:
            self._away(lambda: _room(folder), lambda space: then(stick, space))

        def look(found: Survey, left: int) -> None:
            said = self._spoilt
            self._store(lambda store: looked_into(store, found, said, uncompared=left), tell)

        def compare(share: Share, found: Survey) -> None:
            self._store(
                lambda store: Copies(store, found),
                lambda copies: self._compare(share, copies, lambda: look(found, copies.left)),
            )

        self._survey(compare)

    def _compare(self, share: Share, copies: Copies, then: Callable[[], None]) -> None:
        """Find out which files on it are not as they should be."""
        portions, self._spoilt = copies.portions(), frozenset()

        def next_one() -> None:
            if self._stopped:
                then()
            else:
                self._store(lambda _store: next(portions, None), compare)

        def compare(some: Files | None) -> None:
            if some is None:
                then()
            else:
                self._away(lambda: differing(share, some), judge)

        def judge(some: Differing) -> None:
            words = _("Comparing file %(n)d of %(all)d with yours")
            done = copies.total - copies.left
            self.stage.emit(Stage(words % {"n": done, "all": copies.total}, done, copies.total))
            if some:
                self._store(lambda store: spoilt(store, some), note)
            else:
                next_one()

        def note(found: frozenset[str]) -> None:
            self._spoilt |= found
            next_one()

        next_one()

    def _loads(self, store: Store, found: Survey) -> Loads:
        loads = Loads(store, found)
        loads.mend(self._spoilt)
        return loads

    def _survey(self, then: Callable[[Share, Survey], None]) -> None:
        def look(here: Any) -> None:
            share = self._exchanging.open_share(self._folder)
            self._away(
                lambda: survey(share, here, progress=self._reading, cancelled=self._is_over),
                lambda found: then(share, found),
            )

        self._store(known, look)

    def _tell(self, stick: Stick, room: Room | None) -> None:
        self._end()
        self.looked.emit(stick, room)

    def _load(self, share: Share, loads: Loads) -> None:
        portions, written = loads.portions(), 0

        def next_one() -> None:
            if self._stopped:
                self._done(Filled(written, loads.total, stopped=True))
            else:
                self._store(lambda _store: next(portions, None), write)

        def write(some: Files | None) -> None:
            if some is None:
                self._done(Filled(written, loads.total))
            else:
                self._away(lambda: _put(share, some), lambda done: wrote(done, len(some)))

        def wrote(done: int | None, wanted: int) -> None:
            nonlocal written
            if done is None:
                self._done(Filled(written, loads.total, gone=True))
                return
            written += done
            self._writing(written, loads.total)
            if done < wanted:
                self._done(Filled(written, loads.total))
            else:
                next_one()

        next_one()

    def _done(self, filled: Filled) -> None:
        self._end()
        self.filled.emit(filled)

    def _end(self) -> None:
        self.running = False
        self.changed_running.emit(False)  # noqa: FBT003  Qt's own signature

    def _fail(self, error: CaseworkError) -> None:
        if self.running:
            self._end()
            self.failed.emit(error)

    def _store(self, work: Callable[[Store], Any], then: Callable[[Any], None]) -> None:
        self._session.work(lambda store: _or_why(lambda: work(store)), self._back(then), owner=self)

    def _away(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._exchanging.carrier.do(lambda: _or_why(work), self._back(then), owner=self)

    def _back(self, then: Callable[[Any], None]) -> Callable[[Any], None]:
        def back(result: Any) -> None:
            if isinstance(result, CaseworkError):
                self._fail(result)
            else:
                then(result)

        return back

    def _is_over(self) -> bool:
        """Say whether to stop; asked on the folder's thread, perhaps when the panel has gone."""
        return self._stopped or not shiboken6.isValid(self)

    def _reading(self, done: int, total: int) -> None:
        words = _("Looking at bundle %(n)d of %(all)d") % {"n": done, "all": total}
        if not self._is_over():
            self.stage.emit(Stage(words, done, total))

    def _writing(self, done: int, total: int) -> None:
        words = _("Writing file %(n)d of %(all)d") % {"n": done, "all": total}
        self.stage.emit(Stage(words, done, total))


def _or_why(work: Callable[[], Any]) -> Any:
    """Do something; return what came of it, or why nothing did."""
    try:
        return work()
    except CaseworkError as error:
        return error


def _put(share: Share, some: Files) -> int | None:
    """Write files; return how many arrived, or None when the stick is gone."""
    try:
        return len(share.put(some))
    except ShareUnreachable:
        return None


def _room(folder: Path) -> Room | None:
    """Return how much room there is; None where it cannot be said."""
    try:
        return room_of(folder)
    except ShareUnreachable:
        return None
