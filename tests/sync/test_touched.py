# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What an exchange touched: told apart up to a number, and everything beyond it."""

from sync.touched import EVERYTHING, MOST, with_more


def _ids(first: int, count: int) -> list[bytes]:
    return [number.to_bytes(16, "big") for number in range(first, first + count)]


def test_what_was_touched_is_told_apart() -> None:
    touched = with_more(with_more(frozenset(), [_ids(0, 2), _ids(1, 2)]), [_ids(7, 1)])
    assert touched == frozenset([*_ids(0, 3), *_ids(7, 1)])


def test_a_great_deal_is_everything_and_stays_it() -> None:
    few = with_more(frozenset(), [_ids(0, MOST)])
    assert few.isdisjoint(_ids(MOST, 1))
    much = with_more(few, [_ids(MOST, 1)])
    assert much is EVERYTHING
    assert with_more(much, [_ids(0, 1)]) is EVERYTHING
    assert not much.isdisjoint(_ids(10 * MOST, 1))
    assert b"anybody" in much
    assert much.isdisjoint([])
