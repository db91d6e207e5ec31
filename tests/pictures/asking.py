# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of what one colleague asks of another: asked, on their Today, heard, and told back."""

from typing import TYPE_CHECKING

from desktop_app.casework.people import Role
from storage import unlock
from storage.store import Store
from tests.pictures.person import Pages
from tests.pictures.town import opened
from ui import home as homes
from ui.open_casebook import OpenCasebook
from ui.pages.colleagues import ColleaguesPage
from ui.pages.colleagues_words import ASK
from ui.pages.today import TodayPage
from ui.places import Place

if TYPE_CHECKING:
    from tests.pictures.run import Gallery

BEGIN = ("officer_asked",)
HEARD = "action_heard"


def draw_asking(gallery: "Gallery", book: OpenCasebook) -> None:
    """Draw it at the key worker's laptop and at the officer's, who share over the team's folder."""
    officer = Pages(gallery, book, Role.OFFICER.value)
    home = next(one for one in book._place.folder.parents if homes.vaults(one))
    place = next(one for one in homes.vaults(home) if one.about.role == Role.KEY_WORKER.value)
    store = Store.open(place.folder, unlock.unlock(place.folder, homes.made_up_passphrase(home)))
    theirs = opened(store, home, place)
    asker = Pages(gallery, theirs, Role.OFFICER.value)
    _ask(asker, book.session.me.id)
    _share(asker)
    _share(officer)
    page = officer.go(Place("today"))
    assert isinstance(page, TodayPage)
    key = next(
        key
        for key, row in page.rows.rows.items()
        if any(one.code == HEARD for one in row.item().answers)
    )
    page.rows.go_to(key)
    officer.keep("asked_today")
    page.rows.answered.emit(key, HEARD)
    officer.keep("asked_heard")
    _share(officer)
    _share(asker)
    asker.go(Place("colleagues"))
    asker.keep("asked_told_back")
    theirs.close_down()


def _ask(asker: Pages, whom: str) -> None:
    page = asker.go(Place("colleagues"))
    assert isinstance(page, ColleaguesPage)
    one = next(one for one in page.shown.found.arrived if one.record.author == whom)
    page.rows.answered.emit(one.record.id.hex(), ASK)
    assert page.panel is not None
    asker.keep("asked_panel")
    page.panel.save()
    asker.keep("asked_panel_problem")
    begun = str(page.panel.view.answers()["what"])
    page.panel.view.resume({"what": f"{begun}did they say where they sleep now?"})
    page.panel.save()
    asker.keep("asked_receipt")


def _share(pages: Pages) -> None:
    pages.book.exchanging.start()
    pages.gallery.wait(pages.settled)
