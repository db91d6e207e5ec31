# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Passphrase and keys: a coordinator at the real page, over a real vault of a real team."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from storage import holders, recovery, unlock
from storage.errors import WrongPassphrase
from storage.rekey import REKEYED
from tests.ui.crew import key, nameless, tab_to
from tests.ui.key_desk import TOLD, Desk
from tests.ui.office import OfficeClock
from ui.pages.keys_reminder import remind_of_paper
from ui.pages.keys_steps import OtherWords, Present
from ui.pages.paper_steps import Drill, PaperWords


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, clock: OfficeClock, look: None) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path, clock)
    yield made
    made.settle()
    made.session.close()


def test_it_says_how_things_stand_and_everything_has_a_name(desk: Desk) -> None:
    assert "The team's words open this casebook, but were not tried here yet." in desk.says()
    assert not nameless(desk.page)


def test_the_words_on_paper_are_tried_for_real(desk: Desk) -> None:
    step = desk.press("drill")
    assert isinstance(step, Drill)
    step.words.setText(" ".join(recovery.words_of(recovery.new_seed())))
    desk.go_on()
    assert desk.page.step is step
    assert "belong to another casebook" in desk.says()
    assert step.words.text() == ""
    step.words.setText(desk.paper)
    desk.go_on()
    assert "They open this casebook" in desk.says()
    desk.finds("Tried on this laptop on Mon 23 Nov 2026")
    assert not desk.page.steps.currentIndex()


def test_the_passphrase_is_changed_to_the_words_offered(desk: Desk) -> None:
    step = desk.press("change")
    assert isinstance(step, OtherWords)
    first = step.offered
    step.offer()
    words = step.offered
    assert words != first
    for field, typed in ((step.old, TOLD), (step.new, words), (step.again, words.upper())):
        assert field.echoMode() == QLineEdit.EchoMode.Password
        field.setText(typed)
    desk.go_on()
    assert "Your new passphrase counts" in desk.says()
    unlock.unlock(desk.folder, words)
    with pytest.raises(WrongPassphrase):
        unlock.unlock(desk.folder, TOLD)
    assert [one.name for one in desk.folder.glob("vault.keys*")] == ["vault.keys"]


def test_a_wrong_or_weak_passphrase_changes_nothing_and_leaves_no_word_behind(desk: Desk) -> None:
    step = desk.press("change")
    assert isinstance(step, OtherWords)
    step.old.setText(TOLD)
    step.new.setText("password")
    step.again.setText("passwort")
    desk.go_on()
    assert "five that nobody could guess" in desk.says()
    assert "twice, the same both times" in desk.says()
    step.old.setText("harbour kettle violet marble drift")
    step.new.setText(step.offered)
    step.again.setText(step.offered)
    desk.go_on()
    assert desk.page.step is step
    assert "do not open this casebook" in desk.says()
    assert [step.old.text(), step.new.text(), step.again.text()] == ["", "", ""]
    unlock.unlock(desk.folder, TOLD)


def test_the_coordinator_replaces_the_teams_words(desk: Desk, tmp_path: Path) -> None:
    desk.press("replace")
    words = desk.put_on_paper()
    assert "The new words open this casebook" in desk.says()
    assert (desk.opens(words), desk.opens(desk.paper)) == (True, False)
    desk.finds("not tried here yet")


def test_thinking_better_of_it_replaces_nothing(desk: Desk) -> None:
    step = desk.press("replace")
    assert isinstance(step, PaperWords)
    key(Qt.Key.Key_Escape)
    assert desk.page.step is None
    assert desk.opens(desk.paper)


def test_this_laptop_gets_words_of_its_own(desk: Desk, tmp_path: Path) -> None:
    step = desk.press("own")
    assert isinstance(step, PaperWords)
    desk.dialogs.answers["save_file"] = tmp_path / "page.pdf"
    step.save.click()
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    words = desk.put_on_paper()
    desk.finds("recovery words of its own")
    assert (desk.opens(words), desk.opens(desk.paper)) == (True, True)


def test_the_vault_gets_a_new_key_and_stays_open(desk: Desk) -> None:
    old = unlock.unlock(desk.folder, TOLD)
    step = desk.press("rekey")
    assert isinstance(step, Present)
    step.typed.setText("not these words at all")
    desk.go_on()
    assert desk.page.step is step
    assert "do not open this casebook" in desk.says()
    step.typed.setText(TOLD)
    desk.go_on()
    assert "The casebook has a new key" in desk.says()
    assert unlock.unlock(desk.folder, TOLD) != old
    assert desk.opens(desk.paper)
    assert desk.session._store.get(REKEYED)


def test_keys_alone_give_it_a_new_key(desk: Desk) -> None:
    desk.button("change").setFocus()
    tab_to(desk.page, desk.button("rekey"))
    key(Qt.Key.Key_Space)
    step = desk.step
    assert isinstance(step, Present)
    assert not nameless(desk.page)
    focus = QApplication.focusWidget()
    assert focus is step.typed
    QTest.keyClicks(focus, TOLD)
    key(Qt.Key.Key_Return)
    desk.settle()
    assert "The casebook has a new key" in desk.says()
    desk.qtbot.waitUntil(lambda: desk.page.focusWidget() is desk.button("rekey"))


def test_somebody_is_reminded_once_a_day_until_the_words_were_tried(
    desk: Desk, clock: OfficeClock
) -> None:
    said: list[str] = []

    def sign_in() -> list[str]:
        said.clear()
        remind_of_paper(desk.session, said.append)
        desk.settle()
        return list(said)

    assert "not tried on this laptop yet" in sign_in()[0]
    assert sign_in() == []
    clock.later(24 * 60)
    assert len(sign_in()) == 1
    clock.later(24 * 60)
    holders.drill(desk.session._store, desk.paper, now_ms=clock.now_ms())
    assert sign_in() == []


def test_no_word_is_in_the_vaults_folder(desk: Desk) -> None:
    desk.press("replace")
    words = desk.put_on_paper()
    raw = b"".join(one.read_bytes() for one in desk.folder.iterdir())
    for said in (words, desk.paper, TOLD):
        assert said.encode() not in raw
    assert msgspec.json.decode((desk.folder / "vault.keys").read_bytes())["slots"]
