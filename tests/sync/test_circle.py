# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Circles: only a lead lets in, and nobody is let in twice by accident."""

import msgspec

from sync import circle as circles
from sync import seals
from sync.circle import Circle, Held, read_circle
from sync.envelope import signed
from sync.identity import Identity
from sync.reasons import Reason
from sync.team import (
    Chain,
    sign_circle,
    take_out,
)
from tests.sync.teams import (
    COORDINATOR,
    FIRST,
    FOUNDED,
    NURSE,
    OFFICER,
    SECOND,
    STRANGER,
    chained,
    dice,
    refused,
)

# --- circles


def police(chain: Chain = SECOND, lead: Identity = OFFICER) -> Circle:
    return circles.begin(chain.roster, chain.team, "police", lead=lead.device, key=b"p" * 32, ts=5)


def read(circle: Circle, by: Identity, chain: Chain = SECOND) -> Held:
    return read_circle(sign_circle(circle, by), chain.roster, team=chain.team, audience="police")


def test_only_a_lead_lets_in() -> None:
    assert read(police(), OFFICER).circle.members == (OFFICER.device,)
    assert refused(lambda: read(police(), COORDINATOR)) is Reason.BAD_SIGNATURE
    assert refused(lambda: read(police(), STRANGER)) is Reason.BAD_SIGNATURE


def test_a_lead_who_was_taken_out_lets_nobody_in() -> None:
    roster = take_out(SECOND, OFFICER.device, cutoffs=(), now_ms=3, random=dice)
    third = chained(SECOND, roster)
    assert refused(lambda: read(police(), OFFICER, third)) is Reason.BAD_SIGNATURE


def test_a_circle_of_another_team_or_audience_is_refused() -> None:
    for changed in ({"team": b"u" * 16}, {"audience": "health"}):
        other = msgspec.structs.replace(police(), **changed)
        assert refused(lambda other=other: read(other, OFFICER)) is Reason.DAMAGED  # type: ignore[misc]
    newer = msgspec.structs.replace(police(), v=2)
    assert refused(lambda: read(newer, OFFICER)) is Reason.TOO_NEW
    nonsense = signed(b"\x81", circles.PURPOSE, [(OFFICER.public.sign, OFFICER.signing)])
    assert (
        refused(lambda: read_circle(nonsense, SECOND.roster, team=SECOND.team, audience="police"))
        is Reason.DAMAGED
    )


def test_the_next_circle_keeps_every_key_and_writes_with_the_last() -> None:
    held = read(police(), OFFICER)
    grown = circles.following(
        [held], members=(OFFICER.device, NURSE.device), roster_n=2, ts=6, new_key=b"q" * 32
    )
    assert (grown.n, grown.prev, grown.keys) == (2, held.id, (b"p" * 32, b"q" * 32))
    assert grown.present[1] == b"q" * 32
    assert set(grown.by_id().values()) == set(grown.keys)
    assert circles.recipients(SECOND.roster, grown) == [OFFICER.public.box]
    assert circles.newest([held, read(grown, OFFICER)]) == read(grown, OFFICER)
    assert circles.newest([]) is None


def test_two_leads_at_once_do_no_harm() -> None:
    first = read(police(), OFFICER)
    rival = read(msgspec.structs.replace(police(), keys=(b"z" * 32,)), OFFICER)
    merged = circles.following([first, rival], members=(OFFICER.device,), roster_n=2, ts=6)
    assert set(merged.keys) == {b"p" * 32, b"z" * 32}
    winner = circles.newest([first, rival])
    assert winner is not None
    assert merged.present == winner.circle.present
    assert {merged.prev, *merged.also} == {first.id, rival.id}


def test_who_waits_and_who_should_be_out() -> None:
    assert [one.name for one in circles.may_enter(SECOND.roster, "police")] == ["Blue"]
    empty = msgspec.structs.replace(police(), members=(COORDINATOR.device,))
    assert [one.name for one in circles.waiting(SECOND.roster, empty)] == ["Blue"]
    assert circles.strangers(SECOND.roster, empty) == [COORDINATOR.device]
    assert circles.waiting(SECOND.roster, police()) == []


def test_everybody_may_write_to_the_audit_and_its_circle_reads() -> None:
    document = FOUNDED.circles["audit"]
    held = read_circle(document, FIRST.roster, team=FIRST.team, audience="audit")
    key_id, secret = held.circle.present
    assert key_id == seals.key_id(FIRST.roster.audit_key)
    assert seals.public_box_key(secret) == FIRST.roster.audit_key


def test_the_root_keys_vouch_for_no_circle_the_coordinator_does_not_lead() -> None:
    signed = sign_circle(police(), STRANGER)
    roster = msgspec.structs.replace(SECOND.roster, circles=(signed.id,))
    assert (
        refused(lambda: read_circle(signed, roster, team=SECOND.team, audience="police"))
        is Reason.BAD_SIGNATURE
    )
    partners = msgspec.structs.replace(police(), audience="partners")
    handed = sign_circle(partners, STRANGER)
    vouched = msgspec.structs.replace(SECOND.roster, circles=(handed.id,))
    assert read_circle(handed, vouched, team=SECOND.team, audience="partners").id == handed.id
