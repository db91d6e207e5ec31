# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Forms: what each kind of record asks, read from resources/forms.

A record kind is one TOML file, in the words of XLSForm. Adding a field touches that file only.
Rules, each with a test:

* The file's name is the form's name; a field's name is never changed, never given another type
  and never used again.
* `audience` has no default: a form that does not say who may hold it does not load.
* `required` is asked for before a record is saved; `needed` is what the guide or the law demands
  and only nags: a record without it saves, and says what is missing.
* A field that is not relevant keeps its answer, is hidden and does not count.
* No answer, however odd, makes a form fail: it is reported in words.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import blake2b

import msgspec

from desktop_app.casework import answers as shapes
from desktop_app.casework.codes import codes
from desktop_app.casework.errors import FormError
from desktop_app.casework.people import Role
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _, inside
from resources import folder

LANES = ("visits", "treatment", "custody", "police", "support", "file")
AUDIENCE_NAMES = ("partners", "health", "police", "coordination", "audit")
_RELEVANT = re.compile(r"^(\w+) (=|!=|in) ([\w -]+)$")
_CONSTRAINT = re.compile(r"^\. (<=|>=|<|>) (today|-?\d+(?:\.\d+)?|\$\{(\w+)\})$")


class FieldType(StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    DATETIME = "datetime"
    PARTIAL_DATE = "partial_date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    SELECT_EACH = "select_each"
    TEXTS = "texts"
    PERSON = "person"
    PEOPLE = "people"
    RECORD = "record"
    ITEMS = "items"


SELECTS = (FieldType.SELECT_ONE, FieldType.SELECT_MULTIPLE, FieldType.SELECT_EACH)


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of a form.

    Attributes:
        name: never changed, never used again for something else.
        type: what kind of answer it takes.
        label: the question, short.
        hint: one line under the label; empty when the label is enough.
        required: asked for before the record is saved (a draft always saves).
        needed: why the field is demanded ("guide section 4"); nags, never blocks.
        relevant: `field = code`, `field != code` or `field in code code`; hidden otherwise.
        constraint: `. <= today`, `. >= 0`, `. >= ${other_field}`.
        constraint_message: what to say when the constraint does not hold.
        choices: name of the code list of a select.
        answered_with: for `select_each`, the code list each chosen code is answered from.
        appearance: `multiline`, `chips`, `hidden`, `ahead` (a day that is planned); how, never
            what.
        group: fields that only make sense together share one; they change together.
        default: `now`, `today`, `me`, or a code: shown on a new record, and saved when shown.
    """

    name: str
    type: FieldType
    label: str
    hint: str = ""
    required: bool = False
    needed: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    choices: str = ""
    answered_with: str = ""
    appearance: str = ""
    group: str = ""
    default: str = ""


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What fields that only make sense together are called together."""

    name: str
    label: str


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of record.

    Attributes:
        title: what one record is called.
        plural: what several are called.
        one: what one is called where they are counted, "visit"; empty where the title does.
        many: what several are called there; empty where `plural` does.
        about: one sentence of help.
        audience: who may hold its records.
        narrow: the audiences its author may keep one record to instead.
        write: roles that may make and change its records; empty for everybody.
        sealed: what leaves in a bundle can no longer be edited, only corrected.
        happened: the field that dates it; empty when the day it was recorded is the day.
        lane: the timeline filter it stands under; empty keeps it off the timeline.
        icon: Lucide name.
        tone: chip tone of its disc.
        titled: how one record is named, with `{field}` for the label of an answer.
        place: likewise, the muted line under the title.
        summary: likewise, the body text.
        chips: select fields whose answers are shown as chips.
        also: the form in which a second answer to the same questions stands beside, with a day of
            its own; empty where two answers cannot both stand.
        group: what its groups of fields are called, where they have a name.
        field: its questions, in order.
    """

    title: str
    plural: str
    about: str
    audience: str
    lane: str
    icon: str
    tone: str
    titled: str
    field: tuple[Field, ...]
    one: str = ""
    many: str = ""
    narrow: tuple[str, ...] = ()
    write: tuple[Role, ...] = ()
    sealed: bool = False
    happened: str = ""
    place: str = ""
    summary: str = ""
    chips: tuple[str, ...] = ()
    also: str = ""
    group: tuple[Group, ...] = ()
    name: str = ""

    @property
    def fields(self) -> Mapping[str, Field]:
        """Return its fields by name."""
        shipped = self.name and forms().get(self.name) is self
        return _fields(self.name) if shipped else {one.name: one for one in self.field}

    def counted(self, count: int) -> str:
        """Return so many of its records in words: "3 visits"."""
        said = (self.one or self.title) if count == 1 else (self.many or self.plural)
        words = _(said)
        return f"{count:,} {inside(words)}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right before a record is saved."""

    field: str
    message: str


@cache
def forms() -> Mapping[str, Form]:
    """Return every shipped form by name.

    Raises:
        FormError: a form's file is not in order.
    """
    return {
        place.name.removesuffix(".toml"): _load(place.name.removesuffix(".toml"))
        for place in sorted(folder("forms").iterdir(), key=lambda place: place.name)
        if place.name.endswith(".toml")
    }


@cache
def meaning() -> str:
    """Return a mark that changes when what is made of the records changes with the forms.

    Who may write and hold them, what dates them, which fields they have: not what a screen calls
    them. Records that came under other forms are then made anew (see `sync.history`).
    """
    said = [
        (
            *(name, one.audience, one.narrow, [role.value for role in one.write]),
            *(one.sealed, one.happened, [(each.name, each.type, each.group) for each in one.field]),
        )
        for name, one in forms().items()
    ]
    return blake2b(repr(said).encode(), digest_size=16, person=b"tandem-forms").hexdigest()


def form(name: str) -> Form:
    """Return one shipped form.

    Raises:
        FormError: this version of Tandem has no such form.
    """
    found = forms().get(name)
    if found is None:
        raise FormError(_("This version of Tandem has no form of that name."))
    return found


def parse(name: str, text: str) -> Form:
    """Read a form from the text of its file, and check that it holds together.

    Raises:
        FormError: it does not.
    """
    try:
        found = msgspec.toml.decode(text.encode(), type=Form)
    except msgspec.MsgspecError as error:
        raise FormError(f"Form {name}: {error}") from error
    found = msgspec.structs.replace(found, name=name)
    wrong = [*_wrong_with(found), *(w for one in found.field for w in _wrong_field(found, one))]
    if wrong:
        raise FormError(f"Form {name}: {'; '.join(wrong)}")
    return found


def relevant(field: Field, answers: Answers) -> bool:
    """Say whether a field is asked at all, given the other answers."""
    match = _RELEVANT.match(field.relevant)
    if match is None:
        return True
    other, sign, wanted = match.groups()
    given = answers.get(other)
    held = given if isinstance(given, list) else [given]
    among = any(str(one) in wanted.split() for one in held if one is not None)
    return not among if sign == "!=" else among


def problems(form: Form, answers: Answers, *, today: str) -> list[Problem]:
    """Return what must be put right before a record is saved, in the order of the form.

    Args:
        form: the form.
        answers: what has been answered so far; anything may stand in it.
        today: the day, ISO.
    """
    found = []
    for field in form.field:
        if not relevant(field, answers):
            continue
        message = _problem(field, answers, today)
        if message:
            found.append(Problem(field.name, message))
    return found


def missing(form: Form, answers: Answers) -> list[Field]:
    """Return the fields the guide or the law demands that are relevant and not answered."""
    return [
        one
        for one in form.field
        if one.needed and relevant(one, answers) and shapes.is_empty(answers.get(one.name))
    ]


def whole_groups(form: Form, altered: Answers, current: Answers) -> Answers:
    """Return `altered` completed so that a group of fields always changes as one."""
    groups = {form.fields[name].group for name in altered if name in form.fields} - {""}
    whole = dict(altered)
    for one in form.field:
        if one.group in groups and one.name not in whole:
            whole[one.name] = current.get(one.name)
    return whole


def _problem(field: Field, answers: Answers, today: str) -> str:
    value = answers.get(field.name)
    if shapes.is_empty(value):
        if not field.required:
            return ""
        return _("Answer “%(question)s”.") % {"question": _(field.label)}
    wrong = shapes.wrong_shape(field.type.value, value)
    if wrong:
        return wrong
    if field.type in SELECTS and _unknown_codes(field, value):
        return _("Choose one of the answers offered.")
    if field.constraint and not _holds(field, value, answers, today):
        return _(field.constraint_message)
    return ""


def _unknown_codes(field: Field, value: Json) -> bool:
    offered = codes(field.choices)
    chosen: Collection[Json] = value if isinstance(value, (list, dict)) else [value]
    if any(offered.find(str(one)) is None for one in chosen):
        return True
    if isinstance(value, dict):
        answered = codes(field.answered_with)
        return any(one and answered.find(str(one)) is None for one in value.values())
    return False


def _holds(field: Field, value: Json, answers: Answers, today: str) -> bool:
    match = _CONSTRAINT.match(field.constraint)
    if match is None:
        return True
    sign, bound, other = match.groups()
    limit: Json = today if bound == "today" else answers.get(other) if other else float(bound)
    if shapes.is_empty(limit):
        return True
    if isinstance(value, (int, float)) and isinstance(limit, (int, float)):
        order = (value > limit) - (value < limit)
    else:
        length = min(len(str(value)), len(str(limit)))
        left, right = str(value)[:length], str(limit)[:length]
        order = (left > right) - (left < right)
    return {"<=": order <= 0, ">=": order >= 0, "<": order < 0, ">": order > 0}[sign]


@cache
def _fields(name: str) -> Mapping[str, Field]:
    return {one.name: one for one in forms()[name].field} if name in forms() else {}


def _load(name: str) -> Form:
    return parse(name, (folder("forms") / f"{name}.toml").read_text(encoding="utf-8"))


def _wrong_with(form: Form) -> list[str]:
    names = [one.name for one in form.field]
    used = {*re.findall(r"\{(\w+)\}", form.titled + form.place + form.summary), *form.chips}
    if form.happened:
        used.add(form.happened)
    wrong = [f"no field {one}" for one in sorted(used - set(names))]
    wrong += [
        f"field {one} stands twice" for one in sorted({n for n in names if names.count(n) > 1})
    ]
    wrong += [
        f"unknown audience {one}"
        for one in (form.audience, *form.narrow)
        if one not in AUDIENCE_NAMES
    ]
    used_groups = {one.group for one in form.field}
    wrong += [f"no field of group {one.name}" for one in form.group if one.name not in used_groups]
    if form.lane and form.lane not in LANES:
        wrong.append(f"unknown lane {form.lane}")
    return wrong


def _wrong_field(form: Form, field: Field) -> list[str]:
    wrong = []
    names = {one.name for one in form.field}
    if not re.fullmatch(r"[a-z][a-z0-9_]*", field.name):
        wrong.append(f"{field.name} is not a plain name")
    if (field.type in SELECTS) != bool(field.choices):
        wrong.append(f"{field.name}: choices belong to a select")
    if (field.type is FieldType.SELECT_EACH) != bool(field.answered_with):
        wrong.append(f"{field.name}: answered_with belongs to select_each")
    if field.relevant:
        match = _RELEVANT.match(field.relevant)
        if match is None or match[1] not in names:
            wrong.append(f"{field.name}: relevant cannot be read")
    if field.constraint:
        match = _CONSTRAINT.match(field.constraint)
        if match is None or not field.constraint_message or (match[3] and match[3] not in names):
            wrong.append(f"{field.name}: constraint cannot be read, or has no message")
    return wrong
