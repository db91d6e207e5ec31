# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The doorstep: a visit recorded on one screen, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import link
from tests.ui.conftest import SignIn
from tests.ui.door import Door, focus
from tests.ui.office import OSEI, SHAH, Office, OfficeClock
from tests.ui.watched import words_shown
from ui import theme
from ui.kit.stops import next_stop
from ui.places import Place


def test_whoever_comes_back_to_a_visit_is_at_its_first_question(door: Door, lee: bytes) -> None:
    visit = door.open(lee)
    visit.top.who._help.setFocus()
    assert door.open(lee) is visit
    door.qtbot.waitUntil(lambda: visit.happened.isAncestorOf(focus()))


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
    door.key_press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is summary.lines[0]
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


def test_the_keyboard_is_where_it_was_when_one_comes_back_to_a_visit(
    door: Door, lee: bytes
) -> None:
    visit = door.open(lee)
    visit.words.note.setFocus()
    door.page.show_place(Place("visit", lee))
    visit.top.setFocus()  # as the window does with whatever comes first
    QApplication.processEvents()
    assert focus() is visit.words.note


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
    assert "likely out on Thu 3 Dec" in words
    assert "no prison number" in words


def test_with_large_text_no_row_lies_over_another(
    door: Door, office: Office, lee: bytes, qapp: QApplication
) -> None:
    office.save(
        "setting",
        {
            "setting": "sentenced",
            "place_prison": "other",
            "place": "HMP Eastmoor, the visits hall beside the main gate",
            "from_on": "2026-11-11",
            "expected_release_on": "2026-12-03",
        },
        client=lee,
    )
    theme.apply(qapp, theme.Theme(text_scale=1.5))
    try:
        visit = door.open(lee)
        door.page.resize(1306, 768)
        QApplication.processEvents()
        shown = [one for one in visit.happened.rows.values() if one.is_shown()]
        low = [
            one for one in shown if one.body.height() < one.body.heightForWidth(one.body.width())
        ]
        assert len(shown) > 4
        assert [one.label.text() for one in low] == []
    finally:
        theme.apply(qapp, theme.Theme())


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


def test_tab_comes_to_whoever_was_added_before_it_comes_to_the_days(door: Door, lee: bytes) -> None:
    following = door.open(lee).words.next
    following.offer([SHAH])
    you, shah = following.who.values()
    assert next_stop(you, forward=True) is shah


def test_tab_walks_through_everything_and_comes_back(door: Door, lee: bytes) -> None:
    visit = door.open(lee)
    visit.happened.tiles.setFocus()
    first, been = focus(), list[QWidget]()
    for _step in range(80):
        been.append(focus())
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
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


@pytest.mark.parametrize(
    ("letter", "answered"),
    [
        *(("H", "seen"), ("W", "seen"), ("I", "seen"), ("O", "seen"), ("M", "seen")),
        *(("T", "seen"), ("P", "seen"), ("X", "seen"), ("Y", "not_seen"), ("L", "not_seen")),
    ],
)
def test_every_row_has_its_alt_letter(door: Door, lee: bytes, letter: str, answered: str) -> None:
    visit = door.open(lee)
    visit.happened.tiles.tiles[answered].click()
    left, right = visit.happened, visit.words
    leads: list[tuple[str, QWidget]] = [
        *(("H", left.where.kind), ("W", left.when.at), ("I", left.people), ("O", left.offers)),
        *(("M", left.message.said), ("Y", left.why_not), ("L", left.left), ("T", right.note)),
        *(("P", right.promised), ("X", right.next.step)),
    ]
    to = dict(leads)
    QTest.keySequence(visit, f"Alt+{letter}")
    assert to[letter] is focus() or to[letter].isAncestorOf(focus())


@pytest.mark.parametrize(("width", "height"), [(1310, 768), (1037, 574)])
def test_nothing_stands_wider_than_the_window(
    door: Door, lee: bytes, width: int, height: int
) -> None:
    door.page.resize(width, height)
    visit = door.open(lee)
    door.key("y")
    door.settle()
    inside = visit.area.widget()
    assert inside is not None
    assert inside.width() <= visit.area.viewport().width()
    assert visit.minimumSizeHint().width() <= width


def test_an_analyst_at_a_visit_forced_open_saves_nothing_and_is_told_why(
    qtbot: QtBot, office: Office, sign_in: SignIn, lee: bytes, trouble: list[str]
) -> None:
    door = Door(qtbot, sign_in(Role.ANALYST))
    visit = door.open(lee)
    door.key("y")
    door.save()
    words = "Your role does not write this: Visit. Nothing was saved."
    qtbot.waitUntil(lambda: trouble == [words])
    assert words in words_shown(visit)
    assert (office.of(lee, "visit"), office.of(lee, "account")) == ([], [])
    assert door.page.visit is visit
    trouble.clear()


def test_a_draft_is_called_safe_only_where_something_was_typed(door: Door, lee: bytes) -> None:
    visit = door.open(lee)
    door.save()
    summary = visit.happened.problems
    assert summary.isVisible()
    assert not summary.safe.isVisible()
    door.note("He was at the window.")
    door.save()
    assert summary.safe.isVisible()
    visit.discard()
    door.save()
    assert not summary.safe.isVisible()
