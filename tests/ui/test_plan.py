# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The plan page, by keys alone: goals in their words, steps, reviews, what the client sees."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import Json
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.conftest import SignIn
from tests.ui.office import OSEI, Office
from tests.ui.watched import words_shown
from ui.kit.course import CourseView
from ui.pages.form_panel import FormPanel
from ui.pages.plan import PlanPage
from ui.pages.plan_paper import PlanPaperPanel
from ui.pages.plan_shown import PlanShown
from ui.places import Place
from ui.session import Session

TODAY = "2026-11-23"
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Planning:
    """The plan page, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.dialogs = QuietDialogs()
        self.page = PlanPage(session, self.dialogs)
        self.went: list[Place] = []
        self.page.go.connect(self.went.append)
        qtbot.addWidget(self.page)
        self.page.resize(1178, 690)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def open(self, client: bytes, form: str = "") -> None:
        self.page.show_place(Place("plan", client=client, form=form or None))
        self.settle()

    def panel(self, letter: Qt.Key) -> FormPanel:
        """Press Alt and a letter; return the panel that opens."""
        QTest.keyClick(self.at(), letter, ALT)
        self.qtbot.waitUntil(lambda: self.page.panel is not None)
        self.settle()
        panel = self.page.panel
        assert panel is not None
        return panel

    def at(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def type(self, words: str) -> None:
        QTest.keyClicks(self.at(), words)

    def words(self) -> str:
        return words_shown(self.page)

    def until(self, words: str) -> None:
        """Wait until words stand on the page: what is new is laid out a moment later."""
        self.qtbot.waitUntil(lambda: words in self.words())

    def goals(self) -> list[str]:
        return [one.accessibleName() for one in self.page.cards]


@pytest.fixture
def planning(qtbot: QtBot, session: Session) -> Planning:
    return Planning(qtbot, session)


def goal(office: Office, client: bytes, words: str = "A door of my own", **more: Json) -> bytes:
    answers: dict[str, Json] = {"words": words, "domain": "housing", "set_on": "2026-11-01", **more}
    return office.save("goal", answers, client=client)


def need(office: Office, client: bytes, of: bytes, what: str, **more: Json) -> bytes:
    answers: dict[str, Json] = {
        "what": what,
        "domain": "housing",
        "goal": of.hex(),
        "owner": OSEI,
        "raised_on": "2026-11-01",
        **more,
    }
    return office.save("need", answers, client=client)


def weeks(office: Office, client: bytes, on: str, **answers: Json) -> bytes:
    form: dict[str, Json] = {
        "filled_on": on,
        "stage": "review",
        "look_back": "last_weeks",
        "pack": "four_weeks",
        "version": "1",
        "answers": dict(answers),
    }
    return office.save("outcome_form", form, client=client)


def test_a_first_goal_is_set_from_the_keyboard(planning: Planning, office: Office) -> None:
    client = office.client()
    planning.open(client)
    planning.until("No plan yet")
    panel = planning.panel(Qt.Key.Key_G)
    planning.qtbot.waitUntil(lambda: panel.isAncestorOf(planning.at()))
    planning.type("A door I can shut")
    panel.view.editor("domain").show_value("housing")  # its list opens a window of its own
    panel.view._edited("domain")
    QTest.keyClick(planning.at(), Qt.Key.Key_Return, CTRL)
    planning.settle()
    (held,) = office.of(client, "goal")
    assert (held.text("words"), held.text("domain")) == ("A door I can shut", "housing")
    assert planning.goals() == ["“A door I can shut”"]
    planning.until("No step towards it is agreed yet.")


def test_a_step_belongs_to_the_goal_the_keyboard_is_in(planning: Planning, office: Office) -> None:
    client = office.client()
    first = goal(office, client)
    second = goal(office, client, "Work", domain="work", set_on="2026-11-02")
    need(office, client, first, "Ring the council")
    need(office, client, second, "Write a letter")
    planning.open(client)
    planning.page.cards[1].rows.setFocus()
    panel = planning.panel(Qt.Key.Key_S)
    panel.view.editor("what").show_value("Ask at the café")
    panel.view._edited("what")
    QTest.keyClick(panel, Qt.Key.Key_Return, CTRL)
    planning.settle()
    made = office.of(client, "need")[-1]
    assert (made.text("goal"), made.text("domain")) == (second.hex(), "work")


def test_a_step_is_done_with_one_key_and_taken_back(planning: Planning, office: Office) -> None:
    client = office.client()
    step = need(office, client, goal(office, client), "Ring the council")
    planning.open(client)
    planning.page.cards[0].rows.setFocus()
    QTest.keyClick(planning.at(), Qt.Key.Key_S)
    planning.settle()
    assert office.record(step).text("done_on") == TODAY
    assert office.record(step).text("outcome") == "met"
    planning.page.undo._undo.click()
    planning.settle()
    assert office.record(step).text("done_on") == ""


def test_the_arrows_go_from_step_to_step_and_enter_changes_one(
    planning: Planning, office: Office
) -> None:
    client = office.client()
    of = goal(office, client)
    need(office, client, of, "Ring the council", due_on="2026-11-25")
    need(office, client, of, "Take the form in", due_on="2026-11-30")
    planning.open(client)
    planning.page.cards[0].rows.setFocus()
    QTest.keyClick(planning.at(), Qt.Key.Key_Down)
    QTest.keyClick(planning.at(), Qt.Key.Key_Return)
    planning.settle()
    assert planning.page.panel is not None
    assert planning.page.panel.view.answers()["what"] == "Take the form in"


def test_a_review_agrees_the_next_one_by_the_teams_own_days(
    planning: Planning, office: Office
) -> None:
    client = office.client()
    goal(office, client)
    office.save("team_rule", {"decided_on": "2026-11-01", "review_every": 56})
    planning.open(client, "review")
    panel = planning.page.panel
    assert panel is not None
    QTest.keyClick(panel, Qt.Key.Key_Return, CTRL)
    planning.settle()
    assert panel.problems.lines[0].accessibleName().startswith("Write what went well")
    assert office.of(client, "review") == []  # one without a word would only move the day
    panel.view.editor("changes").show_value("Smaller steps")
    panel.view._edited("changes")
    QTest.keyClick(panel, Qt.Key.Key_Return, CTRL)
    planning.settle()
    (held,) = office.of(client, "review")
    assert held.text("next_review_on") == "2027-01-18"
    planning.until("Due on Mon 18 Jan")


def test_a_late_review_says_so(planning: Planning, office: Office) -> None:
    client = office.client()
    office.save(
        "review", {"reviewed_on": "2026-09-01", "next_review_on": "2026-11-20"}, client=client
    )
    planning.open(client)
    planning.until("Was due on Fri 20 Nov, 3 days over")


def test_what_is_health_is_not_offered_to_whoever_does_not_hold_it(
    planning: Planning, office: Office
) -> None:
    client = office.client()
    planning.open(client)
    assert planning.page.courses.isHidden()


def test_the_nurse_sees_how_it_goes_drawn_with_words(
    office: Office, sign_in: SignIn, qtbot: QtBot
) -> None:
    client = office.client()
    weeks(office, client, "2026-05-04", opioids=24)
    weeks(office, client, "2026-11-05", opioids=6)
    planning = Planning(qtbot, sign_in(Role.NURSE))
    planning.open(client)
    (one,) = planning.page.courses.findChildren(CourseView)
    assert one.accessibleName() == (
        "Heroin and other opioids. 24 days on Mon 4 May, 6 days on Thu 5 Nov: 18 less."
    )
    assert not one.grab().isNull()


def test_every_button_is_reached_by_tab(planning: Planning, office: Office) -> None:
    client = office.client()
    need(office, client, goal(office, client), "Ring the council")
    planning.open(client)
    planning.page.cards[0].rows.setFocus()
    seen: list[str] = []
    for _turn in range(30):
        QTest.keyClick(planning.at(), Qt.Key.Key_Tab)
        seen.append(planning.at().accessibleName())
    assert {"Add a goal", "Show the client", "Change: A door of my own"} <= set(seen)
    assert {"Review", "Talk through", "A step towards: A door of my own"} <= set(seen)


# --- for the client


def test_the_client_sees_their_own_plan_and_nothing_else(
    office: Office, sign_in: SignIn, qtbot: QtBot
) -> None:
    client = office.client("Croft", "Leanne", doorstep_notes="Dog")
    of = goal(office, client)
    goal(office, client, "Read a book", outcome="reached", ended_on="2026-11-10")
    need(office, client, of, "Ring the council", due_on="2026-11-27")
    weeks(office, client, "2026-05-04", opioids=24)
    weeks(office, client, "2026-11-05", opioids=6)
    session = sign_in(Role.NURSE)
    page = PlanShown(session)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.show_place(Place("plan_shown", client=client))
    qtbot.waitUntil(lambda: "A door of my own" in words_shown(page))
    words = words_shown(page)
    for theirs in ("Lee, this is your plan", "Ring the council", "18 less"):
        assert theirs in words
    assert "Read a book" in words
    for others in ("Croft", "CROFT", "Osei", "programme", "OR-", "treatment", "Dog"):
        assert others not in words
    (entry,) = [one for one in logged(office.store) if one.answers.get("how") == "plan_shown"]
    assert entry.answers["clients"] == [client.hex()]


def test_esc_comes_back_from_what_the_client_sees(
    office: Office, session: Session, qtbot: QtBot
) -> None:
    page = PlanShown(session)
    qtbot.addWidget(page)
    page.show()
    page.show_place(Place("plan_shown", client=office.client()))
    qtbot.waitUntil(lambda: not session.busy)
    with qtbot.waitSignal(page.done):
        QTest.keyClick(page, Qt.Key.Key_Escape)


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_the_plan_is_printed_for_the_client_and_logged_first(
    planning: Planning, office: Office, tmp_path: Path, ending: str
) -> None:
    client = office.client()
    need(office, client, goal(office, client), "Ring the council")
    planning.open(client)
    planning.page.do("export")
    panel = planning.page.panel
    assert isinstance(panel, PlanPaperPanel)
    assert panel.courses.isHidden()
    place = tmp_path / f"plan.{ending}"
    planning.dialogs.answers["save_file"] = place
    panel.format._pressed(ending)
    panel.large.setChecked(True)
    panel.save()
    planning.settle()
    raw = place.read_bytes()
    said = PdfReader(place).pages[0].extract_text() if ending == "pdf" else raw.decode()
    assert "A door of my own" in said
    assert "CROFT" not in said.upper()
    (entry,) = logged(office.store, "export")
    assert (entry.answers["what"], entry.answers["clients"]) == ("own_copy", [client.hex()])


def test_where_nobody_may_know_who_we_are_that_is_said_and_nobody_is_named(
    planning: Planning, office: Office, tmp_path: Path
) -> None:
    client = office.client(may_write="no")
    need(office, client, goal(office, client), "Ring the council")
    office.save(
        "assignment",
        {"duty": "key_worker", "worker": OSEI, "from_on": "2026-11-01"},
        client=client,
    )
    planning.open(client)
    planning.page.do("export")
    panel = planning.page.panel
    assert isinstance(panel, PlanPaperPanel)
    assert "nothing at their home may say who we are" in words_shown(panel)
    planning.dialogs.answers["save_file"] = tmp_path / "plan.html"
    panel.format._pressed("html")
    panel.save()
    planning.settle()
    assert "Osei" not in (tmp_path / "plan.html").read_text(encoding="utf-8")


def test_whoever_does_not_write_steps_is_not_offered_done_and_reads_one_with_enter(
    qtbot: QtBot, office: Office, sign_in: SignIn
) -> None:
    client = office.client()
    step = need(office, client, goal(office, client), "Ring the council")
    planning = Planning(qtbot, sign_in(Role.ANALYST))
    planning.open(client)
    (row,) = planning.page.cards[0].rows.rows.values()
    assert row.item().answers == ()
    planning.page.cards[0].rows.setFocus()
    QTest.keyClick(planning.at(), Qt.Key.Key_Return)
    assert planning.went == [Place("record", client=client, record=step)]
    assert planning.page.panel is None
