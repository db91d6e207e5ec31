# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two files at the desk: who may be here twice, side by side, joined, told apart, parted."""

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop_app.casework.both_files import Take
from desktop_app.casework.records import Answers, Json, link
from desktop_app.casework.reference import reference
from storage import everybody, reads
from tests.logged import logged
from tests.sync.laptops import Four, Laptop
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from tests.ui.door import focus
from ui.pages.client import ClientPage
from ui.pages.joining import JoiningPage
from ui.pages.joining_panel import PartingPanel
from ui.places import Place

CTRL = Qt.KeyboardModifier.ControlModifier


class Bench:
    """The page, worked from the keyboard at somebody's laptop."""

    def __init__(self, crew: Crew, *, wide: int = 1178) -> None:
        self.crew = crew
        self.page = crew.show(lambda session, *_rest, **_more: JoiningPage(session), wide=wide)
        self.back: list[None] = []
        self.page.done.connect(lambda: self.back.append(None))

    def show(self, one: bytes | None = None, other: bytes | None = None) -> None:
        self.page.show_place(Place("joining", one, other))
        self.crew.settle()

    def reason(self, words: str) -> None:
        assert self.page.panel is not None
        field = self.page.panel.view.editor("reason")
        field.setFocus()
        QTest.keyClicks(focus(), words)

    def join(self) -> None:
        key(Qt.Key.Key_Return, CTRL)
        self.crew.settle()

    def names(self) -> list[str]:
        return [row.item().name for row in self.page.list.rows.rows.values()]

    def pressed(self, text: str) -> None:
        found = [one for one in self.page.findChildren(QPushButton) if one.isVisible()]
        next(one for one in found if one.text().replace("&", "").strip() == text).click()
        self.crew.settle()


ONE: Answers = {"surname": "Marsh", "forename": "Daniel", "born": "1989-03-14", "town": "Saltings"}
OTHER: Answers = {
    "surname": "Mahrsh",
    "forename": "Danny",
    "born": "1989-03-14",
    "town": "Marshend",
    "phone": "07700 900123",
}


def made(laptop: Laptop, **more: Json) -> tuple[bytes, bytes]:
    """Put one person on the casebook twice."""
    one = laptop.save("client", dict(ONE))
    other = laptop.save("client", {**OTHER, **more})
    laptop.save("client", {"surname": "Price", "forename": "Lee", "born": "1970-01-02"})
    laptop.save(
        "visit", {"at": "2026-05-01T10:00", "state": "done", "outcome": "seen"}, client=other
    )
    return one, other


@pytest.fixture
def two(four: Four) -> tuple[bytes, bytes]:
    found = made(four.grant)
    four.everybody_exchanges()
    return found


def test_the_coordinator_is_shown_who_may_be_here_twice_and_why(
    grant: Crew, two: tuple[bytes, bytes]
) -> None:
    bench = Bench(grant)
    bench.show()
    assert bench.names() == ["MARSH, Daniel"]
    (row,) = bench.page.list.rows.rows.values()
    assert "MAHRSH, Danny" in row.item().what
    assert "Same date of birth" in row.item().because[0].text
    assert bench.page.list.count.text() == "1 to look at"
    assert focus() is row
    looked = logged(grant.laptop.store, "combination")
    assert looked[-1].answers["shown"] == 3
    (entry,) = logged(grant.laptop.store, "consultation")[-1:]
    assert set(cast("list[str]", entry.answers["clients"])) == {link(one) for one in two}


def test_that_the_two_are_shown_is_written_down_first(
    grant: Crew, two: tuple[bytes, bytes]
) -> None:
    bench = Bench(grant)
    bench.page.show_place(Place("joining", *two))
    grant.qtbot.waitUntil(lambda: "Danny" in words_on(bench.page))
    written = logged(grant.laptop.store, "consultation")
    grant.settle()
    assert written[-1].answers["how"] == "alike"
    assert written[-1].answers["clients"] == [link(one) for one in two]


def test_two_are_joined_by_the_keyboard_alone_and_taken_back_at_once(
    grant: Crew, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    bench = Bench(grant)
    bench.show()
    key(Qt.Key.Key_Return)
    grant.settle()
    compare = bench.page.compare
    assert compare is not None
    said = words_on(bench.page)
    assert "1 visit." in said
    assert f"as MARSH, Daniel, {reference(old)}" in said
    assert nameless(bench.page) == []
    bench.reason("")
    tab_to(bench.page, compare.questions["address"].tiles[Take.FIRST])
    key(Qt.Key.Key_Right)
    assert compare.choices()["address"] is Take.OTHER
    bench.reason("He told us himself")
    bench.join()
    store = grant.laptop.store
    assert store.whole(new) == [old, new]
    assert grant.laptop.answers(old)["town"] == "Marshend"
    assert grant.laptop.answers(old)["phone"] == "07700 900123"
    assert grant.laptop.answers(new) == OTHER
    (finding,) = reads.found_same(store, old)
    assert (finding.reason, finding.by) == ("He told us himself", grant.session.me.id)
    assert bench.page.undo.isVisible()
    assert bench.names() == []
    assert "Nobody seems to be here twice" in words_on(bench.page)
    bench.pressed("Undo")
    assert store.whole(new) == [new]
    assert grant.laptop.answers(old) == {**ONE, "phone": None}
    assert bench.names() == ["MARSH, Daniel"]
    how = [one.answers["how"] for one in logged(store, "combination")]
    assert how[-2:] == ["merged", "parted"]


def test_from_the_list_too_it_is_said_that_it_leaves_and_the_file_can_be_opened(
    grant: Crew, two: tuple[bytes, bytes]
) -> None:
    bench = Bench(grant)
    went: list[Place] = []
    bench.page.go.connect(went.append)
    bench.show()
    key(Qt.Key.Key_Return)
    grant.settle()
    bench.reason("He told us himself")
    bench.join()
    assert "are read as one. The others learn it when you share." in bench.page.told.text()
    assert bench.page.told.isVisible()
    assert bench.page.told.height() < 80, "it says one line"
    assert not bench.page.list.pairs
    assert bench.page.open_file.hasFocus(), "else it would be on the lock"
    bench.pressed("Open the file")
    assert went == [Place("client", client=two[0])]
    bench.pressed("Undo")
    assert not bench.page.told.isVisible()


def test_nothing_is_decided_without_a_reason(grant: Crew, two: tuple[bytes, bytes]) -> None:
    bench = Bench(grant)
    bench.show(*two)
    bench.reason("")
    bench.join()
    panel = bench.page.panel
    assert panel is not None
    assert panel.problems.isVisible()
    panel.apart.click()
    grant.settle()
    assert everybody.said_of(grant.laptop.store, two[:1], two[1:]) == []


def test_safe_contact_that_differs_is_chosen_before_anything_is_joined(
    four: Four, grant: Crew
) -> None:
    one, other = made(grant.laptop, never="No letters")
    grant.laptop.save("client", {"never": "Not before noon"}, record=one)
    bench = Bench(grant)
    bench.show(one, other)
    bench.reason("Same tattoo")
    bench.join()
    panel, compare = bench.page.panel, bench.page.compare
    assert panel is not None
    assert compare is not None
    assert "Choose which answer is kept: Safe contact." in words_on(panel.problems)
    assert compare.first() is compare.questions["safe_contact"].tiles[Take.FIRST]
    compare.questions["safe_contact"].tiles[Take.OTHER].click()
    bench.reason("")
    bench.join()
    assert grant.laptop.store.whole(other) == [one, other]
    assert grant.laptop.answers(one)["never"] == "No letters"


def test_two_people_are_never_offered_again_on_any_laptop(
    four: Four, grant: Crew, two: tuple[bytes, bytes]
) -> None:
    bench = Bench(grant)
    bench.show()
    key(Qt.Key.Key_Return)
    grant.settle()
    bench.reason("Cousins")
    assert bench.page.panel is not None
    bench.page.panel.apart.click()
    grant.settle()
    assert bench.names() == []
    assert logged(grant.laptop.store, "combination")[-1].answers["how"] == "told_apart"
    four.everybody_exchanges()
    for laptop in four:
        assert everybody.perhaps(laptop.store, two[0], limit=5) == []
    bench.show()
    assert bench.names() == []


def test_joining_takes_back_that_they_were_found_to_be_two_and_undoing_that_says_it_again(
    grant: Crew, two: tuple[bytes, bytes]
) -> None:
    told: Answers = {"finding": "different", "other": link(two[0]), "reason": "Cousins"}
    grant.laptop.save("same_person", {**told, "found_on": "2026-06-01"}, client=two[1])
    bench = Bench(grant)
    bench.show(*two)
    assert "found on" in words_on(bench.page)
    assert "Cousins Joining them takes that back." in words_on(bench.page)
    bench.reason("Asked again")
    bench.join()
    assert grant.laptop.store.whole(two[1]) == list(two)
    bench.pressed("Undo")
    assert grant.laptop.store.whole(two[1]) == [two[1]]
    said = everybody.said_of(grant.laptop.store, two[:1], two[1:])
    assert [one.reason for one in said] == ["Cousins"]


def test_where_two_have_found_different_things_somebody_is_asked_to_decide(
    four: Four, grant: Crew, two: tuple[bytes, bytes]
) -> None:
    for laptop, finding in ((four.ann, "same"), (four.bell, "different")):
        told: Answers = {"finding": finding, "other": link(two[0]), "reason": f"{finding}, I say"}
        laptop.save("same_person", told, client=two[1])
    four.everybody_exchanges()
    bench = Bench(grant)
    bench.show()
    (row,) = bench.page.list.rows.rows.values()
    assert row.item().chips[0].text == "Found to be one and to be two"
    assert len(everybody.perhaps(grant.laptop.store, two[0], limit=5)) == 1
    key(Qt.Key.Key_Return)
    grant.settle()
    said = words_on(bench.page)
    assert "same, I say Saying that they are two takes that back." in said
    assert "different, I say Joining them takes that back." in said
    bench.reason("Their passports differ")
    assert bench.page.panel is not None
    bench.page.panel.apart.click()
    grant.settle()
    assert bench.names() == []
    assert everybody.disputed(grant.laptop.store) == set()


def test_what_is_kept_to_police_says_only_that_it_differs(
    shah: Crew, two: tuple[bytes, bytes]
) -> None:
    secret: Answers = {"headline": "Ferretwatch", "happened_at": "2026-05-01T09:00"}
    shah.laptop.save("note", secret, client=two[1], audience="police")
    bench = Bench(shah)
    bench.show(*two)
    said = words_on(bench.page)
    assert "Police only: differs." in said
    assert "Ferretwatch" not in said
    assert "1 note" not in said


def test_what_was_typed_and_chosen_is_a_draft_and_taken_up_again(
    grant: Crew, two: tuple[bytes, bytes]
) -> None:
    bench = Bench(grant)
    bench.show(*two)
    assert bench.page.compare is not None
    bench.page.compare.questions["address"].tiles[Take.OTHER].click()
    bench.reason("His mother says")
    key(Qt.Key.Key_Escape)
    grant.settle()
    assert len(bench.back) == 1
    bench.show(*two)
    assert bench.page.compare is not None
    assert bench.page.panel is not None
    assert bench.page.compare.choices()["address"] is Take.OTHER
    assert bench.page.panel.view.answers()["reason"] == "His mother says"


def client_page(crew: Crew, client: bytes) -> ClientPage:
    page = crew.show(lambda session, dialogs, **_more: ClientPage(session, dialogs))
    page.show_place(Place("client", client=client))
    crew.settle()
    return page


def test_the_clients_page_says_who_else_they_may_be_and_leads_to_both(
    ann: Crew, two: tuple[bytes, bytes]
) -> None:
    page = client_page(ann, two[0])
    ann.qtbot.waitUntil(lambda: bool(page.side.perhaps.lines))
    (line,) = page.side.perhaps.lines
    assert line.isVisible()
    assert line.item.title == "MAHRSH, Danny"
    assert "Same date of birth" in line.item.beneath
    line.click()
    assert ann.went[-1] == Place("joining", client=two[0], record=two[1])


def test_the_clients_page_says_who_joined_the_files_and_parts_them_again(
    four: Four, grant: Crew, ann: Crew, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    bench = Bench(grant)
    bench.show(*two)
    bench.reason("He told us")
    bench.join()
    assert "are read as one." in words_on(bench.page)
    four.everybody_exchanges()
    ann.laptop.save("client", {"town": "Saltings Quay"}, record=old)
    page = client_page(ann, new)
    said = words_on(page.side.joined)
    assert "MAHRSH, Danny" in said
    assert f"{reference(new)} · A. Grant" in said
    assert "He told us" in said
    assert not page.side.perhaps.isVisible()
    next(one for one in page.side.joined.findChildren(QPushButton)).click()
    ann.settle()
    panel = page.panel
    assert isinstance(panel, PartingPanel)
    panel.view.editor("reason").setFocus()
    QTest.keyClicks(focus(), "Two brothers")
    key(Qt.Key.Key_Return, CTRL)
    ann.settle()
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.store.whole(new) == [new]
        answers = laptop.answers(old)
        assert (answers["phone"], answers["town"]) == (None, "Saltings Quay")
        assert everybody.perhaps(laptop.store, old, limit=5) == []
    assert not page.side.joined.isVisible()
    ann.qtbot.waitUntil(lambda: bool(page.side.perhaps.apart.lines))
    assert not page.side.perhaps.isVisible()
    (line,) = page.side.perhaps.apart.lines
    assert line.isVisible()
    assert "Two brothers" in line.item.beneath
    line.click()
    assert ann.went[-1] == Place("joining", client=new, record=old)


def test_the_look_can_be_stopped_and_leaves_nothing(grant: Crew, two: tuple[bytes, bytes]) -> None:
    bench = Bench(grant)
    bench.page.show_place(Place("joining"))
    bench.page.list.look.stop()
    grant.settle()
    assert "The look was stopped" in words_on(bench.page)
    assert bench.names() == []
    assert logged(grant.laptop.store, "combination") == []
    bench.pressed("Look again")
    assert bench.names() == ["MARSH, Daniel"]


def test_two_who_are_one_already_are_said_to_be(grant: Crew, two: tuple[bytes, bytes]) -> None:
    told: Answers = {"finding": "same", "other": link(two[0]), "reason": "Told"}
    grant.laptop.save("same_person", told, client=two[1])
    bench = Bench(grant)
    bench.show(*two)
    assert "These two are one already" in words_on(bench.page)
    assert bench.page.panel is None


@pytest.mark.parametrize("wide", [1178, 1037])
def test_every_answer_can_be_read_at_every_width(
    grant: Crew, two: tuple[bytes, bytes], wide: int
) -> None:
    bench = Bench(grant, wide=wide)
    bench.show(*two)
    assert bench.page.compare is not None
    tiles = [tile for one in bench.page.compare.questions.values() for tile in one.tiles.values()]
    assert all(tile.height() >= tile.heightForWidth(tile.width()) for tile in tiles)
    assert bench.page.minimumSizeHint().width() <= wide
