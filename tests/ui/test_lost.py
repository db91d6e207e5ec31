# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A lost laptop on one page: by keys, honest about what is not known; the note is kept."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop_app.casework.audit import EXPORT
from desktop_app.casework.records import Answers
from storage import ledger
from tests.journeys.week import twice_taken
from tests.sync.laptops import SHAH, Laptop, join_team
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from ui.pages.lost import LostPage
from ui.pages.lost_note import NotePanel
from ui.pages.team import TeamPage
from ui.places import Place


def lost(crew: Crew, device: bytes) -> LostPage:
    page = crew.show(LostPage)
    page.show_place(Place("lost", record=device))
    crew.settle()
    return page


def anns(crew: Crew) -> bytes:
    return crew.four.ann.seat.me.device


def press(page: LostPage | TeamPage, words: str) -> QPushButton:
    return next(
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and words in one.accessibleName()
    )


def logged(crew: Crew) -> list[Answers]:
    """What waits to be sealed for the audit about things taken out."""
    waiting = [one for _seq, some in ledger.pending(crew.laptop.store) for one in some]
    return [one.answers for one in waiting if one.form == EXPORT]


def with_work(crew: Crew) -> None:
    client = crew.four.ann.save("client", {"surname": "Croft"})
    crew.four.ann.save("visit", {"place": "home"}, client=client)
    crew.four.everybody_exchanges()


def panel(page: LostPage) -> NotePanel:
    found = page.beside.panel
    assert isinstance(found, NotePanel)
    return found


def test_team_leads_to_the_page_and_first_it_asks_which_laptop(grant: Crew) -> None:
    team = grant.show(TeamPage)
    press(team, "A lost laptop").click()
    assert grant.went[-1] == Place("lost")
    press(team, "Ann's laptop of Ann Lowe: lost, or handed back").click()
    grant.settle()
    assert not twice_taken(team)
    press(team, "all on one page").click()
    assert grant.went[-1] == Place("lost", record=anns(grant))
    page = grant.show(LostPage)
    assert "Choose the laptop that is lost" in words_on(page)
    page.which.set_value(anns(grant).hex())
    page.which.chosen.emit(page.which.value())
    grant.settle()
    assert "1. Take it out of the team" in words_on(page)
    assert not twice_taken(page)


def test_it_says_what_it_held_whom_to_tell_and_what_nobody_knows(grant: Crew) -> None:
    with_work(grant)
    page = lost(grant, anns(grant))
    said = words_on(page)
    assert not nameless(page)
    assert "All partners: about 1 client: 1 " in said
    assert "What last arrived from it was sealed" in said
    assert "Not known: what it received or wrote since." in said
    assert "Ask whose laptop it is: was it open?" in said
    assert "It does not keep how strong a chosen one is." in said
    assert "within 72 hours" in said
    assert "All partners: A. Grant on Grant's laptop" in said
    assert "s.67" not in said


def test_a_lead_counts_what_the_coordinator_cannot(grant: Crew, shah: Crew) -> None:
    client = grant.four.shah.save("client", {"surname": "Croft"})
    grant.four.shah.save("note", {"note": "P"}, client=client, audience="police")
    grant.four.everybody_exchanges()
    officer = grant.four.shah.seat.me.device
    said = words_on(lost(grant, officer))
    assert "Police only: cannot be read here, and nobody else leads it" in said
    assert "s.67" in said
    said = words_on(lost(shah, officer))
    assert "Police only: about 1 client: 1 case note." in said
    assert "This is the laptop you sit at." in said


def test_of_what_somebody_else_leads_they_can_tell(grant: Crew, shah: Crew, tmp_path: Path) -> None:
    khan = Laptop("Khan", tmp_path / "khan", grant.four.clock)
    join_team(grant.laptop, khan, grant.four.share, replace(SHAH, name="PC T. Khan"))
    grant.exchange()
    said = words_on(lost(grant, khan.seat.me.device))
    assert "Police only: cannot be read here; its lead sees how much, on this page" in said
    assert "Police only: PC R. Shah on Shah's laptop" in said
    assert "Nothing it shared has arrived. At most it holds:" not in said
    khan.close()


def test_it_is_taken_out_by_keys(grant: Crew) -> None:
    page = lost(grant, anns(grant))
    page.which.setFocus()
    tab_to(page, press(page, "Take it out"))
    key(Qt.Key.Key_Space)
    grant.settle()
    assert "It is out of the team." in page.notice.text()
    assert page.share.hasFocus(), "what is to be done now is one key away"
    assert "It is out: it reads nothing shared from then on." in words_on(page)
    found = grant.laptop.seat.roster.device(anns(grant))
    assert found is not None
    assert not found.active
    assert page.note is not None
    assert "not taken out of the team yet" not in page.note.text()
    press(page, "To Sharing").click()
    assert grant.went[-1] == Place("sharing")


def test_only_the_coordinator_takes_it_out(shah: Crew) -> None:
    page = lost(shah, shah.four.ann.seat.me.device)
    said = words_on(page)
    assert "Tell the coordinator at once" in said
    assert "Take it out" not in [
        one.text().replace("&", "") for one in page.findChildren(QPushButton)
    ]


def test_of_the_coordinators_own_laptop_the_keepers_are_named(shah: Crew) -> None:
    said = words_on(lost(shah, shah.four.grant.seat.me.device))
    assert "Two keepers name another coordinator, who takes it out by that" in said
    assert "Tell the coordinator at once" not in said


def test_the_note_is_drafted_and_what_is_altered_stays(grant: Crew) -> None:
    with_work(grant)
    page = lost(grant, anns(grant))
    assert page.note is not None
    assert "Ann's laptop, a laptop of the team Northside used by Ann Lowe" in page.note.text()
    page.note.edit.setPlainText("My own words")
    page.note.keep()
    grant.settle()
    again = lost(grant, anns(grant))
    assert again.note is not None
    assert again.note.text() == "My own words"
    press(again, "Begin it anew").click()
    grant.settle()
    assert "What it held" in again.note.text()


def test_what_is_being_typed_survives_an_exchange(grant: Crew) -> None:
    page = lost(grant, anns(grant))
    assert page.note is not None
    page.note.edit.setPlainText("Half a sen")
    grant.exchange()
    assert page.note is not None
    assert page.note.text() == "Half a sen"


def test_the_note_is_taken_out_after_the_audit_knows(grant: Crew, tmp_path: Path) -> None:
    page = lost(grant, anns(grant))
    page.save_note()
    grant.settle()
    asked = panel(page)
    asked.view.resume({"recipient": "The DPO", "reason": "A laptop was lost"})
    asked.save()
    grant.settle()
    assert logged(grant) == []  # nobody said where
    place = tmp_path / "note.pdf"
    grant.dialogs.answers["save_file"] = place
    asked.save()
    grant.qtbot.waitUntil(place.exists)
    grant.settle()
    assert page.beside.panel is None
    assert page.note is not None
    assert "The note is where you chose." in page.note.said.text()
    assert page.note.save.hasFocus()
    assert not page.note.save.visibleRegion().isEmpty(), "the keyboard can be seen"
    pages = " ".join(one.extract_text() for one in PdfReader(BytesIO(place.read_bytes())).pages)
    assert re.search(r"Taken out by A\. Grant on \w+ \d+ \w+ \d{4}, \d\d:\d\d for The DPO", pages)
    assert "What it held" in pages
    (entry,) = logged(grant)
    assert (entry["what"], entry["format"], entry["recipient"]) == ("breach_note", "pdf", "The DPO")


def test_it_is_taken_out_as_plain_text_too(grant: Crew, tmp_path: Path) -> None:
    page = lost(grant, anns(grant))
    page.save_note()
    grant.settle()
    asked = panel(page)
    asked.format.set_value("txt")
    asked.view.resume({"recipient": "The DPO", "reason": "A laptop was lost"})
    place = tmp_path / "note.txt"
    grant.dialogs.answers["save_file"] = place
    asked.save()
    grant.qtbot.waitUntil(place.exists)
    grant.settle()
    assert place.read_text(encoding="utf-8").startswith("What happened\n")


def test_a_place_that_cannot_be_written_says_so_and_the_audit_still_knows(
    grant: Crew, tmp_path: Path
) -> None:
    page = lost(grant, anns(grant))
    page.save_note()
    grant.settle()
    asked = panel(page)
    asked.view.resume({"recipient": "The DPO", "reason": "A laptop was lost"})
    grant.dialogs.answers["save_file"] = tmp_path / "no such folder" / "note.pdf"
    failed: list[str] = []
    grant.session.failed.connect(lambda error: failed.append(str(error)))
    asked.save()
    grant.qtbot.waitUntil(lambda: bool(failed))
    assert "could not be written there" in failed[0]
    assert len(logged(grant)) == 1
