# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Backups and checks without being asked, and the page that shows them, over real vaults."""

import shutil
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.casework.protection import HeldBy, held_by, sentences
from storage import ledger
from storage.backup import RECOVERY
from storage.connection import DB
from storage.errors import NotBackedUp
from tests.ui.at_work import AtWork
from tests.ui.crew import key, nameless, words_on
from tests.ui.desk import TOLD
from tests.ui.life import PATIENCE_MS, Life
from tests.ui.office import OfficeClock
from ui.pages.laptop import PROTECTS
from ui.places import Place
from ui.upkeep import QUIET_S
from ui.upkeep_state import remembered

HALF_S = 5 * 60 / 2


@pytest.fixture
def work(life: Life, clock: OfficeClock) -> AtWork:
    return AtWork(life, clock)


def test_the_folder_is_chosen_once_and_the_first_backup_made_at_once(work: AtWork) -> None:
    assert "Nothing on this laptop is backed up yet" in work.page.backup.standing.text()
    work.choose_folder()
    assert len(work.made) == 1
    said = words_on(work.page.backup)
    assert "It counts." in said
    assert "1 backup that counts" in said
    assert "Backed up today" in work.page.backup.standing.text()
    work.life.desk.tandem.lock()
    work.book = work.life.enter(TOLD)
    work.settle()
    assert work.upkeep.state.known.folder == str(work.life.stick)
    assert not work.upkeep.state.newer


def test_newer_work_is_backed_up_halfway_to_the_idle_lock(work: AtWork) -> None:
    work.choose_folder()
    work.rest(QUIET_S)  # the weekly check
    first = work.newest
    work.clock.later(60)
    work.rest(HALF_S)
    assert work.newest == first, "nothing is newer"
    work.save()
    work.rest(HALF_S - 1)
    assert work.newest == first, "somebody may come back"
    work.rest(HALF_S)
    second = work.newest
    assert second != first
    assert work.made == [second], "one is kept of a day"
    work.clock.later(60)
    work.rest(HALF_S)
    assert work.newest == second


def test_a_draft_is_work_too(work: AtWork) -> None:
    work.choose_folder()
    work.rest(QUIET_S)  # the weekly check
    first, session = work.newest, work.book.session
    session.keep_draft("client", {"surname": "begun"}, client=b"")
    work.settle()
    work.rest(HALF_S)
    assert work.newest != first


def test_what_is_a_day_old_is_made_good_in_the_first_quiet_seconds(work: AtWork) -> None:
    work.choose_folder()
    work.save()
    work.life.desk.tandem.lock()
    work.next_day()
    work.book = work.life.enter(TOLD)
    work.settle()
    work.rest(QUIET_S - 1)
    assert len(work.made) == 1
    work.rest(QUIET_S)  # the weekly check
    work.rest(QUIET_S)
    assert len(work.made) == 2


def test_a_stick_that_is_not_there_is_told_when_asked_and_not_tried_again_unasked(
    work: AtWork,
) -> None:
    work.choose_folder()
    shutil.rmtree(work.life.stick)
    work.save()
    work.rest(HALF_S)
    assert not work.life.stick.exists(), "no folder is made in its place"
    assert not work.page.backup.trouble.isVisibleTo(work.page)
    work.page.backup.now.click()
    work.settle()
    assert "Plug in its stick" in work.page.backup.trouble.text()
    assert "is not there just now" in work.page.backup.standing.text()
    assert "Not there now" in words_on(work.page.backup)


def test_a_backup_that_is_stopped_leaves_nothing(work: AtWork) -> None:
    work.choose_folder()
    work.page.back_up()
    work.page.backup.progress.stop_button.click()
    work.settle()
    assert len(work.made) == 1
    assert len(list(work.life.stick.iterdir())) == 1
    assert "Stopped" in work.page.backup.trouble.text()


def test_a_lock_waits_for_no_backup_and_what_is_left_never_counts(work: AtWork) -> None:
    work.choose_folder()
    work.save()
    work.page.back_up()
    first = work.newest
    work.life.desk.tandem.lock()
    assert work.life.desk.restarts
    assert work.made == [first]
    work.book = work.life.enter(TOLD)
    work.settle()
    work.page.back_up()
    work.settle()
    assert work.newest != first


def test_each_stage_is_told_and_the_bar_goes_on(work: AtWork) -> None:
    said: list[tuple[str, int, int]] = []
    work.upkeep.chore.stage.connect(lambda one: said.append((one.words, one.done, one.all)))
    work.choose_folder()
    assert [done for _words, done, _all in said] == list(range(8))
    assert {most for _words, _done, most in said} == {8}
    assert said[0][0] == "Copying the casebook …"


def test_it_is_looked_at_quickly_once_a_day(work: AtWork, life: Life) -> None:
    first = work.upkeep.state.known.quick_ms
    assert first == work.clock.now_ms()
    assert "No damage seen, looked at today" in work.page.check.standing.text()
    life.desk.tandem.lock()
    work.clock.later(60)
    work.book = life.enter(TOLD)
    work.settle()
    assert work.upkeep.state.known.quick_ms == first
    life.desk.tandem.lock()
    work.next_day()
    work.book = life.enter(TOLD)
    work.settle()
    assert work.upkeep.state.known.quick_ms == work.clock.now_ms()


def test_every_page_is_looked_at_each_week_in_a_quiet_moment(work: AtWork) -> None:
    assert work.upkeep.state.known.full_ms == 0
    work.rest(QUIET_S)
    assert work.upkeep.state.known.full_ms == work.clock.now_ms()
    before = work.clock.now_ms()
    work.clock.at += timedelta(days=6)
    work.rest(QUIET_S)
    assert work.upkeep.state.known.full_ms == before
    work.clock.at += timedelta(days=1)
    work.rest(QUIET_S)
    assert work.upkeep.state.known.full_ms == work.clock.now_ms()


def test_after_a_crash_every_page_is_looked_at(work: AtWork, life: Life) -> None:
    work.rest(QUIET_S)
    checked = work.upkeep.state.known.full_ms
    folder = life.place.folder
    work.save()
    left = {one.name: one.read_bytes() for one in folder.iterdir() if one.name.startswith(DB)}
    life.desk.tandem.lock()
    for name, raw in left.items():  # as a laptop without power would leave them
        (folder / name).write_bytes(raw)
    work.clock.later(60)
    work.book = life.enter(TOLD)
    work.settle()
    assert work.upkeep.state.known.full_ms == checked
    work.rest(QUIET_S)
    assert work.upkeep.state.known.full_ms == work.clock.now_ms()
    assert work.upkeep.state.known.damage == []
    assert life.clients_of(work.book) == {"Croft"}


def test_damage_is_told_calmly_and_stays_on_the_page(work: AtWork) -> None:
    def harm(store) -> None:  # type: ignore[no-untyped-def]
        store.write("UPDATE record SET live = substr(live, 1, 9) WHERE form = 'client'")

    work.save()
    work.book.session.work(harm)
    work.page.check.now.click()
    work.settle()
    assert "A part of this casebook is damaged" in work.book.frame.banner.text()
    assert work.page.check.standing.text().startswith("Damaged.")
    assert work.upkeep.state.known.damage


def test_the_nudge_is_quiet_and_once_a_day(work: AtWork, life: Life) -> None:
    assert work.nudge.isHidden()
    work.choose_folder()
    work.save()
    work.next_day()
    work.upkeep.refresh()
    work.settle()
    assert "The last backup is from yesterday, 15:0" in work.nudge.notice.text()
    work.nudge.later.click()
    work.settle()
    work.upkeep.refresh()
    work.settle()
    assert work.nudge.isHidden()
    work.next_day()
    work.upkeep.refresh()
    work.settle()
    assert not work.nudge.isHidden()
    work.nudge.act.click()
    work.settle()
    assert work.nudge.isHidden()
    assert work.book.frame.place == Place("laptop")
    assert len(work.made) == 2


def test_the_page_goes_by_keys_alone(work: AtWork) -> None:
    work.choose_folder()
    frame = work.book.frame
    frame.activateWindow()
    frame.show_page("laptop")
    work.settle()
    work.life.qtbot.waitUntil(frame.isActiveWindow)
    assert nameless(work.page) == []
    first = work.newest
    key(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    work.life.qtbot.waitUntil(lambda: work.made[:1] != [first], timeout=PATIENCE_MS)
    work.settle()
    work.page.which.setFocus()
    key(Qt.Key.Key_Right)
    assert work.page.which.value() == PROTECTS
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Left)
    assert work.page.which.value() != PROTECTS


def test_what_protects_the_laptop_is_said_with_how_this_one_stands(work: AtWork) -> None:
    work.choose_folder()
    work.book.frame.show_page("laptop")
    work.page.show_view(PROTECTS)
    work.settle()
    said = words_on(work.page.protection)
    for one in sentences():
        assert one.says in said
    for what in HeldBy:
        assert what.words in said
        assert held_by(what)
    assert "After 5 minutes" in said
    assert "Today, 15:0" in said
    assert "Each guess is made slow on purpose" in said
    assert "All partners" in said
    assert "Encryption of the whole disk" in said


def test_a_vault_without_a_recovery_key_says_so_and_makes_no_backup(
    work: AtWork, life: Life
) -> None:
    work.choose_folder()
    work.book.session.work(lambda store: ledger.drop_key(store, RECOVERY))
    work.save()
    work.upkeep.refresh()
    work.settle()
    assert "no recovery key" in work.page.backup.standing.text()
    assert not work.page.backup.now.isVisibleTo(work.page)
    work.page.backup.keys.click()
    work.settle()
    assert work.book.frame.place == Place("keys")
    first = work.newest
    work.rest(QUIET_S)
    work.rest(HALF_S)
    assert work.made == [first]


def test_what_a_newer_tandem_remembers_is_left_alone(life: Life) -> None:
    store = life.opened()
    store.put("upkeep", {"folder": "there", "new": 1})
    assert remembered(store).folder == "there"
    store.close()


def test_a_failure_is_told_in_its_own_words() -> None:
    assert "earlier backups" in str(NotBackedUp())
