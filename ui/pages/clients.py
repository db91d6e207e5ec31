# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client list: everybody this laptop holds, through the lens of a role, narrowed by pills.

Nobody is loaded before they are looked at: rows come in pages from the vault. A client is added
only after a look for the same person under another name.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.near_top import order_words
from desktop_app.casework.records import Edit, RecordId
from desktop_app.casework.words import _, ngettext
from storage.reads import ClientRow
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.buttons import Kind, button
from ui.kit.card import Card
from ui.kit.empty import Empty
from ui.kit.labels import Part, Passage
from ui.kit.table import Table
from ui.pages.beside import Beside, claim_focus
from ui.pages.client_adding import AddingPanel
from ui.pages.clients_ask import Listed, Wanted, listed, shown_of
from ui.pages.clients_head import ClientsHead
from ui.pages.clients_rows import columns
from ui.pages.form_panel import FormPanel
from ui.places import Place
from ui.session import Session
from ui.tokens import L, S


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
        self._last: ClientRow | None = None
        self._any_held = True
        self._opening = True
        self.head = ClientsHead(session)
        self.count = Passage([], "small")
        self.table = self._table()
        self._none: QWidget | None = None
        self._build()
        self.head.changed.connect(self.refresh)
        self.head.looked_through.connect(self._look_through)
        self.head.left.connect(self._to_table)
        self.head.twice.connect(lambda: self.go.emit(Place("joining")))
        self.head.add.clicked.connect(self.open_adding)
        QShortcut(QKeySequence("Ctrl+F"), self, self.head.typed.setFocus)
        session.changed.connect(self._changed)
        self.refresh()

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    def show_place(self, place: Place) -> None:
        """Show the list; with the form "client", the panel that adds somebody as well."""
        self._opening = not place.form
        self.refresh()
        if place.form == "client":
            self.open_adding()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self.head, *self.beside.parts()]

    def refresh(self) -> None:
        """Ask for the first page anew."""
        wanted = self.wanted()
        self.session.ask(
            lambda store: listed(store, wanted),
            self._show,
            shows=partial(shown_of, wanted.words),
            owner=self,
            name="list",
        )

    def wanted(self) -> Wanted:
        """Return what is to be listed."""
        session, head = self.session, self.head
        return Wanted(
            me=session.me,
            team=session.team,
            now=session.now(),
            narrow=head.narrowed(),
            order=head.order(),
            words=head.words(),
        )

    def open_adding(self) -> None:
        """Show the panel that adds somebody."""
        if self.panel is not None:
            self.panel.start()
            return
        panel = AddingPanel(self.session)
        panel.saved.connect(self._added)
        panel.wanted.connect(self._open_client)
        self.head.add.set_kind(Kind.PLAIN)
        self.beside.open(panel)

    def _build(self) -> None:
        self._card = Card()
        self._card.layout().setContentsMargins(6, 4, 6, 4)  # type: ignore[union-attr]
        self._card.add(self.table, 1)
        self.beside = Beside(self._card)
        self.beside.closed.connect(self._panel_closed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, S, L, S)
        whole.setSpacing(S)
        whole.addWidget(self.head)
        whole.addWidget(self.beside, 1)
        whole.addWidget(self.count)
        self.setFocusProxy(self.table)

    def _table(self) -> Table:
        table = Table(_("Clients"), columns(self.head.lens))
        table.opened.connect(lambda row: self._open_client(row.client))
        table.sorted_by.connect(self.head.sort_by)
        table.source.more_wanted.connect(self._more)
        return table

    def _look_through(self) -> None:
        """Show the columns of another lens."""
        old, self.table = self.table, self._table()
        self._card.body.replaceWidget(old, self.table)
        old.hide()
        old.deleteLater()
        self.setFocusProxy(self.table)
        self.refresh()

    def _show(self, found: Listed) -> None:
        self._last, self._any_held = found.last, found.any_held
        self.table.set_rows(found.rows, more=found.more)
        self._say_count(len(found.rows), more=found.more)
        self._say_none(none=not found.rows)
        if self._opening:
            self._opening = False
            claim_focus(self, self._none or self.table)

    def _more(self) -> None:
        """Ask for the next page."""
        wanted, after = self.wanted(), self._last

        def ask(store: Store) -> Listed:
            return listed(store, wanted, after=after)

        shows = partial(shown_of, wanted.words)
        self.session.ask(ask, self._add_rows, shows=shows, owner=self, name="list")

    def _add_rows(self, found: Listed) -> None:
        self._last = found.last or self._last
        self.table.add_rows(found.rows, more=found.more)
        self._say_count(len(self.table.source.rows), more=found.more)

    def _say_count(self, shown: int, *, more: bool) -> None:
        """Say how many there are, and how they are sorted where that is not plain."""
        if not shown:
            self.count.set_parts([])  # the list itself says why it is empty, and what to do
            return
        if more:
            words = _("The first %(n)d; more come as you scroll.") % {"n": shown}
        else:
            words = ngettext("%(n)d client.", "%(n)d clients.", shown) % {"n": shown}
        how = ""
        if self.head.words():
            how = _("Best match first.")
        elif self.head.order() == "because":
            how = order_words() if not more else _("Too many to sort so: longest not seen first.")
        self.count.set_parts([Part(words), Part(f"  {how}", "muted")])

    def _say_none(self, *, none: bool) -> None:
        """Say why the list is empty, and what to do."""
        old, self._none = self._none, self._nobody() if none else None
        if self._none is not None:
            self._card.add(self._none, 1)
            self._none.show()
        shown = self._none or self.table
        self.setFocusProxy(shown)
        if not none:
            self.table.show()
        gone: QWidget | None = self.table if none else None
        focus = self.window().focusWidget()
        if any(one is focus or one.isAncestorOf(focus) for one in (gone, old) if one is not None):
            shown.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt would hand it on: to the lock
        for one in (gone, old):
            if one is not None:
                one.hide()
        if old is not None:
            old.deleteLater()

    def _nobody(self) -> Empty:
        may_add = self.open_adding if self.session.may_write("client") else None
        words = self.head.words()
        if not self._any_held:
            return _nobody_yet(may_add, lambda: self.go.emit(Place("sheets")))
        if words and not self.head.narrowed():
            return _nobody_found(words, may_add)
        return _nobody_here(words, self.head.clear)

    def _to_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.table.source.rows:
            self.table.setCurrentIndex(self.table.source.index(0, 0))

    def _open_client(self, client: RecordId) -> None:
        self.go.emit(Place("client", client=client))

    def _added(self, edit: Edit) -> None:
        self._open_client(edit.record)

    def _panel_closed(self) -> None:
        self.head.add.set_kind(Kind.PRIMARY)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, _what: object) -> None:
        """Look again, unless nobody is looking: opening the page looks again anyway."""
        if self.isVisible():
            self.refresh()


def _nobody_yet(add: Callable[[], None] | None, from_sheet: Callable[[], None]) -> Empty:
    """Return what is said while this laptop holds no client at all."""
    act = button(_("Add a client"), icon="user-plus")
    sheet = button(_("From a spreadsheet…"), icon="columns-2")
    sheet.clicked.connect(from_sheet)
    if add is not None:
        act.clicked.connect(add)
    return Empty(
        "users",
        _("The clients of your team will stand here"),
        why=_("None has been added yet, or none has arrived from the team folder."),
        act=act if add is not None else None,
        also=sheet,
    )


def _nobody_found(words: str, add: Callable[[], None] | None) -> Empty:
    """Return what is said when a search finds nobody."""
    act = button(_("Add a client"), icon="user-plus")
    if add is not None:
        act.clicked.connect(add)
    return Empty(
        "search",
        _("Nobody is found for “%(words)s”") % {"words": words},
        why=_("Try a nickname, part of a name, a reference or a date of birth."),
        act=act if add is not None else None,
    )


def _nobody_here(words: str, show_everybody: Callable[[], None]) -> Empty:
    """Return what is said when the filters leave nobody."""
    act = button(_("Look among everybody") if words else _("Show everybody"))
    act.clicked.connect(show_everybody)
    head = _("Nobody here holds everything chosen above")
    if words:
        head = _("Nobody among those chosen above is found for “%(words)s”") % {"words": words}
    return Empty(
        "filter",
        head,
        why=_("The list shows only those for whom every choice above holds."),
        act=act,
    )
