# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows that fold: what does not fit goes behind one last thing at their end.

Actions fold into a "..." menu; chips fold into "+2". Actions fold before chips do, and chips that
warn of danger are given first, because the first never folds.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import EN_SPACE, menu_button
from ui.kit.chip import Chip, ChipText, chips
from ui.tokens import S


class FoldingRow(QWidget):
    """Lays things out from one edge; hides those that do not fit and shows `more` instead."""

    def __init__(
        self, items: Sequence[QWidget], more: QWidget, *, gap: int, at_right: bool, always: bool
    ) -> None:
        super().__init__()
        self._items, self._more, self._gap = list(items), more, gap
        self._at_right, self._always = at_right, always
        self.folded: list[QWidget] = []
        for widget in (*self._items, more):
            widget.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self._again)

    def _again(self) -> None:
        self.updateGeometry()
        self._arrange()

    def _wide(self, widgets: Sequence[QWidget]) -> int:
        total = sum(widget.sizeHint().width() for widget in widgets)
        return total + self._gap * max(len(widgets) - 1, 0)

    def sizeHint(self) -> QSize:
        """Return room for everything."""
        shown = [*self._items, self._more] if self._always else self._items
        high = max(widget.sizeHint().height() for widget in (*self._items, self._more))
        return QSize(self._wide(shown), high)

    def minimumSizeHint(self) -> QSize:
        """Return room for the first thing and what the others fold into."""
        least = [*self._items[:1], self._more]
        return QSize(self._wide(least), self.sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out now that sizes are known."""
        super().showEvent(event)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        keep = len(self._items)
        while keep > 1 and self._wide(self._standing(keep)) > self.width():
            keep -= 1
        self.folded = self._items[keep:]
        self._say_folded(self.folded)
        shown = self._standing(keep)
        for widget in (*self._items, self._more):
            widget.setVisible(widget in shown)
        left = self.width() - self._wide(shown) if self._at_right else 0
        for widget in shown:
            size = widget.sizeHint()
            top = (self.height() - size.height()) // 2
            widget.setGeometry(left, top, size.width(), size.height())
            left += size.width() + self._gap

    def _standing(self, keep: int) -> list[QWidget]:
        folds = keep < len(self._items)
        return [*self._items[:keep], *([self._more] if folds or self._always else [])]

    def _say_folded(self, folded: Sequence[QWidget]) -> None:
        """Show behind `more` what was folded."""
        raise NotImplementedError


class ChipRow(FoldingRow):
    """Chips from the left; the last ones fold into "+2", which says in words what they are."""

    def __init__(self, items: Sequence[Chip] = ()) -> None:
        self._count = Chip("+1")
        self.chips = list(items)
        super().__init__(items, self._count, gap=6, at_right=False, always=False)

    def set_chips(self, states: Sequence[ChipText]) -> None:
        """Show other chips."""
        for gone in self.chips[len(states) :]:
            gone.hide()
            gone.deleteLater()
        del self.chips[len(states) :]
        for stands, state in zip(self.chips, states, strict=False):
            stands.set_chip(state)
        for made in chips(states[len(self.chips) :]):
            made.setParent(self)
            made.stackUnder(self._count)  # read out before it
            self.chips.append(made)
        self._items = [*self.chips]
        self._again()

    def _say_folded(self, folded: Sequence[QWidget]) -> None:
        names = ", ".join(chip.text() for chip in folded if isinstance(chip, Chip))
        shown = ChipText(f"+{len(folded)}")
        if self._count.text() != shown.text:
            self._count.set_chip(shown)
        self._count.setAccessibleName(_("More: %(names)s") % {"names": names})
        self._count.setToolTip(names)


class OverflowRow(FoldingRow):
    """Buttons at the right edge; the last ones fold into the "..." menu before its own actions."""

    def __init__(
        self,
        buttons: Sequence[QAbstractButton],
        actions: Sequence[QAction] = (),
        *,
        small: bool = False,
    ) -> None:
        self._menu = QMenu()
        self._own = list(actions)
        self._shown: tuple[str, ...] | None = None
        more = menu_button("", self._menu, name=_("More actions"), small=small)
        super().__init__(buttons, more, gap=S, at_right=True, always=bool(actions))

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Put other actions into the menu."""
        self._own, self._always, self._shown = list(actions), bool(actions), None
        self._again()

    def _say_folded(self, folded: Sequence[QWidget]) -> None:
        names = tuple(widget.accessibleName() for widget in folded)
        if names == self._shown:
            return
        self._shown = names
        self._menu.clear()
        for widget in folded:
            if isinstance(widget, QAbstractButton):
                action = self._menu.addAction(widget.text().removeprefix(EN_SPACE))
                action.triggered.connect(widget.click)
                keys = widget.property("keys")
                if isinstance(keys, str):
                    action.setShortcut(keys)
        if folded and self._own:
            self._menu.addSeparator()
        self._menu.addActions(self._own)
        self._menu.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
