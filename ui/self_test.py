# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The self-test: every part of this program, as it is installed here, tried on invented people.

It makes a made-up team in a folder of its own, which is real vaults, real keys and real exchanges;
signs in through the real page, opens every page, fills in a form key by key, reads back what was
saved, makes a PDF, and locks. What it tries is what a worker does; what it cannot try is the screen
and the network folder of this laptop.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QElapsedTimer,
    QEvent,
    QEventLoop,
    QIODevice,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QImageWriter, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from desktop_app.casework import codes, forms
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.made_up_cast import town
from desktop_app.casework.records import Record
from desktop_app.casework.words import _
from desktop_app.reports.client_summary import client_summary
from desktop_app.reports.pdf import pdf
from desktop_app.reports.table import table
from desktop_app.reports.web_page import web_page
from storage import reads
from storage.store import Store
from storage.unlock import unlock
from sync.seat import seat_of
from ui import home as homes
from ui.app import Tandem, make_application
from ui.clock import Clock
from ui.dialogs import ScreenDialogs
from ui.made_up import make_team
from ui.open_casebook import OpenCasebook
from ui.pictures import cleaned, decoded
from ui.places import Place

PATIENCE_MS, LOOK_AGAIN_MS = 60_000, 10
TYPED = "Typed by the self-test"
_OF_NO_SCREEN = "This plugin does not support"
"""What Qt says of any window where there is no screen."""
Tell = Callable[[str], None]


class WentWrong(CaseworkError):
    """A part of the program did not do what it should."""


def self_test(place: Path, *, today: date, tell: Tell) -> None:
    """Try everything; tell each step that went well.

    Args:
        place: an empty folder.
        today: the day it is.
        tell: told one line for each step.

    Raises:
        WentWrong: something did not; the text says what.
    """
    _read_resources(tell)
    home = place / "town"
    make_team(home, today=today, clients=3, months=1)
    tell(_("Casebooks, keys, joining and sharing work: a made-up team was made"))
    _read_back(home, tell)
    _print(home, today, tell)
    with _what_qt_says() as said:
        _try_window(home, tell)
        _take_picture(tell)
    if said:
        raise WentWrong(_("Qt complained while the window was open."))


def _read_resources(tell: Tell) -> None:
    kinds, lists = len(forms.forms()), len(codes.names())
    for name in codes.names():
        codes.codes(name)
    words = {"kinds": kinds, "lists": lists}
    tell(_("%(kinds)d forms and %(lists)d code lists read") % words)


def _read_back(home: Path, tell: Tell) -> None:
    """See that what the key worker wrote is in the nurse's vault, and the officer's is without."""
    for key, clinical in (("bello", True), ("shah", False)):
        with _opened(home, key) as store:
            visits = reads.records(store, form="visit")
            notes = reads.records(store, form="clinical_note")
            if not visits or bool(notes) is not clinical:
                raise WentWrong(_("Sharing brought too little, or too much."))
            if not reads.search(store, town().client[0].surname):
                raise WentWrong(_("The search found nobody."))
    tell(_("What was written on one laptop is found on another, by those who may read it"))


def _take_picture(tell: Tell) -> None:
    """See that photographs can be read here: the decoder is a file of its own."""
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    scene = QImage(64, 48, QImage.Format.Format_RGB32)
    scene.fill(Qt.GlobalColor.darkGreen)
    if not QImageWriter(buffer, QByteArray(b"jpeg")).write(scene):
        raise WentWrong(_("No photograph can be written."))
    kind, kept = cleaned(bytes(made.data()))
    if decoded(kept, kind).size() != scene.size():
        raise WentWrong(_("A photograph was not read as it is."))
    tell(_("A photograph was read, and what it does not show left out"))


def _print(home: Path, today: date, tell: Tell) -> None:
    with _opened(home, "osei") as store:
        seat = seat_of(store)
        if seat is None:
            raise WentWrong(_("The casebook is in no team."))
        client = _somebody(store)
        records = reads.records(store, client=client.id)
        sheet = client_summary(client, records, seat.team, on=today, made=_("Self-test"))
    made = pdf(sheet)
    if not made.startswith(b"%PDF") or b"Inter" not in made:
        raise WentWrong(_("The PDF is not one, or has no letters of its own."))
    if not web_page(sheet) or not table(sheet):
        raise WentWrong(_("A web page or a table is empty."))
    tell(_("A client's summary was made: PDF, web page and table"))


def _try_window(home: Path, tell: Tell) -> None:
    """Sign in, open every page, fill in a form, lock."""
    app = make_application()
    ended: list[bool] = []
    program = Tandem(
        app,
        home,
        clock=Clock(),
        dialogs=ScreenDialogs(),
        restart=lambda: ended.append(True),
    )
    program.start(role="key_worker")
    _wait(lambda: program.casebook is not None)
    casebook = program.casebook
    if casebook is None:
        raise WentWrong(_("Signing in did not open the casebook."))
    tell(_("Signed in through the sign-in page"))
    client = _asked_for(casebook)
    opened = _open_pages(casebook, client)
    tell(_("%(n)d pages opened") % {"n": opened})
    _fill_form(casebook, client)
    tell(_("A form was filled in, key by key, and saved"))
    program.lock()
    app.processEvents()
    if not ended:
        raise WentWrong(_("Locking did not end the casebook."))
    with _opened(home, "osei") as store:
        if not any(one.text("headline") == TYPED for one in reads.records(store, form="note")):
            raise WentWrong(_("What was typed is not in the casebook."))
    tell(_("Locked; what was typed is in the casebook"))


def _shown_of(client: Record) -> Sight:
    return sight("client", clients=[client.id])


def _asked_for(casebook: OpenCasebook) -> Record:
    """Return a client to try things with, asked for as a page does."""
    found: list[Record] = []
    casebook.session.ask(_somebody, found.append, shows=_shown_of, owner=casebook)
    _wait(lambda: bool(found))
    return found[0]


def _somebody(store: Store) -> Record:
    """Return a client nobody has begun to write about."""
    begun = {one.client for one in store.drafts()}
    held = [one for one in reads.records(store, form="client") if one.id not in begun]
    if not held:
        raise WentWrong(_("The casebook holds no client."))
    return held[0]


def _open_pages(casebook: OpenCasebook, client: Record) -> int:
    """Open every page there is, and see that each of them draws something."""
    names = casebook.frame.names
    for name in names:
        page = casebook.frame.page(name)
        wants_client = name in ("client", "record", "visit")
        place = Place(name, client=client.id) if wants_client else Place(name)
        casebook.go_to(Place(name, client=client.id, form="note") if name == "record" else place)
        _wait(lambda: not casebook.session.busy)
        if casebook.frame.grab().isNull() or not page.findChildren(QWidget):
            raise WentWrong(_("A page stayed empty."))
    return len(names)


def _fill_form(casebook: OpenCasebook, client: Record) -> None:
    """Write a note as a worker does: letter by letter into the field, then the filled button."""
    casebook.go_to(Place("record", client=client.id, form="note"))
    _wait(lambda: not casebook.session.busy)
    page = casebook.frame.page("record")
    field = page.findChild(QWidget, "headline")
    line = field.findChild(QLineEdit) if field is not None else None
    if line is None:
        raise WentWrong(_("The form has no field to type in."))
    for letter in TYPED:
        _press(line, letter)
    filled = [
        one
        for one in page.findChildren(QPushButton)
        if one.property("kind") == "primary" and one.isVisible()
    ]
    if len(filled) != 1:
        raise WentWrong(_("The page has no filled button, or more than one."))
    _click(filled[0])
    _wait(lambda: not casebook.session.busy)


def _press(widget: QWidget, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, key)


def _click(widget: QWidget) -> None:
    middle = widget.rect().center().toPointF()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        held = left if kind is QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
        press = QMouseEvent(kind, middle, widget.mapToGlobal(middle), left, held, none)
        QApplication.sendEvent(widget, press)


def _wait(done: Callable[[], bool]) -> None:
    """Let the window work until something has happened."""
    running, going = QElapsedTimer(), QEventLoop()
    running.start()
    while not done():
        QTimer.singleShot(LOOK_AGAIN_MS, going.quit)
        going.exec()
        if running.elapsed() > PATIENCE_MS:
            raise WentWrong(_("The window did not answer within a minute."))


@contextmanager
def _opened(home: Path, key: str) -> Iterator[Store]:
    folder = home / homes.VAULTS / key
    store = Store.open(folder, unlock(folder, town().passphrase))
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _what_qt_says() -> Iterator[list[str]]:
    """Collect what Qt complains of, and run without a screen unless one is asked for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not message.startswith(_OF_NO_SCREEN):
            said.append(message)

    before = qInstallMessageHandler(hear)
    try:
        yield said
    finally:
        qInstallMessageHandler(before)
