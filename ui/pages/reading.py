# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A page that is read: a sheet on the screen, and as paper if it is asked for.

A child says what is asked of the vault, and what paper there is. Rules, each with a test:

* What it shows is written into the audit before it stands there.
* Taking it out opens a panel beside it, which logs it as every way out.
* Alt+P takes it out, the arrows scroll, Esc goes back.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audit import Sight
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from desktop_app.reports.sheet import Sheet
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import across, down
from ui.kit.empty import Empty
from ui.kit.labels import Line, Part, label
from ui.pages.beside import Beside, claim_focus
from ui.pages.export_panel import ExportPanel
from ui.pages.form_panel import FormPanel
from ui.pages.sheet_shown import SheetShown
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, S


@dataclass(frozen=True, slots=True)
class Read:
    """What a page reads.

    Attributes:
        sheet: what it shows; without sections there is nothing to show.
        sight: what that shows, for the audit; None for nobody.
        clients: whom it is about.
    """

    sheet: Sheet
    sight: Sight | None = None
    clients: tuple[RecordId, ...] = ()


class ReadingPage(QWidget):
    """The page.

    Signals:
        go: a `Place` to go to.
        done: the person is done here.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "boards"

    def __init__(
        self, session: Session, dialogs: Dialogs, title: str, nothing: tuple[str, str, str]
    ) -> None:
        """Make a page.

        Args:
            session: who reads.
            dialogs: asks where to.
            title: what stands above.
            nothing: icon, words and reason where there is nothing to show.
        """
        super().__init__()
        self.session, self.dialogs = session, dialogs
        self.place = Place("")
        self.read: Read | None = None
        self.title = label(title, "h1", weight=BOLD)
        self.sentence = Line([])
        self.paper = button(_("&Print or save"), icon="printer")
        self.paper.clicked.connect(self._take_out)
        back = button(_("&Back"), "quiet", icon="arrow-left")
        back.clicked.connect(self.done.emit)
        self.shown = SheetShown(title)
        self._empty = Empty(nothing[0], nothing[1], why=nothing[2])
        self._empty.hide()
        main = QWidget()
        held = QVBoxLayout(main)
        held.setContentsMargins(0, 0, 0, 0)
        held.addWidget(self.shown, 1)
        held.addWidget(self._empty, 1)
        self.beside = Beside(main)
        self.beside.closed.connect(lambda: self.shown.setFocus(Qt.FocusReason.OtherFocusReason))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, S, L, S + 2)
        whole.setSpacing(S)
        head = down(across(self.title, None, back, self.paper), self.sentence, gap=2)
        whole.addLayout(head)
        whole.addWidget(self.beside, 1)
        self.setFocusProxy(self.shown)
        session.changed.connect(self._changed)

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    def show_place(self, place: Place) -> None:
        """Open the page."""
        self.place = place
        self.refresh(opening=True)

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def question(self) -> Callable[[Store], Read]:
        """Return what to ask the vault. A child says it."""
        raise NotImplementedError

    def paper_panel(self) -> ExportPanel:
        """Return the panel that takes it out. A child says it."""
        raise NotImplementedError

    def refresh(self, *, opening: bool = False) -> None:
        """Ask anew."""

        def read(found: Read) -> None:
            self._show(found)
            if opening:
                claim_focus(self, self.shown.area if found.sheet.sections else self._empty)

        self.session.ask(
            self.question(), read, shows=lambda found: found.sight, owner=self, name="sheet"
        )

    def _show(self, found: Read) -> None:
        there = bool(found.sheet.sections)
        self.sentence.set_parts([Part(found.sheet.name)])
        self.shown.setVisible(there)
        self._empty.setVisible(not there)
        self.paper.setEnabled(there)
        if self.read is None or found.sheet != self.read.sheet:
            self.shown.show_sheet(found.sheet)
        self.read = found

    def _take_out(self) -> None:
        self.beside.open(self.paper_panel())

    def _changed(self, _what: object) -> None:
        if self.isVisible():
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return
        super().keyPressEvent(event)
