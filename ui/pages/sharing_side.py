# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The right-hand side of Sharing: has it arrived, who was heard from, what waits or is aside."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.words import _
from sync.arrival import Arrival, NotYet
from sync.outcome import items_in_words
from sync.reasons import Reason, there
from sync.unsettled import Missing
from ui.clock import local
from ui.kit.buttons import EN_SPACE, button
from ui.kit.card import Card, across, clear, down, holding
from ui.kit.chip import Chip
from ui.kit.labels import IconMark, Part, Passage, label
from ui.kit.notice import Notice
from ui.pages.importing_aside import ASIDE
from ui.pages.sharing_facts import AsideRow, Heard, SharingFacts
from ui.places import Place
from ui.theme import SEMI
from ui.tokens import S

SHOWN = 6


class Side(QWidget):
    """Cards that answer the worker's next questions.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_facts(self, facts: SharingFacts, today: date) -> None:
        """Show how things stand."""
        clear(self._column)
        for one in facts.warnings:
            self._column.addWidget(Notice(one, "warn"))
        for gap in facts.missing[:SHOWN]:
            self._column.addWidget(_gap(gap, today))
        self._column.addWidget(_arrived(facts.arrivals, today))
        self._column.addWidget(_heard(facts.heard, today))
        if facts.aside:
            self._column.addWidget(self._aside(facts.aside, today))
        self._column.addStretch(1)

    def _aside(self, rows: Sequence[AsideRow], today: date) -> QWidget:
        card = _aside(rows, today)
        act = button(
            _("What you can do…"), small=True, name=_("What you can do about what is set aside")
        )
        act.clicked.connect(lambda: self.go.emit(Place("import", form=ASIDE)))
        card.add(across(act, None))
        return card


def _gap(gap: Missing, today: date) -> QWidget:
    head = _("%(who)s: bundle %(n)d has not arrived.")
    comes = _("Nothing is lost: it comes when that laptop next shares.")
    if gap.last > gap.first:
        head = _("%(who)s: bundles %(n)d to %(last)d have not arrived.")
        comes = _("Nothing is lost: they come when that laptop next shares.")
    head = head % {"who": gap.author.words, "n": gap.first, "last": gap.last}
    since = gap.since(_moment(gap.since_ms, today))
    return Notice(f"{since} {comes}", "warn", head=head, icon="unlink")


def _arrived(arrivals: Sequence[Arrival], today: date) -> QWidget:
    card = Card(_("Has it arrived?"), gap=10)  # more between two than within one
    if not arrivals:
        card.add(
            label(
                _("Once you have shared something you wrote, this says which laptops have it."),
                "small",
                tone="muted",
                wrap=True,
            )
        )
    for one in arrivals:
        card.add(_arrival(one, today))
    return card


def _arrival(arrival: Arrival, today: date) -> QWidget:
    one = arrival.receipt
    all_have = bool(one.have) and not one.missing
    icon, tone = ("check-check", "ok") if all_have else ("check", "info")
    if not one.have:
        icon, tone = "clock", "muted"
    name = Passage(
        [
            Part(_("No. %(n)d") % {"n": one.seq}, weight=SEMI),
            Part(EN_SPACE + _("sealed %(when)s") % {"when": _moment(one.at, today)}, "muted"),
        ],
        "small",
    )
    what = label(items_in_words(arrival.items), "small", tone="muted", wrap=True)
    if all_have:
        said = label(_("Everyone has it"), "small", tone=tone, weight=SEMI)
        row = across(name, IconMark(icon, tone), said, gap=6)
        row.setStretch(0, 1)
        return holding(down(row, what, gap=1))
    words = label(one.words, "small", tone=tone, wrap=True)
    beneath = across(IconMark(icon, tone), words, gap=6)
    beneath.setStretch(1, 1)
    lines = [
        label(
            _not_yet(each, today), "small", tone="warn" if _is_aside(each) else "muted", wrap=True
        )
        for each in _told(arrival)
    ]
    return holding(down(name, what, beneath, *lines, gap=1))


def _told(arrival: Arrival) -> Iterable[NotYet]:
    """Return the laptops worth a line: where it is aside, or waits, or that shared without it."""
    has_some = bool(arrival.receipt.have)
    worth = [
        each for each in arrival.not_yet if each.why or each.waits_for or (each.since and has_some)
    ]
    return sorted(worth, key=lambda each: not _is_aside(each))


def _is_aside(one: NotYet) -> bool:
    """Say whether a laptop has told that it set a bundle aside for more than an earlier one."""
    return bool(one.why) and one.why != Reason.GAP


def _not_yet(one: NotYet, today: date) -> str:
    """Return what is known of a laptop that does not have a bundle."""
    who = one.author.laptop
    if _is_aside(one):
        said = {"laptop": who, "who": one.author.person, "why": there(one.why)}
        return _("Set aside on %(laptop)s (%(who)s): %(why)s.") % said
    if one.waits_for:
        author, seq = one.waits_for[0]
        words = _("%(who)s: it would wait there for bundle %(n)d from %(whom)s.")
        if one.why:
            words = _("%(who)s: it is there and waits for bundle %(n)d from %(whom)s.")
        return words % {"who": who, "n": seq, "whom": author.words}
    if one.why:
        return _("%(who)s: it is there and waits for an earlier bundle.") % {"who": who}
    heard = _moment(one.heard_ms, today)
    words = _(
        "%(who)s was heard from since, %(when)s. If it stays so, its owner can see why on Import."
    )
    return words % {"who": who, "when": heard}


def _moment(at_ms: int, today: date) -> str:
    return say_moment(local(at_ms).isoformat(timespec="minutes"), today)


def _heard(laptops: Sequence[Heard], today: date) -> QWidget:
    card = Card(_("Last heard from"), gap=6)
    others = [one for one in laptops if not one.mine]
    if not others:
        card.add(
            label(
                _("Nobody else is in the team yet. Invite them on the Team page."),
                "small",
                tone="muted",
                wrap=True,
            )
        )
    for one in others:
        when = say_moment(local(one.at).isoformat(timespec="minutes"), today) if one.at else ""
        line = Passage([Part(one.laptop, "text", SEMI), Part(EN_SPACE + one.person, "muted")])
        row = across(
            IconMark("laptop", "muted" if one.at else "warn"),
            line,
            label(when, "small", tone="muted") if when else Chip(_("Not yet"), "warn"),
            gap=S,
        )
        row.setStretch(1, 1)
        card.add(row)
    return card


def _aside(rows: Sequence[AsideRow], today: date) -> Card:
    count = Chip(str(len(rows)), "neutral")
    card = Card(_("Set aside"), corner=count, gap=S)
    card.add(
        label(
            _("Nothing of it is in your casebook. It is tried again whenever you share."),
            "small",
            tone="muted",
            wrap=True,
        )
    )
    for one in _latest(rows):
        since = say_moment(local(one.at).isoformat(timespec="minutes"), today)
        words = down(
            label(one.which, weight=SEMI, wrap=True),
            label(one.words, wrap=True),
            label(_("since %(when)s") % {"when": since}, "small", tone="muted"),
            gap=1,
        )
        mark = IconMark("archive", "bad")
        row = across(mark, holding(words), gap=S)
        row.setStretch(1, 1)
        row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        card.add(row)
    more = len(rows) - SHOWN
    if more > 0:
        card.add(label(_("and %(n)d more") % {"n": more}, "small", tone="muted"))
    return card


def _latest(rows: Sequence[AsideRow]) -> Iterable[AsideRow]:
    return sorted(rows, key=lambda one: -one.at)[:SHOWN]
