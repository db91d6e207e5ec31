# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client summary: one person on a few pages, for a colleague, a hearing or themselves.

Rules, each with a test:

* Safety comes before the address, and how to make contact safely before any number.
* What is not known is said; nothing is left to be guessed from a gap.
* The marking follows from what is in it: one record for health only makes it so as a whole.
* What was withdrawn is not in it; of a visit, what each of those who went has told. Whoever wrote
  the rest is named.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from desktop_app.casework import forms, one_visit
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.visits import Encounter, encounters
from desktop_app.casework.wording import told, with_author
from desktop_app.casework.words import _
from desktop_app.reports.client_parts import (
    CONTACT,
    SAFE_CONTACT,
    answered,
    banner,
    day_of,
    marking,
    needs,
    now_section,
    safety,
    when_of,
)
from desktop_app.reports.sheet import Entry, Section, Sheet

_NOT_EVENTS = frozenset({"client", "account", "need", "alert", "export"})


def client_summary(
    client: Record, records: Iterable[Record], team: Team, *, on: date, made: str
) -> Sheet:
    """Return a client's summary as a sheet.

    Args:
        client: the client's record.
        records: their other records, as far as they are to be in it.
        team: whose names are said.
        on: today.
        made: who takes it out of Tandem, when and for whom.
    """
    held = [one for one in records if one.withdrawn is None and one.id != client.id]
    return Sheet(
        title=_("Client summary"),
        name=full_name(client.answers),
        banner=banner(client, held, on),
        marking=marking(held, team),
        made=made,
        sections=(
            safety(held, team, on),
            answered(_("Safe contact"), client, team, SAFE_CONTACT, on=on),
            answered(_("Address and telephone"), client, team, CONTACT, on=on),
            now_section(held, team, on),
            needs(held, team, on),
            _events(held, team, on),
        ),
    )


def _events(held: Sequence[Record], team: Team, on: date) -> Section:
    by_visit = {one.visit.record.id: one for one in encounters(held)}
    shown = [one for one in one_visit.whole(held) if _is_event(one)]
    shown.sort(key=lambda one: (when_of(one), one.id), reverse=True)
    entries = [_event(one, team, on, by_visit.get(one.id)) for one in shown]
    return Section(_("What happened"), entries=tuple(entries), empty=_("Nothing is recorded yet."))


def _is_event(record: Record) -> bool:
    """Say whether a record happened by itself; what the timeline leaves out is part of another."""
    shipped = forms.forms().get(record.form)
    return record.form not in _NOT_EVENTS and (shipped is None or bool(shipped.lane))


def _event(record: Record, team: Team, on: date, encounter: Encounter | None) -> Entry:
    said = told(record, team, on=on, encounter=encounter)
    chips = ", ".join(one.text for one in said.chips if not said.title.endswith(one.text))
    place = " · ".join(one for one in (with_author(said.place, record, team), chips) if one)
    return Entry(day_of(record, on), said.title, place, said.summary)
