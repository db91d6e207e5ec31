# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A page with acts that are a few steps each, one question a page.

Rules, each with a test:

* Back and Esc undo one step, and change nothing.
* What takes long shows what it is doing, and can be stopped until it writes.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.casework.errors import CaseworkError
from storage.copies import Step as Said
from storage.store import Store
from ui.kit.buttons import Button, Kind, button
from ui.kit.card import across, clear, down, holding, reading
from ui.kit.flow import FlowLayout
from ui.kit.labels import IconMark, label
from ui.kit.notice import Notice
from ui.pages.first_run_steps import Step
from ui.pages.rescue_steps import Working
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

T = TypeVar("T")
WIDE = 860


class SteppedPage(QWidget):
    """A page of cards, and the steps of whatever was begun on it.

    Signals:
        done: back to where one was before.
    """

    done = Signal()
    _step_said = Signal(str)

    def __init__(self, session: Session, title: str) -> None:
        super().__init__()
        self.session = session
        self.notice = Notice("", "ok")
        self.notice.hide()
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(M)
        inside = holding(
            down(
                label(title, "h1", weight=BOLD),
                self.notice,
                self.column,
                None,
                gap=M,
                margins=(L, M, L, L),
            )
        )
        inside.setMaximumWidth(WIDE)
        self.steps = QStackedWidget()
        # Within a row, or it would be as high as it were if it went across the whole page.
        row = across(inside, None)
        row.setStretch(0, WIDE)
        self.steps.addWidget(reading(holding(row)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.steps)
        self.begun = self._held = ""
        self.buttons: dict[str, Button] = {}
        self._step_said.connect(self._show_step)

    @property
    def step(self) -> QWidget | None:
        """Return the step that is shown; None on the page itself."""
        return self.steps.currentWidget() if self.steps.currentIndex() else None

    def show_place(self, _place: Place) -> None:
        """Show how things stand now."""
        self.ask()

    def ask(self) -> None:
        """Ask the vault how things stand."""
        raise NotImplementedError

    def begin(self, code: str) -> None:
        """Begin one of the acts."""
        raise NotImplementedError

    def acts(self, some: Sequence[tuple[str, str, str]], *, first: str = "") -> QWidget:
        """Return a row of buttons: each an act's code, its words and its icon.

        Args:
            some: the acts.
            first: the code of the one that is to be done now; it alone is filled.
        """
        row = FlowLayout(gap=S)
        for code, words, icon in some:
            press = button(words, "primary" if code == first else "plain", icon=icon)
            self.buttons[code] = press
            press.clicked.connect(lambda _on=False, code=code: self._begin(code))
            row.addWidget(press)
        return holding(row)

    def clear_cards(self) -> None:
        """Take the cards off the page, to put them up anew."""
        held = self.window().focusWidget()
        self._held = next((code for code, one in self.buttons.items() if one is held), "")
        clear(self.column)
        self.buttons.clear()

    def focus_again(self) -> None:
        """Put the keyboard back on the button of the act that has just ended.

        Somebody who has only just come finds it on the first act there is.
        """
        again = self.buttons.get(self._held or self.begun) or self._first_act()
        if again is not None and isValid(again) and not self.steps.currentIndex():
            QTimer.singleShot(0, again, again.setFocus)  # once it can be seen

    def _first_act(self) -> Button | None:
        """Return the filled act, else the first, while the keyboard is on nothing that stays."""
        held = self.window().focusWidget()
        elsewhere = held not in (None, self, self.window()) and not self.isAncestorOf(held)
        if elsewhere or not self.isVisibleTo(self.window()):
            return None
        acts = list(self.buttons.values())
        filled = (one for one in acts if one.kind is Kind.PRIMARY)
        return next(filled, acts[0] if acts else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc undoes one step, or stops what can be stopped."""
        step = self.step
        if event.key() == Qt.Key.Key_Escape and step is not None:
            if not isinstance(step, Working):
                self.back()
            elif step.stop.isVisible():
                step.stop.click()
            return
        super().keyPressEvent(event)

    def open_step(self, step: Step) -> None:
        """Show the next step."""
        step.back.connect(self.back)
        self.steps.addWidget(step)
        self.steps.setCurrentWidget(step)
        step.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Go back one step."""
        at, old = self.steps.currentIndex(), self.steps.currentWidget()
        if at == 0 or old is None:
            return
        self.steps.setCurrentIndex(at - 1)
        self.steps.removeWidget(old)
        old.deleteLater()
        now = self.steps.currentWidget()
        if now is not None:
            now.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self, words: str) -> None:
        """Go back to the page and say what came of it."""
        while self.steps.currentIndex():
            self.back()
        self.notice.say(words)
        self.notice.show()
        self.notice.announce()
        self.ask()

    def work(
        self,
        title: str,
        job: Callable[[Store, Said, Callable[[], bool]], T],
        then: Callable[[T], None],
        *,
        steps: int = 0,
    ) -> None:
        """Do something long in the vault, and show how far it is.

        Args:
            title: what is being done.
            job: gets the vault, whom to tell of each step, and what says whether to stop.
            then: gets what came of it; what went wrong is said on the step before.
            steps: about how many steps it takes; 0 when it cannot be stopped.
        """
        working = Working(title, steps=steps)
        self.open_step(working)

        def guarded(store: Store) -> T | CaseworkError:
            try:
                return job(store, self._step_said.emit, lambda: working.stopped)
            except CaseworkError as error:
                return error

        def ended(result: T | CaseworkError) -> None:
            self.back()
            if not isinstance(result, CaseworkError):
                then(result)
            elif isinstance(self.step, Step):
                self.step.say_wrong(str(result))

        self.session.work(guarded, ended, owner=self)

    def _show_step(self, words: str) -> None:
        if isinstance(self.step, Working):
            self.step.show_step(words)

    def _begin(self, code: str) -> None:
        self.notice.hide()
        self.begun = code
        self.begin(code)


def line(icon: str, words: str, tone: str = "muted") -> QHBoxLayout:
    """Return a sentence with its icon beside its first line."""
    mark = IconMark(icon, tone, size=18)
    row = across(mark, label(words, wrap=True), gap=S)
    row.setStretch(1, 1)
    row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    return row
