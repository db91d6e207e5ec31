# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two took over one client: the coordinator says who has them, by one key."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.casework.assignments import KEY_WORKER, workers_on
from desktop_app.casework.handover import accepting, open_offers
from desktop_app.casework.records import Answers
from storage import reads
from tests.sync.laptops import Four, Laptop
from tests.ui.apart import Team
from tests.ui.crew import key, words_on
from ui.clock import local
from ui.places import Place


@pytest.fixture
def team(qtbot: QtBot, four: Four, look: None) -> Iterator[Team]:
    made = Team(qtbot, four)
    yield made
    for crew in made.crews:
        crew.close()


def takes_over(laptop: Laptop, client: bytes) -> None:
    """Let somebody be offered the client on their own laptop, and accept."""
    day = local(laptop.clock.later()).date()
    held = reads.records(laptop.store, client=client)
    offer: Answers = {
        "duty": "key_worker",
        "worker": workers_on(held, KEY_WORKER, day)[0],
        "handed_to": laptop.seat.person,
        "offered_on": day.isoformat(),
        "reason": "balance",
    }
    laptop.save("handover", offer, client=client)
    held = reads.records(laptop.store, client=client)
    (waits,) = open_offers(held, day)
    ids = (laptop.dice.randbytes(16) for _ in range(2))
    edits, _back = accepting(waits.offer, held, on=day, new=lambda: next(ids))
    laptop.store.save(list(edits), now_ms=laptop.now_ms)


def test_the_coordinator_says_who_has_them_and_can_take_it_back(team: Team) -> None:
    four, client = team.four, team.client()
    worker: Answers = {"worker": four.ann.seat.person, "from_on": "2026-05-01"}
    four.ann.save("assignment", {"duty": "key_worker", **worker}, client=client)
    four.everybody_exchanges()
    takes_over(four.bell, client)
    takes_over(four.shah, client)
    four.everybody_exchanges()

    def workers(laptop: Laptop) -> list[str]:
        held = reads.records(laptop.store, client=client)
        return workers_on(held, KEY_WORKER, local(laptop.now_ms).date())

    crew, page = team.today(four.grant)
    page.show_place(Place("today"))
    crew.settle()
    assert "T. Bell and PC R. Shah have both taken them over" in words_on(page.rows)
    key(Qt.Key.Key_G)
    crew.settle()
    assert "PC R. Shah has them" in words_on(page.rows)
    assert workers(four.grant) == [four.shah.seat.person]
    key(Qt.Key.Key_U)
    crew.settle()
    assert workers(four.grant) == [four.bell.seat.person]
