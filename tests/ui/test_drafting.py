# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Drafts: what is typed lies in the vault within a second, and typing never waits for it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers
from storage.store import Store
from tests.ui.office import OSEI, SHAH, Office, OfficeClock
from ui.drafting import Drafting, draft_of, draft_words
from ui.session import Session

CLIENT = b"c" * 16


class Page(QObject):
    """Something with a draft."""

    def __init__(self, session: Session, *, record: bytes = b"") -> None:
        super().__init__()
        self.answers: Answers = {"note": ""}
        self.kept: list[str] = []
        self.drafting = Drafting(
            session,
            "note",
            client=CLIENT,
            record=record,
            typed=lambda: dict(self.answers),
            parent=self,
        )
        session.drafted.connect(lambda draft: self.kept.append(str(draft.answers["note"])))

    def type(self, words: str) -> None:
        self.answers["note"] = str(self.answers["note"]) + words
        self.drafting.touched()


@pytest.fixture
def page(session: Session) -> Iterator[Page]:
    page = Page(session)
    yield page
    page.drafting.flush()


def test_what_is_typed_is_kept_within_a_second(qtbot: QtBot, page: Page) -> None:
    clock = QElapsedTimer()
    clock.start()
    with qtbot.waitSignal(page.drafting.kept, timeout=2000):
        page.type("k")
    assert clock.elapsed() < 1000
    assert page.kept == ["k"]


def test_it_is_kept_at_least_once_a_second_while_typing_goes_on(qtbot: QtBot, page: Page) -> None:
    keys, clock = QTimer(), QElapsedTimer()
    keys.setInterval(40)
    keys.timeout.connect(lambda: page.type("k"))
    clock.start()
    keys.start()
    qtbot.waitUntil(lambda: len(page.kept) >= 2, timeout=4000)
    keys.stop()
    assert clock.elapsed() < 2600
    assert len(page.kept[0]) < len(page.kept[1])


def test_typing_never_waits_for_the_vault(qtbot: QtBot, session: Session, page: Page) -> None:
    held = threading.Event()
    session.work(lambda _store: held.wait())
    page.type("k")
    page.drafting.flush()
    page.type("ept")
    assert page.kept == []
    held.set()
    qtbot.waitUntil(lambda: page.kept[:1] == ["k"])


def test_nothing_kept_late_brings_a_saved_draft_back(
    qtbot: QtBot, session: Session, page: Page, vault: Store
) -> None:
    page.type("k")
    page.drafting.flush()
    page.type("ept")
    page.drafting.drop()
    page.type(" after")
    page.drafting.flush()
    qtbot.waitUntil(lambda: not session.busy)
    assert vault.drafts() == []


def test_after_a_discard_what_is_typed_is_kept_again(
    qtbot: QtBot, session: Session, page: Page, vault: Store
) -> None:
    page.type("k")
    page.drafting.forget()
    page.type("ept")
    page.drafting.flush()
    qtbot.waitUntil(lambda: not session.busy)
    assert [one.answers["note"] for one in vault.drafts()] == ["kept"]


def test_drafts_of_two_records_and_of_two_people_never_meet(
    qtbot: QtBot, session: Session, vault: Store
) -> None:
    new, old = Page(session), Page(session, record=b"r" * 16)
    new.type("new")
    old.type("old")
    new.drafting.flush()
    old.drafting.flush()
    qtbot.waitUntil(lambda: not session.busy)

    def words(record: bytes, author: str) -> object:
        found = draft_of(vault, "note", client=CLIENT, record=record, author=author)
        return found and found.answers["note"]

    assert words(b"", OSEI) == "new"
    assert words(b"r" * 16, OSEI) == "old"
    assert words(b"", SHAH) is None


def test_closing_the_vault_loses_nothing_that_was_typed(
    qtbot: QtBot, tmp_path: Path, team: Team, clock: OfficeClock
) -> None:
    folder = tmp_path / "closing"
    folder.mkdir()
    store = Store.create(folder, bytearray(range(32)))
    Office(store, clock)
    session = Session(store, me=OSEI, team=team, clock=clock)
    page = Page(session)
    page.type("mid-sent")
    session.close()
    again = Store.open(folder, bytearray(range(32)))
    (draft,) = again.drafts()
    assert draft.answers["note"] == "mid-sent"
    assert draft_words(draft, clock.today()) == "Draft from 15:04"
    clock.later(24 * 60)
    assert draft_words(draft, clock.today()) == "Draft from Mon 23 Nov, 15:04"
    again.close()
