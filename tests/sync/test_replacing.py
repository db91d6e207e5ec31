# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A section replaced by one without the words: what fits, and who is believed."""

import msgspec
import pytest

from sync import seals
from sync.bundle import Contents, open_outer, pack_again, read_section, replace_section, verify
from sync.reasons import Reason, SetAside
from tests.sync.bundles import (
    KEYS,
    OUTER,
    PARTNERS,
    PUBLIC,
    SECRET,
    TEAM,
    VISIT,
    dice,
    opened,
    sealed,
    visit,
)

EMPTIED = Contents(1_500, [msgspec.structs.replace(VISIT, answers={})])


def test_a_section_without_the_words_takes_the_same_room_and_keeps_the_chain() -> None:
    whole = opened(sealed())
    body = replace_section(whole, 0, PARTNERS, EMPTIED, random=dice())
    assert len(body) == len(whole.sections[0])
    again = pack_again(
        whole,
        {0: body},
        team_key=OUTER,
        device=b"d" * 16,
        signing=SECRET,
        roster_n=3,
        random=dice(2),
    )
    new = open_outer(again.raw, team=TEAM, team_keys=KEYS)
    assert new.id == whole.id
    verify(new, PUBLIC, lambda _said, _audience: PUBLIC)
    assert read_section(new, 0, PARTNERS).ops == EMPTIED.ops


def test_nobody_is_believed_who_is_not_known_to_decide() -> None:
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
    with pytest.raises(SetAside) as refused:
        verify(open_outer(again.raw, team=TEAM, team_keys=KEYS), PUBLIC)
    assert refused.value.reason is Reason.BAD_SIGNATURE


def test_more_than_was_there_never_fits() -> None:
    longer = visit(note=seals.digest(b"more", b"x").hex() * 40)
    unlike = [msgspec.structs.replace(longer, record=dice(n)(16)) for n in range(60)]
    with pytest.raises(SetAside) as refused:
        replace_section(opened(sealed()), 0, PARTNERS, Contents(1_500, unlike), random=dice())
    assert refused.value.reason is Reason.TOO_LARGE
