# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The boards of choosing and removal, answered by keys where their rows stand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import Json
from tests.dialogs import QuietDialogs
from tests.ui.conftest import SignIn
from tests.ui.office import LOWE, OSEI, SHAH, Office
from tests.ui.rows_desk import RowsDesk
from ui.pages.boards import BoardsPage
from ui.pages.form_panel import FormPanel
from ui.places import Place
from ui.session import Session

DEMAND, ASIDE = "demand_side", "eligible_not_included"
CTRL = Qt.KeyboardModifier.ControlModifier


class Programme(RowsDesk[BoardsPage]):
    """The page of the boards, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        super().__init__(qtbot, session, BoardsPage(session, QuietDialogs()))

    def open(self, board: str) -> None:
        self.page.show_place(Place("boards", form=board))
        self.settle()

    def rows(self) -> list[str]:
        return [
            f"{row.item().name}: " + "".join(part.text for part in row.item().because)
            for row in self.page.rows.rows.values()
        ]

    def press(self, letter: str) -> None:
        self.page.rows.setFocus()
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, letter)
        self.settle()

    def panel(self) -> FormPanel:
        self.qtbot.waitUntil(lambda: self.page.panel is not None)
        panel = self.page.panel
        assert panel is not None
        return panel

    def fill(self, **answers: Json) -> None:
        panel = self.panel()
        for name, value in answers.items():
            panel.view.editor(name).show_value(value)
            panel.view._edited(name)

    def save(self) -> None:
        QTest.keyClick(self.panel().act, Qt.Key.Key_Return, CTRL)
        self.settle()


@pytest.fixture
def programme(qtbot: QtBot, sign_in: SignIn, office: Office) -> Programme:
    """Return the coordinator's boards."""
    return Programme(qtbot, sign_in(Role.COORDINATOR))


def nominated(office: Office, on: str = "2026-11-16") -> bytes:
    client = office.client(born="1990-05-01")
    said = {
        "nominated_on": on,
        "nominated_by": SHAH,
        "agency": "Police",
        "cohort": DEMAND,
        "why": "Asks for help",
    }
    office.colleague(SHAH, "nomination", said, client=client)
    return client


def test_a_nomination_is_decided_by_key_and_its_place_can_be_taken_back(
    programme: Programme, office: Office
) -> None:
    client = nominated(office)
    programme.open("nominated")
    assert programme.rows() == [
        "CROFT, Leanne: because PC R. Shah, Police, nominated them: Asks for help"
    ]
    programme.press("d")
    programme.fill(why="There is room", agreed_by=[LOWE, SHAH])
    programme.save()
    (decision,) = office.of(client, "decision")
    (place,) = office.of(client, "cohort")
    assert (decision.text("about"), place.text("cohort")) == ("include", DEMAND)
    programme.press("u")
    assert [bool(office.record(one.id).withdrawn) for one in (decision, place)] == [True, True]


def test_who_may_not_decide_is_not_offered_it(
    qtbot: QtBot, sign_in: SignIn, office: Office
) -> None:
    nominated(office)
    nurse = Programme(qtbot, sign_in(Role.NURSE))
    nurse.open("nominated")
    (row,) = nurse.page.rows.rows.values()
    assert [one.code for one in row.item().answers] == ["score", "open"]


def test_a_nomination_leads_to_its_score(programme: Programme, office: Office) -> None:
    client = nominated(office)
    programme.open("nominated")
    programme.press("c")
    assert programme.went[-1] == Place("scoring", client=client)


def test_who_was_not_told_is_told_by_key(programme: Programme, office: Office) -> None:
    client = office.client(born="1990-05-01")
    place = office.save("cohort", {"cohort": DEMAND, "started_on": "2026-11-02"}, client=client)
    programme.open("not_told")
    assert "since Mon 2 Nov and nobody has told them" in programme.rows()[0]
    programme.press("t")
    programme.fill(how="at_home", response="accepts", told_by=[SHAH])
    programme.save()
    assert office.record(place).text("told_on") == "2026-11-23"
    programme.open("not_told")
    programme.page.refresh()
    programme.settle()
    assert len(office.of(client, "notice")) == 1


def test_those_not_included_stand_with_reason_day_and_what_is_missing(
    programme: Programme, office: Office
) -> None:
    client = office.client(born="1990-05-01")
    decided = {
        "about": "not_include",
        "decided_on": "2026-10-01",
        "reason": "no_capacity",
        "review_on": "2026-11-20",
        "final_say": LOWE,
    }
    office.colleague(LOWE, "decision", decided, client=client)
    office.save(
        "cohort",
        {"cohort": ASIDE, "started_on": "2026-10-01", "not_included_because": "no_capacity"},
        client=client,
    )
    programme.open("not_included")
    (row,) = programme.rows()
    assert "No room on the programme" in row
    assert "it was to be looked at again by Fri 20 Nov" in row
    (shown,) = programme.page.rows.rows.values()
    assert "Missing: Score" in [chip.text for chip in shown.item().chips]
    programme.press("n")
    programme.fill(why="There is room now")
    programme.save()
    assert len(office.of(client, "nomination")) == 1


@pytest.fixture
def quiet(office: Office) -> bytes:
    """Return a client against whom nothing was recorded for months."""
    client = office.client(born="1990-05-01")
    told = {"cohort": DEMAND, "started_on": "2026-01-05", "told_on": "2026-01-06"}
    office.save("cohort", told, client=client)
    office.save("support", {"started_on": "2026-01-05"}, client=client)
    office.save("setting", {"setting": "community", "from_on": "2026-01-05"}, client=client)
    return client


def test_keeping_somebody_is_an_answer_as_good_as_removing_them(
    programme: Programme, office: Office, quiet: bytes
) -> None:
    programme.open("removal")
    assert "no arrest or offence is shown here in the last 322 days" in programme.rows()[0]
    programme.press("k")
    programme.fill(why="Too early", agreed_by=[LOWE])
    programme.save()
    (decision,) = office.of(quiet, "decision")
    assert decision.text("about") == "keep"
    assert office.of(quiet, "removal") == []
    programme.open("removal")
    assert programme.rows() == []


def test_who_may_not_end_targeting_asks_instead_of_filling_in_what_is_refused(
    qtbot: QtBot, sign_in: SignIn, office: Office, quiet: bytes
) -> None:
    nurse = Programme(qtbot, sign_in(Role.NURSE))
    nurse.open("removal")
    (row,) = nurse.page.rows.rows.values()
    assert [one.code for one in row.item().answers] == ["ask_them", "open"]
    assert nurse.page.card.hold.text().strip() == "Forums of the &past"  # she holds none either


def test_somebody_is_removed_from_targeting_by_key_and_support_goes_on(
    programme: Programme, office: Office, quiet: bytes
) -> None:
    programme.open("removal")
    programme.press("r")
    programme.fill(
        all_agree="done",
        agreed_by=[LOWE, OSEI],
        partners_told="done",
        client_told="done",
        exit_plan="K. Osei stays",
        follow_up_on="2026-12-21",
        follow_up_by=OSEI,
    )
    programme.save()
    (place,) = office.of(quiet, "cohort")
    assert place.text("ended_on") == "2026-11-23"
    assert office.of(quiet, "support")[0].text("ended_on") == ""
    assert len(office.of(quiet, "need")) == 1
