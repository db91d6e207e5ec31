# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The letter that says somebody is on the outreach programme: what is offered, what will happen.

Rules, each with a test:

* It goes to an adult, names them and nobody else: no worker, no partner, no relative.
* It says nothing of scores, of posture, of what is thought of them or of treatment they are in.
* It says help first, what the police do second, and that being on it is never grounds for a search.
* What is said is a version the partners agreed; it is never altered, only followed by another.
"""

from collections.abc import Callable, Mapping
from datetime import date

from desktop_app.casework import intake
from desktop_app.casework.dates import say_date
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.records import Record
from desktop_app.casework.words import _
from desktop_app.reports.sheet import Entry, Section, Sheet


def notice_letter(client: Record, version: str, *, on: date, made_up: bool = False) -> Sheet:
    """Return the letter.

    Args:
        client: whom it goes to.
        version: which words, a code of the list notice_message.
        on: the day it is made.
        made_up: whether the team is, and the client with it.

    Raises:
        NotAllowed: nobody knows that they are an adult, or there are no such words.
    """
    child = intake.on_no_list(client.answers, on=on)
    if child:
        raise NotAllowed(child)
    words = _VERSIONS.get(version)
    if words is None:
        raise NotAllowed(_("This version of Tandem has no letter in those words."))
    return Sheet(
        title=_("Letter"),
        name=_("The outreach programme, and you"),
        banner=(),
        marking=_("Made-up team: nobody in it is real")
        if made_up
        else _("For you. Keep it where only you read it."),
        made=_("%(version)s · %(day)s")
        % {"version": version.replace("_", "."), "day": say_date(on.isoformat())},
        sections=(_greeting(client), *words(), _reaching()),
        large=True,
    )


def called(client: Record) -> str:
    """Return what somebody likes to be called."""
    return client.text("known_as") or client.text("forename") or client.text("surname")


def _greeting(client: Record) -> Section:
    hello = _("Hello %(name)s,") % {"name": called(client)}
    about = _(
        "The police, the drug treatment service and other services here work together. They have "
        "put you on their outreach programme. This letter says what that means for you."
    )
    return Section("", entries=(Entry("", hello), Entry("", "", text=about)))


def _first() -> tuple[Section, ...]:
    return (_offered(), _happens(), _asked())


def _offered() -> Section:
    return _lines(
        _("What you are offered"),
        _("Somebody of your own to talk to, who comes to you."),
        _("Drug treatment, with as little waiting as we can manage."),
        _("Help with a home, money, work, health and more."),
        _("Say yes now or later. Stop, and start again, when you like."),
    )


def _happens() -> Section:
    return _lines(
        _("What will happen"),
        _("We come and see you, in prison, hospital or rehab too."),
        _(
            "The police know that you are on the programme. If you commit offences, they will act "
            "on them, as with anybody."
        ),
        _(
            "Being on it is never a reason to search you. Every search needs reasons of its own, "
            "and you can ask for them."
        ),
        _(
            "Every two weeks we look at how it goes. When it goes well, the police step back. "
            "Help goes on as long as you want it."
        ),
    )


def _asked() -> Section:
    return _lines(
        _("What you can ask for"),
        _("To read what we have written about you, and to have it put right."),
        _("To be told why you are on it, and to say that it is wrong."),
        _("To have somebody with you when we talk."),
    )


def _reaching() -> Section:
    """Return where a number is written in by hand: whoever hands it over knows which is safe."""
    return Section(
        _("How to reach us"),
        entries=(
            Entry("", _("Ring %(number)s") % {"number": "." * 56}),
            _line(_("Say that you have had this letter. You need not say more.")),
        ),
    )


def _lines(title: str, *words: str) -> Section:
    return Section(title, entries=tuple(_line(one) for one in words))


def _line(words: str) -> Entry:
    return Entry("", "", text=words)


_VERSIONS: Mapping[str, Callable[[], tuple[Section, ...]]] = {"2026_1": _first}
