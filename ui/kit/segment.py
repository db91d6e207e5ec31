# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Segments: one choice among a few that stand side by side, such as Home | Street | Prison.

One Tab stop; the arrow keys choose. The chosen one has a ring, a tint and bold words, so that it
is never told by colour alone. With `acts=True` nothing stays chosen: the parts are buttons.
`draw_segment` draws what one will look like before there is any.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import theme
from ui.theme import REGULAR, SEMI
from ui.tokens import CONTROL, RADIUS_CONTROL

Choices = Sequence[tuple[str, str]]
"""Codes and their labels, in order."""

HIGH = 30
"""Pixels a small one is high, at text size 1."""
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class SegmentPart(QAbstractButton):
    """One part of a segment."""

    def __init__(self, text: str, segment: "Segment", *, role: str, acts: bool) -> None:
        super().__init__(segment)
        self.role = role
        self.setText(text)
        self.setAccessibleName(text.replace("&", ""))
        self.setAccessibleDescription(segment.accessibleName())
        self.setCheckable(not acts)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys go to the neighbour."""
        parent = self.parent()
        if isinstance(parent, Segment) and event.key() in (*_BACK, *_ON):
            parent.step(self, -1 if event.key() in _BACK else 1)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, and what state the part is in."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            rect = QRectF(self.rect())
            chosen, focus = self.isChecked(), self.hasFocus()
            ring = "text" if focus and chosen else "focus" if focus else "link" if chosen else ""
            ground = "accent_soft" if chosen else "sunken" if self._lit() else ""
            painter.setPen(QPen(theme.color(ring), 2) if ring else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
            inset = 1.0 if ring else 0.0
            painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 5, 5)
            font = theme.font(self.role, SEMI if chosen else REGULAR)
            tone = "text" if self.isEnabled() else "disabled"
            _draw_words(painter, rect, self.text(), font, tone=tone)

    def _lit(self) -> bool:
        return self.isDown() or (self.underMouse() and self.isEnabled())


class Segment(QWidget):
    """A row of parts in one outline.

    Signals:
        chosen: the code of the part a person chose; "" when they took their choice back.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Choices,
        name: str,
        *,
        value: str = "",
        small: bool = False,
        acts: bool = False,
        may_clear: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a segment.

        Args:
            choices: codes and labels.
            name: what is being chosen, for screen readers.
            value: the code chosen at first; empty for none.
            small: smaller words, and lower: for rows.
            acts: the parts are buttons; none stays chosen.
            may_clear: pressing the chosen part again takes the choice back.
            parent: what it stands in, where no layout takes it up.
        """
        super().__init__(parent)
        self._acts, self._may_clear = acts, may_clear
        self._role = "small" if small else "body"
        self._value, self._reachable = "", True
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.parts: dict[str, SegmentPart] = {}
        for code, text in choices:
            self.add(code, text)
        self.set_value(value)
        theme.on_change(self._restyle)

    def add(self, code: str, text: str) -> None:
        """Offer one more part at the end."""
        part = SegmentPart(text, self, role=self._role, acts=self._acts)
        part.clicked.connect(lambda: self._pressed(code))
        self.parts[code] = part
        if self.isVisible():
            part.show()
            self._restyle()

    def value(self) -> str:
        """Return the chosen code, or ""."""
        return self._value

    def set_value(self, code: str) -> None:
        """Choose a code, or none with ""; nobody is told."""
        self._value = code
        for each, part in self.parts.items():
            if part.isCheckable():
                part.setChecked(each == code)
        self._rove(self.parts.get(code) or next(iter(self.parts.values()), None))

    def set_reachable(self, *, reachable: bool) -> None:
        """Let Tab reach it, or only the mouse and the keys of the row it stands in."""
        self._reachable = reachable
        stop = self.focusProxy()
        self._rove(stop if isinstance(stop, SegmentPart) else None)

    def step(self, part: SegmentPart, by: int) -> None:
        """Go from a part to its neighbour; where parts are choices, choose it."""
        parts = list(self.parts.values())
        to = parts[(parts.index(part) + by) % len(parts)]
        self._rove(to)
        to.setFocus(Qt.FocusReason.TabFocusReason)
        if not self._acts:
            to.click()

    def _pressed(self, code: str) -> None:
        if self._acts:
            self._rove(self.parts[code])
        elif code == self._value and not self._may_clear:
            self.set_value(code)
            return
        else:
            code = "" if code == self._value else code
            self.set_value(code)
        self.chosen.emit(code)

    def _rove(self, stop: SegmentPart | None) -> None:
        for part in self.parts.values():
            tab = part is stop and self._reachable
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)
        if stop is not None:
            self.setFocusProxy(stop)

    @Slot()
    def _restyle(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self._lay_out()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep its parts side by side."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        for part, place in zip(self.parts.values(), self._places(), strict=True):
            part.setGeometry(place)

    def _places(self) -> list[QRect]:
        return _places([part.text() for part in self.parts.values()], self._role)

    def sizeHint(self) -> QSize:
        """Return room for its parts at their own height."""
        return segment_size([part.text() for part in self.parts.values()], self._role)

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outline and the hairlines between parts."""
        with QPainter(self) as painter:
            _draw_outline(painter, self.rect(), self._places())


def segment_size(texts: Sequence[str], role: str) -> QSize:
    """Return the room a segment takes."""
    last = _places(texts, role)[-1:]
    high = theme.px(HIGH if role == "small" else CONTROL)
    return QSize(last[0].right() + 2 if last else 1, high)


def draw_segment(painter: QPainter, place: QRect, texts: Sequence[str], role: str) -> None:
    """Draw a segment in which nothing is chosen."""
    painter.save()
    painter.translate(place.topLeft())
    places = _places(texts, role)
    _draw_outline(painter, QRect(QPoint(0, 0), place.size()), places)
    for text, part in zip(texts, places, strict=True):
        _draw_words(painter, QRectF(part), text, theme.font(role))
    painter.restore()


def _places(texts: Sequence[str], role: str) -> list[QRect]:
    """Return where parts stand: side by side, with a hairline's room between and around them.

    Each has room for its words in bold, so that choosing moves nothing.
    """
    found, left = list[QRect](), 1
    high = theme.px(HIGH if role == "small" else CONTROL) - 2
    for text in texts:
        wide = theme.width_of(text.replace("&", ""), role, SEMI) + 2 * theme.px(11)
        found.append(QRect(left, 1, max(theme.px(34), wide), high))
        left = found[-1].right() + 2
    return found


def _draw_outline(painter: QPainter, rect: QRect, places: Sequence[QRect]) -> None:
    theme.smooth(painter)
    painter.setPen(QPen(theme.color("control"), 1))
    painter.setBrush(theme.color("surface"))
    outline = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(outline, RADIUS_CONTROL, RADIUS_CONTROL)
    painter.setPen(QPen(theme.color("line"), 1))
    for place in places[1:]:
        x = place.x() - 0.5
        painter.drawLine(QPointF(x, 1), QPointF(x, rect.height() - 1))


def _draw_words(
    painter: QPainter, rect: QRectF, text: str, font: QFont, *, tone: str = "text"
) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(tone))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
    painter.drawText(rect, flags, text)
