# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The right-hand side of Sharing: has it arrived, who was heard from, what waits or is aside."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.words import _, ngettext
from sync.outcome import Receipt, Waiting
from ui.clock import local
from ui.kit.buttons import EN_SPACE
from ui.kit.card import Card, across, clear, down, holding
from ui.kit.chip import Chip
from ui.kit.labels import IconMark, Part, Passage, label
from ui.kit.notice import Notice
from ui.pages.sharing_facts import AsideRow, Heard, SharingFacts
from ui.theme import SEMI
from ui.tokens import XS, S

SHOWN = 6


class Side(QWidget):
    """Cards that answer the worker's next questions."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_facts(
        self, facts: SharingFacts, waiting: Sequence[Waiting], notes: Sequence[str], today: date
    ) -> None:
        """Show how things stand.

        Args:
            facts: as the vault says.
            waiting: bundles that wait for another, from the latest exchange.
            notes: what else the latest exchange had to tell.
            today: the day.
        """
        clear(self._column)
        for one in notes:
            self._column.addWidget(Notice(one, "warn"))
        if waiting:
            self._column.addWidget(_gap(waiting))
        self._column.addWidget(_arrived(facts.receipts, today))
        self._column.addWidget(_heard(facts.heard, today))
        if facts.aside:
            self._column.addWidget(_aside(facts.aside, today))
        self._column.addStretch(1)


def _gap(waiting: Sequence[Waiting]) -> QWidget:
    first = waiting[0]
    count = len(waiting)
    head = _("%(who)s: bundle %(n)d has not arrived.") % {
        "who": first.for_author.words,
        "n": first.for_seq,
    }
    words = ngettext(
        "%(n)d bundle waits for it. Nothing is lost: it comes when that laptop next shares.",
        "%(n)d bundles wait for it. Nothing is lost: it comes when that laptop next shares.",
        count,
    ) % {"n": count}
    box = Notice(words, "warn", head=head, icon="unlink")
    lines = [label(one.words, "small", tone="muted", wrap=True) for one in waiting[:SHOWN]]
    return holding(down(box, *lines, gap=XS))


def _arrived(receipts: Sequence[Receipt], today: date) -> QWidget:
    card = Card(_("Has it arrived?"), gap=6)
    if not receipts:
        card.add(
            label(
                _("Once you have shared, this says which laptops have it."),
                "small",
                tone="muted",
                wrap=True,
            )
        )
    for one in receipts:
        card.add(_receipt(one, today))
    return card


def _receipt(one: Receipt, today: date) -> QWidget:
    all_have = bool(one.have) and not one.missing
    icon, tone = ("check-check", "ok") if all_have else ("check", "info")
    if not one.have:
        icon, tone = "clock", "muted"
    sealed = say_moment(local(one.at).isoformat(timespec="minutes"), today)
    name = Passage(
        [
            Part(_("No. %(n)d") % {"n": one.seq}, weight=SEMI),
            Part(EN_SPACE + _("sealed %(when)s") % {"when": sealed}, "muted"),
        ],
        "small",
    )
    if all_have:
        said = label(_("Everyone has it"), "small", tone=tone, weight=SEMI)
        row = across(name, IconMark(icon, tone), said, gap=6)
        row.setStretch(0, 1)
        return holding(row)
    words = label(one.words, "small", tone=tone, wrap=True)
    beneath = across(IconMark(icon, tone), words, gap=6)
    beneath.setStretch(1, 1)
    return holding(down(name, beneath, gap=1))


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


def _aside(rows: Sequence[AsideRow], today: date) -> QWidget:
    count = Chip(str(len(rows)), "neutral")
    card = Card(_("Set aside"), corner=count, gap=S)
    card.add(
        label(
            _("Kept, never opened into the casebook, and tried again each time."),
            "small",
            tone="muted",
            wrap=True,
        )
    )
    for one in _latest(rows):
        since = say_moment(local(one.at).isoformat(timespec="minutes"), today)
        words = down(
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
