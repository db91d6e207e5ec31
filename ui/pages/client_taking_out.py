# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking a client's summary out of Tandem: for whom, why, in which format, and where to.

Rules, each with a test:

* What leaves is logged first: the record of it is durable in the vault before the file is written.
  Where it brings together what is for several groups, so is that (DPA 2018 s.62(1)(e)).
* The three formats say the same: they are set from one sheet.
* The file goes where the person chose, at once and nowhere else; its suggested name is nobody's.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from desktop_app.casework import audience
from desktop_app.casework.audit import combination
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.records import Edit, Record, RecordId
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from desktop_app.reports.client_summary import client_summary
from desktop_app.reports.pdf import pdf
from desktop_app.reports.sheet import Sheet
from desktop_app.reports.table import table
from desktop_app.reports.web_page import web_page
from storage import reads
from storage.store import Store
from ui.dialogs import Dialogs
from ui.pages.export_panel import ExportPanel, Leaves, nothing_locks
from ui.session import Session

SET: dict[str, Callable[[Sheet], bytes]] = {"pdf": pdf, "html": web_page, "csv": table}


class NotWritten(CaseworkError):
    """The file could not be written where the person wanted it."""


class TakingOutPanel(ExportPanel):
    """Asks what the law and the agreement ask, then writes one file."""

    def __init__(
        self,
        session: Session,
        dialogs: Dialogs,
        client: RecordId,
        files: Sequence[RecordId] = (),
    ) -> None:
        """Ask what is to be asked.

        Args:
            session: who takes it out.
            dialogs: asks where to.
            client: whose it is.
            files: every client who is this person; none where there is but one.
        """
        leaves = Leaves(
            "client_file",
            _("Print or save a summary"),
            nothing_locks(),
            "summary",
            [("pdf", _("PDF")), ("html", _("Web page")), ("csv", _("Table (CSV)"))],
            tuple(files) or (client,),
        )
        super().__init__(session, dialogs, leaves, client)

    def write(self, store: Store, place: Path, ending: str, made: str) -> None:
        """Write the file."""
        session, about = self._session, self._leaves.about
        found = reads.client(store, self._client)
        if found is None:
            raise NotWritten(_("This client is not on this laptop. Nothing was written."))
        records = reads.records(store, client=self._client)
        if together := brought_together(session, about, records):
            store.save([together], now_ms=session.clock.now_ms())
        sheet = client_summary(found, records, session.team, on=session.today(), made=made)
        write_out(place, SET[ending](sheet))


def brought_together(
    session: Session, files: Sequence[RecordId], records: Sequence[Record]
) -> Edit | None:
    """Return the entry for a report over what several groups hold; None for one group's."""
    held = {one.audience for one in records}
    groups = [one for one in audience.AUDIENCES if one in held]
    if len(groups) < 2:
        return None
    return combination(
        "report",
        files,
        record=session.new_record(),
        at=session.now().isoformat(timespec="minutes"),
        rule=listed([audience.title(one) for one in groups]),
    )


def write_out(place: Path, content: bytes) -> None:
    """Write a file where a person chose: whole, or not at all.

    What lay there stays until all of the new one is written.

    Raises:
        NotWritten: it could not be written there; nothing is left of it.
    """
    part = place.with_name(f".{place.name}.part")
    try:
        part.write_bytes(content)
        part.replace(place)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise NotWritten(
            _("The file could not be written there. Nothing was written; choose another place.")
        ) from error
