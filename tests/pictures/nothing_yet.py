# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of the person loop in a team that was founded a minute ago."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.casework.records import Answers, Edit
from tests.pictures.person import Pages
from ui.open_casebook import OpenCasebook
from ui.pages.boards import BoardsPage
from ui.pages.scrutiny import COMPARED, DECIDED, ScrutinyPage
from ui.places import Place

if TYPE_CHECKING:
    from tests.pictures.run import Gallery


def draw_nothing_yet(gallery: "Gallery", book: OpenCasebook) -> None:
    """Draw each page of the person loop in a team that was founded a minute ago."""
    pages = Pages(gallery, book, "empty")
    boards = pages.go(Place("boards"))
    assert isinstance(boards, BoardsPage)
    for name in boards.boards:
        pages.go(Place("boards", form=name))
        pages.keep(f"board_{name}")
    names = ("forum", "scrutiny", "same_worker", "visit_pack", "criteria", "ndtms", "sheets")
    for name in (*names, "agreements"):
        page = pages.go(Place(name))
        pages.keep(name)
        if isinstance(page, ScrutinyPage):
            _parts(pages, page)
        if name == "forum":
            _held(pages, page)
            pages.go(Place("today"))
    client = book.session.new_record()
    held: Answers = {"surname": "Marshland", "forename": "Daniel", "first_contact_on": "2026-11-20"}
    edit, now_ms = Edit("client", client, client, "partners", held), book.session.clock.now_ms()
    book.session.work(lambda vault: vault.save([edit], now_ms=now_ms)).result()
    for name in ("client", "plan", "plan_shown", "scoring", "outcome"):
        pages.go(Place(name, client))
        pages.keep(f"person_{name}")


def _parts(pages: Pages, page: ScrutinyPage) -> None:
    for part in (COMPARED, DECIDED):
        page.part.set_value(part)
        page._choose(part)
        pages.keep(f"scrutiny_{part}")


def _held(pages: Pages, page: QWidget) -> None:
    """Draw a forum that nobody stands on."""
    page.begin()  # type: ignore[attr-defined]
    pages.gallery.wait(pages.settled)
    pages.keep("forum_card")
    page.held.close_forum()  # type: ignore[attr-defined]
    pages.gallery.wait(pages.settled)
    pages.keep("forum_minutes")
