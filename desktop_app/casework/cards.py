# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The fixed sentences of the card a client keeps, by language (resources/cards/*.toml).

Rules, each with a test:

* A language has every sentence, or it is not offered; days are written as it writes them.
* Until a native speaker has read a language's sentences, whoever prints a card is told so.
* A language whose letters our font has not, or that reads from right to left, is not offered: it
  would be set wrongly. Such a client gets the card in English, and it is said why.
* A card names no agency and nobody of the team, nor where to go, unless the client said that
  letters are safe and that we may say who we are: whoever lives with them may find it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

import msgspec

from desktop_app.casework.codes import codes
from desktop_app.casework.records import Record
from desktop_app.casework.words import _
from resources import folder

ENGLISH = "en"
NOT_SET = frozenset({"ar", "bn", "fa", "gu", "hi", "ku", "ne", "pa", "ps", "ta", "ti", "ur", "zh"})
"""Languages of the client form whose letters Inter has not, or that have to be shaped."""


class CardWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's sentences.

    Attributes:
        language: its code in the list `language`.
        own_name: what it calls itself.
        checked_by: which native speaker has read them, and when; empty for nobody yet.
        title: over the next appointment.
        none: that there is none.
        with_whom: before with whom it is.
        where: before where it is.
        ring: before the number.
        ask_for: before whom to ask for.
        cannot_come: what to do who cannot come.
        ring_this: the same, where nothing may say who we are.
        emergency: which number in an emergency.
        weekdays: Monday first.
        months: January first, as they stand in a date.
        day: how a day is written, of {weekday}, {day} and {month}.
        at: how a time of a day is written, of {day} and {time}.
    """

    language: str
    own_name: str
    checked_by: str
    title: str
    none: str
    with_whom: str
    where: str
    ring: str
    ask_for: str
    cannot_come: str
    ring_this: str
    emergency: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    at: str

    def say_day(self, on: date) -> str:
        """Return a day as this language writes it."""
        weekday, month = self.weekdays[on.weekday()], self.months[on.month - 1]
        said = self.day.format(weekday=weekday, day=on.day, month=month)
        return said[:1].upper() + said[1:]

    def say_at(self, at: datetime) -> str:
        """Return a day and a time as this language writes them."""
        return self.at.format(day=self.say_day(at.date()), time=f"{at:%H:%M}")


@dataclass(frozen=True, slots=True)
class Safe:
    """What a card may say.

    Attributes:
        names_us: whether it may name the agency, the worker and the place.
        why: why, for whoever prints it.
    """

    names_us: bool
    why: str


def card_words(language: str) -> CardWords | None:
    """Return a language's sentences; None where there are none."""
    return _all().get(language)


def card_languages() -> tuple[str, ...]:
    """Return the languages there are sentences in, English first."""
    return (ENGLISH, *sorted(set(_all()) - {ENGLISH}))


def english() -> CardWords:
    """Return the English sentences."""
    return _all()[ENGLISH]


def language_for(client: Record) -> tuple[str, str]:
    """Return in which language a client's card is at first, and why it is not in theirs."""
    wanted = client.text("language")
    if wanted in ("", ENGLISH, "not_known"):
        return ENGLISH, ""
    if card_words(wanted) is not None:
        return wanted, ""
    values = {"language": codes("language").label(wanted)}
    if wanted in NOT_SET:
        words = _("They like to speak %(language)s. Tandem cannot set its letters on paper yet.")
        return ENGLISH, words % values
    return ENGLISH, _("They like to speak %(language)s. There is no card in it yet.") % values


def safe(client: Record) -> Safe:
    """Return what a client's safe-contact rules let a card say."""
    write, say = client.text("may_write"), client.text("may_say_who_we_are")
    if write == say == "yes":
        return Safe(
            names_us=True, why=_("They said that a card is safe, and that we may say who we are.")
        )
    why = _("Nobody has asked whether a card at their home is safe.")
    if write == "no":
        why = _("They said: no letter and no card. Give it by hand, or not at all.")
    elif say == "no":
        why = _("They said that nobody else may know who we are.")
    return Safe(
        names_us=False,
        why=" ".join((why, _("It names no agency, nobody of the team and no place."))),
    )


@cache
def _all() -> dict[str, CardWords]:
    places = [one for one in folder("cards").iterdir() if one.name.endswith(".toml")]
    read = [msgspec.toml.decode(one.read_bytes(), type=CardWords) for one in places]
    return {one.language: one for one in read}
