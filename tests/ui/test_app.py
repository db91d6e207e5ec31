# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The program put together: from the sign-in page to an open casebook, and back to a locked one."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.casework.errors import CaseworkError
from storage import unlock
from storage.store import Store
from storage.unlock import FLOOR
from tests.ui.crew import key
from tests.ui.desk import TOLD, Desk
from tests.ui.office import OfficeClock
from ui import app as program
from ui import enrolment, theme
from ui import home as homes
from ui.app import harden
from ui.enrolment import Newcomer
from ui.home import MADE_UP, Settings
from ui.pages.first_run import FirstRun
from ui.pages.sign_in import SignIn
from ui.places import Place
from ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier
PAGES = ("today", "clients", "clinic", "sharing", "import", "team", "laptop", "settings")
NAMES = ("Lowe", "Croft", "Leanne")


@pytest.fixture(scope="module")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a laptop with one vault: a coordinator, alone in a new team."""
    place = tmp_path_factory.mktemp("home")
    (place / "share").mkdir()
    who = Newcomer(
        "M. Lowe", "Police", "Laptop 1", place / "share", TOLD, team="Saltings", cost=FLOOR
    )
    now_ms = OfficeClock().now_ms()
    enrolment.found(place, who, now_ms=now_ms).store.close()
    return place


@pytest.fixture
def desk(
    made_home: Path, tmp_path: Path, qtbot: QtBot, clock: OfficeClock, look: None
) -> Iterator[Desk]:
    """Return the program with a vault of its own to open."""
    home = tmp_path / "home"
    shutil.copytree(made_home, home)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    made = Desk(qtbot, app, home, clock)
    yield made
    made.close()
    theme.choose(app, "light")


def opens_again(desk: Desk) -> None:
    """Open the vault as a new process would: it must have been closed."""
    (place,) = homes.vaults(desk.home)
    Store.open(place.folder, unlock.unlock(place.folder, TOLD)).close()


def test_a_laptop_without_a_vault_begins_with_the_first_run(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: OfficeClock, look: None
) -> None:
    desk = Desk(qtbot, qapp, tmp_path / "empty", clock)
    desk.tandem.start()
    assert isinstance(desk.window, FirstRun)
    desk.close()


def test_signing_in_opens_today(desk: Desk) -> None:
    book = desk.sign_in()
    assert desk.window is book.window
    assert book.frame.place == Place("today")


def test_a_made_up_team_opens_the_laptop_of_the_role_asked_for(desk: Desk) -> None:
    (desk.home / MADE_UP).write_text(f'passphrase = "{TOLD}"\n', encoding="utf-8")
    book = desk.sign_in(role="coordinator")
    assert book.session.me.name == "M. Lowe"


def test_ctrl_l_locks_from_every_page_and_from_inside_a_field(desk: Desk) -> None:
    book = desk.sign_in()
    book.lock_wanted.disconnect(desk.tandem.lock)
    asked: list[bool] = []
    book.lock_wanted.connect(lambda: asked.append(True))
    lee = desk.client()
    places = [*map(Place, PAGES), Place("client", lee), Place("visit", lee)]
    for number, place in enumerate(places, 1):
        book.go_to(place)
        desk.settle()
        assert QApplication.activeWindow() is book.frame, "a page opened a window of its own"
        key(Qt.Key.Key_L, CTRL)
        assert len(asked) == number, place
    visit = book.frame.page("visit")
    fields = [one for one in visit.findChildren(QPlainTextEdit) if one.isVisible()]
    for field in [*fields[:1], *visit.findChildren(QLineEdit)[:1]]:
        before = len(asked)
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_L, CTRL)
        assert len(asked) == before + 1
    book.lock_wanted.connect(desk.tandem.lock)


def test_what_waits_to_leave_is_counted_on_the_rail_until_it_is_shared(desk: Desk) -> None:
    book = desk.sign_in()
    sharing = book.frame.rail.buttons["sharing"]
    assert sharing.accessibleName() == "Sharing"
    desk.client()
    desk.settle()
    assert sharing.accessibleName() == "Sharing, 1 change to share"
    book.go_to(Place("import"))
    desk.settle()
    assert sharing.accessibleName() == "Sharing, 1 change to share", "looking shares nothing"
    book.exchanging.start()
    desk.settle()
    assert sharing.accessibleName() == "Sharing"


def test_closing_the_window_of_a_busy_casebook_leaves_a_vault_that_opens(desk: Desk) -> None:
    book = desk.sign_in()
    desk.client()
    book.exchanging.start()
    desk.tandem.lock()
    assert desk.restarts == [True]
    opens_again(desk)


def test_what_went_wrong_is_shown_above_the_page_until_it_is_closed(desk: Desk) -> None:
    book = desk.sign_in()
    book.session.failed.emit(CaseworkError("The laptop is full. Nothing is lost."))
    assert book.frame.banner.isVisible()
    assert book.frame.banner.text() == "The laptop is full. Nothing is lost."
    shown = book.frame.banner.findChildren(QPushButton)
    (close,) = (one for one in shown if one.isVisible())
    close.click()
    assert not book.frame.banner.isVisible()


def test_locking_closes_the_vault_and_starts_a_bare_sign_in_page(desk: Desk) -> None:
    desk.sign_in()
    key(Qt.Key.Key_L, CTRL)
    assert desk.restarts == [True]
    assert desk.tandem.casebook is None
    assert not desk.window.isVisible()
    opens_again(desk)


def test_what_was_typed_is_a_draft_before_the_vault_closes(desk: Desk) -> None:
    book = desk.sign_in()
    lee = desk.client()
    book.go_to(Place("record", lee, form="note"))
    desk.settle()
    page = book.frame.page("record")
    note = next(one for one in page.findChildren(QPlainTextEdit) if one.isVisible())
    QTest.keyClicks(note, "Half a sentence")
    desk.tandem.lock()
    (place,) = homes.vaults(desk.home)
    store = Store.open(place.folder, unlock.unlock(place.folder, TOLD))
    (draft,) = store.drafts()
    store.close()
    assert "Half a sentence" in str(draft.answers)


def test_locking_asks_nothing_whatever_the_dialogs_would_say(desk: Desk) -> None:
    desk.sign_in()
    desk.dialogs.answers["confirm"] = False
    desk.tandem.lock()
    assert desk.restarts == [True]
    assert not desk.dialogs.told
    desk.tandem.lock()
    assert desk.restarts == [True], "locking a locked casebook does nothing"


def test_locking_goes_on_when_a_page_fails(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    book = desk.sign_in()

    def fails() -> None:
        book.session.close()
        raise OSError

    monkeypatch.setattr(book, "close_down", fails)
    with pytest.raises(OSError):  # noqa: PT011  any would do
        desk.tandem.lock()
    assert desk.restarts == [True]


def test_the_clipboard_is_cleared_when_it_holds_something_of_ours(
    desk: Desk, qapp: QApplication
) -> None:
    desk.sign_in()
    qapp.clipboard().setText("Croft, Leanne")
    desk.tandem.lock()
    assert qapp.clipboard().text() == ""


def test_what_somebody_else_copied_stays(desk: Desk, qapp: QApplication) -> None:
    qapp.clipboard().setText("of another program")
    desk.sign_in()
    desk.tandem.lock()
    assert qapp.clipboard().ownsClipboard() or qapp.clipboard().text() == "of another program"


def test_the_window_title_never_names_a_person(desk: Desk) -> None:
    book = desk.sign_in()
    lee = desk.client()
    for place in [*map(Place, PAGES), Place("client", lee), Place("visit", lee)]:
        book.go_to(place)
        desk.settle()
        assert not [name for name in NAMES if name in book.frame.windowTitle()]


def test_f1_opens_the_help_of_every_page_and_esc_gives_the_keyboard_back(desk: Desk) -> None:
    book = desk.sign_in()
    lee = desk.client()
    for place in [*map(Place, PAGES), Place("client", lee), Place("visit", lee)]:
        book.go_to(place)
        desk.settle()
        before = QApplication.focusWidget()
        key(Qt.Key.Key_F1)
        assert book.helping.dock.isVisible(), place
        topic = book.frame.page(place.page).help_topic  # type: ignore[attr-defined]
        assert book.helping.help.topic == topic
        key(Qt.Key.Key_Escape)
        assert not book.helping.dock.isVisible(), place
        assert QApplication.focusWidget() is before, place
        assert book.frame.place == place


@pytest.mark.parametrize(("scale", "size"), [(1.0, (1093, 574)), (1.5, (1366, 768))])
def test_help_never_makes_the_window_wider(
    desk: Desk, qapp: QApplication, scale: float, size: tuple[int, int]
) -> None:
    book = desk.sign_in()
    theme.apply(qapp, Theme(text_scale=scale))
    lee = desk.client()
    book.frame.resize(*size)
    for place in [*map(Place, PAGES), Place("client", lee), Place("visit", lee)]:
        book.go_to(place)
        desk.settle()
        key(Qt.Key.Key_F1)
        QCoreApplication.processEvents()
        assert book.helping.help.isVisible(), place
        assert book.frame.width() == size[0], place
        key(Qt.Key.Key_Escape)
        assert book.frame.stack.isVisible(), place


def test_a_page_opened_behind_help_that_fills_the_window_is_shown(
    desk: Desk, qapp: QApplication
) -> None:
    book = desk.sign_in()
    theme.apply(qapp, Theme(text_scale=1.5))
    book.frame.resize(1093, 574)
    book.go_to(Place("clients"))
    desk.settle()
    key(Qt.Key.Key_F1)
    assert not book.frame.stack.isVisible()
    book.go_to(Place("today"))
    assert book.frame.stack.isVisible()
    assert not book.helping.dock.isVisible()


def test_a_window_shrinks_again_after_large_text(desk: Desk, qapp: QApplication) -> None:
    book = desk.sign_in()
    book.go_to(Place("sharing"))
    desk.settle()
    theme.apply(qapp, Theme(text_scale=1.5))
    QCoreApplication.processEvents()
    book.go_to(Place("today"))
    desk.settle()
    theme.apply(qapp, Theme())
    QCoreApplication.processEvents()
    assert book.frame.minimumSizeHint().width() <= 900


def test_tab_comes_to_every_part_of_every_page_and_back(desk: Desk) -> None:
    book = desk.sign_in()
    lee = desk.client()
    must = {"clients": "Add a client", "visit": "Save visit", "today": "Open appointments"}
    for place in [*map(Place, PAGES), Place("client", lee), Place("visit", lee)]:
        book.go_to(place)
        desk.settle()
        key(Qt.Key.Key_Tab)
        first, seen = QApplication.focusWidget(), []
        for _step in range(80):
            seen.append(QApplication.focusWidget())
            key(Qt.Key.Key_Tab)
            if QApplication.focusWidget() is first:
                break
        assert QApplication.focusWidget() is first, place
        assert len(set(map(id, seen))) == len(seen), "nothing twice: no trap"
        assert must.get(place.page, "Lock now") in {one.accessibleName() for one in seen if one}
        key(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is seen[-1], place


def test_a_day_without_appointments_keeps_the_arrows(desk: Desk) -> None:
    book = desk.sign_in()
    book.go_to(Place("clinic"))
    desk.settle()
    page = book.frame.page("clinic")
    on = page.shown.on  # type: ignore[attr-defined]
    key(Qt.Key.Key_Right)
    assert (page.shown.on - on).days == 1  # type: ignore[attr-defined]


def test_an_empty_page_never_leaves_the_keyboard_on_the_lock(desk: Desk) -> None:
    book = desk.sign_in()
    for name in PAGES:
        book.go_to(Place(name))
        desk.settle()
        focus = QApplication.focusWidget()
        assert focus is not None, name
        assert book.frame.page(name).isAncestorOf(focus), name


def test_a_colour_chosen_in_settings_is_worn_and_kept(desk: Desk) -> None:
    book = desk.sign_in()
    book._choose_settings(Settings(scheme="dark", text_percent=125, lock_minutes=10))
    assert theme.current().scheme == "dark"
    assert theme.current().text_scale == 1.25
    assert homes.settings(desk.home).lock_minutes == 10
    assert "10 minutes" in book.frame.status.locks.text()


def test_another_lock_time_replaces_the_first(desk: Desk, qtbot: QtBot) -> None:
    book = desk.sign_in()
    first = desk.tandem._watch._idle
    book._choose_settings(Settings(lock_minutes=15))
    assert desk.tandem._watch._idle is not first
    first.due.emit()
    assert not desk.restarts
    desk.tandem._watch._idle.due.emit()
    assert desk.restarts


def test_another_team_folder_is_kept_for_the_next_time(desk: Desk, tmp_path: Path) -> None:
    book = desk.sign_in()
    book.go_to(Place("settings"))
    desk.dialogs.answers["folder"] = tmp_path
    page = book.frame.page("settings")
    page.share_wanted.emit()  # type: ignore[attr-defined]
    (place,) = homes.vaults(desk.home)
    assert place.about.share == str(tmp_path) == book.exchanging.share


def test_a_laptop_that_was_not_let_in_yet_waits_with_its_words(desk: Desk, qtbot: QtBot) -> None:
    first = homes.vaults(desk.home)[0].folder
    shutil.rmtree(first)
    folder = desk.home / homes.VAULTS / "osei"
    folder.mkdir()
    Store.create(folder, unlock.create_vault(folder, TOLD, cost=FLOOR)).close()
    homes.write_about(folder, homes.About("K. Osei", "", "Laptop 2"))
    desk.tandem.start()
    page = desk.window
    assert isinstance(page, SignIn)
    page.passphrase.setText(TOLD)
    page.unlock()
    qtbot.waitUntil(lambda: isinstance(desk.tandem.window, FirstRun))
    waiting = desk.window
    assert isinstance(waiting, FirstRun)
    qtbot.waitUntil(lambda: not waiting._worker.busy)


def test_the_laptop_opened_last_stands_first(tmp_path: Path) -> None:
    def place(name: str, role: str, opened: str) -> homes.VaultPlace:
        about = homes.About(name, role, "laptop", opened=opened)
        return homes.VaultPlace(tmp_path / name, about)

    bello = place("bello", "nurse", "2026-11-20T09:00")
    osei = place("osei", "key_worker", "2026-11-23T09:00")
    shah = place("shah", "officer", "2026-11-23T09:00")
    assert program._usual_first([bello, osei, shah], "")[0] is osei
    assert program._usual_first([shah, bello, osei], "")[0] is osei
    assert program._usual_first([bello, osei, shah], "nurse") == [bello, osei, shah]


def test_nothing_is_left_behind(qapp: QApplication) -> None:
    harden()
    kept = QSettings("Tandem", "Tandem")
    kept.setValue("where", "a folder")
    kept.sync()
    assert kept.fileName() == os.devnull or kept.status() != QSettings.Status.NoError
    if os.name == "posix":
        import resource  # noqa: PLC0415  not on Windows

        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
