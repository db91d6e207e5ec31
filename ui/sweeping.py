# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking for circular garbage on the window's thread, and on no other.

Python looks whenever enough has been made, on whatever thread makes it. What it takes apart there
may be a page nobody shows any more; taking a widget apart on another thread ends the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 200


class Sweeping(QObject):
    """Looks for garbage now and then, as often as Python itself would."""

    def __init__(self, parent: QObject) -> None:
        """Begin; it ends with its parent."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY_MS)

    def look(self) -> None:
        """Look through the oldest generation that is due, and all that are younger."""
        for number in (2, 1, 0):
            if gc.get_count()[number] > gc.get_threshold()[number]:
                gc.collect(number)
                return
