# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The record page: any record, new, open, read, corrected, withdrawn and brought back."""

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.forms import forms
from desktop_app.casework.people import Role
from desktop_app.casework.records import link
from storage.store import Store
from tests.dialogs import QuietDialogs
from tests.ui.conftest import SignIn
from tests.ui.door import focus
from tests.ui.office import BELLO, LUND, OSEI, SHAH, Office, OfficeClock
from ui.kit.notice import Notice
from ui.pages.record import RecordPage
from ui.pages.record_open import OpenRecord
from ui.pages.record_read import ReadRecord
from ui.places import Place
from ui.session import Session


class Sheet:
    """The record page, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session, **answers: object) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = RecordPage(session, QuietDialogs(**answers))
        qtbot.addWidget(self.page)
        self.page.resize(1178, 718)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def show(self, form: str, client: bytes | None = None, record: bytes | None = None) -> None:
        self.page.show_place(Place("record", client, record, form))
        self.settle()

    @property
    def open(self) -> OpenRecord:
        assert isinstance(self.page.open, OpenRecord)
        return self.page.open

    @property
    def read(self) -> ReadRecord:
        assert isinstance(self.page.open, ReadRecord)
        return self.page.open

    def type(self, field: str, words: str) -> None:
        self.open.view.editor(field).setFocus()
        QTest.keyClicks(focus(), words)

    def answer(self, **answers: object) -> None:
        self.open.view.resume(answers)  # type: ignore[arg-type]

    def save(self) -> None:
        self.open.setFocus()
        QTest.keyClick(self.open, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def said(self) -> list[str]:
        sheet = cast("QWidget", self.page.open)
        return [one.text() for one in sheet.findChildren(Notice) if not one.isHidden()]


ASKED = [
    name
    for name, form in sorted(forms().items())
    if any(one.appearance != "hidden" for one in form.fields.values())
]


@pytest.fixture
def sheet(qtbot: QtBot, session: Session) -> Sheet:
    return Sheet(qtbot, session)


@pytest.fixture
def need(office: Office, lee: bytes) -> bytes:
    answers = {"domain": "housing", "what": "A lock", "raised_on": "2026-11-10"}
    return office.save("need", answers, client=lee)


@pytest.fixture
def sealed(office: Office, lee: bytes) -> bytes:
    visit = {"at": "2026-11-20T15:00", "state": "done", "kind": "home", "people": [OSEI, SHAH]}
    of = office.save("visit", {**visit, "outcome": "seen"}, client=lee)
    answers = {"visit": link(of), "seen": "seen", "note": "Dean was not there."}
    account = office.save("account", answers, client=lee)
    office.share()
    return account


@pytest.mark.parametrize("form", ASKED)
def test_every_form_opens_on_the_page_in_some_role(
    qtbot: QtBot, sign_in: SignIn, vault: Store, clock: OfficeClock, form: str
) -> None:
    office = Office(vault, clock)
    lee = office.client()
    roles = [role for role in Role if role is not Role.ANALYST]
    writes = forms()[form].write or tuple(roles)
    sheet = Sheet(qtbot, sign_in(writes[0]))
    sheet.show(form, None if form == "client" else lee)
    assert sheet.open.title.text().startswith("New: ")
    assert sheet.open.view.rows


def test_a_new_record_is_saved_with_its_defaults_and_leads_back(
    sheet: Sheet, office: Office, qtbot: QtBot, lee: bytes
) -> None:
    sheet.show("need", lee)
    sheet.answer(domain="housing")
    sheet.type("what", "A lock that closes")
    with qtbot.waitSignal(sheet.page.done):
        sheet.save()
    (held,) = office.of(lee, "need")
    assert held.answers == {
        "domain": "housing",
        "what": "A lock that closes",
        "owner": OSEI,
        "raised_on": "2026-11-23",
    }
    assert office.store.drafts() == []


def test_what_is_missing_is_listed_and_leads_to_its_question(sheet: Sheet, lee: bytes) -> None:
    sheet.show("need", lee)
    assert "must be answered" in [one.text() for one in sheet.open.dot.findChildren(QLabel)]
    sheet.save()
    summary = sheet.open.problems
    assert QApplication.focusWidget() is summary
    assert len(summary.lines) == 2
    summary.lines[1].click()
    assert sheet.open.view.at_field() == "what"


def test_only_what_was_altered_is_saved_of_a_record_that_was_opened(
    sheet: Sheet, office: Office, need: bytes
) -> None:
    sheet.show("need", record=need)
    sheet.type("action", "Ring")
    sheet.save()
    changes = office.record(need).live
    assert [one.answers for one in changes][-1] == {"action": "Ring"}


def test_a_draft_of_a_new_need_outlives_the_opening_of_an_old_one(
    sheet: Sheet, lee: bytes, need: bytes
) -> None:
    sheet.show("need", lee)
    sheet.type("what", "Half a th")
    sheet.show("need", lee, need)
    sheet.type("action", "Ring")
    sheet.show("need", lee)
    assert sheet.open.view.editor("what").value() == "Half a th"
    assert sheet.open.foot.chip.text() == "Draft from 15:04"
    assert sheet.open.view.at_field() == "what"
    sheet.show("need", lee, need)
    assert sheet.open.view.typed() == {"action": "Ring"}


def test_what_a_colleague_changes_meanwhile_is_told_and_not_put_over_what_is_typed(
    sheet: Sheet, office: Office, session: Session, lee: bytes, need: bytes
) -> None:
    sheet.show("need", record=need)
    sheet.type("what", "Urgent: ")
    office.colleague(
        SHAH, "need", {"what": "A safe place", "due_on": "2026-12-01"}, client=lee, record=need
    )
    session.changed.emit(frozenset({lee, need}))
    sheet.settle()
    assert "Urgent: " in str(sheet.open.view.editor("what").value())
    assert sheet.open.view.editor("due_on").value() == "2026-12-01"
    assert sheet.open.view.rows["what"].findChildren(QPushButton)


def test_two_answers_are_shown_with_their_authors_and_one_is_kept(
    sheet: Sheet, office: Office, lee: bytes, need: bytes
) -> None:
    office.colleague(SHAH, "need", {"what": "A safe place"}, client=lee, record=need, saw=False)
    assert "what" in office.record(need).conflicts
    sheet.show("need", record=need)
    keep = {
        one.accessibleName(): one for one in sheet.open.view.rows["what"].findChildren(QPushButton)
    }
    assert set(keep) == {"Keep “A lock”", "Keep “A safe place”"}
    assert not any(one.visibleRegion().isEmpty() for one in keep.values()), "both are in sight"
    keep["Keep “A safe place”"].click()
    sheet.save()
    assert office.record(need).conflicts == {}
    assert office.record(need).answers["what"] == "A safe place"


def test_a_sealed_account_is_read_and_its_author_adds_a_linked_correction_with_a_reason(
    sheet: Sheet, office: Office, lee: bytes, sealed: bytes
) -> None:
    sheet.show("account", lee, sealed)
    assert "It is sealed and stands as it is." in sheet.said()[0]
    sheet.read.correct.emit()
    sheet.settle()
    assert sheet.open.title.text() == "Correct: account of a visit"
    assert next(iter(sheet.open.view.rows)) == "correction_reason"
    sheet.save()
    assert [line.text() for line in sheet.open.problems.lines] == ["Say why it is corrected."]
    sheet.type("correction_reason", "She told me later")
    sheet.answer(note="Dean was upstairs.")
    sheet.save()
    first, second = office.of(lee, "account")
    assert first.answers["note"] == "Dean was not there."
    assert second.answers["corrects"] == link(sealed)
    assert second.answers["visit"] == first.answers["visit"]
    assert second.answers["note"] == "Dean was upstairs."
    sheet.show("account", lee, sealed)
    assert "Corrected by K. Osei, Mon 23 Nov, 15:04: She told me later." in " ".join(sheet.said())


def test_the_draft_of_a_correction_is_taken_up_as_a_correction(
    sheet: Sheet, lee: bytes, sealed: bytes
) -> None:
    sheet.show("account", lee, sealed)
    sheet.read.correct.emit()
    sheet.settle()
    sheet.type("correction_reason", "She told")
    sheet.open.leave()
    sheet.show("account", lee, sealed)
    assert sheet.open.correcting
    assert sheet.open.view.editor("correction_reason").value() == "She told"


def test_an_account_sealed_while_it_is_open_becomes_a_correction_with_what_was_typed(
    sheet: Sheet, office: Office, session: Session, lee: bytes
) -> None:
    visit = {"at": "2026-11-20T15:00", "state": "done", "kind": "home", "people": [OSEI]}
    of = office.save("visit", {**visit, "outcome": "seen"}, client=lee)
    answers = {"visit": link(of), "seen": "seen", "note": "Dean was not there."}
    account = office.save("account", answers, client=lee)
    sheet.show("account", lee, account)
    opened = sheet.open
    sheet.type("promised", "Ring housing")
    office.share()
    session.changed.emit(frozenset({lee, account}))
    sheet.settle()
    sheet.settle()
    assert sheet.open is not opened
    assert sheet.open.correcting
    assert sheet.open.view.editor("promised").value() == "Ring housing"
    assert sheet.open.view.editor("note").value() == "Dean was not there."


def test_a_record_is_withdrawn_with_a_reason_and_can_be_brought_back(
    qtbot: QtBot, session: Session, office: Office, lee: bytes, need: bytes
) -> None:
    sheet = Sheet(qtbot, session, ask_text="Entered twice")
    sheet.show("need", record=need)
    sheet.open.side.back.click()
    sheet.settle()
    assert office.record(need).withdrawn == "Entered twice"
    sheet.show("need", record=need)
    assert sheet.said() == ["Withdrawn: Entered twice"]
    sheet.read.side.back.click()
    sheet.settle()
    sheet.settle()
    assert office.record(need).withdrawn is None
    assert isinstance(sheet.page.open, OpenRecord)


def test_thinking_better_of_withdrawing_changes_nothing(
    sheet: Sheet, office: Office, need: bytes
) -> None:
    sheet.show("need", record=need)
    sheet.open.side.back.click()
    sheet.settle()
    assert office.record(need).withdrawn is None


def test_who_may_not_write_a_form_reads_it(sheet: Sheet, office: Office, lee: bytes) -> None:
    answers = {"offence_group": "drugs_supply", "arrested_on": "2026-11-01"}
    arrest = office.colleague(SHAH, "arrest", answers, client=lee)
    sheet.show("arrest", lee, arrest)
    assert sheet.read.side.back.isHidden()
    sheet.show("arrest", lee)
    assert sheet.said() == ["Your role does not write this kind of record."]


def test_a_client_is_put_on_the_casebook_and_nobody_under_age(sheet: Sheet, office: Office) -> None:
    sheet.show("client")
    sheet.save()
    assert [line.text() for line in sheet.open.problems.lines] == [
        "Give a name, or what they are called."
    ]
    sheet.type("surname", "Marsh")
    sheet.type("born", "1 1 2015")
    sheet.save()
    assert "adults" in sheet.open.problems.lines[0].text()
    sheet.answer(born="1994-01-01")
    sheet.save()
    (row,) = office.store.rows("SELECT id, client FROM record WHERE form = 'client'")
    assert row[0] == row[1]
    assert office.record(row[0]).answers["surname"] == "Marsh"


def test_somebody_like_the_newcomer_is_shown_before_a_second_file_is_made(
    sheet: Sheet, office: Office, lee: bytes
) -> None:
    sheet.show("client")
    sheet.type("surname", "Croft")
    sheet.type("forename", "Leanne")
    sheet.save()
    assert any("CROFT, Leanne" in words for words in sheet.said())
    assert len(office.store.rows("SELECT 1 FROM record WHERE form = 'client'")) == 1
    sheet.save()
    assert len(office.store.rows("SELECT 1 FROM record WHERE form = 'client'")) == 2


def test_a_step_belongs_to_the_treatment_there_is(sheet: Sheet, office: Office, lee: bytes) -> None:
    answers = {"accepted_on": "2026-11-01", "status": "waiting"}
    episode = office.save("treatment", answers, client=lee)
    sheet.show("treatment_step", lee)
    sheet.answer(step="first_offered")
    assert sheet.open.view.answers()["episode"] == link(episode)


def test_a_handover_that_is_not_whole_is_said_to_hand_nothing_over(
    sheet: Sheet, office: Office, lee: bytes
) -> None:
    answers = {"duty": "key_worker", "worker": OSEI, "from_on": "2026-10-01"}
    assignment = office.save("assignment", answers, client=lee)
    sheet.show("assignment", lee, assignment)
    sheet.type("until_on", "today")
    assert any("The worker stays until it has all three." in words for words in sheet.said())
    sheet.answer(handed_to=LUND, handover_reason="left_team")
    sheet.open._said()
    assert not any("The worker stays" in words for words in sheet.said())


def test_a_nurse_keeps_a_need_to_health(
    qtbot: QtBot, sign_in: SignIn, vault: Store, clock: OfficeClock
) -> None:
    office = Office(vault, clock, me=BELLO)
    lee = office.client()
    sheet = Sheet(qtbot, sign_in("nurse"))
    sheet.show("need", lee)
    sheet.open.side.readers.choose("health")
    sheet.answer(domain="housing", what="x")
    sheet.save()
    assert [one.audience for one in office.of(lee, "need")] == ["health"]
    (held,) = office.of(lee, "need")
    sheet.show("need", lee, held.id)
    assert sheet.open.side.readers.change.isHidden()


def test_the_meter_says_how_much_of_what_the_guide_asks_is_there(
    qtbot: QtBot, sign_in: SignIn, vault: Store, clock: OfficeClock
) -> None:
    office = Office(vault, clock, me=SHAH)
    lee = office.client()
    sheet = Sheet(qtbot, sign_in("officer"))
    sheet.show("cohort", lee)
    assert sheet.open.side.meter.words() == "1 of 2 that the guide asks for"
    sheet.type("score", "12")
    assert sheet.open.side.meter.words() == "2 of 2 that the guide asks for"


def test_a_record_this_laptop_does_not_hold_is_said_so(sheet: Sheet, lee: bytes) -> None:
    sheet.show("need", lee, b"?" * 16)
    assert sheet.page.open is None


def test_esc_leaves_a_draft(sheet: Sheet, qtbot: QtBot, lee: bytes, office: Office) -> None:
    sheet.show("need", lee)
    sheet.type("what", "Half")
    with qtbot.waitSignal(sheet.page.done):
        QTest.keyClick(focus(), Qt.Key.Key_Escape)
    sheet.settle()
    assert [one.answers["what"] for one in office.store.drafts()] == ["Half"]


def _fits(area: QScrollArea) -> bool:
    inside = area.widget()
    assert inside is not None
    return inside.width() <= area.viewport().width()


@pytest.mark.parametrize(("width", "height"), [(1178, 718), (1037, 520)])
def test_a_sheet_is_never_wider_than_its_window(
    sheet: Sheet, lee: bytes, width: int, height: int
) -> None:
    sheet.page.resize(width, height)
    for form in ("need", "setting", "note", "alert"):
        sheet.show(form, lee)
        sheet.qtbot.waitUntil(lambda: _fits(sheet.open.area))
