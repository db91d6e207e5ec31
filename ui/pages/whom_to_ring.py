# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whom to ring, for a card: a colleague whose work telephone the team knows, or a number typed.

Rules, each with a test:

* The client's key worker comes first, then whoever makes the card, then the others by name.
* A number that was typed is kept in the vault for the next card.
* What is no number is said, and not printed.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.casework.forms import Problem
from desktop_app.casework.phones import Phone, problem, tidy
from desktop_app.casework.records import Json
from desktop_app.casework.words import _
from desktop_app.reports.leave_card import Ring
from storage.store import Store
from ui.consulting import nothing
from ui.kit.card import down
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.pages.team_facts import phones_of
from ui.session import Session

NUMBER = "card_number"
"""Setting of the vault: the number that was typed for the last card."""


class WhomToRing(QWidget):
    """Asks whom to ring."""

    def __init__(self, session: Session, workers: Sequence[str]) -> None:
        """Make the list; whoever is in it is asked for.

        Args:
            session: who makes the card.
            workers: person ids of the client's key workers.
        """
        super().__init__()
        self._session, self._workers = session, tuple(workers)
        self._phones: Mapping[str, Phone] = {}
        self.whom = DropDown([], _("Whom to ring"), none=_("Another number"))
        self.whom.chosen.connect(self._chose)
        self.number = QLineEdit()
        self.number.setAccessibleName(_("Number to ring"))
        self.wrong = label("", "small", tone="bad", wrap=True)
        self.wrong.hide()
        heads = label(_("Whom to ring")), label(_("Number to ring"))
        self.setLayout(down(heads[0], self.whom, 6, heads[1], self.number, self.wrong, gap=4))
        team = session.team
        session.ask(
            lambda store: (store.get(NUMBER), phones_of(store, team)),
            self._fill_in,
            shows=nothing,
            owner=self,
            name="number",
        )

    def ring(self) -> Ring:
        """Return whom to ring."""
        me = self._session.me
        who = self._session.team.persons.get(self.whom.value(), me)
        return Ring(tidy(self.number.text()), who.name, who.agency)

    def to_keep(self) -> str:
        """Return the number that is kept for the next card; empty where none was typed."""
        return "" if self.whom.value() else tidy(self.number.text())

    def problems(self) -> list[Problem]:
        """Say what is wrong with the number."""
        words = problem(self.number.text())
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        if words:
            self.number.setFocus()
        return [Problem("number", words)] if words else []

    def _fill_in(self, held: tuple[Json, Mapping[str, Phone]]) -> None:
        number, self._phones = held
        me, team = self._session.me.id, self._session.team
        others = sorted(self._phones, key=team.name_of)
        known = [one for one in dict.fromkeys([*self._workers, me, *others]) if one in self._phones]
        self.whom.set_choices([(one, self._named(one)) for one in known])
        first = known[0] if known and known[0] in (*self._workers, me) else ""
        if self.number.text():
            return  # somebody was quicker
        self.whom.set_value(first)
        self._chose(first)
        if not first and isinstance(number, str):
            self.number.setText(number)

    def _named(self, person: str) -> str:
        said = {"who": self._session.team.name_of(person), "number": self._phones[person].number}
        if person in self._workers:
            return _("%(who)s, key worker: %(number)s") % said
        return _("%(who)s: %(number)s") % said

    def _chose(self, person: str) -> None:
        """Fill in the number of whoever was chosen; it can still be typed over."""
        found = self._phones.get(person)
        if found is not None:
            self.number.setText(found.number)


def keep(store: Store, number: str) -> None:
    """Keep a number for the next card; none leaves what is kept."""
    if number:
        store.put(NUMBER, number)
