# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client page: what happened, and what comes next."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import WITHDRAWN
from tests.ui.conftest import SignIn
from tests.ui.file_desk import TODAY, Page, account, visit
from tests.ui.office import BELLO, OSEI, SHAH, Office
from ui.kit.timeline_entry import spoken
from ui.pages.client_timeline import PAGE
from ui.places import Place
from ui.session import Session


def test_a_joint_visit_is_one_entry_with_each_account_named(page: Page, office: Office) -> None:
    client = office.client()
    joint = visit(office, client, "2026-11-20T10:00", OSEI, SHAH)
    account(office, client, joint, "She was well.")
    account(office, client, joint, "No police matter.", SHAH)
    page.open(client)
    assert page.titles() == ["Joint home visit"]
    body = page.entry("Joint").body
    assert "K. Osei: She was well." in body
    assert "PC R. Shah: No police matter." in body


def test_an_account_that_has_left_is_sealed(page: Page, office: Office) -> None:
    client = office.client()
    one = visit(office, client, "2026-11-20T10:00")
    account(office, client, one, "She was well.")
    page.open(client)
    assert "Sealed" not in page.chips_of("Home visit")
    office.share()
    page.open(client)
    assert "Sealed" in page.chips_of("Home visit")


def test_my_missing_account_is_asked_for(page: Page, office: Office) -> None:
    client = office.client()
    joint = visit(office, client, "2026-11-20T10:00", OSEI, SHAH)
    account(office, client, joint, "No police matter.", SHAH)
    page.open(client)
    assert "Your account is missing" in page.chips_of("Joint home visit")


def test_filters_show_one_lane(page: Page, office: Office) -> None:
    client = office.client()
    visit(office, client, "2026-11-20T10:00")
    office.save("setting", {"setting": "community", "from_on": "2026-11-01"}, client=client)
    office.save("need", {"domain": "housing", "what": "Form", "raised_on": TODAY}, client=client)
    page.open(client)
    assert len(page.titles()) == 3
    page.filter("custody")
    assert page.titles() == ["In the community"]
    page.filter("treatment")
    assert page.titles() == []
    assert page.page.timeline._none.isVisible()


def test_entries_stand_under_their_months(page: Page, office: Office) -> None:
    client = office.client()
    visit(office, client, "2026-10-20T10:00")
    visit(office, client, "2026-11-20T10:00")
    page.open(client)
    headings = [row for row in page.page.timeline.list.items.rows if isinstance(row, str)]
    assert headings == ["November 2026", "October 2026"]


def test_two_hundred_are_shown_and_older_ones_on_request(page: Page, office: Office) -> None:
    client = office.client()
    for number in range(PAGE + 5):
        visit(office, client, f"2026-{1 + number // 28:02d}-{1 + number % 28:02d}T10:00")
    page.open(client)
    assert len(page.entries()) == PAGE
    assert page.page.timeline.older.isVisible()
    page.page.timeline.older.click()
    page.settle()
    assert len(page.entries()) == PAGE + 5
    assert not page.page.timeline.older.isVisible()


def test_what_is_still_to_come_stands_under_next_only(page: Page, office: Office) -> None:
    client = office.client()
    visit(office, client, "2026-11-26T10:00", state="planned", outcome=None)
    page.open(client)
    assert page.titles() == []
    assert page.next_titles() == ["Home visit"]


def test_two_answers_wear_a_chip_on_entry_and_banner(page: Page, office: Office) -> None:
    client = office.client()
    need = office.save(
        "need", {"domain": "housing", "what": "Form", "raised_on": TODAY}, client=client
    )
    office.colleague(SHAH, "need", {"what": "Flat"}, client=client, record=need, saw=False)
    page.open(client)
    assert "1 record has two answers" in page.chips()
    assert any("Two answers" in [chip.text for chip in one.chips] for one in page.entries())


def test_a_withdrawn_record_is_off_the_timeline_but_can_be_found(
    page: Page, office: Office
) -> None:
    client = office.client()
    gone = visit(office, client, "2026-11-20T10:00")
    office.save("visit", {WITHDRAWN: "Wrong client"}, client=client, record=gone)
    page.open(client)
    assert page.titles() == []
    page.filter("withdrawn")
    assert page.chips_of("Home visit")[0] == "Withdrawn"
    assert page.entry("Home visit").body == "Withdrawn: Wrong client"


def test_my_draft_stands_on_top_and_leads_back(
    page: Page, office: Office, session: Session
) -> None:
    client = office.client()
    session.keep_draft("note", {"note": "Rang twice"}, client=client)
    page.open(client)
    assert page.titles() == ["Case note"]
    assert page.chips_of("Case note") == ["Draft, only on this laptop"]
    page.page.timeline.list.opened.emit(page.entries()[0].record)
    assert page.went == [Place("record", client=client, form="note")]


def test_health_says_who_it_is_kept_from(office: Office, sign_in: SignIn, qtbot: QtBot) -> None:
    client = office.client()
    office.colleague(
        BELLO,
        "clinical_note",
        {"happened_at": "2026-11-20T10:00", "about": "wound", "note": "Healing."},
        client=client,
    )
    page = Page(qtbot, sign_in(Role.NURSE))
    page.open(client)
    assert "Health: not shared with police" in page.chips_of("Clinical note")


def test_each_entry_is_spoken_as_one_sentence(page: Page, office: Office) -> None:
    client = office.client()
    one = visit(office, client, "2026-11-20T10:00")
    account(office, client, one, "She was well.")
    page.open(client)
    said = spoken(page.entry("Home visit"))
    assert said == "Home visit. Seen. Fri 20 Nov, 10:00. K. Osei. She was well."


def test_enter_opens_the_record(page: Page, office: Office) -> None:
    client = office.client()
    one = visit(office, client, "2026-11-20T10:00")
    page.open(client)
    listed = page.page.timeline.list
    listed.choose(one)
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert page.went == [Place("record", client=client, record=one)]


def test_what_a_colleague_wrote_shows_without_asking(
    page: Page, office: Office, session: Session
) -> None:
    client, other = office.client(), office.client("Bell")
    page.open(client)
    visit(office, client, "2026-11-20T10:00")
    session.changed.emit(frozenset({other}))
    assert not session.busy
    session.changed.emit(frozenset({client}))
    page.settle()
    assert page.titles() == ["Home visit"]


def test_next_stands_in_order_and_what_is_late_says_so(page: Page, office: Office) -> None:
    client = office.client()
    visit(office, client, "2026-11-26T10:00", state="planned", outcome=None)
    office.save(
        "appointment",
        {"kind": "nurse", "booked_for": "2026-11-20T10:00", "state": "booked"},
        client=client,
    )
    office.save(
        "setting",
        {
            "setting": "sentenced",
            "place_prison": "zz_eastmoor",
            "from_on": "2026-11-01",
            "expected_release_on": "2026-12-02",
            "release_certainty": "likely",
        },
        client=client,
    )
    page.open(client)
    assert page.next_titles() == ["Nurse appointment", "Home visit", "Release from HMP Eastmoor"]
    assert page.page.side.next.lines[0].item.beneath.startswith("Not answered yet")
    page.page.side.next.lines[1].click()
    assert page.went[-1].page == "record"


def test_open_needs_stand_with_their_day(page: Page, office: Office) -> None:
    client = office.client()
    late = {"domain": "housing", "what": "Form", "owner": OSEI, "raised_on": "2026-11-01"}
    office.save("need", {**late, "due_on": "2026-11-20"}, client=client)
    office.save("need", {**late, "done_on": TODAY, "outcome": "met"}, client=client)
    page.open(client)
    (line,) = page.page.side.needs.lines
    assert line.item.title == "Form"
    assert line.item.late


def test_gaps_count_what_the_guide_asks(page: Page, office: Office) -> None:
    client = office.client()
    office.colleague(
        SHAH, "cohort", {"cohort": "demand_side", "started_on": "2026-05-01"}, client=client
    )
    page.open(client)
    assert page.page.side.gaps.isVisible()
    assert page.page.side.gaps._meter.accessibleName() == "3 of 4 answered"
    page.page.side.gaps.wanted.emit(("client", client, "born"))
    assert page.went == [Place("record", client=client, record=client, form="client")]
