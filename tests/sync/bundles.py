# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Builds bundles for tests: in order, and in every way out of order."""

import random
import struct
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from sync import bundle, seals, wire
from sync.bundle import Opened, Part, open_outer, seal
from sync.reasons import Reason, SetAside
from sync.wire import Header, Op, Section, Seen

TEAM = b"t" * 16
TEAM_KEY = b"K" * 32
OUTER = Part("", seals.key_id(TEAM_KEY), TEAM_KEY)
KEYS = {OUTER.key_id: TEAM_KEY}
PUBLIC, SECRET = seals.signing_pair(b"s" * 32)
PARTNERS, POLICE = b"p" * 32, b"q" * 32
RECORD, CLIENT = b"r" * 16, b"c" * 16
encode = msgspec.msgpack.encode


def dice(seed: int = 1) -> Callable[[int], bytes]:
    return random.Random(seed).randbytes  # noqa: S311  the same on every run


def header(**changed: object) -> Header:
    whole = Header(
        v=1,
        kind=wire.CHANGES,
        team=TEAM,
        feed=b"f" * 16,
        seq=2,
        prev=b"e" * 32,
        genesis=None,
        roster_n=3,
        app_schema=1,
        min_reader=1,
        ts_first=1_000,
        ts_last=2_000,
        seen=[Seen(b"g" * 16, 7, b"i" * 16)],
        secs=[],
    )
    return msgspec.structs.replace(whole, **changed)


def part(audience: str, key: bytes, *ops: Op) -> Part:
    return Part(audience, seals.key_id(key), key, first_at=1_500, ops=ops)


def visit(**answers: Any) -> Op:
    return Op(wire.PUT, "visit", RECORD, CLIENT, 0, answers)


VISIT = visit(place="home", kits=2, note="Seen at home; was well.")


def sealed(*parts: Part, **changed: object) -> bytes:
    given_parts = parts or (part("partners", PARTNERS, VISIT), part("police", POLICE))
    return seal(header(**changed), given_parts, team_key=OUTER, signing=SECRET, random=dice()).raw


def opened(raw: bytes) -> Opened:
    return open_outer(raw, team=TEAM, team_keys=KEYS)


def refused(act: Callable[[], object]) -> Reason:
    with pytest.raises(SetAside) as caught:
        act()
    return caught.value.reason


def resealed(inner: bytes) -> bytes:
    """What somebody inside the team could write: any inner bytes under the right outer lock."""
    front = wire.MAGIC + OUTER.key_id
    return front + seals.lock(TEAM_KEY, inner, bound_to=front + TEAM, nonce=bytes(24))


def inner_of(raw: bytes) -> bytes:
    return seals.unlock(TEAM_KEY, raw[24:], bound_to=raw[:24] + TEAM)


def with_plain(plain: bytes, **changed: object) -> Opened:
    """A bundle whose one section holds exactly these bytes, sealed and signed in order."""
    whole = header(**changed)
    key = seals.key_id(PARTNERS)
    entry = Section("partners", key, 0, b"")
    place = bundle._bound_to(whole, 0, entry)
    body = seals.lock(PARTNERS, plain, bound_to=place, nonce=bytes(24))
    entry = Section("partners", key, len(body), seals.digest(b"tandem-section", body))
    whole = msgspec.structs.replace(whole, secs=[entry])
    signed = encode(whole)
    signature = seals.sign(SECRET, b"tandem/bundle/1\0" + signed)
    return opened(resealed(struct.pack("<I", len(signed)) + signed + signature + body))


def plain_of(frame: bytes, size: int, count: int, pad: int | None = None) -> bytes:
    plain = struct.pack("<IIIQ", len(frame), size, count, 5) + frame
    return plain.ljust(seals.padded_size(len(plain)) if pad is None else pad, b"\0")
