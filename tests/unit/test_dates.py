# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Dates are read as people type them, and said back so that a slip is seen."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework import dates
from desktop_app.casework.dates import Lean, Moment, NotADate, read_date, read_moment, read_partial

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, 4)  # noqa: DTZ001  local time, as answers are stored
ANY_DAY = st.dates(date(1900, 1, 1), date(2100, 12, 31))
ANY_TODAY = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14 3 89", "1989-03-14"),
        ("14/3/1989", "1989-03-14"),
        ("14.3.89", "1989-03-14"),
        ("14-03-1989", "1989-03-14"),
        ("1989-03-14", "1989-03-14"),
        ("140389", "1989-03-14"),
        ("14031989", "1989-03-14"),
        ("19890314", "1989-03-14"),
        ("14 mar 89", "1989-03-14"),
        ("14mar89", "1989-03-14"),
        ("14th of March 1989", "1989-03-14"),
        ("March 14, 1989", "1989-03-14"),
        ("Tue 14 Mar 1989", "1989-03-14"),
        ("\uff11\uff14 3 89", "1989-03-14"),
        ("1 2 26", "2026-02-01"),
        ("25 12 26", "2026-12-25"),
        ("1 1 27", "1927-01-01"),
        ("today", "2026-11-23"),
        (" Yesterday ", "2026-11-22"),
        ("tomorrow", "2026-11-24"),
        ("-3d", "2026-11-20"),
        ("\u22123d", "2026-11-20"),
        ("-3", "2026-11-20"),
        ("+2w", "2026-12-07"),
        ("-1m", "2026-10-23"),
        ("-1y", "2025-11-23"),
        ("3 days ago", "2026-11-20"),
        ("a week ago", "2026-11-16"),
        ("in 2 weeks", "2026-12-07"),
        ("thu", "2026-11-19"),
        ("mon", "2026-11-16"),
        ("last thursday", "2026-11-19"),
        ("next thu", "2026-11-26"),
        ("thu 19 nov", "2026-11-19"),
        ("thu 12", "2026-11-12"),
        ("14 3", "2026-03-14"),
        ("24 nov", "2025-11-24"),
        ("23", "2026-11-23"),
        ("30", "2026-10-30"),
        ("29 2", "2024-02-29"),
    ],
)
def test_what_happened_is_read_towards_the_past(typed: str, meant: str) -> None:
    assert read_date(typed, MONDAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thu", "2026-11-26"),
        ("mon", "2026-11-30"),
        ("next mon", "2026-11-30"),
        ("last fri", "2026-11-20"),
        ("14 3", "2027-03-14"),
        ("24 nov", "2026-11-24"),
        ("23 nov", "2026-11-23"),
        ("22", "2026-12-22"),
        ("29 feb", "2028-02-29"),
        ("1 1 27", "2027-01-01"),
        ("thu 10", "2026-12-10"),
        ("wed 25 nov", "2026-11-25"),
    ],
)
def test_what_is_planned_is_read_towards_the_future(typed: str, meant: str) -> None:
    assert read_date(typed, MONDAY, lean=Lean.FUTURE) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    "typed",
    [
        "31 2 2026",
        "13 13 2026",
        "wed 26 nov 2026",
        "soon",
        "14 3 198",
        "1 2 3 4",
        "0",
        "32",
        "1 1 1800",
        "1 1 2101",
        "-9999y",
        "29 2 2026",
        "fri 31 4",
        "14 3 89 or so",
        "---",
        "\u0661\u0664 x",
    ],
)
def test_what_is_no_date_is_said_to_be_none_in_one_calm_sentence(typed: str) -> None:
    with pytest.raises(NotADate, match=r"^Type a day such as .*\.$"):
        read_date(typed, MONDAY)


def test_nothing_typed_is_no_date_and_no_mistake() -> None:
    assert read_date("  ", MONDAY) is None
    assert read_moment("", NOW) is None
    assert read_partial("", MONDAY) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("now", "2026-11-23T15:04"),
        ("thu 10", "2026-11-26T10:00"),
        ("thu 10:30", "2026-11-26T10:30"),
        ("thu 10.30", "2026-11-26T10:30"),
        ("thu at 1030", "2026-11-26T10:30"),
        ("thu 3pm", "2026-11-26T15:00"),
        ("thu 3:15 pm", "2026-11-26T15:15"),
        ("thu noon", "2026-11-26T12:00"),
        ("today 12am", "2026-11-23T00:00"),
        ("15:04", "2026-11-23T15:04"),
        ("9.30", "2026-11-23T09:30"),
        ("9am", "2026-11-23T09:00"),
        ("tomorrow 9.30", "2026-11-24T09:30"),
        ("+3d 10", "2026-11-26T10:00"),
        ("26 nov 10", "2026-11-26T10:00"),
        ("26 nov 2026 10:00", "2026-11-26T10:00"),
        ("26/11/26 10:00", "2026-11-26T10:00"),
        ("2026-11-26T10:00", "2026-11-26T10:00"),
        ("Thu 26 Nov, 10:00", "2026-11-26T10:00"),
        ("26 nov", "2026-11-26"),
        ("26 nov 2026", "2026-11-26"),
        ("26 nov 27", "2027-11-26"),
        ("26.11.26", "2026-11-26"),
        ("26 11 26", "2026-11-26"),
        ("14 3 10", "2010-03-14"),
        ("thu", "2026-11-26"),
        ("thu 26", "2026-11-26"),
    ],
)
def test_a_day_and_a_time_are_read_together(typed: str, meant: str) -> None:
    found = read_moment(typed, NOW, lean=Lean.FUTURE)
    assert found is not None
    assert found.iso == meant


def test_a_bare_number_is_a_day_of_the_month_and_never_an_hour() -> None:
    assert read_moment("10", NOW) == Moment(date(2026, 11, 10))


@pytest.mark.parametrize("typed", ["thu 25:00", "tea time", "thu 10:75", "13pm", "10 at"])
def test_a_time_that_cannot_be_is_not_guessed(typed: str) -> None:
    with pytest.raises(NotADate, match="such as thu 10:30"):
        read_moment(typed, NOW)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14 3 89", "1989-03-14"),
        ("14 March 1989", "1989-03-14"),
        ("140389", "1989-03-14"),
        ("14031989", "1989-03-14"),
        ("19890314", "1989-03-14"),
        ("about 140389", "1989-03-14~"),
        ("mar 1989", "1989-03"),
        ("3/1989", "1989-03"),
        ("3 89", "1989-03"),
        ("1989-03", "1989-03"),
        ("1989", "1989"),
        ("89", "1989"),
        ("about 1989", "1989~"),
        ("c. 1989", "1989~"),
        ("~1989", "1989~"),
        ("1989~", "1989~"),
        ("approx mar 1989", "1989-03~"),
        ("about 14 3 89", "1989-03-14~"),
        ("37y", "1989~"),
        ("aged 37", "1989~"),
        ("about 37 years old", "1989~"),
        ("not known", ""),
        ("Unknown", ""),
    ],
)
def test_a_date_of_birth_may_be_remembered_in_part(typed: str, meant: str) -> None:
    assert read_partial(typed, MONDAY) == meant


@pytest.mark.parametrize(
    "typed", ["14 3", "yesterday", "thu", "13 1989", "1700", "31 2 89", "310289", "12"]
)
def test_a_date_of_birth_needs_its_year(typed: str) -> None:
    with pytest.raises(NotADate, match="or a year"):
        read_partial(typed, MONDAY)


@given(ANY_DAY, ANY_TODAY, st.sampled_from(Lean))
def test_a_whole_date_is_read_whatever_stands_between(day: date, today: date, lean: Lean) -> None:
    for pattern in (
        "%d %m %Y",
        "%d/%m/%Y",
        "%Y-%m-%d",
        "%d%m%Y",
        "%d %B %Y",
        "%b %d %Y",
        "%d.%m.%Y",
    ):
        assert read_date(day.strftime(pattern), today, lean=lean) == day, pattern
    assert read_partial(day.strftime("%d %m %Y"), today) == day.isoformat()


@given(ANY_DAY, ANY_TODAY)
def test_what_is_said_back_is_understood_the_same(day: date, today: date) -> None:
    assert read_date(dates.say_date(day.isoformat()), today) == day
    assert read_date(dates.say_long(day.isoformat()), today) == day
    assert read_partial(dates.say_partial(day.isoformat()), today) == day.isoformat()
    assert read_partial(dates.say_partial(f"{day:%Y-%m}~"), today) == f"{day:%Y-%m}~"
    assert read_partial(dates.say_partial(f"{day:%Y}~"), today) == f"{day:%Y}~"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)), ANY_TODAY)  # noqa: DTZ001
def test_a_moment_said_back_is_understood_the_same(moment: datetime, today: date) -> None:
    iso = moment.isoformat(timespec="minutes")
    now = datetime.combine(today, time(12))
    found = read_moment(f"{dates.say_date(iso)}, {moment:%H:%M}", now)
    assert found is not None
    assert found.iso == iso
    assert read_moment(iso, now) == found


@given(ANY_TODAY, st.integers(0, 99), st.integers(1, 12), st.integers(1, 28))
def test_two_figures_of_a_year_never_reach_a_year_to_come_when_looking_back(
    today: date, year: int, month: int, day: int
) -> None:
    found = read_date(f"{day} {month} {year:02d}", today)
    assert found is not None
    assert today.year - 100 < found.year <= today.year
    assert found.year % 100 == year


@given(ANY_TODAY, st.integers(1, 12), st.integers(1, 28), st.sampled_from(Lean))
def test_a_day_without_its_year_is_the_nearest_on_the_side_asked_for(
    today: date, month: int, day: int, lean: Lean
) -> None:
    found = read_date(f"{day} {month}", today, lean=lean)
    assert found is not None
    away = (found - today).days
    assert 0 <= (away if lean is Lean.FUTURE else -away) <= 366
    assert (found.day, found.month) == (day, month)


@given(ANY_TODAY, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_never_today(today: date, name: str) -> None:
    past, future = read_date(name, today), read_date(name, today, lean=Lean.FUTURE)
    assert past is not None
    assert future is not None
    assert 1 <= (today - past).days <= 7
    assert 1 <= (future - today).days <= 7


@given(ANY_TODAY, st.integers(0, 999))
def test_days_are_counted_from_today(today: date, count: int) -> None:
    assert read_date(f"-{count}d", today) == today - timedelta(days=count)
    assert read_date(f"+{count}", today) == today + timedelta(days=count)


@given(st.text(max_size=30), ANY_TODAY, st.sampled_from(Lean))
def test_whatever_is_typed_is_a_date_of_our_time_or_nothing_or_one_sentence(
    typed: str, today: date, lean: Lean
) -> None:
    now = datetime.combine(today, time(12))
    for read in (
        lambda: read_date(typed, today, lean=lean),
        lambda: getattr(read_moment(typed, now, lean=lean), "day", None),
    ):
        try:
            found = read()
        except NotADate:
            continue
        assert found is None or 1900 <= found.year <= 2100


_NEAR_DATES = st.lists(
    st.sampled_from(
        [
            *"0123456789 /-.:~+",
            "mar",
            "mon",
            "thu",
            "next ",
            "about ",
            "2026",
            "pm",
            " at ",
            "today",
        ]
    ),
    max_size=12,
).map("".join)


@given(_NEAR_DATES, ANY_TODAY)
def test_what_almost_looks_like_a_date_makes_nothing_fail(typed: str, today: date) -> None:
    now = datetime.combine(today, time(12))
    for read in (
        lambda: read_date(typed, today),
        lambda: read_moment(typed, now),
        lambda: read_partial(typed, today),
    ):
        try:
            found = read()
        except NotADate:
            continue
        assert found is None or isinstance(found, (date, Moment, str))


@given(st.text(max_size=16), ANY_TODAY)
def test_no_stored_answer_makes_saying_it_fail(stored: str, today: date) -> None:
    for say in (dates.say_date, dates.say_long, dates.say_partial, dates.say_month):
        assert isinstance(say(stored), str)
    assert isinstance(dates.say_short(stored, today), str)
    assert isinstance(dates.say_moment(stored, today), str)
    assert isinstance(dates.say_born(stored, today), str)


def test_dates_are_said_with_the_month_in_letters() -> None:
    assert dates.say_date("1989-03-14") == "Tue 14 Mar 1989"
    assert dates.say_short("2026-11-05", MONDAY) == "Thu 5 Nov"
    assert dates.say_short("2025-11-05", MONDAY) == "Wed 5 Nov 2025"
    assert dates.say_moment("2026-11-26T10:00", MONDAY) == "Thu 26 Nov, 10:00"
    assert dates.say_moment("2026-11-26", MONDAY) == "Thu 26 Nov"
    assert dates.say_whole("2026-11-26T10:00") == "Thu 26 Nov 2026, 10:00"
    assert dates.say_whole("2026-11-26") == "Thu 26 Nov 2026"
    assert dates.say_month("2026-11-26") == "November 2026"
    assert dates.say_partial("1989~") == "about 1989"
    assert dates.say_partial("") == "Not known"


def test_how_far_a_day_is_stands_in_words() -> None:
    said = [dates.say_days(MONDAY + timedelta(days=n), MONDAY) for n in (-2, -1, 0, 1, 2)]
    assert said == ["2 days ago", "yesterday", "today", "tomorrow", "in 2 days"]


def test_age_counts_birthdays() -> None:
    assert dates.age("1989-11-23", MONDAY) == 37
    assert dates.age("1989-11-24", MONDAY) == 36
    assert dates.age("", MONDAY) is None
    assert dates.age("2030-01-01", MONDAY) is None
    assert dates.say_born("1989-03-14", MONDAY) == "14 Mar 1989 (37y)"
    assert dates.say_born("1989~", MONDAY) == "about 1989 (about 37y)"
    assert dates.say_born("", MONDAY) == "Not known"


@given(ANY_DAY, ANY_TODAY)
def test_age_never_goes_down_as_days_pass(born: date, today: date) -> None:
    before = dates.age(born.isoformat(), today)
    after = dates.age(born.isoformat(), today + timedelta(days=1))
    if before is not None and after is not None:
        assert after - before in (0, 1)
