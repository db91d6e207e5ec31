# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The pages of the window, one at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class Frame(Enum):
    """How much of the window stands around a page."""

    WHOLE = auto()
    SLIM = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of the window.

    A page is a widget. It may have a signal `go` (a `Place` to be taken to), a signal `done` (back
    to where one was before), a method `show_place(place)`, a method `panes()` (its parts, for F6)
    and a `help_topic`.

    Attributes:
        name: what a `Place` calls it.
        title: on the rail and in the window's title.
        icon: Lucide name; empty keeps the page off the rail.
        make: makes the page when it is first shown.
        under: the page on the rail it belongs to, when it is not on the rail itself.
        frame: WHOLE; SLIM for a visit (icons only, no top bar); NONE for the forum's room screen.
    """

    name: str
    title: str
    icon: str
    make: Callable[[], QWidget]
    under: str = ""
    frame: Frame = Frame.WHOLE


class PageStack(QStackedWidget):
    """Shows one page; only that one says how small the window may be.

    Qt would ask the hidden pages as well, and those still wear the text size they were last seen
    in: somebody who tried large text could not make the window small again.
    """

    def setCurrentWidget(self, page: QWidget) -> None:  # noqa: N802  Qt's own name
        """Show a page."""
        super().setCurrentWidget(page)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return what the page that is shown needs."""
        page = self.currentWidget()
        return super().minimumSizeHint() if page is None else page.minimumSizeHint()
