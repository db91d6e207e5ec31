# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The next steps of both lanes at a forum: what, for which lane, who, and by when."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import Lean, say_short
from desktop_app.casework.lanes import LANES, SUPPORT, lane_of
from desktop_app.casework.people import Team
from desktop_app.casework.words import _
from ui.kit.buttons import button, icon_button
from ui.kit.card import across, clear, down, holding, scrolling
from ui.kit.date_field import DateField
from ui.kit.drop_down import DropDown
from ui.kit.keycap import Keycap
from ui.kit.labels import IconMark, label
from ui.kit.segment import Segment
from ui.pages.forum_saving import Act
from ui.session import Session
from ui.theme import SEMI


class NextSteps(QWidget):
    """What was agreed to do.

    Signals:
        changed: a step was put in, left out, or typed at.
        lacking: what a step lacks, in words; empty once nothing does.
    """

    changed = Signal()
    lacking = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._acts: list[Act] = []
        self._rows = down(gap=2)
        self.what = field_of(_("What is to be done"))
        self.what.textEdited.connect(lambda _text: self.changed.emit())
        self.what.returnPressed.connect(self._add)
        lanes = [(one, codes("lane").label(one)) for one in LANES]
        self.lane = Segment(lanes, _("For which lane"), value=SUPPORT, small=True)
        self.owner = DropDown([("", "")], _("Who"))
        self.owner.chosen.connect(self._take_lane)
        self.by = DateField(
            _("By"), session.today, lean=Lean.FUTURE, placeholder=_("By, such as fri")
        )
        self.by.field.returnPressed.connect(self._add)
        self.add = button(_("Add"), small=True, icon="plus")
        self.add.clicked.connect(self._add)
        when = across(gap=6)
        for one in (self.owner, self.by, self.add):
            when.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        when.addStretch(1)
        rows = down(self._rows, None, margins=(0, 0, 4, 0))
        self.area = scrolling(holding(rows))
        whole = down(across(Keycap("A"), self.what, self.lane, gap=6), when, self.area, gap=4)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.what.setMinimumWidth(80)

    def begin(self, team: Team) -> None:
        """Begin with another client."""
        active = [one for one in team.persons.values() if one.active]
        self.owner.set_choices([(one.id, one.name) for one in active])
        self.owner.set_value(self._session.me.id)
        self._take_lane(self._session.me.id)
        self.by.set_value("")
        self.take_up((), "")

    def acts(self) -> tuple[Act, ...]:
        """Return what was agreed so far."""
        return tuple(self._acts)

    def take_up(self, acts: Sequence[Act], what: str) -> None:
        """Go on with what a draft kept."""
        self._acts = list(acts)
        self.what.setText(what)
        self._show()

    def _take_lane(self, owner: str) -> None:
        """Offer the lane of whoever takes it on; another one is chosen with an arrow key."""
        self.lane.set_value(lane_of(owner, self._session.team))

    def _add(self) -> None:
        what, day = self.what.text().strip(), self.by.value()
        if not what:
            return
        if not day or date.fromisoformat(day[:10]) < self._session.today():
            self.lacking.emit(_("By which day? A day to come, such as “fri” or “4 dec”."))
            self.by.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._acts.append(Act(what, self.owner.value(), day[:10], self.lane.value() or SUPPORT))
        self.what.clear()
        self.by.set_value("")
        self.lacking.emit("")
        self._show()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        clear(self._rows)
        team, today = self._session.team, self._session.today()
        for number, one in enumerate(self._acts):
            of = codes("lane").find(one.lane)
            away = icon_button("x", _("Leave out “%(what)s”") % {"what": one.what}, small=True)
            away.clicked.connect(lambda _on=False, at=number: self._leave_out(at))
            row = across(gap=6)
            if of is not None:
                mark = IconMark(of.icon, of.tone, size=16)
                mark.setAccessibleName(_(of.label))
                mark.setToolTip(_(of.label))
                row.addWidget(mark)
            row.addWidget(label(one.what), 1)
            row.addWidget(label(team.name_of(one.owner), weight=SEMI))
            row.addWidget(label(say_short(one.due_on, today), tone="muted"))
            row.addWidget(away)
            self._rows.addWidget(holding(row))
        self.area.setVisible(bool(self._acts))

    def _leave_out(self, at: int) -> None:
        del self._acts[at]
        self._show()
        self.changed.emit()


def field_of(words: str) -> QLineEdit:
    """Return a line to type in that says what belongs there."""
    made = QLineEdit()
    made.setPlaceholderText(words)
    made.setAccessibleName(words)
    return made
