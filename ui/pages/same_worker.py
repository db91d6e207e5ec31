# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How many have had the same key worker since being accepted, with the list behind the number.

It is worked out when it is looked at, from the few forms that say who stood by whom: nothing of it
is kept, and nothing is added to a save.
"""

from collections.abc import Callable
from pathlib import Path

from desktop_app.casework.audit import sight
from desktop_app.casework.continuity import FORMS, Kept, kept
from desktop_app.casework.records import RecordId
from desktop_app.casework.targeting import Place as Placed
from desktop_app.casework.targeting import Support
from desktop_app.casework.words import _
from desktop_app.reports.same_worker import same_worker
from storage import boards, reads
from storage.store import Store
from ui.dialogs import Dialogs
from ui.pages.client_taking_out import SET, write_out
from ui.pages.export_panel import ExportPanel, Leaves, nothing_locks
from ui.pages.reading import Read, ReadingPage
from ui.session import Session

AT_A_TIME = 500
"""Clients whose files are read in one go."""


def counted(store: Store, session: Session) -> list[Kept]:
    """Return everybody who was accepted. Asked on the store's thread."""
    accepted = [
        one for form in (Placed.form, Support.form) for one in reads.records(store, form=form)
    ]
    clients = list(dict.fromkeys(one.client for one in accepted))
    found: dict[RecordId, Kept] = {}
    for begin in range(0, len(clients), AT_A_TIME):
        some = boards.case_files(store, clients[begin : begin + AT_A_TIME], FORMS)
        for file in some.values():
            one = kept(file.client, file.records, session.team, session.today())
            if one is not None:
                found[file.client.id] = one
    return list(found.values())


class SameWorkerPage(ReadingPage):
    """The page."""

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        why = _("Counted from when a place on the programme or support begins.")
        nothing = ("hand-heart", _("Who kept one key worker will stand here"), why)
        super().__init__(session, dialogs, _("Same key worker"), nothing)

    def question(self) -> Callable[[Store], Read]:
        """Return what to ask the vault."""
        session = self.session

        def ask(store: Store) -> Read:
            found = counted(store, session)
            sheet = same_worker(found, session.team, on=session.today())
            clients = tuple(one.client.id for one in found)
            return Read(sheet, sight("board", clients=clients) if found else None, clients)

        return ask

    def paper_panel(self) -> ExportPanel:
        """Return the panel that takes it out."""
        clients = self.read.clients if self.read is not None else ()
        return SameWorkerPanel(self.session, self.dialogs, clients)


class SameWorkerPanel(ExportPanel):
    """Asks for whom the list is, then writes it."""

    def __init__(self, session: Session, dialogs: Dialogs, clients: tuple[RecordId, ...]) -> None:
        self._whose = frozenset(clients)
        leaves = Leaves(
            "report",
            _("Same key worker, as a list"),
            nothing_locks(),
            "same-key-worker",
            [("pdf", _("PDF")), ("html", _("Web page")), ("csv", _("Table (CSV)"))],
            clients,
        )
        super().__init__(session, dialogs, leaves)

    def write(self, store: Store, place: Path, ending: str, made: str) -> None:
        """Write the file, of whom it was logged."""
        session = self._session
        found = [one for one in counted(store, session) if one.client.id in self._whose]
        write_out(
            place, SET[ending](same_worker(found, session.team, on=session.today(), made=made))
        )
