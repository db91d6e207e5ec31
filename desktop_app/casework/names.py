# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Names of people: how they are written, compared and shortened.

Rules, each with a test:

* A client is written "SURNAME, Forename"; whoever has told us one name only is written with it.
* Letters that turn the reading direction, control letters and invisible ones are refused in names:
  with them one name can be made to look like another.
* A name that reads from the right is set apart from the words around it (see `letters`).
* Two names are compared without accents, capitals, apostrophes and hyphens.
* A search for Danny finds Daniel, and the other way round.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

import msgspec

from desktop_app.casework.letters import set_apart
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _
from resources import folder

_REFUSED = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
_NOT_SPLIT = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
_APART = re.compile(r"[^a-z0-9]+")
_DROPPED = str.maketrans(dict.fromkeys("'’‘`´ʼ.", ""))  # noqa: RUF001  apostrophes as typed


def full_name(answers: Answers) -> str:
    """Return a client's name as a list writes it: "MARSH, Daniel"."""
    surname, forename = _said(answers.get("surname")), _said(answers.get("forename"))
    if surname and forename:
        return f"{set_apart(surname.upper())}, {set_apart(forename)}"
    if surname or forename:
        return set_apart(surname.upper() or forename)
    known = _said(answers.get("known_as")) or _first(answers.get("aliases"))
    return _("“%(name)s”") % {"name": set_apart(known)} if known else _("Name not known")


def spoken_name(answers: Answers) -> str:
    """Return what somebody is called: what they like to be called, or their first name."""
    return set_apart(
        _said(answers.get("known_as"))
        or _said(answers.get("forename"))
        or _said(answers.get("surname"))
        or _("this client")
    )


def initials(answers: Answers) -> str:
    """Return initials for a screen a whole room can see: "D. M."."""
    names = (_said(answers.get(field)) for field in ("forename", "surname"))
    letters = [f"{name[0].upper()}." for name in names if name]
    return " ".join(letters) or "–"  # noqa: RUF001  a dash between nothing and nothing


def fold(text: str) -> str:
    """Return a name as it is compared: small letters, no accents, single spaces."""
    if text.isascii():  # nearly all there are, and by far the quickest
        bare = text.lower().translate(_DROPPED)
        return bare if bare.isalnum() else " ".join(_APART.sub(" ", bare).split())
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_SPLIT))
    bare = "".join(one for one in apart if not unicodedata.combining(one)).translate(_DROPPED)
    spaced = "".join(one if one.isalnum() else " " for one in bare.casefold())
    return " ".join(spaced.split())


def other_names(name: str) -> frozenset[str]:
    """Return the names, folded, somebody called `name` may go by as well."""
    return _nicknames().get(fold(name), frozenset())


def problem_in(name: str) -> str:
    """Return what is wrong with a name, in words; empty when nothing is."""
    if any(unicodedata.category(one) in _REFUSED for one in name):
        return _("There is an invisible letter in this name. Please type it again.")
    return ""


def tidy(name: str) -> str:
    """Return a name with its accents composed and its spaces single."""
    return " ".join(unicodedata.normalize("NFC", name).split())


@cache
def _nicknames() -> Mapping[str, frozenset[str]]:
    place = folder("codes") / "nicknames.toml"
    listed = msgspec.toml.decode(place.read_bytes(), type=dict[str, list[str]])
    found: dict[str, set[str]] = {}
    for name, shorts in listed.items():
        for short in shorts:
            found.setdefault(fold(name), set()).add(fold(short))
            found.setdefault(fold(short), set()).add(fold(name))
    return {name: frozenset(others) for name, others in found.items()}


def _said(value: Json) -> str:
    return value.strip() if isinstance(value, str) else ""


def _first(value: Json) -> str:
    return _said(value[0]) if isinstance(value, list) and value else ""
