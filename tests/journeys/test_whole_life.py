# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A laptop's whole life, through the window and by keys alone.

Enrolled, worked with, its passphrase lost and recovered, backed up, broken, put back, lost. Two
people, two laptops, one folder; nothing here calls into a page. Whoever reads the screen reads its
words; whoever types presses keys.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.journeys.hands import Hands, K, Keys
from tests.ui.office import OfficeClock
from tests.ui.test_pictures import jpeg, scene
from ui import home as homes
from ui.pages.first_run_steps import Compare
from ui.sweeping import Sweeping

FIRST, SHARED = "Kettle talk at the door.", "Walked her to the gate."
NOT_SHARED, AGAIN = "Nobody has read this yet.", "Written once more."
AFTER = "After the loss."
LETTER, HEADLINE = "Letter from housing", "Her sister rang."


class Two:
    """The coordinator and the key worker, and what lies between them."""

    def __init__(self, qtbot: QtBot, app: QApplication, place: Path) -> None:
        self.clock, self.place = OfficeClock(), place
        self.share, self.stick, self.page = place / "share", place / "stick", place / "page.pdf"
        for folder in (self.share, self.stick):
            folder.mkdir()
        self.photo = place / f"{LETTER}.jpg"
        self.photo.write_bytes(jpeg(scene(600, 400)))
        self.lowe = Hands(qtbot, app, place / "lowe", self.clock)
        self.osei = Hands(qtbot, app, place / "osei", self.clock)
        self.words: dict[str, str] = {}

    def paper(self) -> list[str]:
        """Return the twelve words as they stand on the printed page."""
        lines = PdfReader(self.page).pages[0].extract_text().splitlines()
        said = [line.split() for line in lines]
        numbered = {one[0]: one[1] for one in said if len(one) == 2 and one[0].isdigit()}
        return [numbered[str(n)] for n in range(1, 13)]


@pytest.fixture
def two(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Two]:
    Sweeping(qapp)
    made = Two(qtbot, qapp, tmp_path)
    yield made
    made.lowe.end()
    made.osei.end()


@pytest.mark.qt_log_ignore(
    "does not support (raise|propagateSizeHints|grabbing)", extend=True
)  # a menu and a dialog on a screen that is none
def test_a_laptops_whole_life_by_keys_alone(two: Two) -> None:
    _found(two)
    _join(two)
    _work(two)
    _recover(two)
    _back_up(two)
    _break_and_put_back(two)
    _share_again(two)
    _lose(two)


def _found(two: Two) -> None:
    """The coordinator founds a team: twelve words on paper, two of them asked back."""
    lowe = two.lowe
    lowe.sees("Welcome to Tandem")
    lowe.press(K.Key_N)
    lowe.sees("You become its coordinator")
    lowe.fill_in("Saltings", "Insp. M. Lowe", "Police", "Laptop 1", str(two.share))
    two.words["lowe"] = lowe.write_down()
    lowe.sees("The team's recovery words", "shown once")
    lowe.dialogs.answers["save_file"] = two.page
    lowe.press(K.Key_Return)
    lowe.sees("Print it, then delete the file")
    lowe.tab_to("They are on paper, and the paper is kept away from the laptop")
    lowe.press(K.Key_Space)
    lowe.press(K.Key_Tab)
    lowe.press(K.Key_Return)
    said = lowe.sees("Two words from your paper")
    paper = two.paper()
    asked = [n for n in range(1, 13) if f"Word {n}\n" in said + "\n"]
    assert len(asked) == 2
    lowe.fill_in(*(paper[n - 1] for n in asked))
    lowe.sees("Saltings is founded", "Three people each keep a paper.")
    lowe.alt("L")
    lowe.sees("Today", "Lock now", "The keepers' papers are not made yet")


def _join(two: Two) -> None:
    """The key worker joins by an invitation, and six words that both screens show."""
    lowe, osei = two.lowe, two.osei
    lowe.dialogs.answers["folder"] = two.share
    lowe.go("Team")
    lowe.alt("I")
    lowe.sees("The invitation is in the folder")
    osei.sees("Welcome to Tandem")
    osei.press(K.Key_J)
    osei.sees("Your coordinator has put an invitation")
    osei.fill_in("K. Osei", "Saltings Outreach", "Laptop 2", str(two.share))
    two.words["osei"] = osei.write_down()
    osei.sees("Compare six words", "Waiting for your coordinator")
    compare = osei.step(Compare)
    assert isinstance(compare, Compare)
    lowe.share()
    lowe.go("Team")
    said = lowe.sees("Somebody asks to join", "K. Osei")
    assert compare._words.text() in said
    lowe.tab_to("We read the six words aloud, and they are the same")
    lowe.press(K.Key_Space)
    lowe.tab_to("Key worker")
    lowe.press(K.Key_Space)
    lowe.tab_to("Let into the team")
    lowe.press(K.Key_Space)
    lowe.sees("K. Osei is in the team.")
    lowe.share()
    osei.press(K.Key_Return)
    osei.sees("Try the team's recovery words")
    osei.write(" ".join(two.paper()))
    osei.press(K.Key_Return)
    osei.sees("Today", "Lock now")


def _work(two: Two) -> None:
    """A client, a visit at the door, a letter; then it is shared, and the other reads it."""
    osei, lowe = two.osei, two.lowe
    osei.go("Clients")
    osei.alt("A")
    osei.sees("I am their key worker")
    osei.write("Croft")
    osei.press(K.Key_Tab)
    osei.write("Leanne")
    osei.tab_to("Born")
    osei.write("2 7 1994")
    osei.tab_to("Add")
    osei.press(K.Key_Return)
    osei.sees("CROFT, Leanne", "Record visit")
    _visit(osei, FIRST)
    _attach(osei, two.photo)
    _note(osei)
    osei.share()
    lowe.share()
    said = _timeline(lowe)
    assert [said.count(one) for one in (FIRST, HEADLINE)] == [1, 1]
    assert LETTER in said


def _visit(osei: Hands, note: str) -> None:
    osei.clock.later(30)
    osei.alt("V")
    osei.sees("Were you able to see")
    osei.press(K.Key_Y)
    osei.alt("T")
    osei.write(note)
    osei.press(K.Key_Return, Keys.ControlModifier)
    osei.sees("Record visit", note)


def _attach(osei: Hands, photo: Path) -> None:
    """A photograph of a letter: behind the three dots, and named in Qt's own file dialog."""
    osei.clock.later(30)
    osei.tab_to("More actions")
    osei.choose_in_menu("Attach a letter or picture")
    osei.sees("Choose a file")
    osei.tab_to("Choose a file")
    osei.name_file(photo)
    osei.sees("Choose another file", "What it said of place, camera and author is gone.")
    osei.press(K.Key_Return, Keys.ControlModifier)
    osei.sees("Attach a letter or picture: saved.", LETTER)


def _note(osei: Hands) -> None:
    """Something heard, as a note of its own."""
    osei.clock.later(30)
    osei.press(K.Key_N, Keys.ControlModifier)
    osei.sees("In a few words")
    osei.tab_to("In a few words")
    osei.write(HEADLINE)
    osei.press(K.Key_Return, Keys.ControlModifier)
    osei.sees("Record visit", HEADLINE)


def _timeline(who: Hands) -> str:
    """Find the client by name, and read their page."""
    who.press(K.Key_K, Keys.ControlModifier)
    who.write("Croft")
    who.sees("CROFT, Leanne")
    who.press(K.Key_Down)
    who.press(K.Key_Return)
    return who.sees("Timeline")


def _recover(two: Two) -> None:
    """The passphrase is lost; the words on paper give another."""
    osei = two.osei
    osei.lock()
    osei.sign_in("pickle harbour summit orchid velvet")
    osei.sees("Wrong words.", "I have lost the words")
    osei.clock.later()
    osei.alt("L")
    osei.sees("Use the recovery words")
    osei.alt("R")
    osei.sees("The recovery words", "Words on the paper")
    osei.write(" ".join(two.paper()))
    osei.press(K.Key_Return)
    old, two.words["osei"] = two.words["osei"], osei.write_down()
    osei.sees("Your new passphrase counts", "The old words no longer open")
    osei.press(K.Key_Return)
    osei.sign_in(old)
    osei.sees("Wrong words.")
    osei.clock.later()
    osei.sign_in(two.words["osei"])
    osei.sees("Today", "Lock now")


def _back_up(two: Two) -> None:
    """A backup onto a stick; then work that it does not hold, one visit shared and one not."""
    osei = two.osei
    osei.dialogs.answers["folder"] = two.stick
    osei.go("This laptop")
    osei.alt("F")
    osei.sees("1 backup")
    _timeline(osei)
    _visit(osei, SHARED)
    osei.share()
    two.lowe.share()
    _timeline(osei)
    _visit(osei, NOT_SHARED)
    osei.lock()


def _break_and_put_back(two: Two) -> None:
    """The file is damaged: it is named so, and the backup is put back, step by step."""
    osei = two.osei
    (place,) = homes.vaults(osei.home)
    (place.folder / "vault.db").write_bytes(b"damaged" * 9999)
    osei.sign_in(two.words["osei"])
    osei.sees("Damaged.", "Put a backup back")
    osei.alt("B")
    osei.sees("Which backup?")
    osei.press(K.Key_Return)
    osei.sees("From when")
    osei.press(K.Key_Return)
    osei.sees("Words on the paper")
    osei.write(" ".join(two.paper()))
    osei.press(K.Key_Return)
    two.words["osei"] = osei.write_down()
    osei.sees("Your casebook is back", "comes back when you next share", "kept as it was")
    osei.press(K.Key_Return)
    osei.sign_in(two.words["osei"])
    osei.sees("Today", "Lock now")


def _share_again(two: Two) -> None:
    """What had been shared comes back, once; work goes on in a new line, and is taken in."""
    osei, lowe = two.osei, two.lowe
    osei.share()
    said = _timeline(osei)
    assert (said.count(FIRST), said.count(SHARED), said.count(NOT_SHARED)) == (1, 1, 0)
    _visit(osei, AGAIN)
    osei.share()
    lowe.share()
    said = _timeline(lowe)
    assert [said.count(one) for one in (FIRST, SHARED, NOT_SHARED, AGAIN)] == [1, 1, 0, 1]


def _lose(two: Two) -> None:
    """The laptop is lost: it is taken out, what it held is said, and it reads nothing more."""
    osei, lowe = two.osei, two.lowe
    lowe.go("Team")
    lowe.tab_to("Laptop 2 of K. Osei: lost, or handed back")
    lowe.press(K.Key_Return)
    lowe.sees("Take Laptop 2 out of the team?", "It holds, up to its last sharing: All partners")
    lowe.alt("O")
    lowe.sees("Laptop 2 is out of the team.", "No laptop in the team")
    lowe.share()
    said = _timeline(lowe)
    assert [said.count(one) for one in (FIRST, SHARED, AGAIN)] == [1, 1, 1]
    _visit(lowe, AFTER)
    lowe.share()
    osei.share()
    osei.sees("This laptop seems to be out of the team")
    assert AFTER not in _timeline(osei)
