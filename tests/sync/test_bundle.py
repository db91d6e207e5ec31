# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A bundle comes back as it was sealed, or is refused with a reason. There is no third way."""

import struct
from dataclasses import replace

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sync import seals, wire
from sync.bundle import Part, open_outer, read_section, seal, verify
from sync.reasons import Reason
from sync.wire import Header, Op, Seen
from tests.sync.bundles import (
    CLIENT,
    KEYS,
    OUTER,
    PARTNERS,
    POLICE,
    PUBLIC,
    RECORD,
    SECRET,
    TEAM,
    VISIT,
    dice,
    encode,
    header,
    inner_of,
    opened,
    part,
    refused,
    resealed,
    sealed,
    with_plain,
)

# --- what is sealed comes back


def test_a_visit_comes_out_of_the_bundle_as_it_went_in() -> None:
    whole = opened(sealed())
    verify(whole, PUBLIC)
    assert whole.header.seen == [Seen(b"g" * 16, 7, b"i" * 16)]
    got = read_section(whole, 0, PARTNERS)
    assert got.first_at == 1_500
    assert got.ops == [VISIT]
    assert read_section(whole, 1, POLICE).ops == []


answers = st.dictionaries(
    st.text("abcdefgh_", min_size=1, max_size=12),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300)
        | st.text(max_size=40),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
        max_leaves=6,
    ).filter(lambda value: _depth(value) <= 4),
    max_size=5,
)
ops = st.builds(
    Op,
    kind=st.just(wire.PUT),
    form=st.text("abc_", min_size=1, max_size=8),
    record=st.binary(min_size=16, max_size=16),
    client=st.none() | st.just(b"") | st.binary(min_size=16, max_size=16),
    later=st.integers(-(1 << 40), 1 << 40),
    answers=answers,
)


def _depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 1


@given(st.lists(ops, max_size=6), st.lists(ops, max_size=3))
def test_whatever_is_sealed_comes_back(shared: list[Op], police: list[Op]) -> None:
    whole = opened(sealed(part("partners", PARTNERS, *shared), part("police", POLICE, *police)))
    verify(whole, PUBLIC)
    assert read_section(whole, 0, PARTNERS).ops == shared
    assert read_section(whole, 1, POLICE).ops == police


def test_a_section_for_the_audit_is_written_without_being_able_to_read_it() -> None:
    audit, once = b"a" * 32, b"o" * 32
    public = seals.public_box_key(audit)
    boxed = Part("audit", seals.key_id(public), once, first_at=9, ops=(VISIT,), box_for=public)
    whole = opened(sealed(boxed))
    verify(whole, PUBLIC)
    assert seals.open_box(audit, whole.box(0)) == once
    assert read_section(whole, 0, once).ops == [VISIT]
    assert opened(sealed()).box(0) == b""


def test_the_id_is_of_the_header_alone() -> None:
    one = seal(header(), [], team_key=OUTER, signing=SECRET, random=dice(1))
    other = seal(header(), [], team_key=OUTER, signing=SECRET, random=dice(2))
    assert one.id == other.id == opened(one.raw).id
    assert one.raw != other.raw


def test_a_field_added_at_the_end_by_a_newer_tandem_is_read_past() -> None:
    inner = inner_of(sealed(part("partners", PARTNERS)))
    size = struct.unpack("<I", inner[:4])[0]
    longer = encode([*msgspec.msgpack.decode(inner[4 : 4 + size]), "from next year"])
    signature = seals.sign(SECRET, b"tandem/bundle/1\0" + longer)
    newer = struct.pack("<I", len(longer)) + longer + signature + inner[4 + size + 64 :]
    whole = opened(resealed(newer))
    verify(whole, PUBLIC)
    assert whole.header.seq == 2


# --- nothing shows


def test_no_word_of_it_stands_in_the_file() -> None:
    raw = sealed()
    for word in (b"visit", b"Seen at home", b"partners", b"police", TEAM, RECORD, CLIENT):
        assert word not in raw


def test_an_empty_police_section_looks_like_a_written_one() -> None:
    quiet = sealed(part("partners", PARTNERS, VISIT), part("police", POLICE))
    busy = sealed(part("partners", PARTNERS, VISIT), part("police", POLICE, VISIT))
    assert len(quiet) == len(busy)
    one, other = opened(quiet).header, opened(busy).header
    blank = [replace_hash(one), replace_hash(other)]
    assert blank[0] == blank[1]


def replace_hash(whole: Header) -> Header:
    secs = [msgspec.structs.replace(one, hash=bytes(32)) for one in whole.secs]
    return msgspec.structs.replace(whole, secs=secs)


def test_sizes_are_padded() -> None:
    assert [seals.padded_size(n) for n in (0, 1, 256, 257, 1000, 100_000)] == [
        256,
        256,
        256,
        272,
        1024,
        100_352,
    ]


@given(st.integers(257, 1 << 24))
def test_padding_costs_at_most_an_eighth(size: int) -> None:
    assert size <= seals.padded_size(size) <= size * 1.125
    assert seals.padded_size(seals.padded_size(size)) == seals.padded_size(size)


# --- the share cannot alter anything


@given(st.data())
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    raw = bytearray(sealed())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    assert refused(lambda: opened(bytes(raw))) in (Reason.NO_KEY, Reason.INCOMPLETE)


@given(st.integers(0, 4_000))
def test_a_file_cut_short_is_incomplete(kept: int) -> None:
    raw = sealed()
    assert refused(lambda: opened(raw[: min(kept, len(raw) - 1)])) is Reason.INCOMPLETE


@given(st.binary(max_size=600))
def test_a_file_of_something_else_is_refused(raw: bytes) -> None:
    assert refused(lambda: opened(raw)) in (Reason.NO_KEY, Reason.INCOMPLETE)


@given(st.data())
def test_a_bit_flipped_by_a_member_is_refused(data: st.DataObject) -> None:
    """Whoever holds the team key can re-seal; the signature and the section locks still hold."""
    inner = bytearray(inner_of(sealed()))
    at = data.draw(st.integers(0, len(inner) - 1))
    inner[at] ^= 1 << data.draw(st.integers(0, 7))

    def read() -> None:
        verify(opened(resealed(bytes(inner))), PUBLIC)

    assert refused(read) in (
        Reason.BAD_SIGNATURE,
        Reason.DAMAGED,
        Reason.TOO_LARGE,
        Reason.TOO_NEW,
        Reason.NO_KEY,
    )


@given(st.binary(max_size=400))
def test_any_inner_bytes_end_in_a_reason(inner: bytes) -> None:
    refused(lambda: verify(opened(resealed(inner)), PUBLIC))


@given(st.binary(max_size=400))
def test_any_plain_bytes_end_in_a_reason(plain: bytes) -> None:
    whole = with_plain(plain)
    verify(whole, PUBLIC)
    assert refused(lambda: read_section(whole, 0, PARTNERS)) in (Reason.DAMAGED, Reason.TOO_LARGE)


def test_another_signature_is_refused() -> None:
    stranger, _secret = seals.signing_pair(b"z" * 32)
    assert refused(lambda: verify(opened(sealed()), stranger)) is Reason.BAD_SIGNATURE


def test_a_section_of_another_bundle_is_refused() -> None:
    one, other = opened(sealed()), opened(sealed(seq=3))
    spliced = replace(one, sections=(other.sections[0], one.sections[1]))
    assert refused(lambda: verify(spliced, PUBLIC)) is Reason.BAD_SIGNATURE
    forged = replace(other, sections=one.sections)
    assert refused(lambda: read_section(forged, 0, PARTNERS)) is Reason.DAMAGED


def test_a_section_does_not_open_with_another_audience_key() -> None:
    assert refused(lambda: read_section(opened(sealed()), 0, POLICE)) is Reason.DAMAGED
    assert refused(lambda: read_section(opened(sealed()), 0, b"short")) is Reason.DAMAGED


def test_another_team_cannot_read_it() -> None:
    raw = sealed()
    other = {seals.key_id(b"o" * 32): b"o" * 32}
    assert refused(lambda: open_outer(raw, team=TEAM, team_keys=other)) is Reason.NO_KEY
    elsewhere = b"u" * 16
    assert refused(lambda: open_outer(raw, team=elsewhere, team_keys=KEYS)) is Reason.INCOMPLETE


def test_a_bundle_of_another_team_under_our_key_is_refused() -> None:
    raw = sealed()
    inner = inner_of(raw)
    size = struct.unpack("<I", inner[:4])[0]
    whole = msgspec.structs.replace(
        msgspec.msgpack.decode(inner[4 : 4 + size], type=Header), team=b"u" * 16
    )
    signed = encode(whole)
    swapped = struct.pack("<I", len(signed)) + signed + inner[4 + size :]
    assert refused(lambda: opened(resealed(swapped))) is Reason.NO_KEY
