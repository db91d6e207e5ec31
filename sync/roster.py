# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The roster: who is in the team, in which role, on which laptops, signed by the coordinator.

Rosters form a chain. Rules, each with a test:

* Only the next roster is taken: number one higher, naming the hash of the one before.
* An ordinary roster needs one coordinator's signature, of a laptop that was coordinator before.
* Changing the root keys, their number, the recovery key, the coordinators or the leads needs the
  root keys: as many as the old roster asks for, and as many of the new as the new one asks for
  (TUF 5.3.4). Each key counts once. So does saying which of two rosters of one number holds.
* People, laptops, team keys and past roles are never taken out or rewritten, only closed: "might
  this author write this at roster n?" has the same answer for ever.
* The team's id is the hash of its first roster; no other roster can begin the same team.
* The body travels in an envelope for the team's laptops only and carries every outer key, so a
  new laptop reads the whole history, and a laptop taken out reads nothing new.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from desktop_app.casework.answers import Name
from desktop_app.casework.audience import AUDIT, COORDINATION, PARTNERS
from desktop_app.casework.people import Device, Person, Role, Team
from sync.envelope import Signed
from sync.identity import PublicKeys
from sync.reasons import Reason, SetAside
from sync.seals import digest, key_id
from sync.wire import Count, Id16, Id32, Place, When

PURPOSE = b"tandem/roster/1\0"
FIRST = bytes(32)
"""What the first document of a chain names as the one before."""
HEARTBEAT_DAYS = 14
LED_BY_COORDINATOR = (PARTNERS, COORDINATION, AUDIT)
"""What whoever coordinates leads; the others are led by somebody of their own."""
_PersonId = Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]


class Spell(msgspec.Struct, array_like=True, frozen=True):
    """A role somebody has from one roster to another; `until` 0 is still."""

    role: Name
    since: Place
    until: Count = 0

    def at(self, n: int) -> bool:
        """Say whether it counted at roster n."""
        return self.since <= n and (not self.until or n < self.until)


class Member(msgspec.Struct, frozen=True):
    """Somebody in the team, and the audiences the coordinator lets them hold."""

    id: _PersonId
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    agency: Annotated[str, Meta(max_length=200)]
    roles: tuple[Spell, ...]
    audiences: tuple[Name, ...]
    active: bool = True


class Laptop(msgspec.Struct, frozen=True):
    """One person's vault on one laptop, with its public keys."""

    id: Id16
    person: _PersonId
    name: Annotated[str, Meta(max_length=200)]
    sign: Id32
    box: Id32
    since: Place
    active: bool = True


class Cutoff(msgspec.Struct, array_like=True, frozen=True):
    """The last bundle of a feed that counts. What comes after is set aside by everybody.

    `words`: why the coordinator let later work count after all; everybody in the team may read it.
    """

    feed: Id16
    seq: Count
    id: Annotated[bytes, Meta(max_length=32)] = b""
    words: Annotated[str, Meta(max_length=500)] = ""


class Waiver(msgspec.Struct, array_like=True, frozen=True):
    """Bundles that are lost for ever: those who wait for them may go on.

    Attributes:
        words: why the coordinator gave them up; everybody in the team may read it.
        device: whose feed it is, as far as that is known: its first bundle says so, which may be
            among those that are lost.
    """

    feed: Id16
    first: Place
    last: Place
    words: Annotated[str, Meta(max_length=500)] = ""
    device: Annotated[bytes, Meta(max_length=16)] = b""


class Ruling(msgspec.Struct, array_like=True, frozen=True):
    """Which of two bundles with one number stays; the other goes on as a feed of its own."""

    feed: Id16
    seq: Place
    kept: Id32
    moved: Id32

    @property
    def branch(self) -> bytes:
        """Return the id of the feed the other branch becomes."""
        return digest(b"tandem-fork", self.feed + self.moved, size=16)


class Roster(msgspec.Struct, frozen=True):
    """The body of a roster.

    Attributes:
        team: the team's id; empty in the first roster, whose hash it is.
        circles: ids of documents that count whoever signed them, of audiences the coordinator
            leads: whom one had let in before another took their place.
        also: other rosters of the same number this one reconciles.
        root: root keys; `threshold` of them must sign what matters most.
        keepers: who keeps the paper of each root key, in their order; only to know whom to ask.
        recovery: public half of the team's recovery key, whose words are on paper only: every
            laptop seals its vault's key to it. Empty in a team that has none.
        coordinators: laptops whose signature an ordinary roster needs.
        leads: for each audience, the laptops that may let others in.
        team_keys: every outer key there ever was, the present one last.
        name_key: makes the names of folders on the share.
        audit_key: public box key the audit sections are sealed to.
        heartbeat_days: after so many days without news of the coordinator, everybody is warned.
        made_up: a team for practice, with invented people.
    """

    v: Annotated[int, Meta(ge=1)]
    team: Annotated[bytes, Meta(max_length=16)]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    n: Place
    prev: Id32
    ts: When
    root: tuple[Id32, ...]
    threshold: Annotated[int, Meta(ge=1, le=16)]
    coordinators: tuple[Id16, ...]
    leads: dict[Name, tuple[Id16, ...]]
    persons: tuple[Member, ...]
    devices: tuple[Laptop, ...]
    team_keys: Annotated[tuple[Id32, ...], Meta(min_length=1)]
    name_key: Id32
    audit_key: Id32
    recovery: Annotated[bytes, Meta(max_length=32)] = b""
    keepers: tuple[Annotated[str, Meta(max_length=200)], ...] = ()
    circles: tuple[Id32, ...] = ()
    also: tuple[Id32, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    heartbeat_days: Annotated[int, Meta(ge=1, le=365)] = HEARTBEAT_DAYS
    min_schema: Count = 0
    made_up: bool = False

    def device(self, id: bytes) -> Laptop | None:  # noqa: A002  it is called an id everywhere
        """Return a laptop, also one that was taken out."""
        return next((one for one in self.devices if one.id == id), None)

    def person(self, id: str) -> Member | None:  # noqa: A002
        """Return somebody, also somebody who left."""
        return next((one for one in self.persons if one.id == id), None)

    def roles_at(self, person: str, n: int) -> frozenset[Role]:
        """Return the roles somebody had when roster n was the newest."""
        member = self.person(person)
        held = {spell.role for spell in member.roles if spell.at(n)} if member else set()
        return frozenset(role for role in Role if role.value in held)

    def keys(self) -> Mapping[bytes, bytes]:
        """Return every outer key by its id."""
        return {key_id(key): key for key in self.team_keys}

    def recipients(self) -> list[bytes]:
        """Return the box keys of every laptop in the team."""
        return [one.box for one in self.devices if one.active]

    def decides(self, device: bytes, audience: str, n: int) -> bool:
        """Say whether a laptop's person, at roster n, decides what is kept of an audience.

        The coordinator about what everybody may hold, elsewhere whoever leads; nobody about the
        audit. Leads are only ever added, also once their laptop has gone.
        """
        laptop = self.device(device)
        if laptop is None or audience == AUDIT:
            return False
        if audience in (PARTNERS, COORDINATION):
            return Role.COORDINATOR in self.roles_at(laptop.person, n)
        return device in self.leads.get(audience, ())

    def leads_of(self, audience: str) -> frozenset[bytes]:
        """Return the laptops that may let others into an audience."""
        active = {one.id for one in self.devices if one.active}
        return frozenset(one for one in self.leads.get(audience, ()) if one in active)


_encode = msgspec.msgpack.Encoder().encode
_roster = msgspec.msgpack.Decoder(Roster).decode


def body_of(roster: Roster) -> bytes:
    """Return the bytes that are signed."""
    return _encode(roster)


def read_roster(document: Signed) -> Roster:
    """Return the roster in a document, unverified.

    Raises:
        SetAside: it is not one, or a newer Tandem wrote it.
    """
    try:
        found = _roster(document.body)
    except (msgspec.MsgspecError, RecursionError):
        raise SetAside(Reason.DAMAGED) from None
    if found.v > 1:
        raise SetAside(Reason.TOO_NEW)
    return found


def team_id(first: Signed) -> bytes:
    """Return the id of the team whose first roster this is."""
    return digest(b"tandem-team", first.body, size=16)


def signing_keys(roster: Roster, devices: Iterable[bytes]) -> frozenset[bytes]:
    """Return the signing keys of those of some laptops that are in the team."""
    found = (roster.device(one) for one in devices)
    return frozenset(one.sign for one in found if one and one.active)


def verify_first(document: Signed) -> Roster:
    """Check the roster that begins a team; its root keys and its coordinator sign it.

    Raises:
        SetAside: with the reason.
    """
    first = read_roster(document)
    signers = document.signers(PURPOSE)
    right = all(_made(one, 1) for one in first.devices)
    if not right or (first.n, first.prev, first.team) != (1, FIRST, b""):
        raise SetAside(Reason.DAMAGED)
    _need(signers, first.root, first.threshold)
    _need(signers, signing_keys(first, first.coordinators), 1)
    return first


def verify_next(trusted: Signed, new: Signed) -> Roster:
    """Check that `new` follows the roster this laptop trusts.

    Raises:
        SetAside: with the reason.
    """
    old, roster = read_roster(trusted), read_roster(new)
    signers = new.signers(PURPOSE)
    if roster.n != old.n + 1:
        raise SetAside(Reason.GAP)
    reconciles = trusted.id in roster.also
    if roster.team != (old.team or team_id(trusted)) or not (
        roster.prev == trusted.id or reconciles
    ):
        raise SetAside(Reason.FORK)
    if roster.also or _weighty(old) != _weighty(roster):
        _need_root(signers, old, roster)
    else:
        _need(signers, signing_keys(old, old.coordinators), 1)
    if not reconciles and not _only_adds(old, roster):
        raise SetAside(Reason.DAMAGED)
    return roster


def by_root(old: Roster, document: Signed, roster: Roster) -> bool:
    """Say whether the root keys signed a roster: as many as it takes of the old and of the new."""
    try:
        _need_root(document.signers(PURPOSE), old, roster)
    except SetAside:
        return False
    return True


def team_of(roster: Roster, team: bytes) -> Team:
    """Return the team as the casework knows it."""
    persons = {
        one.id: Person(
            one.id,
            one.name,
            one.agency,
            roster.roles_at(one.id, roster.n),
            frozenset(one.audiences),
            one.active,
        )
        for one in roster.persons
    }
    devices = {
        one.id.hex(): Device(one.id.hex(), one.person, one.name, one.active)
        for one in roster.devices
    }
    return Team(team.hex(), roster.name, persons, devices, roster.made_up)


def _need(signers: frozenset[bytes], keys: Iterable[bytes], threshold: int) -> None:
    if len(signers & set(keys)) < threshold:
        raise SetAside(Reason.BAD_SIGNATURE)


def _need_root(signers: frozenset[bytes], old: Roster, new: Roster) -> None:
    _need(signers, old.root, old.threshold)
    _need(signers, new.root, new.threshold)


def _weighty(roster: Roster) -> tuple[object, ...]:
    """Return what only the root keys may change."""
    leads = sorted((audience, sorted(who)) for audience, who in roster.leads.items())
    roots = (sorted(roster.root), roster.threshold, roster.recovery)
    return (*roots, sorted(roster.coordinators), leads, sorted(roster.circles))


def _only_adds(old: Roster, new: Roster) -> bool:
    """Say whether nothing that was once true was taken back."""
    people = {one.id: one for one in new.persons}
    laptops = {one.id: one for one in new.devices}
    return (
        len(people) == len(new.persons)
        and len(laptops) == len(new.devices)
        and new.team_keys[: len(old.team_keys)] == old.team_keys
        and (new.name_key, new.made_up) == (old.name_key, old.made_up)
        and all(one.id in people and _spells(one, people[one.id], new.n) for one in old.persons)
        and all(_fresh(one, new.n) for one in new.persons if old.person(one.id) is None)
        and all(one.id in laptops and _same(one, laptops[one.id]) for one in old.devices)
        and all(_made(one, new.n) for one in new.devices if old.device(one.id) is None)
        and set(old.rulings) <= set(new.rulings)
        and set(old.waivers) <= set(new.waivers)
    )


def _same(before: Laptop, after: Laptop) -> bool:
    return (before.person, before.sign, before.box, before.since) == (
        after.person,
        after.sign,
        after.box,
        after.since,
    )


def _spells(before: Member, after: Member, n: int) -> bool:
    """Say whether past roles stand as they were, closed now at the earliest."""
    kept = after.roles[: len(before.roles)]
    return (
        len(kept) == len(before.roles)
        and all(
            (old.role, old.since) == (new.role, new.since)
            and (new.until == old.until or (not old.until and new.until == n))
            for old, new in zip(before.roles, kept, strict=True)
        )
        and all(one.since == n for one in after.roles[len(before.roles) :])
    )


def _made(laptop: Laptop, n: int) -> bool:
    """Say whether a new laptop's id is truly the hash of its keys."""
    return laptop.since == n and laptop.id == PublicKeys(laptop.sign, laptop.box).device


def _fresh(member: Member, n: int) -> bool:
    return all(one.since == n for one in member.roles)
