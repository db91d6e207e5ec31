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
from desktop_app.casework.audit import combination, taken_out
from desktop_app.casework.dates import say_moment
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.forms import form
from desktop_app.casework.records import Edit, Record, RecordId
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from desktop_app.reports.client_summary import client_summary
from desktop_app.reports.pdf import pdf
from desktop_app.reports.sheet import Sheet
from desktop_app.reports.table import table
from desktop_app.reports.web_page import web_page
from storage import reads
from storage.store import Saved, Store
from ui.dialogs import Dialogs
from ui.kit.segment import Segment
from ui.pages.form_panel import FormPanel, Plan
from ui.session import Session

ASKED = ("recipient", "reason")
SET: dict[str, Callable[[Sheet], bytes]] = {"pdf": pdf, "html": web_page, "csv": table}


class NotWritten(CaseworkError):
    """The file could not be written where the person wanted it."""


class TakingOutPanel(FormPanel):
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
        self._dialogs, self._files = dialogs, tuple(files) or (client,)
        asked = form("export").field
        plan = Plan(
            "export",
            _("Print or save a summary"),
            _("Choose where"),
            preset={"what": "client_file"},
            leave_out=tuple(one.name for one in asked if one.name not in ASKED),
            says=(
                _(
                    "Nothing locks this file: whoever has it can read it. That it was taken "
                    "out, by whom and why, is recorded first."
                ),
            ),
        )
        super().__init__(session, plan, client)
        self.format = Segment(
            [("pdf", _("PDF")), ("html", _("Web page")), ("csv", _("Table (CSV)"))],
            _("Format"),
            value="pdf",
        )
        self.put_choice(self.format)

    def client_of(self, _record: RecordId) -> RecordId:
        """Return nobody: the log names no client."""
        return b""

    def save(self) -> None:
        """Ask where to, log it, and write the file."""
        if not self._questions.may_be_saved():
            return
        place = self._dialogs.save_file(self.plan.title, suggest=f"summary.{self.format.value()}")
        if place is None:
            return
        self.act.setEnabled(False)
        session, ending = self._session, self.format.value()
        asked = {**self._questions.answers(), "what": "client_file", "format": ending}
        at = session.now().isoformat(timespec="minutes")
        log = taken_out(asked, self._files, record=session.new_record(), at=at)

        def logged(_saved: Saved) -> None:
            self._write(log, place, SET[ending])

        session.save([log], logged)

    def _write(self, log: Edit, place: Path, as_file: Callable[[Sheet], bytes]) -> None:
        """Write the file, now that the vault knows of it."""
        session, client, asked = self._session, self._client, self._questions
        files = self._files
        team, today, made = session.team, session.today(), self._made(log)

        def write(store: Store) -> None:
            found = reads.client(store, client)
            if found is None:
                raise NotWritten(_("This client is not on this laptop. Nothing was written."))
            records = reads.records(store, client=client)
            if together := _brought_together(session, files, records):
                store.save([together], now_ms=session.clock.now_ms())
            write_out(place, as_file(client_summary(found, records, team, on=today, made=made)))

        def written(_nothing: None) -> None:
            asked.drafting.drop()
            self.saved.emit(log)
            self.closed.emit()

        session.work(write, written, owner=self)

    def _made(self, log: Edit) -> str:
        """Return who takes it out, when, for whom and why: at the foot of every page."""
        said = {
            "name": self._session.me.name,
            "when": say_moment(str(log.answers["happened_at"]), self._session.today()),
            "whom": log.answers.get("recipient", ""),
            "why": log.answers.get("reason", ""),
        }
        return _("Taken out by %(name)s on %(when)s for %(whom)s: %(why)s") % said


def _brought_together(
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
