# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The team's recovery words: made and put on paper at founding, tried at joining."""

from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import Qt

from desktop_app.casework.people import Role
from storage import holders, unlock
from storage.holders import Standing
from tests.ui.crew import key
from tests.ui.joining import LOWE, WHO, Arrive, Lowe, says
from ui import home as homes
from ui.pages.paper_steps import Drill, PaperAsked, PaperWords


def test_whoever_has_no_paper_at_hand_is_let_in_and_tries_it_later(
    lowe: Lowe, arrive: Arrive, share: Path
) -> None:
    lowe.invite()
    newcomer = arrive("osei")
    newcomer.begin("join", WHO, share)
    lowe.exchange()
    card = lowe.request()
    card.compared.setChecked(True)
    card.roles.set_values([Role.KEY_WORKER.value])
    card.let_in()
    lowe.settle()
    lowe.exchange()
    newcomer.compare.act.click()
    newcomer.settle()
    drill = newcomer.step
    assert isinstance(drill, Drill)
    drill.act.click()
    assert "Type the twelve words" in says(drill)
    drill.later.emit()
    (opened,) = newcomer.opened
    assert holders.standing(opened.store) == Standing(own=False, team=True, sealed=True, drilled="")


def test_nothing_is_made_until_the_teams_words_are_on_paper(
    arrive: Arrive, share: Path, tmp_path: Path
) -> None:
    laptop = arrive("lowe")
    laptop.page.choices.buttons["new"].click()
    laptop.fill_in(LOWE, share)
    laptop.write_down()
    shown = laptop.step
    assert isinstance(shown, PaperWords)
    shown.act.click()
    assert "Put the words on paper" in says(shown)
    laptop.dialogs.answers["save_file"] = tmp_path / "page.pdf"
    shown.save.click()
    assert "Print it, then delete the file" in says(shown)
    whole = shown._lines.totalHeightForWidth(shown.card.width())
    laptop.qtbot.waitUntil(lambda: shown.card.height() == whole)  # no word is cut
    page = PdfReader(tmp_path / "page.pdf").pages[0].extract_text()
    shown.save.click()
    assert "Choose another name" in says(shown)
    shown.paper.setChecked(True)
    shown.act.click()
    asked = laptop.step
    assert isinstance(asked, PaperAsked)
    assert not [word for word in asked._words if word in says(asked)], "the words are gone"
    assert all(word in page for word in asked._words)
    asked.fields[0].setText(asked._words[asked.at[1]])
    asked.act.click()
    assert f"Word {asked.at[0] + 1} is not the one" in says(asked)
    assert f"Type word {asked.at[1] + 1}" in says(asked), "nothing is said of a word not typed"
    assert not homes.vaults(laptop.home)
    key(Qt.Key.Key_Escape)
    assert laptop.step is shown
    laptop.put_on_paper()
    laptop.put_off()
    (opened,) = laptop.opened
    assert unlock.unlock_with_recovery(opened.place.folder, laptop.paper)
    raw = b"".join(one.read_bytes() for one in laptop.home.rglob("*") if one.is_file())
    assert laptop.paper.encode() not in raw
