# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What an answer to a row needs of the page it stands on: Today, or a board."""

from collections.abc import Mapping
from typing import Any, Protocol

from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.records import RecordId
from storage.store import Draft
from ui.dialogs import Dialogs
from ui.kit.row_list import RowList
from ui.pages.form_panel import FormPanel
from ui.pages.today_answers import Answered
from ui.session import Session


class RowPage(Protocol):
    """A page of rows that are answered where they stand.

    Attributes:
        session: whose rows they are.
        dialogs: asks where to, for what is taken out.
        rows: the rows.
        receipts: what was answered since the page was opened, by the key of its row.
        files: the whole case file of the client of the row that is answered.
        go: a signal with a `Place` to go to.
    """

    session: Session
    dialogs: Dialogs
    rows: RowList
    go: Any
    files: Mapping[RecordId, CaseFile]

    @property
    def receipts(self) -> Mapping[str, tuple[Due, Answered]]:
        """Return what was answered since the page was opened."""

    def keep(self, due: Due, answered: Answered | None) -> None:
        """Let a row stand as the receipt of what was answered; None takes the receipt away."""

    def refresh(self) -> None:
        """Ask what is due now."""

    def open_panel(self, panel: FormPanel) -> None:
        """Show a panel beside the rows."""

    def file(self, client: RecordId) -> CaseFile | None:
        """Return the case file of the client of a row."""

    def due(self, key: str) -> Due | None:
        """Return what a row is about."""

    def draft(self, due: Due) -> Draft | None:
        """Return the draft a row is about."""
