# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What keeps a vault safe without being asked: backups and checks, made in quiet moments.

Locking ends the process at once, and nothing that holds a key may outlive it. So the backup of a
lock is made before it: while nobody touches the laptop, halfway to the idle lock. Somebody who
locks by hand finds theirs made in the first quiet seconds of the next day. Rules, each with a test:

* A lock waits for none of it: what is under way is dropped, and does not count. What is left of it
  is encrypted under a key nobody has, and the next backup clears it away.
* A backup holds up the vault only while it is copied; opening and comparing go on beside the work.
* By itself a backup is made only into a folder somebody chose, only where there is newer work, and
  one that failed is not tried again until there is more.
* A quick look and every part of a whole check (`checking`) give way to whoever works. What they
  find is told once, calmly; nothing is ever repaired unasked.
* A whole check that cannot be done, such as on a full disk, is tried again unasked only the next
  time the casebook is opened.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop_app.casework.elapsed import A_DAY_MS, elapsed
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from storage.backup import Taken, backups, finish, take, vault_of
from storage.check import Finding, quick
from storage.copies import Step
from storage.disk import same_disk
from storage.errors import NotBackedUp, VaultError
from storage.store import Store
from ui.checking import CHECK, Checking, Outcome
from ui.chore import Chore
from ui.clock import local
from ui.consulting import nothing
from ui.session import Session
from ui.upkeep_state import WEEK_MS, Lying, State, keep, remembered
from ui.worker import Worker

QUIET_S = 10.0
"""Seconds without a touch after which what is overdue is done."""
BACKUP_STEPS = 8


class Upkeep(QObject):
    """Backups and checks of one open vault, one at a time.

    Signals:
        changed: the `State` as it now is.
        made: a backup counts; carries its folder.
        failed: a `CaseworkError`: somebody asked for a backup, and there is none.
        damaged: what a check found, in words.
        older: a check found that an older part of the file was put back.
    """

    changed = Signal(object)
    made = Signal(object)
    failed = Signal(object)
    damaged = Signal(object)
    older = Signal()

    def __init__(
        self,
        session: Session,
        vault: Path,
        *,
        lock_minutes: int = 5,
        unclean: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """Get ready; nothing is looked at yet.

        Args:
            session: whose vault.
            vault: the folder it lies in.
            lock_minutes: idle minutes until it locks.
            unclean: whether it had not been closed the last time.
            parent: ends with it.
        """
        super().__init__(parent)
        self.lock_minutes = lock_minutes
        self.state = State()
        self._session, self.vault, self._unclean = session, vault, unclean
        self._carrier = Worker("backups", self)
        self._carrier.failed.connect(self._fail)
        self.chore = Chore(session, parent=self)
        self.chore.failed.connect(self._fail)
        self._worked, self._gave_up, self._can_check = False, False, True
        self._checking = Checking(session, self.chore, parent=self)
        self._checking.done.connect(self._conclude)
        self._checking.ended.connect(self._end)
        session.changed.connect(self._note_work)
        session.drafted.connect(self._note_work)

    def begin(self) -> None:
        """Look how things stand; look quickly at the vault, once a day."""
        self.refresh()
        self._look_quickly()

    def refresh(self) -> None:
        """Look how things stand: first in the vault, then in the folder for backups."""
        self._session.ask(State.of, self._know, shows=nothing, owner=self, name="upkeep")

    def use_folder(self, folder: Path) -> None:
        """Put backups into this folder from now on; the first one is made at once."""
        self._gave_up, first = False, not self.state.known.folder

        def kept(_none: None) -> None:
            known = replace(self.state.known, folder=str(folder))
            self.state = replace(self.state, known=known)
            self.refresh()
            if first:
                self.back_up()

        self.chore.in_store(lambda store: keep(store, folder=str(folder)), kept)

    def rest(self, idle: float) -> None:
        """Do what is due, while nobody has touched the laptop for so many seconds."""
        if self.chore.what or self._session.busy or not self.state.looked or idle < QUIET_S:
            return
        state, now_ms = self.state, self._session.clock.now_ms()
        pause = (
            QUIET_S
            if elapsed(state.known.last_ms, now_ms) >= A_DAY_MS
            else self.lock_minutes * 60 / 2
        )
        if self._can_check and (self._unclean or elapsed(state.known.full_ms, now_ms) >= WEEK_MS):
            self.check()
        elif not _is_of(state.known.quick_ms, self._session.today()):
            self._look_quickly()
        elif idle >= pause and state.ready and (state.newer or self._worked) and not self._gave_up:
            self.back_up(asked=False)

    def back_up(self, *, asked: bool = True) -> None:
        """Make a backup into the folder that was chosen.

        Args:
            asked: whether a person asked for it, and is told when it fails.
        """
        if self.chore.what or not self.state.known.folder:
            return
        self.chore.begin("backup", BACKUP_STEPS, asked=asked)
        to, vault, now_ms = Path(self.state.known.folder), self.vault, self._session.clock.now_ms()
        step = self.chore.stoppable()

        self.chore.in_store(
            lambda store: _take(store, vault, to, now_ms=now_ms, step=step), self._compare
        )

    def check(self, *, asked: bool = False) -> None:
        """Look at every page and every record, and compare them with the signed bundles."""
        if not self.chore.what:
            self._checking.begin(asked=asked)

    def close_down(self) -> None:
        """Drop what is under way and wait for nothing."""
        self.chore.stopped = True
        self._carrier.leave()

    # A backup

    def _compare(self, taken: Taken) -> None:
        step = self.chore.stoppable()
        self._carrier.do(lambda: finish(taken, step=step), lambda made: self._count(taken, made))

    def _count(self, taken: Taken, made: Path) -> None:
        at_ms, mark = taken.at_ms, taken.mark
        self._worked = False
        self.chore.in_store(lambda store: keep(store, last_ms=at_ms, mark=mark), lambda _none: None)
        self._end()
        self.made.emit(made)

    # A check

    def _conclude(self, outcome: Outcome) -> None:
        now_ms, self._unclean = self._session.clock.now_ms(), False
        damage, missing = _words(outcome.damage), _words(outcome.missing)
        self.chore.in_store(
            lambda store: keep(
                store, quick_ms=now_ms, full_ms=now_ms, damage=damage, missing=missing
            ),
            lambda _none: None,
        )
        self._end()
        if damage:
            self.damaged.emit(damage)
        elif outcome.old:
            self.older.emit()

    def _look_quickly(self) -> None:
        now_ms, today = self._session.clock.now_ms(), self._session.today()

        def waits() -> bool:
            return self._session.waited_for or self.chore.stopped

        self._session.work(
            lambda store: _look_quickly(store, now_ms, today, waits),
            self._looked_quickly,
            owner=self,
        )

    def _looked_quickly(self, found: list[Finding] | None) -> None:
        if found:
            self.damaged.emit(_words(found))
        if found is not None:
            self.refresh()

    # Both

    def _know(self, state: State) -> None:
        self.state = state.beside(self.state.lying)
        self.changed.emit(self.state)
        folder, vault = state.known.folder, self.vault
        self._carrier.do(lambda: _lying(folder, vault), self._know_lying, owner=self, name="lying")

    def _know_lying(self, lying: Lying) -> None:
        self.state = self.state.beside(lying)
        self.changed.emit(self.state)

    def _note_work(self, _what: object) -> None:
        self._worked, self._gave_up = True, False

    def _end(self) -> None:
        self.chore.end()
        self.refresh()

    def _fail(self, error: CaseworkError) -> None:
        if not self.chore.what:
            return
        asked = self.chore.asked
        if self.chore.what == CHECK:
            self._can_check = False
            self._checking.drop()
        else:
            self._gave_up = True
        self._end()
        if asked:
            self.failed.emit(error)


def _take(store: Store, vault: Path, to: Path, *, now_ms: int, step: Step) -> Taken:
    """Copy the vault into a folder that must be there: an unplugged stick is made of no folders."""
    if not to.is_dir():
        raise NotBackedUp(
            _(
                "The folder for backups is not there just now. Plug in its stick, or connect its "
                "drive, and try again."
            )
        )
    return take(store, vault, to, now_ms=now_ms, step=step)


def _look_quickly(
    store: Store, now_ms: int, today: date, waits: Callable[[], bool]
) -> list[Finding] | None:
    """Look at the structure once a day; None when that is done, or somebody waits meanwhile."""
    known, gave_way = remembered(store), []

    def stopped() -> bool:
        if waits():
            gave_way.append(True)
        return bool(gave_way)

    if not known.since_ms:
        keep(store, since_ms=now_ms)
    found = None if _is_of(known.quick_ms, today) else quick(store, stopped=stopped)
    if found is None or gave_way:
        return None
    keep(store, quick_ms=now_ms)
    if found:
        keep(store, damage=_words(found))
    return found


def _is_of(ms: int, day: date) -> bool:
    return local(ms).date() >= day


def _words(found: Iterable[Finding]) -> list[Json]:
    return [one.words for one in found]


def _lying(folder: str, vault: Path) -> Lying:
    """Look into the folder for backups, which may be slow or gone: never on the vault's thread."""
    if not folder:
        return Lying()
    to = Path(folder)
    try:
        mine = vault_of(vault)
    except VaultError:
        return Lying()
    return Lying(there=to.is_dir(), same_disk=same_disk(vault, to), backups=backups(to, mine))
