# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody who types and saves until they are killed: the other end of test_killed.py.

Reads one line per life from standard input: the folder of a vault. Forks; the child opens the vault
and types into the real doorstep page, saying on standard output what was typed and what the page
said was safe. The parent says when it has ended.
"""

import os
import random
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from PySide6.QtCore import QTimer

from storage.store import Draft, Store
from sync.seat import seat_of
from tests.pace import PaceClock
from ui.app import make_application
from ui.dialogs import ScreenDialogs
from ui.pages.doorstep import DoorstepPage
from ui.places import Place
from ui.session import Session

# The key tests/sync/laptops.py gives Ann's vault.
KEY = random.Random("Ann").randbytes(32)  # noqa: S311  a test's vault
EVERY_MS, SAVE_MS = 12, 70
WORDS = "she keeps the kettle on and asks about the lock again "


def say(*words: object) -> None:
    """Write a line at once: what is said must be out before the next thing happens."""
    os.write(1, (" ".join(str(word) for word in words) + "\n").encode())


def live(folder: Path, client: bytes) -> None:
    """Type and save until killed."""
    app = make_application()
    store = Store.open(folder, bytearray(KEY))
    seat = seat_of(store)
    if seat is None:
        raise SystemExit(3)
    clock = PaceClock()
    session = Session(store, me=seat.person, team=seat.team, clock=clock)
    page = DoorstepPage(session, ScreenDialogs())
    page.resize(1366, 768)
    page.show()
    names = (f"{os.getpid()}-{number}" for number in count())

    def save_now() -> None:
        name = next(names)
        edit = session.edit("note", {"note": f"kept {name}"}, client=client)
        session.save([edit], lambda _saved: say("saved", name))

    def type_on() -> None:
        visit = page.visit
        if visit is None:
            return
        note = visit.words.note
        at = len(note.text())
        note.insertPlainText(WORDS[at % len(WORDS)])
        say("typed", len(note.text()), clock.steady_ms())

    session.drafted.connect(say_drafted)
    page.show_place(Place("visit", client))
    begin(page, (type_on, EVERY_MS), (save_now, SAVE_MS))
    app.exec()


def say_drafted(draft: Draft) -> None:
    """Say how much of the note is safe."""
    say("drafted", len(str(draft.answers.get("note", ""))))


def begin(page: DoorstepPage, *doings: tuple[Callable[[], None], int]) -> None:
    """Do each thing again and again, once the page has a visit to type into."""
    if page.visit is None:
        QTimer.singleShot(10, page, lambda: begin(page, *doings))
        return
    say("ready")
    for act, every in doings:
        timer = QTimer(page)
        timer.timeout.connect(act)
        timer.start(every)


def main() -> None:
    """Fork a life for every line."""
    for line in sys.stdin:
        folder, client = line.split()
        child = os.fork()
        if child == 0:
            live(Path(folder), bytes.fromhex(client))
            os._exit(0)
        say("born", child)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
