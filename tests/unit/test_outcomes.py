# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Forms on the last four weeks: when one is due, how answers go, and what they never count as."""

import ast
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.due import Look
from desktop_app.casework.limits import limits
from desktop_app.casework.outcome_pack_file import read_pack
from desktop_app.casework.outcome_packs import answers_of, packs
from desktop_app.casework.outcomes import (
    BEFORE_CUSTODY,
    END,
    LAST_WEEKS,
    REVIEW,
    START,
    form_due,
    form_rows,
    forms_due,
    is_better,
    look_back_on,
    trend_words,
    trends,
)
from desktop_app.casework.records import Json, Live, Record, new_id, pack_trail
from tests.unit.desk import BELLO, NOW, OSEI, Desk
from tests.unit.test_outcome_packs import PACK, SHOP

Make = Callable[..., Record]
ON = date(2026, 11, 23)
ROOT = Path(__file__).parent.parent.parent


def treated(make: Make, accepted: str, **more: Json) -> Record:
    return make("treatment", accepted_on=accepted, status=more.pop("status", "on_going"), **more)


def filled(make: Make, on: str, stage: str = "review", /, **answers: Json) -> Record:
    return make(
        "outcome_form",
        audience="health",
        filled_on=on,
        stage=stage,
        look_back="last_weeks",
        pack="four_weeks",
        version="1",
        answers=dict(answers),
    )


def due(records: list[Record], on: date = ON) -> tuple[str, date] | None:
    found = form_due(records, on, limits())
    return (found.stage, found.due_on) if found else None


# --- when one is due


def test_the_first_is_due_soon_after_somebody_was_accepted(a_record: Make) -> None:
    assert due([treated(a_record, "2026-11-15")]) == (START, date(2026, 11, 29))
    assert due([]) is None


def test_one_filled_in_shortly_before_is_the_start(a_record: Make) -> None:
    held = [treated(a_record, "2026-11-15"), filled(a_record, "2026-11-02", START)]
    assert due(held) == (REVIEW, date(2027, 2, 1))
    long_ago = [treated(a_record, "2026-11-15"), filled(a_record, "2026-06-02", START)]
    assert due(long_ago) == (START, date(2026, 11, 29))


def test_a_start_missed_for_three_months_is_a_review(a_record: Make) -> None:
    held = [treated(a_record, "2026-06-01")]
    assert due(held, date(2026, 8, 31)) == (START, date(2026, 6, 15))
    assert due(held, date(2026, 9, 1)) == (REVIEW, date(2026, 6, 15))


def test_the_next_is_due_three_months_after_the_last(a_record: Make) -> None:
    held = [treated(a_record, "2026-05-01"), filled(a_record, "2026-05-04", START)]
    assert due(held) == (REVIEW, date(2026, 8, 3))
    assert due([*held, filled(a_record, "2026-08-10")]) == (REVIEW, date(2026, 11, 9))


def test_the_end_is_asked_for_while_it_can_still_be_of_treatment(a_record: Make) -> None:
    over = treated(a_record, "2026-01-01", status="ended", ended_on="2026-11-10")
    assert due([over]) == (END, date(2026, 11, 10))
    assert due([over], date(2026, 12, 8)) == (END, date(2026, 11, 10))
    assert due([over], date(2026, 12, 9)) is None
    assert due([over, filled(a_record, "2026-11-12", END)]) is None
    assert due([over, filled(a_record, "2026-11-12", REVIEW)]) == (END, date(2026, 11, 10))


def test_of_somebody_who_has_died_none_is_due(a_record: Make) -> None:
    died = a_record("setting", setting="deceased", from_on="2026-11-20")
    assert due([treated(a_record, "2026-11-01"), died]) is None


def test_in_custody_the_weeks_before_it_are_asked_about(a_record: Make) -> None:
    inside = a_record("setting", setting="remand", from_on="2026-11-01")
    rehab = a_record("setting", setting="rehab", from_on="2026-11-01")
    assert look_back_on([inside], ON) == BEFORE_CUSTODY
    assert look_back_on([rehab], ON) == LAST_WEEKS
    assert look_back_on([], ON) == LAST_WEEKS


@given(
    filled_after=st.lists(st.integers(-60, 500), max_size=8),
    looked_after=st.integers(0, 600),
)
def test_a_due_form_is_never_due_before_the_last_one_and_the_order_does_not_matter(
    filled_after: list[int], looked_after: int
) -> None:
    start = date(2025, 1, 6)

    def make(number: int, form: str, **answers: Json) -> Record:
        record = new_id(1_790_000_000_000 + number, number.to_bytes(10, "big"))
        live = [Live(number, 7, 1, 0, dict(answers))]
        return Record(record, form, b"", "health", "a" * 16, live, pack_trail(7, 1))

    held = [make(0, "treatment", accepted_on=start.isoformat(), status="on_going")]
    for number, days in enumerate(filled_after, 1):
        day = (start + timedelta(days=days)).isoformat()
        held.append(make(number, "outcome_form", filled_on=day, stage="review"))
    on = start + timedelta(days=looked_after)
    found = form_due(held, on, limits())
    assert found == form_due(held[::-1], on, limits())
    assert found is not None
    counting = [days for days in filled_after if -28 <= days <= looked_after]
    if counting:
        assert found.stage == REVIEW
        last = start + timedelta(days=max(counting))
        assert found.due_on == last + timedelta(days=limits().outcome.every)
    else:
        assert found.stage == (START if looked_after <= limits().outcome.every else REVIEW)


# --- on whose page


def test_it_stands_with_the_nurse_and_with_nobody_who_does_not_hold_health(desk: Desk) -> None:
    desk.client("Croft", ("treatment", {"accepted_on": "2026-11-01", "status": "waiting"}))
    (file,) = desk.files

    def look(who: str) -> Look:
        return Look(desk.facts(), desk.me(who), NOW)

    (row,) = forms_due(file, look(BELLO))
    assert forms_due(file, look(OSEI)) == []
    assert row.late
    assert row.sentence == (
        "because treatment was agreed on Sun 1 Nov: the start was due by Sun 15 Nov"
    )
    assert form_rows(file, look(BELLO)) == [row]


def test_what_has_been_late_for_long_stays_on_the_board(desk: Desk) -> None:
    desk.client("Croft", ("treatment", {"accepted_on": "2026-10-01", "status": "waiting"}))
    look = Look(desk.facts(), desk.me(BELLO), NOW)
    assert forms_due(desk.files[0], look) == []
    assert len(form_rows(desk.files[0], look)) == 1


# --- over the months


def test_a_trend_says_from_where_to_where_and_by_how_much(a_record: Make) -> None:
    held = [
        filled(a_record, "2026-11-05", opioids=6, mind=12, no_safe_home="no"),
        filled(a_record, "2026-05-04", START, opioids=24, mind=12, no_safe_home="yes"),
    ]
    found = {one.item.name: one for one in trends(held, packs([]))}
    assert trend_words(found["opioids"], ON) == (
        "24 days on Mon 4 May, 6 days on Thu 5 Nov: 18 less."
    )
    assert (
        trend_words(found["mind"], ON) == "12 of 20 on Mon 4 May, 12 of 20 on Thu 5 Nov: the same."
    )
    assert trend_words(found["no_safe_home"], ON) == "Yes on Mon 4 May, No on Thu 5 Nov."
    assert is_better(found["opioids"]) is True
    assert is_better(found["mind"]) is None


def test_what_was_not_answered_is_a_gap_and_no_nought(a_record: Make) -> None:
    held = [
        filled(a_record, "2026-05-04", opioids=24),
        filled(a_record, "2026-08-04", opioids="declined"),
        filled(a_record, "2026-11-05", opioids=0),
    ]
    (one,) = [one for one in trends(held, packs([])) if one.item.name == "opioids"]
    assert [point.value for point in one.points] == [24, None, 0]
    assert [point.said for point in one.points] == ["24 days", "Declined to say", "0 days"]


def test_an_answer_out_of_range_is_none(a_record: Make) -> None:
    (one,) = [
        one
        for one in trends([filled(a_record, "2026-05-04", opioids=99)], packs([]))
        if one.item.name == "opioids"
    ]
    assert one.answered == ()


def with_offending(make: Make) -> tuple[Record, Record]:
    raw = (PACK + SHOP).encode()
    pack = make("outcome_pack", **answers_of(read_pack(raw), raw, on="2026-01-01"))
    form = make(
        "outcome_form",
        audience="health",
        filled_on="2026-05-04",
        stage="start",
        look_back="last_weeks",
        pack="local",
        version="2",
        answers={"alcohol": 4, "shop": "yes"},
    )
    return pack, form


def test_questions_about_offending_have_no_trend(a_record: Make) -> None:
    pack, form = with_offending(a_record)
    assert [one.item.name for one in trends([form], packs([pack]))] == ["alcohol"]


def test_a_form_whose_pack_has_not_come_has_no_trend_until_it_has(a_record: Make) -> None:
    pack, form = with_offending(a_record)
    assert trends([form], packs([])) == []
    assert len(trends([form], packs([pack]))) == 1


MAY_READ_FORMS = {
    "desktop_app/casework/boards.py",  # which of them are near or late
    "desktop_app/casework/today.py",
    "desktop_app/casework/today_whose.py",
    "desktop_app/casework/outcomes.py",
    "desktop_app/casework/outcome_packs.py",
    "desktop_app/casework/outcome_pack_file.py",
}
"""Who may read what somebody said of themselves. Nothing here scores, targets or evaluates."""


def test_self_report_never_counts_as_offending() -> None:
    """Nothing in Tandem that scores, evaluates or raises reads what was self-reported."""
    reading = re.compile(r"casework\.(outcomes\b|outcome_packs\.trends)")
    found = set()
    for place in sorted((ROOT / "desktop_app").rglob("*.py")):
        name = str(place.relative_to(ROOT))
        tree = ast.parse(place.read_text(encoding="utf-8"))
        said = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        modules = [f"{one.module}.{name.name}" for one in taken for name in one.names]
        named = [one for one in said if one == "outcome_form"]
        if named or any(reading.search(one) for one in modules):
            found.add(name)
    assert found <= MAY_READ_FORMS | MAY_SHOW_FORMS


MAY_SHOW_FORMS = {
    "desktop_app/casework/due_answers.py",  # says who may write one, and reads none
    "desktop_app/casework/made_up_plans.py",  # invented
    "desktop_app/reports/chart.py",
    "desktop_app/reports/ndtms.py",  # the national return of treatment, of who agrees to it
    "desktop_app/reports/ndtms_outcome.py",  # and it fills no column about offending
    "desktop_app/reports/plan_sheet.py",  # the client's own plan, for them
    "desktop_app/reports/sheet.py",
}


@pytest.mark.parametrize("form", ["arrest", "police_contact", "cohort"])
def test_no_form_of_offending_takes_an_answer_from_a_self_report(form: str) -> None:
    from desktop_app.casework.forms import forms  # noqa: PLC0415

    assert all(one.type.value != "items" for one in forms()[form].field)
