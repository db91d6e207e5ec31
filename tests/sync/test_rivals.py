# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two lists of people under one number: what holds on every laptop until the keepers decide."""

import dataclasses
from collections.abc import Sequence
from itertools import permutations

import msgspec
import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from storage import ledger
from sync import acts
from sync.admission import amend_team
from sync.deciding import Former, hand_over, settle
from sync.envelope import Signed, enclose
from sync.identity import new_identity
from sync.places import roster_path
from sync.reasons import Reason
from sync.rivals import combined, rivals
from sync.roster import Roster, read_roster
from sync.seat import SUSPENDED, roster_about
from sync.team import Chain, admit, amend, change_person, sign_roster, take_out
from sync.trust import cutoffs_here
from tests.sync.laptops import BELL, Four, Laptop, join_team
from tests.sync.papers import Paper, signed_with, with_papers

LUND = dataclasses.replace(BELL, name="K. Lund")


def list_of(four: Four, roster: Roster, *, papers: Sequence[Paper] = ()) -> Signed:
    """A list signed by the coordinator's laptop, and by some papers."""
    return signed_with(sign_roster(roster, four.grant.seat.me), papers)


def put(four: Four, document: Signed, roster: Roster) -> None:
    """Lay a list on the share, sealed to the laptops in it."""
    team, dice = four.grant.seat.chain.team, four.grant.dice.randbytes
    raw = enclose(document, roster_about(team), roster.recipients(), random=dice)
    four.share.put([(roster_path(team, roster.n, document.id), raw)])


def out(four: Four, laptop: Laptop) -> Roster:
    return take_out(
        four.grant.seat.chain,
        laptop.seat.me.device,
        cutoffs=cutoffs_here(four.grant.store, four.grant.seat, {laptop.seat.me.device}),
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )


def ghost(four: Four) -> tuple[Roster, bytes]:
    """A list with a laptop nobody knows."""
    dice = four.grant.dice.randbytes
    keys = new_identity(dice).public
    roster = admit(
        four.grant.seat.chain, LUND, keys, laptop="Ghost", now_ms=four.clock.later(), random=dice
    )
    return roster, keys.device


def stands(laptop: Laptop) -> tuple[object, ...]:
    """What of the list counts on a laptop: who is in, and who holds what."""
    roster = laptop.seat.roster
    return (
        sorted((one.id, one.active) for one in roster.devices),
        sorted((one.id, one.active, one.audiences, one.roles) for one in roster.persons),
        set(roster.team_keys),
    )


def doubt(four: Four, *, order: int = 0) -> bytes:
    """One list lets a ghost in, another takes the nurse out; return the ghost."""
    added, device = ghost(four)
    one, other = list_of(four, added), list_of(four, gone := out(four, four.bell))
    first = [(one, added), (other, gone)]
    for document, roster in first if not order else reversed(first):
        put(four, document, roster)
        four.shah.exchange(four.share)
    return device


@pytest.mark.parametrize("order", [0, 1])
def test_nobody_either_lets_in_counts_and_everybody_either_takes_out_is_out(
    four: Four, order: int
) -> None:
    device = doubt(four, order=order)
    for laptop in (four.shah, four.ann):
        said = laptop.exchange(four.share).notes
        roster = laptop.seat.roster
        assert roster.device(device) is None
        nurse = roster.device(four.bell.seat.me.device)
        assert nurse is not None
        assert not nurse.active
        assert not any(one.name == "K. Lund" for one in roster.persons)
        assert ledger.key(laptop.store, SUSPENDED)
        assert laptop is four.shah or any("Two different lists" in one for one in said)
    assert stands(four.ann) == stands(four.shah)


def test_work_goes_on_meanwhile(four: Four) -> None:
    doubt(four)
    four.ann.exchange(four.share)
    visit = four.ann.save("visit", {"place": "home"})
    four.ann.exchange(four.share)
    four.shah.exchange(four.share)
    assert four.shah.answers(visit)["place"] == "home"


def test_the_coordinator_changes_nothing_while_two_lists_are_in_doubt(four: Four) -> None:
    doubt(four)
    grant = four.grant
    grant.exchange(four.share)
    with pytest.raises(NotAllowed, match="Two lists"):
        amend_team(grant.store, {}, now_ms=four.clock.later(), random=grant.dice.randbytes)
    ann = four.ann
    ann.exchange(four.share)
    held = ann.seat.chain
    going_on = Chain(held.team, held.document, read_roster(held.document))
    third = amend(going_on, now_ms=four.clock.later())
    put(four, list_of(four, third), third)
    ann.exchange(four.share)
    assert ann.seat.chain.document.id == held.document.id
    assert ledger.key(ann.store, SUSPENDED)


def test_the_same_doubt_is_told_once(four: Four) -> None:
    doubt(four)
    assert any("Two different" in one for one in four.ann.exchange(four.share).notes)
    assert four.ann.exchange(four.share).notes == ()


@pytest.mark.parametrize("let_in", [(), (0,), (1,), (0, 1)])
def test_two_keepers_decide_and_everybody_goes_on_from_there(
    four: Four, let_in: tuple[int, ...]
) -> None:
    made = with_papers(four)
    device = doubt(four)
    four.ann.exchange(four.share)
    ann = four.ann
    found = rivals(ann.store, ann.seat)
    assert found is not None
    adds = [one.device(device) is not None for one in found.lists]
    assert sorted(adds) == [False, True]
    dice = ann.dice.randbytes
    settle(ann.store, let_in, now_ms=four.clock.later(), random=dice)
    acts.sign(ann.store, made[0][0], now_ms=four.clock.later(), random=dice)
    assert acts.sign(ann.store, made[2][0], now_ms=four.clock.later(), random=dice) is None
    assert ledger.key(ann.store, SUSPENDED) is None
    for laptop in (ann, four.shah, four.grant):
        laptop.exchange(four.share)
        laptop.exchange(four.share)
    in_now = any(adds[at] for at in let_in)
    for laptop in (ann, four.shah, four.grant):
        roster = laptop.seat.roster
        assert (roster.device(device) is not None) == in_now
        assert rivals(laptop.store, laptop.seat) is None
        nurse = roster.device(four.bell.seat.me.device)
        assert nurse is not None
        assert not nurse.active
    assert stands(ann) == stands(four.shah) == stands(four.grant)
    amend_team(four.grant.store, {}, now_ms=four.clock.later(), random=four.grant.dice.randbytes)


def test_naming_another_coordinator_settles_it_too(four: Four) -> None:
    made = with_papers(four)
    device = doubt(four)
    ann, dice = four.ann, four.ann.dice.randbytes
    ann.exchange(four.share)
    hand_over(ann.store, ann.seat.me.device, Former.LOST, now_ms=four.clock.later(), random=dice)
    acts.sign(ann.store, made[0][0], now_ms=four.clock.later(), random=dice)
    acts.sign(ann.store, made[1][0], now_ms=four.clock.later(), random=dice)
    for laptop in (ann, four.shah, ann, four.shah):
        laptop.exchange(four.share)
    for laptop in (ann, four.shah):
        assert laptop.seat.roster.coordinators == (ann.seat.me.device,)
        assert laptop.seat.roster.device(device) is None
        assert rivals(laptop.store, laptop.seat) is None


def lost_and_thief(four: Four, made: Sequence[Paper]) -> tuple[Signed, Roster, Signed, Roster]:
    """The keepers name another coordinator; on the lost laptop somebody lets in a ghost."""
    chain = four.grant.seat.chain
    rightly = amend(
        chain,
        now_ms=four.clock.later(),
        coordinators=(four.ann.seat.me.device,),
        devices=tuple(
            msgspec.structs.replace(one, active=False)
            if one.id == four.grant.seat.me.device
            else one
            for one in chain.roster.devices
        ),
        cutoffs=tuple(cutoffs_here(four.ann.store, four.ann.seat, {four.grant.seat.me.device})),
    )
    wrongly, _device = ghost(four)
    return list_of(four, rightly, papers=made[:2]), rightly, list_of(four, wrongly), wrongly


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_the_keepers_signed_outranks_what_a_coordinator_signed_in_any_order(
    four: Four, order: tuple[int, ...]
) -> None:
    made = with_papers(four)
    right, rightly, wrong, wrongly = lost_and_thief(four, made)
    further = amend(Chain(four.grant.seat.chain.team, wrong, wrongly), now_ms=four.clock.later())
    lists = [(right, rightly), (wrong, wrongly), (list_of(four, further), further)]
    for at in order:
        put(four, *lists[at])
        four.shah.exchange(four.share)
    for laptop in (four.shah, four.ann, four.bell):
        laptop.exchange(four.share)
        laptop.exchange(four.share)
        assert laptop.seat.roster.coordinators == (four.ann.seat.me.device,)
        assert not any(one.name == "K. Lund" for one in laptop.seat.roster.persons)
        assert ledger.key(laptop.store, SUSPENDED) is None
    assert stands(four.shah) == stands(four.bell)


def test_what_came_from_a_laptop_that_does_not_count_is_set_aside_and_comes_back(
    four: Four,
) -> None:
    lund = Laptop("Lund", four.ann.folder.parent / "lund", four.clock)
    made = with_papers(four)
    before = four.grant.seat.chain
    rival = change_person(
        before,
        four.shah.seat.person,
        now_ms=four.clock.later(),
        roles=frozenset({Role.OFFICER}),
        audiences=frozenset({"partners"}),
    )
    hidden = list_of(four, rival)
    join_team(four.grant, lund, four.share, LUND)
    visit = lund.save("visit", {"place": "home"})
    lund.exchange(four.share)
    four.ann.exchange(four.share)
    seen = four.ann.save("visit", {"place": "after that"})
    four.ann.exchange(four.share)
    assert four.ann.answers(visit)["place"] == "home"
    put(four, hidden, rival)
    ann, dice = four.ann, four.ann.dice.randbytes
    outcome = ann.exchange(four.share)
    assert not ann.answers(visit)
    assert ann.answers(seen)["place"] == "after that"
    assert Reason.UNKNOWN_LAPTOP in {one.reason for one in outcome.aside}
    settle(ann.store, (0,), now_ms=four.clock.later(), random=dice)
    acts.sign(ann.store, made[0][0], now_ms=four.clock.later(), random=dice)
    acts.sign(ann.store, made[1][0], now_ms=four.clock.later(), random=dice)
    ann.exchange(four.share)
    assert ann.answers(visit)["place"] == "home"
    person = ann.seat.team.persons[four.shah.seat.person]
    assert "police" not in person.audiences
    lund.close()


def test_taking_away_counts_from_every_list_and_adding_from_those_chosen(four: Four) -> None:
    chain, shah = four.grant.seat.chain, four.shah.seat.person

    def changed(audiences: frozenset[str], *roles: Role) -> Roster:
        return change_person(chain, shah, now_ms=1, roles=frozenset(roles), audiences=audiences)

    more = changed(frozenset({"partners", "police", "health"}), Role.OFFICER, Role.NURSE)
    less = changed(frozenset({"partners"}), Role.KEY_WORKER)
    base = chain.roster
    for let_in, holds in (((), {"partners"}), ((0,), {"partners", "health"})):
        found = combined(base, [more, less], let_in)
        person = found.person(shah)
        assert person is not None
        assert set(person.audiences) == holds
        roles = found.roles_at(shah, found.n)
        assert roles == ({Role.NURSE} if let_in else set())
