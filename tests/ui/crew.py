# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One of four real laptops with its window: a session, an exchange, pages in a window.

crew = Crew(qtbot, four, four.ann)
crew.exchange()                       # as if "Seal and share" had been pressed
crew.show(SharingPage)                # the page, in a window of its own
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.errors import CaseworkError
from sync.outcome import Exchanged
from sync.share import Share
from tests.dialogs import QuietDialogs
from tests.sync.laptops import Four, Laptop
from ui.clock import Clock, local
from ui.exchanging import Exchanging
from ui.places import Place
from ui.session import Session

Page = TypeVar("Page", bound=QWidget)


class LaptopClock(Clock):
    """The clock of one of the four laptops."""

    def __init__(self, laptop: Laptop) -> None:
        self._laptop = laptop

    def now_ms(self) -> int:
        return self._laptop.now_ms

    def now(self) -> datetime:
        return local(self.now_ms())


class Crew:
    """Somebody of the four at their laptop."""

    def __init__(self, qtbot: QtBot, four: Four, laptop: Laptop, *, share: str = "here") -> None:
        self.qtbot, self.four, self.laptop = qtbot, four, laptop
        seat = laptop.seat
        self.session = Session(
            laptop.store, me=seat.person, team=seat.team, clock=LaptopClock(laptop)
        )
        self.share: Share = four.share
        self.opened: list[str] = []
        self.exchanging = Exchanging(self.session, share=share, open_share=self._open)
        self.dialogs = QuietDialogs()
        self.outcomes: list[Exchanged] = []
        self.troubles: list[CaseworkError] = []
        self.went: list[Place] = []
        self.exchanging.done.connect(self.outcomes.append)
        self.exchanging.failed.connect(self.troubles.append)

    def _open(self, folder: str) -> Share:
        self.opened.append(folder)
        return self.share

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(lambda: not self.exchanging.running and not self.session.busy)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()

    def exchange(self) -> Exchanged:
        """Exchange, and return what came of it."""
        self.exchanging.start()
        self.settle()
        return self.outcomes[-1]

    def show(self, make: Callable[..., Page], *, wide: int = 1178) -> Page:
        """Show a page in a window of its own, as wide as the window leaves it."""
        page = make(self.session, self.dialogs, exchanging=self.exchanging)
        self.qtbot.addWidget(page)
        go = getattr(page, "go", None)
        if go is not None:
            go.connect(self.went.append)
        page.resize(wide, 692 if wide > 1100 else 498)
        page.show()
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)
        self.settle()
        return page

    def close(self) -> None:
        """Sign out without closing the vault, which belongs to the four."""
        self.settle()
        self.exchanging.close_down()
        self.session.closing.emit()
        self.session._worker.close()


def key(press: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key wherever the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None, "the keyboard is nowhere"
    QTest.keyClick(focus, press, modifier)


def tab_to(window: QWidget, wanted: QWidget, *, most: int = 60) -> list[QWidget]:
    """Go round with Tab until `wanted` has the focus; return the stops on the way."""
    stops: list[QWidget] = []
    for _step in range(most):
        key(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        stops.append(focus)
        if focus is wanted:
            return stops
    raise AssertionError([type(one).__name__ for one in stops])


def nameless(page: QWidget) -> list[str]:
    """Return what can be reached by Tab on a page and has no accessible name."""
    return [
        type(one).__name__
        for one in page.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (one.accessibleName() or getattr(one, "text", lambda: "")())
    ]


def words_on(page: QWidget) -> str:
    """Return every word a screen reader could find on a page."""
    said = []
    for one in [page, *page.findChildren(QWidget)]:
        if one is page or one.isVisibleTo(page):
            text = getattr(one, "text", None)
            said += [one.accessibleName(), str(text()) if callable(text) else ""]
    return "\n".join(part for part in said if part)


def files_of(folder: Path) -> set[str]:
    """Return the files under a folder."""
    return {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
