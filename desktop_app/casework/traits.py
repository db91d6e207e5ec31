# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a client is told from others by: names, date of birth, telephones and homes."""

from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.casework.alike import Born, born
from desktop_app.casework.letters import skeleton
from desktop_app.casework.names import fold
from desktop_app.casework.records import Answers, Json

_PHONES = ("phone", "other_phone")
_PHONE_FIGURES = 9


class Traits(NamedTuple):
    """What a client is told from others by, ready to be compared.

    Attributes:
        family: surnames, the main one first; folded.
        given: first names, the main one first; folded.
        born: their date of birth, as far as it is known.
        called: what else they go by, whole and folded.
        phones: the last figures of their telephones.
        postcodes: of where they live or lived, without a space, folded.
        homes: the same, each with the first line of its address, where that is known.
        gender: as recorded.
    """

    family: tuple[str, ...]
    given: tuple[str, ...]
    born: Born | None
    called: frozenset[str]
    phones: frozenset[str]
    postcodes: frozenset[str]
    homes: frozenset[tuple[str, str]]
    gender: str


def traits(answers: Answers, further: Sequence[Answers] = ()) -> Traits:
    """Return what a client is told from others by; whatever cannot be read counts as not known.

    Args:
        answers: of the client's own record.
        further: of what is recorded of other addresses and telephones of theirs.
    """
    family, given = _parts(answers.get("surname")), _parts(answers.get("forename"))
    aliases = answers.get("aliases")
    others = [answers.get("known_as"), *(aliases if isinstance(aliases, list) else [])]
    called = [words for words in (_words(one) for one in others) if words]
    phones = {_figures(one.get(name)) for one in (answers, *further) for name in _PHONES}
    homes = [(_postcode(one), fold(_text(one.get("address_1")))) for one in (answers, *further)]
    return Traits(
        tuple(dict.fromkeys([*family, *(words[-1] for words in called if len(words) > 1)])),
        tuple(dict.fromkeys([*given, *(words[0] for words in called)])),
        born(_text(answers.get("born"))),
        frozenset(" ".join(words) for words in called),
        frozenset(phones - {""}),
        frozenset(postcode for postcode, _address in homes if postcode),
        frozenset(home for home in homes if home[1]),
        _text(answers.get("gender")),
    )


def _parts(name: Json) -> list[str]:
    """Return a name run together, then each of its words."""
    words = _words(name)
    return ["".join(words), *words] if words else []


def _words(name: Json) -> list[str]:
    return [skeleton(word) for word in fold(_text(name)).split()]


def _figures(phone: Json) -> str:
    """Return the last figures of a telephone: the same with and without the country's code."""
    figures = "".join(one for one in _text(phone) if one.isdecimal())
    return figures[-_PHONE_FIGURES:] if len(figures) >= _PHONE_FIGURES else ""


def _postcode(answers: Answers) -> str:
    return fold(_text(answers.get("postcode"))).replace(" ", "")


def _text(value: Json) -> str:
    return value.strip() if isinstance(value, str) else ""
