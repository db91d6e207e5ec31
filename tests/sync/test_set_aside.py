# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is set aside is told as far as it goes; it comes in once its cause is cured: each reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage import ledger
from sync import bundle, checks
from sync.admission import rule
from sync.after_cutoff import late_work, take_in_late
from sync.forks import forks
from sync.outcome import Aside
from sync.reasons import Reason
from sync.set_aside import told
from sync.wire import LARGEST_FILE
from tests.hostile_share import HostileShare
from tests.sync.laptops import (
    DAY_MS,
    SHAH,
    Four,
    Laptop,
    boxes_that_can_be_made_again,
    join_team,
)
from tests.sync.test_after_cutoff import take_out
from tests.sync.test_odd_bundles import RECORD, visit, write
from tests.sync.test_rulings import forked

Case = tuple[Callable[[], None], Callable[[], bool]]
"""What cures it, and whether what it brought is then in the nurse's casebook."""


@pytest.fixture
def share(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    four.everybody_exchanges()
    return four.share


def reasons(laptop: Laptop) -> set[Reason]:
    return {one.reason for one in told(laptop.store) if one.settled}


def sent(laptop: Laptop, share: HostileShare) -> tuple[bytes, str]:
    before = set(share.of(".bundle"))
    made = laptop.save("visit", {"place": "home"})
    laptop.exchange(share)
    return made, min(set(share.of(".bundle")) - before)


def test_who_shares_is_told_of_it_once(four: Four, share: HostileShare) -> None:
    incomplete(four, share)
    said = [four.bell.exchange(share).words for _turn in range(3)]
    assert [one.count("1 file set aside.") for one in said] == [1, 0, 0]


def is_in(laptop: Laptop, record: bytes) -> Callable[[], bool]:
    return lambda: bool(laptop.answers(record))


def incomplete(four: Four, share: HostileShare) -> Case:
    made, path = sent(four.ann, share)
    whole = share.files[path]
    share.files[path] = whole[:-9]
    four.bell.exchange(share)  # a file gets a second chance before it is worth a word
    share.files[path] = whole[:-9]

    def healed() -> None:
        share.files[path] = whole

    return healed, is_in(four.bell, made)


def no_key(four: Four, share: HostileShare) -> Case:
    take_out(four, four.shah)
    four.grant.exchange(share)
    four.ann.exchange(share)
    made, _path = sent(four.ann, share)
    share.hidden.update(share.of("rosters/"), share.of("audiences/"))

    def key_comes() -> None:
        share.settle()

    return key_comes, is_in(four.bell, made)


def bad_signature(four: Four, share: HostileShare) -> Case:
    dice = four.ann.dice.getstate()

    def written(signing: bytes) -> str:
        with pytest.MonkeyPatch.context() as patch:
            boxes_that_can_be_made_again(patch)
            four.ann.dice.setstate(dice)
            return write(four.ann, share, signing=signing, ops=[visit(place="x")])

    wrong = written(four.shah.seat.me.signing)

    def right_one() -> None:
        assert written(four.ann.seat.me.signing) == wrong

    return right_one, is_in(four.bell, RECORD)


def unknown_laptop(four: Four, share: HostileShare) -> Case:
    known = set(share.of("rosters/"))
    eve = Laptop("Eve", four.ann.folder.parent / "eve", four.clock)
    join_team(four.grant, eve, share, SHAH)
    made, _path = sent(eve, share)
    share.hidden.update(set(share.of("rosters/")) - known)
    eve.close()

    def let_in() -> None:
        share.settle()

    return let_in, is_in(four.bell, made)


def after_cutoff(four: Four, share: HostileShare) -> Case:
    take_out(four, four.ann)
    four.grant.exchange(share)
    made = four.ann.save("visit", {"place": "late"})
    hidden = set(share.of("rosters/"))
    share.hidden.update(hidden)
    four.ann.exchange(share)
    share.settle()
    four.grant.exchange(share)

    def decided() -> None:
        (late,) = late_work(four.grant.store)
        take_in_late(
            four.grant.store,
            late.feed,
            late.upto,
            reason="Honest work",
            now_ms=four.clock.later(),
            random=four.grant.dice.randbytes,
        )
        four.grant.exchange(share)

    return decided, is_in(four.bell, made)


def gap(four: Four, share: HostileShare) -> Case:
    _first, path = sent(four.ann, share)
    made, _path = sent(four.ann, share)
    lost = share.drop(path)

    def turns_up() -> None:
        share.files[path] = lost

    return turns_up, is_in(four.bell, made)


def too_new(four: Four, share: HostileShare) -> Case:
    write(four.ann, share, v=2, ops=[visit(place="x")])
    patch = pytest.MonkeyPatch()

    def newer_tandem() -> None:
        patch.setattr(bundle, "VERSION", 2)

    def came() -> bool:
        patch.undo()
        return bool(four.bell.answers(RECORD))

    return newer_tandem, came


def too_large(four: Four, share: HostileShare) -> Case:
    made, path = sent(four.ann, share)
    whole = share.files[path]
    share.files[path] = whole + bytes(LARGEST_FILE)

    def put_right() -> None:
        share.files[path] = whole

    return put_right, is_in(four.bell, made)


def future(four: Four, share: HostileShare) -> Case:
    four.ann.skew_ms = 5 * DAY_MS
    made, _path = sent(four.ann, share)

    def day_passes() -> None:
        four.clock.later(DAY_MS)

    return day_passes, is_in(four.bell, made)


def damaged(four: Four, share: HostileShare) -> Case:
    """As if this Tandem could not make sense of the first bundle of a feed, and a later one can."""
    eve = Laptop("Eve", four.ann.folder.parent / "eve", four.clock)
    join_team(four.grant, eve, share, SHAH)
    made, _path = sent(eve, share)
    eve.close()
    patch = pytest.MonkeyPatch()
    patch.setattr(checks, "feed_id", lambda _team, _genesis: b"")

    def newer_tandem() -> None:
        patch.undo()

    return newer_tandem, is_in(four.bell, made)


CASES: dict[Reason, Callable[[Four, HostileShare], Case]] = {
    Reason.INCOMPLETE: incomplete,
    Reason.NO_KEY: no_key,
    Reason.BAD_SIGNATURE: bad_signature,
    Reason.UNKNOWN_LAPTOP: unknown_laptop,
    Reason.AFTER_CUTOFF: after_cutoff,
    Reason.GAP: gap,
    Reason.TOO_NEW: too_new,
    Reason.TOO_LARGE: too_large,
    Reason.FUTURE: future,
    Reason.DAMAGED: damaged,
}


@pytest.mark.parametrize("reason", CASES)
def test_it_is_tried_again_and_comes_in_once_its_cause_is_cured(
    four: Four, share: HostileShare, reason: Reason
) -> None:
    cure, came = CASES[reason](four, share)
    for _until_it_is_worth_a_word in range(2):
        four.bell.exchange(share)
    assert reason in reasons(four.bell)
    assert not came()
    kept = {one.path for one in told(four.bell.store)}
    four.bell.exchange(share)
    assert kept <= {one.path for one in told(four.bell.store)}  # tried, and not dropped
    cure()
    for _what_was_missing_then_what_waited in range(2):
        four.bell.exchange(share)
    assert came()
    assert reason not in reasons(four.bell)


def test_a_bundle_written_twice_comes_in_once_that_is_settled(
    four: Four, share: HostileShare, tmp_path: Path
) -> None:
    clone, one, other = forked(four, share, tmp_path)
    four.grant.exchange(share)
    assert Reason.FORK in reasons(four.grant)
    (fork,) = forks(four.grant.store)
    rule(
        four.grant.store,
        fork,
        keep=fork.one,
        now_ms=four.grant.now_ms,
        random=four.grant.dice.randbytes,
    )
    for _turn in range(2):
        clone.exchange(share)
        four.grant.exchange(share)
    assert four.grant.answers(one)
    assert four.grant.answers(other)
    assert not reasons(four.grant)
    clone.close()


def test_every_reason_for_a_file_is_cured_here() -> None:
    """What its author may not write is a change's reason, not a file's."""
    assert set(Reason) - CASES.keys() == {Reason.FORK, Reason.NO_PERMISSION}


def test_whose_it_is_is_said_only_when_it_is_signed(four: Four, share: HostileShare) -> None:
    four.ann.skew_ms = 5 * DAY_MS
    _made, sure = sent(four.ann, share)
    strange = f"{sure.rpartition('/')[0]}/0000000099-{'0' * 32}.bundle"
    share.files[strange] = b"TANDEM1\nnonsense"
    four.bell.exchange(share)
    held = {one.path: one for one in told(four.bell.store)}
    known, unknown = held[sure], held[strange]
    assert "from Ann Lowe on Ann's laptop" in known.which
    assert known.sealed_ms == four.ann.now_ms
    assert known.size == len(share.files[sure])
    assert "kept on this laptop" in known.is_safe
    assert "nobody in the team is known" in unknown.which
    assert (unknown.size, unknown.seq) == (0, 0)
    assert "left where it lies" in unknown.is_safe


def test_every_reason_says_what_to_do() -> None:
    said = [Aside("", one, 0, 0, 0, 0).to_do() for one in Reason]
    assert len(set(said)) == len(said)
    own = [Aside("", one, 0, 0, 0, 0).to_do(coordinates=True) for one in Reason]
    assert len(set(own)) == len(own)
    assert not [one for one in own if "coordinator" in one], "nobody is sent to themselves"


def test_the_bytes_of_what_was_taken_in_are_kept_as_they_came(
    four: Four, share: HostileShare
) -> None:
    _made, path = sent(four.ann, share)
    four.bell.exchange(share)
    held = ledger.bundles_of(four.bell.store, sorted(ledger.bundle_ids(four.bell.store)))
    assert share.files[path] in [one.raw for one in held]
