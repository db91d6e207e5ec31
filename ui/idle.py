# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Locking by itself: nobody touched the laptop for a while, or it slept.

Rules, each with a test:

* Two clocks are read, one that stops while the laptop sleeps and one that does not; either locks.
* They are read every second and before every key and click, so that the first key after a long
  sleep never reaches an open casebook.
* A clock set back never puts the lock off.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleLock(QObject):
    """Watches for idleness and sleep.

    Signals:
        due: the casebook must lock now.
        rested: for how many seconds nobody has touched the laptop; each second, until it is due.
    """

    due = Signal()
    rested = Signal(float)

    def __init__(
        self,
        minutes: int,
        *,
        wall: Callable[[], float],
        steady: Callable[[], float],
        parent: QObject,
    ) -> None:
        """Begin to watch.

        Args:
            minutes: how long nobody may touch the laptop.
            wall: seconds of the wall clock, which goes on while the laptop sleeps.
            steady: seconds of the clock that nobody can set.
            parent: the application; watching ends with it.
        """
        super().__init__(parent)
        self._limit = minutes * 60.0
        self._wall, self._steady = wall, steady
        self._touched = (wall(), steady())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(1000)

    def tick(self) -> None:
        """Lock when the time has come, else say how long nobody has touched the laptop."""
        if not self.check():
            self.rested.emit(self._idle())

    def check(self) -> bool:
        """Lock when the time has come; say whether it had."""
        if self._idle() < self._limit:
            return False
        self._timer.stop()
        self.due.emit()
        return True

    def _idle(self) -> float:
        return max(self._wall() - self._touched[0], self._steady() - self._touched[1])

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Swallow the first key after a long sleep; count every other as a touch."""
        if event.type() not in _TOUCHES:
            return False
        if self.check():
            return True
        self._touched = (self._wall(), self._steady())
        return False
