# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""New from colleagues: what they wrote about one's clients since one last looked.

One line a record, under its client. Opening a client marks what is new of them as read; one button
marks everything, and can be undone. It is worked out when the page is opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Role
from desktop_app.casework.records import Edit, Json, Record, RecordId
from desktop_app.casework.words import _, ngettext
from storage import from_others, reads
from storage.from_others import Arrived, FromOthers
from storage.store import Store
from ui.authors import people_by_feed
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import Card, across, down, scrolling
from ui.kit.empty import Empty
from ui.kit.labels import Line, Part, label
from ui.kit.row_list import RowList, RowSection
from ui.kit.undo_bar import UndoBar
from ui.pages.asking_doing import may_ask, question_of
from ui.pages.beside import Beside, claim_focus
from ui.pages.colleagues_words import ASK, OPEN, Seen, how_many, sections, since_words
from ui.pages.form_panel import FormPanel
from ui.pages.today_answers import withdrawn
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, S

AT_FIRST = 60
"""Records asked for at first, and so many more each time somebody wants more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: what colleagues wrote, and the clients it is about."""

    found: FromOthers
    clients: tuple[Record, ...] = ()
    authors: Mapping[int, str] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[RecordId, str]:
        """Return the clients' names."""
        return {one.id: full_name(one.answers) for one in self.clients}


def shown_of(shown: Shown) -> Sight | None:
    """Return what the page shows, for the audit; None for nobody."""
    records = [one.record for one in shown.found.arrived]
    return sight("colleagues", [*shown.clients, *records]) if records else None


class ColleaguesPage(QWidget):
    """The page.

    Signals:
        go: a `Place` to go to.
        done: back to where one was.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "colleagues"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self.dialogs = session, dialogs
        self.shown = Shown(FromOthers())
        self._most, self._opening = AT_FIRST, True
        self._sections: list[RowSection] = []
        self.sentence = Line([])
        self.rows = RowList(_("New from colleagues"))
        self.rows.answered.connect(self._answer)
        self.rows.opened.connect(lambda key: self._answer(key, OPEN))
        self.all_read = button(_("I have read &all"), icon="check-check")
        self.all_read.clicked.connect(self._read_all)
        self.more = button("", "quiet", icon="chevron-down", small=True)
        self.more.clicked.connect(self._show_more)
        self.undo = UndoBar()
        self._build()
        session.changed.connect(self._changed)

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    def show_place(self, _place: Place) -> None:
        """Open the page."""
        self._most, self._opening = AT_FIRST, True
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def refresh(self) -> None:
        """Ask what colleagues wrote."""
        session, most = self.session, self._most
        me, everybody, team = session.me.id, tells_of_everybody(session), session.team
        now_ms = session.clock.now_ms()

        def ask(store: Store) -> Shown:
            found = reads.from_others(store, me, everybody=everybody, now_ms=now_ms, limit=most)
            whose = dict.fromkeys(one.client for one in found.arrived)
            clients = tuple(store.records(list(whose)))
            return Shown(found, clients, people_by_feed(store, team))

        session.ask(ask, self._show, shows=shown_of, owner=self, name="colleagues")

    def _build(self) -> None:
        back = button(_("&Back"), "quiet", icon="arrow-left")
        back.clicked.connect(self.done.emit)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(self.rows)
        column.addWidget(self.more)
        column.addStretch(1)
        self.area = scrolling(inner)
        clients = button(_("Look at your clients"), icon="users")
        clients.clicked.connect(lambda: self.go.emit(Place("clients")))
        why = _("What they write about your clients stands here once it has arrived.")
        self.nothing = Empty(
            "mail-open", _("Nothing new from colleagues"), why=why, act=clients, tone="ok"
        )
        self.nothing.hide()
        card = Card()
        card.layout().setContentsMargins(6, 4, 6, 6)  # type: ignore[union-attr]
        card.add(self.area, 1)
        card.add(self.nothing, 1)
        self.beside = Beside(card)
        self.beside.closed.connect(lambda: self.rows.setFocus(Qt.FocusReason.OtherFocusReason))
        title = label(_("New from colleagues"), "h1", weight=BOLD)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, S, L, S + 2)
        whole.setSpacing(S)
        whole.addLayout(down(across(title, None, back, self.all_read), self.sentence, gap=2))
        whole.addWidget(self.beside, 1)
        whole.addWidget(self.undo)
        self.setFocusProxy(self.rows)

    def _show(self, shown: Shown) -> None:
        begin = self._begin(shown.found)
        self.shown, session = shown, self.session
        found, today = shown.found, session.today()
        new = [Part(f"{how_many(found.clients)}. ")] if found.clients else []
        made = sections(found, shown.names, self._seen())
        there = bool(made)
        since = since_words(found.since, today, anything=there)
        self.sentence.set_parts([*new, Part(since, "muted")])
        self.nothing.setVisible(not there)
        self.area.setVisible(there)
        self.all_read.setEnabled(there)
        left = min(found.left, AT_FIRST)
        self.more.set_words(ngettext("Show %(n)d more", "Show %(n)d more", left) % {"n": left})
        self.more.setVisible(left > 0)
        if made != self._sections:
            self._sections = made
            self.rows.set_sections(made)
        if self._opening:
            self._opening = False
            claim_focus(self, self.rows if there else self.nothing)
            if begin and self.rows.focus_key():
                self.rows.go_to(begin)

    def _begin(self, found: FromOthers) -> str:
        """Return the row to begin on where the last one was read, and so went to the end."""
        before = {one.record.id.hex(): one.new for one in self.shown.found.arrived}
        now = {one.record.id.hex(): one.new for one in found.arrived}
        here = self.rows.current()
        if not before.get(here) or now.get(here):
            return ""
        after = list(before)[list(before).index(here) :]
        return next((key for key in after if now.get(key)), next(iter(now), ""))

    def _show_more(self) -> None:
        self._most += AT_FIRST
        self.refresh()

    def _answer(self, key: str, code: str) -> None:
        """Open the client of a row, or ask a colleague about its record."""
        arrived = {one.record.id.hex(): one for one in self.shown.found.arrived}
        one = arrived.get(key)
        if one is not None and code == ASK:
            self._ask(one)
        elif one is not None:
            self.go.emit(Place("client", client=one.client))

    def _ask(self, one: Arrived) -> None:
        name = self.shown.names.get(one.client, "")
        panel = FormPanel(self.session, question_of(self.session, one.record, name), one.client)
        panel.saved.connect(self._asked)
        self.beside.open(panel)

    def _asked(self, edit: Edit) -> None:
        words = _("Asked: %(who)s. It stands first on their Today once you have shared.")
        said = words % {"who": self.session.team.name_of(str(edit.answers["owner"]))}
        self.undo.offer(said, lambda: self.session.save([withdrawn(edit)]))

    def _seen(self) -> Seen:
        session, authors = self.session, self.shown.authors
        return Seen(session.me.id, session.team, session.today(), may_ask(session), authors)

    def _read_all(self) -> None:
        session, me = self.session, self.session.me.id
        upto, at = self.shown.found.upto, session.now().isoformat()[:16]

        def read(before: Json) -> None:
            self.undo.offer(_("Everything is marked as read."), lambda: self._put_back(before))
            self._opening = True
            self.refresh()

        session.work(
            lambda store: from_others.look_at_all(store, me, upto, at=at), read, owner=self
        )

    def _put_back(self, before: Json) -> None:
        me = self.session.me.id

        def back(_none: None) -> None:
            self._opening = True
            self.refresh()

        self.session.work(lambda store: from_others.put_back(store, me, before), back, owner=self)

    def _changed(self, _touched: object) -> None:
        """Look again, unless nobody is looking: opening the page looks again anyway."""
        if self.isVisible():
            self.refresh()


def tells_of_everybody(session: Session) -> bool:
    """Say whether somebody is told of all clients: they coordinate."""
    return Role.COORDINATOR in session.roles
