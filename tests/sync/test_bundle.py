# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A bundle comes back as it was sealed, or is refused with a reason. There is no third way."""

import random
import struct
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from sync import bundle, seals, wire
from sync.bundle import Opened, Part, open_outer, read_section, readable, seal, verify
from sync.reasons import Reason, SetAside
from sync.wire import Genesis, Header, Op, Section, Seen

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
    assert all(readable(op) for op in shared)


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


# --- limits come before work


def test_a_file_over_the_limit_is_refused() -> None:
    assert refused(lambda: opened(bytes(wire.LARGEST_FILE + 1))) is Reason.TOO_LARGE


def test_a_header_over_the_limit_is_refused() -> None:
    assert refused(lambda: opened(resealed(struct.pack("<I", 1 << 30)))) is Reason.TOO_LARGE


def test_a_newer_format_is_named_as_such() -> None:
    signed = encode([2, "something else entirely"])
    inner = struct.pack("<I", len(signed)) + signed + bytes(64)
    assert refused(lambda: opened(resealed(inner))) is Reason.TOO_NEW


@pytest.mark.parametrize(
    "signed",
    [b"", b"\x90", b"\x91\xa1x", b"\xdd\xff\xff\xff\xff", encode([1, 2, 3]), b"\x91" * 100_000],
    ids=["nothing", "empty", "text", "false count", "short", "deep"],
)
def test_a_header_that_is_not_one_is_damaged(signed: bytes) -> None:
    inner = struct.pack("<I", len(signed)) + signed + bytes(64)
    assert refused(lambda: opened(resealed(inner))) is Reason.DAMAGED


def test_sections_that_do_not_add_up_are_damaged() -> None:
    inner = inner_of(sealed())
    assert refused(lambda: opened(resealed(inner + b"x"))) is Reason.DAMAGED
    assert refused(lambda: opened(resealed(inner[:-1]))) is Reason.DAMAGED
    assert refused(lambda: opened(resealed(b"xx"))) is Reason.DAMAGED


def test_a_boxed_section_too_small_for_its_box_is_damaged() -> None:
    entry = Section("audit", b"k" * 16, 60, bytes(32), 1)
    signed = encode(header(secs=[entry]))
    inner = struct.pack("<I", len(signed)) + signed + bytes(64 + 60)
    assert refused(lambda: opened(resealed(inner))) is Reason.DAMAGED


def test_a_bomb_is_refused_whatever_it_says_of_its_size() -> None:
    huge = zstandard.ZstdCompressor(level=3).compress(bytes(64 << 20))
    for stated, reason in (
        (64 << 20, Reason.TOO_LARGE),
        (1_000, Reason.DAMAGED),
        (wire.LARGEST_PLAIN, Reason.DAMAGED),
    ):
        whole = with_plain(plain_of(huge, stated, 1))
        assert refused(lambda whole=whole: read_section(whole, 0, PARTNERS)) is reason  # type: ignore[misc]


def test_a_frame_that_hides_its_size_is_damaged() -> None:
    packed = encode([VISIT])
    hidden = zstandard.ZstdCompressor(write_content_size=False).compress(packed)
    whole = with_plain(plain_of(hidden, len(packed), 1))
    assert refused(lambda: read_section(whole, 0, PARTNERS)) is Reason.DAMAGED


def test_a_frame_cut_short_is_damaged() -> None:
    packed = encode([VISIT])
    frame = zstandard.ZstdCompressor().compress(packed)
    for cut in (frame[:-4], frame[:3], b"not a frame"):
        whole = with_plain(plain_of(cut, len(packed), 1))
        assert refused(lambda whole=whole: read_section(whole, 0, PARTNERS)) is Reason.DAMAGED  # type: ignore[misc]


def test_a_count_that_is_not_true_is_damaged_or_too_large() -> None:
    packed = encode([VISIT])
    frame = zstandard.ZstdCompressor().compress(packed)
    for count, reason in ((2, Reason.DAMAGED), (20_001, Reason.TOO_LARGE)):
        whole = with_plain(plain_of(frame, len(packed), count))
        assert refused(lambda whole=whole: read_section(whole, 0, PARTNERS)) is reason  # type: ignore[misc]


def test_something_hidden_in_the_padding_is_damaged() -> None:
    plain = plain_of(b"", 0, 0)
    for wrong in (plain[:-1] + b"x", plain + bytes(16), b"tiny"):
        whole = with_plain(wrong)
        assert refused(lambda whole=whole: read_section(whole, 0, PARTNERS)) is Reason.DAMAGED  # type: ignore[misc]


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), b"bytes", 2**60, "x" * 65_537, [[[[[1]]]]], {"a": {1: 2}}],
    ids=["nan", "inf", "bytes", "huge number", "long text", "deep", "number as name"],
)
def test_an_answer_that_is_not_plain_json_is_damaged(value: Any) -> None:
    op = encode([[0, "visit", RECORD, None, 0, {"note": value}]])
    frame = zstandard.ZstdCompressor().compress(op)
    whole = with_plain(plain_of(frame, len(op), 1))
    assert refused(lambda: read_section(whole, 0, PARTNERS)) is Reason.DAMAGED
    assert not readable(visit(note=value))


def test_text_that_is_not_utf8_is_damaged() -> None:
    op = encode([[0, "visit", RECORD, None, 0, {"note": "abcd"}]]).replace(
        b"abcd", b"\xff\xfe\xfd!"
    )
    frame = zstandard.ZstdCompressor().compress(op)
    whole = with_plain(plain_of(frame, len(op), 1))
    assert refused(lambda: read_section(whole, 0, PARTNERS)) is Reason.DAMAGED
    assert not readable(visit(note="\udc80"))


def test_what_would_be_refused_is_not_sealed() -> None:
    many = [VISIT] * 20_001
    assert refused(lambda: sealed(part("partners", PARTNERS, *many))) is Reason.TOO_LARGE
    seventeen = [part(f"a{n}", PARTNERS) for n in range(17)]
    assert refused(lambda: sealed(*seventeen)) is Reason.TOO_LARGE
    noise = dice(3)
    large = [
        part(f"a{n}", PARTNERS, *[visit(note=noise(30_000).hex()) for _ in range(120)])
        for n in range(5)
    ]
    assert refused(lambda: sealed(*large)) is Reason.TOO_LARGE
    assert refused(
        lambda: sealed(genesis=Genesis(b"d" * 16, b"r" * 16, before=bytes(300_000)))
    ) is (Reason.TOO_LARGE)


def test_every_reason_has_a_sentence_of_its_own() -> None:
    sentences = [reason.words for reason in Reason]
    assert len(set(sentences)) == len(Reason) == 12
    assert all(one.endswith(".") for one in sentences)
    assert str(SetAside(Reason.GAP)) == Reason.GAP.words


def test_a_feed_id_says_whose_feed_it_is_and_which() -> None:
    one = wire.feed_id(TEAM, Genesis(b"d" * 16, b"1" * 16))
    assert one != wire.feed_id(TEAM, Genesis(b"d" * 16, b"2" * 16))
    assert one != wire.feed_id(TEAM, Genesis(b"e" * 16, b"1" * 16))
    assert 0 <= wire.feed_number(one) < 1 << 56
