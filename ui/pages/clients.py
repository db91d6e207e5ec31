# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client list: everybody this laptop holds, through the lens of a role, narrowed by pills.

Nobody is loaded before they are looked at: rows come in pages from the vault. A client is added
only after a look for the same person under another name.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.casework.near_top import order_words
from desktop_app.casework.people import Role
from desktop_app.casework.records import Edit, RecordId
from desktop_app.casework.words import _, ngettext
from storage.reads import ClientRow
from ui import theme
from ui.dialogs import Dialogs
from ui.kit.buttons import Kind, button, set_shortcut
from ui.kit.card import Card, across
from ui.kit.drop_down import DropDown
from ui.kit.empty import Empty
from ui.kit.labels import Line, Part, label
from ui.kit.notice import Notice
from ui.kit.pills import Pills
from ui.kit.segment import Segment
from ui.kit.table import Table
from ui.pages.client_adding import AddingPanel
from ui.pages.clients_ask import Listed, Narrow, Wanted, listed
from ui.pages.clients_rows import Lens, columns, lens_for
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

PANEL, TIGHT, PAUSE_MS = 400, 900, 120


class ClientsPage(QWidget):
    """The list.

    Signals:
        go: a `Place` to go to.
    """

    go = Signal(object)
    help_topic = "clients"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self.dialogs = session, dialogs
        self.lens = lens_for(session.me)
        self.order = "because" if self.lens is Lens.CARE else "name"
        self.panel: AddingPanel | None = None
        self._last: ClientRow | None = None
        self._held = 0
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(_("Narrow by name, nickname, reference or date of birth"))
        self.typed.setAccessibleName(_("Narrow the list by name"))
        self.typed.setClearButtonEnabled(True)
        self.narrow = Pills(
            [(one.value, one.words) for one in Narrow], _("Show only"), values=self._begin_with()
        )
        self.lenses = Segment(
            [(one.value, one.words) for one in Lens], _("Columns for"), value=self.lens, small=True
        )
        self.sorting = DropDown(
            [
                ("because", _("Who needs somebody first")),
                ("last_seen", _("Longest not seen first")),
                ("name", _("By name")),
            ],
            _("Sorted"),
            value=self.order,
        )
        self.sorting.chosen.connect(self._sort)
        self.add = button(_("&Add a client"), "primary", icon="user-plus")
        set_shortcut(self.add, "Ctrl+Shift+N")
        self.count = Line([], "small")
        self.table = self._table()
        self.notice = Notice("", "warn")
        self._none: QWidget | None = None
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._connect()
        self.refresh()

    def show_place(self, place: Place) -> None:
        """Show the list; with the form "client", the panel that adds somebody as well."""
        self.notice.hide()
        self.refresh()
        if place.form == "client":
            self.open_adding()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self.narrow, self.table, *([self.panel] if self.panel is not None else [])]

    def refresh(self) -> None:
        """Ask for the first page anew."""
        wanted = self.wanted()
        self.session.ask(lambda store: listed(store, wanted), self._show, owner=self, name="list")

    def wanted(self) -> Wanted:
        """Return what is to be listed."""
        session = self.session
        return Wanted(
            me=session.me,
            team=session.team,
            now=session.now(),
            narrow=frozenset(Narrow(code) for code in self.narrow.values()),
            order=self.order,
            words=self.typed.text().strip(),
        )

    def open_adding(self) -> None:
        """Show the panel that adds somebody."""
        if self.panel is not None:
            self.panel.start()
            return
        self.panel = AddingPanel(self.session)
        self.panel.closed.connect(self._close_panel)
        self.panel.saved.connect(self._added)
        self.panel.wanted.connect(self._open_client)
        self._body.addWidget(self.panel)
        self.add.set_kind(Kind.PLAIN)
        self._fit()
        QTimer.singleShot(0, self.panel, self.panel.start)

    def _begin_with(self) -> list[str]:
        works = {Role.KEY_WORKER, Role.NURSE, Role.OFFICER} & self.session.roles
        return [Narrow.MINE] if works else []

    def _connect(self) -> None:
        self.typed.textEdited.connect(lambda _text: self._pause.start())
        self.typed.returnPressed.connect(self._to_table)
        self.narrow.changed.connect(self.refresh)
        self.lenses.chosen.connect(self._look_through)
        self.add.clicked.connect(self.open_adding)
        self.add.setVisible(self.session.may_write("client"))
        QShortcut(QKeySequence("Ctrl+F"), self, self.typed.setFocus)
        self.session.changed.connect(lambda _touched: self._pause.start())
        self.session.failed.connect(self._failed)

    def _build(self) -> None:
        title = label(_("Clients"), "h1", weight=BOLD)
        first = across(title, None, self.sorting, self.lenses, self.add, gap=M)
        self._pills = across(self.typed, self.narrow, gap=M)
        self._pills.setStretch(1, 1)
        self._pills.setAlignment(self.typed, Qt.AlignmentFlag.AlignTop)
        self._card = Card()
        self._card.layout().setContentsMargins(6, 4, 6, 4)  # type: ignore[union-attr]
        self._card.add(self.table, 1)
        self._body = QHBoxLayout()
        self._body.setSpacing(M + 2)
        self._body.addWidget(self._card, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, S, L, S)
        whole.setSpacing(S)
        whole.addLayout(first)
        whole.addLayout(self._pills)
        whole.addWidget(self.notice)
        whole.addLayout(self._body, 1)
        whole.addWidget(self.count)
        self.notice.hide()
        self.setFocusProxy(self.table)
        theme.on_change(self._restyle)

    def _table(self) -> Table:
        table = Table(_("Clients"), columns(self.lens))
        table.opened.connect(lambda row: self._open_client(row.client))
        table.sorted_by.connect(self._sort)
        table.source.more_wanted.connect(self._more)
        return table

    def _look_through(self, lens: str) -> None:
        """Show the columns of another lens."""
        self.lens = Lens(lens)
        old, self.table = self.table, self._table()
        self.table.set_rows(old.source.rows)
        self._card.body.replaceWidget(old, self.table)
        old.hide()
        old.deleteLater()
        self.setFocusProxy(self.table)
        self.refresh()

    def _sort(self, column: str) -> None:
        self.order = column
        self.sorting.set_value(column)
        self.refresh()

    def _show(self, found: Listed) -> None:
        self._last, self._held = found.last, found.held
        self.table.set_rows(found.rows, more=found.more)
        self._say_count(len(found.rows), more=found.more)
        self._say_none(none=not found.rows)

    def _more(self) -> None:
        """Ask for the next page."""
        wanted, after = self.wanted(), self._last
        self.session.ask(
            lambda store: listed(store, wanted, after=after),
            self._add_rows,
            owner=self,
            name="list",
        )

    def _add_rows(self, found: Listed) -> None:
        self._last = found.last or self._last
        self.table.add_rows(found.rows, more=found.more)
        self._say_count(len(self.table.source.rows), more=found.more)

    def _say_count(self, shown: int, *, more: bool) -> None:
        """Say how many there are, and how they are sorted."""
        if more:
            words = _("The first %(n)d; more come as you scroll.") % {"n": shown}
        else:
            words = ngettext("%(n)d client.", "%(n)d clients.", shown) % {"n": shown}
        how = ""
        if self.typed.text().strip():
            how = _("Best match first.")
        elif self.order == "because":
            how = order_words() if not more else _("Too many to sort so: longest not seen first.")
        self.count.set_parts([Part(words), Part(f"  {how}", "muted")])

    def _say_none(self, *, none: bool) -> None:
        """Say why the list is empty, and what to do."""
        if self._none is not None:
            self._none.hide()
            self._none.deleteLater()
            self._none = None
        self.table.setVisible(not none)
        if not none:
            return
        self._none = self._nobody()
        self._card.add(self._none, 1)

    def _nobody(self) -> Empty:
        act = button(_("Add a client"), icon="user-plus")
        act.clicked.connect(self.open_adding)
        if not self._held:
            return Empty(
                "users",
                _("The clients of your team will stand here."),
                why=_("None has been added yet, or none has arrived from the team folder."),
                act=act if self.session.may_write("client") else None,
            )
        everybody = button(_("Show everybody"))
        everybody.clicked.connect(self._show_everybody)
        return Empty(
            "filter",
            _("Nobody is both on this laptop and in this list."),
            why=_("The list shows only those for whom everything chosen above holds."),
            act=everybody,
        )

    def _show_everybody(self) -> None:
        self.typed.clear()
        self.narrow.set_values(())
        self.refresh()

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.source.rows:
            self.table.setCurrentIndex(self.table.source.index(0, 0))

    def _open_client(self, client: RecordId) -> None:
        self.go.emit(Place("client", client=client))

    def _added(self, edit: Edit) -> None:
        self._open_client(edit.record)

    def _close_panel(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
            self.add.set_kind(Kind.PRIMARY)
            self._fit()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: object) -> None:
        self.notice.say(str(error))
        self.notice.setVisible(True)
        self.notice.announce()

    def _restyle(self) -> None:
        self.typed.setFixedWidth(theme.px(300))
        self._fit()

    def _fit(self) -> None:
        tight = self.width() < theme.px(TIGHT)
        self._card.setVisible(self.panel is None or not tight)
        if self.panel is not None:
            self.panel.setFixedWidth(self.width() - 2 * L if tight else theme.px(PANEL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way to a small window."""
        super().resizeEvent(event)
        self._fit()
