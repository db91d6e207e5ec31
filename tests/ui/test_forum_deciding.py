# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a forum decides live: scores, removals with their checklist, next steps, time, minutes."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import NO_CLIENT, Json, link
from desktop_app.casework.retention import RETENTION
from storage.store import Store
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.conftest import SignIn
from tests.ui.criteria_desk import lay_criteria
from tests.ui.forum_room import TODAY, Room, forums, opened_with, targeted
from tests.ui.office import BELLO, LOWE, OSEI, SHAH, Office, OfficeClock
from tests.ui.watched import words_shown
from ui.pages.forum_middle import RoomRemoval
from ui.pages.forum_minutes import TakingMinutesOut
from ui.pages.scoring import ScoringPage
from ui.pages.today import TodayPage
from ui.places import Place
from ui.session import Session


@pytest.fixture
def office(vault: Store, clock: OfficeClock) -> Office:
    return Office(vault, clock, me=LOWE)


@pytest.fixture
def session(sign_in: SignIn, office: Office) -> Session:
    return sign_in(Role.COORDINATOR)


@pytest.fixture
def room(qtbot: QtBot, session: Session, office: Office) -> Room:
    return Room(qtbot, session, office)


def test_somebody_is_scored_in_the_room_and_what_was_being_said_stays(
    room: Room, office: Office
) -> None:
    lay_criteria(office)
    bell = office.client("Bell", born="1990-05-01")
    told = {"nominated_on": "2026-11-20", "agency": "Police", "nominated_by": SHAH, "why": "So"}
    office.save("nomination", told, client=bell)
    office.save("evidence", {"words": "Told the nurse"}, client=bell, to="health")
    room.page.refresh()
    room.settle()
    room.begin(SHAH)
    held = room.page.held
    room.press(Qt.Key.Key_I)
    room.press(Qt.Key.Key_W)
    room.type("Meets them")
    held.list.setFocus()
    room.press(Qt.Key.Key_E)
    page = held.middle.work
    assert isinstance(page, ScoringPage)
    assert "BELL" not in words_shown(room.page)
    assert all(one.audience == "partners" for one in page.facts.records)
    assert all(box.kept is None for box in page.boxes), "what a room types is for all partners"
    room.qtbot.waitUntil(lambda: page.isAncestorOf(room.focus()))
    for box, points in zip(page.boxes, ("4", "2", "0"), strict=True):
        box.bands._pressed(points)
        box.evidence.setText("Said in the room")
        box.source.set_value("police")
        box.changed.emit()
    room.next()
    assert not held.middle.busy
    assert (held.bar.course, held.bar.why.text()) == ("include", "Meets them")
    assert "6" in room.page.held.card._shown.card.risk.words  # type: ignore[union-attr]
    assert office.of(bell, "decision") == [], "Ctrl+Enter saved the score, and nothing else"
    room.next()
    (place,), (entry,) = office.of(bell, "cohort"), office.of(bell, "forum_entry")
    assert (place.answers["cohort"], place.answers["score"]) == ("demand_side", 6)
    (decision,) = office.of(bell, "decision")
    assert decision.answers["spell"] == link(place.id), "whoever reverses it finds what it opened"
    assert str(entry.answers["score"]).count("Said in the room") == 3


def test_the_room_sees_how_much_room_there_is_and_nothing_it_may_not(
    room: Room, office: Office
) -> None:
    office.save("team_rule", {"programme_places": 4}, client=NO_CLIENT)
    taken = {"cohort": "demand_side", "started_on": "2026-06-01"}
    for held_by in ("", "police"):
        office.save("cohort", taken, client=office.client("Other"), to=held_by)
    told = {"nominated_on": "2026-11-20", "agency": "Police", "nominated_by": SHAH, "why": "So"}
    office.save("nomination", told, client=office.client("Bell"))
    room.page.refresh()
    room.settle()
    room.begin(SHAH)
    bar = room.page.held.bar
    assert room.name() == "L. B."
    assert bar.room.text() == "1 of 4 places taken, 3 are free."
    assert bar.stays.text() == "", "there is no support to go on"
    room.press(Qt.Key.Key_N)
    room.press(Qt.Key.Key_Y)
    room.press(Qt.Key.Key_Down)
    (draft,) = [one for one in office.store.drafts() if one.form == "forum"]
    (typed,) = draft.answers["typed"].values()  # type: ignore[union-attr]
    assert bar.reason.value() == typed["reason"] == "no_capacity"  # type: ignore[index, call-overload]


def test_what_was_begun_of_somebody_waits_for_them_while_others_are_talked_about(
    room: Room, office: Office
) -> None:
    clients = opened_with(room, "Bell", "Croft")
    held = room.page.held
    room.press(Qt.Key.Key_W)
    room.type("Meets them on Tuesdays")
    assert held.shown is not None
    first = held.shown.file.client.id
    other = next(one for one in clients if one != first)
    held.list.go_to(other)
    held.show_client(other)
    room.settle()
    assert held.bar.why.text() == ""
    held.bar.why.setFocus()
    room.type("Not heard of since")
    (draft,) = [one for one in office.store.drafts() if one.form == "forum"]
    typed = draft.answers["typed"]
    assert {one["why"] for one in typed.values()} == {  # type: ignore[union-attr, index, call-overload]
        *("Meets them on Tuesdays", "Not heard of since")
    }
    again = room.opened().held
    assert again.bar.why.text() == "Not heard of since"
    again.show_client(first)
    room.settle()
    assert again.bar.why.text() == "Meets them on Tuesdays"


def test_esc_leaves_the_score_as_a_draft_and_the_forum_where_it_was(
    room: Room, office: Office
) -> None:
    lay_criteria(office)
    croft = office.client("Croft", born="1990-05-01")
    office.save("cohort", {"cohort": "demand_side", "started_on": "2026-06-01"}, client=croft)
    room.page.refresh()
    room.settle()
    room.begin()
    room.press(Qt.Key.Key_E)
    page = room.page.held.middle.work
    assert isinstance(page, ScoringPage)
    page.boxes[0].evidence.setText("Half")
    page.boxes[0].changed.emit()
    QTest.keyClick(page.boxes[0].bands, Qt.Key.Key_Escape)
    room.settle()
    assert not room.page.held.middle.busy
    room.press(Qt.Key.Key_E)
    again = room.page.held.middle.work
    assert isinstance(again, ScoringPage)
    room.qtbot.waitUntil(lambda: bool(again.boxes) and again.boxes[0].evidence.text() == "Half")


@pytest.mark.parametrize("of", ["targeting", "support"])
def test_the_checklist_ends_the_one_and_never_the_other(
    room: Room, office: Office, of: str
) -> None:
    croft = targeted(office, "Croft")
    office.save("support", {"started_on": "2026-06-01"}, client=croft)
    room.page.refresh()
    room.settle()
    room.begin(SHAH, OSEI)
    held = room.page.held
    room.press(Qt.Key.Key_X if of == "targeting" else Qt.Key.Key_U)
    assert held.bar.stays.text() == f"{'Support' if of == 'targeting' else 'Targeting'} stays"
    room.press(Qt.Key.Key_W)
    room.type("Going well")
    held.list.setFocus()
    room.press(Qt.Key.Key_H)
    panel = held.middle.work
    assert isinstance(panel, RoomRemoval)
    panel.save()
    assert panel.problems.isVisible(), "a checklist is answered, not skipped"
    why = {"targeting_end": "good_progress"} if of == "targeting" else {"support_end": "planned"}
    checks = dict.fromkeys(("all_agree", "partners_told", "client_told"), "done")
    again = {"exit_plan": "May ring", "follow_up_on": "2026-12-21", "follow_up_by": OSEI}
    panel.view.resume({**why, **checks, **again})
    panel.save()
    room.settle()
    assert office.of(croft, "removal") == [], "it is saved with the decision, all or nothing"
    assert held.bar.checklist.text().endswith("Checklist answered")
    held.list.setFocus()
    room.next()
    (place,), (support,) = office.of(croft, "cohort"), office.of(croft, "support")
    ended = {"targeting": place, "support": support}
    other = ended.pop("support" if of == "targeting" else "targeting")
    assert ended[of].answers["ended_on"] == TODAY
    assert other.answers.get("ended_on") is None
    (removal,), (decision,) = office.of(croft, "removal"), office.of(croft, "decision")
    assert removal.answers["decision"] == link(decision.id)
    assert removal.answers["agreed_by"] == decision.answers["agreed_by"]
    (entry,) = office.of(croft, "forum_entry")
    assert "Exit plan: May ring" in str(entry.answers["checklist"])
    assert office.of(croft, "need")[0].answers["owner"] == OSEI, "somebody looks again"


def test_a_removal_whose_checklist_waits_ends_nothing(room: Room, office: Office) -> None:
    (croft,) = opened_with(room, "Croft")
    room.press(Qt.Key.Key_X)
    room.press(Qt.Key.Key_W)
    room.type("Going well")
    room.next()
    assert office.of(croft, "decision")[0].answers["about"] == "remove_targeting"
    assert office.of(croft, "removal") == []
    assert office.of(croft, "cohort")[0].answers.get("ended_on") is None


def test_somebody_is_found_by_a_name_the_room_does_not_see(room: Room, office: Office) -> None:
    _abbot, marsh = opened_with(room, "Abbot", "Marsh")
    room.press(Qt.Key.Key_F)
    room.type("zz")
    assert room.page.held.list.nobody.isVisible()
    room.press(Qt.Key.Key_Escape)
    assert len(room.on()) == 2
    room.press(Qt.Key.Key_F)
    room.type("mar")
    assert room.on() == ["L. M."]
    room.press(Qt.Key.Key_Return)
    assert room.page.held.shown is not None
    assert room.page.held.shown.file.client.id == marsh
    assert len(room.on()) == 2, "the whole agenda stands again"


def test_each_has_a_day_of_their_own_and_both_lanes_their_steps(room: Room, office: Office) -> None:
    (croft,) = opened_with(room, "Croft")
    bar = room.page.held.bar
    assert bar.agreed.lanes.text() == "Both lanes agree"
    room.press(Qt.Key.Key_K)
    room.press(Qt.Key.Key_G)
    bar.again.set_text("gobbledygook")
    room.next()
    assert office.of(croft, "decision") == [], "a day nobody can read is not taken for another"
    bar.again.set_value("2026-12-07")
    for owner, what in ((SHAH, "See them at the desk"), (OSEI, "Ring the landlord")):
        bar.steps.owner.set_value(owner)
        bar.steps.owner.chosen.emit(owner)
        bar.steps.what.setText(what)
        bar.steps.by.set_value("2026-11-30")
        bar.steps._add()
    bar.agreed.people[SHAH].setChecked(False)
    bar.agreed.people[LOWE].setChecked(False)
    room.next()
    (decision,), (entry,) = office.of(croft, "decision"), office.of(croft, "forum_entry")
    assert decision.answers["review_on"] == "2026-12-07"
    lanes = {one.text("owner"): one.text("lane") for one in office.of(croft, "action")}
    assert lanes == {SHAH: "enforcement", OSEI: "support"}
    said = entry.answers["new_actions"]
    assert isinstance(said, list)
    assert [str(one).split(":")[0] for one in said] == ["Support", "Enforcement"]
    assert entry.answers["lanes"] == "Nobody for enforcement agreed"


def test_the_time_left_is_said_and_goes_on_after_a_lock(
    room: Room, office: Office, clock: OfficeClock
) -> None:
    opened_with(room, "Abbot", "Bell", "Croft")
    assert room.page.held.head.time.text() == "90 min left, 30 each"
    clock.later(80)
    room.page.held._say_time()
    assert room.page.held.head.time.text() == "10 min left, 3 each"
    room.page.hide()
    again = room.opened()
    assert again.held.head.time.text() == "10 min left, 3 each"
    clock.later(30)
    again.held._say_time()
    assert again.held.head.time.text() == "past the end that was set"


def _erase(office: Office, client: bytes, record: bytes) -> None:
    """Decide that what a forum recorded of somebody is erased."""
    answers: dict[str, Json] = {
        "decision": "erase",
        "decided_on": TODAY,
        "authority": "Data protection officer",
        "reason": "Asked to be forgotten",
        "records": [link(record)],
        "count": 1,
    }
    office.colleague(BELLO, RETENTION, answers, client=client)


def test_an_action_of_ones_own_stands_on_ones_today(
    room: Room, office: Office, session: Session, qtbot: QtBot
) -> None:
    opened_with(room, "Croft")
    room.press(Qt.Key.Key_K)
    bar = room.page.held.bar
    bar.steps.owner.set_value(LOWE)
    bar.steps.what.setText("Ask the council")
    bar.steps.by.set_value("2026-11-24")
    bar.steps._add()
    room.next()
    page = TodayPage(session, QuietDialogs())
    qtbot.addWidget(page)
    page.show()
    page.show_place(Place("today"))
    qtbot.waitUntil(lambda: not session.busy)
    assert "Ask the council" in words_shown(page)


def test_minutes_are_logged_before_they_leave_and_stay_as_they_were_sealed(
    room: Room, office: Office, session: Session, tmp_path: Path
) -> None:
    croft, bell = opened_with(room, "Croft", "Bell")
    for _one in range(2):
        room.press(Qt.Key.Key_K)
        room.next()
    room.press(Qt.Key.Key_C)
    (forum,) = forums(office)
    room.press(Qt.Key.Key_P)
    before = room.page.minutes.text.toPlainText()
    for ending in ("pdf", "html"):
        place = tmp_path / f"minutes.{ending}"
        room.dialogs.answers["save_file"] = place
        room.page.minutes.take_out.click()
        panel = room.page.minutes.beside.panel
        assert isinstance(panel, TakingMinutesOut)
        panel.format.set_value(ending)
        panel.view.resume({"recipient": "The file", "reason": "Kept at the council"})
        panel.save()
        room.qtbot.waitUntil(place.exists)
        room.settle()
        log = [one for one in logged(office.store) if one.form == "export"][-1]
        assert (log.answers["what"], log.answers["format"]) == ("report", ending)
        assert {croft.hex(), bell.hex()} <= set(map(str, log.answers["clients"]))  # type: ignore[arg-type]
    assert "CROFT, Leanne" in (tmp_path / "minutes.html").read_text("utf-8")
    office.save("cohort", {"cohort": "supply_side", "started_on": TODAY}, client=croft)
    room.page.show_place(Place("forum", record=forum.id))
    room.settle()
    assert room.page.minutes.text.toPlainText() == before, "as it stood on forum day"
    _erase(office, croft, office.of(croft, "forum_entry")[0].id)
    room.page.show_minutes(forum.id)
    room.settle()
    again = room.page.minutes.text.toPlainText()
    assert "CROFT" not in again
    assert "What was said of 1 person is not on this laptop: erased" in again
    assert "BELL, Leanne" in again
    room.page.minutes.back_wanted.emit()
    room.settle()
    assert list(room.page.start.past.rows) == [forum.id.hex()]


def test_a_forum_without_anybody_says_so_and_is_closed_with_a_key(
    room: Room, office: Office
) -> None:
    room.begin(SHAH)
    assert "Nobody is on the agenda" in words_shown(room.page.held.middle)
    assert not room.page.held.list.nobody.isVisible(), "it is said once"
    room.page.held.setFocus()
    room.press(Qt.Key.Key_C)
    (forum,) = forums(office)
    assert (forum.answers["listed"], forum.answers["discussed"]) == (0, 0)
