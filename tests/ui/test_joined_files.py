# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two files of one person on every page: one person, and what is altered stays where it was."""

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from desktop_app.casework.records import WITHDRAWN, Answers, link
from desktop_app.casework.reference import reference
from desktop_app.reports.client_summary import client_summary
from storage import reads
from storage.store import Store
from tests.logged import logged
from tests.ui.conftest import SignIn
from tests.ui.door import Door
from tests.ui.file_desk import Page, alert, stands_by, visit
from tests.ui.morning import Morning, plan
from tests.ui.office import SHAH, Office, small_team
from tests.ui.test_record import Sheet
from ui.clock import Clock
from ui.pages import clients_ask, clinic, today_facts
from ui.pages.clients_ask import Narrow, Wanted
from ui.pages.today_coming import week
from ui.session import Session

TODAY = "2026-11-23"


@pytest.fixture
def two(office: Office) -> tuple[bytes, bytes]:
    """A person of two files, the older one named first."""
    old = office.client("Marsh", "Daniel", known_as="Danny")
    new = office.client("Mahrsh", "Danny", known_as="Scout")
    join(office, old, new)
    return old, new


def join(office: Office, one: bytes, other: bytes) -> bytes:
    told = {"finding": "same", "other": link(other), "reason": "They told us", "by": SHAH}
    return office.colleague(SHAH, "same_person", told, client=one)


def test_either_file_opens_the_person_with_all_that_happened(
    page: Page, office: Office, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    visit(office, old, "2026-11-20T10:00")
    visit(office, new, "2026-11-21T10:00")
    alert(office, new)
    for client in (new, old):
        page.open(client)
        said = page.page.banner.accessibleName()
        assert "MARSH, Daniel" in said
        assert f"Ref {reference(old)}" in said
        assert f"Also {reference(new)}" in said
        assert page.page.client == old
        assert page.page.alert.isVisible()
        assert sum(one.startswith("Seen") or "visit" in one for one in page.titles()) >= 2
        assert page.page.files[:1] == (client,)


def test_the_page_hears_of_what_is_written_in_either_file(
    page: Page, office: Office, two: tuple[bytes, bytes], session: Session
) -> None:
    old, new = two
    page.open(old)
    before = len(page.entries())
    note = session.edit("note", {"headline": "Rang", "happened_at": f"{TODAY}T09:00"}, client=new)
    session.save([note])
    page.settle()
    assert len(page.entries()) == before + 1


def test_a_handover_of_a_worker_of_the_other_file_is_saved_where_they_stand(
    page: Page, office: Office, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    duty = stands_by(office, new)
    page.open(old, form="handover")
    page.fill(handover_reason="balance", handed_to=SHAH)
    page.save()
    assert office.record(duty).client == new
    assert office.record(duty).text("handed_to") == SHAH


def test_a_record_of_the_other_file_is_altered_where_it_is(
    qtbot: QtBot, session: Session, office: Office, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    asked = {"domain": "housing", "what": "A room", "raised_on": TODAY, "action": "Ring"}
    need = office.save("need", asked, client=new)
    sheet = Sheet(qtbot, session)
    sheet.show("need", old, need)
    assert sheet.open.facts.client is not None
    assert sheet.open.facts.client.id == old
    sheet.type("action", " them")
    sheet.open.save()
    sheet.settle()
    assert office.record(need).client == new
    assert "them" in office.record(need).text("action")


def test_a_draft_begun_for_the_other_file_is_found_and_saved_there(
    qtbot: QtBot, session: Session, office: Office, page: Page, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    session.keep_draft("need", {"action": "Ring the landlord"}, client=new)
    page.open(old)
    drafted = next(one for one in page.entries() if one.record.startswith(b"draft:"))
    page.page.timeline.list.opened.emit(drafted.record)
    assert page.went[-1].client == new
    sheet = Sheet(qtbot, session)
    sheet.show("need", new)
    assert sheet.open.view.editor("action").value() == "Ring the landlord"


def test_a_visit_planned_in_the_other_file_is_recorded_there(
    door: Door, office: Office, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    planned = plan(office, new, f"{TODAY}T16:00")
    opened = door.open(old)
    assert opened.facts.file.client.id == old
    assert opened.facts.visit is not None
    door.note("Well")
    assert opened.drafting._client == new
    opened.drafting.flush()
    door.settle()
    held = {(one.client, one.record) for one in office.store.drafts()}
    assert held == {(new, planned)}


def test_today_the_list_and_the_appointments_know_one_person(
    morning: Morning, office: Office, two: tuple[bytes, bytes], session: Session
) -> None:
    old, new = two
    stands_by(office, old)
    plan(office, old, f"{TODAY}T16:00")
    plan(office, new, f"{TODAY}T17:00")
    office.save("treatment", {"started_on": "2026-11-01", "status": "on_going"}, client=new)
    found = today_facts.gather(office.store, session.me, session.team, session.now())
    assert {file.client.id for file in found.files.values()} == {old}
    assert {one.name for one in found.dues if one.client} == {"MARSH, Daniel"}
    day = clinic.gather(office.store, session.today())
    assert {file.client.id for file in day.files.values()} == {old}
    assert set(day.files) == {old, new}
    morning.open()
    assert set(morning.names()) - {"To share"} == {"MARSH, Daniel"}
    for narrow in (Narrow.TREATMENT, Narrow.MINE):
        wanted = Wanted(session.me, session.team, session.now(), frozenset({narrow}), "name")
        shown = clients_ask.listed(office.store, wanted)
        assert [row.client for row in shown.rows] == [old]


def test_what_is_told_of_a_visit_stays_with_the_file_the_visit_is_in(
    morning: Morning, office: Office, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    stands_by(office, old)
    planned = plan(office, new, f"{TODAY}T14:00")
    morning.open()
    morning.answer("MARSH", "Seen")
    (account,) = office.of(new, "account")
    assert account.text("visit") == link(planned)
    assert office.of(old, "account") == []


def test_a_summary_names_both_files_and_tells_of_both(
    office: Office, two: tuple[bytes, bytes], clock: Clock
) -> None:
    old, new = two
    visit(office, new, "2026-11-21T10:00")
    found = reads.client(office.store, new)
    assert found is not None
    records = reads.records(office.store, client=new)
    sheet = client_summary(found, records, small_team(), on=clock.now().date(), made="")
    banner = {fact.label: fact.value for fact in sheet.banner}
    assert banner["Ref"] == reference(old)
    assert banner["Also on file as"] == f"{reference(new)} MAHRSH, Danny"
    assert sum(len(section.entries) for section in sheet.sections) > 0


@pytest.fixture
def coordinator(sign_in: SignIn, office: Office) -> Session:
    return sign_in(Role.COORDINATOR)


def test_joining_and_parting_are_written_into_the_audit_in_the_same_save(
    office: Office, coordinator: Session, qtbot: QtBot, vault: Store
) -> None:
    old, new = office.client("Marsh"), office.client("Mahrsh")
    told: Answers = {"finding": "same", "other": link(new), "reason": "They told us"}
    edit = coordinator.edit("same_person", told, client=old)
    coordinator.save([edit])
    back = coordinator.edit("same_person", {WITHDRAWN: "No"}, client=old, record=edit.record)
    coordinator.save([back])
    other = coordinator.edit("same_person", {**told, "finding": "different"}, client=old)
    coordinator.save([other])
    qtbot.waitUntil(lambda: not coordinator.busy)
    entries = logged(vault, "combination")
    assert [one.answers["how"] for one in entries] == ["merged", "parted", "told_apart"]
    assert all(one.answers["clients"] == [link(old), link(new)] for one in entries)
    assert not any("told us" in str(one.answers) for one in entries)


def test_what_comes_up_this_week_stands_there_once_for_a_person_of_two_files(
    morning: Morning, office: Office, two: tuple[bytes, bytes]
) -> None:
    old, new = two
    stands_by(office, old)
    inside = {"setting": "remand", "from_on": "2026-11-02", "expected_release_on": "2026-11-25"}
    office.save("setting", inside, client=new)
    alert(office, old, review_on="2026-11-26")
    plan(office, new, "2026-11-27T10:00")
    morning.open()
    gathered = morning.page.gathered
    assert gathered is not None
    assert {old, new} <= gathered.files.keys(), "their file is found by either"
    days, _later = week(
        gathered.coming, gathered.dues, gathered.files, today=morning.session.today()
    )
    said = [entry.text for day in days for entry in day.entries]
    assert said.count("MARSH, released") == 1
    assert said.count("MARSH, alert review") == 1
    assert sum(one.startswith("MARSH, home") for one in said) == 1
