# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody asks to join: six words to compare, who it is, and what they do.

Rules, each with a test:

* Nobody is let in before the words were compared and it was said who it is.
* A new laptop of somebody here stays theirs: their roles, clients and records, and nobody is in the
  team twice. Where the name is one that is here already, the question is left open.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from desktop_app.casework import audience as audiences
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.words import _
from sync.join import Request
from sync.team import NewPerson
from ui.kit.buttons import button
from ui.kit.card import Card, across, down, ground, holding
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.kit.pills import Pills
from ui.kit.segment import Segment
from ui.kit.tick_box import TickBox
from ui.theme import BOLD, SEMI
from ui.tokens import XS, L, M, S

NEW, HERE = "new", "here"
Admit = Callable[[Request, NewPerson | str], None]


class RequestCard(Card):
    """The card."""

    def __init__(
        self, request: Request, team: Team, admit: Admit, decline: Callable[[Request], None]
    ) -> None:
        super().__init__(_("Somebody asks to join"), role="h3", gap=S)
        self._request, self._admit = request, admit
        said = {"who": request.name, "laptop": request.laptop}
        self.add(label(_("%(who)s, on %(laptop)s") % said, weight=SEMI))
        words = label("   ".join(request.words), "h2", weight=BOLD, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = ground("accent")
        box.setLayout(down(words, margins=(L, M, L, M)))
        self.add(box)
        self.compared = TickBox(_("We read the six words aloud, and they are the same"))
        self.add(self.compared)
        self.wrong = Notice("", "bad")
        self.wrong.hide()
        self._ask_who(team)
        self.add(self.wrong)
        let_in = button(_("&Let into the team"), "primary", icon="user-check")
        let_in.clicked.connect(self.let_in)
        put_away = button(_("Put &away"), "quiet")
        put_away.clicked.connect(lambda: decline(request))
        self.add(across(let_in, put_away, None, gap=S))

    def let_in(self) -> None:
        """Let them in, when all of it is done."""
        roles = frozenset(Role(code) for code in self.roles.values())
        which, person = self.which.value(), self.person.value()
        missing = []
        if not self.compared.isChecked():
            missing.append(_("Compare the six words first."))
        if not which:
            missing.append(_("Say whether they are new here."))
        if which == HERE and not person:
            missing.append(_("Say whose laptop it is."))
        if which == NEW and not roles:
            missing.append(_("Say what they do."))
        if missing:
            self.wrong.say(" ".join(missing))
            self.wrong.show()
            self.wrong.announce()
            if not self.compared.isChecked():
                self.compared.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        name, _comma, agency = self._request.name.partition(", ")
        new = NewPerson(name, agency, roles, audiences.by_default(roles))
        self._admit(self._request, person if which == HERE else new)

    def _ask_who(self, team: Team) -> None:
        people = sorted((one for one in team.persons.values() if one.active), key=_named)
        name = self._request.name.partition(", ")[0].strip().casefold()
        same = [one.id for one in people if one.name.casefold() == name]
        question = _("Is this somebody new, or a new laptop of somebody here?")
        self.which = Segment(
            [(NEW, _("Somebody new")), (HERE, _("A new laptop of somebody here"))],
            question,
            value="" if same else NEW,
        )
        self.which.chosen.connect(self._show_which)
        self.person = DropDown(
            [(one.id, _described(one)) for one in people],
            _("Whose new laptop it is"),
            value=same[0] if same else "",
            none=_("Choose who"),
        )
        hint = _(
            "What they do, their clients and all they wrote stay theirs. A laptop they had before "
            "stays in the team until you take it out, below."
        )
        theirs = label(hint, "small", tone="muted", wrap=True)
        self._whose = holding(down(across(self.person, None), theirs, gap=XS))
        self.roles = Pills(_choices(), _("What they do"))
        self._what = holding(down(label(_("What they do"), weight=SEMI), self.roles, gap=XS))
        self.add(down(label(question, weight=SEMI), across(self.which, None), gap=XS))
        self.add(self._whose)
        self.add(self._what)
        self._show_which(self.which.value())

    def _show_which(self, which: str) -> None:
        self.wrong.hide()
        self._whose.setVisible(which == HERE)
        self._what.setVisible(which == NEW)


def _named(person: Person) -> str:
    return person.name


def _described(person: Person) -> str:
    return " · ".join(part for part in (person.name, person.role_title, person.agency) if part)


def _choices() -> Sequence[tuple[str, str]]:
    return [(role.value, role.words) for role in Role]
