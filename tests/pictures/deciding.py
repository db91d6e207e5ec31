# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of who decides about the team: keepers, their papers, what they sign, and late work."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import msgspec
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_app.casework.people import Role
from storage import ledger
from storage.ledger import Document
from storage.store import Store
from sync.after_cutoff import Late
from sync.envelope import enclose, signed
from sync.outcome import Arrived, Author
from sync.rivals import Rivals
from sync.roster import PURPOSE, Member, Roster, Spell, body_of
from sync.seat import RIVAL, roster_about, seated
from sync.shut_out import shut_out_words
from sync.taken_out import Out
from ui.open_casebook import OpenCasebook
from ui.pages.first_run_steps import Questions
from ui.pages.keepers import KeepersPage
from ui.pages.keepers_steps import SignStep, Successor
from ui.pages.lost import LostPage
from ui.pages.paper_steps import PaperWords
from ui.pages.sharing import SharingPage
from ui.pages.team import TeamPage
from ui.pages.team_facts import TeamFacts
from ui.pages.team_news import News, TeamNews
from ui.places import Place

HOUR_MS = 3_600_000
GONE = (("PC R. Shah", 3), ("A. Bello", 5))
NAMES = ("Supt. I. Farrow", "Dr E. Mora", "C. Whitlock")


class Draws(Protocol):
    """Whoever draws: the gallery."""

    def draw(self, widget: QWidget, name: str, *, settle: Callable[[], bool], more: bool) -> None:
        """Draw a widget in every look."""

    def go(self, book: OpenCasebook, where: Place) -> None:
        """Go to a place and wait until it is whole."""

    def wait(self, settled: Callable[[], bool]) -> None:
        """Let the window do what it has begun."""


def draw_keepers(gallery: Draws, book: OpenCasebook, store: Store) -> None:
    """Draw the keepers: how they stand, what is asked, what is signed, and two lists.

    Args:
        gallery: draws.
        book: the coordinator's.
        store: its vault.
    """

    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    def keep(name: str) -> None:
        gallery.wait(settled)
        gallery.draw(book.frame, f"coordinator_{name}", settle=settled, more=False)

    gallery.go(book, Place("keepers"))
    page = book.frame.page("keepers")
    assert isinstance(page, KeepersPage)
    keep("keepers")
    page._show(replace(page.facts, overtaken=True))
    keep("keepers_overtaken")
    page.ask()
    gallery.wait(settled)
    _papers(page, keep)
    _successor(page, keep)
    gallery.wait(settled)
    _signing(page, keep, lambda: gallery.wait(settled))
    gallery.go(book, Place("team"))
    keep("team_signing")
    gallery.go(book, Place("keepers"))
    page.buttons["give_up"].click()
    gallery.wait(settled)
    _two_lists(page, store)
    keep("keepers_two_lists")
    page.buttons["settle"].click()
    keep("keepers_which")
    page.back()
    page.facts = replace(page.facts, rivals=None, roster=_without(seated(store).roster), alone=True)
    page._show(page.facts)
    keep("keepers_none")
    page.ask()


def _successor(page: KeepersPage, keep: Callable[[str], None]) -> None:
    page.buttons["coordinator"].click()
    step = page.step
    assert isinstance(step, Successor)
    keep("keepers_successor")
    for former in ("lost", "gone"):
        step.former.parts[former].click()
        keep(f"keepers_{former}")
    step.act.click()
    keep("keepers_problem")
    step.laptop.setCurrentIndex(1)
    step.former.parts["lost"].click()
    step.act.click()


def _signing(page: KeepersPage, keep: Callable[[str], None], wait: Callable[[], None]) -> None:
    assert isinstance(page.step, SignStep)
    keep("keepers_sign")
    page.step.words.set_text(page.practice[0].partition(": ")[2])
    page.step.act.click()
    wait()
    keep("keepers_signed")
    page.step.words.set_text("harbour kettle violet")
    page.step.act.click()
    wait()
    keep("keepers_wrong")
    page.step.later.emit()
    keep("keepers_waits")


def _papers(page: KeepersPage, keep: Callable[[str], None]) -> None:
    page.buttons["papers"].click()
    step = page.step
    assert isinstance(step, Questions)
    keep("keepers_who")
    step.act.click()
    assert isinstance(page.step, PaperWords)
    keep("keepers_paper")
    page.back()
    page.back()


def _two_lists(page: KeepersPage, store: Store) -> None:
    """Let two lists stand under one number, on the page only."""
    roster = seated(store).roster
    out = roster.devices[1]
    gone = tuple(
        msgspec.structs.replace(one, active=False) if one.id == out.id else one
        for one in roster.devices
    )
    fresh = Member("f" * 16, "K. Lund", "Charity", (Spell("key_worker", roster.n),), ("partners",))
    laptop = msgspec.structs.replace(
        out, id=b"x" * 16, person=fresh.id, name="Laptop 7", active=True
    )
    one = msgspec.structs.replace(
        roster, persons=(*roster.persons, fresh), devices=(*roster.devices, laptop)
    )
    other = msgspec.structs.replace(roster, devices=gone)
    found = Rivals(roster, (one, other), (b"1" * 32, b"2" * 32))
    page.facts = replace(page.facts, rivals=found)
    page._show(page.facts)


def _without(roster: Roster) -> Roster:
    return msgspec.structs.replace(roster, keepers=(), root=roster.root[:1], threshold=1)


def draw_late(gallery: Draws, book: OpenCasebook) -> None:
    """Draw work that came after its laptop was taken out, and a team that has no papers yet."""

    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    gallery.go(book, Place("team"))
    page = book.frame.page("team")
    assert isinstance(page, TeamPage)
    assert page._shown is not None
    facts: TeamFacts = page._shown[0]
    author = Author("K. Osei", "Laptop 2")
    at = book.session.clock.now_ms() - 30 * HOUR_MS
    some = (
        Arrived(author, 98, at, Counter(visit=3, note=2), ("health", "police")),
        Arrived(author, 99, at + 20 * HOUR_MS, Counter(visit=1), ("health", "police")),
    )
    late = Late(bytes(16), bytes(16), author, some, (b"1", b"2"), 1, frozenset("abc"))
    page._show(replace(facts, late=(late,)))
    gallery.wait(settled)
    gallery.draw(book.frame, "coordinator_team_late", settle=settled, more=False)
    page._show(replace(facts, doubt=True, keepers=NAMES))
    gallery.wait(settled)
    gallery.draw(book.frame, "coordinator_team_doubt", settle=settled, more=False)
    page._ask()


def draw_back(gallery: Draws, book: OpenCasebook, store: Store) -> None:
    """Draw Sharing after a list fell that had taken laptops out: they are in the team again."""

    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    held, now_ms = seated(store), book.session.clock.now_ms()
    me, others = held.me, [one.id for one in held.roster.devices if one.id != held.me.device]
    for name, gone in (("sharing_back", others[:1]), ("sharing_back_more", others[:2])):
        devices = tuple(
            msgspec.structs.replace(one, active=one.active and one.id not in gone)
            for one in held.roster.devices
        )
        fallen = msgspec.structs.replace(held.roster, ts=now_ms - 30 * HOUR_MS, devices=devices)
        list_ = signed(body_of(fallen), PURPOSE, [(me.public.sign, me.signing)])
        about = roster_about(held.chain.team)
        raw = enclose(list_, about, [me.public.box], random=os.urandom)
        ledger.put_document(store, Document(RIVAL, fallen.n, list_.id, raw))
        gallery.go(book, Place("today"))
        gallery.go(book, Place("sharing"))
        gallery.draw(book.frame, f"coordinator_{name}", settle=settled, more=False)


def draw_lost(gallery: Draws, book: OpenCasebook) -> None:
    """Draw the page of a lost laptop: none chosen, one in the team, its note, one that is out."""

    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    def keep(name: str) -> None:
        gallery.wait(settled)
        gallery.draw(book.frame, f"coordinator_{name}", settle=settled, more=False)

    gallery.go(book, Place("lost"))
    keep("lost_which")
    team = book.session.team
    theirs = [one for one in team.devices.values() if one.person != book.session.me.id]
    nurse = next(one for one in theirs if Role.NURSE in team.persons[one.person].roles)
    gallery.go(book, Place("lost", record=bytes.fromhex(nurse.id)))
    keep("lost")
    page = book.frame.page("lost")
    assert isinstance(page, LostPage)
    assert page.note is not None
    page.note.edit.setFocus()
    bar = page.beside.findChildren(QScrollArea)[0].verticalScrollBar()
    gallery.wait(settled)
    bar.setValue(bar.maximum() // 2)
    keep("lost_tell")
    bar.setValue(bar.maximum())
    keep("lost_note")
    page.save_note()
    keep("lost_save")
    page.beside.put_away()
    out = [one for one in team.devices.values() if not one.active]
    if out:
        gallery.go(book, Place("lost", record=bytes.fromhex(out[0].id)))
        keep("lost_out")


def draw_out(gallery: Draws, book: OpenCasebook) -> None:
    """Draw what a key worker sees of laptops that are out: others, and this one."""

    def settled() -> bool:
        return not book.session.busy and not book.exchanging.running

    def keep(name: str) -> None:
        gallery.wait(settled)
        gallery.draw(book.frame, f"key_worker_{name}", settle=settled, more=False)

    gallery.go(book, Place("today"))
    (news,) = book.frame.page("today").findChildren(TeamNews)
    at = book.session.clock.now_ms() - 28 * HOUR_MS
    out = [Out(Author(who, f"Laptop {n}"), at, left=n == 5, by_me=False) for who, n in GONE]
    for name, shown in (
        ("out", News(out=(out[0],))),
        ("out_more", News(out=tuple(out))),
        ("shut_out", News(shut_out=True)),
    ):
        news._show(shown)
        keep(f"today_{name}")
    news._show(News())
    gallery.go(book, Place("sharing"))
    page = book.frame.page("sharing")
    assert isinstance(page, SharingPage)
    said = replace(page._facts, shut_out=True, warnings=(shut_out_words(),), leaving=(), changes=0)
    page._show(said)
    keep("sharing_shut_out")
    page._show(replace(page._facts, shut_out=False, warnings=()))
