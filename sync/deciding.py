# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the keepers are asked to decide, each prepared as the next roster, ready to be signed.

Rules, each with a test:

* Three papers are made, two of which decide. The old ones sign that the new ones count.
* Handing over names one laptop; what becomes of whoever coordinated so far is said with it: they
  stay and do other work, or their laptop is lost, or they have left.
* Handed over on the coordinator's own laptop, the successor reads first what only coordination and
  the audit may read. Where that laptop is lost, both begin anew.
* A laptop that goes is cut off as any other is: what reached this laptop counts, and no more.
* Where nobody would lead an audience afterwards, its new lead can be named in the same act.
* Where two lists stand under one number, whoever either takes out is out; whoever one lets in is,
  if the keepers say so.
* Another recovery key opens this vault at once, and each other's after its next exchange.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

import msgspec

from desktop_app.casework.audience import by_default
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.names import problem_in
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage.store import Store
from sync import acts
from sync import circle as circles
from sync.acts import Act
from sync.admission import change_roles
from sync.keepers import ENOUGH, PAPERS
from sync.proclaim import let_in_everybody
from sync.rivals import combined, rivals
from sync.roster import LED_BY_COORDINATOR, Roster
from sync.seals import KEY, Random
from sync.seat import Seat, coordinators_seat, seated
from sync.team import Chain, amend, change_person
from sync.trust import cutoffs_here


class Former(StrEnum):
    """What becomes of whoever coordinated until now."""

    STAYS = "stays"
    LOST = "lost"
    GONE = "gone"


def make_papers(
    store: Store,
    papers: Sequence[tuple[str, bytes, str]],
    *,
    now_ms: int,
    random: Random,
) -> Act | None:
    """Let new papers decide from now on; return the act, or None where that counts at once.

    Args:
        store: the vault.
        papers: of each: its words, its public half, and the name of whoever keeps it.
        now_ms: UTC milliseconds.
        random: gives random bytes.

    Raises:
        NotAllowed: there are not three different ones, or a name would deceive.
    """
    words, public, names = zip(*papers, strict=True)
    if len(set(public)) != PAPERS:
        raise NotAllowed(_("Three papers are needed, each with words of its own."))
    for name in names:
        if wrong := problem_in(name):
            raise NotAllowed(wrong)
    chain = seated(store).chain
    roster = amend(chain, now_ms=now_ms, root=public, threshold=ENOUGH, keepers=names)
    return acts.begin(store, roster, papers=words, now_ms=now_ms, random=random)


def hand_over(
    store: Store,
    device: bytes,
    former: Former,
    *,
    roles: frozenset[Role] = frozenset(),
    leads: Mapping[str, bytes] | None = None,
    now_ms: int,
    random: Random,
) -> Act | None:
    """Let another laptop coordinate; return the act, or None where that counts at once.

    Args:
        store: the vault.
        device: the laptop that coordinates from now on.
        former: what becomes of whoever did so far.
        roles: what they do from now on, where they stay.
        leads: for audiences that would have no lead: the laptop that leads them.
        now_ms: UTC milliseconds.
        random: gives random bytes.

    Raises:
        NotAllowed: the laptop is not in the team or coordinates already, or it was not said what
            whoever stays does.
    """
    acts.see_it_can_be_signed(store)
    held = seated(store)
    new, old = held.roster.device(device), set(held.roster.coordinators) - {device}
    if new is None or not new.active or device in held.roster.coordinators:
        raise NotAllowed(_("This laptop cannot coordinate the team. Nothing was changed."))
    if former is Former.STAYS and (not roles or Role.COORDINATOR in roles):
        raise NotAllowed(_("Say what they do from now on. Nothing was changed."))
    with store.transaction():
        held = _let_read_first(store, held, new.person, now_ms=now_ms, random=random)
        chain = _with_people(held.chain, new.person, former, roles, now_ms=now_ms)
        out = set[bytes]()
        if former is not Former.STAYS:
            out = _laptops_out(held.roster, old, new.person, former)
        roster = amend(
            chain,
            now_ms=now_ms,
            coordinators=(device,),
            circles=_in_force(held),
            leads=_leads(held.roster, device, leads or {}),
            devices=tuple(
                msgspec.structs.replace(one, active=False) if one.id in out else one
                for one in held.roster.devices
            ),
            cutoffs=(*held.roster.cutoffs, *cutoffs_here(store, held, out)),
            team_keys=(*held.roster.team_keys, *((random(KEY),) if out else ())),
        )
    return acts.begin(store, roster, now_ms=now_ms, random=random)


def name_lead(
    store: Store, audience: str, device: bytes, *, now_ms: int, random: Random
) -> Act | None:
    """Let a laptop lead an audience that has no lead; return the act, or None if it counts.

    Raises:
        NotAllowed: this is no coordinator's laptop, the audience has a lead, or the laptop's
            person may not hold it.
    """
    held = coordinators_seat(store)
    roster = held.roster
    may = {one.id for one in circles.may_enter(roster, audience)}
    if roster.leads_of(audience) or device not in may:
        raise NotAllowed(_("This laptop cannot lead these records. Nothing was changed."))
    leads = {**roster.leads, audience: (*roster.leads.get(audience, ()), device)}
    roster = amend(held.chain, now_ms=now_ms, leads=leads)
    return acts.begin(store, roster, now_ms=now_ms, random=random)


def replace_recovery_key(store: Store, public: bytes, *, now_ms: int, random: Random) -> Act | None:
    """Give the team another recovery key; the words of the old one open nothing sealed later.

    Raises:
        NotAllowed: this is no coordinator's laptop.
    """
    roster = amend(coordinators_seat(store).chain, now_ms=now_ms, recovery=public)
    return acts.begin(store, roster, now_ms=now_ms, random=random)


def settle(store: Store, let_in: Collection[int], *, now_ms: int, random: Random) -> Act | None:
    """Say which of the lists under one number let somebody in; return the act, or None as above.

    Whoever any of them takes out stays out.

    Args:
        store: the vault.
        let_in: the places of those lists, as `rivals` has them.
        now_ms: UTC milliseconds.
        random: gives random bytes.

    Raises:
        NotAllowed: there are no such lists.
    """
    held = seated(store)
    found = rivals(store, held)
    if found is None:
        raise NotAllowed(_("There are no two lists to decide between. Nothing was changed."))
    roster = combined(found.base, found.lists, let_in)
    chain = Chain(held.chain.team, held.chain.document, roster)
    after = amend(chain, now_ms=now_ms, team_keys=(*roster.team_keys, random(KEY)))
    return acts.begin(store, after, now_ms=now_ms, random=random)


def left_without_lead(roster: Roster, former: Former) -> list[str]:
    """Return the audiences nobody would lead once the coordinator's laptops are out."""
    if former is Former.STAYS:
        return []
    out = _laptops_out(roster, set(roster.coordinators), "", former)
    return [
        audience
        for audience in sorted(roster.leads)
        if audience not in LED_BY_COORDINATOR
        and roster.leads_of(audience)
        and not roster.leads_of(audience) - out
    ]


def _let_read_first(store: Store, held: Seat, person: str, *, now_ms: int, random: Random) -> Seat:
    """On the coordinator's laptop: let the successor read what only coordination may."""
    member = held.roster.person(person)
    needs = by_default({Role.COORDINATOR})
    if held.me.device not in held.roster.coordinators or member is None:
        return held
    if not needs <= set(member.audiences):
        change_roles(
            store,
            person,
            roles=held.team.persons[person].roles,
            audiences=needs | set(member.audiences),
            now_ms=now_ms,
            random=random,
        )
    held = seated(store)
    for audience in LED_BY_COORDINATOR:
        let_in_everybody(store, held, audience, now_ms=now_ms, random=random)
    return seated(store)


def _with_people(
    chain: Chain, person: str, former: Former, roles: frozenset[Role], *, now_ms: int
) -> Chain:
    """Return a chain whose roster has the people as they are from the next roster on."""
    roster, n = chain.roster, chain.roster.n
    new = roster.person(person)
    held = roster.roles_at(person, n)
    reads = frozenset(new.audiences if new else ()) | by_default({Role.COORDINATOR})
    changes = {person: (held | {Role.COORDINATOR}, reads, True)}
    devices = (roster.device(one) for one in roster.coordinators)
    for old in {one.person for one in devices if one} - {person}:
        then = roles if former is Former.STAYS else roster.roles_at(old, n) - {Role.COORDINATOR}
        if former is Former.GONE:
            changes[old] = (frozenset(), frozenset(), False)
        else:
            changes[old] = (then, by_default(then), True)
    for one, (does, holds, active) in changes.items():
        changed = change_person(
            chain, one, now_ms=now_ms, roles=does, audiences=holds, active=active
        )
        chain = Chain(chain.team, chain.document, msgspec.structs.replace(changed, n=n))
    return chain


def _laptops_out(roster: Roster, old: set[bytes], stays: str, former: Former) -> set[bytes]:
    """Return the laptops that go with whoever coordinated: the lost one, or all of theirs."""
    people = {one.person for one in roster.devices if one.id in old}
    return {
        one.id
        for one in roster.devices
        if one.active
        and (one.id in old or (former is Former.GONE and one.person in people - {stays}))
    }


def _in_force(held: Seat) -> tuple[bytes, ...]:
    """Return the ids of the documents by which the successor, and everybody, reads on."""
    newest = (circles.newest(held.circles.get(one, ())) for one in LED_BY_COORDINATOR)
    return tuple(one.id for one in newest if one is not None)


def _leads(
    roster: Roster, device: bytes, named: Mapping[str, bytes]
) -> dict[str, tuple[bytes, ...]]:
    leads = {one: tuple(who) for one, who in roster.leads.items()}
    for audience in LED_BY_COORDINATOR:
        leads[audience] = (device,)
    for audience, lead in named.items():
        leads[audience] = (*leads.get(audience, ()), lead)
    return leads
