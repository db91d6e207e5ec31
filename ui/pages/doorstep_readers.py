# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who can read what is being written: worked out from the roster, shown where it is typed.

Rules, each with a test:

* Nothing is assumed: who reads an audience is what the roster says.
* Its author can keep it to fewer people, among the groups the form allows and the author belongs
  to; never to more.
* Keeping an account to fewer people keeps back the words only: the event stays with its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop_app.casework import audience as audiences
from desktop_app.casework.forms import Form
from desktop_app.casework.people import Person, Team
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from ui import theme
from ui.kit.buttons import HANG, Button, button
from ui.kit.card import across, down
from ui.kit.chip import Chip, ChipText
from ui.kit.labels import IconMark, label
from ui.theme import SEMI

NAMED = 3
"""People named in one line; the others are counted."""


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """Some people, and how much of it they can read."""

    names: str
    beneath: str
    sees_all: bool


def reader_lines(
    to: str, team: Team, me: Person, *, event: str = "", there: Collection[str] = ()
) -> list[ReaderLine]:
    """Return who reads what.

    Args:
        to: the audience the words go to.
        team: the roster.
        me: who writes.
        event: for an account, the audience of the visit it is of.
        there: person ids of who was there and writes an account too.
    """
    active = sorted((one for one in team.persons.values() if one.active), key=lambda p: p.name)
    full = [one for one in active if one.id == me.id or audiences.may_hold(to, one)]
    lines = [
        ReaderLine(_names(group, me), _role(group, _("all of it")), sees_all=True)
        for group in _by_role(full, me)
    ]
    part = [one for one in active if one not in full and event and audiences.may_hold(event, one)]
    apart = [[one for one in part if one.id in there], [one for one in part if one.id not in there]]
    for group in [*_by_role(apart[0], me), *_by_role(apart[1], me)]:
        told = _("outcome and next step")
        if group[0].id in there:
            told = ngettext(
                "outcome and next step; writes an account of their own",
                "outcome and next step; write accounts of their own",
                len(group),
            )
        lines.append(ReaderLine(_names(group, me), told, sees_all=False))
    return lines


def may_narrow_to(form: Form, me: Person) -> list[str]:
    """Return the audiences a new record of a form can go to, the form's own first."""
    return [form.audience, *(one for one in form.narrow if audiences.may_hold(one, me))]


class Readers(QWidget):
    """The list of readers, with the control that narrows it.

    Signals:
        narrowed: the audience its author chose.
    """

    narrowed = Signal(str)

    def __init__(self, form: Form, team: Team, me: Person, *, event: str = "") -> None:
        """Make a list.

        Args:
            form: the form of what is written.
            team: the roster.
            me: who writes.
            event: for an account, the audience of its visit.
        """
        super().__init__()
        self._form, self._team, self._me, self._event = form, team, me, event
        self._to, self._there, self._short = form.audience, frozenset[str](), False
        self._lines: tuple[ReaderLine, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 0, 0)
        column.setSpacing(5)
        head = label(_("Who can read this"), weight=SEMI, wrap=True)
        column.addWidget(head)
        self._kept = Chip("", icon="eye-off")
        column.addWidget(self._kept, 0, Qt.AlignmentFlag.AlignLeft)
        self._held = QVBoxLayout()
        self._held.setSpacing(5)
        column.addLayout(self._held)
        self.change: Button = button(
            _("Change"), "quiet", small=True, name=_("Change who can read this")
        )
        self.change.clicked.connect(self._offer)
        # Under the names: an eye and a gap come before them.
        column.addLayout(across(self.change, None, margins=(theme.px(16) + 8 - HANG, 0, 0, 0)))
        column.addStretch(1)
        self.change.setVisible(len(may_narrow_to(form, me)) > 1)
        self._tell()

    def audience(self) -> str:
        """Return the audience it goes to."""
        return self._to

    def lines(self) -> tuple[ReaderLine, ...]:
        """Return who reads what, as it is shown."""
        return self._lines

    def set_audience(self, to: str) -> None:
        """Show another audience; nobody is told."""
        self._to = to
        self._tell()

    def set_there(self, people: Collection[str]) -> None:
        """Say who was there."""
        self._there = frozenset(people)
        self._tell()

    def set_team(self, team: Team) -> None:
        """Take in another roster."""
        self._team = team
        self._tell()

    def set_short(self, *, short: bool) -> None:
        """Leave out the second line of those who read everything."""
        if short != self._short:
            self._short = short
            self._lines = ()
            self._tell()

    def fix(self) -> None:
        """Take the control away: an audience is chosen when the record is made."""
        self.change.hide()

    def choose(self, to: str) -> None:
        """Keep it to an audience, as the menu does."""
        self.set_audience(to)
        self.narrowed.emit(to)

    def menu(self) -> QMenu:
        """Return the menu of audiences it can go to."""
        menu = QMenu(self)
        for one in may_narrow_to(self._form, self._me):
            action = menu.addAction(audiences.title(one))
            action.setCheckable(True)
            action.setChecked(one == self._to)
            action.triggered.connect(lambda _on=False, to=one: self.choose(to))
        return menu

    def _offer(self) -> None:
        self.menu().popup(self.change.mapToGlobal(self.change.rect().bottomLeft()))

    def _tell(self) -> None:
        lines = tuple(
            reader_lines(self._to, self._team, self._me, event=self._event, there=self._there)
        )
        self._kept.set_chip(ChipText(audiences.title(self._to), "neutral", "eye-off"))
        self._kept.setVisible(self._to != self._form.audience)
        if lines == self._lines:
            return
        self._lines = lines
        _clear(self._held)
        for line in lines:
            self._held.addWidget(_shown(line, short=self._short))
        told = ". ".join(f"{line.names}: {line.beneath}" for line in lines)
        self.setAccessibleName(_("Who can read this"))
        self.setAccessibleDescription(told)


def _by_role(people: Sequence[Person], me: Person) -> list[list[Person]]:
    """Return people grouped by what they do, mine first and I at its head."""
    groups: dict[str, list[Person]] = {}
    for one in sorted(people, key=lambda person: person.id != me.id):
        groups.setdefault(one.role_title, []).append(one)
    return list(groups.values())


def _names(group: Sequence[Person], me: Person) -> str:
    names = [_("You") if one.id == me.id else one.name for one in group]
    more = len(names) - NAMED
    if more > 0:
        others = ngettext("%(n)d other", "%(n)d others", more) % {"n": more}
        return listed([*names[:NAMED], others])
    return listed(names)


def _role(group: Sequence[Person], how_much: str) -> str:
    return f"{group[0].role_title}, {how_much}"


def _shown(line: ReaderLine, *, short: bool) -> QWidget:
    row = QWidget()
    across = QHBoxLayout(row)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(6)
    icon, tone = ("eye", "ok") if line.sees_all else ("eye-off", "neutral")
    across.addWidget(IconMark(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
    words = down(label(line.names, "small", weight=SEMI, wrap=True), gap=0)
    if not (short and line.sees_all):
        words.addWidget(label(line.beneath, "small", tone="muted", wrap=True))
    across.addLayout(words, 1)
    return row


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
