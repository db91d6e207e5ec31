# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Words for answers: which code "M", "DNA", "1002" or "Theft from shop" stands for.

Rules, each with a test:

* What a team chose for a word of its own stands before all else.
* Then our code, our label, the code of the outside body, and what people commonly write.
* An offence is read by the words in it, the longest first: "theft from shop" is no other theft.
* A word that could be two answers is none.
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from desktop_app.casework.codes import codes
from desktop_app.casework.names import fold
from desktop_app.casework.words import _
from resources import folder

OFFENCES = "offence_group"
LEFT_OUT = "-"
"""Chosen for a word that is to be left out."""


class Shipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What people write, as resources/sheet_words.toml says.

    Attributes:
        columns: the words at the head of a column, by what it answers.
        answers: the words in cells, by code list and code.
        offences: the words in an offence, by its group.
    """

    columns: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, Mapping[str, tuple[str, ...]]]
    offences: Mapping[str, tuple[str, ...]]


@cache
def shipped() -> Shipped:
    """Return what people write, as Tandem ships it."""
    return msgspec.toml.decode(folder("sheet_words.toml").read_bytes(), type=Shipped)


def code_of(list_name: str, text: str, own: Mapping[str, str]) -> str | None:
    """Return the code a cell stands for; `LEFT_OUT` for none on purpose, None for not known.

    Args:
        list_name: the code list.
        text: what stands in the cell.
        own: what the team chose for words of this list, by the folded word.
    """
    plain = fold(text)
    if plain in own:
        return own[plain]
    if codes(list_name).find(text) is not None:
        return text
    found = _known(list_name).get(plain)
    if found is None and list_name == OFFENCES:
        return offence_group(text)
    return found


def offence_group(text: str) -> str | None:
    """Return the group of an offence by the words in it; None where none is known."""
    plain = f" {fold(text)} "
    return next((group for words, group in _offences() if f" {words}" in plain), None)


@cache
def _known(list_name: str) -> Mapping[str, str]:
    """Return what is read as which code; what could be two is left out."""
    offered = codes(list_name)
    said: dict[str, set[str]] = {}
    for one in offered.code:
        for words in (one.code, one.code.replace("_", " "), one.label, _(one.label), one.short):
            said.setdefault(fold(words), set()).add(one.code)
    outside: dict[str, set[str]] = {}
    for one in offered.code:
        outside.setdefault(fold(one.external), set()).add(one.code)
    commonly: dict[str, set[str]] = {}
    for code, written in shipped().answers.get(list_name, {}).items():
        for words in written:
            commonly.setdefault(fold(words), set()).add(code)
    found: dict[str, str] = {}
    for each in (said, outside, commonly):
        for words, meant in each.items():
            if words and len(meant) == 1:
                found.setdefault(words, next(iter(meant)))
    return found


@cache
def _offences() -> tuple[tuple[str, str], ...]:
    pairs = [(fold(words), group) for group, all_ in shipped().offences.items() for words in all_]
    return tuple(sorted(pairs, key=lambda one: (-len(one[0]), one[0])))
