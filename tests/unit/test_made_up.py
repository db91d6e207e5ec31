# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The made-up team: invented throughout, repeatable, and in order as a real team's work must be."""

import re
from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.casework import audience, forms
from desktop_app.casework.codes import codes
from desktop_app.casework.made_up import MadeUpTeam, made_up_team
from desktop_app.casework.made_up_cast import clients, prose, threads, town
from desktop_app.casework.made_up_pen import Voice, Written, last_workday
from desktop_app.casework.records import Answers, Json, RecordId

TODAY = date(2026, 11, 24)
IDS = {one.key: f"{number:016x}" for number, one in enumerate(town().colleague, 1)}
ROLES = {one.key: one.role for one in town().colleague}


@pytest.fixture(scope="module")
def team() -> MadeUpTeam:
    return made_up_team(today=TODAY, ids=IDS)


def _everything(team: MadeUpTeam) -> list[Written]:
    return [*team.history, *team.apart, *team.waiting]


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)


def _all_texts(team: MadeUpTeam) -> list[str]:
    return [text for one in _everything(team) for text in _texts(dict(one.edit.answers))]


def test_the_same_seed_on_the_same_day_gives_the_same_team(team: MadeUpTeam) -> None:
    assert made_up_team(today=TODAY, ids=IDS) == team


def test_another_seed_gives_another_team(team: MadeUpTeam) -> None:
    assert made_up_team(today=TODAY, ids=IDS, seed=2) != team


def test_one_client_more_changes_nothing_about_the_others() -> None:
    few = made_up_team(today=TODAY, ids=IDS, clients_wanted=2, months=2)
    more = made_up_team(today=TODAY, ids=IDS, clients_wanted=3, months=2)

    def notes(team: MadeUpTeam) -> list[Json]:
        return [one.edit.answers["note"] for one in team.history if one.edit.form == "account"]

    assert [note for note in notes(few) if note not in notes(more)] == []


@settings(max_examples=25)
@given(
    today=st.dates(date(2025, 1, 1), date(2035, 12, 31)),
    months=st.integers(1, 9),
    seed=st.integers(0, 1000),
)
@example(today=TODAY, months=6, seed=1)
@example(today=date(2026, 3, 5), months=14, seed=63)
def test_every_record_is_without_a_problem_whenever_it_was_saved(
    today: date, months: int, seed: int
) -> None:
    made = made_up_team(today=today, ids=IDS, clients_wanted=30, months=months, seed=seed)
    held: dict[RecordId, Answers] = {}
    wrong = []
    for one in _everything(made):
        answers = held.setdefault(one.edit.record, {})
        answers |= one.edit.answers
        form = forms.form(one.edit.form)
        problems = forms.problems(form, answers, today=one.at.date().isoformat())
        unknown = [name for name in answers if name not in form.fields]
        if problems or unknown:
            wrong.append((one.at, one.edit.form, problems, unknown))
    assert wrong == []


def test_everybody_writes_only_what_their_role_may_write(team: MadeUpTeam) -> None:
    wrong = [
        (one.by, one.edit.form)
        for one in _everything(team)
        if not audience.may_write(forms.form(one.edit.form), (ROLES[one.by],))
    ]
    assert wrong == []


def test_nobody_writes_into_an_audience_they_do_not_hold(team: MadeUpTeam) -> None:
    wrong = [
        (one.by, one.edit.form, one.edit.audience)
        for one in _everything(team)
        if one.edit.audience not in audience.by_default((ROLES[one.by],))
    ]
    assert wrong == []


def test_nothing_is_written_after_the_last_working_day_and_all_of_it_in_order(
    team: MadeUpTeam,
) -> None:
    for part in (team.history, team.apart, team.waiting):
        times = [one.at for one in part]
        assert times == sorted(times)
        assert all(f"{at:%Y-%m-%dT%H:%M}" <= "2026-11-23T19:00" for at in times)
        assert all(at.weekday() < 5 for at in times)


def test_a_group_of_fields_always_changes_as_one(team: MadeUpTeam) -> None:
    seen: set[RecordId] = set()
    for one in _everything(team):
        if one.edit.record in seen:
            form = forms.form(one.edit.form)
            whole = forms.whole_groups(form, one.edit.answers, {})
            assert whole.keys() == one.edit.answers.keys()
        seen.add(one.edit.record)


def test_every_postcode_and_telephone_is_from_a_range_kept_for_stories(team: MadeUpTeam) -> None:
    postcode = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
    telephone = re.compile(r"\b0[1-9][\d ]{7,}\d\b")
    kept = re.compile(r"07700 900\d{3}|01632 960\d{3}")
    everything = "\n".join(_all_texts(team))
    assert postcode.findall(everything)
    assert telephone.findall(everything)
    assert [one for one in postcode.findall(everything) if not one.startswith("ZZ")] == []
    assert [one for one in telephone.findall(everything) if not kept.fullmatch(one)] == []


def test_every_prison_is_invented(team: MadeUpTeam) -> None:
    named = {
        str(one.edit.answers["place_prison"])
        for one in _everything(team)
        if one.edit.answers.get("place_prison")
    }
    assert named
    for code in named:
        choice = codes("prison").find(code)
        assert choice is not None
        assert choice.made_up


def test_what_is_clinical_stands_in_health_only(team: MadeUpTeam) -> None:
    clinical = re.compile(
        r"methadone|buprenorphine|heroin|crack|hepatitis|\bml\b|\bmg\b|inject", re.I
    )
    for one in _everything(team):
        if one.edit.audience != "health" and one.edit.client:  # criteria are about nobody
            assert not clinical.search(" ".join(_texts(dict(one.edit.answers)))), one.edit.form


def test_banned_words_are_in_none_of_the_prose(team: MadeUpTeam) -> None:
    banned = re.compile(r"\b(addict|abuser|junkie|user|non-compliant|suspect|offender)s?\b", re.I)
    assert [text for text in _all_texts(team) if banned.search(text)] == []


def test_no_gap_in_the_prose_is_left_unfilled(team: MadeUpTeam) -> None:
    assert [text for text in _all_texts(team) if "{" in text or "}" in text] == []


def test_the_story_has_everything_a_first_look_needs(team: MadeUpTeam) -> None:
    written = team.history

    def some(form: str, **wanted: Json) -> bool:
        return any(
            one.edit.form == form
            and all(one.edit.answers.get(name) == value for name, value in wanted.items())
            for one in written
        )

    assert some("visit", kind="prison", state="done")
    assert some("visit", state="planned")
    assert some("setting", setting="rehab")
    assert some("setting", setting="sentenced", place_prison="zz_eastmoor")
    assert some("police_contact", kind="stop_search")
    assert some("alert", set_on=last_workday(TODAY).isoformat())
    assert {one.edit.answers.get("cohort") for one in written if one.edit.form == "cohort"} >= {
        "supply_side",
        "demand_side",
        "eligible_not_included",
    }
    assert any(one.edit.form == "note" and one.edit.audience == "police" for one in written)
    assert any(one.edit.answers.get("corrects") for one in written)
    assert len({one.by for one in written if one.edit.form == "release_plan"}) == 2
    assert any(one.edit.answers.get("handover_reason") for one in written)
    assert {one.edit.form for one in written} == set(forms.forms()) - _added_later()


def _added_later() -> set[str]:
    """Forms that stand for something a person did with what was there, such as confirming."""
    return set(forms.forms()) - {
        *("account", "alert", "appointment", "arrest", "assignment", "client", "clinical_note"),
        *("cohort", "disclosure", "export", "need", "note", "police_contact", "setting"),
        *("chain_step", "release_plan", "support", "treatment", "treatment_step", "visit"),
        *("handover", "handover_answer"),
        *("matrix", "criterion", "agreement", "team_rule", "nomination", "scoring", "score"),
        *("evidence", "decision", "notice", "removal", "team_phone"),
        "sharing_agreement",
        *("assessment", "goal", "health_assessment", "outcome_form", "review"),
        "reporting_consent",
        *("boundary", "posture", "posture_aside"),
        *("forum", "forum_entry", "action"),
    }


def test_the_next_clinic_is_one_of_twelve(team: MadeUpTeam) -> None:
    booked = [
        one
        for one in team.history
        if one.edit.form == "appointment"
        and str(one.edit.answers.get("booked_for", "")).startswith(TODAY.isoformat())
        and one.by == "bello"
    ]
    assert len(booked) == 12


def test_nobody_is_dropped_by_their_key_worker_because_of_where_they_are(team: MadeUpTeam) -> None:
    ended = [
        one
        for one in team.history
        if one.edit.form == "support" and one.edit.answers.get("ended_on")
    ]
    assert {one.edit.answers["end_reason"] for one in ended} == {"planned"}
    reasons = {
        one.edit.answers.get("handover_reason")
        for one in team.history
        if one.edit.form == "assignment"
    }
    assert reasons == {None, "worker_leaves", "support_ended"}


def test_two_laptops_changed_one_telephone_number_without_having_met(team: MadeUpTeam) -> None:
    first, second = team.apart
    assert first.edit.record == second.edit.record
    assert first.by != second.by
    assert first.edit.answers["phone"] != second.edit.answers["phone"]


def test_accounts_of_one_visit_agree_on_what_both_saw(team: MadeUpTeam) -> None:
    seen: dict[str, set[str]] = {}
    for one in team.history:
        if one.edit.form == "account":
            answers = one.edit.answers
            said = f"{answers['seen']} {answers.get('why_not')}"
            seen.setdefault(str(answers["visit"]), set()).add(said)
    assert len(seen) > 100
    assert all(len(said) == 1 for said in seen.values())


def test_nobody_is_rung_or_texted_who_said_not_to_be(team: MadeUpTeam) -> None:
    may: dict[RecordId, Answers] = {
        one.edit.record: one.edit.answers
        for one in team.history
        if one.edit.form == "client" and "surname" in one.edit.answers
    }
    for one in team.history:
        kind = one.edit.answers.get("kind")
        if one.edit.form == "visit" and kind in ("phone", "text"):
            allowed = may[one.edit.client].get("may_ring" if kind == "phone" else "may_text")
            assert allowed == "yes"


def test_a_larger_team_gets_further_clients_each_with_a_file_of_their_own() -> None:
    many = list(clients(60, seed=1))
    assert len(many) == 60
    assert len({one.key for one in many}) == 60


def test_a_short_time_and_a_few_clients_make_a_team_too() -> None:
    small = made_up_team(today=TODAY, ids=IDS, clients_wanted=3, months=1)
    assert sum(one.edit.form == "client" for one in small.history) == 3


def test_a_team_made_on_a_sunday_has_its_clinic_on_monday() -> None:
    made = made_up_team(today=date(2026, 11, 22), ids=IDS)
    assert any(
        str(one.edit.answers.get("booked_for", "")).startswith("2026-11-23") for one in made.history
    )


def test_prose_speaks_of_everybody_as_they_wish() -> None:
    line = "{N} came. {N} said {they} had {their} keys with {them}. {They} left."
    said = {
        one.key: Voice(one, Random(1)).say(line)  # noqa: S311  a story, no secret
        for one in town().client
        if one.key in ("pickering", "lockyer", "quill")
    }
    assert said == {
        "pickering": "Shauna came. She said she had her keys with her. She left.",
        "lockyer": "Jamie came. Jamie said they had their keys with them. They left.",
        "quill": "Ryan came. He said he had his keys with him. He left.",
    }


def test_every_story_told_belongs_to_a_need_the_form_offers() -> None:
    assert {one.domain for one in threads().values()} <= {
        choice.code for choice in codes("need_domain").code
    }
    assert {one.about for one in prose().clinic.going} <= {
        choice.code for choice in codes("clinical_about").code
    }
