# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whom heightened attention falls on: small numbers hidden, and nothing said that chance may do."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.disproportion import FEW, compared, groups_of, hidden, interval
from desktop_app.casework.due import CaseFile
from desktop_app.casework.people import Team
from tests.unit.signing import DAY, Make, Signing

NAMES = {"a": "A", "b": "B", "c": "C", "": "Not known"}


def told(**many: tuple[int, int]) -> list[tuple[str, bool]]:
    """Return so many people of each group, of whom so many with heightened attention."""
    return [
        ("" if code == "unknown" else code, at < bad)
        for code, (n, bad) in many.items()
        for at in range(n)
    ]


def test_a_difference_is_told_with_its_interval_and_says_nothing_of_why() -> None:
    a, b = groups_of(told(a=(200, 100), b=(200, 30)), NAMES)
    assert a.share == "100 of 200 (50%)"
    assert a.ratio == pytest.approx(3.33, abs=0.01)
    assert a.low > 1
    assert "more than chance alone would do. It does not say why." in a.says
    assert b.ratio == pytest.approx(0.3)
    assert "more than chance" in b.says


def test_what_chance_may_do_is_said_to_be_so() -> None:
    a, _b = groups_of(told(a=(20, 9), b=(30, 7)), NAMES)
    assert a.ratio is not None
    assert a.low < 1 < (a.high or 99)
    assert a.says.endswith("cannot be told from chance with so few people.")


def test_few_are_not_shown_and_not_compared() -> None:
    a, b = groups_of(told(a=(20, 4), b=(30, 12)), NAMES)
    assert (a.pressed, b.pressed) == (None, None), "one of two would be told by the total"
    assert (a.people, b.people) == (20, 30)
    assert a.says == b.says == "Too few to compare."
    assert a.share == "not shown, of 20"
    (small, large) = groups_of(told(a=(4, 2), b=(30, 12)), NAMES)
    assert (small.people, large.people) == (None, None)
    assert small.share == "hidden: too few"


def test_a_group_of_whom_nearly_all_were_pressed_is_hidden_too() -> None:
    a, _b, c = groups_of(told(a=(12, 10), b=(40, 20), c=(60, 6)), NAMES)
    assert a.pressed is None
    assert c.pressed is None, "else the total would tell it"


def test_who_did_not_say_is_counted_and_not_compared() -> None:
    *_others, unsaid = groups_of(told(a=(20, 9), b=(30, 12), unknown=(20, 8)), NAMES)
    assert (unsaid.share, unsaid.says) == ("8 of 20 (40%)", "Did not say: not compared.")


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=5))
def test_no_hidden_count_follows_from_what_is_shown(some: list[tuple[int, int]]) -> None:
    """Whoever knows the sum is left with more than one way the hidden ones may be."""
    of = {str(at): bad + good for at, (bad, good) in enumerate(some)}
    counts = {str(at): bad for at, (bad, _good) in enumerate(some)}
    for each, whole in ((counts, of), (of, of)):
        out = hidden(each, whole)
        assert all(n >= FEW for one, n in each.items() if one not in out)
        if whole is not each:
            assert all(of[one] - n >= FEW for one, n in each.items() if one not in out)
        if out and out != set(each):
            assert len(out) > 1
            assert sum(each[one] for one in out) >= FEW


def test_the_interval_holds_what_is_true_at_least_as_often_as_it_says() -> None:
    """Every outcome of two groups of ten, weighed by how likely it is: the true ratio is one."""
    from math import comb  # noqa: PLC0415

    n, p, missed = 10, 0.4, 0.0
    for bad, others in product(range(n + 1), repeat=2):
        if bad + others == 0:
            continue
        low, high = interval(bad, n, others, n)
        likely = comb(n, bad) * comb(n, others) * p ** (bad + others)
        likely *= (1 - p) ** (2 * n - bad - others)
        missed += likely if low > 1 or (high is not None and high < 1) else 0
    assert missed < 0.01


def test_only_people_on_the_programme_count_and_each_once(a_record: Make, team: Team) -> None:
    since, until = date(2026, 1, 1), DAY

    def person(gender: str, *, on: bool = True, turned: int = 0) -> CaseFile:
        pen = Signing(a_record, team)
        client = pen.add("client", gender=gender, born="1990-02-01", language="en")
        if on:
            pen.add("cohort", cohort="demand_side", started_on="2026-02-01")
        pen.arrest()
        for _time in range(turned):
            pen.agree(pen.ask("heightened"))
        return CaseFile(client, tuple(pen.held))

    files = [person("woman", turned=2) for _one in range(6)]
    files += [person("woman") for _one in range(6)]
    files += [person("man", turned=1) for _one in range(7)]
    files += [person("man") for _one in range(9)]
    files.append(person("man", on=False, turned=1))
    gender, age, tongue = compared(files, team, since, until, day=DAY)
    shares = [(one.words, one.share) for one in gender.groups]
    assert shares == [("Woman", "6 of 12 (50%)"), ("Man", "7 of 16 (44%)")]
    assert [one.words for one in age.groups] == ["25 to 39"]
    assert [one.words for one in tongue.groups] == ["English"]
    before = compared(files, team, since, date(2026, 1, 31), day=DAY)
    assert all(one.groups == () for one in before)
