# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How far an exchange is: words, a bar, and a button that stops after the bundle in hand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from desktop_app.casework.words import _
from ui.exchanging import Stage
from ui.kit.buttons import button
from ui.kit.card import across, down
from ui.kit.labels import Line, Part
from ui.tokens import XS, M, S


class SharingProgress(QFrame):
    """Stands above the page while an exchange is under way.

    Signals:
        stop: stop after the bundle in hand.
    """

    stop = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._words = Line([])
        self.stop_button = button(_("Sto&p after this one"), small=True)
        self.stop_button.clicked.connect(self.stop)
        self.setLayout(
            down(across(self._words, self.stop_button), self._bar, gap=XS, margins=(M, S, M, S))
        )

    def text(self) -> str:
        """Return what is being done."""
        return self._words.text()

    def show_stage(self, stage: Stage) -> None:
        """Show how far it is."""
        self._words.set_parts([Part(stage.words, "muted")])
        self._bar.setAccessibleName(stage.words)
        self._bar.setRange(0, stage.all)
        self._bar.setValue(stage.done)
