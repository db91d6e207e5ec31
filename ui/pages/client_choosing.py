# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Choosing from the client page: which panel or page each step of it opens."""

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.casework.choosing import Decision, choosing
from desktop_app.casework.due import CaseFile
from desktop_app.casework.targeting import DEMAND
from ui.pages.choosing_panels import (
    DecisionPanel,
    NoticePanel,
    RemovalPanel,
    nomination_plan,
)
from ui.pages.choosing_read import Room, ask_room
from ui.pages.form_panel import FormPanel
from ui.pages.notice_letter import LetterPanel
from ui.places import Place

if TYPE_CHECKING:
    from ui.pages.client import ClientPage

DOES = ("nomination", "scoring", "decision", "notice", "letter", "removal", "redecide", "retell")


def do(page: "ClientPage", code: str) -> None:
    """Open what a step of choosing is done in."""
    file, session = page.file, page.session
    if file is None:
        return
    case = CaseFile(file.client, file.records)
    match code:
        case "scoring":
            page.go.emit(Place("scoring", client=page.client))
        case "nomination":
            open_panel(page, FormPanel(session, nomination_plan(session, file.client), page.client))
        case "decision":
            decide(page, case)
        case "redecide":
            stands = choosing(file.records, session.today())
            both = [one for one in (stands.decision, stands.course) if one is not None]
            last = max(both, key=lambda one: one.decided_on or date.min, default=None)
            decide(page, case, instead=last)
        case "removal":
            open_panel(page, RemovalPanel(session, case))
        case _:
            tell(page, case, code)


def decide(page: "ClientPage", case: CaseFile, *, instead: Decision | None = None) -> None:
    """Open the panel of a decision, once it is known how much room there is."""
    session = page.session

    def opened(found: Room) -> None:
        if page.file is not None and page.file.client.id == case.client.id:
            open_panel(page, DecisionPanel(session, case, found, instead=instead))

    ask_room(session, opened, owner=page)


def tell(page: "ClientPage", case: CaseFile, code: str) -> None:
    """Open the panel of a notice, or of the letter that goes with it."""
    stands = choosing(case.records, page.session.today())
    place = stands.place
    if place is None or place.cohort != DEMAND:
        return
    if code == "letter":
        page.open_panel(LetterPanel(page.session, page.dialogs, case.client))
    else:
        instead = stands.notice if code == "retell" else None
        open_panel(page, NoticePanel(page.session, case, place, instead))


def open_panel(page: "ClientPage", panel: FormPanel) -> None:
    """Show a panel beside the timeline."""
    page.open_panel(panel)
