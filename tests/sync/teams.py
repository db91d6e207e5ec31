# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A small team on paper, for tests of what may be signed by whom."""

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from desktop_app.casework.people import Role
from sync.identity import new_identity
from sync.reasons import Reason, SetAside
from sync.roster import (
    Roster,
    verify_next,
)
from sync.team import (
    Chain,
    Founded,
    NewPerson,
    admit,
    amend,
    new_team,
    sign_roster,
)

dice = random.Random(7).randbytes  # noqa: S311  the same on every run
COORDINATOR, OFFICER, NURSE, STRANGER = (new_identity(dice) for _ in range(4))
ROOT, ROOT_2, ROOT_3 = b"1" * 32, b"2" * 32, b"3" * 32
OFFICER_SHAH = NewPerson(
    "PC R. Shah", "Police", frozenset({Role.OFFICER}), frozenset({"partners", "police"})
)


def founded() -> Founded:
    grant = NewPerson(
        "A. Grant",
        "Council",
        frozenset({Role.COORDINATOR}),
        frozenset({"partners", "coordination", "audit"}),
    )
    return new_team(
        "Northside", grant, laptop="Grey", me=COORDINATOR, root_seed=ROOT, now_ms=1, random=dice
    )


def chained(chain: Chain, roster: Roster, *, root: tuple[bytes, ...] = ()) -> Chain:
    document = sign_roster(roster, COORDINATOR, root_seeds=root)
    verify_next(chain.document, document)
    return Chain(chain.team, document, roster)


FOUNDED = founded()
FIRST = FOUNDED.chain
SECOND = chained(
    FIRST,
    admit(
        FIRST,
        OFFICER_SHAH,
        OFFICER.public,
        laptop="Blue",
        now_ms=2,
        random=dice,
        lead_of=("police",),
    ),
    root=(ROOT,),
)
SHAH = SECOND.roster.persons[1].id


def refused(act: Callable[[], object]) -> Reason:
    with pytest.raises(SetAside) as caught:
        act()
    return caught.value.reason


def offered(chain: Chain, **changed: Any) -> Reason:
    """What becomes of a next roster with these fields, signed by the coordinator alone."""
    roster = msgspec.structs.replace(amend(chain, now_ms=9), **changed)
    return refused(lambda: verify_next(chain.document, sign_roster(roster, COORDINATOR)))
