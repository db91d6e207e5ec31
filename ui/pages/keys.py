# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Passphrase and keys: what opens this vault, and how to change it.

Rules, each with a test:

* It says how things stand in sentences: whether the team's paper opens this vault, and when that
  was last tried here.
* Each act is a few steps, one question a page; Back and Esc undo one step, and change nothing.
* What takes long shows what it is doing, and can be stopped until it writes.
* No passphrase and no word of a recovery key stays in a field once it was used.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_date
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage import holders
from storage.copies import Step as Said
from storage.holders import Standing
from storage.store import Store
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.kit.buttons import Button, button
from ui.kit.card import Card, across, clear, down, holding, reading
from ui.kit.flow import FlowLayout
from ui.kit.labels import IconMark, label
from ui.kit.notice import Notice
from ui.pages import keys_ways
from ui.pages.first_run_steps import Step
from ui.pages.rescue_steps import Working
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

T = TypeVar("T")
WIDE = 860


class KeysPage(QWidget):
    """What opens this vault.

    Signals:
        done: back to where one was before.
    """

    done = Signal()
    help_topic = "keys"
    _step_said = Signal(str)

    def __init__(self, session: Session, dialogs: Dialogs, home: Path, *, laptop: str) -> None:
        """Build the page.

        Args:
            session: who is signed in.
            dialogs: asks where a page goes.
            home: where this laptop's vaults lie.
            laptop: what the laptop is called.
        """
        super().__init__()
        self.session, self.dialogs, self.home, self.laptop = session, dialogs, home, laptop
        self._begun = ""
        self.buttons: dict[str, Button] = {}
        self.notice = Notice("", "ok")
        self.notice.hide()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(M)
        inside = holding(
            down(
                label(_("Passphrase and keys"), "h1", weight=BOLD),
                self.notice,
                self._column,
                None,
                gap=M,
                margins=(L, M, L, L),
            )
        )
        inside.setMaximumWidth(WIDE)
        self.steps = QStackedWidget()
        self.steps.addWidget(reading(inside))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.steps)
        self._step_said.connect(self._show_step)
        self.ask()

    @property
    def step(self) -> QWidget | None:
        """Return the step that is shown; None on the page itself."""
        return self.steps.currentWidget() if self.steps.currentIndex() else None

    def show_place(self, _place: Place) -> None:
        """Show how things stand now."""
        self.ask()

    def ask(self) -> None:
        """Ask the vault how things stand."""
        self.session.ask(holders.standing, self._show, shows=nothing, owner=self, name="keys")

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

    def _show(self, standing: Standing) -> None:
        clear(self._column)
        coordinates = Role.COORDINATOR in self.session.roles
        words = Card(_("Your passphrase"), role="h3", gap=S)
        words.add(_line("lock", _("Five words open this casebook. Only you know them.")))
        words.add(self._acts([("change", _("&Change the passphrase"), "key-round")]))
        paper = Card(_("When a passphrase is lost"), role="h3", gap=S)
        for icon, tone, said in _said(standing):
            paper.add(_line(icon, said, tone))
        acts = [("drill", _("&Try the team's words now"), "life-buoy")] if standing.sealed else []
        if coordinates:
            acts.append(
                ("replace", _("&Replace the team's key"), "refresh-cw")
                if standing.team
                else ("replace", _("&Make the team's recovery words"), "file-text")
            )
        own = (
            _("Re&place this laptop's own")
            if standing.own
            else _("Words of its own for this &laptop")
        )
        paper.add(self._acts([*acts, ("own", own, "laptop")]))
        seen = Card(_("When somebody may have seen the key"), role="h3", gap=S)
        seen.add(
            _line(
                "shield-alert",
                _(
                    "Somebody has had this laptop while it was open, or a copy of its disk? Give "
                    "the casebook a new key: what they took opens nothing written from then on."
                ),
            )
        )
        seen.add(self._acts([("rekey", _("Give it a &new key"), "shield")]))
        for card in (words, paper, seen):
            self._column.addWidget(card)
        again = self.buttons.get(self._begun)
        if again is not None and not self.steps.currentIndex():
            QTimer.singleShot(0, again, again.setFocus)  # once it can be seen

    def _acts(self, acts: list[tuple[str, str, str]]) -> QWidget:
        row = FlowLayout(gap=S)
        for code, words, icon in acts:
            press = button(words, icon=icon)
            self.buttons[code] = press
            press.clicked.connect(lambda _on=False, code=code: self._begin(code))
            row.addWidget(press)
        return holding(row)

    def _begin(self, code: str) -> None:
        self.notice.hide()
        self._begun = code
        keys_ways.BEGIN[code](self)


def _said(standing: Standing) -> list[tuple[str, str, str]]:
    """Return how a vault stands with the recovery words: icon, tone and sentence."""
    said = []
    if not standing.team:
        said.append(("circle-alert", "warn", _("Your team has no recovery words yet.")))
    elif not standing.sealed:
        said.append(("hourglass", "muted", _("The team's words open it from the next sharing on.")))
    elif standing.drilled:
        said.append(
            (
                "circle-check",
                "ok",
                _("The team's words open this casebook. Tried on this laptop on %(day)s.")
                % {"day": say_date(standing.drilled)},
            )
        )
    else:
        said.append(
            (
                "circle-alert",
                "warn",
                _("The team's words open this casebook, but were not tried here yet."),
            )
        )
    if standing.own:
        said.append(("circle-check", "ok", _("This laptop has recovery words of its own as well.")))
    return said


def _line(icon: str, words: str, tone: str = "muted") -> QLayout:
    mark = IconMark(icon, tone, size=18)
    row = across(mark, label(words, wrap=True), gap=S)
    row.setStretch(1, 1)
    row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    return row
