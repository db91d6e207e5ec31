# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Postures for scrutiny: shown by reference, logged before it leaves, for the coordinator."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role, Team
from desktop_app.casework.records import link
from desktop_app.casework.reference import reference
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.conftest import SignIn
from tests.ui.office import OSEI, SHAH, Office, small_team
from tests.ui.watched import words_shown
from ui.pages.boards import BoardsPage
from ui.pages.scrutiny import COMPARED, DECIDED, TURNS, ScrutinyPage, ScrutinyPanel
from ui.places import Place
from ui.session import Session


@pytest.fixture
def team() -> Team:
    """Return the small team, two of them from agencies of their own."""
    known = small_team()
    of = {OSEI: "Harbour", SHAH: "Police"}
    people = {who: replace(one, agency=of.get(who, "Else")) for who, one in known.persons.items()}
    return replace(known, persons=people)


def on_hold(office: Office) -> bytes:
    """Write a turn of somebody and return who it is."""
    client = office.client("Quillfeather", "Zebedee")
    said = {"level": "hold", "reason": "Zebedee is ill", "until": "2026-12-10"}
    asked = {**said, "says": "asks", "acted_on": "2026-11-10", "agency": "Police"}
    ask = office.colleague(SHAH, "posture", asked, client=client)
    agreed = {**said, "says": "agrees", "acted_on": "2026-11-11", "agency": "Harbour"}
    office.save("posture", {**agreed, "agrees_with": link(ask)}, client=client)
    return client


def shown(qtbot: QtBot, session: Session, dialogs: QuietDialogs) -> ScrutinyPage:
    """Show the page and wait until it knows."""
    page = ScrutinyPage(session, dialogs)
    qtbot.addWidget(page)
    page.resize(1178, 640)
    page.show()
    page.show_place(Place("scrutiny"))
    qtbot.waitUntil(lambda: page.found is not None and not session.busy)
    return page


def in_sight(page: ScrutinyPage) -> list[str]:
    """Return which part is shown, as a table or as what is said where there is nothing."""
    parts = (*page.tables.items(), *page.nothing.items())
    return [name for name, one in parts if one.isVisible()]


def test_it_is_shown_by_reference_and_logged_before_it_leaves(
    qtbot: QtBot, sign_in: SignIn, office: Office, tmp_path: Path
) -> None:
    client = on_hold(office)
    session, dialogs = sign_in(Role.COORDINATOR), QuietDialogs()
    page = shown(qtbot, session, dialogs)
    went: list[Place] = []
    page.go.connect(went.append)
    row = page.tables[TURNS].source.spoken(0)
    assert reference(client) in row
    assert "Standard to hold" in row
    assert "Zebedee" not in row
    assert "never grounds for a search" in words_shown(page)
    seen = [one.answers for one in logged(office.store) if one.form == "consultation"]
    assert seen[-1]["clients"] == [client.hex()]
    assert page.minimumSizeHint().height() < 400, "it fits a small window"
    for part in (COMPARED, DECIDED, TURNS):
        page.part.set_value(part)
        page._choose(part)
        assert in_sight(page) == [part]
    page.tables[TURNS].setCurrentIndex(page.tables[TURNS].source.index(0, 0))
    QTest.keyClick(page.tables[TURNS], Qt.Key.Key_Return)
    assert went[-1].client == client
    page.act.click()
    panel = page.beside.panel
    assert isinstance(panel, ScrutinyPanel)
    for name, words in (("recipient", "Scrutiny panel"), ("reason", "Yearly look")):
        panel.view.editor(name).show_value(words)
        panel.view._edited(name)
    dialogs.answers["save_file"] = tmp_path / "postures.html"
    panel.format.set_value("html")
    panel.save()
    qtbot.waitUntil(lambda: (tmp_path / "postures.html").exists() and not session.busy)
    left = [one for one in logged(office.store) if one.form == "export"]
    assert left[-1].answers["what"] == "report"
    written = (tmp_path / "postures.html").read_text()
    assert reference(client) in written
    assert "Quillfeather" not in written
    assert "Yearly look" in written
    assert "Zebedee" not in words_shown(page)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.KEY_WORKER])
def test_the_coordinator_comes_to_it_from_the_board(
    qtbot: QtBot, sign_in: SignIn, role: Role
) -> None:
    page = BoardsPage(sign_in(role), QuietDialogs())
    qtbot.addWidget(page)
    page.show()
    went: list[Place] = []
    page.go.connect(went.append)
    page.show_board("posture")
    assert page.card.look.isVisible() == (role == Role.COORDINATOR)
    page.card.look.click()
    assert went == [Place("scrutiny")]
    page.show_board("removal")
    assert page.card.look.isHidden()
