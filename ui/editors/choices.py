# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Editors for choices: side by side when they are few and short, found by typing when many.

A code that is no longer offered, or that a newer Tandem made, is offered as well where a record
holds it: nothing is dropped because it is not known.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from desktop_app.casework.codes import Choice, CodeList, codes
from desktop_app.casework.forms import Field
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui import theme
from ui.editors.asking import Asking, Choices
from ui.editors.choice_box import ChoiceBox
from ui.editors.editor import Editor
from ui.editors.pill_choice import PillChoice
from ui.kit.offers import AnswerChoice, Offers
from ui.kit.pills import Pills
from ui.kit.segment import Segment

FEW, ROOM = 5, 380
"""Choices that stand side by side in a segment, and the pixels it may take: half of a page."""
SEVERAL, LETTERS = 8, 120
"""The same for pills, which may take two lines."""


def offered(field: Field, asking: Asking) -> tuple[Choice, ...]:
    """Return the choices of a field that may be given today."""
    return codes(field.choices).choices(asking.today(), made_up=asking.team.made_up)


def labels(choices: tuple[Choice, ...], *, short: bool = False) -> Choices:
    """Return codes and what a person reads for them."""
    return [(one.code, _(one.short or one.label) if short else _(one.label)) for one in choices]


def _width(words: Sequence[str]) -> int:
    """Return how wide a segment of these words is."""
    bold = theme.metrics("body", theme.SEMI)
    return sum(bold.horizontalAdvance(_(one)) + 2 * theme.px(11) + 1 for one in words)


class OneEditor(Editor):
    """One choice: a segment, pills or a drop-down in which typing finds."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._choices = offered(field, asking)
        self._list: CodeList = codes(field.choices)
        self._box: Segment | PillChoice | ChoiceBox | None = None
        theme.on_change(self._fit)

    def wide(self) -> bool:
        """Want the whole width for pills."""
        return isinstance(self._box, PillChoice)

    def read(self) -> Json:
        """Return the code, or None."""
        box = self._box
        return (box.code() if isinstance(box, ChoiceBox) else box.value() if box else "") or None

    def display(self, value: Json) -> None:
        """Choose a code; offer it first where it is no longer offered."""
        code, box = value if isinstance(value, str) else "", self._box
        if isinstance(box, ChoiceBox):
            if code and box.findData(code) < 0 and self._list.find(code) is not None:
                box.add_choice(code, self._list.label(code))
            box.set_code(code)
        elif box is not None:
            if code and code not in (box.parts if isinstance(box, Segment) else box.pills):
                box.add(code, self._list.label(code))
            box.set_value(code)

    def _fit(self) -> None:
        """Take the widget that suits the choices at this size of text, keeping the answer."""
        wanted = self._suits()
        if isinstance(self._box, wanted):
            return
        held, old = self.value(), self._box
        self._box = self._made(wanted)
        if isinstance(self._box, ChoiceBox):
            self._box.picked.connect(self.edited)
        else:
            self._box.chosen.connect(lambda _code: self.edited.emit())
        self.hold(self._box)
        if isinstance(self._box, Segment):
            self._column.setAlignment(self._box, Qt.AlignmentFlag.AlignLeft)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
            self.show_value(held)

    def _suits(self) -> type[Segment | PillChoice | ChoiceBox]:
        words = [one.short or one.label for one in self._choices]
        if len(words) <= FEW and _width(words) <= ROOM:
            return Segment
        few = len(words) <= SEVERAL and sum(map(len, words)) <= LETTERS
        return PillChoice if few or self.field.appearance == "chips" else ChoiceBox

    def _made(
        self, kind: type[Segment | PillChoice | ChoiceBox]
    ) -> Segment | PillChoice | ChoiceBox:
        name = _(self.field.label)
        if kind is Segment:
            short = labels(self._choices, short=True)
            return Segment(short, name, may_clear=not self.field.required)
        if kind is PillChoice:
            return PillChoice(labels(self._choices), name)
        groups = tuple(_(one.group) for one in self._choices)
        return ChoiceBox(labels(self._choices), name, groups=groups if any(groups) else ())


class SeveralEditor(Editor):
    """Several choices at once, as pills."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._list = codes(field.choices)
        self._pills = Pills(labels(offered(field, asking)), _(field.label))
        self._pills.changed.connect(self.edited)
        self.hold(self._pills)

    def wide(self) -> bool:
        """Want the whole width."""
        return True

    def read(self) -> Json:
        """Return the codes that are on, in the order they are offered."""
        on: list[Json] = [*self._pills.values()]
        return on or None

    def display(self, value: Json) -> None:
        """Switch on what is held."""
        held = [str(one) for one in value] if isinstance(value, list) else []
        for code in held:
            if code not in self._pills.pills:
                self._pills.add(code, self._list.label(code))
        self._pills.set_values(held)


class EachEditor(Editor):
    """Things chosen, each with an answer of its own, such as what was offered."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._list = codes(field.choices)
        self._offers = Offers(
            labels(offered(field, asking), short=True),
            answers(field, asking),
            _(field.label),
        )
        self._offers.changed.connect(self.edited)
        self.hold(self._offers)

    def wide(self) -> bool:
        """Want the whole width."""
        return True

    def read(self) -> Json:
        """Return each chosen code with its answer; None as its answer where none was given."""
        chosen: dict[str, Json] = {**self._offers.value()}
        return chosen or None

    def display(self, value: Json) -> None:
        """Show what was chosen and answered."""
        held = value if isinstance(value, dict) else {}
        for code in held:
            if code not in self._offers.adders:
                self._offers.add(code, self._list.label(code))
        self._offers.set_value({code: str(one) if one else None for code, one in held.items()})


def answers(field: Field, asking: Asking) -> list[AnswerChoice]:
    """Return what each choice of a `select_each` can be answered with."""
    offered_today = codes(field.answered_with).choices(asking.today(), made_up=asking.team.made_up)
    return [AnswerChoice(one.code, _(one.short or one.label), one.tone) for one in offered_today]
