# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is on a stick is shown before anything is read in or written; then in, or onto it."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync import stick_loads
from sync.share import FolderShare
from sync.stick import Room
from sync.stick_survey import known, survey
from tests.sync.laptops import Four, team_of_four
from tests.ui.crew import Crew, files_of, key, nameless, tab_to, words_on
from tests.ui.test_exchanging import slow
from ui import stick_run, theme
from ui.kit.buttons import Button
from ui.pages.importing import ImportPage
from ui.pages.importing_matters import STICK
from ui.pages.sharing import SharingPage
from ui.pages.stick import StickPanel
from ui.places import Place
from ui.theme import Theme


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Blue stick"
    made.mkdir()
    return made


def plug_in(crew: Crew, folder: Path, *, wide: int = 1178) -> tuple[ImportPage, StickPanel]:
    """Choose a stick by the key of its button."""
    crew.share = FolderShare(folder)
    page = crew.show(ImportPage, wide=wide)
    crew.dialogs.answers["folder"] = folder
    page._head.stick_button.setFocus()
    key(Qt.Key.Key_Space)
    crew.settle()
    crew.qtbot.waitUntil(lambda: not panel_of(page).run.running)
    return page, panel_of(page)


def panel_of(page: ImportPage) -> StickPanel:
    panel = page.matters.panel
    assert isinstance(panel, StickPanel)
    return panel


def wait(crew: Crew, panel: StickPanel) -> None:
    crew.settle()
    crew.qtbot.waitUntil(lambda: not panel.run.running)
    crew.settle()


def test_an_empty_stick_is_one_calm_sentence_and_takes_everything(
    ann: Crew, grant: Crew, folder: Path
) -> None:
    visit = ann.laptop.save("visit", {"place": "home"})
    ann.exchange()
    page, panel = plug_in(ann, folder)
    said = words_on(page)
    assert "What is on Blue stick" in said
    assert "Nothing is on it." in said
    assert "Room left on it" in said
    assert not panel.take.isVisible()
    assert panel.put.hasFocus()
    assert not files_of(folder)
    key(Qt.Key.Key_Space)
    wait(ann, panel)
    assert "Everything is on it" in panel.said.text()
    assert "You can take it out." in panel.said.text()
    assert "Everything you hold is on it." in words_on(page)
    assert not panel.put.isVisible()
    grant.laptop.exchange(FolderShare(folder))
    assert grant.laptop.answers(visit) == {"place": "home"}


def test_what_is_new_is_named_by_laptop_and_taken_in_after_a_rehearsal(
    ann: Crew, grant: Crew, folder: Path
) -> None:
    visit = ann.laptop.save("visit", {"place": "home"})
    ann.laptop.exchange(FolderShare(folder))
    before = {one: (folder / one).read_bytes() for one in files_of(folder)}
    page, panel = plug_in(grant, folder)
    said = words_on(page)
    assert "Ann's laptop" in said
    assert "new here" in said
    assert panel.take.hasFocus()
    assert not grant.laptop.answers(visit)
    key(Qt.Key.Key_Space)
    grant.settle()
    assert "Your casebook has not changed." in words_on(page)
    assert {one: (folder / one).read_bytes() for one in files_of(folder)} == before
    page.take_in()
    grant.settle()
    assert grant.laptop.answers(visit) == {"place": "home"}


def test_a_stick_of_another_team_is_left_alone(grant: Crew, folder: Path, tmp_path: Path) -> None:
    team_of_four(tmp_path / "other", FolderShare(folder)).close()
    (folder / "holiday.jpg").write_bytes(b"sea")
    before = files_of(folder)
    page, panel = plug_in(grant, folder)
    said = words_on(page)
    assert "It holds files of another team. They are left alone; nothing was read." in said
    assert "1 other thing lies on it that is not Tandem's." in said
    assert not panel.take.isVisible()
    assert files_of(folder) == before


def test_damaged_bundles_are_counted(ann: Crew, grant: Crew, folder: Path) -> None:
    ann.laptop.save("visit", {"place": "home"})
    ann.laptop.exchange(FolderShare(folder))
    new = survey(FolderShare(folder), known(grant.laptop.store)).new
    (folder / new[-1][0]).write_bytes(new[-1][1][:-5])
    page, panel = plug_in(grant, folder)
    assert "1 bundle is cut short or altered." in words_on(page)
    good = len(new) - 1
    assert panel.take.isVisible() == bool(good)
    assert not good or f"Take in {good} " in panel.take.text().replace("&", "")


def test_a_damaged_copy_of_what_is_held_is_said_and_written_again(ann: Crew, folder: Path) -> None:
    ann.laptop.save("visit", {"place": "home"})
    ann.laptop.exchange(FolderShare(folder))
    bundle = folder / max(one for one in files_of(folder) if one.endswith(".bundle"))
    sound = bundle.read_bytes()
    bundle.write_bytes(sound[:-5])
    page, panel = plug_in(ann, folder)
    said = words_on(page)
    assert "The copy on it of 1 file you hold is cut short or altered." in said
    assert "Everything you hold is on it." not in said
    assert panel.put.hasFocus()
    key(Qt.Key.Key_Space)
    wait(ann, panel)
    assert bundle.read_bytes() == sound
    said = words_on(page)
    assert "Everything you hold is on it." in said
    assert "cut short" not in said


def test_a_full_stick_keeps_what_it_took_whole_and_says_so(ann: Crew, folder: Path) -> None:
    class Small(FolderShare):
        """A stick with room for ten files."""

        def put(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
            return super().put(files[: max(0, 10 - len(files_of(folder)))])

    ann.four.everybody_exchanges()
    _page, panel = plug_in(ann, folder)
    ann.share = Small(folder)
    panel.put.click()
    wait(ann, panel)
    assert panel.wrong.isVisible()
    assert "It took no more: it may be full or read-only." in panel.wrong.text()
    assert "10 of" in panel.wrong.text()
    assert "each of them whole. Nothing here has changed." in panel.wrong.text()
    assert len(files_of(folder)) == 10
    ann.share = FolderShare(folder)
    panel.put.click()
    wait(ann, panel)
    assert "Everything is on it" in panel.said.text()


def test_one_that_can_only_be_read_offers_no_writing(
    ann: Crew, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stick_run, "room_of", lambda _folder: Room(1 << 30, read_only=True))
    page, panel = plug_in(ann, folder)
    assert "It can only be read" in words_on(page)
    assert not panel.put.isVisible()


def test_too_little_room_is_said_before_anything_is_written(
    ann: Crew, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stick_run, "room_of", lambda _folder: Room(3 << 10, read_only=False))
    page, _panel = plug_in(ann, folder)
    said = words_on(page)
    assert "3 KB is left on it: not all of it fits." in said
    assert not files_of(folder)


def test_one_that_is_not_there_is_one_calm_sentence_and_can_be_looked_at_again(
    ann: Crew, folder: Path
) -> None:
    folder.rmdir()
    page, panel = plug_in(ann, folder)
    assert "perhaps it was pulled out" in panel.wrong.text()
    assert not panel.put.isVisible()
    folder.mkdir()
    key(Qt.Key.Key_Space)
    wait(ann, panel)
    assert "Nothing is on it." in words_on(page)
    assert not panel.wrong.isVisible()


def test_one_pulled_out_in_the_middle_leaves_nothing_half_done(
    ann: Crew, folder: Path, tmp_path: Path
) -> None:
    class PulledOut(FolderShare):
        """A stick that goes after its first few files."""

        def put(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
            arrived = super().put(files[:3])
            shutil.move(folder, tmp_path / "in a pocket")
            super().put(files[3:])
            return arrived

    _page, panel = plug_in(ann, folder)
    ann.share = PulledOut(folder)
    held = ann.laptop.store.rows("SELECT total_changes()")
    panel.put.click()
    wait(ann, panel)
    assert "It cannot be reached any more." in panel.wrong.text()
    assert "Nothing here has changed." in panel.wrong.text()
    assert ann.laptop.store.rows("SELECT total_changes()") == held
    left = files_of(tmp_path / "in a pocket")
    assert len(left) == 3
    assert not any(one.endswith(".tmp") for one in left)


def test_writing_can_be_stopped_by_the_key_it_gives_the_keyboard_to(
    ann: Crew, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(FolderShare):
        """A stick on which somebody says stop before the first file is there."""

        def put(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
            panel.run.stop()
            return super().put(files)

    monkeypatch.setattr(stick_loads, "AT_ONCE", 3)
    _page, panel = plug_in(ann, folder)
    ann.share = Slow(folder)
    panel.put.click()
    assert panel.progress.isVisible()
    assert panel.progress.stop_button.hasFocus()
    wait(ann, panel)
    assert "Stopped, as you said." in panel.wrong.text()
    assert len(files_of(folder)) == 3


def test_leaving_while_it_is_looked_at_does_no_harm(ann: Crew, folder: Path, qtbot: QtBot) -> None:
    share = slow(ann)
    page = ann.show(ImportPage)
    page.matters.show_stick(str(folder))
    qtbot.waitUntil(share.asked.is_set)
    page.matters.closed.emit()
    share.answers.set()
    ann.settle()
    assert page.back.hasFocus()


def test_everything_can_be_reached_and_has_a_name(ann: Crew, grant: Crew, folder: Path) -> None:
    ann.laptop.save("visit", {"place": "home"})
    ann.laptop.exchange(FolderShare(folder))
    page, panel = plug_in(grant, folder)
    assert not nameless(page)
    for act in (panel.put, panel.take, panel._leave):
        tab_to(page, act)


@pytest.mark.parametrize(("wide", "scale"), [(1178, 1.0), (1037, 1.0), (1306, 1.5)])
def test_it_fits(grant: Crew, folder: Path, qapp: QApplication, wide: int, scale: float) -> None:
    ann = grant.four.ann
    ann.save("visit", {"place": "home"})
    ann.exchange(FolderShare(folder))
    theme.apply(qapp, Theme(text_scale=scale))
    page, panel = plug_in(grant, folder, wide=wide)
    assert page.width() == wide
    take = panel.take
    grant.qtbot.waitUntil(lambda: take.width() >= take.sizeHint().width())


def test_without_a_team_folder_a_stick_can_be_looked_at(
    qtbot: QtBot, four: Four, look: None, folder: Path
) -> None:
    crew = Crew(qtbot, four, four.grant, share="")
    page, _panel = plug_in(crew, folder)
    assert "Nothing is on it." in words_on(page)
    crew.close()


def test_what_is_not_sealed_is_said_to_stay(ann: Crew, folder: Path) -> None:
    ann.laptop.save("visit", {"place": "home"})
    page, _panel = plug_in(ann, folder)
    assert "1 change of yours is not sealed yet and does not go onto it" in words_on(page)


def test_anybody_comes_to_it_from_sharing(ann: Crew, folder: Path) -> None:
    page = ann.show(SharingPage)
    (what,) = [one for one in page.findChildren(Button) if "What is on a stick" in one.text()]
    tab_to(page, what)
    key(Qt.Key.Key_Space)
    assert ann.went == [Place("import", form=STICK)]
    ann.share = FolderShare(folder)
    ann.dialogs.answers["folder"] = folder
    importing = ann.show(ImportPage)
    importing.show_place(ann.went[0])
    wait(ann, panel_of(importing))
    assert "Nothing is on it." in words_on(importing)


def test_a_lock_does_not_wait_for_a_stick_that_hangs(
    qtbot: QtBot, four: Four, look: None, folder: Path
) -> None:
    crew = Crew(qtbot, four, four.ann)
    share = slow(crew)
    page = crew.show(ImportPage)
    page.matters.show_stick(str(folder))
    qtbot.waitUntil(share.asked.is_set)
    crew.exchanging.close_down()
    crew.session.closing.emit()
    assert not share.answers.is_set()
    share.answers.set()
    crew.session._worker.close()


def test_a_save_does_not_wait_for_a_slow_stick(ann: Crew, folder: Path, qtbot: QtBot) -> None:
    share = slow(ann)
    page = ann.show(ImportPage)
    page.matters.show_stick(str(folder))
    qtbot.waitUntil(share.asked.is_set)
    saved: list[object] = []
    lee = ann.session.new_record()
    ann.session.save(
        [ann.session.edit("client", {"surname": "Croft"}, client=lee, record=lee)], saved.append
    )
    qtbot.waitUntil(lambda: bool(saved))
    assert panel_of(page).run.running
    share.answers.set()
    wait(ann, panel_of(page))
