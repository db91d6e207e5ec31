# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Work telephones on Team: at which number somebody is rung, and the card that changes it.

Rules, each with a test:

* Only its owner and a coordinator are offered to change a number.
* What cannot be a number is said in one sentence, and nothing is saved.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.casework import phones
from desktop_app.casework.letters import set_apart
from desktop_app.casework.people import Person, Team
from desktop_app.casework.phones import FORM, Phone, may_change, problem, standing, tidy
from desktop_app.casework.records import NO_CLIENT, Answers, Record, link
from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.card import across, down, holding
from ui.kit.labels import IconMark, label
from ui.kit.notice import announce
from ui.pages.team_change import Question
from ui.session import Session
from ui.tokens import M, S

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Ringing:
    """The telephones of a team, for whoever looks at it.

    Attributes:
        held: the records of the telephones.
        me: who looks.
        change: gets the person whose number is to be changed.
    """

    held: Sequence[Record]
    me: Person
    change: Callable[[Person], None]

    def line(self, person: Person, team: Team) -> QWidget:
        """Return the line of somebody's number."""
        found = phones.phones(self.held, team).get(person.id)
        words = found.words if found else _("No work telephone")
        said = label(words, "small", tone="text" if found else "muted")
        line = across(IconMark("phone", "muted", size=14), said, gap=S)
        if may_change(self.me, person.id):
            name = _("%(who)s: work telephone") % {"who": person.name}
            words = _("Change number…") if found else _("Give a number…")
            press = button(words, "link", small=True, name=name)
            press.clicked.connect(lambda: self.change(person))
            line.addWidget(press)
        line.addStretch(1)
        return holding(line)


class PhoneCard(Question):
    """Asks at which number somebody is rung, and keeps it.

    Signals:
        kept: what to say, once it was kept.
    """

    kept = Signal(str)

    def __init__(self, session: Session, person: Person, held: Sequence[Record]) -> None:
        title = _("At which number is %(who)s rung at work?") % {"who": set_apart(person.name)}
        super().__init__(title, role="h3", gap=S)
        self._session, self._person = session, person
        self._before: Phone | None = standing(held, person.id, session.team)
        words = _(
            "Everybody in the team reads it. It stands on the visit pack, and can be chosen for "
            "the card that is left behind. Give no private number."
        )
        self.add(label(words, "small", tone="muted", wrap=True))
        self.number, self.hours = QLineEdit(), QLineEdit()
        for line, text in ((self.number, "number"), (self.hours, "hours")):
            line.setMaxLength(LONGEST)
            line.setText(getattr(self._before, text) if self._before else "")
        self.hours.setPlaceholderText(_("Weekdays, 9 to 5"))
        heads = (_("&Number"), self.number), (_("&When to ring"), self.hours)
        asked = across(*(down(label(a, buddy=b), b, gap=2) for a, b in heads), gap=M)
        asked.setStretch(0, 1)
        asked.setStretch(1, 1)
        self.add(asked)
        self.wrong = label("", "small", tone="bad", wrap=True)
        self.wrong.hide()
        self.add(self.wrong)
        save = button(_("&Keep it"), "primary", icon="check")
        save.clicked.connect(self.save)
        leave = button(_("&Not now"))
        leave.clicked.connect(self.left)
        self.number.returnPressed.connect(self.save)
        self.hours.returnPressed.connect(self.save)
        self.add(across(save, leave, None, gap=S))
        self.setFocusProxy(self.number)

    def save(self) -> None:
        """Keep the number, unless it cannot be one; where nothing is different, nothing."""
        number, hours = tidy(self.number.text()), tidy(self.hours.text())
        if words := problem(number):
            self.wrong.setText(words)
            self.wrong.show()
            self.number.setFocus()
            announce(self, words)
            return
        before, session = self._before, self._session
        old = (before.number, before.hours) if before else ("", "")
        if (number, hours) == old:
            self.left.emit()
            return
        answers: Answers = {
            "person": self._person.id,
            "number": number or None,
            "hours": hours or None,
            "set_on": session.today().isoformat(),
            "supersedes": link(before.record.id) if before else None,
        }
        edit = session.edit(FORM, answers, client=NO_CLIENT)
        said = _("%(who)s: kept.") % {"who": set_apart(self._person.name)}
        session.save([edit], lambda _saved: self.kept.emit(said))
