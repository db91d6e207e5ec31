# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Readings: the few answers a rule needs of a record, each with its proper type.

A rule says what it needs in a small frozen dataclass. Rules, each with a test:

* An answer that is missing or has the wrong shape is read as empty; nothing ever raises, because
  one odd record must not empty a whole list.
* `check` says what a form no longer offers, so that a field renamed in a form's file is found by
  the suite and not in a kitchen.
* A withdrawn record is never read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints

from desktop_app.casework.dates import as_date, as_moment
from desktop_app.casework.forms import FieldType, Form
from desktop_app.casework.records import Json, Record, linked


class Held(tuple[Record, ...]):
    """Records that many rules read, one after the other: each reading is made once."""

    _made: dict[type, list[Any]]

    def readings(self, kind: type[Any]) -> list[Any]:
        """Return the readings of every record of a form that stands."""
        try:
            made = self._made
        except AttributeError:
            made = self._made = {}
        if kind not in made:
            made[kind] = _all(kind, self)
        return list(made[kind])


class Reading(Protocol):
    """What a reading is: a frozen dataclass of answers that names its form."""

    form: ClassVar[str]


R = TypeVar("R", bound=Reading)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _date(value: Json) -> date | None:
    return as_date(value) if isinstance(value, str) and len(value) == 10 else None


def _moment(value: Json) -> datetime | None:
    return as_moment(value) if isinstance(value, str) else None


def _number(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _each(value: Json) -> Mapping[str, str]:
    if not isinstance(value, dict):
        return {}
    return {code: one for code, one in value.items() if isinstance(one, str)}


_READERS: Mapping[object, Callable[[Json], object]] = {
    str: _text,
    date | None: _date,
    datetime | None: _moment,
    int | None: _number,
    tuple[str, ...]: _texts,
    bytes | None: linked,
    Mapping[str, str]: _each,
}
_OFFERED: Mapping[object, tuple[FieldType, ...]] = {
    str: (FieldType.TEXT, FieldType.SELECT_ONE, FieldType.PERSON, FieldType.PARTIAL_DATE),
    date | None: (FieldType.DATE,),
    datetime | None: (FieldType.DATETIME,),
    int | None: (FieldType.INTEGER,),
    tuple[str, ...]: (FieldType.TEXTS, FieldType.PEOPLE, FieldType.SELECT_MULTIPLE),
    bytes | None: (FieldType.RECORD,),
    Mapping[str, str]: (FieldType.SELECT_EACH,),
}


def read(kind: type[R], record: Record) -> R:
    """Return what a rule needs of a record.

    A field called `record` is given the record itself.

    Args:
        kind: the reading.
        record: a record of any form, with anything in it.
    """
    answers = record.answers
    values = {name: reader(answers.get(name)) for name, reader in _wants(kind).items()}
    if _holds_record(kind):
        values["record"] = record
    make: Any = kind
    made: R = make(**values)
    return made


def read_all(kind: type[R], records: Iterable[Record]) -> list[R]:
    """Return the readings of every record of the reading's form that still stands."""
    return records.readings(kind) if isinstance(records, Held) else _all(kind, records)


def held(records: Iterable[Record]) -> Held:
    """Return records that are read more than once."""
    return records if isinstance(records, Held) else Held(records)


def _all(kind: type[R], records: Iterable[Record]) -> list[R]:
    return [read(kind, one) for one in records if one.form == kind.form and one.withdrawn is None]


def check(kind: type[Reading], form: Form) -> list[str]:
    """Return what the reading wants and the form does not offer; empty when all is well."""
    wrong = []
    for name, wanted in _hints(kind).items():
        if name == "record":
            continue
        offered = form.fields.get(name)
        if offered is None or offered.type not in _OFFERED.get(wanted, ()):
            what = offered.type.value if offered else "nothing"
            wrong.append(f"{kind.__name__}.{name} wants {wanted}, {form.name} offers {what}")
    return wrong


@cache
def _hints(kind: type[Reading]) -> Mapping[str, object]:
    hints = get_type_hints(kind)
    made: Any = kind
    return {one.name: hints[one.name] for one in fields(made)}


@cache
def _wants(kind: type[Reading]) -> Mapping[str, Callable[[Json], object]]:
    return {name: _READERS[wanted] for name, wanted in _hints(kind).items() if name != "record"}


@cache
def _holds_record(kind: type[Reading]) -> bool:
    return "record" in _hints(kind)
