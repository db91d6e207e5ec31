# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a clock was wrong, people read between which times something was recorded."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Answers
from storage import settlings
from tests.dialogs import QuietDialogs
from tests.sync.laptops import MINUTE_MS, Four, Laptop
from tests.ui.apart import Desk, Team, show
from tests.ui.crew import tab_to, words_on
from ui.kit.buttons import Button
from ui.kit.notice import Notice
from ui.pages.record import RecordPage
from ui.pages.record_read import ReadRecord
from ui.places import Place

DAY = 24 * 60 * MINUTE_MS
WRONG, WAS_WRONG = "the clock of that laptop was wrong", "laptop this was written on was wrong"


@pytest.fixture
def team(qtbot: QtBot, four: Four, look: None) -> Iterator[Team]:
    made = Team(qtbot, four)
    yield made
    for crew in made.crews:
        crew.close()


def decision(team: Team, skew_ms: int) -> tuple[bytes, bytes]:
    """Let Shah decide on a client, by a clock that is wrong."""
    four = team.four
    client = team.client()
    four.clock.later(DAY)
    four.shah.skew_ms = skew_ms
    told: Answers = {"kind": "include", "decided_on": "2026-05-30"}
    record = four.shah.save("decision", told, client=client)
    four.clock.later(30 * MINUTE_MS)
    four.everybody_exchanges()
    return client, record


def opened(team: Team, laptop: Laptop, place: Place) -> RecordPage:
    crew = team.crew(laptop)
    page = show(crew, lambda: RecordPage(crew.session, QuietDialogs()))
    page.show_place(place)
    crew.settle()
    return page


def read(team: Team, laptop: Laptop, client: bytes, record: bytes) -> ReadRecord:
    page = opened(team, laptop, Place("record", client, record, "decision"))
    assert isinstance(page.open, ReadRecord)
    return page.open


def notices(sheet: ReadRecord) -> list[str]:
    return [one.text() for one in sheet.findChildren(Notice) if not one.isHidden()]


def test_a_decision_dated_by_a_wrong_clock_says_so(team: Team) -> None:
    sheet = read(team, team.four.grant, *decision(team, DAY // 2))
    (said,) = [one for one in notices(sheet) if WAS_WRONG in one]
    assert "Recorded between" in said
    assert "who has read it since" in said
    assert sheet.side.when.isHidden(), "what was said is not offered once more"


def test_one_dated_rightly_says_when_it_was_recorded_once_asked(team: Team) -> None:
    sheet = read(team, team.four.grant, *decision(team, 0))
    assert not any(WAS_WRONG in one for one in notices(sheet))
    assert sheet.side.recorded.isHidden()
    when = sheet.side.when
    when.setFocus()
    QTest.keyClick(when, Qt.Key.Key_Space)
    assert sheet.side.recorded.isVisible()
    assert sheet.side.recorded.text().startswith("Recorded between")
    assert when.hasFocus()
    QTest.keyClick(when, Qt.Key.Key_Space)
    assert sheet.side.recorded.isHidden()


def settled(team: Team, skew_ms: int) -> tuple[Desk, bytes]:
    """Let Ann settle a date of birth by a clock that is wrong; return what Shah is told."""
    four = team.four
    client = team.born_twice()
    four.clock.later(DAY)
    four.ann.skew_ms = skew_ms
    desk = team.at(four.ann)
    desk.choose("0", "It stands so on her passport.")
    desk.act()
    four.clock.later(30 * MINUTE_MS)
    four.everybody_exchanges()
    return team.at(four.shah), client


def test_what_was_settled_says_when_it_was_recorded_once_asked(team: Team) -> None:
    desk, client = settled(team, 0)
    assert "Recorded between" not in desk.words()
    (when,) = [one for one in desk.view.findChildren(Button) if "recorded" in one.text()]
    tab_to(desk.page, when)
    QTest.keyClick(when, Qt.Key.Key_Space)
    assert "Recorded between" in desk.words()
    QTest.keyClick(when, Qt.Key.Key_Space)
    assert "Recorded between" not in desk.words()
    (record,) = settlings.settled(desk.laptop.store, desk.laptop.record(client))
    page = opened(team, team.four.shah, Place("record", client, record.id, "settled"))
    assert page.open is not None
    side = page.open.side
    assert side.recorded.text().startswith("Recorded between")
    assert side.when.width() >= side.when.sizeHint().width(), "the question is cut"


def test_what_was_settled_by_a_wrong_clock_says_so_unasked(team: Team) -> None:
    desk, _client = settled(team, DAY // 2)
    assert WAS_WRONG in desk.words()
    assert not [one for one in desk.view.findChildren(Button) if "recorded" in one.text()]


def test_of_two_answers_the_one_by_a_wrong_clock_says_between_which_times(team: Team) -> None:
    four = team.four
    client = team.client()
    four.clock.later(DAY)
    four.shah.skew_ms = 9 * DAY
    team.apart(client, {"born": "1989-03-05"}, {"born": "1989-05-03"})
    four.clock.later(2 * DAY)
    four.everybody_exchanges()
    desk = team.at(four.ann)
    said = {one.accessibleName().split(",")[0]: words_on(one) for one in desk.view.cards}
    assert WRONG in said["PC R. Shah"]
    assert WRONG not in said["Ann Lowe"]
