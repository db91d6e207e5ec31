# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of a bad week: every state the journey of tests/journeys/bad_week.py comes through."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from tests.journeys.bad_week import DAYS
from tests.journeys.week import Week


class Draws(Protocol):
    """Whoever draws: the gallery."""

    @property
    def app(self) -> QApplication:
        """Return the application."""

    def draw(self, widget: QWidget, name: str, *, settle: Callable[[], bool], more: bool) -> None:
        """Draw a widget in every look."""

    def wants(self, *begin: str) -> bool:
        """Say whether a picture whose name begins so is wanted."""


class _Patience:
    """Waits as a test does, without one, and longer: four pictures are drawn between two steps."""

    def waitUntil(  # noqa: N802  pytest-qt's own name
        self, there: Callable[[], bool], /, *, timeout: int = 5_000
    ) -> None:
        """Let the window work until something is so.

        Raises:
            TimeoutError: it was not so in time.
        """
        end = QDeadlineTimer(6 * timeout)
        while not there():
            if end.hasExpired():
                raise TimeoutError
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)


def draw_week(gallery: Draws, place: Path) -> None:
    """Live through the week and draw its windows."""
    if not gallery.wants("week_"):
        return

    def keep(window: QWidget, name: str) -> None:
        size = window.size()
        gallery.draw(window, f"week_{name}", settle=lambda: True, more=False)
        window.resize(size)

    week = Week(_Patience(), gallery.app, place, keep)
    for day in DAYS:
        day(week)
    week.end()
