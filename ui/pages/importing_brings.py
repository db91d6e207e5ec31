# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What taking in would bring, by what it costs a person: what needs somebody, clocks, the rest.

Rules, each with a test:

* Clients are named only once it is written down that they are looked at (`sight_of`); where that
  cannot be written down, a sentence stands in their place (`unnamed`).
* What a person may not read is counted as kept from them, never named.
* What only waits is counted apart: it comes in later, once what it waits for is here.
* What was not looked at closely is said, with its number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.casework import audience as audiences
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.calendar_words import say_days, say_short
from desktop_app.casework.clocks import Clock, Kind, counted
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Team
from desktop_app.casework.records import RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from sync.outcome import Previewed, items_in_words
from sync.outcome import counted as counted_items
from sync.rehearsal import Brought, MayBe, Rehearsal
from ui.kit.card import Card, across, down, holding, reading
from ui.kit.chip import Chip
from ui.kit.labels import Disc, Line, Part, Rule, label
from ui.kit.notice import Notice
from ui.kit.section_rule import SectionRule
from ui.pages.importing_cards import by_author, line, waiting_card
from ui.pages.importing_unknown import left_out, not_rehearsed, not_written
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S

MOST, MOST_CLIENTS = 8, 12
"""How many of a kind are named one by one; the rest is a number."""
Found = Sequence[Previewed]


@dataclass(frozen=True, slots=True)
class Brings:
    """What is shown of a look.

    Attributes:
        found: the bundles.
        rehearsal: what taking them in would do; None when it was stopped.
        team: who is who.
        today: the day.
        unwritten: whether that it is looked at cannot be written down.
    """

    found: Found
    rehearsal: Rehearsal | None
    team: Team
    today: date
    unwritten: bool = False

    @property
    def comes(self) -> Found:
        """Return the bundles that would come in now."""
        return [one for one in self.found if one.comes_in]

    @property
    def later(self) -> Found:
        """Return those that wait for something."""
        return [one for one in self.found if not one.comes_in]


def sight_of(brings: Brings) -> Sight | None:
    """Return whose names the card shows, for the audit; None for nobody's."""
    told = brings.rehearsal
    if told is None:
        return None
    clashes = [one.record for one in told.clashes[:MOST]]
    named = [
        *(client for one in told.alike[:MOST] for client in (one.client, one.other)),
        *(one.client for one in told.clocks[:MOST]),
        *(one.client for one in told.clients[:MOST_CLIENTS]),
    ]
    found = sight("sharing", clashes, clients=named)
    return found if found.clients else None


def unnamed(brings: Brings) -> Brings:
    """Return what can be shown where nothing can be written down: what comes, about nobody."""
    return replace(brings, rehearsal=None, unwritten=True)


def brings_card(brings: Brings) -> QWidget:
    """Return the right card: numbers, what needs a person, clocks, then the rest."""
    found, told = brings.comes, brings.rehearsal
    title = ngettext("If you take in this bundle", "If you take in these %(n)d bundles", len(found))
    title = title % {"n": len(found)} if found else _("Nothing of it can come in yet")
    card = Card(title, role="h3", gap=S)
    if found:
        card.add(_numbers(found, told))
        card.add(Rule())
        _what_comes(card, brings)
    _later(card, brings.later)
    _kept(card, brings.found)
    card.let_stop()
    card.body.addStretch(1)
    return card


def _what_comes(card: Card, brings: Brings) -> None:
    """Add what would come in now: what needs somebody, clocks, then the rest."""
    found, told = brings.comes, brings.rehearsal
    if told is None:
        words, tone = not_rehearsed(), "neutral"
        if brings.unwritten:
            words, tone = not_written(), "warn"
        card.add(Notice(words, tone))
    else:
        for said in left_out(told):
            card.add(Notice(said, "neutral"))
        _needs_a_person(card, told, brings.team)
        if told.clocks:
            _clocks(card, told, brings.today)
    kinds = sorted(total_of(found).items(), key=_safety_first)
    card.add(SectionRule(_("What comes in"), end=_("Safety first, then the most") if kinds else ""))
    for name, total in kinds:
        card.add(_kind(name, total, found))
    if not kinds:
        card.add(line("check-check", "neutral", _("Only word of what has arrived where.")))
    if told is not None:
        _about(card, told)


def found_view(brings: Brings) -> QWidget:
    """Return both cards of a look: the laptops, and what taking it in would bring."""
    row = across(
        reading(waiting_card(brings.found, brings.today)), reading(brings_card(brings)), gap=M
    )
    row.setStretch(0, 3)
    row.setStretch(1, 7)
    return holding(row)


def total_of(found: Found) -> Mapping[str, int]:
    """Return how many changes the bundles bring, by form."""
    return counted_items(one.arrived.items for one in found)


def starts_words(clocks: Iterable[Clock]) -> str:
    """Return which clocks start: "Starts: 3 release dates, 1 next step"."""
    kinds = ", ".join(kind.words(count) for kind, count in counted(clocks).items())
    return _("Starts: %(clocks)s") % {"clocks": kinds}


def _numbers(found: Found, told: Rehearsal | None) -> QWidget:
    changes = sum(total_of(found).values())
    shown = [
        ("mail", "neutral", len(found), ngettext("bundle", "bundles", len(found))),
        ("file-text", "neutral", changes, ngettext("change", "changes", changes)),
    ]
    if told is not None:
        clashes, alike, clocks = len(told.clashes), len(told.alike), len(told.clocks)
        shown = [
            ("users", "info", told.touched, ngettext("client", "clients", told.touched)),
            shown[1],
            ("columns-2", _warn(clashes), clashes, _("answered twice")),
            ("copy", _warn(alike), alike, _("here already?")),
            (
                "timer",
                "info" if clocks else "neutral",
                clocks,
                ngettext("clock starts", "clocks start", clocks),
            ),
        ]
    row = across(*(number(*one) for one in shown), None, gap=L)
    return holding(row)


def _later(card: Card, later: Found) -> None:
    """Add what waits, and for what; nothing of it comes in now."""
    if not later:
        return
    count = sum(total_of(later).values())
    changes = ngettext("%(n)d change", "%(n)d changes", count) % {"n": count} if count else ""
    card.add(SectionRule(_("Comes in later, by itself"), end=changes))
    for one in later[:MOST]:
        items = counted_items([one.arrived.items])
        beneath = _("Only word of what has arrived where.")
        if items:
            beneath = _("Comes in then: %(what)s") % {"what": items_in_words(items)}
        card.add(_row("hourglass", "warn", one.waits_words, beneath))
    _and_more(card, len(later))


def _needs_a_person(card: Card, told: Rehearsal, team: Team) -> None:
    """Add what would be answered twice, and who may be here already."""
    if not (told.clashes or told.alike or told.erased or told.refused):
        return
    card.add(SectionRule(_("Needs a person"), end=_("Goes in as it is; you choose later")))
    for clash in told.clashes[:MOST]:
        who = listed([team.name_of(one) for one in clash.people])
        head = f"{_name(told, clash.record.client)}: {clash.asked}"
        why = _("%(who)s answered without having seen each other's answer. Both are kept.")
        card.add(_row("columns-2", "warn", head, why % {"who": who}))
    _and_more(card, len(told.clashes))
    for pair in told.alike[:MOST]:
        card.add(_maybe(told, pair))
    _and_more(card, len(told.alike))
    if told.erased:
        words = ngettext(
            "%(n)d record of yours is erased for good, as was decided.",
            "%(n)d records of yours are erased for good, as was decided.",
            told.erased,
        )
        card.add(line("trash-2", "warn", words % {"n": told.erased}))
    if told.refused:
        words = ngettext(
            "%(n)d change is not taken into its record: its author may not write it, or the "
            "record is sealed or erased.",
            "%(n)d changes are not taken into their records: their authors may not write them, or "
            "the records are sealed or erased.",
            told.refused,
        )
        card.add(line("lock", "neutral", words % {"n": told.refused}))


def _clocks(card: Card, told: Rehearsal, today: date) -> None:
    card.add(
        SectionRule(_("Clocks that start"), end=_("They run from the day it happened, not today"))
    )
    card.add(label(starts_words(told.clocks), weight=SEMI, wrap=True))
    for clock in told.clocks[:MOST]:
        card.add(_clock(told, clock, today))
    _and_more(card, len(told.clocks))


def _about(card: Card, told: Rehearsal) -> None:
    if not told.clients:
        return
    altered, made = sum(told.altered.values()), sum(told.made.values())
    card.add(
        SectionRule(
            _("About whom"),
            end=_("%(made)d new, %(altered)d altered, %(gone)d withdrawn")
            % {"made": made, "altered": altered, "gone": told.withdrawn},
        )
    )
    for one in told.clients[:MOST_CLIENTS]:
        card.add(_client(told, one))
    _and_more(card, told.touched, shown=MOST_CLIENTS)


def _kept(card: Card, found: Found) -> None:
    kept = {name for one in found for name in one.arrived.sealed_off}
    if kept:
        card.add(SectionRule(_("Not for you"), end=_("Stays sealed on this laptop")))
        card.add(line("eye-off", "neutral", ", ".join(map(audiences.title, sorted(kept)))))


def _and_more(card: Card, count: int, *, shown: int = MOST) -> None:
    if count > shown:
        words = ngettext("and %(n)d more", "and %(n)d more", count - shown)
        card.add(label(words % {"n": count - shown}, "small", tone="muted"))


def _maybe(told: Rehearsal, pair: MayBe) -> QWidget:
    head = _("%(new)s may be %(known)s") % {
        "new": _name(told, pair.client),
        "known": _name(told, pair.other),
    }
    why = _("%(why)s. Kept as two until you decide.")
    why = why % {"why": pair.why[:1].upper() + pair.why[1:]}
    return _row("copy", "warn", head, why)


def _clock(told: Rehearsal, clock: Clock, today: date) -> QWidget:
    day = say_short(clock.on.isoformat(), today)
    when = _("since %(day)s") if clock.kind is Kind.WAIT else _("by %(day)s")
    if clock.kind in (Kind.RELEASE, Kind.BOOKED):
        when = _("on %(day)s")
    if clock.kind is Kind.MISSED:
        when = _("the last on %(day)s")
    late = clock.late and clock.kind is not Kind.MISSED
    away = say_days(clock.on, today)
    row = across(
        Disc("timer", "bad" if late else "info", size=26),
        Line(
            [
                Part(_name(told, clock.client), weight=SEMI),
                Part(f"  {clock.kind.called}, {when % {'day': day}}", "muted"),
            ]
        ),
        Chip(away, "bad", icon="triangle-alert") if late else label(away, "small", tone="muted"),
        gap=M,
    )
    row.setStretch(1, 1)
    made = holding(row)
    made.setAccessibleName(f"{_name(told, clock.client)}: {clock.kind.called}, {day}, {away}")
    return made


def _client(told: Rehearsal, one: Brought) -> QWidget:
    words = items_in_words(counted_items([one.items])).removesuffix(".")
    parts = [Part(_name(told, one.client), weight=SEMI), Part(f"  {words}", "muted")]
    row = across(Disc("user", "neutral", size=26), Line(parts), gap=M)
    row.setStretch(1, 1)
    if one.new:
        row.addWidget(Chip(_("new"), "info"))
    return holding(row)


def _kind(name: str, total: int, found: Found) -> QWidget:
    form = forms().get(name)
    if form is None:
        words, icon, tone = _("%(n)d of a newer kind") % {"n": total}, "file-text", "neutral"
    else:
        words, icon, tone = form.counted(total), form.icon, form.tone
    laptops = [
        author.laptop for author, bundles in by_author(found).items() if total_of(bundles).get(name)
    ]
    said = Line([Part(words, weight=SEMI)])
    row = across(
        Disc(icon, tone, size=26), said, label(", ".join(laptops), "small", tone="muted"), gap=M
    )
    row.setStretch(1, 1)
    return holding(row)


def _safety_first(item: tuple[str, int]) -> tuple[bool, int, str]:
    name, count = item
    form = forms().get(name)
    return (form is None or form.tone != "bad", -count, name)


def _row(icon: str, tone: str, head: str, beneath: str) -> QWidget:
    words = down(
        label(head, weight=SEMI, wrap=True), label(beneath, "small", tone="muted", wrap=True), gap=1
    )
    disc = Disc(icon, tone, size=26)
    row = across(disc, holding(words), gap=M)
    row.setStretch(1, 1)
    row.setAlignment(disc, Qt.AlignmentFlag.AlignTop)
    return holding(row)


def number(icon: str, tone: str, count: int, words: str) -> QWidget:
    """Return a large number and what it counts."""
    said = down(label(str(count), "h2", weight=BOLD), label(words, "small", tone="muted"), gap=0)
    made = holding(across(Disc(icon, tone, size=32), said, gap=S))
    made.setAccessibleName(f"{count} {words}")
    return made


def _warn(count: int) -> str:
    return "warn" if count else "neutral"


def _name(told: Rehearsal, client: RecordId) -> str:
    return told.names.get(client) or reference(client)
