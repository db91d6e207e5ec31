# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One question of a form on the screen: its label, its hint, its editor, and what is said about it.

Rules, each with a test:

* What must be answered has a dot, what the guide asks for says so in words: the first stops a
  save, the second never does.
* A colleague's newer answer never replaces what is being typed: it is told, and can be taken over.
* Several answers to one question are shown alike, each with its author and time; none is picked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.casework.forms import Field
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui.editors.editor import Editor
from ui.kit.buttons import button
from ui.kit.card import across, down, ground, holding
from ui.kit.labels import IconMark, Part, Passage, Words, label
from ui.kit.notice import announce
from ui.theme import BOLD, SEMI

DOT = "•"


@dataclass(frozen=True, slots=True)
class Held:
    """An answer somebody else gave, in words, and who gave it when."""

    value: Json
    words: str
    by: str
    at: str


def dot_said() -> QWidget:
    """Return what the dot beside a question means, for the page that shows the questions."""
    dot, words = label(DOT, tone="bad", weight=BOLD), label(_("must be answered"), "small")
    words.set_tone("muted")
    return holding(across(dot, words, gap=5))


def demands(rows: Iterable["FieldRow"]) -> bool:
    """Say whether any question has that dot."""
    return any(row.field.required for row in rows)


class FieldRow(QWidget):
    """A question.

    Signals:
        edited: the answer was altered; carries the field's name.
        decided: one of several answers was chosen; carries the field's name.
    """

    edited = Signal(str)
    decided = Signal(str)

    def __init__(self, field: Field, marked: str, editor: Editor) -> None:
        """Lay a question out.

        Args:
            field: the question.
            marked: its label, with `&` before its Alt letter.
            editor: takes the answer.
        """
        super().__init__()
        self.field, self.editor = field, editor
        self._aside: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self.label = label(marked, weight=SEMI, buddy=editor)
        self._column.addLayout(self._head())
        if field.hint:
            self._column.addWidget(label(_(field.hint), "small", tone="muted", wrap=True))
        self._column.addWidget(editor)
        self.message: Words = label("", "small", tone="bad", weight=SEMI, wrap=True)
        self.message.hide()
        self._column.addWidget(self.message)
        self._column.addStretch(1)
        editor.describe(self._spoken())
        editor.edited.connect(lambda: self.edited.emit(field.name))

    def say_problem(self, message: str) -> None:
        """Say at the field what is wrong with it; nothing is, with ""."""
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.editor.mark(wrong=bool(message))

    def say_arrived(self, held: Held) -> None:
        """Tell that a colleague altered this answer while it is being typed here."""
        told = _("%(who)s changed this at %(time)s:") % {"who": held.by, "time": held.at}
        take = button(_("Take theirs"), "quiet", small=True)
        take.setAccessibleDescription(_(self.field.label))
        take.clicked.connect(lambda: self._take(held))
        words = Passage([Part(f"{told} "), Part(held.words, weight=SEMI)], "small")
        row = across(IconMark("info", "info"), words, take, margins=(8, 3, 4, 3))
        row.setStretch(1, 1)
        self._set_aside(ground("info", row))
        announce(self, f"{told} {held.words}")

    def show_conflict(self, held: Sequence[Held]) -> None:
        """Show several answers to the question, and let one be kept or another written."""
        head = label(_("Answered twice, neither having seen the other"), "small", weight=BOLD)
        foot = label(_("Keep one, or write a new answer above."), "small", tone="muted", wrap=True)
        lines = [self._choice(one) for one in held]
        self._set_aside(ground("warn", down(head, *lines, foot, margins=(10, 6, 6, 6))))

    def clear_aside(self) -> None:
        """Take away what was said beside the answer."""
        if self._aside is not None:
            self._column.removeWidget(self._aside)
            self._aside.hide()
            self._aside.deleteLater()
            self._aside = None

    def _head(self) -> QHBoxLayout:
        head = across(self.label, gap=5)
        if self.field.required:
            dot = label(DOT, tone="bad", weight=BOLD)
            dot.setAccessibleName(_("Must be answered"))
            dot.setToolTip(_("Must be answered before it is saved"))
            head.addWidget(dot)
        head.addStretch(1)
        if self.field.needed:
            asked = label(_("the guide asks"), "small", tone="muted")
            asked.setToolTip(_(self.field.needed))
            head.addWidget(asked, 0, Qt.AlignmentFlag.AlignBottom)
        return head

    def _spoken(self) -> str:
        """Return what a screen reader says after the label."""
        said = [_(self.field.hint)] if self.field.hint else []
        if self.field.required:
            said.append(_("Must be answered."))
        if self.field.needed:
            said.append(_("Asked for by %(source)s.") % {"source": _(self.field.needed)})
        return " ".join(said)

    def _choice(self, held: Held) -> QHBoxLayout:
        keep = button(_("Keep this"), small=True, name=_("Keep “%s”") % held.words)
        keep.setAccessibleDescription(_(self.field.label))
        keep.clicked.connect(lambda: self._decide(held))
        words = Passage([Part(held.words, weight=SEMI), Part(f"  {held.by}, {held.at}", "muted")])
        row = across(words, keep)
        row.setStretch(0, 1)
        return row

    def _set_aside(self, box: QWidget) -> None:
        self.clear_aside()
        self._aside = box
        self._column.insertWidget(self._column.indexOf(self.editor) + 1, box)
        box.show()
        last: QWidget = self.editor
        for one in box.findChildren(QPushButton):
            QWidget.setTabOrder(last, one)
            last = one

    def _take(self, held: Held) -> None:
        self.editor.show_value(held.value)
        self.clear_aside()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit(self.field.name)

    def _decide(self, held: Held) -> None:
        self.editor.show_value(held.value)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.decided.emit(self.field.name)
