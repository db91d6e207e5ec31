# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What two people answered differently is settled, told and objected to, over real laptops."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Json
from storage import reads, settlings
from tests.dialogs import QuietDialogs
from tests.sync.laptops import Four, Laptop
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from ui.pages.client import ClientPage
from ui.pages.record import RecordPage
from ui.pages.today import TodayPage
from ui.pages.twice import TwicePage
from ui.pages.twice_question import QuestionView
from ui.places import Place

CTRL = Qt.KeyboardModifier.ControlModifier
Page = TypeVar("Page", bound=QWidget)


class Team:
    """The four at their laptops, and one who looks at what was written twice."""

    def __init__(self, qtbot: QtBot, four: Four) -> None:
        self.qtbot, self.four = qtbot, four
        self.crews: list[Crew] = []

    def client(self, **more: Json) -> bytes:
        """Put a client on the casebook that everybody has."""
        answers = {"surname": "Croft", "forename": "Leanne", "born": "1989", **more}
        client = self.four.grant.save("client", answers)
        self.four.everybody_exchanges(1)
        self.four.everybody_exchanges(1)
        return client

    def apart(self, record: bytes, ann: dict[str, Json], shah: dict[str, Json]) -> None:
        """Let Ann and Shah alter a record without having met."""
        self.four.ann.save("", ann, record=record)
        self.four.clock.later()
        self.four.shah.save("", shah, record=record)
        self.four.everybody_exchanges()

    def born_twice(self) -> bytes:
        """Let two people put a date of birth right, each in their own way."""
        client = self.client()
        self.apart(client, {"born": "1989-03-05"}, {"born": "1989-05-03"})
        return client

    def crew(self, laptop: Laptop) -> Crew:
        """Return somebody at their laptop."""
        made = Crew(self.qtbot, self.four, laptop)
        self.crews.append(made)
        return made

    def at(self, laptop: Laptop, place: Place | None = None) -> "Desk":
        """Sit somebody down before the page."""
        return Desk(self.crew(laptop), place or Place("twice"))

    def today(self, laptop: Laptop) -> tuple[Crew, TodayPage]:
        """Open somebody's Today."""
        crew = self.crew(laptop)
        return crew, show(crew, lambda: TodayPage(crew.session, QuietDialogs()))


def show(crew: Crew, make: Callable[[], Page]) -> Page:
    page = crew.show(lambda *_given, **_more: make())
    crew.settle()
    return page


class Desk:
    """The page, in front of somebody."""

    def __init__(self, crew: Crew, place: Place) -> None:
        self.crew, self.laptop = crew, crew.laptop
        self.page = show(crew, lambda: TwicePage(crew.session))
        self.open(place)

    def open(self, place: Place) -> None:
        self.page.show_place(place)
        self.crew.settle()

    @property
    def view(self) -> QuestionView:
        assert self.page.view is not None
        return self.page.view

    @property
    def names(self) -> list[str]:
        return [row.item().spoken() for row in self.page.list.rows.rows.values()]

    def choose(self, choice: str, why: str = "") -> None:
        self.view.choose(choice)
        self.view.follows.why.setText(why)
        self.crew.settle()

    def act(self) -> None:
        self.view.act()
        self.crew.settle()

    def words(self) -> str:
        return words_on(self.page)

    def in_list(self) -> bool:
        """Say whether the keyboard is in the list."""
        focus: QWidget | None = QApplication.focusWidget()
        return focus is not None and self.page.list.isAncestorOf(focus)


@pytest.fixture
def team(qtbot: QtBot, four: Four, look: None) -> Iterator[Team]:
    made = Team(qtbot, four)
    yield made
    for crew in made.crews:
        crew.close()


def test_both_answers_stand_alike_with_who_when_and_what_they_had_seen(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.ann)
    said = desk.words()
    assert [card.accessibleName().split(",")[0] for card in desk.view.cards] == [
        "Ann Lowe",
        "PC R. Shah",
    ]
    assert ["Mar" in one.accessibleName() for one in desk.view.cards] == [True, False]
    assert "All had seen 1989" in said
    assert "Not what PC R. Shah wrote" in said
    assert "Not what Ann Lowe wrote" in said
    assert "Arrived" in said
    assert "Neither had seen the other" in said
    assert not any(card.keep.isChecked() for card in desk.view.cards)
    assert "Nothing is chosen yet." in said


def test_one_is_kept_and_whoever_wrote_the_other_is_told_and_why(team: Team) -> None:
    client = team.born_twice()
    desk = team.at(team.four.ann)
    desk.choose("0", "It stands so on her passport.")
    assert "PC R. Shah will be told." in desk.words()
    assert "The record will say" in desk.words()
    desk.act()
    assert "Settled. PC R. Shah will be told." in desk.words()
    team.four.everybody_exchanges()
    for laptop in team.four:
        assert laptop.record(client).conflicts == {}
        assert laptop.answers(client)["born"] == "1989-03-05"
    crew, today = team.today(team.four.shah)
    row = next(one for one in today.rows.rows.values() if one.item().key.startswith("settled"))
    said = row.item().spoken()
    assert "Ann Lowe settled what you wrote: 5 Mar 1989." in said
    assert "Your answer was 3 May 1989" in said
    row.answered.emit("decide")
    assert crew.went[-1].page == "twice"
    told = team.at(team.four.shah, crew.went[-1])
    assert "kept one of the answers. “It stands so on her passport.”" in told.words()
    told.act()
    assert told.names == []
    assert "Nothing of yours is written twice" in told.words()
    today.refresh()
    crew.settle()
    assert not [one for one in today.rows.rows if one.startswith("settled")]


def test_the_author_of_the_answer_that_stands_is_not_told(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.grant)
    desk.choose("1")
    desk.act()
    team.four.everybody_exchanges()
    _crew, today = team.today(team.four.shah)
    assert not [one for one in today.rows.rows if one.startswith("settled")]
    _crew, today = team.today(team.four.ann)
    (row,) = [one for one in today.rows.rows.values() if one.item().key.startswith("settled")]
    assert "A. Grant settled what you and PC R. Shah wrote: 3 May 1989." in row.item().spoken()


def test_an_objection_opens_it_again_for_everybody_and_both_are_told(team: Team) -> None:
    client = team.born_twice()
    desk = team.at(team.four.grant)
    desk.choose("0")
    desk.act()
    team.four.everybody_exchanges()
    shah = team.at(team.four.shah)
    assert "It is settled." in shah.words()
    shah.view.follows.objection.setPlainText("His mother says May.")
    assert "It will be open again for everybody." in shah.words()
    shah.act()
    team.four.everybody_exchanges()
    for laptop in (team.four.ann, team.four.grant, team.four.shah):
        again = team.at(laptop)
        assert "Objection" in again.names[0]
        assert "PC R. Shah objects: “His mother says May.”" in again.words()
    grant = team.at(team.four.grant)
    grant.choose("1", "I asked his mother too.")
    grant.act()
    team.four.everybody_exchanges()
    assert team.four.ann.answers(client)["born"] == "1989-05-03"
    assert settlings.objected(team.four.shah.store) == []
    assert "A. Grant settled" in team.at(team.four.ann).words()


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


def test_an_address_that_stands_beside_is_shown_with_its_day_until_it_ends(team: Team) -> None:
    client = team.client(address_1="1 Old Road")
    beside = team.four.ann.save(
        "reach", {"address_1": "14 Saltings Row", "from_on": "2026-05-01"}, client=client
    )
    crew = team.crew(team.four.ann)
    page = show(crew, lambda: ClientPage(crew.session, QuietDialogs()))
    page.show_place(Place("client", client=client))
    crew.settle()
    assert "14 Saltings Row, from Fri 1 May" in words_on(page.contact)
    team.four.ann.save("", {"until_on": "2026-05-20"}, record=beside)
    page.refresh()
    crew.settle()
    assert "14 Saltings Row" not in words_on(page.contact)


def test_two_who_settle_it_apart_and_differently_leave_it_open(team: Team) -> None:
    client = team.born_twice()
    for laptop, choice in ((team.four.ann, "0"), (team.four.grant, "1")):
        desk = team.at(laptop)
        desk.choose(choice)
        desk.act()
    team.four.everybody_exchanges()
    assert team.four.shah.record(client).conflicts
    shah = team.at(team.four.shah)
    assert len(shah.names) == 1, "open, and nobody is told that it is settled"
    shah.choose("0")
    shah.act()
    team.four.everybody_exchanges()
    assert all(not laptop.record(client).conflicts for laptop in team.four)


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


def test_settled_on_the_record_itself_tells_the_same(team: Team) -> None:
    client = team.born_twice()
    crew = team.crew(team.four.ann)
    page = show(crew, lambda: RecordPage(crew.session, QuietDialogs()))
    page.show_place(Place("record", client=client, record=client))
    crew.settle()
    opened = page.open
    assert opened is not None
    opened.view.editor("born").show_value("1989-03-05")
    opened.view.rows["born"].decided.emit("born")
    opened.save()  # type: ignore[union-attr]
    crew.settle()
    team.four.everybody_exchanges()
    assert "Ann Lowe settled this on" in team.at(team.four.shah).words()


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


def test_what_was_typed_is_there_again_after_looking_elsewhere(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.ann)
    desk.choose("1")
    desk.view.follows.why.setFocus()
    for letter in "By post":
        key(Qt.Key(ord(letter.upper())) if letter != " " else Qt.Key.Key_Space)
    desk.page.hide()
    desk.crew.settle()
    again = team.at(team.four.ann)
    assert again.view.choice == "1"
    assert again.view.follows.why.text().casefold() == "by post"
    crew, today = team.today(team.four.ann)
    (row,) = [one for one in today.rows.rows.values() if one.item().key.startswith("draft")]
    row.answered.emit("carry_on")
    assert crew.went[-1].page == "twice"
    again.act()
    assert team.four.ann.store.drafts() == []


def test_an_objection_half_written_is_kept_too(team: Team) -> None:
    team.born_twice()
    desk = team.at(team.four.grant)
    desk.choose("0")
    desk.act()
    team.four.everybody_exchanges()
    shah = team.at(team.four.shah)
    shah.view.follows.objection.setPlainText("His mother")
    shah.page.hide()
    shah.crew.settle()
    assert team.at(team.four.shah).view.follows.objection.text() == "His mother"
