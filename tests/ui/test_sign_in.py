# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing in by hand and by keys, to real vaults."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from storage import tries, unlock
from storage.store import Store
from storage.unlock import FLOOR
from tests.ui.crew import key, nameless, tab_to
from tests.ui.office import OfficeClock
from ui import home as homes
from ui import theme
from ui.home import About, VaultPlace
from ui.pages.sign_in import Opened, SignIn
from ui.theme import Theme

TOLD = "ferry lantern onion quiet saddle"
Open = Callable[..., SignIn]


def vault_of(home: Path, name: str, role: str = "key_worker") -> VaultPlace:
    folder = home / homes.VAULTS / name.rsplit(maxsplit=1)[-1].lower()
    folder.mkdir(parents=True)
    Store.create(folder, unlock.create_vault(folder, TOLD, cost=FLOOR)).close()
    homes.write_about(folder, About(name, role, f"Laptop of {name}", team="Harbour"))
    return VaultPlace(folder, homes.about_of(folder))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a laptop with two vaults; no test changes more than when they were opened."""
    place = tmp_path_factory.mktemp("home")
    vault_of(place, "K. Osei")
    vault_of(place, "PC R. Shah", "officer")
    return place


@pytest.fixture
def opened() -> list[Opened]:
    return []


@pytest.fixture(autouse=True)
def no_tries(home: Path) -> None:
    """Begin each test as if nobody had tried anything."""
    for place in homes.vaults(home):
        tries.forget(place.folder)


@pytest.fixture
def sign_in(
    home: Path, clock: OfficeClock, qtbot: QtBot, look: None, opened: list[Opened]
) -> Iterator[Open]:
    """Return what shows the sign-in page, in a window that has the keyboard."""
    pages: list[SignIn] = []

    def show(*, vaults: int = 2, told: str = "", size: tuple[int, int] = (1366, 768)) -> SignIn:
        page = SignIn(homes.vaults(home)[:vaults], clock=clock, passphrase=told)
        page.opened.connect(opened.append)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        pages.append(page)
        return page

    yield show
    for page in pages:
        page.close_down()
    for one in opened:
        one.store.close()


def try_words(qtbot: QtBot, page: SignIn, words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is page.passphrase
    QTest.keyClicks(focus, words)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page._worker.busy)


def test_the_cursor_is_in_the_field_and_enter_opens(
    sign_in: Open, qtbot: QtBot, opened: list[Opened]
) -> None:
    page = sign_in()
    try_words(qtbot, page, TOLD)
    assert [one.place.about.person for one in opened] == ["K. Osei"]


def test_the_words_are_gone_from_the_field_once_they_have_opened_it(
    sign_in: Open, qtbot: QtBot, opened: list[Opened]
) -> None:
    page = sign_in()
    try_words(qtbot, page, TOLD)
    assert opened
    assert page.passphrase.text() == ""
    assert not page.passphrase.isUndoAvailable()


def test_capitals_and_more_spaces_do_no_harm(
    sign_in: Open, qtbot: QtBot, opened: list[Opened]
) -> None:
    try_words(qtbot, sign_in(), "Ferry  LANTERN onion quiet saddle ")
    assert len(opened) == 1


def test_wrong_words_are_answered_in_the_same_place_and_stand_selected(
    sign_in: Open, qtbot: QtBot, opened: list[Opened]
) -> None:
    page = sign_in()
    try_words(qtbot, page, "harbour kettle violet marble drift")
    assert page.wrong.isVisible()
    assert "do not open this casebook. Nothing is lost" in page.wrong.text()
    assert page.passphrase.selectedText() == page.passphrase.text() != ""
    assert page.passphrase.hasFocus()
    assert not opened


def test_after_each_wrong_try_there_is_a_longer_wait_and_nobody_is_locked_out(
    sign_in: Open, qtbot: QtBot, opened: list[Opened], clock: OfficeClock
) -> None:
    page, waits = sign_in(), []
    for _again in range(8):
        try_words(qtbot, page, "not these words at all")
        assert "Wrong words." in page.wrong.text()
        assert not page.card.open.isEnabled()
        waits.append(int("".join(one for one in page.card.open.text() if one.isdigit())))
        QTest.keyClicks(page.passphrase, TOLD)
        page.unlock()
        assert not page._worker.busy, "nothing is tried meanwhile, and the window is free"
        clock.later()
        qtbot.waitUntil(page.card.open.isEnabled)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    page.passphrase.clear()
    try_words(qtbot, page, TOLD)
    assert opened[0].told.startswith("8 wrong passphrases were tried since you last signed in")


def test_the_wait_outlives_a_restart_and_is_each_vaults_own(
    sign_in: Open, qtbot: QtBot, opened: list[Opened], clock: OfficeClock
) -> None:
    try_words(qtbot, sign_in(), "wrong")
    again = sign_in()
    assert not again.card.open.isEnabled()
    assert again.band is not None
    again.band.tiles[1].click()
    assert again.card.open.isEnabled()
    clock.later()
    page = sign_in()
    try_words(qtbot, page, TOLD)
    assert "1 wrong passphrase was tried" in opened[0].told


def test_what_was_wrong_is_gone_while_the_next_words_are_tried(
    sign_in: Open, qtbot: QtBot, clock: OfficeClock
) -> None:
    page = sign_in()
    try_words(qtbot, page, "wrong")
    QTest.keyClicks(page.passphrase, "other")
    clock.later()
    qtbot.waitUntil(page.card.open.isEnabled)
    page.unlock()
    assert not page.wrong.isVisible()
    assert "Unlocking…" in page.card.open.text()
    qtbot.waitUntil(lambda: not page._worker.busy)
    clock.later()
    qtbot.waitUntil(page.card.open.isEnabled)


def test_words_that_are_being_tried_are_not_tried_twice(
    sign_in: Open, qtbot: QtBot, opened: list[Opened]
) -> None:
    page = sign_in()
    page.passphrase.setText(TOLD)
    page.unlock()
    page.unlock()
    qtbot.waitUntil(lambda: bool(opened) and not page._worker.busy)
    assert len(opened) == 1


def test_the_words_are_covered_until_somebody_asks(sign_in: Open, qtbot: QtBot) -> None:
    page = sign_in()
    QTest.keyClicks(page.passphrase, "ferry")
    assert page.passphrase.displayText() != "ferry"
    QTest.keyClick(page.passphrase, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.passphrase.displayText() == "ferry")
    assert page.card.show_words.accessibleName() == "Hide the passphrase"
    page.card.show_words.click()
    assert page.passphrase.echoMode() == QLineEdit.EchoMode.Password
    assert page.passphrase.hasFocus()


def test_bars_fill_as_words_are_ended(sign_in: Open) -> None:
    page = sign_in()
    QTest.keyClicks(page.passphrase, "ferry lantern on")
    assert page.card.marks.text() == "2 of 5 words"


def test_a_made_up_team_shows_its_words_and_types_them(
    sign_in: Open, qtbot: QtBot, opened: list[Opened]
) -> None:
    page = sign_in(told=TOLD)
    assert page.band is not None
    page.band.fill.click()
    assert page.passphrase.text() == TOLD
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))


def test_a_real_team_shows_no_words(sign_in: Open) -> None:
    page = sign_in()
    assert page.band is not None
    assert not hasattr(page.band, "fill")
    assert sign_in(vaults=1).band is None


def test_another_laptop_can_be_chosen_by_its_person(
    sign_in: Open, qtbot: QtBot, opened: list[Opened]
) -> None:
    page = sign_in()
    assert page.band is not None
    page.band.tiles[1].click()
    assert "PC R. Shah" in page._panel.accessibleName()
    try_words(qtbot, page, TOLD)
    assert opened[0].place.about.person == "PC R. Shah"


def test_when_it_was_last_opened_is_kept_and_shown(
    sign_in: Open, qtbot: QtBot, home: Path, opened: list[Opened]
) -> None:
    try_words(qtbot, sign_in(), TOLD)
    about = homes.about_of(opened[0].place.folder)
    assert about.opened == "2026-11-23T15:04"
    assert "15:04" in sign_in()._panel.accessibleName()


def test_somebody_who_lost_the_words_is_told_what_to_do(sign_in: Open) -> None:
    page = sign_in()
    assert not page.card.lost.isVisible()
    page.card.lost_words.click()
    assert page.card.lost.isVisible()
    assert "join again" in page.card.lost.text()


def test_a_vault_that_is_open_elsewhere_is_said_calmly(
    sign_in: Open, qtbot: QtBot, home: Path, opened: list[Opened]
) -> None:
    try_words(qtbot, sign_in(), TOLD)
    page = sign_in()
    try_words(qtbot, page, TOLD)
    assert len(opened) == 1
    assert page.wrong.isVisible()
    assert str(home) not in page.wrong.text()


def test_help_and_another_person_are_one_key_away(sign_in: Open, qtbot: QtBot) -> None:
    page = sign_in()
    with qtbot.waitSignal(page.help_wanted) as asked:
        key(Qt.Key.Key_F1)
    assert asked.args == ["sign_in"]
    with qtbot.waitSignal(page.first_run):
        key(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)


def test_tab_goes_round_and_everything_has_a_name(sign_in: Open) -> None:
    page = sign_in(told=TOLD)
    assert not nameless(page)
    stops = tab_to(page, page.card.open)
    assert page.card.show_words in stops
    tab_to(page, page.passphrase)


@pytest.mark.parametrize("size", [(1366, 768), (1093, 574), (1000, 540)])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_it_fits_small_windows_and_large_text(
    sign_in: Open, qapp: QApplication, size: tuple[int, int], scale: float
) -> None:
    theme.apply(qapp, Theme(text_scale=scale))
    page = sign_in(told=TOLD, size=size)
    assert (page.width(), page.height()) == size
    assert page.card.open.width() >= page.card.open.sizeHint().width()


def test_the_foot_says_a_sentence_whole_or_not_at_all(sign_in: Open, qtbot: QtBot) -> None:
    page = sign_in()
    calm = page._calm
    assert calm.isVisible()
    for wide in (1366, 1093, 1024, 960):
        page.resize(wide, 574)
        qtbot.waitUntil(lambda: calm.isHidden() or calm.width() >= calm.sizeHint().width())


def test_the_card_grows_with_what_it_says(sign_in: Open, qtbot: QtBot) -> None:
    page = sign_in(size=(1093, 574))
    before = page.card.height()
    try_words(qtbot, page, "wrong")
    qtbot.waitUntil(lambda: page.card.height() > before)
    words = page.wrong
    assert words.height() >= words.minimumSizeHint().height()
    assert page.card.rect().bottom() >= page.card.open.geometry().bottom()
