# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What Team asks of the vault."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.casework import phones
from desktop_app.casework.people import Team
from desktop_app.casework.phones import Phone
from desktop_app.casework.records import Record
from storage import ledger, reads
from storage.store import Store
from sync import acts, admission, asking, leading, members
from sync.after_cutoff import Late, late_work
from sync.join import Request
from sync.receipts import last_heard
from sync.roster import Laptop
from sync.seat import SUSPENDED, seat_of
from sync.taken_out import Out, taken_out


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What the page asks of the vault."""

    requests: tuple[Request, ...] = ()
    leads: tuple[str, ...] = ()
    waiting: tuple[tuple[str, Laptop], ...] = ()
    stale: tuple[str, ...] = ()
    mine: str = ""
    heard: Mapping[str, int] = field(default_factory=dict)
    without_lead: tuple[tuple[str, tuple[Laptop, ...]], ...] = ()
    fixed: frozenset[str] = frozenset()
    late: tuple[Late, ...] = ()
    keepers: tuple[str, ...] = ()
    alone: bool = False
    signing: bool = False
    doubt: bool = False
    out: tuple[Out, ...] = ()
    phones: tuple[Record, ...] = ()


def team_facts(store: Store, *, now_ms: int) -> TeamFacts:
    """Ask the vault who asks to join, and whom this laptop may let in; now is UTC milliseconds."""
    leads, seat = tuple(admission.led_here(store)), seat_of(store)
    return TeamFacts(
        tuple(asking.requests(store)),
        leads,
        tuple((one, laptop) for one in leads for laptop in admission.waiting_for(store, one)),
        tuple(one for one in leads if admission.key_is_stale(store, one)),
        seat.me.device.hex() if seat else "",
        {one.hex(): at for one, at in last_heard(store, now_ms=now_ms).items()},
        tuple((one, tuple(laptops)) for one, laptops in leading.without_lead(store)),
        members.coordinating(seat.roster) if seat else frozenset(),
        tuple(late_work(store)),
        seat.roster.keepers if seat else (),
        acts.alone(store),
        acts.pending(store) is not None,
        ledger.key(store, SUSPENDED) is not None,
        tuple(taken_out(store, seat)) if seat else (),
        tuple(reads.records(store, form=phones.FORM)),
    )


def phones_of(store: Store, team: Team) -> Mapping[str, Phone]:
    """Return at which numbers the people of a team are rung at work, by person id."""
    return phones.phones(reads.records(store, form=phones.FORM), team)
