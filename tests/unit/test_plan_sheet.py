# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client's own plan on paper, and how the weeks went, drawn once for paper and screen."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from desktop_app.casework.care_plan import plan_of
from desktop_app.casework.limits import limits
from desktop_app.casework.outcome_packs import packs, shipped
from desktop_app.casework.outcomes import BEFORE_CUSTODY, Point, Trend, trends
from desktop_app.casework.people import Team
from desktop_app.casework.records import Json, Record
from desktop_app.reports.chart import FOR_SCREEN, as_svg, drawing, for_screen
from desktop_app.reports.pdf import pdf
from desktop_app.reports.plan_sheet import plan_sheet
from desktop_app.reports.sheet import Sheet
from desktop_app.reports.table import table
from desktop_app.reports.web_page import web_page
from tests.unit.desk import OSEI

Make = Callable[..., Record]
ON = date(2026, 11, 23)


def trend(*points: tuple[date, int | None], name: str = "opioids") -> Trend:
    item = shipped().find(name)
    assert item is not None
    return Trend(item, tuple(Point(on, value, "") for on, value in points))


def svg(one: Trend) -> str:
    return as_svg(drawing(one, on=ON, width=300))


# --- the drawing


def test_every_answer_has_its_number_and_only_the_ends_their_day() -> None:
    said = svg(trend((date(2026, 5, 4), 24), (date(2026, 8, 10), 14), (date(2026, 11, 5), 6)))
    words = re.findall(r">([^<>]+)</text>", said)
    assert words == ["0", "28", "24", "14", "6", "4 May", "5 Nov"]


def test_a_question_without_a_number_breaks_the_line_and_is_no_nought() -> None:
    whole = svg(trend((date(2026, 5, 4), 24), (date(2026, 8, 10), 14), (date(2026, 11, 5), 6)))
    gap = svg(trend((date(2026, 5, 4), 24), (date(2026, 8, 10), None), (date(2026, 11, 5), 6)))
    assert whole.count("<polyline") == 1
    assert gap.count("<polyline") == 0
    assert gap.count("<circle") == 2
    assert ">\u2013</text>" in gap


def test_the_weeks_before_custody_are_hollow() -> None:
    item = shipped().find("opioids")
    assert item is not None
    inside = Point(date(2026, 11, 5), 6, "", BEFORE_CUSTODY)
    said = svg(Trend(item, (Point(date(2026, 5, 4), 24, ""), inside)))
    filled = re.findall(r"<circle[^>]*fill: (rgb\([^)]*\))", said)
    assert filled[0] != filled[1]


def test_between_a_yes_and_a_no_lies_nothing() -> None:
    said = svg(trend((date(2026, 5, 4), 1), (date(2026, 11, 5), 0), name="shared"))
    assert "<polyline" not in said
    assert re.findall(r">([^<>]+)</text>", said)[:4] == ["No", "Yes", "Yes", "No"]


def test_a_long_time_between_two_answers_is_a_long_line() -> None:
    said = svg(trend((date(2026, 1, 1), 9), (date(2026, 2, 1), 9), (date(2026, 12, 1), 9)))
    first, second, third = (float(x) for x in re.findall(r'<circle cx="([\d.]+)"', said))
    assert (third - second) > 5 * (second - first)


@given(
    days=st.lists(st.integers(0, 900), min_size=1, max_size=12, unique=True),
    values=st.lists(st.none() | st.integers(0, 28), min_size=12, max_size=12),
)
def test_every_point_stands_within_the_drawing_whatever_the_days(
    days: list[int], values: list[int | None]
) -> None:
    first = date(2024, 1, 1).toordinal()
    points = [
        (date.fromordinal(first + day), value)
        for day, value in zip(sorted(days), values, strict=False)
    ]
    said = svg(trend(*points))
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', said)]
    assert places == sorted(places)
    assert all(0 < x < 300 for x in places)
    assert said == svg(trend(*points))


def test_for_the_screen_every_colour_is_left_to_the_look() -> None:
    one = trend((date(2026, 5, 4), 24), (date(2026, 8, 10), None), (date(2026, 11, 5), 6))
    said = for_screen(drawing(one, on=ON, width=300, ink=FOR_SCREEN))
    assert "rgb(" not in said
    assert {"{text}", "{muted}", "{line}", "{mark}", "{ground}"} <= set(re.findall(r"{\w+}", said))
    assert "clipPath" not in said


# --- the sheet


def planned(make: Make) -> list[Record]:
    """Return what a plan is made of: a goal with two steps, two that are over, and a review."""
    goal = make("goal", words="A door of my own", domain="housing", set_on="2026-10-01")
    step = {"what": "Form", "action": "Take the form in", "due_on": "2026-11-27"}
    return [
        goal,
        make("goal", words="Read", domain="company", outcome="reached"),
        make("goal", words="Old plan", domain="company", outcome="dropped"),
        make("need", goal=goal.id.hex(), owner=OSEI, **step),
        make("need", what="Ring", goal=goal.id.hex(), done_on="2026-11-02"),
        make("assessment", assessed_on="2026-10-01", strengths="Mends things", needs={}),
        make("review", reviewed_on="2026-10-01", next_review_on="2026-12-10"),
        make("cohort", cohort="demand_side", started_on="2026-06-01"),
    ]


def weeks_of(make: Make) -> list[Record]:
    """Return two forms on the last four weeks."""
    return [
        make(
            "outcome_form",
            filled_on=on,
            pack="four_weeks",
            version="1",
            answers={"opioids": days},
        )
        for on, days in (("2026-05-04", 24), ("2026-11-05", 6))
    ]


@pytest.fixture
def theirs(a_record: Make, team: Team) -> Callable[..., Sheet]:
    def made(*, large: bool = False, weeks: bool = False, **person: Json) -> Sheet:
        client = a_record("client", surname="Croft", forename="Leanne", known_as="Lee", **person)
        return plan_sheet(
            client,
            plan_of(planned(a_record), ON, limits()),
            team,
            on=ON,
            worker=OSEI,
            trends=trends(weeks_of(a_record), packs([])) if weeks else (),
            large=large,
        )

    return made


def text(sheet: Sheet) -> str:
    reader = PdfReader(BytesIO(pdf(sheet)))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_it_says_what_they_want_what_is_done_and_when_it_is_looked_at(
    theirs: Callable[..., Sheet],
) -> None:
    said = text(theirs())
    for words in (
        "The plan of Lee",
        "“A door of my own”",
        "To do: Take the form in (K. Osei, by Fri 27 Nov)",
        "Done: Ring",
        "Mends things",
        "Thu 10 Dec",
    ):
        assert words in said


def test_it_names_nobody_but_them_and_nothing_of_targeting(theirs: Callable[..., Sheet]) -> None:
    said = text(theirs())
    for words in ("Croft", "CROFT", "programme", "Old plan", "Heroin"):
        assert words not in said


@pytest.mark.parametrize("answer", ["may_write", "may_say_who_we_are"])
def test_where_nobody_may_know_who_we_are_no_worker_is_named(
    theirs: Callable[..., Sheet], answer: str
) -> None:
    assert "Osei" in text(theirs())
    assert "Osei" not in text(theirs(**{answer: "no"}))


def test_a_step_without_a_goal_is_besides_nothing_where_there_is_no_goal(
    a_record: Make, team: Team
) -> None:
    def titles(*records: Record) -> list[str]:
        client = a_record("client", surname="Croft", forename="Leanne")
        sheet = plan_sheet(client, plan_of(records, ON, limits()), team, on=ON)
        return [one.title for one in sheet.sections[0].entries]

    goal = a_record("goal", words="Read", domain="company", set_on="2026-10-01")
    step = a_record("need", what="Form", raised_on="2026-10-01")
    assert titles(step) == [""]
    assert titles(goal, step) == ["“Read”", "And besides"]


def test_how_the_weeks_went_is_in_it_only_when_it_is_asked_for(
    theirs: Callable[..., Sheet],
) -> None:
    said = text(theirs(weeks=True))
    assert "24 days on Mon 4 May, 6 days on Thu 5 Nov: 18 less." in said
    assert "Crack" not in said, "a question nobody answered is not drawn"
    page = web_page(theirs(weeks=True)).decode()
    assert "<svg" in page
    assert 'aria-label="Heroin and other opioids. 24 days' in page
    assert "24 days" in table(theirs(weeks=True)).decode("utf-8-sig")


def test_large_type_says_the_same_in_letters_of_16_points_and_a_drawing_begins_no_page(
    theirs: Callable[..., Sheet],
) -> None:
    large = theirs(weeks=True, large=True)
    for words in ("“A door of my own”", "by Fri 27 Nov", "We look at it again: Thu 10 Dec"):
        assert words in text(large)
    (page,) = PdfReader(BytesIO(pdf(large))).pages
    sizes: dict[str, float] = {}

    def seen(words: str, *how: Any) -> None:
        sizes[words.strip()] = how[-1]

    page.extract_text(visitor_text=seen)
    (of_a_step,) = [size for words, size in sizes.items() if words.startswith("To do: ")]
    assert of_a_step >= 16
    assert 'class="large"' in web_page(large).decode()


def test_the_same_plan_gives_the_same_bytes(theirs: Callable[..., Sheet]) -> None:
    sheet = theirs(weeks=True)
    assert pdf(sheet) == pdf(sheet)
