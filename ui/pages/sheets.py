# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""From a spreadsheet: a file, its columns, every line of it, and what came of it.

Rules, each with a test:

* Nothing is saved before every line was shown with what it becomes and why.
* Back and Esc undo one step, and change nothing; a reading under way can be stopped.
* What was chosen of the columns and words is remembered once lines were taken in.
"""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage import sheets
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.card import down
from ui.page_stack import PageStack
from ui.pages.sheets_choose import ChooseStep
from ui.pages.sheets_columns import ColumnsStep
from ui.pages.sheets_done import DoneStep
from ui.pages.sheets_lines import LinesStep
from ui.pages.sheets_top import Top
from ui.places import Place
from ui.session import Session
from ui.sheets.job import Looked, SheetJob, TakenIn
from ui.sheets.setup import Setup, offered
from ui.sheets.taking_in import Plan
from ui.sheets.workbook import KINDS
from ui.tokens import L, M


class SheetsPage(QWidget):
    """The four steps.

    Signals:
        go: a `Place` to be taken to.
        done: back to where one was before.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "sheets"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self._dialogs = session, dialogs
        self.setup: Setup | None = None
        self._plan: Plan | None = None
        self._looked: Looked | None = None
        self.job = SheetJob(session, parent=self)
        self.choose = ChooseStep(session, dialogs)
        self.columns, self.lines = ColumnsStep(), LinesStep()
        self.finish = DoneStep(session, dialogs)
        self.top = Top()
        self.progress, self.trouble = self.top.progress, self.top.trouble
        self.steps = PageStack()
        self._lay_out()
        self._connect()
        self._show(self.choose)

    def show_place(self, _place: Place) -> None:
        """Begin at the beginning, unless something is under way."""
        if not self.job.busy and self.steps.currentWidget() in (self.choose, self.finish):
            self._begin_again()

    def panes(self) -> list[QWidget]:
        """Return the parts of the step, for F6."""
        step = self.steps.currentWidget()
        parts = [self.lines.table, self.lines.side] if step is self.lines else [step]
        return [one for one in parts if one is not None]

    def choose_file(self) -> None:
        """Ask for a file, and open it."""
        path = self._dialogs.open_file(_("A spreadsheet"), kinds=_("Tables") + f" ({KINDS})")
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path, *, sheet: str = "") -> None:
        """Open a file."""
        self.trouble.hide()
        self.columns.setup = None
        self.job.open(path, sheet=sheet)

    def look(self) -> None:
        """Look at the lines, as the columns are chosen now."""
        if self.setup is not None and not self.setup.lacks():
            self._plan = self.setup.plan()
            self.trouble.hide()
            self.job.look(self._plan, {})

    def take_in(self) -> None:
        """Take in what comes in."""
        if self._plan is None or self._looked is None or self.job.busy:
            return
        self.trouble.hide()
        if self.setup is not None and self._plan.book is not None:
            head, chosen = self.setup.chosen()
            self.session.work(lambda store: sheets.keep_columns(store, head, chosen))
        self.job.take_in(self._plan, self.lines.choices(), lines=len(self._looked.lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc undoes one step, or stops what is under way."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.job.busy:
            self.job.stop()
        else:
            self.back()

    def back(self) -> None:
        """Go one step back."""
        step = self.steps.currentWidget()
        if step is self.lines and self._plan is not None and self._plan.book is not None:
            self._show(self.columns)
            self.columns.start()
        elif step is self.choose:
            self.done.emit()
        else:
            self._begin_again()

    # Its parts

    def _lay_out(self) -> None:
        for each in (self.choose, self.columns, self.lines, self.finish):
            self.steps.addWidget(each)
        self.choose.setContentsMargins(L, 0, L, M)
        whole = down(self.top, self.steps, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._go_on)

    def _connect(self) -> None:
        job = self.job
        self.choose.wanted.connect(self.choose_file)
        self.choose.again.connect(self._read_waiting)
        self.choose.return_wanted.connect(lambda: self.go.emit(Place("ndtms")))
        self.columns.changed.connect(self._show_setup)
        self.columns.sheet.connect(self._other_sheet)
        self.columns.back.connect(self.back)
        self.columns.wanted.connect(self.look)
        self.lines.back.connect(self.back)
        self.lines.wanted.connect(self.take_in)
        self.lines.words.connect(self._keep_words)
        self.finish.again.connect(self._read_again)
        self.finish.other.connect(self._begin_again)
        self.finish.clients.connect(lambda: self.go.emit(Place("clients")))
        self.progress.stop.connect(job.stop)
        job.stage.connect(self.progress.show_stage)
        job.running.connect(self._show_running)
        job.opened.connect(self._show_setup)
        job.looked.connect(self._show_looked)
        job.done.connect(self._show_done)
        job.failed.connect(self._show_failed)
        job.stopped.connect(self.top.say_stopped)

    def _go_on(self) -> None:
        step = self.steps.currentWidget()
        if self.job.busy:
            return
        if isinstance(step, ColumnsStep | LinesStep) and step.foot.act.isEnabled():
            step.wanted.emit()

    # What it shows

    def _show(self, step: QWidget) -> None:
        self.steps.setCurrentWidget(step)
        self.top.say_state(nothing_chosen=step is self.choose, saved=step is self.finish)

    def _begin_again(self) -> None:
        self.setup = self._plan = self._looked = None
        self.trouble.hide()
        self._show(self.choose)
        self.choose.start()
        self.choose.refresh()

    def _show_setup(self, setup: Setup) -> None:
        self.setup = setup
        self._show(self.columns)
        self.columns.show_setup(setup, offered(self.session.me))

    def _other_sheet(self, name: str) -> None:
        if self.setup is not None:
            self.open_file(self.setup.book.path, sheet=name)

    def _show_looked(self, looked: Looked) -> None:
        keep = self.steps.currentWidget() is self.lines
        self._looked = looked
        self._show(self.lines)
        is_of_clients = self._plan is not None and self._plan.form.name == "client"
        self.lines.show_lines(looked, is_of_clients=is_of_clients, keep=keep)

    def _show_done(self, done: TakenIn) -> None:
        if self._looked is None:
            return
        from_file = self._plan is not None and self._plan.book is not None
        self.finish.show_done(done, self._looked, self.setup if from_file else None)
        self._show(self.finish)
        self.finish.start()

    def _show_failed(self, error: CaseworkError) -> None:
        self.top.say_trouble(str(error))
        self._to_step()

    def _to_step(self) -> None:
        step = self.steps.currentWidget()
        if isinstance(step, ChooseStep | ColumnsStep | LinesStep | DoneStep):
            step.start()

    def _show_running(self, running: bool) -> None:  # noqa: FBT001  a Qt slot
        self.progress.setVisible(running)
        self.steps.setEnabled(not running)
        if running:
            self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._to_step()

    # What else can be done

    def _keep_words(self, chosen: dict[str, dict[str, str]]) -> None:
        def keep(store: Store) -> None:
            sheets.keep_words(store, chosen)

        def kept(_nothing: None) -> None:
            if self._plan is not None:
                self.job.look(self._plan, self.lines.choices())

        self.session.work(keep, kept, owner=self)

    def _read_again(self) -> None:
        if self.setup is not None:
            self._show_setup(self.setup)
            self.columns.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_waiting(self, plan: Plan) -> None:
        self._plan, self.setup = plan, None
        self.job.look(plan, {})
