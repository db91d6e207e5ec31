# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The search: clients found while one types, in a list that drops from the field.

The cursor stays in the field: arrows choose in the list, Enter opens, Esc puts it away. Each hit
says why it was found where that is not plain: "sounds like", "known as", "born".
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.calendar_words import say_born
from desktop_app.casework.names import full_name
from desktop_app.casework.records import RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _, ngettext
from storage import reads
from storage.reads import Hit
from ui import theme
from ui.kit.buttons import button
from ui.kit.card import across
from ui.kit.chip import ChipText, chip_size, draw_chip
from ui.kit.labels import Part, draw_parts, label
from ui.kit.notice import announce
from ui.places import Place
from ui.session import Session
from ui.theme import SEMI

Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole
EDGE = 6
MOST = 12
"""Hits shown; more are on the Clients page."""
PAUSE_MS = 60
"""How long typing rests before the store is asked: less than anybody notices."""


@dataclass(frozen=True, slots=True)
class Found:
    """One client as the list shows them."""

    client: RecordId
    name: str
    facts: str
    why: str = ""


def found(hit: Hit, session: Session) -> Found:
    """Return a hit in words."""
    answers = hit.client.answers
    known = hit.client.text("known_as")
    facts = [
        _("known as %(name)s") % {"name": known} if known else "",
        _("born %(date)s") % {"date": say_born(hit.client.text("born"), session.today())},
        reference(hit.client.id),
    ]
    return Found(
        hit.client.id, full_name(answers), "  ·  ".join(one for one in facts if one), hit.why
    )


def shown_of(words: str, hits: Sequence[Hit], *, how: str = "search") -> Sight:
    """Return what a search shows, for the audit."""
    return sight(how, clients=[one.client.id for one in hits], words=words)


class FoundList(QAbstractListModel):
    """The hits."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Found] = []

    def set_rows(self, rows: Sequence[Found]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a hit, its name or one spoken sentence."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == HIT:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(one for one in (row.name, row.why, row.facts) if one)
        return None


class FoundDelegate(QStyledItemDelegate):
    """Draws a hit: name and why it was found, facts beneath."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the room of two lines."""
        high = theme.metrics("body", SEMI).height() + theme.metrics("small").height() + 12
        return QSize(200, max(high, theme.px(44)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row = index.data(HIT)
        rect: QRect = option.rect
        state = option.state
        painter.save()
        theme.smooth(painter)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(theme.color("focus"), 2) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("select" if chosen else "sunken"))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 6, 6)
        name, small = theme.metrics("body", SEMI), theme.metrics("small")
        top = rect.y() + (rect.height() - name.height() - small.height() - 1) // 2
        left, wide = rect.x() + 12, rect.width() - 24
        end = draw_parts(
            painter,
            QRect(left, top, wide, name.height()),
            [Part(row.name, weight=SEMI)],
            role="body",
        )
        if row.why:
            size = chip_size(row.why)
            place = QRectF(end + 10, top + (name.height() - 20) / 2, size.width(), 20)
            if place.right() <= rect.right() - 8:
                draw_chip(painter, place, ChipText(row.why), on_tint=chosen)
        beneath = QRect(left, top + name.height() + 1, wide, small.height())
        draw_parts(painter, beneath, [Part(row.facts, "muted")], role="small")
        painter.restore()


class Search(QObject):
    """The search field at work: its list is made when it is first needed.

    Signals:
        go: a `Place` to go to.
    """

    go = Signal(object)

    def __init__(self, session: Session, line: QLineEdit, *, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._line = session, line
        self.drop: SearchDrop | None = None
        line.textEdited.connect(self._begin)

    def _begin(self, _text: str) -> None:
        """Make the list, now that the field stands in its window."""
        if self.drop is None:
            self.drop = SearchDrop(self._line, self._session)
            self.drop.go.connect(self.go)
            self.drop.typed()


class SearchDrop(QFrame):
    """The list beneath the search field.

    Signals:
        go: a `Place` to go to.
    """

    go = Signal(object)

    def __init__(self, line: QLineEdit, session: Session) -> None:
        super().__init__(line.window())
        self._line, self._session = line, session
        self.setProperty("look", "picked")
        self.setAccessibleName(_("Clients found"))
        self.hits = FoundList()
        self.view = QListView()
        self.view.setModel(self.hits)
        self.view.setItemDelegate(FoundDelegate(self.view))
        self.view.setAccessibleName(_("Clients found"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(self._open)
        self._nobody = label("", wrap=True)
        self._nobody.setContentsMargins(8, 4, 8, 4)
        self._more = label("", "small", tone="muted")
        self._add = button(_("Add a client"), "quiet", icon="user-plus", small=True)
        self._add.clicked.connect(self._add_client)
        self._add.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        whole.setSpacing(4)
        whole.addWidget(self._nobody)
        whole.addWidget(self.view)
        whole.addLayout(across(self._more, None, self._add, margins=(6, 0, 0, 0)))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        line.textEdited.connect(self.typed)
        line.installEventFilter(self)
        line.window().installEventFilter(self)
        self.hide()

    def typed(self) -> None:
        """Look for what stands in the field, once typing rests."""
        self._pause.start()

    def words(self) -> str:
        """Return what is being looked for."""
        return self._line.text().strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give arrows, Enter and Esc in the field to the list; go away with the focus."""
        line: QLineEdit | None = getattr(self, "_line", None)
        if line is None:  # asked still while garbage is taken apart
            return False
        match event.type():
            case QEvent.Type.KeyPress if watched is line and isinstance(event, QKeyEvent):
                return self._takes(event)
            case QEvent.Type.FocusOut if watched is line:
                QTimer.singleShot(0, self, self._put_away_unless_used)
            case QEvent.Type.Resize if watched is line.window() and self.isVisible():
                QTimer.singleShot(0, self, self._place)  # once the field stands where it will
            case _:
                pass
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self.isVisible() and self.hits.rows:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Down if self.words():
                self._ask()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case Qt.Key.Key_Escape if self.isVisible():
                self.hide()
            case Qt.Key.Key_Escape if self.words():
                self._line.clear()
            case _:
                return False
        return True

    def _step(self, by: int) -> None:
        rows = len(self.hits.rows)
        now = self.view.currentIndex()
        row = (now.row() + by) % rows if now.isValid() else (0 if by > 0 else rows - 1)
        self._choose(row)

    def _choose(self, row: int) -> None:
        index = self.hits.index(row)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        announce(self._line, str(self.hits.data(index, Qt.ItemDataRole.AccessibleTextRole)))

    def _enter(self) -> None:
        if self.isVisible() and self.hits.rows and not self._pause.isActive():
            now = self.view.currentIndex()
            self._open(now if now.isValid() else self.hits.index(0))
            return
        if self.words():
            self._pause.stop()
            self._ask(open_only=True)

    def _ask(self, *, open_only: bool = False) -> None:
        words = self.words()
        if not words:
            self.hide()
            return

        def show(hits: Sequence[Hit]) -> None:
            self._show(hits)
            if open_only and len(hits) == 1:
                self._open(self.hits.index(0))

        self._session.ask(
            lambda store: reads.search(store, words, limit=MOST + 1),
            show,
            shows=lambda hits: shown_of(words, hits),
            owner=self,
            name="search",
        )

    def _show(self, hits: Sequence[Hit]) -> None:
        if not self._line.hasFocus() or not self.words():
            return
        self.hits.set_rows([found(hit, self._session) for hit in hits[:MOST]])
        shown = len(self.hits.rows)
        self._nobody.setText(
            _(
                "Nobody is found for “%(words)s”. Try a nickname, part of a name, a reference or "
                "a date of birth."
            )
            % {"words": self.words()}
        )
        self._nobody.setVisible(not hits)
        self.view.setVisible(bool(hits))
        self._more.setText(
            _("The first %(n)d. Type more, or press Ctrl+2 for the whole list.") % {"n": MOST}
            if len(hits) > MOST
            else ""
        )
        self._add.setVisible(self._session.may_write("client"))
        if shown:
            self.view.setCurrentIndex(self.hits.index(0))
        self._place()
        self.show()
        self.raise_()
        announce(
            self._line,
            ngettext("%(n)d client found", "%(n)d clients found", shown) % {"n": shown},
        )

    def _place(self) -> None:
        """Stand beneath the field, as wide as it, as high as the hits need."""
        corner = self._line.mapTo(self._line.window(), QPoint(0, self._line.height() + 4))
        wide = max(self._line.width(), theme.px(420))
        row = self.view.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.view.setFixedHeight(row * min(max(len(self.hits.rows), 1), 7) + 2)
        self.setFixedWidth(min(wide, self._line.window().width() - corner.x() - 8))
        room = self.width() - 2 * EDGE - 4
        self._nobody.setMinimumHeight(0)  # else it would never again ask for less
        self._nobody.setFixedHeight(self._nobody.heightForWidth(room))
        self._whole.invalidate()  # it still thinks of what it showed before
        self._whole.activate()
        self.resize(self.width(), self._whole.totalSizeHint().height())
        self.move(corner)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(HIT)
        if isinstance(row, Found):
            self.hide()
            self._line.clear()
            self.go.emit(Place("client", client=row.client))

    def _add_client(self) -> None:
        self.hide()
        self.go.emit(Place("clients", form="client"))

    def _put_away_unless_used(self) -> None:
        used: QWidget | None = self._line.window().focusWidget()
        if not self._line.hasFocus() and not (used and self.isAncestorOf(used)):
            self.hide()
