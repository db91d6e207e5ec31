# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The bar of a safety alert: across the whole page, read whole, never dismissed from the page."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop_app.casework.words import _, ngettext
from ui.kit.buttons import button
from ui.kit.labels import IconMark, Part, Passage
from ui.kit.notice import whole
from ui.theme import BOLD


class AlertBar(QFrame):
    """What the danger is, who set the alert and when it is reviewed.

    Signals:
        opened: a person wants to see all alerts.
    """

    opened = Signal()

    def __init__(self, tone: str = "bad") -> None:
        super().__init__()
        self.setProperty("look", f"{tone}-edge")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 12, 4)
        row.setSpacing(10)
        self._words = Passage([])
        self._all = button("", "quiet", small=True)
        self._all.clicked.connect(self.opened.emit)
        row.addWidget(IconMark("triangle-alert", tone, size=18), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        row.addWidget(self._all, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_alert("", "", "")

    def set_alert(self, danger: str, detail: str, set_by: str, *, count: int = 1) -> None:
        """Say what to beware of.

        Args:
            danger: the order, such as "Do not visit alone."
            detail: what and where.
            set_by: who set it, and when it is reviewed.
            count: how many alerts there are; the button says so.
        """
        parts = [Part(danger, weight=BOLD), Part(f" {detail}" if detail else "")]
        if set_by:
            parts.append(Part(f"  {set_by}", "muted"))
        self._words.set_parts(parts)
        self.setAccessibleName(_("Alert: %(words)s") % {"words": self._words.accessibleName()})
        self._all.set_words(ngettext("Open the alert", "All alerts (%(n)d)", count) % {"n": count})
        self._all.setVisible(count > 0)

    def minimumSizeHint(self) -> QSize:
        """Return room for all its words at this width, even on a page that has little."""
        return whole(self, super().minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height its words need at this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
