# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The undo bar: what was done, and ten seconds to take it back.

It waits while the pointer or the focus is on it, never takes the focus itself, and vanishes by
itself. What it offers stays possible elsewhere afterwards (withdraw, restore).
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.labels import IconMark, label
from ui.kit.notice import announce

SECONDS = 10


class UndoBar(QFrame):
    """A bar at the foot of a page.

    Signals:
        ended: it went away, undone or not.
    """

    ended = Signal()

    def __init__(self, parent: QWidget | None = None, *, seconds: int = SECONDS) -> None:
        super().__init__(parent)
        self.setProperty("look", "ok-edge")
        self._seconds, self._left = seconds, 0
        self._take_back: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(10)
        self._words = label("", wrap=True)
        self._undo = button(_("&Undo"), icon="undo-2", small=True)
        self._undo.clicked.connect(self._pressed)
        self._undo.installEventFilter(self)
        row.addWidget(IconMark("circle-check", "ok", size=18))
        row.addWidget(self._words, 1)
        row.addWidget(self._undo)
        self.tick = QTimer(self)
        self.tick.setInterval(1000)
        self.tick.timeout.connect(self.second)
        self.hide()

    def offer(self, done: str, undo: Callable[[], None]) -> None:
        """Say what was done and offer to take it back; an earlier offer ends.

        Args:
            done: what was done, such as "Visit saved."
            undo: takes it back.
        """
        self._take_back, self._left = undo, self._seconds
        self._words.setText(done)
        self._undo.setAccessibleName(_("Undo: %(done)s") % {"done": done})
        self.setAccessibleName(done)
        self.show()
        self.tick.start()
        announce(self, _("%(done)s Undo is possible.") % {"done": done})

    def seconds_left(self) -> int:
        """Return how long the offer still stands."""
        return self._left

    def second(self) -> None:
        """Let one second pass, unless somebody is about to press the button."""
        if self.underMouse() or self._undo.hasFocus():
            return
        self._left -= 1
        if self._left <= 0:
            self.end()

    def end(self) -> None:
        """Go away."""
        self.tick.stop()
        self._take_back, self._left = None, 0
        self.hide()
        self.ended.emit()

    def _pressed(self) -> None:
        undo = self._take_back
        self.end()
        if undo is not None:
            undo()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Begin the ten seconds anew when the pointer leaves again."""
        super().enterEvent(event)
        self._left = max(self._left, self._seconds // 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give some time again once the focus has left the button."""
        # Asked still while garbage is taken apart: then nothing is left to count.
        if event.type() == QEvent.Type.FocusOut and getattr(self, "_left", 0) > 0:
            self._left = max(self._left, self._seconds // 2)
        return super().eventFilter(watched, event)
