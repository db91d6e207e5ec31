# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The return to national treatment monitoring: what it lacks, and the file."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.office import BELLO, LOWE, Office
from tests.ui.watched import words_shown
from ui.pages.ndtms import ReturnPage, ReturnPanel
from ui.places import Place
from ui.session import Session


def shown(qtbot: QtBot, session: Session, dialogs: QuietDialogs) -> ReturnPage:
    """Show the page and wait until it knows what is missing."""
    page = ReturnPage(session, dialogs)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.show_place(Place("ndtms"))
    qtbot.waitUntil(lambda: page.due is not None and not session.busy)
    return page


def in_treatment(office: Office, client: bytes) -> None:
    run = {"accepted_on": "2026-10-05", "status": "on_going"}
    office.colleague(LOWE, "treatment", run, client=client)


def agreed(office: Office, client: bytes) -> None:
    said = {"agrees": "yes", "asked_on": "2026-10-06"}
    office.colleague(LOWE, "reporting_consent", said, client=client)


def filled_in(office: Office, client: bytes) -> None:
    weeks = {"filled_on": "2026-10-20", "stage": "start", "pack": "four_weeks", "version": "1"}
    office.colleague(BELLO, "outcome_form", {**weeks, "answers": {"alcohol": 12}}, client=client)


def test_a_return_says_what_it_lacks_and_is_logged_before_it_is_written(
    qtbot: QtBot, sign_in: Callable[[str], Session], office: Office, tmp_path: Path
) -> None:
    lee = office.client("Quillfeather", "Zebedee", born="1989-03-14", gender="man")
    in_treatment(office, lee)
    session, dialogs = sign_in(Role.COORDINATOR), QuietDialogs()
    page = shown(qtbot, session, dialogs)
    went: list[Place] = []
    page.go.connect(went.append)
    assert "QUILLFEATHER" in page.table.source.spoken(0)
    seen = [one.answers for one in logged(office.store) if one.form == "consultation"]
    assert seen[-1]["clients"] == [lee.hex()]
    page.table.setCurrentIndex(page.table.source.index(0, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert went[-1].client == lee
    agreed(office, lee)
    filled_in(office, lee)
    page.refresh()
    qtbot.waitUntil(lambda: not session.busy)
    assert "1 episode goes into it." in words_shown(page)
    page.agency.setText("ab12")
    page.act.click()
    panel = page.beside.panel
    assert isinstance(panel, ReturnPanel)
    for name, words in (("recipient", "The regional team"), ("reason", "Monthly return")):
        panel.view.editor(name).show_value(words)
        panel.view._edited(name)
    place = tmp_path / "AB12-20261001-20261031-TREAT-IN-K.csv"
    dialogs.answers["save_file"] = place
    late = office.client("Late", "Ada", born="1990-01-02", gender="woman")
    in_treatment(office, late)
    agreed(office, late)
    panel.save()
    qtbot.waitUntil(place.exists)
    qtbot.waitUntil(lambda: not session.busy)
    # nobody is sent of whom it was not logged
    (line,) = csv.DictReader(StringIO(place.read_text(encoding="utf-8")))
    assert (line["DOB"], line["ALCUSE"], line["EDUCAT"]) == ("14/03/1989", "12", "NA")
    (left,) = (one for one in logged(office.store) if one.form == "export")
    assert (left.answers["what"], left.answers["clients"]) == ("report", [lee.hex()])


def test_a_code_that_is_none_is_told_and_nothing_opens(
    qtbot: QtBot, sign_in: Callable[[str], Session], office: Office, trouble: list[str]
) -> None:
    session = sign_in(Role.COORDINATOR)
    page = shown(qtbot, session, QuietDialogs())
    page.agency.setText("?")
    page.act.click()
    assert page.beside.panel is None
    assert "agency's code" in trouble[0]


def test_it_says_which_columns_are_empty_to_whoever_holds_health_and_to_others(
    qtbot: QtBot, sign_in: Callable[[str], Session], office: Office
) -> None:
    said = {
        role: words_shown(shown(qtbot, sign_in(role), QuietDialogs()))
        for role in (Role.NURSE, Role.OFFICER)
    }
    assert "only answers that are the same measure go into it" in said[Role.NURSE]
    assert "this laptop does not hold it" in said[Role.OFFICER]
    assert all("substances and offending, is empty" in one for one in said.values())
