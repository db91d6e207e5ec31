# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is done with an information-sharing agreement: written down, renewed, changed, ended.

Rules, each with a test:

* To renew one is to write another that takes its place: both are kept, with their days.
* Changing and ending ask all of its questions, so that nothing is saved that is not seen.
"""

from collections.abc import Callable, Mapping

from desktop_app.casework.due import Due
from desktop_app.casework.records import Answers, Record, RecordId, link
from desktop_app.casework.sharing_agreements import FORM, RENEW
from desktop_app.casework.words import _
from ui.consulting import nothing
from ui.pages import today_doing
from ui.pages.form_panel import Plan
from ui.pages.row_page import RowPage

ENDING = ("ended_on", "ended_why")
DATED = ("signed_on", "review_on", *ENDING)
"""What the one that takes its place does not take over."""


def new_plan() -> Plan:
    """Return the plan in which an agreement is written down."""
    return Plan(
        FORM,
        _("Write an agreement down"),
        _("Keep it"),
        leave_out=ENDING,
        says=(_("Everybody in the team reads it. The signed paper stays where it is kept."),),
    )


def renewal_plan(record: Record) -> Plan:
    """Return the plan in which one is renewed: everything but its days is there already."""
    kept: Answers = {name: v for name, v in record.answers.items() if name not in DATED}
    return Plan(
        FORM,
        _("Renew the agreement"),
        _("Renew"),
        preset={**kept, "supersedes": link(record.id)},
        leave_out=ENDING,
        says=(_("It takes the place of the one before, which is kept with its days."),),
        who=record.text("title"),
        draft_of=renewal_of(record.id),
        begin_at="signed_on",
    )


def change_plan(record: Record, *, ends: bool = False) -> Plan:
    """Return the plan in which one is put right, or ended: then the cursor begins at its end."""
    return Plan(
        FORM,
        _("End the agreement") if ends else _("Change the agreement"),
        _("Save"),
        record=record,
        who=record.text("title"),
        begin_at="ended_on" if ends else "title",
    )


def renewal_of(record: RecordId) -> RecordId:
    """Return what tells the draft of a renewal from the draft of a change."""
    return bytes(255 - one for one in record)


def _renew(page: RowPage, due: Due, _code: str) -> None:
    """Open the panel of the one that takes its place."""

    def opened(record: Record | None) -> None:
        if record is not None:
            today_doing.open_form(page, due, renewal_plan(record), done=_("Renewed"))

    page.session.ask(
        lambda store: store.record(due.record),
        opened,
        shows=nothing,
        owner=page.rows,
        name="agreement",
    )


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {RENEW: _renew}
"""What is done for each answer that is more than opening something."""
