# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Import: look, then take in, at the coordinator's laptop, over four real vaults."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Record
from desktop_app.casework.twice import Clash
from storage import audit
from sync.rehearsal import Rehearsal
from tests.logged import logged
from tests.sync.laptops import Four
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from tests.ui.test_exchanging import hostile, slow
from tests.ui.test_sharing import client, newest_of
from tests.ui.watched import fill_disk, free_disk
from ui import theme
from ui.exchanging import Stage
from ui.kit.buttons import Button
from ui.kit.card import Card
from ui.pages.importing import ImportPage
from ui.pages.importing_brings import Brings, sight_of
from ui.places import Place
from ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


def open_page(crew: Crew, *, wide: int = 1178) -> ImportPage:
    """Open the page as the rail does: it looks at once."""
    page = crew.show(ImportPage, wide=wide)
    page.show_place(Place("import"))
    crew.settle()
    return page


@pytest.fixture
def lee(ann: Crew, shah: Crew, bell: Crew) -> bytes:
    """Three laptops have shared since the coordinator last looked."""
    made = client(ann)
    ann.laptop.save("visit", {"place": "home"}, client=made)
    ann.exchange()
    shah.exchange()
    shah.laptop.save("alert", {"kind": "weapon"}, client=made)
    shah.exchange()
    bell.exchange()
    bell.laptop.save("clinical_note", {"note": "45 ml holds"}, client=made)
    bell.exchange()
    return made


def test_opening_the_page_looks_and_changes_nothing(grant: Crew, lee: bytes) -> None:
    page = open_page(grant)
    assert "Your casebook has not changed." in words_on(page)
    assert page.found
    assert not grant.laptop.answers(lee)
    assert not grant.outcomes


def test_what_lies_there_is_listed_laptop_by_laptop_with_its_kinds(grant: Crew, lee: bytes) -> None:
    said = words_on(open_page(grant))
    for laptop in ("Ann's laptop", "Shah's laptop", "Bell's laptop"):
        assert laptop in said
    assert "1 client" in said
    assert "1 visit" in said
    said = said[said.index("What comes in") :]
    assert said.index("1 safety alert") < said.index("1 client")


def test_what_is_not_for_the_coordinator_is_never_named(grant: Crew, lee: bytes) -> None:
    said = words_on(open_page(grant))
    assert "Health only" in said
    assert "45 ml" not in said
    assert "Clinical" not in said


def test_taking_in_says_what_came_and_the_casebook_has_it(grant: Crew, lee: bytes) -> None:
    page = open_page(grant)
    assert f"Take in {len(page.found)} bundles" in page.apply.accessibleName()
    page.apply.click()
    grant.settle()
    assert grant.laptop.answers(lee)["surname"] == "Croft"
    assert "1 client" in page.notice.text()
    assert "Imported at" in words_on(page)
    assert not page.apply.isVisible()


def test_ctrl_enter_takes_in_and_does_nothing_before_a_look(grant: Crew, lee: bytes) -> None:
    page = grant.show(ImportPage)
    page.setFocus()
    page.take_in()
    assert not grant.opened
    page.show_place(Place("import"))
    grant.settle()
    assert page.apply.hasFocus()
    page.back.setFocus()
    page.setFocus()
    assert page.apply.hasFocus(), "whoever comes back to it goes on there"
    key(Qt.Key.Key_Return, CTRL)
    grant.settle()
    assert grant.laptop.answers(lee)
    assert page._head.again.hasFocus(), "never the lock"


def test_nothing_new_is_said_so(grant: Crew) -> None:
    grant.four.everybody_exchanges()
    page = open_page(grant)
    for _until_only_receipts_are_left in range(2):
        page.take_in()
        grant.settle()
        page.look()
        grant.settle()
    assert "Nothing new lies in the folder" in words_on(page)
    assert not page.apply.isVisible()


def test_what_leaves_with_it_is_said_before_the_button_is_pressed(grant: Crew, lee: bytes) -> None:
    grant.laptop.save("client", {"surname": "Marsh"})
    page = open_page(grant)
    assert "1 change of yours leaves with it" in words_on(page)
    assert audit.to_share(grant.laptop.store) == 1


def test_not_yet_leaves_everything_where_it_was(grant: Crew, lee: bytes) -> None:
    page = open_page(grant)
    page.put_off()
    page.take_in()
    grant.settle()
    assert not grant.laptop.answers(lee)
    assert "until you say so" in words_on(page)
    page.show_place(Place("import"))
    grant.settle()
    assert page.found


def test_coming_back_to_the_page_does_not_look_twice(grant: Crew, lee: bytes) -> None:
    page = open_page(grant)
    page.show_place(Place("import"))
    grant.settle()
    assert len(grant.opened) == 1


def test_a_folder_that_is_away_gives_a_calm_sentence(grant: Crew, lee: bytes) -> None:
    hostile(grant).away = True
    page = open_page(grant)
    assert page.trouble.isVisible()
    assert "cannot be reached" in page.trouble.text()
    hostile(grant).away = False
    page.look()
    grant.settle()
    assert not page.trouble.isVisible()
    assert page.found


def test_a_folder_that_goes_away_between_look_and_taking_in_loses_nothing(
    grant: Crew, lee: bytes
) -> None:
    page = open_page(grant)
    hostile(grant).away = True
    page.take_in()
    grant.settle()
    assert page.trouble.isVisible()
    assert not grant.laptop.answers(lee)
    hostile(grant).away = False
    page.look()
    grant.settle()
    page.take_in()
    grant.settle()
    assert grant.laptop.answers(lee)


def test_a_bundle_that_waits_for_another_says_for_which(
    ann: Crew, grant: Crew, qtbot: QtBot
) -> None:
    lee = client(ann)
    ann.exchange()
    missing = newest_of(hostile(ann), ann.laptop)
    raw = hostile(ann).drop(missing)
    note = ann.laptop.save("note", {"note": "Second"}, client=lee)
    ann.exchange()
    hostile(ann).files.pop(missing, raw)  # her laptop has put it back: let it be gone again
    page = open_page(grant)
    said = words_on(page)
    assert "waits for their bundle" in said
    coming = [one for one in page.found if one.comes_in]
    assert f"If you take in th{'is' if len(coming) == 1 else 'ese'} {len(coming)} bundle" in said
    later = said[said.index("Comes in later, by itself") :]
    assert "Comes in then: 1 case note." in later
    assert "case note" not in said[said.index("What comes in") : said.index("Comes in later")]
    page.take_in()
    grant.settle()
    assert "Still open" in words_on(page)
    assert not grant.laptop.answers(note)


def test_progress_can_be_stopped(grant: Crew, lee: bytes, qtbot: QtBot) -> None:
    page = open_page(grant)
    share = slow(grant)
    page.look()
    qtbot.waitUntil(share.asked.is_set)
    assert page.progress.isVisible()
    assert not page.apply.isEnabled()
    page.progress.stop_button.click()
    share.answers.set()
    grant.settle()
    assert not page.progress.isVisible()
    assert page.apply.isEnabled()


def test_tab_reaches_the_one_filled_button_and_everything_has_a_name(
    grant: Crew, lee: bytes
) -> None:
    page = open_page(grant)
    assert not nameless(page)
    tab_to(page, page.apply)


@pytest.mark.parametrize(("wide", "scale"), [(1178, 1.0), (1037, 1.0), (1306, 1.5)])
def test_it_fits(grant: Crew, lee: bytes, qapp: QApplication, wide: int, scale: float) -> None:
    theme.apply(qapp, Theme(text_scale=scale))
    page = open_page(grant, wide=wide)
    assert page.width() == wide
    assert page.apply.width() >= page.apply.sizeHint().width()


def test_without_a_team_folder_the_page_has_the_button_that_chooses_one(
    qtbot: QtBot, four: Four, look: None
) -> None:
    crew = Crew(qtbot, four, four.grant, share="")
    page = open_page(crew)
    asked: list[None] = []
    page.share_wanted.connect(lambda: asked.append(None))
    said = words_on(page)
    assert "No team folder has been chosen yet" in said
    assert not page.trouble.isVisible()
    (choose,) = [one for one in page.findChildren(Button) if "Choose the folder" in one.text()]
    tab_to(page, choose)
    key(Qt.Key.Key_Space)
    assert asked == [None]
    crew.exchanging.share = "here"
    page.set_share("here")
    crew.settle()
    assert "Nothing new lies in the folder" in words_on(page) or page.found
    crew.close()


def test_the_rehearsal_names_what_needs_a_person_and_the_clocks(ann: Crew, grant: Crew) -> None:
    made = client(ann)
    grant.four.everybody_exchanges()
    grant.laptop.save("client", {"phone": "07700 900111"}, record=made)
    ann.laptop.save("client", {"phone": "07700 900222"}, record=made)
    ann.laptop.save("need", {"what": "A bed", "due_on": "2020-01-01"}, client=made)
    again = {"surname": "Croft", "forename": "Leanne", "born": "1989-03-14"}
    ann.laptop.save("client", dict(again))
    ann.laptop.save("client", dict(again))
    ann.exchange()
    said = words_on(open_page(grant))
    assert "CROFT, Leanne: Phone" in said or "CROFT, Leanne: Telephone" in said
    assert "Both are kept." in said
    assert "CROFT, Leanne may be CROFT, Leanne" in said
    assert "Starts: 1 need with a day" in said
    assert "1 clock starts" in said
    assert "Your casebook has not changed." in said
    assert list(grant.laptop.record(made).conflicts) == []


def test_whose_names_it_shows_is_written_down_first(ann: Crew, grant: Crew, lee: bytes) -> None:
    open_page(grant)
    (entry,) = logged(grant.laptop.store, "consultation")
    assert entry.answers["clients"] == [lee.hex()]


def test_nobody_is_named_where_that_cannot_be_written_down(
    grant: Crew, lee: bytes, trouble: list[str]
) -> None:
    fill_disk(grant.laptop.store)
    page = open_page(grant)
    said = words_on(page)
    assert "CROFT" not in said
    assert "cannot write down who looks at what" in said
    assert "1 safety alert" in said
    assert "rehearsal was stopped" not in said
    free_disk(grant.laptop.store)
    page.look()
    grant.settle()
    assert "CROFT, Leanne" in words_on(page)
    (entry,) = logged(grant.laptop.store, "consultation")
    assert entry.answers["clients"] == [lee.hex()]


def test_a_record_kept_to_some_that_would_be_answered_twice_is_written_down_itself(
    grant: Crew,
) -> None:
    kept = Record(b"r" * 16, "clinical_note", b"c" * 16, "health", "b" * 16, [])
    told = Rehearsal(clashes=(Clash(kept, ("note",), ("b" * 16,)),))
    session = grant.session
    seen = sight_of(Brings([], told, session.team, session.today()))
    assert seen is not None
    assert (seen.clients, seen.kept) == ((kept.client,), (kept.id,))
    assert seen.audiences == {"health"}


def test_a_rehearsal_that_is_stopped_says_what_is_not_known_and_leaves_the_bundles_listed(
    grant: Crew, lee: bytes
) -> None:
    page = grant.show(ImportPage)

    def stop(stage: Stage) -> None:
        if stage.words.startswith("Rehearsing"):
            grant.exchanging.stop()

    grant.exchanging.stage.connect(stop)
    page.show_place(Place("import"))
    grant.settle()
    assert grant.exchanging.rehearsal is None
    assert page.found
    assert "The rehearsal was stopped" in words_on(page)
    assert "What comes in" in words_on(page)
    page.take_in()
    grant.settle()
    assert grant.laptop.answers(lee)


def test_what_it_would_bring_is_read_to_its_end_by_keys(ann: Crew, grant: Crew, lee: bytes) -> None:
    for number in range(12):
        made = ann.laptop.save("client", {"surname": f"Croft{number}", "forename": "Jo"})
        ann.laptop.save("visit", {"place": "home"}, client=made)
    ann.exchange()
    page = open_page(grant, wide=1037)
    (card,) = [one for one in page.findChildren(Card) if one.accessibleName().startswith("If you")]
    area = next(one for one in page.findChildren(QScrollArea) if one.isAncestorOf(card))
    tab_to(page, card)
    bar = area.verticalScrollBar()
    bar.setValue(0)
    assert bar.maximum() > 0
    for _page in range(40):
        key(Qt.Key.Key_PageDown)
    assert bar.value() == bar.maximum()
