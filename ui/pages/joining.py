# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One person, two files: who may be here twice, two of them side by side, joined or told apart.

Rules, each with a test:

* Whoever comes from a client's page sees these two alone; whoever comes without one is shown
  everybody who may be here twice, the likeliest first, and the look for them can be stopped.
* Nothing is joined by itself, and nothing without a reason. What was decided is not asked again.
* At once, and at any time later, it can be taken back.
* Whichever way one came, it is said what was decided and that it leaves with the next exchange, and
  the file can be opened.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.records import RecordId
from desktop_app.casework.same_person import SAME
from desktop_app.casework.words import _
from storage.store import Store
from ui.kit.buttons import button
from ui.kit.card import Card, across, holding
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.kit.undo_bar import UndoBar
from ui.pages import joining_facts, joining_saves
from ui.pages.beside import Beside, claim_focus
from ui.pages.joining_compare import Compare
from ui.pages.joining_facts import Likely, Pair, gather
from ui.pages.joining_list import PairsList, Said
from ui.pages.joining_panel import Decided, JoiningPanel, save_made
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S


class JoiningPage(QWidget):
    """Who may be here twice, and two of them side by side.

    Signals:
        go: a `Place` to be taken to.
        done: back to where one was before.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "joining"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._came_for: tuple[RecordId, RecordId] | None = None
        self.compare: Compare | None = None
        self.list = PairsList(session)
        self.list.opened.connect(self._open)
        self.list.ready.connect(lambda: claim_focus(self, self.list))
        self.said = Said()
        self.open_file = button(_("&Open the file"), icon="user", small=True)
        self.told = Notice("", "ok", buttons=[self.open_file])
        self._file: RecordId | None = None
        self.open_file.clicked.connect(self._open_file)
        self.undo = UndoBar()
        self._main = QVBoxLayout()
        self._main.setContentsMargins(0, 0, 0, 0)
        self._build()

    @property
    def panel(self) -> JoiningPanel | None:
        """Return the panel that asks whether two are one."""
        held = self.beside.panel
        return held if isinstance(held, JoiningPanel) else None

    def show_place(self, place: Place) -> None:
        """Show two side by side, or everybody who may be here twice."""
        self._put_away()
        self._came_for = (place.client, place.record) if place.client and place.record else None
        if self._came_for is not None:
            self._show(None)
            self._ask(*self._came_for)
        else:
            self._file = None
            self._show(self.list)
            self.list.begin()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def _build(self) -> None:
        heading = label(_("One person, two files?"), "h1", weight=BOLD)
        title = across(heading, self.list.count, None, gap=M)
        main = Card()
        main.add(holding(self._main), 1)
        for each in (self.told, self.list, self.said):
            self._main.addWidget(each, int(each is not self.told))
        self._show(None)
        self.beside = Beside(main)
        self.beside.closed.connect(self._left)
        inner = QVBoxLayout()
        inner.setContentsMargins(L, M, L, M)
        inner.setSpacing(S)
        inner.addLayout(title)
        inner.addWidget(self.beside, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inner, 1)
        whole.addWidget(self.undo)

    def _show(self, part: QWidget | None) -> None:
        """Show the list, or what is said; or neither."""
        self.told.setVisible(part is self.list and self._file is not None)
        for each in (self.list, self.said):
            each.setVisible(each is part)

    def _open(self, one: Likely) -> None:
        self._file = None
        self._ask(one.one.id, one.other.id)

    def _ask(self, one: RecordId, other: RecordId) -> None:
        def ask(store: Store) -> Pair | None:
            return gather(store, one, other)

        shows = joining_facts.shown_of
        self._session.ask(ask, self._show_pair, shows=shows, owner=self, name="pair")

    def _show_pair(self, pair: Pair | None) -> None:
        self._put_away()
        if pair is None:
            why = _("Or one of them is not on this laptop any more. Nothing was changed.")
            self.said.say("git-merge", _("These two are one already"), why)
            self._show(self.said)
            return
        self._show(None)
        self.list.count.hide()
        self.compare = Compare(self._session, pair)
        self._main.addWidget(self.compare)
        self.compare.show()
        panel = JoiningPanel(self._session, self.compare)
        panel.decided.connect(self._decided)
        self.beside.open(panel)

    def _decided(self, what: Decided) -> None:
        """Say what was decided, and offer to take it back."""
        one, other = what.pair.one, what.pair.other
        said = (
            _("%(one)s and %(other)s are read as one.")
            if what.finding == SAME
            else _("Recorded: %(one)s and %(other)s are two people.")
        ) % {"one": one.name, "other": other.name}
        self._put_away()
        self._file, leaves = one.client.id, _("The others learn it when you share.")
        if self._came_for is not None:
            show = button(_("&Open the file"), "primary", icon="user")
            show.clicked.connect(self._open_file)
            self.said.say("circle-check", said, leaves, act=show)
            self._show(self.said)
            show.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.told.say(leaves, head=said)
            self._show(self.list)
            self.list.decided(one.client.id, other.client.id)
            if not self.list.pairs:  # else Qt would hand the keyboard on, to the lock
                self.open_file.setFocus(Qt.FocusReason.OtherFocusReason)
        bar = _("The files are joined.") if what.finding == SAME else _("It is recorded.")
        self.undo.offer(bar, lambda: self._undo(what))  # the page itself says more

    def _open_file(self) -> None:
        self.go.emit(Place("client", client=self._file))

    def _undo(self, what: Decided) -> None:
        reason = _("Taken back at once by its author")
        save_made(
            self._session,
            lambda store: joining_saves.undoing(store, what.edits, reason=reason),
            lambda _edits: self._undone(),
        )

    def _undone(self) -> None:
        self._file = None
        self.told.hide()
        if self._came_for is not None:
            self._ask(*self._came_for)
        else:
            self.list.look.again()

    def _left(self) -> None:
        """Go back to where one came from, once the panel was put away."""
        if self.compare is None:
            return
        self._drop()
        if self._came_for is not None:
            self.done.emit()
        else:
            self._show(self.list)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_away(self) -> None:
        """Put what is compared away; what was typed stays as a draft."""
        self._drop()
        self.beside.put_away()

    def _drop(self) -> None:
        compare, self.compare = self.compare, None
        if compare is not None:
            self._main.removeWidget(compare)
            compare.hide()
            compare.deleteLater()
