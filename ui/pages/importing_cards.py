# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What lies in the folder, laptop by laptop, and what taking it in would bring.

What a person may not read is counted as kept from them, never named.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.words import _, ngettext
from sync.outcome import Author, Exchanged, Previewed, counted
from sync.reasons import Reason
from ui.clock import local
from ui.kit.card import Card, across, down, holding, reading
from ui.kit.chip import Chip
from ui.kit.empty import Empty
from ui.kit.labels import Disc, IconMark, Part, Passage, Rule, label
from ui.theme import SEMI
from ui.tokens import XS, M, S

Found = Sequence[Previewed]


def by_author(found: Found) -> dict[Author, list[Previewed]]:
    """Return the bundles of each laptop, by its name; those of one in the order they came."""
    grouped: dict[Author, list[Previewed]] = {}
    for one in sorted(found, key=lambda each: each.arrived.author.laptop):
        grouped.setdefault(one.arrived.author, []).append(one)
    return grouped


def waiting_card(found: Found, today: date) -> QWidget:
    """Return the left card: every laptop that sent something."""
    items = _items(found)
    said = _bundles_and_items(len(found), items)
    card = Card(_("Waiting"), corner=label(said, "small", tone="muted"), role="h3", gap=S)
    for at, (author, bundles) in enumerate(by_author(found).items()):
        if at:
            card.add(Rule())
        card.add(_laptop(author, bundles, today))
    card.body.addStretch(1)
    return card


def left(outcome: Exchanged) -> QWidget:
    """Return what stands there after taking in: what is still open, or that nothing is."""
    if outcome.waiting or outcome.aside:
        return reading(left_card(outcome))
    why = " ".join(outcome.notes) or _("Look again at any time.")
    return Empty("inbox", _("Nothing more waits"), why=why, tone="ok")


def left_card(outcome: Exchanged) -> QWidget:
    """Return what is still open after taking in: what else was found, what waits, what is aside."""
    card = Card(_("Still open"), role="h3", gap=S)
    for note in outcome.notes:
        card.add(line("info", "info", note))
    for wait in outcome.waiting:
        card.add(line("hourglass", "warn", wait.words))
    if outcome.waiting:
        calm = _("Nothing is lost: it comes in by itself once that is here.")
        card.add(label(calm, "small", tone="muted", wrap=True))
    whole = [one for one in outcome.aside if one.settled]
    aside = [one for one in whole if not one.waits]
    copying = len(outcome.aside) - len(whole)
    if copying:
        card.add(line("hourglass", "neutral", Reason.INCOMPLETE.stays_out(copying)))
    for one in aside:
        who = one.author.words + ". " if one.author else ""
        card.add(line("archive", "warn", who + one.reason.words))
    card.body.addStretch(1)
    return card


def _laptop(author: Author, bundles: Found, today: date) -> QWidget:
    latest = max(one.arrived.at for one in bundles)
    sealed = say_moment(local(latest).isoformat(timespec="minutes"), today)
    waits = sum(not one.comes_in for one in bundles)
    numbers = ", ".join(str(one.arrived.seq) for one in bundles[:6])
    numbers += "…" if len(bundles) > 6 else ""
    count = _items(bundles)
    changes = ngettext("%(n)d change", "%(n)d changes", count) % {"n": count}
    brings = changes if count else _("no changes")
    named = Passage([Part(author.laptop, weight=SEMI), Part("  " + author.person, "muted")])
    head = across(named, gap=S)  # it wraps beside what waits: a name must never be cut off
    head.setStretch(0, 1)
    if waits:
        head.addWidget(Chip(_waits(waits, len(bundles)), "warn", icon="hourglass"))
    words = down(
        head,
        label(f"{_('No.')} {numbers} · {brings}", "small", tone="muted", wrap=True),
        label(_("sealed %(when)s") % {"when": sealed}, "small", tone="muted"),
        gap=1,
    )
    disc = Disc("laptop", "warn" if waits == len(bundles) else "info")
    row = across(disc, holding(words), gap=M, margins=(0, XS, 0, XS))
    row.setStretch(1, 1)
    row.setAlignment(disc, Qt.AlignmentFlag.AlignTop)
    made = holding(row)
    said = [author.words, changes, *([_waits(waits, len(bundles))] if waits else [])]
    made.setAccessibleName(". ".join(said))
    return made


def _waits(some: int, of: int) -> str:
    """Return that a laptop's bundles wait: all of them, or how many of how many."""
    words = ngettext("%(n)d of %(all)d waits", "%(n)d of %(all)d wait", some)
    return _("waits") if some == of else words % {"n": some, "all": of}


def line(icon: str, tone: str, words: str) -> QWidget:
    """Return an icon and what it says, over as many lines as it needs."""
    row = across(IconMark(icon, tone), label(words, wrap=True), gap=S)
    row.setStretch(1, 1)
    return holding(row)


def _bundles_and_items(bundles: int, items: int) -> str:
    one = ngettext("%(n)d bundle", "%(n)d bundles", bundles) % {"n": bundles}
    other = ngettext("%(n)d change", "%(n)d changes", items) % {"n": items}
    return f"{one}, {other}"


def _items(found: Found) -> int:
    return sum(_total(found).values())


def _total(found: Found) -> Mapping[str, int]:
    return counted(one.arrived.items for one in found)
