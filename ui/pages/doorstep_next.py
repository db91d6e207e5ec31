# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The next step: what, when and who, with three days one press away."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.casework.calendar_words import weekday_name
from desktop_app.casework.dates import Lean, as_date, say_moment
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _
from ui import theme
from ui.kit.card import across, down
from ui.kit.date_field import DateTimeField
from ui.kit.labels import Line, Part, label
from ui.kit.pills import Pill
from ui.pages.doorstep_answers import step_moment
from ui.theme import SEMI

SATURDAY = 5


class NextStep(QWidget):
    """What happens next, on which day, and who does it.

    Signals:
        edited: an answer was altered; carries the field's name.
    """

    edited = Signal(str)

    def __init__(self, team: Team, me: str, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._team, self._me, self._now = team, me, now
        self._wrong, self._low = "", False
        self.step = QLineEdit()
        self.step.setAccessibleName(_("Next step"))
        self.step.setPlaceholderText(_("Nothing clinical: all read it"))
        self.step.textEdited.connect(lambda _text: self.edited.emit("next_step"))
        self.on = DateTimeField(
            _("Next step, day and time"), now, lean=Lean.FUTURE, placeholder=_("Day, time")
        )
        self.on.echo.hide()
        self.on.field.textChanged.connect(lambda _text: self._echo())
        self.on.field.textEdited.connect(lambda _text: self.edited.emit("next_step_on"))
        self.head = label(_("Ne&xt step"), "h3", weight=SEMI, buddy=self.step)
        self._with = label(_("with"), "small", tone="muted")
        self._pills = QHBoxLayout()
        self._pills.setSpacing(6)
        self.who: dict[str, Pill] = {}
        self.echo = Line([], "body")
        self.days: dict[int, Pill] = {}
        row = across(self.echo, gap=6)
        row.setStretch(0, 1)
        for ahead, words in self._shortcuts():
            row.addWidget(self._day(ahead, words))
        top = across(self.head, None, self._with, self._pills, gap=6)
        typed = across(self.step, self.on)
        typed.setStretch(0, 1)
        self.setLayout(down(top, typed, row, gap=6))
        self.offer([])
        theme.on_change(self._restyle)

    def answers(self) -> Answers:
        """Return the next step; words that are no day as they stand."""
        moment = self.on.text() if self.on.problem() else self.on.value()
        day, time = moment, ""
        if not self.on.problem() and len(moment) == len("2026-11-26T10:00"):
            day, time = moment[:10], moment[11:]
        people: list[Json] = [person for person, pill in self.who.items() if pill.isChecked()]
        return {
            "next_step": self.step.text() or None,
            "next_step_on": day or None,
            "next_step_time": time or None,
            "next_step_with": people or None,
        }

    def show_answers(self, answers: Mapping[str, Json]) -> None:
        """Show answers; those not named stay. Nobody is told."""
        if "next_step" in answers:
            self.step.setText(str(answers["next_step"] or ""))
            self.step.setCursorPosition(0)
        if "next_step_on" in answers:
            day = answers["next_step_on"]
            self.on.set_value(step_moment(answers) or (day if isinstance(day, str) else ""))
        who = answers.get("next_step_with")
        if isinstance(who, list):
            held = [one for one in who if isinstance(one, str)]
            self.offer([*self.who, *held])
            for person, pill in self.who.items():
                pill.setChecked(person in held)

    def propose(self, step: str, day: date) -> None:
        """Fill in a next step; it is saved because it is shown."""
        self.step.setText(step)
        self.on.set_value(day.isoformat())

    def is_empty(self) -> bool:
        """Say whether nothing stands in it."""
        return not self.step.text() and not self.on.text()

    def offer(self, people: Iterable[str]) -> None:
        """Offer who can do it: this worker, and whoever was there."""
        wanted = list(dict.fromkeys([self._me, *people]))
        for person in [one for one in self.who if one not in wanted]:
            pill = self.who.pop(person)
            self._pills.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        before: Pill | None = None
        for person in wanted:
            if person not in self.who:
                pill = self._person(person)
                self._pills.addWidget(pill)
                pill.setVisible(not self._low)
                if before is not None:  # made late, it would come last of all with Tab
                    QWidget.setTabOrder(before, pill)
            before = self.who[person]

    def say_problem(self, field: str, words: str) -> None:
        """Say what is wrong with the step or its day; nothing with ""."""
        if field == "next_step_on":
            self._wrong = words
            self.on.set_wrong(wrong=bool(words))
            self._echo()
        else:
            self.step.setProperty("wrong", "true" if words else "false")
            self.step.style().unpolish(self.step)
            self.step.style().polish(self.step)
            self.step.setToolTip(words)
            if words:
                self.echo.set_parts([Part(words, "bad", SEMI)])

    def set_low(self, *, low: bool) -> None:
        """Leave out what takes room: one shortcut, and who does it."""
        self._low = low
        self._with.setVisible(not low)
        for pill in self.who.values():
            pill.setVisible(not low)
        last = list(self.days.values())[-1]
        last.setVisible(not low)
        self.head.setMinimumHeight(0 if low else theme.px(30))

    def _person(self, person: str) -> Pill:
        name = _("You") if person == self._me else self._team.name_of(person)
        pill = Pill(name)
        pill.setAccessibleDescription(_("Who does the next step"))
        pill.setChecked(person == self._me)
        pill.clicked.connect(lambda: self.edited.emit("next_step_with"))
        self.who[person] = pill
        return pill

    def _shortcuts(self) -> list[tuple[int, str]]:
        today = self._now().date()
        soon = 3
        while (today + timedelta(days=soon)).weekday() >= SATURDAY:
            soon += 1
        day = today + timedelta(days=soon)
        named = f"{weekday_name(day)} {day.day}"
        return [(1, _("Tomorrow")), (soon, named), (7, _("In a week"))]

    def _day(self, ahead: int, words: str) -> Pill:
        pill = Pill(words, quiet=True)
        pill.setAccessibleDescription(_("Day of the next step"))
        pill.clicked.connect(lambda: self._choose(ahead))
        self.days[ahead] = pill
        return pill

    def _choose(self, ahead: int) -> None:
        time = self.on.value()[10:]
        day = self._now().date() + timedelta(days=ahead)
        self.on.set_value(day.isoformat() + time)
        self.edited.emit("next_step_on")

    def _echo(self) -> None:
        today, value = self._now().date(), self.on.value()
        problem = self._wrong or self.on.problem()
        day = as_date(value[:10]) if value else None
        for ahead, pill in self.days.items():
            pill.setChecked(day == today + timedelta(days=ahead))
        if problem:
            self.echo.set_parts([Part(problem, "bad", SEMI)])
            return
        parts = [Part(say_moment(value, today), weight=SEMI)] if value else []
        if day is not None and 0 <= (day - today).days < 7 - today.weekday():
            parts.append(Part(" · " + _("this week"), "muted"))
        self.echo.set_parts(parts)

    def _restyle(self) -> None:
        self.on.field.setFixedWidth(theme.px(176))
