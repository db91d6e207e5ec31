# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What comes first today, and what is planned: nothing vanishes unanswered."""

from desktop_app.casework.records import Json
from tests.unit.desk import BELLO, LOWE, OSEI, SHAH, Desk, alert, kinds, only, plan


def test_a_new_alert_comes_first_and_says_who_set_it(desk: Desk) -> None:
    desk.client("Croft", alert(), plan("2026-11-23T15:00", OSEI, SHAH))
    dues = desk.look()
    assert dues[0].kind == "alert"
    assert dues[0].sentence == "because PC R. Shah set it today: Dog loose. You go at 15:00"
    assert [piece.text for piece in dues[0].because if piece.strong] == ["Dog loose"]
    assert [chip.text for chip in dues[0].chips] == ["New: do not visit alone"]


def test_an_alert_once_read_goes_and_its_author_never_sees_it_as_new(desk: Desk) -> None:
    file = desk.client("Croft", alert())
    note = file.records[1].id.hex()
    assert "alert" in kinds(desk.look())
    assert "alert" not in kinds(desk.look(read=frozenset({note})))
    assert "alert" not in kinds(desk.look(SHAH))


def test_an_alert_reaches_whoever_goes_there_today_whoever_s_client_it_is(desk: Desk) -> None:
    desk.client("Croft", alert(author=LOWE), plan("2026-11-23T15:00", BELLO), worker=OSEI)
    assert "alert" in kinds(desk.look(BELLO))
    assert "alert" not in kinds(desk.look(SHAH))


def test_an_alert_past_its_review_day_still_holds_and_is_late(desk: Desk) -> None:
    desk.client("Croft", alert(review_on="2026-11-20"), plan("2026-11-23T15:00", OSEI))
    due = only(desk.look(), "alert_review")
    assert due.late
    assert "was to be looked at again by Fri 20 Nov" in due.sentence
    assert any(chip.text == "Do not visit alone" for chip in only(desk.look(), "visit").chips)


def test_an_alert_that_has_ended_is_gone(desk: Desk) -> None:
    desk.client("Croft", alert(ended_on="2026-11-22", review_on="2026-11-20"))
    assert not {"alert", "alert_review"} & set(kinds(desk.look()))


def test_a_note_for_somebody_waits_until_it_is_read(desk: Desk) -> None:
    note: dict[str, Json] = {
        "headline": "Ring me",
        "for_people": [OSEI],
        "happened_at": "2026-11-22T09:00",
    }
    file = desk.client("Croft", ("note", {**note, "author": BELLO}))
    due = only(desk.look(), "note")
    assert due.sentence == "because A. Bello wrote it for you yesterday: Ring me"
    assert kinds(desk.look(read=frozenset({file.records[1].id.hex()}))) == []
    assert kinds(desk.look(SHAH)) == []


def test_a_visit_of_two_is_opened_and_never_answered_with_one_key(desk: Desk) -> None:
    desk.client("Croft", plan("2026-11-23T15:00", OSEI, SHAH, place="Side door"))
    due = only(desk.look(), "visit")
    assert (due.what, due.big, due.beneath) == ("Joint home visit", "15:00", "28 min")
    assert due.sentence == "with PC R. Shah · Side door"
    assert [answer.code for answer in due.answers] == ["start", "rebook"]


def test_a_visit_of_one_can_be_answered_with_one_key(desk: Desk) -> None:
    desk.client("Croft", plan("2026-11-23T15:00", OSEI))
    assert [one.key for one in only(desk.look(), "visit").answers] == ["S", "N", "R"]


def test_going_alone_where_an_alert_says_two_is_said_and_has_no_one_key_answer(desk: Desk) -> None:
    desk.client("Croft", alert(author=OSEI), plan("2026-11-23T15:00", OSEI))
    due = only(desk.look(), "visit")
    assert due.sentence.startswith("an alert says not alone, and you are down alone")
    assert [answer.code for answer in due.answers] == ["start", "rebook"]


def test_a_phone_call_asks_whether_they_spoke_and_needs_nobody_beside(desk: Desk) -> None:
    desk.client("Hale", alert(author=OSEI), plan("2026-11-23T16:15", OSEI, kind="phone"))
    due = only(desk.look(), "visit")
    assert [answer.text for answer in due.answers] == ["Spoke", "No answer", "Rebook"]
    assert due.sentence == "07700 900318"
    assert due.chips == ()


def test_a_visit_nobody_answered_stays_and_is_late(desk: Desk) -> None:
    desk.client("Hale", plan("2026-11-20T16:15", OSEI))
    due = only(desk.look(), "visit")
    assert due.late
    assert "Fri 20 Nov, 16:15 and nobody has said what became of it" in due.sentence


def test_the_visits_and_appointments_of_others_are_theirs(desk: Desk) -> None:
    booked = {"kind": "nurse", "booked_for": "2026-11-23T16:00", "state": "booked"}
    desk.client(
        "Hale", plan("2026-11-23T15:00", SHAH), ("appointment", {**booked, "with_person": BELLO})
    )
    assert "visit" not in kinds(desk.look())
    assert "visit" in kinds(desk.look(SHAH))
    assert only(desk.look(BELLO), "appointment").what == "Nurse appointment"


def test_tomorrow_is_not_today(desk: Desk) -> None:
    desk.client("Hale", plan("2026-11-24T09:00", OSEI))
    assert kinds(desk.look()) == []


def test_an_alert_that_forbids_nothing_is_called_an_alert(desk: Desk) -> None:
    desk.client("Croft", alert(how_to_visit="as_usual"))
    assert [chip.text for chip in only(desk.look(), "alert").chips] == ["New safety alert"]


def test_a_home_visit_says_the_address_and_which_door(desk: Desk) -> None:
    file = desk.client("Croft", plan("2026-11-23T15:00", OSEI))
    where: dict[str, Json] = {
        "address_1": "42 Quay Street",
        "postcode": "ZZ1 4QD",
        "find_the_door": "Side door",
    }
    file.client.live[0].answers.update(where)
    file.client.__dict__.clear()
    assert only(desk.look(), "visit").sentence == "42 Quay Street, ZZ1 4QD · Side door"


def test_a_visit_with_a_reason_says_it_and_an_appointment_too(desk: Desk) -> None:
    booked: dict[str, Json] = {
        "kind": "housing",
        "booked_for": "2026-11-23T16:00",
        "state": "booked",
        "with_whom": "Housing officer",
        "company": [OSEI],
        "what": "The lock",
    }
    desk.client(
        "Croft", plan("2026-11-23T15:00", OSEI, purpose="The form"), ("appointment", booked)
    )
    assert only(desk.look(), "visit").because[0] == ("The form", True)
    due = only(desk.look(), "appointment")
    assert due.sentence == "The lock · Housing officer"
    assert [answer.text for answer in due.answers] == ["Attended", "Did not attend", "Rebook"]
