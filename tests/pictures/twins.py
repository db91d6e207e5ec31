# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of two files of one person: who may be here twice, side by side, joined, parted."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

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


def draw_twins(gallery: Draws, book: OpenCasebook, store: Store) -> None:
    """Draw what a coordinator sees of somebody who is here twice."""
    session = book.session
    one = reads.records(store, form="alert", limit=1)[0].client
    other = _again(book, store, one)

    def settled() -> bool:
        return not session.busy

    def keep(name: str, *, more: bool = False) -> None:
        gallery.wait(settled)
        gallery.draw(book.frame, f"coordinator_joining_{name}", settle=settled, more=more)

    gallery.go(book, Place("joining"))
    keep("list")
    gallery.go(book, Place("client", client=one))
    keep("perhaps")
    gallery.go(book, Place("joining", client=one, record=other))
    page = book.frame.page("joining")
    assert isinstance(page, JoiningPage)
    keep("compare", more=True)
    page.panel.save()  # type: ignore[union-attr]
    keep("problem")
    page.panel.view.editor("reason").show_value("He showed us both cards")  # type: ignore[union-attr]
    page.panel.view._edited("reason")  # type: ignore[union-attr]
    page.compare.questions["safe_contact"].tiles["first"].click()  # type: ignore[union-attr,index]
    page.panel.save()  # type: ignore[union-attr]
    gallery.wait(settled)
    keep("joined")
    gallery.go(book, Place("joining"))
    keep("nobody")
    gallery.go(book, Place("client", client=other))
    client = book.frame.page("client")
    assert isinstance(client, ClientPage)
    keep("read_as_one")
    scrolled(client)
    gallery.draw(
        book.frame,
        "coordinator_joining_read_as_one_end",
        settle=lambda: scrolled(client) and settled(),
        more=False,
    )
    client_doing.open_parting(client, client.joined.shown[0])
    keep("parting")
    client.beside.put_away()


def _again(book: OpenCasebook, store: Store, client: RecordId) -> RecordId:
    """Put somebody on the casebook a second time, as another agency would have; return the id."""
    held = reads.client(store, client)
    assert held is not None
    session, answers = book.session, held.answers
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
    store.save(edits, now_ms=session.clock.now_ms())
    return record
