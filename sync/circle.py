# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Circles: the laptops let into an audience, and the audience's keys, signed by one of its leads.

Rules, each with a test:

* The roster says who may be let in; only a lead lets in. The coordinator alone cannot put a
  laptop into the police's circle.
* A circle carries every key its audience ever had, so whoever is let in reads its whole history.
* The last key is the one to write with. Taking a laptop out means a new key.
* Two leads who sign at the same time do no harm: everybody reads with the keys of both, writes
  with those of the greater (number, id), and the next circle names both.
* `audit` is different in one thing: its keys are box keys, and the public half stands in the
  roster, so that everybody writes and only its circle reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta

from desktop_app.casework.answers import Name
from desktop_app.casework.audience import AUDIT
from sync.envelope import Signed
from sync.reasons import Reason, SetAside
from sync.roster import FIRST, LED_BY_COORDINATOR, Laptop, Roster, signing_keys
from sync.seals import key_id, public_box_key
from sync.wire import Id16, Id32, Place, When

PURPOSE = b"tandem/audience/1\0"


class Circle(msgspec.Struct, frozen=True):
    """The body of an audience's document.

    Attributes:
        team: the team's id.
        audience: whose circle it is.
        prev: hash of the circle before.
        also: other circles of that number this one goes on from.
        roster_n: the roster its lead knew.
        keys: every key of the audience, the present one last.
        members: the laptops let in.
    """

    v: Annotated[int, Meta(ge=1)]
    team: Id16
    audience: Name
    n: Place
    prev: Id32
    ts: When
    roster_n: Place
    keys: Annotated[tuple[Id32, ...], Meta(min_length=1)]
    members: tuple[Id16, ...]
    also: tuple[Id32, ...] = ()

    def by_id(self) -> Mapping[bytes, bytes]:
        """Return its keys by their ids."""
        return {_id_of(self.audience, key): key for key in self.keys}

    @property
    def present(self) -> tuple[bytes, bytes]:
        """Return the id and the key to write with."""
        key = self.keys[-1]
        return _id_of(self.audience, key), key


@dataclass(frozen=True, slots=True)
class Held:
    """A circle this laptop was let into, and the id of its document."""

    id: bytes
    circle: Circle


_encode = msgspec.msgpack.Encoder().encode
_circle = msgspec.msgpack.Decoder(Circle).decode


def about(team: bytes, audience: str) -> bytes:
    """Return what an envelope of this audience says it is about."""
    return team + b"audience:" + audience.encode()


def body_of(circle: Circle) -> bytes:
    """Return the bytes that are signed."""
    return _encode(circle)


def begin(
    roster: Roster, team: bytes, audience: str, *, lead: bytes, key: bytes, ts: int
) -> Circle:
    """Return the first circle of an audience, with its lead alone inside."""
    return Circle(1, team, audience, 1, FIRST, ts, roster.n, (key,), (lead,))


def following(
    held: Iterable[Held], *, members: Iterable[bytes], roster_n: int, ts: int, new_key: bytes = b""
) -> Circle:
    """Return the circle after those that are held.

    Args:
        held: every circle of the audience this laptop knows.
        members: the laptops inside from now on.
        roster_n: the newest roster.
        ts: now.
        new_key: a key to write with from now on; empty to go on with the present one.
    """
    order = sorted(held, key=lambda one: (one.circle.n, one.id))
    newest = order[-1]
    keys = {key: None for one in order for key in one.circle.keys}
    present = newest.circle.keys[-1]
    keys.pop(present)
    ends = (present, new_key) if new_key else (present,)
    rivals = (one.id for one in order[:-1] if one.circle.n == newest.circle.n)
    return msgspec.structs.replace(
        newest.circle,
        n=newest.circle.n + 1,
        prev=newest.id,
        also=tuple(rivals),
        ts=ts,
        roster_n=roster_n,
        keys=(*keys, *ends),
        members=tuple(dict.fromkeys(members)),
    )


def read_circle(document: Signed, roster: Roster, *, team: bytes, audience: str) -> Held:
    """Check a circle that was opened for this laptop.

    Raises:
        SetAside: it is not one, of another team or audience, or no present lead signed it, and the
            root keys did not vouch for it.
    """
    try:
        found = _circle(document.body)
    except (msgspec.MsgspecError, RecursionError):
        raise SetAside(Reason.DAMAGED) from None
    if found.v > 1:
        raise SetAside(Reason.TOO_NEW)
    if (found.team, found.audience) != (team, audience):
        raise SetAside(Reason.DAMAGED)
    leads = signing_keys(roster, roster.leads_of(audience))
    vouched = audience in LED_BY_COORDINATOR and document.id in roster.circles
    if not vouched and not document.signers(PURPOSE) & leads:
        raise SetAside(Reason.BAD_SIGNATURE)
    return Held(document.id, found)


def body_in(body: bytes) -> Circle:
    """Return a circle that was checked when it came."""
    return _circle(body)


def newest(held: Iterable[Held]) -> Held | None:
    """Return the circle to write with; None when this laptop was never let in."""
    return max(held, key=lambda one: (one.circle.n, one.id), default=None)


def may_enter(roster: Roster, audience: str) -> list[Laptop]:
    """Return the laptops whose people the roster lets hold an audience."""
    people = {one.id for one in roster.persons if one.active and audience in one.audiences}
    return [one for one in roster.devices if one.active and one.person in people]


def waiting(roster: Roster, circle: Circle) -> list[Laptop]:
    """Return the laptops that may be let in and are not."""
    return [one for one in may_enter(roster, circle.audience) if one.id not in circle.members]


def strangers(roster: Roster, circle: Circle) -> list[bytes]:
    """Return laptops that know the present key and should not any more."""
    allowed = {one.id for one in may_enter(roster, circle.audience)}
    return [one for one in circle.members if one not in allowed]


def recipients(roster: Roster, circle: Circle) -> list[bytes]:
    """Return the box keys of the laptops inside."""
    found = (roster.device(one) for one in circle.members)
    return [one.box for one in found if one and one.active]


def _id_of(audience: str, key: bytes) -> bytes:
    return key_id(public_box_key(key) if audience == AUDIT else key)
