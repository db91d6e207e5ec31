# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Editors for people of the team: who did it, who was there."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.casework.forms import Field
from desktop_app.casework.people import Person
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from ui.editors.asking import Asking, Choices
from ui.editors.choice_box import ChoiceBox
from ui.editors.editor import Editor
from ui.editors.tabbing import chain
from ui.kit.flow import FlowLayout
from ui.kit.pills import Pill

AT_ONCE = 3
"""People offered as pills; the others stand behind "Someone else"."""


class PeoplePicker(QWidget):
    """People as pills, the likely ones at once, everybody else behind "Someone else".

    Signals:
        changed: a person switched somebody on or off; ask `values()`.
        outsider: somebody who is not in the team was there.
    """

    changed = Signal()
    outsider = Signal()

    def __init__(
        self,
        people: Sequence[Person],
        name: str,
        *,
        first: Iterable[str] | None = None,
        beyond: str = "",
    ) -> None:
        """Make a picker.

        Args:
            people: who can be picked.
            name: what they are picked for.
            first: person ids offered at once; None for the first few.
            beyond: words of the line for somebody outside the team; empty for no such line.
        """
        super().__init__()
        self.setAccessibleName(name)
        self._beyond = beyond
        self._names = {one.id: one.name for one in people}
        self._flow = FlowLayout(self)
        self.pills: dict[str, Pill] = {}
        self.more = Pill(_("Someone else"), icon="plus")
        self.more.setCheckable(False)
        self.more.setAccessibleDescription(name)
        self.more.clicked.connect(self._offer_others)
        self._flow.addWidget(self.more)
        at_once = list(self._names)[:AT_ONCE] if first is None else first
        self.offer(at_once)

    def values(self) -> list[str]:
        """Return who is picked."""
        return [person for person, pill in self.pills.items() if pill.isChecked()]

    def set_values(self, people: Iterable[str]) -> None:
        """Pick people; nobody is told. Somebody the roster does not know is shown as such."""
        wanted = list(people)
        for person in wanted:
            if person not in self.pills:
                self._add(person)
        for person, pill in self.pills.items():
            pill.setChecked(person in wanted)
        self._settle()

    def others(self) -> list[str]:
        """Return who stands behind "Someone else"."""
        return [person for person in self._names if person not in self.pills]

    def offer(self, people: Iterable[str]) -> None:
        """Offer people at once; whoever is picked stays."""
        for person in people:
            if person in self._names and person not in self.pills:
                self._add(person)
        self._settle()

    def _offer_others(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _add(self, person: str) -> Pill:
        pill = Pill(self._names.get(person, _("Not known")))
        pill.setAccessibleDescription(self.accessibleName())
        pill.clicked.connect(self.changed)
        self._flow.insert(self._flow.count() - 1, pill)
        self.pills[person] = pill
        if self.isVisible():
            pill.show()
        return pill

    def _settle(self) -> None:
        self.more.setVisible(bool(self.others() or self._beyond))
        self.setFocusProxy(next(iter(self.pills.values()), self.more))
        chain([*self.pills.values()], end=self.more)

    def menu(self) -> QMenu:
        """Return the menu of everybody else."""
        menu = QMenu(self)
        for person in self.others():
            action = menu.addAction(self._names[person])
            action.triggered.connect(lambda _on=False, person=person: self.pick(person))
        if self._beyond:
            menu.addSeparator()
            menu.addAction(self._beyond).triggered.connect(self.outsider)
        return menu

    def pick(self, person: str) -> None:
        """Pick one more person, as a click does."""
        pill = self.pills.get(person) or self._add(person)
        pill.setChecked(True)
        self._settle()
        pill.setFocus()
        self.changed.emit()


class PersonEditor(Editor):
    """One person of the team."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self._box = ChoiceBox(_named(asking), _(field.label))
        self._box.picked.connect(self.edited)
        self.hold(self._box)

    def read(self) -> Json:
        """Return the person's id, or None."""
        return self._box.code() or None

    def display(self, value: Json) -> None:
        """Show somebody's name."""
        person = value if isinstance(value, str) else ""
        if person and self._box.findData(person) < 0 and person in self.asking.team.persons:
            self._box.add_choice(person, self.asking.team.name_of(person))
        self._box.set_code(person)


class PeopleEditor(Editor):
    """Several people of the team."""

    def __init__(self, field: Field, asking: Asking) -> None:
        super().__init__(field, asking)
        self.picker = PeoplePicker(asking.people(), _(field.label))
        self.picker.changed.connect(self.edited)
        self.hold(self.picker)

    def wide(self) -> bool:
        """Want the whole width."""
        return True

    def read(self) -> Json:
        """Return who is picked."""
        picked: list[Json] = [*self.picker.values()]
        return picked or None

    def display(self, value: Json) -> None:
        """Pick who is held."""
        self.picker.set_values([str(one) for one in value] if isinstance(value, list) else [])


def _named(asking: Asking) -> Choices:
    return [(one.id, one.name) for one in asking.people()]
