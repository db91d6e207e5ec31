# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The last visits to a client in words, for whoever goes there next or takes them over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desktop_app.casework.codes import codes
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.visits import HAPPENED, encounters
from desktop_app.casework.wording import accounts_words, listed, outcome_words


@dataclass(frozen=True, slots=True)
class LastContact:
    """One visit, tried or done.

    Attributes:
        at: when.
        outcome: whether they were seen, or spoken to on a call, in words.
        where: what kind of visit it was.
        who: who went.
        note: what whoever went told of it, under their names when several did; empty where none
            of it is held.
    """

    at: datetime
    outcome: str
    where: str
    who: str
    note: str


def last_contacts(records: Iterable[Record], team: Team, now: datetime) -> list[LastContact]:
    """Return the visits that happened, the latest first.

    Args:
        records: the client's records, as far as they are to be told.
        team: whose names are said.
        now: nothing later counts.
    """
    found = []
    for past in encounters(records):
        visit = past.visit
        if visit.state not in HAPPENED or visit.at is None or visit.at > now:
            continue
        kind = codes("visit_kind").label(visit.kind) if visit.kind else ""
        outcome = outcome_words(visit.outcome, kind=visit.kind) if visit.outcome else ""
        people = listed([team.name_of(one) for one in dict.fromkeys(visit.people)])
        where, note = kind if outcome else "", accounts_words(past, team)
        found.append(LastContact(visit.at, outcome or kind, where, people, note))
    return found
