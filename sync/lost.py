# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A lost laptop: what it holds as far as this one can know, and what is known only there.

Rules, each with a test:

* A laptop holds what its bundles say it had seen, of the audiences it was let into; not what was
  shared since.
* Of an audience this laptop cannot read nothing is counted: its lead can, on theirs.
* Of a laptop nothing was heard from yet, all it was let into is counted: it may hold as much.
* What others have seen of its work and has not arrived here is said; what was never shared is
  known to nobody, and that is said too.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.casework.audience import AUDIENCES, AUDIT
from desktop_app.casework.records import trail_entries
from storage import ledger
from storage.reach import touched_by
from storage.store import Store
from sync import circle as circles
from sync.bundle import open_outer
from sync.checks import signer
from sync.outcome import Author, author_of
from sync.reasons import Reason
from sync.receipts import last_heard
from sync.seat import Seat, seated


@dataclass(frozen=True, slots=True)
class HeldOf:
    """What a laptop holds of one audience.

    Attributes:
        audience: which.
        known: whether this laptop can tell.
        led: whether somebody else leads it, who could tell.
        records: how many, by form.
        clients: about how many clients.
    """

    audience: str
    known: bool
    led: bool
    records: Mapping[str, int]
    clients: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A laptop, as somebody needs to know it who has lost it.

    Attributes:
        device: its id.
        author: whose it is.
        agency: who employs them.
        roles: what they do, in words.
        active: whether it is still in the team.
        held: what it holds, by audience.
        clients: about how many clients all that is known of it is.
        heard_ms: when it was last heard from, UTC milliseconds; 0 for never.
        missing: how many of its bundles others have seen and this laptop has not.
        aside: how many of its bundles came after it was taken out.
        leads: who else leads each audience it may hold.
        stale: audiences led here whose key it still knows.
        mine: whether it is this very laptop.
        coordinates: whether the team is coordinated on it.
    """

    device: bytes
    author: Author
    agency: str
    roles: str
    active: bool
    held: tuple[HeldOf, ...]
    clients: int
    heard_ms: int
    missing: int
    aside: int
    leads: tuple[tuple[str, tuple[Author, ...]], ...]
    stale: tuple[str, ...]
    mine: bool
    coordinates: bool


def lost_laptop(store: Store, device: bytes, *, now_ms: int) -> Lost | None:
    """Return what can be said of a laptop; None when the team has none such.

    Args:
        store: the vault.
        device: the laptop's id.
        now_ms: UTC milliseconds.
    """
    seat = seated(store)
    laptop, team = seat.roster.device(device), seat.team
    if laptop is None:
        return None
    person = team.persons[laptop.person]
    entered = _entered(seat, device)
    held, clients = _held(store, seat, device, entered)
    feeds = [one for one in ledger.feeds(store).values() if one.device == device]
    maybe = [one for one in AUDIENCES if one in person.audiences or one in entered]
    return Lost(
        device,
        author_of(team, device),
        person.agency,
        person.role_title,
        laptop.active,
        held,
        clients,
        last_heard(store, now_ms=now_ms).get(device, 0),
        sum(_beyond(store, one) for one in feeds),
        _aside(store, seat, device),
        tuple(
            (one, tuple(author_of(team, lead) for lead in sorted(_others(seat, one, device))))
            for one in maybe
        ),
        tuple(
            one
            for one, own in seat.circles.items()
            if (newest := circles.newest(own)) and device in newest.circle.members
        ),
        device == seat.me.device,
        device in seat.roster.coordinators,
    )


def _others(seat: Seat, audience: str, device: bytes) -> frozenset[bytes]:
    return seat.roster.leads_of(audience) - {device}


def _entered(seat: Seat, device: bytes) -> set[str]:
    """Return the audiences a laptop was ever let into, as far as this one can see."""
    return {
        audience
        for audience, own in seat.circles.items()
        if any(device in one.circle.members for one in own)
    }


def _held(
    store: Store, seat: Seat, device: bytes, entered: set[str]
) -> tuple[tuple[HeldOf, ...], int]:
    seen = _seen(store, device)
    heard = bool(seen)
    counts: dict[str, Counter[str]] = {}
    about: dict[str, set[bytes]] = {}
    for form, audience, client, trail in touched_by(store):
        if audience not in entered or audience == AUDIT:
            continue
        if not heard or any(seen.get(feed, 0) >= seq for feed, seq in trail_entries(trail)):
            counts.setdefault(audience, Counter())[form] += 1
            about.setdefault(audience, set()).add(client)
    laptop = seat.roster.device(device)
    person = seat.team.persons[laptop.person] if laptop else None
    maybe = entered | (person.audiences if person else frozenset())
    held = tuple(
        HeldOf(
            one,
            one in entered and bool(seat.circles.get(one)),
            bool(_others(seat, one, device)),
            counts.get(one, Counter()),
            len(about.get(one, set()) - {b""}),
        )
        for one in AUDIENCES
        if one in maybe and one != AUDIT
    )
    everybody: set[bytes] = set().union(*about.values()) if about else set()
    return held, len(everybody - {b""})


def _seen(store: Store, device: bytes) -> dict[int, int]:
    """Return how far a laptop had seen each feed, its own included."""
    found: dict[int, int] = {}
    for feed in ledger.feeds(store).values():
        if feed.device != device:
            continue
        found[feed.number] = feed.head_seq
        for other, (seq, _id) in ledger.seen(store, feed.number).items():
            found[other] = max(seq, found.get(other, 0))
    return found


def _beyond(store: Store, feed: ledger.Feed) -> int:
    """Return how many bundles of a feed others have seen that are not here."""
    needs = (need.split("/") for row in ledger.set_aside(store) for need in row.detail.split())
    waited = [int(need[1]) for need in needs if len(need) == 2 and need[0] == str(feed.number)]
    last = max([*ledger.seen_of(store, feed.number).values(), *waited], default=0)
    return max(0, last - feed.head_seq)


def _aside(store: Store, seat: Seat, device: bytes) -> int:
    rows = (row for row in ledger.set_aside(store) if row.reason == Reason.AFTER_CUTOFF.value)
    opened = (
        open_outer(row.raw, team=seat.chain.team, team_keys=seat.team_keys)
        for row in rows
        if row.raw
    )
    return sum(signer(seat, one) == device for one in opened)
