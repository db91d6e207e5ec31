# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The second step: what each line is, and which question each column answers.

All of it is offered by itself, or remembered from the last file like this one; each can be changed.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.casework.codes import codes
from desktop_app.casework.forms import Form
from desktop_app.casework.sheets.columns import LINE_COLUMN, WHY_COLUMN, targets
from desktop_app.casework.words import _, ngettext
from ui.kit.card import Card, across, clear, down, holding, scrolling
from ui.kit.drop_down import DropDown
from ui.kit.labels import Line, Part, label
from ui.kit.notice import Notice
from ui.pages.sheets_foot import Foot
from ui.sheets.setup import Setup
from ui.theme import SEMI
from ui.tokens import L, M, S

HEADS = 25


class ColumnsStep(QWidget):
    """Shows the columns.

    Signals:
        changed: the `Setup` as a person changed it.
        sheet: another sheet of the file is to be read.
        back: another file.
        wanted: look at the lines.
    """

    changed = Signal(object)
    sheet = Signal(str)
    back = Signal()
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setup: Setup | None = None
        self.boxes: dict[int, DropDown] = {}
        self.fixed: dict[str, DropDown] = {}
        self._top = QVBoxLayout()
        self._top.setSpacing(S)
        self._top.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(L)
        self._grid.setVerticalSpacing(S)
        self._grid.setColumnStretch(2, 1)
        self.note = Notice("", "warn")
        self.foot = Foot(_("&Look at the lines"), "arrow-right")
        self.foot.back.connect(self.back)
        self.foot.wanted.connect(self.wanted)
        card = Card()
        card.add(scrolling(holding(down(self._grid, None))), 1)
        column = down(holding(self._top), self.note, card, gap=M, margins=(L, 0, L, M))
        column.setStretch(2, 1)
        whole = down(column, self.foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def show_setup(self, setup: Setup, offered: Sequence[Form]) -> None:
        """Show how a file is to be read; the keyboard stays on the box it is on."""
        held = next((place for place, box in self.boxes.items() if box.hasFocus()), None)
        first = self.setup is None
        self.setup = setup
        clear(self._top)
        self._top.addWidget(self._what(setup, offered))
        self._clear_grid()
        self._fill(setup)
        self._say(setup)
        target = self.boxes.get(held) if held is not None else None
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        elif first or self.foot.act.isEnabled():
            self.start()

    def start(self) -> None:
        """Put the keyboard where it is wanted: on going on, or on the first column."""
        boxes = [*self.fixed.values(), *self.boxes.values()]
        ready = self.foot.act.isEnabled()
        (self.foot.act if ready or not boxes else boxes[0]).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _what(self, setup: Setup, offered: Sequence[Form]) -> QWidget:
        forms = [(one.name, _(one.title)) for one in offered]
        self.kind = DropDown(forms, _("Each line is"), value=setup.form.name)
        self.kind.chosen.connect(lambda name: self.changed.emit(setup.as_form(name)))
        numbers = [row.number for row in setup.rows[:HEADS]]
        heads = [(str(n), _("Line %(n)d") % {"n": n}) for n in numbers]
        self.head = DropDown(
            heads, _("Names of the columns"), value=str(setup.head or ""), none=_("There are none")
        )
        self.head.chosen.connect(lambda n: self.changed.emit(setup.with_head(int(n or 0))))
        pieces: list[QWidget] = [_asked(_("Each line is"), self.kind)]
        if len(setup.book.sheets) > 1:
            sheets = [(one, one) for one in setup.book.sheets]
            self.sheets = DropDown(sheets, _("Sheet"), value=setup.sheet)
            self.sheets.chosen.connect(self.sheet)
            pieces.append(_asked(_("Sheet"), self.sheets))
        pieces.append(_asked(_("Names of the columns"), self.head))
        return holding(across(*pieces, None, gap=L))

    def _fill(self, setup: Setup) -> None:
        heads = (_("Column"), _("Answers"), _("What stands in it"))
        for at, words in enumerate(heads):
            self._grid.addWidget(label(words, "small", tone="muted", weight=SEMI), 0, at)
        row = 1
        for one in setup.asked_once():
            choices = [(code.code, _(code.label)) for code in codes(one.choices).code]
            value = str(setup.fixed.get(one.name) or "")
            box = DropDown(choices, _(one.label), value=value, none=_("Choose …"))
            box.chosen.connect(
                lambda code, name=one.name: self.changed.emit(setup.with_fixed(name, code))
            )
            self.fixed[one.name] = box
            self._put(row, _("For every line"), box, _(one.label))
            row += 1
        offered = [(one.name, one.label) for one in targets(setup.form)]
        for place, name in enumerate(setup.names):
            if name in (WHY_COLUMN, LINE_COLUMN):
                continue
            box = DropDown(
                offered, name, value=setup.columns.get(place, ""), none=_("Not taken in")
            )
            box.chosen.connect(
                lambda target, place=place: self.changed.emit(setup.with_column(place, target))
            )
            self.boxes[place] = box
            self._put(row, name, box, " · ".join(setup.below(place)))
            row += 1

    def _put(self, row: int, name: str, box: DropDown, below: str) -> None:
        self._grid.addWidget(Line([Part(name, weight=SEMI)]), row, 0)
        self._grid.addWidget(box, row, 1)
        self._grid.addWidget(Line([Part(below, "muted")], "small"), row, 2)

    def _say(self, setup: Setup) -> None:
        lacks = setup.lacks()
        self.note.setVisible(bool(lacks))
        self.note.say(" ".join(lacks))
        self.foot.act.setEnabled(not lacks)
        count = len(setup.columns)
        words = ngettext("%(n)d column is read", "%(n)d columns are read", count) % {"n": count}
        left = len(self.boxes) - count
        more = ngettext("%(n)d is not taken in.", "%(n)d are not taken in.", left) % {"n": left}
        how = _("As you chose for the last file like this one.") if setup.known else ""
        said = " ".join(filter(None, (more if left else "", how)))
        self.foot.say([Part(words, weight=SEMI)], [Part(said, "muted")])

    def _clear_grid(self) -> None:
        self.boxes, self.fixed = {}, {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _asked(words: str, box: DropDown) -> QWidget:
    named = label(words, "small", tone="muted", weight=SEMI)
    return holding(down(named, box, gap=2))
