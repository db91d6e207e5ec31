# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The return to national treatment monitoring."""

import csv
from datetime import date
from io import StringIO
from itertools import count

import pytest

from desktop_app.casework.errors import NotAllowed
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
