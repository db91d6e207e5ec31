# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Draft places: where a draft is taken up again, from whatever page it is opened."""

from desktop_app.casework.attachments import FORM as ATTACHMENT
from desktop_app.casework.outcomes import FORM as OUTCOME
from desktop_app.casework.records import RecordId
from desktop_app.casework.same_person import FORM as SAME_PERSON
from desktop_app.casework.settling import FORM as SETTLED
from desktop_app.casework.sharing_agreements import FORM as AGREEMENT
from ui.pages.importing_reason import title_of
from ui.places import Place


def place_of_draft(client: RecordId, form: str, record: RecordId) -> Place:
    """Return where a draft is taken up again."""
    if title_of(form):
        return Place("import")
    if form == ATTACHMENT and not record:  # its file has to be chosen again
        return Place("client", client=client, form=form)
    if form == SETTLED:  # its key is that of a question, not of a record
        return Place("twice", client=client or None)
    if form == SAME_PERSON:  # its draft is told from others by the other file
        return Place("joining", client=client, record=record or None)
    if form == OUTCOME:
        return Place("outcome", client=client, record=record or None)
    pages = {"visit": "visit", "account": "visit", "forum": "forum", AGREEMENT: "agreements"}
    page = pages.get(form, "record")
    return Place(page, client=client, record=record or None, form=form)
