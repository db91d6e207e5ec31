# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Help beside the page it is about; closing it gives the keyboard back to where it was."""

import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from ui import theme
from ui.help import Help
from ui.main_window import MainWindow


class HelpBeside(QObject):
    """The help of the window."""

    def __init__(self, frame: MainWindow) -> None:
        super().__init__(frame)
        self._frame = frame
        self._before: QWidget | None = None
        self.help = Help()
        self.help.closed.connect(self._close)
        self.dock = QDockWidget(frame)
        self.dock.setTitleBarWidget(QWidget())
        self.dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.dock.setWidget(self.help)
        frame.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.hide()
        frame.help_wanted.connect(self.show_topic)
        frame.resized.connect(self._fit)
        frame.opened.connect(lambda _place: self._fit(alone=False))
        theme.look().changed.connect(self._fit)

    def show_topic(self, topic: str) -> None:
        """Show the help of a page."""
        focus = QApplication.focusWidget()
        if focus is not None and not self.help.isAncestorOf(focus):
            self._before = focus
        self.help.fit(self._frame.give_help(*self.help.widths()))
        self.dock.show()
        self.help.show_topic(topic)

    def _fit(self, *, alone: bool = True) -> None:
        """Give help its width again; a page that has just been opened is not left behind it."""
        if not shiboken6.isValid(self._frame):  # the look outlives a window
            return
        if self.dock.isVisible() and not alone and not self._frame.stack.isVisible():
            self._close()
        elif self.dock.isVisible():
            self.help.fit(self._frame.give_help(*self.help.widths()))

    def _close(self) -> None:
        """Give the keyboard back to where it was."""
        self.dock.hide()
        self._frame.give_help(0, 0)
        before, page = self._before, self._frame.stack.currentWidget()
        self._before = None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus()
        elif page is not None:
            page.setFocus()
