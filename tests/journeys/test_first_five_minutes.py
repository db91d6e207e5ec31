# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Each role's first five minutes, as somebody new to Tandem has them: by keys, on real laptops."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from desktop_app.casework.made_up_cast import town
from desktop_app.casework.records import Answers, Edit, Record
from storage import reads
from storage.store import Store
from storage.unlock import unlock
from tests.journeys.hands import Hands, K, Keys, read
from tests.journeys.test_first_steps import focused, open_client, open_laptop
from tests.ui.office import OfficeClock
from ui import home as homes
from ui.made_up import make_team

CTRL = Keys.ControlModifier
TODAY = date(2026, 11, 23)
HEARD, SPOKEN = "She rang, and is well", "Outside the bakery"
DECIDED = "Seen every week, and nothing new"
TWELVE, MOST = 12, 30


@pytest.fixture
def hands(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Hands]:
    """Return somebody in front of a new made-up team whose nurse has twelve to see today."""
    clock = OfficeClock()
    make_team(tmp_path / "town", today=TODAY, clients=11, months=3)
    twelve_to_see(tmp_path / "town", clock.now_ms())
    made = Hands(qtbot, qapp, tmp_path / "town", clock)
    made.front().resize(1366, 768)
    yield made
    made.end()


def twelve_to_see(home: Path, now_ms: int) -> None:
    """Fill the nurse's clinic up to twelve, the first of whom missed the one before."""
    folder = home / homes.VAULTS / "bello"
    store = Store.open(folder, unlock(folder, town().passphrase))
    held = reads.records(store, form="appointment")
    due = [one for one in held if one.text("booked_for")[:10] == TODAY.isoformat()]
    nurse, first = due[0].text("with_person"), min(due, key=lambda one: one.text("booked_for"))
    some = [one.id for one in reads.records(store, form="client") if one.id != first.client]
    booked: list[tuple[bytes, str, str]] = [(first.client, "2026-11-20T10:00", "not_attended")]
    for number, client in enumerate(some[: TWELVE - len(due)]):
        booked.append((client, f"2026-11-23T12:{15 * number:02d}", "booked"))
    for client, at, state in booked:
        said: Answers = {"kind": "nurse", "booked_for": at, "with_person": nurse, "state": state}
        edit = Edit("appointment", os.urandom(16), client, "health", said)
        store.save([edit], now_ms=now_ms)
    store.close()


def go_down_to(hands: Hands, name: str) -> None:
    """Go down with the arrow key until the keyboard is on somebody's row."""
    for _step in range(60):
        if focused().startswith(name):
            return
        hands.press(K.Key_Down)
    raise AssertionError((name, focused()))


@pytest.mark.qt_log_ignore(
    "This plugin does not support raise", "This plugin does not support grabbing the keyboard"
)
def test_everybody_does_what_they_came_for_in_their_first_five_minutes(hands: Hands) -> None:
    key_worker(hands)
    officer(hands)
    nurse(hands)
    coordinator(hands)


def key_worker(hands: Hands) -> None:
    """She sees who needs her and why, and writes a note."""
    open_laptop(hands, "K. Osei")
    hands.sees("Visits due", "not seen for 24 days", "10 days over")
    go_down_to(hands, "BRANDT")
    hands.press(K.Key_Return)
    hands.sees("Timeline", "BRANDT, Denise")
    hands.press(K.Key_N, CTRL)
    hands.sees("Who can read this")
    hands.write(HEARD)
    hands.press(K.Key_Return, CTRL)
    hands.sees("Timeline", HEARD)
    hands.lock()


def officer(hands: Hands) -> None:
    """He finds a name, sees posture, alert and whom to ring first, and logs a contact."""
    open_laptop(hands, "PC R. Shah")
    open_client(hands, "quil", "QUILL, Ryan")
    hands.sees("Do not visit alone.", "Dog loose", "Support only", "Ring first: K. Osei")
    hands.sees("A posture is never grounds for a search")
    hands.tab_to("More actions")
    hands.choose_in_menu("Stop and search or other police contact")
    hands.sees("New: police contact", "Every search has grounds of its own")
    hands.press(K.Key_Right)
    hands.press(K.Key_Right)
    hands.alt("H")
    hands.write(SPOKEN)
    hands.press(K.Key_Return, CTRL)
    hands.sees("Timeline", SPOKEN)
    hands.lock()


def nurse(hands: Hands) -> None:
    """She marks twelve by arrow keys and letters; the second miss in a row starts what follows."""
    open_laptop(hands, "A. Bello")
    hands.go("Appointments")
    hands.sees("12 to mark")
    first = focused().partition(".")[0]
    hands.press(K.Key_D)
    for _each in range(TWELVE - 1):
        hands.rest()
        hands.press(K.Key_Down)
        hands.press(K.Key_A)
    hands.sees("11 attended")
    hands.go("Programme")
    hands.sees("To be told", first, "key worker and police are to be told", "2 appointments missed")
    go_down_to(hands, first)
    hands.press(K.Key_T)
    hands.sees("K. Osei and PC R. Shah will read")
    hands.press(K.Key_Return, CTRL)
    hands.sees("Told")
    hands.lock()


def coordinator(hands: Hands) -> None:
    """He sees what would change, takes in what three laptops sent, and holds the forum."""
    open_laptop(hands, "Insp. M. Lowe")
    hands.go("Import")
    said = hands.sees("Your casebook has not changed.", "If you take in these", "Clocks that start")
    assert all(f"{name}  {who}" in said for name, who in SENT)
    hands.press(K.Key_Return, CTRL)
    hands.sees("Imported at")
    forum(hands)


def forum(hands: Hands) -> None:
    """He opens the forum from its board, decides the first card, and seals the minutes."""
    hands.go("Programme")
    hands.sees("Case forum")
    hands.press(K.Key_Left)
    go_down_to(hands, "Case forum")
    hands.press(K.Key_Right)
    hands.rest()
    hands.alt("H")
    hands.sees("Who is here?", "on the agenda")
    hands.press(K.Key_Return, CTRL)
    hands.sees("Record and next", "Stays as it is")
    first = focused().partition(".")[0]
    hands.press(K.Key_C)
    hands.sees("are left. Each is talked about, or skipped with a reason.")
    hands.press(K.Key_K)
    hands.press(K.Key_W)
    hands.write(DECIDED)
    hands.press(K.Key_Return, CTRL)
    hands.rest()
    assert focused().partition(".")[0] != first, "the next card is shown"
    hands.dialogs.answers["ask_text"] = "The room had no more time"
    for _each in range(MOST):
        hands.press(K.Key_C)
        hands.rest()
        if "Minutes" in read(hands.front()):
            break
        hands.press(K.Key_S)
        hands.rest()
    told = next(one for one in hands.front().findChildren(QTextBrowser) if one.isVisible())
    hands.qtbot.waitUntil(lambda: DECIDED in told.toPlainText())
    assert "Skipped: The room had no more time" in told.toPlainText()
    (sealed,) = forums_closed(hands)
    assert sealed.answers["discussed"] == 1
    hands.lock()


def forums_closed(hands: Hands) -> list[Record]:
    """Return the forums this coordinator closed today."""
    book = hands.tandem.casebook
    assert book is not None
    found: list[Record] = []
    book.session.ask(
        lambda store: reads.records(store, form="forum", since=TODAY.isoformat()),
        found.extend,
        shows=lambda _found: None,
        owner=hands.front(),
        name="forums",
    )
    hands.rest()
    return found


SENT = (("Laptop 2", "K. Osei"), ("Laptop 3", "PC R. Shah"), ("Laptop 4", "A. Bello"))
