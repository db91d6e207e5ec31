# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The answer of the board of what is missing: the record's own form, at the question."""

from collections.abc import Callable, Mapping

from desktop_app.casework.due import Due
from desktop_app.casework.due_missing import first_missing
from desktop_app.casework.forms import form
from desktop_app.casework.records import Edit
from desktop_app.casework.words import _
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.row_page import RowPage
from ui.pages.today_answers import Answered, back


def _fill_in(page: RowPage, due: Due, _code: str) -> None:
    """Open the form of the record that lacks something, with the cursor at the question."""
    file = page.file(due.client)
    record = next((one for one in file.records if one.id == due.record), None) if file else None
    if file is None or record is None:
        return
    plan = Plan(
        record.form,
        _(form(record.form).title),
        _("Save"),
        record=record,
        who=due.name,
        begin_at=first_missing(file, record.id),
    )
    panel = FormPanel(page.session, plan, record.client)

    def saved(edit: Edit) -> None:
        words = (_("Filled in"), "ok", "check")
        now = page.session.now()
        page.keep(due, Answered((edit,), (back(record, edit),), "", now, said=words))

    panel.saved.connect(saved)
    page.open_panel(panel)


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {"fill_in": _fill_in}
