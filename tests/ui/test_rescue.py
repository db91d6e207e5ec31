# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A casebook that will not open, got back through the real window: by hand, and by keys alone."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from storage import unlock
from storage.check import check
from storage.errors import (
    LaptopFull,
    VaultDamaged,
    VaultInUse,
    VaultMissing,
    VaultOlder,
    WrongPassphrase,
)
from storage.older import RESTORED
from storage.unlock import FLOOR
from tests.ui.crew import key, nameless
from tests.ui.desk import TOLD, Desk
from tests.ui.life import Life
from tests.ui.office import OfficeClock
from ui import home as homes
from ui.pages.first_run import FirstRun
from ui.pages.first_run_steps import Words
from ui.pages.rescue import Rescue
from ui.pages.rescue_steps import ChooseBackup, Paper, Passphrase, WaysOut, Working
from ui.pages.sign_in_trouble import trouble_of


def test_the_words_are_lost_and_the_paper_gives_new_ones(life: Life) -> None:
    life.work("Croft")
    before = (life.place.folder / "vault.db").read_bytes()
    life.desk.tandem.start()
    life.sign_in.card.lost_words.click()
    assert "twelve recovery words" in life.sign_in.card.lost.text()
    life.sign_in.card.recover.click()
    life.type_paper()
    new = life.write_down()
    assert "new passphrase" in life.ended()
    assert (life.place.folder / "vault.db").read_bytes() == before
    life.try_words(TOLD)
    assert "Wrong words." in life.sign_in.wrong.text()
    life.try_words(new)
    life.qtbot.waitUntil(lambda: life.desk.tandem.casebook is not None)
    life.desk.settle()
    life.desk.tandem.lock()
    assert life.clients(new) == {"Croft"}


def test_a_misread_word_is_told_at_once_and_nothing_is_changed(life: Life) -> None:
    before = (life.place.folder / "vault.keys").read_bytes()
    life.desk.tandem._rescue(life.place, "recover")
    words = life.paper.split()
    life.type_paper(" ".join([*words[:4], "zoom", *words[5:]]))
    step = life.rescue.step
    assert isinstance(step, Paper)
    assert "Word 5" in step.wrong.text()
    assert step.words.text().split()[4] == "zoom", "it stays to be put right"
    life.type_paper()
    assert isinstance(life.rescue.step, Words)
    assert step.words.text() == "", "no word of the paper stays"
    assert (life.place.folder / "vault.keys").read_bytes() == before


def test_a_broken_vault_is_put_back_from_its_backup_and_what_is_missing_is_said(life: Life) -> None:
    life.work("Croft")
    life.back_up()
    life.work("Later")
    broken = life.damage()
    life.desk.tandem.start()
    life.try_words(TOLD)
    page = life.sign_in
    assert "Damaged." in page.wrong.text()
    offers = page.card.offers
    assert [one.accessibleName() for one in offers] == ["Check and repair", "Put a backup back"]
    offers[1].click()
    step = life.rescue.step
    assert isinstance(step, ChooseBackup)
    life.desk.dialogs.answers["folder"] = life.stick
    step.choose.click()
    assert "23 Nov 2026" in step.which.currentText()
    step.act.click()
    life.type_paper()
    new = life.write_down()
    said = life.ended()
    assert "The newest of this laptop's own work" in said
    assert "kept as it was" in said
    assert [(one / "vault.db").read_bytes() for one in life.kept] == [broken]
    assert life.place.about.person == "M. Lowe"
    assert life.clients(new) == {"Croft"}
    store = life.opened(new)
    assert store.get(RESTORED), "its next exchange goes on under another line"
    store.close()


def test_a_stop_while_restoring_leaves_everything_as_it_was(life: Life) -> None:
    life.back_up()
    before = {one: one.read_bytes() for one in life.place.folder.iterdir()}
    page = life.desk.tandem._rescue(life.place, "restore")
    page.look_into(life.stick)
    page.step.act.click()
    life.type_paper()
    words = page.step
    assert isinstance(words, Words)
    words.typed.setText(words.passphrase)
    words.paper.setChecked(True)
    words.act.click()
    working = page.step
    assert isinstance(working, Working)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    life.settle()
    assert page.step is words
    assert "Nothing was put back" in words.wrong.text()
    assert {one: one.read_bytes() for one in life.place.folder.iterdir()} == before
    assert life.kept == []


def test_a_damaged_page_is_repaired_and_what_was_saved_is_said(life: Life) -> None:
    for name in ("Croft", "Hook", "Lamb"):
        life.work(name)
    broken = life.damage("bundle_raw")
    page = life.desk.tandem._rescue(life.place, "")
    assert isinstance(page.step, WaysOut)
    page.step.buttons["repair"].click()
    step = page.step
    assert isinstance(step, Passphrase)
    step.typed.setText("not these words")
    step.act.click()
    life.settle()
    assert "do not open this casebook" in step.wrong.text()
    life.desk.clock.later()  # after wrong words there is a wait
    step.typed.setText(TOLD)
    step.act.click()
    life.settle()
    said = life.ended()
    assert "records were saved." in said
    assert "Not saved" in said
    assert [(one / "vault.db").read_bytes() for one in life.kept] == [broken]
    store = life.opened()
    assert {one.what for one in check(store)} <= {"log"}
    store.close()
    assert life.place.about.person == "M. Lowe"


def test_a_whole_vault_is_left_alone_and_the_paper_opens_it_for_a_look(life: Life) -> None:
    page = life.desk.tandem._rescue(life.place, "repair")
    step = page.step
    assert isinstance(step, Passphrase)
    before = (life.place.folder / "vault.db").read_bytes()
    step.lost.click()
    life.type_paper()
    assert "The casebook is whole. Nothing was changed." in life.ended()
    assert (life.place.folder / "vault.db").read_bytes() == before
    assert life.kept == []


def test_a_new_laptop_begins_from_a_backup(
    life: Life, tmp_path: Path, qtbot: QtBot, clock: OfficeClock
) -> None:
    life.work("Croft")
    life.back_up()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    new = Life(Desk(qtbot, app, tmp_path / "new", clock), life.paper, life.stick)
    new.desk.tandem.start()
    first = new.desk.window
    assert isinstance(first, FirstRun)
    new.desk.dialogs.answers["folder"] = life.stick
    first.choices.buttons["restore"].click()
    qtbot.waitUntil(lambda: isinstance(new.desk.window, Rescue))
    new.rescue.step.act.click()
    new.type_paper()
    passphrase = new.write_down()
    assert "kept as it was" not in new.ended()
    assert new.place.about.person == "M. Lowe"
    assert new.clients(passphrase) == {"Croft"}
    new.desk.close()


def test_everything_goes_by_keys_alone(life: Life) -> None:
    life.desk.tandem.start()
    life.desk.window.activateWindow()
    life.qtbot.waitUntil(life.desk.window.isActiveWindow)
    alt = Qt.KeyboardModifier.AltModifier
    key(Qt.Key.Key_W, alt)
    life.qtbot.waitUntil(lambda: isinstance(life.desk.window, Rescue))
    page = life.rescue
    page.activateWindow()
    life.qtbot.waitUntil(page.isActiveWindow)
    assert QApplication.focusWidget() is page.step.buttons["recover"]  # type: ignore[attr-defined]
    key(Qt.Key.Key_R, alt)
    life.qtbot.waitUntil(lambda: isinstance(page.step, Paper))
    step = page.step
    assert isinstance(step, Paper)
    assert QApplication.focusWidget() is step.words
    assert nameless(page) == []
    QTest.keyClicks(step.words, life.paper)
    key(Qt.Key.Key_Return)
    life.settle()
    words = page.step
    assert isinstance(words, Words)
    assert QApplication.focusWidget() is words.typed
    key(Qt.Key.Key_Escape)
    assert page.step is step
    key(Qt.Key.Key_Escape)
    assert isinstance(page.step, WaysOut)
    key(Qt.Key.Key_Escape)
    life.desk.window.activateWindow()
    life.qtbot.waitUntil(life.sign_in.passphrase.hasFocus)


def test_a_vault_without_a_recovery_key_offers_no_paper(life: Life) -> None:
    folder = life.place.folder
    raw = (folder / "vault.keys").read_bytes()
    assert b'"recovery"' in raw
    shutil.rmtree(folder)
    unlock.create_vault(folder, TOLD, cost=FLOOR)
    homes.write_about(folder, homes.About("M. Lowe", "coordinator", "Laptop 1"))
    life.desk.tandem.start()
    life.sign_in.card.lost_words.click()
    assert "join again" in life.sign_in.card.lost.text()
    assert not life.sign_in.card.recover.isVisible()


@pytest.mark.parametrize(
    ("error", "head", "ways"),
    [
        (WrongPassphrase(), "Wrong words.", ("recover",)),
        (VaultDamaged(), "Damaged.", ("repair", "restore")),
        (VaultMissing(), "Not there.", ("restore",)),
        (VaultOlder(), "Older.", ("restore",)),
        (VaultInUse(), "In use.", ()),
        (LaptopFull(), "Disk full.", ()),
    ],
)
def test_each_reason_has_its_own_name_and_its_own_steps(
    error: Exception, head: str, ways: tuple[str, ...]
) -> None:
    trouble = trouble_of(error)  # type: ignore[arg-type]
    assert (trouble.head, trouble.ways) == (head, ways)
    assert trouble.words.endswith(".")


def test_a_vault_that_is_open_elsewhere_is_told_so_and_offers_no_repair(life: Life) -> None:
    store = life.opened()
    life.desk.tandem.start()
    life.try_words(TOLD)
    assert "In use." in life.sign_in.wrong.text()
    assert life.sign_in.card.offers == []
    store.close()


def test_a_full_disk_keeps_nobody_out_of_their_own_casebook(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_any: object) -> None:
        raise LaptopFull

    monkeypatch.setattr("ui.pages.sign_in.write_about", full)
    life.enter(TOLD)
    assert life.desk.tandem.casebook is not None
