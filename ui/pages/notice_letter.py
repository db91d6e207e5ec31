# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking the letter out that says somebody is on the programme: logged first, then written.

Rules, each with a test:

* What leaves is logged before the file is written (see `export_panel`).
* Where letters are not safe for somebody, that is said before anything is asked.
* Nobody who may be under 18 gets one: one sentence says so, and nothing is written.
* The letter itself does not say who took it out: it names nobody but whom it goes to.
"""

from collections.abc import Callable
from pathlib import Path

from desktop_app.casework import intake
from desktop_app.casework.forms import Problem
from desktop_app.casework.records import Answers, Record
from desktop_app.casework.words import _
from desktop_app.reports.notice_letter import notice_letter
from desktop_app.reports.pdf import pdf
from desktop_app.reports.sheet import Sheet
from desktop_app.reports.web_page import web_page
from storage.store import Store
from ui.dialogs import Dialogs
from ui.pages.choosing_panels import newest_message
from ui.pages.client_taking_out import write_out
from ui.pages.export_panel import ExportPanel, Leaves
from ui.session import Session

SET: dict[str, Callable[[Sheet], bytes]] = {"pdf": pdf, "html": web_page}


class LetterPanel(ExportPanel):
    """Asks why, then writes the letter where a person chose."""

    def __init__(self, session: Session, dialogs: Dialogs, client: Record) -> None:
        self._whose = client
        leaves = Leaves(
            "notice_letter",
            _("Letter about the programme"),
            _said(client),
            "letter",
            [("pdf", _("PDF")), ("html", _("Web page"))],
            (client.id,),
            preset={
                "recipient": _("The client"),
                "reason": _("They are told that they are on the programme"),
            },
            check=self._adult,
        )
        super().__init__(session, dialogs, leaves, client.id)

    def write(self, _store: Store, place: Path, ending: str, _made: str) -> None:
        """Write the letter."""
        on, made_up = self._session.today(), self._session.team.made_up
        sheet = notice_letter(self._whose, newest_message(), on=on, made_up=made_up)
        write_out(place, SET[ending](sheet))

    def _adult(self, _answers: Answers) -> list[Problem]:
        child = intake.on_no_list(self._whose.answers, on=self._session.today())
        return [Problem("recipient", child)] if child else []


def _said(client: Record) -> str:
    safe = {
        "yes": "",
        "no": _("Letters are not safe for them. Read it together, and leave nothing."),
    }
    unasked = _("Nobody has said that letters are safe for them. Ask before it is left.")
    about = _(
        "One page in plain words: what is offered, what will happen. It names nobody else and "
        "tells nothing of the file. That it was taken out is recorded first."
    )
    return f"{safe.get(client.text('may_write'), unasked)} {about}".strip()
