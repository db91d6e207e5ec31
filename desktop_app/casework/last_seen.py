# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""When a client was last seen, and by whom.

Rules, each with a test:

* Being seen means face to face or on video, and spoken to: a visit that is done with the outcome
  "seen", or an appointment with one of the team that was attended.
* "Did not want to talk" is not being seen, and is not a miss either.
* A phone call or a text is worth having and is not being seen.
* A visit still to come is not being seen, whatever its outcome says.
* A visit that two recorded is one time of being seen, by both.
* Each role has its own answer: an officer's word in the street does not stand for a key worker.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from desktop_app.casework import one_visit
from desktop_app.casework.limits import Limits
from desktop_app.casework.people import Role, Team
from desktop_app.casework.readings import Held, held, read_all
from desktop_app.casework.records import Record

CARE = frozenset({Role.KEY_WORKER, Role.NURSE})
"""The roles whose contact keeps the limits of `limits.toml`."""
REMOTE = one_visit.REMOTE


@dataclass(frozen=True, slots=True)
class Met:
    """What these rules need of a visit."""

    form: ClassVar[str] = "visit"
    record: Record
    at: datetime | None
    state: str
    kind: str
    people: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Attended:
    """What these rules need of an appointment."""

    form: ClassVar[str] = "appointment"
    record: Record
    booked_for: datetime | None
    state: str
    with_person: str
    company: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """One time a client was seen: when, by whom, and the record that says so."""

    at: datetime
    people: tuple[str, ...]
    record: Record


def contacts(records: Iterable[Record], until: datetime) -> list[Contact]:
    """Return every time a client was seen, latest first.

    Args:
        records: the client's records.
        until: nothing later than this counts.
    """
    known = held(records)
    found = _met(known)
    for one in read_all(Attended, known):
        people = tuple(who for who in (one.with_person, *one.company) if who)
        if one.booked_for and one.state == "attended" and people:
            found.append(Contact(one.booked_for, people, one.record))
    past = [one for one in found if one.at <= until]
    return sorted(past, key=lambda one: (one.at, one.record.id), reverse=True)


def _met(known: Held) -> list[Contact]:
    """Return the visits at which a client was seen; of two that are one, the later time."""
    to, met = one_visit.joined(known), read_all(Met, known)
    with_whom: dict[bytes, list[str]] = {}
    for one in met:
        with_whom.setdefault(to.get(one.record.id, one.record.id), []).extend(one.people)
    found: dict[bytes, Contact] = {}
    for one in met:
        if one.at and one.state == "done" and one.outcome == "seen" and one.kind not in REMOTE:
            event = to.get(one.record.id, one.record.id)
            before = found.get(event)
            if before is None or before.at < one.at:
                people = tuple(dict.fromkeys(with_whom[event]))
                found[event] = Contact(one.at, people, one.record)
    return list(found.values())


def last_seen(
    records: Iterable[Record],
    until: datetime,
    *,
    team: Team | None = None,
    by: Collection[Role] = (),
) -> Contact | None:
    """Return the last time a client was seen; None when never.

    Args:
        records: the client's records.
        until: nothing later than this counts.
        team: who has which role; needed with `by`.
        by: roles one of which must have been there; empty for anybody.
    """
    return latest(contacts(records, until), team=team, by=by)


def latest(
    found: Iterable[Contact], *, team: Team | None = None, by: Collection[Role] = ()
) -> Contact | None:
    """Return the first of some contacts that somebody of some roles had; of anybody without."""
    return next((one for one in found if not by or team is None or _was_there(one, team, by)), None)


def days_since(contact: Contact | None, on: date) -> int | None:
    """Return how many days ago somebody was seen; None when never."""
    return None if contact is None else (on - contact.at.date()).days


def limit_in(setting: str, limits: Limits) -> int | None:
    """Return after how many days without being seen a visit is due; None when there is no limit.

    Args:
        setting: the code of the setting the client is in; empty when it is not recorded, which
            has the limit of somebody whose whereabouts are not known.
        limits: the clocks of the initiative.
    """
    return limits.seen_within.get(setting or "unknown")


def _was_there(contact: Contact, team: Team, roles: Collection[Role]) -> bool:
    known = (team.persons.get(person) for person in contact.people)
    return any(person and any(role in person.roles for role in roles) for person in known)
