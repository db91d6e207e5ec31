# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody's work changes, or they leave: what follows is said first, then one button does it.

Rules, each with a test:

* What they may read follows from what they do; who else has to act for it is named.
* Whoever leaves is named with the clients who still have them as their key worker.
* The clients keep their key worker until somebody hands over: that is never done by the way.
"""

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from desktop_app.casework import audience as audiences
from desktop_app.casework.people import Person, Role
from desktop_app.casework.words import _, ngettext
from storage import reads
from storage.store import Store
from sync import members
from ui.consulting import nothing
from ui.kit.buttons import Button, button
from ui.kit.card import Card, across, clear, down
from ui.kit.labels import IconMark, label
from ui.kit.notice import Notice
from ui.kit.pills import Pills
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import XS, S


class Question(Card):
    """A card that asks something of the team; Esc leaves everything as it is.

    Signals:
        left: leave everything as it is.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves everything as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Changing(QObject):
    """Asks about somebody's work in the team, and does what is decided."""

    def __init__(
        self,
        session: Session,
        *,
        put: Callable[[Question], None],
        drop: Callable[[], None],
        done: Callable[[str], None],
        parent: QObject,
    ) -> None:
        """Get ready.

        Args:
            session: whose team.
            put: shows a question on the page.
            drop: takes it away.
            done: gets what to say, once it was done.
            parent: ends with it.
        """
        super().__init__(parent)
        self._session, self._put, self._drop, self._done = session, put, drop, done

    def ask(self, person: Person) -> None:
        """Ask what somebody does from now on, or whether they leave."""
        card = ChangeCard(person)
        card.left.connect(self._drop)
        card.wanted.connect(lambda roles: self._change(person, roles))
        card.leaves.connect(lambda: self._ask_leave(person))
        self._put(card)

    def _ask_leave(self, person: Person) -> None:
        def show(clients: int) -> None:
            self._drop()
            card = LeaveCard(person, clients)
            card.left.connect(self._drop)
            card.wanted.connect(lambda: self._leave(person))
            self._put(card)

        self._session.ask(
            lambda store: reads.clients_of(store, person.id), show, shows=nothing, owner=self
        )

    def _change(self, person: Person, roles: frozenset[Role]) -> None:
        now_ms = self._session.clock.now_ms()

        def change(store: Store) -> None:
            members.change_work(store, person.id, roles, now_ms=now_ms, random=os.urandom)

        self._do(change, _("%(who)s: changed.") % {"who": person.name})

    def _leave(self, person: Person) -> None:
        now_ms = self._session.clock.now_ms()

        def leave(store: Store) -> None:
            members.leave(store, person.id, now_ms=now_ms, random=os.urandom)

        self._do(leave, _("%(who)s has left the team.") % {"who": person.name})

    def _do(self, act: Callable[[Store], None], said: str) -> None:
        self._drop()
        self._session.work(act, lambda _none: self._done(said), owner=self)


class ChangeCard(Question):
    """What somebody does from now on, or that they leave.

    Signals:
        wanted: a frozenset of their roles from now on.
        leaves: they leave the team.
    """

    wanted = Signal(object)
    leaves = Signal()

    def __init__(self, person: Person) -> None:
        super().__init__(_("%(who)s in the team") % {"who": person.name}, role="h3", gap=S)
        self.person = person
        roles = [(one.value, one.words) for one in Role if one is not Role.COORDINATOR]
        held = [one.value for one in Role if one in person.roles]
        self.roles = Pills(roles, _("What they do"), values=held)
        self.add(down(label(_("What they do"), weight=SEMI), self.roles, gap=XS))
        self._follows = down(gap=S)
        self.add(self._follows)
        self.wrong = Notice("", "bad")
        self.wrong.hide()
        self.add(self.wrong)
        save = button(_("&Change it"), "primary", icon="check")
        save.clicked.connect(self._change)
        leaves = button(_("They lea&ve the team…"), "danger", icon="user-x")
        leaves.clicked.connect(self.leaves)
        self.add(across(save, _leave_button(self, _("&Leave it")), None, leaves, gap=S))
        self.roles.changed.connect(self._say)
        self._say()
        self.setFocusProxy(self.roles)

    def _chosen(self) -> frozenset[Role]:
        return frozenset(Role(code) for code in self.roles.values())

    def _say(self) -> None:
        """Say what follows from the roles as they are chosen now."""
        self.wrong.hide()
        clear(self._follows)
        for icon, words in _follows(self.person, self._chosen()):
            self._follows.addLayout(_line(icon, words))

    def _change(self) -> None:
        roles = self._chosen()
        if roles and roles != self.person.roles:
            self.wanted.emit(roles)
            return
        self.wrong.say(
            _("This is what they do already. Nothing was changed.")
            if roles
            else _("Say what they do. Nothing was changed.")
        )
        self.wrong.show()
        self.wrong.announce()


class LeaveCard(Question):
    """What follows when somebody leaves, and the two buttons.

    Signals:
        wanted: they leave.
    """

    wanted = Signal()

    def __init__(self, person: Person, clients: int) -> None:
        """Make the card.

        Args:
            person: who leaves.
            clients: how many have them as their key worker.
        """
        title = _("Does %(who)s leave the team?") % {"who": person.name}
        super().__init__(title, role="h3", gap=S)
        for icon, words in _leaving(person, clients):
            self.add(_line(icon, words))
        go = button(_("They &leave"), "danger", icon="user-x")
        go.clicked.connect(self.wanted)
        stay = _leave_button(self, _("&Not now"))
        self.add(across(go, stay, None, gap=S))
        self.setFocusProxy(stay)


def _leave_button(question: Question, words: str) -> Button:
    made = button(words)
    made.clicked.connect(question.left)
    return made


def _follows(person: Person, roles: frozenset[Role]) -> list[tuple[str, str]]:
    """Return what follows from other work, as icons and sentences."""
    then = audiences.by_default(roles) if roles else frozenset[str]()
    listed = _listed([one for one in audiences.AUDIENCES if one in then])
    said = [("eye", _("They may then read: %(what)s.") % {"what": listed})] if then else []
    more = [one for one in audiences.AUDIENCES if one in then - person.audiences]
    less = [one for one in audiences.AUDIENCES if one in person.audiences - then]
    if more:
        words = _("Whoever leads these lets them in, on their own Team page: %(what)s.")
        said.append(("key-round", words % {"what": _listed(more)}))
    if less and then:
        words = _(
            "They read nothing new of these once whoever leads them has made a new key: %(what)s. "
            "What their laptop holds already stays on it."
        )
        said.append(("shield", words % {"what": _listed(less)}))
    said.append(("check", _("What they wrote until now stays as it is, under their name.")))
    return said


def _leaving(person: Person, clients: int) -> list[tuple[str, str]]:
    """Return what follows when somebody leaves, as icons and sentences."""
    held = _listed([one for one in audiences.AUDIENCES if one in person.audiences])
    said = [
        (
            "inbox",
            _(
                "What has reached you from them stays, under their name. What they share later is "
                "kept aside, never taken in by itself: let them share first."
            ),
        ),
        (
            "laptop",
            _(
                "Their laptops are out of the team. They hold, up to their last sharing: %(what)s. "
                "It cannot be fetched back: have the laptops handed in."
            )
            % {"what": held},
        ),
        ("key-round", _("They read nothing that is shared from now on.")),
    ]
    if clients:
        words = ngettext(
            "%(n)d client has them as key worker. Hand over first, or do it next: the client keeps "
            "this name until then.",
            "%(n)d clients have them as key worker. Hand over first, or do it next: the clients "
            "keep this name until then.",
            clients,
        )
        said.insert(0, ("users", words % {"n": clients}))
    said.append(("undo-2", _("This is not undone. Should they come back, they ask to join again.")))
    return said


def _line(icon: str, words: str) -> QHBoxLayout:
    row = across(IconMark(icon, "info"), label(words, wrap=True), gap=S)
    row.setStretch(1, 1)
    row.setAlignment(Qt.AlignmentFlag.AlignTop)
    return row


def _listed(some: Sequence[str]) -> str:
    return ", ".join(audiences.title(one) for one in some)
