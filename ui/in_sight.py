# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keeping whatever the keyboard is on in sight: Qt scrolls to it only when Tab went there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui.editors.row import FieldRow

BENEATH, AROUND = 12, 40


class InSight(QObject):
    """Scrolls an area to what has the keyboard in it, also once the area has become lower."""

    def __init__(
        self, area: QScrollArea, also: Callable[[], QWidget | None] = lambda: None
    ) -> None:
        """Watch an area.

        Args:
            area: what scrolls.
            also: what else is to be seen still, as far as it can be, in an area that became lower.
        """
        super().__init__(area)
        self._area, self._also = area, also
        area.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._went)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again after the area has got another size."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._again)
        return super().eventFilter(watched, event)

    def _again(self) -> None:
        also = self._also()
        if also is not None:
            self._area.ensureWidgetVisible(also, 0, BENEATH)
        self._went(None, QApplication.focusWidget())

    def _went(self, _before: object, now: QWidget | None) -> None:
        if now is None or now is self._area or not self._area.isAncestorOf(now):
            return  # Qt counts a widget among its own ancestors: read in, it stays where it is
        if QApplication.mouseButtons():
            return  # what is being pressed is seen, and must not move from under the pointer
        holder = now.parentWidget()
        while holder is not None and not isinstance(holder, FieldRow):
            holder = holder.parentWidget() if holder is not self._area else None
        if isinstance(holder, FieldRow):  # with what stands beneath it, such as another's answer
            self._area.ensureWidgetVisible(holder, 0, BENEATH)
        seen, bar = self._area.viewport(), self._area.verticalScrollBar()
        if now.height() + BENEATH > seen.height():  # it begins at its first line
            bar.setValue(bar.value() + now.mapTo(seen, QPoint(0, 0)).y())
            return
        self._area.ensureWidgetVisible(now, 0, AROUND)
