# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of pages at work: what opens on them, what is answered, what is said afterwards."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_app.casework.people import Role
from storage import reads, unlock
from storage.errors import LaptopFull
from storage.store import Store
from sync.asking import ask_to_join, invite
from sync.crossed import Crossed
from sync.exchange import exchange
from sync.forks import Fork
from sync.outcome import Author
from sync.share import FolderShare
from sync.undoing import Lately, lately
from sync.unsettled import GivenUp, Missing
from ui.help import Help
from ui.kit.buttons import Button
from ui.open_casebook import OpenCasebook
from ui.pages.client import ClientPage
from ui.pages.clients import ClientsPage
from ui.pages.clinic import ClinicPage
from ui.pages.doorstep import DoorstepPage
from ui.pages.doorstep_visit import DoorstepVisit
from ui.pages.importing import ImportPage
from ui.pages.importing_back import TakingBack
from ui.pages.importing_open import OpenQuestions, Questions
from ui.pages.record_open import OpenRecord
from ui.pages.retention import RetentionPage
from ui.pages.retention_panel import DecisionPanel
from ui.pages.team import TeamPage
from ui.pages.team_request import RequestCard
from ui.pages.today import TodayPage
from ui.places import Place

_MORE = ("import_taken_in", "import_settle", "import_lately")
"""Drawn in high contrast and large letters as well."""
_SAID = "The laptop was stolen before it had shared; nobody else had them."


class Draws(Protocol):
    """Whoever draws: the gallery."""

    def draw(self, widget: QWidget, name: str, *, settle: Callable[[], bool], more: bool) -> None:
        """Draw a widget in every look."""

    def go(self, book: OpenCasebook, where: Place) -> None:
        """Go to a place and wait until it is whole."""

    def wait(self, settled: Callable[[], bool]) -> None:
        """Let the window do what it has begun."""

    def wants(self, *begin: str) -> bool:
        """Say whether a picture whose name begins so is wanted."""


class _Pages:
    """Draws one open casebook as it stands, in every look."""

    def __init__(self, gallery: Draws, book: OpenCasebook, whose: str) -> None:
        self.gallery, self.book, self._whose = gallery, book, whose

    def settled(self) -> bool:
        """Say whether nothing is under way."""
        return not self.book.session.busy and not self.book.exchanging.running

    def wants(self, *names: str) -> bool:
        """Say whether one of some pictures is wanted."""
        return self.gallery.wants(*(f"{self._whose}_{one}" for one in names))

    def go(self, where: Place) -> QWidget:
        """Go somewhere and return the page."""
        self.gallery.go(self.book, where)
        return self.book.frame.page(where.page)

    def keep(self, name: str, *, end: bool = False) -> None:
        """Draw the window, or its page scrolled to the end."""
        self.gallery.wait(self.settled)
        stack = self.book.frame.stack
        settled = (lambda: scrolled(stack) and self.settled()) if end else self.settled
        whole = f"{self._whose}_{name}"
        self.gallery.draw(self.book.frame, whole, settle=settled, more=name in _MORE)


def scrolled(page: QWidget) -> bool:
    """Scroll a page down to its end; always say that it is."""
    for area in page.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    return True


def draw_doings(gallery: Draws, book: OpenCasebook, store: Store) -> None:
    """Draw what a key worker does: panels, the search, help, what is missing, what was answered."""
    pages = _Pages(gallery, book, "key_worker")
    if pages.wants("client_"):
        _panels(pages, store)
    if pages.wants("search_", "help"):
        _finding(pages)
    if pages.wants("visit_", "record_problem", "sharing_problem", "banner"):
        _missing(pages, store)
    if pages.wants("clients_"):
        _adding(pages)
    if pages.wants("settings_end"):
        pages.go(Place("settings"))
        pages.keep("settings_end", end=True)
    if pages.wants("today_answered", "clinic_"):
        _answering(pages)
    if pages.wants("sharing_shared"):
        pages.go(Place("sharing"))
        book.exchanging.start()
        pages.keep("sharing_shared")


def _panels(pages: _Pages, store: Store) -> None:
    client = Place("client", reads.records(store, form="alert", limit=1)[0].client)
    for code in ("book", "setting", "treatment", "handover", "summary", "attachment"):
        page = pages.go(client)
        assert isinstance(page, ClientPage)
        page.do(code)
        pages.keep(f"client_{code}")
        page.beside.put_away()


def _finding(pages: _Pages) -> None:
    frame = pages.book.frame
    for name, typed in (("found", "l"), ("sounds", "hartnall"), ("nobody", "zzyzx")):
        pages.go(Place("today"))
        frame.search.setFocus()
        QTest.keyClicks(frame.search, typed)
        QTest.keyClick(frame.search, Qt.Key.Key_Down)
        pages.keep(f"search_{name}")
        frame.search.clear()
    pages.go(Place("sharing"))
    frame.help_wanted.emit("sharing")
    pages.keep("help")
    for open_help in frame.findChildren(Help):
        open_help.closed.emit()


def _missing(pages: _Pages, store: Store) -> None:
    book = pages.book
    client = reads.records(store, form="setting", limit=1)[0].client
    for name, where in (
        ("visit", Place("visit", client)),
        ("record", Place("record", client, form="need")),
    ):
        page = pages.go(where)
        form = page.visit if isinstance(page, DoorstepPage) else page.open  # type: ignore[attr-defined]
        assert isinstance(form, DoorstepVisit | OpenRecord)
        form.save()
        pages.keep(f"{name}_problem")
    page = pages.go(Place("visit", reads.records(store, form="alert", limit=1)[0].client))
    assert isinstance(page, DoorstepPage)
    for code, name in (("seen", "visit_seen"), ("not_seen", "visit_not_seen")):
        assert page.visit is not None
        page.visit.happened.tiles.set_value(code)
        page.visit.happened._tile_chosen()
        page.visit.words.note.set_text("Answered from the window. Will come on Thursday.")
        pages.keep(name)
    assert page.visit is not None
    page.visit.discard()
    pages.go(Place("sharing"))
    share, book.exchanging.share = book.exchanging.share, "/media/a stick that was pulled out"
    book.exchanging.start()
    pages.keep("sharing_problem")
    book.exchanging.share = share
    pages.go(Place("clients"))
    book.frame.banner.say(LaptopFull.usual())
    pages.keep("banner")
    book.frame.banner.hide()


def _adding(pages: _Pages) -> None:
    page = pages.go(Place("clients"))
    assert isinstance(page, ClientsPage)
    page.head.typed.setText("zzyzx")
    page.refresh()
    pages.keep("clients_nobody")
    page.head.typed.clear()
    page.head.narrow.set_values(["custody", "rehab"])
    page.refresh()
    pages.keep("clients_narrowed")
    page.head.clear()
    page.open_adding()
    pages.keep("clients_adding")
    assert page.panel is not None
    page.panel.save()
    pages.keep("clients_adding_problem")
    page.panel.view.resume({"surname": "Pickring", "forename": "Shauna", "born": "1996-08-02"})
    page.panel.save()  # they are shown first: nobody is added yet
    pages.keep("clients_adding_alike")
    page.panel.put_away()


def _answering(pages: _Pages) -> None:
    page = pages.go(Place("today"))
    assert isinstance(page, TodayPage)
    assert page.gathered is not None
    keys = [one.key for one in page.gathered.dues if one.group.value == "visits"]
    for key, code in zip(keys, ("seen", "not_seen"), strict=False):
        page.rows.answered.emit(key, code)
        pages.gallery.wait(pages.settled)
    page.rows.go_to(keys[0])
    pages.keep("today_answered")
    clinic = pages.go(Place("clinic"))
    assert isinstance(clinic, ClinicPage)
    for key, code in zip(
        list(clinic.rows.rows)[:3], ("attended", "not_attended", "cancelled_by_client"), strict=True
    ):
        clinic.rows.answered.emit(key, code)
        pages.gallery.wait(pages.settled)
    pages.keep("clinic_marked")
    clinic.show_day(date(2026, 11, 29))
    pages.keep("clinic_empty")


def draw_deciding(gallery: Draws, book: OpenCasebook, store: Store) -> None:
    """Draw what is asked before somebody's records are kept longer or erased."""
    pages = _Pages(gallery, book, "coordinator")
    client = reads.records(store, form="alert", limit=1)[0].client
    page = pages.go(Place("retention", client))
    assert isinstance(page, RetentionPage)
    pages.keep("retention_asked")
    for choice in ("keep", "erase"):
        page.decide(page.rows.current(), choice)
        pages.keep(f"retention_{choice}")
        page.beside.put_away()
    page.decide(page.rows.current(), "keep")
    panel = page.beside.panel
    assert isinstance(panel, DecisionPanel)
    panel.save()
    pages.keep("retention_keep_problem")
    panel.view.resume(
        {"until_on": "2034-01-31", "authority": "A. Grant", "reason": "A claim is open"}
    )
    panel.save()
    pages.keep("retention_decided")


def draw_team(gallery: Draws, book: OpenCasebook, store: Store, place: Path) -> None:
    """Draw a team that changes: a laptop that is lost, somebody who asks to join, and after that.

    Args:
        gallery: draws.
        book: the coordinator's.
        store: its vault.
        place: an empty folder.
    """
    pages = _Pages(gallery, book, "coordinator")
    page = pages.go(Place("team"))
    assert isinstance(page, TeamPage)
    team = book.session.team
    page.ask_about(next(one for one in team.devices.values() if one.person != book.session.me.id))
    pages.keep("team_lost")
    worker = next(one for one in team.persons.values() if Role.KEY_WORKER in one.roles)
    page.changing.ask(worker)
    pages.keep("team_change")
    page.changing._ask_leave(worker)
    pages.keep("team_leaves")
    page._drop_question()
    _newcomer(book, place)
    book.exchanging.start()
    pages.keep("team_asks")
    (card,) = page.findChildren(RequestCard)
    card.let_in()
    pages.keep("team_asks_problem")
    card.which.parts["here"].click()
    card.person.setCurrentIndex(1)
    pages.keep("team_asks_here")
    card.which.parts["new"].click()
    card.compared.setChecked(True)
    card.roles.set_values([Role.KEY_WORKER.value])
    card.let_in()
    pages.keep("team_let_in")
    officers = [one.id for one in team.persons.values() if Role.OFFICER in one.roles]
    for laptop in [one for one in team.devices.values() if one.person in officers]:
        page.take_out(laptop)
    pages.keep("team_without_lead")
    pages.go(Place("sharing"))
    pages.keep("sharing_team_waits")
    del store


def _newcomer(book: OpenCasebook, place: Path) -> None:
    """Have somebody ask to join, over the team's folder."""
    session, share = book.session, FolderShare(Path(book.exchanging.share))
    now_ms = session.clock.now_ms()
    raw = session.work(lambda vault: invite(vault, now_ms=now_ms, random=os.urandom)).result()
    key = unlock.create_vault(place / "vault", "one two three four five")
    theirs = Store.create(place / "vault", key)
    ask_to_join(
        theirs, raw, name="K. Lund, Charity", laptop="Laptop 5", now_ms=now_ms, random=os.urandom
    )
    exchange(theirs, share, now_ms=now_ms, random=os.urandom)
    theirs.close()


def _settling(pages: _Pages, page: ImportPage) -> None:
    """Draw what only the coordinator can settle: a bundle nobody has, a laptop that wrote twice."""
    laptop, other = Author("K. Osei", "Laptop 2"), Author("PC R. Shah", "Laptop 3")
    at = int(pages.book.session.now().timestamp() * 1000) - 9 * 24 * 3600 * 1000
    lost, twice = Missing(bytes(16), laptop, 97, 97, 3, at), Fork(bytes(16), 88, other, b"", b"")
    gone = GivenUp(other, 41, 43, _SAID)
    page.matters.open.found = Questions((lost,), (twice,), (gone,))
    page.matters.open.say(page.matters.open.found.words)
    page.matters.open.show()
    pages.keep("import_open")
    page.matters.show_questions(page.matters.open.found)
    pages.keep("import_settle")
    panel = page.matters.panel
    assert isinstance(panel, OpenQuestions)
    panel.give_up(lost)
    pages.keep("import_give_up")
    panel.decide(twice)
    pages.keep("import_twice")
    page.matters.open.hide()


def _written_on(store: Store) -> tuple[list[Lately], list[Crossed]]:
    """Two records as if somebody had withdrawn them while another wrote on them."""
    client, visit = (reads.records(store, form=one, limit=1)[0] for one in ("client", "visit"))
    some = [
        Crossed(client, "A. Grant", ("PC R. Shah",), {"visit": 2, "note": 1}),
        Crossed(visit, "A. Grant", ("Ann Lowe", "T. Bell")),
    ]
    return lately(store), some


def draw_taking_in(gallery: Draws, book: OpenCasebook) -> None:
    """Draw what is said once bundles were taken in, and when nothing is left to take in."""
    pages = _Pages(gallery, book, "coordinator")
    page = pages.go(Place("import"))
    assert isinstance(page, ImportPage)
    page.take_in()
    pages.keep("import_taken_in")
    _settling(pages, page)
    page.matters.show_lately()
    pages.keep("import_lately")
    panel = page.matters.panel
    assert isinstance(panel, TakingBack)
    panel.show_list(book.session.work(_written_on).result())
    pages.keep("import_written_on")
    panel.start()
    gallery.wait(pages.settled)
    panel.findChildren(Button)[0].click()
    pages.keep("import_take_back")
    panel.take_back()
    pages.keep("import_take_back_why")
    page = pages.go(Place("today"))
    pages.keep("today_full")
