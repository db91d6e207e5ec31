# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Sharing: what leaves and who reads it, what came, and what went wrong, over four real laptops."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storage import ledger
from tests.hostile_share import HostileShare
from tests.sync.laptops import Laptop
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from tests.ui.test_exchanging import hostile, slow
from ui import theme
from ui.main_window import MainWindow
from ui.page_stack import PageEntry
from ui.pages.sharing import SharingPage
from ui.pages.sharing_facts import COLUMNS, readers_of, sharing_facts
from ui.pages.sharing_letter import _Reads
from ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


def client(crew: Crew) -> bytes:
    return crew.laptop.save("client", {"surname": "Croft", "forename": "Leanne"})


def columns(page: SharingPage) -> list[str]:
    """Return what a screen reader hears of every tick and closed eye."""
    return [one.accessibleName() for one in page.letter.findChildren(_Reads)]


def two_answers(ann: Crew, shah: Crew) -> bytes:
    """Let two people answer one question without having seen each other's answer."""
    lee = client(ann)
    ann.exchange()
    shah.exchange()
    ann.laptop.save("client", {"phone": "07700 900111"}, record=lee)
    shah.laptop.save("client", {"phone": "07700 900222"}, record=lee)
    for crew in (ann, shah, ann):
        crew.exchange()
    return lee


def test_nothing_written_yet_is_said(ann: Crew) -> None:
    said = words_on(ann.show(SharingPage))
    assert "Nothing waits to leave" in said
    assert "Nothing new has come" in said
    assert "since you signed in" in said


def test_what_leaves_is_shown_before_it_is_sealed_with_its_words(ann: Crew) -> None:
    lee = client(ann)
    ann.laptop.save("note", {"note": "Likes to be called Lee"}, client=lee)
    said = words_on(ann.show(SharingPage))
    assert "2 changes to share" in said
    assert "CROFT, Leanne" in said
    assert "Likes to be called Lee" in said


def test_a_column_for_each_team_says_who_will_be_able_to_read_an_item(ann: Crew) -> None:
    client(ann)
    assert columns(ann.show(SharingPage)) == [f"{role.words}: can read it" for role in COLUMNS]


def test_a_note_kept_for_police_shows_closed_eyes_for_everybody_else(shah: Crew) -> None:
    lee = client(shah)
    shah.exchange()
    shah.laptop.save("note", {"note": "Seen with K."}, client=lee, audience="police")
    page = shah.show(SharingPage)
    assert columns(page) == [
        "Key worker: cannot read it",
        "Police officer: can read it",
        "Nurse: cannot read it",
        "Coordinator: cannot read it",
    ]
    assert "Police only" in words_on(page)


def test_a_clinical_note_shows_closed_eyes_for_police_and_key_workers(bell: Crew) -> None:
    lee = client(bell)
    bell.exchange()
    bell.laptop.save("clinical_note", {"note": "45 ml holds"}, client=lee)
    heard = columns(bell.show(SharingPage))
    assert heard[:3] == [
        "Key worker: cannot read it",
        "Police officer: cannot read it",
        "Nurse: can read it",
    ]


def test_a_column_where_only_some_can_read_says_so(ann: Crew) -> None:
    team = ann.session.team
    assert None not in readers_of("partners", team)
    assert readers_of("police", team) == (False, True, False, False)


def test_ctrl_enter_seals_and_shares(ann: Crew, shah: Crew, qtbot: QtBot) -> None:
    lee = client(ann)
    page = ann.show(SharingPage)
    page.setFocus()
    with qtbot.waitSignal(ann.exchanging.done):
        key(Qt.Key.Key_Return, CTRL)
    ann.settle()
    assert "Nothing waits to leave" in words_on(page)
    shah.exchange()
    assert shah.laptop.answers(lee)["surname"] == "Croft"


def test_the_title_says_the_laptop_and_when_the_folder_was_reached(ann: Crew) -> None:
    page = ann.show(SharingPage)
    assert "Ann's laptop, Ann Lowe" in words_on(page)
    assert "Team folder chosen" in words_on(page)
    page.share()
    ann.settle()
    assert f"Team folder reached {ann.session.now():%a}" in words_on(page)
    assert f"{ann.session.now():%H:%M}" in words_on(page)


def test_no_folder_is_said_in_the_title_and_when_sharing(ann: Crew) -> None:
    ann.exchanging.share = ""
    page = ann.show(SharingPage)
    assert "No team folder yet" in words_on(page)
    page.share()
    assert "Choose it in Settings" in page.trouble.text()
    assert page.trouble.isVisible()


def test_progress_shows_words_and_a_stop(ann: Crew, qtbot: QtBot) -> None:
    client(ann)
    page = ann.show(SharingPage)
    share = slow(ann)
    page.letter.seal.click()
    qtbot.waitUntil(share.asked.is_set)
    assert page.progress.isVisible()
    assert page.progress.text() == "Looking into the team folder…"
    assert not page.letter.seal.isEnabled()
    page.progress.stop_button.click()
    assert page.progress.text() == "Stopping after this one…"
    share.answers.set()
    ann.settle()
    assert not page.progress.isVisible()
    assert page.letter.seal.isEnabled()


def test_a_folder_that_is_away_gives_a_calm_sentence_and_loses_nothing(ann: Crew) -> None:
    client(ann)
    page = ann.show(SharingPage)
    hostile(ann).away = True
    page.share()
    ann.settle()
    assert page.trouble.isVisible()
    assert "cannot be reached" in page.trouble.text()
    assert "1 change to share" in words_on(page)
    hostile(ann).away = False
    ann.exchange()  # from wherever it is begun, what was said before is over
    ann.settle()
    assert not page.trouble.isVisible()
    assert page.outcome.isVisible()
    assert not ledger.pending_count(ann.laptop.store)


def test_a_folder_that_is_full_says_why_it_was_not_sent(ann: Crew) -> None:
    client(ann)
    page = ann.show(SharingPage)
    hostile(ann).full = True
    page.share()
    ann.settle()
    assert page.trouble.isVisible()
    assert ledger.outbox(ann.laptop.store)


def test_what_came_is_counted_by_kind_and_laptop(ann: Crew, shah: Crew) -> None:
    client(ann)
    ann.exchange()
    page = shah.show(SharingPage)
    page.share()
    shah.settle()
    assert "New from" in words_on(page)
    assert "1 client" in words_on(page)
    page.share()
    shah.settle()
    said = words_on(page)
    assert "when you last shared" in said
    assert "since you signed in" not in said, "something has come since then"


def test_a_bundle_that_waits_names_what_it_waits_for(ann: Crew, shah: Crew) -> None:
    lee = client(ann)
    ann.exchange()
    first = newest_of(hostile(ann), ann.laptop)
    ann.laptop.save("note", {"note": "Second"}, client=lee)
    ann.exchange()
    hostile(ann).hidden.add(first)
    page = shah.show(SharingPage)
    page.share()
    shah.settle()
    said = words_on(page)
    assert "has not arrived" in said
    assert "Nothing is lost" in said
    hostile(ann).hidden.clear()
    page.share()
    shah.settle()
    assert "has not arrived" not in words_on(page)
    assert shah.laptop.answers(lee)


def newest_of(share: HostileShare, laptop: Laptop) -> str:
    """Return the path of the last bundle a laptop sent."""
    own = ledger.own_feed(laptop.store)
    assert own is not None
    folder = laptop.seat.feed_folder(own.id)
    return max(path for path in share.files if path.startswith(folder))


def test_a_file_that_was_altered_is_named_among_what_was_set_aside(ann: Crew, shah: Crew) -> None:
    client(ann)
    ann.exchange()
    hostile(ann).flip(newest_of(hostile(ann), ann.laptop))
    page = shah.show(SharingPage)
    for _twice in range(2):
        page.share()
        shah.settle()
    said = words_on(page)
    assert "Set aside" in said
    assert "Nothing of it is in your casebook." in said


def test_two_answers_lead_to_where_they_are_settled(ann: Crew, shah: Crew) -> None:
    two_answers(ann, shah)
    page = ann.show(SharingPage)
    assert "1 with two answers" in words_on(page)
    page._sentences._twice.open.click()
    assert [one.page for one in ann.went] == ["twice"]


def test_receipts_say_who_has_it(ann: Crew) -> None:
    client(ann)
    ann.exchange()
    page = ann.show(SharingPage)
    assert "No word yet that anybody has it" in words_on(page)
    ann.four.everybody_exchanges()
    page.share()
    ann.settle()
    assert "Everyone has it" in words_on(page)


def test_a_stick_is_shared_with_instead_of_the_folder(ann: Crew, tmp_path: object) -> None:
    page = ann.show(SharingPage)
    ann.dialogs.answers["folder"] = tmp_path
    page._share_with_stick()
    ann.settle()
    assert ann.opened == [str(tmp_path)]
    ann.dialogs.answers.clear()
    page._share_with_stick()
    assert len(ann.opened) == 1


def test_a_laptop_that_was_never_heard_from_is_told_apart(ann: Crew) -> None:
    facts = sharing_facts(
        ann.laptop.store, ann.session.team, on=ann.session.today(), now_ms=ann.laptop.now_ms
    )
    assert facts.laptop == "Ann's laptop"
    assert {one.laptop for one in facts.heard if not one.mine} == {
        "Grant's laptop",
        "Shah's laptop",
        "Bell's laptop",
    }


def test_tab_reaches_the_one_filled_button_and_everything_has_a_name(ann: Crew) -> None:
    client(ann)
    page = ann.show(SharingPage)
    assert not nameless(page)
    tab_to(page, page.letter.seal)


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_button_is_whole_in_every_window(
    ann: Crew, qapp: QApplication, scale: float, qtbot: QtBot
) -> None:
    client(ann)
    theme.apply(qapp, Theme(text_scale=scale))
    window = in_a_window(ann, qtbot)
    for wide, high in ((1366, 768), (1093, 574)) if scale == 1.0 else ((1366, 768),):
        window.resize(wide, high)
        assert (window.width(), window.height()) == (wide, high)
        button = page_of(window).letter.seal
        corner = button.mapTo(window, button.rect().bottomRight())
        assert window.rect().contains(corner)
        assert button.width() >= button.sizeHint().width()


def in_a_window(crew: Crew, qtbot: QtBot) -> MainWindow:
    """Show the page in the frame every page stands in."""
    make = partial(SharingPage, crew.session, crew.dialogs, exchanging=crew.exchanging)
    window = MainWindow(
        [PageEntry("sharing", "Sharing", "refresh-cw", make)], name="Ann Lowe", role="Key worker"
    )
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.show_page("sharing")
    crew.settle()
    return window


def page_of(window: MainWindow) -> SharingPage:
    page = window.page("sharing")
    assert isinstance(page, SharingPage)
    return page
