# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The cards about a lost laptop: take it out, what it held, what protects it, whom to tell."""

from collections.abc import Callable
from datetime import date

from desktop_app.casework import audience as audiences
from desktop_app.casework.breach import LostFacts, whom_to_tell
from desktop_app.casework.calendar_words import say_date, say_moment, say_whole
from desktop_app.casework.words import _, ngettext
from sync.lost import HeldOf, Lost
from sync.outcome import items_in_words
from ui.clock import local
from ui.kit.buttons import button
from ui.kit.card import Card, across
from ui.pages.stepping import line
from ui.tokens import S


def out_card(lost: Lost, *, coordinates: bool, take_out: Callable[[], None]) -> Card:
    """Return the card of taking it out."""
    card = Card(_("1. Take it out of the team"), role="h3", gap=S)
    card.let_stop()
    card.add(line("laptop", f"{lost.author.words} · {lost.roles} · {lost.agency}"))
    if not lost.active:
        card.add(line("circle-check", _("It is out: it reads nothing shared from then on."), "ok"))
    elif lost.mine:
        card.add(line("info", _("This is the laptop you sit at.")))
    elif lost.coordinates:
        words = _(
            "The team is coordinated on it. Two keepers name another coordinator, who takes it "
            "out by that: Team, Keepers, Name another coordinator."
        )
        card.add(line("circle-alert", words, "warn"))
    elif not coordinates:
        words = _("It is still in the team. Tell the coordinator at once: only they take it out.")
        card.add(line("circle-alert", words, "warn"))
    else:
        for words in (
            _("Share first: what it has sent and has not arrived here would not count."),
            _("It then reads nothing new. What it holds cannot be fetched back."),
            _("This is not undone. If the laptop is found, it asks to join again."),
        ):
            card.add(line("info", words))
        out = button(_("Take it &out"), "danger", icon="user-x")
        out.clicked.connect(take_out)
        card.add(across(out, None))
    for audience in () if lost.active else lost.stale:
        words = _("It still knows the key of: %(what)s. Whoever leads it makes a new one: Team.")
        card.add(line("key-round", words % {"what": audiences.title(audience)}, "warn"))
    if lost.aside:
        words = ngettext(
            "%(n)d bundle came from it after it was taken out. It is kept: see Team.",
            "%(n)d bundles came from it after it was taken out. They are kept: see Team.",
            lost.aside,
        )
        card.add(line("archive", words % {"n": lost.aside}))
    return card


def held_card(lost: Lost, today: date) -> Card:
    """Return the card of what it held."""
    card = Card(_("2. What it held"), role="h3", gap=S)
    if lost.heard_ms:
        words = _("What last arrived from it was sealed %(when)s. By then it held:")
        card.add(line("clock", words % {"when": _moment(lost.heard_ms, today)}))
    else:
        card.add(line("clock", _("Nothing it shared has arrived. At most it holds:")))
    for one in lost.held:
        card.add(line("eye", f"{audiences.title(one.audience)}: {_counted(one)}"))
    if lost.missing:
        words = ngettext(
            "%(n)d bundle it sent has reached others and not this laptop: share again.",
            "%(n)d bundles it sent have reached others and not this laptop: share again.",
            lost.missing,
        )
        card.add(line("hourglass", words % {"n": lost.missing}, "warn"))
    words = _(
        "Not known: what it received or wrote since. What was written and never shared is on "
        "it alone: ask whose laptop it is."
    )
    card.add(line("circle-help", words))
    return card


def known_card() -> Card:
    """Return the card of what protects it."""
    card = Card(_("3. What protects it, and what nobody here can know"), role="h3", gap=S)
    for icon, words in (
        (
            "lock",
            _(
                "The casebook is encrypted. It locks itself after at most 15 minutes without "
                "use, and when the laptop sleeps."
            ),
        ),
        (
            "key-round",
            _(
                "Tandem offers five random words as passphrase, which nobody guesses, and "
                "refuses what is easily guessed. It does not keep how strong a chosen one is."
            ),
        ),
        (
            "circle-help",
            _(
                "Ask whose laptop it is: was it open? Were the words written down near it? Does "
                "the whole disk have a lock of its own? Do they use these words elsewhere?"
            ),
        ),
    ):
        card.add(line(icon, words))
    return card


def tell_card(lost: Lost) -> Card:
    """Return the card of whom to tell."""
    card = Card(_("4. Whom to tell"), role="h3", gap=S)
    for audience, leads in lost.leads:
        if audience == audiences.AUDIT:
            continue
        who = ", ".join(one.words for one in leads) or _("nobody else leads it: see Team.")
        card.add(line("users", f"{audiences.title(audience)}: {who}"))
    card.add(line("shield-check", _("The data protection officer of each agency, today.")))
    police = any(one.audience == audiences.POLICE for one in lost.held)
    for words in whom_to_tell(police=police):
        card.add(line("scale", words.removeprefix("- ")))
    return card


def facts_of(lost: Lost, team: str, today: date) -> LostFacts:
    """Return what is known of it, for the note."""
    said = ", ".join(part for part in (lost.roles, lost.agency) if part)
    who = f"{lost.author.person} ({said})" if said else lost.author.person
    return LostFacts(
        team=team,
        laptop=lost.author.laptop,
        who=who,
        day=say_date(today.isoformat()),
        heard=say_whole(_iso(lost.heard_ms)) if lost.heard_ms else "",
        held=[
            (audiences.title(one.audience), _counted(one) if one.known else "") for one in lost.held
        ],
        clients=lost.clients,
        police=any(one.audience == audiences.POLICE for one in lost.held),
        missing=lost.missing,
        out=not lost.active,
        stale=[audiences.title(one) for one in lost.stale],
        leads=[
            f"{audiences.title(audience)}: {one.words}"
            for audience, leads in lost.leads
            if audience != audiences.AUDIT
            for one in leads
        ],
    )


def _counted(one: HeldOf) -> str:
    if not one.known:
        return (
            _("cannot be read here; its lead sees how much, on this page.")
            if one.led
            else _("cannot be read here, and nobody else leads it: ask whose laptop it is.")
        )
    if not one.records:
        return _("nothing so far.")
    clients = ngettext("about %(n)d client", "about %(n)d clients", one.clients)
    return f"{clients % {'n': one.clients}}: {items_in_words(one.records)}"


def _moment(at_ms: int, today: date) -> str:
    return say_moment(_iso(at_ms), today)


def _iso(at_ms: int) -> str:
    return local(at_ms).isoformat(timespec="minutes")
