# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Bundles are taken in once everything their author had seen is here, however they come."""

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from sync.bundle import Opened
from sync.order import Head, Need, Order, Staged, by_feed_cutoffs, by_feed_waivers
from sync.roster import Cutoff, Waiver
from sync.wire import Header, Seen, feed_number

ANN, BOB, CAT = b"a" * 16, b"b" * 16, b"c" * 16
NUMBERS = {feed: feed_number(feed) for feed in (ANN, BOB, CAT)}


def name(feed: bytes, seq: int, branch: bytes = b"") -> bytes:
    return (feed[:1] + bytes([seq]) + branch).ljust(32, b".")


def bundle(
    feed: bytes,
    seq: int,
    *seen: tuple[bytes, int],
    branch: bytes = b"",
    after: bytes | None = None,
) -> Staged:
    if after is None:
        after = name(feed, seq - 1) if seq > 1 else bytes(32)
    saw = [Seen(other, last, name(other, last)[:16]) for other, last in seen]
    header = Header(1, 1, b"t" * 16, feed, seq, after, None, 1, 1, 1, 0, 0, saw, [])
    opened = Opened(name(feed, seq, branch), header, b"", b"", ())
    return Staged(f"{feed[:1].decode()}{seq}", b"", opened, b"", "", NUMBERS[feed])


def taken(order: Order, *offered: Staged) -> list[str]:
    for one in offered:
        order.offer(one)
    return [one.path for one in order.due()]


def test_a_feed_is_taken_in_by_its_numbers() -> None:
    order = Order({})
    assert taken(order, bundle(ANN, 3), bundle(ANN, 1), bundle(ANN, 2)) == ["a1", "a2", "a3"]
    assert order.heads == {NUMBERS[ANN]: Head(3, name(ANN, 3))}


def test_nothing_comes_before_what_its_author_had_seen() -> None:
    order = Order({})
    assert taken(order, bundle(ANN, 1, (BOB, 2)), bundle(BOB, 2), bundle(BOB, 1)) == [
        "b1",
        "b2",
        "a1",
    ]


def test_a_gap_waits_and_stops_nobody_else() -> None:
    order = Order({})
    assert taken(order, bundle(ANN, 2), bundle(BOB, 1), bundle(CAT, 1, (ANN, 1))) == ["b1"]
    assert [(one.path, needs) for one, needs in order.waiting()] == [
        ("a2", [Need(NUMBERS[ANN], 1)]),
        ("c1", [Need(NUMBERS[ANN], 1)]),
    ]
    assert taken(order, bundle(ANN, 1)) == ["a1", "a2", "c1"]


def test_the_same_bundle_twice_is_once() -> None:
    order = Order({})
    assert taken(order, bundle(ANN, 1), bundle(ANN, 1)) == ["a1"]
    assert order.forks == []


def test_what_was_waived_is_not_waited_for() -> None:
    waivers = by_feed_waivers([Waiver(ANN, 4, 5), Waiver(ANN, 2, 3)])
    order = Order({}, waivers=waivers)
    assert taken(order, bundle(ANN, 1), bundle(ANN, 6), bundle(BOB, 1, (ANN, 3))) == [
        "a1",
        "a6",
        "b1",
    ]
    assert Order({}, waivers=waivers).reach(NUMBERS[ANN]) == 0


def test_what_was_waived_and_turned_up_is_waited_for_again() -> None:
    waivers = by_feed_waivers([Waiver(ANN, 2, 4)])
    order = Order({}, waivers=waivers, turned_up={(NUMBERS[ANN], 3), (NUMBERS[ANN], 5)})
    assert taken(order, bundle(ANN, 1), bundle(ANN, 5), bundle(BOB, 1, (ANN, 3))) == ["a1"]
    assert order.reach(NUMBERS[ANN]) == 2
    assert taken(order, bundle(ANN, 3)) == ["a3", "a5", "b1"]


def test_what_was_cut_off_is_not_waited_for() -> None:
    cutoffs = by_feed_cutoffs([Cutoff(ANN, 3), Cutoff(ANN, 1)])
    order = Order({}, cutoffs=cutoffs)
    assert taken(order, bundle(BOB, 1, (ANN, 2))) == ["b1"]
    assert taken(order, bundle(BOB, 2, (ANN, 1))) == []


def test_two_bundles_of_one_number_freeze_their_feed_and_no_other() -> None:
    order = Order({})
    rival = bundle(ANN, 2, branch=b"x")
    offered = (bundle(ANN, 1), bundle(ANN, 2), rival, bundle(ANN, 3), bundle(BOB, 1))
    assert taken(order, *offered) == ["a1", "b1"]
    assert order.forks == [rival]
    assert order.frozen == {NUMBERS[ANN]: 2}


def test_a_bundle_that_goes_on_from_another_is_a_fork() -> None:
    order = Order({})
    assert taken(order, bundle(ANN, 1)) == ["a1"]
    stray = bundle(ANN, 2, after=name(ANN, 1, b"x"))
    assert taken(order, stray, bundle(ANN, 3)) == []
    assert [one.path for one in order.forks] == ["a2", "a3"]
    assert order.frozen == {NUMBERS[ANN]: 2}


def whole_story(seed: int) -> Sequence[Staged]:
    """Three laptops that write and see each other, as it may really have happened."""
    dice = random.Random(seed)  # noqa: S311  the same on every run
    heads: dict[bytes, int] = {}
    known: dict[bytes, dict[bytes, int]] = {ANN: {}, BOB: {}, CAT: {}}
    story = []
    for _ in range(20):
        feed = dice.choice([ANN, BOB, CAT])
        seen = {other: seq for other, seq in heads.items() if other != feed and dice.random() < 0.5}
        known[feed].update({o: s for o, s in seen.items() if s > known[feed].get(o, 0)})
        heads[feed] = heads.get(feed, 0) + 1
        story.append(bundle(feed, heads[feed], *known[feed].items()))
    return story


@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_in_whatever_order_they_come_all_are_taken_in_and_none_too_early(
    seed: int, dice: random.Random
) -> None:
    story = list(whole_story(seed))
    shuffled = list(story)
    dice.shuffle(shuffled)
    order, here = Order({}), dict[int, int]()
    count = 0
    for one in shuffled:
        order.offer(one)
        for due in order.due():
            count += 1
            assert here.get(due.number, 0) == due.header.seq - 1
            assert all(here.get(feed_number(s.feed), 0) >= s.seq for s in due.header.seen)
            here[due.number] = due.header.seq
    assert count == len(story)
    assert order.waiting() == []
