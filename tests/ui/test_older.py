# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An older casebook in the window: said above every page, explained, and gone on from."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from storage import ledger
from storage.errors import VaultOlder
from tests.dialogs import QuietDialogs
from tests.sync.laptops import Four
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from tests.ui.watched import Watched
from ui.exchanging import Exchanging
from ui.pages.older import OlderPage
from ui.session import Session


def put_back_after_sending(four: Four, qtbot: QtBot, tmp_path: Path) -> Crew:
    """Have Ann send a visit and write a note, and put back her files of before."""
    ann = four.ann
    ann.close()
    shutil.copytree(ann.folder, tmp_path / "before")
    four.ann = ann = ann.reopened()
    four.clock.later(3_600_000)
    ann.save("visit", {"place": "sent, then forgotten"})
    ann.exchange_only(four.share)
    four.clock.later(3_600_000)
    ann.save("note", {"note": "never sent"})
    ann.close()
    shutil.copy(tmp_path / "before" / "vault.db", ann.folder / "vault.db")
    four.ann = ann.reopened()
    return Crew(qtbot, four, four.ann)


@pytest.fixture
def older(four: Four, qtbot: QtBot, look: None, tmp_path: Path) -> Iterator[Crew]:
    del look
    crew = put_back_after_sending(four, qtbot, tmp_path)
    yield crew
    crew.close()


def page_of(crew: Crew) -> OlderPage:
    def make(session: Session, _dialogs: QuietDialogs, *, exchanging: Exchanging) -> OlderPage:
        return OlderPage(session, exchanging=exchanging)

    return crew.show(make)


def test_it_says_what_happened_what_is_safe_and_what_to_do(older: Crew) -> None:
    page = page_of(older)
    said = words_on(page)
    assert "What happened" in said
    assert "older than the one it last worked in" in said
    assert "Everything you had shared is safe" in said
    assert "what you type is kept as a draft" in said
    assert nameless(page) == []


def test_nothing_is_done_before_its_owner_says_so(older: Crew) -> None:
    page = page_of(older)
    assert older.laptop.store.older
    assert page.go_on.isEnabled()
    own = ledger.own_feed(older.laptop.store)
    older.exchanging.start()
    older.settle()
    assert [type(one) for one in older.troubles] == [VaultOlder]
    assert ledger.own_feed(older.laptop.store) == own
    assert older.laptop.store.older


def test_one_button_by_keyboard_goes_on_and_says_what_came_back(older: Crew, qtbot: QtBot) -> None:
    page = page_of(older)
    tab_to(page, page.go_on)
    with qtbot.waitSignal(older.exchanging.done):
        key(Qt.Key.Key_Space)
    older.settle()
    said = words_on(page)
    assert "You can write again." in said
    assert "1 record of yours came back from the team." in said
    assert "Visit, " in said
    assert "had not shared is missing: write it again" in said
    older.laptop.save("visit", {"place": "on"})


def test_going_on_needs_no_folder(older: Crew, qtbot: QtBot) -> None:
    page = page_of(older)
    older.exchanging.share = ""
    with qtbot.waitSignal(older.exchanging.failed):
        page.go_on.click()
    older.settle()
    assert "comes when you next share" in words_on(page)
    older.laptop.save("visit", {"place": "on"})


def test_a_casebook_that_is_not_older_says_so(ann: Crew) -> None:
    assert "as new as your team has seen" in words_on(page_of(ann))


@pytest.fixture
def window(older: Crew, qtbot: QtBot) -> Iterator[Watched]:
    """Ann's window, without a team folder."""
    laptop = older.laptop
    watched = Watched(qtbot, older.session, laptop.store, laptop.folder)
    watched.book.begin()
    watched.settle()
    yield watched
    watched.close()


def test_it_stands_above_every_page_until_its_owner_goes_on(window: Watched, qtbot: QtBot) -> None:
    frame, bar = window.book.frame, window.book.frame.older
    assert bar.isVisible()
    assert bar.text().startswith("This casebook is older than your team has seen.")
    for name in ("clients", "settings"):
        frame.show_page(name)
        window.settle()
        assert bar.isVisible()
    bar.more.click()
    page = frame.page("older")
    assert isinstance(page, OlderPage)
    window.settle()
    page.go_on.click()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_a_save_that_is_refused_says_why(window: Watched, qtbot: QtBot) -> None:
    session = window.session
    with qtbot.waitSignal(session.failed):
        session.save([session.edit("note", {"note": "x"}, client=b"")])
    assert "older than your team has seen" in window.book.frame.banner.text()
