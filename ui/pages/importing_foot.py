# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The foot of Import: what leaves when the bundles come in, Not yet, and the one filled button."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.casework.words import _, ngettext
from sync.outcome import Previewed
from ui.kit.buttons import button
from ui.kit.card import across, down
from ui.kit.keycap import Keycap
from ui.kit.labels import Line, Part
from ui.theme import SEMI
from ui.tokens import L, M, S


class Foot(QFrame):
    """Stands under what was found, and is hidden while there is nothing to take in.

    Signals:
        put_off: leave it where it is.
        wanted: take it in.
    """

    put_off = Signal()
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "footer")
        self._leaves = Line([], "small")
        self.apply = button(_("&Take them in"), "primary", icon="package-check")
        self.apply.clicked.connect(self.wanted)
        not_yet = button(_("&Not yet"))
        not_yet.clicked.connect(self.put_off)
        safe = _("Each bundle comes in whole, or is set aside. It can be taken back later.")
        words = down(Line([Part(safe, weight=SEMI)]), self._leaves, gap=1)
        row = across(
            words, not_yet, Keycap(_("Ctrl+Enter")), self.apply, gap=M, margins=(L, S, L, S)
        )
        row.setStretch(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(row)
        self.hide()

    def offer(self, found: Sequence[Previewed]) -> None:
        """Offer to take in what can come in; else to keep what waits and is not kept yet."""
        comes = sum(one.comes_in for one in found)
        waits = sum(not one.comes_in and not one.kept for one in found)
        self.setVisible(bool(comes or waits))
        words = ngettext("&Take in %(n)d bundle", "&Take in %(n)d bundles", comes)
        if not comes:
            words = ngettext("&Keep %(n)d bundle for later", "&Keep %(n)d bundles for later", waits)
        self.apply.set_words(words % {"n": comes or waits})
        if comes or waits:
            self.apply.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_leaves(self, pending: int) -> None:
        """Say how many changes of one's own leave with it."""
        words = _("Nothing of yours waits; only word of what has arrived leaves with it.")
        if pending:
            words = ngettext(
                "%(n)d change of yours leaves with it; it stands on Sharing.",
                "%(n)d changes of yours leave with it; they stand on Sharing.",
                pending,
            ) % {"n": pending}
        self._leaves.set_parts([Part(words, "muted")])
