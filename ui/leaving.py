# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The laptop is left: it goes to sleep, its screen is locked, or somebody else takes it over.

Rules, each with a test:

* Whichever of them the system tells, the casebook locks at once, and on Linux the laptop is asked
  to wait with its sleep until it has.
* A system that tells nothing is no error: the two clocks of `ui.idle` lock then, before the first
  key after a sleep.

On Linux it is told over the desktop's own message bus, which never leaves the laptop; on Windows in
messages to the window.
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusInterface
from PySide6.QtWidgets import QApplication

_LOGIN = "org.freedesktop.login1"
_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_ANSWER_MS = 300
# What Windows calls them (winuser.h, wtsapi32.h).
_POWER, _SLEEPS = 0x0218, 0x0004
_SESSION, _LEFT = 0x02B1, frozenset({0x2, 0x4, 0x6, 0x7})  # console, remote, logged off, locked


class Leaving(QObject):
    """Listens to the system.

    Signals:
        left: the casebook must lock now.
    """

    left = Signal()

    def __init__(
        self,
        app: QApplication,
        *,
        parent: QObject,
        system: QDBusConnection | None = None,
        desktop: QDBusConnection | None = None,
    ) -> None:
        """Begin to listen.

        Args:
            app: the application.
            parent: listening ends with it.
            system: the message bus of the laptop; its own when None.
            desktop: the message bus of the person's desktop; its own when None.
        """
        super().__init__(parent)
        self._app = app
        self._windows: WindowsTells | None = None
        self._wait: object = None
        if sys.platform == "win32":
            self._windows = WindowsTells(self.left.emit)
            app.installNativeEventFilter(self._windows)
            for window in app.topLevelWidgets():
                self._windows.follow(int(window.winId()))
        else:
            self._buses = (
                system or QDBusConnection.systemBus(),
                desktop or QDBusConnection.sessionBus(),
            )
            self._listen()

    def end(self) -> None:
        """Listen no longer, and let the laptop sleep."""
        self.blockSignals(True)  # noqa: FBT003  Qt takes no keyword here
        self._wait = None
        if self._windows is not None:
            self._app.removeNativeEventFilter(self._windows)
        self.deleteLater()

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:  # noqa: FBT001  the bus tells it so
        """Take note that the laptop is about to sleep, or has woken."""
        if begins:
            self.left.emit()
            self._wait = None

    @Slot(bool)
    def covered(self, on: bool) -> None:  # noqa: FBT001  as above
        """Take note that the screen was covered, or is seen again."""
        if on:
            self.left.emit()

    @Slot()
    def locked(self) -> None:
        """Take note that the session was locked."""
        self.left.emit()

    def _listen(self) -> None:
        system, desktop = self._buses
        if system.isConnected():
            manager = f"{_LOGIN}.Manager"
            system.connect("", "", manager, "PrepareForSleep", self, _slot("sleeps(bool)"))
            system.connect("", "", f"{_LOGIN}.Session", "Lock", self, _slot("locked()"))
            self._wait = _asked_to_wait(system, manager)
        if desktop.isConnected():
            for name in _SAVERS:
                desktop.connect("", "", name, "ActiveChanged", self, _slot("covered(bool)"))


def _asked_to_wait(system: QDBusConnection, manager: str) -> object:
    """Ask the laptop to wait with its sleep; it does as long as the answer is held."""
    login = QDBusInterface(_LOGIN, "/org/freedesktop/login1", manager, system)
    login.setTimeout(_ANSWER_MS)
    if not login.isValid():
        return None
    return login.call("Inhibit", "sleep", "Tandem", "The casebook locks first.", "delay")


def _slot(name: str) -> Any:
    return SLOT(name)  # text, which its own description of types does not know


class WindowsTells(QAbstractNativeEventFilter):
    """Picks out of the messages to the window those that say that the laptop is left."""

    def __init__(self, left: Callable[[], None]) -> None:
        super().__init__()
        self._left = left
        self._asked: set[int] = set()

    def nativeEventFilter(self, kind: QByteArray | bytes, message: int) -> tuple[bool, int]:  # type: ignore[override]
        """Look at one message; every one goes on its way."""
        if bytes(kind) == b"windows_generic_MSG":  # type: ignore[arg-type]
            self._look(wintypes.MSG.from_address(int(message)))
        return False, 0

    def _look(self, said: wintypes.MSG) -> None:
        sleeps = said.message == _POWER and said.wParam == _SLEEPS
        if sleeps or (said.message == _SESSION and said.wParam in _LEFT):
            self._left()

    def follow(self, window: int) -> None:
        """Have Windows tell a window when the session is locked or taken over."""
        if window not in self._asked:
            self._asked.add(window)
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window, 0)  # type: ignore[attr-defined]
