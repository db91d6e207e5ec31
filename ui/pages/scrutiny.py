# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Postures for scrutiny: every turn of a time, whom attention fell on, and every boundary decision.

Rules, each with a test:

* Clients stand by their reference; Enter opens one, for whoever may look.
* What is compared is always of the twelve months that ended last: times that overlap could be
  taken from each other, and give small numbers away.
* Nothing leaves but by the panel that asks for whom and why, and logs it first.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_date, say_month
from desktop_app.casework.disproportion import Group, Trait, compared, not_held
from desktop_app.casework.people import Team
from desktop_app.casework.posture_history import FORMS, Decided, History, Turned, history, persons
from desktop_app.casework.posture_rows import WITH_PROPOSALS
from desktop_app.casework.words import _
from desktop_app.reports.posture_report import counts, end_words, posture_sheet, turn_words
from storage import boards, reads
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import Card, across
from ui.kit.drop_down import DropDown
from ui.kit.empty import Empty
from ui.kit.labels import Part, Passage, label
from ui.kit.segment import Segment
from ui.kit.table import Cell, Column, Table
from ui.pages.beside import Beside, claim_focus
from ui.pages.client_taking_out import SET, write_out
from ui.pages.export_panel import ExportPanel, Leaves, nothing_locks
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S

TURNS, COMPARED, DECIDED = "turns", "compared", "decided"
MONTHS = (3, 6, 12, 24)


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """What the page shows.

    Attributes:
        told: what happened.
        traits: whom attention fell on.
        compared_of: of which time that is, in words.
    """

    told: History
    traits: tuple[Trait, ...]
    compared_of: str


def gather(store: Store, team: Team, today: date, months: int) -> Scrutiny:
    """Return what happened to postures, up to a day. Asked on the store's thread."""
    held = [one for form in sorted(FORMS) for one in reads.records(store, form=form)]
    clients = sorted({one.client for one in held if one.client})
    files = persons(list(boards.case_files(store, clients, FORMS | WITH_PROPOSALS).values()))
    since = _months_before(today, months)
    last = today.replace(day=1) - timedelta(days=1)
    first = _months_before(last + timedelta(days=1), 12)
    words = _("%(first)s to %(last)s") % {
        "first": say_month(first.isoformat()),
        "last": say_month(last.isoformat()),
    }
    return Scrutiny(
        history(files, team, since, today, day=today),
        compared(files, team, first, last, day=today),
        words,
    )


def shown_of(found: Scrutiny) -> Sight | None:
    """Return whom it shows."""
    clients = found.told.clients
    return sight("board", clients=clients) if clients else None


class ScrutinyPage(QWidget):
    """The page.

    Signals:
        go: a `Place` to be taken to.
        done: back to where one was before.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "boards"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self._dialogs = session, dialogs
        self.found: Scrutiny | None = None
        self._opening = True
        months = [(str(one), _("Last %(n)d months") % {"n": one}) for one in MONTHS]
        self.months = DropDown(months, _("How far back"), value=str(MONTHS[1]))
        self.months.chosen.connect(lambda _code: self.refresh())
        parts = [
            (TURNS, _("Every turn")),
            (COMPARED, _("Compared")),
            (DECIDED, _("Boundary decisions")),
        ]
        self.part = Segment(parts, _("What is shown"), value=TURNS)
        self.part.chosen.connect(self._choose)
        self.tables = {
            TURNS: Table(_("Every turn"), _turn_columns()),
            COMPARED: Table(_("Compared"), _compared_columns()),
            DECIDED: Table(_("Boundary decisions"), _decided_columns()),
        }
        for name in (TURNS, DECIDED):
            self.tables[name].opened.connect(
                lambda one: self.go.emit(Place("client", client=one.client))
            )
        self.nothing = {
            part: Empty("history", words, why=why) for part, (words, why) in _nothing().items()
        }
        self.often, self.about = Passage([], "small"), Passage([], "small")
        self.act = button(_("&Take out…"), icon="download")
        self.act.clicked.connect(self.open_panel)
        self._build()
        session.changed.connect(lambda _what: self.refresh() if self.isVisible() else None)

    def show_place(self, _place: Place) -> None:
        """Ask for what happened."""
        self._opening = True
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def refresh(self) -> None:
        """Ask again."""
        team, today, months = self.session.team, self.session.today(), int(self.months.value())
        self.session.ask(
            lambda store: gather(store, team, today, months),
            self._show,
            shows=shown_of,
            owner=self,
            name="scrutiny",
        )

    def open_panel(self) -> None:
        """Ask for whom and why, then write it."""
        if self.found is not None:
            months = int(self.months.value())
            self.beside.open(ScrutinyPanel(self.session, self._dialogs, self.found, months))

    def _build(self) -> None:
        card = Card()
        card.add(across(self.part, None, self.months))
        card.add(self.often)
        for part in (*self.tables.values(), *self.nothing.values()):
            card.add(part, 1)
        card.add(self.about)
        self.beside = Beside(card)
        title = label(_("Postures for scrutiny"), "h1", weight=BOLD)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, M, L, M)
        whole.setSpacing(S)
        whole.addLayout(across(title, None, self.act, gap=M))
        whole.addWidget(self.beside, 1)
        self._choose(TURNS)

    def _choose(self, part: str) -> None:
        for name, table in self.tables.items():
            empty = self.found is not None and not table.source.rows
            table.setVisible(name == part and not empty)
            self.nothing[name].setVisible(name == part and empty)
        self._say()

    def _show(self, found: Scrutiny) -> None:
        self.found = found
        self.tables[TURNS].set_rows(list(reversed(found.told.turned)))
        rows = [(trait, one) for trait in found.traits for one in trait.groups]
        self.tables[COMPARED].set_rows(rows)
        self.tables[DECIDED].set_rows(list(reversed(found.told.decided)))
        self._choose(self.part.value())
        if self._opening:
            self._opening = False
            claim_focus(self, self.tables[self.part.value()])

    def _say(self) -> None:
        found = self.found
        if found is None:
            return
        facts = counts(found.told)
        often = " · ".join(f"{one.label}: {one.value}" for one in facts[:-1])
        self.often.set_parts([Part(often)])
        said = [facts[-1].value]
        if self.part.value() == COMPARED:
            said = [
                _("Of %(time)s, by people, each once. Counts below five are hidden.")
                % {"time": found.compared_of},
                not_held(),
                *said,
            ]
        self.about.set_parts([Part(" ".join(said), "muted")])


class ScrutinyPanel(ExportPanel):
    """Asks for whom and why, then writes the history."""

    def __init__(self, session: Session, dialogs: Dialogs, found: Scrutiny, months: int) -> None:
        """Ask what is to be asked.

        Args:
            session: who takes it out.
            dialogs: asks where to.
            found: what it holds now, for the log.
            months: how far back it goes.
        """
        self._months, self._team, self._today = months, session.team, session.today()
        leaves = Leaves(
            "report",
            _("Take out the history of postures"),
            nothing_locks(),
            "postures",
            [("pdf", _("PDF")), ("html", _("Web page")), ("csv", _("Table (CSV)"))],
            found.told.clients,
        )
        super().__init__(session, dialogs, leaves)

    def write(self, store: Store, place: Path, ending: str, made: str) -> None:
        """Write the file."""
        found = gather(store, self._team, self._today, self._months)
        sheet = posture_sheet(found.told, found.traits, found.compared_of, self._team, made=made)
        write_out(place, SET[ending](sheet))


def _months_before(day: date, months: int) -> date:
    """Return the same day so many months before, or the last of a shorter month."""
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def _nothing() -> dict[str, tuple[str, str]]:
    """Return what is said where there is nothing, by part: what, and what would stand there."""
    return {
        TURNS: (
            _("No posture was turned in this time"),
            _("What two agencies agree to stands here: why, and how it ended."),
        ),
        COMPARED: (
            _("Nobody was on the programme in that time"),
            _("Whom attention fell on stands here, once there are enough people."),
        ),
        DECIDED: (
            _("No boundary decision was written in this time"),
            _("What each agency said and who had the final say stand here."),
        ),
    }


def _turn_columns() -> list[Column]:
    def turned(one: Turned) -> Cell:
        return Cell(turn_words(one), "warn" if one.raised else "text", SEMI)

    return [
        Column("on", _("From"), lambda one: Cell(say_date(one.turn.from_on.isoformat())), 132),
        Column("ref", _("Client"), lambda one: Cell(one.ref), 96),
        Column("turned", _("Turned"), turned, 190),
        Column("why", _("Why"), lambda one: Cell(one.reason), 200, stretch=True),
        Column("by", _("Agreed by"), lambda one: Cell("; ".join(one.deciders)), 300, drop=1),
        Column("end", _("How it ended"), lambda one: Cell(end_words(one)), 216),
    ]


def _compared_columns() -> list[Column]:
    def trait(row: tuple[Trait, Group]) -> Cell:
        return Cell(row[0].words, "muted")

    return [
        Column("trait", _("Trait"), trait, 204, drop=1),
        Column("group", _("Group"), lambda row: Cell(row[1].words, weight=SEMI), 180),
        Column("share", _("Heightened"), lambda row: Cell(row[1].share), 240),
        Column("says", _("What can be said"), lambda row: Cell(row[1].says), 300, stretch=True),
    ]


def _decided_columns() -> list[Column]:
    def what(one: Decided) -> Cell:
        said = codes("boundary_decision").label(one.views.decision)
        return Cell(said, "muted" if one.superseded else "text", SEMI)

    def on(one: Decided) -> Cell:
        day = one.views.decided_on
        return Cell(say_date(day.isoformat()) if day else "")

    return [
        Column("on", _("Decided on"), on, 126),
        Column("ref", _("Client"), lambda one: Cell(one.ref), 96),
        Column("what", _("Decided"), what, 84),
        Column("final", _("Final say"), lambda one: Cell(one.final_say), 116, drop=3),
        Column("police", _("Police"), lambda one: Cell(one.said[0]), 168, drop=2),
        Column("support", _("Support"), lambda one: Cell(one.said[1]), 168, drop=1),
        Column("why", _("Why"), lambda one: Cell(one.why), 168, stretch=True),
    ]
