# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How long records are kept, and when somebody has to decide."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.forms import forms
from desktop_app.casework.records import Answers, Live, Record
from desktop_app.casework.retention import (
    AT_ONCE,
    ERASE,
    KEEP,
    RETENTION,
    CountedFrom,
    Entry,
    Regime,
    Rule,
    all_rules,
    decision,
    due,
    erased_by,
    forms_of,
    rules,
    whole_day,
)

TODAY = date(2033, 3, 14)
CLIENT, NOTE, ARREST, TREATMENT = (bytes([n]) * 16 for n in (1, 2, 3, 4))
ENTRIES = [
    Entry(CLIENT, "client", "partners", "2026-01-05T10:00"),
    Entry(NOTE, "note", "partners", "2027-02-01T09:30"),
    Entry(ARREST, "arrest", "police", "2026-06-01"),
    Entry(TREATMENT, "treatment", "health", "2026-05"),
]
EVERYBODY = ("partners", "health", "police", "coordination")


def decided(answers: Answers, *, audience: str = "partners", at: int = 1) -> Record:
    live = [Live(at, 7, 1, 0, answers)]
    return Record(bytes([9]) * 16, RETENTION, CLIENT, audience, "ann", live)


def kept(until: str, *, rule: str = "contact", audience: str = "partners", at: int = 1) -> Record:
    return decided({"decision": KEEP, "rule": rule, "until_on": until}, audience=audience, at=at)


def names(mine: tuple[str, ...], *decisions: Record, today: date = TODAY) -> set[str]:
    found = due(CLIENT, ENTRIES, decisions, mine=mine, today=today)
    return {one.rule.name for one in found if one.rule}


def test_every_kind_of_record_falls_under_exactly_one_rule() -> None:
    among = rules(date(2026, 11, 23))
    under = [form for rule in among for form in forms_of(rule, among)]
    assert len(under) == len(set(under))
    about = {name for name, one in forms().items() if one.audience != "audit"}
    assert about - set(under) == {"retention", "repacked"}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda one: one.name)
def test_a_rule_says_how_long_from_when_who_decides_and_why(rule: Rule) -> None:
    assert rule.years + rule.months > 0
    assert rule.who
    assert rule.source
    assert whole_day(rule.from_on) == rule.from_on
    assert rule.placeholder, "the partners have not set a period yet"
    assert {one for one in rule.forms if one != "*"} <= forms().keys()


def test_all_regimes_have_a_rule_and_words() -> None:
    assert {one.regime for one in all_rules()} == set(Regime)
    assert all(one.words for one in (*Regime, *CountedFrom))


def test_a_rule_counts_from_its_day_to_its_last() -> None:
    assert rules(date(2025, 12, 31)) == []
    assert len(rules(date(2026, 1, 1))) == len(all_rules())


def test_what_is_due_is_asked_for_each_audience_apart() -> None:
    assert names(("partners", "coordination")) == {"contact"}
    assert names(("police",)) == {"policing"}
    assert names(("health",)) == set(), "eight years are not over"
    assert names(EVERYBODY, today=date(2034, 6, 30)) == {"contact", "policing", "treatment"}


def test_contact_is_counted_from_the_last_entry_of_any_kind() -> None:
    assert names(("partners",), today=date(2033, 1, 31)) == set()
    (found,) = due(CLIENT, ENTRIES, [], mine=("partners",), today=TODAY)
    assert found.since == "2033-02-01"
    assert set(found.records) == {CLIENT, NOTE}
    assert found.counts == {"client": 1, "note": 1}


def test_what_was_kept_is_asked_about_again_on_its_day() -> None:
    assert names(("partners",), kept("2034-01-01")) == set()
    assert names(("partners",), kept("2034-01-01"), today=date(2034, 1, 1)) == {"contact"}
    assert names(("partners",), kept("2034-01-01", audience="police")) == {"contact"}
    newest = kept("2033-03-14", at=2)
    assert names(("partners",), newest, kept("2040-01-01")) == {"contact"}


def test_somebody_who_only_looks_sees_what_is_not_due_yet() -> None:
    early = date(2027, 3, 1)
    assert due(CLIENT, ENTRIES, [], mine=EVERYBODY, today=early) == []
    found = due(CLIENT, ENTRIES, [], mine=EVERYBODY, today=early, whatever_the_day=True)
    assert {one.audience for one in found} == {"partners", "health", "police"}


def test_what_was_written_about_somebody_erased_is_due_at_once() -> None:
    (found,) = due(CLIENT, ENTRIES[1:2], [], mine=EVERYBODY, today=date(2027, 3, 1), erased=True)
    assert found.rule is None
    assert found.records == (NOTE,)


def test_a_decision_names_no_word_of_what_it_erases() -> None:
    (found,) = due(CLIENT, ENTRIES, [], mine=("partners",), today=TODAY)
    (answers,) = decision(
        found, choice=ERASE, by="grant", today=TODAY, authority="The officer", reason="Over"
    )
    assert set(erased_by(decided(answers))) == {CLIENT, NOTE}
    assert answers["count"] == 2
    assert erased_by(kept("2040-01-01")) == []


def test_a_decision_about_many_records_is_several() -> None:
    many = [Entry(n.to_bytes(16, "big"), "note", "partners", "2020-01-01") for n in range(1, 2_502)]
    (found,) = due(CLIENT, many, [], mine=("partners",), today=TODAY)
    parts = decision(found, choice=ERASE, by="g", today=TODAY, authority="a", reason="r")
    assert [one["count"] for one in parts] == [AT_ONCE, AT_ONCE, 501]
    assert len({id_ for one in parts for id_ in erased_by(decided(one))}) == 2_501
    (kept_whole,) = decision(
        found, choice=KEEP, by="g", today=TODAY, authority="a", reason="r", until="2040-01-01"
    )
    assert kept_whole["until_on"] == "2040-01-01"
    assert "records" not in kept_whole


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(all_rules()))
def test_whatever_is_due_is_looked_at(day: date, rule: Rule) -> None:
    on = date.fromisoformat(rule.due_on(day.isoformat()))
    assert day.isoformat() < rule.before(on) + "~"


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("2026-11-23T14:30", "2026-11-23"),
        ("2026-11-23", "2026-11-23"),
        ("2026-02", "2026-02-28"),
        ("1989", "1989-12-31"),
        ("1989~", "1989-12-31"),
    ],
)
def test_a_day_remembered_in_part_counts_to_its_end(said: str, whole: str) -> None:
    assert whole_day(said) == whole
