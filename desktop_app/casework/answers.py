# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The shape of answers: what a date, a choice or a list of names looks like when it is stored.

Answers are JSON. Dates are ISO text, dates with a time are local time without a zone, remembered
dates are EDTF text ("1989-03-14", "1989-03", "1989", "1989~" for about 1989).
"""

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _

_PARTIAL = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?~?$")
LONGEST_TEXT = 60_000
"""Characters of one answer. A bundle refuses values over 64 KiB."""
LONGEST_VALUE = 65_536
Name = Annotated[str, Meta(min_length=1, max_length=64)]

# JSON to a depth of four, spelled out so that decoding is checking: no bytes, no NaN, no bombs.
_Number = Annotated[int, Meta(ge=-(2**53), le=2**53)]
_Decimal = Annotated[float, Meta(ge=-1e300, le=1e300)]
_Text = Annotated[str, Meta(max_length=LONGEST_VALUE)]
_Flat = None | bool | _Number | _Decimal | _Text
_Deep = _Flat | list[_Flat] | dict[str, _Flat]
_Deeper = _Flat | list[_Deep] | dict[str, _Deep]
_Deepest = _Flat | list[_Deeper] | dict[str, _Deeper]
if TYPE_CHECKING:
    AnswersOnTheWay = dict[str, Json]
else:
    AnswersOnTheWay = dict[Name, _Deepest]
_pack = msgspec.msgpack.Encoder().encode
_on_the_way = msgspec.msgpack.Decoder(AnswersOnTheWay).decode


def packed(answers: Answers) -> bytes:
    """Return answers as they travel, in msgpack, once it is sure that everybody can read them.

    Raises:
        NotAllowed: one is no plain JSON, or longer or deeper than a bundle may carry.
    """
    try:
        as_sent = _pack(answers)
        _on_the_way(as_sent)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise NotAllowed(
            _(
                "An answer is too long or too deep for your colleagues' laptops, so nothing was "
                "saved. It is still here: shorten it, then save again."
            )
        ) from None
    return as_sent


def is_empty(value: Json) -> bool:
    """Say whether an answer says nothing."""
    return value is None or value in ("", [], {})


def wrong_shape(kind: str, value: Json) -> str:
    """Return what is wrong with an answer to a field of this kind, in words; empty when nothing.

    Args:
        kind: a field type, such as "date".
        value: any JSON value.
    """
    match kind:
        case "integer":
            right = isinstance(value, int) and not isinstance(value, bool)
            return "" if right else _("Give a whole number.")
        case "decimal":
            right = isinstance(value, (int, float)) and not isinstance(value, bool)
            return "" if right else _("Give a number.")
        case "date":
            return "" if _is_date(value) else _("Give a day, such as 14 3 2026 or yesterday.")
        case "datetime":
            return "" if _is_datetime(value) else _("Give a day and a time, such as thu 10:30.")
        case "partial_date":
            right = isinstance(value, str) and _is_partial(value)
            return "" if right else _("Give a day, a month or a year, such as 1989.")
        case "select_multiple" | "texts" | "people":
            right = isinstance(value, list) and all(isinstance(one, str) for one in value)
        case "select_each":
            right = isinstance(value, dict) and all(
                one is None or isinstance(one, str) for one in value.values()
            )
        case "items":
            right = isinstance(value, dict) and all(
                isinstance(one, (int, str)) for one in value.values()
            )
        case _:
            right = isinstance(value, str) and len(value) <= LONGEST_TEXT
    return "" if right else _("This answer cannot be read. Please give it again.")


def _is_date(value: Json) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_datetime(value: Json) -> bool:
    if not isinstance(value, str) or len(value) != 16 or value[10] != "T":
        return False
    try:
        return datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


def _is_partial(value: str) -> bool:
    if not _PARTIAL.match(value):
        return False
    padded = value.removesuffix("~") + "-01-01"[len(value.removesuffix("~")) - 4 :]
    return _is_date(padded)
