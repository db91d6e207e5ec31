# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One visit, several people: joining, narrowing, sealing, and what arrives while typing."""

from pytestqt.qtbot import QtBot

from desktop_app.casework.records import link
from storage.store import Store
from tests.ui.conftest import SignIn
from tests.ui.door import Door
from tests.ui.office import BELLO, OSEI, SHAH, Office, OfficeClock
from ui.pages.doorstep_join import JoinOffer
from ui.pages.doorstep_visit import DoorstepVisit
from ui.places import Place
from ui.session import Session


def offered(visit: DoorstepVisit) -> JoinOffer:
    (offer,) = visit.findChildren(JoinOffer)
    return offer


def test_an_alert_that_arrives_while_typing_is_shown_at_once(
    door: Door, office: Office, session: Session, lee: bytes
) -> None:
    visit = door.open(lee)
    door.note("Knocked")
    answers = {"headline": "Threats", "how_to_visit": "not_at_all", "set_on": "2026-11-23"}
    office.colleague(SHAH, "alert", answers, client=lee)
    session.changed.emit(frozenset({lee}))
    door.settle()
    assert "Do not go to this address." in visit.top.alert.accessibleName()
    assert visit.words.note.text() == "Knocked"


def test_what_a_colleague_changes_shows_where_nothing_was_typed_and_is_told_where_it_was(
    door: Door, office: Office, session: Session, clock: OfficeClock, lee: bytes
) -> None:
    plan = {"at": "2026-11-23T15:00", "state": "planned", "kind": "street", "people": [OSEI]}
    planned = office.save("visit", plan, client=lee)
    visit = door.open(lee, planned)
    visit.happened.where.place.setFocus()
    door.key("By the harbour")
    clock.later(1)
    office.colleague(
        SHAH, "visit", {"place": "By the church", "minutes": 35}, client=lee, record=planned
    )
    session.changed.emit(frozenset({lee, planned}))
    door.settle()
    assert visit.happened.where.place.text() == "By the harbour"
    assert visit.happened.rows["kind"].message.text() == (
        "PC R. Shah changed this at 15:05: By the church"
    )
    assert visit.happened.when.minutes.text() == "35"


def test_a_colleagues_visit_of_the_day_is_joined_and_holds_two_accounts(
    door: Door, office: Office, lee: bytes
) -> None:
    answers = {
        "at": "2026-11-23T15:00",
        "state": "done",
        "kind": "home",
        "people": [SHAH],
        "outcome": "seen",
    }
    theirs = office.colleague(SHAH, "visit", answers, client=lee)
    visit = door.open(lee)
    offer = offered(visit)
    assert "PC R. Shah recorded this visit too (15:00, home)" in offer.accessibleName()
    offer.join.click()
    door.key("b")
    door.note("She would not talk to me.")
    door.save()
    (held,), (account,) = office.of(lee, "visit"), office.of(lee, "account")
    assert held.id == theirs
    assert held.answers["outcome"] == "seen"
    assert held.answers["people"] == [SHAH, OSEI]
    assert account.answers["visit"] == link(theirs)
    assert account.answers["seen"] == "refused"


def test_a_colleagues_visit_that_was_another_one_is_left_alone(
    door: Door, office: Office, lee: bytes
) -> None:
    answers = {"at": "2026-11-23T10:00", "state": "done", "kind": "home", "people": [SHAH]}
    theirs = office.colleague(SHAH, "visit", {**answers, "outcome": "seen"}, client=lee)
    visit = door.open(lee)
    offered(visit).other.click()
    door.key("y")
    door.save()
    assert len(office.of(lee, "visit")) == 2
    assert office.record(theirs).answers["people"] == [SHAH]


def test_an_account_that_has_not_left_can_be_opened_and_changed(
    door: Door, office: Office, lee: bytes
) -> None:
    door.open(lee)
    door.key("y")
    door.note("Door open.")
    door.save()
    (held,) = office.of(lee, "visit")
    visit = door.open(lee, held.id)
    assert visit.happened.tiles.value() == "seen"
    door.note(" Lock broken.")
    door.save()
    (account,) = office.of(lee, "account")
    assert account.answers["note"] == "Door open. Lock broken."
    assert len(office.of(lee, "visit")) == 1


def test_a_sealed_account_is_read_and_corrected_on_a_sheet_of_its_own(
    door: Door, office: Office, qtbot: QtBot, lee: bytes
) -> None:
    door.open(lee)
    door.key("y")
    door.note("Door open.")
    door.save()
    office.share()
    (held,), (account,) = office.of(lee, "visit"), office.of(lee, "account")
    visit = door.open(lee, held.id)
    assert visit.words.note.isReadOnly()
    assert not visit.happened.tiles.isEnabled()
    with qtbot.waitSignal(door.page.go) as gone:
        visit.words.correct.emit()
    assert gone.args[0] == Place("record", client=lee, record=account.id, form="account")


def test_kept_to_health_the_account_goes_there_and_the_outcome_to_everybody(
    qtbot: QtBot, sign_in: SignIn, vault: Store, clock: OfficeClock
) -> None:
    office = Office(vault, clock, me=BELLO)
    lee = office.client()
    door = Door(qtbot, sign_in("nurse"))
    visit = door.open(lee)
    door.key("y")
    visit.words.readers.choose("health")
    lines = visit.words.readers.lines()
    assert [(one.names, one.sees_all) for one in lines] == [
        ("You", True),
        ("K. Lund and K. Osei", False),
        ("M. Lowe", False),
        ("PC R. Shah", False),
    ]
    door.note("Clinical words")
    door.save()
    assert [one.audience for one in office.of(lee, "account")] == ["health"]
    assert [one.audience for one in office.of(lee, "visit")] == ["partners"]


def test_a_key_worker_alone_in_partners_is_not_offered_to_narrow(door: Door, lee: bytes) -> None:
    visit = door.open(lee)
    assert visit.words.readers.change.isHidden()


def test_an_account_sealed_while_it_is_being_changed_keeps_the_words_for_a_correction(
    door: Door, office: Office, session: Session, qtbot: QtBot, lee: bytes
) -> None:
    door.open(lee)
    door.key("y")
    door.note("Door open.")
    door.save()
    (held,), (account,) = office.of(lee, "visit"), office.of(lee, "account")
    visit = door.open(lee, held.id)
    door.note(" Lock broken.")
    office.share()
    session.changed.emit(frozenset({lee}))
    door.settle()
    door.settle()
    assert visit.words.note.isReadOnly()
    (draft,) = [one for one in office.store.drafts() if one.form == "account"]
    assert draft.record == account.id
    assert draft.answers["note"] == "Door open. Lock broken."


def test_a_save_that_comes_too_late_for_the_seal_saves_nothing_and_loses_nothing(
    door: Door, office: Office, trouble: list[str], lee: bytes
) -> None:
    door.open(lee)
    door.key("y")
    door.note("Door open.")
    door.save()
    (held,) = office.of(lee, "visit")
    visit = door.open(lee, held.id)
    door.note(" Lock broken.")
    visit.words.next.step.setFocus()
    door.key("Ring")
    visit.words.next.on.set_text("tomorrow")
    visit.words.edited.emit("next_step_on")
    office.share()
    door.save()
    door.settle()
    assert len(trouble) == 1
    assert "next_step" not in office.record(held.id).answers
    (account,) = office.of(lee, "account")
    assert account.answers["note"] == "Door open."
    assert "Lock broken." in str([one.answers for one in office.store.drafts()])
    assert door.page.visit is visit
