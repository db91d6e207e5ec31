# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The keepers' papers, and what no smaller number of them can do (TUF 5.3.4)."""

from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import recovery
from storage.errors import WrongRecovery
from sync import keepers
from sync.envelope import Signed
from sync.reasons import Reason, SetAside
from sync.roster import PURPOSE, by_root, verify_next
from sync.seals import signed_by
from sync.team import Chain, amend, sign_roster, take_out
from tests.sync.papers import NAMES, papers, signed_with
from tests.sync.teams import COORDINATOR, OFFICER, ROOT, SECOND, STRANGER, dice, refused

OLD, NEW = papers(), papers()
WITH_PAPERS = amend(
    SECOND,
    now_ms=3,
    root=tuple(public for _words, public, _name in OLD),
    threshold=2,
    keepers=NAMES,
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
    after = verify_next(PAPERS.document, sign_roster(daily, COORDINATOR))
    gone = after.device(device)
    assert gone is not None
    assert not gone.active
    assert len(after.team_keys) == len(WITH_PAPERS.team_keys) + 1
    assert (after.root, after.threshold) == (WITH_PAPERS.root, 2)
    for nobody in (STRANGER, OFFICER):
        refusing = partial(verify_next, PAPERS.document, sign_roster(daily, nobody))
        assert refused(refusing) is Reason.BAD_SIGNATURE
