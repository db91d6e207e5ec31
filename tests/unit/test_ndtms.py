# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The return to national treatment monitoring."""

import csv
from datetime import date
from io import StringIO
from itertools import count

import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.outcome_packs import shipped
from desktop_app.casework.records import Answers, Live, Record, link
from desktop_app.reports.ndtms import Spell, datasets, file_name, lacks, ndtms_table, spells

K = datasets()["K"]
SINCE, UNTIL, ON = date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 28)
NUMBERS = count(1)
WHOLE: Answers = {
    "surname": "Marsh",
    "forename": "Daniel",
    "born": "1989-03-14",
    "gender": "man",
    "postcode": "zz1 2ab",
}


def record(form: str, answers: Answers, client: bytes = b"") -> Record:
    """Return a record as it would be read."""
    id_ = next(NUMBERS).to_bytes(16, "big")
    return Record(id_, form, client or id_, "partners", "", [Live(0, 0, 0, 0, answers)])


def held(*, agrees: str = "yes", **more: str) -> list[Spell]:
    """Return the spells of one client whose treatment went its way."""
    told: Answers = {**WHOLE, **more}
    client = record("client", told)
    treated: Answers = {
        "accepted_on": "2026-10-05",
        "status": "ended",
        "ended_on": "2026-10-30",
        "end_reason": "dropped_out",
        "referral": "arrest_referral",
    }
    episode = record("treatment", treated, client.id)
    steps = [
        record(
            "treatment_step",
            {"episode": link(episode.id), "step": step, "happened_on": day},
            client.id,
        )
        for step, day in (
            ("referred", "2026-10-02"),
            ("nurse_triage", "2026-10-06"),
            ("started", "2026-10-09"),
        )
    ]
    asked = [record("reporting_consent", {"agrees": agrees, "asked_on": "2026-10-06"}, client.id)]
    return spells([episode, *steps, *(asked if agrees else [])], [client], SINCE, UNTIL)


def rows(found: list[Spell]) -> list[dict[str, str]]:
    """Return the lines of a return by its columns."""
    return list(csv.DictReader(StringIO(ndtms_table(K, found, agency="AB12").decode())))


def test_an_episode_is_a_line_made_of_what_is_held_and_empty_elsewhere() -> None:
    (line,) = rows(held())
    said = {name: value for name, value in line.items() if value != "NA"}
    assert said == {
        "FINITIAL": "D",
        "SINITIAL": "M",
        "DOB": "14/03/1989",
        "SEX": "M",
        "PC": "ZZ1 2",
        "REFLD": "02/10/2026",
        "TRIAGED": "06/10/2026",
        "MODST": "09/10/2026",
        "DISD": "30/10/2026",
        "MODEND": "30/10/2026",
        "DISRSN": "85",
        "RFLS": "5",
        "AGNCY": "AB12",
        "CONSENT": "Y",
        "CLIENT": line["CLIENT"],
        "CLIENTID": line["CLIENTID"],
        "EPISODID": line["EPISODID"],
    }
    assert list(line) == list(K.columns)


def test_of_somebody_who_does_not_agree_three_columns_keep_their_values() -> None:
    (line,) = rows(held(agrees="no"))
    said = {name: value for name, value in line.items() if value != "NA"}
    assert said == {"AGNCY": "AB12", "CLIENTID": line["CLIENTID"], "CONSENT": "N"}


@pytest.mark.parametrize("agrees", ["", "declined", "not_asked"])
def test_of_somebody_who_gave_no_answer_nothing_is_sent(agrees: str) -> None:
    found = held(agrees=agrees)
    assert rows(found) == []
    assert [one.what for one in lacks(found, on=ON)] == [
        "Ask whether they agree to national reporting."
    ]


def test_what_is_missing_is_a_list_of_things_to_do() -> None:
    assert lacks(held(), on=ON) == []
    told = [one.what for one in lacks(held(surname="", born="1989", gender=""), on=ON)]
    assert told == ["Surname.", "The whole date of birth.", "Gender."]
    (young,) = lacks(held(born="2015-01-01"), on=ON)
    assert "under 18" in young.what


def test_only_what_was_open_in_the_time_asked_for_is_sent() -> None:
    client = record("client", WHOLE)
    days = (("2026-09-01", ""), ("2026-09-01", "2026-09-30"), ("2026-11-01", ""))
    episodes = [
        record("treatment", {"accepted_on": begun, "ended_on": ended}, client.id)
        for begun, ended in days
    ]
    assert [one.episode for one in spells(episodes, [client], SINCE, UNTIL)] == episodes[:1]


def test_the_file_is_named_by_the_rule() -> None:
    assert file_name(K, "AB12", SINCE, UNTIL) == "AB12-20261001-20261031-TREAT-IN-K.csv"
    for code in ("", "a", "AB 12", "../../x"):
        with pytest.raises(NotAllowed):
            file_name(K, code, SINCE, UNTIL)


def test_every_column_that_is_made_of_something_is_one_of_the_columns() -> None:
    for dataset in datasets().values():
        assert {*dataset.made_of, *dataset.no_consent_keeps} <= set(dataset.columns)
        assert len(set(dataset.columns)) == len(dataset.columns)


WEEKS: Answers = {
    "filled_on": "2026-10-12",
    "stage": "start",
    "pack": "four_weeks",
    "version": "1",
    "answers": {
        "alcohol": 12,
        "opioids": 28,
        "crack": 0,
        "injected": "declined",
        "shared": "no",
        "mind": 7,
        "learning": 3,
        "other_substance": 5,
        "no_safe_home": "yes",
        "work": 99,
    },
}
SAID = {
    "TOPDATE": "12/10/2026",
    "ALCUSE": "12",
    "OPIUSE": "28",
    "CRAUSE": "0",
    "SHARING": "N",
    "PSYHSTAT": "7",
}


def weeks(*forms: Answers, agrees: str = "yes", ended: str = "") -> list[dict[str, str]]:
    """Return the return of one client with two episodes and some forms, by episode."""
    client = record("client", WHOLE)
    days = (("2026-05-01", "2026-10-03"), ("2026-10-05", ended))
    told = [
        record("treatment", {"accepted_on": begun, "ended_on": end}, client.id)
        for begun, end in days
    ]
    asked = record("reporting_consent", {"agrees": agrees, "asked_on": "2026-10-06"}, client.id)
    filled = [record("outcome_form", {**WEEKS, **one}, client.id) for one in forms]
    return rows(spells([*told, asked, *filled], [client], SINCE, UNTIL))


def profile(line: dict[str, str]) -> dict[str, str]:
    """Return what a line says of the last four weeks, but for the form's own number."""
    first, last = K.columns.index("TOPDATE"), K.columns.index("QUALLIFE")
    said = {name: line[name] for name in K.columns[first : last + 1] if line[name] != "NA"}
    return {name: value for name, value in said.items() if name != "TOPID"}


def test_answers_that_are_the_same_measure_stand_in_their_columns_and_no_others_do() -> None:
    before, now = weeks({})
    assert profile(before) == {}, "it is of the later episode"
    assert profile(now) == SAID
    assert now["TOPID"] != "NA"


def test_of_somebody_who_does_not_agree_no_answer_is_sent() -> None:
    assert [profile(one) for one in weeks({}, agrees="no")] == [{}, {}]


@pytest.mark.parametrize(
    "form",
    [{"pack": "ours"}, {"version": "2"}, {"filled_on": "2026-11-01"}, {"filled_on": "2026-09-30"}],
)
def test_another_pack_and_another_time_fill_nothing(form: Answers) -> None:
    _before, now = weeks(form)
    answered = {name: said for name, said in profile(now).items() if name != "TOPDATE"}
    assert answered == {}


def test_of_several_forms_the_latest_is_sent_and_of_a_wrong_one_its_correction() -> None:
    later: Answers = {"filled_on": "2026-10-20", "answers": {"alcohol": 3}}
    assert profile(weeks({}, later)[1]) == {"TOPDATE": "20/10/2026", "ALCUSE": "3"}
    client = record("client", WHOLE)
    run = record("treatment", {"accepted_on": "2026-10-05"}, client.id)
    asked = record("reporting_consent", {"agrees": "yes", "asked_on": "2026-10-06"}, client.id)
    wrong = record("outcome_form", WEEKS, client.id)
    right: Answers = {**WEEKS, "answers": {"alcohol": 2}, "corrects": link(wrong.id)}
    put_right = record("outcome_form", right, client.id)
    found = rows(spells([run, asked, wrong, put_right], [client], SINCE, UNTIL))
    assert [profile(one) for one in found] == [{"TOPDATE": "12/10/2026", "ALCUSE": "2"}]


def test_every_column_of_the_profile_is_one_and_has_a_question_of_ours() -> None:
    for dataset in datasets().values():
        asked = {one.name for one in shipped().item}
        assert set(dataset.outcome.columns) <= set(dataset.columns)
        assert set(dataset.outcome.columns.values()) <= asked
        offending = {"SHOTHEFT", "DRGSELL", "OTHTHEFT", "ASSAULT"}
        assert not offending & set(dataset.outcome.columns), "self-report is no measure of it"
        assert (dataset.outcome.pack, dataset.outcome.version) == shipped().key
