# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is held of clients already, so that a line about the same event brings it up to date.

Rules, each with a test:

* An arrest is the same one by its client, its day and its kind of offence; an appointment by its
  client, its time and its kind; anything else by its day and what it must always say.
* Of several on one day, the one in the same words is meant. Two lines of one list in different
  words are two: two counts, not one.
* A later list may say what followed, and fill in what was left empty; what somebody wrote of
  the event itself stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.casework.answers import is_empty
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_partial
from desktop_app.casework.forms import Field, FieldType, Form
from desktop_app.casework.names import fold
from desktop_app.casework.records import Answers, Json, RecordId
from desktop_app.casework.words import _

_KEYS: Mapping[str, tuple[str, ...]] = {
    "arrest": ("arrested_on", "offence_group"),
    "appointment": ("booked_for", "kind"),
    "cohort": ("started_on", "cohort"),
}
"""What an event is known by, besides its client; of any other form its day and what it must say."""
_FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "arrest": (
        *("further_action", "charged_on", "after_charge", "court", "plea", "convicted_on"),
        *("disposal", "sentenced_on", "disposal_note"),
    ),
    "appointment": ("state", "reason", "reason_note"),
    "cohort": ("ended_on", "ended_because", "ended_note"),
    "support": ("ended_on", "end_reason", "end_note"),
    "treatment": ("status", "ended_on", "end_reason", "end_note"),
}
"""What a later list may say otherwise: what followed, of each form."""
_IN_WORDS = {"arrest": "offence"}


class Held(NamedTuple):
    """A record that is held, or that a line further up would make.

    Attributes:
        record: its id.
        answers: its answers; what a line changes is put in.
        line: the line that would make it; 0 for one that is held.
    """

    record: RecordId
    answers: Answers
    line: int = 0


@dataclass(slots=True)
class Events:
    """The records of one form, by whom and what they are about."""

    form: Form
    _held: dict[tuple[RecordId, tuple[str, ...]], list[Held]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, ...]:
        """Return the questions a record of this form is known by."""
        form = self.form
        must = [one.name for one in form.field if one.required and one.type is not FieldType.RECORD]
        return _KEYS.get(form.name) or tuple(dict.fromkeys((form.happened, *must)))

    def add(self, client: RecordId, record: RecordId, answers: Answers, *, line: int = 0) -> None:
        """Put a record in: one that is held, or one a line would make."""
        plain = {name: value for name, value in answers.items() if name in self.form.fields}
        self._held.setdefault(self._known_by(client, answers), []).append(Held(record, plain, line))

    def same(self, client: RecordId, answers: Answers) -> Held | None:
        """Return the record of the same event; None where there is none yet."""
        held = self._held.get(self._known_by(client, answers), [])
        wordy = _IN_WORDS.get(self.form.name, "")
        said = fold(str(answers.get(wordy) or "")) if wordy else ""
        if said:
            alike = [one for one in held if fold(str(one.answers.get(wordy) or "")) == said]
            silent = [one for one in held if is_empty(one.answers.get(wordy))]
            apart = [one for one in held if not one.line]
            return next(iter([*alike, *silent, *(apart if len(held) == 1 else [])]), None)
        return held[0] if held else None

    def changed(self, held: Held, answers: Answers) -> Answers:
        """Return what a line brings to a record: what followed, and what was left empty."""
        follows = _FOLLOWS.get(self.form.name, ())
        return {
            name: value
            for name, value in answers.items()
            if name not in self.key
            and held.answers.get(name) != value
            and (name in follows or is_empty(held.answers.get(name)))
            and not _less(name, value)
        }

    def words(self, changed: Answers) -> str:
        """Return what changes, in words: "Plea: Not guilty. Decided on: 3 May 2026."""
        said = []
        for name, value in changed.items():
            asked = self.form.fields[name]
            words = {"question": _(asked.label), "answer": in_words(asked, value)}
            said.append(_("%(question)s: %(answer)s.") % words)
        return " ".join(said)

    def _known_by(self, client: RecordId, answers: Answers) -> tuple[RecordId, tuple[str, ...]]:
        return client, tuple(str(answers.get(name) or "") for name in self.key)


def _less(name: str, value: Json) -> bool:
    """Say whether an answer says less than any other: what somebody knew is not unlearned."""
    return name != "state" and value in ("not_known", "", None)


def in_words(asked: Field, value: Json) -> str:
    """Return an answer as a person reads it."""
    if asked.type is FieldType.SELECT_ONE:
        return codes(asked.choices).label(str(value))
    if asked.type in (FieldType.DATE, FieldType.PARTIAL_DATE):
        return say_partial(str(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
