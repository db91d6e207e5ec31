# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Targeting and support end separately; several spells of each are kept."""

from collections.abc import Callable
from datetime import date

import pytest

from desktop_app.casework.records import Record
from desktop_app.casework.targeting import (
    DEMAND,
    NOT_INCLUDED,
    SUPPLY,
    not_told,
    places,
    places_on,
    programme_words,
    support_on,
    support_words,
    targeting_words,
)

Make = Callable[..., Record]
ON = date(2026, 11, 23)


def test_removed_from_targeting_is_not_the_end_of_support(a_record: Make) -> None:
    held = [
        a_record("cohort", cohort=DEMAND, started_on="2026-01-01", ended_on="2026-11-01"),
        a_record("support", started_on="2026-01-05"),
    ]
    assert places_on(held, ON) == []
    assert support_on(held, ON) is not None
    assert targeting_words(held, ON) == ["Targeting ended on Sun 1 Nov."]
    assert support_words(held, ON) == ["Support goes on."]


def test_the_end_of_support_is_not_the_end_of_targeting(a_record: Make) -> None:
    held = [
        a_record("cohort", cohort=SUPPLY, started_on="2026-01-01", operation="Harvest"),
        a_record("support", started_on="2026-01-05", ended_on="2026-11-01"),
    ]
    assert [one.cohort for one in places_on(held, ON)] == [SUPPLY]
    assert support_on(held, ON) is None
    assert targeting_words(held, ON) == ["Enforcement list since Thu 1 Jan."]
    assert support_words(held, ON) == ["No spell of support runs today."]


def test_support_is_not_said_to_go_on_when_nobody_recorded_any(a_record: Make) -> None:
    held = [a_record("cohort", cohort=DEMAND, started_on="2026-01-01", ended_on="2026-11-01")]
    assert targeting_words(held, ON) == ["Targeting ended on Sun 1 Nov."]
    assert support_words(held, ON) == []


def test_somebody_may_come_back_and_every_spell_keeps_its_days(a_record: Make) -> None:
    held = [
        a_record("cohort", cohort=DEMAND, started_on="2026-09-01"),
        a_record("cohort", cohort=DEMAND, started_on="2025-01-01", ended_on="2025-06-01"),
        a_record("cohort", cohort=NOT_INCLUDED, started_on="2024-01-01", ended_on="2025-01-01"),
    ]
    assert [one.started_on and one.started_on.year for one in places(held, DEMAND)] == [2025, 2026]
    assert [one.cohort for one in places_on(held, date(2024, 5, 1))] == [NOT_INCLUDED]
    assert places_on(held, date(2025, 7, 1)) == []
    assert programme_words(held, ON) == "On programme 83 days"


@pytest.mark.parametrize("cohort", [SUPPLY, NOT_INCLUDED])
def test_only_the_outreach_programme_is_called_the_programme(cohort: str, a_record: Make) -> None:
    assert programme_words([a_record("cohort", cohort=cohort, started_on="2026-01-01")], ON) == ""


def test_who_was_never_told_is_known(a_record: Make) -> None:
    told = a_record("cohort", cohort=DEMAND, started_on="2026-01-01", told_on="2026-01-03")
    untold = a_record("cohort", cohort=DEMAND, started_on="2026-01-01")
    assert not_told([told], ON) == []
    assert len(not_told([untold], ON)) == 1


def test_a_spell_runs_from_its_first_day_up_to_and_without_its_last(a_record: Make) -> None:
    held = [a_record("support", started_on="2026-11-01", ended_on="2026-11-10")]
    days = [date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 9), date(2026, 11, 10)]
    assert [support_on(held, day) is not None for day in days] == [False, True, True, False]
