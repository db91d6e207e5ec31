# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is set aside is told on Import with what to do, and tried again by a key."""

import pytest
from PySide6.QtCore import Qt

from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS
from tests.sync.test_after_cutoff import take_out
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from tests.ui.test_settling import open_page
from ui.kit.buttons import Button
from ui.pages.importing import ImportPage
from ui.pages.importing_aside import ASIDE, AsidePanel
from ui.pages.sharing import SharingPage
from ui.places import Place


@pytest.fixture
def share(ann: Crew) -> HostileShare:
    assert isinstance(ann.share, HostileShare)
    return ann.share


@pytest.fixture
def ahead(ann: Crew, grant: Crew, share: HostileShare) -> bytes:
    """Ann's clock is five days ahead; what she wrote was set aside at the coordinator's."""
    grant.four.everybody_exchanges()
    ann.laptop.skew_ms = 5 * DAY_MS
    visit = ann.laptop.save("visit", {"place": "ahead"})
    ann.exchange()
    grant.exchange()
    return visit


def aside(crew: Crew) -> ImportPage:
    """Open what is set aside by the key."""
    page = open_page(crew)
    (what,) = page.matters.aside.findChildren(Button)
    tab_to(page, what)
    key(Qt.Key.Key_Space)
    crew.settle()
    return page


def test_with_nothing_set_aside_nothing_is_said_of_it(grant: Crew) -> None:
    assert not open_page(grant).matters.aside.isVisible()


def test_it_is_told_who_why_what_is_safe_and_what_to_do(grant: Crew, ahead: bytes) -> None:
    page = open_page(grant)
    assert "set aside: nothing of" in words_on(page)
    said = words_on(aside(grant))
    assert "from Ann Lowe on Ann's laptop" in said
    assert "more than 24 hours in the future" in said
    assert "Nothing of it is in your casebook." in said
    assert "What is in it was not opened." in said
    assert "Have the clock of both laptops put right." in said
    assert "KB" in said
    sharing = words_on(grant.show(SharingPage).side)
    assert "from Ann Lowe on Ann's laptop" in sharing[sharing.index("Set aside") :]


def test_trying_again_says_what_still_cannot_come_in(grant: Crew, ahead: bytes) -> None:
    page = aside(grant)
    assert not nameless(page)
    key(Qt.Key.Key_Space)
    grant.settle()
    assert "still cannot. Nothing has been lost by it." in page.notice.text()
    assert not grant.laptop.answers(ahead)


def test_once_the_cause_is_cured_it_can_come_in_and_does(grant: Crew, ahead: bytes) -> None:
    page = aside(grant)
    grant.four.clock.later(5 * DAY_MS)
    key(Qt.Key.Key_Space)
    grant.settle()
    assert "can come in now" in page.notice.text()
    assert not grant.laptop.answers(ahead)
    page.take_in()
    grant.settle()
    assert grant.laptop.answers(ahead)
    assert not page.matters.aside.isVisible()


def test_what_a_laptop_wrote_after_it_was_taken_out_leads_to_team(
    ann: Crew, grant: Crew, shah: Crew, share: HostileShare
) -> None:
    grant.four.everybody_exchanges()
    take_out(grant.four, ann.laptop)
    ann.laptop.save("visit", {"place": "late"})
    ann.laptop.exchange(share)
    grant.exchange()
    page = aside(grant)
    assert "Decide on Team whether" in words_on(page)
    assert "the coordinator" not in words_on(page), "it is said to whoever that is"
    team = [one for one in page.findChildren(Button) if one.text().endswith("Open Team")]
    tab_to(page, team[0])
    key(Qt.Key.Key_Space)
    assert grant.went == [Place("team")]
    shah.exchange()
    assert "Only the coordinator can decide, on Team" in words_on(aside(shah))


def test_leaving_comes_back_to_the_page(grant: Crew, ahead: bytes) -> None:
    page = aside(grant)
    (back,) = [one for one in page.findChildren(Button) if one.accessibleName() == "Back"]
    back.click()
    grant.settle()
    assert page.matters.aside.isVisible()
    assert page.back.hasFocus()


def test_a_place_leads_straight_to_it(grant: Crew, ahead: bytes) -> None:
    page = grant.show(ImportPage)
    page.show_place(Place("import", form=ASIDE))
    grant.settle()
    assert isinstance(page.matters.panel, AsidePanel)
    assert "from Ann Lowe on Ann's laptop" in words_on(page)
