# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Audit: who looked at, altered, took out, joined or erased what; of everybody, or of one client.

Rules, each with a test:

* It is there for whoever holds the key of the audit. Anybody else is told who does.
* Looking at the audit is written into it.
* What somebody did is shown, never how much anybody works: nothing here is counted by person
  (Data Protection Act 2018 s.62(4)).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.audit import DISCLOSURE, EXPORT, FORMS, Sight, sight
from desktop_app.casework.audit_words import Line, clients_of, kinds, line
from desktop_app.casework.dates import say_moment, say_month
from desktop_app.casework.forms import forms
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from storage import audit
from storage.audit import Wanted
from storage.store import Store
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import Card, holding
from ui.kit.chip import ChipText
from ui.kit.drop_down import DropDown
from ui.kit.empty import Empty
from ui.kit.flow import FlowLayout
from ui.kit.labels import Line as Sentence
from ui.kit.labels import Part, label
from ui.kit.pills import FilterPills
from ui.kit.timeline import Timeline
from ui.kit.timeline_entry import TimelineItem
from ui.pages.audit_taking_out import ExtractPanel, asked_for
from ui.pages.beside import Beside, claim_focus
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, S

ALL = "all"
PAGE = 200
DAYS = (7, 30, 90, 365)


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """What the page shows.

    Attributes:
        held: whether this vault holds the key of the audit.
        entries: the entries, the latest first, each with its words.
        more: whether there are older ones.
        about: the name of the client it is about; empty for everybody.
    """

    held: bool = False
    entries: tuple[tuple[Record, Line], ...] = ()
    more: bool = False
    about: str = field(default="")


def gather(store: Store, wanted: Wanted, team: Team, *, limit: int = PAGE) -> AuditFacts:
    """Return entries in words. Asked on the store's thread."""
    if not audit.is_read_here(store.db):
        return AuditFacts()
    found = audit.entries(store, wanted, limit=limit + 1)
    shown = found[:limit]
    ids = {one for entry in shown for one in clients_of(entry)} | {wanted.about}
    names = {one.id: full_name(one.answers) for one in store.records(sorted(ids - {b""}))}
    return AuditFacts(
        held=True,
        entries=tuple((one, line(one, team, names)) for one in shown),
        more=len(found) > limit,
        about=names.get(wanted.about, ""),
    )


def shown_of(facts: AuditFacts) -> Sight | None:
    """Return what the page shows, for the audit."""
    clients = [one for entry, _line in facts.entries for one in clients_of(entry)]
    return sight("audit", clients=clients) if facts.entries else None


class AuditPage(QWidget):
    """The audit, or who has seen one client.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "audit"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self._session, self._dialogs = session, dialogs
        self._client: RecordId | None = None
        self._about = ""
        self._limit, self._opening = PAGE, True
        self.title = label(_("Audit"), "h1", weight=BOLD, wrap=True)
        self.kinds = FilterPills([(ALL, _("All")), *kinds()], _("What was done"), value=ALL)
        self.person = DropDown(_people(session.team), _("Whose doing"), none=_("Everybody"))
        self.days = DropDown(_periods(), _("How far back"), value=str(DAYS[1]))
        self.everybody = button(_("Show everybody"), "quiet", icon="users")
        self.take_out = button(_("Take out an extract"), icon="download")
        self.older = button(_("Show older"), "quiet", icon="chevron-down", small=True)
        self.list = Timeline(_("Entries of the audit"))
        self.count = Sentence([], "small")
        self._none: QWidget | None = None
        self._lay_out()
        self.kinds.chosen.connect(lambda _code: self._anew())
        self.person.chosen.connect(lambda _code: self._anew())
        self.days.chosen.connect(lambda _code: self._anew())
        self.everybody.clicked.connect(lambda: self.show_place(Place("audit")))
        self.take_out.clicked.connect(self._take_out)
        self.older.clicked.connect(self._show_older)
        self.list.opened.connect(self._open)

    def show_place(self, place: Place) -> None:
        """Show the audit; with a client, who has seen their file."""
        self._client, self._opening = place.client, True
        self._anew()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self._head, *self.beside.parts()]

    def wanted(self) -> Wanted:
        """Return which entries are wanted."""
        kind, days = self.kinds.value(), int(self.days.value())
        forms_ = FORMS if kind == ALL else (kind,)
        return Wanted(
            since=(self._session.today() - timedelta(days=days)).isoformat(),
            person=self.person.value(),
            about=self._client or b"",
            forms=(EXPORT, DISCLOSURE) if kind == EXPORT else forms_,
        )

    def refresh(self) -> None:
        """Ask for the entries."""
        wanted, team, limit = self.wanted(), self._session.team, self._limit

        def ask(store: Store) -> AuditFacts:
            return gather(store, wanted, team, limit=limit)

        self._session.ask(ask, self._show, shows=shown_of, owner=self, name="audit")

    def _take_out(self) -> None:
        """Ask for whom and why an extract of what is shown is taken out."""
        session = self._session
        today = session.today().isoformat()
        asked = asked_for(self.wanted(), session.team, about=self._about, today=today)
        self.beside.open(ExtractPanel(session, self._dialogs, asked))

    def _anew(self) -> None:
        self._limit = PAGE
        self.refresh()

    def _show_older(self) -> None:
        self._limit += PAGE
        self.refresh()

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(S)
        head.addWidget(self.title)
        line = FlowLayout(gap=S)
        for control in (self.person, self.days, self.take_out, self.everybody):
            line.addWidget(control)
        head.addWidget(holding(line))
        head.addWidget(self.kinds)
        self._card = Card()
        self._card.add(self.list, 1)
        self._card.add(self.older)
        self.beside = Beside(self._card)
        self.beside.closed.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, S, L, S)
        whole.setSpacing(S)
        whole.addWidget(self._head)
        whole.addWidget(self.beside, 1)
        whole.addWidget(self.count)
        self.setFocusProxy(self.list)

    def _show(self, facts: AuditFacts) -> None:
        about, self._about = self._client is not None, facts.about
        who = facts.about or _("this client")
        words = _("Who has seen %(name)s") % {"name": who} if about else _("Audit")
        self.title.setText(words if facts.held else _("Audit"))
        self.everybody.setVisible(about and facts.held)
        for control in (self.kinds, self.person, self.days, self.take_out):
            control.setVisible(facts.held)
        today = self._session.today()
        self.list.set_items(_item(entry, said, today) for entry, said in facts.entries)
        self.older.setVisible(facts.more)
        if self._opening or (self.list.hasFocus() and not facts.entries):
            self._opening = False
            # Before the list is hidden: hiding what has the focus sends it on to the lock.
            claim_focus(self, self.list if facts.entries else self.kinds)
        self._say(facts)

    def _say(self, facts: AuditFacts) -> None:
        """Say why there is nothing, where there is nothing, and what the list is not for."""
        if self._none is not None:
            self._none.hide()
            self._none.deleteLater()
            self._none = None
        self.list.setVisible(bool(facts.entries))
        why = _("For lawfulness, supervision, security and criminal proceedings only (DPA s.62).")
        self.count.set_parts([Part(why, "muted")] if facts.held else [])
        if not facts.entries:
            self._none = _nothing_here() if facts.held else _not_yours(self._session)
            self._card.add(self._none, 1)

    def _open(self, record: bytes) -> None:
        """Go to the client of an entry, where it names one alone."""

        def show(found: RecordId | None) -> None:
            if found is not None:
                self.go.emit(Place("client", client=found))

        self._session.ask(
            lambda store: _only_client(store, record), show, shows=nothing, owner=self, name="open"
        )


def _only_client(store: Store, record: bytes) -> RecordId | None:
    entry = store.record(record)
    whose = clients_of(entry) if entry is not None else []
    return whose[0] if len(whose) == 1 else None


def _item(entry: Record, said: Line, today: date) -> TimelineItem:
    shipped = forms().get(entry.form)
    chips = [ChipText(said.meant_for, "warn", "eye-off")] if said.meant_for else []
    if said.times > 1:
        chips.append(ChipText(_("%(n)d times") % {"n": said.times}, "neutral"))
    return TimelineItem(
        record=entry.id,
        icon=shipped.icon if shipped else "eye",
        tone=shipped.tone if shipped else "neutral",
        title=f"{said.who}: {said.did}",
        chips=tuple(chips),
        when=say_moment(said.at, today) if len(said.at) > len("2026-11-23") else said.at,
        who=" · ".join(one for one in (said.whose, said.detail) if one),
        body=said.why,
        month=say_month(said.at[:10]) if len(said.at) >= len("2026-11-23") else "",
    )


def _people(team: Team) -> Sequence[tuple[str, str]]:
    everybody = sorted(team.persons.values(), key=lambda one: one.name)
    return [(one.id, one.name) for one in everybody]


def _periods() -> list[tuple[str, str]]:
    said = (_("Last 7 days"), _("Last 30 days"), _("Last 90 days"), _("Last year"))
    return [(str(days), words) for days, words in zip(DAYS, said, strict=True)]


def _nothing_here() -> Empty:
    return Empty(
        "eye",
        _("Nothing like this stands in the audit"),
        why=_("Colleagues' entries come when they share. Look further back, or at everything."),
    )


def _not_yours(session: Session) -> Empty:
    names = listed([one.name for one in session.readers(AUDIT)])
    who = names or _("nobody yet")
    return Empty(
        "eye-off",
        _("The audit cannot be read on this laptop."),
        why=_("What you do is written into it all the same. It is read by: %(names)s.")
        % {"names": who},
    )
