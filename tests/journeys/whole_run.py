# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A whole life of the program, watched from outside: the other end of test_nothing_left.py.

    python -m tests.journeys.whole_run work PLACE     make a team, open every page, type, print
    python -m tests.journeys.whole_run sit HOME       sign in, type, and lock when told to

It says on standard output how far it is, and waits for a line on standard input before it goes on,
so that whoever watches can look at its memory and its files in between.
"""

import ctypes
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer

from storage import reads
from tests.pace import PaceClock
from ui import app as program
from ui import home as homes
from ui.consulting import nothing
from ui.dialogs import ScreenDialogs
from ui.open_casebook import OpenCasebook
from ui.pages.doorstep import DoorstepPage
from ui.pages.sign_in import SignIn
from ui.places import Place
from ui.self_test import self_test

GET_DUMPABLE, SET_DUMPABLE = 3, 4  # of <sys/prctl.h>
_NO_NETWORK = ("socket.", "http.", "urllib.", "ftplib.", "smtplib.")
LOOK_AGAIN_MS = 20


def say(words: str) -> None:
    """Write a line at once."""
    os.write(1, f"{words}\n".encode())


def wait() -> None:
    """Wait until somebody says to go on."""
    sys.stdin.readline()


def work(place: Path) -> None:
    """Do all that the self-test does; tell every attempt to reach a network."""

    def hear(name: str, _values: object) -> None:
        if name.startswith(_NO_NETWORK):
            say(f"reached {name}")

    sys.addaudithook(hear)
    self_test(place, today=date(2026, 11, 24), tell=lambda words: say(f"did {words}"))
    say(f"dumpable {ctypes.CDLL(None).prctl(GET_DUMPABLE, 0, 0, 0, 0)}")
    say("ready")
    wait()


class Life:
    """Somebody who signs in, opens a client, types, and locks when told to."""

    def __init__(self, tandem: program.Tandem, typed: str) -> None:
        self.tandem, self.typed = tandem, typed

    @property
    def casebook(self) -> OpenCasebook:
        """Return the open casebook."""
        assert self.tandem.casebook is not None
        return self.tandem.casebook

    def sign_in(self, passphrase: str) -> None:
        """Sign in through the page."""
        self.tandem.start()
        page = self.tandem.window
        assert isinstance(page, SignIn)
        page.passphrase.setText(passphrase)
        page.unlock()
        self.later(self.find)

    def find(self) -> None:
        """Ask for the first client."""
        self.casebook.session.ask(
            lambda store: reads.caseload(store, limit=1),
            self.open,
            shows=nothing,
            owner=self.casebook,
        )

    def open(self, clients: list[reads.ClientRow]) -> None:
        """Open their doorstep."""
        self.casebook.go_to(Place("visit", clients[0].client.id))
        self.later(self.type_on)

    def type_on(self) -> None:
        """Type, once there is something to type into."""
        page = self.casebook.frame.page("visit")
        assert isinstance(page, DoorstepPage)
        if page.visit is None:
            self.later(self.type_on)
            return
        page.visit.words.note.insertPlainText(self.typed)
        self.later(self.lock)

    def lock(self) -> None:
        """Lock, when told to."""
        say("open")
        wait()
        self.tandem.lock()

    def later(self, then: Callable[[], None]) -> None:
        """Do something once the vault is at rest."""
        book = self.tandem.casebook
        if book is None or book.session.busy:
            QTimer.singleShot(LOOK_AGAIN_MS, lambda: self.later(then))
        else:
            QTimer.singleShot(LOOK_AGAIN_MS, then)


def sit(home: Path) -> None:
    """Sign in, show a client, type, and lock when told to."""
    passphrase, typed = sys.stdin.readline().strip().split("|")
    app = program.make_application()
    _let_our_parent_look()
    dialogs = ScreenDialogs()
    tandem = program.Tandem(
        app, home, clock=PaceClock(), dialogs=dialogs, restart=lambda: _again(home)
    )
    life = Life(tandem, typed)
    life.sign_in(passphrase)
    del passphrase
    app.exec()


def _again(home: Path) -> None:
    """End this process as locking does, and be the next one with the sign-in page."""
    command = [sys.executable, "-m", "tests.journeys.whole_run", "locked", str(home)]
    os.execv(command[0], command)  # noqa: S606  ourselves


def locked(home: Path) -> None:
    """Show the sign-in page, as the process after a lock does."""
    app = program.make_application()
    _let_our_parent_look()
    tandem = program.Tandem(
        app, home, clock=PaceClock(), dialogs=ScreenDialogs(), restart=lambda: None
    )
    tandem.start()
    shown = tandem.window
    assert shown is not None

    def look() -> None:
        say("locked" if homes.vaults(home) and shown.isVisible() else "nothing shown")
        wait()
        os._exit(0)

    QTimer.singleShot(500, look)
    app.exec()


def _let_our_parent_look() -> None:
    """Undo, for this test, that no other process may read our memory."""
    ctypes.CDLL(None).prctl(SET_DUMPABLE, 1, 0, 0, 0)


if __name__ == "__main__":
    {"work": work, "sit": sit, "locked": locked}[sys.argv[1]](Path(sys.argv[2]))
