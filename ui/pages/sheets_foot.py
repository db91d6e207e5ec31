# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The foot of a step: what comes of it, Back, and the one filled button."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.card import across, down
from ui.kit.keycap import Keycap
from ui.kit.labels import Line, Part
from ui.tokens import L, M, S


class Foot(QFrame):
    """Stands under a step.

    Signals:
        back: one step back.
        wanted: what the filled button says.
    """

    back = Signal()
    wanted = Signal()

    def __init__(self, act: str, icon: str) -> None:
        super().__init__()
        self.setProperty("look", "footer")
        self._head, self._more = Line([]), Line([], "small")
        self.act = button(act, "primary", icon=icon)
        self.act.clicked.connect(self.wanted)
        self.back_button = button(_("&Back"), icon="arrow-left")
        self.back_button.clicked.connect(self.back)
        words = down(self._head, self._more, gap=1)
        row = across(
            words,
            self.back_button,
            Keycap(_("Ctrl+Enter")),
            self.act,
            gap=M,
            margins=(L, S, L, S),
        )
        row.setStretch(0, 1)
        self.setLayout(row)

    def say(self, head: Sequence[Part], more: Sequence[Part] = ()) -> None:
        """Say what comes of it, and what else is to be known."""
        self._head.set_parts(list(head))
        self._more.set_parts(list(more))
