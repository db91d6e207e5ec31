# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who of those present agreed, and whether that is both lanes."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.lanes import agreed_words, both_agree
from desktop_app.casework.people import Team
from desktop_app.casework.words import _
from ui.kit.chip import Chip, ChipText
from ui.kit.flow import FlowLayout
from ui.kit.pills import Pill


class WhoAgreed(QWidget):
    """A pill a person, and what it adds up to.

    Signals:
        changed: somebody's word was put in or taken out.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Who agreed"))
        self.people: dict[str, Pill] = {}
        self.lanes = Chip("", "neutral")
        self._team: Team | None = None
        self._flow = FlowLayout(self, line_gap=4)

    def begin(self, team: Team, present: Sequence[str]) -> None:
        """Begin anew: everybody present agrees."""
        self._team = team
        while (item := self._flow.takeAt(0)) is not None:
            gone = item.widget()
            if isinstance(gone, Pill):
                gone.deleteLater()
        self.people = {}
        for one in present:
            if one in team.persons:
                self.people[one] = pill = Pill(team.persons[one].name, quiet=True)
                pill.setChecked(True)
                pill.toggled.connect(lambda _on: self._toggled())
                self._flow.addWidget(pill)
        self._flow.addWidget(self.lanes)
        self._say_lanes()

    def agreed(self) -> tuple[str, ...]:
        """Return who agreed."""
        return tuple(one for one, pill in self.people.items() if pill.isChecked())

    def set_agreed(self, people: Iterable[object]) -> None:
        """Say who agreed."""
        said = {*people}
        for one, pill in self.people.items():
            pill.setChecked(one in said)

    def _toggled(self) -> None:
        self._say_lanes()
        self.changed.emit()

    def _say_lanes(self) -> None:
        if self._team is None:
            return
        agreed = self.agreed()
        both = both_agree(agreed, self._team)
        tone, icon = ("ok", "check") if both else ("warn", "")
        self.lanes.set_chip(ChipText(agreed_words(agreed, self._team), tone, icon))
