# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Retention: how long records are kept, who decides, and what a decision is.

The rules stand in resources/retention.toml; adding one touches that file alone. A decision is a
record like any other. Rules, each with a test:

* Every kind of record about a client falls under exactly one rule on any day.
* Nothing is erased by itself: a rule only asks for a decision.
* Due is asked for each client, rule and audience apart: health and police may have to keep what
  partners have to erase.
* A decision to keep asks again when its day has come; the newest decision counts.
* What was written about somebody who was erased is due at once.
* A decision keeps who, when, on whose authority and why; of what it erased it names no word.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import msgspec

from desktop_app.casework.audience import AUDIT, COORDINATION, HEALTH, PARTNERS, POLICE
from desktop_app.casework.calendar_words import as_date
from desktop_app.casework.forms import forms
from desktop_app.casework.records import Answers, Json, Record, RecordId, link, linked
from desktop_app.casework.words import _
from resources import folder

RETENTION = "retention"
"""The form of a decision."""
REPACKED = "repacked"
"""The form that announces what was taken out of bundles."""
KEEP, ERASE = "keep", "erase"
DECIDED = (PARTNERS, COORDINATION, HEALTH, POLICE)
"""The audiences somebody decides about."""
AT_ONCE = 1_000
"""So many records at most are named by one decision: a longer one would not fit a bundle."""
EVERY = "*"
_LAST_OF_YEAR, _LAST_OF_MONTH = "-12-31", "-28"


class Regime(StrEnum):
    """Which law a record is kept under."""

    GENERAL = "general"
    HEALTH = "health"
    LE = "le"

    @property
    def words(self) -> str:
        """Return it in words."""
        return {
            Regime.GENERAL: _("General (UK GDPR)"),
            Regime.HEALTH: _("Health records"),
            Regime.LE: _("Law enforcement (DPA 2018 Part 3)"),
        }[self]


class CountedFrom(StrEnum):
    """What a period is counted from."""

    LAST_ENTRY = "last_entry"
    LAST_OF_THESE = "last_of_these"

    @property
    def words(self) -> str:
        """Return it in words."""
        return {
            CountedFrom.LAST_ENTRY: _("after the last entry of any kind"),
            CountedFrom.LAST_OF_THESE: _("after the last of these records"),
        }[self]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long one kind of record is kept before somebody has to decide.

    Attributes:
        name: never changed, never used again for something else.
        title: what it is about, in words.
        regime: which law.
        forms: names of forms; `*` for all that no other rule names.
        counted_from: what the period is counted from.
        who: on whose authority, in words.
        source: where the period comes from.
        from_on: the first day it counts, ISO.
        years: of the period.
        months: of the period, besides.
        until_on: the last day it counts; empty while it does.
        placeholder: the partners have not set it yet.
    """

    name: str
    title: str
    regime: Regime
    forms: tuple[str, ...]
    counted_from: CountedFrom
    who: str
    source: str
    from_on: str
    years: int = 0
    months: int = 0
    until_on: str = ""
    placeholder: bool = False

    def before(self, today: date) -> str:
        """Return the last day something it is counted from may have for it to be due this month."""
        months = today.year * 12 + today.month - 1 - self.years * 12 - self.months
        return _same_day(months, 31)

    def due_on(self, day: str) -> str:
        """Return the day a decision is due when it is counted from a day, ISO."""
        whole = whole_day(day)
        months = int(whole[:4]) * 12 + int(whole[5:7]) - 1 + self.years * 12 + self.months
        return _same_day(months, int(whole[8:10]))


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[Rule, ...]


class Entry(NamedTuple):
    """As much of a record as retention has to know.

    Attributes:
        id: its id.
        form: name of its form.
        audience: who holds it.
        day: the day it is sorted by.
    """

    id: RecordId
    form: str
    audience: str
    day: str


@dataclass(frozen=True, slots=True)
class Due:
    """Records about a client that somebody has to decide about.

    Attributes:
        client: whom they are about.
        rule: under which rule; None for what was written about somebody erased.
        audience: who holds them, and so who decides.
        records: their ids.
        counts: how many, by form.
        last: the day the period is counted from, as recorded.
        since: since when they are due, ISO; later than today when somebody only looks.
    """

    client: RecordId
    rule: Rule | None
    audience: str
    records: tuple[RecordId, ...]
    counts: Mapping[str, int]
    last: str
    since: str

    @property
    def key(self) -> str:
        """Return what tells it from others."""
        return f"{self.client.hex()}:{self.rule.name if self.rule else ''}:{self.audience}"


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule there is or was."""
    return msgspec.toml.decode(folder("retention.toml").read_bytes(), type=_Rules).rule


def rules(today: date) -> list[Rule]:
    """Return the rules that count on a day."""
    day = today.isoformat()
    return [
        one
        for one in all_rules()
        if one.from_on <= day and (not one.until_on or day <= one.until_on)
    ]


def forms_of(rule: Rule, among: Sequence[Rule]) -> frozenset[str]:
    """Return the forms whose records fall under a rule, among those that count."""
    if EVERY not in rule.forms:
        return frozenset(rule.forms)
    named = {form for one in among for form in one.forms}
    about = {
        name
        for name, form in forms().items()
        if form.audience != AUDIT and name not in (RETENTION, REPACKED)
    }
    return frozenset(about - named)


def due(
    client: RecordId,
    entries: Sequence[Entry],
    decisions: Iterable[Record],
    *,
    mine: Collection[str],
    today: date,
    erased: bool = False,
    whatever_the_day: bool = False,
) -> list[Due]:
    """Return what somebody who decides about some audiences has to decide about a client.

    Args:
        client: whom it is about.
        entries: every record about them on this laptop.
        decisions: what was decided about them before.
        mine: the audiences whose records one decides about.
        today: the day.
        erased: whether the client themself was erased.
        whatever_the_day: also what is not due yet, for a person who was asked to erase it.
    """
    kept = _kept_until(decisions)
    found, among = [], rules(today)
    for rule in among:
        under = forms_of(rule, among)
        for audience in mine:
            these = [one for one in entries if one.form in under and one.audience == audience]
            if not these:
                continue
            of = these if rule.counted_from is CountedFrom.LAST_OF_THESE else entries
            last = max(one.day for one in of)
            since = kept.get(("" if erased else rule.name, audience)) or (
                today.isoformat() if erased else rule.due_on(last)
            )
            if whatever_the_day or since <= today.isoformat():
                counts = Counter(one.form for one in these)
                ids = tuple(one.id for one in these)
                of_whom = None if erased else rule
                found.append(Due(client, of_whom, audience, ids, counts, last, since))
    return _together(found) if erased else found


def decision(
    item: Due, *, choice: str, by: str, today: date, authority: str, reason: str, until: str = ""
) -> list[Answers]:
    """Return the answers of the records that say what was decided; several for many records."""
    whole = [link(one) for one in item.records]
    parts = [whole[at : at + AT_ONCE] for at in range(0, len(whole), AT_ONCE)]
    common: Answers = {
        "decision": choice,
        "decided_on": today.isoformat(),
        "authority": authority,
        "reason": reason,
        "decided_by": by,
        "rule": item.rule.name if item.rule else "",
        "category": item.rule.title if item.rule else "",
    }
    if choice == KEEP:
        return [{**common, "until_on": until, "count": len(whole)}]
    return [{**common, "count": len(part), "records": [*part]} for part in parts]


def erased_by(decision: Record) -> list[RecordId]:
    """Return the records a decision erases; none when it keeps."""
    if decision.form != RETENTION or decision.answers.get("decision") != ERASE:
        return []
    return [id_ for one in _list(decision.answers.get("records")) if (id_ := linked(one))]


def whole_day(day: str) -> str:
    """Return a day that may be remembered in part as the last day it can mean, ISO."""
    said = day[:10].rstrip("~")
    if len(said) < 7:
        return said[:4].rjust(4, "0") + _LAST_OF_YEAR
    return said if as_date(said) else said[:7] + _LAST_OF_MONTH


def _together(found: Sequence[Due]) -> list[Due]:
    """Put what was written about somebody erased together, an audience at a time."""
    whole: dict[str, Due] = {}
    for one in found:
        held = whole.get(one.audience)
        if held is None:
            whole[one.audience] = one
            continue
        counts = Counter(held.counts) + Counter(one.counts)
        last = max(held.last, one.last)
        records = held.records + one.records
        whole[one.audience] = Due(one.client, None, one.audience, records, counts, last, held.since)
    return list(whole.values())


def _kept_until(decisions: Iterable[Record]) -> dict[tuple[str, str], str]:
    """Return until when the newest decisions keep what, by rule and audience."""
    found: dict[tuple[str, str], str] = {}
    for one in sorted(decisions, key=lambda record: (record.recorded_at, record.id)):
        if one.withdrawn is None:
            key = (one.text("rule"), one.audience)
            keeps = one.answers.get("decision") == KEEP
            found[key] = one.text("until_on") if keeps else ""
    return found


def _same_day(months: int, day: int) -> str:
    year, month = divmod(months, 12)
    last = monthrange(max(year, 1), month + 1)[1]
    return f"{year:04d}-{month + 1:02d}-{min(day, last):02d}"


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
