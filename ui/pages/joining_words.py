# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two files in words: what they answer, how they are alike, what comes along."""

from collections.abc import Mapping
from datetime import date

from desktop_app.casework.both_files import SAFE, Take, Told, comes_along
from desktop_app.casework.dates import say_born, say_short
from desktop_app.casework.duplicates import Likeness
from desktop_app.casework.forms import FieldType
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Record
from desktop_app.casework.reference import reference
from desktop_app.casework.same_person import SAME, Finding
from desktop_app.casework.wording import answer_in_words
from desktop_app.casework.words import _, ngettext
from sync.outcome import items_in_words
from ui.kit.chip import ChipText
from ui.kit.labels import Part
from ui.kit.row import Lead, RowAnswer, RowItem
from ui.pages.joining_facts import Likely, Side
from ui.theme import SEMI

ADDRESS = "address"
COMPARE, DIFFERENT = "compare", "different"


def question(cell: Told) -> str:
    """Return what is asked, short."""
    groups = {ADDRESS: _("Address"), SAFE: _("Safe contact")}
    return groups.get(cell.key) or _(cell.fields[0].label)


def answer(cell: Told, of: Answers, team: Team, on: date) -> str:
    """Return what one file answers; empty when it says nothing."""
    said = {
        field: answer_in_words(field, of[field.name], team, on=on)
        for field in cell.fields
        if field.name in of
    }
    if len(cell.fields) == 1:
        return "".join(said.values())
    if cell.key == ADDRESS:
        checked = _("checked %(day)s")
        words = [checked % {"day": w} if f.type is FieldType.DATE else w for f, w in said.items()]
        return ", ".join(filter(None, words))
    asked = (_(field.label) for field in said)
    each = zip(asked, said.values(), strict=True)
    return ". ".join(f"{q} {a}" if q.endswith("?") else f"{q}: {a}" for q, a in each)


def offer(cell: Told, team: Team, on: date) -> Mapping[Take, str]:
    """Return what can be kept, in words."""
    nothing = _("Nothing: leave it out")
    words = {
        Take.FIRST: answer(cell, cell.one, team, on) or nothing,
        Take.OTHER: answer(cell, cell.other, team, on),
        Take.BOTH: _("Both"),
    }
    return {take: words[take] for take in cell.offered}


def holds(side: Side, *, most: int = 3) -> str:
    """Return what a file holds, counted: of the kinds there are most of by name."""
    counted = comes_along(side.records)
    if not counted:
        return _("Nothing but who they are.")
    named = dict(counted.most_common(most))
    rest = counted.total() - sum(named.values())
    if not rest:
        return items_in_words(named)
    words = ngettext("%(what)s and %(n)d more.", "%(what)s and %(n)d more.", rest)
    return words % {"what": items_in_words(named).rstrip("."), "n": rest}


def under(side: Side, on: date) -> str:
    """Return what stands under a name: reference and date of birth."""
    born = say_born(side.client.text("born"), on)
    return " · ".join([*map(reference, side.files), _("born %(date)s") % {"date": born}])


def chips(likeness: Likeness) -> list[ChipText]:
    """Return what speaks for two being one, and what against it."""
    return [
        *(ChipText(_capital(one), "ok", "check") for one in likeness.reasons),
        *(ChipText(_capital(one), "warn", "triangle-alert") for one in likeness.against),
    ]


def row(one: Likely, on: date) -> RowItem:
    """Return the line of a pair on the list."""
    other = full_name(one.other.answers)
    who = _("and %(name)s, %(ref)s") % {"name": other, "ref": reference(one.other.id)}
    born = _("born %(date)s") % {"date": say_born(one.one.text("born"), on)}
    against = [ChipText(_("Found to be one and to be two"), "warn")] if one.disputed else []
    against += [ChipText(_capital(words), "warn") for words in one.likeness.against]
    reasons = _capital(", ".join(one.likeness.reasons))
    return RowItem(
        one.key,
        Lead(icon="copy", tone="warn"),
        full_name(one.one.answers),
        f"{reference(one.one.id)} {who}",
        tuple(against),
        (Part(reasons, weight=SEMI), Part(f" · {born}", "muted")),
        (RowAnswer(COMPARE, _("Compare"), "C", "columns-2"),),
    )


def said_before(said: Finding, team: Team, on: date) -> str:
    """Return what was found of the two before."""
    words = (
        _("%(who)s found on %(day)s that they are the same person: %(why)s")
        if said.finding == SAME
        else _("%(who)s found on %(day)s that they are two people: %(why)s")
    )
    day = say_short(said.found_on.isoformat(), on) if said.found_on else _("a day not known")
    who = team.name_of(said.by or said.record.author)
    return words % {"who": who, "day": day, "why": said.reason}


def joined_words(said: Finding, other: Record | None, team: Team, on: date) -> tuple[str, str]:
    """Return which file is read with this one, and by whom it was joined, when and why."""
    name = full_name(other.answers) if other is not None else _("A file not on this laptop")
    ref = f"{reference(other.id)} · " if other is not None else ""
    day = say_short(said.found_on.isoformat(), on) if said.found_on else ""
    who = team.name_of(said.by or said.record.author)
    parts = (f"{ref}{who}", day, said.reason)
    return name, " · ".join(one for one in parts if one)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
