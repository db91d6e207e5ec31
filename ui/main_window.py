# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The window: a rail of pages, a top bar, one page at a time, a status line.

It is a frame and knows no casework: pages are given to it as a list of `PageEntry`, one line each.
Its title names the page and never a person. Nothing in it can keep the casebook from locking.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from desktop_app.casework.words import _
from ui import theme
from ui.banner import Banner
from ui.kit.card import across, down, holding
from ui.kit.notice import announce
from ui.kit.stops import first_stop, handed_on, next_stop
from ui.older_bar import OlderBar
from ui.page_stack import Frame, PageEntry, PageStack
from ui.places import Place
from ui.rail import Rail
from ui.status_line import StatusLine
from ui.tokens import SLIM_BELOW
from ui.top_bar import TopBar


class MainWindow(QMainWindow):
    """The one window of Tandem.

    Signals:
        lock_wanted: lock now; the window itself never refuses.
        help_wanted: the help topic of the page that is open.
        opened: the `Place` that is open now.
        resized: the window has another size.
    """

    lock_wanted = Signal()
    help_wanted = Signal(str)
    opened = Signal(object)
    resized = Signal()

    def __init__(
        self, entries: Sequence[PageEntry], *, name: str, role: str, made_up: bool = False
    ) -> None:
        """Build the frame; no page is made yet.

        Args:
            entries: the pages; those with an icon stand on the rail, in this order.
            name: who is signed in.
            role: what they do.
            made_up: whether the team is made up.
        """
        super().__init__()
        self._entries = {entry.name: entry for entry in entries}
        self._pages: dict[str, QWidget] = {}
        self._trail: list[Place] = []
        self._help_wide = 0
        self.rail = Rail(name, role)
        self.top_bar = TopBar()
        self.stack = PageStack()
        self.status = StatusLine()
        self.banner = Banner()
        self.older = OlderBar()
        self.top_bar.made_up.setVisible(made_up)
        for entry in entries:
            if entry.icon:
                self.rail.add(entry.name, entry.title, entry.icon)
        self._lay_out()
        self._connect()
        self.setWindowTitle("Tandem")
        theme.look().changed.connect(self._fit)

    def _lay_out(self) -> None:
        self.above = down(self.older, self.banner, gap=0)
        column = down(self.top_bar, self.above, self.stack, self.status, gap=0)
        column.setStretch(2, 1)
        self._beside_rail = holding(column)
        row = across(self.rail, self._beside_rail, gap=0)
        row.setStretch(1, 1)
        self._whole = holding(row)
        self.setCentralWidget(self._whole)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.rail.lock_wanted.connect(self.lock_wanted.emit)
        self.top_bar.help_wanted.connect(self._ask_help)
        self.opened.connect(self.older.give_way)
        self._key("F1", self._ask_help)
        self._key("Ctrl+K", self._to_search)
        self._key("Ctrl+L", self.lock_wanted.emit)
        self._key("F6", lambda: self._next_pane(1))
        self._key("Shift+F6", lambda: self._next_pane(-1))
        for place, each in enumerate(list(self.rail.buttons)[:10], 1):
            self._key(f"Ctrl+{place % 10}", partial(self.show_page, each))

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self, act)

    @property
    def search(self) -> QLineEdit:
        """Return the search field."""
        return self.top_bar.search

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name of every page."""
        return tuple(self._entries)

    @property
    def place(self) -> Place | None:
        """Return the place that is open."""
        return self._trail[-1] if self._trail else None

    def page(self, name: str) -> QWidget:
        """Return a page, made now if it has not been shown yet."""
        if name not in self._pages:
            made = self._entries[name].make()
            go = getattr(made, "go", None)
            if go is not None:
                go.connect(self.go_to)
            done = getattr(made, "done", None)
            if done is not None:
                done.connect(self.back)
            self._pages[name] = made
            self.stack.addWidget(made)
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Go to a page of the rail."""
        self.go_to(Place(name))

    def go_to(self, place: Place) -> None:
        """Go to a place; Esc comes back."""
        kept = replace(place, answer="")
        if kept != self.place:
            self._trail = [*self._trail[-49:], kept]
        self._open(place)

    def back(self) -> None:
        """Go back to where one was before."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._open(self._trail[-1])

    def set_badge(self, name: str, count: int, words: str) -> None:
        """Show on the rail how many things wait on a page."""
        if name in self.rail.buttons:
            self.rail.buttons[name].set_badge(count, words)

    def _open(self, place: Place) -> None:
        entry, page = self._entries[place.page], self.page(place.page)
        self.rail.set_current(entry.name if entry.icon else entry.under)
        show = getattr(page, "show_place", None)
        if show is not None:
            show(place)
        page.setAccessibleName(page.accessibleName() or entry.title)
        self.stack.setCurrentWidget(page)
        self._fit()
        self.setWindowTitle(_("%(page)s - Tandem") % {"page": entry.title})
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        _enter(page, self.rail.buttons.get(entry.name if entry.icon else entry.under))
        announce(self, entry.title)
        self.opened.emit(place)

    def give_help(self, least: int, most: int) -> int:
        """Make room for help, 0 and 0 when it is closed, and return how wide it may be.

        The rail gives way first; where page and help still have no room together, the page does.
        """
        self._help_wide = most
        self._beside_rail.show()
        self._fit()
        room = self.width() - self._whole.minimumSizeHint().width()
        if room >= least:
            return min(room, most)
        self._beside_rail.hide()
        return self.width() - self.rail.width()

    def _fit(self) -> None:
        """Show as much of the frame as page and window have room for."""
        narrow = self.width() - self._help_wide < theme.px(SLIM_BELOW)
        frame = self._entries[self.place.page].frame if self.place else Frame.WHOLE
        self.rail.setVisible(frame is not Frame.NONE)
        self.rail.set_slim(slim=frame is Frame.SLIM or narrow)
        self.top_bar.setVisible(frame is Frame.WHOLE)
        self.status.setVisible(frame is Frame.WHOLE)

    def _to_search(self) -> None:
        if self.top_bar.isVisible():
            self.top_bar.go_to_search()

    def _ask_help(self) -> None:
        self.help_wanted.emit(str(getattr(self.stack.currentWidget(), "help_topic", "today")))

    def _inside(self, pane: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is pane or pane.isAncestorOf(focus))

    def _next_pane(self, step: int) -> None:
        """Put the focus into the next part of the window."""
        page = self.stack.currentWidget()
        parts = getattr(page, "panes", lambda: [page])()
        shown = [one for one in (self.rail, self.top_bar, *parts) if one and one.isVisible()]
        here = next((at for at, pane in enumerate(shown) if self._inside(pane)), -1)
        pane = shown[(here + step) % len(shown)]
        pane.setFocus(Qt.FocusReason.TabFocusReason)
        _enter(pane)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  Qt's own signature
        """Go on with Tab, or back with Shift+Tab; Qt asks as well when what had it goes away."""
        held: QWidget | None = self.focusWidget()
        here, page, reasons = held or self, self.stack.currentWidget(), Qt.FocusReason
        if page is not None and not (here.isVisible() and here.isEnabled()):
            stop: QWidget | None = handed_on(here, page, self.rail.current)
        else:
            stop = next_stop(here, forward=forward)
        if stop is not None:
            stop.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
        return stop is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc, where nothing nearer wanted it."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the frame to the window."""
        super().resizeEvent(event)
        self._fit()
        self.resized.emit()


def _enter(part: QWidget, otherwise: QWidget | None = None) -> None:
    """See that the focus is in a part: an empty page must not leave it on the lock."""
    focus = QApplication.focusWidget()
    if focus is not None and part.isAncestorOf(focus) and focus.focusPolicy():
        return
    takes = focus is part and part.focusPolicy() & Qt.FocusPolicy.TabFocus
    first = None if takes else first_stop(part)
    if first is None and focus is None:
        first = otherwise  # a page with nothing to stop at: the keyboard is never nowhere
    if first is not None:
        first.setFocus(Qt.FocusReason.TabFocusReason)
