# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keys, envelopes and names: what a stranger can learn from them, and it is little."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import envelope, identity, places, seals
from sync.envelope import Signed, disclose, enclose, signed
from sync.identity import PublicKeys, new_identity
from sync.reasons import Reason, SetAside
from sync.roster import (
    PURPOSE,
)
from tests.sync.teams import (
    COORDINATOR,
    NURSE,
    OFFICER,
    STRANGER,
    dice,
    refused,
)

# --- keys


def test_keys_never_show_in_a_text() -> None:
    text = repr(COORDINATOR)
    assert COORDINATOR.seed.hex() not in text
    assert repr(COORDINATOR.seed) not in text
    assert repr(COORDINATOR.box_secret) not in text


def test_a_laptop_is_what_its_keys_are() -> None:
    assert COORDINATOR.device == PublicKeys(COORDINATOR.public.sign, COORDINATOR.public.box).device
    assert len({one.device for one in (COORDINATOR, OFFICER, NURSE)}) == 3
    again = identity.identity(OFFICER.seed, OFFICER.box_secret)
    assert again == OFFICER


def test_every_feed_of_a_laptop_is_another() -> None:
    one = identity.genesis(OFFICER.device, dice)
    other = identity.genesis(
        OFFICER.device, dice, why=identity.RESTORED, before=b"f" * 16, before_seq=9
    )
    assert one.random != other.random
    assert (other.why, other.before_seq) == (1, 9)


# --- envelopes


def test_an_envelope_opens_for_its_laptops_and_no_other() -> None:
    document = signed(b"body", PURPOSE, [(OFFICER.public.sign, OFFICER.signing)])
    raw = enclose(document, b"about", [OFFICER.public.box, NURSE.public.box], random=dice)
    assert disclose(raw, b"about", OFFICER) == document
    assert disclose(raw, b"about", NURSE) == document
    assert disclose(raw, b"about", STRANGER) is None
    assert document.signers(PURPOSE) == {OFFICER.public.sign}
    assert document.signers(b"another purpose") == frozenset()


@pytest.mark.parametrize("members", [0, 1, 16, 17])
def test_an_envelope_does_not_say_how_many_it_is_for(members: int) -> None:
    document = Signed(b"body", [])
    keys = [new_identity(dice).public.box for _ in range(members)]
    raw = enclose(document, b"about", keys, random=dice)
    boxes = int.from_bytes(raw[9:11], "little")
    assert boxes == (32 if members == 17 else 16)


def test_an_envelope_about_something_else_is_refused() -> None:
    raw = enclose(Signed(b"body", []), b"about", [OFFICER.public.box], random=dice)
    assert refused(lambda: disclose(raw, b"another team", OFFICER)) is Reason.DAMAGED


ENVELOPE = enclose(Signed(b"body", []), b"about", [OFFICER.public.box], random=dice)


@given(st.data())
def test_any_flipped_bit_of_an_envelope_is_refused(data: st.DataObject) -> None:
    raw = bytearray(ENVELOPE)
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with suppress(SetAside):
        assert disclose(bytes(raw), b"about", OFFICER) is None


@given(st.integers(0, len(ENVELOPE) - 1))
def test_an_envelope_cut_short_is_incomplete(kept: int) -> None:
    assert refused(lambda: disclose(ENVELOPE[:kept], b"about", OFFICER)) is Reason.INCOMPLETE


def test_an_envelope_over_the_limit_is_refused() -> None:
    huge = Signed(bytes(1 << 20), [])
    assert refused(lambda: enclose(huge, b"", [], random=dice)) is Reason.TOO_LARGE
    assert refused(lambda: disclose(bytes((1 << 20) + 1), b"", OFFICER)) is Reason.TOO_LARGE
    assert refused(lambda: disclose(bytes(100), b"", OFFICER)) is Reason.NO_KEY


def test_an_envelope_with_something_else_inside_is_damaged() -> None:
    key = bytes(32)
    box = seals.box_to(OFFICER.public.box, key + seals.digest(b"tandem-about", b"about", size=16))
    head = envelope._HEAD.pack(envelope.MAGIC, envelope.X25519, 1) + box
    raw = head + seals.lock(key, b"\xc1", bound_to=head, nonce=bytes(24))
    assert refused(lambda: disclose(raw, b"about", OFFICER)) is Reason.DAMAGED


# --- names on the share


@given(st.integers(1, 2**32 - 1), st.binary(min_size=32, max_size=32))
def test_names_say_nothing_and_suit_any_server(n: int, noise: bytes) -> None:
    team, key = noise[:16], noise
    paths = [
        places.roster_path(team, n, noise),
        f"{places.circle_folder(team, key, 'police')}/{places.document_name(n, noise)}",
        f"{places.feed_folder(team, key, noise[:16])}/{places.bundle_name(n, noise)}",
        places.request_path(team, noise),
    ]
    for path in paths:
        assert len(path) < 120
        assert path == path.lower()
        assert "police" not in path
    assert places.numbered(paths[0].rsplit("/", 1)[1]) == (n, noise[:8])
    assert places.numbered(paths[2].rsplit("/", 1)[1]) == (n, noise[:16])
    assert places.is_request(paths[3].rsplit("/", 1)[1])
    assert places.is_folder(paths[2].split("/")[2])


@pytest.mark.parametrize(
    "name", ["desktop.ini", ".x.tmp", "0000000001-AB.bundle", "1-ab.bundle", "Thumbs.db", ""]
)
def test_a_name_of_any_other_shape_is_somebody_elses(name: str) -> None:
    assert places.numbered(name) is None
    assert not places.is_folder(name)
    assert not places.is_request(name)
