# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the Sharing page has to tell, asked of the vault in one go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.casework import audience as audiences
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.calendar_words import say_short
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import NO_CLIENT, Record
from desktop_app.casework.wording import Told, told
from storage import audit, ledger, reads
from storage.store import Store
from sync.arrival import Arrival, arrivals
from sync.places import LIST
from sync.reasons import Reason
from sync.receipts import last_heard
from sync.seat import Seat, seat_of
from sync.set_aside import told as set_aside
from sync.shut_out import is_shut_out
from sync.unsettled import Missing, missing
from ui.exchange_run import LAST_SHARED, REACHED
from ui.pages.sharing_warnings import warnings

COLUMNS = (Role.KEY_WORKER, Role.OFFICER, Role.NURSE, Role.COORDINATOR)
"""Whose columns stand beside every item that leaves."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """One record that will leave with the next bundle.

    Attributes:
        record: what it is.
        told: it in words.
        client: SURNAME, Forename; empty when it is about nobody.
        when: the day it happened, in words.
        readers: per column, True when everybody there can read it, None when some can.
    """

    record: Record
    told: Told
    client: str
    when: str
    readers: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A colleague's laptop, and when it was last heard from (UTC milliseconds; 0 for never)."""

    laptop: str
    person: str
    at: int
    mine: bool


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A file that was set aside: which, why, and since when (UTC milliseconds)."""

    which: str
    words: str
    at: int


@dataclass(frozen=True, slots=True)
class SharingFacts:
    """Everything the page shows.

    Attributes:
        leaving: the records of the next bundle, oldest first.
        changes: how many changes those are; one record may have several.
        next_number: the number the next bundle will have.
        arrivals: what became of the latest bundles.
        heard: the team's laptops.
        aside: what was set aside.
        missing: bundles that others wait for here.
        warnings: what should be known before anything else, in sentences.
        conflicts: records with two answers to one question.
        team_waits: whether the list of people or keys is not yet on the share.
        shared: when this laptop last exchanged, ISO local time; empty for never.
        reached: when the team folder itself was last reached, ISO local time.
        shut_out: whether this laptop seems to be out of the team.
    """

    leaving: tuple[Leaving, ...] = ()
    changes: int = 0
    next_number: int = 1
    arrivals: tuple[Arrival, ...] = ()
    heard: tuple[Heard, ...] = ()
    aside: tuple[AsideRow, ...] = ()
    missing: tuple[Missing, ...] = ()
    warnings: tuple[str, ...] = ()
    conflicts: tuple[tuple[Record, str], ...] = ()
    team_waits: bool = False
    shared: str = ""
    reached: str = ""
    shut_out: bool = False

    @property
    def laptop(self) -> str:
        """Return what this laptop is called."""
        return next((one.laptop for one in self.heard if one.mine), "")


def sharing_facts(store: Store, team: Team, *, on: date, now_ms: int) -> SharingFacts:
    """Ask the vault for everything the page shows."""
    own = ledger.own_feed(store)
    clashing, held = reads.conflicts(store), seat_of(store)
    shut_out = held is not None and is_shut_out(store, held)
    named = _names(store, [one.client for one in clashing])
    return SharingFacts(
        leaving=tuple(_leaving(store, team, on)),
        changes=audit.to_share(store),
        next_number=own.head_seq + 1 if own else 1,
        arrivals=tuple(arrivals(store)),
        heard=tuple(_heard(store, team, held, now_ms=now_ms)),
        aside=tuple(
            AsideRow(one.which, one.reason.words, one.since_ms)
            for one in set_aside(store)
            if one.settled
            and not one.waits  # what waits is named by what it waits for
            and not (shut_out and one.reason is Reason.NO_KEY)  # said in one sentence
        ),
        missing=tuple(missing(store)),
        warnings=warnings(store, today=on, now_ms=now_ms),
        conflicts=tuple((one, named.get(one.client, "")) for one in clashing),
        team_waits=reads.outbox_holds(store, LIST),
        shared=str(store.get(LAST_SHARED) or ""),
        reached=str(store.get(REACHED) or store.get(LAST_SHARED) or ""),
        shut_out=shut_out,
    )


def shown_of(facts: SharingFacts) -> Sight | None:
    """Return what the page shows, for the audit; None for nobody."""
    shown = [*(one.record for one in facts.leaving), *(one for one, _name in facts.conflicts)]
    return sight("sharing", shown) if shown else None


def readers_of(audience: str, team: Team) -> tuple[bool | None, ...]:
    """Return, per column, whether everybody, nobody (False) or some (None) can read an audience."""
    return tuple(_column(audience, _with_role(team, role)) for role in COLUMNS)


def _leaving(store: Store, team: Team, on: date) -> Iterable[Leaving]:
    changed: dict[bytes, None] = {}
    for _seq, changes in ledger.pending(store):
        changed.update(dict.fromkeys(one.record for one in changes))
    records = store.records(list(changed))
    named = _names(store, [one.client for one in records])
    for record in records:
        if record.audience == audiences.AUDIT:
            continue
        words = told(record, team, on=on)
        yield Leaving(
            record,
            words,
            named.get(record.client, ""),
            say_short(words.when[:10], on) if words.when else "",
            readers_of(record.audience, team),
        )


def _names(store: Store, clients: Sequence[bytes]) -> dict[bytes, str]:
    wanted = list({one for one in clients if one != NO_CLIENT})
    return {one.id: full_name(one.answers) for one in store.records(wanted)}


def _heard(store: Store, team: Team, seat: Seat | None, *, now_ms: int) -> Iterable[Heard]:
    mine = seat.me.device.hex() if seat else ""
    latest = {one.hex(): at for one, at in last_heard(store, now_ms=now_ms).items()}
    for device in team.devices.values():
        if device.active:
            yield Heard(
                device.name,
                team.name_of(device.person),
                latest.get(device.id, 0),
                device.id == mine,
            )


def _with_role(team: Team, role: Role) -> list[Person]:
    return [one for one in team.persons.values() if one.active and role in one.roles]


def _column(audience: str, people: Sequence[Person]) -> bool | None:
    can = [audiences.may_hold(audience, one) for one in people]
    if can and all(can):
        return True
    return None if any(can) else False
