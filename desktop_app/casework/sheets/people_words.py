# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A whole name in one cell: "SMITH, John", "John Smith", "SMITH John", "Ms Jo van der Berg (Jojo)".

Rules, each with a test:

* A comma, or capitals, say which part is the surname; else it is the last word, with what belongs
  before it ("van der Berg", "de Souza").
* Titles are not names. What stands in brackets or quotation marks is another name they go by.
* Nothing that was written is lost: every word is in the surname, the first names or another name.
* A name all in capitals is written as names are; any other is left as it stands.
"""

import re
from typing import NamedTuple

_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir", "master", "mstr"))
_BEFORE = frozenset(
    (
        *("van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le"),
        *("ter", "ten", "bin", "ibn", "al", "el", "st", "st.", "o", "mac", "mc", "ap", "y"),
    )
)
_ASIDE = re.compile(r"[\(\[“\"]([^)\]”\"]*)[\)\]”\"]|(?<=\s)['‘]([^'’]+)['’](?=\s|$|,)")  # noqa: RUF001
_AKA = re.compile(r"^(?:aka|a\.k\.a\.?|a/k/a|alias|known as|called)\b[:\s]*", re.IGNORECASE)
_AKA_AFTER = re.compile(r"\s+(?:aka|a\.k\.a\.?|a/k/a|alias|known as)\s+(.*)$", re.IGNORECASE)
_RISES = re.compile(r"(?:^|(?<=[\s\-’']))(mc|o['’])?(\w)", re.UNICODE)  # noqa: RUF001


class WholeName(NamedTuple):
    """A name in its parts, and what else somebody goes by."""

    surname: str
    forename: str
    others: tuple[str, ...] = ()


def read_name(text: str) -> WholeName:
    """Return a whole name in its parts; all of them empty where nothing was written."""
    plain = " ".join(text.split())
    others: list[str] = []
    if found := _AKA_AFTER.search(plain):
        others.append(found[1])
        plain = plain[: found.start()]

    def aside(found: re.Match[str]) -> str:
        others.append(found[1] or found[2] or "")
        return " "

    plain = " ".join(_ASIDE.sub(aside, plain).split()).strip(" ,;")
    surname, forename = _parts(plain)
    named = [_AKA.sub("", one).strip(" ,;") for one in others]
    return WholeName(tidied(surname), tidied(forename), tuple(tidied(one) for one in named if one))


def tidied(name: str) -> str:
    """Return a name that is all in capitals, or all small, as names are written."""
    if not any(one.isalpha() for one in name) or not (name.isupper() or name.islower()):
        return name
    if len(name) <= 2 and name.isupper():
        return name  # initials
    return _RISES.sub(lambda one: (one[1] or "").capitalize() + one[2].upper(), name.lower())


def _parts(plain: str) -> tuple[str, str]:
    before, comma, after = plain.partition(",")
    if comma:
        return _without_titles(before), _without_titles(after.replace(",", " "))
    words = _without_titles(plain).split()
    if len(words) < 2:
        return " ".join(words), ""
    loud = [one.isupper() and len(one) > 1 for one in words]
    if any(loud) and not all(loud):
        surname = [one for one, is_loud in zip(words, loud, strict=True) if is_loud]
        return " ".join(surname), " ".join(
            one for one, is_loud in zip(words, loud, strict=True) if not is_loud
        )
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in _BEFORE:
        first -= 1
    return " ".join(words[first:]), " ".join(words[:first])


def _without_titles(text: str) -> str:
    words = text.split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in _TITLES:
        words = words[1:]
    if len(words) > 1 and words[-1].casefold().rstrip(".") in _TITLES:
        words = words[:-1]
    return " ".join(words)
