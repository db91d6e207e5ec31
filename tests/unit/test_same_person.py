# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether clients are one person: what findings add up to, in whichever order they come."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework import forms, readings
from desktop_app.casework.records import WITHDRAWN, Answers, Live, Record, link
from desktop_app.casework.same_person import (
    DIFFERENT,
    SAME,
    Finding,
    findings,
    head_of,
    joined,
    people,
    told_apart,
)

A, B, C, D = (bytes([n]) * 16 for n in range(1, 5))


def finding(number: int, one: bytes, other: bytes, what: str = SAME, **more: str) -> Record:
    told: Answers = {"finding": what, "other": link(other), "found_on": "2026-11-01", **more}
    id_ = bytes([0x70 + number]) * 16
    return Record(id_, "same_person", one, "partners", "ann", [Live(number, 1, 1, number, told)])


def groups(*records: Record) -> set[frozenset[bytes]]:
    return set(people([A, B, C, D], findings(records)))


def alone(*clients: bytes) -> set[frozenset[bytes]]:
    return {frozenset({one}) for one in clients}


def test_the_form_offers_what_the_rules_need() -> None:
    assert readings.check(Finding, forms.form("same_person")) == []


def test_one_and_two_two_and_three_are_one_person_of_three_files() -> None:
    assert groups(finding(1, A, B), finding(2, C, B)) == {frozenset({A, B, C}), *alone(D)}


def test_parting_one_from_two_leaves_two_and_three() -> None:
    parted = finding(1, A, B, **{WITHDRAWN: "A mistake"})
    assert groups(parted, finding(2, B, C)) == {frozenset({B, C}), *alone(A, D)}


def test_whom_two_people_see_differently_stay_apart_until_one_finding_is_taken_back() -> None:
    same, different = finding(1, A, B), finding(2, B, A, DIFFERENT)
    assert groups(same, different) == alone(A, B, C, D)
    assert told_apart(findings([same, different])) == {frozenset({A, B})}
    taken_back = finding(2, B, A, DIFFERENT, **{WITHDRAWN: "Asked again"})
    assert joined(findings([same, taken_back])) == {frozenset({A, B})}


def test_a_finding_of_nobody_or_of_one_alone_joins_nobody() -> None:
    odd = Record(b"o" * 16, "same_person", A, "partners", "ann", [Live(1, 1, 1, 1, {"other": 7})])
    assert groups(odd, finding(2, A, A), finding(3, A, b"x" * 16)) == alone(A, B, C, D)


def test_a_person_is_shown_under_the_oldest_file_that_stands() -> None:
    assert head_of([C, A, B], [A, B, C]) == A
    assert head_of([C, A, B], [C, B]) == B
    assert head_of([C, B], []) == B


@given(
    st.lists(
        st.tuples(st.sampled_from([A, B, C, D]), st.sampled_from([A, B, C, D]), st.booleans()),
        max_size=4,
    )
)
def test_the_order_of_findings_makes_no_difference(said: list[tuple[bytes, bytes, bool]]) -> None:
    held = [
        finding(n, one, other, SAME if same else DIFFERENT)
        for n, (one, other, same) in enumerate(said)
    ]
    assert len({frozenset(groups(*order)) for order in permutations(held)}) == 1
