# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Cards: white sheets with a title, and rows of things laid side by side or one under another."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.kit.buttons import HANG
from ui.kit.labels import Words, label
from ui.theme import SEMI
from ui.tokens import M, S

Piece = QWidget | QLayout | int | None
"""What can be laid out: a widget, a layout, a space in pixels, or None for the room left over."""

Margins = tuple[int, int, int, int]


class _Hung(QHBoxLayout):
    """A row that hangs out of its place: Qt takes a margin below nothing for none."""

    def __init__(self, left: int, right: int) -> None:
        super().__init__()
        self._left, self._right = left, right

    def setGeometry(self, rect: QRect) -> None:
        """Take the place and what lies beside it."""
        super().setGeometry(rect.adjusted(self._left, 0, -self._right, 0))


def across(*pieces: Piece, gap: int = S, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Lay pieces out from left to right; a margin below nothing lets the row hang out so far."""
    left, top, right, bottom = margins
    row = _Hung(min(left, 0), min(right, 0)) if min(left, right) < 0 else QHBoxLayout()
    _fill(row, pieces, gap=gap, margins=(max(left, 0), top, max(right, 0), bottom))
    return row


def down(*pieces: Piece, gap: int = 4, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Lay pieces out one under another."""
    column = QVBoxLayout()
    _fill(column, pieces, gap=gap, margins=margins)
    return column


def holding(layout: QLayout) -> QWidget:
    """Return a widget that holds a layout."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def ground(look: str, layout: QLayout | None = None) -> QFrame:
    """Return a plain ground: "card", "header", "footer", "quote", "sunken", or a tone's name."""
    frame = QFrame()
    frame.setProperty("look", look)
    if layout is not None:
        frame.setLayout(layout)
    return frame


class _Sheet(QWidget):
    """What scrolls: as high as its wrapped words need at its width, not at their narrowest."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        """Return the narrowest width; how high follows from it."""
        return QSize(super().minimumSizeHint().width(), 0)


def scrolling(widget: QWidget) -> QScrollArea:
    """Return a widget in a frame that scrolls up and down only, and is itself no Tab stop."""
    area = QScrollArea()
    widget.setProperty("look", "plain")
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def reading(widget: QWidget) -> QScrollArea:
    """Return a column of wrapped words that scrolls only when they do not fit."""
    return scrolling(_Sheet(widget))


def stopping(widget: QWidget, name: str) -> QScrollArea:
    """Return such a column at which Tab stops, for the arrow keys to move what is read in it."""
    area = reading(widget)
    area.setProperty("stop", "true")
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.setAccessibleName(name)
    return area


def clear(box: QBoxLayout) -> None:
    """Take everything out of a layout; what stood in it is gone."""
    while (item := box.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            clear(inner)


def _fill(box: QBoxLayout, pieces: tuple[Piece, ...], *, gap: int, margins: Margins) -> None:
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    for piece in pieces:
        if piece is None:
            box.addStretch(1)
        elif isinstance(piece, int):
            box.addSpacing(piece)
        elif isinstance(piece, QWidget):
            box.addWidget(piece)
        else:
            box.addLayout(piece)


class Card(QFrame):
    """A sheet with a title, an optional widget at its top right, and a body to fill."""

    def __init__(
        self, title: str = "", *, corner: QWidget | None = None, role: str = "body", gap: int = S
    ) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAccessibleName(title)
        whole = QVBoxLayout(self)
        pressed = isinstance(corner, QAbstractButton)
        whole.setContentsMargins(14, 7 if pressed else M, 14, M)
        whole.setSpacing(S)
        self.title: Words | None = None
        if title:
            self.title = label(title, role, weight=SEMI)
            head = across(self.title, None, margins=(0, 0, -HANG if pressed else 0, 0))
            if corner is not None:
                head.addWidget(corner)
            whole.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(gap)
        whole.addLayout(self.body, 1)

    def let_stop(self) -> None:
        """Let Tab stop here, with a ring: for what is read, and scrolled, with nothing to press."""
        self.setProperty("stop", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def add(self, piece: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something at the end of the body."""
        if isinstance(piece, QWidget):
            self.body.addWidget(piece, stretch)
        else:
            self.body.addLayout(piece, stretch)
