# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The timeline: what happened, newest first, under a heading for each month.

One list that draws only what is seen. Each entry is spoken as one sentence; arrow keys move from
entry to entry and pass over the headings; Enter opens.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.casework.words import _
from ui import theme
from ui.kit.chip import ChipText, chips_width, draw_chips
from ui.kit.labels import Part, broken_lines, draw_disc, draw_parts, parts_width
from ui.theme import REGULAR, SEMI

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
DISC, LEFT, ABOVE, RIGHT = 28, 50, 8, 10
FIRST, MORE = 16, 40
"""Entries taken at once, at first and then each time more are wanted."""


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One thing that happened.

    Attributes:
        record: the record it shows; opened by Enter or a click.
        icon: Lucide name.
        tone: of its disc.
        title: what it was.
        chips: its states.
        when: in words, at the right.
        who: who and where, in one muted line; empty for none.
        body: what is said of it; two lines are shown.
        month: heading it stands under, such as "November 2026".
    """

    record: bytes
    icon: str
    tone: str
    title: str
    chips: tuple[ChipText, ...] = ()
    when: str = ""
    who: str = ""
    body: str = ""
    month: str = ""


class TimelineModel(QAbstractListModel):
    """Entries and month headings, in order; only as many as somebody scrolled to.

    A client may have thousands of entries, and saying one in words takes time. So the entries are
    taken from their source a screenful at a time, and the list asks for more as it nears its end.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[TimelineItem | str] = []
        self._coming: Iterator[TimelineItem] = iter(())
        self._next: TimelineItem | None = None

    def set_items(self, items: Iterable[TimelineItem]) -> None:
        """Show other entries, from a list or from whatever makes them one by one."""
        self.beginResetModel()
        self._coming = iter(items)
        self._next = next(self._coming, None)
        self.rows = self._taken("", FIRST)
        self.endResetModel()

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
        month = next((one.month for one in reversed(self.rows) if not isinstance(one, str)), "")
        taken = self._taken(month, count)
        first = len(self.rows)
        self.beginInsertRows(QModelIndex(), first, first + len(taken) - 1)
        self.rows += taken
        self.endInsertRows()

    def _taken(self, month: str, count: int) -> list[TimelineItem | str]:
        found: list[TimelineItem | str] = []
        while self._next is not None and count:
            if self._next.month and self._next.month != month:
                month = self._next.month
                found.append(month)
            found.append(self._next)
            self._next = next(self._coming, None)
            count -= 1
        return found

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


def spoken(item: TimelineItem | str) -> str:
    """Return an entry or a heading as one sentence for screen readers."""
    if isinstance(item, str):
        return _("%(month)s, heading") % {"month": item}
    states = ", ".join(chip.text for chip in item.chips)
    said = [one.rstrip(".") for one in (item.title, states, item.when, item.who, item.body) if one]
    return ". ".join(said) + "."


class TimelineDelegate(QStyledItemDelegate):
    """Draws entries and headings."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._high: dict[tuple[TimelineItem, int], int] = {}

    def forget(self) -> None:
        """Measure everything anew: other entries, or another text size."""
        self._high.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room a row takes at the width of the list."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else 600
        item = index.data(ENTRY)
        if not isinstance(item, TimelineItem):
            return QSize(width, theme.metrics("small", SEMI).height() + 14)
        if (item, width) not in self._high:
            self._high[item, width] = self._measured(item, width)
        return QSize(width, self._high[item, width])

    def _measured(self, item: TimelineItem, width: int) -> int:
        room = width - theme.px(LEFT) - RIGHT
        text = _title_high() * (2 if _chips_beneath(item, room) else 1)
        text += theme.metrics("small").height() if item.who else 0
        text += len(broken_lines(item.body, room)) * theme.metrics().lineSpacing()
        return max(text, theme.px(DISC)) + 2 * ABOVE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        item, rect = index.data(ENTRY), option.rect
        painter.save()
        theme.smooth(painter)
        if isinstance(item, TimelineItem):
            _draw_ground(painter, rect, option.state)
            _draw_spine(painter, rect, index)
            disc = QRectF(rect.x() + 8, rect.y() + ABOVE, theme.px(DISC), theme.px(DISC))
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            draw_disc(painter, disc, item.icon, tone=item.tone, on_tint=chosen)
            _draw_words(painter, rect, item, chosen=chosen)
        elif isinstance(item, str):
            _draw_heading(painter, rect, item)
        painter.restore()


def _title_high() -> int:
    return max(theme.metrics("body", SEMI).height(), theme.px(22))


def _chips_beneath(item: TimelineItem, room: int) -> bool:
    """Say whether the chips need a line of their own: a title is not cut for them."""
    title = theme.metrics("body", SEMI).horizontalAdvance(item.title)
    needed = title + 10 + chips_width(item.chips) + 12 + _when_wide(item)
    return bool(item.chips) and needed > room


def _when(item: TimelineItem) -> Part:
    return Part(item.when, "muted", figures=True)


def _when_wide(item: TimelineItem) -> int:
    return parts_width([_when(item)], "small")


def _draw_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    chosen = bool(state & QStyle.StateFlag.State_Selected)
    focus = bool(state & QStyle.StateFlag.State_HasFocus)
    lit = bool(state & QStyle.StateFlag.State_MouseOver)
    if not (chosen or focus or lit):
        return
    ring = chosen or focus
    painter.setPen(QPen(theme.color("focus"), 2) if ring else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("select" if chosen else "window"))
    inset = 1 if ring else 0
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), 8, 8)


def _draw_spine(painter: QPainter, rect: QRect, index: Index) -> None:
    """Draw the line that joins this disc with its neighbours of the same month."""
    model = index.model()
    x = rect.x() + 8 + theme.px(DISC) / 2
    middle = rect.y() + ABOVE + theme.px(DISC) / 2
    above = isinstance(model.index(index.row() - 1, 0).data(ENTRY), TimelineItem)
    below = isinstance(model.index(index.row() + 1, 0).data(ENTRY), TimelineItem)
    top = rect.top() if above else middle
    bottom = rect.bottom() + 1 if below else middle
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("line"))
    painter.drawRect(QRectF(x - 1, top, 2, bottom - top))


def _draw_words(painter: QPainter, rect: QRect, item: TimelineItem, *, chosen: bool) -> None:
    left, right = rect.x() + theme.px(LEFT), rect.right() + 1 - RIGHT
    room, high, top = right - left, _title_high(), rect.y() + ABOVE
    when = _when_wide(item)
    place = QRect(right - when, top, when + 1, high)
    draw_parts(painter, place, [_when(item)], role="small")
    place = QRect(left, top, room - when - 12, high)
    end = draw_parts(painter, place, [Part(item.title, weight=SEMI)], role="body")
    if _chips_beneath(item, room):
        top += high
        draw_chips(painter, QRectF(left, top, room, high), item.chips, on_tint=chosen)
    else:
        beside = QRectF(end + 10, top, right - when - 12 - end - 10, high)
        draw_chips(painter, beside, item.chips, on_tint=chosen)
    top += high
    if item.who:
        small = theme.metrics("small").height()
        place = QRect(left, top, room, small)
        draw_parts(painter, place, [Part(item.who, "muted")], role="small")
        top += small
    painter.setFont(theme.font("body", REGULAR))
    painter.setPen(theme.color("text"))
    spacing = theme.metrics().lineSpacing()
    for line in broken_lines(item.body, room):
        painter.drawText(QRect(left, top, room, spacing), Qt.AlignmentFlag.AlignVCenter, line)
        top += spacing


def _draw_heading(painter: QPainter, rect: QRect, text: str) -> None:
    words = theme.metrics("small", SEMI)
    place = rect.adjusted(8, 0, 0, 0)
    draw_parts(painter, place, [Part(text, "muted", SEMI)], role="small")
    left = place.left() + words.horizontalAdvance(text) + 10
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.drawLine(left, rect.center().y() + 1, rect.right() - RIGHT, rect.center().y() + 1)


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
        self._delegate.forget()
        self.items.set_items(items)
        while place > self.verticalScrollBar().maximum() and self.items.canFetchMore():
            self.items.fetchMore()
            self.doItemsLayout()
        if kept and (row := self.items.row_of(kept)) >= 0:
            self.setCurrentIndex(self.items.index(row))
        self.verticalScrollBar().setValue(place)

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
