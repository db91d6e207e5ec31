# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows of things to do: who, what, because of what, and the answers at the right.

The eye reads down one edge; reasons are optional reading. Only rows that come first are tinted.
One Tab stop: the arrow keys move from row to row, a letter answers, Enter opens. A row keeps its
place when it is answered and becomes its own receipt (`set_row`). Of a list that stood empty only
as many rows are made at first as can be seen, their answers drawn; the rest, and the buttons of all
answers, once those are painted, or when asked for.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.kit.row import Row, RowItem, holds_focus
from ui.kit.row_drawing import HIGH
from ui.kit.section_rule import SectionRule
from ui.tokens import FRAME_MS

AROUND = 32
"""Pixels that stay in sight above and below the row the keyboard comes to, at text size 1."""
GAP = 3
"""Pixels between rows."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class RowSection:
    """A heading and its rows."""

    heading: str
    rows: tuple[RowItem, ...]
    end: str = ""


class RowList(QWidget):
    """Sections of rows.

    Signals:
        answered: (key of the row, code of the answer) a person gave.
        opened: key of the row a person opened.
        current_changed: key of the row the keyboard is on.
    """

    answered = Signal(str, str)
    opened = Signal(str)
    current_changed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._rows: dict[str, Row] = {}
        self._later: list[RowSection | RowItem] = []
        self._drawn: list[Row] = []
        self._extras: Mapping[str, Callable[[], QWidget]] = {}
        self._current = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        _Seen(self)

    @property
    def rows(self) -> dict[str, Row]:
        """Return every row by its key, in order."""
        self._finish()
        return self._rows

    @property
    def is_empty(self) -> bool:
        """Say whether there are no rows."""
        return not self._rows

    def current(self) -> str:
        """Return the key of the row the keyboard is on, or ""."""
        return self._current

    def set_sections(
        self,
        sections: Sequence[RowSection],
        extras: Mapping[str, Callable[[], QWidget]] | None = None,
    ) -> None:
        """Show other rows; the keyboard stays on its row where that is still there.

        Args:
            sections: the rows under their headings.
            extras: makes what stands beneath the words of a row, by its key.
        """
        had_focus = holds_focus(self)
        before, room = self._clear(), self._room()
        self._extras = extras or {}
        to_make = [one for section in sections for one in _lines(section)]
        first = len(to_make) if before else _first(to_make, room, self._extras)
        to_make, self._later = to_make[:first], to_make[first:]
        if any(isinstance(one, RowItem) and one.key == self._current for one in self._later):
            to_make, self._later = [*to_make, *self._later], []
        gone = self._make(to_make, before)
        keys = list(self._rows)
        kept = self._current if self._current in self._rows else next(iter(keys), "")
        self._make_current(kept)
        if had_focus and kept:
            self._rows[kept].setFocus(Qt.FocusReason.OtherFocusReason)
        for old in (*gone, *before.values()):  # only now: the focus of what goes scrolls the page
            old.hide()
            old.deleteLater()
        if room <= 0:
            self._finish()

    def set_row(self, item: RowItem) -> None:
        """Show something else in a row, at its place."""
        self.rows[item.key].set_item(item)
        self._make_current(self._current)

    def set_extra(self, key: str, extra: QWidget) -> None:
        """Put something beneath the words of a row, such as a chain of steps."""
        self.rows[key].set_extra(extra)

    def focus_key(self) -> str:
        """Return the row the keyboard is in; empty while it is elsewhere."""
        return self._current if holds_focus(self) else ""

    def mark(self, key: str) -> None:
        """Have the keyboard come to a row once it comes to the list, and the row in sight."""
        if key in self.rows and key != self._current and not self.focus_key():
            self._make_current(key)
            _see(self.rows[key])

    def go_to(self, key: str) -> None:
        """Put the keyboard on a row, and the row in sight."""
        self._make_current(key)
        self.rows[key].setFocus(Qt.FocusReason.TabFocusReason)
        _see(self.rows[key])

    def _clear(self) -> dict[str, Row]:
        """Take everything out; return the rows, which may stand again."""
        before, self._rows, self._later, self._drawn = self._rows, {}, [], []
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None and not isinstance(old, Row):
                old.hide()
                old.deleteLater()
        return before

    def _room(self) -> int:
        """Return how high what is seen of the list is, in pixels; 0 where nobody knows."""
        area = _area(self)
        return area.viewport().height() if area is not None and area.isVisible() else 0

    def _make(self, lines: Sequence[RowSection | RowItem], before: dict[str, Row]) -> list[Row]:
        """Put lines at the end; return the rows whose places others take."""
        gone = list[Row]()
        self._column.setEnabled(False)  # or every row shown would have all of them measured again
        for line in lines:
            if isinstance(line, RowItem):
                gone += self._add(line, before.pop(line.key, None))
                continue
            rule = SectionRule(line.heading, end=line.end)
            rule.setContentsMargins(10, 0, 10, 0)
            self._column.addWidget(rule)
            rule.show()  # at once, as rows are: the layout would first leave out its height
        self._column.addStretch(1)
        self._column.setEnabled(True)
        self._column.invalidate()
        self._column.activate()
        return gone

    def _finish(self) -> None:
        """Make what nobody has seen yet, and what is pressed; nothing that is seen moves."""
        if self._later:
            later, self._later = self._later, []
            self._column.takeAt(self._column.count() - 1)  # what stretches comes last again
            self._make(later, {})
        drawn, self._drawn = self._drawn, []
        for row in drawn:
            row.finish()

    def _add(self, item: RowItem, stood: Row | None) -> list[Row]:
        """Put a row at the end; return the one whose place it takes, unless it says the same."""
        row = stood
        if row is None or row.item() != item:
            row = Row(item, self)
            row.answered.connect(lambda code: self._answer(item.key, code))
            row.opened.connect(lambda: self.opened.emit(item.key))
            row.entered.connect(lambda: self._make_current(item.key))
            row.set_reachable(reachable=item.key == self._current)
        if item.key in self._extras:
            row.set_extra(self._extras[item.key]())
        self._rows[item.key] = row
        self._drawn.append(row)
        self._column.addWidget(row)
        row.show()  # at once: what is shown only later cannot take the focus now
        return [stood] if stood is not None and stood is not row else []

    def _answer(self, key: str, code: str) -> None:
        """Pass an answer on; the keyboard stays where it was given, also by the mouse."""
        self._make_current(key)
        self.answered.emit(key, code)

    def _make_current(self, key: str) -> None:
        changed, self._current = key != self._current, key
        for each, row in self._rows.items():
            row.set_reachable(reachable=each == key)
        # Never one that has gone: Qt would give the keyboard to whatever comes to lie in its place.
        self.setFocusProxy(self._rows.get(key))  # type: ignore[arg-type]
        if changed:
            self.current_changed.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from row to row."""
        step = _STEPS.get(Qt.Key(event.key()))
        keys = list(self.rows)
        if step is None or self._current not in keys:
            super().keyPressEvent(event)
            return
        place = keys.index(self._current) + step
        if 0 <= place < len(keys):
            self.go_to(keys[place])

    def minimumSizeHint(self) -> QSize:
        """Return the narrowest width; how high follows from the width there is.

        Left to itself Qt would keep the height of rows whose answers stand beneath their words,
        and the page would scroll past its end.
        """
        return QSize(super().minimumSizeHint().width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Make the rest, now that the first rows can be seen."""
        super().paintEvent(event)
        if self._later or self._drawn:
            QTimer.singleShot(FRAME_MS, self, self._finish)


class _Seen(QObject):
    """Keeps the row that has the keyboard in sight where there is less room than before."""

    def __init__(self, rows: RowList) -> None:
        super().__init__(rows)
        self._rows = rows
        rows.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch what the list scrolls in, once it is shown there."""
        area = _area(self._rows) if event.type() == QEvent.Type.Show else None
        if area is not None:
            area.installEventFilter(self)  # once only, however often: Qt sees to that
        if event.type() == QEvent.Type.Resize and watched is not self._rows:
            QTimer.singleShot(0, self, self._again)  # once the rows are laid out anew
        return super().eventFilter(watched, event)

    def _again(self) -> None:
        row = self._rows.rows.get(self._rows.focus_key())
        if row is not None and not QApplication.mouseButtons():
            _see(row)


def _area(inside: QWidget) -> QScrollArea | None:
    """Return what a list, or a row of it, scrolls in."""
    area = inside.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    return area


def _see(row: Row) -> None:
    """Bring a row into sight."""
    area = _area(row)
    if area is not None:
        area.ensureWidgetVisible(row, 0, theme.px(AROUND))


def _lines(section: RowSection) -> list[RowSection | RowItem]:
    """Return the heading, where there is one, and the rows."""
    return [*([section] if section.heading else []), *section.rows]


def _first(lines: Sequence[RowSection | RowItem], room: int, extras: Collection[str] = ()) -> int:
    """Return how many lines are made at first: more than can be seen, so that it scrolls at once.

    Args:
        lines: headings and rows.
        room: how high what is seen is, in pixels; 0 for all of them.
        extras: keys of rows that have something beneath their words: more than half as high again.
    """
    if room <= 0:
        return len(lines)
    high = 0
    for number, line in enumerate(lines):
        if high > room:
            return number
        if isinstance(line, RowItem):
            high += theme.px(HIGH) * (3 if line.key in extras else 2) // 2 + GAP
    return len(lines)
