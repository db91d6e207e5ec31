# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The visit pack: the day's visits on one page before going out, and on paper if it must be.

Rules, each with a test:

* On paper it is warned of: paper can be lost. By default it has no whole name, no address and no
  telephone (see `reports.visit_pack`).
* What leaves is logged first, with everybody who is in it.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop_app.casework.audit import sight
from desktop_app.casework.dates import as_date
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from desktop_app.reports.visit_pack import Paper, Stop, stops, visit_pack
from storage import reads
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.card import down, holding
from ui.kit.tick_box import TickBox
from ui.pages.client_taking_out import SET, write_out
from ui.pages.export_panel import ExportPanel, Leaves, nothing_locks
from ui.pages.reading import Read, ReadingPage
from ui.pages.team_facts import phones_of
from ui.pages.today_facts import case_file
from ui.session import Session


def going(store: Store, session: Session, day: date) -> list[Stop]:
    """Return the visits of a day that somebody goes to. Asked on the store's thread."""
    on = day.isoformat()
    planned = [
        one
        for form in ("visit", "appointment")
        for one in reads.records(store, form=form, since=on, until=on, newest_first=False)
    ]
    clients = dict.fromkeys(one.client for one in planned)
    files = [one for client in clients if (one := case_file(store, client)) is not None]
    return stops(files, planned, session.me.id)


class VisitPackPage(ReadingPage):
    """The page."""

    help_topic = "visit_pack"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        nothing = (
            "footprints",
            _("You are down for no visit that day"),
            _("Visits that are planned with you in them stand here, and whom you go along with."),
        )
        super().__init__(session, dialogs, _("Visit pack"), nothing)

    @property
    def day(self) -> date:
        """Return the day it is of."""
        return as_date(self.place.form or "") or self.session.today()

    def question(self) -> Callable[[Store], Read]:
        """Return what to ask the vault."""
        session, day = self.session, self.day

        def ask(store: Store) -> Read:
            found = going(store, session, day)
            sheet = visit_pack(
                *(found, session.team),
                me=session.me.id,
                day=day,
                now=session.now(),
                phones=phones_of(store, session.team),
            )
            records = [one for stop in found for one in (stop.file.client, *stop.file.records)]
            clients = tuple(dict.fromkeys(one.file.client.id for one in found))
            return Read(sheet, sight("visit_pack", records) if found else None, clients)

        return ask

    def paper_panel(self) -> ExportPanel:
        """Return the panel that takes it out."""
        clients = self.read.clients if self.read is not None else ()
        return VisitPaperPanel(self.session, self.dialogs, self.day, clients)


class VisitPaperPanel(ExportPanel):
    """Asks how the pack is to be set, then writes it."""

    def __init__(
        self, session: Session, dialogs: Dialogs, day: date, clients: tuple[RecordId, ...]
    ) -> None:
        self._whose = frozenset(clients)
        self._day, self._addresses = day, False
        lost = _(
            "Paper can be lost, and nothing wipes it. By default it has a first name and an "
            "initial, no address, no telephone, no notes and nothing clinical. A visit that not "
            "all partners may read about is not on it."
        )
        leaves = Leaves(
            "visit_pack",
            _("Visit pack on paper"),
            nothing_locks(),
            "visits",
            [("pdf", _("PDF")), ("html", _("Web page"))],
            clients,
            warns=(lost,),
            preset={"recipient": session.me.name, "reason": _("Visits of the day")},
        )
        super().__init__(session, dialogs, leaves)
        self.addresses = TickBox(_("With &addresses and telephones"))
        self.put_beneath(holding(down(self.addresses)))

    def save(self) -> None:
        """Ask where to, log it, and write the file."""
        self._addresses = self.addresses.isChecked()  # kept now: it is written far from any widget
        super().save()

    def write(self, store: Store, place: Path, ending: str, made: str) -> None:
        """Write the file, of whom it was logged."""
        session = self._session
        found = [
            one for one in going(store, session, self._day) if one.file.client.id in self._whose
        ]
        sheet = visit_pack(
            found,
            session.team,
            me=session.me.id,
            day=self._day,
            now=session.now(),
            paper=Paper(made, addresses=self._addresses),
            phones=phones_of(store, session.team),
        )
        write_out(place, SET[ending](sheet))
