# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The timeline: what happened, newest first, under a heading for each month.

One list that draws only what is seen. Each entry is spoken as one sentence; arrow keys move from
entry to entry and pass over the headings; Enter opens.
"""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.kit.timeline_entry import (
    Laid,
    TimelineItem,
    draw_entry,
    draw_heading,
    heading_high,
    lay,
    spoken,
)

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
LEAST, OVER, MORE = 400, 1.5, 40
"""Height a list is filled to at least, for its page may not be laid out yet; how many times its
height it is filled; how many entries are taken when more are wanted."""


class TimelineModel(QAbstractListModel):
    """Entries and month headings, in order; only as many as somebody scrolled to.

    A client may have thousands of entries, and saying one in words takes time. So as many entries
    are taken from their source as can be seen, and the list asks for more as it nears its end.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[TimelineItem | str] = []
        self._coming: Iterator[TimelineItem] = iter(())
        self._next: TimelineItem | None = None

    def set_items(
        self, items: Iterable[TimelineItem], *, high: Callable[[TimelineItem | str], int], room: int
    ) -> int:
        """Show other entries, from a list or from whatever makes them one by one.

        Args:
            items: the entries.
            high: how high a row is.
            room: how high the rows have to be together before no more are taken.

        Returns:
            How high they are together.
        """
        self.beginResetModel()
        self._coming = iter(items)
        self._next = next(self._coming, None)
        self.rows, height = [], 0
        while self._next is not None and height < room:
            taken = self._taken(1)
            self.rows += taken
            height += sum(map(high, taken))
        self.endResetModel()
        return height

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        """Say whether there are entries that have not been taken yet."""
        return not parent.isValid() and self._next is not None

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008
        """Take some more entries from their source."""
        if self.canFetchMore(parent):
            self._append(MORE)

    def fetch_all(self) -> None:
        """Take all that is left."""
        while self._next is not None:
            self._append(MORE)

    def row_of(self, record: bytes) -> int:
        """Return the row of a record, or -1; takes as many entries as it needs to."""
        seen = 0
        while True:
            for row in range(seen, len(self.rows)):
                item = self.rows[row]
                if isinstance(item, TimelineItem) and item.record == record:
                    return row
            seen = len(self.rows)
            if self._next is None:
                return -1
            self._append(MORE)

    def _append(self, count: int) -> None:
        taken = self._taken(count)
        first = len(self.rows)
        self.beginInsertRows(QModelIndex(), first, first + len(taken) - 1)
        self.rows += taken
        self.endInsertRows()

    def _taken(self, count: int) -> list[TimelineItem | str]:
        last = self.rows[-1] if self.rows else None
        month = last.month if isinstance(last, TimelineItem) else ""
        found: list[TimelineItem | str] = []
        while self._next is not None and count:
            if self._next.month and self._next.month != month:
                month = self._next.month
                found.append(month)
            found.append(self._next)
            self._next = next(self._coming, None)
            count -= 1
        return found

    def is_entry(self, row: int) -> bool:
        """Say whether there is an entry in a row, no heading."""
        return 0 <= row < len(self.rows) and isinstance(self.rows[row], TimelineItem)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row as an entry, as its title or as one spoken sentence."""
        item = self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None
        if item is None or role == ENTRY:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return item if isinstance(item, str) else item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(item)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let entries be chosen, and headings not."""
        if isinstance(self.data(index, ENTRY), TimelineItem):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class TimelineDelegate(QStyledItemDelegate):
    """Draws entries and headings."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._laid: dict[TimelineItem, Laid] = {}
        self._width = 0

    def forget(self) -> None:
        """Measure everything anew: other entries, or another text size."""
        self._laid.clear()

    def high(self, row: TimelineItem | str, width: int) -> int:
        """Return the height a row takes at a width of the list."""
        return heading_high() if isinstance(row, str) else self._of(row, width).high

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a row takes at the width of the list."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else 600
        return QSize(width, self.high(index.data(ENTRY) or "", width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        item, model = index.data(ENTRY), index.model()
        painter.save()
        theme.smooth(painter)
        if isinstance(item, TimelineItem) and isinstance(model, TimelineModel):
            laid, row = self._of(item, option.rect.width()), index.row()
            above, below = model.is_entry(row - 1), model.is_entry(row + 1)
            draw_entry(painter, option, item, laid, above=above, below=below)
        elif isinstance(item, str):
            draw_heading(painter, option.rect, item)
        painter.restore()

    def _of(self, item: TimelineItem, width: int) -> Laid:
        if width != self._width:
            self.forget()
            self._width = width
        if item not in self._laid:
            self._laid[item] = lay(item, width)
        return self._laid[item]


class Timeline(QListView):
    """The timeline on a page.

    Signals:
        opened: the record id of the entry a person opened.
    """

    opened = Signal(bytes)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = TimelineModel()
        self.setModel(self.items)
        self._delegate = TimelineDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.activated.connect(self._open)
        theme.look().changed.connect(self._restyle)

    def set_items(self, items: Iterable[TimelineItem]) -> None:
        """Show other entries; the chosen record stays chosen, the place stays the same."""
        kept, place = self.chosen(), self.verticalScrollBar().value()
        width = self.viewport().width()
        self._delegate.forget()
        self.items.set_items(
            items,
            high=lambda row: self._delegate.high(row, width),
            room=round(max(self.viewport().height(), LEAST) * OVER),
        )
        while place > self.verticalScrollBar().maximum() and self.items.canFetchMore():
            self.items.fetchMore()
            self.doItemsLayout()
        if kept and (row := self.items.row_of(kept)) >= 0:
            self.setCurrentIndex(self.items.index(row))
        self.verticalScrollBar().setValue(place)

    def lay_out(self) -> None:
        """Lay the entries out now, where that is still to come."""
        self.executeDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the entries at their new width; Qt itself thinks that only heights matter."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def chosen(self) -> bytes:
        """Return the record of the chosen entry, or b""."""
        item = self.currentIndex().data(ENTRY)
        return item.record if isinstance(item, TimelineItem) else b""

    def choose(self, record: bytes) -> None:
        """Choose the entry of a record and bring it into view."""
        row = self.items.row_of(record)
        if row >= 0:
            self.setCurrentIndex(self.items.index(row))
            self.scrollTo(self.items.index(row))

    def _open(self, index: QModelIndex) -> None:
        item = index.data(ENTRY)
        if isinstance(item, TimelineItem):
            self.opened.emit(item.record)

    def _restyle(self) -> None:
        self._delegate.forget()
        self.doItemsLayout()
        self.viewport().update()
