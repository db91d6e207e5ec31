# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The visit pack: what has to be known at the door, and what paper never holds."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.casework.due import CaseFile
from desktop_app.casework.people import Team
from desktop_app.casework.phones import phones
from desktop_app.casework.records import Json, Record, link
from desktop_app.reports.pdf import pdf
from desktop_app.reports.sheet import Sheet
from desktop_app.reports.visit_pack import Paper, stops, visit_pack
from desktop_app.reports.web_page import web_page
from tests.unit.desk import BELLO, LOWE, NOW, OSEI, SHAH

Make = Callable[..., Record]
DAY = date(2026, 11, 23)
Pack = Callable[..., Sheet]


@pytest.fixture
def client(a_record: Make) -> Record:
    return a_record(
        "client",
        surname="Quillfeather",
        forename="Leanne",
        phone="07700 900318",
        address_1="7 Mill Lane",
        never="No letters",
        may_ring="yes",
        schemes=["dip"],
        other_workers="J. Ames, 01632 960011",
    )


@pytest.fixture
def planned(a_record: Make, client: Record) -> list[Record]:
    """Return what is in the day's calendar, of which Osei leaves the house for two."""

    def of(form: str, **answers: Json) -> Record:
        return a_record(form, client.id, **answers)

    return [
        of("visit", at="2026-11-23T16:00", state="planned", kind="home", people=[OSEI, SHAH],
           ask="How is the sister?"),
        of("visit", at="2026-11-23T09:00", state="planned", kind="phone", people=[OSEI]),
        of("visit", at="2026-11-23T09:30", state="planned", kind="video", people=[OSEI]),
        of("visit", at="2026-11-23T10:00", state="called_off", kind="home", people=[OSEI]),
        of("visit", at="2026-11-23T18:00", state="planned", kind="home", people=[BELLO]),
        of("appointment", booked_for="2026-11-23T15:00", state="booked", kind="nurse",
           with_person=BELLO, company=[OSEI], place="The clinic"),
        of("appointment", booked_for="2026-11-23T17:00", state="booked", kind="nurse",
           with_person=OSEI),
    ]  # fmt: skip


@pytest.fixture
def pack(a_record: Make, team: Team, client: Record, planned: list[Record]) -> Pack:
    def of(form: str, audience: str = "partners", **answers: Json) -> Record:
        return a_record(form, client.id, audience=audience, **answers)

    past = of("visit", at="2026-11-16T10:00", state="done", outcome="seen", kind="home",
              people=[OSEI], next_step="Ring the council about Quillfeather",
              next_step_on="2026-11-26")  # fmt: skip
    more = (
        of("account", visit=link(past.id), seen="seen", note="She slept badly"),
        of("alert", headline="Dog loose", about="dog", how_to_visit="two", set_on="2026-11-01"),
        of("alert", "health", headline="Needle risk", about="health", set_on="2026-11-01"),
    )
    file = CaseFile(client, (past, *planned, *more))

    def make(paper: Paper | None = None) -> Sheet:
        going = stops([file], planned, OSEI)
        return visit_pack(going, team, me=OSEI, day=DAY, now=NOW, paper=paper)

    return make


def test_each_visit_says_whom_of_the_team_to_ring_also_on_paper(
    a_record: Make, team: Team, client: Record, planned: list[Record]
) -> None:
    given = [
        a_record("team_phone", author=who, person=who, number=f"01632 96010{at}", hours=hours)
        for at, (who, hours) in enumerate([(SHAH, "till 4"), (BELLO, ""), (OSEI, ""), (LOWE, "")])
    ]
    held = a_record("assignment", client.id, duty="key_worker", worker=BELLO, from_on="2026-01-01")
    going = stops([CaseFile(client, (*planned, held))], planned, OSEI)
    for paper in (None, Paper("Taken out")):
        sheet = visit_pack(
            *(going, team), me=OSEI, day=DAY, now=NOW, paper=paper, phones=phones(given, team)
        )
        told = [fact.value for one in sheet.sections for fact in one.facts if fact.label == "Ring"]
        assert told == [
            "A. Bello 01632 960101; M. Lowe 01632 960103",
            "PC R. Shah 01632 960100 (till 4); A. Bello 01632 960101; M. Lowe 01632 960103",
        ]


def test_it_holds_the_visits_one_goes_to_by_the_clock(pack: Pack) -> None:
    sheet = pack()
    assert sheet.name == "2 visits on Mon 23 Nov 2026"
    assert [one.title for one in sheet.sections] == [
        "15:00  QUILLFEATHER, Leanne",
        "16:00  QUILLFEATHER, Leanne",
    ]
    first = sheet.sections[1].facts[0]
    assert (first.label, first.tone) == ("Safety", "bad")
    assert "Dog loose" in first.value
    said = web_page(sheet).decode()
    for one in (
        "7 Mill Lane",
        "07700 900318",
        "No letters",
        "She slept badly",
        "How is the sister?",
        "Ring the council about Quillfeather, by Thu 26 Nov",
        "A. Bello visits on Mon 23 Nov too, at 18:00",
        "DIP. J. Ames, 01632 960011",
        "Home visit, with PC R. Shah",
        "Going along to an appointment",
    ):
        assert one in said, one


@pytest.mark.parametrize("addresses", [False, True])
def test_paper_has_a_first_name_and_a_reference_and_nothing_to_find_them_by(
    pack: Pack, *, addresses: bool
) -> None:
    sheet = pack(Paper("Taken out by K. Osei", addresses=addresses))
    said = web_page(sheet).decode()
    assert "Leanne Q. · " in said
    assert "Dog loose" in said
    assert "No letters" in said
    assert "Ring the council about Q." in said
    secret = ("Quillfeather", "QUILLFEATHER", "She slept badly", "Needle risk")
    where = ("7 Mill Lane", "07700 900318", "01632 960011")
    assert [one for one in secret if one in said] == []
    assert [one for one in where if one in said] == [*where] * addresses
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf(sheet))).pages)
    assert "Do not lose it" in text


def test_a_visit_that_is_kept_to_some_is_read_on_the_screen_and_never_on_paper(
    a_record: Make, team: Team, client: Record
) -> None:
    kept = {"state": "planned", "kind": "police_station", "people": [SHAH], "at": f"{DAY}T11:00"}
    visit = a_record("visit", client.id, audience="police", purpose="Ask about the van", **kept)
    going = stops([CaseFile(client, (visit,))], [visit], SHAH)
    for paper, count in ((None, 1), (Paper("Taken out by PC R. Shah"), 0)):
        sheet = visit_pack(going, team, me=SHAH, day=DAY, now=NOW, paper=paper)
        assert len(sheet.sections) == count
        assert ("Ask about the van" in web_page(sheet).decode()) == bool(count)


def test_a_visit_to_a_prison_says_which(a_record: Make, team: Team, client: Record) -> None:
    away = {"setting": "sentenced", "from_on": "2026-10-01", "place": "HMP Eastmoor"}
    setting = a_record("setting", client.id, **away)
    inside = {"state": "planned", "kind": "prison", "people": [OSEI], "at": f"{DAY}T11:00"}
    visit = a_record("visit", client.id, **inside)
    going = stops([CaseFile(client, (visit, setting))], [visit], OSEI)
    for paper in (None, Paper("Taken out by K. Osei")):
        (stop,) = visit_pack(going, team, me=OSEI, day=DAY, now=NOW, paper=paper).sections
        (where,) = [one.value for one in stop.facts if one.label == "Where"]
        assert where == "HMP Eastmoor"
