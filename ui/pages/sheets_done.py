# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The last step: what came in, what waits, what was wrong and where it is kept to be mended.

Rules, each with a test:

* The file of wrong lines goes where the person chose, and that it leaves is logged before it is
  written.
* It holds each line as it stood, with its reason, and can be read again as it is.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audit import taken_out
from desktop_app.casework.sheets.meaning import State
from desktop_app.casework.words import _, ngettext
from desktop_app.reports.left_lines import Left, left_table, left_workbook
from storage.store import Saved, Store
from ui.dialogs import Dialogs
from ui.kit.buttons import Button, button
from ui.kit.card import Card, across, clear, down, holding, reading
from ui.kit.labels import Disc, label
from ui.kit.notice import Notice
from ui.pages.client_taking_out import write_out
from ui.session import Session
from ui.sheets.job import Looked, TakenIn
from ui.sheets.setup import Setup
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S


class DoneStep(QWidget):
    """Says what came of it.

    Signals:
        again: the same file is to be read once more, as something else.
        other: another file.
        clients: to the list of clients.
    """

    again = Signal()
    other = Signal()
    clients = Signal()

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self._session, self._dialogs = session, dialogs
        self._setup: Setup | None = None
        self._wrong: Mapping[int, str] = {}
        self.notice = Notice("", "ok")
        self.keep: Button | None = None
        self._body = QVBoxLayout()
        self._body.setSpacing(M)
        card = Card()
        card.add(reading(holding(down(self._body, None))), 1)
        column = down(self.notice, card, gap=M, margins=(L, 0, L, M))
        column.setStretch(1, 1)
        self.setLayout(column)

    def show_done(self, done: TakenIn, looked: Looked, setup: Setup | None) -> None:
        """Say what came in, and offer what is left to do."""
        self._setup = setup
        self._wrong = {one.line: one.why for one in looked.lines if one.state is State.WRONG}
        self.notice.hide()
        clear(self._body)
        self.keep = None
        self._body.addWidget(self._head(done))
        waits = sum(done.counts.get(one, 0) for one in (State.CHOOSE, State.NOBODY))
        if waits:
            words = ngettext(
                "%(n)d line waits in this casebook", "%(n)d lines wait in this casebook", waits
            )
            why = _(
                "For a client who is not here yet, or for somebody to decide. No client was made."
            )
            self._body.addWidget(_row("hourglass", "warn", words % {"n": waits}, why))
        if self._wrong and setup is not None:
            count = len(self._wrong)
            words = ngettext("%(n)d line was wrong", "%(n)d lines were wrong", count) % {"n": count}
            why = _(
                "Nothing of them was taken in. In a file of their own, each stands with its reason."
            )
            self.keep = button(_("&Keep them in a file…"), icon="download")
            self.keep.clicked.connect(self.keep_wrong)
            self._body.addWidget(_row("circle-x", "bad", words, why, self.keep))
        self._body.addSpacing(S)
        self._body.addWidget(self._on(setup))

    def keep_wrong(self) -> None:
        """Write the lines that were wrong into a file a person chooses."""
        setup, wrong = self._setup, self._wrong
        if setup is None or not wrong:
            return
        place = self._dialogs.save_file(_("Lines to mend"), suggest="lines-to-mend.csv")
        if place is None:
            return
        self._session.aside(
            lambda: as_file(setup, wrong, place), lambda made: self._log(place, made), owner=self
        )

    def _log(self, place: Path, made: bytes) -> None:
        session = self._session
        asked = {
            "what": "list",
            "format": "xlsx" if _is_workbook(place) else "csv",
            "recipient": session.me.name,
            "reason": _("Lines of a spreadsheet to be mended and read again"),
        }
        at = session.now().isoformat(timespec="minutes")
        log = taken_out({**asked}, [], record=session.new_record(), at=at, records=len(self._wrong))

        def write(_store: Store) -> None:
            write_out(place, made)

        def logged(_saved: Saved) -> None:
            session.work(write, self._written, owner=self)

        session.save([log], logged)

    def _written(self, _nothing: None) -> None:
        self.notice.say(
            _("The lines are in the file you chose. Mend them there, and read it again.")
        )
        self.notice.show()
        self.notice.announce()

    def _head(self, done: TakenIn) -> QWidget:
        words = ngettext("%(n)s line was taken in", "%(n)s lines were taken in", done.saved)
        said = words % {"n": f"{done.saved:,}"}
        why = _("The others get it when you share.") if done.saved else _("Nothing was changed.")
        if done.stopped:
            why = _("It was stopped. Read the file again to go on; no line comes in twice.")
        here = done.counts.get(State.HERE, 0)
        if here and not done.stopped:
            more = ngettext("%(n)d was here already.", "%(n)d were here already.", here)
            why = f"{why} {more % {'n': here}}"
        return _row("circle-check", "ok", said, why)

    def _on(self, setup: Setup | None) -> QWidget:
        self.show_clients = button(_("&Open the list of clients"), "primary", icon="users")
        self.show_clients.clicked.connect(self.clients)
        other = button(_("An&other file…"), icon="folder-open")
        other.clicked.connect(self.other)
        again = button(_("Read it again as &something else"), icon="rotate-ccw")
        again.clicked.connect(self.again)
        acts = [again, other] if setup is not None else [other]
        return holding(across(None, *acts, self.show_clients, gap=S))

    def start(self) -> None:
        """Put the keyboard on what is likeliest to be done next."""
        (self.keep or self.show_clients).setFocus(Qt.FocusReason.OtherFocusReason)


def as_file(setup: Setup, wrong: Mapping[int, str], place: Path) -> bytes:
    """Return the wrong lines of a sheet as a file of the kind its name says.

    Raises:
        TableUnreadable: the sheet is not the one any more that was read.
    """
    lines = _lines(setup, wrong)
    return (left_workbook if _is_workbook(place) else left_table)(setup.names, lines)


def _lines(setup: Setup, wrong: Mapping[int, str]) -> Collection[Left]:
    rows = setup.book.rows(setup.sheet)
    return [(row.number, wrong[row.number], row.cells) for row in rows if row.number in wrong]


def _is_workbook(place: Path) -> bool:
    return place.suffix.lower() == ".xlsx"


def _row(icon: str, tone: str, words: str, why: str, act: Button | None = None) -> QWidget:
    said = down(
        label(words, "h3" if tone == "ok" else "body", weight=BOLD if tone == "ok" else SEMI),
        label(why, "small", tone="muted", wrap=True),
        gap=1,
    )
    row = across(Disc(icon, tone, size=32), said, gap=M)
    row.setStretch(1, 1)
    if act is not None:
        row.addWidget(act)
    return holding(row)
