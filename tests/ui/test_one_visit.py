# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A visit that two recorded: asked on Today and on the timeline, joined, found, parted again."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Json, link
from storage import reads
from tests.dialogs import QuietDialogs
from tests.sync.laptops import Four, Laptop
from tests.ui.crew import Crew, key, tab_to, words_on
from ui.clock import local
from ui.kit.timeline_entry import TimelineItem
from ui.pages.client import ClientPage
from ui.pages.doorstep_facts import own_account
from ui.pages.one_visit_offer import OneWith
from ui.pages.record import RecordPage
from ui.pages.today import TodayPage
from ui.places import Place

Page = TypeVar("Page", bound=QWidget)
MINUTE_MS = 60_000


class Street:
    """Ann and Shah met the same client at the same door, and each wrote it down."""

    def __init__(self, qtbot: QtBot, four: Four) -> None:
        self.qtbot, self.four = qtbot, four
        self.crews: list[Crew] = []
        self.client = four.grant.save("client", {"surname": "Croft", "forename": "Leanne"})
        four.everybody_exchanges()
        self.first = self.visit(four.ann, 0, "She was glad.")
        self.second = self.visit(four.shah, 10, "She spoke of her brother.")
        four.everybody_exchanges()

    def visit(self, laptop: Laptop, later: int, note: str) -> bytes:
        """Let somebody record a visit with their account of it."""
        at = local(laptop.now_ms + later * MINUTE_MS).isoformat(timespec="minutes")[:16]
        said: dict[str, Json] = {"at": at, "state": "done", "kind": "home", "outcome": "seen"}
        said |= {"people": [laptop.seat.person], "minutes": 20}
        made = laptop.save("visit", said, client=self.client)
        told: dict[str, Json] = {"visit": link(made), "seen": "seen", "note": note}
        laptop.save("account", told, client=self.client)
        return made

    def crew(self, laptop: Laptop) -> Crew:
        made = Crew(self.qtbot, self.four, laptop)
        self.crews.append(made)
        return made

    def show(self, crew: Crew, make: Callable[[], Page]) -> Page:
        page = crew.show(lambda *_given, **_more: make())
        crew.settle()
        return page

    def file(self, laptop: Laptop) -> tuple[Crew, ClientPage]:
        """Open the client's page on somebody's laptop."""
        crew = self.crew(laptop)
        page = self.show(crew, lambda: ClientPage(crew.session, QuietDialogs()))
        page.show_place(Place("client", client=self.client))
        crew.settle()
        return crew, page

    def today(self, laptop: Laptop) -> tuple[Crew, TodayPage]:
        crew = self.crew(laptop)
        page = self.show(crew, lambda: TodayPage(crew.session, QuietDialogs()))
        page.show_place(Place("today"))
        crew.settle()
        return crew, page

    def sheet(self, laptop: Laptop, record: bytes) -> tuple[Crew, RecordPage]:
        crew = self.crew(laptop)
        page = self.show(crew, lambda: RecordPage(crew.session, QuietDialogs()))
        page.show_place(Place("record", client=self.client, record=record))
        crew.settle()
        return crew, page


@pytest.fixture
def street(qtbot: QtBot, four: Four, look: None) -> Iterator[Street]:
    made = Street(qtbot, four)
    yield made
    for crew in made.crews:
        crew.close()


def visits(page: ClientPage) -> list[TimelineItem]:
    rows = page.timeline.list.items.rows
    return [row for row in rows if isinstance(row, TimelineItem) and "isit" in row.title]


def offered(page: ClientPage) -> list[QPushButton]:
    return [one for one in page.timeline.offers.findChildren(QPushButton) if one.isVisible()]


def test_it_is_offered_where_it_stands_and_answered_by_keyboard(street: Street) -> None:
    crew, page = street.file(street.four.ann)
    assert len(visits(page)) == 2
    assert "Ann Lowe and PC R. Shah each recorded a visit" in words_on(page.timeline.offers)
    one, _two = offered(page)
    tab_to(page, one)
    key(Qt.Key.Key_Space)
    crew.settle()
    (entry,) = visits(page)
    assert "Ann Lowe: She was glad." in entry.body
    assert "PC R. Shah: She spoke of her brother." in entry.body
    assert "Ann Lowe and PC R. Shah" in entry.who
    assert "Recorded by two" in [chip.text for chip in entry.chips]
    assert offered(page) == []


def test_joined_on_one_laptop_it_is_one_on_every_other_and_counts_once(street: Street) -> None:
    crew, page = street.file(street.four.ann)
    offered(page)[0].click()
    crew.settle()
    street.four.everybody_exchanges()
    for laptop in (street.four.bell, street.four.shah):
        _crew, there = street.file(laptop)
        assert len(visits(there)) == 1
        (row,) = reads.caseload(laptop.store)
        assert row.last_seen is not None
        assert laptop.answers(street.second)["one_visit"] == "yes"


def test_two_visits_after_all_is_never_asked_again(street: Street) -> None:
    crew, page = street.file(street.four.ann)
    offered(page)[1].click()
    crew.settle()
    assert offered(page) == []
    assert len(visits(page)) == 2
    street.four.everybody_exchanges()
    _crew, today = street.today(street.four.shah)
    assert not [one for one in today.rows.rows if one.startswith("recorded_twice")]


def test_today_asks_both_who_recorded_it_and_the_answer_can_be_taken_back(street: Street) -> None:
    for laptop in (street.four.ann, street.four.shah):
        crew, today = street.today(laptop)
        (row,) = [one for one in today.rows.rows.values() if "recorded_twice" in one.item().key]
        assert "each recorded a visit" in row.item().spoken()
    row.answered.emit("one_visit")
    crew.settle()
    assert street.four.shah.answers(street.second)["one_visit"] == "yes"
    assert "One visit" in [chip.text for chip in today.rows.rows[row.item().key].item().chips]
    today.rows.rows[row.item().key].answered.emit("undo")
    crew.settle()
    assert street.four.shah.answers(street.second)["one_visit"] is None


def test_the_record_of_each_stays_is_found_and_can_be_parted(street: Street) -> None:
    crew, page = street.file(street.four.ann)
    offered(page)[0].click()
    crew.settle()
    street.four.everybody_exchanges()
    crew, sheet = street.sheet(street.four.shah, street.first)
    assert sheet.open is not None
    said = words_on(sheet.open.side.findChildren(OneWith)[0])
    assert "One visit with what PC R. Shah recorded." in said
    show, part = sheet.open.side.one_with.findChildren(QPushButton)
    show.click()
    assert crew.went[-1].record == street.second
    part.click()
    crew.settle()
    assert not sheet.open.side.one_with.isVisible()
    street.four.everybody_exchanges()
    _crew, again = street.file(street.four.ann)
    assert len(visits(again)) == 2
    assert offered(again) == []


def test_answered_apart_and_differently_it_waits_among_what_was_written_twice(
    street: Street,
) -> None:
    for laptop, which in ((street.four.ann, 0), (street.four.shah, 1)):
        crew, page = street.file(laptop)
        offered(page)[which].click()
        crew.settle()
    street.four.everybody_exchanges()
    for laptop in street.four:
        assert "one_visit" in laptop.record(street.second).conflicts
        assert len(visits(street.file(laptop)[1])) == 2


def test_on_the_doorstep_of_either_ones_own_account_is_found(street: Street) -> None:
    crew, page = street.file(street.four.ann)
    offered(page)[0].click()
    crew.settle()
    street.four.everybody_exchanges()
    store, shah = street.four.shah.store, street.four.shah.seat.person
    records = tuple(reads.records(store, client=street.client))
    for visit in (street.first, street.second):
        own = own_account(records, store.record(visit), shah, frozenset())
        assert own is not None
        assert own.text("note") == "She spoke of her brother."
