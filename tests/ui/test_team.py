# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Team: who is in it and reads what, who asks to join, and whom a lead lets in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role
from storage import reads
from sync.asking import ask_to_join, invite, words_of_my_request
from sync.places import LIST
from sync.seat import seat_of
from tests.sync.laptops import ANN, Laptop, join_team
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from ui.kit.stops import first_stop
from ui.pages.team import TeamPage, _RequestCard
from ui.pages.team_people import TakingOut


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


def card_of(page: TeamPage) -> _RequestCard:
    (card,) = (one for one in page.findChildren(_RequestCard) if one.isVisible())
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
    assert not [one for one in page.findChildren(_RequestCard) if one.isVisible()]
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
