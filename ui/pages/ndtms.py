# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A return to national treatment monitoring: what it still lacks, and the file.

Rules, each with a test:

* What is missing is listed, and Enter goes to the file it is missing in. It holds nothing up.
* That it leaves, for whom and why is logged before the file is written; the name suggested for it
  is the one the rule of the data set asks for.
* Whoever was not asked, or does not agree, is not sent beyond what the rule of consent says; nobody
  is sent of whom it was not logged.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.casework.audience import HEALTH
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.dates import Lean
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _, ngettext
from desktop_app.reports.ndtms import (
    Dataset,
    Lacks,
    Spell,
    datasets,
    file_name,
    lacks,
    ndtms_table,
    spells,
)
from storage import reads
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.buttons import Kind, button
from ui.kit.card import Card, across, down, holding
from ui.kit.date_field import DateField
from ui.kit.drop_down import DropDown
from ui.kit.empty import Empty
from ui.kit.labels import Part, Passage, label
from ui.kit.table import Cell, Column, Table
from ui.pages.beside import Beside
from ui.pages.client_taking_out import write_out
from ui.pages.export_panel import ExportPanel, Leaves, nothing_locks
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S

AGENCY = "ndtms.agency"
_FORMS = ("treatment", "treatment_step", "reporting_consent", "outcome_form")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which return: its data set, its time, and whose."""

    dataset: Dataset
    since: date
    until: date
    agency: str


@dataclass(frozen=True, slots=True)
class Due:
    """What a return would hold, and what it lacks."""

    spells: tuple[Spell, ...]
    lacks: tuple[Lacks, ...]
    agency: str


class ReturnPage(QWidget):
    """What the return lacks.

    Signals:
        go: a `Place` to be taken to.
        done: back to where one was before.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "sheets"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self._dialogs = session, dialogs
        self.due: Due | None = None
        self.since, self.until = self._day(_("From")), self._day(_("Up to and including"))
        last = session.today().replace(day=1) - timedelta(days=1)
        self.since.set_value(last.replace(day=1).isoformat())
        self.until.set_value(last.isoformat())
        self.agency = QLineEdit()
        self.agency.setAccessibleName(_("Your agency's code"))
        letters = [(one, _("Data set %(letter)s") % {"letter": one}) for one in datasets()]
        self.dataset = DropDown(letters, _("Data set"), value=letters[-1][0])
        self.count = Passage([], "small")
        self.table = Table(_("What the return lacks"), _columns())
        self.table.opened.connect(lambda one: self.go.emit(Place("client", client=one.client)))
        self.act = button(_("&Save the return…"), "primary", icon="download")
        self.act.clicked.connect(self.open_panel)
        self._card = Card()
        self._none: Empty | None = None
        self._build()
        for field in (self.since, self.until):
            field.changed.connect(lambda _value: self.refresh())
        session.changed.connect(lambda _what: self.refresh() if self.isVisible() else None)

    def show_place(self, _place: Place) -> None:
        """Ask what the return lacks."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def refresh(self) -> None:
        """Ask again."""
        since, until = self.since.value(), self.until.value()
        if not (since and until):
            return
        asked, today = (date.fromisoformat(since), date.fromisoformat(until)), self.session.today()
        self.session.ask(
            lambda store: due(store, *asked, on=today),
            self._show,
            shows=shown_of,
            owner=self,
            name="due",
        )

    def asked(self) -> Asked:
        """Return which return is asked for.

        Raises:
            NotAllowed: the agency's code is none.
        """
        dataset = datasets()[self.dataset.value()]
        since, until = (date.fromisoformat(one.value()) for one in (self.since, self.until))
        agency = self.agency.text().strip().upper()
        file_name(dataset, agency, since, until)
        return Asked(dataset, since, until, agency)

    def open_panel(self) -> None:
        """Ask for whom and why, then write the file."""
        found = self.due
        if found is None:
            return
        try:
            asked = self.asked()
        except (CaseworkError, ValueError) as error:
            self.session.failed.emit(error if isinstance(error, CaseworkError) else _no_days())
            self.agency.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.act.set_kind(Kind.PLAIN)
        self.beside.open(ReturnPanel(self.session, self._dialogs, asked, found))

    def _day(self, name: str) -> DateField:
        return DateField(name, self.session.today, lean=Lean.PAST, beside=False)

    def _build(self) -> None:
        pieces = (
            (_("From"), self.since),
            (_("Up to and including"), self.until),
            (_("Your agency's code"), self.agency),
            (_("Data set"), self.dataset),
        )
        asked = across(*(holding(_named(words, one)) for words, one in pieces), None, gap=M)
        title = label(_("Return to national treatment monitoring"), "h1", weight=BOLD)
        self._card.add(self.table, 1)
        self.beside = Beside(self._card)
        self.beside.closed.connect(lambda: self.act.set_kind(Kind.PRIMARY))
        head = across(title, None, self.act, gap=M)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, M, L, M)
        whole.setSpacing(S)
        for each in (head, asked):
            whole.addLayout(each)
        whole.addWidget(self.count)
        whole.addWidget(self.beside, 1)
        whole.addWidget(label(_note(self.session), "small", tone="muted", wrap=True))

    def _show(self, found: Due) -> None:
        self.due = found
        if found.agency and not self.agency.text():
            self.agency.setText(found.agency)
        self.table.set_rows(found.lacks)
        sent = sum(one.consent is not None for one in found.spells)
        words = ngettext("%(n)d episode goes into it.", "%(n)d episodes go into it.", sent)
        left = len(found.spells) - sent
        asked = ngettext(
            "%(n)d was not asked, and is left out.", "%(n)d were not asked, and are left out.", left
        )
        more = asked % {"n": left} if left else ""
        self.count.set_parts(
            [Part(words % {"n": sent}, weight=SEMI), Part(f"  {more}" if more else "", "muted")]
        )
        self._say_none(none=not found.lacks, any_held=bool(found.spells))

    def _say_none(self, *, none: bool, any_held: bool) -> None:
        if self._none is not None:
            self._none.hide()
            self._none.deleteLater()
            self._none = None
        self.table.setVisible(not none)
        if none:
            head = _("Nothing is missing") if any_held else _("Nobody was in treatment then")
            why = _("Everything the return asks for and Tandem holds is there.")
            if not any_held:
                why = _("Choose other days above to see another time.")
            self._none = Empty("file-check", head, why=why, tone="ok" if any_held else "neutral")
            self._card.add(self._none, 1)
            self._none.show()


class ReturnPanel(ExportPanel):
    """Asks for whom and why, then writes the return."""

    def __init__(self, session: Session, dialogs: Dialogs, asked: Asked, found: Due) -> None:
        """Ask what is to be asked.

        Args:
            session: who takes it out.
            dialogs: asks where to.
            asked: which return.
            found: what it holds now, for the log.
        """
        self._return = asked
        self._whose = frozenset(one.client.id for one in found.spells if one.consent is not None)
        name = file_name(asked.dataset, asked.agency, asked.since, asked.until)
        leaves = Leaves(
            "report",
            _("Save the return"),
            nothing_locks(),
            name.removesuffix(".csv"),
            [("csv", _("Table (CSV)"))],
            sorted(self._whose),
        )
        super().__init__(session, dialogs, leaves)

    def write(self, store: Store, place: Path, _ending: str, _made: str) -> None:
        """Write the file, of whom it was logged."""
        asked = self._return
        store.put(AGENCY, asked.agency)
        found = due(store, asked.since, asked.until, on=self._session.today()).spells
        held = [one for one in found if one.client.id in self._whose]
        write_out(place, ndtms_table(asked.dataset, held, agency=asked.agency))


def due(store: Store, since: date, until: date, *, on: date) -> Due:
    """Return what a return would hold, and what it lacks."""
    held = [one for name in _FORMS for one in reads.records(store, form=name)]
    whose = sorted({one.client for one in held if one.form == "treatment"})
    found = spells(held, store.records(whose), since, until)
    return Due(tuple(found), tuple(lacks(found, on=on)), str(store.get(AGENCY) or ""))


def shown_of(found: Due) -> Sight | None:
    """Return whom the list shows."""
    clients = dict.fromkeys(one.client for one in found.lacks)
    return sight("sheet", clients=clients) if clients else None


def _named(words: str, field: QWidget) -> QVBoxLayout:
    return down(label(words, "small", tone="muted", weight=SEMI), field, None, gap=2)


def _note(session: Session) -> str:
    """Return which columns of the return are empty, and why."""
    never = _("What Tandem does not ask, such as substances and offending, is empty in the return.")
    if HEALTH not in session.me.audiences:
        weeks = _(
            "What people said of their last four weeks is health's: this laptop does not hold it, "
            "and leaves it empty. The return the nurse saves has it."
        )
    else:
        weeks = _(
            "Of the last four weeks only answers that are the same measure go into it: training, "
            "other substances and housing are asked in other words, and stay empty."
        )
    return f"{never} {weeks}"


def _no_days() -> CaseworkError:
    return CaseworkError(_("Give the first and the last day of the return."))


def _columns() -> list[Column]:
    return [
        Column("name", _("Client"), lambda one: Cell(one.name, weight=SEMI), 240),
        Column("what", _("What is missing"), lambda one: Cell(one.what), 300, stretch=True),
    ]
