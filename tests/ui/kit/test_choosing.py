# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Buttons, segments, pills, offers, tiles, ticks and lists: by mouse, arrows and letters."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kit.conftest import Wear
from tests.ui.kit.samples import ANSWERS, TILES, WHERE, focus, name_of, press
from ui.kit.buttons import button, icon_button
from ui.kit.drop_down import DropDown
from ui.kit.offers import Offers
from ui.kit.pills import FilterPills, Pills
from ui.kit.segment import Segment
from ui.kit.tick_box import TickBox
from ui.kit.tile import Tiles

Shown = Callable[..., QWidget]


def test_a_button_answers_to_its_shortcut_and_to_its_alt_letter(shown: Shown, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    made = button("Record &visit", "primary", icon="footprints", shortcut="Ctrl+R")
    made.clicked.connect(lambda: pressed.append(True))
    window = shown(made)
    QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(pressed) == 2)
    assert name_of(made) == "Record visit"
    assert "Ctrl+R" in made.toolTip()
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert len(pressed) == 4


def test_nothing_moves_when_the_focus_does(shown: Shown) -> None:
    widgets = [
        button("Save", "primary"),
        button("Plain"),
        button("Withdraw", "danger"),
        button("Small", "quiet", small=True),
        icon_button("ellipsis", "More"),
        icon_button("x", "Remove", small=True),
        QLineEdit(),
        DropDown([("e", "HMP Eastmoor")], "Prison"),
    ]
    shown(*widgets)
    for one in widgets:
        one.clearFocus()
        before = one.sizeHint()
        one.setFocus()
        assert one.sizeHint() == before, name_of(one)


def test_a_button_that_shows_only_an_icon_says_its_name(shown: Shown) -> None:
    made = icon_button("ellipsis", "More actions", small=True)
    shown(made)
    assert name_of(made) == made.toolTip() == "More actions"
    assert min(made.width(), made.height()) >= 24


def test_a_small_button_is_lower(shown: Shown) -> None:
    low, high = button("Edit", small=True), button("Edit")
    shown(low, high)
    assert 24 <= low.sizeHint().height() < high.sizeHint().height()


def test_the_arrows_choose_in_a_segment_and_go_round(shown: Shown, qtbot: QtBot) -> None:
    segment = Segment(WHERE, "Where")
    shown(segment)
    heard: list[str] = []
    segment.chosen.connect(heard.append)
    segment.setFocus()
    here = focus()
    assert here is segment.parts["home"]
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        press(key)
    assert heard == ["home", "street", "prison", "home"]
    press(Qt.Key.Key_Left)
    assert segment.value() == "prison"
    assert segment.parts["prison"].isChecked()


def test_a_segment_is_one_tab_stop_at_what_is_chosen(shown: Shown) -> None:
    before, segment, after = QLineEdit(), Segment(WHERE, "Where", value="street"), QLineEdit()
    shown(before, segment, after)
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert focus() is segment.parts["street"]
    press(Qt.Key.Key_Tab)
    assert focus() is after


def test_setting_a_segment_tells_nobody(wear: Wear) -> None:
    segment = Segment(WHERE, "Where")
    heard: list[str] = []
    segment.chosen.connect(heard.append)
    segment.set_value("prison")
    assert segment.value() == "prison"
    segment.set_value("")
    assert not any(part.isChecked() for part in segment.parts.values())
    assert heard == []


@pytest.mark.parametrize(("may_clear", "left"), [(True, ""), (False, "home")])
def test_a_choice_is_taken_back_only_where_that_is_allowed(
    shown: Shown, *, may_clear: bool, left: str
) -> None:
    segment = Segment(WHERE, "Where", value="home", may_clear=may_clear)
    shown(segment)
    QTest.mouseClick(segment.parts["home"], Qt.MouseButton.LeftButton)
    assert segment.value() == left
    assert segment.parts["home"].isChecked() is bool(left)


def test_a_segment_of_answers_keeps_nothing_chosen(shown: Shown) -> None:
    segment = Segment(WHERE, "Answer", acts=True)
    shown(segment)
    heard: list[str] = []
    segment.chosen.connect(heard.append)
    segment.setFocus()
    press(Qt.Key.Key_Right)
    assert heard == [], "an arrow only moves"
    press(Qt.Key.Key_Space)
    assert heard == ["street"]
    assert segment.value() == ""


def test_choosing_in_a_segment_moves_nothing(shown: Shown) -> None:
    segment = Segment(WHERE, "Where")
    shown(segment)
    before = [part.geometry() for part in segment.parts.values()]
    segment.set_value("street")
    QApplication.processEvents()
    assert [part.geometry() for part in segment.parts.values()] == before


def test_pills_are_switched_one_by_one(shown: Shown, qtbot: QtBot) -> None:
    pills = Pills([("shah", "PC R. Shah"), ("bello", "Nurse A. Bello")], "With")
    shown(pills)
    for code in ("bello", "shah"):
        with qtbot.waitSignal(pills.changed):
            QTest.keyClick(pills.pills[code], Qt.Key.Key_Space)
    assert pills.values() == ["shah", "bello"], "in their order on the page"
    pills.set_values(["bello", "gone"])
    assert pills.values() == ["bello"]


def test_exactly_one_filter_is_on(shown: Shown) -> None:
    filters = FilterPills([("all", "All"), ("v", "Visits"), ("c", "Custody")], "Show")
    shown(filters)
    heard: list[str] = []
    filters.chosen.connect(heard.append)
    filters.setFocus()
    press(Qt.Key.Key_Right)
    QTest.mouseClick(filters.pills["c"], Qt.MouseButton.LeftButton)
    press(Qt.Key.Key_Right)
    assert heard == ["v", "c", "all"]
    assert [code for code, pill in filters.pills.items() if pill.isChecked()] == ["all"]


def test_what_was_not_offered_is_not_declined(shown: Shown) -> None:
    offers = Offers([("kit", "Naloxone kit"), ("home", "Housing")], ANSWERS, "Offered")
    shown(offers)
    assert offers.value() == {}
    QTest.mouseClick(offers.adders["home"], Qt.MouseButton.LeftButton)
    assert offers.value() == {"home": None}, "offered, and not answered yet"
    assert offers.adders["home"].isHidden()


def test_an_offer_is_answered_inside_its_pill(shown: Shown) -> None:
    offers = Offers([("kit", "Naloxone kit"), ("home", "Housing")], ANSWERS, "Offered")
    shown(offers)
    heard: list[dict[str, str | None]] = []
    offers.changed.connect(lambda: heard.append(offers.value()))
    QTest.mouseClick(offers.adders["kit"], Qt.MouseButton.LeftButton)
    assert focus() is offers.offered["kit"].parts["took"]
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert heard == [{"kit": None}, {"kit": "took"}, {"kit": "no"}]
    assert name_of(offers.offered["kit"].parts["no"]) == "Naloxone kit: No"


def test_an_offer_can_be_taken_back_whole(shown: Shown) -> None:
    offers = Offers([("kit", "Naloxone kit")], ANSWERS, "Offered")
    shown(offers)
    offers.set_value({"kit": "took"})
    QTest.mouseClick(offers.offered["kit"].remove, Qt.MouseButton.LeftButton)
    assert offers.value() == {}
    assert not offers.adders["kit"].isHidden()
    assert focus() is offers.adders["kit"]


def test_a_letter_chooses_a_tile_while_the_keyboard_is_there(shown: Shown) -> None:
    tiles, note = Tiles(TILES, "Were you able to see her?"), QLineEdit()
    shown(tiles, note)
    heard: list[str] = []
    tiles.chosen.connect(heard.append)
    tiles.setFocus()
    assert tiles.value() == "", "nothing is chosen beforehand"
    press(Qt.Key.Key_B)
    assert focus() is tiles.tiles["but"]
    press(Qt.Key.Key_Right)
    assert heard == ["but", "no"]
    note.setFocus()
    QTest.keyClicks(note, "yes")
    assert heard == ["but", "no"], "letters are only letters in a field"
    assert name_of(tiles.tiles["yes"]) == "Yes. Seen and spoken to. Key Y"


def test_a_tick_box_is_ticked_anywhere_on_its_words(shown: Shown) -> None:
    tick = TickBox("I have read this")
    shown(tick)
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=QPoint(tick.width() - 3, 10))
    assert tick.isChecked()
    role = QAccessible.queryAccessibleInterface(tick).role()
    assert role is QAccessible.Role.CheckBox


def test_long_words_of_a_tick_box_run_over_several_lines(shown: Shown) -> None:
    tick = TickBox("A promise that is much too long to stand on one line of this page. " * 3)
    shown(tick, width=260)
    assert tick.height() >= tick.heightForWidth(tick.width()) > 60


def test_the_wheel_never_changes_an_answer(shown: Shown) -> None:
    choice = DropDown([("e", "HMP Eastmoor"), ("w", "HMP Westmoor")], "Prison", value="e")
    shown(choice)
    choice.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(choice.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  Qt's own signature
    )
    QApplication.sendEvent(choice, wheel)
    assert choice.value() == "e"


def test_a_drop_down_list_keeps_its_choice_when_the_choices_change(wear: Wear) -> None:
    choice = DropDown([("e", "HMP Eastmoor"), ("w", "HMP Westmoor")], "Prison", none="None yet")
    assert choice.value() == ""
    choice.set_value("w")
    choice.set_choices([("n", "HMP Northmoor"), ("w", "HMP Westmoor")])
    assert choice.value() == "w"
    choice.set_choices([("n", "HMP Northmoor")])
    assert choice.value() == ""


def test_the_keyboard_goes_along_to_the_tile_that_is_chosen_for_somebody(shown: Shown) -> None:
    tiles, note = Tiles(TILES, "Were you able to see her?"), QLineEdit()
    shown(tiles, note)
    first, last = next(iter(tiles.tiles)), list(tiles.tiles)[-1]
    tiles.tiles[first].setFocus()
    tiles.set_value(last)
    assert tiles.tiles[last].hasFocus()
    note.setFocus()
    tiles.set_value(first)
    assert note.hasFocus()


def test_tiles_stand_one_under_another_where_they_have_no_room(shown: Shown) -> None:
    tiles = Tiles(TILES, "Were you able to see her?")
    window = shown(tiles, width=800)
    assert len({tile.y() for tile in tiles.tiles.values()}) == 1
    window.resize(window.minimumSizeHint().width(), 400)
    QApplication.processEvents()
    places = [tile.geometry() for tile in tiles.tiles.values()]
    assert [place.x() for place in places] == [0, 0, 0]
    assert all(before.bottom() < after.top() for before, after in pairwise(places))
    assert all(tile.width() >= tile.minimumSizeHint().width() for tile in tiles.tiles.values())
