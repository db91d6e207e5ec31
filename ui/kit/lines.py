# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Lines of text: broken at a width, the last one elided; shaped once, measured and drawn often.

Finding the shape of a text takes far longer than drawing it, and Qt finds it anew for each thing
it is asked. A list that measures its entries before it draws them keeps their lines instead.
"""

from functools import cache

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.kit.labels import Part

DOTS = "…"
NARROW, ANY = 5, 1_000_000
"""Pixels a letter takes, seldom less; a width that anything fits into."""


class Lines:
    """A text as lines of a width.

    Attributes:
        said: what each of them says.
        high: how high they are together.
    """

    def __init__(self, part: Part, width: int, *, role: str = "body", most: int = 1) -> None:
        """Break a text.

        Args:
            part: the text, its colour and weight.
            width: of the lines.
            role: type size.
            most: how many lines at most; the last one is elided when there is more.
        """
        self._part, self._role = part, role
        self._spacing = part.metrics(role).lineSpacing()
        self._kept: list[tuple[QTextLayout, QTextLine]] = []
        self.said: list[str] = []
        text, width = " ".join(part.text.split()), max(width, 40)
        begun = text[: most * width // NARROW + 1]  # what is cut off need not be shaped
        if text and not self._break(begun, width, most, more=len(begun) < len(text)):
            self._break(text, width, most, more=False)
        self.high = len(self._kept) * self._spacing

    def draw(self, painter: QPainter, left: int, top: int) -> None:
        """Draw them one under another."""
        painter.setPen(theme.color(self._part.tone))
        for number, (_of, line) in enumerate(self._kept):
            above = (self._spacing - line.ascent() - line.descent()) / 2
            line.draw(painter, QPointF(left, top + number * self._spacing + above))

    def _break(self, text: str, width: int, most: int, *, more: bool) -> bool:
        """Break a text, or the beginning of one; say whether that was enough of it."""
        layout, end = self._begun(text), 0
        self._kept, self.said = [], []
        while len(self._kept) < most and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, end = line.textStart(), line.textStart() + line.textLength()
            self._kept.append((layout, line))
            self.said.append(text[start:end].rstrip())
        if end < len(text):
            self._elide(text, width)
        layout.endLayout()
        return end < len(text) or not more

    def _elide(self, text: str, width: int) -> None:
        """Put dots at the end of the last line, for there is more."""
        _layout, line = self._kept.pop()
        start, dots = line.textStart(), self._part.metrics(self._role).horizontalAdvance(DOTS)
        line.setLineWidth(ANY)  # for as long as it is looked how much of it has room
        cut = line.xToCursor(width - dots, QTextLine.CursorPosition.CursorOnCharacter)
        self.said[-1] = text[start:cut] + DOTS
        layout = self._begun(self.said[-1])
        line = layout.createLine()
        line.setLineWidth(ANY)
        layout.endLayout()
        self._kept.append((layout, line))

    def _begun(self, text: str) -> QTextLayout:
        layout = QTextLayout(text, self._part.font(self._role))
        layout.setTextOption(_at_words())
        layout.setCacheEnabled(True)
        layout.beginLayout()
        return layout


class FewLines(QWidget):
    """Words over a few lines; what does not fit is elided and stands in the tooltip."""

    def __init__(self, role: str = "body") -> None:
        super().__init__()
        self.role, self._most, self._part = role, 1, Part("")
        self._lines, self._broken_at = Lines(self._part, 0), 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.look().changed.connect(self._restyle)

    def set_part(self, part: Part) -> None:
        """Show other words."""
        self._part = part
        self.setAccessibleName(part.text)
        self.setToolTip(part.text)
        self._restyle()

    def text(self) -> str:
        """Return all of its words."""
        return self._part.text

    def set_most(self, most: int) -> None:
        """Say how many lines there may be."""
        self._most = most
        self._restyle()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at a width."""
        if width != self._broken_at:
            self._broken_at = width
            self._lines = Lines(self._part, width, role=self.role, most=self._most)
        return self._lines.high

    def sizeHint(self) -> QSize:
        """Return room for one line of a usual width."""
        return QSize(theme.px(200), theme.metrics(self.role).height())

    def minimumSizeHint(self) -> QSize:
        """Return a width at which a few words can still be read."""
        return QSize(theme.px(60), theme.metrics(self.role).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        self.heightForWidth(self.width())
        with QPainter(self) as painter:
            self._lines.draw(painter, 0, 0)

    def _restyle(self) -> None:
        self._broken_at = 0
        self.updateGeometry()
        self.update()


def broken_lines(text: str, width: int, *, role: str = "body", most: int = 2) -> list[str]:
    """Return what the lines of a text say; the last one is elided when there is more."""
    return Lines(Part(text), width, role=role, most=most).said


@cache
def _at_words() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
