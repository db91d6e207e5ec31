# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the room says of one client: the course, why, who agreed, dissent, actions.

Letters choose while no field has the keyboard; Ctrl+Enter records and goes on.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.people import Person, Team
from desktop_app.casework.words import _
from ui.kit.buttons import button, icon_button
from ui.kit.card import across, clear, down, holding
from ui.kit.date_field import DateField
from ui.kit.drop_down import DropDown
from ui.kit.keycap import Keycap
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.kit.pills import Pill
from ui.pages.forum_saving import Act, Said
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import M, S

CHOOSING = (("include", "I"), ("not_include", "N"), ("later", "L"))
COURSE = (("keep", "K"), ("intensify", "I"), ("relax", "R"), ("remove_targeting", "X"))


class ForumBar(QFrame):
    """The bar.

    Signals:
        changed: something was chosen or typed.
        record_wanted: record this client and go on.
        skip_wanted: skip this client, with the reason that is asked for.
    """

    changed = Signal()
    record_wanted = Signal()
    skip_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("look", "footer")
        self._session = session
        self._acts: list[Act] = []
        self.courses: dict[str, tuple[Pill, str]] = {}
        self.people: dict[str, Pill] = {}
        self._course_row, self._people_row = QHBoxLayout(), QHBoxLayout()
        self._act_rows = down(gap=2)
        self.why = _field(_("Why, in words that could be read out to them"), self.changed)
        self.reason = DropDown([("", "")], _("Why not included"))
        self.dissent = _field(_("Dissent, as it was said"), self.changed)
        self.what = _field(_("What is to be done"), self.changed)
        self.owner = DropDown([("", "")], _("Who"))
        self.by = DateField(_("By"), session.today, beside=False)
        self.add = button(_("Add"), small=True, icon="plus")
        self.add.clicked.connect(self._add)
        self.what.returnPressed.connect(self._add)
        self.lacks = Notice("", "warn")
        self.lacks.hide()
        self.record = button(_("Record and next"), "primary", icon="arrow-right")
        self.record.clicked.connect(self.record_wanted)
        self.skip = button(_("Skip"), "quiet", small=True)
        self.skip.clicked.connect(self.skip_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        self._course_row.setSpacing(S)
        self._people_row.setSpacing(6)
        stays = label(_("Support stays, whatever you choose"), tone="ok", weight=SEMI)
        first = across(holding(self._course_row), None, stays, gap=M)
        said = down(
            across(Keycap("W"), self.why, self.reason, gap=6),
            across(label(_("Agreed"), "small", tone="muted"), holding(self._people_row), None),
            across(Keycap("D"), self.dissent, gap=6),
            gap=4,
        )
        when = across(gap=6)
        for one in (self.owner, self.by, self.add):
            when.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        when.addStretch(1)
        acts = down(
            across(Keycap("A"), self.what, gap=6), when, holding(self._act_rows), None, gap=4
        )
        go = down(
            across(None, Keycap("S"), self.skip, gap=4),
            None,
            across(None, Keycap("Ctrl+Enter")),
            self.record,
            gap=4,
        )
        lower = across(gap=M + 4)
        lower.addLayout(said, 5)
        lower.addLayout(acts, 6)
        lower.addLayout(go)
        for field in (self.why, self.what, self.dissent, self.reason):
            field.setMinimumWidth(80)
        self.setLayout(down(self.lacks, first, lower, gap=S, margins=(M, S, M, S)))

    def begin(self, team: Team, present: Sequence[str], *, new: bool) -> None:
        """Begin with another client: nothing is chosen, everybody present agrees."""
        self.lacks.hide()
        self._courses(CHOOSING if new else COURSE)
        self.reason.hide()
        self.reason.set_choices(
            [("", _("Why not")), *((one.code, _(one.label)) for one in codes("not_included").code)]
        )
        self.take_up({})
        self.by.set_value("")
        active = [one for one in team.persons.values() if one.active]
        self.owner.set_choices([(one.id, one.name) for one in active])
        self.owner.set_value(self._session.me.id)
        self._people([team.persons[one] for one in present if one in team.persons])

    def choose(self, letter: str) -> bool:
        """Choose by a letter; say whether it is one."""
        for made, key in self.courses.values():
            if key == letter:
                made.setChecked(True)
                self._chosen(made)
                return True
        return False

    def said(self) -> Said:
        """Return what was said so far."""
        course = next((code for code, (made, _key) in self.courses.items() if made.isChecked()), "")
        agreed = tuple(one for one, pill in self.people.items() if pill.isChecked())
        return Said(
            course,
            self.why.text(),
            self.reason.value(),
            agreed,
            self.dissent.text(),
            tuple(self._acts),
        )

    def typed(self) -> dict[str, Any]:
        """Return it as a draft keeps it."""
        said = self.said()
        return {
            "course": said.course,
            "why": said.why,
            "reason": said.reason,
            "agreed": [*said.agreed],
            "dissent": said.dissent,
            "actions": [[one.what, one.owner, one.due_on] for one in said.actions],
            "what": self.what.text(),
        }

    def take_up(self, typed: dict[str, Any]) -> None:
        """Go on with what a draft kept."""
        if typed.get("course") in self.courses:
            self._chosen(self.courses[str(typed["course"])][0])
        self.why.setText(str(typed.get("why", "")))
        self.reason.set_value(str(typed.get("reason", "")))
        self.dissent.setText(str(typed.get("dissent", "")))
        self.what.setText(str(typed.get("what", "")))
        agreed = typed.get("agreed")
        if isinstance(agreed, list):
            for one, pill in self.people.items():
                pill.setChecked(one in agreed)
        self._acts = [Act(*map(str, one)) for one in typed.get("actions", []) if len(one) == 3]
        self._show_acts()

    def say_lacks(self, words: str) -> None:
        """Say what is missing; nothing, with ""."""
        self.lacks.setVisible(bool(words))
        if words:
            self.lacks.say(words)
            self.lacks.announce()

    def _courses(self, offered: Sequence[tuple[str, str]]) -> None:
        clear(self._course_row)
        self.courses = {}
        for code, key in offered:
            made = Pill(codes("decision_about").label(code))
            made.clicked.connect(lambda _on=False, one=made: self._chosen(one))
            self.courses[code] = (made, key)
            self._course_row.addWidget(Keycap(key))
            self._course_row.addWidget(made)

    def _chosen(self, made: Pill) -> None:
        for other, _key in self.courses.values():
            if other is not made:
                other.setChecked(False)
        made.setChecked(True)
        course = self.said().course
        self.reason.setVisible(course in ("not_include", "later"))
        self.changed.emit()

    def _people(self, people: Sequence[Person]) -> None:
        clear(self._people_row)
        self.people = {}
        for one in people:
            pill = Pill(one.name, quiet=True)
            pill.setChecked(True)
            pill.toggled.connect(lambda _on: self.changed.emit())
            self.people[one.id] = pill
            self._people_row.addWidget(pill)

    def _add(self) -> None:
        what, day = self.what.text().strip(), self.by.value()
        today = self._session.today()
        if not what:
            return
        if not day or date.fromisoformat(day[:10]) < today:
            self.say_lacks(_("By which day? A day to come, such as “fri” or “4 dec”."))
            self.by.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._acts.append(Act(what, self.owner.value(), day[:10]))
        self.what.clear()
        self.by.set_value("")
        self.say_lacks("")
        self._show_acts()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show_acts(self) -> None:
        clear(self._act_rows)
        team, today = self._session.team, self._session.today()
        for number, one in enumerate(self._acts):
            away = icon_button("x", _("Leave out “%(what)s”") % {"what": one.what}, small=True)
            away.clicked.connect(lambda _on=False, at=number: self._leave_out(at))
            row = across(label(one.what), None, label(team.name_of(one.owner), weight=SEMI), gap=6)
            row.addWidget(label(say_short(one.due_on, today), tone="muted"))
            row.addWidget(away)
            self._act_rows.addWidget(holding(row))

    def _leave_out(self, at: int) -> None:
        del self._acts[at]
        self._show_acts()
        self.changed.emit()


def _field(words: str, changed: Any) -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(words)
    made.setAccessibleName(words)
    made.textEdited.connect(lambda _text: changed.emit())
    return made


def has_field(focus: QWidget | None) -> bool:
    """Say whether the keyboard is where letters are typed."""
    return isinstance(focus, QLineEdit)
