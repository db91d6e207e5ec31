# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A section replaced by one without the words: what fits, and who is believed."""

import msgspec
import pytest

from sync import seals, wire
from sync.bundle import Contents, Opened, pack_again, read_section, replace_section, verify
from sync.reasons import Reason
from tests.sync.bundles import (
    OUTER,
    PARTNERS,
    PUBLIC,
    SECRET,
    VISIT,
    dice,
    opened,
    refused,
    sealed,
    visit,
)

EMPTIED = Contents(1_500, [msgspec.structs.replace(VISIT, answers={})])


def replaced() -> tuple[Opened, Opened]:
    """Return a bundle as it was written, and as it is without the words in its first section."""
    whole = opened(sealed())
    body = replace_section(whole, 0, PARTNERS, EMPTIED, random=dice())
    again = pack_again(
        whole,
        {0: body},
        team_key=OUTER,
        device=b"d" * 16,
        signing=SECRET,
        roster_n=3,
        random=dice(2),
    )
    return whole, opened(again.raw)


def test_a_section_without_the_words_takes_the_same_room_and_keeps_the_chain() -> None:
    whole, new = replaced()
    assert len(new.sections[0]) == len(whole.sections[0])
    assert new.id == whole.id
    verify(new, PUBLIC, lambda _said, _audience: PUBLIC)
    assert read_section(new, 0, PARTNERS).ops == EMPTIED.ops


def test_nobody_is_believed_who_is_not_known_to_decide() -> None:
    _whole, new = replaced()
    assert refused(lambda: verify(new, PUBLIC)) is Reason.BAD_SIGNATURE


def test_more_than_was_there_never_fits() -> None:
    longer = visit(note=seals.digest(b"more", b"x").hex() * 40)
    unlike = [msgspec.structs.replace(longer, record=dice(n)(16)) for n in range(60)]
    more = Contents(1_500, unlike)
    whole = opened(sealed())
    why = refused(lambda: replace_section(whole, 0, PARTNERS, more, random=dice()))
    assert why is Reason.TOO_LARGE


@pytest.mark.parametrize("places", [[], [0, 0], [63], None])
def test_nothing_that_nobody_signed_can_stand_behind_the_sections(places: list[int] | None) -> None:
    """An empty list of replacements, one twice, one of a section that is not there, other bytes."""
    _whole, new = replaced()
    (one,) = new.replaced
    said = [msgspec.structs.replace(one, place=place) for place in places or []]
    tail = msgspec.msgpack.encode(said) if places is not None else tail_of(new) + b"\x90"
    assert refused(lambda: opened(with_tail(new, tail))) is Reason.DAMAGED
    assert opened(with_tail(new, tail_of(new))).replaced == new.replaced


def tail_of(one: Opened) -> bytes:
    return msgspec.msgpack.encode(one.replaced)


def with_tail(one: Opened, tail: bytes) -> bytes:
    """Return the bundle with other bytes behind its sections, locked by a member of the team."""
    inner = len(one.signed).to_bytes(4, "little") + one.signed + one.signature
    front = wire.MAGIC + OUTER.key_id
    whole = inner + b"".join(one.sections) + tail
    bound_to = front + one.header.team
    return front + seals.lock(OUTER.key, whole, bound_to=bound_to, nonce=dice()(24))
