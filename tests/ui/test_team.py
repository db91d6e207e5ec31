# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Team: who is in it and reads what, who asks to join, and whom a lead lets in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from storage import reads
from sync.admission import key_is_stale, led_here, renew_key, take_out_laptop
from sync.asking import ask_to_join, invite, words_of_my_request
from sync.deciding import name_lead
from sync.leading import without_lead
from sync.places import LIST
from sync.seat import seat_of
from tests.sync.laptops import ANN, Laptop, join_team, let_in_whoever_waits
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from ui.kit.stops import first_stop
from ui.pages.team import TeamPage
from ui.pages.team_people import TakingOut
from ui.pages.team_request import RequestCard


@pytest.fixture
def newcomer(grant: Crew, tmp_path: Path) -> Iterator[Laptop]:
    """Somebody who has asked to join; the coordinator's laptop has heard of it."""
    laptop = Laptop("Lund", tmp_path / "lund", grant.four.clock)
    store, clock = grant.laptop.store, grant.four.clock
    raw = invite(store, now_ms=clock.now_ms, random=grant.laptop.dice.randbytes)
    ask_to_join(
        laptop.store,
        raw,
        name="K. Lund, Charity",
        laptop="Laptop 5",
        now_ms=clock.now_ms,
        random=laptop.dice.randbytes,
    )
    laptop.exchange(grant.four.share)
    grant.exchange()
    yield laptop
    laptop.close()


@pytest.fixture
def bell(grant: Crew) -> Laptop:
    """The nurse, who alone leads health."""
    return grant.four.bell


def card_of(page: TeamPage) -> RequestCard:
    (card,) = (one for one in page.findChildren(RequestCard) if one.isVisible())
    return card


def press(page: TeamPage, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if words in one.accessibleName())


def test_everybody_is_listed_with_what_they_do_their_laptops_and_what_they_read(
    ann: Crew,
) -> None:
    said = words_on(ann.show(TeamPage))
    assert "4 people" in said
    assert "PC R. Shah. Police officer · Police" in said
    assert "Bell's laptop" in said
    assert "Health only" in said


def test_only_a_coordinator_can_invite(ann: Crew, grant: Crew) -> None:
    assert "Invite somebody" not in words_on(ann.show(TeamPage))
    assert "Invite somebody" in words_on(grant.show(TeamPage))


def test_whoever_can_only_read_the_team_reads_it_with_the_keyboard(ann: Crew) -> None:
    page = ann.show(TeamPage)
    first = first_stop(page)
    assert first is not None
    assert (nameless(page), first.accessibleName()) == ([], "Who is in the team")


def test_an_invitation_lands_in_the_folder_chosen(grant: Crew, tmp_path: Path) -> None:
    page = grant.show(TeamPage)
    page.invite()
    grant.settle()
    assert not page.notice.isVisible()
    grant.dialogs.answers["folder"] = tmp_path
    page.invite()
    grant.settle()
    (file,) = tmp_path.glob("*.invitation")
    assert file.name in page.notice.text()
    assert "three weeks" in page.notice.text()


def test_a_request_shows_who_asks_and_the_same_six_words(grant: Crew, newcomer: Laptop) -> None:
    page = grant.show(TeamPage)
    said = words_on(card_of(page))
    assert "K. Lund, Charity, on Laptop 5" in said
    assert "   ".join(words_of_my_request(newcomer.store)) in said


def test_nobody_is_let_in_before_words_were_compared_and_roles_given(
    grant: Crew, newcomer: Laptop
) -> None:
    page = grant.show(TeamPage)
    card = card_of(page)
    card.let_in()
    assert "Compare the six words first." in card.wrong.text()
    assert "Say what they do." in card.wrong.text()
    card.compared.setChecked(True)
    card.let_in()
    grant.settle()
    assert "Compare" not in card.wrong.text()
    assert len(grant.session.team.persons) == 4


def test_somebody_let_in_is_in_the_team_on_every_laptop(grant: Crew, newcomer: Laptop) -> None:
    page = grant.show(TeamPage)
    card = card_of(page)
    card.compared.setChecked(True)
    card.roles.set_values([Role.KEY_WORKER.value])
    card.let_in()
    grant.settle()
    assert "K. Lund is in the team." in page.notice.text()
    assert "when you share" in page.notice.text()
    assert "5 people" in words_on(page)
    assert reads.outbox_holds(grant.laptop.store, LIST)
    grant.exchange()
    assert not page.notice.isVisible()  # the others can learn it now
    assert not reads.outbox_holds(grant.laptop.store, LIST)
    newcomer.exchange(grant.four.share)
    seat = seat_of(newcomer.store)
    assert seat is not None
    assert seat.team.persons[seat.person].name == "K. Lund"


def test_a_request_can_be_put_away(grant: Crew, newcomer: Laptop) -> None:
    page = grant.show(TeamPage)
    press(page, "Put away").click()
    grant.settle()
    assert not [one for one in page.findChildren(RequestCard) if one.isVisible()]
    assert "put away" in page.notice.text()


def test_what_somebody_is_filling_in_survives_an_exchange(grant: Crew, newcomer: Laptop) -> None:
    page = grant.show(TeamPage)
    card = card_of(page)
    card.compared.setChecked(True)
    grant.exchange()
    assert card_of(page) is card
    assert card.compared.isChecked()


def test_a_lead_lets_in_whoever_waits_for_their_audience(
    grant: Crew, shah: Crew, tmp_path: Path, qtbot: QtBot
) -> None:
    laptop = Laptop("Khan", tmp_path / "khan", grant.four.clock)
    officer = type(ANN)(
        "PC T. Khan", "Police", frozenset({Role.OFFICER}), frozenset({"partners", "police"})
    )
    join_team(grant.laptop, laptop, grant.four.share, officer)
    shah.exchange()
    page = shah.show(TeamPage)
    said = "PC T. Khan on Khan's laptop may hold: Police only"
    assert said in words_on(page)
    press(page, said).click()
    shah.settle()
    assert said not in words_on(page)
    shah.exchange()
    laptop.exchange(grant.four.share)
    note = shah.laptop.save("client", {"surname": "Croft"})
    kept = shah.laptop.save("note", {"note": "Police"}, client=note, audience="police")
    shah.exchange()
    laptop.exchange(grant.four.share)
    assert laptop.answers(kept)["note"] == "Police"
    laptop.close()


def test_keys_alone_let_somebody_in(grant: Crew, newcomer: Laptop) -> None:
    page = grant.show(TeamPage)
    card = card_of(page)
    assert not nameless(page)
    tab_to(page, card.compared)
    key(Qt.Key.Key_Space)
    tab_to(page, card.roles.pills[Role.NURSE.value])
    key(Qt.Key.Key_Space)
    tab_to(page, press(page, "Let into the team"))
    key(Qt.Key.Key_Space)
    grant.settle()
    assert "K. Lund is in the team." in page.notice.text()


def test_only_a_coordinator_takes_a_laptop_out_and_never_their_own(ann: Crew, grant: Crew) -> None:
    assert "lost, or handed back" not in words_on(ann.show(TeamPage))
    said = words_on(grant.show(TeamPage))
    assert "Ann's laptop of Ann Lowe: lost, or handed back" in said
    assert "Grant's laptop of" not in said


def test_keys_alone_take_out_a_laptop_once_it_is_said_what_follows(grant: Crew, ann: Crew) -> None:
    ann.exchange()
    grant.exchange()
    page = grant.show(TeamPage)
    lost = press(page, "Bell's laptop of")
    tab_to(page, lost)
    key(Qt.Key.Key_Space)
    grant.settle()
    (asked,) = page.findChildren(TakingOut)
    said = words_on(asked)
    assert "Take Bell's laptop out of the team?" in said
    assert "All partners, Health only" in said
    assert "on their own Team page: Health only" in said
    assert "Last heard from" in said
    key(Qt.Key.Key_Escape)
    grant.settle()
    assert not [one for one in page.findChildren(TakingOut) if one.isVisible()]
    assert QApplication.focusWidget() is lost
    key(Qt.Key.Key_Space)
    grant.settle()
    key(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    grant.qtbot.waitUntil(page.notice.isVisible)
    grant.settle()
    assert "Bell's laptop is out of the team." in page.notice.text()
    assert "when you share" in page.notice.text()
    assert "No laptop in the team" in words_on(page)


def test_a_lead_makes_a_new_key_when_a_laptop_has_gone(
    grant: Crew, shah: Crew, tmp_path: Path
) -> None:
    laptop = Laptop("Khan", tmp_path / "khan", grant.four.clock)
    officer = type(ANN)(
        "PC T. Khan", "Police", frozenset({Role.OFFICER}), frozenset({"partners", "police"})
    )
    join_team(grant.laptop, laptop, grant.four.share, officer)
    shah.exchange()
    page = shah.show(TeamPage)
    press(page, "PC T. Khan on Khan's laptop may hold: Police only").click()
    shah.settle()
    shah.exchange()
    laptop.close()
    grant.exchange()
    coordinator = grant.show(TeamPage)
    press(coordinator, "Khan's laptop of").click()
    grant.settle()
    press(coordinator, "Take it out").click()
    grant.settle()
    grant.exchange()
    shah.exchange()
    said = "still knows the key of: Police only"
    assert said in words_on(page)
    press(page, said).click()
    shah.settle()
    assert "It has a new key." in page.notice.text()
    assert said not in words_on(page)


def ask_again(grant: Crew, tmp_path: Path, name: str) -> Laptop:
    """Have a new laptop ask to join in somebody's name."""
    laptop = Laptop("New", tmp_path / "new laptop", grant.four.clock)
    store, clock = grant.laptop.store, grant.four.clock
    raw = invite(store, now_ms=clock.now_ms, random=grant.laptop.dice.randbytes)
    ask_to_join(
        laptop.store,
        raw,
        name=name,
        laptop="Laptop 9",
        now_ms=clock.now_ms,
        random=laptop.dice.randbytes,
    )
    laptop.exchange(grant.four.share)
    grant.exchange()
    return laptop


def take_out(grant: Crew, page: TeamPage, whose: str) -> None:
    press(page, f"{whose} of").click()
    grant.settle()
    press(page, "Take it out").click()
    grant.settle()


def test_a_new_laptop_of_somebody_here_is_theirs_and_nobody_is_there_twice(
    grant: Crew, bell: Laptop, tmp_path: Path
) -> None:
    laptop = ask_again(grant, tmp_path, "t. bell, Trust")
    page = grant.show(TeamPage)
    card = card_of(page)
    assert card.which.value() == "", "that name is here already"
    card.compared.setChecked(True)
    card.let_in()
    assert card.wrong.text().endswith("Say whether they are new here.")
    assert not nameless(page)
    tab_to(page, card.which.parts["new"])
    key(Qt.Key.Key_Right)
    assert card.which.value() == "here"
    assert not card.roles.isVisible()
    assert "T. Bell · Nurse" in card.person.currentText(), "offered, not taken for granted"
    tab_to(page, press(page, "Let into the team"))
    key(Qt.Key.Key_Space)
    grant.settle()
    assert "is in the team, as a laptop of T. Bell." in page.notice.text()
    assert "4 people" in words_on(page)
    grant.exchange()
    laptop.exchange(grant.four.share)
    seat = seat_of(laptop.store)
    assert seat is not None
    assert seat.person == bell.seat.person
    assert seat.team.persons[seat.person].roles == frozenset({Role.NURSE})
    laptop.close()


def test_somebody_new_is_somebody_new_unless_it_is_said_otherwise(
    grant: Crew, newcomer: Laptop
) -> None:
    page = grant.show(TeamPage)
    card = card_of(page)
    assert card.which.value() == "new"
    card.compared.setChecked(True)
    card.which.parts["here"].click()
    card.let_in()
    assert card.wrong.text().endswith("Say whose laptop it is.")
    assert len(grant.session.team.persons) == 4


def test_the_only_lead_loses_a_laptop_and_leads_again_with_a_new_one(
    grant: Crew, bell: Laptop, tmp_path: Path
) -> None:
    kept = bell.save("visit", {"place": "clinic"})
    bell.exchange(grant.four.share)
    grant.exchange()
    page = grant.show(TeamPage)
    take_out(grant, page, "Bell's laptop")
    assert "Nobody leads these any more" in words_on(page)
    laptop = ask_again(grant, tmp_path, "T. Bell, Trust")
    card = card_of(page)
    card.compared.setChecked(True)
    card.which.parts["here"].click()
    card.let_in()
    grant.settle()
    assert "Nobody leads these any more" not in words_on(page)
    grant.exchange()
    laptop.exchange(grant.four.share)
    assert led_here(laptop.store) == ["health"]
    assert laptop.answers(kept) == {"place": "clinic"}
    laptop.close()


def test_keys_alone_name_another_lead_who_then_makes_the_key_anew(
    grant: Crew, bell: Laptop, tmp_path: Path
) -> None:
    nurse = type(ANN)(
        "S. Reed", "Trust", frozenset({Role.NURSE}), frozenset({"partners", "health"})
    )
    reed = Laptop("Reed", tmp_path / "reed", grant.four.clock)
    join_team(grant.laptop, reed, grant.four.share, nurse)
    bell.exchange(grant.four.share)
    let_in_whoever_waits(bell)
    kept = bell.save("note", {"note": "Dose"}, audience="health")
    bell.exchange(grant.four.share)
    grant.exchange()
    reed.exchange(grant.four.share)
    page = grant.show(TeamPage)
    take_out(grant, page, "Bell's laptop")
    lead = press(page, "Let S. Reed")
    tab_to(page, lead)
    key(Qt.Key.Key_Space)
    grant.settle()
    assert "It has a lead again." in page.notice.text()
    assert "Nobody leads these any more" not in words_on(page)
    grant.exchange()
    reed.exchange(grant.four.share)
    assert led_here(reed.store) == ["health"]
    assert key_is_stale(reed.store, "health"), "the lost laptop knows it"
    renew_key(reed.store, "health", now_ms=reed.now_ms, random=reed.dice.randbytes)
    assert not key_is_stale(reed.store, "health")
    assert reed.answers(kept)["note"] == "Dose"
    reed.close()


def test_nobody_is_named_who_may_not_read_it_or_while_it_has_a_lead(grant: Crew) -> None:
    store, ann, bell = grant.laptop.store, grant.four.ann.seat.me, grant.four.bell.seat.me
    dice = grant.laptop.dice.randbytes
    for device in (ann.device, bell.device):
        with pytest.raises(NotAllowed):
            name_lead(store, "health", device, now_ms=grant.laptop.now_ms, random=dice)
    take_out_laptop(store, bell.device, now_ms=grant.laptop.now_ms, random=dice)
    assert without_lead(store) == [("health", [])]
    for device in (ann.device, bell.device):
        with pytest.raises(NotAllowed):
            name_lead(store, "health", device, now_ms=grant.laptop.now_ms, random=dice)
    assert without_lead(grant.four.ann.store) == []
