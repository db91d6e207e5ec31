# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An open casebook under watch: what stands on the screen, and what was written down by then."""

import os
from pathlib import Path

import shiboken6
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.audience import audience_for
from desktop_app.casework.forms import form
from desktop_app.casework.records import Change, Edit
from storage.errors import VaultError
from storage.store import Store
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.ui.office import LOWE, NOW, OSEI, SHAH, Office, OfficeClock, feed_of
from ui.home import About, Settings, VaultPlace
from ui.open_casebook import OpenCasebook
from ui.places import Place
from ui.session import Session

NAME, POLICE, HEALTH = "QUILLFEATHER", "ferretwatch", "buprenorphine"
SHOWN_BY = {
    "today": Place("today"),
    "clients": Place("clients"),
    "clinic": Place("clinic"),
    "boards": Place("boards", form="coming_out"),
    "sharing": Place("sharing"),
    "client": Place("client", client=b"?"),
    "record": Place("record", client=b"?", record=b"note"),
    "visit": Place("visit", client=b"?"),
    "scoring": Place("scoring", client=b"?"),
    "twice": Place("twice"),
    "plan": Place("plan", client=b"?"),
    "outcome": Place("outcome", client=b"?"),
    "colleagues": Place("colleagues"),
}
"""How to come to each page that shows somebody."""


def fill_disk(store: Store) -> None:
    """Leave no room for one more entry, as a full disk does."""
    store.rows(f"PRAGMA max_page_count = {store.rows('PRAGMA page_count')[0][0]}")
    size = 4000
    while size:
        filler = Edit("filler", os.urandom(16), b"", "audit", {"x": "x" * size})
        try:
            store.save([filler], now_ms=0)
        except VaultError:
            size //= 2


def free_disk(store: Store) -> None:
    """Make room again."""
    store.rows("PRAGMA max_page_count = 1000000")


def words_shown(window: QWidget) -> str:
    """Return every word that can be seen or heard, lists and tables included."""
    said: list[str] = []
    for one in [window, *window.findChildren(QWidget)]:
        if not one.isVisible():
            continue
        text = getattr(one, "text", None)
        if not isinstance(one, QLineEdit):
            said += [one.accessibleName(), str(text()) if callable(text) else ""]
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            model = one.model()
            flat = isinstance(model, QAbstractListModel)
            for row in range(model.rowCount(QModelIndex())):
                for column in range(1 if flat else model.columnCount(QModelIndex())):
                    index = model.index(row, column)
                    for role in (
                        Qt.ItemDataRole.DisplayRole,
                        Qt.ItemDataRole.AccessibleTextRole,
                    ):
                        said.append(str(index.data(role) or ""))
    return "\n".join(said)


class Watched:
    """The window, and the vault behind it."""

    def __init__(self, qtbot: QtBot, session: Session, store: Store, folder: Path) -> None:
        self.qtbot, self.session, self.store = qtbot, session, store
        self.dialogs = QuietDialogs()
        about = About(person=session.me.name, role="officer", laptop="Laptop")
        self.book = OpenCasebook(
            session,
            VaultPlace(folder, about),
            home=folder,
            settings=Settings(),
            dialogs=self.dialogs,
            facts=[],
        )
        qtbot.addWidget(self.book.frame)
        self.window = self.book.frame
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def close(self) -> None:
        """Take the casebook away with its window: nothing of it listens any more."""
        self.settle()
        self.book.exchanging.close_down()
        shiboken6.delete(self.book)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy and not self.book.exchanging.running)

    def open(self, place: Place) -> None:
        self.window.go_to(place)
        self.settle()

    def words(self) -> str:
        return words_shown(self.window)

    def entries(self, form: str = "") -> list[Change]:
        """Return what was written down, asked where the vault is at work."""
        asked = self.session.work(lambda store: logged(store, form))
        return [one for one in asked.result() if one.form != "filler"]

    def until_shown(self, word: str, place: Place) -> list[Change]:
        """Open a place; return what had been written down when a word first stood on the screen."""
        assert word not in self.words()
        self.window.go_to(place)
        return self.until(word)

    def until(self, word: str) -> list[Change]:
        """Return what had been written down when a word first stood on the screen."""
        self.qtbot.waitUntil(lambda: word in self.words())
        written = self.entries()
        self.settle()
        return written


class Case:
    """A vault with one client in it, whom every page has something to say of."""

    def __init__(self, qtbot: QtBot, store: Store, clock: OfficeClock, folder: Path) -> None:
        self.qtbot, self.store, self.clock, self.folder = qtbot, store, clock, folder
        self.office = Office(store, clock, me=SHAH)
        self.client = self.office.client("Quillfeather", "Zebedee")
        today = NOW.date().isoformat()
        duty = {"duty": "police_lead", "worker": SHAH, "from_on": "2026-01-01"}
        self.office.save("assignment", duty, client=self.client)
        stay = {"setting": "sentenced", "from_on": "2026-06-01", "expected_release_on": today}
        self.office.save("setting", stay, client=self.client)
        plan = {"at": f"{today}T16:00", "state": "planned", "kind": "home", "people": [SHAH]}
        self.office.save("visit", plan, client=self.client)
        booked = {"booked_for": f"{today}T10:00", "state": "booked", "with_person": SHAH}
        self.office.save("appointment", booked, client=self.client)
        self.note = self.office.save(
            "note", {"headline": "Rang", "happened_at": f"{today}T09:00"}, client=self.client
        )
        phone = {"phone": "07700 900111"}
        self.office.save("client", phone, client=self.client, record=self.client)
        other = {"phone": "07700 900222"}
        self.office.colleague(
            OSEI, "client", other, client=self.client, record=self.client, saw=False
        )
        self.police = self.kept_to("police", LOWE, POLICE)
        self.health = self.kept_to("health", OSEI, HEALTH)
        self.kept_to("partners", LOWE, "Said hello")

    def kept_to(self, audience: str, author: str, words: str) -> bytes:
        """Take in a note a colleague kept to some; return it."""
        record, feed = self.office.new(), feed_of(author)
        answers = {"headline": words, "happened_at": "2026-11-22T09:00"}
        note = form("note")
        change = Change(
            "note", record, self.client, audience_for(note, audience),
            self.clock.now_ms(), feed.number, len(words), 0, dict(answers),
        )  # fmt: skip
        with self.store.transaction():
            self.store.apply([change], author=author, saw=lambda _feed, _seq: True)
            came = (feed.number, len(words), b"", 0, 0, "")
            self.store.write("INSERT INTO bundle VALUES (NULL, ?, ?, ?, ?, ?, ?)", came)
        return record

    def place(self, name: str) -> Place:
        at = SHOWN_BY[name]
        return Place(
            at.page,
            client=self.client if at.client else None,
            record=self.note if at.record else None,
            form=at.form,
        )
