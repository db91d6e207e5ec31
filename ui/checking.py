# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A whole check of a vault, in parts beside the work: first every page, then the log replayed.

Rules, each with a test:

* A part gives way to whoever works, at once. What was asked for begins that part again when they
  are done; what was not goes on with it in the next quiet moment.
* Only where every page is whole is the log replayed: nothing else tells a page from an old one.
* A vault that the signed bundles contradict is an older one, and is treated as one: read-only,
  until its owner goes on and everything is made anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from storage.check import Finding, Look, look_at, looks
from storage.older import notice
from storage.store import Store
from sync import replay
from ui.chore import Chore
from ui.session import Session

CHECK = "check"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a whole check found.

    Attributes:
        damage: what is damaged.
        missing: what colleagues have and this vault lacks.
        old: what an older part of the file, put back, says otherwise than the signed bundles.
    """

    damage: Sequence[Finding]
    missing: Sequence[Finding]
    old: Sequence[Finding]


class Checking(QObject):
    """The check that is under way, or that gave way and goes on later.

    Signals:
        done: an `Outcome`.
        ended: it gave way, or somebody stopped it.
    """

    done = Signal(object)
    ended = Signal()

    def __init__(self, session: Session, chore: Chore, *, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._chore = session, chore
        self._left: list[_Part] = []
        self._wrong: list[Finding] = []
        self._old: list[Finding] = []
        self._gave_way = False

    def begin(self, *, asked: bool) -> None:
        """Begin, or go on with one that gave way; who asks gets all of it."""
        if asked or not self._left:
            self._wrong, self._old = [], []
            parts = [_Part(*one, self._wrong) for one in looks()]
            self._left = [*parts, *(_Part(*one, self._old) for one in replay.looks(self._waits))]
        self._chore.begin(CHECK, len(self._left), asked=asked)
        self._go_on()

    def drop(self) -> None:
        """Forget how far it was: it is begun from the start the next time."""
        self._left = []

    def _go_on(self) -> None:
        if self._chore.stopped:
            self.drop()
            self.ended.emit()
        elif not self._left or (self._wrong and self._left[0].found is self._old):
            self._conclude()
        else:
            self._gave_way = False
            part = self._left[0]
            self._chore.tell(part.words)
            self._chore.in_store(
                lambda store: look_at(store, part.look, stopped=self._waits), self._looked
            )

    def _waits(self) -> bool:
        """Say whether to leave the part under way; asked on the vault's thread."""
        self._gave_way = self._gave_way or self._session.waited_for or self._chore.stopped
        return self._gave_way

    def _looked(self, found: list[Finding]) -> None:
        if self._gave_way and not (self._chore.asked or self._chore.stopped):
            self.ended.emit()
            return
        if not self._gave_way:
            self._left.pop(0).found.extend(found)
        self._go_on()

    def _conclude(self) -> None:
        self.drop()
        damage = [one for one in self._wrong if one.what != "log"]
        damage += [one for one in self._old if one.what == "structure"]
        missing = [one for one in self._wrong if one.what == "log"]
        outcome = Outcome(damage, missing, [one for one in self._old if one.what != "structure"])
        if outcome.old and not damage:
            self._chore.in_store(_notice, lambda _noticed: self.done.emit(outcome))
        else:
            self.done.emit(outcome)


class _Part(NamedTuple):
    """A part of a check: what to say meanwhile, what to do, and where what it finds belongs."""

    words: str
    look: Look
    found: list[Finding]


def _notice(store: Store) -> None:
    if not store.older:
        notice(store, known_ms=0)
