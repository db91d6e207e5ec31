# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What two people answered differently is shown and settled, over real laptops."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from storage import reads
from tests.dialogs import QuietDialogs
from tests.sync.laptops import Four
from tests.ui.apart import Team, show
from tests.ui.crew import key, nameless, tab_to, words_on
from ui.pages import client_timeline, twice_list
from ui.pages.client import ClientPage
from ui.pages.record import RecordPage
from ui.places import Place

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def team(qtbot: QtBot, four: Four, look: None) -> Iterator[Team]:
    made = Team(qtbot, four)
    yield made
    for crew in made.crews:
        crew.close()


class Shown(QObject):
    """Keeps every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: set[QObject] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.add(watched)
        return False


def test_both_answers_stand_alike_with_who_when_and_what_they_had_seen(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.ann)
    said = desk.words()
    assert [card.accessibleName().split(",")[0] for card in desk.view.cards] == [
        "Ann Lowe",
        "PC R. Shah",
    ]
    assert ["Mar" in one.accessibleName() for one in desk.view.cards] == [True, False]
    assert "Both had seen 1989" in said
    assert "Had not seen what PC R. Shah wrote" in said
    assert "Had not seen what Ann Lowe wrote" in said
    assert "Arrived" in said
    assert "Neither had seen the other" in said
    assert not any(card.keep.isChecked() for card in desk.view.cards)
    assert "Nothing is chosen yet." in said


def test_a_question_opens_without_a_window_of_its_own(team: Team, qapp: QApplication) -> None:
    team.born_twice()
    watch = Shown()
    qapp.installEventFilter(watch)
    desk = team.at(team.four.ann)
    qapp.removeEventFilter(watch)
    assert not desk.view.ways, "there is nothing but the two answers to choose from"
    assert watch.windows == {desk.page.window()}


def test_words_are_put_together_and_read_over(team: Team) -> None:
    client = team.client()
    team.apart(client, {"other_workers": "Jo, housing"}, {"other_workers": "Al, probation"})
    desk = team.at(team.four.ann)
    desk.choose("combined")
    editor = desk.view.follows.words["other_workers"]
    assert editor.text() == "Jo, housing\n\nAl, probation"
    editor.setPlainText("Jo, housing; Al, probation")
    desk.act()
    assert team.four.ann.answers(client)["other_workers"] == "Jo, housing; Al, probation"
    assert team.four.ann.record(client).conflicts == {}


def test_two_addresses_both_stand_each_with_its_date(team: Team) -> None:
    client = team.client()
    team.apart(
        client,
        {"address_1": "14 Saltings Row", "postcode": "ZZ1 2AB"},
        {"address_1": "3 Cooper's Wharf", "postcode": "ZZ1 4QD"},
    )
    desk = team.at(team.four.ann)
    assert list(desk.view.ways) == ["both"]
    desk.choose("both")
    assert "on the file" in desk.words()
    assert "beside it" in desk.words()
    desk.act()
    (beside,) = reads.records(team.four.ann.store, form="reach", client=client)
    assert beside.answers["address_1"] == "14 Saltings Row"
    assert team.four.ann.answers(client)["address_1"] == "3 Cooper's Wharf"


def test_the_timeline_names_whose_answer_it_is_that_stands_beside_and_who_settled_it(
    team: Team,
) -> None:
    client = team.client()
    team.apart(client, {"address_1": "14 Saltings Row"}, {"address_1": "3 Cooper's Wharf"})
    desk = team.at(team.four.grant)
    desk.choose("both")
    desk.act()
    (beside,) = reads.records(team.four.grant.store, form="reach", client=client)
    session, none = desk.crew.session, client_timeline.Accounts({})
    (item,) = client_timeline.items(
        [beside], none, session.team, me=session.me, today=session.today()
    )
    assert item.who.endswith("Ann Lowe · let stand by A. Grant")
    page = show(desk.crew, lambda: RecordPage(session, QuietDialogs()))
    page.show_place(Place("record", client=client, record=beside.id, form="reach"))
    desk.crew.settle()
    assert "Answered by Ann Lowe, let stand by A. Grant. Latest answer" in words_on(page)


def test_an_address_that_stands_beside_is_shown_with_its_day_until_it_ends(team: Team) -> None:
    client = team.client(address_1="1 Old Road")
    beside = team.four.ann.save(
        "reach", {"address_1": "14 Saltings Row", "from_on": "2026-05-01"}, client=client
    )
    crew = team.crew(team.four.ann)
    page = show(crew, lambda: ClientPage(crew.session, QuietDialogs()))
    page.show_place(Place("client", client=client))
    crew.settle()
    assert "14 Saltings Row, from Fri 1 May" in words_on(page.side.contact)
    team.four.ann.save("", {"until_on": "2026-05-20"}, record=beside)
    page.refresh()
    crew.settle()
    assert "14 Saltings Row" not in words_on(page.side.contact)


def test_a_date_of_birth_can_neither_be_put_together_nor_stand_twice(team: Team) -> None:
    team.born_twice()
    assert team.at(team.four.ann).view.ways == {}


def test_nothing_is_saved_before_something_is_chosen(team: Team) -> None:
    client = team.born_twice()
    desk = team.at(team.four.ann)
    desk.act()
    assert "Choose which answer stands. Nothing was changed." in desk.words()
    assert team.four.ann.record(client).conflicts


def test_whoever_may_not_write_such_a_record_reads_and_settles_nothing(team: Team) -> None:
    client = team.client()
    spell = team.four.ann.save("support", {"from_on": "2026-05-01"}, client=client)
    team.four.everybody_exchanges()
    team.four.ann.save("", {"from_on": "2026-05-02"}, record=spell)
    team.four.bell.save("", {"from_on": "2026-05-03"}, record=spell)
    team.four.everybody_exchanges()
    shah = team.at(team.four.shah, Place("twice", client=client))
    assert "Your role does not write this kind of record." in shah.words()
    assert not shah.view.settles
    shah.act()
    assert team.four.shah.record(spell).conflicts
    assert team.at(team.four.ann).view.settles


def test_it_is_listed_for_those_it_concerns_and_for_the_coordinator(team: Team) -> None:
    team.born_twice()
    assert team.at(team.four.bell).names == []
    (listed,) = team.at(team.four.grant).names
    assert listed.startswith("CROFT, Leanne")
    _crew, today = team.today(team.four.grant)
    (row,) = [one for one in today.rows.rows.values() if one.item().key.startswith("twice_all")]
    assert (
        row.item()
        .spoken()
        .startswith("Written twice. One question in the casebook was answered twice and is open")
    )


def test_what_is_for_police_only_is_neither_listed_nor_counted_elsewhere(team: Team) -> None:
    client = team.client()
    note = team.four.shah.save("note", {"note": "a"}, client=client, audience="police")
    team.four.everybody_exchanges()
    desk = team.at(team.four.grant)
    assert team.four.grant.store.record(note) is None
    assert desk.names == []
    assert "Nothing is written twice" in desk.words()


def test_from_the_record_and_the_client_one_comes_here(team: Team) -> None:
    client = team.born_twice()
    crew = team.crew(team.four.ann)
    page = show(crew, lambda: RecordPage(crew.session, QuietDialogs()))
    page.show_place(Place("record", client=client, record=client))
    crew.settle()
    assert page.open is not None
    page.open.side.twice.click()
    assert crew.went[-1] == Place("twice", record=client)
    desk = team.at(team.four.bell, Place("twice", client=client))
    assert len(desk.names) == 1


def test_it_is_done_by_keyboard_alone(team: Team) -> None:
    client = team.born_twice()
    desk = team.at(team.four.ann)
    assert desk.in_list()
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_2)
    assert desk.view.choice == "1"
    tab_to(desk.page, desk.view.foot.act)
    assert nameless(desk.page) == []
    key(Qt.Key.Key_Escape)
    assert desk.in_list()
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return, CTRL)
    desk.crew.settle()
    assert team.four.ann.answers(client)["born"] == "1989-05-03"


def test_three_answers_stand_in_the_order_they_were_written(team: Team) -> None:
    client = team.client()
    team.four.bell.save("", {"born": "1990"}, record=client)
    team.four.clock.later()
    team.apart(client, {"born": "1989-03-05"}, {"born": "1989-05-03"})
    desk = team.at(team.four.grant)
    assert len(desk.view.cards) == 3
    assert "None of them had seen the others" in desk.words()
    desk.choose("1")
    assert "T. Bell and PC R. Shah will be told." in desk.words()


def test_a_long_list_says_how_many_more_there_are(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = team.client()
    team.apart(
        client,
        {"born": "1989-03-05", "phone": "07700 900144", "gp": "Quay Street"},
        {"born": "1989-05-03", "phone": "07700 900441", "gp": "Harbour"},
    )
    monkeypatch.setattr(twice_list, "MOST", 2)
    desk = team.at(team.four.ann)
    assert len(desk.names) == 2
    assert "3 open" in desk.words()
    assert "1 more" in desk.words()


def in_sight(widget: QWidget) -> bool:
    """Say whether the whole of a widget is seen in the area it scrolls in."""
    area = widget.parentWidget()
    while not isinstance(area, QScrollArea):
        assert area is not None
        area = area.parentWidget()
    top = widget.mapTo(area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + widget.height() <= area.viewport().height()


def test_what_the_keyboard_is_on_stays_in_sight_when_the_window_is_made_smaller(
    team: Team,
) -> None:
    client = team.client()
    more = {"town": "Saltings", "find_the_door": "Green door", "postcode": "ZZ1 2AB"}
    team.apart(client, {"address_1": "14 Saltings Row", **more}, {"address_1": "3 Cooper's Wharf"})
    desk = team.at(team.four.ann)
    page, wide = desk.page, desk.page.width()
    page.resize(wide, 760)
    desk.crew.settle()
    for which in ("choice", "reason"):
        desk.choose("both")
        widget = desk.view.ways["both"] if which == "choice" else desk.view.follows.why
        widget.setFocus()
        desk.crew.settle()
        assert in_sight(widget)
        for narrow, low in ((860, 400), (wide, 320)):
            page.resize(narrow, low)
            desk.crew.qtbot.waitUntil(partial(in_sight, widget))
        page.resize(wide, 760)
        desk.crew.settle()


def test_the_question_that_is_shown_stays_in_sight_in_a_list_that_becomes_lower(
    team: Team,
) -> None:
    for _one in range(12):
        team.born_twice()
    desk = team.at(team.four.ann)
    page, rows = desk.page, desk.page.list.rows
    page.resize(page.width(), 1100)
    desk.crew.settle()
    *_others, last = rows.rows
    rows.go_to(last)
    desk.crew.settle()
    desk.view.start()
    page.resize(page.width(), 360)
    desk.crew.qtbot.waitUntil(lambda: in_sight(rows.rows[last]))
