# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who this laptop is: its two pairs of keys, made here and kept only in the vault.

Rules, each with a test:

* One pair signs, the other receives keys; neither is derived from the other.
* The laptop's id is a hash of both public keys: it cannot be claimed by anybody else.
* A feed belongs to one laptop and one run of its history. A restored backup or a copied disk
  goes on under a new feed, so that no bundle number is ever used twice.
* Keys never show in a text made of this object.
"""

from dataclasses import dataclass, field

from sync.seals import KEY, Random, digest, public_box_key, sign, signing_pair
from sync.wire import Genesis

NEW, RESTORED, FORKED = 0, 1, 2
"""Why a feed began: a new laptop, a restored backup, a copy that went its own way."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others may know of a laptop."""

    sign: bytes
    box: bytes

    @property
    def device(self) -> bytes:
        """Return the laptop's 16-byte id."""
        return digest(b"tandem-device", self.sign + self.box, size=16)


@dataclass(frozen=True, slots=True)
class Identity:
    """The keys of this laptop."""

    seed: bytes = field(repr=False)
    box_secret: bytes = field(repr=False)
    signing: bytes = field(repr=False)
    public: PublicKeys

    @property
    def device(self) -> bytes:
        """Return the laptop's 16-byte id."""
        return self.public.device

    def sign(self, message: bytes) -> bytes:
        """Return this laptop's signature of exactly these bytes."""
        return sign(self.signing, message)


def new_identity(random: Random) -> Identity:
    """Make the keys of a new laptop."""
    return identity(random(KEY), random(KEY))


def identity(seed: bytes, box_secret: bytes) -> Identity:
    """Return the identity of two kept secrets."""
    public, signing = signing_pair(seed)
    return Identity(seed, box_secret, signing, PublicKeys(public, public_box_key(box_secret)))


def genesis(
    device: bytes, random: Random, *, why: int = NEW, before: bytes = b"", before_seq: int = 0
) -> Genesis:
    """Return the beginning of a new feed of a laptop."""
    return Genesis(device, random(16), why, before, before_seq)
