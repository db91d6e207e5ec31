# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of what two people wrote of the same: questions, and visits."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop_app.casework.audience import audience_for
from desktop_app.casework.forms import form
from desktop_app.casework.records import Answers, Edit, Json, Record, RecordId, link, new_id
from desktop_app.casework.settling import KEPT, Pen, object_to, settle
from desktop_app.casework.twice import Question, questions
from storage import reads, settlings, unlock
from storage.store import Store
from sync.exchange import exchange
from sync.seat import seat_of
from sync.share import FolderShare
from tests.pictures.doings import scrolled
from ui import home as homes
from ui.home import VaultPlace
from ui.kit.buttons import Button
from ui.open_casebook import OpenCasebook
from ui.pages.client import ClientPage
from ui.pages.record import RecordPage
from ui.pages.today import TodayPage
from ui.pages.twice import TwicePage
from ui.places import Place

MINUTE_MS = 60_000


class Draws(Protocol):
    """Whoever draws: the gallery."""

    def draw(self, widget: QWidget, name: str, *, settle: Callable[[], bool], more: bool) -> None:
        """Draw a widget in every look."""

    def go(self, book: OpenCasebook, where: Place) -> None:
        """Go to a place and wait until it is whole."""

    def wait(self, settled: Callable[[], bool]) -> None:
        """Let the window do what it has begun."""


class Colleague:
    """Somebody's vault, written into as they would."""

    def __init__(self, town: Path, place: VaultPlace, at_ms: int) -> None:
        self.place, self.at_ms = place, at_ms
        key = unlock.unlock(place.folder, homes.made_up_passphrase(town))
        self.store = Store.open(place.folder, key)
        self._share = FolderShare(town / "share", random=os.urandom)

    def change(self, record: Record, answers: Answers, *, later: int = 0) -> None:
        """Alter a record, so many minutes later than the last thing."""
        edit = Edit(record.form, record.id, record.client, record.audience, answers)
        self.save([edit], later=later)

    def make(self, name: str, client: RecordId, answers: Answers, *, later: int = 0) -> RecordId:
        """Make a record."""
        record = new_id(self.at_ms + later, os.urandom(10))
        edit = Edit(name, record, client, audience_for(form(name)), answers)
        self.save([edit], later=later)
        return record

    def save(self, edits: list[Edit], *, later: int = 0) -> None:
        """Save."""
        self.store.save(edits, now_ms=self.at_ms + later * MINUTE_MS)

    def exchange(self, *, later: int = 0) -> None:
        """Send and receive."""
        at = self.at_ms + later * MINUTE_MS
        exchange(self.store, self._share, now_ms=at, random=os.urandom)


class Desks:
    """The key worker's, the officer's and the coordinator's vaults of the made-up team."""

    def __init__(self, town: Path, now_ms: int) -> None:
        self.by_name = {
            place.folder.name: Colleague(town, place, now_ms - 6 * 60 * MINUTE_MS)
            for place in homes.vaults(town)
            if place.folder.name in ("osei", "shah", "lowe")
        }
        self.osei, self.shah, self.lowe = (self.by_name[n] for n in ("osei", "shah", "lowe"))

    def exchange(self, *, later: int) -> None:
        """Let everybody exchange, often enough to hear of everything."""
        for _round in range(2):
            for one in self.by_name.values():
                one.exchange(later=later)

    def client(self, surname: str) -> Record:
        """Return a client by their surname."""
        rows = reads.caseload(self.lowe.store, limit=100)
        return next(one.client for one in rows if one.client.text("surname") == surname)


def draw_twice(
    gallery: Draws,
    town: Path,
    opened: Callable[[Store, Path, VaultPlace], OpenCasebook],
    *,
    now_ms: int,
) -> None:
    """Draw the page in its states, for those who wrote and for the coordinator.

    Args:
        gallery: draws.
        town: the made-up team's home.
        opened: opens a casebook on its first page.
        now_ms: the moment of the pictures.
    """
    desks = Desks(town, now_ms)
    desks.exchange(later=0)
    _disagree(desks)
    _meet_at_one_door(desks)
    desks.exchange(later=60)
    _settle_two(desks)
    desks.exchange(later=180)
    book = opened(desks.osei.store, town, desks.osei.place)
    _draw_key_worker(gallery, book, desks)
    book.close_down()
    decided = _wrong_clock(desks)
    book = opened(desks.lowe.store, town, desks.lowe.place)
    _draw_clock(gallery, book, desks, decided)
    _draw_coordinator(gallery, book, desks)
    book.close_down()


def _disagree(desks: Desks) -> None:
    """Let the key worker and the officer answer the same questions apart."""
    osei, shah = desks.osei, desks.shah
    one = desks.client("Pickering")
    osei.change(
        one,
        {"address_kind": "friends", "address_1": "14 Saltings Row", "town": "Saltings",
         "postcode": "ZZ1 2AB", "find_the_door": "Green door, second bell"},
        later=5,
    )  # fmt: skip
    shah.change(
        one,
        {"address_kind": "hostel", "address_1": "3 Cooper's Wharf", "town": "Saltings",
         "postcode": "ZZ1 4QD", "find_the_door": ""},
        later=31,
    )  # fmt: skip
    apart: tuple[tuple[str, str, Json, Json], ...] = (
        ("Lockyer", "born", "1989-03-05", "1989-05-03"),
        ("Quill", "doorstep_notes", "Ring twice, then wait. The dog is friendly.",
         "Stay by the gate until somebody has the dog."),
        ("Maddix", "aliases", ["Dee", "Spoon"], ["Spoon", "Little D"]),
        ("Brandt", "phone", "07700 900144", "07700 900441"),
    )  # fmt: skip
    for surname, field, first, second in apart:
        record = desks.client(surname)
        osei.change(record, {field: first}, later=8)
        shah.change(record, {field: second}, later=40)


def _meet_at_one_door(desks: Desks) -> None:
    """Let the key worker and the officer each record the visit they made together."""
    for surname in ("Pickering", "Moraru"):
        client = desks.client(surname).id
        for one, at, note in (
            (desks.osei, "09:40", "She had the form ready. We go through it on Thursday."),
            (desks.shah, "09:55", "Glad to see us. Asked about her brother's things."),
        ):
            seat = seat_of(one.store)
            person = seat.person if seat else ""
            said: Answers = {"at": f"2026-11-23T{at}", "state": "done", "kind": "home"}
            said |= {"outcome": "seen", "people": [person], "minutes": 20}
            made = one.make("visit", client, said, later=20)
            one.make("account", client, {"visit": link(made), "seen": "seen", "note": note},
                     later=21)  # fmt: skip


def _asked(one: Colleague, surname: str, desks: Desks) -> Question:
    record = one.store.record(desks.client(surname).id)
    assert record is not None
    return questions(record)[0]


def _settle_two(desks: Desks) -> None:
    """Let the coordinator settle two; the officer objects to one."""
    lowe, shah = desks.lowe, desks.shah
    pen = Pen("2026-11-23", lambda _ms: "2026-11-23", lambda: new_id(lowe.at_ms, os.urandom(10)))
    for surname, at, why in (
        ("Lockyer", 1, "It stands so on the letter from the council."),
        ("Brandt", 0, "She rang from it this morning."),
    ):
        asked = _asked(lowe, surname, desks)
        edits = settle(asked, asked.given[at].answers, pen, how=KEPT, why=why)
        lowe.save(edits, later=90)
        if surname == "Brandt":
            desks.exchange(later=100)
            told = shah.store.record(edits[1].record)
            assert told is not None
            shah.save([object_to(told, "That one is her sister's. I have just tried it.")],
                      later=120)  # fmt: skip


def _page(book: OpenCasebook) -> TwicePage:
    page = book.frame.page("twice")
    assert isinstance(page, TwicePage)
    return page


def _draw_today(gallery: Draws, book: OpenCasebook, name: str) -> None:
    """Draw the end of Today, where what is to finish stands."""
    gallery.go(book, Place("today"))
    today = book.frame.page("today")
    assert isinstance(today, TodayPage)

    def at_the_end() -> bool:
        scrolled(today)
        return not book.session.busy and not book.exchanging.running

    gallery.draw(book.frame, name, settle=at_the_end, more=False)


def _draw_key_worker(gallery: Draws, book: OpenCasebook, desks: Desks) -> None:
    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    def draw(name: str, surname: str, choice: str = "", *, more: bool = False) -> None:
        gallery.go(book, Place("twice", record=desks.client(surname).id))
        gallery.wait(settled)
        view = _page(book).view
        if choice and view is not None:
            view.choose(choice)
        gallery.draw(book.frame, f"twice_{name}", settle=settled, more=more)

    _draw_today(gallery, book, "twice_today")
    draw("open", "Pickering", more=True)
    draw("both", "Pickering", "both")
    draw("kept", "Quill", "0")
    draw("combined", "Quill", "combined", more=True)
    draw("list", "Maddix", "combined")
    draw("told", "Lockyer")
    view = _page(book).view
    if view is not None:
        (when,) = [one for one in view.findChildren(Button) if "recorded" in one.text()]
        when.click()
    gallery.draw(book.frame, "twice_told_when", settle=settled, more=False)
    draw("objected", "Brandt")
    view = _page(book).view
    if view is not None:
        view.act()
    gallery.draw(book.frame, "twice_problem", settle=settled, more=False)
    gallery.go(book, Place("twice", client=desks.client("Veasey").id))
    gallery.draw(book.frame, "twice_none", settle=settled, more=False)
    gallery.go(book, Place("client", client=desks.client("Pickering").id))
    gallery.draw(book.frame, "twice_client", settle=settled, more=False)
    _draw_visits(gallery, book, desks)
    one = desks.client("Pickering")
    gallery.go(book, Place("record", client=one.id, record=one.id, form="client"))
    gallery.draw(book.frame, "twice_record", settle=settled, more=False)
    _draw_undo(gallery, book, desks)


def _draw_undo(gallery: Draws, book: OpenCasebook, desks: Desks) -> None:
    """Draw what can be undone at once, and an answer that stands beside.

    It comes last: afterwards the question is settled.
    """

    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    for name, surname, choice in (("undo", "Quill", "0"), ("undo_both", "Pickering", "both")):
        gallery.go(book, Place("twice", record=desks.client(surname).id))
        gallery.wait(settled)
        view = _page(book).view
        if view is not None:
            view.choose(choice)
            view.act()
        gallery.wait(settled)
        gallery.draw(book.frame, f"twice_{name}", settle=settled, more=name == "undo")
    gallery.go(book, Place("client", client=desks.client("Pickering").id))
    gallery.draw(book.frame, "twice_both_stand", settle=settled, more=False)


def _draw_visits(gallery: Draws, book: OpenCasebook, desks: Desks) -> None:
    """Draw what is offered, what it is once joined, and the sheet of one of the two."""

    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    client = desks.client("Moraru").id
    gallery.go(book, Place("client", client=client))
    gallery.draw(book.frame, "twice_visit_offered", settle=settled, more=True)
    page = book.frame.page("client")
    assert isinstance(page, ClientPage)
    pair = page.timeline.offers.pairs[0]
    page.timeline.offers.answered.emit(pair, True)  # noqa: FBT003  a signal's own
    gallery.wait(settled)
    gallery.draw(book.frame, "twice_visit_joined", settle=settled, more=False)
    gallery.go(book, Place("record", client=client, record=pair.first.id))
    gallery.draw(book.frame, "twice_visit_record", settle=settled, more=False)


def _wrong_clock(desks: Desks) -> RecordId:
    """Let the officer answer, and decide, by a clock that is nine hours ahead."""
    lowe, shah = desks.lowe, desks.shah
    one, ahead = desks.client("Veasey"), 9 * 60
    lowe.change(one, {"phone": "07700 900312"}, later=190)
    shah.change(one, {"phone": "07700 900321"}, later=190 + ahead)
    told: Answers = {
        "about": "include",
        "cohort": "demand_side",
        "decided_on": "2026-11-23",
        "why": "Four thefts in three weeks, all within a mile of the hostel.",
    }
    decided = shah.make("decision", one.id, told, later=191 + ahead)
    for _round in range(2):
        for at in (shah, lowe):
            at.exchange(later=200 + (ahead if at is shah else 0))
    return decided


def _draw_clock(gallery: Draws, book: OpenCasebook, desks: Desks, decided: RecordId) -> None:
    """Draw what is said where a clock was wrong: of two answers, and of a decision."""

    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    one = desks.client("Veasey").id
    gallery.go(book, Place("twice", record=one))
    gallery.draw(book.frame, "twice_wrong_clock", settle=settled, more=False)
    gallery.go(book, Place("record", client=one, record=decided, form="decision"))
    gallery.draw(book.frame, "twice_decision", settle=settled, more=False)
    record = desks.client("Lockyer")
    told = settlings.settled(desks.lowe.store, record)[0]
    gallery.go(book, Place("record", client=record.id, record=told.id, form=told.form))
    page = book.frame.page("record")
    assert isinstance(page, RecordPage)
    assert page.open is not None
    page.open.side.when.click()
    gallery.draw(book.frame, "twice_settled_when", settle=settled, more=False)


def _draw_coordinator(gallery: Draws, book: OpenCasebook, desks: Desks) -> None:
    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    _draw_today(gallery, book, "twice_coordinator_today")
    client = desks.client("Pickering").id
    gallery.go(book, Place("twice", record=client))
    gallery.draw(book.frame, "twice_coordinator", settle=settled, more=False)
    view = _page(book).view
    if view is not None:
        view.choose("both")
        view.act()
    gallery.go(book, Place("client", client=client))
    gallery.draw(book.frame, "twice_let_stand_by", settle=settled, more=False)
    (beside,) = reads.records(desks.lowe.store, form="reach", client=client)
    gallery.go(book, Place("record", client=client, record=beside.id, form="reach"))
    gallery.draw(book.frame, "twice_let_stand_record", settle=settled, more=False)
