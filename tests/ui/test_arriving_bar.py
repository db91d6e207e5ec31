# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Above every page stands how much of the team's work is here, until all of it is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Edit
from storage.store import Store
from sync import arriving, carry
from sync.arriving import expect
from tests.hostile_share import HostileShare
from tests.ui.crew import Crew
from tests.ui.test_exchanging import slow
from ui.arriving_bar import ArrivingBar
from ui.exchange_run import Stage
from ui.main_window import MainWindow


@pytest.fixture
def bar(shah: Crew, qtbot: QtBot) -> ArrivingBar:
    """Return the bar of Shah's window."""
    frame = MainWindow([], name="Shah", role="Officer")
    qtbot.addWidget(frame)
    bar = ArrivingBar()
    frame.above.addWidget(bar)
    frame.show()
    return bar


def clients(store: Store) -> int:
    count: int = store.rows("SELECT count(*) FROM record WHERE form = 'client'")[0][0]
    return count


def test_where_all_is_here_nothing_is_said_and_nothing_begun(bar: ArrivingBar, shah: Crew) -> None:
    bar.follow(shah.session, shah.exchanging)
    shah.settle()
    assert bar.isHidden()
    assert not shah.outcomes


def test_who_has_just_come_in_is_told_and_it_begins_by_itself(
    bar: ArrivingBar, ann: Crew, shah: Crew, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    said: list[str] = []
    for number in range(4):
        ann.laptop.save("client", {"surname": str(number)})
        ann.exchange()
    monkeypatch.setattr(carry, "PORTION", 1)
    expect(shah.laptop.store)
    shah.exchanging.stage.connect(lambda _stage: said.append(bar.text()))
    before = clients(shah.laptop.store)
    bar.follow(shah.session, shah.exchanging)
    qtbot.waitUntil(lambda: bool(shah.outcomes))
    shah.settle()
    assert clients(shah.laptop.store) == before + 4
    assert any("still arriving" in one and "records are here" in one for one in said)
    assert all("may be old" in one for one in said if one)
    assert bar.isHidden(), "all is here"


def test_it_can_be_stopped_and_gone_on_with_and_says_so_meanwhile(
    bar: ArrivingBar, ann: Crew, shah: Crew, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    for number in range(4):
        ann.laptop.save("client", {"surname": str(number)})
        ann.exchange()
    monkeypatch.setattr(carry, "PORTION", 1)
    expect(shah.laptop.store)

    def stop_at_once(stage: Stage) -> None:
        if stage.here is not None and stage.here.records:
            shah.exchanging.stage.disconnect(stop_at_once)
            assert bar.stop.isVisible()
            bar.stop.click()

    before = clients(shah.laptop.store)
    bar.follow(shah.session, shah.exchanging)
    shah.exchanging.stage.connect(stop_at_once)
    qtbot.waitUntil(lambda: bool(shah.outcomes))
    shah.settle()
    assert shah.outcomes[-1].stopped
    assert before < clients(shah.laptop.store) < before + 4
    assert bar.text().startswith("Not all of the team's records are here yet.")
    assert bar.go_on.isVisible()
    assert not bar.stop.isVisible()
    QTest.keyClick(bar.go_on, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(shah.outcomes) > 1)
    shah.settle()
    assert clients(shah.laptop.store) == before + 4
    assert bar.isHidden()


def test_a_folder_that_is_away_leaves_it_said_and_says_why(
    bar: ArrivingBar, shah: Crew, qtbot: QtBot
) -> None:
    expect(shah.laptop.store)
    assert isinstance(shah.four.share, HostileShare)
    shah.four.share.away = True
    bar.follow(shah.session, shah.exchanging)
    qtbot.waitUntil(lambda: bool(shah.troubles))
    shah.settle()
    assert "cannot be reached" in bar.text()
    assert bar.go_on.isVisible()
    shah.four.share.away = False
    bar.go_on.click()
    qtbot.waitUntil(lambda: bool(shah.outcomes))
    shah.settle()
    assert bar.isHidden()


def test_a_person_works_while_it_goes_on(
    bar: ArrivingBar, ann: Crew, shah: Crew, qtbot: QtBot
) -> None:
    ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    expect(shah.laptop.store)
    share = slow(shah)
    bar.follow(shah.session, shah.exchanging)
    qtbot.waitUntil(share.asked.is_set)
    with qtbot.waitSignal(shah.session.changed):
        shah.session.save([Edit("visit", b"v" * 16, b"", "partners", {"place": "home"})])
    assert bar.isVisible()
    share.answers.set()
    qtbot.waitUntil(lambda: bool(shah.outcomes))
    shah.settle()


def test_nothing_small_is_worth_the_bar(
    bar: ArrivingBar, ann: Crew, shah: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bool] = []
    bar.follow(shah.session, shah.exchanging)
    shah.settle()
    shah.exchanging.stage.connect(lambda _stage: shown.append(bar.isVisible()))
    ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    shah.exchange()
    assert not any(shown)
    monkeypatch.setattr(arriving, "MUCH", 1)
    ann.laptop.save("client", {"surname": "Croft"})
    ann.exchange()
    shah.exchange()
    assert any(shown)
    assert bar.isHidden()
