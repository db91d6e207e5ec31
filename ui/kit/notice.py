# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Notices: a banner within the page. It never takes the focus and never covers anything."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import Button
from ui.kit.labels import IconMark, Part, Passage
from ui.theme import SEMI

ICONS = {
    "info": "info",
    "warn": "triangle-alert",
    "bad": "circle-alert",
    "ok": "circle-check",
    "custody": "building-2",
    "neutral": "info",
    "accent": "info",
}


class Notice(QFrame):
    """Says what happened, what is safe and what to do."""

    def __init__(
        self,
        words: str | Sequence[Part],
        tone: str = "info",
        *,
        head: str = "",
        icon: str = "",
        buttons: Sequence[Button] = (),
    ) -> None:
        """Make a notice.

        Args:
            words: the message.
            tone: "info", "warn", "bad", "ok", "custody" or "neutral".
            head: its first words, in bold.
            icon: instead of the tone's own.
            buttons: what can be done, at its right.
        """
        super().__init__()
        self.tone = tone
        self.setProperty("look", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8 if buttons else 12, 8)
        row.setSpacing(10)
        self._mark = IconMark(icon or ICONS[tone], "link" if tone == "accent" else tone, size=18)
        self._words = Passage([])
        said = QHBoxLayout()
        said.setSpacing(10)
        said.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._words, 1)
        column = QVBoxLayout()  # the mark stays beside the first line, wherever that stands
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addLayout(said)
        column.addStretch(1)
        row.addLayout(column, 1)
        for each in buttons:
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        self.say(words, head=head)

    def say(self, words: str | Sequence[Part], *, head: str = "") -> None:
        """Say something else."""
        parts = [Part(words)] if isinstance(words, str) else list(words)
        if head:
            parts = [Part(f"{head} ", weight=SEMI), *parts]
        self._words.set_parts(parts)
        self.setAccessibleName(self._words.accessibleName())

    def set_tone(self, tone: str, *, icon: str = "") -> None:
        """Say it in another tone."""
        self.tone = tone
        self.setProperty("look", tone)
        self._mark.set_icon(icon or ICONS[tone], "link" if tone == "accent" else tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def text(self) -> str:
        """Return all of its words."""
        return self._words.accessibleName()

    def minimumSizeHint(self) -> QSize:
        """Return room for all its words at this width, even on a page that has little."""
        return whole(self, super().minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height its words need at this width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def announce(self) -> None:
        """Have a screen reader say it, without moving the focus."""
        announce(self, self.text())


def whole(frame: QFrame, least: QSize) -> QSize:
    """Return a least size at which a frame shows all its words at its present width."""
    layout = frame.layout()
    high = layout.totalHeightForWidth(frame.width()) if layout is not None else 0
    return QSize(least.width(), max(least.height(), high))


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something; the focus stays where it is."""
    event = QAccessibleAnnouncementEvent(widget, words)
    QAccessible.updateAccessibility(event)
