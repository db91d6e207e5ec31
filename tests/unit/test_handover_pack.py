# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The handover pack: in its order, for whom it is for, and what is open in it."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from msgspec import structs
from pypdf import PdfReader

from desktop_app.casework.coming import coming
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Team
from desktop_app.casework.phones import phones
from desktop_app.casework.promises import promises
from desktop_app.casework.records import Json, Record, link
from desktop_app.reports.handover_pack import handover_pack
from desktop_app.reports.pdf import pdf
from desktop_app.reports.sheet import Section, Sheet
from desktop_app.reports.web_page import web_page
from tests.unit.desk import BELLO, LOWE, NOW, OSEI, SHAH

Make = Callable[..., Record]
HEALTH, POLICE = "Health only", "Police only"
SECRET, KEPT = "Buprenorphine raised", "Seen with the Hartleys"


@pytest.fixture
def client(a_record: Make) -> Record:
    return a_record(
        "client",
        surname="Quillfeather",
        forename="Leanne",
        never="No letters",
        schemes=["dip"],
        other_workers="J. Ames, DIP, 01632 960011",
        address_1="7 Mill Lane",
    )


@pytest.fixture
def records(a_record: Make, client: Record) -> list[Record]:
    def of(form: str, **answers: Json) -> Record:
        more = {"audience": answers.pop("audience", "partners")}
        return a_record(form, client.id, **more, **answers)

    visit = of("visit", at="2026-11-19T10:00", state="done", outcome="seen", kind="home",
               people=[OSEI], next_step="Ring the council", next_step_on="2026-11-26",
               next_step_with=[OSEI])  # fmt: skip
    goal = of("goal", words="A door of my own", domain="housing", set_on="2026-10-01")
    return [
        visit,
        goal,
        of("account", visit=link(visit.id), seen="seen", note="She had a good week",
           promised="A bus pass"),
        of("account", visit=link(visit.id), seen="seen", note=SECRET, audience="health"),
        of("alert", headline="Dog loose", about="dog", how_to_visit="two", set_on="2026-11-01"),
        of("alert", headline=KEPT, about="other", set_on="2026-11-01", audience="police"),
        of("assignment", duty="key_worker", worker=OSEI, from_on="2026-08-01"),
        of("assignment", duty="police_lead", worker=SHAH, from_on="2026-08-01"),
        of("setting", setting="community", from_on="2026-09-04"),
        of("need", what="Bidding number", domain="housing", goal=link(goal.id), owner=OSEI,
           raised_on="2026-10-02", due_on="2026-12-01"),
        of("appointment", kind="nurse", booked_for="2026-11-27T09:30", with_person=BELLO,
           what="Dressing", state="booked", place="The clinic"),
        of("handover", duty="key_worker", worker=OSEI, handed_to=BELLO, offered_on="2026-11-20",
           reason="worker_leaves", to_know="Walk and talk.", promises="The form for the bus pass"),
    ]  # fmt: skip


@pytest.fixture
def made(a_record: Make, client: Record, records: list[Record], team: Team) -> Callable[..., Sheet]:
    rung = a_record("team_phone", author=SHAH, person=SHAH, number="01632 960100", hours="till 4")

    def make(receiver: str, giver: str = OSEI) -> Sheet:
        return handover_pack(
            client,
            records,
            team,
            giver=team.persons[giver],
            receiver=team.persons.get(receiver),
            limits=limits(),
            now=NOW,
            made="Taken out by K. Osei",
            phones=phones([rung], team),
        )

    return make


def words(sheet: Sheet) -> str:
    return web_page(sheet).decode()


def part(sheet: Sheet, title: str) -> Section:
    (found,) = [one for one in sheet.sections if one.title == title]
    return found


def test_safety_is_first_then_safe_contact_and_everything_is_in_it(
    made: Callable[..., Sheet],
) -> None:
    sheet = made(BELLO)
    assert [one.title for one in sheet.sections][:5] == [
        "Safety",
        "Safe contact",
        "Address and telephone",
        "For the next worker",
        "What is not in it",
    ]
    said = words(sheet)
    for one in (
        "Dog loose",
        "No letters",
        "Walk and talk.",
        "Ring the council",
        "A bus pass",
        "A door of my own",
        "Bidding number",
        "Fri 27 Nov, 09:30",
        "In the community, for",
        "Seen",
        "J. Ames, DIP, 01632 960011",
        "PC R. Shah (Police), 01632 960100 (till 4)",
        "7 Mill Lane",
    ):
        assert one in said, one
    assert "Dressing" not in said, "an appointment is one, never what it is for"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf(sheet))).pages)
    assert "Walk and talk." in text


@pytest.mark.parametrize(
    ("receiver", "giver", "there"),
    [
        (SHAH, LOWE, [POLICE]),
        (BELLO, LOWE, [HEALTH]),
        (OSEI, LOWE, []),
        ("", LOWE, []),
        (LOWE, LOWE, [HEALTH, POLICE]),
    ],
)
def test_what_its_receiver_may_not_read_is_not_in_it_and_that_is_said(
    made: Callable[..., Sheet], receiver: str, giver: str, there: list[str]
) -> None:
    sheet = made(receiver, giver)
    said = words(sheet)
    left = {one.label: one.value for one in part(sheet, "What is not in it").facts}
    for group, secret in ((HEALTH, SECRET), (POLICE, KEPT)):
        assert (secret in said) == (group in there)
        assert left.get(group, "").startswith("Left out") == (group not in there)
        assert (group in sheet.marking) == (group in there)


def test_that_it_is_left_out_says_nothing_of_whether_there_is_any(
    made: Callable[..., Sheet], records: list[Record]
) -> None:
    before = part(made(SHAH, OSEI), "What is not in it")
    records[:] = [one for one in records if one.audience == "partners"]
    assert part(made(SHAH, OSEI), "What is not in it") == before


def test_a_step_that_is_done_is_no_promise_and_what_has_no_day_stands_last(
    records: list[Record], a_record: Make
) -> None:
    partners = [one for one in records if one.audience == "partners"]
    assert [(one.words, one.by) for one in promises(partners)] == [
        ("Ring the council", date(2026, 11, 26)),
        ("A bus pass", None),
    ]
    step = partners[0]
    (live,) = step.live
    said = live.answers | {"next_step_done_on": "2026-11-22"}
    done = structs.replace(step, live=[structs.replace(live, answers=said)])
    assert [one.words for one in promises([done, *partners[1:]])] == ["A bus pass"]


def test_what_is_to_come_stands_by_the_clock(records: list[Record], team: Team) -> None:
    assert [(one.what, one.with_whom) for one in coming(records, team, NOW)] == [
        ("Appointment", "A. Bello")
    ]


def test_of_a_call_nobody_says_that_somebody_was_seen(
    made: Callable[..., Sheet], client: Record, records: list[Record], a_record: Make
) -> None:
    for day, outcome in ((16, "seen"), (17, "not_seen")):
        told = {"kind": "phone", "outcome": outcome, "state": "done", "people": [OSEI]}
        records.append(a_record("visit", client.id, at=f"2026-11-{day}T10:00", **told))
    contacts = part(made(BELLO), "Last contacts").entries
    assert [one.title for one in contacts] == ["Seen", "No answer", "Spoke"]


def test_what_two_tell_of_one_visit_stands_under_their_names(
    made: Callable[..., Sheet], client: Record, records: list[Record], a_record: Make
) -> None:
    (visit,) = [one for one in records if one.form == "visit"]
    more = {"visit": link(visit.id), "seen": "seen", "note": "Said hello"}
    records.append(a_record("account", client.id, author=SHAH, **more))
    (contact,) = part(made(""), "Last contacts").entries
    assert "PC R. Shah: Said hello" in contact.text.splitlines()


def test_who_sees_to_a_part_of_the_release_is_said_once(
    made: Callable[..., Sheet], client: Record, records: list[Record], a_record: Make
) -> None:
    away = {"setting": "sentenced", "from_on": "2026-10-01", "expected_release_on": "2026-12-02"}
    records.append(a_record("setting", client.id, **away))
    day = {"transport": "K. Osei's car", "transport_by": OSEI, "money_by": OSEI}
    records.append(a_record("release_plan", client.id, **day))
    said = {one.label: one.value for one in part(made(BELLO), "The day of release").facts}
    assert said["How they get there"] == "K. Osei's car"
    assert said["Money"] == "Open (K. Osei)"


def test_with_whom_it_is_has_no_word_of_any_language_between_the_names(
    client: Record, a_record: Make, team: Team
) -> None:
    both = {"kind": "home", "state": "planned", "people": [OSEI, SHAH]}
    visit = a_record("visit", client.id, at="2026-11-27T10:00", **both)
    (one,) = coming([visit], team, NOW)
    assert (one.who, one.with_whom) == ("K. Osei and PC R. Shah", "K. Osei, PC R. Shah")
