# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""New from colleagues: what they wrote since one last looked, and what counts as looking."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import Live, Record
from tests.ui.crew import Crew, key, tab_to, words_on
from tests.ui.watched import Watched
from ui.pages.asking_doing import question_of
from ui.pages.colleagues import ColleaguesPage
from ui.pages.today import TodayPage
from ui.places import Place

DAY_MS = 24 * 60 * 60_000


class Feed:
    """Ann's casebook with its window, and colleagues who share with her."""

    def __init__(self, qtbot: QtBot, ann: Crew, folder: Path) -> None:
        self.qtbot, self.ann, self.four = qtbot, ann, ann.four
        laptop = ann.laptop
        self.lee = laptop.save("client", {"surname": "Croft", "forename": "Leanne"})
        duty = {"duty": "key_worker", "worker": laptop.seat.person, "from_on": "2026-01-01"}
        laptop.save("assignment", dict(duty), client=self.lee)
        self.four.everybody_exchanges()
        self.watched = Watched(qtbot, ann.session, laptop.store, folder)
        self.window, self.settle = self.watched.window, self.watched.settle
        self.settle()

    def open(self, page: str, client: bytes | None = None) -> None:
        self.watched.open(Place(page, client=client))

    @property
    def page(self) -> ColleaguesPage:
        page = self.window.page("colleagues")
        assert isinstance(page, ColleaguesPage)
        return page

    def rows(self) -> list[str]:
        """Return what each row says, after the page was opened."""
        self.open("colleagues")
        return [row.item().spoken() for row in self.page.rows.rows.values()]

    def new(self) -> list[str]:
        return [one for one in self.rows() if " New." in one]

    def comes(self, person: str = "Shah", *, words: str = "Rang", audience: str = "") -> None:
        """Let a colleague write a note, and everybody share."""
        laptop = next(one for one in self.four if one.name == person)
        answers = {"headline": words, "happened_at": "2026-05-28T09:00"}
        laptop.save("note", dict(answers), client=self.lee, audience=audience)
        self.shares()

    def shares(self) -> None:
        """Let everybody share, twice."""
        self.settle()
        self.ann.session.work(lambda _store: self.four.everybody_exchanges()).result()
        self.ann.session.changed.emit(frozenset({self.lee}))
        self.settle()

    def button(self) -> str:
        self.open("today")
        today = self.window.page("today")
        return next(
            one
            for one in words_on(today).splitlines()
            if "from colleagues" in one or "New about" in one
        ).strip()


@pytest.fixture
def feed(qtbot: QtBot, ann: Crew, tmp_path: Path) -> Iterator[Feed]:
    made = Feed(qtbot, ann, tmp_path)
    yield made
    made.watched.close()


def test_what_a_colleague_wrote_stands_under_its_client_until_they_are_opened(feed: Feed) -> None:
    assert feed.rows() == []
    assert feed.page.nothing.isVisible()
    assert feed.button() == "Nothing new from colleagues"
    feed.comes(words="Rang the hostel")
    assert feed.button() == "New about 1 client"
    (row,) = feed.new()
    assert row.startswith("Rang the hostel. ")
    assert "because PC R. Shah wrote it" in row
    assert "CROFT, Leanne" in words_on(feed.page)
    feed.page.rows.opened.emit(feed.page.rows.current())
    feed.settle()
    assert feed.window.place == Place("client", client=feed.lee)
    assert feed.new() == []
    assert "you have looked since" in feed.rows()[0]
    feed.comes("Grant", words="Came later")
    assert [one.split(".")[0] for one in feed.new()] == ["Came later"]
    assert "you had not looked since" in feed.new()[0]


def test_the_keyboard_begins_on_what_comes_after_what_was_read(feed: Feed) -> None:
    shah = next(one for one in feed.four if one.name == "Shah")
    duty = {"duty": "key_worker", "worker": feed.ann.laptop.seat.person, "from_on": "2026-01-01"}
    for surname in ("Abbot", "Brook"):
        client = feed.ann.laptop.save("client", {"surname": surname, "forename": "Jo"})
        feed.ann.laptop.save("assignment", dict(duty), client=client)
        feed.shares()
        shah.save("note", {"headline": "Rang", "happened_at": "2026-05-28T09:00"}, client=client)
    feed.comes()
    feed.open("colleagues")
    first, second, _third = feed.page.rows.rows
    assert feed.page.rows.focus_key() == first
    feed.page.rows.go_to(second)
    feed.page.rows.rows[second].opened.emit()
    feed.settle()
    feed.open("colleagues")
    rows = list(feed.page.rows.rows)
    assert rows[-1] == second
    assert feed.page.rows.focus_key() == rows[1]


def test_a_page_that_only_looks_again_by_itself_marks_nothing(feed: Feed) -> None:
    feed.open("client", feed.lee)
    feed.comes()
    feed.ann.session.changed.emit(frozenset({feed.lee}))
    feed.settle()
    assert len(feed.new()) == 1


def test_everything_is_marked_as_read_by_keys_alone_and_taken_back(feed: Feed) -> None:
    feed.comes()
    assert len(feed.new()) == 1
    assert feed.page.rows.isAncestorOf(feed.window.focusWidget())
    tab_to(feed.window, feed.page.all_read)
    key(Qt.Key.Key_Return)
    feed.settle()
    assert feed.page.nothing.isVisible()
    assert "Nothing has arrived since" in feed.page.sentence.text()
    tab_to(feed.window, feed.page.undo._undo)
    key(Qt.Key.Key_Return)
    feed.settle()
    assert len(feed.page.rows.rows) == 1
    assert feed.page.rows.isAncestorOf(feed.window.focusWidget())


def test_what_is_kept_to_the_police_never_reaches_anybody_else(feed: Feed) -> None:
    feed.comes(words="Ferretwatch", audience="police")
    feed.comes(words="For all")
    assert [one.split(".")[0] for one in feed.new()] == ["For all"]
    assert feed.button() == "New about 1 client"


def test_how_far_somebody_looked_stays_on_their_laptop(
    feed: Feed, crews: Callable[[str], Crew]
) -> None:
    feed.comes("Bell")
    feed.open("client", feed.lee)
    assert feed.new() == []
    grant = crews("Grant")
    page = ColleaguesPage(grant.session, grant.dialogs)
    grant.qtbot.addWidget(page)
    page.show_place(Place("colleagues"))
    grant.settle()
    assert any(one.new for one in page.shown.found.arrived)


def test_a_colleague_is_asked_by_keys_and_what_they_answer_comes_back(
    feed: Feed, crews: Callable[[str], Crew]
) -> None:
    feed.comes(words="Rang the hostel")
    feed.rows()
    key(Qt.Key.Key_A)
    panel = feed.page.panel
    assert panel is not None
    assert panel.view.answers()["owner"] == feed.four.shah.seat.person
    assert panel.view.answers()["what"] == "About “Rang the hostel”: "
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Say what you ask." in words_on(panel)
    panel.start()
    for letter in "who":
        key(Qt.Key(ord(letter.upper())))
    assert panel.view.answers()["what"] == "About “Rang the hostel”: who"
    key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    feed.settle()
    assert "Asked: PC R. Shah" in words_on(feed.page.undo)
    feed.open("client", feed.lee)
    feed.shares()
    shah = crews("Shah")
    today = TodayPage(shah.session, shah.dialogs)
    shah.qtbot.addWidget(today)
    today.show()
    today.show_place(Place("today"))
    shah.settle()
    ((name, row),) = today.rows.rows.items()
    assert "because Ann Lowe asks you" in row.item().spoken()
    today.rows.answered.emit(name, "action_heard")
    shah.settle()
    feed.shares()
    (answered,) = feed.new()
    assert "because PC R. Shah has heard what you asked" in answered


def test_what_is_asked_of_a_police_record_is_for_the_police_alone(
    crews: Callable[[str], Crew],
) -> None:
    shah = crews("Shah")
    record = Record(
        b"r" * 16, "note", b"c" * 16, "police", shah.session.me.id,
        [Live(1, 1, 1, 0, {"headline": "Ferretwatch"})],
    )  # fmt: skip
    plan = question_of(shah.session, record)
    assert (plan.kept_to, plan.preset["owner"]) == ("police", None)
    ann = shah.four.ann.seat.person
    assert plan.check is not None
    assert [one.field for one in plan.check({"owner": ann})] == ["owner"]
    assert plan.check({"owner": shah.session.me.id}) == []
    health = Record(b"r" * 16, "note", b"c" * 16, "health", "x", record.live)
    assert "what" not in question_of(shah.session, health).preset
