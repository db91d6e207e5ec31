# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The agenda of a forum: everybody once, under the first heading that holds, each with a reason."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.codes import codes
from desktop_app.casework.due import CaseFile
from desktop_app.casework.forum import forms_read, item_of, rows
from desktop_app.casework.forum_card import LINES, card
from desktop_app.casework.records import Answers, Live, Record, new_id
from desktop_app.casework.targeting import places_on, support_on
from tests.anything import NOW, START_MS, case_file, look

SEGMENTS = [one.code for one in codes("forum_segment").code]


def file(*records: tuple[str, Answers], audience: str = "partners") -> CaseFile:
    client = new_id(START_MS, bytes(10))
    held = [Record(client, "client", client, "partners", "ann", [_live({"surname": "Croft"})])]
    for number, (form, answers) in enumerate(records, 1):
        id_ = new_id(START_MS + number, number.to_bytes(10, "big"))
        held.append(Record(id_, form, client, audience, "ann", [_live(answers)]))
    return CaseFile(held[0], tuple(held))


def _live(answers: Answers) -> Live:
    return Live(START_MS, 3, 1, 0, answers)


ON: tuple[str, Answers] = ("cohort", {"cohort": "demand_side", "started_on": "2026-01-01"})
ASIDE: tuple[str, Answers] = (
    "cohort",
    {"cohort": "eligible_not_included", "started_on": "2026-01-01"},
)
NOMINATED: tuple[str, Answers] = (
    "nomination",
    {"nominated_on": "2026-11-20", "agency": "Police", "why": "Thefts"},
)
OUT: tuple[str, Answers] = (
    "setting",
    {"setting": "sentenced", "from_on": "2026-09-01", "expected_release_on": "2026-12-01"},
)
REVIEW: tuple[str, Answers] = (
    "decision",
    {"decided_on": "2026-10-20", "about": "keep", "why": "So", "review_on": "2026-11-20"},
)
BOUNDARY: tuple[str, Answers] = (
    "boundary",
    {"decided_on": "2026-10-20", "decision": "wait", "review_on": "2026-11-20"},
)
LAPSES: tuple[str, Answers] = ("posture", {"until": "2026-11-30", "level": "standard"})


@pytest.mark.parametrize(
    ("records", "segment"),
    [
        ([NOMINATED], "nominated"),
        ([ASIDE, NOMINATED], "nominated"),
        ([ON, REVIEW], "review"),
        ([ON, BOUNDARY], "review"),
        ([ON, OUT], "out"),
        ([ASIDE], "not_included"),
        ([ON], "everyone"),
        ([("support", {"started_on": "2026-01-01"})], "everyone"),
    ],
)
def test_somebody_stands_under_the_first_heading_that_holds(
    records: list[tuple[str, Answers]], segment: str
) -> None:
    item = item_of(file(*records), look("ann", NOW))
    assert item is not None
    assert item.segment == segment
    assert item.because


@pytest.mark.parametrize("records", [[], [OUT], [REVIEW], [BOUNDARY], [LAPSES]])
def test_who_has_no_place_and_no_support_is_not_talked_about(
    records: list[tuple[str, Answers]],
) -> None:
    item = item_of(file(*records), look("ann", NOW))
    assert item is None or item.segment == "posture"


@given(seed=st.integers(0, 1 << 32), days=st.integers(0, 60))
def test_everybody_targeted_or_supported_is_on_the_agenda_once(seed: int, days: int) -> None:
    one, at = case_file(seed, forms_read()), NOW + timedelta(days=days)
    found = rows(one, look("ann", at))
    assert len(found) <= 1
    day = at.date()
    if places_on(one.records, day) or support_on(one.records, day):
        assert len(found) == 1, "somebody would not have been talked about"


@given(seed=st.integers(0, 1 << 32))
def test_a_card_shows_only_what_is_for_all_partners(seed: int) -> None:
    whole = case_file(seed, forms_read())
    open_to_all = CaseFile(
        whole.client, tuple(one for one in whole.records if one.audience == "partners")
    )
    shown = card(whole, look("ann", NOW))
    assert shown == card(open_to_all, look("ann", NOW))
    assert len(shown.changes) <= LINES


def test_what_changed_is_told_since_they_were_talked_of_and_not_since_they_were_skipped() -> None:
    talked: Answers = {"at": "2026-10-26T10:00", "segment": "everyone", "course": "Keep"}
    skipped: Answers = {"at": "2026-11-09T10:00", "segment": "everyone", "skipped": "On leave"}
    change: Answers = {"kind": "home", "at": "2026-11-02T10:00", "state": "done", "outcome": "seen"}
    whole = file(ON, ("forum_entry", talked), ("visit", change), ("forum_entry", skipped))
    shown = card(whole, look("ann", NOW))
    assert shown.since.isoformat() == "2026-10-26"
    assert len(shown.changes) == 1
