# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables: one model for every list of records, drawn only where it is seen.

Rows come in pages, sorted and filtered where they are stored; the table asks for more when its end
is reached. The first cell of a row is spoken as the whole row. Columns that matter least give way
when the window is narrow; what they held stays in the tooltip.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop_app.casework.words import _
from ui import icons, theme
from ui.kit.chip import ChipText, draw_chips
from ui.kit.labels import Part, draw_parts, parts_width
from ui.kit.lines import Lines
from ui.theme import REGULAR

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
ROW_HIGH, ROW_LOW, PAD = 38, 30, 10


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows."""

    text: str = ""
    tone: str = "text"
    weight: QFont.Weight = REGULAR
    icon: str = ""
    chips: tuple[ChipText, ...] = ()

    def spoken(self) -> str:
        """Return the cell in words."""
        return ", ".join(filter(None, (self.text, *(chip.text for chip in self.chips))))


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: told by `sorted_by`.
        title: its heading.
        cell: what it shows of a row.
        width: in pixels at text size 1.
        stretch: whether it takes the room left over.
        at_right: for figures.
        sortable: its heading can be pressed.
        drop: the highest number gives way first in a narrow window; 0 never does.
    """

    name: str
    title: str
    cell: Callable[[Any], Cell]
    width: int = 120
    stretch: bool = False
    at_right: bool = False
    sortable: bool = False
    drop: int = 0


class TableModel(QAbstractTableModel):
    """Rows and columns.

    Signals:
        more_wanted: the end of the rows was reached and there are more.
    """

    more_wanted = Signal()

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Any] = []
        self._more = self._asked = False

    def set_rows(self, rows: Sequence[Any], *, more: bool = False) -> None:
        """Show other rows; `more` says that there are further ones to ask for."""
        self.beginResetModel()
        self.rows, self._more, self._asked = list(rows), more, False
        self.endResetModel()

    def add_rows(self, rows: Sequence[Any], *, more: bool = False) -> None:
        """Add the next page of rows."""
        self._more, self._asked = more, False
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows are here."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Say whether there are more rows to ask for."""
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for more rows, once."""
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heading of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.at_right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return column.title if role == Qt.ItemDataRole.DisplayRole else None

    def cell(self, index: Index) -> Cell:
        """Return what a cell shows."""
        return self.columns[index.column()].cell(self.rows[index.row()])

    def spoken(self, row: int) -> str:
        """Return a whole row as one sentence."""
        cells = ((column.title, column.cell(self.rows[row]).spoken()) for column in self.columns)
        said = [f"{title} {text}".strip() for title, text in cells if text]
        return ". ".join(one.rstrip(".") for one in said) + "."

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell to draw, to read or to speak."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return self.spoken(index.row())
        if role == CELL:
            return self.cell(index)
        wordy = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        return self.cell(index).spoken() if role in wordy else None


class CellDelegate(QStyledItemDelegate):
    """Draws cells; the whole row is one thing, with one ring."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a cell takes."""
        cell = index.data(CELL)
        text = cell.spoken() if isinstance(cell, Cell) else ""
        wide = theme.metrics().horizontalAdvance(text) + 2 * PAD
        return QSize(wide, theme.px(ROW_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        cell, view = index.data(CELL), option.widget
        if not isinstance(cell, Cell) or not isinstance(view, Table):
            return
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        lit = index.row() == view.lit_row()
        if chosen or lit:
            painter.fillRect(option.rect, theme.color("select" if chosen else "window"))
        painter.setPen(theme.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if index.row() == view.currentIndex().row() and view.hasFocus():
            _draw_ring(painter, option.rect, first=view.is_first(index), last=view.is_last(index))
        rect = option.rect.adjusted(PAD, 0, -PAD, 0)
        at_right = view.source.columns[index.column()].at_right
        theme.smooth(painter)
        _draw_cell(painter, rect, cell, at_right=at_right, on_tint=chosen)
        painter.restore()


def _draw_ring(painter: QPainter, rect: QRect, *, first: bool, last: bool) -> None:
    colour = theme.color("focus")
    painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), colour)
    painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), colour)
    if first:
        painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), colour)
    if last:
        painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), colour)


def _draw_cell(
    painter: QPainter, rect: QRect, cell: Cell, *, at_right: bool, on_tint: bool
) -> None:
    left = rect.left()
    if cell.icon:
        size = theme.px(16)
        centre = QRectF(left, rect.top(), size, rect.height()).center()
        icons.draw_icon(painter, centre, cell.icon, tone=cell.tone, size=size)
        left += size + 8
    if cell.text:
        part = Part(cell.text, cell.tone, cell.weight, figures=at_right)
        if at_right:
            left = max(left, rect.right() - parts_width([part]))
        place = QRect(left, rect.top(), rect.right() + 1 - left, rect.height())
        if not cell.chips and parts_width([part]) > place.width():
            _draw_small(painter, place, part)
        else:
            left = draw_parts(painter, place, [part], role="body") + 8
    chips = QRectF(left, rect.top(), rect.right() - left, rect.height())
    draw_chips(painter, chips, cell.chips, on_tint=on_tint)


def _draw_small(painter: QPainter, place: QRect, part: Part) -> None:
    """Draw what has no room on one line on two smaller ones, rather than cut a reason short."""
    lines = Lines(part, place.width(), role="small", most=2)
    lines.draw(painter, place.left(), place.top() + (place.height() - lines.high) // 2)


class Table(QTableView):
    """A table on a page.

    Signals:
        opened: the row a person opened, by Enter or a double click.
        chosen: the row the keyboard or the mouse is on now.
        sorted_by: name of the column whose heading was pressed.
    """

    opened = Signal(object)
    chosen = Signal(object)
    sorted_by = Signal(str)

    def __init__(self, name: str, columns: Sequence[Column], *, compact: bool = False) -> None:
        super().__init__()
        self.source = TableModel(columns)
        self._compact, self._lit = compact, -1
        self.setModel(self.source)
        self.setItemDelegate(CellDelegate(self))
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Table. Up and down move, Enter opens."))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(any(column.sortable for column in columns))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.sectionClicked.connect(self._heading_pressed)
        self.doubleClicked.connect(self._open)
        self.entered.connect(self._light)
        self.selectionModel().currentRowChanged.connect(self._moved)
        theme.on_change(self._restyle)

    def set_rows(self, rows: Sequence[Any], *, more: bool = False) -> None:
        """Show other rows; the place stays the same."""
        row, place = self.currentIndex().row(), self.verticalScrollBar().value()
        self.source.set_rows(rows, more=more)
        if 0 <= row < len(rows):
            self.setCurrentIndex(self.source.index(row, 0))
        elif rows and self.hasFocus():  # the keyboard came before there was a row to stand on
            self.setCurrentIndex(self.source.index(0, 0))
        self.verticalScrollBar().setValue(place)

    def add_rows(self, rows: Sequence[Any], *, more: bool = False) -> None:
        """Add the next page of rows."""
        self.source.add_rows(rows, more=more)

    def current_row(self) -> Any:
        """Return the row the keyboard is on, or None."""
        row = self.currentIndex().row()
        return self.source.rows[row] if 0 <= row < len(self.source.rows) else None

    def lit_row(self) -> int:
        """Return the row the pointer is on, or -1."""
        return self._lit if self.viewport().underMouse() else -1

    def is_first(self, index: Index) -> bool:
        """Say whether a cell is the first shown of its row."""
        return all(self.isColumnHidden(each) for each in range(index.column()))

    def is_last(self, index: Index) -> bool:
        """Say whether a cell is the last shown of its row."""
        after = range(index.column() + 1, self.source.columnCount())
        return all(self.isColumnHidden(each) for each in after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room among the columns."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        room = self.viewport().width()
        columns = list(enumerate(self.source.columns))
        needed = sum(theme.px(column.width) for _place, column in columns)
        dropped: set[int] = set()
        for place, column in sorted(columns, key=lambda each: -each[1].drop):
            if needed <= room or not column.drop:
                break
            dropped.add(place)
            needed -= theme.px(column.width)
        shown = [place for place, _each in columns if place not in dropped]
        stretching = [place for place in shown if columns[place][1].stretch] or shown[:1]
        extra = max(0, room - needed) // max(len(stretching), 1)
        tight = min(1.0, room / max(needed, 1))  # the last resort: every column gives a little
        for place, column in columns:
            self.setColumnHidden(place, place in dropped)
            more = extra if place in stretching else 0
            self.setColumnWidth(place, int(theme.px(column.width) * tight) + more)

    def _restyle(self) -> None:
        high = theme.px(ROW_LOW if self._compact else ROW_HIGH)
        self.verticalHeader().setDefaultSectionSize(high)
        self.horizontalHeader().setFont(theme.font("small"))
        self._share_room()
        self.viewport().update()

    def _open(self, _index: QModelIndex) -> None:
        row = self.current_row()
        if row is not None:
            self.opened.emit(row)

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if 0 <= current.row() < len(self.source.rows):
            self.chosen.emit(self.source.rows[current.row()])
        self.viewport().update()

    def _light(self, index: QModelIndex) -> None:
        self._lit = index.row()
        self.viewport().update()

    def _heading_pressed(self, section: int) -> None:
        column = self.source.columns[section]
        if column.sortable:
            self.sorted_by.emit(column.name)
