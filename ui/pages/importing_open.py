# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What only the coordinator can settle: a bundle nobody has any more, a laptop that wrote twice.

Rules, each with a test:

* What it means, and that nothing is lost by it, is said before anything is decided.
* Giving up asks for a reason; the team reads it. Nothing changes without one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from os import urandom

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.words import _, ngettext
from storage.store import Store
from sync.admission import rule, waive
from sync.forks import Fork, forks
from sync.outcome import Author, Previewed
from sync.unsettled import GivenUp, Missing, given_up, missing
from ui.clock import local
from ui.consulting import nothing
from ui.kit.buttons import HANG, Button, Kind, button
from ui.kit.card import Card, across, clear, down, holding
from ui.kit.labels import Disc, Rule, label
from ui.kit.notice import Notice
from ui.kit.section_rule import SectionRule
from ui.pages.importing_reason import GIVING_UP, AskWhy
from ui.session import Session
from ui.theme import SEMI
from ui.tokens import XS, M, S


@dataclass(frozen=True, slots=True)
class Questions:
    """What waits for the coordinator, and what was given up before."""

    missing: Sequence[Missing] = ()
    forks: Sequence[Fork] = ()
    given_up: Sequence[GivenUp] = ()

    @property
    def count(self) -> int:
        """Return how many wait."""
        return len(self.missing) + len(self.forks)

    @property
    def words(self) -> str:
        """Return it in a sentence; one bundle that is missing by name: it may be on its way."""
        if self.count == 1 and self.missing:
            words = _(
                "%(which)s: not arrived yet. Ask that laptop's owner to share again; settle it "
                "here only when nobody can."
            )
            return words % {"which": self.missing[0].which}
        return ngettext(
            "%(n)d question waits that only you can settle.",
            "%(n)d questions wait that only you can settle.",
            self.count,
        ) % {"n": self.count}


def questions(store: Store) -> Questions:
    """Return what waits for the coordinator of this vault."""
    return Questions(missing(store), forks(store), given_up(store))


class Strip(Notice):
    """Says that something waits for the coordinator; hidden while nothing does.

    Signals:
        settle: the `Questions` somebody wants to settle.
    """

    settle = Signal(object)

    def __init__(self, session: Session) -> None:
        act = button(_("Settl&e…"), small=True, name=_("Settle what only you can settle"))
        super().__init__("", "warn", icon="unlink", buttons=[act])
        self._session, self.found = session, Questions()
        self._comes: frozenset[tuple[Author, int]] = frozenset()
        self._lies: Sequence[Missing] = ()
        act.clicked.connect(lambda: self.settle.emit(self.found))
        self.hide()

    def ask(self) -> None:
        """Ask the casebook anew."""
        self._session.ask(questions, self._show, shows=nothing, owner=self, name="questions")

    def heed(self, looked_at: Sequence[Previewed]) -> None:
        """Say nothing of bundles that a look has found: they come in with the next press."""
        bundles = (one.arrived for one in looked_at if one.comes_in)
        comes = frozenset((one.author, one.seq) for one in bundles)
        if comes != self._comes:
            self._comes = comes
            self._show(self.found)

    def heed_stick(self, lies: Sequence[Missing]) -> None:
        """Say nothing of bundles that lie on the stick in front of the person."""
        self._lies = lies
        self._show(self.found)

    def forget(self) -> None:
        """Say everything again: neither a look nor a stick is in front of the person any more."""
        self._comes, self._lies = frozenset(), ()
        self._show(self.found)

    def _show(self, found: Questions) -> None:
        self.found = found
        still = [one for one in map(self._still, found.missing) if one is not None]
        left = replace(found, missing=still)
        self.setVisible(bool(left.count))
        self.say(left.words)

    def _still(self, one: Missing) -> Missing | None:
        """Return what of some bundles is still missing; None for nothing."""
        lie = {n for each in self._lies if each.feed == one.feed for n in _numbers(each)}
        gone = [n for n in _numbers(one) if n not in lie and (one.author, n) not in self._comes]
        return replace(one, first=gone[0], last=gone[-1]) if gone else None


def _numbers(some: Missing) -> range:
    return range(some.first, some.last + 1)


class OpenQuestions(QWidget):
    """The list of what is open, and one of them being settled.

    Signals:
        done: what to say, once one was settled.
        closed: it was left.
    """

    done = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, found: Questions) -> None:
        super().__init__()
        self._session, self._found = session, found
        self.why: AskWhy | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)

    def start(self) -> None:
        """List what is open."""
        card = Card(_("Only you can settle this"), role="h3", gap=S)
        for at, one in enumerate(self._found.missing):
            if at:
                card.add(Rule())
            card.add(self._missing(one))
        for fork in self._found.forks:
            card.add(Rule())
            card.add(self._fork(fork))
        if self._found.given_up:
            card.add(SectionRule(_("Given up before"), end=_("It comes in should it turn up")))
            for gone in self._found.given_up:
                card.add(label(_gone(gone), "small", tone="muted", wrap=True))
        leave = button(_("&Back"), "quiet", icon="arrow-left")
        leave.clicked.connect(self.closed)
        card.add(across(leave, None, margins=(-HANG, S, 0, 0)))
        card.body.addStretch(1)
        self._fill(card)
        card.findChildren(Button)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self, one: Missing) -> None:
        """Ask why bundles are given up, after saying what it means."""
        card = Card(_("Give up: %(which)s") % {"which": one.which}, role="h3", gap=S)
        for words in (
            _("Only do this when no laptop and no stick can still hold it."),
            _(
                "Ask first: every laptop that shares puts back what it still holds. Look at "
                "Sharing for laptops not heard from since."
            ),
            _(
                "What waits for it then comes in without it, on every laptop. What was written in "
                "it is missing until it turns up; then it is taken in after all."
            ),
        ):
            card.add(label(words, wrap=True))
        self.why = why = AskWhy(
            self._session,
            GIVING_UP,
            one.feed + one.first.to_bytes(4, "big") + one.last.to_bytes(4, "big"),
            asks=_("&Why it is given up"),
            hint=_("Everybody in the team may read it: name no client."),
        )
        card.add(across(why, margins=(0, S, 0, 0)))
        act = button(_("&Give it up"), Kind.DANGER, icon="unlink")
        act.clicked.connect(lambda: self._waive(one, why, act))
        why.field.returnPressed.connect(act.click)
        card.add(self._foot(act))
        card.body.addStretch(1)
        self._fill(card)
        why.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def decide(self, fork: Fork) -> None:
        """Say what it means that a laptop wrote twice, and keep both."""
        title = _("%(who)s wrote bundle %(n)d twice") % {"who": fork.author.words, "n": fork.seq}
        card = Card(title, role="h3", gap=S)
        for words in (
            _(
                "A copy of its disk, or an old backup put back, has written on under a number that "
                "was used. Both are signed with that laptop's keys."
            ),
            _(
                "Keep both: the one your casebook has taken in keeps its number; the other and all "
                "that follows it come in beside it. Nothing is lost, nothing is overwritten."
            ),
            _(
                "Ask its owner whether somebody else has a copy of the disk. If so, take the "
                "laptop out on Team."
            ),
        ):
            card.add(label(words, wrap=True))
        act = button(_("&Keep both"), "primary", icon="columns-2")
        act.clicked.connect(lambda: self._rule(fork, act))
        card.add(self._foot(act))
        card.body.addStretch(1)
        self._fill(card)
        act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _waive(self, one: Missing, why: AskWhy, act: Button) -> None:
        now_ms = self._session.clock.now_ms()
        words = why.given(_("Say why it is given up. Nothing was changed."))
        if not words:
            return

        def give_up(store: Store) -> None:
            waive(
                store,
                one.feed,
                first=one.first,
                last=one.last,
                now_ms=now_ms,
                random=urandom,
                words=words,
            )

        self._do(give_up, act, _("%(which)s: given up.") % {"which": one.which}, why.drafting.drop)

    def _rule(self, fork: Fork, act: Button) -> None:
        now_ms = self._session.clock.now_ms()

        def keep_both(store: Store) -> None:
            rule(store, fork, keep=fork.one, now_ms=now_ms, random=urandom)

        said = _("Bundle %(n)d of %(who)s: both are kept.")
        self._do(keep_both, act, said % {"n": fork.seq, "who": fork.author.words})

    def _do(
        self,
        work: Callable[[Store], None],
        act: Button,
        said: str,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        act.setEnabled(False)
        goes = _("The others learn it when you share.")

        def done(_none: None) -> None:
            then()
            self.done.emit(f"{said} {goes}")

        self._session.work(work, done, owner=self)

    def _fill(self, widget: QWidget) -> None:
        clear(self._body)
        self._body.addWidget(widget)
        widget.show()  # or it could not take the keyboard yet

    def _foot(self, act: Button) -> QHBoxLayout:
        leave = button(_("&Not now"), "quiet")
        leave.clicked.connect(self.start)
        return across(leave, None, act, margins=(-HANG, S, 0, 0))

    def _missing(self, one: Missing) -> QWidget:
        since = say_moment(local(one.since_ms).isoformat(timespec="minutes"), self._session.today())
        act = button(_("Give up…"), small=True, name=_("Give up: %(which)s") % {"which": one.which})
        act.clicked.connect(lambda: self.give_up(one))
        head = _("%(which)s has not arrived") % {"which": one.which}
        if one.last > one.first:
            head = _("%(which)s have not arrived") % {"which": one.which}
        return _row("unlink", head, one.since(since), act)

    def _fork(self, fork: Fork) -> QWidget:
        head = _("%(who)s wrote bundle %(n)d twice") % {"who": fork.author.words, "n": fork.seq}
        act = button(_("Decide…"), small=True, name=_("Decide: %(what)s") % {"what": head})
        act.clicked.connect(lambda: self.decide(fork))
        return _row("columns-2", head, _("What follows it waits for you. Nothing is lost."), act)


def _row(icon: str, head: str, words: str, act: Button) -> QWidget:
    said = down(
        label(head, weight=SEMI, wrap=True), label(words, "small", tone="muted", wrap=True), gap=1
    )
    row = across(Disc(icon, "warn"), holding(said), act, gap=M, margins=(0, XS, 0, XS))
    row.setStretch(1, 1)
    return holding(row)


def _gone(gone: GivenUp) -> str:
    count = gone.last - gone.first + 1
    which = ngettext(
        "Bundle %(first)d from %(who)s", "Bundles %(first)d to %(last)d from %(who)s", count
    ) % {"first": gone.first, "last": gone.last, "who": gone.author.words}
    return f"{which}. {gone.words}".strip()
