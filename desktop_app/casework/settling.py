# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Settling a question that was answered twice, telling whoever answered otherwise, and objecting.

Settling is two ordinary changes, saved together: the answer in its record, and a record `settled`
that says between which answers, how and why. It names the answers by their places in the history
and holds no copy of them. Rules, each with a test:

* Who reads that something was settled, and why, is who reads the record itself, and nobody else.
* Whoever answered otherwise is told. They can object, in words; then the question is open again,
  for everybody it was open to, with all its answers, until somebody settles it anew.
* An objection its settler had not seen stays open, whenever it arrives.
* Taken back at once by whoever settled it, it is open again in the same way, with their word; what
  got a record of its own is withdrawn.
* Where both answers stand, the newer one stays in its record; each of the others gets a record of
  its own, from the day it was written, which names whoever gave it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from msgspec.structs import replace

from desktop_app.casework import answers as shapes
from desktop_app.casework.forms import Form, forms
from desktop_app.casework.records import (
    SAID_BY,
    WITHDRAWN,
    Answers,
    Dot,
    Edit,
    Json,
    Live,
    Record,
    RecordId,
    link,
)
from desktop_app.casework.twice import Given, Question

FORM = "settled"
KEPT, COMBINED, BOTH, WRITTEN = "kept", "combined", "both", "written"


@dataclass(frozen=True, slots=True)
class Settled:
    """What these rules need of a settled question."""

    form: ClassVar[str] = FORM
    record: Record
    of: bytes | None
    fields: tuple[str, ...]
    between: tuple[str, ...]
    how: str
    why: str

    @property
    def dots(self) -> tuple[Dot, ...]:
        """Return the places of the answers it stood between."""
        found = (_dot(one) for one in self.between)
        return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, when, and how records get their ids.

    Attributes:
        today: the local day, ISO.
        day_of: the local day of a moment in UTC milliseconds, ISO.
        new: makes a record id.
        author_of: the person id behind a feed; empty for nobody known.
    """

    today: str
    day_of: Callable[[int], str]
    new: Callable[[], RecordId]
    author_of: Callable[[int], str] = lambda _feed: ""


def settle(
    question: Question,
    answers: Answers,
    pen: Pen,
    *,
    how: str,
    why: str = "",
    open_still: Iterable[Record] = (),
) -> list[Edit]:
    """Return the changes that settle a question.

    Args:
        question: what was answered twice.
        answers: what the record is to say.
        pen: who writes.
        how: a code of `settled_how`.
        why: in words; may be empty.
        open_still: what was settled of it before and was objected to.
    """
    record = question.record
    between: list[Json] = [_place(live) for given in question.given for live in given.by]
    said: Answers = {
        "settled_on": pen.today,
        "of": link(record.id),
        "fields": [*question.differ],
        "between": between,
        "how": how,
    }
    if why.strip():
        said["why"] = why.strip()
    whole = _of(record, answers)
    told = Edit(FORM, pen.new(), record.client, record.audience, said)
    closed = [_of(one, {"objection": None}) for one in open_still]
    return [whole, told, *closed]


def both_form(question: Question) -> Form | None:
    """Return the form in which a second answer can stand; None where both cannot."""
    shipped = forms().get(question.record.form)
    also = forms().get(shipped.also) if shipped and shipped.also else None
    if shipped is None or also is None or not also.happened:
        return None
    fits = all(
        name in also.fields and also.fields[name].type is shipped.fields[name].type
        for name in question.fields
    )
    dated = also is not shipped or also.happened in question.fields
    said = all(_says_something(given, question.differ) for given in question.given)
    return also if fits and dated and said else None


def settle_both(
    question: Question, pen: Pen, *, why: str = "", open_still: Iterable[Record] = ()
) -> list[Edit]:
    """Return the changes that let all answers stand, each with its day.

    Raises:
        ValueError: they cannot all stand (`both_form`).
    """
    also = both_form(question)
    if also is None:
        raise ValueError(question.record.form)
    newest = newest_given(question)
    edits = settle(question, newest.answers, pen, how=BOTH, why=why, open_still=open_still)
    for given in question.given:
        if given is not newest:
            edits.append(_beside(question, given, also, pen))
    return edits


def newest_given(question: Question) -> Given:
    """Return the answer that was written last."""
    return max(question.given, key=lambda given: given.by[-1].stamp)


def object_to(settled: Record, words: str) -> Edit:
    """Return the change that objects to what was settled, in words."""
    return _of(settled, {"objection": words.strip()})


def taking_back(edits: Iterable[Edit], reason: str) -> list[Edit]:
    """Return the changes that take back what was just settled, or an objection to it.

    Args:
        edits: what was saved.
        reason: it stands with what is taken back.
    """
    back: list[Edit] = []
    settled: Json = None
    for edit in edits:
        if edit.form == FORM and "of" in edit.answers:
            settled = edit.answers["of"]
            back.append(replace(edit, answers={"objection": reason}))
        elif edit.form == FORM and edit.answers.get("objection"):
            back.append(replace(edit, answers={"objection": None}))
        elif settled is not None and edit.form != FORM and link(edit.record) != settled:
            back.append(replace(edit, answers={WITHDRAWN: reason}))
    return back


def objections(settled: Record) -> list[Live]:
    """Return the objections nobody has answered yet, the earliest first."""
    held = (one for one in settled.live if str(one.answers.get("objection") or "").strip())
    return sorted(held, key=lambda live: live.stamp)


def told_people(settled: Settled, authors: Mapping[int, str]) -> set[str]:
    """Return the person ids of who answered, without who settled it."""
    return {authors.get(dot.feed, "") for dot in settled.dots} - {"", settled.record.author}


def settled_by_the_way(found: Sequence[Question], altered: Answers, pen: Pen) -> list[Edit]:
    """Return what tells of the questions that were settled while a record was altered.

    Args:
        found: the questions of the record that had two answers.
        altered: what was altered in it.
        pen: who writes.
    """
    edits = []
    for question in found:
        if any(name in altered for name in question.differ):
            says = {name: altered.get(name) for name in question.differ}
            same = (
                all(given.answers.get(name) == says[name] for name in question.differ)
                for given in question.given
            )
            how = KEPT if any(same) else WRITTEN
            edits += settle(question, altered, pen, how=how)[1:]
    return edits


def _beside(question: Question, given: Given, also: Form, pen: Pen) -> Edit:
    record = question.record
    says: Answers = {name: v for name, v in given.answers.items() if v is not None}
    if also.name == record.form:
        says = {name: v for name, v in record.answers.items() if name[:1] != "_"} | says
    else:
        says[also.happened] = pen.day_of(given.by[0].at)
    if author := pen.author_of(given.by[0].feed):
        says[SAID_BY] = author
    return Edit(also.name, pen.new(), record.client, record.audience, says)


def _says_something(given: Given, names: Iterable[str]) -> bool:
    return any(not shapes.is_empty(given.answers.get(name)) for name in names)


def _of(record: Record, answers: Answers) -> Edit:
    return Edit(record.form, record.id, record.client, record.audience, answers)


def _place(live: Live) -> str:
    return f"{live.feed}/{live.seq}/{live.idx}"


def _dot(said: str) -> Dot | None:
    parts = said.split("/")
    if len(parts) != 3 or not all(one.isdecimal() and len(one) < 20 for one in parts):
        return None
    return Dot(*(int(one) for one in parts))
