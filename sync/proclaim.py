# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Putting lists in force: a signed roster here and for everybody, and the keys that follow from it.

Everything here belongs inside the caller's transaction. Rules, each with a test:

* A roster is checked as everybody will check it before it counts here or leaves.
* Whoever begins a circle nobody here was let into writes with a key of its own, and the others
  follow: its number is higher than any this laptop has seen lying on the share.
* Whoever becomes the coordinator signs a circle for every audience that is now theirs to lead;
  where somebody should be out, with a new key.
"""

from collections.abc import Iterable

import msgspec

from desktop_app.casework.audience import AUDIENCES, AUDIT
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.words import _
from storage import ledger
from storage.store import Store
from sync import circle as circles
from sync import places
from sync.circle import Circle
from sync.documents import not_ours, publish_circle, publish_roster
from sync.envelope import Signed
from sync.history import rebuild
from sync.reasons import Reason, SetAside
from sync.roster import LED_BY_COORDINATOR, Roster, verify_next
from sync.seals import KEY, Random, public_box_key
from sync.seat import SUSPENDED, Seat, more_keys, seat
from sync.team import Chain, amend, sign_circle, sign_roster
from sync.trust import trust

FARTHEST = 1_000_000


def proclaim(store: Store, held: Seat, document: Signed, roster: Roster, *, random: Random) -> Seat:
    """Check a signed roster as everybody will, keep and send it; return the seat it gives.

    Raises:
        NotAllowed: signatures are missing.
    """
    try:
        verify_next(held.chain.document, document)
    except SetAside as refused:
        if refused.reason is not Reason.BAD_SIGNATURE:
            raise
        raise NotAllowed(
            _("This change has to be signed by two keepers. Nothing was changed.")
        ) from None
    publish_roster(store, held.chain.team, document, roster, random=random)
    chain = Chain(held.chain.team, document, roster)
    after, anew = trust(store, held, chain, now_ms=roster.ts, random=random)
    if anew:
        rebuild(store, after)
    return after


def let_in_everybody(
    store: Store, held: Seat, audience: str, *, now_ms: int, random: Random
) -> None:
    """Let in whoever waits, for the audiences led here: the words were compared already."""
    newest = circles.newest(held.circles.get(audience, ()))
    if newest is None or held.me.device not in held.roster.leads_of(audience):
        return
    wanted = {one.id for one in circles.waiting(held.roster, newest.circle)}
    if wanted:
        grow(store, held, audience, wanted, now_ms=now_ms, random=random)


def grow(
    store: Store,
    held: Seat,
    audience: str,
    wanted: Iterable[bytes],
    *,
    now_ms: int,
    random: Random,
    key: bytes = b"",
) -> None:
    """Let laptops into an audience led here; begin it, with `key` if given, where none is held."""
    own = held.circles.get(audience, ())
    newest = circles.newest(own)
    if newest is None:
        lead, begun = held.me.device, key or random(KEY)
        first = circles.begin(
            held.roster, held.chain.team, audience, lead=lead, key=begun, ts=now_ms
        )
        members = (lead, *sorted({*wanted} - {lead}))
        circle = msgspec.structs.replace(first, members=members)
    else:
        members = (*newest.circle.members, *sorted({*wanted} - {*newest.circle.members}))
        circle = circles.following(own, members=members, roster_n=held.roster.n, ts=now_ms)
    _send(store, held, circle, random=random)


def renew(
    store: Store, held: Seat, audience: str, key: bytes, *, now_ms: int, random: Random
) -> None:
    """Give an audience led here a new key, for those who may still hold it."""
    own = held.circles.get(audience, ())
    newest = circles.newest(own)
    if newest is None:
        return
    strangers = set(circles.strangers(held.roster, newest.circle))
    members = [one for one in newest.circle.members if one not in strangers]
    circle = circles.following(own, members=members, roster_n=held.roster.n, ts=now_ms, new_key=key)
    _send(store, held, circle, random=random)


def take_over(store: Store, held: Seat, *, now_ms: int, random: Random) -> Seat:
    """Lead what the coordinator leads, from now on; return the seat it gives."""
    audit = circles.newest(held.circles.get(AUDIT, ()))
    key = random(KEY) if audit is None or circles.strangers(held.roster, audit.circle) else b""
    if key:
        roster = amend(held.chain, now_ms=now_ms, audit_key=public_box_key(key))
        held = proclaim(store, held, sign_roster(roster, held.me), roster, random=random)
    for audience in LED_BY_COORDINATOR:
        newest = circles.newest(held.circles.get(audience, ()))
        if newest is not None and circles.strangers(held.roster, newest.circle):
            new = key if audience == AUDIT else random(KEY)
            renew(store, held, audience, new, now_ms=now_ms, random=random)
            continue
        everybody = [one.id for one in circles.may_enter(held.roster, audience)]
        begins = key if audience == AUDIT else b""
        grow(store, held, audience, everybody, now_ms=now_ms, random=random, key=begins)
    return seat(store, held.me, held.chain)


def open_to_all(store: Store, held: Seat, *, now_ms: int, random: Random) -> Seat:
    """As the coordinator or a lead, give everybody the keys of lists that no longer count.

    Whoever went by such a list for a while sealed with them what counts as before.
    """
    more = more_keys(store)
    if not more or ledger.key(store, SUSPENDED):
        return held
    roster, known = held.roster, held.roster.keys()
    outer = [key for name, key in more.get("", {}).items() if name not in known]
    if outer and held.me.device in roster.coordinators:
        keys = (*roster.team_keys, *outer, random(KEY))
        after = amend(held.chain, now_ms=now_ms, team_keys=keys)
        held = proclaim(store, held, sign_roster(after, held.me), after, random=random)
    for audience in AUDIENCES:
        own = held.circles.get(audience, ())
        held_here = {key for one in own for key in one.circle.keys}
        lost = [key for key in more.get(audience, {}).values() if key not in held_here]
        newest = circles.newest(own)
        if lost and newest and held.me.device in held.roster.leads_of(audience):
            members, n = newest.circle.members, held.roster.n
            circle = circles.following(own, members=members, roster_n=n, ts=now_ms)
            circle = msgspec.structs.replace(circle, keys=(*lost, *circle.keys))
            _send(store, held, circle, random=random)
    return seat(store, held.me, held.chain)


def _send(store: Store, held: Seat, circle: Circle, *, random: Random) -> None:
    """Sign and send a circle, under a number higher than any that lies on the share."""
    chain = held.chain
    folder = places.circle_folder(chain.team, chain.roster.name_key, circle.audience) + "/"
    names = (path.removeprefix(folder) for path in not_ours(store) if path.startswith(folder))
    numbers = [number[0] for number in map(places.numbered, names) if number]
    far = circle.n + FARTHEST  # anybody who can write to the share can put any number there
    beyond = max((n for n in numbers if n < far), default=0) + 1
    circle = msgspec.structs.replace(circle, n=max(circle.n, beyond))
    publish_circle(store, chain, sign_circle(circle, held.me), circle, random=random)
