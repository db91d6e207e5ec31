# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody works, stops or locks in the middle of an import: a real window, thread and vault.

The vault's thread is held in the middle of a step by SQLite itself, which tells of each order it
carries out: so it is sure who came when.
"""

import threading
from collections.abc import Callable
from inspect import GEN_CLOSED, GEN_SUSPENDED, getgeneratorstate

import pytest
from pytestqt.qtbot import QtBot

from storage import ledger
from storage.store import Store
from sync import intake, refreshing
from sync.refreshing import refresh_later
from tests.sync.laptops import Four
from tests.sync.test_giving_way import MANY, held, settled_clients, visits
from tests.ui.crew import Crew
from ui.exchanging import Stage

BUNDLES = 3
PATIENCE_S = 20


class Held:
    """Holds the vault's thread where an order is carried out, until it is let go."""

    def __init__(self, crew: Crew, order: str, *, nth: int = 1) -> None:
        self._order, self._left = order, nth
        self.here, self.go = threading.Event(), threading.Event()
        crew.laptop.store.db.set_trace_callback(self._hear)

    def _hear(self, order: str) -> None:
        self._left -= order.startswith(self._order)
        if not self._left and not self.here.is_set():
            self.here.set()
            self.go.wait(PATIENCE_S)


@pytest.fixture(autouse=True)
def much(four: Four, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Ann send a lot, which is taken in a bundle at a time while somebody works."""
    monkeypatch.setattr(intake, "FEW_AT_ONCE", 1)
    for laptop in (*four, *four):  # until they have nothing else to tell each other
        laptop.exchange(four.share)
    for _bundle in range(BUNDLES):
        visits(four.ann, MANY)
        four.ann.exchange(four.share)


def in_the_middle(crew: Crew, qtbot: QtBot) -> Held:
    """Begin an exchange; return when the first large step is writing records."""
    holding = Held(crew, "INSERT INTO record")
    crew.exchanging.start()
    qtbot.waitUntil(holding.here.is_set)
    return holding


def save(crew: Crew, then: Callable[[object], None]) -> bytes:
    """Save a client as a page does."""
    session = crew.session
    new = session.new_record()
    session.save([session.edit("client", {"surname": "Croft"}, client=new, record=new)], then)
    return new


def count(crew: Crew, into: list[int]) -> None:
    """Have the visits counted, as soon as the vault is free."""
    crew.session.work(lambda store: into.append(held(store)))


def taken_in_whole(crew: Crew) -> None:
    """See that all Ann sent is here, once."""
    outcome = crew.outcomes[-1]
    assert held(crew.laptop.store) == BUNDLES * MANY
    assert outcome.items["visit"] == BUNDLES * MANY
    assert not crew.troubles
    assert not ledger.set_aside(crew.laptop.store)


def test_a_save_is_done_in_the_middle_of_an_import(shah: Crew, qtbot: QtBot) -> None:
    heard: list[Stage] = []
    shah.exchanging.stage.connect(heard.append)
    saved, found = list[object](), list[int]()
    holding = in_the_middle(shah, qtbot)
    client = save(shah, saved.append)
    count(shah, found)
    holding.go.set()
    qtbot.waitUntil(lambda: bool(saved) and bool(found))
    assert shah.exchanging.running, "it goes on behind the save"
    assert found == [0], "the step was undone"
    shah.settle()
    taken_in_whole(shah)
    assert shah.laptop.answers(client) == {"surname": "Croft"}
    said = [one.done for one in heard if one.words.startswith("Taking in")]
    assert said == sorted(set(said)), "nothing is counted twice"
    assert all(one.done <= one.all for one in heard)


def test_whoever_comes_between_two_steps_is_not_kept_until_the_last(
    shah: Crew, qtbot: QtBot
) -> None:
    found: list[int] = []
    holding = in_the_middle(shah, qtbot)

    def again(_done: object) -> None:
        if len(found) < BUNDLES:
            shah.session.work(lambda store: found.append(held(store)), again)

    again(None)
    holding.go.set()
    shah.settle()
    assert found[0] == 0
    assert 0 < found[1] < BUNDLES * MANY
    taken_in_whole(shah)


def test_a_look_at_much_gives_way_too(shah: Crew, qtbot: QtBot) -> None:
    came: list[object] = []
    shah.exchanging.previewed.connect(lambda found: came.append(len(found)))
    holding = Held(shah, "SELECT path, raw, reason", nth=2)  # the first is before it fetches
    shah.exchanging.start(rehearse=True)
    qtbot.waitUntil(holding.here.is_set)
    shah.session.work(held, came.append)
    holding.go.set()
    qtbot.waitUntil(lambda: len(came) > 1)
    assert came == [0, BUNDLES]
    shah.exchanging.apply()
    shah.settle()
    taken_in_whole(shah)


def test_stop_in_the_middle_of_a_step_leaves_it_for_the_next_time(shah: Crew, qtbot: QtBot) -> None:
    store = shah.laptop.store
    room = store.rows("PRAGMA cache_size"), store.rows("PRAGMA wal_autocheckpoint")
    holding = in_the_middle(shah, qtbot)
    shah.exchanging.stop()
    holding.go.set()
    shah.settle()
    assert shah.outcomes[-1].stopped
    assert held(store) == 0
    assert (store.rows("PRAGMA cache_size"), store.rows("PRAGMA wal_autocheckpoint")) == room
    shah.exchange()
    taken_in_whole(shah)


@pytest.mark.parametrize("waits", [False, True], ids=["in a step", "between two"])
def test_a_lock_in_the_middle_ends_it_before_the_vault_is_closed(
    qtbot: QtBot, four: Four, look: None, *, waits: bool
) -> None:
    shah, ended = Crew(qtbot, four, four.shah), list[bool]()
    holding = in_the_middle(shah, qtbot)
    run = shah.exchanging._run
    assert run is not None
    steps = run._steps
    assert steps is not None
    if waits:  # what is half taken in stands in the queue again, and its turn never comes
        free = threading.Event()
        shah.session.work(lambda _store: free.set())
        holding.go.set()
        assert free.wait(PATIENCE_S)
        assert getgeneratorstate(steps) == GEN_SUSPENDED
    shah.exchanging.close_down()
    shah.session.work(lambda _store: ended.append(getgeneratorstate(steps) == GEN_CLOSED))
    holding.go.set()
    shah.session.close()
    assert ended == [True]
    four.shah = four.shah.reopened()
    assert held(four.shah.store) == 0
    four.shah.exchange(four.share)
    assert held(four.shah.store) == BUNDLES * MANY


def test_a_question_that_fails_in_the_middle_does_not_end_an_import(
    shah: Crew, qtbot: QtBot
) -> None:
    holding = in_the_middle(shah, qtbot)
    shah.session.work(broken)
    holding.go.set()
    shah.settle()
    taken_in_whole(shah)


def broken(_store: Store) -> None:
    """Fail, as a page's question may."""
    raise OSError


def test_it_is_said_that_the_list_of_clients_is_brought_up_to_date(four: Four, shah: Crew) -> None:
    settled_clients(four.ann, MANY)
    four.ann.exchange(four.share)
    heard: list[Stage] = []
    shah.exchanging.stage.connect(heard.append)
    shah.exchanging.start()
    shah.settle()
    words = [one.words for one in heard]
    taken = words.index(f"Taking in bundle {BUNDLES + 1} of {BUNDLES + 1}")
    assert words[taken + 1] == "Bringing the list of clients up to date…"
    taken_in_whole(shah)


def made_stale(store: Store) -> None:
    """Leave the records as an older Tandem may have."""
    store.write("UPDATE record SET happened = '2001-01-01'")
    refresh_later(store, None)


def test_a_save_is_done_while_records_are_brought_up_to_date(
    shah: Crew, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "AT_ONCE", MANY)
    monkeypatch.setattr(refreshing, "FEW", 50)
    shah.exchange()
    heard: list[Stage] = []
    shah.exchanging.stage.connect(heard.append)
    shah.session.work(made_stale)
    saved, left = list[object](), list[object]()
    holding = Held(
        shah, "SELECT id, form, client, audience, author, live, trail, happened, c", nth=3
    )
    shah.exchanging.start()
    qtbot.waitUntil(holding.here.is_set)
    client = save(shah, saved.append)
    shah.session.work(lambda store: left.append(store.get(refreshing.STALE)))
    holding.go.set()
    qtbot.waitUntil(lambda: bool(saved) and bool(left))
    assert left != [None], "it goes on behind the save"
    shah.settle()
    store = shah.laptop.store
    assert store.get(refreshing.STALE) is None
    assert not store.rows("SELECT 1 FROM record WHERE happened = '2001-01-01'")
    assert shah.laptop.answers(client) == {"surname": "Croft"}
    said = [one.words for one in heard if one.words.startswith("Bringing records up to date: ")]
    assert len(said) > 3
    assert held(store) == BUNDLES * MANY
