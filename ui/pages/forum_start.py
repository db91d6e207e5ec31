# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Before a forum: who is here and in the chair; below it the forums of the past."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.dates import say_date
from desktop_app.casework.people import Role, Team
from desktop_app.casework.records import Record
from desktop_app.casework.words import _, ngettext
from ui.kit.buttons import button
from ui.kit.card import Card, across, down, holding, scrolling
from ui.kit.drop_down import DropDown
from ui.kit.flow import FlowLayout
from ui.kit.labels import Part, label
from ui.kit.notice import Notice
from ui.kit.pills import Pill
from ui.kit.row import Lead, RowAnswer, RowItem
from ui.kit.row_list import RowList, RowSection
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S

MINUTES = "90"
"""How long a forum may take where nobody says otherwise."""


class ForumStart(QWidget):
    """The page before a forum.

    Signals:
        begun: open the forum.
        minutes_wanted: record id (hex) of a forum of the past.
        leave_wanted: back to where one was.
    """

    begun = Signal()
    minutes_wanted = Signal(str)
    leave_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.people: dict[str, Pill] = {}
        self.count = label("", tone="muted")
        self.chair = DropDown([("", "")], _("In the chair"))
        self.lasts = DropDown(_lengths(), _("How long it may take"), value=MINUTES)
        self.lacks = Notice("", "warn")
        self.lacks.hide()
        self.open = button(_("Open the forum"), "primary", icon="gavel", shortcut="Ctrl+Return")
        self.open.clicked.connect(self.begun)
        self._leave = button(_("Leave"), "quiet")
        self._leave.clicked.connect(self.leave_wanted)
        self._flow = FlowLayout()
        self.none = label(_("None was closed yet."), tone="muted")
        self.past = RowList(_("Forums of the past"))
        self.past.opened.connect(self.minutes_wanted)
        self.past.answered.connect(lambda key, _code: self.minutes_wanted.emit(key))
        self._people()
        self._lay_out()
        if not session.may_write("forum"):
            self.open.setEnabled(False)
            self.say_lacks(_("A coordinator or an officer writes down what a forum decides."))

    def say_lacks(self, words: str) -> None:
        """Say what is missing."""
        self.lacks.setVisible(True)
        self.lacks.say(words)
        self.lacks.announce()

    def _lay_out(self) -> None:
        now = Card()
        now.add(label(_("Case forum"), "h1", weight=BOLD))
        now.add(self.count)
        now.add(label(_("Who is here?"), weight=SEMI))
        now.add(holding(self._flow))
        chair = across(label(_("In the chair")), self.chair, gap=S)
        chair.addSpacing(M)
        for one in (label(_("Time")), self.lasts):
            chair.addWidget(one)
        chair.addStretch(1)
        now.add(holding(chair))
        private = _("The screen starts with initials, so that a room may see it; P shows names.")
        now.add(label(private, tone="muted", wrap=True))
        now.add(self.lacks)
        now.add(holding(across(self.open, self._leave, None, gap=S)))
        before = Card()
        before.add(label(_("Forums of the past"), "h3", weight=SEMI))
        before.add(self.none)
        before.add(self.past)
        inner = QWidget()
        inner.setLayout(down(now, before, None, gap=M, margins=(L, L, L, L)))
        self.setLayout(down(scrolling(inner)))
        self.setFocusProxy(self.open)

    def ends(self, began: datetime) -> datetime | None:
        """Return until when the room has time; None where no end was set."""
        minutes = self.lasts.value()
        return began + timedelta(minutes=int(minutes)) if minutes else None

    @property
    def present(self) -> tuple[str, ...]:
        """Return who is here."""
        return tuple(one for one, pill in self.people.items() if pill.isChecked())

    def show_past(self, held: Sequence[Record], listed: int) -> None:
        """Show how many are on the agenda, and the forums that were closed."""
        words = ngettext("%(n)d person on the agenda", "%(n)d people on the agenda", listed)
        self.count.setText(words % {"n": listed} if listed else _("Nobody is on the agenda yet"))
        self.none.setVisible(not held)
        self.past.setVisible(bool(held))
        team = self._session.team
        self.past.set_sections([RowSection("", tuple(_past(one, team) for one in held))])

    def _people(self) -> None:
        team = self._session.team
        active = [one for one in team.persons.values() if one.active]
        for one in sorted(active, key=lambda person: person.name):
            pill = Pill(one.name)
            pill.setChecked(one.id == self._session.me.id)
            self.people[one.id] = pill
            self._flow.addWidget(pill)
        self.chair.set_choices([(one.id, one.name) for one in active])
        chairs = [one.id for one in active if Role.COORDINATOR in one.roles]
        mine = self._session.me.id
        self.chair.set_value(mine if mine in chairs or not chairs else chairs[0])


def _lengths() -> list[tuple[str, str]]:
    return [
        ("60", _("1 hour")),
        ("90", _("1½ hours")),
        ("120", _("2 hours")),
        ("180", _("3 hours")),
        ("", _("No end set")),
    ]


def _past(record: Record, team: Team) -> RowItem:
    number = record.answers.get("number")
    name = _("Case forum %(number)s") % {"number": number or ""}
    said = {
        "chair": team.name_of(record.text("chair")),
        "n": record.answers.get("discussed") or 0,
        "all": record.answers.get("listed") or 0,
    }
    words = _("chair %(chair)s, %(n)s of %(all)s discussed") % said
    return RowItem(
        record.id.hex(),
        Lead("gavel", "neutral"),
        name,
        what=say_date(record.text("held_on")),
        because=(Part(words, "muted"),),
        answers=(RowAnswer("minutes", _("Minutes"), "M"),),
    )
