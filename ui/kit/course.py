# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How something went over the months: its words, and a drawing of the same beneath them.

The drawing is the one that goes on paper, in the colours of the look that is worn.
"""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.kit.card import across
from ui.kit.chip import Chip
from ui.kit.labels import Part, Passage, label
from ui.theme import SEMI


@dataclass(frozen=True, slots=True)
class Drawn:
    """A trend, ready to be shown.

    Attributes:
        title: short name of the question.
        words: how it went, as a sentence.
        svg: the drawing, with `{text}`, `{muted}`, `{line}`, `{mark}` and `{ground}` for colours.
        wide: of the drawing.
        high: of the drawing.
        better: what the chip says where it went well; empty otherwise.
    """

    title: str
    words: str
    svg: str
    wide: int
    high: int
    better: str = ""


class CourseView(QWidget):
    """Shows one."""

    def __init__(self, drawn: Drawn, *, role: str = "body") -> None:
        super().__init__()
        self.drawn = drawn
        self.setAccessibleName(f"{drawn.title}. {drawn.words}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(1)
        head = across(label(drawn.title, role, weight=SEMI, wrap=True))
        head.setStretch(0, 1)
        if drawn.better:
            head.addWidget(Chip(drawn.better, "ok", icon="check"))
        column.addLayout(head)
        words = Passage([Part(drawn.words, "muted")], "small" if role == "body" else "body")
        column.addWidget(words)
        column.addWidget(_Picture(drawn))


class _Picture(QWidget):
    """The drawing, as wide as there is room and no taller than it was drawn."""

    def __init__(self, drawn: Drawn) -> None:
        super().__init__()
        self._drawn = drawn
        self._as_drawn = QSvgRenderer()
        self._as_drawn.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.on_change(self._restyle)

    def _restyle(self) -> None:
        svg, worn = self._drawn.svg, theme.current()
        for name, token in _TOKENS.items():
            svg = svg.replace(f"{{{name}}}", worn.hex(token))
        self._as_drawn.load(QByteArray(svg.encode()))
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Return how high it is when it is this wide."""
        return round(width * self._drawn.high / self._drawn.wide)

    def sizeHint(self) -> QSize:
        """Return it as it was drawn."""
        return QSize(self._drawn.wide, self._drawn.high)

    def minimumSizeHint(self) -> QSize:
        """Return a size at which its numbers can still be read."""
        return QSize(theme.px(180), self.heightForWidth(theme.px(180)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            self._as_drawn.render(painter, QRectF(self.rect()))


_TOKENS = {
    "text": "text",
    "muted": "muted",
    "line": "line",
    "mark": "link",
    "ground": "surface",
}
"""Which colour of the look stands for which of the drawing."""
