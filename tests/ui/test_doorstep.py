# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The doorstep: a visit recorded on one screen, by keys alone, and nothing typed ever lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.casework.records import link
from tests.dialogs import QuietDialogs
from tests.ui.office import BELLO, OSEI, SHAH, Office, OfficeClock
from ui.pages.doorstep import DoorstepPage
from ui.pages.doorstep_visit import DoorstepVisit
from ui.places import Place
from ui.session import Session

CTRL = Qt.KeyboardModifier.ControlModifier


class Door:
    """The doorstep page, worked from the keyboard."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = DoorstepPage(session, QuietDialogs())
        qtbot.addWidget(self.page)
        self.page.resize(1310, 768)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitUntil(self.page.isActiveWindow)

    def open(self, client: bytes, record: bytes | None = None) -> DoorstepVisit:
        self.page.show_place(Place("visit", client, record))
        self.settle()
        return self.visit

    @property
    def visit(self) -> DoorstepVisit:
        assert self.page.visit is not None
        return self.page.visit

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def key(self, letter: str) -> None:
        """Press a letter wherever the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, letter)

    def key_press(self, key: Qt.Key) -> None:
        """Press a key wherever the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    def note(self, words: str) -> None:
        self.visit.words.note.setFocus()
        self.key(words)

    def save(self) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Return, CTRL)
        self.settle()


@pytest.fixture
def door(qtbot: QtBot, session: Session) -> Door:
    return Door(qtbot, session)


@pytest.fixture
def lee(office: Office) -> bytes:
    return office.client()


def test_the_quick_path_is_one_letter_a_note_and_one_key(
    door: Door, office: Office, lee: bytes
) -> None:
    door.open(lee)
    door.key("y")
    door.note("Let us in by the side door.")
    door.save()
    (visit,), (account,) = office.of(lee, "visit"), office.of(lee, "account")
    assert visit.answers["outcome"] == "seen"
    assert visit.answers["state"] == "done"
    assert visit.answers["at"] == "2026-11-23T15:04"
    assert account.answers["note"] == "Let us in by the side door."
    assert account.answers["visit"] == link(visit.id)
    assert door.page.visit is None


def test_no_asks_why_and_proposes_another_try(door: Door, office: Office, lee: bytes) -> None:
    visit = door.open(lee)
    door.key("n")
    rows = visit.happened.rows
    assert [rows[name].is_shown() for name in ("why_not", "left", "offers", "message")] == [
        *(True, True),
        *(False, False),
    ]
    visit.happened.why_not.pills["no_answer"].click()
    door.save()
    (held,), (account,) = office.of(lee, "visit"), office.of(lee, "account")
    assert (held.answers["state"], held.answers["outcome"]) == ("tried", "not_seen")
    assert held.answers["next_step"] == "Try again"
    assert held.answers["next_step_on"] == "2026-11-25"
    assert account.answers["why_not"] == "no_answer"


def test_a_proposed_next_step_goes_when_somebody_was_there_after_all(
    door: Door, lee: bytes
) -> None:
    visit = door.open(lee)
    door.key("n")
    assert visit.words.next.step.text() == "Try again"
    door.key("y")
    assert visit.words.next.is_empty()


def test_a_typed_next_step_stays_whatever_is_answered(door: Door, lee: bytes) -> None:
    visit = door.open(lee)
    door.key("n")
    visit.words.next.step.setFocus()
    door.key(" by the side door")
    visit.happened.tiles.setFocus()
    door.key("y")
    assert visit.words.next.step.text() == "Try again by the side door"


def test_yes_but_is_neither_seen_nor_not_seen(door: Door, office: Office, lee: bytes) -> None:
    visit = door.open(lee)
    door.key("b")
    assert visit.happened.rows["left"].is_shown()
    assert visit.happened.rows["message"].is_shown()
    door.save()
    (held,) = office.of(lee, "visit")
    assert (held.answers["state"], held.answers["outcome"]) == ("done", "refused")


def test_what_is_no_longer_asked_stays_on_the_screen_and_is_not_saved(
    door: Door, office: Office, lee: bytes
) -> None:
    visit = door.open(lee)
    door.key("y")
    visit.happened.offers.adders["naloxone"].click()
    visit.happened.offers.offered["naloxone"].parts["took_it"].click()
    visit.happened.tiles.setFocus()
    door.key("n")
    door.key("y")
    assert visit.happened.offers.value() == {"naloxone": "took_it"}
    door.key("n")
    door.save()
    (account,) = office.of(lee, "account")
    assert "offers" not in account.answers


def test_what_is_missing_is_listed_takes_the_focus_and_leads_to_its_field(
    door: Door, office: Office, lee: bytes
) -> None:
    visit = door.open(lee)
    door.save()
    summary = visit.happened.problems
    assert QApplication.focusWidget() is summary
    assert [line.text() for line in summary.lines] == ["Say whether you were able to see Lee."]
    summary.lines[0].click()
    door.key("y")
    visit.happened.offers.adders["housing"].click()
    visit.words.next.step.setFocus()
    door.key("Ring housing")
    door.save()
    assert [line.text() for line in summary.lines] == [
        "Say what Lee answered to: Help with housing.",
        "Give a day for the next step.",
    ]
    assert "housing" in visit.happened.rows["offers"].message.text()
    summary.lines[1].click()
    door.key("thu 10")
    visit.happened.offers.offered["housing"].parts["no"].click()
    door.save()
    (held,) = office.of(lee, "visit")
    assert held.answers["next_step_on"] == "2026-11-26"
    assert held.answers["next_step_time"] == "10:00"


def test_a_visit_cannot_lie_ahead(door: Door, office: Office, lee: bytes) -> None:
    visit = door.open(lee)
    door.key("y")
    visit.happened.when.at.set_text("tomorrow 9")
    door.save()
    assert office.of(lee, "visit") == []
    assert "lie ahead" in visit.happened.rows["at"].message.text()


def test_a_planned_visit_is_updated_and_remembers_what_was_planned(
    door: Door, office: Office, clock: OfficeClock, lee: bytes
) -> None:
    plan = {"at": "2026-11-23T14:00", "state": "planned", "kind": "street", "people": [OSEI, SHAH]}
    planned = office.save("visit", plan, client=lee)
    visit = door.open(lee, planned)
    assert visit.happened.people.values() == [SHAH]
    assert visit.happened.where.value()[0] == "street"
    door.key("y")
    door.save()
    (held,) = office.of(lee, "visit")
    assert held.id == planned
    assert held.answers["planned_for"] == "2026-11-23T14:00"
    assert held.answers["at"] == "2026-11-23T15:04"
    assert held.answers["state"] == "done"


def test_todays_planned_visit_is_found_without_being_named(
    door: Door, office: Office, lee: bytes
) -> None:
    plan = {"at": "2026-11-23T16:00", "state": "planned", "kind": "home", "people": [OSEI]}
    planned = office.save("visit", plan, client=lee)
    door.open(lee)
    door.key("y")
    door.save()
    assert [one.id for one in office.of(lee, "visit")] == [planned]


def test_somebody_in_prison_is_visited_there_and_the_gate_date_stands_by(
    door: Door, office: Office, lee: bytes
) -> None:
    office.save(
        "setting",
        {
            "setting": "sentenced",
            "place_prison": "other",
            "place": "HMP Eastmoor",
            "from_on": "2026-11-11",
            "expected_release_on": "2026-12-03",
            "release_certainty": "likely",
        },
        client=lee,
    )
    visit = door.open(lee)
    assert visit.happened.where.value() == ("prison", "HMP Eastmoor")
    words = visit.happened.setting_words.text()
    assert "likely out on Thu 03 Dec" in words
    assert "no prison number" in words


def test_somebody_in_rehab_is_visited_there(door: Door, office: Office, lee: bytes) -> None:
    setting = {"setting": "rehab", "place_rehab": "Quay House", "from_on": "2026-11-11"}
    office.save("setting", setting, client=lee)
    visit = door.open(lee)
    assert visit.happened.where.value() == ("rehab", "Quay House")


def test_the_address_on_file_is_shown_and_not_written_into_the_visit(
    door: Door, office: Office
) -> None:
    lee = office.client(address_1="42 Quay Street", postcode="ZZ1 4QD")
    visit = door.open(lee)
    assert visit.happened.where.place.text() == "42 Quay Street, ZZ1 4QD"
    door.key("y")
    door.save()
    (held,) = office.of(lee, "visit")
    assert "place" not in held.answers


def test_alerts_stand_first_and_going_alone_against_them_is_said_at_once(
    door: Door, office: Office, lee: bytes
) -> None:
    alert = {"headline": "Dog in the yard.", "about": "animal", "how_to_visit": "two"}
    office.save("alert", {**alert, "set_on": "2026-11-20", "review_on": "2026-11-30"}, client=lee)
    visit = door.open(lee)
    assert not visit.top.alert.isHidden()
    assert "Do not visit alone. Dog in the yard." in visit.top.alert.accessibleName()
    warned = visit.happened.rows["people"].message
    assert warned.text() == "An alert says: do not visit alone."
    visit.happened.people.pick(SHAH)
    assert warned.text() == ""


def test_an_alert_that_arrives_while_typing_is_shown_at_once(
    door: Door, office: Office, session: Session, lee: bytes
) -> None:
    visit = door.open(lee)
    door.note("Knocked")
    answers = {"headline": "Threats", "how_to_visit": "not_at_all", "set_on": "2026-11-23"}
    office.colleague(SHAH, "alert", answers, client=lee)
    session.changed.emit(frozenset({lee}))
    door.settle()
    assert "Do not go to this address." in visit.top.alert.accessibleName()
    assert visit.words.note.text() == "Knocked"


def test_what_a_colleague_changes_shows_where_nothing_was_typed_and_is_told_where_it_was(
    door: Door, office: Office, session: Session, clock: OfficeClock, lee: bytes
) -> None:
    plan = {"at": "2026-11-23T15:00", "state": "planned", "kind": "street", "people": [OSEI]}
    planned = office.save("visit", plan, client=lee)
    visit = door.open(lee, planned)
    visit.happened.where.place.setFocus()
    door.key("By the harbour")
    clock.later(1)
    office.colleague(
        SHAH, "visit", {"place": "By the church", "minutes": 35}, client=lee, record=planned
    )
    session.changed.emit(frozenset({lee, planned}))
    door.settle()
    assert visit.happened.where.place.text() == "By the harbour"
    assert visit.happened.rows["kind"].message.text() == (
        "PC R. Shah changed this at 15:05: By the church"
    )
    assert visit.happened.when.minutes.text() == "35"


def test_a_colleagues_visit_of_the_day_is_joined_and_holds_two_accounts(
    door: Door, office: Office, lee: bytes
) -> None:
    answers = {
        "at": "2026-11-23T15:00",
        "state": "done",
        "kind": "home",
        "people": [SHAH],
        "outcome": "seen",
    }
    theirs = office.colleague(SHAH, "visit", answers, client=lee)
    visit = door.open(lee)
    offer = visit.happened.aside.itemAt(0).widget()
    assert "PC R. Shah recorded this visit too (15:00, home)" in offer.accessibleName()
    offer.join.click()  # type: ignore[union-attr]
    door.key("b")
    door.note("She would not talk to me.")
    door.save()
    (held,), (account,) = office.of(lee, "visit"), office.of(lee, "account")
    assert held.id == theirs
    assert held.answers["outcome"] == "seen"
    assert held.answers["people"] == [SHAH, OSEI]
    assert account.answers["visit"] == link(theirs)
    assert account.answers["seen"] == "refused"


def test_a_colleagues_visit_that_was_another_one_is_left_alone(
    door: Door, office: Office, lee: bytes
) -> None:
    answers = {"at": "2026-11-23T10:00", "state": "done", "kind": "home", "people": [SHAH]}
    theirs = office.colleague(SHAH, "visit", {**answers, "outcome": "seen"}, client=lee)
    visit = door.open(lee)
    visit.happened.aside.itemAt(0).widget().other.click()  # type: ignore[union-attr]
    door.key("y")
    door.save()
    assert len(office.of(lee, "visit")) == 2
    assert office.record(theirs).answers["people"] == [SHAH]


def test_an_account_that_has_not_left_can_be_opened_and_changed(
    door: Door, office: Office, lee: bytes
) -> None:
    door.open(lee)
    door.key("y")
    door.note("Door open.")
    door.save()
    (held,) = office.of(lee, "visit")
    visit = door.open(lee, held.id)
    assert visit.happened.tiles.value() == "seen"
    door.note(" Lock broken.")
    door.save()
    (account,) = office.of(lee, "account")
    assert account.answers["note"] == "Door open. Lock broken."
    assert len(office.of(lee, "visit")) == 1


def test_a_sealed_account_is_read_and_corrected_on_a_sheet_of_its_own(
    door: Door, office: Office, qtbot: QtBot, lee: bytes
) -> None:
    door.open(lee)
    door.key("y")
    door.note("Door open.")
    door.save()
    office.share()
    (held,), (account,) = office.of(lee, "visit"), office.of(lee, "account")
    visit = door.open(lee, held.id)
    assert visit.words.note.isReadOnly()
    assert not visit.happened.tiles.isEnabled()
    with qtbot.waitSignal(door.page.go) as gone:
        visit.words.correct.emit()
    assert gone.args[0] == Place("record", client=lee, record=account.id, form="account")


def test_esc_leaves_a_draft_that_comes_back_at_the_same_field(
    door: Door, office: Office, qtbot: QtBot, lee: bytes
) -> None:
    door.open(lee)
    door.key("y")
    door.note("Half a sent")
    with qtbot.waitSignal(door.page.done):
        door.key_press(Qt.Key.Key_Escape)
    door.settle()
    visit = door.open(lee)
    assert visit.words.note.text() == "Half a sent"
    assert visit.happened.tiles.value() == "seen"
    assert QApplication.focusWidget() is visit.words.note
    assert visit.foot.chip.text() == "Draft from 15:04"
    assert office.of(lee, "visit") == []


def test_a_draft_of_a_planned_visit_and_one_of_a_new_visit_stay_apart(
    door: Door, office: Office, lee: bytes
) -> None:
    later = {"at": "2026-11-25T10:00", "state": "planned", "kind": "home", "people": [OSEI]}
    planned = office.save("visit", later, client=lee)
    door.open(lee)
    door.note("about today")
    door.visit.leave()
    door.open(lee, planned)
    door.note("about Wednesday")
    door.visit.leave()
    door.settle()
    assert door.open(lee).words.note.text() == "about today"
    assert door.open(lee, planned).words.note.text() == "about Wednesday"


def test_a_saved_visit_leaves_no_draft(door: Door, office: Office, lee: bytes) -> None:
    door.open(lee)
    door.key("y")
    door.visit.drafting.flush()
    door.save()
    door.settle()
    assert office.store.drafts() == []


def test_a_discarded_draft_can_be_taken_back(door: Door, office: Office, lee: bytes) -> None:
    door.open(lee)
    door.note("Not lost")
    door.visit.leave()
    door.settle()
    visit = door.open(lee)
    visit.foot.forget.click()
    door.settle()
    assert visit.words.note.text() == ""
    assert office.store.drafts() == []
    visit.undo._undo.click()
    assert visit.words.note.text() == "Not lost"
    visit.drafting.flush()
    door.settle()
    assert [one.answers["note"] for one in office.store.drafts()] == ["Not lost"]


def test_last_contacts_promises_and_offers_put_off_are_at_hand(
    door: Door, office: Office, lee: bytes
) -> None:
    past = {"at": "2026-11-10T15:00", "state": "done", "kind": "home", "people": [OSEI, SHAH]}
    visited = office.save("visit", {**past, "outcome": "seen", "minutes": 25}, client=lee)
    account = {"visit": link(visited), "seen": "seen", "note": "Worried about the lock.\nMore."}
    told = {**account, "promised": "Ring housing", "offers": {"legal": "later"}}
    office.save("account", told, client=lee)
    visit = door.open(lee)
    (line,) = visit.happened.past._lines
    assert line.accessibleName() == (
        "Tue 10 Nov, Seen, 25 min. Home, with PC R. Shah. Worried about the lock."
    )
    assert visit.words._promise_words.text() == "Ring housing"
    assert not visit.happened.offers.adders["legal"].isHidden()
    assert SHAH in visit.happened.people.pills


def test_tab_walks_through_everything_and_comes_back(door: Door, lee: bytes) -> None:
    visit = door.open(lee)
    visit.happened.tiles.setFocus()
    first, been = QApplication.focusWidget(), []
    for _step in range(80):
        focus = QApplication.focusWidget()
        assert focus is not None
        been.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            break
    else:
        pytest.fail("Tab never came back")
    order = [
        *(visit.happened.tiles.tiles["seen"], visit.happened.where.place),
        *(visit.happened.when.at.field, visit.happened.when.minutes, visit.words.note),
        *(visit.words.promised, visit.words.next.step, visit.words.next.on.field),
        *(visit.foot.leave_button, visit.foot.save_button),
    ]
    assert [been.index(widget) for widget in order] == sorted(
        been.index(widget) for widget in order
    )
    assert all(widget.accessibleName() for widget in been)


@pytest.mark.parametrize(("width", "height"), [(1310, 768), (1037, 574)])
def test_nothing_stands_wider_than_the_window(
    door: Door, lee: bytes, width: int, height: int
) -> None:
    door.page.resize(width, height)
    visit = door.open(lee)
    door.key("y")
    door.settle()
    assert visit.area.widget().width() <= visit.area.viewport().width()
    assert visit.minimumSizeHint().width() <= width


def test_kept_to_health_the_account_goes_there_and_the_outcome_to_everybody(
    qtbot: QtBot,
    sign_in,
    vault,
    clock: OfficeClock,  # type: ignore[no-untyped-def]
) -> None:
    office = Office(vault, clock, me=BELLO)
    lee = office.client()
    door = Door(qtbot, sign_in("nurse"))
    visit = door.open(lee)
    door.key("y")
    visit.words.readers.choose("health")
    lines = visit.words.readers.lines()
    assert [(one.names, one.sees_all) for one in lines] == [
        ("You", True),
        ("K. Lund and K. Osei", False),
        ("M. Lowe", False),
        ("PC R. Shah", False),
    ]
    door.note("Clinical words")
    door.save()
    assert [one.audience for one in office.of(lee, "account")] == ["health"]
    assert [one.audience for one in office.of(lee, "visit")] == ["partners"]


def test_a_key_worker_alone_in_partners_is_not_offered_to_narrow(door: Door, lee: bytes) -> None:
    visit = door.open(lee)
    assert visit.words.readers.change.isHidden()
