# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The keepers' papers, the acts they sign, and what no smaller number of them can do."""

import dataclasses
from collections.abc import Sequence
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from storage import ledger, recovery
from storage.errors import WrongRecovery
from sync import acts, keepers
from sync.acts import WrongPaper
from sync.admission import change_roles, key_is_stale, take_out_laptop
from sync.deciding import Former, hand_over, left_without_lead, make_papers, name_lead
from sync.envelope import Signed
from sync.leading import without_lead
from sync.reasons import Reason, SetAside
from sync.roster import PURPOSE, by_root, verify_next
from sync.seals import signed_by
from sync.team import Chain, amend, sign_roster, take_out
from tests.sync.laptops import BELL, Four, Laptop, join_team, let_in_whoever_waits
from tests.sync.teams import COORDINATOR, OFFICER, ROOT, SECOND, STRANGER, dice, refused

NAMES = ("Supt. Bell", "Dr Mora", "A. Reid")


def papers() -> list[tuple[str, bytes, str]]:
    made = [keepers.new_paper() for _ in NAMES]
    return [
        (" ".join(words), public, name) for (words, public), name in zip(made, NAMES, strict=True)
    ]


OLD, NEW = papers(), papers()
WITH_PAPERS = amend(
    SECOND,
    now_ms=3,
    root=tuple(public for _words, public, _name in OLD),
    threshold=2,
    keepers=NAMES,
)


def signed_with(document: Signed, some: Sequence[tuple[str, bytes, str]]) -> Signed:
    message = PURPOSE + document.body
    return Signed(
        document.body,
        [*document.sigs, *(keepers.signature(words, message) for words, _pub, _name in some)],
    )


FOUNDED = signed_with(sign_roster(WITH_PAPERS, COORDINATOR, root_seeds=(ROOT,)), OLD[:2])
PAPERS = Chain(SECOND.team, FOUNDED, WITH_PAPERS)


# --- the papers


def test_a_paper_is_twelve_words_and_signs_what_it_is_shown() -> None:
    words, public = keepers.new_paper()
    assert len(words) == recovery.WORDS
    found, signature = keepers.signature("  ".join(words).upper(), b"this")
    assert found == public
    assert signed_by(public, b"this", signature)
    assert not signed_by(public, b"that", signature)


def test_a_wrong_word_is_found_and_the_other_words_open_nothing() -> None:
    words, public = keepers.new_paper()
    wrong = [*words[:3], "zebra" if words[3] != "zebra" else "harbour", *words[4:]]
    with pytest.raises(WrongRecovery, match="4"):
        keepers.signature(" ".join(wrong), b"this")
    seed = recovery.seed_of(" ".join(words))
    assert recovery.public_of(seed) != public
    assert keepers.is_recovery(" ".join(words), recovery.public_of(seed))
    assert not keepers.is_recovery(" ".join(words), public)


# --- what it takes (TUF 5.3.4)


def test_the_papers_begin_with_the_old_key_and_two_of_the_new() -> None:
    verify_next(SECOND.document, FOUNDED)
    alone = sign_roster(WITH_PAPERS, COORDINATOR, root_seeds=(ROOT,))
    one = signed_with(alone, OLD[:1])
    for too_few in (alone, one):
        assert refused(partial(verify_next, SECOND.document, too_few)) is Reason.BAD_SIGNATURE
    unsigned = sign_roster(WITH_PAPERS, COORDINATOR)
    assert refused(lambda: verify_next(SECOND.document, signed_with(unsigned, OLD)))


RENEWED = amend(PAPERS, now_ms=4, root=tuple(public for _w, public, _n in NEW))
DEPUTY = amend(PAPERS, now_ms=4, coordinators=(OFFICER.device,))
EVERY_SIGNATURE = [
    *((words, "old", n) for n, (words, _p, _name) in enumerate(OLD)),
    *((words, "new", n) for n, (words, _p, _name) in enumerate(NEW)),
    (" ".join(keepers.new_paper()[0]), "stranger", 0),
]


@given(
    st.lists(st.sampled_from(EVERY_SIGNATURE), max_size=9),
    st.booleans(),
    st.booleans(),
)
def test_it_takes_two_papers_of_the_old_and_two_of_the_new_whoever_else_signs(
    chosen: list[tuple[str, str, int]],
    coordinator: bool,  # noqa: FBT001  drawn
    first_root: bool,  # noqa: FBT001  drawn
) -> None:
    for roster, needs_new in ((RENEWED, True), (DEPUTY, False)):
        me = COORDINATOR if coordinator else STRANGER
        begun = sign_roster(roster, me, root_seeds=(ROOT,) if first_root else ())
        message = PURPOSE + begun.body
        sigs = [keepers.signature(words, message) for words, _set, _n in chosen]
        document = Signed(begun.body, [*begun.sigs, *sigs])
        old = {n for _words, kind, n in chosen if kind == "old"}
        new = {n for _words, kind, n in chosen if kind == "new"}
        enough = len(old) >= 2 and (len(new) >= 2 or not needs_new)
        assert by_root(WITH_PAPERS, document, roster) == enough
        if enough:
            verify_next(PAPERS.document, document)
        else:
            with pytest.raises(SetAside) as caught:
                verify_next(PAPERS.document, document)
            assert caught.value.reason is Reason.BAD_SIGNATURE


@given(st.permutations(range(3)), st.integers(1, 3), st.integers(0, 3))
def test_below_the_threshold_nothing_passes_however_high_it_is(
    order: list[int], threshold: int, many: int
) -> None:
    roster = amend(SECOND, now_ms=3, root=WITH_PAPERS.root, threshold=threshold)
    begun = sign_roster(roster, COORDINATOR, root_seeds=(ROOT,))
    document = signed_with(begun, [OLD[n] for n in order[:many]] * 2)
    if many >= threshold:
        verify_next(SECOND.document, document)
    else:
        assert refused(lambda: verify_next(SECOND.document, document)) is Reason.BAD_SIGNATURE


def test_a_key_listed_twice_counts_once_so_nobody_is_shut_out_by_such_a_list() -> None:
    twice = (OLD[0][1], OLD[0][1], OLD[1][1])
    roster = amend(PAPERS, now_ms=4, root=twice)
    one = signed_with(sign_roster(roster, COORDINATOR), [OLD[0], OLD[0]])
    assert refused(lambda: verify_next(PAPERS.document, one)) is Reason.BAD_SIGNATURE


def test_a_signature_for_one_list_signs_no_other() -> None:
    good = signed_with(sign_roster(DEPUTY, COORDINATOR), OLD[:2])
    other = amend(PAPERS, now_ms=5, coordinators=(OFFICER.device,))
    moved = Signed(sign_roster(other, COORDINATOR).body, good.sigs)
    assert refused(lambda: verify_next(PAPERS.document, moved)) is Reason.BAD_SIGNATURE


def test_the_coordinator_alone_says_which_of_two_lists_holds_to_nobody() -> None:
    one = sign_roster(amend(PAPERS, now_ms=4), COORDINATOR)
    other = sign_roster(amend(PAPERS, now_ms=5), COORDINATOR)
    both = amend(Chain(PAPERS.team, one, amend(PAPERS, now_ms=4)), now_ms=6)
    both = msgspec.structs.replace(both, also=(other.id,))
    alone = sign_roster(both, COORDINATOR)
    for trusted in (one, other):
        assert refused(partial(verify_next, trusted, alone)) is Reason.BAD_SIGNATURE
        verify_next(trusted, signed_with(alone, OLD[1:]))


def test_the_coordinator_still_does_the_daily_work_alone() -> None:
    device = SECOND.roster.devices[1].id
    daily = take_out(PAPERS, device, cutoffs=(), now_ms=5, random=dice)
    verify_next(PAPERS.document, sign_roster(daily, COORDINATOR))


# --- acts, on real laptops


def with_papers(four: Four) -> list[tuple[str, bytes, str]]:
    made, grant = papers(), four.grant
    assert acts.alone(grant.store)
    done = make_papers(grant.store, made, now_ms=four.clock.later(), random=grant.dice.randbytes)
    assert done is None
    four.everybody_exchanges()
    return made


def sign(four: Four, laptop: Laptop, paper: tuple[str, bytes, str]) -> acts.Act | None:
    return acts.sign(
        laptop.store, paper[0], now_ms=four.clock.later(), random=laptop.dice.randbytes
    )


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
    with pytest.raises(NotAllowed, match="begin again"):
        acts.take_up(four.ann.store, raw, now_ms=1, random=four.ann.dice.randbytes)
    with pytest.raises(NotAllowed, match="Nothing waits"):
        sign(four, four.ann, made[1])


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
