# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The rail: the dark strip at the left with every page, who is signed in, and the lock.

Where the window is narrow it shows icons only; their names stay as tooltips and for screen readers.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui import icons, theme
from ui.kit.labels import Part, Words, draw_parts, label
from ui.theme import BOLD, REGULAR, SEMI
from ui.tokens import RAIL_SLIM, RAIL_WIDE, SMALLEST_TARGET

HIGH, LOW, MARK, LEFT = 36, 32, 3, 16


class RailButton(QAbstractButton):
    """One page on the rail."""

    def __init__(self, title: str, icon: str, *, shortcut: str = "", page: bool = True) -> None:
        super().__init__()
        self._icon, self._slim, self._count = icon, False, 0
        self._shortcut = shortcut
        self.setText(title)
        self.setCheckable(page)
        self.setAutoExclusive(page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_badge(0, "")
        theme.look().changed.connect(self.updateGeometry)

    def set_badge(self, count: int, words: str) -> None:
        """Show how many things wait on the page.

        Args:
            count: shown beside the title; 0 for nothing.
            words: what they are, for screen readers and the tooltip.
        """
        self._count = count
        name = f"{self.text()}, {words}" if count and words else self.text()
        self.setAccessibleName(name)
        keys = QKeySequence(self._shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{name}  ({keys})" if keys else name)
        self.update()

    def set_slim(self, *, slim: bool) -> None:
        """Show the icon only, or the title as well."""
        self._slim = slim
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a line of the rail."""
        return QSize(RAIL_SLIM, theme.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """Return the least height that can be hit."""
        return QSize(RAIL_SLIM, max(SMALLEST_TARGET, theme.metrics().height() + 6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down; press with Enter as with Space."""
        rail = self.parent()
        if isinstance(rail, Rail) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            rail.step(self, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, title and count."""
        with QPainter(self) as painter:
            on, rect = self.isChecked(), self.rect()
            lit = on or self.underMouse() or self.isDown()
            if lit:
                painter.fillRect(rect, theme.color("rail_active"))
            if on:
                mark = QRect(0, 0, MARK, rect.height())
                painter.fillRect(mark, theme.color("rail_mark"))
            theme.smooth(painter)
            if self.hasFocus():
                painter.setPen(QPen(theme.color("rail_active_text"), 2))
                painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), 4, 4)
            tone, size = "rail_active_text" if lit else "rail_text", theme.px(18)
            middle = rect.width() / 2 if self._slim else LEFT + size / 2
            centre = QPointF(middle, rect.height() / 2)
            icons.draw_icon(painter, centre, self._icon, tone=tone, size=size)
            if self._slim:
                self._paint_dot(painter, centre, size)
                return
            words = [Part(self.text(), tone, SEMI if on else REGULAR)]
            if self._count:
                words.append(Part(f"  ·  {self._count}", tone, SEMI))
            draw_parts(painter, rect.adjusted(LEFT + size + 9, 0, -8, 0), words, role="body")

    def _paint_dot(self, painter: QPainter, centre: QPointF, size: int) -> None:
        if self._count:
            painter.setPen(QPen(theme.color("rail"), 2))
            painter.setBrush(theme.color("rail_mark"))
            painter.drawEllipse(centre + QPointF(size / 2, -size / 2 + 1), 5, 5)


class Rail(QFrame):
    """The rail.

    Signals:
        chosen: name of the page a person chose.
        lock_wanted: lock now.
    """

    chosen = Signal(str)
    lock_wanted = Signal()

    def __init__(self, name: str, role: str) -> None:
        """Make an empty rail.

        Args:
            name: who is signed in.
            role: what they do.
        """
        super().__init__()
        self.setProperty("look", "rail")
        self.setAccessibleName(_("Pages"))
        self.buttons: dict[str, RailButton] = {}
        self._slim = False
        self._title = label("Tandem", "h3", tone="rail_active_text", weight=BOLD)
        self._name = label(name, tone="rail_active_text", weight=SEMI)
        self._role = label(role, "small", tone="rail_text")
        self.lock = RailButton(_("Lock now"), "lock", shortcut="Ctrl+L", page=False)
        self.lock.clicked.connect(self.lock_wanted.emit)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 8)
        self._column.setSpacing(2)
        self._title.setContentsMargins(LEFT, 0, 0, 8)
        for words in (self._name, self._role):
            words.setContentsMargins(LEFT, 0, 8, 0)
        self._column.addWidget(self._title)
        self._column.addStretch(1)
        self._column.addWidget(self._name)
        self._column.addWidget(self._role)
        self._column.addSpacing(4)
        self._column.addWidget(self.lock)
        theme.on_change(self._restyle)

    def add(self, name: str, title: str, icon: str) -> RailButton:
        """Add a page at the end; the first ten get Ctrl and a figure."""
        place = len(self.buttons) + 1
        shortcut = f"Ctrl+{place % 10}" if place <= 10 else ""
        made = RailButton(title, icon, shortcut=shortcut)
        made.clicked.connect(lambda: self.chosen.emit(name))
        self.buttons[name] = made
        self._column.insertWidget(place, made)
        return made

    def set_current(self, name: str) -> None:
        """Mark a page as the one that is open."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    @property
    def current(self) -> QWidget:
        """Return the line of the page that is open; the rail itself before any is."""
        return next((one for one in self.buttons.values() if one.isChecked()), self)

    def step(self, button: RailButton, by: int) -> None:
        """Put the keyboard on the neighbour of a button; the lock is the last one."""
        order = [*self.buttons.values(), self.lock]
        neighbour = order[(order.index(button) + by) % len(order)]
        neighbour.setFocus(Qt.FocusReason.TabFocusReason)

    def set_slim(self, *, slim: bool) -> None:
        """Show icons only, or titles as well."""
        self._slim = slim
        self._restyle()

    def _words(self) -> tuple[Words, Words, Words]:
        return (self._title, self._name, self._role)

    def _restyle(self) -> None:
        self.setFixedWidth(max(RAIL_SLIM, theme.px(40)) if self._slim else theme.px(RAIL_WIDE))
        for words in self._words():
            words.setVisible(not self._slim)
        for each in (*self.buttons.values(), self.lock):
            each.set_slim(slim=self._slim)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take less height a line where there is little."""
        super().resizeEvent(event)
        low = self.height() < theme.px(640)
        self._column.setContentsMargins(0, 10 if low else 12, 0, 6 if low else 8)
        for each in (*self.buttons.values(), self.lock):
            each.setMaximumHeight(theme.px(LOW if low else HIGH))
