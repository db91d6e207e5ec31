# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Limits come before work: nothing hostile, huge or odd gets past a bundle's reader."""

import struct
from typing import Any

import pytest
import zstandard

from sync import wire
from sync.bundle import read_section
from sync.reasons import Reason, SetAside
from sync.wire import Genesis, Section
from tests.sync.bundles import (
    PARTNERS,
    RECORD,
    TEAM,
    VISIT,
    dice,
    encode,
    header,
    inner_of,
    opened,
    part,
    plain_of,
    refused,
    resealed,
    sealed,
    visit,
    with_plain,
)


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


def test_text_that_is_not_utf8_is_damaged() -> None:
    op = encode([[0, "visit", RECORD, None, 0, {"note": "abcd"}]]).replace(
        b"abcd", b"\xff\xfe\xfd!"
    )
    frame = zstandard.ZstdCompressor().compress(op)
    whole = with_plain(plain_of(frame, len(op), 1))
    assert refused(lambda: read_section(whole, 0, PARTNERS)) is Reason.DAMAGED


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
