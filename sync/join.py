# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Joining: an invitation, a request, and six words two people say to each other.

Rules, each with a test:

* The invitation says which team it is and who may answer; it holds a secret that is good once and
  for a few weeks, so that only somebody invited can ask.
* The request is sealed to the coordinator's laptop. Nobody else can read who asks.
* Both screens show the same six words, made from the team, the coordinator's keys, the new
  laptop's keys and the invitation. If somebody in between changed anything, the words differ.
* What the words cover is what the new laptop trusts: a roster of that team signed by that
  coordinator. From then on, only the next roster.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.letters import seen
from desktop_app.casework.words import _
from resources import folder
from sync.envelope import Signed
from sync.identity import Identity, PublicKeys
from sync.reasons import Reason, SetAside
from sync.roster import PURPOSE, Roster, read_roster
from sync.seals import NotOpened, Random, box_to, digest, keyed, open_box, sign, signed_by
from sync.wire import Id16, Id32, When

INVITATION = b"TANDEMI1"
REQUEST = b"TANDEMA1"
WORDS_TO_COMPARE = 6
GOOD_FOR_MS = 21 * 24 * 3600 * 1000
LARGEST = 16 << 10
_ASKING = b"tandem/request/1\0"
_Text = Annotated[str, Meta(max_length=200)]


class InvitationRefused(CaseworkError):
    """The invitation is not one, or its time is over."""


class Invitation(msgspec.Struct, array_like=True, frozen=True):
    """What the coordinator hands over. Whoever holds it may ask to join, and no more."""

    v: Annotated[int, Meta(ge=1)]
    team: Id16
    name: _Text
    sign: Id32
    box: Id32
    root: tuple[Id32, ...]
    secret: Id16
    expires: When
    made_up: bool = False

    @property
    def id(self) -> bytes:
        """Return its 32-byte id, which shows nothing of its secret."""
        return digest(b"tandem-invite", _encode(self))


class Ask(msgspec.Struct, array_like=True, frozen=True):
    """A request to join, as it travels inside its seal."""

    v: Annotated[int, Meta(ge=1)]
    invitation: Id32
    name: _Text
    laptop: _Text
    sign: Id32
    box: Id32
    ts: When
    proof: Id32
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)] = bytes(64)

    @property
    def keys(self) -> PublicKeys:
        """Return the public keys of the laptop that asks."""
        return PublicKeys(self.sign, self.box)


@dataclass(frozen=True, slots=True)
class Request:
    """A request the coordinator can answer.

    Attributes:
        id: of the request.
        name: who asks, as they wrote it.
        laptop: what they call their laptop.
        keys: the laptop's public keys.
        words: what both screens show.
        at: when they asked, UTC milliseconds by their clock.
    """

    id: bytes
    name: str
    laptop: str
    keys: PublicKeys
    words: tuple[str, ...]
    at: int


_encode = msgspec.msgpack.Encoder().encode
_invitation = msgspec.msgpack.Decoder(Invitation).decode
_ask = msgspec.msgpack.Decoder(Ask).decode


def new_invitation(
    roster: Roster, team: bytes, me: Identity, *, now_ms: int, random: Random
) -> Invitation:
    """Make an invitation to the team, to be answered on this laptop."""
    public = me.public
    return Invitation(
        1,
        team,
        roster.name,
        public.sign,
        public.box,
        roster.root,
        random(16),
        now_ms + GOOD_FOR_MS,
        roster.made_up,
    )


def write_invitation(invitation: Invitation) -> bytes:
    """Return the invitation as a file."""
    return INVITATION + _encode(invitation)


def read_invitation(raw: bytes, *, now_ms: int) -> Invitation:
    """Read an invitation file.

    Raises:
        InvitationRefused: it is not one, or its time is over.
    """
    try:
        if not raw.startswith(INVITATION) or len(raw) > LARGEST:
            raise msgspec.DecodeError
        found = _invitation(raw[len(INVITATION) :])
    except (msgspec.MsgspecError, RecursionError):
        raise InvitationRefused(
            _("This file is not an invitation. Ask the coordinator for a new one.")
        ) from None
    if found.v > 1:
        raise InvitationRefused(
            _("This invitation needs a newer version of Tandem on this laptop.")
        )
    if now_ms > found.expires:
        raise InvitationRefused(
            _("This invitation is out of date. Ask the coordinator for a new one.")
        )
    return found


def ask(invitation: Invitation, me: Identity, *, name: str, laptop: str, now_ms: int) -> bytes:
    """Return a request to join, sealed to the coordinator."""
    keys = me.public
    proof = _proof(invitation, keys)
    request = Ask(1, invitation.id, name, laptop, keys.sign, keys.box, now_ms, proof)
    signature = sign(me.signing, _ASKING + _encode(request))
    whole = msgspec.structs.replace(request, signature=signature)
    return REQUEST + box_to(invitation.box, _encode(whole))


def read_request(raw: bytes, me: Identity, *, open_invitations: Iterable[Invitation]) -> Request:
    """Open a request that was sealed to this laptop.

    Raises:
        SetAside: it is not one, or nobody invited whoever wrote it.
    """
    if not raw.startswith(REQUEST) or len(raw) > LARGEST:
        raise SetAside(Reason.NO_KEY)
    try:
        found = _ask(open_box(me.box_secret, raw[len(REQUEST) :], public=me.public.box))
    except NotOpened:
        raise SetAside(Reason.NO_KEY) from None
    except (msgspec.MsgspecError, RecursionError):
        raise SetAside(Reason.DAMAGED) from None
    unsigned = msgspec.structs.replace(found, signature=bytes(64))
    if not signed_by(found.sign, _ASKING + _encode(unsigned), found.signature):
        raise SetAside(Reason.BAD_SIGNATURE)
    for invitation in open_invitations:
        if invitation.id == found.invitation and _proof(invitation, found.keys) == found.proof:
            words = words_to_compare(invitation, found.keys)
            return Request(
                digest(b"tandem-request", raw),
                seen(found.name),
                seen(found.laptop),
                found.keys,
                words,
                found.ts,
            )
    raise SetAside(Reason.NO_PERMISSION)


def words_to_compare(invitation: Invitation, keys: PublicKeys) -> tuple[str, ...]:
    """Return the six words both screens show."""
    covered = invitation.team + invitation.sign + invitation.box + keys.sign + keys.box
    number = int.from_bytes(digest(b"tandem-words", covered + invitation.id), "big")
    known = word_list()
    found = []
    for _place in range(WORDS_TO_COMPARE):
        number, at = divmod(number, len(known))
        found.append(known[at])
    return tuple(found)


def joined(document: Signed, invitation: Invitation, me: Identity) -> Roster:
    """Check the first roster a new laptop sees: of that team, signed by that coordinator.

    Raises:
        SetAside: with the reason.
    """
    roster = read_roster(document)
    if roster.team != invitation.team:
        raise SetAside(Reason.NO_KEY)
    signers = document.signers(PURPOSE)
    if invitation.sign not in signers:
        raise SetAside(Reason.BAD_SIGNATURE)
    if roster.device(me.device) is None:
        raise SetAside(Reason.UNKNOWN_LAPTOP)
    return roster


@cache
def word_list() -> tuple[str, ...]:
    """Return the shipped list of words, the same passphrases are made of."""
    return tuple((folder("words.txt")).read_text(encoding="utf-8").split())


def _proof(invitation: Invitation, keys: PublicKeys) -> bytes:
    return keyed(invitation.secret, b"tandem-proof", keys.sign + keys.box)
