# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client page: who it is, what to beware of, what happened, what comes next."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import WITHDRAWN, Json, link
from desktop_app.casework.reference import reference
from storage import reads
from tests.dialogs import QuietDialogs
from tests.ui.conftest import SignIn
from tests.ui.office import BELLO, LUND, OSEI, SHAH, Office
from ui.kit.chip import Chip
from ui.kit.notice import Notice
from ui.kit.timeline import TimelineItem, spoken
from ui.pages.client import ClientPage
from ui.pages.client_taking_out import TakingOutPanel
from ui.pages.client_timeline import PAGE
from ui.places import Place
from ui.session import Session

TODAY = "2026-11-23"
CTRL = Qt.KeyboardModifier.ControlModifier


class Page:
    """The page of one client."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = ClientPage(session, QuietDialogs())
        self.went: list[Place] = []
        self.page.go.connect(self.went.append)
        qtbot.addWidget(self.page)
        self.page.resize(1178, 690)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def open(self, client: bytes, form: str | None = None) -> None:
        self.page.show_place(Place("client", client=client, form=form))
        self.settle()

    def chips(self) -> list[str]:
        return [chip.text() for chip in self.page.banner.findChildren(Chip)]

    def entries(self) -> list[TimelineItem]:
        rows = self.page.timeline.list.items.rows
        return [row for row in rows if isinstance(row, TimelineItem)]

    def titles(self) -> list[str]:
        return [one.title for one in self.entries()]

    def entry(self, title: str) -> TimelineItem:
        return next(one for one in self.entries() if one.title.startswith(title))

    def chips_of(self, title: str) -> list[str]:
        return [chip.text for chip in self.entry(title).chips]

    def filter(self, code: str) -> None:
        assert self.page.timeline.filters is not None
        self.page.timeline.filters._choose(code)

    def actions(self) -> list[str]:
        buttons = [one.accessibleName() for one in self.page._actions._items]
        return buttons + [one.text() for one in self.page._actions._own]

    def next_titles(self) -> list[str]:
        return [line.item.title for line in self.page.next.lines]

    def fill(self, **answers: Json) -> None:
        """Answer questions of the open panel."""
        panel = self.page.panel
        assert panel is not None
        for name, value in answers.items():
            panel.view.editor(name).show_value(value)
            panel.view._edited(name)

    def save(self) -> None:
        assert self.page.panel is not None
        self.page.panel.save()
        self.settle()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Page:
    return Page(qtbot, session)


def alert(office: Office, client: bytes, **more: Json) -> bytes:
    answers: dict[str, Json] = {
        "headline": "Dog loose in the yard",
        "about": "dog",
        "how_to_visit": "two",
        "set_on": TODAY,
        "review_on": "2027-01-30",
        **more,
    }
    return office.colleague(SHAH, "alert", answers, client=client)


def visit(office: Office, client: bytes, at: str, *people: str, **more: Json) -> bytes:
    answers: dict[str, Json] = {
        "at": at,
        "state": "done",
        "outcome": "seen",
        "kind": "home",
        "people": list(people) or [OSEI],
        **more,
    }
    return office.save("visit", answers, client=client)


def account(office: Office, client: bytes, of: bytes, note: str, who: str = OSEI) -> bytes:
    answers: dict[str, Json] = {"visit": link(of), "seen": "seen", "note": note}
    if who == OSEI:
        return office.save("account", answers, client=client)
    return office.colleague(who, "account", answers, client=client)


def stands_by(office: Office, client: bytes, since: str = "2026-11-01") -> bytes:
    return office.save(
        "assignment", {"duty": "key_worker", "worker": OSEI, "from_on": since}, client=client
    )


# Who it is


def test_the_banner_says_who_it_is(page: Page, office: Office) -> None:
    client = office.client("Marsh", "Daniel", known_as="Danny", born="1989-03-14", gender="man")
    page.open(client)
    assert page.page.banner.name.text() == "MARSH, Daniel"
    said = page.page.banner.accessibleName()
    assert "Known as Danny" in said
    assert "Born 14 Mar 1989 (37y)" in said
    assert f"Ref {reference(client)}" in said


def test_what_is_not_known_is_said(page: Page, office: Office) -> None:
    page.open(office.client())
    assert "Born Not known" in page.page.banner.accessibleName()
    assert "Setting not recorded" in page.chips()


def test_targeting_and_support_stand_apart(page: Page, office: Office) -> None:
    client = office.client()
    office.colleague(
        SHAH,
        "cohort",
        {"cohort": "demand_side", "started_on": "2026-05-01", "ended_on": "2026-11-03"},
        client=client,
    )
    office.save("support", {"started_on": "2026-05-04"}, client=client)
    page.open(client)
    assert "Targeting ended Tue 03 Nov" in page.chips()
    assert "Support since Mon 04 May" in page.chips()


def test_custody_takes_neither_support_nor_the_key_worker(page: Page, office: Office) -> None:
    client = office.client()
    stands_by(office, client)
    office.save("support", {"started_on": "2026-05-04"}, client=client)
    page.open(client, form="setting")
    assert page.page.panel is not None
    said = [one.text() for one in page.page.panel.findChildren(Notice)]
    assert "Support goes on, and K. Osei stays key worker, wherever they are." in said
    page.fill(setting="remand", place_prison="zz_eastmoor")
    page.save()
    assert "In custody: HMP Eastmoor" in page.chips()
    assert "Support since Mon 04 May" in page.chips()
    assert ("Key worker", "K. Osei") in page.page.file.contact.facts  # type: ignore[union-attr]


def test_another_client_of_the_same_name_is_said(page: Page, office: Office) -> None:
    client = office.client("Marsh", "Daniel")
    office.client("Marsh", "Daniel")
    page.open(client)
    assert page.chips()[0] == "Another client has this name"


def test_somebody_else_is_shown_at_once_without_a_trace(page: Page, office: Office) -> None:
    first, second = office.client("Marsh", "Daniel"), office.client("Croft", "Leanne")
    visit(office, first, "2026-11-20T10:00")
    page.open(first)
    page.page.show_place(Place("client", client=second))
    assert not page.page.banner.isVisible()
    assert page.entries() == []
    page.settle()
    assert page.page.banner.name.text() == "CROFT, Leanne"


def test_a_client_this_laptop_does_not_hold_is_said_so(page: Page) -> None:
    page.open(b"n" * 16)
    assert page.page._nobody.isVisible()
    assert not page.page.timeline.isVisible()


# What to beware of


def test_the_gravest_alert_stands_above_everything(page: Page, office: Office) -> None:
    client = office.client()
    alert(office, client, headline="Needles on the stairs", how_to_visit="as_usual")
    alert(office, client)
    page.open(client)
    assert page.page.alert.isVisible()
    said = page.page.alert.accessibleName()
    assert "Do not visit alone. Dog loose in the yard." in said
    assert "Set by PC R. Shah, Mon 23 Nov" in said
    assert page.page.alert._all.text() == "All alerts (2)"
    page.page.alert.opened.emit()
    assert len(page.entries()) == 2
    assert all("Safety alert" in title for title in page.titles())


def test_one_alert_opens_by_itself(page: Page, office: Office) -> None:
    client = office.client()
    record = alert(office, client)
    page.open(client)
    page.page.alert.opened.emit()
    assert page.went == [Place("record", client=client, record=record)]


def test_an_ended_alert_is_not_shown(page: Page, office: Office) -> None:
    client = office.client()
    alert(office, client, ended_on=TODAY, ended_because="Dog has gone")
    page.open(client)
    assert not page.page.alert.isVisible()


def test_safe_contact_stands_before_address_and_phone(page: Page, office: Office) -> None:
    client = office.client(
        may_ring="yes", may_leave_message="no", phone="07700 900318", address_1="3 Quay Street"
    )
    page.open(client)
    shown = page.page.contact.findChildren(QWidget)
    named = {one.accessibleName(): one.mapTo(page.page, one.rect().topLeft()).y() for one in shown}
    assert named["Safe contact"] < named["Address 3 Quay Street"] < named["Phone 07700 900318"]
    kinds = dict(page.page.file.contact.safe)  # type: ignore[union-attr]
    assert kinds["dont"] == "No messages left"


def test_safe_contact_that_was_never_asked_is_said(page: Page, office: Office) -> None:
    page.open(office.client(phone="07700 900318"))
    said = [one.text() for one in page.page.contact.findChildren(Notice)]
    assert said == ["Safe contact was not asked. Ask before you ring, text or write."]


# What happened


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
    assert page.page.timeline.older.accessibleName() == "Show older (5 more)"
    page.page.timeline.older.click()
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


# What comes next


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
    assert page.page.next.lines[0].item.beneath.startswith("Not answered yet")
    page.page.next.lines[1].click()
    assert page.went[-1].page == "record"


def test_open_needs_stand_with_their_day(page: Page, office: Office) -> None:
    client = office.client()
    late = {"domain": "housing", "what": "Form", "owner": OSEI, "raised_on": "2026-11-01"}
    office.save("need", {**late, "due_on": "2026-11-20"}, client=client)
    office.save("need", {**late, "done_on": TODAY, "outcome": "met"}, client=client)
    page.open(client)
    (line,) = page.page.needs.lines
    assert line.item.title == "Form"
    assert line.item.late


def test_gaps_count_what_the_guide_asks(page: Page, office: Office) -> None:
    client = office.client()
    office.colleague(
        SHAH, "cohort", {"cohort": "demand_side", "started_on": "2026-05-01"}, client=client
    )
    page.open(client)
    assert page.page.gaps.isVisible()
    assert page.page.gaps._meter.accessibleName() == "3 of 4 answered"
    page.page.gaps.wanted.emit(("client", client, "born"))
    assert page.went == [Place("record", client=client, record=client, form="client")]


# What can be done


def test_only_what_the_role_may_write_is_offered(
    page: Page, office: Office, sign_in: SignIn, qtbot: QtBot
) -> None:
    office.client()
    worker = page.actions()
    officer = Page(qtbot, sign_in(Role.OFFICER)).actions()
    nurse = Page(qtbot, sign_in(Role.NURSE)).actions()
    assert worker[:4] == ["Record visit", "Book", "Change setting", "Add note"]
    assert "Arrest and outcome" in officer
    assert "Arrest and outcome" not in worker
    assert "Clinical note" in nurse
    assert "Clinical note" not in worker
    assert "Treatment step" not in officer


def test_the_keys_work_on_the_whole_page(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client)
    page.page.resize(700, 500)
    focus = page.page.timeline.list
    focus.setFocus()
    QTest.keyClick(focus, Qt.Key.Key_R, CTRL)
    assert page.went[-1] == Place("visit", client=client, form="visit")
    QTest.keyClick(focus, Qt.Key.Key_N, CTRL)
    assert page.went[-1] == Place("record", client=client, form="note")
    QTest.keyClick(focus, Qt.Key.Key_E, CTRL)
    assert page.page.panel is not None
    assert page.page.panel.title.text() == "Change setting"


def test_a_visit_is_planned_beside_the_timeline_and_taken_back(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="book")
    page.fill(at="2026-11-26T10:00")
    page.save()
    (planned,) = office.of(client, "visit")
    assert (planned.text("state"), planned.text("at")) == ("planned", "2026-11-26T10:00")
    assert planned.text("outcome") == ""
    assert page.page.panel is None
    assert page.page.undo.isVisible()
    page.page.undo._undo.click()
    page.settle()
    assert office.record(planned.id).withdrawn


def test_an_appointment_is_booked_by_one_switch(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="book")
    page.page.panel.kind._pressed("appointment")  # type: ignore[union-attr]
    page.fill(kind="nurse", booked_for="2026-11-26T10:00", with_person=BELLO)
    page.save()
    (booked,) = office.of(client, "appointment")
    assert (booked.text("state"), booked.text("with_person")) == ("booked", BELLO)


def test_a_panel_asks_for_what_is_missing_and_saves_nothing(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="book")
    page.save()
    assert page.page.panel is not None
    assert page.page.panel.problems.isVisible()
    assert office.of(client, "visit") == []


def test_esc_keeps_what_was_typed_and_it_comes_back(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="book")
    page.fill(purpose="Talk about the tenancy")
    panel = page.page.panel
    assert panel is not None
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    page.settle()
    assert page.page.beside.parts()[1] is not panel
    page.open(client, form="book")
    again = page.page.panel
    assert again is not None
    assert again.view.answers()["purpose"] == "Talk about the tenancy"


def test_the_way_into_treatment_is_recorded_step_by_step(
    office: Office, sign_in: SignIn, qtbot: QtBot
) -> None:
    client = office.client()
    page = Page(qtbot, sign_in(Role.NURSE))
    page.open(client, form="treatment")
    page.fill(accepted_on="2026-11-09")
    page.save()
    (episode,) = office.of(client, "treatment")
    assert episode.text("status") == "waiting"
    assert "Waiting 14 days" in page.chips()
    for step, day in (
        ("nurse_triage", "2026-11-11"),
        ("doctor_assessment", "2026-11-13"),
        ("prescription_offered", "2026-11-16"),
        ("started", "2026-11-20"),
    ):
        page.open(client, form="treatment")
        assert page.page.panel is not None
        assert page.page.panel.view.answers()["step"] == step
        page.fill(happened_on=day)
        page.save()
    assert office.record(episode.id).text("status") == "on_going"
    assert "In treatment" in page.chips()
    page.open(client, form="treatment")
    assert page.page.panel is not None
    said = " ".join(one.text() for one in page.page.panel.findChildren(Notice))
    assert "Seen by the nurse after 2 days" in said
    assert "Treatment started after 4 days" in said


def test_the_key_worker_is_handed_over_with_a_reason_and_a_name(page: Page, office: Office) -> None:
    client = office.client()
    held = stands_by(office, client)
    page.open(client, form="handover")
    page.fill(handed_to=LUND)
    page.save()
    assert page.page.panel is not None
    assert "Answer “Why”." in page.page.panel.problems.accessibleName()
    assert office.record(held).text("handed_to") == ""
    page.fill(handover_reason="balance")
    page.save()
    assert office.record(held).text("handed_to") == LUND
    assert ("Key worker", "K. Lund") in page.page.file.contact.facts  # type: ignore[union-attr]


def test_a_summary_is_logged_before_it_is_written(
    office: Office, sign_in: SignIn, qtbot: QtBot, tmp_path: Path
) -> None:
    client = office.client("Marsh", "Daniel")
    page = Page(qtbot, sign_in(Role.KEY_WORKER))
    place = tmp_path / "chosen.html"
    page.page.dialogs = QuietDialogs(save_file=place)
    page.open(client, form="summary")
    panel = page.page.panel
    assert isinstance(panel, TakingOutPanel)
    page.save()
    assert panel.problems.isVisible()
    panel.format._pressed("html")
    page.fill(recipient="Eastmoor Crown Court", reason="Sentencing hearing")
    page.save()
    page.settle()
    text = place.read_text(encoding="utf-8")
    assert "MARSH, Daniel" in text
    assert "Eastmoor Crown Court" in text
    (log,) = reads.records(office.store, form="export")
    assert (log.text("what"), log.text("format")) == ("client_file", "html")
    assert log.client == b""
    assert [one.name for one in tmp_path.iterdir() if one.name != "vault"] == ["chosen.html"]


def test_thinking_better_of_it_writes_and_logs_nothing(page: Page, office: Office) -> None:
    client = office.client()
    page.open(client, form="summary")
    page.fill(recipient="A court", reason="A hearing")
    page.save()
    assert page.page.panel is not None
    assert reads.records(office.store, form="export") == []


def test_a_panel_takes_the_place_of_the_timeline_in_a_narrow_window(
    page: Page, office: Office
) -> None:
    page.open(office.client())
    page.page.resize(700, 560)
    page.page.do("setting")
    assert page.page.panel is not None
    assert page.page.panel.isVisible()
    assert not page.page.timeline.isVisible()
    page.page.resize(1178, 690)
    assert page.page.timeline.isVisible()


def test_the_focus_goes_to_the_timeline_once_it_is_there(page: Page, office: Office) -> None:
    client = office.client()
    visit(office, client, "2026-11-20T10:00")
    page.page.setFocus()
    page.open(client)
    assert QApplication.focusWidget() is page.page.timeline.list
