# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The bar that asks why somebody's file is looked at.

It stands above a file of which some records are for the police only and, unless the coordinator
decided otherwise, above that of a client who is not one's own.

One press answers it, of the mouse or of Alt and a figure; nothing else of the file waits for that.
On a page that is turned to the client it does not stand; on the next one it does again.
The reason stands in the audit (Data Protection Act 2018 s.62(2)), and holds for this client until
the casebook is locked.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audit import CASEWORK, NOT_SAID, OWN_LIST
from desktop_app.casework.codes import codes
from desktop_app.casework.records import NO_CLIENT, RecordId
from desktop_app.casework.words import _, ngettext
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import down, holding
from ui.kit.flow import FlowLayout
from ui.kit.notice import Notice
from ui.main_window import MainWindow
from ui.session import Session
from ui.tokens import L, S

OTHER = "other"


class WhyBar(QWidget):
    """Asks; hidden while there is nothing to ask.

    Signals:
        given: whose file, the code of the reason, and the reason in words where one was typed.
    """

    given = Signal(object, str, str)

    def __init__(self, ask_text: Callable[[str], str | None]) -> None:
        """Make a bar; `ask_text` asks for one line, and returns None when nobody answers."""
        super().__init__()
        self._ask_text = ask_text
        self._client: RecordId = NO_CLIENT
        self._aside = False
        self._notice = Notice("", "neutral", icon="shield")
        self._line = FlowLayout()
        for number, (code, words) in enumerate(reasons(), 1):
            each = button(f"&{number}  {words}", small=True, name=words)
            each.setToolTip(f"{words}  (Alt+{number})")
            each.clicked.connect(lambda _on=False, code=code: self._give(code))
            self._line.addWidget(each)
        column = down(self._notice, holding(self._line), gap=6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, S, L, S)
        whole.addLayout(column)
        self.hide()

    def ask(self, client: RecordId, records: int, *, asks_why: bool = False) -> None:
        """Ask why a client's file is looked at.

        Args:
            client: whose.
            records: how many of its records wait for that.
            asks_why: whether to ask although none does, because it is somebody else's client.
        """
        if not records and not asks_why:
            if client == self._client:
                self.put_away()
            return
        new = self.isHidden() or client != self._client
        self._client = client
        self._notice.say(_asked(records))
        self.setVisible(not self._aside)
        if new and not self._aside:
            self._notice.announce()

    def stay_for(self, client: RecordId, *, aside: bool = False) -> None:
        """Go away when somebody else's file, or none, is opened.

        Args:
            client: whose file is opened.
            aside: whether the client may be looking on: the question waits for the next page.
        """
        self._aside = aside
        if client != self._client:
            self.put_away()
        elif client != NO_CLIENT:
            self.setVisible(not aside)

    def put_away(self) -> None:
        """Ask nothing any more."""
        self._client = NO_CLIENT
        self.hide()

    def text(self) -> str:
        """Return what it asks."""
        return self._notice.text()

    def _give(self, code: str) -> None:
        words = ""
        if code == OTHER:
            words = (self._ask_text(_("Why do you look at it?")) or "").strip()
            if not words:
                return
        self.given.emit(self._client, code, words)


def _asked(records: int) -> str:
    if not records:
        return _(
            "This is not one of your clients. Why do you look at their file? The reason is written "
            "into the audit."
        )
    return ngettext(
        "%(n)d record here is kept to the police and is not shown yet. Why do you look "
        "at it? The reason is written into the audit.",
        "%(n)d records here are kept to the police and are not shown yet. Why do you look "
        "at them? The reason is written into the audit.",
        records,
    ) % {"n": records}


def put_up(frame: MainWindow, session: Session, dialogs: Dialogs) -> WhyBar:
    """Put a bar above the pages of a window, and say there what could not be written down."""
    bar = WhyBar(dialogs.ask_text)
    frame.above.addWidget(bar)

    def ask(client: RecordId, records: int, asks_why: bool) -> None:  # noqa: FBT001  a Qt slot
        place = frame.place
        if place is not None and place.client == client:
            bar.ask(client, records, asks_why=asks_why)

    def say_unwritten() -> None:
        frame.banner.say(
            _(
                "This laptop's disk is full, so Tandem cannot write down who looks at what. What "
                "is for the police or for health only is not shown until there is room; the rest "
                "is. All that was saved is safe. Free some space."
            )
        )

    session.kept_back.connect(ask)
    session.unwritten.connect(say_unwritten)
    bar.given.connect(session.give_reason)
    # Only a page that others look at as well stands without the rail.
    frame.opened.connect(lambda place: bar.stay_for(place.client, aside=frame.rail.isHidden()))
    return bar


def reasons() -> list[tuple[str, str]]:
    """Return the reasons that can be given, the last of them in words of one's own."""
    offered = [
        (one.code, _(one.label))
        for one in codes("look_reason").code
        if one.code not in (CASEWORK, OWN_LIST, NOT_SAID, OTHER)
    ]
    return [*offered, (OTHER, _("Another reason…"))]
