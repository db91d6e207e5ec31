# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Missed appointments from the nurse's clinic to the doorstep, over real laptops, by keys alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.casework.chain import Chain, chain_now
from desktop_app.casework.limits import limits
from desktop_app.casework.records import Answers
from storage import reads
from tests.sync.laptops import Four, Laptop
from tests.ui.apart import Team
from tests.ui.crew import Crew, key, words_on
from ui.clock import local
from ui.pages.boards import BoardsPage
from ui.pages.today import TodayPage
from ui.places import Place

CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = "Methadone clinic"
"""What the appointments were for: held by health only."""


@pytest.fixture
def team(qtbot: QtBot, four: Four, look: None) -> Iterator[Team]:
    made = Team(qtbot, four)
    yield made
    for crew in made.crews:
        crew.close()


@pytest.fixture
def client(four: Four) -> bytes:
    """Return a client with all three workers, who missed two appointments only health may read."""
    ann, shah, bell = four.ann, four.shah, four.bell
    client = ann.save("client", {"surname": "Croft", "forename": "Lee"})
    day = now_of(ann).date()
    for duty, who in (("key_worker", ann), ("police_lead", shah), ("nurse", bell)):
        answers: Answers = {
            "duty": duty,
            "worker": who.seat.person,
            "from_on": f"{day - timedelta(60)}",
        }
        ann.save("assignment", answers, client=client)
    four.everybody_exchanges()
    for before in (7, 3):
        at = f"{day - timedelta(before)}T10:00"
        missed: Answers = {
            "kind": "nurse",
            "booked_for": at,
            "state": "not_attended",
            "what": WORDS,
        }
        bell.save("appointment", missed, client=client, audience="health")
    return client


def now_of(laptop: Laptop) -> datetime:
    return local(laptop.now_ms)


def chain(laptop: Laptop, client: bytes) -> Chain | None:
    records = reads.records(laptop.store, client=client)
    return chain_now(records, laptop.seat.team, now_of(laptop), limits())


def board(team: Team, laptop: Laptop) -> tuple[Crew, BoardsPage]:
    crew = team.crew(laptop)
    page = crew.show(lambda session, dialogs, **_more: BoardsPage(session, dialogs))
    page.show_place(Place("boards", form="missed"))
    crew.settle()
    return crew, page


def today(team: Team, laptop: Laptop) -> tuple[Crew, TodayPage]:
    crew = team.crew(laptop)
    page = crew.show(lambda session, dialogs, **_more: TodayPage(session, dialogs))
    page.show_place(Place("today"))
    crew.settle()
    return crew, page


def test_the_nurse_tells_and_nobody_learns_what_it_was_for(team: Team, client: bytes) -> None:
    four = team.four
    four.everybody_exchanges()
    assert chain(four.ann, client) is chain(four.shah, client) is None
    crew, page = board(team, four.bell)
    key(Qt.Key.Key_T)
    crew.settle()
    assert page.panel is not None
    said = words_on(page.panel)
    assert "Ann Lowe and PC R. Shah will read" in said
    assert "2 appointments were missed, the last on" in said
    assert WORDS not in said
    key(Qt.Key.Key_Return, CTRL)
    crew.settle()
    four.everybody_exchanges()
    for laptop in (four.ann, four.shah):
        told = chain(laptop, client)
        assert told is not None
        assert (told.missed, told.told) == (2, True)
        assert reads.records(laptop.store, client=client, form="appointment") == []
    crew, officer = today(team, four.shah)
    assert "2 appointments missed" in words_on(officer.rows)
    key(Qt.Key.Key_H)
    crew.settle()
    (heard,) = reads.records(four.shah.store, client=client, form="chain_step")[:1]
    assert (heard.text("step"), heard.text("duty")) == ("acknowledged", "police_lead")
    assert "You have heard" in words_on(officer.rows)


def test_the_key_worker_goes_there_and_says_what_came_of_it(team: Team, client: bytes) -> None:
    four, day = team.four, now_of(team.four.bell).date()
    word: Answers = {
        "step": "informed",
        "happened_at": f"{day - timedelta(1)}T09:00",
        "opened_on": f"{day - timedelta(3)}",
        "last_on": f"{day - timedelta(3)}",
        "missed": 2,
    }
    four.bell.save("chain_step", word, client=client)
    four.everybody_exchanges()
    crew, page = today(team, four.ann)
    assert "a visit is due by" in words_on(page.rows)
    key(Qt.Key.Key_N)
    crew.settle()
    stands = chain(four.ann, client)
    assert stands is not None
    assert (stands.visits, stands.seen) == (1, False)
    page.show_place(Place("today"))
    crew.settle()
    assert "what came of it" in words_on(page.rows)
    key(Qt.Key.Key_B)
    crew.settle()
    assert chain(four.ann, client) is None
    key(Qt.Key.Key_U)
    crew.settle()
    assert chain(four.ann, client) is not None


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_it_stands_the_same_in_every_order_of_exchange(
    four: Four, client: bytes, order: tuple[int, ...]
) -> None:
    """Each wrote without having heard of the others; in the end nobody's board differs."""
    ann, shah, bell = four.ann, four.shah, four.bell
    day = now_of(bell).date()
    said: Answers = {
        "opened_on": f"{day - timedelta(3)}",
        "last_on": f"{day - timedelta(3)}",
        "missed": 2,
    }
    told: Answers = {"step": "informed", "happened_at": f"{day - timedelta(2)}T09:00", **said}
    bell.save("chain_step", told, client=client)
    went: Answers = {"at": f"{day - timedelta(1)}T11:00", "state": "tried", "outcome": "not_seen"}
    ann.save("visit", {**went, "kind": "home", "people": [ann.seat.person]}, client=client)
    heard: Answers = {"step": "acknowledged", "happened_at": f"{day - timedelta(1)}T08:00"}
    shah.save("chain_step", {**heard, "duty": "police_lead"}, client=client)
    for who in order:
        (ann, shah, bell)[who].exchange(four.share)
    four.everybody_exchanges()
    four.everybody_exchanges()
    found = [chain(one, client) for one in four]
    assert found[0] is not None
    assert len(set(map(repr, found))) == 1
    assert [one.part.value for one in found[0].to_do] == ["outcome"]
