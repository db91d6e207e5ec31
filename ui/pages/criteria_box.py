# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One question of the criteria as it is being written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desktop_app.casework.codes import codes
from desktop_app.casework.matrix import read_band
from desktop_app.casework.matrix_writing import Asked
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui.editors.text import line
from ui.kit.buttons import icon_button
from ui.kit.card import across, down
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.kit.note_edit import NoteEdit
from ui.kit.tick_box import TickBox
from ui.theme import SEMI
from ui.tokens import S


class QuestionBox(QFrame):
    """One question.

    Signals:
        changed: something was altered; ask `asked()`.
        moved: up, -1, or down, 1.
        gone: it is to be taken away.
    """

    changed = Signal()
    moved = Signal(int)
    gone = Signal()

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.number = label("", weight=SEMI)
        self.question, self.help = line(asked.question), line(asked.help)
        self.bands = NoteEdit(_("Answers and their points"), lines=4)
        self.bands.setPlaceholderText(_("One a line: 2 = one or two"))
        self.bands.set_text("\n".join(band.words for band in asked.bands))
        self.weight = line(str(asked.weight))
        self.protects = TickBox(_("Protects: counts down"))
        self.protects.setChecked(asked.protects)
        self.records = DropDown(
            [(one.code, _(one.label)) for one in codes("proposed_from").code],
            _("What the records can say of it"),
            value=asked.proposed_from,
            none=_("The records say nothing of it"),
        )
        self._named()
        for field in (self.question, self.help, self.weight):
            field.textEdited.connect(lambda _text: self.changed.emit())
        self.bands.typed.connect(lambda _text: self.changed.emit())
        self.protects.toggled.connect(lambda _on: self.changed.emit())
        self.records.chosen.connect(lambda _code: self.changed.emit())
        self._build()

    def asked(self) -> Asked:
        """Return it as it stands; a line of points that cannot be read is left out."""
        bands = [read_band(text) for text in self.bands.text().splitlines()]
        weight = self.weight.text().strip()
        return Asked(
            self.question.text(),
            self.help.text(),
            tuple(band for band in bands if band is not None),
            int(weight) if weight.isdigit() and 1 <= int(weight) <= 9 else 1,
            self.protects.isChecked(),
            self.records.value(),
        )

    def unread(self) -> list[str]:
        """Return the lines of points that cannot be read."""
        typed = self.bands.text().splitlines()
        return [text.strip() for text in typed if text.strip() and read_band(text) is None]

    def set_number(self, number: int, of: int) -> None:
        """Say which it is."""
        self.number.setText(_("Question %(n)d") % {"n": number})
        self.setAccessibleName(self.number.text())
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < of)

    def start(self) -> None:
        """Put the keyboard into its first line."""
        self.question.setFocus(Qt.FocusReason.TabFocusReason)

    def _named(self) -> None:
        self.question.setAccessibleName(_("Question"))
        self.question.setPlaceholderText(_("What is asked, in one line"))
        self.help.setAccessibleName(_("What to look at"))
        self.help.setPlaceholderText(_("What to look at: one line for whoever scores"))
        self.weight.setAccessibleName(_("Counts how many times"))
        self.weight.setFixedWidth(44)

    def _build(self) -> None:
        self.up = icon_button("arrow-up", _("Move up"), kind="quiet", small=True)
        self.down = icon_button("arrow-down", _("Move down"), kind="quiet", small=True)
        away = icon_button("trash-2", _("Take this question away"), kind="quiet", small=True)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        away.clicked.connect(self.gone)
        times = label(_("Counts"), "small", tone="muted")
        fold = label(_("times"), "small", tone="muted")
        last = across(times, self.weight, fold, self.protects, self.records, None, gap=S)
        self.setLayout(
            down(
                across(self.number, None, self.up, self.down, away, gap=2),
                self.question,
                self.help,
                self.bands,
                last,
                gap=6,
                margins=(0, 10, 0, 10),
            )
        )


def as_draft(box: QuestionBox) -> Json:
    """Return a question as a draft keeps it, also what cannot be read yet."""
    asked = box.asked()
    return [
        asked.question,
        asked.help,
        box.bands.text(),
        str(asked.weight),
        "yes" if asked.protects else "no",
        asked.proposed_from,
    ]


def from_draft(kept: Json) -> QuestionBox | None:
    """Return a question a draft kept; None for what cannot be read."""
    if not isinstance(kept, list) or len(kept) != 6:
        return None
    question, said, bands, weight, protects, records = (str(one) for one in kept)
    times = int(weight) if weight.isdigit() else 1
    made = QuestionBox(Asked(question, said, (), times, protects == "yes", records))
    made.bands.set_text(bands)
    return made
