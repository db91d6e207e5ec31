# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One client at a forum, on the room's screen: what changed, both lanes, actions, the score."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.dates import say_born, say_short
from desktop_app.casework.forum_card import Card as Facts
from desktop_app.casework.forum_card import Criterion, Line, Risk
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _, ngettext
from ui.kit.buttons import button
from ui.kit.card import Card, across, clear, down, holding, scrolling
from ui.kit.chip import Chip
from ui.kit.keycap import Keycap
from ui.kit.labels import Disc, Part, Words, label
from ui.kit.labels import Line as OneLine
from ui.pages.forum_facts import Shown
from ui.pages.score_line import ScoreLine
from ui.pages.today_words import parts
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import M, S


def initials(name: str) -> str:
    """Return "D. M." of "MARSH, Daniel": what a room may see."""
    surname, _comma, forenames = name.partition(",")
    letters = [*(one[:1] for one in forenames.split()), surname.strip()[:1]]
    return " ".join(f"{one.upper()}." for one in letters if one)


class ForumCard(QWidget):
    """The card. It holds nothing but what is for all partners.

    Signals:
        score_wanted: the room wants to score this client.
    """

    score_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: Shown | None = None
        self.private = True
        self.name = label("", "h1", weight=BOLD)
        self.beside = label("", tone="muted")
        self.why = OneLine([])
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setSpacing(M)
        grid.addLayout(self._left, 0, 0)
        grid.addLayout(self._right, 0, 1)
        grid.setColumnStretch(0, 11)
        grid.setColumnStretch(1, 10)
        inner = QWidget()
        inner.setLayout(grid)
        whole = down(across(self.name, self.beside, None, gap=M), self.why, scrolling(inner), gap=S)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def set_private(self, *, private: bool) -> None:
        """Show initials and no date of birth, or the name."""
        self.private = private
        self._say_who()

    def show_client(self, shown: Shown | None) -> None:
        """Show another client; nobody with None."""
        self._shown = shown
        for column in (self._left, self._right):
            clear(column)
        self._say_who()
        if shown is None:
            return
        card, team = shown.card, self._session.team
        self.why.set_parts(parts(shown.item.because) if shown.item else [])
        self._left.addWidget(_changes(card, self._session))
        self._left.addWidget(_lanes(card))
        self._left.addWidget(_actions(card, team, self._session))
        self._left.addStretch(1)
        self._right.addWidget(_risk(card.risk, self.score_wanted.emit))
        self._right.addStretch(1)

    def called(self, name: str) -> str:
        """Return a name as the room may see it."""
        return initials(name) if self.private else name

    def _say_who(self) -> None:
        if self._shown is None:
            self.name.setText("")
            self.beside.setText("")
            self.why.set_parts([])
            return
        client = self._shown.file.client
        self.name.setText(self.called(full_name(client.answers)))
        born = say_born(client.text("born"), self._session.today())
        said = reference(client.id)
        self.beside.setText(said if self.private or not born else f"{said} · {born}")


def _box(title: str, pieces: Sequence[QWidget], *, icon: str = "", tone: str = "muted") -> Card:
    made = Card()
    head = across(gap=6)
    if icon:
        head.addWidget(Disc(icon, tone, size=22))
    head.addWidget(label(title, "h3", weight=SEMI))
    head.addStretch(1)
    made.add(holding(head))
    for one in pieces:
        made.add(one)
    made.add(QWidget(), 1)
    return made


def _told(line: Line) -> QWidget:
    row: QHBoxLayout = across(gap=6)
    if line.icon:
        row.addWidget(Disc(line.icon, line.tone, size=22))
    row.addWidget(label(line.words, wrap=True), 1)
    if line.when:
        row.addWidget(label(line.when, "small", tone="muted"))
    return holding(row)


def _stands(line: Line) -> QWidget:
    """Return a line of a lane: what, and beneath it until when."""
    column = down(label(line.words, wrap=True), gap=0)
    if line.when:
        column.addWidget(label(line.when, "small", tone="muted", wrap=True))
    return holding(column)


def _nothing(words: str) -> Words:
    return label(words, tone="muted", wrap=True)


def _changes(card: Facts, session: Session) -> Card:
    since = say_short(card.since.isoformat(), session.today())
    pieces = [_told(one) for one in card.changes]
    if not pieces:
        pieces = [_nothing(_("Nothing for all partners was recorded since."))]
    if card.more:
        words = ngettext("and %(n)d more", "and %(n)d more", card.more) % {"n": card.more}
        pieces.append(_nothing(words))
    return _box(_("Since %(day)s") % {"day": since}, pieces)


def _lanes(card: Facts) -> QWidget:
    support = [_stands(one) for one in card.support] or [_nothing(_("No support is recorded."))]
    police = [_stands(one) for one in card.enforcement] or [_nothing(_("Not targeted."))]
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(M)
    row.addWidget(_box(_("Support"), support, icon="heart-handshake", tone="ok"), 1)
    row.addWidget(_box(_("Enforcement"), police, icon="shield", tone="info"), 1)
    return holding(row)


def _actions(card: Facts, team: Team, session: Session) -> Card:
    pieces = []
    for one, late in card.actions:
        day = say_short(one.due_on.isoformat(), session.today()) if one.due_on else ""
        said = across(gap=6)
        said.addWidget(label(one.what, wrap=True), 1)
        said.addWidget(label(team.name_of(one.owner), "small", tone="muted"))
        if late:
            said.addWidget(Chip(_("late: %(day)s") % {"day": day}, "warn", icon="clock"))
        else:
            said.addWidget(label(day, "small", tone="muted"))
        pieces.append(holding(said))
    done = ngettext("%(n)d done since", "%(n)d done since", card.done) % {"n": card.done}
    if not pieces:
        pieces = [_nothing(_("No action is open."))]
    return _box(_("Actions, %(done)s") % {"done": done}, pieces)


def _risk(risk: Risk | None, score: Callable[[], object]) -> Card:
    act = button(_("Score") if risk is None else _("Score anew"), small=True, icon="scale")
    act.clicked.connect(lambda _on=False: score())
    live = holding(across(Keycap("E"), act, label(_("asks for the evidence"), tone="muted"), None))
    if risk is None:
        return _box(_("Score"), [_nothing(_("Nobody has scored them yet.")), live])
    made = _box(_("Score"), [ScoreLine(risk), live])
    for one in risk.criteria:
        made.add(_criterion(one))
    if not risk.criteria:
        made.add(_nothing(_("The criteria it was scored by are not on this laptop.")))
    return made


def _criterion(one: Criterion) -> QWidget:
    points = "-" if one.points is None else str(one.points)
    row = across(gap=6)
    row.addWidget(label(one.question, weight=SEMI, wrap=True), 1)
    change = _changed(one)
    row.addWidget(label(points, weight=BOLD))
    row.addWidget(label(change.text, "small", tone=change.tone))
    column: QBoxLayout = down(row, gap=0)
    if one.evidence:
        column.addWidget(label(one.evidence, "small", tone="muted", wrap=True))
    return holding(column)


def _changed(one: Criterion) -> Part:
    if one.points is None or one.before is None:
        return Part("", "muted")
    more = one.points - one.before
    if not more:
        return Part(_("same"), "muted")
    return Part(f"{more:+d}".replace("-", "\N{MINUS SIGN}"), "bad" if more > 0 else "ok")
