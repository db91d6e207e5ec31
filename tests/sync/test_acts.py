# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Acts of the keepers on real laptops: prepared, signed here and there, and in force."""

import dataclasses

import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from storage import ledger, recovery
from storage.errors import WrongRecovery
from sync import acts
from sync.acts import WrongPaper
from sync.admission import change_roles, key_is_stale, take_out_laptop
from sync.deciding import Former, hand_over, left_without_lead, make_papers, name_lead
from sync.leading import without_lead
from tests.sync.laptops import BELL, Four, Laptop, join_team, let_in_whoever_waits
from tests.sync.papers import NAMES, papers, sign, with_papers

# --- acts, on real laptops


def hand(
    four: Four, on: Laptop, to: Laptop, former: Former, *roles: Role, **leads: bytes
) -> acts.Act | None:
    return hand_over(
        on.store,
        to.seat.me.device,
        former,
        roles=frozenset(roles),
        leads=leads,
        now_ms=four.clock.later(),
        random=on.dice.randbytes,
    )


def test_once_there_are_papers_the_coordinators_laptop_decides_nothing_alone(four: Four) -> None:
    with_papers(four)
    grant = four.grant
    assert not acts.alone(grant.store)
    assert ledger.key(grant.store, "root") is None
    assert grant.seat.roster.keepers == NAMES
    assert hand(four, grant, four.ann, Former.STAYS, Role.ANALYST) is not None
    four.everybody_exchanges()
    assert four.ann.seat.me.device not in four.ann.seat.roster.coordinators


def test_no_key_of_a_paper_is_left_in_any_vault(four: Four) -> None:
    made = with_papers(four)
    hand(four, four.ann, four.ann, Former.LOST)
    sign(four, four.ann, made[0])
    for laptop in four:
        kept = ledger.keys(laptop.store, "")
        for words, _public, _name in made:
            seed = bytes(recovery.seed_of(words))
            assert [name for name, value in kept.items() if seed in value] == []


def test_a_planned_handover_keeps_everything_readable(four: Four) -> None:
    made = with_papers(four)
    hand(four, four.grant, four.ann, Former.STAYS, Role.ANALYST)
    assert sign(four, four.grant, made[2]) is not None
    assert sign(four, four.grant, made[0]) is None
    four.everybody_exchanges()
    ann, grant = four.ann, four.grant
    for laptop in four:
        assert laptop.seat.roster.coordinators == (ann.seat.me.device,)
    assert Role.COORDINATOR in ann.seat.team.persons[ann.seat.person].roles
    assert ann.seat.team.persons[grant.seat.person].roles == {Role.ANALYST}
    assert {"coordination", "audit", "partners"} <= set(ann.seat.parts(ann.dice.randbytes))
    assert len(ann.seat.circles["audit"]) > 1  # the history came along
    assert not [one for one in ("coordination", "audit") if key_is_stale(ann.store, one)]
    with pytest.raises(NotAllowed):
        change_roles(
            grant.store,
            ann.seat.person,
            roles=frozenset(),
            audiences=frozenset(),
            now_ms=four.clock.later(),
            random=grant.dice.randbytes,
        )


def test_the_new_coordinator_does_what_the_old_one_did(four: Four) -> None:
    made = with_papers(four)
    hand(four, four.grant, four.ann, Former.STAYS, Role.ANALYST)
    sign(four, four.grant, made[0])
    sign(four, four.grant, made[1])
    four.everybody_exchanges()
    lund = Laptop("Lund", four.ann.folder.parent / "lund", four.clock)
    join_team(four.ann, lund, four.share, dataclasses.replace(BELL, name="K. Lund"))
    four.everybody_exchanges()
    let_in_whoever_waits(four.bell)
    four.everybody_exchanges()
    visit = lund.save("visit", {"place": "home"})
    lund.exchange(four.share)
    four.everybody_exchanges()
    assert four.shah.answers(visit)["place"] == "home"
    lund.close()


def test_two_keepers_replace_a_coordinator_whose_laptop_is_lost(four: Four) -> None:
    made = with_papers(four)
    before = four.grant.save("client", {"surname": "Croft"})
    four.everybody_exchanges()
    assert hand(four, four.ann, four.ann, Former.LOST) is not None
    assert sign(four, four.ann, made[1]) is not None
    assert sign(four, four.ann, made[2]) is None
    four.ann.exchange(four.share)
    four.grant.save("visit", {"place": "by the thief"}, client=before)
    later = four.grant.save("client", {"surname": "Later"})
    for laptop in (four.shah, four.bell, four.ann, four.grant, four.shah, four.bell, four.ann):
        four.clock.later()
        laptop.exchange(four.share)
    for laptop in (four.ann, four.shah, four.bell):
        assert laptop.answers(before)["surname"] == "Croft"
        assert not laptop.answers(later)
        lost = laptop.seat.roster.device(four.grant.seat.me.device)
        assert lost is not None
        assert not lost.active
    assert not four.grant.seat.roster.n >= four.ann.seat.roster.n  # it can read no newer list
    new = four.bell.save("visit", {"place": "new"}, client=before)
    four.bell.exchange(four.share)
    four.grant.exchange(four.share)
    four.ann.exchange(four.share)
    assert four.ann.answers(new)["place"] == "new"
    assert not four.grant.answers(new)
    grant = four.ann.seat.team.persons[four.grant.seat.person]
    assert grant.active
    assert Role.COORDINATOR not in grant.roles


def test_what_a_lost_coordinator_alone_could_read_begins_anew_and_the_rest_goes_on(
    four: Four,
) -> None:
    made = with_papers(four)
    hand(four, four.ann, four.ann, Former.GONE)
    sign(four, four.ann, made[0])
    sign(four, four.ann, made[1])
    four.everybody_exchanges()
    ann = four.ann
    assert {"coordination", "audit", "partners"} <= set(ann.seat.parts(ann.dice.randbytes))
    assert not ann.seat.team.persons[four.grant.seat.person].active
    (newest,) = [ann.seat.circles["coordination"][-1]]
    assert newest.circle.members == (ann.seat.me.device,)


def test_one_act_names_the_lead_as_well_where_the_lost_laptop_led(four: Four) -> None:
    made = with_papers(four)
    four.grant.save("client", {"surname": "Croft"})
    roster = four.grant.seat.roster
    assert left_without_lead(roster, Former.LOST) == []
    shah = four.shah.seat.me.device
    hand(four, four.shah, four.shah, Former.LOST)
    sign(four, four.shah, made[0])
    sign(four, four.shah, made[1])
    four.everybody_exchanges()
    roster = four.bell.seat.roster
    assert roster.coordinators == (shah,)
    assert left_without_lead(roster, Former.LOST) == ["police"]
    assert left_without_lead(roster, Former.STAYS) == []


def test_an_act_waits_and_travels_as_a_file_that_says_nothing(four: Four) -> None:
    made = with_papers(four)
    hand(four, four.ann, four.bell, Former.LOST)
    sign(four, four.ann, made[0])
    waits = acts.pending(four.ann.store)
    assert waits is not None
    assert (waits.missing, waits.missing_new, waits.complete) == (1, 1, False)
    raw = acts.to_carry(four.ann.store, random=four.ann.dice.randbytes)
    assert b"Bell" not in raw
    assert not [word for word in made[0][0].split() if len(word) > 4 and word.encode() in raw]
    taken = acts.take_up(
        four.bell.store, raw, now_ms=four.clock.later(), random=four.bell.dice.randbytes
    )
    assert taken is not None
    assert taken.signers == {made[0][1]}
    assert sign(four, four.bell, made[2]) is None
    four.everybody_exchanges()
    assert four.ann.seat.roster.coordinators == (four.bell.seat.me.device,)
    assert acts.pending(four.ann.store) is None


def test_signatures_given_at_two_laptops_add_up(four: Four) -> None:
    made = with_papers(four)
    hand(four, four.ann, four.bell, Former.LOST)
    raw = acts.to_carry(four.ann.store, random=four.ann.dice.randbytes)
    acts.take_up(four.bell.store, raw, now_ms=four.clock.later(), random=four.bell.dice.randbytes)
    sign(four, four.bell, made[2])
    sign(four, four.ann, made[0])
    back = acts.to_carry(four.bell.store, random=four.bell.dice.randbytes)
    done = acts.take_up(
        four.ann.store, back, now_ms=four.clock.later(), random=four.ann.dice.randbytes
    )
    assert done is None
    assert four.ann.seat.roster.coordinators == (four.bell.seat.me.device,)


def test_a_wrong_paper_is_told_from_a_wrong_word(four: Four) -> None:
    made = with_papers(four)
    hand(four, four.ann, four.ann, Former.LOST)
    with pytest.raises(WrongRecovery):
        sign(four, four.ann, ("one two three", b"", ""))
    with pytest.raises(WrongPaper, match="another team"):
        sign(four, four.ann, papers()[0])
    sign(four, four.ann, made[0])
    with pytest.raises(WrongPaper, match="signed already"):
        sign(four, four.ann, made[0])


def test_where_the_list_went_on_meanwhile_the_act_counts_for_nothing(four: Four) -> None:
    made = with_papers(four)
    hand(four, four.ann, four.ann, Former.LOST)
    sign(four, four.ann, made[0])
    raw = acts.to_carry(four.ann.store, random=four.ann.dice.randbytes)
    shah = four.shah.seat.person
    change_roles(
        four.grant.store,
        shah,
        roles=frozenset({Role.KEY_WORKER}),
        audiences=frozenset({"partners"}),
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.everybody_exchanges()
    assert acts.pending(four.ann.store) is None
    assert acts.overtaken(four.ann.store)
    with pytest.raises(NotAllowed, match="begin again"):
        acts.take_up(four.ann.store, raw, now_ms=1, random=four.ann.dice.randbytes)
    with pytest.raises(NotAllowed, match="begin again"):
        sign(four, four.ann, made[1])
    acts.give_up(four.ann.store)
    assert not acts.overtaken(four.ann.store)


def test_what_is_no_act_is_said_to_be_none(four: Four) -> None:
    with_papers(four)
    for raw in (b"", b"TANDEMK1", b"TANDEMK1" + bytes(400), b"something else"):
        with pytest.raises(NotAllowed, match="nothing that keepers sign"):
            acts.take_up(four.ann.store, raw, now_ms=1, random=four.ann.dice.randbytes)


def test_an_act_given_up_changes_nothing(four: Four) -> None:
    with_papers(four)
    hand(four, four.ann, four.ann, Former.LOST)
    acts.give_up(four.ann.store)
    assert acts.pending(four.ann.store) is None
    assert four.ann.seat.roster.coordinators == (four.grant.seat.me.device,)


def test_lost_papers_are_replaced_by_two_of_the_old_and_two_of_the_new(four: Four) -> None:
    made, fresh = with_papers(four), papers()
    act = make_papers(
        four.grant.store, fresh, now_ms=four.clock.later(), random=four.grant.dice.randbytes
    )
    assert act is not None
    assert (act.missing, act.missing_new) == (2, 0)
    sign(four, four.grant, made[0])
    assert sign(four, four.grant, made[1]) is None
    four.everybody_exchanges()
    hand(four, four.ann, four.ann, Former.LOST)
    with pytest.raises(WrongPaper):
        sign(four, four.ann, made[2])
    sign(four, four.ann, fresh[0])
    assert sign(four, four.ann, fresh[2]) is None


def test_two_keepers_name_a_lead_where_there_is_none(four: Four) -> None:
    made = with_papers(four)
    lund = Laptop("Lund", four.ann.folder.parent / "lund", four.clock)
    the_nurse_is_out(four)
    join_team(four.grant, lund, four.share, dataclasses.replace(BELL, name="K. Lund"))
    ((audience, laptops),) = without_lead(four.grant.store)
    assert (audience, [one.id for one in laptops]) == ("health", [lund.seat.me.device])
    act = name_lead(
        four.grant.store,
        "health",
        lund.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    assert act is not None
    sign(four, four.grant, made[0])
    assert sign(four, four.grant, made[1]) is None
    assert without_lead(four.grant.store) == []
    lund.close()


def the_nurse_is_out(four: Four) -> None:
    take_out_laptop(
        four.grant.store,
        four.bell.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(four.share)


def test_a_team_without_papers_says_who_can_decide(four: Four) -> None:
    with pytest.raises(NotAllowed, match="founded on"):
        hand(four, four.ann, four.ann, Former.LOST)
    assert acts.pending(four.ann.store) is None


def test_before_there_are_papers_the_founding_laptop_hands_over_alone(four: Four) -> None:
    assert hand(four, four.grant, four.ann, Former.STAYS, Role.ANALYST) is None
    four.everybody_exchanges()
    assert four.bell.seat.roster.coordinators == (four.ann.seat.me.device,)


def test_a_handover_to_nobody_or_without_saying_what_follows_is_refused(four: Four) -> None:
    with_papers(four)
    with pytest.raises(NotAllowed, match="cannot coordinate"):
        hand(four, four.grant, four.grant, Former.LOST)
    with pytest.raises(NotAllowed, match="Say what"):
        hand(four, four.grant, four.ann, Former.STAYS)
