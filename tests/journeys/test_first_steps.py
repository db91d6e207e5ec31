# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What README says to do next, done as it stands there, by keys alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.journeys.hands import Hands, K, Keys, name_of
from tests.ui.office import OfficeClock
from ui.made_up import make_team

CTRL = Keys.ControlModifier
WORDS = "He was in, and glad of the visit"
README = Path(__file__).parent.parent.parent / "README.md"


@pytest.fixture
def hands(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Hands]:
    """Return somebody in front of a new made-up team."""
    make_team(tmp_path / "town", today=date(2026, 11, 23), clients=11, months=3)
    made = Hands(qtbot, qapp, tmp_path / "town", OfficeClock())
    yield made
    made.end()


def open_laptop(hands: Hands, whose: str) -> None:
    """Open somebody's laptop from the sign-in page."""
    hands.sees("Open whose laptop?")
    for _step in range(20):
        if "," in focused():
            break
        hands.press(K.Key_Backtab)
    for step in (*[K.Key_Left] * 4, *[K.Key_Right] * 4):
        if focused().startswith(whose):
            break
        hands.press(step)
    assert focused().startswith(whose)
    hands.press(K.Key_Space)
    hands.alt("F")
    hands.qtbot.waitUntil(lambda: "5 of 5 words" in hands.sees("Unlock"))
    hands.press(K.Key_Return)
    hands.sees("Today", whose)


def focused() -> str:
    focus = QApplication.focusWidget()
    return name_of(focus) if focus is not None else ""


def open_client(hands: Hands, typed: str, name: str) -> None:
    hands.press(K.Key_K, CTRL)
    hands.write(typed)
    hands.sees(name)
    hands.press(K.Key_Return)
    hands.sees("Timeline", name)


def test_what_to_do_next_is_done_as_it_stands_in_the_readme(hands: Hands) -> None:
    said = " ".join(README.read_text(encoding="utf-8").split())
    for told in ("type `quil` and Enter", "Y says he was seen, Alt+T goes", "Alt+F fills in"):
        assert told in said
    open_laptop(hands, "K. Osei")
    open_client(hands, "quil", "QUILL, Ryan")
    hands.press(K.Key_R, CTRL)
    hands.sees("Were you able to see Ryan?")
    hands.press(K.Key_Y)
    hands.alt("T")
    hands.write(WORDS)
    hands.lock()
    open_laptop(hands, "K. Osei")
    open_client(hands, "quil", "QUILL, Ryan")
    hands.press(K.Key_R, CTRL)
    hands.sees("Were you able to see Ryan?", "Draft from")
    hands.press(K.Key_Return, CTRL)
    hands.sees("Timeline", WORDS)
    hands.go("Sharing")
    hands.sees("Your next bundle", "Police officer", "Nurse", "QUILL, Ryan")
    hands.press(K.Key_Return, CTRL)
    hands.sees("bundle sent")
    for whose in ("PC R. Shah", "A. Bello", "Insp. M. Lowe"):
        hands.lock()
        open_laptop(hands, whose)
        hands.share()
        open_client(hands, "quil", "QUILL, Ryan")
        hands.sees(WORDS)
    hands.press(K.Key_F1)
    hands.sees("Help")
