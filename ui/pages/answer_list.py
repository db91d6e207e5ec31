# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A list of rows to answer: in sections, one Tab stop for all of them; the arrow keys move.

Rows are kept from one look to the next where nothing about them changed, so that what somebody
is reading or about to press does not move away under them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.kit.card import across, scrolling
from ui.kit.section_rule import SectionRule
from ui.pages.answer_row import AnswerRow, Row

NARROW = 700
"""Below this width (at text size 1) pairs stand one under another."""
_BACK, _ON = Qt.Key.Key_Up, Qt.Key.Key_Down


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its rows.

    Attributes:
        code: which section it is.
        title: its heading.
        rows: in order.
        end: a word at the end of the heading's line.
        pairs: rows stand two by two where there is room.
    """

    code: str
    title: str
    rows: tuple[Row, ...]
    end: str = ""
    pairs: bool = False


class AnswerList(QWidget):
    """Holds the rows.

    Signals:
        acted: an `Acted` of one of its rows.
    """

    acted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, AnswerRow] = {}
        self._heads: dict[str, SectionRule] = {}
        self._sections: tuple[Section, ...] = ()
        self._current = ""
        self._narrow = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(2)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Show other rows; the focus stays with its row, or goes to the one in its place."""
        if tuple(sections) == self._sections:
            return
        self._sections = tuple(sections)
        before, focused = list(self.rows), self.focused()
        wanted = {row.key: row for section in sections for row in section.rows}
        kept = {key: old for key, old in self.rows.items() if wanted.get(key) == old.row}
        gone = [old for key, old in self.rows.items() if key not in kept]
        self.rows = {key: kept.get(key) or self._row(row) for key, row in wanted.items()}
        self._lay_out()
        for old in gone:
            old.hide()
            old.deleteLater()
        self._settle(before, focused=focused)

    def focused(self) -> bool:
        """Say whether the focus is in the list."""
        focus = self.focusWidget() if self.window().isActiveWindow() else None
        return any(row.hasFocus() or (focus and row.isAncestorOf(focus)) for row in self._shown())

    def _shown(self) -> list[AnswerRow]:
        return list(self.rows.values())

    @property
    def current(self) -> str:
        """Return the key of the row one is at."""
        return self._current

    def go_to(self, key: str) -> None:
        """Put the focus on a row and bring it into view."""
        row = self.rows.get(key)
        if row is not None:
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self._reveal(row)

    def go_to_section(self, code: str) -> None:
        """Put the focus on the first row of a section, and its heading into view."""
        for section in self._sections:
            if section.code == code and section.rows:
                self.go_to(section.rows[-1].key)
                self.go_to(section.rows[0].key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand pairs one under another where there is no room beside."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            QTimer.singleShot(0, self, self._lay_out)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from row to row."""
        keys = list(self.rows)
        if event.key() not in (_BACK, _ON, Qt.Key.Key_Home, Qt.Key.Key_End) or not keys:
            super().keyPressEvent(event)
            return
        at = keys.index(self._current) if self._current in self.rows else 0
        match event.key():
            case Qt.Key.Key_Up:
                at = max(at - 1, 0)
            case Qt.Key.Key_Down:
                at = min(at + 1, len(keys) - 1)
            case Qt.Key.Key_Home:
                at = 0
            case _:
                at = len(keys) - 1
        self.go_to(keys[at])

    def _row(self, row: Row) -> AnswerRow:
        made = AnswerRow(row)
        made.acted.connect(self.acted)
        made.current.connect(lambda: self._now_at(row.key))
        return made

    def _now_at(self, key: str) -> None:
        if key == self._current:
            return
        self._current = key
        for each, row in self.rows.items():
            row.set_current(current=each == key)

    def _settle(self, before: Sequence[str], *, focused: bool) -> None:
        """Keep one row current; after its own has gone, the one that took its place."""
        keys = list(self.rows)
        if self._current not in self.rows and keys:
            place = before.index(self._current) if self._current in before else 0
            self._current = keys[min(place, len(keys) - 1)]
        for key, row in self.rows.items():
            row.set_current(current=key == self._current)
        if focused and self._current in self.rows:
            self.rows[self._current].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        _empty(self._column)
        heads: dict[str, SectionRule] = {}
        for section in self._sections:
            head = self._head(section)
            heads[section.code] = head
            self._column.addWidget(head)
            rows = [self.rows[row.key] for row in section.rows]
            if section.pairs and not self._narrow:
                for at in range(0, len(rows), 2):
                    self._column.addLayout(_pair(rows[at : at + 2]))
            else:
                for row in rows:
                    self._column.addWidget(row)
        for code, old in self._heads.items():
            if code not in heads or heads[code] is not old:
                old.deleteLater()
        self._heads = heads
        self._column.addStretch(1)

    def _head(self, section: Section) -> SectionRule:
        head = SectionRule(section.title, end=section.end)
        head.layout().setContentsMargins(10, 4, 10, 1)  # type: ignore[union-attr]
        return head

    def _reveal(self, row: AnswerRow) -> None:
        area = self.parent()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        if isinstance(area, QScrollArea):
            QTimer.singleShot(0, row, lambda: area.ensureWidgetVisible(row, 0, 28))


def _pair(rows: Sequence[AnswerRow]) -> QLayout:
    line = across(gap=8)
    for row in rows:
        line.addWidget(row, 1)
    if len(rows) == 1:
        line.addStretch(1)
    return line


def _empty(layout: QLayout) -> None:
    """Take everything out of a layout; the widgets live on."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if inner is not None:
            _empty(inner)
            inner.deleteLater()


def in_a_frame(rows: AnswerList) -> QScrollArea:
    """Return the list in the frame that scrolls it."""
    return scrolling(rows)
