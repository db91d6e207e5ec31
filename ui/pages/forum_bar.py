# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the room says of one client: the course, why, who agreed, dissent, both lanes' next steps.

Letters choose while no field has the keyboard; Ctrl+Enter records and goes on.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from desktop_app.casework.choosing import REMOVE_SUPPORT, REMOVE_TARGETING
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import Lean
from desktop_app.casework.people import Team
from desktop_app.casework.records import Edit
from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import button
from ui.kit.card import across, clear, down, holding
from ui.kit.date_field import DateField
from ui.kit.drop_down import DropDown
from ui.kit.keycap import Keycap
from ui.kit.labels import Line, Part, label
from ui.kit.notice import Notice
from ui.kit.pills import Pill
from ui.pages.forum_acts import NextSteps, field_of
from ui.pages.forum_agreed import WhoAgreed
from ui.pages.forum_facts import Shown
from ui.pages.forum_saving import AGAIN, Act, Said
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import M, S

CHOOSING = (("include", "I"), ("not_include", "N"), ("later", "L"))
COURSE = (
    *(("keep", "K"), ("intensify", "I"), ("relax", "R")),
    *((REMOVE_TARGETING, "X"), (REMOVE_SUPPORT, "U")),
)
AGAIN_WIDE = 192
REMOVALS = (REMOVE_TARGETING, REMOVE_SUPPORT)


class ForumBar(QFrame):
    """The bar.

    Signals:
        changed: something was chosen or typed.
        record_wanted: record this client and go on.
        skip_wanted: skip this client, with the reason that is asked for.
        checklist_wanted: answer the checklist of a removal.
    """

    changed = Signal()
    record_wanted = Signal()
    skip_wanted = Signal()
    checklist_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("look", "footer")
        self._session = session
        self._removal: tuple[Edit, ...] = ()
        self.courses: dict[str, tuple[Pill, str]] = {}
        self._course_row = QHBoxLayout()
        self.agreed = WhoAgreed()
        self.agreed.changed.connect(self.changed)
        self.why = self._field(_("Why, in words that could be read out to them"))
        self.reason = DropDown([("", "")], _("Why not included"))
        self.reason.chosen.connect(lambda _code: self.changed.emit())
        self.dissent = self._field(_("Dissent, as it was said"))
        self.again = DateField(
            _("Looked at again"), session.today, lean=Lean.FUTURE, placeholder=_("Again on")
        )
        self.again.changed.connect(lambda _day: self.changed.emit())
        self.steps = NextSteps(session)
        self.steps.changed.connect(self.changed)
        self.steps.lacking.connect(self.say_lacks)
        self.lacks = Notice("", "warn")
        self.lacks.hide()
        self.stays = label("", tone="ok", weight=SEMI)
        self.room = Line([])
        self._goes_on: Shown | None = None
        self.checklist = button(_("Checklist"), small=True, icon="clipboard-list")
        self.checklist.clicked.connect(self.checklist_wanted)
        self.record = button(_("Record and next"), "primary", icon="arrow-right")
        self.record.clicked.connect(self.record_wanted)
        self.skip = button(_("Skip"), "quiet", small=True)
        self.skip.clicked.connect(self.skip_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        self._course_row.setSpacing(6)
        self._check = holding(across(Keycap("H"), self.checklist, gap=4))
        self._why_not = holding(across(Keycap("Y"), self.reason, gap=4))
        first = across(holding(self._course_row), self._check, self._why_not, gap=S)
        first.addWidget(self.room, 1)
        first.addWidget(self.stays)
        first.addLayout(across(Keycap("S"), self.skip, gap=S))
        said = down(
            across(Keycap("W"), self.why, gap=6),
            across(Keycap("D"), self.dissent, gap=6),
            self.agreed,
            None,
            gap=4,
        )
        again = across(key := Keycap("G"), self.again, gap=6)
        again.setAlignment(key, Qt.AlignmentFlag.AlignTop)
        go = down(
            label(_("Looked at again"), "small", tone="muted"),
            again,
            None,
            across(None, Keycap("Ctrl+Enter")),
            self.record,
            gap=2,
        )
        lower = across(gap=M + 4)
        lower.addLayout(said, 6)
        lower.addWidget(self.steps, 6)
        lower.addLayout(go)
        for field in (self.why, self.dissent, self.reason):
            field.setMinimumWidth(80)
        self.again.setFixedWidth(theme.px(AGAIN_WIDE))
        self.setLayout(down(self.lacks, first, lower, gap=S, margins=(M, S, M, S)))
        QWidget.setTabOrder(self.reason, self.why)

    def begin(self, team: Team, present: Sequence[str], shown: Shown, *, new: bool) -> None:
        """Begin with another client: nothing is chosen, everybody present agrees."""
        self.lacks.hide()
        self._removal, self._goes_on = (), shown
        self.room.set_parts([Part(shown.room if new else "", "muted")])
        with QSignalBlocker(self):
            self._courses(CHOOSING if new else COURSE)
            offered = [(one.code, _(one.label)) for one in codes("not_included").code]
            self.reason.set_choices([("", _("Why not")), *offered])
            self.steps.begin(team)
            self.agreed.begin(team, present)
            self.take_up({"again": (self._session.today() + AGAIN).isoformat()})
            self._say_course()

    def choose(self, letter: str) -> bool:
        """Choose by a letter; say whether it is one."""
        for made, key in self.courses.values():
            if key == letter:
                self._chosen(made)
                return True
        return False

    @property
    def course(self) -> str:
        """Return what was chosen; empty while nothing is."""
        return next((code for code, (made, _key) in self.courses.items() if made.isChecked()), "")

    def said(self) -> Said:
        """Return what was said so far."""
        return Said(
            self.course,
            self.why.text(),
            self.reason.value(),
            self.agreed.agreed(),
            self.dissent.text(),
            self.steps.acts(),
            self.again.value()[:10],
            self._removal if self.course in REMOVALS else (),
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
            "actions": [[one.what, one.owner, one.due_on, one.lane] for one in said.actions],
            "what": self.steps.what.text(),
            "again": said.again,
        }

    def take_up(self, typed: dict[str, Any]) -> None:
        """Go on with what a draft kept."""
        if typed.get("course") in self.courses:
            self._chosen(self.courses[str(typed["course"])][0])
        self.why.setText(str(typed.get("why", "")))
        self.reason.set_value(str(typed.get("reason", "")))
        self.dissent.setText(str(typed.get("dissent", "")))
        self.again.set_value(str(typed.get("again", "")))
        for one in (self.why, self.dissent, self.again.field):
            one.setCursorPosition(0)
        agreed = typed.get("agreed")
        if isinstance(agreed, list):
            self.agreed.set_agreed(agreed)
        kept = [Act(*map(str, one)) for one in typed.get("actions", []) if len(one) in (3, 4)]
        self.steps.take_up(kept, str(typed.get("what", "")))

    def take_checklist(self, removal: Sequence[Edit]) -> None:
        """Keep what an answered checklist saves, until the client is recorded."""
        self._removal = tuple(removal)
        self._say_course()

    def say_lacks(self, words: str) -> None:
        """Say what is missing; nothing, with ""."""
        self.lacks.setVisible(bool(words))
        if words:
            self.lacks.say(words)
            self.lacks.announce()

    def _field(self, words: str) -> QLineEdit:
        made = field_of(words)
        made.textEdited.connect(lambda _text: self.changed.emit())
        return made

    def _courses(self, offered: Sequence[tuple[str, str]]) -> None:
        clear(self._course_row)
        self.courses = {}
        for code, key in offered:
            whole = codes("decision_about").label(code)
            made = Pill(_in_short(code) or whole)
            made.setAccessibleName(whole)
            made.setToolTip(whole)
            made.clicked.connect(lambda _on=False, one=made: self._chosen(one))
            self.courses[code] = (made, key)
            self._course_row.addWidget(Keycap(key))
            self._course_row.addWidget(made)

    def _chosen(self, made: Pill) -> None:
        before = self.course
        for other, _key in self.courses.values():
            other.setChecked(other is made)
        if self.course != before:
            self._removal = ()
        self._say_course()
        self.changed.emit()

    def _say_course(self) -> None:
        """Say what follows from the course, and what goes on whatever is chosen."""
        course = self.course
        self._why_not.setVisible(course in ("not_include", "later"))
        self._check.setVisible(course in REMOVALS)
        answered = bool(self._removal)
        self.checklist.set_words(_("Checklist answered") if answered else _("Checklist"))
        self.checklist.set_icon("check" if answered else "clipboard-list")
        self.stays.setText(self._stays(course))

    def _stays(self, course: str) -> str:
        """Return what goes on whatever is chosen: only where it is recorded that it runs."""
        shown = self._goes_on
        if course == REMOVE_SUPPORT:
            return _("Targeting stays") if shown is not None and shown.targeted else ""
        return _("Support stays") if shown is not None and shown.supported else ""


def _in_short(code: str) -> str:
    """Return what a course is called where a whole row of them has to be read at once."""
    return {
        "keep": _("Keep"),
        "intensify": _("More closely"),
        "relax": _("Less closely"),
        "not_include": _("Not included"),
        REMOVE_TARGETING: _("Leave targeting"),
        REMOVE_SUPPORT: _("End support"),
    }.get(code, "")


def has_field(focus: QWidget | None) -> bool:
    """Say whether the keyboard is where letters are typed."""
    return isinstance(focus, QLineEdit)
