# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Envelopes: a signed document that only some laptops can open, and that does not say which.

    file     = "TANDEMD1" | key agreement (u8) | boxes (u16) | boxes of 96 bytes
               nonce (24) | lock(key, document)
    box      = sealed box of key (32) | hash of what the document is about (16)
    document = msgpack [body, [[public key, signature], ...]]

Rules, each with a test:

* Boxes are shuffled and filled up to a multiple of 16 with boxes to nobody: the file says neither
  who is a member nor how many there are.
* A key opens the document it was made for: the box names the team and the subject.
* Sealed boxes are anonymous. What makes a document true is the signature inside, over the exact
  bytes of its body, and whoever reads it decides whose signature counts.
"""

from collections.abc import Sequence
from struct import Struct
from typing import Annotated

import msgspec
from msgspec import Meta

from sync.identity import Identity
from sync.reasons import Reason, SetAside
from sync.seals import (
    BOX_OVERHEAD,
    KEY,
    NotOpened,
    Random,
    box_to,
    digest,
    lock,
    open_box,
    public_box_key,
    sign,
    signed_by,
    unlock,
)
from sync.wire import Id32

MAGIC = b"TANDEMD1"
X25519 = 1
"""The one key agreement so far; the number leaves room for a post-quantum one."""
CROWD = 16
"""Boxes come in multiples of this."""
BOX = KEY + 16 + BOX_OVERHEAD
LARGEST = 1 << 20
MOST_BOXES = 4_096
_HEAD = Struct("<8sBH")


class Signed(msgspec.Struct, array_like=True, frozen=True):
    """A body and the signatures of its exact bytes."""

    body: bytes
    sigs: list[tuple[Id32, Annotated[bytes, Meta(min_length=64, max_length=64)]]]

    @property
    def id(self) -> bytes:
        """Return the document's 32-byte id: a hash of its body."""
        return digest(b"tandem-document", self.body)

    def signers(self, purpose: bytes) -> frozenset[bytes]:
        """Return the public keys that truly signed the body, each counted once."""
        return frozenset(key for key, sig in self.sigs if signed_by(key, purpose + self.body, sig))


_encode = msgspec.msgpack.Encoder().encode
_signed = msgspec.msgpack.Decoder(Signed).decode


def pack(document: Signed) -> bytes:
    """Return a document as bytes, open."""
    return _encode(document)


def unpack(raw: bytes) -> Signed:
    """Return what `pack` was given."""
    return _signed(raw)


def signed(body: bytes, purpose: bytes, signing: Sequence[tuple[bytes, bytes]]) -> Signed:
    """Sign a body with (public, secret) keys, for one purpose."""
    return Signed(body, [(public, sign(secret, purpose + body)) for public, secret in signing])


def enclose(document: Signed, about: bytes, to: Sequence[bytes], *, random: Random) -> bytes:
    """Seal a document to the holders of some box keys.

    Args:
        document: what to seal.
        about: the team and the subject; the opener must expect the same.
        to: public box keys.
        random: gives random bytes.

    Raises:
        SetAside: it would be over a limit every reader keeps.
    """
    key = random(KEY)
    inside = key + digest(b"tandem-about", about, size=16)
    strangers = -len(to) % CROWD if to else CROWD
    holders = [*to, *(public_box_key(random(KEY)) for _ in range(strangers))]
    boxes = [box_to(holder, inside) for holder in sorted(holders, key=lambda _: random(8))]
    head = _HEAD.pack(MAGIC, X25519, len(boxes)) + b"".join(boxes)
    raw = head + lock(key, _encode(document), bound_to=head, nonce=random(24))
    if len(raw) > LARGEST or len(boxes) > MOST_BOXES:
        raise SetAside(Reason.TOO_LARGE)
    return raw


def disclose(raw: bytes, about: bytes, me: Identity) -> Signed | None:
    """Open an envelope; None when it is in order but not for this laptop.

    Raises:
        SetAside: it is no envelope, cut short, too large or altered.
    """
    if len(raw) > LARGEST:
        raise SetAside(Reason.TOO_LARGE)
    if len(raw) < _HEAD.size:
        raise SetAside(Reason.INCOMPLETE)
    magic, agreement, count = _HEAD.unpack_from(raw)
    if magic != MAGIC:
        raise SetAside(Reason.NO_KEY)
    if agreement != X25519:
        raise SetAside(Reason.TOO_NEW)
    end = _HEAD.size + count * BOX
    if count > MOST_BOXES or len(raw) < end:
        raise SetAside(Reason.INCOMPLETE)
    expected = digest(b"tandem-about", about, size=16)
    for at in range(_HEAD.size, end, BOX):
        try:
            inside = open_box(me.box_secret, raw[at : at + BOX], public=me.public.box)
        except NotOpened:
            continue
        if inside[KEY:] != expected:
            raise SetAside(Reason.DAMAGED)
        return _document(raw, end, inside[:KEY])
    return None


def _document(raw: bytes, end: int, key: bytes) -> Signed:
    try:
        return _signed(unlock(key, raw[end:], bound_to=raw[:end]))
    except NotOpened:
        raise SetAside(Reason.INCOMPLETE) from None
    except (msgspec.MsgspecError, RecursionError):
        raise SetAside(Reason.DAMAGED) from None
