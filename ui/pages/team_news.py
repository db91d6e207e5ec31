# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""News of the team, on Today: this laptop is out, another is, or all hangs on this one.

Rules, each with a test:

* That this laptop seems to be out is said as long as it holds; there is no way to put it away.
* That another laptop is out is said until it was read; Team says it ever after.
* That there are no keepers' papers yet is said to whoever can make them, until they are made.
* Nothing here takes the keyboard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.letters import set_apart
from desktop_app.casework.words import _, ngettext
from storage.store import Store
from sync.acts import alone
from sync.seat import seat_of, seated
from sync.shut_out import is_shut_out, shut_out_words
from sync.taken_out import Out, have_read, unread
from ui.clock import local
from ui.consulting import nothing
from ui.exchanging import Exchanging
from ui.kit.buttons import Button, button
from ui.kit.card import clear
from ui.kit.notice import Notice
from ui.places import Place
from ui.session import Session

MAKE_PAPERS = Place("keepers", form="papers")
MOST = 2
"""So many laptops are told in a sentence each; of more it is only said how many."""


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told.

    Attributes:
        shut_out: whether this laptop seems to be out of the team.
        alone: whether this laptop alone decides, with no keepers' papers.
        out: other laptops that are out, since it was last read who is.
    """

    shut_out: bool = False
    alone: bool = False
    out: tuple[Out, ...] = ()


def news(store: Store) -> News:
    """Ask the vault what is to be told of the team."""
    held = seat_of(store)
    if held is None:
        return News()
    return News(is_shut_out(store, held), alone(store), tuple(unread(store, held)))


class TeamNews(QWidget):
    """What somebody should know of their team; hidden while there is nothing.

    Signals:
        go: a `Place` to go to.
    """

    go = Signal(object)

    def __init__(self, session: Session, exchanging: Exchanging) -> None:
        super().__init__()
        self._session = session
        self._shown = News()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()
        session.team_changed.connect(self.ask)
        exchanging.done.connect(lambda _outcome: self.ask())
        self.ask()

    def ask(self) -> None:
        """Ask the vault."""
        self._session.ask(news, self._show, shows=nothing, owner=self, name="team news")

    def _show(self, found: News) -> None:
        if found == self._shown:
            return
        self._shown = found
        clear(self._column)
        for notice in self._notices(found):
            self._column.addWidget(notice)
        self.setVisible(found != News())

    def _notices(self, found: News) -> list[Notice]:
        said = []
        if found.shut_out:
            act = self._to(_("Open Sharing"), Place("sharing"))
            said.append(Notice(shut_out_words(), "warn", icon="user-x", buttons=[act]))
        if found.out:
            read = button(_("I have read it"), small=True)
            read.clicked.connect(self._read)
            act = self._to(_("Open Team"), Place("team"), quiet=True)
            words = told(found.out, self._session.today())
            said.append(Notice(words, "info", icon="laptop", buttons=[act, read]))
        if found.alone:
            act = self._to(_("Make the papers"), MAKE_PAPERS)
            words = _(
                "The keepers' papers are not made yet: were this laptop lost, nobody could be let "
                "into the team any more. It takes ten minutes and a printer."
            )
            said.append(Notice(words, "neutral", icon="file-text", buttons=[act]))
        return said

    def _to(self, words: str, place: Place, *, quiet: bool = False) -> Button:
        act = button(words, "quiet" if quiet else "plain", small=True)
        act.clicked.connect(lambda: self.go.emit(place))
        return act

    def _read(self) -> None:
        def read(store: Store) -> None:
            have_read(store, seated(store))

        self._session.work(read, lambda _none: self.ask(), owner=self)


def told(out: Sequence[Out], today: date) -> str:
    """Return which laptops are out, since when, and what of it."""
    if len(out) > MOST:
        words = ngettext(
            "%(n)d laptop was taken out of the team: %(who)s.",
            "%(n)d laptops were taken out of the team: %(who)s.",
            len(out),
        )
        names = ", ".join(set_apart(one.author.words) for one in out)
        said = [words % {"n": len(out), "who": names}]
    else:
        said = [said_of(one, today) for one in out]
    what = ngettext(
        "It reads nothing you share from now on. What had come from it stays.",
        "They read nothing you share from now on. What had come from them stays.",
        len(out),
    )
    return " ".join([*said, what])


def said_of(one: Out, today: date) -> str:
    """Return that a laptop is out, and since when where that is known."""
    said = {"who": set_apart(one.author.person), "laptop": set_apart(one.author.laptop)}
    if not one.at_ms:
        return _("%(laptop)s of %(who)s is out of the team.") % said
    said["when"] = say_moment(local(one.at_ms).isoformat(timespec="minutes"), today)
    if one.left:
        words = _("%(who)s left the team on %(when)s, and %(laptop)s is out of it.")
    else:
        words = _("%(laptop)s of %(who)s has been out of the team since %(when)s.")
    return words % said
