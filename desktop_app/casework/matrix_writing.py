# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Writing a version of the criteria: what it begins with, what it still lacks, what is saved.

Rules, each with a test:

* A version is never altered: what is written is always a new one, whole, with its criteria.
* The example Tandem ships with begins one; what is written from it is still called an example
  until somebody takes the word off.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import NamedTuple

import msgspec

from desktop_app.casework.matrix import Band, Version
from desktop_app.casework.records import NO_CLIENT, Answers, Edit, Json, RecordId, link
from desktop_app.casework.words import _
from resources import folder

MOST = 30
"""Criteria of one version; more are never scored with care."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One criterion as it is being written."""

    question: str = ""
    help: str = ""
    bands: tuple[Band, ...] = ()
    weight: int = 1
    protects: bool = False
    proposed_from: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A version as it is being written."""

    title: str = ""
    version: str = ""
    threshold: int | None = None
    example: bool = False
    why: str = ""
    asked: tuple[Asked, ...] = field(default_factory=tuple)


class _Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    points: int
    says: str


class _Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    question: str
    band: tuple[_Band, ...]
    help: str = ""
    weight: int = 1
    protective: bool = False
    proposed_from: str = ""


class _Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    version: str
    threshold: int
    why: str
    criterion: tuple[_Criterion, ...]


@cache
def _shipped() -> _Example:
    place = folder("criteria") / "example.toml"
    return msgspec.toml.decode(place.read_bytes(), type=_Example)


def example() -> Written:
    """Return the example Tandem ships with, in the language in use."""
    raw = _shipped()
    return Written(
        _(raw.title),
        _(raw.version),
        raw.threshold,
        example=True,
        why=_(raw.why),
        asked=tuple(
            Asked(
                _(one.question),
                _(one.help) if one.help else "",
                tuple(Band(band.points, _(band.says)) for band in one.band),
                one.weight,
                one.protective,
                one.proposed_from,
            )
            for one in raw.criterion
        ),
    )


def following(version: Version) -> Written:
    """Return what another version begins with: this one's words, without its version and why."""
    matrix = version.matrix
    return Written(
        matrix.title,
        "",
        version.threshold,
        example=version.example,
        asked=tuple(
            Asked(
                one.question,
                one.help,
                tuple(one.offered),
                one.times,
                one.protects,
                one.proposed_from,
            )
            for one in version.criteria
        ),
    )


class Lack(NamedTuple):
    """What has to be put right: the words, and of which question; else of which line of the head.

    Attributes:
        words: what is said.
        of: "title", "version" or "threshold"; empty for the questions.
        question: its place from 1; 0 for none of them.
    """

    words: str
    of: str = ""
    question: int = 0


def lacking(written: Written) -> list[Lack]:
    """Return what has to be put right before a version can be put to the partners."""
    wrong = []
    if not written.title.strip():
        wrong.append(Lack(_("Give it a name."), "title"))
    if not written.version.strip():
        wrong.append(Lack(_("Say which version it is."), "version"))
    if written.threshold is None:
        words = _("Give a threshold: from how many points somebody is proposed.")
        wrong.append(Lack(words, "threshold"))
    if not written.asked:
        wrong.append(Lack(_("Ask one question at least.")))
    if len(written.asked) > MOST:
        wrong.append(Lack(_("Ask at most %(n)d questions.") % {"n": MOST}))
    for place, one in enumerate(written.asked, start=1):
        for said in _of(one):
            words = _("Question %(n)d: %(what)s") % {"n": place, "what": said}
            wrong.append(Lack(words, question=place))
    questions = [one.question.strip().casefold() for one in written.asked]
    again = (at for at, words in enumerate(questions) if words and words in questions[:at])
    wrong += [Lack(_("The same question stands twice."), question=at + 1) for at in again]
    return wrong


def edits(
    written: Written, *, on: date, new_record: Callable[[], RecordId], follows: RecordId = b""
) -> list[Edit]:
    """Return what is saved: the set first, then its criteria.

    Args:
        written: the version; nothing is lacking.
        on: the day.
        new_record: gives the id of a record about to be made.
        follows: the version it takes the place of; empty for the first.
    """
    matrix = new_record()
    head: Answers = {
        "title": written.title.strip(),
        "version": written.version.strip(),
        "from_on": on.isoformat(),
        "threshold": written.threshold,
        "example": "yes" if written.example else "no",
    }
    if written.why.strip():
        head["why"] = written.why.strip()
    if follows:
        head["supersedes"] = link(follows)
    return [
        Edit("matrix", matrix, NO_CLIENT, "partners", head),
        *(
            Edit("criterion", new_record(), NO_CLIENT, "partners", _answers(one, matrix, place))
            for place, one in enumerate(written.asked, start=1)
        ),
    ]


def _of(one: Asked) -> Sequence[str]:
    wrong = []
    if not one.question.strip():
        wrong.append(_("write what is asked."))
    if len(one.bands) < 2:
        wrong.append(_("offer two answers at least, such as “0 = None”."))
    if len({band.points for band in one.bands}) < len(one.bands):
        wrong.append(_("give each answer points of its own."))
    return wrong


def _answers(one: Asked, matrix: RecordId, place: int) -> Answers:
    bands: list[Json] = [band.words for band in one.bands]
    found: Answers = {
        "matrix": link(matrix),
        "place": place,
        "question": one.question.strip(),
        "bands": bands,
        "weight": one.weight,
        "protective": "yes" if one.protects else "no",
    }
    more: Answers = {"help": one.help.strip(), "proposed_from": one.proposed_from}
    return {**found, **{name: value for name, value in more.items() if value}}
