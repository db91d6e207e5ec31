# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rosters: who may say who is in the team, and what nobody can make them say."""

from typing import Any

import msgspec
import pytest

from desktop_app.casework.people import Role
from sync import seals
from sync.envelope import Signed, disclose, enclose, signed
from sync.reasons import Reason
from sync.roster import (
    PURPOSE,
    Cutoff,
    Member,
    Roster,
    Ruling,
    Spell,
    Waiver,
    body_of,
    read_roster,
    team_id,
    team_of,
    verify_first,
    verify_next,
)
from sync.team import (
    Chain,
    admit,
    amend,
    change_person,
    sign_roster,
    take_out,
)
from tests.sync.teams import (
    COORDINATOR,
    FIRST,
    FOUNDED,
    NURSE,
    OFFICER,
    ROOT,
    ROOT_2,
    ROOT_3,
    SECOND,
    SHAH,
    STRANGER,
    chained,
    dice,
    offered,
    refused,
)

# --- the first roster


def test_a_team_begins_with_its_coordinator() -> None:
    first = verify_first(FIRST.document)
    assert team_id(FIRST.document) == FIRST.team
    team = team_of(first, FIRST.team)
    assert [one.name for one in team.persons.values()] == ["A. Grant"]
    assert [one.roles for one in team.persons.values()] == [{Role.COORDINATOR}]
    assert first.recipients() == [COORDINATOR.public.box]
    assert set(FOUNDED.circles) == {"partners", "coordination", "audit"}
    assert not first.leads_of("police")


@pytest.mark.parametrize("changed", [{"n": 2}, {"prev": b"x" * 32}, {"team": b"t" * 16}])
def test_what_is_no_first_roster_is_refused(changed: dict[str, Any]) -> None:
    body = msgspec.structs.replace(FIRST.roster, **changed)
    document = sign_roster(body, COORDINATOR, root_seeds=(ROOT,))
    assert refused(lambda: verify_first(document)) is Reason.DAMAGED


def test_a_first_roster_needs_the_recovery_key_and_the_coordinator() -> None:
    alone = sign_roster(FIRST.roster, COORDINATOR)
    assert refused(lambda: verify_first(alone)) is Reason.BAD_SIGNATURE
    other = sign_roster(FIRST.roster, STRANGER, root_seeds=(ROOT,))
    assert refused(lambda: verify_first(other)) is Reason.BAD_SIGNATURE


def test_what_is_not_a_roster_is_damaged_and_a_newer_one_says_so() -> None:
    assert refused(lambda: read_roster(Signed(b"\x81", []))) is Reason.DAMAGED
    newer = msgspec.structs.replace(FIRST.roster, v=2)
    assert refused(lambda: read_roster(Signed(body_of(newer), []))) is Reason.TOO_NEW


# --- the chain of rosters


def test_a_person_is_admitted_with_a_laptop() -> None:
    team = team_of(SECOND.roster, SECOND.team)
    assert team.persons[SHAH].roles == {Role.OFFICER}
    assert team.devices[OFFICER.device.hex()].person == SHAH
    assert SECOND.roster.leads_of("police") == {OFFICER.device}
    assert SECOND.roster.device(STRANGER.device) is None
    assert SECOND.roster.person("0" * 16) is None


def test_a_second_laptop_of_somebody_is_theirs() -> None:
    third = chained(SECOND, admit(SECOND, SHAH, NURSE.public, laptop="Red", now_ms=3, random=dice))
    assert len(third.roster.persons) == 2
    assert third.roster.devices[-1].person == SHAH


def test_a_heartbeat_changes_nothing() -> None:
    beat = chained(SECOND, amend(SECOND, now_ms=5))
    assert (beat.roster.n, beat.roster.ts) == (3, 5)
    assert beat.roster.persons == SECOND.roster.persons


def test_only_the_next_number_is_taken() -> None:
    assert offered(SECOND, n=4) is Reason.GAP
    assert offered(SECOND, n=2) is Reason.GAP
    assert offered(SECOND, prev=bytes(32)) is Reason.FORK
    assert offered(SECOND, team=b"u" * 16) is Reason.FORK


def test_nobody_but_a_coordinator_signs() -> None:
    roster = amend(SECOND, now_ms=9)
    for signer in (OFFICER, STRANGER):
        forged = sign_roster(roster, signer)
        assert refused(lambda forged=forged: verify_next(SECOND.document, forged)) is (  # type: ignore[misc]
            Reason.BAD_SIGNATURE
        )
    root_alone = signed(body_of(roster), PURPOSE, [seals.signing_pair(ROOT)])
    assert refused(lambda: verify_next(SECOND.document, root_alone)) is Reason.BAD_SIGNATURE


def test_a_coordinator_cannot_name_leads_coordinators_or_recovery_keys_alone() -> None:
    assert offered(SECOND, leads={"police": (NURSE.device,)}) is Reason.BAD_SIGNATURE
    assert offered(SECOND, coordinators=(OFFICER.device,)) is Reason.BAD_SIGNATURE
    assert offered(SECOND, root=(bytes(32),)) is Reason.BAD_SIGNATURE
    assert offered(SECOND, threshold=2) is Reason.BAD_SIGNATURE


def three_keys() -> Chain:
    roots = tuple(seals.signing_pair(seed)[0] for seed in (ROOT, ROOT_2, ROOT_3))
    roster = amend(SECOND, now_ms=3, root=roots, threshold=2)
    return chained(SECOND, roster, root=(ROOT, ROOT_2))


def test_new_recovery_keys_must_agree_to_be_ones() -> None:
    roots = tuple(seals.signing_pair(seed)[0] for seed in (ROOT_2, ROOT_3))
    roster = amend(SECOND, now_ms=3, root=roots, threshold=2)
    for some in ((ROOT,), (ROOT, ROOT_2), (ROOT_2, ROOT_3)):
        document = sign_roster(roster, COORDINATOR, root_seeds=some)
        assert refused(lambda document=document: verify_next(SECOND.document, document)) is (  # type: ignore[misc]
            Reason.BAD_SIGNATURE
        )
    verify_next(
        SECOND.document, sign_roster(roster, COORDINATOR, root_seeds=(ROOT, ROOT_2, ROOT_3))
    )


def test_two_of_three_recovery_keys_replace_a_lost_coordinator() -> None:
    chain = three_keys()
    roster = amend(chain, now_ms=4, coordinators=(OFFICER.device,))
    document = signed(
        body_of(roster), PURPOSE, [seals.signing_pair(seed) for seed in (ROOT_2, ROOT_3)]
    )
    assert verify_next(chain.document, document).coordinators == (OFFICER.device,)


def test_one_recovery_key_counts_once() -> None:
    chain = three_keys()
    roster = amend(chain, now_ms=4, coordinators=(OFFICER.device,))
    twice = signed(body_of(roster), PURPOSE, [seals.signing_pair(ROOT_2)] * 2)
    assert refused(lambda: verify_next(chain.document, twice)) is Reason.BAD_SIGNATURE


def test_a_coordinator_who_was_taken_out_signs_nothing() -> None:
    out = take_out(SECOND, COORDINATOR.device, cutoffs=(), now_ms=4, random=dice)
    third = chained(SECOND, out)
    assert offered(third) is Reason.BAD_SIGNATURE


def test_nothing_that_was_true_is_taken_back() -> None:
    roster = SECOND.roster
    shah, blue = roster.persons[1], roster.devices[1]
    renamed = msgspec.structs.replace(blue, sign=STRANGER.public.sign)
    backdated = Member("f" * 16, "Nobody", "", (Spell("nurse", 1),), ())
    stolen = admit(SECOND, SHAH, STRANGER.public, laptop="x", now_ms=9, random=dice).devices
    for changed in (
        {"persons": roster.persons[:1]},
        {"persons": (*roster.persons, shah)},
        {"devices": roster.devices[:1]},
        {"devices": (roster.devices[0], renamed)},
        {"devices": (*roster.devices, blue)},
        {"devices": (*roster.devices, msgspec.structs.replace(stolen[2], since=1))},
        {"devices": (*roster.devices, msgspec.structs.replace(stolen[2], id=b"x" * 16))},
        {"team_keys": (bytes(32),)},
        {"name_key": bytes(32)},
        {"made_up": True},
        {"persons": (*roster.persons, backdated)},
        {"persons": (roster.persons[0], msgspec.structs.replace(shah, roles=()))},
        {
            "persons": (
                roster.persons[0],
                msgspec.structs.replace(shah, roles=(Spell("officer", 2, 2),)),
            )
        },
        {
            "persons": (
                roster.persons[0],
                msgspec.structs.replace(shah, roles=(*shah.roles, Spell("nurse", 1))),
            )
        },
    ):
        assert offered(SECOND, **changed) is Reason.DAMAGED, changed


def test_waivers_and_rulings_stay() -> None:
    ruling = Ruling(b"f" * 16, 3, b"k" * 32, b"m" * 32)
    waiver = Waiver(b"f" * 16, 1, 2)
    third = chained(SECOND, amend(SECOND, now_ms=3, waivers=(waiver,), rulings=(ruling,)))
    assert offered(third, waivers=()) is Reason.DAMAGED
    assert offered(third, rulings=()) is Reason.DAMAGED
    assert ruling.branch != Ruling(b"f" * 16, 3, b"k" * 32, b"n" * 32).branch


def test_two_rosters_of_one_number_are_reconciled_by_the_recovery_keys() -> None:
    one = chained(SECOND, amend(SECOND, now_ms=3))
    other = chained(SECOND, change(SECOND, roles=frozenset({Role.NURSE})))
    both = msgspec.structs.replace(amend(one, now_ms=4), also=(other.document.id,))
    alone = sign_roster(both, COORDINATOR)
    assert refused(lambda: verify_next(other.document, alone)) is Reason.BAD_SIGNATURE
    agreed = sign_roster(both, COORDINATOR, root_seeds=(ROOT,))
    assert verify_next(one.document, agreed) == verify_next(other.document, agreed)


def change(chain: Chain, *, roles: frozenset[Role]) -> Roster:
    return change_person(
        chain, SHAH, now_ms=4, roles=roles, audiences=frozenset({"partners", "police"})
    )


def test_what_somebody_was_at_a_roster_has_one_answer_for_ever() -> None:
    third = chained(SECOND, change(SECOND, roles=frozenset({Role.NURSE})))
    fourth = chained(third, change(third, roles=frozenset({Role.OFFICER, Role.NURSE})))
    fifth = chained(fourth, change(fourth, roles=frozenset({Role.OFFICER})))
    roles = [sorted(fifth.roster.roles_at(SHAH, n)) for n in range(1, 7)]
    assert roles == [[], ["officer"], ["nurse"], ["nurse", "officer"], ["officer"], ["officer"]]
    assert fifth.roster.roles_at("0" * 16, 3) == frozenset()


def test_a_laptop_taken_out_is_cut_off_and_gets_no_new_key() -> None:
    cut = Cutoff(b"f" * 16, 7, b"i" * 32)
    roster = take_out(SECOND, OFFICER.device, cutoffs=(cut,), now_ms=3, random=dice)
    third = chained(SECOND, roster)
    assert third.roster.recipients() == [COORDINATOR.public.box]
    assert len(third.roster.keys()) == 2
    assert third.roster.leads_of("police") == frozenset()
    raw = enclose(third.document, b"", third.roster.recipients(), random=dice)
    assert disclose(raw, b"", OFFICER) is None
    assert third.roster.cutoffs == (cut,)
