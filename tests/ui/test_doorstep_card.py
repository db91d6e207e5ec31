# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The card to leave behind, straight from Doorstep, and whom it says to ring."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.casework.records import Json
from tests.logged import logged
from tests.ui.door import Door, focus
from tests.ui.office import LOWE, LUND, OSEI, SHAH, Office
from tests.ui.watched import words_shown
from ui.pages.card_paper import CardPanel


@pytest.fixture
def place(door: Door, tmp_path: Path) -> Path:
    made = tmp_path / "card.html"
    door.page._dialogs.answers["save_file"] = made  # type: ignore[attr-defined]
    return made


def phone(office: Office, person: str, number: str, by: str = "") -> None:
    answers: dict[str, Json] = {"person": person, "number": number, "set_on": "2026-11-01"}
    if by in ("", OSEI):
        office.save("team_phone", answers)
    else:
        office.colleague(by, "team_phone", answers, client=b"")


def begin_card(door: Door) -> CardPanel:
    """Press Card as the keyboard does."""
    card = door.visit.words.card
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    door.settle()
    panel = door.page.attaching
    assert isinstance(panel, CardPanel)
    panel.format._pressed("html")
    return panel


def make(door: Door, panel: CardPanel) -> None:
    panel.save()
    door.settle()


def test_where_nobody_was_found_a_card_is_made_and_ticked_and_the_visit_stays(
    door: Door, office: Office, place: Path
) -> None:
    lee = office.client(may_write="yes", may_say_who_we_are="yes")
    meeting = {"kind": "nurse", "booked_for": "2026-11-26T10:00", "state": "booked"}
    office.save("appointment", meeting, client=lee)
    phone(office, OSEI, "01632 960101")
    visit = door.open(lee)
    door.key("N")
    door.note("Nobody came to the door")
    panel = begin_card(door)
    assert "They said that a card is safe" in words_shown(panel)
    assert panel.whom.whom.value() == OSEI
    make(door, panel)
    said = place.read_text(encoding="utf-8")
    assert "Thursday 26 November, 10:00" in said or "Thursday 26 November" in said
    assert "01632 960101" in said
    assert "K. Osei" in said
    assert "Croft" not in said
    (entry,) = logged(office.store, "export")
    assert (entry.answers["what"], entry.answers["clients"]) == ("leave_card", [lee.hex()])
    assert door.page.attaching is None
    assert focus() is visit.words.card
    assert visit.happened.left.values() == ["card"]
    assert visit.typed()["note"] == "Nobody came to the door"


def test_the_next_step_is_on_it_only_when_somebody_says_so(
    door: Door, office: Office, lee: bytes, place: Path
) -> None:
    visit = door.open(lee)
    door.key("Y")
    visit.words.next.show_answers(
        {"next_step": "Meet", "next_step_on": "2026-11-27", "next_step_time": "09:30"}
    )
    for wanted in (False, True):
        panel = begin_card(door)
        assert panel.meets.isVisible()
        panel.meets.setChecked(wanted)
        make(door, panel)
        assert ("09:30" in place.read_text(encoding="utf-8")) is wanted
    assert visit.happened.left.values() == [], "they were seen: nothing was left"
    visit.words.next.show_answers({"next_step_on": "2026-11-27", "next_step_time": None})
    assert begin_card(door).meets.isHidden(), "a day without a time is no appointment"


def test_whom_to_ring_is_the_key_worker_or_chosen_or_typed(
    door: Door, office: Office, lee: bytes, place: Path
) -> None:
    duty = {"duty": "key_worker", "worker": LUND, "from_on": "2026-11-01"}
    office.save("assignment", duty, client=lee)
    phone(office, LUND, "01632 960105", LUND)
    phone(office, OSEI, "01632 960101")
    phone(office, SHAH, "01632 960102", LOWE)  # the coordinator gave it
    phone(office, LOWE, "01632 960666", SHAH)  # not his to give
    door.open(lee)
    panel = begin_card(door)
    offered = [panel.whom.whom.itemText(at) for at in range(panel.whom.whom.count())]
    assert offered == [
        "Another number",
        "K. Lund, key worker: 01632 960105",
        "K. Osei: 01632 960101",
        "PC R. Shah: 01632 960102",
    ]
    assert panel.number.text() == "01632 960105"
    make(door, panel)
    said = place.read_text(encoding="utf-8")
    assert "01632 960105" in said
    assert "Lund" not in said, "nobody has asked whether a card is safe"
    panel = begin_card(door)
    panel.whom.whom.set_value("")
    panel.number.setText("ring me")
    make(door, panel)
    assert "10 or 11 digits" in words_shown(panel)
    assert len(logged(office.store, "export")) == 1
    panel.number.setText("0300 123 1234")
    make(door, panel)
    assert "0300 123 1234" in place.read_text(encoding="utf-8")
    assert office.store.get("card_number") == "0300 123 1234"


def test_esc_leaves_no_card_and_logs_nothing(door: Door, office: Office, lee: bytes) -> None:
    visit = door.open(lee)
    door.key("N")
    panel = begin_card(door)
    panel.start()
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    door.settle()
    assert door.page.attaching is None
    assert focus() is visit.words.card
    assert logged(office.store, "export") == []
