# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Every panel an answer or an act opens: the keyboard is in it, and Esc leaves no word behind."""

import shutil
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.forms import FieldType
from desktop_app.casework.people import Role
from storage import reads
from tests.ui.conftest import SignIn
from tests.ui.desk import Desk
from tests.ui.file_desk import Page
from tests.ui.kit.samples import focus, press
from tests.ui.office import Office, OfficeClock
from ui.made_up import make_team
from ui.pages.boards import BoardsPage
from ui.pages.client import ClientPage
from ui.pages.client_actions import buttons, menu
from ui.pages.client_choosing import DOES as OF_CHOOSING
from ui.pages.client_posture import DOES as OF_POSTURE
from ui.pages.form_panel import FormPanel
from ui.pages.today import TodayPage
from ui.pages.today_doing import OPEN
from ui.places import Place

WORDS = "Quite so"
AT_LEAST = 15
"""So many panels a role opens at least: a walk that opens none has tried nothing."""


class Walk:
    """Somebody who opens everything that can be opened, in the made-up team."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.tried: set[str] = set()

    def go(self, place: Place) -> QWidget:
        self.desk.book.frame.go_to(place)
        self.desk.settle()
        assert QApplication.activeWindow() is self.desk.window, "a window of its own was opened"
        return self.desk.book.frame.page(place.page)

    def opens(self, place: Place, code: str, key: str = "") -> FormPanel | None:
        """Give a row an answer, or do something for a client; return the panel that opened."""
        page = self.go(place)
        assert isinstance(page, BoardsPage | TodayPage | ClientPage)
        if isinstance(page, ClientPage):
            page.do(code)
        elif key in page.rows.rows:
            page.rows.answered.emit(key, code)
        self.desk.settle()
        at = self.desk.book.frame.place
        if at is None or at.page != place.page:
            self.tried.add(code)  # it leads to a page of its own
            return None
        return page.panel

    def ways(self) -> Iterator[tuple[Place, str, str]]:
        """Yield every answer there is once, and every act for some clients until one opens it."""
        boards = self.desk.book.frame.page("boards")
        assert isinstance(boards, BoardsPage)
        for place in (Place("today"), *(Place("boards", form=one) for one in boards.boards)):
            page = self.go(place)
            assert isinstance(page, BoardsPage | TodayPage)
            for key, row in list(page.rows.rows.items()):
                for code in [one.code for one in row.item().answers if one.code != OPEN]:
                    if code not in self.tried:
                        self.tried.add(code)
                        yield place, code, key
        acts = (*(one.code for one in (*buttons(), *menu())), *OF_CHOOSING, *OF_POSTURE)
        asked = self.desk.book.session.work(lambda store: reads.records(store, form="cohort"))
        for client in dict.fromkeys(one.client for one in asked.result()[:2]):
            for code in [one for one in acts if one not in self.tried]:
                yield Place("client", client), code, ""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up team with everybody whose story has a loose end."""
    place = tmp_path_factory.mktemp("panels") / "town"
    make_team(place, today=date(2026, 11, 23), clients=11, months=3)
    return place


@pytest.fixture
def walk(
    town: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication, look: None
) -> Iterator[Walk]:
    """Return somebody in front of a copy of that team."""
    shutil.copytree(town, tmp_path / "town")
    desk = Desk(qtbot, qapp, tmp_path / "town", OfficeClock())
    yield Walk(desk)
    desk.close()


def is_in(panel: FormPanel) -> bool:
    """Say whether the keyboard is in a panel."""
    here = QApplication.focusWidget()
    return here is not None and panel.isAncestorOf(here)


def holds(panel: FormPanel, name: str) -> bool:
    """Say whether what was typed has come back."""
    return WORDS in str(panel.view.answers().get(name))


def typed_into(panel: FormPanel) -> str:
    """Type words where a panel asks for some; return the question, empty where it has none."""
    rows = [row for row in panel.view.rows.values() if row.isVisible()]
    free = [row for row in rows if row.field.type is FieldType.TEXT]
    if not free:
        return ""
    free[0].editor.setFocus()
    QTest.keyClicks(focus(), WORDS)
    return free[0].field.name


@pytest.mark.parametrize("role", [Role.OFFICER, Role.NURSE])
def test_the_keyboard_is_in_every_panel_and_esc_leaves_without_losing_a_word(
    walk: Walk, qtbot: QtBot, role: Role
) -> None:
    walk.desk.sign_in(role=role)
    walk.desk.window.resize(1366, 768)
    seen: list[str] = []
    for place, code, key in walk.ways():
        panel = walk.opens(place, code, key)
        if panel is None:
            continue
        walk.tried.add(code)
        seen.append(code)
        qtbot.waitUntil(partial(is_in, panel))
        name = typed_into(panel)
        press(Qt.Key.Key_Escape)
        walk.desk.settle()
        again = walk.opens(place, code, key)
        assert again is not None, code
        assert again is not panel, code
        if name:
            qtbot.waitUntil(partial(holds, again, name))
        again.end()
        walk.desk.settle()
    assert len(seen) >= AT_LEAST, seen


@pytest.mark.parametrize("size", [(1366, 768), (1178, 690), (1093, 530), (700, 530)])
def test_a_removal_opens_at_its_top_with_the_keyboard_on_its_first_question(
    qtbot: QtBot, sign_in: SignIn, office: Office, size: tuple[int, int]
) -> None:
    client = office.client(born="1990-05-01")
    place = {"cohort": "demand_side", "started_on": "2026-10-01"}
    office.save("cohort", place, client=client)
    office.save("setting", {"setting": "deceased", "from_on": "2026-11-20"}, client=client)
    officer = Page(qtbot, sign_in(Role.OFFICER))
    officer.page.resize(*size)
    officer.open(client, form="removal")
    panel = officer.page.panel
    assert panel is not None
    qtbot.waitUntil(lambda: panel.view.at_field() == "from")
    officer.settle()
    assert focus().visibleRegion().boundingRect() == focus().rect()
    assert panel._questions._area.verticalScrollBar().value() == 0


def test_the_keyboard_is_somewhere_on_a_page_with_nothing_on_it_and_back_on_today(
    walk: Walk, qtbot: QtBot
) -> None:
    walk.desk.sign_in(role=Role.COORDINATOR)
    for page in ("today", "twice", "today", "twice", "today"):
        walk.go(Place(page))
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
