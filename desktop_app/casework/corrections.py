# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Corrections: a wrong answer is put right by a new record that names the one it corrects.

Rules, each with a test:

* Both are kept and both are shown; whoever reads the newer one sees what it was before.
* What is corrected no longer counts; its correction does. Once that is withdrawn it counts again.
* Two corrections of the same one: the later counts, on every laptop, whatever arrived first.
* Records that correct each other leave the latest of them: nothing is lost by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.casework.forms import Field, FieldType, forms
from desktop_app.casework.outcome_pack_file import NOT_ASKED
from desktop_app.casework.outcome_packs import said_of_item
from desktop_app.casework.people import Team
from desktop_app.casework.records import Json, Record
from desktop_app.casework.superseding import S, latest
from desktop_app.casework.wording import answer_in_words
from desktop_app.casework.words import _

CORRECTS, REASON = "corrects", "correction_reason"
SHORT = 60
"""Letters up to which an answer is said whole beside what it was before."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that a correction puts right, in words."""

    question: str
    now: str
    before: str

    @property
    def words(self) -> str:
        """Return "Alcohol: 4 days, before 14 days"; of long text only that it is another one."""
        if max(len(self.now), len(self.before)) > SHORT:
            return _("%(question)s in other words") % {"question": self.question}
        said = {"question": self.question, "now": self.now, "before": self.before}
        return _("%(question)s: %(now)s, before %(before)s") % said


def in_force(held: Sequence[S]) -> list[S]:
    """Return those that count: of everything that corrects one and the same, the latest.

    Args:
        held: readings of one form about one client; `supersedes` names what one corrects.
    """
    counting = (latest(group, _by_recording) for group in _groups(held))
    return [one for one in counting if one is not None]


def in_force_of(record: bytes, held: Sequence[S]) -> S | None:
    """Return what counts of a record and its corrections; None where it does not stand."""
    for group in _groups(held):
        if any(one.record.id == record for one in group):
            return latest(group, _by_recording)
    return None


def differences(older: Record, newer: Record, team: Team, *, on: date) -> list[Difference]:
    """Return what a correction says otherwise than what it corrects, in the order of the form."""
    shipped, found = forms().get(newer.form), []
    for field in shipped.field if shipped else ():
        before, now = older.answers.get(field.name), newer.answers.get(field.name)
        if before != now and field.appearance != "hidden":
            found += _differences(field, before, now, team, on)
    return found


def _groups(held: Sequence[S]) -> list[list[S]]:
    """Return every record with all that corrects it."""
    names = {one.record.id: one for one in held}
    about: dict[bytes, list[S]] = {}
    for one in held:
        about.setdefault(_first(one, names), []).append(one)
    return list(about.values())


def _by_recording(_one: object) -> None:
    """Order by when it was recorded, not by its day: a wrong day is corrected as well."""
    return


def _first(one: S, names: dict[bytes, S]) -> bytes:
    """Return the record that a chain of corrections began with, whether it is held or not."""
    seen = [one.record.id]
    while one.supersedes is not None and one.supersedes not in seen:
        seen.append(one.supersedes)
        if one.supersedes not in names:
            break
        one = names[one.supersedes]
    ring = seen.index(one.supersedes) if one.supersedes in seen[:-1] else len(seen) - 1
    return min(seen[ring:])


def _differences(field: Field, before: Json, now: Json, team: Team, on: date) -> list[Difference]:
    if field.type is FieldType.ITEMS:
        held = before if isinstance(before, dict) else {}
        given = now if isinstance(now, dict) else {}
        pairs = [
            (one, held.get(one, NOT_ASKED), given.get(one, NOT_ASKED)) for one in {**held, **given}
        ]
        return [
            Difference(*said_of_item(one, value), said_of_item(one, old)[1])
            for one, old, value in pairs
            if old != value
        ]
    asked = [answer_in_words(field, one, team, on=on) or _("nothing") for one in (now, before)]
    return [Difference(_(field.label), asked[0], asked[1])]
