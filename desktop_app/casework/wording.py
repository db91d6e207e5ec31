# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How a record is told: its title, the line under it, its text and its chips.

A form says how in templates, such as "{people} · {place}". Rules, each with a test:

* A template is made of parts, split at " · " and at line ends; a part that lacks an answer is left
  out with its words, so that nothing reads "until " or "Promised: ".
* A code is told by its label, a person by their name, a day by its weekday.
* A field that is not relevant is not told, though its answer is kept.
* Nothing ever raises: a record of a form this Tandem does not know, or with odd answers in it,
  is told as far as it can be.
* A record that not every partner can read says so on a chip.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from desktop_app.casework import audience as audiences
from desktop_app.casework.codes import Choice, codes
from desktop_app.casework.dates import say_moment, say_partial, say_short
from desktop_app.casework.forms import Field, FieldType, Form, forms, relevant
from desktop_app.casework.last_seen import REMOTE
from desktop_app.casework.names import full_name
from desktop_app.casework.outcome_packs import said_of_items
from desktop_app.casework.people import Team
from desktop_app.casework.records import SAID_BY, Answers, Json, Record
from desktop_app.casework.visits import Encounter
from desktop_app.casework.words import _, inside

_ASKED = re.compile(r"\{(\w+)\}")
_LOUD = ("bad", "warn")


class Chip(NamedTuple):
    """A state in one or two words."""

    text: str
    tone: str = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """How one record is told.

    Attributes:
        title: what it is.
        place: with whom, where, until when: the muted line.
        summary: its text; sentences, or the lines somebody typed.
        chips: its states.
        icon: of its disc.
        tone: of its disc.
        when: ISO text of the day or moment that dates it; empty when the day it was recorded does.
    """

    title: str
    place: str
    summary: str
    chips: tuple[Chip, ...]
    icon: str
    tone: str
    when: str


def told(record: Record, team: Team, *, on: date, encounter: Encounter | None = None) -> Told:
    """Return how a record is told in a timeline.

    Args:
        record: any record.
        team: whose names are said.
        on: today; days of another year are said with it.
        encounter: for a visit, its accounts: what they say becomes its text.
    """
    shipped = forms().get(record.form)
    if shipped is None:
        return Told(_("Something a newer Tandem wrote"), "", "", (), "file-text", "neutral", "")
    voice = _Voice(shipped, record.answers, team, on)
    summary = voice.lines(_(shipped.summary))
    if encounter is not None:
        summary = accounts_words(encounter, team) or summary
    return Told(
        title=_title(record, shipped, voice),
        place=voice.lines(_(shipped.place)),
        summary=summary,
        chips=tuple(_chips(record, shipped, voice)),
        icon=_icon(shipped, voice),
        tone=_tone(shipped, voice),
        when=record.text(shipped.happened) if shipped.happened else "",
    )


def answers_in_words(record: Record, team: Team, *, on: date) -> list[tuple[str, str]]:
    """Return every answer of a record with its question, in the order of the form."""
    shipped = forms().get(record.form)
    if shipped is None:
        return []
    voice = _Voice(shipped, record.answers, team, on)
    told_ones = (
        (one, voice.answer(one.name)) for one in shipped.field if one.appearance != "hidden"
    )
    return [(_(one.label), words) for one, words in told_ones if words]


def answer_in_words(field: Field, value: Json, team: Team, *, on: date) -> str:
    """Return one answer as a person reads it; empty when there is none, or it makes no sense."""
    if isinstance(value, str):
        return _one(field, value, team, on)
    if isinstance(value, list):
        return _several(field, _texts(value), team)
    if isinstance(value, dict):
        said = said_of_items(value) if field.type is FieldType.ITEMS else _each(field, value)
        return "; ".join(said)
    number = field.type in (FieldType.INTEGER, FieldType.DECIMAL)
    return str(value) if number and value is not None else ""


def listed(names: list[str]) -> str:
    """Return names as a sentence lists them: "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def joint_words(visit: str) -> str:
    """Return what a visit of two is called: "Joint prison visit"."""
    return _("Joint %(visit)s") % {"visit": inside(visit)}


def chip_of(list_name: str, code: str) -> Chip | None:
    """Return the chip of a code; None when the list never had it."""
    found = codes(list_name).find(code)
    if found is None:
        return Chip(code) if code else None
    return Chip(_(found.short or found.label), found.tone, found.icon)


@dataclass(frozen=True, slots=True)
class _Voice:
    """Says the answers of one record."""

    form: Form
    answers: Answers
    team: Team
    on: date

    def answer(self, name: str) -> str:
        """Return a relevant answer in words."""
        field = self.form.fields.get(name)
        if field is None or not relevant(field, self.answers):
            return ""
        return answer_in_words(field, self.answers.get(name), self.team, on=self.on)

    def lines(self, template: str) -> str:
        """Return a template filled in; a part that lacks an answer is left out."""
        kept = []
        for line in template.strip().splitlines():
            parts = [self._part(part) for part in line.split(" · ")]
            said = " · ".join(part for part in parts if part)
            if said:
                kept.append(said)
        return (
            " ".join(_ended(line) for line in kept[:-1])
            + (" " if kept[1:] else "")
            + (kept[-1] if kept else "")
        )

    def choice(self, name: str) -> Choice | None:
        """Return the choice a select is answered with."""
        field, value = self.form.fields.get(name), self.answers.get(name)
        if field is None or field.type is not FieldType.SELECT_ONE or not isinstance(value, str):
            return None
        return codes(field.choices).find(value) if relevant(field, self.answers) else None

    def _part(self, part: str) -> str:
        said = {name: self.answer(name) for name in _ASKED.findall(part)}
        if not all(said.values()):
            return ""
        return _ASKED.sub(lambda asked: said[asked[1]], part)


def _title(record: Record, form: Form, voice: _Voice) -> str:
    if form.name == "client":
        return full_name(record.answers)
    title = voice.lines(_(form.titled)) or _(form.title)
    people = _texts(record.answers.get("people"))
    if form.name == "visit" and len(set(people)) > 1:
        return joint_words(title)
    return title


def outcome_words(outcome: str, *, kind: str) -> str:
    """Return the outcome of a visit; of a call nobody says that somebody was not seen."""
    if kind in REMOTE and outcome == "seen":
        return _("Answered") if kind == "text" else _("Spoke")
    if kind in REMOTE and outcome == "not_seen":
        return _("No answer")
    return codes("outcome").label(outcome)


def _chips(record: Record, form: Form, voice: _Voice) -> list[Chip]:
    found = [_chip(voice, name) for name in form.chips]
    if form.name == "visit" and not record.answers.get("outcome"):
        found.append(_chip(voice, "state"))
    chips = [one for one in found if one is not None]
    if record.withdrawn is not None:
        chips.insert(0, Chip(_("Withdrawn"), "neutral", "archive"))
    if record.conflicts:
        chips.append(Chip(_("Two answers"), "warn", "git-merge"))
    if record.audience != audiences.PARTNERS:
        chips.append(Chip(audiences.title(record.audience), "neutral", "eye-off"))
    return chips


def _chip(voice: _Voice, name: str) -> Chip | None:
    choice = voice.choice(name)
    if choice is None:
        said = voice.answer(name)
        return Chip(said) if said else None
    words = _(choice.short or choice.label)
    if voice.form.name == "visit" and name == "outcome":
        words = outcome_words(choice.code, kind=str(voice.answers.get("kind")))
    return Chip(words, choice.tone, choice.icon)


def _icon(form: Form, voice: _Voice) -> str:
    if form.name == "visit" and len(set(_texts(voice.answers.get("people")))) > 1:
        return "handshake"
    naming = _naming(form, voice)
    return naming.icon if naming and naming.icon else form.icon


def _tone(form: Form, voice: _Voice) -> str:
    """Return the tone of the disc: of what names the record, of a loud chip, of the form."""
    naming = _naming(form, voice)
    if naming and naming.tone != "neutral":
        return naming.tone
    chips = (voice.choice(name) for name in form.chips)
    loud = [one.tone for one in chips if one and one.tone in _LOUD]
    return loud[0] if loud and form.tone == "neutral" else form.tone


def _naming(form: Form, voice: _Voice) -> Choice | None:
    names = _ASKED.findall(form.titled)
    return voice.choice(names[0]) if names else None


def with_author(place: str, record: Record, team: Team) -> str:
    """Return the muted line with who wrote it, unless it names them already."""
    author, said_by = team.name_of(record.author), record.text(SAID_BY)
    if said_by and said_by != record.author:  # it is theirs; who let it stand signed it
        let_stand = _("let stand by %(author)s") % {"author": author}
        author = f"{team.name_of(said_by)} · {let_stand}"
    if record.form in ("visit", "assignment") or author in place:
        return place
    return " · ".join(part for part in (place, author) if part)


def accounts_words(encounter: Encounter, team: Team) -> str:
    """Return what the accounts of a visit say; each under its author's name when several."""
    notes = [(one.author, one.latest.note.strip()) for one in encounter.told]
    notes = [(author, note) for author, note in notes if note]
    if len(encounter.told) < 2:
        return notes[0][1] if notes else ""
    return "\n".join(
        _("%(name)s: %(note)s") % {"name": team.name_of(author), "note": note}
        for author, note in notes
    )


def _one(field: Field, value: str, team: Team, on: date) -> str:
    sayings: Mapping[FieldType, Callable[[str], str]] = {
        FieldType.TEXT: lambda text: text.strip(),
        FieldType.SELECT_ONE: lambda code: codes(field.choices).label(code) if code else "",
        FieldType.PERSON: lambda person: team.name_of(person) if person else "",
        FieldType.DATE: lambda iso: say_short(iso, on),
        FieldType.DATETIME: lambda iso: say_moment(iso, on),
        FieldType.PARTIAL_DATE: lambda edtf: say_partial(edtf) if edtf else "",
    }
    said = sayings.get(field.type)
    return said(value) if said else ""


def _several(field: Field, values: list[str], team: Team) -> str:
    if field.type is FieldType.PEOPLE:
        return listed([team.name_of(one) for one in values])
    if field.type is FieldType.SELECT_MULTIPLE:
        return ", ".join(codes(field.choices).label(one) for one in values)
    return ", ".join(values) if field.type is FieldType.TEXTS else ""


def _each(field: Field, value: Mapping[str, Json]) -> list[str]:
    if field.type is not FieldType.SELECT_EACH:
        return []
    offered, answered = codes(field.choices), codes(field.answered_with)
    return [
        _("%(offer)s: %(answer)s")
        % {"offer": offered.label(code), "answer": answered.label(one).lower()}
        for code, one in value.items()
        if isinstance(one, str) and one
    ]


def _texts(value: Json) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _ended(sentence: str) -> str:
    return sentence if sentence[-1:] in ".!?…:;" else f"{sentence}."
