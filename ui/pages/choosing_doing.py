# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers of the boards of choosing: decide, score, tell, nominate again, remove, keep."""

from collections.abc import Callable, Mapping

from desktop_app.casework import removal
from desktop_app.casework.choosing import choosing
from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.records import Edit
from desktop_app.casework.targeting import DEMAND
from desktop_app.casework.words import _
from ui.pages import today_doing
from ui.pages.choosing_panels import (
    DecisionPanel,
    NoticePanel,
    RemovalPanel,
    SealedPanel,
    nomination_plan,
)
from ui.pages.choosing_read import Room, ask_room
from ui.pages.row_page import RowPage
from ui.pages.today_answers import Answered
from ui.places import Place


def _decide(page: RowPage, due: Due, code: str) -> None:
    """Open the panel of a decision, once it is known how much room there is."""
    about = "keep" if code == "stays" else ""

    def opened(room: Room) -> None:
        file = page.file(due.client)
        if file is not None:
            _open(page, due, DecisionPanel(page.session, file, room, about=about), _("Decided"))

    ask_room(page.session, opened, owner=page.rows)


def _score(page: RowPage, due: Due, _code: str) -> None:
    page.go.emit(Place("scoring", client=due.client))


def _told(page: RowPage, due: Due, _code: str) -> None:
    file = page.file(due.client)
    place = choosing(file.records, page.session.today()).place if file else None
    if file is not None and place is not None and place.cohort == DEMAND:
        _open(page, due, NoticePanel(page.session, file, place), _("Told"))


def _nominate(page: RowPage, due: Due, _code: str) -> None:
    file = page.file(due.client)
    if file is not None:
        today_doing.open_form(
            page, due, nomination_plan(page.session, file.client), done=_("Nominated")
        )


def _remove(page: RowPage, due: Due, code: str) -> None:
    file: CaseFile | None = page.file(due.client)
    of = removal.SUPPORT if code == "remove_support" else removal.TARGETING
    if file is not None:
        _open(page, due, RemovalPanel(page.session, file, of=of), _("Removed"))


def _open(page: RowPage, due: Due, panel: SealedPanel, said: str) -> None:
    """Show a panel beside the rows; what it saves leaves its receipt, and the way back."""
    file = page.file(due.client)
    before = file.records if file else ()

    def saved(edit: Edit) -> None:
        undo = panel.taken_back(edit, before)
        words = (said, "ok", "check")
        page.keep(due, Answered((edit,), undo, "", page.session.now(), said=words))

    panel.who.setText(due.name)
    panel.who.show()
    panel.saved.connect(saved)
    page.open_panel(panel)


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {
    "to_decide": _decide,
    "stays": _decide,
    "score": _score,
    "told": _told,
    "nominate": _nominate,
    "remove_targeting": _remove,
    "remove_support": _remove,
}
