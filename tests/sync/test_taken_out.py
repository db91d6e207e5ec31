# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which laptops are out of the team, whose and since when, as the signed lists say it."""

from pathlib import Path

from desktop_app.casework.people import Role
from sync.members import leave
from sync.taken_out import READ, Out, have_read, taken_out, unread
from sync.team import NewPerson
from tests.sync.laptops import DAY_MS, Four, Laptop, join_team
from tests.sync.test_after_cutoff import take_out
from tests.sync.test_rivals import doubt

LUND = NewPerson("K. Lund", "Outreach", frozenset({Role.KEY_WORKER}), frozenset({"partners"}))


def out_here(laptop: Laptop) -> list[Out]:
    return taken_out(laptop.store, laptop.seat)


def new_here(laptop: Laptop) -> list[str]:
    return [one.author.laptop for one in unread(laptop.store, laptop.seat)]


def read_it(laptop: Laptop) -> None:
    with laptop.store.transaction():
        have_read(laptop.store, laptop.seat)


def test_the_others_learn_whose_it_was_and_since_when(four: Four) -> None:
    four.everybody_exchanges()
    before = four.clock.now_ms
    take_out(four, four.shah)
    after = four.clock.now_ms
    four.clock.later(DAY_MS)
    assert out_here(four.ann) == []
    four.everybody_exchanges()
    for laptop in (four.ann, four.bell):
        (found,) = out_here(laptop)
        assert (found.author.person, found.author.laptop) == ("PC R. Shah", "Shah's laptop")
        assert before < found.at_ms <= after
        assert not found.left
        assert not found.by_me
        assert new_here(laptop) == ["Shah's laptop"]


def test_whoever_took_it_out_is_not_told_what_they_did(four: Four) -> None:
    take_out(four, four.shah)
    (found,) = out_here(four.grant)
    assert found.by_me
    assert new_here(four.grant) == []


def test_it_is_told_once_and_stays_to_be_read(four: Four) -> None:
    take_out(four, four.shah)
    four.everybody_exchanges()
    read_it(four.ann)
    assert new_here(four.ann) == []
    assert len(out_here(four.ann)) == 1
    take_out(four, four.bell)
    four.everybody_exchanges()
    assert new_here(four.ann) == ["Bell's laptop"]
    assert [one.author.laptop for one in out_here(four.ann)] == ["Bell's laptop", "Shah's laptop"]


def test_that_it_was_told_is_all_that_is_kept(four: Four) -> None:
    """Without the mark everything is told anew: what is said comes from the lists."""
    take_out(four, four.shah)
    four.everybody_exchanges()
    read_it(four.ann)
    with four.ann.store.transaction():
        four.ann.store.put(READ, None)
    assert new_here(four.ann) == ["Shah's laptop"]


def test_whoever_joins_later_is_not_told_a_day_nobody_here_knows(
    four: Four, tmp_path: Path
) -> None:
    take_out(four, four.shah)
    four.everybody_exchanges()
    lund = Laptop("Lund", tmp_path / "lund", four.clock)
    join_team(four.grant, lund, four.share, LUND)
    (found,) = out_here(lund)
    assert (found.author.laptop, found.at_ms) == ("Shah's laptop", 0)
    assert new_here(lund) == []
    lund.close()


def test_that_somebody_left_altogether_is_told_apart(four: Four) -> None:
    four.everybody_exchanges()
    person, random = four.bell.seat.person, four.grant.dice.randbytes
    leave(four.grant.store, person, now_ms=four.clock.later(), random=random)
    four.everybody_exchanges()
    assert [one.left for one in out_here(four.ann)] == [True]


def test_while_two_lists_are_in_doubt_no_day_is_made_up(four: Four) -> None:
    doubt(four)
    four.ann.exchange(four.share)
    (found,) = out_here(four.ann)
    assert found.author.laptop == "Bell's laptop"
    assert found.at_ms in (0, four.ann.seat.roster.ts)
