# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The week at the right of Today: each day with its times, names and one word.

The bar before a line repeats in colour what its words say. One Tab stop; the arrows move.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import button
from ui.kit.card import Card, across, down, scrolling
from ui.kit.labels import Part, Rule, draw_parts, label
from ui.theme import BOLD, SEMI
from ui.tokens import RADIUS_TINT

WIDE, SLIM = 250, 216
WRAPPED = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignVCenter.value


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """One line of a day.

    Attributes:
        key: which row, or which record, it is.
        time: "15:00", or empty for the whole day.
        text: "CROFT, joint visit".
        tone: of the bar.
    """

    key: str
    time: str
    text: str
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day: its name, whether it is today, and what is on."""

    name: str
    entries: tuple[WeekEntry, ...] = ()
    today: bool = False


class WeekLine(QAbstractButton):
    """One line, to press for the client it is about."""

    def __init__(self, entry: WeekEntry, day: str, *, widest: str = "00:00") -> None:
        super().__init__()
        self.entry, self._widest = entry, widest
        self.setText(entry.text)
        self.setAccessibleName(f"{day} {entry.time or _('all day')}, {entry.text}")
        self.setToolTip(f"{entry.time} {entry.text}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.on_change(self._restyle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take a second line where the words need one: a cut word says nothing."""
        super().resizeEvent(event)
        self._fit()

    def _restyle(self) -> None:
        self._fit()
        self.update()

    def _fit(self) -> None:
        metrics = theme.metrics("small")
        room = QRect(0, 0, max(self.width() - self._left() - 4, 1), 10_000)
        high = metrics.boundingRect(room, WRAPPED, self.entry.text).height()
        self.setFixedHeight(max(high + 4, 20))

    def _left(self) -> int:
        """Return where the words begin."""
        return 13 + theme.metrics("small").horizontalAdvance(self._widest) + 8

    def sizeHint(self) -> QSize:
        """Return the height of a line; its width is the card's."""
        return QSize(140, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bar, time and words."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            rect = QRectF(self.rect())
            if self.hasFocus() or self.underMouse():
                edge = QPen(theme.color("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen
                painter.setPen(edge)
                painter.setBrush(theme.color("select" if self.hasFocus() else "sunken"))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(self.entry.tone))
            bar = QRectF(4, 0, 3, self.height() - 7)
            bar.moveCenter(QRectF(4, 0, 3, self.height()).center())
            painter.drawRoundedRect(bar, 1, 1)
            first, left = theme.metrics("small").lineSpacing() + 4, self._left()
            when = QRect(13, 0, left - 13, max(first, 20))
            draw_parts(painter, when, [Part(self.entry.time or _("day"), "muted")], role="small")
            words = QRect(left, 0, self.width() - left - 4, self.height())
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text"))
            painter.drawText(words, WRAPPED, self.entry.text)


class WeekCard(Card):
    """The card.

    Signals:
        opened: the key of a line a person pressed.
        all_opened: a person wants the whole calendar.
    """

    opened = Signal(str)
    all_opened = Signal()

    def __init__(self) -> None:
        corner = button(_("Open"), "quiet", small=True, name=_("Open appointments"))
        super().__init__(_("This week"), corner=corner, gap=0)
        corner.clicked.connect(self.all_opened.emit)
        self.lines: list[WeekLine] = []
        self._days: tuple[WeekDay, ...] = ()
        self._next: tuple[WeekEntry, ...] = ()
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area = scrolling(self._inner)
        self.add(self._area, 1)
        self.layout().setContentsMargins(12, 8, 12, 8)  # type: ignore[union-attr]

    def set_week(self, days: Sequence[WeekDay], later: Sequence[WeekEntry]) -> None:
        """Show other days.

        Args:
            days: today and what is left of the week.
            later: the first things of next week; their `time` is the day.
        """
        if (tuple(days), tuple(later)) == (self._days, self._next):
            return
        self._days, self._next = tuple(days), tuple(later)
        self.lines.clear()
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for number, day in enumerate(days):
            if number and not day.today and not days[number - 1].today:
                self._column.addWidget(Rule())
            self._column.addWidget(self._day(day))
        if later:
            self._column.addWidget(self._later(later))
        self._column.addStretch(1)
        self._rove(self.lines[0] if self.lines else None)

    def set_whole(self, *, whole: bool) -> None:
        """Be as high as its lines, where something else scrolls; or scroll by itself."""
        self._inner.adjustSize()
        high = self._inner.sizeHint().height() + 4 if whole else 0
        self._area.setMinimumHeight(high)

    def _day(self, day: WeekDay) -> QFrame:
        frame = _DayFrame(today=day.today)
        tone = "text" if day.entries or day.today else "muted"
        name = label(day.name, "small", tone=tone, weight=BOLD if day.today else SEMI)
        word = _("today") if day.today else "" if day.entries else _("Nothing yet")
        end = label(word, "small", tone="link" if day.today else "muted")
        lines = [self._line(entry, day.name) for entry in day.entries]
        frame.setLayout(down(across(name, None, end), *lines, gap=0, margins=(8, 4, 6, 4)))
        return frame

    def _later(self, later: Sequence[WeekEntry]) -> QWidget:
        frame = QFrame()
        head = label(_("Next week"), "small", tone="muted", weight=SEMI)
        widest = max((one.time for one in later), key=len)
        lines = [self._line(entry, _("Next week"), widest=widest) for entry in later]
        frame.setLayout(down(head, *lines, gap=0, margins=(8, 8, 6, 4)))
        return frame

    def _line(self, entry: WeekEntry, day: str, *, widest: str = "00:00") -> WeekLine:
        line = WeekLine(entry, day, widest=widest)
        line.clicked.connect(lambda: self.opened.emit(entry.key))
        self.lines.append(line)
        return line

    def _rove(self, stop: WeekLine | None) -> None:
        for line in self.lines:
            tab = line is stop
            line.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from line to line."""
        steps = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}
        step = steps.get(event.key(), 0)
        at = next((n for n, line in enumerate(self.lines) if line.hasFocus()), None)
        if not step or at is None:
            super().keyPressEvent(event)
            return
        to = self.lines[min(max(at + step, 0), len(self.lines) - 1)]
        self._rove(to)
        to.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(to, 0, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines as wide as the card."""
        super().resizeEvent(event)
        self._inner.setMaximumWidth(self._area.viewport().width())


class _DayFrame(QFrame):
    """One day; today stands on a tint."""

    def __init__(self, *, today: bool) -> None:
        super().__init__()
        self._today = today

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint."""
        if not self._today:
            return
        with QPainter(self) as painter:
            theme.smooth(painter)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS_TINT, RADIUS_TINT)
