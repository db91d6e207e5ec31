# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rosters and circles: who may say who is in the team, and what nobody can make it say."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.people import Role
from sync import circle as circles
from sync import envelope, identity, places, seals
from sync.circle import Circle, Held, read_circle
from sync.envelope import Signed, disclose, enclose, signed
from sync.identity import Identity, PublicKeys, new_identity
from sync.reasons import Reason, SetAside
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
    Founded,
    NewPerson,
    admit,
    amend,
    change_person,
    new_team,
    sign_circle,
    sign_roster,
    take_out,
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
