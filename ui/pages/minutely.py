# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keeping the minutes of a page right while somebody looks at it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

MINUTE = 60_000


class Minutely(QObject):
    """Does something every minute while a page is shown, and rests while it is not."""

    def __init__(self, page: QWidget, act: Callable[[], object]) -> None:
        super().__init__(page)
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE)
        self._timer.timeout.connect(act)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start when the page is shown, stop when it is hidden, and let both happen."""
        timer: QTimer | None = getattr(self, "_timer", None)
        if timer is not None:  # a page is hidden also while garbage is taken apart
            if event.type() == QEvent.Type.Show:
                timer.start()
            elif event.type() == QEvent.Type.Hide:
                timer.stop()
        return super().eventFilter(watched, event)
