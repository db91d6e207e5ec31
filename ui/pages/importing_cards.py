# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What lies in the folder, laptop by laptop, and what taking it in would bring.

What a person may not read is counted as kept from them, never named.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.casework import audience as audiences
from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.forms import forms
from desktop_app.casework.words import _, ngettext
from sync.outcome import Author, Exchanged, Previewed, counted
from ui.clock import local
from ui.kit.card import Card, across, down, holding
from ui.kit.chip import Chip
from ui.kit.labels import Disc, IconMark, Line, Part, Rule, label
from ui.kit.notice import Notice
from ui.kit.section_rule import SectionRule
from ui.theme import BOLD, SEMI
from ui.tokens import XS, L, M, S

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


def brings_card(found: Found) -> QWidget:
    """Return the right card: numbers first, then what costs a person time, then the rest."""
    count = len(found)
    title = ngettext(
        "If you take in this %(n)d bundle", "If you take in these %(n)d bundles", count
    )
    card = Card(title % {"n": count}, role="h3", gap=S)
    waits = sum(bool(one.waits) for one in found)
    kept = {name for one in found for name in one.arrived.sealed_off}
    numbers = (
        ("laptop", "info", len(by_author(found)), _("laptops")),
        ("mail", "neutral", count, _("bundles")),
        ("file-text", "neutral", _items(found), _("changes")),
        ("hourglass", "warn" if waits else "neutral", waits, _("waiting")),
    )
    card.add(across(*(_number(*one) for one in numbers), None, gap=L))
    card.add(Rule())
    if waits:
        card.add(SectionRule(_("Waits for another"), end=_("Comes in by itself later")))
        for one in found:
            for wait in one.waits:
                card.add(line("hourglass", "warn", wait.words))
    card.add(SectionRule(_("What comes in"), end=_("Safety first, then the most")))
    for name, total in sorted(_total(found).items(), key=_safety_first):
        card.add(_kind(name, total, found))
    if kept:
        card.add(SectionRule(_("Not for you"), end=_("Stays sealed on this laptop")))
        card.add(line("eye-off", "neutral", ", ".join(map(audiences.title, sorted(kept)))))
    card.add(_calm())
    card.body.addStretch(1)
    return card


def left_card(outcome: Exchanged) -> QWidget:
    """Return what is still open after taking in: what waits, and what was set aside."""
    card = Card(_("Still open"), role="h3", gap=S)
    for wait in outcome.waiting:
        card.add(line("hourglass", "warn", wait.words))
    for aside in outcome.aside:
        who = aside.author.words + ". " if aside.author else ""
        card.add(line("archive", "bad", who + aside.words))
    card.add(
        label(
            _("What is set aside is kept, never opened into the casebook, and tried each time."),
            "small",
            tone="muted",
            wrap=True,
        )
    )
    card.body.addStretch(1)
    return card


def _laptop(author: Author, bundles: Found, today: date) -> QWidget:
    latest = max(one.arrived.at for one in bundles)
    sealed = say_moment(local(latest).isoformat(timespec="minutes"), today)
    waits = any(one.waits for one in bundles)
    numbers = ", ".join(str(one.arrived.seq) for one in bundles[:6])
    numbers += "…" if len(bundles) > 6 else ""
    count = _items(bundles)
    changes = ngettext("%(n)d change", "%(n)d changes", count) % {"n": count}
    named = Line([Part(author.laptop, weight=SEMI), Part("  " + author.person, "muted")])
    head = across(named, gap=S)
    if waits:
        head.addWidget(Chip(_("waits"), "warn", icon="hourglass"))
    words = down(
        head,
        label(f"{_('No.')} {numbers} · {changes}", "small", tone="muted", wrap=True),
        label(_("sealed %(when)s") % {"when": sealed}, "small", tone="muted"),
        gap=1,
    )
    disc = Disc("laptop", "warn" if waits else "info")
    row = across(disc, holding(words), gap=M, margins=(0, XS, 0, XS))
    row.setStretch(1, 1)
    row.setAlignment(disc, Qt.AlignmentFlag.AlignTop)
    made = holding(row)
    made.setAccessibleName(f"{author.words}. {changes}")
    return made


def _kind(name: str, total: int, found: Found) -> QWidget:
    form = forms().get(name)
    if form is None:
        words, icon, tone = _("Of a newer kind of form"), "file-text", "neutral"
    else:
        words, icon, tone = _(form.title) if total == 1 else _(form.plural), form.icon, form.tone
    laptops = [
        author.laptop for author, bundles in by_author(found).items() if _total(bundles).get(name)
    ]
    line = Line([Part(f"{total} {words[:1].lower() + words[1:]}", weight=SEMI)])
    row = across(
        Disc(icon, tone, size=26), line, label(", ".join(laptops), "small", tone="muted"), gap=M
    )
    row.setStretch(1, 1)
    return holding(row)


def _safety_first(item: tuple[str, int]) -> tuple[bool, int, str]:
    name, count = item
    form = forms().get(name)
    return (form is None or form.tone != "bad", -count, name)


def line(icon: str, tone: str, words: str) -> QWidget:
    """Return an icon and what it says, over as many lines as it needs."""
    row = across(IconMark(icon, tone), label(words, wrap=True), gap=S)
    row.setStretch(1, 1)
    return holding(row)


def _number(icon: str, tone: str, count: int, words: str) -> QWidget:
    said = down(label(str(count), "h2", weight=BOLD), label(words, "small", tone="muted"), gap=0)
    made = holding(across(Disc(icon, tone, size=32), said, gap=S))
    made.setAccessibleName(f"{count} {words}")
    return made


def _calm() -> QWidget:
    return Notice(
        _(
            "Where two people answered the same question without having seen each other's answer, "
            "both answers are kept and shown to both."
        ),
        "neutral",
        icon="columns-2",
    )


def _bundles_and_items(bundles: int, items: int) -> str:
    one = ngettext("%(n)d bundle", "%(n)d bundles", bundles) % {"n": bundles}
    other = ngettext("%(n)d change", "%(n)d changes", items) % {"n": items}
    return f"{one}, {other}"


def _items(found: Found) -> int:
    return sum(_total(found).values())


def _total(found: Found) -> Mapping[str, int]:
    return counted(one.arrived.items for one in found)
