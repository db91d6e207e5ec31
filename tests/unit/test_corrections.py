# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Corrections: what counts, what stands beside it, whatever the order of arrival."""

from collections.abc import Callable
from datetime import date
from itertools import permutations

from desktop_app.casework.corrections import differences, in_force_of
from desktop_app.casework.limits import limits
from desktop_app.casework.outcome_packs import packs
from desktop_app.casework.outcomes import Filled, form_due, forms_of, trend_words, trends
from desktop_app.casework.people import Team
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Json, Live, Record, link
from tests.unit.desk import BELLO

Make = Callable[..., Record]
ON = date(2026, 11, 23)


def filled(make: Make, on: str, of: Record | None = None, **answers: Json) -> Record:
    more = {"corrects": link(of.id), "correction_reason": "Typed wrong"} if of else {}
    form: dict[str, Json] = {"filled_on": on, "stage": "review", "look_back": "last_weeks"}
    form |= {"pack": "four_weeks", "version": "1", "answers": dict(answers), **more}
    return make("outcome_form", audience="health", author=BELLO, **form)


def counting(records: list[Record]) -> list[bytes]:
    return [one.record.id for one in forms_of(records)]


def withdrawn(one: Record) -> Record:
    last = one.live[-1]
    gone = Live(last.at + 1, last.feed, last.seq + 1, 0, {"_withdrawn": "Wrong file"})
    return Record(one.id, one.form, one.client, one.audience, one.author, [*one.live, gone])


def test_the_trend_follows_the_correction(a_record: Make) -> None:
    first = filled(a_record, "2026-08-03", alcohol=20)
    wrong = filled(a_record, "2026-11-02", alcohol=28)
    right = filled(a_record, "2026-11-02", wrong, alcohol=8)
    for held in permutations([first, wrong, right]):
        (alcohol,) = [one for one in trends(held, packs([])) if one.item.name == "alcohol"]
        assert [one.value for one in alcohol.points] == [20, 8]
        assert trend_words(alcohol, ON) == "20 days on Mon 3 Aug, 8 days on Mon 2 Nov: 12 less."


def test_a_wrong_day_is_corrected_and_the_next_form_is_due_from_the_right_one(
    a_record: Make,
) -> None:
    treated = a_record("treatment", accepted_on="2026-05-04", status="on_going")
    wrong = filled(a_record, "2026-11-16")
    right = filled(a_record, "2026-10-16", wrong)
    due = form_due([treated, wrong, right], ON, limits())
    assert due is not None
    assert due.since == date(2026, 10, 16)


def test_of_two_corrections_the_later_counts_whatever_arrived_first(a_record: Make) -> None:
    wrong = filled(a_record, "2026-11-02", alcohol=28)
    one, other = (filled(a_record, "2026-11-02", wrong, alcohol=n) for n in (8, 9))
    on_top = filled(a_record, "2026-11-02", one, alcohol=7)
    for held in permutations([wrong, one, other]):
        assert counting(list(held)) == [other.id]
    for held in permutations([wrong, one, on_top]):
        assert counting(list(held)) == [on_top.id]
        found = in_force_of(wrong.id, read_all(Filled, held))
        assert found is not None
        assert found.record.id == on_top.id


def test_of_two_of_one_millisecond_the_one_saved_later_counts_whatever_their_ids_are(
    a_record: Make,
) -> None:
    wrong = filled(a_record, "2026-11-02", alcohol=28)
    pair = [filled(a_record, "2026-11-02", wrong, alcohol=n) for n in (8, 9)]
    at = pair[0].recorded_at
    for ids in permutations([one.id for one in pair]):
        earlier, later = (
            Record(id_, one.form, one.client, one.audience, one.author, [live])
            for id_, one, idx in zip(ids, pair, (0, 1), strict=True)
            for live in [Live(at, 7, 1, idx, one.answers)]
        )
        for held in permutations([wrong, earlier, later]):
            assert counting(list(held)) == [later.id]


def test_a_correction_counts_although_what_it_corrects_has_not_come(a_record: Make) -> None:
    wrong = filled(a_record, "2026-11-02", alcohol=28)
    one, other = (filled(a_record, "2026-11-02", wrong, alcohol=n) for n in (8, 9))
    assert counting([one]) == [one.id]
    assert counting([other, one]) == [other.id], "they correct the same one"


def test_a_correction_that_is_withdrawn_lets_the_first_count_again(a_record: Make) -> None:
    wrong = filled(a_record, "2026-11-02", alcohol=28)
    right = filled(a_record, "2026-11-02", wrong, alcohol=8)
    assert counting([wrong, withdrawn(right)]) == [wrong.id]
    assert counting([withdrawn(wrong), right]) == [right.id]


def test_forms_that_correct_each_other_leave_the_latest(a_record: Make) -> None:
    one = filled(a_record, "2026-11-02", alcohol=1)
    two = filled(a_record, "2026-11-02", one, alcohol=2)
    last = one.live[-1]
    ring = {**last.answers, "corrects": link(two.id)}
    one = Record(
        *(one.id, one.form, one.client, one.audience, one.author),
        [Live(last.at, last.feed, last.seq, last.idx, ring)],
    )
    three = filled(a_record, "2026-11-02", one, alcohol=3)
    for held in permutations([one, two, three]):
        assert counting(list(held)) == [three.id]
    assert counting([two, one]) == [two.id]


def test_it_is_said_what_it_was_before(a_record: Make, team: Team) -> None:
    wrong = filled(a_record, "2026-11-02", alcohol=28, crack="declined", old_name=3)
    right = filled(a_record, "2026-11-03", wrong, alcohol=0, crack="declined", life=8)
    assert [one.words for one in differences(wrong, right, team, on=ON)] == [
        "Asked on: Tue 3 Nov, before Mon 2 Nov",
        "Alcohol: 0 days, before 28 days",
        "old_name: Not asked, before 3",
        "Life as a whole: 8 of 20, before Not asked",
    ]
    noted = a_record("outcome_form", **{**right.answers, "note": "x" * 80})
    assert [one.words for one in differences(right, noted, team, on=ON)] == ["Note in other words"]
