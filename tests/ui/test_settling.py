# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What only the coordinator can settle is said on Import, explained, and settled by keys alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from sync.share import FolderShare
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four
from tests.sync.test_rulings import forked
from tests.ui.crew import Crew, key, nameless, words_on
from tests.ui.test_sharing import client
from tests.ui.test_stick import plug_in
from ui.kit.buttons import Button
from ui.pages.importing import ImportPage
from ui.places import Place


@pytest.fixture
def share(ann: Crew) -> HostileShare:
    assert isinstance(ann.share, HostileShare)
    return ann.share


@pytest.fixture
def later(ann: Crew, grant: Crew, share: HostileShare) -> bytes:
    """One bundle of Ann's is lost, and the next waits for it at the coordinator's."""
    made = client(ann)
    ann.exchange()
    before = set(share.of(".bundle"))
    ann.laptop.save("visit", {"place": "lost"}, client=made)
    ann.exchange()
    (lost,) = set(share.of(".bundle")) - before
    visit = ann.laptop.save("visit", {"place": "later"}, client=made)
    ann.exchange()
    share.drop(lost)
    grant.exchange()
    return visit


def open_page(crew: Crew) -> ImportPage:
    page = crew.show(ImportPage)
    page.show_place(Place("import"))
    crew.settle()
    return page


def settle(crew: Crew) -> ImportPage:
    page = open_page(crew)
    page.matters.open.findChildren(Button)[0].setFocus()
    key(Qt.Key.Key_Space)
    crew.settle()
    return page


def reason_on(page: ImportPage) -> QLineEdit:
    """Return the line a reason is typed in."""
    line = page.findChild(QLineEdit, "reason")
    assert isinstance(line, QLineEdit)
    return line


def test_a_page_with_nothing_open_says_nothing_of_it(grant: Crew) -> None:
    assert not open_page(grant).matters.open.isVisible()


def test_a_missing_bundle_is_named_with_what_waits_for_it(grant: Crew, later: bytes) -> None:
    page = open_page(grant)
    assert page.matters.open.isVisible()
    assert "not arrived yet. Ask that laptop's owner to share again" in page.matters.open.text()
    page = settle(grant)
    said = words_on(page)
    assert "from Ann Lowe on Ann's laptop has not arrived" in said
    assert "1 bundle waits for it." in said
    assert not nameless(page)


def test_what_lies_on_the_stick_in_front_of_somebody_is_not_said_to_be_missing(
    ann: Crew, grant: Crew, later: bytes, tmp_path: Path
) -> None:
    stick = tmp_path / "Red stick"
    stick.mkdir()
    ann.laptop.exchange(FolderShare(stick))
    page, panel = plug_in(grant, stick)
    said = words_on(page)
    assert " is on it. 1 bundle waits for it." in said
    assert "not arrived yet" not in said
    panel.closed.emit()
    grant.settle()
    assert "not arrived yet" in words_on(page), "the stick is not in front of anybody now"


def test_giving_up_asks_why_and_changes_nothing_without(grant: Crew, later: bytes) -> None:
    page = settle(grant)
    key(Qt.Key.Key_Space)
    grant.settle()
    assert reason_on(page).hasFocus()
    key(Qt.Key.Key_Return)
    assert "Say why it is given up. Nothing was changed." in words_on(page)
    assert grant.laptop.seat.roster.waivers == ()


def test_what_was_given_up_lets_the_rest_in_and_the_team_reads_why(
    grant: Crew, shah: Crew, later: bytes
) -> None:
    page = settle(grant)
    key(Qt.Key.Key_Space)
    grant.settle()
    reason_on(page).setText("The laptop fell into the harbour")
    key(Qt.Key.Key_Return)
    grant.settle()
    assert "The others learn it when you share." in page.notice.text()
    grant.exchange()
    assert grant.laptop.answers(later)["place"] == "later"
    grant.settle()
    assert not page.matters.open.isVisible()
    shah.exchange()
    assert shah.laptop.answers(later)["place"] == "later"
    (waiver,) = shah.laptop.seat.roster.waivers
    assert waiver.words == "The laptop fell into the harbour"
    assert waiver.first == waiver.last


def test_leaving_settles_nothing(grant: Crew, later: bytes) -> None:
    page = settle(grant)
    key(Qt.Key.Key_Space)
    grant.settle()
    for name in ("Not now", "Back"):
        buttons = page.findChildren(Button)
        next(one for one in buttons if one.accessibleName() == name).click()
        grant.settle()
    assert page.back.hasFocus()
    assert grant.laptop.seat.roster.waivers == ()


def test_a_laptop_that_wrote_twice_is_explained_and_both_are_kept(
    grant: Crew, four: Four, share: HostileShare, tmp_path: Path
) -> None:
    clone, one, other = forked(four, share, tmp_path)
    grant.exchange()
    page = settle(grant)
    assert "Ann Lowe on Ann's laptop wrote bundle" in words_on(page)
    for _step in ("decide", "keep both"):
        key(Qt.Key.Key_Space)
        grant.settle()
    assert "both are kept" in page.notice.text()
    for _turn in range(2):
        clone.exchange(share)
        grant.exchange()
    assert grant.laptop.answers(one)
    assert grant.laptop.answers(other)
    assert not page.matters.open.isVisible()
    clone.close()


def test_why_it_is_given_up_is_kept_when_the_casebook_locks(grant: Crew, later: bytes) -> None:
    page = settle(grant)
    key(Qt.Key.Key_Space)
    grant.settle()
    QTest.keyClicks(reason_on(page), "Fell into the harbour")
    grant.session.closing.emit()  # as a lock does, with nothing asked and no time to wait
    grant.settle()
    (draft,) = grant.laptop.store.drafts()
    assert draft.answers == {"reason": "Fell into the harbour"}
