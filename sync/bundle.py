# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
r"""Bundles: changes, signed and sealed.

A bundle is one file, written once. Pure: bytes in, bytes out.

    file    = "TANDEM1\n" | key id (16) | nonce (24) | lock(team key, inner)
    inner   = header length (u32) | header | signature (64) | section | section | ... | replaced
    section = [sealed box (80), for audiences one may write to but not read]
              nonce (24) | lock(audience key, plain)
    plain   = frame length, plain length, count (u32 each) | time of the first change (u64)
              | zstd frame | zeros up to the padded size
    frame   = msgpack array of [kind, form, record, client, later, answers]
    replaced = nothing, or a msgpack array of who replaced which section, signed (see `erased`)

Rules, each with a test:

* What is signed is the header's exact bytes; it names every section by the hash of its sealed
  bytes, so that a member without an audience's key still checks author, order and completeness.
* The bundle's id is a hash of the header alone.
* The outer lock hides everything, header included, from people outside the team.
* A section is bound to its team, feed, number, audience, key and place: it fits nowhere else.
* Every bundle has a section for every audience its author can write to, empty or not, padded;
  counts, sizes and times of changes stand inside. Nobody can tell who wrote for the police.
* A section may be replaced by one of the same size without the words that were erased, by somebody
  who decides about its audience, and says so signed. Header, id and chain stay as they were.
* Limits are checked before work is done. Damaged, hostile or huge bytes end in one `SetAside`
  with a named reason, and in no other error.
* Fields added at the end by a newer Tandem are read past; a change of meaning raises `v` or
  `min_reader`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Annotated, NoReturn

import msgspec
import zstandard
from msgspec import Meta

from sync.reasons import Reason, SetAside
from sync.seals import (
    NONCE,
    TAG,
    NotOpened,
    Random,
    box_to,
    digest,
    lock,
    padded_size,
    sign,
    signed_by,
    unlock,
)
from sync.wire import (
    BOX,
    LARGEST_FILE,
    LARGEST_HEADER,
    LARGEST_PLAIN,
    MAGIC,
    MOST_CHANGES,
    MOST_SECTIONS,
    VERSION,
    Header,
    Op,
    Replaced,
    Section,
    read_replaced,
)


@dataclass(frozen=True, slots=True)
class Part:
    """The changes for one audience, and what to lock them with.

    `box_for` is the audience's public box key when `key` is made for this section alone.
    """

    audience: str
    key_id: bytes
    key: bytes
    first_at: int = 0
    ops: Sequence[Op] = ()
    box_for: bytes = b""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bundle as it is written: its id and its bytes."""

    id: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle whose outer lock was opened. Not trusted before `verify`."""

    id: bytes
    header: Header
    signed: bytes
    signature: bytes
    sections: tuple[bytes, ...]
    replaced: tuple[Replaced, ...] = ()

    def replacement(self, index: int) -> Replaced | None:
        """Return who replaced a section; None when it is as it was written."""
        return next((one for one in self.replaced if one.place == index), None)

    def box(self, index: int) -> bytes:
        """Return the sealed box of a section; empty when its key is the audience's own."""
        return self.sections[index][:BOX] if self.header.secs[index].boxed else b""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a section holds: its changes, and the time the first was made."""

    first_at: int
    ops: list[Op]


_encode = msgspec.msgpack.Encoder().encode
_read_header = msgspec.msgpack.Decoder(Header).decode
_read_array = msgspec.msgpack.Decoder(list[msgspec.Raw]).decode
_read_number = msgspec.msgpack.Decoder(int).decode
_read_ops = msgspec.msgpack.Decoder(Annotated[list[Op], Meta(max_length=MOST_CHANGES)]).decode
_PLAIN = Struct("<IIIQ")
_LENGTH = Struct("<I")
_PLACE = Struct("<QB")
_OUTER = len(MAGIC) + 16
_SIGNING = b"tandem/bundle/1\0"
_REPLACING = b"tandem/replaced/1\0"
_UNREADABLE = (msgspec.MsgspecError, RecursionError, ValueError)


def bundle_id(header: bytes) -> bytes:
    """Return the id of the bundle with this header."""
    return digest(b"tandem-bundle-id", header)


def seal(
    header: Header, parts: Sequence[Part], *, team_key: Part, signing: bytes, random: Random
) -> Sealed:
    """Write a bundle.

    Args:
        header: all of it but `secs`.
        parts: one for every audience the author can write to, empty ones too.
        team_key: the outer lock; only its `key_id` and `key` are used.
        signing: the laptop's secret signing key.
        random: gives random bytes.

    Raises:
        SetAside: it would be over a limit every reader keeps.
    """
    bodies = [_seal_section(header, place, part, random) for place, part in enumerate(parts)]
    secs = [
        Section(
            part.audience,
            part.key_id,
            len(body),
            digest(b"tandem-section", body),
            int(bool(part.box_for)),
        )
        for part, body in zip(parts, bodies, strict=True)
    ]
    signed = _encode(msgspec.structs.replace(header, secs=secs))
    if len(signed) > LARGEST_HEADER or len(parts) > MOST_SECTIONS:
        raise SetAside(Reason.TOO_LARGE)
    inner = _LENGTH.pack(len(signed)) + signed + sign(signing, _SIGNING + signed) + b"".join(bodies)
    front = MAGIC + team_key.key_id
    locked = lock(team_key.key, inner, bound_to=front + header.team, nonce=random(NONCE))
    if len(front) + len(locked) > LARGEST_FILE:
        raise SetAside(Reason.TOO_LARGE)
    return Sealed(bundle_id(signed), front + locked)


def open_outer(raw: bytes, *, team: bytes, team_keys: Mapping[bytes, bytes]) -> Opened:
    """Open the outer lock of a file and read its header; nothing is trusted yet.

    Args:
        raw: the whole file.
        team: the team's id.
        team_keys: every outer key this laptop holds, by key id.

    Raises:
        SetAside: with the reason.
    """
    if len(raw) > LARGEST_FILE:
        raise SetAside(Reason.TOO_LARGE)
    if not raw.startswith(MAGIC[: len(raw)]):
        raise SetAside(Reason.NO_KEY)
    if len(raw) < _OUTER + NONCE + TAG:
        raise SetAside(Reason.INCOMPLETE)
    key = team_keys.get(raw[len(MAGIC) : _OUTER])
    if key is None:
        raise SetAside(Reason.NO_KEY)
    try:
        inner = unlock(key, raw[_OUTER:], bound_to=raw[:_OUTER] + team)
    except NotOpened:
        raise SetAside(Reason.INCOMPLETE) from None
    return _parse(inner, team)


def nobody(_replaced: Replaced, _audience: str) -> bytes:
    """Trust nobody to replace a section."""
    return b""


def verify(
    opened: Opened, signer: bytes, trusted: Callable[[Replaced, str], bytes] = nobody
) -> None:
    """Check that `signer` wrote the header, and that the header is about exactly these sections.

    Args:
        opened: the bundle.
        signer: public signing key of its author's laptop.
        trusted: the public signing key of a laptop that says it replaced a section of an
            audience; empty when it may not.

    Raises:
        SetAside: the signature or a section does not match.
    """
    if not signed_by(signer, _SIGNING + opened.signed, opened.signature):
        raise SetAside(Reason.BAD_SIGNATURE)
    for index, (entry, body) in enumerate(zip(opened.header.secs, opened.sections, strict=True)):
        found = digest(b"tandem-section", body)
        said = opened.replacement(index)
        if said is None and found == entry.hash:
            continue
        if said is None or said.hash != found or entry.boxed:
            raise SetAside(Reason.BAD_SIGNATURE)
        if not signed_by(trusted(said, entry.audience), _said(opened.id, said), said.signature):
            raise SetAside(Reason.BAD_SIGNATURE)


def read_section(opened: Opened, index: int, key: bytes) -> Contents:
    """Return the changes in a section of a verified bundle.

    Args:
        opened: the bundle.
        index: which section.
        key: the audience's key of that id, or the key found in its sealed box.

    Raises:
        SetAside: with the reason.
    """
    entry = opened.header.secs[index]
    body = opened.sections[index][BOX if entry.boxed else 0 :]
    try:
        plain = unlock(key, body, bound_to=_bound_to(opened.header, index, entry))
    except NotOpened:
        _damaged()
    if len(plain) < _PLAIN.size:
        _damaged()
    frame_size, plain_size, count, first_at = _PLAIN.unpack_from(plain)
    end = _PLAIN.size + frame_size
    short = len(plain) < end if opened.replacement(index) else len(plain) != padded_size(end)
    if short or plain.count(0, end) != len(plain) - end:
        _damaged()
    if plain_size > LARGEST_PLAIN or count > MOST_CHANGES:
        raise SetAside(Reason.TOO_LARGE)
    if not count:
        return Contents(first_at, [])
    try:
        ops = _read_ops(_inflate(plain[_PLAIN.size : end], plain_size))
    except _UNREADABLE:
        _damaged()
    if len(ops) != count:
        _damaged()
    return Contents(first_at, ops)


def replace_section(
    opened: Opened, index: int, key: bytes, contents: Contents, *, random: Random
) -> bytes:
    """Return another section for the place of one, of the same size, with these changes.

    Raises:
        SetAside: they do not fit, which happens when they are more than what was there.
    """
    entry, packed = opened.header.secs[index], _encode(contents.ops)
    room = entry.size - NONCE - TAG
    for level in (3, 12, 19):
        frame = zstandard.ZstdCompressor(level=level).compress(packed)
        plain = _PLAIN.pack(len(frame), len(packed), len(contents.ops), contents.first_at) + frame
        if len(plain) <= room:
            bound_to = _bound_to(opened.header, index, entry)
            return lock(key, plain.ljust(room, b"\0"), bound_to=bound_to, nonce=random(NONCE))
    raise SetAside(Reason.TOO_LARGE)


def pack_again(
    opened: Opened,
    bodies: Mapping[int, bytes],
    *,
    team_key: Part,
    device: bytes,
    signing: bytes,
    roster_n: int,
    random: Random,
) -> Sealed:
    """Write a bundle again with other sections in some places, signed by who replaces them."""
    sections, said = list(opened.sections), {one.place: one for one in opened.replaced}
    for place, body in bodies.items():
        turn = said[place].turn + 1 if place in said else 1
        new = Replaced(place, turn, digest(b"tandem-section", body), device, roster_n)
        signature = sign(signing, _said(opened.id, new))
        said[place] = msgspec.structs.replace(new, signature=signature)
        sections[place] = body
    tail = _encode([said[place] for place in sorted(said)])
    inner = _LENGTH.pack(len(opened.signed)) + opened.signed + opened.signature
    front = MAGIC + team_key.key_id
    bound_to = front + opened.header.team
    whole = inner + b"".join(sections) + tail
    return Sealed(
        opened.id, front + lock(team_key.key, whole, bound_to=bound_to, nonce=random(NONCE))
    )


def _said(bundle: bytes, one: Replaced) -> bytes:
    """Return what is signed of a replacement."""
    unsigned = msgspec.structs.replace(one, signature=bytes(64))
    return _REPLACING + bundle + _encode(unsigned)


def _seal_section(header: Header, place: int, part: Part, random: Random) -> bytes:
    packed = _encode(part.ops) if part.ops else b""
    if len(packed) > LARGEST_PLAIN or len(part.ops) > MOST_CHANGES:
        raise SetAside(Reason.TOO_LARGE)
    frame = zstandard.ZstdCompressor(level=3).compress(packed) if packed else b""
    plain = _PLAIN.pack(len(frame), len(packed), len(part.ops), part.first_at) + frame
    plain = plain.ljust(padded_size(len(plain)), b"\0")
    entry = Section(part.audience, part.key_id, 0, b"", int(bool(part.box_for)))
    bound_to = _bound_to(header, place, entry)
    body = lock(part.key, plain, bound_to=bound_to, nonce=random(NONCE))
    return box_to(part.box_for, part.key) + body if part.box_for else body


def _bound_to(header: Header, place: int, entry: Section) -> bytes:
    where = header.team + header.feed + entry.key_id + _PLACE.pack(header.seq, place)
    return b"tandem/section/1\0" + where + entry.audience.encode()


def _parse(inner: bytes, team: bytes) -> Opened:
    size = _LENGTH.unpack_from(inner)[0] if len(inner) >= _LENGTH.size else 0
    if size > LARGEST_HEADER:
        raise SetAside(Reason.TOO_LARGE)
    start = _LENGTH.size + size
    signed, signature = inner[_LENGTH.size : start], inner[start : start + 64]
    header = _typed_header(signed)
    if header.team != team:
        raise SetAside(Reason.NO_KEY)
    at = start + 64
    sections: list[bytes] = []
    for entry in header.secs:
        if entry.boxed and entry.size < BOX + NONCE + TAG:
            _damaged()
        sections.append(inner[at : at + entry.size])
        at += entry.size
    if at > len(inner):
        _damaged()
    try:
        replaced = read_replaced(inner[at:], len(sections))
    except _UNREADABLE:
        _damaged()
    return Opened(bundle_id(signed), header, signed, signature, tuple(sections), replaced)


def _typed_header(signed: bytes) -> Header:
    try:
        if _read_number(_read_array(signed)[0]) > VERSION:
            raise SetAside(Reason.TOO_NEW)
        return _read_header(signed)
    except (*_UNREADABLE, IndexError):
        _damaged()


def _inflate(frame: bytes, size: int) -> bytes:
    # The one-call decompressor believes the size a frame states: 32 KB once became 1 GiB.
    try:
        if zstandard.get_frame_parameters(frame).content_size != size:
            _damaged()
        expander = zstandard.ZstdDecompressor(max_window_size=LARGEST_PLAIN)
        plain = expander.stream_reader(frame).read(size + 1)
    except zstandard.ZstdError:
        _damaged()
    if len(plain) != size:
        _damaged()
    return plain


def _damaged() -> NoReturn:
    raise SetAside(Reason.DAMAGED) from None
