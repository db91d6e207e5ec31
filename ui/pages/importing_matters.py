# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What needs somebody on Import besides the bundles: questions, files set aside, a stick.

Three lines say that something waits; each, like the buttons of the head, opens what it is about.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.words import _
from ui.dialogs import Dialogs
from ui.exchanging import Exchanging
from ui.kit.card import down
from ui.pages.importing_aside import AsidePanel, AsideStrip
from ui.pages.importing_back import TakingBack
from ui.pages.importing_crossed import CrossedStrip
from ui.pages.importing_open import OpenQuestions, Questions, Strip
from ui.pages.stick import StickPanel
from ui.session import Session

STICK = "stick"
"""The `form` of a place on Import: what is on a stick."""
Panel = TakingBack | OpenQuestions | AsidePanel | StickPanel
KEEPS_ITS_FOOT = (AsidePanel, StickPanel, TakingBack)
"""Panels whose list scrolls by itself, so that their buttons are always in sight."""


class Matters(QWidget):
    """The three lines, and what they open.

    Signals:
        opened: a panel that is to be shown, and then started.
        closed: it was left.
        done: what to say, once something was settled.
        again: what is set aside is to be tried again.
        take_in: the folder of a stick whose bundles are to be rehearsed and taken in.
        go: a `Place` to be taken to.
    """

    opened = Signal(object)
    closed = Signal()
    done = Signal(str)
    again = Signal()
    take_in = Signal(str)
    go = Signal(object)

    def __init__(self, session: Session, dialogs: Dialogs, exchanging: Exchanging) -> None:
        super().__init__()
        self._session, self._dialogs, self._exchanging = session, dialogs, exchanging
        self.open, self.aside = Strip(session), AsideStrip(session)
        self.crossed = CrossedStrip(session)
        self.crossed.wanted.connect(self.show_lately)
        self.open.settle.connect(self.show_questions)
        self.aside.wanted.connect(self.show_aside)
        exchanging.previewed.connect(self.open.heed)
        exchanging.done.connect(lambda _outcome: self.open.heed(()))
        self.panel: Panel | None = None
        self.setLayout(down(self.open, self.crossed, self.aside, gap=6))

    def ask(self) -> None:
        """Ask the casebook what waits."""
        self.open.ask()
        self.aside.ask()
        self.crossed.ask()

    def show_lately(self) -> None:
        """List what was taken in lately, so that it can be taken back."""
        self.crossed.hide()  # it stands below now
        panel = TakingBack(self._session)
        panel.done.connect(self.done)
        panel.go.connect(self.go)
        self._begin(panel)

    def show_questions(self, found: Questions) -> None:
        """List what only the coordinator can settle."""
        panel = OpenQuestions(self._session, found)
        panel.done.connect(self.done)
        self._begin(panel)
        self.open.hide()  # they stand below now

    def show_aside(self) -> None:
        """Tell what is set aside, one by one."""
        self.aside.hide()
        panel = AsidePanel(self._session, settles=bool(self.open.found.count))
        panel.go.connect(self.go)
        panel.settle.connect(lambda: self.show_questions(self.open.found))
        panel.again.connect(self.again)
        self._begin(panel)

    def choose_stick(self) -> None:
        """Ask for a stick, and show what is on it."""
        folder = self._dialogs.folder(_("The stick, or another folder"))
        if folder is not None:
            self.show_stick(str(folder))

    def show_stick(self, folder: str) -> None:
        """Show what is on a stick, or in another folder."""
        panel = StickPanel(self._session, folder, self._exchanging)
        panel.take_in.connect(self.take_in)
        panel.run.looked.connect(lambda found, _room: self.open.heed_stick(found.awaited))
        self._begin(panel)
        self.open.hide()  # until it is known whether what is missing lies on it

    def _begin(self, panel: Panel) -> None:
        panel.closed.connect(self.closed)
        self.panel = panel
        self.opened.emit(panel)
