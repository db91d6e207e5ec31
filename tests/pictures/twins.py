# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of two files of one person: who may be here twice, side by side, joined, parted."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop_app.casework.both_files import Take
from desktop_app.casework.records import Answers, Edit, RecordId
from storage import reads
from storage.store import Store
from tests.pictures.doings import scrolled
from ui.open_casebook import OpenCasebook
from ui.pages import client_doing
from ui.pages.client import ClientPage
from ui.pages.joining import JoiningPage
from ui.places import Place


class Draws(Protocol):
    """Whoever draws: the gallery."""

    def draw(self, widget: QWidget, name: str, *, settle: Callable[[], bool], more: bool) -> None:
        """Draw a widget in every look."""

    def go(self, book: OpenCasebook, where: Place) -> None:
        """Go to a place and wait until it is whole."""

    def wait(self, settled: Callable[[], bool]) -> None:
        """Let the window do what it has begun."""


class _Pages:
    """Draws the pages of one open casebook in every look."""

    def __init__(self, gallery: Draws, book: OpenCasebook) -> None:
        self.gallery, self.book = gallery, book

    def settled(self) -> bool:
        """Say whether nothing is under way."""
        return not self.book.session.busy

    def keep(self, name: str, *, more: bool = False, end: bool = False) -> None:
        """Draw the window as it is, or its page scrolled to the end."""
        stack = self.book.frame.stack
        settle = (lambda: scrolled(stack) and self.settled()) if end else self.settled
        self.gallery.wait(self.settled)
        whole = f"coordinator_joining_{name}"
        self.gallery.draw(self.book.frame, whole, settle=settle, more=more)

    def go(self, where: Place) -> QWidget:
        """Go somewhere and return the page."""
        self.gallery.go(self.book, where)
        return self.book.frame.page(where.page)


def draw_twins(gallery: Draws, book: OpenCasebook, store: Store) -> None:
    """Draw what a coordinator sees of somebody who is here twice."""
    pages = _Pages(gallery, book)
    one = reads.records(store, form="alert", limit=1)[0].client
    other = _again(book, one)
    pages.go(Place("joining"))
    pages.keep("list")
    pages.go(Place("client", client=one))
    pages.keep("perhaps")
    _decide(pages, one, other)
    pages.go(Place("joining"))
    pages.keep("left")
    _decide_from_the_list(pages)
    client = pages.go(Place("client", client=other))
    assert isinstance(client, ClientPage)
    pages.keep("read_as_one")
    pages.keep("read_as_one_end", end=True)
    client_doing.open_parting(client, client.side.joined.shown[0])
    pages.keep("parting")
    client.beside.put_away()


def _decide(pages: _Pages, one: RecordId, other: RecordId) -> None:
    """Draw two side by side, what is still to be chosen, and that they were joined."""
    page = pages.go(Place("joining", client=one, record=other))
    assert isinstance(page, JoiningPage)
    pages.keep("compare", more=True)
    pages.keep("compare_end", end=True)
    panel, compare = page.panel, page.compare
    assert panel is not None
    assert compare is not None
    panel.save()
    pages.keep("problem")
    panel.view.editor("reason").show_value("He showed us both cards")
    panel.view._edited("reason")
    compare.questions["safe_contact"].tiles[Take.FIRST].click()
    panel.save()
    pages.keep("joined")


def _decide_from_the_list(pages: _Pages) -> None:
    """Draw what stands above the list once two were joined from it."""
    page = pages.go(Place("joining"))
    assert isinstance(page, JoiningPage)
    pages.gallery.wait(pages.settled)
    page.list.opened.emit(next(iter(page.list.pairs.values())))
    pages.gallery.wait(pages.settled)
    panel, compare = page.panel, page.compare
    assert panel is not None
    assert compare is not None
    panel.view.editor("reason").show_value("She has one date of birth on her passport")
    panel.view._edited("reason")
    for question in compare.questions.values():
        question.tiles[Take.FIRST].click()
    panel.save()
    pages.keep("from_list")


def _again(book: OpenCasebook, client: RecordId) -> RecordId:
    """Put somebody on the casebook a second time, as another agency would have; return the id."""
    session = book.session
    held = session.work(lambda vault: reads.client(vault, client)).result()
    assert held is not None
    answers = held.answers
    record = session.new_record()
    forename = str(answers.get("forename", ""))
    told: Answers = {
        **{name: answers.get(name) for name in ("born", "gender", "surname")},
        "forename": forename[:-1] + "y",
        "known_as": "Scout",
        "aliases": ["Scout"],
        "phone": "07700 900456",
        "address_1": "14 Saltings Row",
        "town": "Saltings",
        "postcode": "ZZ1 2AB",
        "never": "Not in front of his mother",
        "safe_times": "After noon",
        "first_contact_on": "2026-09-01",
    }
    here: Answers = {"never": "No letters", "may_text": "yes"}
    duty: Answers = {"duty": "key_worker", "worker": session.me.id, "from_on": "2026-09-01"}
    seen: Answers = {"at": "2026-10-02T11:00", "state": "done", "outcome": "seen", "kind": "street"}
    edits = [
        Edit("client", client, client, "partners", here),
        Edit("client", record, record, "partners", told),
        Edit("assignment", session.new_record(), record, "partners", duty),
        Edit("visit", session.new_record(), record, "partners", seen),
        Edit("note", session.new_record(), record, "coordination", {"headline": "Kept back"}),
    ]
    now_ms = session.clock.now_ms()
    session.work(lambda vault: vault.save(edits, now_ms=now_ms)).result()
    return record
