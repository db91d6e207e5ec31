# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two files side by side, before they are read as one: what they say differently, what comes along.

Rules, each with a test:

* Answers that only make sense together are compared, and kept, together.
* What one file alone says is kept; of lists both are; of two first contacts the earlier. What
  keeps somebody safe when they are called on is never decided by itself: a person reads both.
* What is kept of the other file is an ordinary change of the file that is shown, and nothing of
  either is lost: the other file stays as it is.
* What does not fit together is named: two key workers, two treatments, two whereabouts. Nothing
  of it is settled by joining.
* Of what is kept to one group only that there is something is said, whoever may read it: others
  may stand before the screen.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.casework import audience as audiences
from desktop_app.casework.answers import is_empty
from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, workers_on
from desktop_app.casework.codes import codes
from desktop_app.casework.forms import Field, FieldType, Form, forms
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Json, Record
from desktop_app.casework.targeting import places_on, support_on
from desktop_app.casework.treatment import episode_now
from desktop_app.casework.whereabouts import setting_on
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext

SAFE = "safe_contact"
"""The group of answers somebody's safety hangs on."""
_LISTS = (FieldType.TEXTS, FieldType.SELECT_MULTIPLE)
_NOT_COUNTED = ("client", "account")


class Take(StrEnum):
    """Whose answer is kept: of the file that is shown, of the other, or both."""

    FIRST = "first"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Told:
    """What two files say to one question, or to some that belong together.

    Attributes:
        fields: the questions.
        one: what the file that is shown answers, without what is empty.
        other: what the other file answers, likewise.
        dated: whether it is the day of first contact.
    """

    fields: tuple[Field, ...]
    one: Answers
    other: Answers
    dated: bool = False

    @property
    def key(self) -> str:
        """Return what tells it from others."""
        return self.fields[0].group or self.fields[0].name

    @property
    def differs(self) -> bool:
        """Say whether the two files do not say the same."""
        return self.one != self.other

    @property
    def offered(self) -> tuple[Take, ...]:
        """Return what can be kept; nothing where there is no choice."""
        if not self.differs or not self.other:
            return ()
        several = len(self.fields) == 1 and self.fields[0].type in _LISTS and bool(self.one)
        return (Take.FIRST, Take.OTHER, Take.BOTH) if several else (Take.FIRST, Take.OTHER)

    @property
    def usual(self) -> Take | None:
        """Return what is kept unless somebody chooses; None where somebody has to."""
        if not self.offered:
            return Take.FIRST
        if not self.one:
            return Take.OTHER
        if self.key == SAFE:
            return None
        if self.dated:
            days = [str(held[self.fields[0].name]) for held in (self.one, self.other)]
            return Take.FIRST if days[0] <= days[1] else Take.OTHER
        return Take.BOTH if Take.BOTH in self.offered else Take.FIRST


@dataclass(frozen=True, slots=True)
class Clash:
    """Something the two files hold that does not fit together, and what becomes of it."""

    what: str
    then: str


def told(form: Form, one: Answers, other: Answers) -> list[Told]:
    """Return what two files say, in the order of the form; what neither answers is left out."""
    cells: dict[str, list[Field]] = {}
    for field in form.field:
        cells.setdefault(field.group or field.name, []).append(field)
    found = [
        Told(
            tuple(fields),
            _answered(fields, one),
            _answered(fields, other),
            fields[0].name == form.happened,
        )
        for fields in cells.values()
    ]
    return [cell for cell in found if cell.one or cell.other]


def undecided(cells: Iterable[Told], chosen: Mapping[str, Take]) -> list[Told]:
    """Return where somebody still has to choose."""
    return [one for one in cells if chosen.get(one.key, one.usual) is None]


def kept(cells: Iterable[Told], chosen: Mapping[str, Take]) -> Answers:
    """Return how the file that is shown is to be changed; nothing where it keeps all it says."""
    changed: Answers = {}
    for cell in cells:
        take = chosen.get(cell.key, cell.usual)
        if take not in cell.offered or take is Take.FIRST:
            continue
        for field in cell.fields:
            was, given = cell.one.get(field.name), cell.other.get(field.name)
            if take is Take.BOTH:
                given = _both(was, given)
            if given != was:
                changed[field.name] = given
    return changed


def comes_along(records: Iterable[Record]) -> Counter[str]:
    """Return how many records for all partners a file holds, by form, as a person counts them."""
    known = forms()
    return Counter(
        one.form
        for one in records
        if one.withdrawn is None
        and one.audience == audiences.PARTNERS
        and one.form not in _NOT_COUNTED
        and (one.form not in known or known[one.form].lane)
    )


def kept_to_some(one: Iterable[Record], other: Iterable[Record]) -> list[str]:
    """Return a sentence for each group to whom something in either file is kept."""
    held = {record.audience for record in (*one, *other)}
    return [
        _("%(group)s: differs. It is not shown here; whoever may read it reads both.")
        % {"group": audiences.title(group)}
        for group in (audiences.HEALTH, audiences.POLICE, audiences.COORDINATION)
        if group in held
    ]


def clashes(one: Sequence[Record], other: Sequence[Record], team: Team, *, on: date) -> list[Clash]:
    """Return what stands in both files and does not fit together, of what all partners read."""
    mine, theirs = _for_all(one), _for_all(other)
    found = [
        _two_workers(mine, theirs, duty, team, on) for duty in (KEY_WORKER, POLICE_LEAD, NURSE)
    ]
    found += [_two_settings(mine, theirs, on), *_two_spells(mine, theirs, on)]
    return [clash for clash in found if clash is not None]


def _two_workers(
    one: Sequence[Record], other: Sequence[Record], duty: str, team: Team, on: date
) -> Clash | None:
    mine, theirs = workers_on(one, duty, on), workers_on(other, duty, on)
    if not (mine and theirs) or set(mine) == set(theirs):
        return None
    names = listed([team.name_of(who) for who in dict.fromkeys((*mine, *theirs))])
    what = _("%(duty)s in both files: %(names)s.") % {
        "duty": codes("duty").label(duty),
        "names": names,
    }
    return Clash(what, _("All of them stay until somebody hands over."))


def _two_settings(one: Sequence[Record], other: Sequence[Record], on: date) -> Clash | None:
    held = [setting_on(records, on) for records in (one, other)]
    settings = [setting for setting in held if setting is not None]
    if len(settings) < 2 or settings[0].setting == settings[1].setting:
        return None
    words = [codes("setting").label(setting.setting) for setting in settings]
    latest = max(settings, key=lambda setting: (setting.from_on or date.min, setting.record.id))
    return Clash(
        _("Two settings: %(names)s.") % {"names": listed(words)},
        _("The later one counts: %(setting)s.")
        % {"setting": codes("setting").label(latest.setting)},
    )


def _two_spells(one: Sequence[Record], other: Sequence[Record], on: date) -> list[Clash | None]:
    both = _("Both go on until somebody ends one.")
    found: list[Clash | None] = []
    if episode_now(one, on) and episode_now(other, on):
        found.append(Clash(_("A treatment is open in both files."), both))
    if support_on(one, on) and support_on(other, on):
        found.append(Clash(_("A spell of support runs in both files."), both))
    groups = [{place.cohort for place in places_on(records, on)} for records in (one, other)]
    if groups[0] and groups[1]:
        names = [codes("cohort").label(group) for group in sorted(groups[0] | groups[1])]
        words = ngettext(
            "A place in the initiative in both files: %(names)s.",
            "Places in the initiative in both files: %(names)s.",
            len(names),
        )
        found.append(Clash(words % {"names": listed(names)}, both))
    return found


def _for_all(records: Sequence[Record]) -> list[Record]:
    return [one for one in records if one.audience == audiences.PARTNERS]


def _answered(fields: Iterable[Field], answers: Answers) -> Answers:
    return {one.name: answers[one.name] for one in fields if not is_empty(answers.get(one.name))}


def _both(one: Json, other: Json) -> Json:
    if not isinstance(one, list) or not isinstance(other, list):
        return other
    return [*one, *(each for each in other if each not in one)]
