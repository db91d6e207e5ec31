# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The case forum, from who is here to sealed minutes, worked by keys over a real vault."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import Json, Record, link
from desktop_app.casework.reference import reference
from desktop_app.casework.retention import RETENTION
from desktop_app.reports.pdf import pdf
from desktop_app.reports.web_page import web_page
from storage import reads
from storage.store import Store
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.conftest import SignIn
from tests.ui.criteria_desk import lay_criteria
from tests.ui.office import BELLO, LOWE, OSEI, SHAH, Office, OfficeClock
from tests.ui.watched import words_shown
from ui import theme
from ui.pages.forum import ForumPage
from ui.pages.forum_middle import RoomRemoval
from ui.pages.forum_minutes import TakingMinutesOut, sheet_of
from ui.pages.scoring import ScoringPage
from ui.pages.today import TodayPage
from ui.places import Place
from ui.session import Session

TODAY = "2026-11-23"


class Room:
    """A forum, worked by keys."""

    def __init__(self, qtbot: QtBot, session: Session, office: Office) -> None:
        self.qtbot, self.session, self.office = qtbot, session, office
        self.dialogs = QuietDialogs()
        self.page = self.opened()

    def opened(self) -> ForumPage:
        page = ForumPage(self.session, self.dialogs)
        self.qtbot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        page.activateWindow()
        self.qtbot.waitUntil(page.isActiveWindow)
        page.show_place(Place("forum"))
        self.page = page
        self.settle()
        return page

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy and self.stands())

    def stands(self) -> bool:
        """Say whether somebody's card is shown, where there is one to show."""
        held = self.page.held
        if held.meeting is None:
            return True
        return held.agenda is not None and (held.shown is not None or not held.agenda.dues)

    def begin(self, *more: str) -> None:
        for one in more:
            self.page.start.people[one].setChecked(True)
        self.page.begin()
        self.settle()

    def press(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, how)
        self.settle()

    def focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        return focus if focus is not None else self.page

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focus(), words)
        self.settle()

    def next(self) -> None:
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def name(self) -> str:
        return self.page.held.card.name.text()

    def on(self) -> list[str]:
        return [row.item().name for row in self.page.held.list.rows.rows.values()]


@pytest.fixture
def office(vault: Store, clock: OfficeClock) -> Office:
    return Office(vault, clock, me=LOWE)


@pytest.fixture
def session(sign_in: SignIn, office: Office) -> Session:
    return sign_in(Role.COORDINATOR)


@pytest.fixture
def room(qtbot: QtBot, session: Session, office: Office) -> Room:
    return Room(qtbot, session, office)


def forums(office: Office) -> list[Record]:
    return reads.records(office.store, form="forum")


def targeted(office: Office, surname: str, **more: Json) -> bytes:
    client = office.client(surname)
    told: dict[str, Json] = {"cohort": "demand_side", "started_on": "2026-06-01", **more}
    office.save("cohort", told, client=client)
    return client


def test_the_agenda_builds_itself_and_starts_with_initials(room: Room, office: Office) -> None:
    croft = targeted(office, "Croft")
    bell = office.client("Bell")
    office.save(
        "nomination",
        {"nominated_on": "2026-11-20", "agency": "Police", "nominated_by": SHAH, "why": "Thefts"},
        client=bell,
    )
    room.page.refresh()
    room.settle()
    room.begin(SHAH)
    assert room.on() == ["L. B.", "L. C."]
    assert room.name() == "L. B."
    assert "CROFT" not in words_shown(room.page)
    room.press(Qt.Key.Key_P)
    assert room.on() == ["BELL, Leanne", "CROFT, Leanne"]
    assert reference(croft) in words_shown(room.page)


def test_it_is_decided_by_keys_and_everything_is_kept(room: Room, office: Office) -> None:
    croft = targeted(office, "Croft")
    room.page.refresh()
    room.settle()
    room.begin(SHAH, BELLO)
    room.press(Qt.Key.Key_R)
    room.press(Qt.Key.Key_W)
    room.type("Seen every week, nothing new")
    room.page.held.bar.agreed.people[SHAH].setChecked(False)
    room.page.held.list.setFocus()
    room.press(Qt.Key.Key_D)
    room.type("would wait for court")
    room.page.held.list.setFocus()
    room.press(Qt.Key.Key_A)
    room.type("Ring the landlord")
    room.page.held.bar.steps.owner.set_value(SHAH)
    room.page.held.bar.steps.by.set_value("2026-11-27")
    room.press(Qt.Key.Key_Return)
    room.next()
    (decision,), (entry,) = office.of(croft, "decision"), office.of(croft, "forum_entry")
    (action,) = office.of(croft, "action")
    assert decision.answers["about"] == "relax"
    assert set(decision.answers["agreed_by"]) == {LOWE, BELLO}  # type: ignore[arg-type]
    assert decision.answers["dissent_by"] == [SHAH]
    assert (action.answers["owner"], action.answers["due_on"]) == (SHAH, "2026-11-27")
    assert "would wait for court" in str(entry.answers["dissent"])
    assert entry.answers["decision"] == link(decision.id)
    assert office.of(croft, "cohort")[0].answers.get("ended_on") is None
    room.page.held.close_forum()
    room.settle()
    (forum,) = forums(office)
    assert (forum.answers["listed"], forum.answers["discussed"]) == (1, 1)
    assert "would wait for court" in room.page.minutes.text.toPlainText()
    assert "CROFT, Leanne" in room.page.minutes.text.toPlainText()


def test_nothing_is_recorded_that_lacks_something_and_it_says_what(
    room: Room, office: Office
) -> None:
    croft = targeted(office, "Croft")
    room.page.refresh()
    room.settle()
    room.begin()
    room.next()
    assert "Choose what was decided" in room.page.held.bar.lacks.text()
    room.press(Qt.Key.Key_X)
    room.next()
    assert "Say why" in room.page.held.bar.lacks.text()
    assert office.of(croft, "forum_entry") == []
    room.page.held.close_forum()
    room.settle()
    assert "talked about, or skipped with a reason" in room.page.held.bar.lacks.text()
    assert forums(office) == []


def test_a_lock_in_the_middle_loses_nothing(room: Room, office: Office) -> None:
    for surname in ("Abbot", "Bell"):
        targeted(office, surname)
    room.page.refresh()
    room.settle()
    room.begin(SHAH)
    room.press(Qt.Key.Key_K)
    room.next()
    assert room.name() == "L. B."
    room.press(Qt.Key.Key_R)
    room.press(Qt.Key.Key_W)
    room.type("Half a sent")
    began = room.page.held.meeting
    room.page.hide()
    again = room.opened()
    assert again.held.meeting is not None
    assert began is not None
    assert (again.held.meeting.id, again.held.meeting.present) == (began.id, began.present)
    assert room.name() == "L. B."
    assert again.held.bar.why.text() == "Half a sent"
    assert again.held.bar.said().course == "relax"
    assert len(again.held.agenda.recorded if again.held.agenda else {}) == 1


def test_what_is_for_health_or_police_only_is_never_on_the_screen(
    room: Room, office: Office
) -> None:
    croft = targeted(office, "Croft")
    told = {"domain": "health", "what": "ulcer", "raised_on": "2026-11-20"}
    office.save("need", told, client=croft, to="health")
    office.save("need", {**told, "what": "bed"}, client=croft)
    room.page.refresh()
    room.settle()
    room.begin()
    assert "bed" in words_shown(room.page)
    assert "ulcer" not in words_shown(room.page)
    room.press(Qt.Key.Key_K)
    room.next()
    (entry,) = office.of(croft, "forum_entry")
    assert "ulcer" not in str(entry.answers)


def test_that_somebody_is_shown_to_a_room_is_written_down(room: Room, office: Office) -> None:
    croft = targeted(office, "Croft")
    room.page.refresh()
    room.settle()
    room.begin()
    entries = [one for one in logged(office.store) if one.form == "consultation"]
    shown = [one for one in entries if croft.hex() in str(one.answers["clients"])]
    assert {str(one.answers["how"]) for one in shown} == {"forum"}


def test_who_is_skipped_is_skipped_with_a_reason(room: Room, office: Office) -> None:
    croft = targeted(office, "Croft")
    room.page.refresh()
    room.settle()
    room.begin()
    room.press(Qt.Key.Key_S)
    assert office.of(croft, "forum_entry") == [], "nobody is skipped without a reason"
    room.dialogs.answers["ask_text"] = "Their worker is on leave"
    room.press(Qt.Key.Key_S)
    (entry,) = office.of(croft, "forum_entry")
    assert entry.answers["skipped"] == "Their worker is on leave"
    room.press(Qt.Key.Key_C)
    (forum,) = forums(office)
    assert (forum.answers["listed"], forum.answers["discussed"]) == (1, 0)
    assert "Skipped: Their worker is on leave" in room.page.minutes.text.toPlainText()


def test_the_room_reads_large_letters_and_afterwards_they_are_as_before(
    room: Room, office: Office
) -> None:
    assert theme.current().text_scale == 1.3
    room.page.hide()
    assert theme.current().text_scale == 1.0


def test_sixty_people_from_agenda_to_printed_minutes(
    room: Room, office: Office, session: Session, tmp_path: Path
) -> None:
    for number in range(60):
        targeted(office, f"Croft{chr(97 + number // 26)}{chr(97 + number % 26)}")
    room.page.refresh()
    room.settle()
    room.begin(SHAH, BELLO)
    assert len(room.on()) == 60
    for number in range(60):
        room.press((Qt.Key.Key_K, Qt.Key.Key_R, Qt.Key.Key_I)[number % 3])
        if number % 3:
            room.press(Qt.Key.Key_W)
            room.type("Going well")
        room.next()
    room.page.held.list.setFocus()
    room.press(Qt.Key.Key_C)
    (forum,) = forums(office)
    assert forum.answers["discussed"] == 60
    sheet = sheet_of(office.store, forum.id, session, "Taken out by nobody")
    assert sheet is not None
    begun = time.perf_counter()
    paper = pdf(sheet)
    took = time.perf_counter() - begun
    (tmp_path / "minutes.pdf").write_bytes(paper)
    assert took < 2, f"{took:.1f} s"
    assert web_page(sheet).count(b"<article>") == 60


def opened_with(room: Room, *surnames: str) -> list[bytes]:
    """Open a forum with some people on the programme, the officer and the key worker there."""
    clients = [targeted(room.office, one) for one in surnames]
    room.page.refresh()
    room.settle()
    room.begin(SHAH, OSEI)
    return clients


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
    assert str(entry.answers["score"]).count("Said in the room") == 3


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
    (need,) = office.of(croft, "need")
    assert (need.answers["owner"], need.answers["due_on"]) == (OSEI, "2026-12-21")


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
    assert "1 person's record was erased since" in again
    assert "BELL, Leanne" in again
    room.page.minutes.back_wanted.emit()
    room.settle()
    assert list(room.page.start.past.rows) == [forum.id.hex()]
