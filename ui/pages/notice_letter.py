# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking the letter out that says somebody is on the programme: logged first, then written.

Rules, each with a test:

* What leaves is logged before the file is written (see `client_taking_out`).
* Where letters are not safe for somebody, that is said before anything is asked.
* Nobody who may be under 18 gets one: one sentence says so, and nothing is written.
"""

from collections.abc import Callable
from pathlib import Path

from desktop_app.casework import intake
from desktop_app.casework.audit import taken_out
from desktop_app.casework.forms import Problem, form
from desktop_app.casework.records import Answers, Record, RecordId
from desktop_app.casework.words import _
from desktop_app.reports.notice_letter import notice_letter
from desktop_app.reports.pdf import pdf
from desktop_app.reports.sheet import Sheet
from desktop_app.reports.web_page import web_page
from storage.store import Saved, Store
from ui.dialogs import Dialogs
from ui.kit.segment import Segment
from ui.pages.choosing_panels import newest_message
from ui.pages.client_taking_out import ASKED, write_out
from ui.pages.form_panel import FormPanel, Plan
from ui.session import Session

SET: dict[str, Callable[[Sheet], bytes]] = {"pdf": pdf, "html": web_page}


class LetterPanel(FormPanel):
    """Asks why, then writes the letter where a person chose."""

    def __init__(self, session: Session, dialogs: Dialogs, client: Record) -> None:
        self._dialogs, self._whose = dialogs, client
        plan = Plan(
            "export",
            _("Letter about the programme"),
            _("Choose where"),
            preset={
                "what": "notice_letter",
                "recipient": _("The client"),
                "reason": _("They are told that they are on the programme"),
            },
            leave_out=tuple(one.name for one in form("export").field if one.name not in ASKED),
            says=_said(client),
            check=self._adult,
        )
        super().__init__(session, plan, client.id)
        self.format = Segment(
            [("pdf", _("PDF")), ("html", _("Web page"))], _("Format"), value="pdf"
        )
        self.put_choice(self.format)

    def _adult(self, _answers: Answers) -> list[Problem]:
        child = intake.on_no_list(self._whose.answers, on=self._session.today())
        return [Problem("recipient", child)] if child else []

    def client_of(self, _record: RecordId) -> RecordId:
        """Return nobody: the log names no client."""
        return b""

    def save(self) -> None:
        """Ask where to, log it, and write the file."""
        session, today = self._session, self._session.today()
        if not self._questions.may_be_saved():
            return
        ending = self.format.value()
        place = self._dialogs.save_file(self.plan.title, suggest=f"letter.{ending}")
        if place is None:
            return
        self.act.setEnabled(False)
        asked = {**self._questions.answers(), "what": "notice_letter", "format": ending}
        at = session.now().isoformat(timespec="minutes")
        log = taken_out(asked, (self._client,), record=session.new_record(), at=at)
        sheet = notice_letter(self._whose, newest_message(), on=today)

        def logged(_saved: Saved) -> None:
            self._write(SET[ending](sheet), place)

        session.save([log], logged)

    def _write(self, content: bytes, place: Path) -> None:
        """Write the file, now that the vault knows of it."""

        def write(_store: Store) -> None:
            write_out(place, content)

        def written(_nothing: None) -> None:
            self._questions.drafting.drop()
            self.closed.emit()

        self._session.work(write, written, owner=self)


def _said(client: Record) -> tuple[str, ...]:
    said = [
        _(
            "One page in plain words: what is offered, what will happen. It names nobody else, "
            "and nothing anybody suspects. That it was taken out is recorded first."
        )
    ]
    if client.text("may_write") != "yes":
        said.insert(0, _("Nobody has said that letters are safe for them. Ask before it is left."))
    if client.text("may_write") == "no":
        said[0] = _("Letters are not safe for them. Read it together, and leave nothing.")
    return tuple(said)
