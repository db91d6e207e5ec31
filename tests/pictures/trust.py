# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of what makes a casebook be trusted: who looked, what opens it, what is due."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Protocol

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QWidget

from desktop_app.casework.attachments import FORM
from desktop_app.casework.records import RecordId
from storage import custody, older, reads, recovery
from storage.errors import WrongRecovery
from storage.store import Store
from sync.parts import attach
from sync.seat import seat_of
from ui.clock import Clock
from ui.home import Settings
from ui.open_casebook import OpenCasebook
from ui.pages.attachment_view import AttachmentView
from ui.pages.audit import AuditPage
from ui.pages.client import ClientPage
from ui.pages.doorstep import DoorstepPage
from ui.pages.first_run_steps import Step
from ui.pages.keys import KeysPage
from ui.pages.keys_steps import OtherWords
from ui.pages.nudge import Nudge
from ui.pages.paper_steps import Drill, PaperAsked, PaperWords
from ui.pages.settings import SettingsPage
from ui.places import Place
from ui.tokens import Scheme

Look = tuple[Scheme, tuple[int, int], float, str]
BEGIN = (
    *("coordinator_audit", "coordinator_keys", "coordinator_why", "coordinator_nudge"),
    *("coordinator_settings_guard", "coordinator_retention_due", "coordinator_older"),
)
"""How the names of the pictures that `draw_trust` draws begin."""


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


class LaterClock(Clock):
    """A clock of a day on which records have reached the end of their period."""

    def now(self) -> datetime:
        """Return a morning many years on."""
        return datetime.fromisoformat("2035-02-06T09:12")

    def now_ms(self) -> int:
        """Return the same moment in UTC milliseconds."""
        return int(self.now().astimezone().timestamp() * 1000)


class _Pages:
    """Draws the pages of one open casebook in every look."""

    def __init__(self, gallery: Draws, book: OpenCasebook, whose: str) -> None:
        self.gallery, self.book, self._whose = gallery, book, whose

    def settled(self) -> bool:
        """Say whether nothing is under way."""
        return not self.book.session.busy and not self.book.exchanging.running

    def keep(self, name: str, *, more: bool = False) -> None:
        """Draw the window as it is."""
        self.gallery.wait(self.settled)
        whole = f"{self._whose}_{name}"
        self.gallery.draw(self.book.frame, whole, settle=self.settled, more=more)

    def go(self, where: Place) -> None:
        """Go somewhere."""
        self.gallery.go(self.book, where)


def draw_trust(gallery: Draws, book: OpenCasebook, store: Store) -> None:
    """Draw what a coordinator has besides: the audit, the keys, what is due, an older casebook."""
    pages = _Pages(gallery, book, "coordinator")
    client = reads.records(store, form="alert", limit=1)[0].client
    if gallery.wants("coordinator_audit"):
        _live_with_keys(store, book.session.clock.now_ms())
        _audit(pages, client)
    if gallery.wants("coordinator_keys"):
        _keys(pages)
    if gallery.wants("coordinator_why", "coordinator_nudge", "coordinator_settings_guard"):
        _bars(pages, client)
    if gallery.wants("coordinator_retention_due"):
        clock, book.session.clock = book.session.clock, LaterClock()
        pages.go(Place("retention"))
        pages.keep("retention_due")
        book.session.clock = clock
    if gallery.wants("coordinator_older"):
        _older(pages)


def _live_with_keys(store: Store, now_ms: int) -> None:
    """Write what is done to a casebook over a year, once."""
    for minute, (how, count) in enumerate(
        (
            ("wrong_words", 3),
            ("recovered", 0),
            ("backup", 0),
            ("restored", 0),
            ("repaired", 12),
            ("passphrase", 0),
            ("rekeyed", 0),
            ("went_on", 0),
        )
    ):
        at_ms = now_ms - (30 - minute) * 60_000
        since_ms = at_ms - 900_000 if how == "wrong_words" else 0
        custody.note(store, how, now_ms=at_ms, count=count, since_ms=since_ms)
    seat = seat_of(store)
    assert seat is not None
    people = sorted(seat.team.persons)
    brought = {people[0]: 41, people[-1]: 1_200}
    custody.note_brought(store, brought, now_ms=now_ms - 600_000)
    with store.transaction():
        custody.release(store, now_ms=now_ms)


def _audit(pages: _Pages, client: RecordId) -> None:
    page = pages.book.frame.page("audit")
    assert isinstance(page, AuditPage)
    pages.go(Place("client", client))
    pages.go(Place("audit"))
    pages.keep("audit", more=True)
    page.take_out.click()
    pages.keep("audit_extract")
    page.beside.put_away()
    pages.go(Place("audit", client=client))
    pages.keep("audit_of_client")
    page.everybody.click()
    for code in ("upkeep", "collection", "combination"):
        page.kinds._choose(code)
        pages.keep(f"audit_{code}")
    pages.go(Place("audit", client=client))
    page.kinds.choose("erasure") if hasattr(page.kinds, "choose") else page.kinds._choose("erasure")
    pages.keep("audit_empty")


def _keys(pages: _Pages) -> None:
    page = pages.book.frame.page("keys")
    assert isinstance(page, KeysPage)
    pages.go(Place("keys"))
    pages.keep("keys", more=True)
    for code in ("change", "drill", "replace", "own", "rekey"):
        page.buttons[code].click()
        pages.keep(f"keys_{code}")
        step = page.step
        assert isinstance(step, Step)
        if code == "drill":
            step.say_wrong(WrongRecovery.usual())
            pages.keep("keys_drill_wrong")
        page.back()
    other = OtherWords(lambda: "ballpark physique legalise petrify control")
    page.open_step(other)
    pages.keep("keys_other_words")
    page.back()
    page.end("The casebook has a new key.")
    pages.keep("keys_done")
    page.notice.hide()


def _bars(pages: _Pages, client: RecordId) -> None:
    book = pages.book
    pages.go(Place("client", client))
    book.why.ask(client, 2)
    pages.keep("why", more=True)
    book.why.ask(client, 0, asks_why=True)
    pages.keep("why_others", more=True)
    book.why.put_away()
    pages.go(Place("today"))
    (nudge,) = book.frame.page("today").findChildren(Nudge)
    nudge.notice.say("The last backup is from Thu 19 Nov, 09:10. Work has gone on since.")
    nudge.act.set_words("Back up now")
    nudge.show()
    pages.keep("nudge")
    nudge.hide()
    facts = [("Laptop", "Laptop 1"), ("Team", "Saltings")]
    page = SettingsPage(Settings(), share="/media/team", facts=facts, pictures=True)
    pages.gallery.draw(page, "coordinator_settings_guard", settle=lambda: True, more=False)
    page.close()


def _older(pages: _Pages) -> None:
    session = pages.book.session
    day = 86_400_000
    session.work(lambda vault: older.notice(vault, known_ms=session.clock.now_ms() - day)).result()
    pages.go(Place("sharing"))
    pages.book.frame.older._show(True)  # noqa: FBT003  the answer itself
    pages.keep("older_bar", more=True)
    pages.go(Place("older"))
    pages.keep("older", more=True)
    session.work(lambda vault: older.go_on(vault, now_ms=session.clock.now_ms())).result()
    pages.book.frame.older._show(False)  # noqa: FBT003  the answer itself
    pages.go(Place("older"))
    pages.keep("older_gone_on")


def draw_attachments(gallery: Draws, book: OpenCasebook, store: Store, place: Path) -> None:
    """Draw a letter or picture being attached, shown and taken out."""
    if not gallery.wants("key_worker_attach"):
        return
    pages = _Pages(gallery, book, "key_worker")
    client = reads.records(store, form="alert", limit=1)[0].client
    photo, strange = place / "Letter from housing.jpg", place / "list.xlsx"
    photo.write_bytes(_letter())
    strange.write_bytes(b"PK\x03\x04")
    page, door = book.frame.page("client"), book.frame.page("visit")
    assert isinstance(page, ClientPage)
    assert isinstance(door, DoorstepPage)
    for name, file in (("", photo), ("_refused", strange)):
        pages.go(Place("client", client))
        page.do("attachment")
        panel = page.beside.panel
        assert panel is not None
        panel.take(file)  # type: ignore[attr-defined]
        pages.keep(f"attach{name}")
        page.beside.put_away()
    pages.go(Place("visit", client))
    door.attach(photo)
    pages.keep("attach_doorstep")
    assert door.attaching is not None
    door.attaching.put_away()
    for name, view in _views(pages, client):
        pages.keep(f"attach_{name}", more=name == "shown")
        del view


def _views(pages: _Pages, client: RecordId) -> Iterator[tuple[str, AttachmentView]]:
    session = pages.book.session
    said = {"title": "Letter from housing", "kind": "picture"}
    at = session.now().isoformat(timespec="minutes")[:16]
    edit = session.edit(FORM, {**said, "happened_at": at}, client=client)

    def keep(store: Store) -> None:
        now_ms = session.clock.now_ms()
        attach(store, edit, _letter(), now_ms=now_ms, random=os.urandom)

    session.work(keep).result()
    pages.go(Place("client", client))
    pages.go(Place("record", client, edit.record, FORM))
    (view,) = pages.book.frame.page("record").findChildren(AttachmentView)
    yield "shown", view
    view._written(None)
    yield "copied", view


def draw_paper(gallery: Draws) -> None:
    """Draw the twelve words of a team that is being founded, and of a laptop that joins."""
    words = recovery.words_of(bytearray(range(16)))
    steps = {
        "words": PaperWords(words, lambda: "", for_team=True),
        "asked": PaperAsked(words),
        "tried": Drill(),
    }
    for name, step in steps.items():
        gallery.draw(step, f"first_run_paper_{name}", settle=lambda: True, more=name == "words")
        step.act.click()
        gallery.draw(step, f"first_run_paper_{name}_missing", settle=lambda: True, more=False)
        step.close()


def _letter() -> bytes:
    """Return a picture of a letter."""
    sheet = Image.new("RGB", (900, 1200), "#F7F3EA")
    pen = ImageDraw.Draw(sheet)
    for line in range(22):
        wide = 640 if line % 5 else 420
        pen.rectangle((120, 180 + line * 40, 120 + wide, 190 + line * 40), fill="#55504A")
    made = BytesIO()
    sheet.save(made, "JPEG", quality=85)
    return made.getvalue()
