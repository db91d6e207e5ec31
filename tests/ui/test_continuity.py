# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Continuity from the rows: the visit that is due, the day of release; all by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.casework.assignments import KEY_WORKER, workers_on
from desktop_app.casework.handover import open_offers
from tests.logged import logged
from tests.ui.file_desk import Page, stands_by
from tests.ui.office import BELLO, LUND, NOW, OSEI, Office
from tests.ui.test_boards_page import Programme, comes_out
from ui.pages.card_paper import CardPanel
from ui.pages.pack_paper import PackPanel
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
    panel = page.page.panel
    assert isinstance(panel, PackPanel)
    assert panel.receiver.value() == ""
    assert "All partners" in panel.readers.text()
    page.fill(recipient="The new team")
    page.page.dialogs.answers["save_file"] = place = tmp_path / "pack.pdf"  # type: ignore[attr-defined]
    page.save()
    assert place.read_bytes().startswith(b"%PDF")


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
