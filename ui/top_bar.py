# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The top bar: the search for clients, whether the team is made up, and help."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import button
from ui.kit.chip import Chip
from ui.kit.labels import IconMark, label
from ui.kit.search_field import SearchField
from ui.tokens import L, M, S

GLASS = 16
"""Size of the icon in the search, at text size 1."""


class TopBar(QFrame):
    """Stands above every page that is not about one visit.

    Signals:
        help_wanted: F1, or Help was pressed.
    """

    help_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "header")
        self.search = SearchField(
            _("Find a client: name, nickname, reference or date of birth"),
            short=_("Find a client"),
        )
        self.search.setAccessibleName(_("Find a client"))
        glass = QHBoxLayout(self.search)  # an action's icon would not grow with the text
        glass.setContentsMargins(10, 0, 0, 0)
        glass.addWidget(IconMark("search", size=GLASS))
        glass.addStretch(1)
        self.made_up = Chip(_("Made-up team"), "warn", icon="database")
        self.made_up.setToolTip(
            _("Nobody here is real. It shares as any team does, with its own laptops alone.")
        )
        self.made_up.hide()
        self.help = button(_("Help"), "quiet", icon="circle-help")
        self.help.setToolTip(_("Help (F1)"))  # the window has the key: a visit shows no top bar
        self.help.clicked.connect(self.help_wanted.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(L, S, L, S)
        row.setSpacing(M)
        row.addWidget(self.search, 6)
        row.addWidget(label("Ctrl+K", "small", tone="muted"))
        row.addStretch(1)
        row.addWidget(self.made_up)
        row.addWidget(self.help)
        theme.on_change(self._restyle)

    def go_to_search(self) -> None:
        """Put the cursor into the search, over whatever stands there."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _restyle(self) -> None:
        self.search.setMaximumWidth(theme.px(520))
        self.search.setTextMargins(theme.px(GLASS) + 6, 0, 0, 0)
