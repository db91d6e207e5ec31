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
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.forms import form
from desktop_app.casework.sheets.lines import mark
from desktop_app.casework.words import _
from storage import sheets
from storage.store import Store
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.kit.card import across, down
from ui.kit.chip import Chip, ChipText
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.kit.stops import first_stop
from ui.pages.sharing_progress import SharingProgress
from ui.pages.sheets_choose import ChooseStep
from ui.pages.sheets_columns import ColumnsStep
from ui.pages.sheets_done import DoneStep
from ui.pages.sheets_lines import LinesStep
from ui.places import Place
from ui.session import Session
from ui.sheets.job import Looked, SheetJob, TakenIn, plan_of_waiting
from ui.sheets.setup import Setup, offered
from ui.sheets.taking_in import Plan
from ui.sheets.workbook import KINDS
from ui.theme import BOLD
from ui.tokens import L, M, S


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
        self.choose, self.columns, self.lines = ChooseStep(), ColumnsStep(), LinesStep()
        self.finish = DoneStep(session, dialogs)
        self.progress, self.trouble = SharingProgress(), Notice("", "warn")
        self.progress.stop_button.set_words(_("Sto&p"))
        self._state = Chip("", "neutral")
        self.steps = QStackedWidget()
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
        if step is self.lines:
            return [self.lines.table, self.lines.side]
        return [] if step is None else [step]

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
            mark_of, chosen = self.setup.chosen()
            self.session.work(lambda store: sheets.keep_columns(store, mark_of, chosen))
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
        for hidden in (self.progress, self.trouble):
            hidden.hide()
        title = label(_("From a spreadsheet"), "h1", weight=BOLD)
        head = across(title, self._state, None, gap=M)
        upper = down(head, self.progress, self.trouble, gap=10, margins=(L, M, L, S))
        for each in (self.choose, self.columns, self.lines, self.finish):
            self.steps.addWidget(each)
        self.choose.setContentsMargins(L, 0, L, M)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper)
        whole.addWidget(self.steps, 1)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._go_on)

    def _connect(self) -> None:
        job = self.job
        self.choose.wanted.connect(self.choose_file)
        self.choose.again.connect(self._read_waiting)
        self.choose.let_go.connect(self._let_go)
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

    def _go_on(self) -> None:
        step = self.steps.currentWidget()
        if self.job.busy:
            return
        if step is self.columns:
            self.look()
        elif step is self.lines and self.lines.foot.act.isEnabled():
            self.take_in()

    # What it shows

    def _show(self, step: QWidget) -> None:
        self.steps.setCurrentWidget(step)
        words = {
            self.choose: _("Nothing chosen yet"),
            self.columns: _("Nothing is saved yet"),
            self.lines: _("Nothing is saved yet"),
            self.finish: _("Saved on this laptop"),
        }[step]
        tone = "ok" if step is not self.choose else "neutral"
        self._state.set_chip(ChipText(words, tone, "shield-check" if tone == "ok" else "inbox"))

    def _begin_again(self) -> None:
        self.setup = self._plan = self._looked = None
        self.trouble.hide()
        self._show(self.choose)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.ask(
            _waiting, self.choose.show_waiting, shows=nothing, owner=self, name="waiting"
        )

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
        self.trouble.say(str(error))
        self.trouble.show()
        self.trouble.announce()
        self._to_step()

    def _to_step(self) -> None:
        step = self.steps.currentWidget()
        stop = first_stop(step) if step is not None else None
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _read_waiting(self, name: str) -> None:
        def read(found: Plan) -> None:
            self._plan, self.setup = found, None
            self.job.look(found, {})

        def ask(store: Store) -> Plan:
            return plan_of_waiting(form(name), sheets.waiting(store, name))

        self.session.ask(ask, read, shows=nothing, owner=self, name="again")

    def _let_go(self, name: str) -> None:
        question = _("Let go of the lines that wait?")
        explain = _("They are taken out of this casebook. The file they came from keeps them.")
        if not self._dialogs.confirm(question, act=_("Let go of them"), explain=explain):
            return

        def drop(store: Store) -> None:
            held = sheets.waiting(store, name)
            sheets.drop_waiting(store, [mark(one_form, one) for one_form, one in held])

        self.session.work(drop, lambda _nothing: self._begin_again(), owner=self)


def _waiting(store: Store) -> dict[str, int]:
    """Return how many lines of each form wait."""
    counts: dict[str, int] = {}
    for name, _line in sheets.waiting(store):
        counts[name] = counts.get(name, 0) + 1
    return counts
