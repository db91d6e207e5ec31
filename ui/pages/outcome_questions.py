# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The questions of a pack on the screen, one line each, answered without leaving the keyboard.

A number, or a letter: D declined, K not known, A not asked; Y and N where that is the question.
Enter and the arrows go to the next. Nothing is answered by looking at it.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop_app.casework.outcome_pack_file import (
    DAYS,
    DECLINED,
    LOOK_BACK,
    NOT_ASKED,
    NOT_KNOWN,
    SCALE,
    UNANSWERED,
    YES_NO,
    Item,
    Pack,
)
from desktop_app.casework.outcome_packs import about_words, asked_of, right, value_words
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui import theme
from ui.kit.card import across, clear, down
from ui.kit.labels import Part, Passage, label
from ui.kit.section_rule import SectionRule
from ui.kit.segment import Segment
from ui.tokens import M, S

LETTERS = {"d": DECLINED, "k": NOT_KNOWN, "a": NOT_ASKED}
ANSWER, LONGEST = 64, 5
_STEPS = {
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
}


class AnswerLine(QLineEdit):
    """Takes a number; everything else is its question's to understand."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters and the ways out to the question."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and (event.text().isalpha() or Qt.Key(event.key()) in _STEPS):
            event.ignore()
            return
        super().keyPressEvent(event)


class QuestionLine(QFrame):
    """One question and its answer.

    Signals:
        answered: the answer is another one.
        left: the person goes on; 1 to the next question, -1 back.
    """

    answered = Signal()
    left = Signal(int)

    def __init__(self, item: Item) -> None:
        super().__init__()
        self.item = item
        self._asked = Passage([], "body")
        self.wrong = label("", "small", tone="bad")
        self.wrong.hide()
        codes = [
            (DECLINED, _("Declined")),
            (NOT_KNOWN, _("Not known")),
            (NOT_ASKED, _("Not asked")),
        ]
        if item.type == YES_NO:
            codes = [("yes", _("Yes")), ("no", _("No")), *codes]
        self.before = label("", "small", tone="warn")
        self.before.hide()
        self._stood: Json = None
        self.choices = Segment(codes, _(item.label), small=True, may_clear=True)
        self.choices.chosen.connect(self._chose)
        self.line = AnswerLine() if item.type != YES_NO else None
        if self.line is not None:
            self.line.setMaxLength(LONGEST)
            self.line.textEdited.connect(self._typed)
            self.choices.set_reachable(reachable=False)
        self.setFocusProxy(self.line or self.choices)
        self._lay_out()

    def say(self, look_back: str) -> None:
        """Ask in the words of the weeks it is about."""
        words = asked_of(self.item, look_back)
        self._asked.set_parts([Part(words)])
        named: tuple[QWidget | None, ...] = (self.line, self.choices)
        for one in named:
            if one is not None:
                one.setAccessibleName(f"{words} {_range(self.item)}".strip())

    def value(self) -> Json:
        """Return the answer; None while there is none."""
        code = self.choices.value()
        text = self.line.text().strip() if self.line is not None else ""
        if code or not text:
            return code or None
        return int(text) if text.isdecimal() else text

    def set_value(self, value: Json) -> None:
        """Show an answer; nobody is told."""
        number = value if isinstance(value, int) and not isinstance(value, bool) else None
        self._choose(value if isinstance(value, str) else "")
        if self.line is not None:
            self.line.setText("" if number is None else str(number))
        self._compare()

    def set_before(self, value: Json) -> None:
        """Say what it was before, as long as the answer is another one."""
        self._stood = value
        self._compare()

    def problem(self) -> str:
        """Return what is wrong with the answer, in words, and mark it; empty when nothing is."""
        value = self.value()
        said = ""
        if value is not None and not right(self.item, value):
            least, most = self.item.span
            said = _("Give a number from %(least)d to %(most)d.") % {"least": least, "most": most}
        self.wrong.setText(said)
        self.wrong.setVisible(bool(said))
        if self.line is not None:
            self.line.setProperty("wrong", "true" if said else "false")
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)
        return said

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a letter; go on with Enter and the arrows."""
        step, letter = _STEPS.get(Qt.Key(event.key())), event.text().casefold()
        if step is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit(step)
            return
        offered = {**LETTERS, **({"y": "yes", "n": "no"} if self.item.type == YES_NO else {})}
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if letter in offered and plain:
            self._choose(offered[letter])
            self._chose(offered[letter])
            self.left.emit(1)
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        beneath = label(_range(self.item), "small", tone="muted")
        if not _range(self.item):
            beneath.hide()
        row = across(gap=M)
        row.addLayout(down(self._asked, beneath, self.before, self.wrong, gap=0), 1)
        if self.line is not None:
            row.addWidget(self.line, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.choices, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(row)
        theme.on_change(self._restyle)

    def _restyle(self) -> None:
        if self.line is not None:
            self.line.setFixedWidth(theme.px(ANSWER))

    def _choose(self, code: str) -> None:
        """Choose a code in the segment; Tab goes to the number first, where there is one."""
        self.choices.set_value(code)
        if self.line is not None:
            self.choices.set_reachable(reachable=False)

    def _typed(self, _text: str) -> None:
        self._choose("")
        self._told()

    def _chose(self, code: str) -> None:
        if self.line is not None:
            self.choices.set_reachable(reachable=False)
            if code:
                self.line.clear()
        self._told()

    def _compare(self) -> None:
        value = self.value()
        given: Json = NOT_ASKED if value is None else value
        differs = self._stood is not None and given != self._stood
        stood = value_words(self.item, self._stood)
        self.before.setText(_("Before: %(answer)s") % {"answer": stood})
        self.before.setVisible(differs)

    def _told(self) -> None:
        self.problem()
        self._compare()
        self.answered.emit()


class QuestionList(QWidget):
    """All questions of a pack.

    Signals:
        answered: an answer is another one.
        entered: the question the keyboard has come to.
        ended: the person goes on from the last one.
    """

    answered = Signal()
    entered = Signal(object)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, QuestionLine] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S + 2)

    def set_pack(self, pack: Pack, look_back: str) -> None:
        """Ask the questions of a pack."""
        clear(self._column)
        self.lines, about = {}, ""
        for item in pack.item:
            if item.about != about:
                about = item.about
                self._column.addWidget(SectionRule(about_words(about)))
            line = self.lines[item.name] = QuestionLine(item)
            line.say(look_back)
            line.answered.connect(self.answered)
            line.left.connect(lambda step, name=item.name: self._step(name, step))
            self._column.addWidget(line)

    def say(self, look_back: str) -> None:
        """Ask about other weeks."""
        for one in self.lines.values():
            one.say(look_back)

    def values(self) -> dict[str, Json]:
        """Return every answer that was given, as it stands."""
        held = {name: one.value() for name, one in self.lines.items()}
        return {name: value for name, value in held.items() if value is not None}

    def set_values(self, values: Mapping[str, Json]) -> None:
        """Show answers."""
        for name, one in self.lines.items():
            one.set_value(values.get(name))

    def set_before(self, values: Mapping[str, Json]) -> None:
        """Say at each question that is answered otherwise what it was before."""
        for name, one in self.lines.items():
            one.set_before(values.get(name, NOT_ASKED))

    def to_save(self) -> dict[str, Json]:
        """Return an answer to every question: what was left empty was not asked."""
        return self.whole(self.values())

    def whole(self, values: Mapping[str, Json]) -> dict[str, Json]:
        """Return answers with those that are missing: they were not asked."""
        return {**dict.fromkeys(self.lines, NOT_ASKED), **values}

    def problems(self) -> list[tuple[str, QWidget]]:
        """Return what is wrong, and where."""
        found = [(one.problem(), one) for one in self.lines.values()]
        return [
            (_("%(question)s: %(what)s") % {"question": _(one.item.label), "what": words}, one)
            for words, one in found
            if words
        ]

    def counted(self) -> str:
        """Return in words how much has been answered."""
        values = [one.value() for one in self.lines.values()]
        given = sum(one is not None and one not in UNANSWERED for one in values)
        said = [_("%(n)d of %(of)d answered") % {"n": given, "of": len(values)}]
        without = sum(one in (DECLINED, NOT_KNOWN) for one in values)
        if without:
            said.append(_("%(n)d declined or not known") % {"n": without})
        left = len(values) - given - without
        if left:
            said.append(_("%(n)d not asked") % {"n": left})
        return ", ".join(said)

    def _step(self, name: str, by: int) -> None:
        names = list(self.lines)
        place = names.index(name) + by
        if place >= len(names):
            self.ended.emit()
        elif place >= 0:
            line = self.lines[names[place]]
            line.setFocus(Qt.FocusReason.TabFocusReason)
            self.entered.emit(line)


def _range(item: Item) -> str:
    """Return what an answer may be."""
    if item.type == DAYS:
        return _("0 to %(n)d days") % {"n": LOOK_BACK}
    if item.type == SCALE:
        ends = {"least": item.least, "low": item.low, "most": item.most, "high": item.high}
        return _("%(least)d %(low)s to %(most)d %(high)s") % ends
    if item.type == YES_NO:
        return ""
    said = {"least": item.least, "most": item.most, "unit": item.unit}
    return _("%(least)d to %(most)d %(unit)s") % said
