# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The posture on the client page, on Today and on its board, worked from the keyboard."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role, Team
from desktop_app.casework.posture import posture_now
from desktop_app.casework.records import link
from tests.dialogs import QuietDialogs
from tests.ui.conftest import SignIn
from tests.ui.file_desk import Page
from tests.ui.morning import Morning, stands_by
from tests.ui.office import BELLO, LOWE, OSEI, SHAH, Office, small_team
from tests.ui.rows_desk import RowsDesk
from ui.pages.boards import BoardsPage
from ui.pages.client_posture import BACK
from ui.places import Place

AGENCY = {OSEI: "Harbour", SHAH: "Police", BELLO: "Health", LOWE: "Council"}


@pytest.fixture
def team() -> Team:
    """Return the small team, each from an agency of their own."""
    known = small_team()
    people = {
        who: replace(one, agency=AGENCY.get(who, "Harbour")) for who, one in known.persons.items()
    }
    return replace(known, persons=people)


def arrest(office: Office, client: bytes) -> bytes:
    told = {"arrested_on": "2026-11-20", "offence_group": "theft_shop", "offence_on": "2026-11-20"}
    return office.colleague(SHAH, "arrest", told, client=client)


def asks(office: Office, client: bytes, level: str = "heightened", **more: Any) -> bytes:
    said = {
        "says": "asks",
        "acted_on": "2026-11-20",
        "level": level,
        "agency": "Police",
        "reason": "Seen at three shops",
        "until": "2026-12-10",
        "evidence_of": [link(arrest(office, client))],
        **more,
    }
    return office.colleague(SHAH, "posture", said, client=client)


def level(office: Office, client: bytes, team: Team) -> str:
    day = office.clock.now().date()
    forms = ("posture", "arrest", "note")
    return posture_now([r for one in forms for r in office.of(client, one)], team, day).level


def test_the_other_agency_agrees_by_one_key_and_can_take_it_back(
    morning: Morning, office: Office, team: Team
) -> None:
    client = office.client("Croft")
    stands_by(office, client)
    asks(office, client)
    assert level(office, client, team) == "standard"
    morning.open()
    assert morning.answers("CROFT")[:2] == ["Agree", "Say no"]
    morning.press("CROFT", Qt.Key.Key_A)
    assert level(office, client, team) == "heightened"
    assert morning.chips("CROFT") == ["Agreed: heightened"]
    morning.press("CROFT", Qt.Key.Key_U)
    assert level(office, client, team) == "standard"


def test_saying_no_asks_for_words_and_they_are_kept(
    morning: Morning, office: Office, team: Team
) -> None:
    client = office.client("Croft")
    stands_by(office, client)
    asks(office, client)
    morning.open()
    morning.press("CROFT", Qt.Key.Key_N)
    panel = morning.page.beside.panel
    assert panel is not None
    panel.save()
    morning.settle()
    assert not panel.problems.isHidden()
    panel.view.editor("words").show_value("He has just begun treatment")
    panel.view._edited("words")
    QTest.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    morning.settle()
    (no,) = [one for one in office.of(client, "posture") if one.text("says") == "says_no"]
    assert no.text("words") == "He has just begun treatment"
    assert (no.text("agency"), no.author) == ("Harbour", OSEI)
    assert level(office, client, team) == "standard"


def test_nobody_answers_what_their_own_agency_asks(morning: Morning, office: Office) -> None:
    client = office.client("Croft")
    stands_by(office, client)
    asks(office, client, agency="Harbour")
    morning.open()
    assert all("Agree" not in [one.text for one in row.item().answers]
               for row in morning.page.rows.rows.values())  # fmt: skip


def lines(page: Page) -> list[str]:
    return [line.item.title for line in page.page.side.posture.lines]


def test_the_card_says_how_much_until_when_who_agreed_and_whom_to_ring(
    office: Office, sign_in: SignIn, qtbot: QtBot
) -> None:
    client = office.client("Croft")
    stands_by(office, client)
    ask = asks(office, client, "hold", ring="K. Osei, 07700 900461")
    said = {"says": "agrees", "agency": "Harbour", "agrees_with": link(ask)}
    known = {"level": "hold", "reason": "Seen at three shops", "until": "2026-12-10"}
    office.save("posture", {**said, **known, "acted_on": "2026-11-21"}, client=client)
    boundary = {
        "decided_on": "2026-11-21",
        "decision": "wait",
        "final_say": LOWE,
        "review_on": "2026-12-20",
    }
    office.colleague(SHAH, "boundary", boundary, client=client)
    page = Page(qtbot, sign_in(Role.OFFICER))
    page.open(client)
    assert lines(page) == [
        "Hold: do not act without a call",
        "Agreed by two agencies",
        "Ring first: K. Osei, 07700 900461",
        "Boundary decision: wait",
        "Take back our word for hold",
    ]
    words = [
        one.text() for one in page.page.side.posture.findChildren(QWidget) if hasattr(one, "text")
    ]
    assert any("never grounds for a search" in one for one in words)


def test_who_was_never_on_the_programme_has_no_card(page: Page, office: Office) -> None:
    client = office.client("Croft")
    page.open(client)
    assert page.page.side.posture.isHidden()
    office.save("cohort", {"cohort": "demand_side", "started_on": "2026-11-01"}, client=client)
    page.open(client)
    page.page.refresh()
    page.settle()
    assert lines(page) == ["Standard"]


def test_asking_offers_only_what_may_count(page: Page, office: Office, team: Team) -> None:
    client = office.client("Croft")
    made = arrest(office, client)
    office.save(
        "note", {"happened_at": "2026-11-20T10:00", "headline": "He told me"}, client=client
    )
    said = {"happened_at": "2026-11-21T10:00", "headline": "Shared", "counts_for_pressure": "yes"}
    marked = office.save("note", said, client=client)
    page.open(client, form="posture")
    page.page.do("posture")
    page.settle()
    panel = page.page.panel
    assert panel is not None
    offered = panel.view.answers()["evidence"]
    assert isinstance(offered, list)
    assert len(offered) == 2
    assert not any("He told me" in str(one) for one in offered)
    page.fill(level="heightened", reason="Seen at three shops", until="2026-12-10")
    page.save()
    (ask,) = office.of(client, "posture")
    assert (ask.text("says"), ask.text("agency")) == ("asks", "Harbour")
    assert ask.answers["evidence_of"] == [link(made), link(marked)]
    assert level(office, client, team) == "standard"


def test_more_pressure_is_not_asked_for_without_a_record_that_may_count(
    page: Page, office: Office
) -> None:
    client = office.client("Croft")
    page.open(client)
    page.page.do("posture")
    page.settle()
    page.fill(level="heightened", reason="A feeling", until="2026-12-10")
    page.save()
    assert page.page.panel is not None
    assert office.of(client, "posture") == []
    page.fill(level="support_only")
    page.save()
    assert len(office.of(client, "posture")) == 1


def on_the_programme(office: Office, surname: str = "Croft") -> bytes:
    client = office.client(surname)
    office.save("cohort", {"cohort": "demand_side", "started_on": "2026-06-01"}, client=client)
    return client


def test_a_proposal_is_answered_by_asking_with_its_evidence_linked(
    page: Page, office: Office, team: Team
) -> None:
    client = on_the_programme(office)
    made = arrest(office, client)
    page.open(client)
    assert lines(page) == ["Standard", "Proposed: heightened"]
    page.page.side._of_posture(b"")
    page.settle()
    panel = page.page.panel
    assert panel is not None
    assert panel.view.answers()["level"] == "heightened"
    assert len(panel.view.answers()["evidence"]) == 1  # type: ignore[arg-type]
    page.fill(reason="Arrested again", until="2026-12-10")
    page.save()
    (ask,) = office.of(client, "posture")
    assert ask.answers["evidence_of"] == [link(made)]
    assert level(office, client, team) == "standard", "one agency alone turns nothing"
    page.open(client)
    assert "Proposed: heightened" not in lines(page)


def test_what_is_put_aside_on_the_board_leaves_it_and_can_be_taken_back(
    qtbot: QtBot, sign_in: SignIn, office: Office
) -> None:
    client = on_the_programme(office)
    made = arrest(office, client)
    desk = RowsDesk(qtbot, session := sign_in(Role.OFFICER), BoardsPage(session, QuietDialogs()))
    board = Place("boards", form="posture")
    desk.page.show_place(board)
    desk.settle()
    (row,) = desk.page.rows.rows.values()
    assert [one.text for one in row.item().answers] == ["Ask", "Put aside", "Open"]
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_P)
    desk.settle()
    panel = desk.page.panel
    assert panel is not None
    panel.save()
    desk.settle()
    assert not panel.problems.isHidden(), "nothing is put aside without a reason"
    panel.view.editor("reason").show_value("An old case")
    panel.view._edited("reason")
    panel.save()
    desk.settle()
    (aside,) = office.of(client, "posture_aside")
    assert aside.answers["evidence_of"] == [link(made)]
    (row,) = desk.page.rows.rows.values()
    assert [chip.text for chip in row.item().chips] == ["Put aside"]
    QTest.keyClick(row, Qt.Key.Key_U)
    desk.settle()
    desk.page.show_place(board)
    desk.settle()
    (row,) = desk.page.rows.rows.values()
    assert row.item().answers[0].text == "Ask"


def test_what_was_agreed_is_taken_back_from_the_card_with_words_and_falls(
    page: Page, office: Office, team: Team
) -> None:
    client = office.client("Croft")
    ask = asks(office, client)
    agreed = {"level": "heightened", "reason": "Seen at three shops", "until": "2026-12-10"}
    said = {**agreed, "says": "agrees", "agency": "Harbour", "acted_on": "2026-11-21"}
    office.save("posture", {**said, "agrees_with": link(ask)}, client=client)
    assert level(office, client, team) == "heightened"
    page.open(client)
    assert "Take back our word for heightened" in lines(page)
    page.page.side._of_posture(BACK)
    page.settle()
    panel = page.page.panel
    assert panel is not None
    assert panel.plan.act == "Take back"
    assert "What counts falls to the lower level" in str(panel.plan.says)
    assert panel.dot.isVisible(), "why must be said"
    page.save()
    assert not panel.problems.isHidden(), "not without saying why"
    page.fill(words="He came to every appointment since")
    page.save()
    assert level(office, client, team) == "standard"
    assert len(office.of(client, "posture")) == 3, "all three stay in the history"
    page.open(client)
    assert not any("Take back" in one for one in lines(page))


def test_who_asked_takes_it_back_on_the_board(
    qtbot: QtBot, sign_in: SignIn, office: Office
) -> None:
    client = office.client("Croft")
    ask = asks(office, client, agency="Harbour")
    desk = RowsDesk(qtbot, session := sign_in(Role.KEY_WORKER), BoardsPage(session, QuietDialogs()))
    desk.page.show_place(Place("boards", form="posture"))
    desk.settle()
    (row,) = desk.page.rows.rows.values()
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_T)
    desk.settle()
    panel = desk.page.panel
    assert panel is not None
    assert "What counts stays as it is." in str(panel.plan.says), "nobody had agreed yet"
    panel.view.editor("words").show_value("It was somebody else")
    panel.view._edited("words")
    panel.save()
    desk.settle()
    (no,) = [one for one in office.of(client, "posture") if one.text("says") == "says_no"]
    assert no.answers["declines"] == link(ask)
