# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The form view: any form on the screen, from its definition. It knows no store and no bundle.

Rules, each with a test:

* A question that does not apply is hidden; what was answered stays in the view and comes back with
  it, and is not counted.
* On a new record every answer shown counts as given, defaults as well. On a record that was opened,
  only what was altered is handed out, groups of questions as a whole.
* What arrives from colleagues shows at once where nothing is being typed; where something is, it is
  told at the question and replaces nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import cast

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from desktop_app.casework import forms
from desktop_app.casework.answers import is_empty
from desktop_app.casework.forms import Field, FieldType, Form, Problem
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _
from ui import theme
from ui.editors import editor_for
from ui.editors.asking import Asking
from ui.editors.editor import Editor
from ui.editors.letters import with_letters
from ui.editors.row import FieldRow, Held
from ui.tokens import XL, L

HIDDEN = "hidden"
BESIDE = 800
"""Width, at text size 1, from which two narrow questions stand side by side."""


class FormView(QWidget):
    """Shows one record, or a new one, and lets a worker answer its questions.

    Signals:
        edited: an answer was altered; carries the field's name.
    """

    edited = Signal(str)

    def __init__(
        self,
        form: Form,
        asking: Asking,
        *,
        letters_taken: str = "",
        leave_out: Collection[str] = (),
        show_too: Collection[str] = (),
        must: Collection[str] = (),
    ) -> None:
        """Build the form.

        Args:
            form: its definition.
            asking: the world its editors need to know.
            letters_taken: Alt letters the page uses itself.
            leave_out: fields the page asks for elsewhere.
            show_too: fields that must be answered here although their form hides them.
            must: fields the page asks to be answered although their form does not.
        """
        super().__init__()
        self.form, self.asking = form, asking
        self.setAccessibleName(_(form.title))
        self._given: Answers = {}
        self._current: Answers = {}
        self._decided: set[str] = set()
        asked = _asked(form, leave_out, show_too, must)
        marked = with_letters([_(one.label) for one in asked], taken=letters_taken)
        self.rows: dict[str, FieldRow] = {
            one.name: self._row(one, words) for one, words in zip(asked, marked, strict=True)
        }
        self._grid = _grid(self)
        self._new, self._laid = True, cast("object", None)
        self.begin({})
        theme.look().changed.connect(self._arrange)

    def begin(self, preset: Mapping[str, Json]) -> None:
        """Start a new record: defaults, and over them what is known already."""
        answers: Answers = {}
        for field in self.form.field:
            default = self.asking.default(field.default)
            many = field.type in (FieldType.PEOPLE, FieldType.SELECT_MULTIPLE)
            if default is not None:
                answers[field.name] = [default] if many else default
        self._show({**answers, **preset}, new=True)

    def open(self, answers: Answers) -> None:
        """Show a record that was saved before."""
        self._show(answers, new=False)

    def resume(self, typed: Answers) -> None:
        """Put what a draft holds over what is shown, as if it had been typed."""
        for name, value in typed.items():
            if name in self.form.fields:
                self._current[name] = value
                if name in self.rows:
                    self.rows[name].editor.show_value(value)
        self._apply_relevance()

    def answers(self) -> Answers:
        """Return every answer as it stands now, hidden ones too."""
        return dict(self._current)

    def altered(self) -> Answers:
        """Return what is to be saved."""
        counting = applying(self.form, self._current)
        if self._new:
            return {name: value for name, value in counting.items() if not is_empty(value)}
        changed = {
            name: value
            for name, value in counting.items()
            if name in self._decided or self._differs(name)
        }
        return forms.whole_groups(self.form, changed, self._current)

    def typed(self) -> Answers:
        """Return what a draft must keep: every answer that is not as it was when opened."""
        return {name: v for name, v in self._current.items() if self._new or self._differs(name)}

    def problems(self) -> list[Problem]:
        """Return what must be put right before it is saved."""
        counting = applying(self.form, self._current)
        found = forms.problems(self.form, counting, today=self.asking.today())
        return [one for one in found if one.field in self.rows]

    def show_problems(self, problems: Sequence[Problem]) -> list[tuple[str, QWidget]]:
        """Say at each question what is wrong; return the words and the editor to go to."""
        said = {one.field: one.message for one in problems}
        for name, row in self.rows.items():
            row.say_problem(said.get(name, ""))
        return [
            (one.message, self.rows[one.field].editor) for one in problems if one.field in self.rows
        ]

    def needed(self) -> tuple[int, int]:
        """Return how many of the questions the guide asks for are answered, and how many apply."""
        counting = applying(self.form, self._current)
        asked = [one for one in self.form.field if one.needed and forms.relevant(one, counting)]
        left = {one.name for one in forms.missing(self.form, counting)}
        return sum(one.name not in left for one in asked), len(asked)

    def take_in(self, answers: Answers, told: Callable[[str], Held]) -> None:
        """Take in what colleagues changed in the record that is open.

        Args:
            answers: the record's answers now.
            told: gives who changed a field, when, and to what.
        """
        for name in {**self._given, **answers}:
            if (newer := answers.get(name)) == self._given.get(name):
                continue
            if name in self.rows and self._differs(name) and newer != self._current.get(name):
                self.rows[name].say_arrived(told(name))
            else:
                self._set(name, newer)
        self._given = dict(answers)
        self._apply_relevance()

    def show_conflicts(self, conflicts: Mapping[str, Sequence[Held]]) -> None:
        """Show the answers given twice."""
        for name in conflicts.keys() & self.rows.keys():
            self.rows[name].show_conflict(conflicts[name])

    def editor(self, name: str) -> Editor:
        """Return the editor of a field."""
        return self.rows[name].editor

    def go_to(self, name: str) -> None:
        """Put the cursor into a field; else where an answer is wanted first, or into the first."""
        shown = [row for row in self.rows.values() if not row.isHidden()]
        for row in [self.rows[name]] if name in self.rows else _first_wanted(shown, self._current):
            row.editor.setFocus()

    def at_field(self) -> str:
        """Return the field the cursor stands in, or ""."""
        focus = QApplication.focusWidget()
        held = (name for name, row in self.rows.items() if focus and row.isAncestorOf(focus))
        return next(held, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand questions side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _row(self, field: Field, marked: str) -> FieldRow:
        row = FieldRow(field, marked, editor_for(field, self.asking))
        row.setParent(self)  # from the first: what is hidden now must not be a window of its own
        row.edited.connect(self._edited)
        row.decided.connect(self._decide)
        return row

    def _show(self, answers: Answers, *, new: bool) -> None:
        self._new, self._decided = new, set()
        self._given, self._current = ({} if new else dict(answers)), dict(answers)
        for name, row in self.rows.items():
            row.clear_aside()
            row.say_problem("")
            row.editor.show_value(answers.get(name))
        self._apply_relevance()

    def _set(self, name: str, value: Json) -> None:
        self._current[name] = value
        if name in self.rows:
            self.rows[name].editor.show_value(value)

    def _differs(self, name: str) -> bool:
        now, then = self._current.get(name), self._given.get(name)
        return now != then and not (is_empty(now) and is_empty(then))

    def _edited(self, name: str) -> None:
        self._current[name] = self.rows[name].editor.value()
        self.rows[name].say_problem("")
        self._apply_relevance()
        self.edited.emit(name)

    def _decide(self, name: str) -> None:
        self._decided.add(name)
        self._edited(name)

    def _apply_relevance(self) -> None:
        counting = applying(self.form, self._current)
        for row in self.rows.values():
            row.setVisible(forms.relevant(row.field, counting))
        self._arrange()

    def _arrange(self) -> None:
        """Lay the rows out; only when something is different."""
        shown = [row for row in self.rows.values() if not row.isHidden()]
        two = self.width() >= theme.px(BESIDE)
        wanted = [(row.field.name, row.editor.wide()) for row in shown], two
        if wanted == self._laid:
            return
        self._laid = wanted
        for row in self.rows.values():
            self._grid.removeWidget(row)
        lay_out(self._grid, shown, two=two)


def leave_letters(view: FormView, taken: str) -> None:
    """Give every question an Alt letter anew: none that something else on the page uses."""
    labels = [_(row.field.label) for row in view.rows.values()]
    for row, marked in zip(view.rows.values(), with_letters(labels, taken=taken), strict=True):
        row.label.setText(marked)


def _grid(holder: QWidget) -> QGridLayout:
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(XL)
    grid.setVerticalSpacing(L - 2)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _asked(
    form: Form, leave_out: Collection[str], show_too: Collection[str], must: Collection[str]
) -> list[Field]:
    """Return the questions to show; what the page asks for besides stands first, with a dot."""
    besides = [structs.replace(form.fields[one], required=True) for one in show_too]
    return [
        *besides,
        *(
            structs.replace(one, required=True) if one.name in must else one
            for one in form.field
            if one.appearance != HIDDEN and one.name not in leave_out and one.name not in show_too
        ),
    ]


def lay_out(grid: QGridLayout, rows: Sequence[FieldRow], *, two: bool) -> None:
    """Put rows into a grid: narrow ones side by side, where there is room for two."""
    at, column = 0, 0
    for row in rows:
        whole = not two or row.editor.wide()
        if column and whole:
            at, column = at + 1, 0
        grid.addWidget(row, at, column, 1, 2 if whole else 1)
        at, column = (at + 1, 0) if whole or column else (at, 1)


def applying(form: Form, answers: Answers) -> Answers:
    """Return the answers that count: those to questions that apply, given the others that count."""
    counting = {name: v for name, v in answers.items() if name not in form.fields}
    for field in form.field:
        if field.name in answers and forms.relevant(field, counting):
            counting[field.name] = answers[field.name]
    return counting


def _first_wanted(shown: list[FieldRow], answers: Answers) -> list[FieldRow]:
    """Return the first question that has to be answered and is not, or else the first."""
    required = (row for row in shown if row.field.required)
    wanted = [row for row in required if is_empty(answers.get(row.field.name))]
    return (wanted or shown)[:1]
