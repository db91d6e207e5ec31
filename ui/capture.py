# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keeping Tandem's windows out of pictures of the screen, where the system can.

Rules, each with a test:

* Every window is kept out from the moment it is shown, dialogs and help as well.
* It can be switched off before anybody signs in, from the keyboard: it blinds remote help, and some
  screen readers with it.
* Where the system cannot do it, that is said instead of promised.

Windows can (`SetWindowDisplayAffinity`, from Windows 10 of 2020 on); no desktop of Linux offers it.
"""

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

Hide = Callable[[int, bool], bool]
"""Keep a window, by its number, out of pictures or let it in; says whether the system did."""
_ANYBODY, _NOBODY = 0x00, 0x11  # WDA_NONE, WDA_EXCLUDEFROMCAPTURE of winuser.h


def hider() -> Hide | None:
    """Return what keeps a window out of pictures on this system; None where nothing can."""
    return _hide_on_windows if sys.platform == "win32" else None


class CaptureGuard(QObject):
    """Keeps every window of the application out of pictures, while it is on."""

    def __init__(self, app: QApplication, hide: Hide | None, *, on: bool, parent: QObject) -> None:
        """Begin.

        Args:
            app: the application.
            hide: what `hider` returns.
            on: whether to keep windows out.
            parent: it ends with it.
        """
        super().__init__(parent)
        self._app, self._hide, self._on = app, hide, on
        if hide is not None:
            app.installEventFilter(self)

    @property
    def possible(self) -> bool:
        """Say whether this system can do it."""
        return self._hide is not None

    @property
    def on(self) -> bool:
        """Say whether windows are kept out."""
        return self._on and self.possible

    def switch(self, *, on: bool) -> None:
        """Keep every window out, or let every window be seen; those that are open as well."""
        self._on = on
        for window in self._app.topLevelWidgets():
            if window.isVisible():
                self._treat(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Treat a window when it is shown; nothing is kept from it."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._treat(watched)
        return False

    def _treat(self, window: QWidget) -> None:
        if self._hide is not None and window.isWindow():
            self._hide(int(window.winId()), self._on)


def _hide_on_windows(window: int, out: bool) -> bool:  # noqa: FBT001  as `Hide` says
    affinity = _NOBODY if out else _ANYBODY
    done = ctypes.windll.user32.SetWindowDisplayAffinity(window, affinity)  # type: ignore[attr-defined]
    return bool(done)
