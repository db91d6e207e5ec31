# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The timeline of a client, as entries: what happened, newest first, under its months.

A visit stands as one entry with each of its accounts named; corrections stand beside what they
correct, with what it was before. What not everybody may read says so on a chip.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop_app.casework import audience
from desktop_app.casework.corrections import CORRECTS, differences
from desktop_app.casework.dates import say_moment, say_month
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Record, RecordId, link, linked
from desktop_app.casework.visits import Encounter, encounter
from desktop_app.casework.wording import told, with_author
from desktop_app.casework.words import _
from storage.store import Draft
from ui.clock import local
from ui.kit.chip import ChipText
from ui.kit.timeline_entry import TimelineItem

ALL, ALERTS, WITHDRAWN = "all", "alerts", "withdrawn"
PAGE = 200
LANES = ("visits", "treatment", "custody", "police", "support")


@dataclass(frozen=True, slots=True)
class Accounts:
    """Accounts of visits.

    Attributes:
        told: the first accounts, by the link of their visit.
        correcting: those that correct another one.
        to: visits that are one with another, to that one.
    """

    told: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    correcting: tuple[Record, ...] = ()
    to: Mapping[RecordId, RecordId] = field(default_factory=dict)


def filters(*, alerts: bool, withdrawn: bool) -> list[tuple[str, str]]:
    """Return the filters of a timeline.

    Args:
        alerts: whether there are alerts to see.
        withdrawn: whether there is anything withdrawn to see.
    """
    found = [
        (ALL, _("All")),
        ("visits", _("Visits")),
        ("treatment", _("Treatment")),
        ("custody", _("Custody")),
        ("police", _("Police")),
        ("support", _("Support")),
    ]
    if alerts:
        found.append((ALERTS, _("Alerts")))
    if withdrawn:
        found.append((WITHDRAWN, _("Withdrawn")))
    return found


def when_of(record: Record) -> str:
    """Return when a record is to stand on the timeline: when it happened, or was recorded."""
    shipped = forms().get(record.form)
    happened = record.text(shipped.happened) if shipped and shipped.happened else ""
    return happened or local(record.recorded_at).isoformat(timespec="minutes")[:16]


def items(
    shown: Sequence[Record],
    accounts: Accounts,
    team: Team,
    *,
    me: Person,
    today: date,
    unsent: Collection[RecordId] = (),
) -> Iterator[TimelineItem]:
    """Yield records as entries, each put into words only when it is wanted.

    Args:
        shown: the records to show, latest first.
        accounts: the accounts of the visits among them.
        team: whose names are said.
        me: who is reading.
        today: days of another year are said with it.
        unsent: records that have not left this laptop.
    """

    def met(record: Record) -> Encounter | None:
        if record.form != "visit":
            return None
        told = [*accounts.told.get(link(record.id), ()), *accounts.correcting]
        return encounter(record, told, unsent=unsent, to=accounts.to)

    joined, put_right = set(accounts.to.values()), Corrections(shown)
    return (
        _item(
            *(one, team, me, today, met(one)),
            joined=one.id in joined,
            correction=put_right.said(one, team, today),
        )
        for one in shown
    )


class Corrections:
    """Which of some records correct which others."""

    def __init__(self, shown: Sequence[Record]) -> None:
        correcting = [one for one in shown if one.answers.get(CORRECTS)]
        names = [linked(one.answers.get(CORRECTS)) for one in correcting]
        self._corrected = {one.id: one for one in shown if one.id in names} if names else {}

    def said(self, one: Record, team: Team, on: date) -> tuple[str, str]:
        """Return what its chip says, and what is otherwise than it was before."""
        older = linked(one.answers.get(CORRECTS)) if self._corrected else None
        if older is None and not one.answers.get(CORRECTS):
            return (_("Corrected") if one.id in self._corrected else "", "")
        held = self._corrected.get(older or b"")
        told = differences(held, one, team, on=on) if held else []
        return _("Correction"), " ".join(f"{each.words}." for each in told)


def by_visit(records: Iterable[Record], to: Mapping[RecordId, RecordId] | None = None) -> Accounts:
    """Return accounts sorted by the visit they are of, or that theirs is one with."""
    links = {link(second): link(first) for second, first in (to or {}).items()}
    told: dict[str, list[Record]] = {}
    correcting = []
    for one in records:
        if one.answers.get("corrects"):
            correcting.append(one)
        else:
            visit = one.text("visit")
            told.setdefault(links.get(visit, visit), []).append(one)
    return Accounts(told, tuple(correcting), to or {})


def draft_items(drafts: Sequence[Draft], *, today: date) -> list[TimelineItem]:
    """Return what the reader has begun and not saved, above everything else."""
    found = []
    for draft in drafts:
        shipped = forms().get(draft.form)
        if shipped is None:
            continue
        note = draft.answers.get("note")
        at = local(draft.at_ms)
        found.append(
            TimelineItem(
                record=b"draft:" + draft.form.encode() + b":" + draft.record,
                icon="notebook-pen",
                tone="neutral",
                title=_(shipped.title),
                chips=(ChipText(_("Draft, only on this laptop"), "warn", "notebook-pen"),),
                when=say_moment(at.isoformat(timespec="minutes")[:16], today),
                body=note if isinstance(note, str) else "",
                month=_("Not saved yet"),
            )
        )
    return found


def draft_of(record: bytes) -> tuple[str, bytes] | None:
    """Return the form and record of a draft's entry; None for an entry that is no draft."""
    if not record.startswith(b"draft:"):
        return None
    form, _colon, of = record.removeprefix(b"draft:").partition(b":")
    return form.decode(), of


def to_come(record: Record, now: str) -> bool:
    """Say whether something is still to come: it stands under "Next", not among what happened."""
    return record.text("state") in ("planned", "booked") and when_of(record) > now


def _item(
    record: Record,
    team: Team,
    me: Person,
    today: date,
    encounter: Encounter | None,
    *,
    joined: bool,
    correction: tuple[str, str],
) -> TimelineItem:
    said = told(record, team, on=today, encounter=encounter)
    when = when_of(record)
    # What the title says is not said again beside it.
    chips = [ChipText(*chip) for chip in said.chips if chip.text != said.title]
    if encounter is not None:
        chips += _visit_chips(encounter, me)
    if joined:
        chips.append(ChipText(_("Recorded by two"), "neutral", "handshake"))
    put_right, otherwise = correction
    if put_right:
        chips.append(ChipText(put_right, "neutral", "pencil"))
    return TimelineItem(
        record=record.id,
        icon=said.icon,
        tone=said.tone,
        title=said.title,
        chips=tuple(_limit(chip) for chip in chips),
        when=say_moment(when, today),
        who=with_author(said.place, record, team),
        body=_withdrawn(record) or "\n".join(one for one in (otherwise, said.summary) if one),
        month=say_month(when[:10]) if len(when) >= 10 else _("Without a day"),
    )


def _visit_chips(encounter: Encounter, me: Person) -> list[ChipText]:
    found = []
    if encounter.accounts_differ:
        found.append(ChipText(_("Accounts differ"), "warn", "message-square-quote"))
    if me.id in encounter.silent and encounter.told:
        found.append(ChipText(_("Your account is missing"), "warn", "notebook-pen"))
    mine = [one for one in encounter.told if one.author == me.id]
    if mine and all(one.sealed for one in mine):
        found.append(ChipText(_("Sealed"), "neutral", "stamp"))
    if any(one.corrections for one in encounter.told):
        found.append(ChipText(_("Corrected"), "neutral", "pencil"))
    return found


def _limit(chip: ChipText) -> ChipText:
    """Say in full who a health record is kept from."""
    if chip.text == audience.title(audience.HEALTH):
        return ChipText(_("Health: not shared with police"), chip.tone, chip.icon)
    return chip


def _withdrawn(record: Record) -> str:
    if record.withdrawn is None:
        return ""
    return _("Withdrawn: %(why)s") % {"why": record.withdrawn}
