# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One question answered twice: what was answered, by which changes, and what can be done about it.

Two people answered the same question without having seen each other's answer; a record keeps both
(see `records`). Rules, each with a test:

* Answers that only make sense together, such as the lines of an address, are one question: they
  are shown together and settled together.
* Whoever gave the same answer stands together; nobody's answer comes first but by its time.
* Words can be put together, and so can lists; what cannot is not offered.
* Both can stand where the form says in which form a second answer has a day of its own: an
  address, a telephone, where somebody lives for now.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.casework.forms import Field, FieldType, Form, forms
from desktop_app.casework.records import (
    WITHDRAWN,
    Answers,
    Change,
    Json,
    Live,
    Record,
    RecordId,
    merge,
)
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _

WORDS = (FieldType.TEXT,)
LISTS = (FieldType.TEXTS, FieldType.SELECT_MULTIPLE, FieldType.PEOPLE)
Said = tuple[Sequence[Change], str, Callable[[int, int], bool]]
"""Changes, their author's person id, and whether that author had seen a bundle (feed, seq)."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer among several.

    Attributes:
        answers: what it says, for every field of the question.
        by: the changes that say it, earliest first.
    """

    answers: Answers
    by: tuple[Live, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a record with several answers.

    Attributes:
        record: the record.
        fields: every field that is settled with it, in the form's order.
        differ: those in which the answers differ.
        given: the answers, by when they were first written.
    """

    record: Record
    fields: tuple[str, ...]
    differ: tuple[str, ...]
    given: tuple[Given, ...]


def questions(record: Record) -> list[Question]:
    """Return the questions of a record that were answered twice, in the form's order."""
    twice = record.conflicts
    if not twice:
        return []
    shipped = forms().get(record.form)
    order = [one.name for one in shipped.field] if shipped else []
    differ = sorted(twice, key=lambda name: order.index(name) if name in order else len(order))
    found: list[Question] = []
    for name in differ:
        if any(name in one.fields for one in found):
            continue
        fields = together(shipped, name)
        of_these = tuple(one for one in differ if one in fields)
        lives = {live.stamp: live for one in of_these for live in twice[one]}
        given = answered((lives[stamp] for stamp in sorted(lives)), fields, record.answers)
        found.append(Question(record, fields, of_these, given))
    return found


def together(form: Form | None, name: str) -> tuple[str, ...]:
    """Return the fields that only make sense together with one of a form."""
    field = form.fields.get(name) if form else None
    if form is None or field is None or not field.group:
        return (name,)
    return tuple(one.name for one in form.field if one.group == field.group)


def answered(lives: Iterable[Live], fields: Sequence[str], shown: Answers) -> tuple[Given, ...]:
    """Return what several changes say to some fields, who said the same together.

    Args:
        lives: the changes, earliest first.
        fields: the fields.
        shown: what the record shows: stands in where a change says nothing to a field.
    """
    found: list[tuple[Answers, list[Live]]] = []
    for live in lives:
        says = {name: live.answers.get(name, shown.get(name)) for name in fields}
        same = next((by for answers, by in found if answers == says), None)
        if same is None:
            found.append((says, [live]))
        else:
            same.append(live)
    return tuple(Given(answers, tuple(by)) for answers, by in found)


def asked(record: Record, differ: Sequence[str]) -> str:
    """Return what was asked, as a list names it: "Born", or what several fields are together."""
    shipped = forms().get(record.form)
    fields = shipped.fields if shipped else {}
    together = {fields[name].group for name in differ if name in fields}
    if len(together) == 1 and len(set(differ)) > 1:
        called = [
            _(one.label) for one in (shipped.group if shipped else ()) if one.name in together
        ]
        if called:
            return called[0]
    named = [_(fields[name].label) for name in differ if name in fields]
    if named[3:]:
        return ", ".join(named[:3]) + ", …"
    if named:
        return listed(named)
    return _("Whether it stands") if WITHDRAWN in differ else _("Something a newer Tandem asks")


def combined(question: Question) -> Answers | None:
    """Return all answers put together; None where they cannot be.

    Words follow each other, to be read over; lists hold what any of them held.
    """
    shipped = forms().get(question.record.form)
    whole = {name: question.record.answers.get(name) for name in question.fields}
    for name in question.differ:
        field = shipped.fields.get(name) if shipped else None
        held = [given.answers.get(name) for given in question.given]
        joined = _joined(field, held) if field else None
        if joined is None:
            return None
        whole[name] = joined
    return whole


def _joined(field: Field, held: Sequence[Json]) -> Json:
    if field.type in WORDS:
        said = dict.fromkeys(one.strip() for one in held if isinstance(one, str) and one.strip())
        return ("\n\n" if field.appearance == "multiline" else " / ").join(said)
    if field.type in LISTS:
        lists = [one for one in held if isinstance(one, list)]
        return [*dict.fromkeys(item for one in lists for item in one if isinstance(item, str))]
    return None


@dataclass(frozen=True, slots=True)
class Clash:
    """A question that some changes would leave with two answers.

    Attributes:
        record: the record as it would be.
        differ: the fields in which its answers would differ.
        people: person ids of who gave them, by when they were written.
    """

    record: Record
    differ: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def asked(self) -> str:
        """Return what was asked, in words."""
        return asked(self.record, self.differ)


def clashes(
    held: Mapping[RecordId, Record], batch: Iterable[Said], authors: Mapping[int, str]
) -> list[Clash]:
    """Return which questions some changes would leave with two answers that have not two now.

    Args:
        held: the records as they are, those of the changes among them.
        batch: the changes, in the order in which they would be taken in.
        authors: person id behind every feed that wrote what is held.
    """
    whole, people = dict(held), dict(authors)
    for changes, author, saw in batch:
        for change in changes:
            people[change.feed] = author
            record = whole.get(change.record)
            if record is None or _fits(record, change):
                whole[change.record] = merge(record, change, author=author, saw=saw)
    found = []
    for id_, record in whole.items():
        before = held.get(id_)
        if record is before or record.withdrawn is not None:
            continue
        known = {one.differ: one.given for one in questions(before)} if before else {}
        for one in questions(record):
            if known.get(one.differ) != one.given:
                by = (people.get(live.feed, "") for given in one.given for live in given.by)
                found.append(Clash(record, one.differ, tuple(dict.fromkeys(by))))
    return found


def _fits(record: Record, change: Change) -> bool:
    """Say whether a change can be taken into a record; a sealed one is never answered twice."""
    shipped = forms().get(record.form)
    sealed = shipped is not None and shipped.sealed
    same = (change.form, change.audience, change.client) == (
        record.form,
        record.audience,
        record.client,
    )
    return same and not sealed
