# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A clock that was once ten years ahead: what is due after a day is due, and said, all the same."""

from desktop_app.casework.elapsed import elapsed
from sync.receipts import last_heard, receipts, silence
from tests.sync.laptops import DAY_MS, START_MS, Four
from ui.upkeep_state import Known, State

TEN_YEARS_MS = 3_653 * DAY_MS


def test_what_lies_far_ahead_was_never_and_a_little_ahead_just_now() -> None:
    assert elapsed(START_MS, START_MS + DAY_MS) == DAY_MS
    assert elapsed(START_MS + DAY_MS + 1, START_MS) == elapsed(0, START_MS) == START_MS
    assert elapsed(START_MS + DAY_MS, START_MS) == 0


def test_a_backup_made_by_a_clock_that_was_ahead_is_overdue_once_that_is_right() -> None:
    known = Known(last_ms=START_MS + TEN_YEARS_MS, since_ms=START_MS - 9 * DAY_MS)
    assert State(known, newer=True).overdue(START_MS)
    assert not State(Known(last_ms=START_MS - 1), newer=True).overdue(START_MS)


def test_whose_clock_was_ahead_still_says_what_they_have_and_is_missed_when_silent(
    four: Four,
) -> None:
    grant, ann = four.grant, four.ann
    grant.skew_ms = TEN_YEARS_MS
    grant.save("visit", {"place": "home"})
    grant.exchange(four.share)
    grant.skew_ms = 0
    for _day in range(2):  # what is dated so far ahead is held for a day
        four.clock.later(DAY_MS)
        ann.exchange(four.share)
    visit = ann.save("visit", {"place": "street"})
    ann.exchange(four.share)
    grant.exchange(four.share)
    assert grant.answers(visit)
    ann.exchange(four.share)
    assert "A. Grant" in {one.person for one in receipts(ann.store)[0].have}
    heard = last_heard(ann.store, now_ms=ann.now_ms)[grant.seat.me.device]
    assert ann.now_ms - DAY_MS <= heard <= ann.now_ms
    four.clock.later(20 * DAY_MS)
    (said,) = silence(ann.store, ann.seat, now_ms=ann.now_ms)
    assert "20 days" in said
