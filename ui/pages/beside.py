# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A page's main part, what stands beside it, and the panel that takes its place for a while.

Where a window is too narrow for both, the panel takes the place of the main part as well. Nothing
is ever laid over anything.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.casework.due import Due
from ui import theme
from ui.editors.letters import letters_on
from ui.kit.row_list import RowList
from ui.kit.stops import first_stop
from ui.pages.form_panel import FormPanel
from ui.tokens import M

PANEL, TIGHT = 400, 820
"""Width of a panel, and the width below which it stands alone, at text size 1."""
SCROLLS = 4
"""What stands beside keeps room for its scroll bar, within its own width; a panel ends with it."""
WIDEST = 16_777_215
"""Qt's own word for: as wide as there is room."""


def claim_focus(page: QWidget, target: QWidget) -> None:
    """Put the focus where a page begins, once what it shows has come; never out of a field.

    A page is opened before the vault has answered: until then there was nothing to put it on.
    """
    focus: QWidget | None = page.window().focusWidget()
    if isinstance(focus, QLineEdit) or (focus is not None and target.isAncestorOf(focus)):
        return
    if focus is None or focus is page or page.isAncestorOf(focus):
        stop = target if target.isVisible() else first_stop(page)
        (stop or target).setFocus(Qt.FocusReason.OtherFocusReason)


def begin_on_a_client(rows: RowList, dues: Sequence[Due]) -> None:
    """Have the keyboard begin on the first row about a client, where there is one.

    Args:
        rows: what is shown.
        dues: what the rows are about.
    """
    clients = {due.key for due in dues if due.client}
    if not clients or rows.current() in clients:
        return
    first = next((key for key in rows.rows if key in clients), "")
    if first and rows.focus_key():
        rows.go_to(first)
    elif first:
        rows.mark(first)


class Beside(QWidget):
    """Holds both.

    Signals:
        closed: the panel has gone.
    """

    closed = Signal()

    def __init__(self, main: QWidget, side: QWidget | None = None) -> None:
        super().__init__()
        self._main, self._side = main, side
        self._side_wide = 0
        self.panel: FormPanel | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(M + 2)
        self._row.addWidget(main, 1)
        if side is not None:
            self._row.addWidget(side)
        theme.look().changed.connect(self._fit)

    def open(self, panel: FormPanel) -> None:
        """Show a panel; another one that was open is put away first."""
        self.put_away()
        self.panel = panel
        panel.closed.connect(self._close)
        panel.leave_letters(letters_on(self.window()))
        self._fit()
        self._row.addWidget(panel)
        panel.show()
        QTimer.singleShot(0, panel, panel.start)

    def put_away(self) -> None:
        """Put the panel away, if there is one; what was typed stays as a draft."""
        if self.panel is not None:
            self.panel.put_away()

    def set_side_width(self, wide: int) -> None:
        """Give what stands beside a width."""
        self._side_wide = wide
        self._fit()

    def give_side(self) -> QWidget | None:
        """Let what stands beside go elsewhere."""
        side, self._side = self._side, None
        if side is not None:
            self._row.removeWidget(side)
        return side

    def take_side(self, side: QWidget) -> None:
        """Take it back."""
        self._side = side
        self._row.insertWidget(1, side)
        self._fit()

    def parts(self) -> list[QWidget]:
        """Return what is shown, for F6."""
        return [one for one in (self._main, self.panel or self._side) if one is not None]

    def _close(self) -> None:
        panel, self.panel = self.panel, None
        if panel is not None:
            panel.hide()
            panel.deleteLater()
            self._fit()
            self.closed.emit()

    def _fit(self) -> None:
        panel, wants = self.panel, theme.px(PANEL) + M + 2 + self._main.minimumSizeHint().width()
        tight = self.width() < max(theme.px(TIGHT), wants)
        self._main.setMinimumWidth(0 if panel is None else 1)  # or no window could get so narrow
        self._main.setVisible(panel is None or not tight)
        if self._side is not None:
            self._side.setVisible(panel is None)
            if self._side_wide:
                self._side.setFixedWidth(self._side_wide)
        edge = SCROLLS if panel is not None and self._side is not None else 0
        self._row.setContentsMargins(0, 0, edge, 0)
        if panel is not None:
            wide = theme.px(PANEL)
            panel.setMinimumWidth(0 if tight else wide)
            panel.setMaximumWidth(WIDEST if tight else wide)
            panel.set_alone(alone=tight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way to a small window."""
        super().resizeEvent(event)
        self._fit()
