# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How made-up colleagues write: in their own name, on a working day, about one client at a time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from desktop_app.casework import audience, forms
from desktop_app.casework.made_up_cast import Client
from desktop_app.casework.records import Answers, Edit, RecordId, new_id

T = TypeVar("T")
_FORMS = {
    "woman": {"they": "she", "them": "her", "their": "her", "themself": "herself"},
    "man": {"they": "he", "them": "him", "their": "his", "themself": "himself"},
}
_AGAIN = re.compile(r"(?<=[.!?] )\{N\} ")
_NEUTRAL = {"they": "they", "them": "them", "their": "their", "themself": "themself"}


@dataclass(frozen=True, slots=True)
class Written:
    """Something one colleague saved.

    Attributes:
        at: when, local time of their laptop.
        by: the colleague's key.
        edit: what they saved.
    """

    at: datetime
    by: str
    edit: Edit


@dataclass(slots=True)
class Pen:
    """Keeps everything that is written, by anybody.

    Attributes:
        ids: person id of every colleague.
        random: where record ids and choices come from.
        latest: nothing is written after this moment.
        written: what was written so far, in no order.
        current: the answers of every record so far.
    """

    ids: Mapping[str, str]
    random: Random
    latest: datetime
    written: list[Written] = field(default_factory=list)
    current: dict[RecordId, Answers] = field(default_factory=dict)

    def write(
        self,
        by: str,
        at: datetime,
        form: str,
        answers: Answers,
        *,
        client: RecordId = b"",
        record: RecordId = b"",
        narrowed_to: str = "",
    ) -> RecordId:
        """Write a record, or with `record` change one, and return its id."""
        when = min(at, self.latest)
        made = record or new_id(_milliseconds(when), self.random.randbytes(10))
        held_by = audience.audience_for(forms.form(form), narrowed_to)
        about = made if form == "client" else client
        kept = {name: value for name, value in answers.items() if record or value not in ("", [])}
        if record:
            kept = forms.whole_groups(forms.form(form), kept, self.current[record])
        self.current[made] = self.current.get(made, {}) | kept
        self.written.append(Written(when, by, Edit(form, made, about, held_by, kept)))
        return made


class Voice:
    """What is said about one client: their name and pronouns, and no line twice too soon."""

    def __init__(self, client: Client, random: Random) -> None:
        self._name = client.spoken
        self._forms = _FORMS.get(client.gender, _NEUTRAL)
        self._random = random
        self._left: dict[Sequence[object], list[object]] = {}

    def say(self, line: str) -> str:
        """Return a line with the client's name and pronouns in it."""
        head, name, rest = line.partition("{N}")
        if self._forms is not _NEUTRAL:
            # Named once, then "she": the lines are put together from pieces that each name them.
            rest = _AGAIN.sub("{They} ", rest)
        said = (head + name + rest).replace("{N}", self._name)
        for word, form in self._forms.items():
            said = said.replace(f"{{{word}}}", form)
            said = said.replace(f"{{{word.capitalize()}}}", form.capitalize())
        return said

    def one_of(self, lines: Sequence[T]) -> T:
        """Return one of some lines; none comes again before all have been."""
        left = self._left.get(lines)
        if not left:
            left = list(lines)
            self._random.shuffle(left)
            self._left[lines] = left
        return left.pop()  # type: ignore[return-value]

    def next_of(self, lines: Sequence[str]) -> str:
        """Return the next of some lines, in their order, said about this client."""
        left = self._left.get(lines)
        if not left:
            left = list(reversed(lines))
            self._left[lines] = left
        return self.say(str(left.pop()))

    def say_one_of(self, lines: Sequence[str]) -> str:
        """Return one of some lines, said about this client."""
        return self.say(self.one_of(lines))


def workday(day: date) -> date:
    """Return the day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def last_workday(today: date) -> date:
    """Return the last working day before today."""
    day = today - timedelta(days=1)
    return day - timedelta(days=max(0, day.weekday() - 4))


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a time of a day."""
    return datetime.combine(day, time(hour, minute))


def iso(at: datetime) -> str:
    """Return a moment as an answer."""
    return at.isoformat(timespec="minutes")


def _milliseconds(at: datetime) -> int:
    # Read as if it were UTC, so that a seed gives the same ids wherever the laptop stands.
    return int(at.replace(tzinfo=UTC).timestamp() * 1000)
