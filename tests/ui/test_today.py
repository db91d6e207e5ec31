# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Today: rows answered where they stand, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.morning import TODAY, Morning, alert, plan, stands_by, visit_and_account
from tests.ui.office import OSEI, SHAH, Office
from ui.kit.segment import segment_size
from ui.pages.today_words import first_reasons, reasons
from ui.places import Place


def test_a_planned_visit_of_one_is_seen_with_one_letter(morning: Morning, office: Office) -> None:
    lee = office.client()
    plan(office, lee, f"{TODAY}T15:30")
    morning.open()
    morning.press("CROFT", Qt.Key.Key_S)
    visit, account = visit_and_account(office, lee)
    assert visit.text("state") == "done"
    assert visit.text("outcome") == "seen"
    assert visit.text("at") == f"{TODAY}T15:04"
    assert visit.text("planned_for") == f"{TODAY}T15:30"
    assert account.answers["visit"] == visit.id.hex()
    assert account.text("seen") == "seen"


def test_an_answered_row_stays_as_its_own_receipt(morning: Morning, office: Office) -> None:
    lee = office.client()
    plan(office, lee, f"{TODAY}T15:30")
    morning.open()
    morning.press("CROFT", Qt.Key.Key_S)
    assert morning.chips("CROFT") == ["Seen"]
    assert morning.answers("CROFT") == ["Add a note", "Undo"]
    assert "15:04" in morning.row("CROFT").item().spoken()


def test_the_receipt_leaves_when_today_is_opened_again(morning: Morning, office: Office) -> None:
    lee = office.client()
    plan(office, lee, f"{TODAY}T15:30")
    morning.open()
    morning.press("CROFT", Qt.Key.Key_S)
    morning.open()
    assert "CROFT, Leanne" not in morning.names()


def test_not_seen_is_a_try_and_asks_why_not(morning: Morning, office: Office) -> None:
    lee = office.client()
    plan(office, lee, f"{TODAY}T15:30")
    morning.open()
    morning.press("CROFT", Qt.Key.Key_N)
    visit, account = visit_and_account(office, lee)
    assert (visit.text("state"), visit.text("outcome")) == ("tried", "not_seen")
    assert account.text("seen") == "not_seen"
    assert morning.answers("CROFT")[:3] == ["No answer", "Not living there", "In custody"]
    morning.answer("CROFT", "In custody")
    assert visit_and_account(office, lee)[1].text("why_not") == "in_custody"
    assert morning.chips("CROFT") == ["Not seen", "In custody"]


def test_undo_gives_the_plan_back_and_withdraws_the_account(
    morning: Morning, office: Office
) -> None:
    lee = office.client()
    plan(office, lee, f"{TODAY}T15:30")
    morning.open()
    morning.press("CROFT", Qt.Key.Key_N)
    morning.press("CROFT", Qt.Key.Key_U)
    visit, account = visit_and_account(office, lee)
    assert (visit.text("state"), visit.text("at")) == ("planned", f"{TODAY}T15:30")
    assert visit.withdrawn is None
    assert account.withdrawn == "Taken back at once by its author"
    assert morning.answers("CROFT") == ["Seen", "Not seen", "Rebook"]


def test_a_visit_nobody_planned_is_recorded_where_the_client_is(
    morning: Morning, office: Office
) -> None:
    lee = office.client()
    stands_by(office, lee, "2026-10-01")
    office.save("setting", {"setting": "remand", "from_on": "2026-10-01"}, client=lee)
    morning.open()
    assert "because nobody has seen them yet" in morning.row("CROFT").item().spoken()
    morning.press("CROFT", Qt.Key.Key_S)
    visit, _account = visit_and_account(office, lee)
    assert visit.text("kind") == "prison"
    assert visit.answers["people"] == [OSEI]
    morning.press("CROFT", Qt.Key.Key_U)
    assert office.record(visit.id).withdrawn


def test_where_an_alert_says_not_alone_the_visit_is_opened_instead(
    morning: Morning, office: Office
) -> None:
    lee = office.client()
    stands_by(office, lee, "2026-10-01")
    alert(office, lee)
    morning.open()
    row = morning.row("CROFT", 1)
    morning.page.rows.go_to(row.item().key)
    QTest.keyClick(row, Qt.Key.Key_S)
    morning.settle()
    assert morning.went == [Place("visit", client=lee, answer="seen")]
    assert office.of(lee, "visit") == []


def test_a_joint_visit_is_opened_by_its_letter(morning: Morning, office: Office) -> None:
    lee = office.client()
    visit = plan(office, lee, f"{TODAY}T16:00", OSEI, SHAH)
    morning.open()
    act = morning.row("CROFT").item().act
    assert act is not None
    assert act.text == "Start visit"
    morning.press("CROFT", Qt.Key.Key_S)
    assert morning.went == [Place("visit", client=lee, record=visit)]


def test_one_button_of_the_page_is_filled(morning: Morning, office: Office) -> None:
    for surname, hour in (("Abbot", "09"), ("Bell", "15"), ("Cray", "17")):
        plan(office, office.client(surname), f"{TODAY}T{hour}:00", OSEI, SHAH)
    morning.open()
    filled = [
        row.item().name for row in morning.page.rows.rows.values() if row.item().act is not None
    ]
    assert filled == ["BELL, Leanne"]


def test_arrows_move_and_enter_opens(morning: Morning, office: Office) -> None:
    first, second = office.client("Abbot"), office.client("Bell")
    for one in (first, second):
        stands_by(office, one, "2026-10-01")
    morning.open()
    page = morning.page
    page.rows.go_to(morning.row("ABBOT").item().key)
    QTest.keyClick(morning.row("ABBOT"), Qt.Key.Key_Down)
    assert morning.row("BELL").hasFocus()
    QTest.keyClick(morning.row("BELL"), Qt.Key.Key_Return)
    morning.settle()
    assert morning.went == [Place("client", client=second)]


def test_an_alert_that_was_read_does_not_come_back(morning: Morning, office: Office) -> None:
    lee = office.client()
    stands_by(office, lee, TODAY)
    alert(office, lee)
    morning.open()
    assert morning.chips("CROFT") == ["New: do not visit alone"]
    morning.answer("CROFT", "I have read it")
    assert morning.chips("CROFT") == ["Read"]
    morning.open()
    assert morning.names() == ["To share"]


def test_having_read_it_can_be_taken_back(morning: Morning, office: Office) -> None:
    lee = office.client()
    stands_by(office, lee, TODAY)
    alert(office, lee)
    morning.open()
    morning.answer("CROFT", "I have read it")
    morning.answer("CROFT", "Undo")
    morning.open()
    assert morning.chips("CROFT") == ["New: do not visit alone"]


def test_somebody_coming_out_is_met_by_one_answer(morning: Morning, office: Office) -> None:
    lee = office.client()
    stands_by(office, lee, TODAY)
    office.save(
        "setting",
        {
            "setting": "remand",
            "place_prison": "zz_eastmoor",
            "from_on": "2026-11-01",
            "expected_release_on": "2026-11-27",
            "release_certainty": "confirmed",
            "release_time": "About 08:30, main gate",
        },
        client=lee,
    )
    morning.open()
    row = morning.row("CROFT")
    assert (row.item().lead.text, row.item().lead.beneath) == ("4", "days")
    morning.answer("CROFT", "I will meet them")
    (visit,) = office.of(lee, "visit")
    assert (visit.text("at"), visit.text("kind")) == ("2026-11-27T08:30", "gate")
    assert visit.answers["people"] == [OSEI]
    morning.answer("CROFT", "Undo")
    assert office.record(visit.id).withdrawn


def test_a_need_and_a_next_step_are_done_with_one_answer(morning: Morning, office: Office) -> None:
    lee = office.client()
    need = office.save(
        "need",
        {
            "domain": "housing",
            "what": "Housing form",
            "owner": OSEI,
            "raised_on": "2026-11-01",
            "due_on": TODAY,
        },
        client=lee,
    )
    morning.open()
    morning.press("CROFT", Qt.Key.Key_S)
    assert office.record(need).text("done_on") == TODAY
    assert office.record(need).text("outcome") == "met"
    morning.press("CROFT", Qt.Key.Key_U)
    assert office.record(need).text("done_on") == ""


def test_an_appointment_of_mine_is_marked_and_asked_why(morning: Morning, office: Office) -> None:
    lee = office.client()
    booked = office.save(
        "appointment",
        {
            "kind": "key_work",
            "booked_for": f"{TODAY}T14:00",
            "with_person": OSEI,
            "state": "booked",
        },
        client=lee,
    )
    morning.open()
    morning.press("CROFT", Qt.Key.Key_N)
    assert office.record(booked).text("state") == "not_attended"
    morning.answer("CROFT", "Forgot")
    assert office.record(booked).text("reason") == "forgot"
    morning.press("CROFT", Qt.Key.Key_U)
    assert office.record(booked).text("state") == "booked"
    assert office.record(booked).text("reason") == ""


def test_rebooking_moves_the_visit_and_says_when_to(
    morning: Morning, office: Office, qtbot: QtBot
) -> None:
    lee = office.client()
    visit = plan(office, lee, f"{TODAY}T15:30")
    morning.open()
    morning.press("CROFT", Qt.Key.Key_R)
    panel = morning.page.panel
    assert panel is not None
    assert panel.who.text() == "CROFT, Leanne"
    panel.view.editor("at").show_value("2026-11-26T10:00")
    panel.view._edited("at")
    panel.save()
    morning.settle()
    assert office.record(visit).text("at") == "2026-11-26T10:00"
    assert morning.page.panel is None
    assert "Now on Thu 26 Nov" in morning.row("CROFT").item().spoken()


def test_a_rearranged_appointment_is_linked_to_the_new_one(
    morning: Morning, office: Office
) -> None:
    lee = office.client()
    booked = office.save(
        "appointment",
        {"kind": "nurse", "booked_for": f"{TODAY}T14:00", "with_person": OSEI, "state": "booked"},
        client=lee,
    )
    morning.open()
    morning.press("CROFT", Qt.Key.Key_R)
    panel = morning.page.panel
    assert panel is not None
    panel.view.editor("booked_for").show_value("2026-11-30T14:00")
    panel.view._edited("booked_for")
    panel.save()
    morning.settle()
    old, new = office.of(lee, "appointment")
    assert old.id == booked
    assert old.text("state") == "rearranged"
    assert old.answers["moved_to"] == new.id.hex()
    assert (new.text("kind"), new.text("state")) == ("nurse", "booked")


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("asked", ["why_not", "appointment_reason", "delay_reason"])
def test_no_answer_of_a_receipt_is_cut_off_in_the_smallest_window(asked: str) -> None:
    first = reasons(asked)[: first_reasons(asked)]
    assert len(first) > 1
    texts = [*(one.label for one in first), "More", "Undo"]
    assert segment_size(texts, "small").width() < 560, "beside the list of boards, at 1093 pixels"
