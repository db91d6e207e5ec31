# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Work telephones: at which number a colleague is rung.

Rules, each with a test:

* It counts when its owner gave it, or somebody who coordinates the team now. What anybody else
  wrote changes nothing, on every laptop.
* A newer one takes the place of an older one; none is altered. Whatever arrived first, it is the
  same one everywhere. An empty number says that there is none.
* A number is taken as it is written, as long as it can be one: nobody is kept from writing an
  extension, a number abroad or a short one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.superseding import latest
from desktop_app.casework.words import _

FORM = "team_phone"
_WRITTEN = re.compile(r"\+?[\d\s().\-/]+(?:(?:ext|x|#)\.?\s*\d{1,6})?", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:ext|x|#).*$", re.IGNORECASE)
_NATIONAL, _ABROAD, _SHORT = range(10, 12), range(8, 16), range(3, 7)
"""How many digits a number has: in the United Kingdom with its 0, abroad, of three to six."""


@dataclass(frozen=True, slots=True)
class Phone:
    """What these rules need of a work telephone."""

    form: ClassVar[str] = FORM
    record: Record
    person: str
    number: str
    hours: str
    supersedes: bytes | None

    @property
    def words(self) -> str:
        """Return the number, and when to ring."""
        return f"{self.number} ({self.hours})" if self.hours else self.number


def phones(records: Iterable[Record], team: Team) -> Mapping[str, Phone]:
    """Return the telephone of everybody who has one, by person id."""
    return {person: one for person, one in _latest(records, team).items() if one.number.strip()}


def standing(records: Iterable[Record], person: str, team: Team) -> Phone | None:
    """Return what a new number of somebody takes the place of, were it an empty one."""
    return _latest(records, team).get(person)


def _latest(records: Iterable[Record], team: Team) -> dict[str, Phone]:
    """Return what counts of everybody, by person id: also what says that there is no number."""
    held: dict[str, list[Phone]] = {}
    for one in read_all(Phone, records):
        author = team.persons.get(one.record.author)
        if author is not None and may_change(author, one.person):
            held.setdefault(one.person, []).append(one)
    found = ((person, latest(some, lambda _one: None)) for person, some in held.items())
    return {person: one for person, one in found if one is not None}


def may_change(who: Person, person: str) -> bool:
    """Say whether somebody may say at which number a person is rung."""
    return who.active and (who.id == person or Role.COORDINATOR in who.roles)


def problem(text: str) -> str:
    """Return why something cannot be a telephone number, in words; empty when it can, or is empty.

    A number of the United Kingdom has ten or eleven digits with its 0 (Ofcom, National Telephone
    Numbering Plan); one abroad at most fifteen (ITU-T E.164).
    """
    text = tidy(text)
    digits = re.sub(r"\D", "", _EXTENSION.sub("", text))
    if not text:
        return ""
    if text.startswith(("+44", "0044")):
        rest = digits.removeprefix("0044").removeprefix("44").removeprefix("0")
        fits = len(rest) + 1 in _NATIONAL
    elif text.startswith(("+", "00")):
        fits = len(digits.removeprefix("00")) in _ABROAD
    else:
        fits = len(digits) in (_NATIONAL if digits.startswith("0") else _SHORT)
    if fits and _WRITTEN.fullmatch(text):
        return ""
    return _(
        "This is no telephone number yet. One here begins with 0 and has 10 or 11 digits, such as "
        "01632 960123; one abroad begins with +."
    )


def tidy(text: str) -> str:
    """Return a number as it is kept: as it was written, without spare spaces."""
    return " ".join(text.split())
