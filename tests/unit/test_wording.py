# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How a record is told in a timeline."""

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.forms import forms
from desktop_app.casework.people import Team
from desktop_app.casework.records import Json, Live, Record
from desktop_app.casework.visits import encounter
from desktop_app.casework.wording import Chip, answers_in_words, chip_of, listed, told

Make = Callable[..., Record]
OSEI, SHAH, BELLO = "a" * 16, "b" * 16, "c" * 16
ON = date(2026, 11, 23)


def test_a_joint_prison_visit_reads_as_in_the_picture(a_record: Make, team: Team) -> None:
    visit = a_record(
        "visit",
        at="2026-11-23T10:40",
        state="done",
        outcome="seen",
        kind="prison",
        people=[OSEI, SHAH],
        place="HMP Eastmoor",
    )
    note = a_record("account", author=OSEI, visit=visit.id.hex(), note="Asked about the tenancy.")
    said = told(visit, team, on=ON, encounter=encounter(visit, [note]))
    assert said.title == "Joint prison visit"
    assert said.place == "K. Osei and PC R. Shah · HMP Eastmoor"
    assert said.summary == "Asked about the tenancy."
    assert said.chips == (Chip("Seen", "ok", "circle-check"),)
    assert (said.icon, said.tone, said.when) == ("handshake", "info", "2026-11-23T10:40")


def test_a_move_to_custody_takes_the_colour_of_custody(a_record: Make, team: Team) -> None:
    setting = a_record(
        "setting",
        setting="remand",
        place_prison="zz_eastmoor",
        from_on="2026-11-17",
        next_court_on="2026-12-04",
        note="Key worker stays the same.",
    )
    said = told(setting, team, on=ON)
    assert (said.title, said.tone, said.icon) == ("On remand", "custody", "building-2")
    assert said.place == "HMP Eastmoor · court Fri 4 Dec"
    assert said.summary == "Key worker stays the same."


def test_a_missed_appointment_stands_out(a_record: Make, team: Team) -> None:
    missed = a_record(
        "appointment",
        kind="nurse",
        booked_for="2026-11-11T14:00",
        state="not_attended",
        reason="travel",
        with_person=BELLO,
    )
    said = told(missed, team, on=ON)
    assert (said.title, said.place) == ("Nurse appointment", "A. Bello")
    assert said.chips == (Chip("Did not attend", "warn", "calendar-x"),)
    assert (said.tone, said.summary) == ("warn", "Fare or travel")


def test_a_part_that_lacks_an_answer_is_left_out_with_its_words(a_record: Make, team: Team) -> None:
    alert = a_record(
        "alert", headline="Dog loose", about="dog", set_on="2026-11-20", review_on="2026-11-30"
    )
    said = told(alert, team, on=ON)
    assert said.place == "A dog or other animal · review Mon 30 Nov"
    assert said.summary == ""
    assert "{" not in said.title + said.place


def test_lines_of_a_summary_become_sentences(a_record: Make, team: Team) -> None:
    need = a_record(
        "need", domain="housing", what="Lock", client_words="It does not shut", action="Ring them"
    )
    assert told(need, team, on=ON).summary == "It does not shut. Ring them"


def test_a_field_that_is_not_asked_is_not_told(a_record: Make, team: Team) -> None:
    setting = a_record(
        "setting", setting="community", from_on="2026-11-17", place_prison="zz_eastmoor"
    )
    assert told(setting, team, on=ON).place == ""


def test_a_record_not_every_partner_reads_says_so(a_record: Make, team: Team) -> None:
    note = a_record("note", audience="health", headline="Rang the ward")
    assert Chip("Health only", "neutral", "eye-off") in told(note, team, on=ON).chips


def test_withdrawn_records_and_two_answers_are_said(a_record: Make, team: Team) -> None:
    note = a_record("note", headline="Rang the ward", _withdrawn="Wrong client")
    assert told(note, team, on=ON).chips[0].text == "Withdrawn"
    first = a_record("note", headline="One")
    live = [*first.live, Live(first.live[0].at + 1, 8, 1, 0, {"headline": "Two"})]
    both = Record(first.id, "note", b"", "partners", OSEI, live)
    said = told(both, team, on=ON)
    assert (said.title, said.chips[-1].text) == ("Two", "Two answers")


def test_accounts_of_two_are_told_under_their_names(a_record: Make, team: Team) -> None:
    visit = a_record("visit", at="2026-11-23T10:40", state="done", people=[OSEI, SHAH])
    held = [
        a_record("account", author=OSEI, visit=visit.id.hex(), note="Let us in."),
        a_record("account", author=SHAH, visit=visit.id.hex(), note="Dog quiet."),
    ]
    said = told(visit, team, on=ON, encounter=encounter(visit, held))
    assert said.summary == "K. Osei: Let us in.\nPC R. Shah: Dog quiet."


def test_a_planned_visit_says_it_is_planned(a_record: Make, team: Team) -> None:
    visit = a_record("visit", at="2026-11-30T10:40", state="planned", kind="home", people=[OSEI])
    said = told(visit, team, on=ON)
    assert (said.title, said.chips[0].text) == ("Home visit", "Planned")


def test_a_form_of_a_newer_tandem_is_told_as_far_as_it_can_be(a_record: Make, team: Team) -> None:
    said = told(a_record("hologram", beam="blue"), team, on=ON)
    assert said.title == "Something a newer Tandem wrote"
    assert answers_in_words(a_record("hologram", beam="blue"), team, on=ON) == []


def test_every_answer_can_be_printed_with_its_question(a_record: Make, team: Team) -> None:
    account = a_record(
        "account",
        visit="ab" * 16,
        seen="seen",
        offers={"naloxone": "took_it", "housing": "later", "food": None},
        left=["card"],
        note="Her words.",
    )
    assert answers_in_words(account, team, on=ON) == [
        ("Were you able to see them?", "Yes"),
        ("Offered", "Naloxone kit: took it; Help with housing: later"),
        ("Note", "Her words."),
    ]
    client = a_record(
        "client", born="1989~", aliases=["Danny", "Dan"], first_contact_on="2026-01-02"
    )
    assert answers_in_words(client, team, on=ON) == [
        ("Other names", "Danny, Dan"),
        ("Born", "about 1989"),
        ("First contact", "Fri 2 Jan"),
    ]


def test_names_are_listed_as_in_a_sentence() -> None:
    assert [listed(list(names)) for names in ("", "A", "AB", "ABC")] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_a_chip_of_a_newer_code_shows_the_code() -> None:
    assert chip_of("outcome", "seen_from_afar") == Chip("seen_from_afar")
    assert chip_of("outcome", "") is None


ODD = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=12),
        st.sampled_from(["seen", "2026-11-23", "2026-11-23T10:00", "a" * 16, "%s {note}", "**"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("name", sorted(forms()))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(ODD, min_size=1, max_size=5))
def test_no_answer_however_odd_makes_the_telling_fail(
    name: str, values: list[object], a_record: Make, team: Team
) -> None:
    names = [one.name for one in forms()[name].field]
    answers = {one: cast(Json, values[at % len(values)]) for at, one in enumerate(names)}
    record = a_record(name, **answers)
    said = told(record, team, on=ON, encounter=encounter(record, [record]))
    assert said.title
    assert all(words for _question, words in answers_in_words(record, team, on=ON))


@pytest.mark.parametrize(
    ("kind", "outcome", "words"),
    [
        ("home", "not_seen", "Not seen"),
        ("phone", "not_seen", "No answer"),
        ("phone", "seen", "Spoke"),
        ("text", "seen", "Answered"),
        ("phone", "refused", "Did not want to talk"),
    ],
)
def test_nobody_is_not_seen_by_phone(
    kind: str, outcome: str, words: str, a_record: Make, team: Team
) -> None:
    visit = a_record("visit", kind=kind, state="done", outcome=outcome, people=[OSEI])
    assert [chip.text for chip in told(visit, team, on=ON).chips] == [words]
