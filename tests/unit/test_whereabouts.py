# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where a client is, when they come out, and that none of it ends anything."""

from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest

from desktop_app.casework.assignments import KEY_WORKER, worker_on
from desktop_app.casework.records import Record
from desktop_app.casework.targeting import DEMAND, places_on, support_on
from desktop_app.casework.whereabouts import (
    custody_spells,
    days_in_custody,
    days_to_release,
    has_died,
    release_words,
    setting_on,
    since_words,
    spells,
)

Make = Callable[..., Record]
ON = date(2026, 11, 23)


@pytest.fixture
def moves(a_record: Make) -> list[Record]:
    return [
        a_record("setting", setting="community", from_on="2026-08-01"),
        a_record("setting", setting="police_custody", from_on="2026-11-16"),
        a_record(
            "setting",
            setting="remand",
            place_prison="zz_eastmoor",
            from_on="2026-11-17",
            expected_release_on="2026-11-27",
            release_certainty="confirmed",
        ),
    ]


def test_a_setting_lasts_until_the_next_begins(moves: list[Record]) -> None:
    told = [setting_on(moves, date(2026, *day)) for day in ((7, 31), (8, 1), (11, 16), (12, 31))]
    codes = [one.setting if one else "" for one in told]
    assert codes == ["", "community", "police_custody", "remand"]


def test_where_nothing_is_recorded_nobody_is_taken_to_be_at_home() -> None:
    assert setting_on([], ON) is None
    assert days_to_release(None, ON) is None


def test_the_order_of_arrival_does_not_matter(moves: list[Record]) -> None:
    found = {tuple((one.from_on, one.until_on) for one in spells(p)) for p in permutations(moves)}
    assert len(found) == 1


def test_of_two_settings_of_one_day_the_later_made_counts(a_record: Make) -> None:
    first = a_record("setting", setting="hospital", from_on="2026-11-01")
    second = a_record("setting", setting="community", from_on="2026-11-01")
    for records in ([first, second], [second, first]):
        found = setting_on(records, ON)
        assert found is not None
        assert found.setting == "community"
        assert [one.setting.setting for one in spells(records)] == ["community"]


def test_custody_joins_up_from_cell_to_prison(moves: list[Record]) -> None:
    (spell,) = custody_spells(moves)
    assert (spell.from_on, spell.until_on) == (date(2026, 11, 16), None)
    assert days_in_custody(moves, date(2026, 11, 1), ON) == 7
    assert days_in_custody(moves, date(2026, 8, 1), date(2026, 11, 1)) == 0
    assert days_in_custody(moves, date(2026, 11, 20), date(2026, 11, 21)) == 1
    assert spell.days(ON) == 7


def test_the_chip_says_where(moves: list[Record], a_record: Make) -> None:
    found = setting_on(moves, ON)
    assert found is not None
    assert found.words == "In custody: HMP Eastmoor"
    assert since_words(found, ON) == "for 6 days"
    rehab = setting_on(
        [a_record("setting", setting="rehab", place_rehab="Saltings House", from_on="2026-11-01")],
        ON,
    )
    home = setting_on([a_record("setting", setting="community", from_on="2026-11-01")], ON)
    assert rehab is not None
    assert home is not None
    assert (rehab.words, home.words) == (
        "In residential rehab: Saltings House",
        "In the community",
    )


def test_another_prison_is_named_by_what_was_typed(a_record: Make) -> None:
    found = setting_on(
        [
            a_record(
                "setting",
                setting="remand",
                place_prison="other",
                place="HMP Far Away",
                from_on="2026-11-01",
            )
        ],
        ON,
    )
    assert found is not None
    assert found.where == "HMP Far Away"


def test_days_to_release_count_down_and_go_below_nought(moves: list[Record]) -> None:
    found = setting_on(moves, ON)
    assert days_to_release(found, ON) == 4
    assert days_to_release(found, date(2026, 11, 30)) == -3


@pytest.mark.parametrize(
    ("certainty", "words"),
    [
        ("confirmed", "out on Fri 27 Nov"),
        ("likely", "likely out on Fri 27 Nov"),
        ("guess", "perhaps out on Fri 27 Nov, which is a guess"),
        ("", "expected out on Fri 27 Nov"),
    ],
)
def test_a_day_of_release_is_said_as_surely_as_it_is_known(
    certainty: str, words: str, a_record: Make
) -> None:
    setting = a_record(
        "setting",
        setting="sentenced",
        from_on="2026-01-01",
        expected_release_on="2026-11-27",
        release_certainty=certainty,
    )
    found = setting_on([setting], ON)
    assert found is not None
    assert release_words(found, ON) == words


def test_nobody_comes_out_of_the_community(a_record: Make) -> None:
    home = a_record(
        "setting", setting="community", from_on="2026-01-01", expected_release_on="2026-11-27"
    )
    assert days_to_release(setting_on([home], ON), ON) is None


@pytest.mark.parametrize("code", ["police_custody", "remand", "sentenced", "recall", "rehab"])
def test_no_setting_ends_support_targeting_or_the_key_worker(code: str, a_record: Make) -> None:
    before = [
        a_record("assignment", duty="key_worker", worker="a" * 16, from_on="2026-08-01"),
        a_record("support", started_on="2026-08-01"),
        a_record("cohort", cohort=DEMAND, started_on="2026-08-01"),
    ]
    after = [*before, a_record("setting", setting=code, from_on="2026-11-01")]
    assert worker_on(after, KEY_WORKER, ON) == "a" * 16
    assert support_on(after, ON) is not None
    assert len(places_on(after, ON)) == 1


def test_death_is_known_and_only_from_its_day(a_record: Make) -> None:
    died = [a_record("setting", setting="deceased", from_on="2026-11-20")]
    assert has_died(died, ON)
    assert not has_died(died, date(2026, 11, 19))


def test_without_a_day_of_release_that_is_said(a_record: Make) -> None:
    inside = setting_on([a_record("setting", setting="remand", from_on="2026-11-01")], ON)
    assert inside is not None
    assert release_words(inside, ON) == "no day of release is known"
    assert days_to_release(inside, ON) is None
