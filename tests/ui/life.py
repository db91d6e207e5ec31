# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A laptop's life in the real window: work, a lost passphrase, a backup, a broken file."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from storage import unlock
from storage.backup import back_up
from storage.durable import BEFORE
from storage.store import Store
from tests.ui.crew import words_on
from tests.ui.desk import TOLD, Desk
from tests.ui.office import OfficeClock
from ui import home as homes
from ui.home import VaultPlace
from ui.open_casebook import OpenCasebook
from ui.pages.first_run_steps import Words
from ui.pages.rescue import Rescue
from ui.pages.rescue_steps import Ended, Paper
from ui.pages.sign_in import SignIn

PATIENCE_MS = 60_000


class Life:
    """One laptop with a recovery key on paper, a backup on a stick, and the window."""

    def __init__(self, desk: Desk, paper: str, stick: Path) -> None:
        self.desk, self.paper, self.stick, self.qtbot = desk, paper, stick, desk.qtbot

    @property
    def place(self) -> VaultPlace:
        (place,) = homes.vaults(self.desk.home)
        return place

    @property
    def kept(self) -> list[Path]:
        base = self.desk.home / homes.VAULTS
        return [one for one in base.iterdir() if BEFORE in one.name]

    @property
    def sign_in(self) -> SignIn:
        page = self.desk.window
        assert isinstance(page, SignIn)
        return page

    @property
    def rescue(self) -> Rescue:
        page = self.desk.window
        assert isinstance(page, Rescue)
        return page

    def opened(self, passphrase: str = TOLD) -> Store:
        folder = self.place.folder
        return Store.open(folder, unlock.unlock(folder, passphrase))

    def work(self, surname: str, passphrase: str = TOLD) -> None:
        """Sign in by the window, save a client, lock."""
        book = self.enter(passphrase)
        session = book.session
        new = session.new_record()
        session.save([session.edit("client", {"surname": surname}, client=new, record=new)])
        self.desk.settle()
        self.desk.tandem.lock()

    def enter(self, passphrase: str) -> OpenCasebook:
        self.desk.tandem.start()
        self.try_words(passphrase)
        self.qtbot.waitUntil(lambda: self.desk.tandem.casebook is not None)
        self.desk.settle()
        return self.desk.book

    def try_words(self, passphrase: str) -> None:
        page = self.sign_in
        self.desk.clock.later()  # after wrong words there is a wait
        self.qtbot.waitUntil(page.card.open.isEnabled)
        page.passphrase.setText(passphrase)
        page.unlock()
        self.qtbot.waitUntil(lambda: not page._worker.busy, timeout=PATIENCE_MS)

    def clients(self, passphrase: str) -> set[str]:
        store = self.opened(passphrase)
        rows = store.rows("SELECT id FROM record WHERE form = 'client'")
        found = store.records([row[0] for row in rows])
        store.close()
        return {str(one.answers["surname"]) for one in found}

    def clients_of(self, book: OpenCasebook) -> set[str]:
        """Return the surnames of an open casebook's clients."""
        found: list[set[str]] = []

        def ask(store: Store) -> set[str]:
            rows = store.rows("SELECT id FROM record WHERE form = 'client'")
            return {str(one.answers["surname"]) for one in store.records([row[0] for row in rows])}

        book.session.work(ask, found.append)
        self.qtbot.waitUntil(lambda: bool(found), timeout=PATIENCE_MS)
        return found[0]

    def back_up(self) -> Path:
        store = self.opened()
        try:
            now_ms = OfficeClock().now_ms()
            return back_up(store, self.place.folder, self.stick, now_ms=now_ms)
        finally:
            store.close()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.rescue.busy, timeout=PATIENCE_MS)

    def type_paper(self, words: str = "") -> None:
        step = self.rescue.step
        assert isinstance(step, Paper)
        step.words.set_text("")
        QTest.keyClicks(step.words, words or self.paper)
        QTest.keyClick(step.words, Qt.Key.Key_Return)
        self.settle()

    def write_down(self) -> str:
        """Type the new words from the paper, and go on; return them."""
        step = self.rescue.step
        assert isinstance(step, Words)
        QTest.keyClicks(step.typed, step.passphrase)
        step.paper.setChecked(True)
        step.act.click()
        self.settle()
        return step.passphrase

    def ended(self) -> str:
        """Return what was said at the end, and go to the sign-in page."""
        step = self.rescue.step
        assert isinstance(step, Ended), step.wrong.text()
        said = words_on(step)
        step.act.click()
        self.qtbot.waitUntil(lambda: isinstance(self.desk.window, SignIn), timeout=PATIENCE_MS)
        return said

    def damage(self, table: str = "") -> bytes:
        """Damage the page a table begins on, or all of the vault's file; return what it now is."""
        path, raw = self.place.folder / "vault.db", b"damaged" * 999
        if table:
            store = self.opened()
            found = store.rows("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))
            page, size = found[0][0], int(store.rows("PRAGMA page_size")[0][0])
            store.close()
            whole = bytearray(path.read_bytes())
            whole[(page - 1) * size + size // 2] ^= 1
            raw = bytes(whole)
        path.write_bytes(raw)
        return raw
