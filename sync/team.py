# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The team and how it changes: each function here returns the next roster, ready to be signed.

Rules, each with a test:

* A new team begins with one coordinator, who leads the audiences everybody shares. Police and
  health have no lead until somebody of theirs is named, and so no keys until then.
* One root key begins with the coordinator; more, and how many must agree, can follow.
* The recovery key is another: its words stand on paper only, its public half in the roster.
* Whoever is admitted gets roles from that roster on; what they were before stays as it was.
* A laptop that is taken out knows no later key, and what it writes after its cut-off is set aside.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.names import problem_in
from desktop_app.casework.people import Role
from sync import circle as circles
from sync.circle import Circle
from sync.envelope import Signed, signed
from sync.identity import Identity, PublicKeys
from sync.roster import (
    FIRST,
    LED_BY_COORDINATOR,
    PURPOSE,
    Cutoff,
    Laptop,
    Member,
    Roster,
    Spell,
    body_of,
    team_id,
)
from sync.seals import KEY, Random, public_box_key, signing_pair


@dataclass(frozen=True, slots=True)
class Chain:
    """The newest roster this laptop trusts: the team's id, the document, its body."""

    team: bytes
    document: Signed
    roster: Roster


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who joins: who they are, what they do, what they may hold.

    Raises:
        NotAllowed: there is a letter in their name that hides or turns something.
    """

    name: str
    agency: str
    roles: frozenset[Role]
    audiences: frozenset[str]

    def __post_init__(self) -> None:
        """Refuse a name that could be made to look like another."""
        for said in (self.name, self.agency):
            if wrong := problem_in(said):
                raise NotAllowed(wrong)


@dataclass(frozen=True, slots=True)
class Founded:
    """A new team, before anything is kept: its first roster and the circles that come with it."""

    chain: Chain
    circles: Mapping[str, Signed]


def new_person_id(random: Random) -> str:
    """Make the id of a person: 16 hex letters."""
    return random(8).hex()


def new_team(
    name: str,
    coordinator: NewPerson,
    *,
    laptop: str,
    me: Identity,
    root_seed: bytes,
    now_ms: int,
    random: Random,
    recovery: bytes = b"",
    made_up: bool = False,
) -> Founded:
    """Begin a team with its coordinator on this laptop; `root_seed` is its first root key."""
    audit_secret = random(KEY)
    person = new_person_id(random)
    roster = Roster(
        v=1,
        team=b"",
        name=name,
        n=1,
        prev=FIRST,
        ts=now_ms,
        root=(signing_pair(root_seed)[0],),
        threshold=1,
        coordinators=(me.device,),
        leads=dict.fromkeys(LED_BY_COORDINATOR, (me.device,)),
        persons=(_member(person, coordinator, 1),),
        devices=(_laptop(me.public, person, laptop, 1),),
        team_keys=(random(KEY),),
        name_key=random(KEY),
        audit_key=public_box_key(audit_secret),
        recovery=recovery,
        made_up=made_up,
    )
    document = sign_roster(roster, me, root_seeds=(root_seed,))
    chain = Chain(team_id(document), document, roster)
    return Founded(chain, _first_circles(chain, me, audit_secret, random))


def sign_roster(roster: Roster, me: Identity, *, root_seeds: Iterable[bytes] = ()) -> Signed:
    """Sign a roster with this laptop's key, and with root keys where they are at hand."""
    roots = (signing_pair(seed) for seed in root_seeds)
    return signed(body_of(roster), PURPOSE, [(me.public.sign, me.signing), *roots])


def sign_circle(circle: Circle, me: Identity) -> Signed:
    """Sign an audience's document as one of its leads."""
    return signed(circles.body_of(circle), circles.PURPOSE, [(me.public.sign, me.signing)])


def amend(chain: Chain, *, now_ms: int, **changed: Any) -> Roster:
    """Return the next roster with some of its fields changed; with none, it is a heartbeat."""
    return msgspec.structs.replace(
        chain.roster,
        team=chain.team,
        n=chain.roster.n + 1,
        prev=chain.document.id,
        also=(),
        ts=now_ms,
        **changed,
    )


def admit(
    chain: Chain,
    who: NewPerson | str,
    keys: PublicKeys,
    *,
    laptop: str,
    now_ms: int,
    random: Random,
    lead_of: Sequence[str] = (),
) -> Roster:
    """Return the next roster with one more laptop, and its person when they are new.

    Args:
        chain: the roster so far.
        who: somebody new, or the id of somebody who gets a further laptop.
        keys: the laptop's public keys, compared by the six words.
        laptop: what the laptop is called.
        now_ms: UTC milliseconds.
        random: gives random bytes.
        lead_of: audiences this laptop may let others into; needs the root keys.
    """
    roster, n = chain.roster, chain.roster.n + 1
    person = who if isinstance(who, str) else new_person_id(random)
    added = () if isinstance(who, str) else (_member(person, who, n),)
    leads = dict(roster.leads)
    for audience in lead_of:
        leads[audience] = (*leads.get(audience, ()), keys.device)
    return amend(
        chain,
        now_ms=now_ms,
        persons=(*roster.persons, *added),
        devices=(*roster.devices, _laptop(keys, person, laptop, n)),
        leads=leads,
    )


def change_person(
    chain: Chain,
    person: str,
    *,
    now_ms: int,
    roles: frozenset[Role],
    audiences: frozenset[str],
    active: bool = True,
) -> Roster:
    """Return the next roster with somebody's roles and audiences changed from now on."""
    n = chain.roster.n + 1

    def changed(one: Member) -> Member:
        still = {spell.role for spell in one.roles if not spell.until}
        kept = tuple(
            spell if spell.until or spell.role in roles else msgspec.structs.replace(spell, until=n)
            for spell in one.roles
        )
        new = tuple(Spell(role.value, n) for role in Role if role in roles - still)
        return msgspec.structs.replace(
            one, roles=(*kept, *new), audiences=tuple(sorted(audiences)), active=active
        )

    persons = tuple(changed(one) if one.id == person else one for one in chain.roster.persons)
    return amend(chain, now_ms=now_ms, persons=persons)


def take_out(
    chain: Chain, device: bytes, *, cutoffs: Sequence[Cutoff], now_ms: int, random: Random
) -> Roster:
    """Return the next roster without a laptop, and with a new outer key.

    Args:
        chain: the roster so far.
        device: the laptop's id.
        cutoffs: the last bundle of each of its feeds that counts.
        now_ms: UTC milliseconds.
        random: gives random bytes.
    """
    roster = chain.roster
    return amend(
        chain,
        now_ms=now_ms,
        devices=tuple(
            msgspec.structs.replace(one, active=False) if one.id == device else one
            for one in roster.devices
        ),
        cutoffs=(*roster.cutoffs, *cutoffs),
        team_keys=(*roster.team_keys, random(KEY)),
    )


def _first_circles(
    chain: Chain, me: Identity, audit_secret: bytes, random: Random
) -> Mapping[str, Signed]:
    begun = {}
    for audience in LED_BY_COORDINATOR:
        key = audit_secret if audience == AUDIT else random(KEY)
        first = circles.begin(
            chain.roster, chain.team, audience, lead=me.device, key=key, ts=chain.roster.ts
        )
        begun[audience] = sign_circle(first, me)
    return begun


def _member(id: str, who: NewPerson, n: int) -> Member:  # noqa: A002  it is called an id everywhere
    spells = tuple(Spell(role.value, n) for role in Role if role in who.roles)
    return Member(id, who.name, who.agency, spells, tuple(sorted(who.audiences)))


def _laptop(keys: PublicKeys, person: str, name: str, n: int) -> Laptop:
    return Laptop(keys.device, person, name, keys.sign, keys.box, n)
