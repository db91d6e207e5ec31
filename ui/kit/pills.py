# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pills: several choices at once, and filters of which one is on.

A pill that is on has a tick, a ring and bold words. Pills flow into as many lines as they need.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons, theme
from ui.kit.flow import FlowLayout
from ui.theme import REGULAR, SEMI

_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}

_WORDS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic


class Pill(QAbstractButton):
    """One round choice."""

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        ticked: str = "check",
        quiet: bool = False,
    ) -> None:
        """Make a pill.

        Args:
            text: the choice.
            icon: shown while it is off.
            ticked: shown while it is on; "" for none.
            quiet: smaller and softer: a filter.
        """
        super().__init__()
        self._icon, self._ticked = icon, ticked
        self._role, self._high = ("small", 26) if quiet else ("body", 30)
        self._edge = "line" if quiet else "control"
        self.setText(text)
        self.setAccessibleName(text.replace("&", ""))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._restyle)
        theme.look().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _shown_icon(self) -> str:
        return self._ticked if self.isChecked() else self._icon

    def sizeHint(self) -> QSize:
        """Return room for the bold words, and for a tick where there is one."""
        words = theme.metrics(self._role, SEMI)
        wide = words.horizontalAdvance(self.text().replace("&", "")) + 2 * theme.px(12)
        if self._shown_icon():
            wide += theme.px(14) + theme.px(6)
        return QSize(wide, max(theme.px(self._high), words.height() + 8))

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow keys to the row of pills."""
        if Qt.Key(event.key()) in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            on, focus = self.isChecked(), self.hasFocus()
            wide = 2.0 if focus else 1.0
            edge = "focus" if focus else "link" if on else self._edge
            lit = self.isDown() or self.underMouse()
            painter.setPen(QPen(theme.color(edge), wide))
            painter.setBrush(theme.color("accent_soft" if on else "sunken" if lit else "surface"))
            rect = QRectF(self.rect())
            shape = rect.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
            painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
            left = theme.px(12)
            if self._shown_icon():
                size = theme.px(14)
                tone = "link" if on else "muted"
                at = QPointF(left + size / 2 - 1, rect.center().y())
                icons.draw_icon(painter, at, self._shown_icon(), tone=tone, size=size)
                left += size + theme.px(6) - 1
            painter.setFont(theme.font(self._role, SEMI if on else REGULAR))
            painter.setPen(theme.color("text" if on or self._edge == "control" else "muted"))
            place = QRectF(left, 0, rect.width() - left, rect.height())
            painter.drawText(place, _WORDS, self.text())


class Pills(QWidget):
    """Several choices at once.

    Signals:
        changed: a person switched a pill; ask `values()`.
    """

    changed = Signal()

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, *, values: Iterable[str] = ()
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = FlowLayout(self)
        self.pills: dict[str, Pill] = {}
        for code, text in choices:
            self.add(code, text)
        self.set_values(values)

    def add(self, code: str, text: str) -> None:
        """Offer one more at the end."""
        pill = Pill(text)
        pill.setAccessibleDescription(self.accessibleName())
        pill.clicked.connect(self.changed)
        self.pills[code] = pill
        self._flow.addWidget(pill)
        self.setFocusProxy(next(iter(self.pills.values())))

    def values(self) -> list[str]:
        """Return the codes that are on, in their order on the page."""
        return [code for code, pill in self.pills.items() if pill.isChecked()]

    def set_values(self, codes: Iterable[str]) -> None:
        """Switch pills on and off; nobody is told."""
        wanted = set(codes)
        for code, pill in self.pills.items():
            pill.setChecked(code in wanted)


class FilterPills(QWidget):
    """A row of filters of which exactly one is on: one Tab stop, the arrow keys choose.

    Signals:
        chosen: the code of the filter a person chose.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str, *, value: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        flow = FlowLayout(self)
        self.pills: dict[str, Pill] = {}
        for code, text in choices:
            pill = Pill(text, ticked="", quiet=True)
            pill.setAccessibleDescription(name)
            pill.setAutoExclusive(True)
            pill.clicked.connect(lambda _on=False, code=code: self._choose(code))
            self.pills[code] = pill
            flow.addWidget(pill)
        self._value = ""
        self.set_value(value if value in self.pills else next(iter(self.pills)))

    def value(self) -> str:
        """Return the code of the filter that is on."""
        return self._value

    def set_value(self, code: str) -> None:
        """Switch a filter on; nobody is told."""
        self._value = code
        for each, pill in self.pills.items():
            pill.setChecked(each == code)
            tab = each == code
            pill.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.pills[code])

    def set_text(self, code: str, text: str) -> None:
        """Name a filter anew, as when its count changed."""
        self.pills[code].setText(text)
        self.pills[code].setAccessibleName(text)
        self.pills[code].updateGeometry()

    def _choose(self, code: str) -> None:
        self.set_value(code)
        self.chosen.emit(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the neighbour and choose it."""
        step = _ARROWS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        codes = list(self.pills)
        code = codes[(codes.index(self._value) + step) % len(codes)]
        self._choose(code)
        self.pills[code].setFocus(Qt.FocusReason.TabFocusReason)
