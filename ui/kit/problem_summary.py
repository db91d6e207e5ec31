# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The problem summary: what to put right before saving; each line goes to its field.

It stands above the form, takes the focus when it appears and says the same words as the fields.
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import Button, button
from ui.kit.card import across
from ui.kit.labels import IconMark, label
from ui.kit.notice import announce
from ui.theme import BOLD, SEMI

AROUND, LEAST = 60, 120
"""What stands left and right of the words of a line, besides the icon; its least width."""


class ProblemSummary(QWidget):
    """A box with a red edge; hidden while there is nothing to put right."""

    def __init__(self, *, safe: str = "") -> None:
        """Make a summary.

        Args:
            safe: what is safe meanwhile; "Your draft is safe" unless said otherwise.
        """
        super().__init__()
        self.lines: list[Button] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(2)
        head = label(_("There is a problem"), weight=BOLD)
        self.safe = label(safe or _("Your draft is safe"), "small", tone="muted")
        mark = IconMark("triangle-alert", "bad")
        self._column.addLayout(across(mark, head, None, self.safe))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.look().changed.connect(self.update)
        self.hide()

    def show_problems(
        self, problems: Sequence[tuple[str, QWidget]], *, drafted: bool = True
    ) -> None:
        """List what is wrong and take the focus; with nothing wrong, hide.

        Args:
            problems: what to say, and the field to go to.
            drafted: whether there is a draft to be called safe.
        """
        self.safe.setVisible(drafted)
        for line in self.lines:
            line.hide()
            line.deleteLater()
        while self._column.count() > 1:
            self._column.takeAt(1)
        self.lines = [self._line(words, field) for words, field in problems]
        for before, after in pairwise([self, *self.lines]):
            QWidget.setTabOrder(before, after)  # made late, they would come last of all
        self.setVisible(bool(problems))
        if problems:
            said = ". ".join(words for words, _field in problems)
            self.setAccessibleName(_("There is a problem. %(said)s") % {"said": said})
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, self.accessibleName())

    def _line(self, words: str, field: QWidget) -> Button:
        line = button(self._broken(words, self._room()), "fix", small=True, name=words)
        line.setMinimumWidth(theme.px(LEAST))  # it breaks instead of making a panel wider
        line.clicked.connect(lambda: field.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self._column.addLayout(across(theme.px(16) + 5, line, None))
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        for line in self.lines:
            line.setText(self._broken(line.accessibleName(), self.width()))

    def _room(self) -> int:
        above = self.parentWidget()
        return above.width() if above is not None else self.width()

    def _broken(self, words: str, wide: int) -> str:
        """Return words in as many lines as they need: a button breaks none by itself."""
        room = wide - theme.px(16) - AROUND
        lines, metrics = [""], theme.metrics("body", SEMI)
        for word in words.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and metrics.horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return "\n".join(lines)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the edge; a second one while it has the focus."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            rect = QRectF(self.rect())
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color("bad"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)
            if self.hasFocus():
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.drawRoundedRect(rect.adjusted(4, 4, -4, -4), 5, 5)
