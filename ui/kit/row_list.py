# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows of things to do: who, what, because of what, and the answers at the right.

The eye reads down one edge; reasons are optional reading. Only rows that come first are tinted.
One Tab stop: the arrow keys move from row to row, a letter answers, Enter opens. A row keeps its
place when it is answered and becomes its own receipt (`set_row`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.kit.row import Row, RowItem
from ui.kit.section_rule import SectionRule

AROUND = 32
"""Pixels that stay in sight above and below the row the keyboard comes to, at text size 1."""
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
        self.rows: dict[str, Row] = {}
        self._current = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)

    def current(self) -> str:
        """Return the key of the row the keyboard is on, or ""."""
        return self._current

    def set_sections(self, sections: Sequence[RowSection]) -> None:
        """Show other rows; the keyboard stays on its row where that is still there."""
        had_focus = any(each.hasFocus() for each in self.findChildren(QWidget))
        before, gone = self._clear(), list[Row]()
        self._column.setEnabled(False)  # or every row shown would have all of them measured again
        for section in sections:
            if section.heading:
                rule = SectionRule(section.heading, end=section.end)
                rule.setContentsMargins(10, 0, 10, 0)
                self._column.addWidget(rule)
                rule.show()  # at once, as rows are: the layout would first leave out its height
            for item in section.rows:
                stood = before.pop(item.key, None)
                gone += self._add(item, stood)
        self._column.addStretch(1)
        self._column.setEnabled(True)
        self._column.invalidate()
        self._column.activate()
        keys = list(self.rows)
        kept = self._current if self._current in self.rows else next(iter(keys), "")
        self._make_current(kept)
        if had_focus and kept:
            self.rows[kept].setFocus(Qt.FocusReason.OtherFocusReason)
        for old in (*gone, *before.values()):  # only now: the focus of what goes scrolls the page
            old.hide()
            old.deleteLater()

    def set_row(self, item: RowItem) -> None:
        """Show something else in a row, at its place."""
        self.rows[item.key].set_item(item)
        self._make_current(self._current)

    def set_extra(self, key: str, extra: QWidget) -> None:
        """Put something beneath the words of a row, such as a chain of steps."""
        self.rows[key].set_extra(extra)

    def focus_key(self) -> str:
        """Return the row the keyboard is in; empty while it is elsewhere."""
        return self._current if any(w.hasFocus() for w in self.findChildren(QWidget)) else ""

    def mark(self, key: str) -> None:
        """Have the keyboard come to a row once it comes to the list, and the row in sight."""
        if key in self.rows and key != self._current and not self.focus_key():
            self._make_current(key)
            self._see(self.rows[key])

    def go_to(self, key: str) -> None:
        """Put the keyboard on a row, and the row in sight."""
        self._make_current(key)
        self.rows[key].setFocus(Qt.FocusReason.TabFocusReason)
        self._see(self.rows[key])

    def _see(self, row: Row) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(row, 0, theme.px(AROUND))

    def _clear(self) -> dict[str, Row]:
        """Take everything out; return the rows, which may stand again."""
        before, self.rows = self.rows, {}
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None and not isinstance(old, Row):
                old.hide()
                old.deleteLater()
        return before

    def _add(self, item: RowItem, stood: Row | None) -> list[Row]:
        """Put a row at the end; return the one whose place it takes, unless it says the same."""
        row = stood
        if row is None or row.item() != item:
            row = Row(item)
            row.answered.connect(lambda code: self._answer(item.key, code))
            row.opened.connect(lambda: self.opened.emit(item.key))
            row.entered.connect(lambda: self._make_current(item.key))
        self.rows[item.key] = row
        self._column.addWidget(row)
        row.show()  # at once: what is shown only later cannot take the focus now
        return [stood] if stood is not None and stood is not row else []

    def _answer(self, key: str, code: str) -> None:
        """Pass an answer on; the keyboard stays where it was given, also by the mouse."""
        self._make_current(key)
        self.answered.emit(key, code)

    def _make_current(self, key: str) -> None:
        changed = key != self._current
        self._current = key
        for each, row in self.rows.items():
            row.set_reachable(reachable=each == key)
        if key in self.rows:
            self.setFocusProxy(self.rows[key])
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

    def event(self, event: QEvent) -> bool:
        """Pass on that heights have changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)
