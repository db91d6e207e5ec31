# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A drop-down in which typing finds: for long lists, such as prisons or offences.

Whatever part of a label is typed, its matches are listed beneath. Words that match nothing stay as
they are typed and are given back as they stand; the form says that they are no answer.
"""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy

from desktop_app.casework.words import _
from ui import icons, theme
from ui.editors.asking import Choices

_CODE = Qt.ItemDataRole.UserRole
LETTERS = 22
"""Width in letters below which it does not shrink."""
ROWS = 12


class ChoiceBox(QComboBox):
    """One choice of a long list, found by typing.

    Signals:
        picked: a person chose, typed or emptied; ask `code()`.
    """

    picked = Signal()

    def __init__(self, choices: Choices, name: str, *, groups: tuple[str, ...] = ()) -> None:
        """Make a box.

        Args:
            choices: codes and labels.
            name: what is being chosen.
            groups: the heading of each choice, in the same order; empty for no headings.
        """
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(ROWS)
        self.setMinimumContentsLength(LETTERS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self._fill(choices, groups)
        self._name(name)
        self._let_typing_find()
        self.set_code("")
        self.textActivated.connect(lambda _text: self.picked.emit())

    def code(self) -> str:
        """Return the chosen code; words that match no label as they stand."""
        text, at = self.currentText().strip(), self.currentIndex()
        if text != self.itemText(at):  # of two choices with one label the chosen one counts
            at = self.findText(text, Qt.MatchFlag.MatchFixedString) if text else -1
        return str(self.itemData(at, _CODE)) if at >= 0 and self.itemData(at, _CODE) else text

    def set_code(self, code: str) -> None:
        """Choose a code, or none with ""; nobody is told."""
        at = self.findData(code, _CODE) if code else -1
        self.setCurrentIndex(at)
        self.setEditText(self.itemText(at) if at >= 0 else code)
        edit = self.lineEdit()
        if edit is not None:
            edit.setCursorPosition(0)

    def add_choice(self, code: str, label: str) -> None:
        """Offer one more choice, such as a retired code that an old record still holds."""
        self._items.appendRow(_item(code, label))

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  Qt's own name
        """Name the box, and the line inside it which takes the focus."""
        super().setAccessibleName(name)
        edit = self.lineEdit()
        if edit is not None:
            edit.setAccessibleName(name)

    def _name(self, name: str) -> None:
        self.setAccessibleName(name)

    def _fill(self, choices: Choices, groups: tuple[str, ...]) -> None:
        heading = ""
        for at, (code, label) in enumerate(choices):
            if groups and groups[at] != heading:
                heading = groups[at]
                title = QStandardItem(heading)
                title.setFlags(Qt.ItemFlag.NoItemFlags)
                self._items.appendRow(title)
            self._items.appendRow(_item(code, label))

    def _let_typing_find(self) -> None:
        finder = QCompleter(self._items, self)
        finder.setFilterMode(Qt.MatchFlag.MatchContains)
        finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        finder.setMaxVisibleItems(ROWS)
        finder.activated.connect(lambda _chosen: self.picked.emit())
        self.setCompleter(finder)
        edit = self.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(_("Choose, or type to find"))
            edit.textEdited.connect(lambda _text: self.picked.emit())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel must never alter an answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, with a chevron at its end."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            size = theme.px(16)
            side = QRectF(self.rect()).adjusted(self.width() - theme.px(28), 0, 0, 0)
            icons.draw_icon(painter, side.center(), "chevron-down", tone="muted", size=size)


def _item(code: str, label: str) -> QStandardItem:
    item = QStandardItem(label)
    item.setData(code, _CODE)
    return item
