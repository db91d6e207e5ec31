# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Founding a team, admitting, letting in and taking out: each as one act on one vault.

Each function keeps what it decides in the vault and puts what others must learn in the outbox, in
one transaction; the next exchange carries it. Rules, each with a test:

* Only a coordinator's laptop admits to the team, only a lead's laptop lets into an audience.
* The first lead of an audience makes its first key.
* What needs the root keys is refused in words when they are not at hand.
* Taking a laptop out renews the team's key at once, and the keys of the audiences led here.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from desktop_app.casework.audience import AUDIENCES, AUDIT
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage import custody, holders, ledger
from storage.older import refuse_older
from storage.store import Store
from sync import circle as circles
from sync.checks import written_by
from sync.documents import publish_circle, publish_roster
from sync.forks import Fork
from sync.identity import genesis, new_identity
from sync.join import Request
from sync.proclaim import grow, let_in_everybody, proclaim, renew
from sync.roster import Laptop, Roster, Ruling, Waiver
from sync.seals import KEY, Random, public_box_key
from sync.seat import (
    Seat,
    begin_feed,
    coordinators_seat,
    keep_identity,
    seat,
    seat_of,
    seated,
)
from sync.team import (
    NewPerson,
    amend,
    change_person,
    new_team,
    sign_roster,
    take_out,
)
from sync.team import admit as admitted
from sync.trust import cutoffs_here
from sync.wire import feed_number


def found_team(
    store: Store,
    name: str,
    coordinator: NewPerson,
    *,
    laptop: str,
    now_ms: int,
    random: Random,
    recovery: bytes = b"",
    made_up: bool = False,
) -> Seat:
    """Begin a team with this vault as its coordinator's.

    Args:
        store: the vault.
        name: of the team.
        coordinator: whose it is.
        laptop: what the laptop is called.
        now_ms: UTC milliseconds.
        random: gives random bytes.
        recovery: public half of the team's recovery key; empty for none.
        made_up: whether everything in it is invented.
    """
    me, root_seed = new_identity(random), random(KEY)
    founded = new_team(
        name,
        coordinator,
        laptop=laptop,
        me=me,
        root_seed=root_seed,
        now_ms=now_ms,
        random=random,
        recovery=recovery,
        made_up=made_up,
    )
    chain = founded.chain
    with store.transaction():
        keep_identity(store, me)
        ledger.put_key(store, "root", root_seed)
        ledger.put_key(store, "team", chain.team)
        publish_roster(store, chain.team, chain.document, chain.roster, random=random)
        for document in founded.circles.values():
            circle = circles.body_in(document.body)
            publish_circle(store, chain, document, circle, random=random)
        person = chain.roster.persons[0].id
        begin_feed(store, me, chain.team, person, began=genesis(me.device, random))
    if recovery:
        custody.note(store, "team_words_made", now_ms=now_ms)
    holders.put_in_order(store)
    return seat(store, me, chain)


def admit(
    store: Store,
    request: Request,
    who: NewPerson | str,
    *,
    now_ms: int,
    random: Random,
    lead_of: Sequence[str] = (),
    root_seeds: Sequence[bytes] = (),
) -> None:
    """Admit the laptop of a request, after the six words were compared.

    Args:
        store: the coordinator's vault.
        request: the request.
        who: somebody new, or the id of somebody who gets a further laptop.
        now_ms: UTC milliseconds.
        random: gives random bytes.
        lead_of: audiences this laptop leads from now on.
        root_seeds: root keys at hand besides the one this vault may hold.

    Raises:
        NotAllowed: this is no coordinator's laptop, or root keys are missing.
    """
    held = coordinators_seat(store)
    roster = admitted(
        held.chain,
        who,
        request.keys,
        laptop=request.laptop,
        now_ms=now_ms,
        random=random,
        lead_of=lead_of,
    )
    with store.transaction():
        after = _publish(store, held, roster, root_seeds=root_seeds, random=random)
        for audience in AUDIENCES:
            let_in_everybody(store, after, audience, now_ms=now_ms, random=random)


def amend_team(
    store: Store,
    changed: Mapping[str, object],
    *,
    now_ms: int,
    random: Random,
    root_seeds: Sequence[bytes] = (),
) -> None:
    """Sign and send the next roster with some fields changed; with none, a heartbeat."""
    held = coordinators_seat(store)
    roster = amend(held.chain, now_ms=now_ms, **changed)
    with store.transaction():
        _publish(store, held, roster, root_seeds=root_seeds, random=random)


def change_roles(
    store: Store,
    person: str,
    *,
    roles: frozenset[Role],
    audiences: frozenset[str],
    now_ms: int,
    random: Random,
    active: bool = True,
) -> None:
    """Change what somebody does and may hold, from now on."""
    held = coordinators_seat(store)
    roster = change_person(
        held.chain, person, now_ms=now_ms, roles=roles, audiences=audiences, active=active
    )
    _publish_and_renew(store, held, roster, now_ms=now_ms, random=random)


def take_out_laptop(store: Store, device: bytes, *, now_ms: int, random: Random) -> None:
    """Take a lost or returned laptop out of the team: what it wrote so far counts, no more."""
    held = coordinators_seat(store)
    cutoffs = cutoffs_here(store, held, [device])
    roster = take_out(held.chain, device, cutoffs=cutoffs, now_ms=now_ms, random=random)
    _publish_and_renew(store, held, roster, now_ms=now_ms, random=random)


def waive(
    store: Store,
    feed: bytes,
    *,
    first: int,
    last: int,
    now_ms: int,
    random: Random,
    words: str = "",
) -> None:
    """Declare bundles lost for ever, and why: whoever waits for them goes on without."""
    held = coordinators_seat(store)
    waiver = Waiver(feed, first, last, words, written_by(store, held, feed))
    amend_team(store, {"waivers": (*held.roster.waivers, waiver)}, now_ms=now_ms, random=random)


def rule(store: Store, fork: Fork, *, keep: bytes, now_ms: int, random: Random) -> None:
    """Decide which of two bundles keeps its place; the other goes on as a feed of its own.

    A place that was given before stays given: a further version can only be the other. So does
    the place of the bundle that later ones follow which were ruled on: it is the one taken in. So
    does the place of one that was given up, where what follows it was taken in.
    """
    held, number = coordinators_seat(store), feed_number(fork.feed)
    here, after = (ledger.bundle(store, number, fork.seq + n) for n in (0, 1))
    rulings = held.roster.rulings
    given = [one.kept for one in rulings if (one.feed, one.seq) == (fork.feed, fork.seq)]
    given += [fork.one for one in rulings if one.feed == fork.feed and one.seq > fork.seq]
    given += [fork.one] if after and not here else []
    keep = given[0] if given else keep
    moved = fork.other if keep == fork.one else fork.one
    rulings = (*rulings, Ruling(fork.feed, fork.seq, keep, moved))
    amend_team(store, {"rulings": rulings}, now_ms=now_ms, random=random)


def led_here(store: Store) -> list[str]:
    """Return the audiences this laptop lets others into."""
    held = seat_of(store)
    if held is None:
        return []
    return [one for one in AUDIENCES if held.me.device in held.roster.leads_of(one)]


def waiting_for(store: Store, audience: str) -> list[Laptop]:
    """Return the laptops the roster allows and no lead has let in yet."""
    held = seated(store)
    newest = circles.newest(held.circles.get(audience, ()))
    if newest is None:
        return circles.may_enter(held.roster, audience)
    return circles.waiting(held.roster, newest.circle)


def let_in(
    store: Store, audience: str, devices: Iterable[bytes], *, now_ms: int, random: Random
) -> None:
    """Let laptops into an audience, as one of its leads.

    Raises:
        NotAllowed: this laptop does not lead it, or the roster does not allow one of them.
    """
    held = _lead(store, audience)
    wanted = set(devices)
    if wanted - {one.id for one in circles.may_enter(held.roster, audience)}:
        raise NotAllowed(_("The coordinator has not allowed this person to hold these records."))
    with store.transaction():
        grow(store, held, audience, wanted, now_ms=now_ms, random=random)


def key_is_stale(store: Store, audience: str) -> bool:
    """Say whether a laptop that should be out still knows the key of an audience held here."""
    held = seated(store)
    newest = circles.newest(held.circles.get(audience, ()))
    return newest is not None and bool(circles.strangers(held.roster, newest.circle))


def renew_key(store: Store, audience: str, *, now_ms: int, random: Random) -> None:
    """Make a new key for an audience, for those who may still hold it.

    Raises:
        NotAllowed: this laptop does not lead it, or, for the audit, is not the coordinator's.
    """
    held, key = _lead(store, audience), random(KEY)
    with store.transaction():
        if audience == AUDIT:
            changed = amend(
                coordinators_seat(store).chain, now_ms=now_ms, audit_key=public_box_key(key)
            )
            held = _publish(store, held, changed, random=random)
        renew(store, held, audience, key, now_ms=now_ms, random=random)


def _publish_and_renew(
    store: Store, held: Seat, roster: Roster, *, now_ms: int, random: Random
) -> None:
    """Send a roster that takes something away, and new keys for the audiences led here."""
    stale = []
    for audience in AUDIENCES:
        newest = circles.newest(held.circles.get(audience, ()))
        leads = held.me.device in roster.leads_of(audience)
        if newest is not None and leads and circles.strangers(roster, newest.circle):
            stale.append(audience)
    keys = {audience: random(KEY) for audience in stale}
    if AUDIT in keys:
        roster = msgspec.structs.replace(roster, audit_key=public_box_key(keys[AUDIT]))
    with store.transaction():
        after = _publish(store, held, roster, random=random)
        for audience, key in keys.items():
            renew(store, after, audience, key, now_ms=now_ms, random=random)


def _publish(
    store: Store,
    held: Seat,
    roster: Roster,
    *,
    random: Random,
    root_seeds: Sequence[bytes] = (),
) -> Seat:
    """Sign, check as everybody will, keep and send a roster; return the seat it gives."""
    root = ledger.key(store, "root")
    seeds = [*root_seeds, *([root] if root else [])]
    return proclaim(
        store, held, sign_roster(roster, held.me, root_seeds=seeds), roster, random=random
    )


def _lead(store: Store, audience: str) -> Seat:
    refuse_older(store)
    held = seated(store)
    if held.me.device not in held.roster.leads_of(audience):
        raise NotAllowed(_("Only somebody who leads this group can do this."))
    return held
