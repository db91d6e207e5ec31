# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A whole check from the window: what it compares, when it gives way, what it leaves behind."""

from threading import Event

import pytest
from PySide6.QtCore import QTimer

from storage.errors import VaultOlder
from tests.ui.at_work import AtWork
from tests.ui.life import Life
from tests.ui.office import OfficeClock
from ui.exchange_run import Stage
from ui.upkeep import QUIET_S

ROW = "SELECT live, trail FROM record WHERE id = ?"
PUT_BACK = "UPDATE record SET live = ?, trail = ? WHERE id = ?"


@pytest.fixture
def work(life: Life, clock: OfficeClock) -> AtWork:
    return AtWork(life, clock)


def spoil(work: AtWork) -> None:
    """Save a name, alter it, and put back the row of before, as an old page would."""
    session = work.book.session
    new = session.new_record()
    for name in ("Lake", "Brook"):
        session.save([session.edit("client", {"surname": name}, client=new, record=new)])
        work.settle()
        if name == "Lake":
            session.work(lambda store: work.old.extend(store.rows(ROW, (new,))))
    session.work(lambda store: store.write(PUT_BACK, (*work.old[0], new)))
    work.settle()


def test_an_old_page_is_found_by_the_weekly_check_and_nothing_more_is_saved(work: AtWork) -> None:
    spoil(work)
    assert work.book.frame.older.isHidden()
    work.rest(QUIET_S)
    assert not work.book.frame.older.isHidden()
    assert "older than your team has seen" in work.book.frame.older.text()
    assert "Older than it should be" in work.page.check.standing.text()
    assert work.upkeep.state.known.damage == []
    failed: list[object] = []
    work.book.session.failed.connect(failed.append)
    work.save()
    assert isinstance(failed[0], VaultOlder)


def test_where_a_page_is_damaged_the_log_is_not_replayed(work: AtWork) -> None:
    said: list[str] = []
    work.upkeep.chore.stage.connect(lambda one: said.append(one.words))
    work.save()
    harm = "UPDATE record SET live = substr(live, 1, 9) WHERE form = 'client'"
    work.book.session.work(lambda store: store.write(harm))
    work.settle()
    work.rest(QUIET_S)
    assert work.upkeep.state.known.damage
    assert not any(one.startswith("Comparing") for one in said)


def somebody_comes(work: AtWork, came: list[object]) -> list[str]:
    """Have somebody wait for the vault while the records are compared, once; return what is told.

    What holds the vault's thread before that part is let go once the part and they are queued.
    """
    said: list[str] = []
    gate = Event()

    def hear(stage: Stage) -> None:
        if stage.words.startswith("Comparing every record") and not gate.is_set():
            work.book.session.work(lambda _store: gate.wait())
            QTimer.singleShot(0, come)
        said.append(stage.words)

    def come() -> None:
        work.book.session.work(lambda _store: True, came.append)
        gate.set()

    work.upkeep.chore.stage.connect(hear)
    return said


def test_a_check_gives_way_in_the_middle_of_a_part_and_goes_on_when_it_is_quiet(
    work: AtWork,
) -> None:
    work.save()
    came: list[object] = []
    said = somebody_comes(work, came)
    work.rest(QUIET_S)
    assert came
    assert work.upkeep.state.known.full_ms == 0, "it gave way"
    held, before = work.life.clients_of(work.book), len(said)
    work.rest(QUIET_S)
    assert work.upkeep.state.known.full_ms == work.clock.now_ms()
    assert said[before:] == ["Comparing every record with the bundles …"], "it went on there"
    assert work.life.clients_of(work.book) == held


def test_a_check_somebody_asked_for_is_done_although_others_come_first(work: AtWork) -> None:
    work.save()
    came: list[object] = []
    somebody_comes(work, came)
    work.page.check.now.click()
    work.settle()
    assert came
    assert work.upkeep.state.known.full_ms == work.clock.now_ms()


def test_a_check_that_is_stopped_in_the_middle_of_the_replay_changes_nothing(work: AtWork) -> None:
    work.save()

    def stop(stage: Stage) -> None:
        if stage.words.startswith("Comparing every record"):
            work.upkeep.chore.stop()

    work.upkeep.chore.stage.connect(stop)
    work.page.check.now.click()
    work.settle()
    assert work.upkeep.state.known.full_ms == 0
    assert work.life.clients_of(work.book) == {"Croft"}
    assert work.book.frame.older.isHidden()
