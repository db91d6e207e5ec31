# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""From the six words to the open casebook: waiting to be let in, then trying the team's paper."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.casework.words import _
from ui import enrolment
from ui.pages.first_run_steps import Compare
from ui.pages.paper_steps import Drill
from ui.pages.sign_in import Opened

Do = Callable[[Callable[[], Any], Callable[[Any], None]], object]


class Joining(QObject):
    """A laptop that has asked to join.

    Signals:
        shown: a step to show.
        left: somebody wants to come back to it later.
        entered: an `Opened`: it was let in.
    """

    shown = Signal(object)
    left = Signal()
    entered = Signal(object)

    def __init__(
        self, opened: Opened, parent: QObject, *, do: Do, now_ms: Callable[[], int]
    ) -> None:
        """Get ready.

        Args:
            opened: the vault that asked.
            parent: ends with it.
            do: does something on the vault's thread and hands on what came of it.
            now_ms: tells the time, in UTC milliseconds.
        """
        super().__init__(parent)
        self._opened, self._do, self._now_ms = opened, do, now_ms
        self.compare = Compare()
        self.compare.forward.connect(self._look_again)
        self.compare.back.connect(self.left)

    def begin(self) -> None:
        """Show the six words."""
        self.shown.emit(self.compare)
        self._do(lambda: enrolment.words_of(self._opened.store), self.compare.show_words)

    def _look_again(self) -> None:
        opened, now_ms = self._opened, self._now_ms()
        self.compare.say(_("Looking into the team folder…"))
        self._do(lambda: enrolment.look_again(opened, now_ms=now_ms), self._looked)

    def _looked(self, found: Opened | None) -> None:
        if found is None:
            self.compare.say(
                _("Not yet. Your coordinator has not let this laptop in, or not shared yet.")
            )
            return
        self._opened = found
        self._do(lambda: enrolment.has_paper(found), self._let_in)

    def _let_in(self, has_paper: bool) -> None:  # noqa: FBT001  an answer of the worker
        if not has_paper:
            self.entered.emit(self._opened)
            return
        step = Drill()
        step.back.connect(self.left)
        step.later.connect(lambda: self.entered.emit(self._opened))
        step.forward.connect(lambda: self._try(step.taken()))
        self.shown.emit(step)

    def _try(self, words: str) -> None:
        opened, now_ms = self._opened, self._now_ms()
        self._do(
            lambda: enrolment.drill(opened, words, now_ms=now_ms),
            lambda _done: self.entered.emit(opened),
        )
