# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A bundle taken in by mistake is taken back by keys alone, and says what goes and what stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.casework.records import WITHDRAWN
from tests.logged import logged
from tests.ui.crew import Crew, key, nameless, words_on
from tests.ui.test_sharing import client
from ui.kit.buttons import Button
from ui.pages.draft_places import place_of_draft
from ui.pages.importing import ImportPage
from ui.pages.importing_back import TakingBack
from ui.places import Place


@pytest.fixture
def visit(ann: Crew, grant: Crew) -> bytes:
    """The coordinator has taken in a client and a visit."""
    made = client(ann)
    visited = ann.laptop.save("visit", {"at": "2026-06-01T10:00"}, client=made)
    ann.exchange()
    grant.exchange()
    return visited


def open_list(crew: Crew) -> ImportPage:
    page = crew.show(ImportPage)
    page.back.setFocus()
    key(Qt.Key.Key_Space)
    crew.settle()
    return page


def plan(crew: Crew) -> ImportPage:
    """Choose the bundle that stands first, by the key the keyboard is on."""
    page = open_list(crew)
    key(Qt.Key.Key_Space)
    crew.settle()
    return page


def reason_on(page: ImportPage) -> QLineEdit:
    """Return the line a reason is typed in."""
    line = page.findChild(QLineEdit, "reason")
    assert isinstance(line, QLineEdit)
    return line


def test_what_was_taken_in_lately_is_listed_by_laptop_and_kind(grant: Crew, visit: bytes) -> None:
    page = open_list(grant)
    said = words_on(page)
    assert "Ann's laptop" in said
    assert "1 visit" in said
    assert not nameless(page)


def test_nothing_changes_before_a_reason_is_given(grant: Crew, visit: bytes) -> None:
    page = plan(grant)
    assert "It stays readable, as withdrawn" in words_on(page)
    assert reason_on(page).hasFocus()
    key(Qt.Key.Key_Return)
    grant.settle()
    assert "Say why it is taken back. Nothing was changed." in words_on(page)
    assert grant.laptop.record(visit).withdrawn is None


def test_with_a_reason_it_is_taken_back_and_the_page_says_so(grant: Crew, visit: bytes) -> None:
    page = plan(grant)
    reason_on(page).setText("The wrong person")
    key(Qt.Key.Key_Return)
    grant.settle()
    assert grant.laptop.answers(visit)[WITHDRAWN] == "The wrong person"
    assert "was taken back. The others learn it when you share." in page.notice.text()
    assert page.back.hasFocus()


def test_what_was_gone_on_from_stays_and_leads_to_its_client(
    grant: Crew, shah: Crew, visit: bytes
) -> None:
    shah.exchange()
    shah.laptop.save("visit", {"minutes": 20}, record=visit)
    shah.exchange()
    grant.exchange()
    page = open_list(grant)
    ann_s = next(one for one in page.findChildren(type(page.back)) if "Ann" in one.accessibleName())
    ann_s.click()
    grant.settle()
    said = words_on(page)
    assert "Somebody has gone on from it since." in said
    (entry,) = logged(grant.laptop.store, "consultation")
    assert entry.answers["clients"] == [grant.laptop.record(visit).client.hex()]
    panel = page.matters.panel
    assert isinstance(panel, TakingBack)
    assert not panel.act.isVisible()


def test_leaving_changes_nothing_and_comes_back_to_the_button(grant: Crew, visit: bytes) -> None:
    page = plan(grant)
    for _step in range(2):  # from the plan to the list, from the list to the page
        leave = [
            one
            for one in page.findChildren(type(page.back))
            if one.accessibleName() in {"Not now", "Back"}
        ]
        leave[0].click()
        grant.settle()
    assert page.back.hasFocus()
    assert grant.laptop.record(visit).withdrawn is None
    assert QApplication.focusWidget() is page.back


def test_with_not_now_the_keyboard_is_in_the_list_again(grant: Crew, visit: bytes) -> None:
    page = plan(grant)
    (leave,) = (one for one in page.findChildren(Button) if one.accessibleName() == "Not now")
    leave.click()
    grant.settle()
    focus = QApplication.focusWidget()
    assert isinstance(focus, Button)
    assert focus.accessibleName().startswith("Take back bundle")


def test_with_nothing_taken_in_the_list_says_what_will_stand_there(grant: Crew) -> None:
    page = open_list(grant)
    assert "The bundles you took in will stand here" in words_on(page)


def test_a_reason_typed_is_there_again_after_looking_elsewhere(grant: Crew, visit: bytes) -> None:
    page = plan(grant)
    QTest.keyClicks(reason_on(page), "The wrong person")
    grant.session.closing.emit()
    grant.settle()
    (draft,) = grant.laptop.store.drafts()
    assert draft.answers == {"reason": "The wrong person"}
    assert place_of_draft(draft.client, draft.form, draft.record) == Place("import")
    page = plan(grant)
    grant.settle()
    assert reason_on(page).text() == "The wrong person"
    key(Qt.Key.Key_Return)
    grant.settle()
    assert grant.laptop.answers(visit)[WITHDRAWN] == "The wrong person"
    assert not grant.laptop.store.drafts()


def test_what_somebody_wrote_on_meanwhile_is_said_and_comes_back_by_keys(
    grant: Crew, shah: Crew, visit: bytes
) -> None:
    shah.exchange()
    page = plan(grant)
    reason_on(page).setText("The wrong person")
    key(Qt.Key.Key_Return)
    grant.settle()
    made = grant.laptop.record(visit).client
    assert grant.laptop.record(made).withdrawn
    shah.laptop.save("visit", {"at": "2026-06-02T10:00"}, client=made)
    shah.exchange()
    grant.exchange()
    page = grant.show(ImportPage)
    page.show_place(Place("import"))
    grant.settle()
    strip = page.matters.crossed
    assert "1 record was withdrawn while somebody wrote on it." in words_on(strip)
    strip.wanted.emit()
    grant.settle()
    said = words_on(page)
    assert "withdrawn by A. Grant" in said
    assert "by PC R. Shah: 1 visit" in said
    assert not nameless(page)
    looked = logged(grant.laptop.store, "consultation")[-1].answers
    assert looked["clients"] == [made.hex()]
    key(Qt.Key.Key_Tab)  # from "Leave it", which changes nothing
    key(Qt.Key.Key_Space)
    grant.settle()
    assert "was brought back" in page.notice.text()
    assert grant.laptop.record(made).withdrawn is None
    assert grant.laptop.record(visit).withdrawn is None
    assert not page.matters.crossed.isVisible()
