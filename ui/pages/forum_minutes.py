# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The minutes of a forum: read on the screen as they were sealed, printed, and taken out.

Whoever reads them again in ten years reads the same: they are set from what was sealed. A room
that saw initials sees initials still, until somebody presses P.
"""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.words import _
from desktop_app.reports.minutes import minutes
from desktop_app.reports.sheet import Sheet
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import across, down
from ui.kit.labels import label
from ui.pages.beside import Beside
from ui.pages.client_taking_out import SET, write_out
from ui.pages.export_panel import ExportPanel, Leaves, nothing_locks
from ui.pages.forum_card import initials
from ui.pages.forum_facts import of_forum
from ui.pages.forum_head import room_words
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

_LOOKS = re.compile("<style>.*?</style>", re.DOTALL)


def sheet_of(
    store: Store,
    forum: RecordId,
    session: Session,
    made: str,
    called: Callable[[str], str] = str,
) -> Sheet | None:
    """Return the minutes of a forum as a sheet; None while it is not closed.

    Args:
        store: the vault.
        forum: its record.
        session: who reads them.
        made: who takes them out, when and for whom.
        called: gives a client's name as it is shown.
    """
    record = store.record(forum)
    if record is None:
        return None
    entries, names = of_forum(store, forum)
    shown = {client: called(name) for client, name in names.items()}
    return minutes(record, entries, shown, session.team, made=made)


class TakingMinutesOut(ExportPanel):
    """Asks for whom and why, then writes the minutes as a file."""

    def __init__(
        self, session: Session, dialogs: Dialogs, forum: RecordId, about: list[RecordId]
    ) -> None:
        self._forum = forum
        formats = [("pdf", _("PDF")), ("html", _("Web page"))]
        leaves = Leaves(
            "report", _("Print or save the minutes"), nothing_locks(), "minutes", formats, about
        )
        super().__init__(session, dialogs, leaves)

    def write(self, store: Store, place: Path, ending: str, made: str) -> None:
        """Write the file."""
        sheet = sheet_of(store, self._forum, self._session, made)
        if sheet is not None:
            write_out(place, SET[ending](sheet))


class MinutesView(QWidget):
    """Minutes to be read.

    Signals:
        back_wanted: back to the forums.
    """

    back_wanted = Signal()

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self._session, self._dialogs = session, dialogs
        self._forum: RecordId = b""
        self._about: list[RecordId] = []
        self._private = False
        self.privacy = button("", "quiet", shortcut="P")
        self.privacy.clicked.connect(self._toggle)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Minutes"))
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(L)
        back = button(_("Back"), "quiet", icon="arrow-left")
        back.clicked.connect(self.back_wanted)
        self.take_out = button(_("&Print or save"), "primary", icon="printer")
        self.take_out.clicked.connect(self._take_out)
        self.beside = Beside(self.text)
        title = label(_("Minutes"), "h1", weight=BOLD)
        head = across(title, None, self.privacy, back, self.take_out, gap=S)
        whole = down(head, self.beside, gap=M, margins=(L, M, L, M))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.text)
        self.set_private(private=False)

    def set_private(self, *, private: bool) -> None:
        """Show initials, or names; paper always has names."""
        self._private = private
        self.privacy.set_words(room_words(private=private))
        self.privacy.set_icon("eye-off" if private else "eye")

    def _toggle(self) -> None:
        self.set_private(private=not self._private)
        self.show_forum(self._forum)

    def show_forum(self, forum: RecordId) -> None:
        """Read the minutes of a forum."""
        self._forum = forum
        session, called = self._session, initials if self._private else str

        def ask(store: Store) -> tuple[Sheet | None, list[Record]]:
            entries, _names = of_forum(store, forum)
            return sheet_of(store, forum, session, "", called), entries

        def show(found: tuple[Sheet | None, list[Record]]) -> None:
            sheet, entries = found
            self._about = [one.client for one in entries]
            self.text.setHtml(_plain(SET["html"](sheet)) if sheet is not None else "")

        session.ask(ask, show, shows=_shown, owner=self, name="minutes")

    def _take_out(self) -> None:
        panel = TakingMinutesOut(self._session, self._dialogs, self._forum, self._about)
        self.beside.open(panel)


def _plain(page: bytes) -> str:
    """Return a page in the colours of the window, not in those of paper."""
    return _LOOKS.sub("<style>p{white-space:pre-wrap}</style>", page.decode())


def _shown(found: tuple[Sheet | None, list[Record]]) -> Sight | None:
    return sight("forum", found[1]) if found[1] else None
