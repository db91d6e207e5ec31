# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Records as rows: what of a record stands in which column.

The driver looks up a converter for every `bytes` it is handed, at about a microsecond each; a
`bytearray` passes straight through. Where many rows are written, that halves the time.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec

from desktop_app.casework.forms import forms
from desktop_app.casework.records import WITHDRAWN, Answers, Live, Record
from storage.errors import VaultDamaged

Row = tuple[Any, ...]
LONGEST_DAY = 32
AT_ONCE, _FEW = 500, 16
"""Keys asked for in one statement, and how few are asked for one by one."""
LONG = 900
"""Bytes of a row from which a part of it may lie on pages of its own."""
_END_OF_TIME = 253_402_300_799_000

encode = msgspec.msgpack.Encoder().encode
lives = msgspec.msgpack.Decoder(list[Live]).decode
decode: Callable[[bytes], Any] = msgspec.msgpack.Decoder().decode
answers_of = msgspec.msgpack.Decoder(dict[str, Any]).decode


@cache
def dated_by() -> dict[str, str]:
    """Return the field that dates the records of each form, where it has one."""
    return {name: one.happened for name, one in forms().items() if one.happened}


@cache
def sealed_forms() -> frozenset[str]:
    """Return the forms whose records cannot be edited once they have left."""
    return frozenset(name for name, one in forms().items() if one.sealed)


def record_of(row: Sequence[Any]) -> Record:
    """Return the record of a row of id, form, client, audience, author, live, trail."""
    return Record(row[0], row[1], row[2], row[3], row[4], lives(row[5]), row[6])


def asked(db: Any, question: str, keys: Sequence[bytes]) -> Iterator[Row]:
    """Yield the rows that `... IN (?)` finds for some keys.

    For many keys one statement of 500 places is prepared once, and filled up; for a few, such as
    those of one save, filling it up would cost more than the answer.
    """
    if len(keys) < _FEW:
        for key in keys:
            yield from db.execute(question, (bytearray(key),))
        return
    many = _of_many(question)
    for start in range(0, len(keys), AT_ONCE):
        some = [bytearray(key) for key in keys[start : start + AT_ONCE]]
        yield from db.execute(many, some + some[-1:] * (AT_ONCE - len(some)))


@cache
def _of_many(question: str) -> str:
    return question.replace("(?)", f"({', '.join('?' * AT_ONCE)})")


def see_it_is_whole(db: Any) -> None:
    """Refuse what was just read when a page of it was damaged.

    The last page of a long value comes back as zeros without an error when it was altered; only
    SQLCipher's own status tells, from then on.

    Raises:
        VaultDamaged: a page read by this connection was not as it was written.
    """
    if db.execute("PRAGMA cipher_status").fetchone()[0] != "1":
        raise VaultDamaged


def happened(record: Record) -> str:
    """Return what a record is sorted by: its own date, else when it was made."""
    return facts(record)[0]


def facts(record: Record) -> tuple[str, int, int]:
    """Return the day a record is sorted by, whether it has a conflict, whether it is withdrawn.

    Whether is 1 or 0: a bool makes the driver look for a converter, as bytes do.
    """
    live = record.live
    field = dated_by().get(record.form, "")
    answers, twice = live[0].answers, False
    if len(live) > 1:
        answers, given = answers.copy(), 0
        for one in live:
            answers |= one.answers
            given += len(one.answers)
        twice = given > len(answers)
        if twice:
            answers = record.answers
    value = answers.get(field)
    sortable = isinstance(value, str) and value[:1].isdigit()
    return (
        str(value)[:LONGEST_DAY] if sortable else made(record.id),
        int(twice and bool(record.conflicts)),
        int(WITHDRAWN in answers and record.withdrawn is not None),
    )


def made(record: bytes) -> str:
    """Return when a record was made, which its id says, as UTC to the minute."""
    at = min(int.from_bytes(record[:6], "big"), _END_OF_TIME)
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M")


def is_withdrawn(record: Record) -> bool:
    """Say whether a record is withdrawn, without working out all its answers."""
    return any(WITHDRAWN in one.answers for one in record.live) and record.withdrawn is not None


def text(answers: Answers, field: str) -> str:
    """Return an answer as text; empty when it is not text."""
    value = answers.get(field)
    return value if isinstance(value, str) else ""


def listed(names: Collection[str]) -> str:
    """Return some words as `json_each` reads them."""
    return msgspec.json.encode(sorted(names)).decode()
