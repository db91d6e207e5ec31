# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of a form put right, of a number given on Team, and of the card made at a door."""

from typing import TYPE_CHECKING

from desktop_app.casework.outcomes import FORM
from desktop_app.casework.records import Answers, link
from storage import reads
from storage.store import Store
from ui.open_casebook import OpenCasebook
from ui.pages.doorstep import DoorstepPage
from ui.pages.outcome import OutcomePage
from ui.pages.team import TeamPage
from ui.pages.team_phone import PhoneCard
from ui.places import Place

if TYPE_CHECKING:
    from tests.pictures.run import Gallery

RIGHT = ("nurse_correction", "nurse_corrected")
RINGING = ("key_worker_ringing", "key_worker_door_card")


def draw_putting_right(gallery: "Gallery", book: OpenCasebook, store: Store) -> None:
    """Draw a form that is being corrected, then both as they stand."""
    (old,) = reads.records(store, form=FORM, limit=1)
    gallery.go(book, Place("outcome", client=old.client, record=old.id))
    page = book.frame.page("outcome")
    assert isinstance(page, OutcomePage)
    assert page.sheet is not None
    first = next(iter(page.sheet.questions.lines.values()))
    first.set_value(28)
    _keep(gallery, book, "nurse_correction")
    page.save()
    _keep(gallery, book, "nurse_correction_wrong")
    page.leave()
    held = old.answers.get("answers")
    given: Answers = {**held, "alcohol": 28} if isinstance(held, dict) else {}
    said: Answers = {**old.answers, "answers": given, "corrects": link(old.id)}
    said["correction_reason"] = "A number was typed on the line of another"
    book.session.save([book.session.edit(FORM, said, client=old.client)])
    for name, where in (
        ("nurse_corrected_record", Place("record", client=old.client, record=old.id, form=FORM)),
        ("nurse_corrected_client", Place("client", client=old.client)),
    ):
        gallery.go(book, where)
        _keep(gallery, book, name)


def draw_ringing(gallery: "Gallery", book: OpenCasebook, store: Store) -> None:
    """Draw the card a number is given on, and the card that is made at a door."""
    gallery.go(book, Place("team"))
    page = book.frame.page("team")
    assert isinstance(page, TeamPage)
    _keep(gallery, book, "key_worker_ringing_team")
    page.ask_number(book.session.me)
    (asked,) = page.findChildren(PhoneCard)
    _keep(gallery, book, "key_worker_ringing")
    asked.number.setText("01632")
    asked.save()
    _keep(gallery, book, "key_worker_ringing_wrong")
    asked.left.emit()
    client = reads.records(store, form="appointment", limit=1)[0].client
    gallery.go(book, Place("visit", client=client))
    door = book.frame.page("visit")
    assert isinstance(door, DoorstepPage)
    assert door.visit is not None
    door.visit.happened.tiles.set_value("not_seen")
    door.visit.happened._tile_chosen()  # as a person would: the rest of the page follows
    _keep(gallery, book, "key_worker_door_card_before")
    door.leave_card()
    _keep(gallery, book, "key_worker_door_card")


def _keep(gallery: "Gallery", book: OpenCasebook, name: str) -> None:
    gallery.draw(
        *(book.window, name),
        settle=lambda: not book.session.busy and not book.exchanging.running,
        more=False,
    )
