# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Continuity from the rows: the visit that is due, the day of release; all by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.assignments import KEY_WORKER, workers_on
from desktop_app.casework.handover import open_offers
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.file_desk import Page, alert, stands_by, visit
from tests.ui.office import BELLO, LUND, NOW, OSEI, SHAH, Office
from tests.ui.rows_desk import RowsDesk
from tests.ui.test_boards_page import Programme, comes_out
from tests.ui.watched import words_shown
from ui.pages.card_paper import CardPanel
from ui.pages.overlap_hint import OverlapHint
from ui.pages.pack_paper import PackPanel
from ui.pages.reading import ReadingPage
from ui.pages.same_worker import SameWorkerPage, SameWorkerPanel
from ui.pages.today import TodayPage
from ui.pages.visit_pack import VisitPackPage, VisitPaperPanel
from ui.places import Place
from ui.session import Session

TODAY = NOW.date()


@pytest.fixture
def programme(qtbot: QtBot, session: Session) -> Programme:
    return Programme(qtbot, session)


def inside(office: Office, surname: str) -> bytes:
    client = office.client(surname)
    duty = {"duty": "key_worker", "worker": OSEI, "from_on": "2026-08-01"}
    office.colleague(BELLO, "assignment", duty, client=client)
    there = {"setting": "sentenced", "place_prison": "zz_eastmoor", "from_on": "2026-09-01"}
    office.save("setting", there, client=client)
    return client


def test_a_prison_visit_is_booked_from_the_row(programme: Programme, office: Office) -> None:
    inside(office, "Croft")
    programme.open("not_seen")
    assert programme.names() == ["CROFT, Leanne"]
    programme.press(Qt.Key.Key_R)
    panel = programme.page.panel
    assert panel is not None
    assert panel.view.answers()["kind"] == "prison"
    assert panel.view.answers()["place"] == "HMP Eastmoor"


def test_the_day_of_release_is_planned_from_the_row_and_taken_back(
    programme: Programme, office: Office
) -> None:
    bell = comes_out(office, "Bell", "2026-11-26")
    programme.open("coming_out")
    programme.press(Qt.Key.Key_P)
    panel = programme.page.panel
    assert panel is not None
    panel.view.resume({"meets": [OSEI], "sleeps": "With his sister"})
    panel.save()
    programme.settle()
    (plan,) = office.of(bell, "release_plan")
    assert plan.answers["sleeps"] == "With his sister"
    (visit,) = office.of(bell, "visit")
    assert (visit.answers["kind"], visit.answers["people"]) == ("gate", [OSEI])
    (row,) = programme.page.rows.rows.values()
    assert [chip.text for chip in row.item().chips] == ["Day planned"]
    programme.press(Qt.Key.Key_U)
    kept = [*office.of(bell, "release_plan"), *office.of(bell, "visit")]
    assert len(kept) == 2
    assert all(one.withdrawn for one in kept)


def test_meeting_them_is_one_key(programme: Programme, office: Office) -> None:
    bell = comes_out(office, "Bell", "2026-11-26")
    programme.open("coming_out")
    programme.press(Qt.Key.Key_M)
    (visit,) = office.of(bell, "visit")
    assert visit.answers["at"] == "2026-11-26T09:00"


def offered(office: Office, surname: str, *, by: str, to: str) -> bytes:
    client = office.client(surname)
    duty = {"duty": "key_worker", "worker": by, "from_on": "2026-08-01"}
    office.colleague(by, "assignment", duty, client=client)
    offer = {
        "duty": "key_worker",
        "worker": by,
        "handed_to": to,
        "offered_on": "2026-11-20",
        "reason": "worker_leaves",
    }
    office.colleague(by, "handover", offer, client=client)
    return client


def test_an_offer_is_accepted_from_the_row_and_taken_back(
    programme: Programme, office: Office
) -> None:
    croft = offered(office, "Croft", by=LUND, to=OSEI)
    programme.open("handovers")
    assert programme.names() == ["CROFT, Leanne"]
    programme.press(Qt.Key.Key_A)
    held = office.of(croft, "assignment")
    assert {one.answers["worker"] for one in held if not one.answers.get("until_on")} == {OSEI}
    assert workers_on(held, KEY_WORKER, TODAY) == [OSEI]
    programme.press(Qt.Key.Key_U)
    assert workers_on(office.of(croft, "assignment"), KEY_WORKER, TODAY) == [LUND]
    forms = ("assignment", "handover", "handover_answer")
    held = [one for form in forms for one in office.of(croft, form)]
    assert len(open_offers(held, TODAY)) == 1


def test_not_yet_says_why_and_the_worker_stays(programme: Programme, office: Office) -> None:
    croft = offered(office, "Croft", by=LUND, to=OSEI)
    programme.open("handovers")
    programme.press(Qt.Key.Key_N)
    assert programme.page.panel is not None
    programme.page.panel.view.resume({"words": "After the court day"})
    programme.page.panel.save()
    programme.settle()
    (answer,) = office.of(croft, "handover_answer")
    assert (answer.answers["answer"], answer.answers["words"]) == ("not_yet", "After the court day")
    assert workers_on(office.of(croft, "assignment"), KEY_WORKER, TODAY) == [LUND]


def test_whoever_offered_takes_it_back_by_a_key(programme: Programme, office: Office) -> None:
    croft = offered(office, "Croft", by=OSEI, to=BELLO)
    programme.open("handovers")
    programme.press(Qt.Key.Key_T)
    (answer,) = office.of(croft, "handover_answer")
    assert answer.answers["answer"] == "taken_back"
    assert programme.said("handovers") == "nobody"
    assert workers_on(office.of(croft, "assignment"), KEY_WORKER, TODAY) == [OSEI]


def test_a_client_is_offered_from_their_page(page: Page, office: Office) -> None:
    client = office.client()
    stands_by(office, client)
    page.open(client)
    page.page.do("offer")
    page.settle()
    page.fill(handed_to=OSEI, reason="balance")
    page.save()
    assert office.of(client, "handover") == []
    page.fill(handed_to=LUND)
    page.save()
    (offer,) = office.of(client, "handover")
    assert offer.answers["worker"] == OSEI
    assert ("Key worker", "K. Osei") in page.page.file.contact.facts  # type: ignore[union-attr]


def test_the_pack_is_made_from_the_offer_for_whom_it_is_and_logged(
    programme: Programme, office: Office, tmp_path: Path
) -> None:
    croft = offered(office, "Croft", by=OSEI, to=BELLO)
    programme.open("handovers")
    programme.press(Qt.Key.Key_P)
    panel = programme.page.panel
    assert isinstance(panel, PackPanel)
    assert panel.receiver.value() == BELLO
    assert panel.view.answers()["recipient"] == "A. Bello"
    place = tmp_path / "pack.html"
    programme.page.dialogs.answers["save_file"] = place  # type: ignore[attr-defined]
    panel.format._pressed("html")
    panel.save()
    programme.settle()
    assert "by K. Osei to A. Bello, as key worker" in place.read_text(encoding="utf-8")
    (entry,) = logged(office.store, "export")
    assert (entry.answers["what"], entry.answers["clients"]) == ("handover_pack", [croft.hex()])


def test_the_pack_is_made_from_the_client_page_for_any_partner(
    page: Page, office: Office, tmp_path: Path
) -> None:
    client = office.client()
    stands_by(office, client)
    page.open(client)
    page.page.do("handover_pack")
    page.settle()
    panel = page.page.panel
    assert isinstance(panel, PackPanel)
    assert panel.receiver.value() == ""
    assert "All partners" in panel.readers.text()
    page.fill(recipient="The new team")
    page.page.dialogs.answers["save_file"] = place = tmp_path / "pack.pdf"  # type: ignore[attr-defined]
    page.save()
    assert place.read_bytes().startswith(b"%PDF")


def test_the_pack_from_the_client_page_is_for_whom_they_were_offered_to(
    page: Page, office: Office
) -> None:
    page.open(offered(office, "Croft", by=OSEI, to=BELLO))
    page.page.do("handover_pack")
    page.settle()
    panel = page.page.panel
    assert isinstance(panel, PackPanel)
    assert panel.receiver.value() == BELLO
    assert panel.view.answers()["recipient"] == "A. Bello"


def test_a_card_is_made_in_their_language_and_its_number_kept(
    page: Page, office: Office, tmp_path: Path
) -> None:
    client = office.client(language="pl")
    meeting = {"kind": "nurse", "booked_for": "2026-11-26T10:00", "with_person": BELLO}
    office.save("appointment", {**meeting, "state": "booked"}, client=client)
    page.open(client)
    place = tmp_path / "card.html"
    page.page.dialogs.answers["save_file"] = place  # type: ignore[attr-defined]
    for typed in ("01632 960044", ""):
        page.page.do("card")
        page.settle()
        panel = page.page.panel
        assert isinstance(panel, CardPanel)
        assert panel.language.value() == "pl"
        assert "No native speaker has checked the Polish words" in panel.unread.text()
        panel.number.setText(typed or panel.number.text())
        panel.format._pressed("html")
        page.save()
        said = place.read_text(encoding="utf-8")
        assert "Czwartek, 26 listopada, godz. 10:00" in said
        assert "01632 960044" in said
        assert "Croft" not in said
    assert [one.answers["what"] for one in logged(office.store, "export")] == ["leave_card"] * 2


def read_page(qtbot: QtBot, session: Session, page: ReadingPage, place: Place) -> ReadingPage:
    qtbot.addWidget(page)
    page.resize(1178, 690)
    page.show()
    page.show_place(place)
    qtbot.waitUntil(lambda: not session.busy)
    qtbot.waitUntil(lambda: all(one.isVisible() for one in page.shown.cards))
    return page


def looked_at(office: Office) -> list[object]:
    return [one.answers["how"] for one in logged(office.store, "consultation")]


def test_the_visits_of_the_day_are_read_and_taken_out_on_paper(
    qtbot: QtBot, session: Session, office: Office, tmp_path: Path
) -> None:
    croft = office.client()
    alert(office, croft)
    visit(office, croft, "2026-11-23T16:00", OSEI, state="planned", outcome=None)
    dialogs = QuietDialogs()
    page = read_page(qtbot, session, VisitPackPage(session, dialogs), Place("visit_pack"))
    assert "16:00  CROFT, Leanne" in words_shown(page)
    assert "Dog loose in the yard" in words_shown(page)
    assert looked_at(office) == ["visit_pack"]
    page.paper.click()
    panel = page.panel
    assert isinstance(panel, VisitPaperPanel)
    assert "Paper can be lost" in words_shown(panel)
    place = tmp_path / "visits.html"
    dialogs.answers["save_file"] = place
    panel.format._pressed("html")
    panel.save()
    qtbot.waitUntil(lambda: not session.busy)
    said = place.read_text(encoding="utf-8")
    assert "Leanne C." in said
    assert "Croft" not in said
    (entry,) = logged(office.store, "export")
    assert (entry.answers["what"], entry.answers["clients"]) == ("visit_pack", [croft.hex()])


def test_a_day_without_a_visit_says_so(qtbot: QtBot, session: Session, office: Office) -> None:
    place = Place("visit_pack", form="2026-11-24")
    page = read_page(qtbot, session, VisitPackPage(session, QuietDialogs()), place)
    assert "You are down for no visit that day" in words_shown(page)
    assert not page.paper.isEnabled()
    assert looked_at(office) == []
    with qtbot.waitSignal(page.done):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_who_kept_one_key_worker_is_counted_with_the_list_behind_it(
    qtbot: QtBot, session: Session, office: Office, tmp_path: Path
) -> None:
    for surname, since in (("Croft", "2026-06-01"), ("Bell", "2026-07-01")):
        client = office.client(surname)
        office.save("support", {"started_on": "2026-06-01"}, client=client)
        stands_by(office, client, since)
    dialogs = QuietDialogs()
    page = read_page(qtbot, session, SameWorkerPage(session, dialogs), Place("same_worker"))
    words = words_shown(page)
    assert "1 of 2 clients have kept the same key worker" in words
    assert "Nobody was key worker on Mon 1 Jun" in words
    assert looked_at(office) == ["board"]
    page.paper.click()
    dialogs.answers["save_file"] = place = tmp_path / "list.csv"
    panel = page.panel
    assert isinstance(panel, SameWorkerPanel)
    panel.format._pressed("csv")
    panel.view.resume({"recipient": "The forum", "reason": "Turnover"})
    panel.save()
    qtbot.waitUntil(lambda: not session.busy)
    assert "BELL" in place.read_text(encoding="utf-8-sig")


def test_the_board_leads_to_who_kept_one_key_worker(programme: Programme, office: Office) -> None:
    offered(office, "Croft", by=LUND, to=OSEI)
    programme.open("handovers")
    programme.page.card.same.click()
    assert programme.went[-1] == Place("same_worker")


def test_planning_a_visit_says_who_goes_that_day_and_goes_with_them(
    page: Page, office: Office
) -> None:
    client = office.client(other_workers="J. Ames, 01632 960011")
    office.save("client", {"schemes": ["dip"]}, record=client)
    theirs = {"at": "2026-11-26T14:00", "state": "planned", "kind": "home", "people": [SHAH]}
    office.colleague(SHAH, "visit", theirs, client=client)
    page.open(client)
    page.page.do("book")
    page.settle()
    panel = page.page.panel
    assert panel is not None
    assert "DIP works with them too. J. Ames" in words_shown(panel)
    page.fill(at="2026-11-25T10:00")
    assert "visits on" not in words_shown(panel)
    page.fill(at="2026-11-26T10:00")
    assert "PC R. Shah visits on Thu 26 Nov too, at 14:00: go together?" in words_shown(panel)
    hint = panel.findChild(OverlapHint)
    assert hint is not None
    hint.together.click()
    page.settle()
    (joint,) = office.of(client, "visit")
    assert joint.answers["people"] == [SHAH, OSEI]
    assert page.page.panel is None
    page.page.undo._pressed()
    page.settle()
    (joint,) = office.of(client, "visit")
    assert joint.answers["people"] == [SHAH]


def test_two_visits_of_today_become_one_with_a_key(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    client = office.client()
    stands_by(office, client)
    theirs = {"at": "2026-11-23T17:00", "state": "planned", "kind": "home", "people": [SHAH]}
    visit(office, client, "2026-11-23T16:00", OSEI, state="planned", outcome=None)
    office.colleague(SHAH, "visit", theirs, client=client)
    morning = RowsDesk(qtbot, session, TodayPage(session, QuietDialogs()))
    morning.page.show_place(Place("today"))
    morning.settle()
    rows = morning.page.rows
    (row,) = [one for one in rows.rows.values() if "visit:" in one.item().key]
    assert "PC R. Shah visits today too" in "".join(part.text for part in row.item().because)
    QTest.keyClick(row, Qt.Key.Key_G)
    morning.settle()
    first, second = sorted(office.of(client, "visit"), key=lambda one: one.id)
    assert first.answers["people"] == [OSEI, SHAH]
    assert second.answers["state"] == "called_off"
    QTest.keyClick(rows.rows[row.item().key], Qt.Key.Key_U)
    morning.settle()
    assert {one.answers["state"] for one in office.of(client, "visit")} == {"planned"}
    QTest.keyClick(morning.page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert morning.went[-1] == Place("visit_pack")
