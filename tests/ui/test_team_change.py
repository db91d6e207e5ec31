# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody's work changes or they leave, by keys alone, and what follows is said first."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.casework.people import Person, Role
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from ui.kit.buttons import Button
from ui.pages.team import TeamPage
from ui.pages.team_change import ChangeCard, LeaveCard, Question

ALT = Qt.KeyboardModifier.AltModifier
Asked = TypeVar("Asked", bound=Question)


def button_of(page: TeamPage, name: str) -> Button:
    (found,) = (
        one for one in page.findChildren(Button) if one.isVisible() and one.accessibleName() == name
    )
    return found


def question(page: TeamPage, kind: type[Asked]) -> Asked:
    (card,) = (one for one in page.findChildren(kind) if one.isVisible())
    return card


def ask_about(crew: Crew, who: str) -> TeamPage:
    page = crew.show(TeamPage)
    tab_to(page, button_of(page, f"{who}: other work, or leaving"))
    key(Qt.Key.Key_Space)
    crew.settle()
    return page


def person(crew: Crew, who: str) -> Person:
    return next(one for one in crew.laptop.seat.team.persons.values() if one.name == who)


def test_only_a_coordinator_changes_others_and_never_a_coordinator(ann: Crew, grant: Crew) -> None:
    assert "other work, or leaving" not in words_on(ann.show(TeamPage))
    said = words_on(grant.show(TeamPage))
    assert "PC R. Shah: other work, or leaving" in said
    assert "A. Grant: other work, or leaving" not in said


def test_what_follows_is_said_as_the_roles_are_chosen(grant: Crew) -> None:
    page = ask_about(grant, "Ann Lowe")
    card = question(page, ChangeCard)
    assert not nameless(page)
    assert "They may then read: All partners." in words_on(card)
    card.roles.pills[Role.NURSE.value].click()
    grant.settle()
    said = words_on(card)
    assert "They may then read: All partners, Health only." in said
    assert "Whoever leads these lets them in, on their own Team page: Health only." in said


def test_keys_alone_change_what_somebody_does(grant: Crew, ann: Crew) -> None:
    page = ask_about(grant, "PC R. Shah")
    card = question(page, ChangeCard)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert card.isAncestorOf(focus)
    for role in (Role.KEY_WORKER, Role.OFFICER):
        card.roles.pills[role.value].setFocus()
        key(Qt.Key.Key_Space)
    grant.settle()
    assert "They read nothing new of these" in words_on(card)
    key(Qt.Key.Key_C, ALT)
    grant.qtbot.waitUntil(page.notice.isVisible)  # an Alt letter is seen to press the button
    grant.settle()
    assert "PC R. Shah: changed." in page.notice.text()
    grant.exchange()
    ann.exchange()
    assert person(ann, "PC R. Shah").roles == {Role.KEY_WORKER}


def test_no_work_and_the_same_work_change_nothing(grant: Crew) -> None:
    page = ask_about(grant, "Ann Lowe")
    card = question(page, ChangeCard)
    button_of(page, "Change it").click()
    assert "This is what they do already. Nothing was changed." in words_on(card)
    card.roles.pills[Role.KEY_WORKER.value].click()
    button_of(page, "Change it").click()
    assert "Say what they do. Nothing was changed." in words_on(card)
    assert person(grant, "Ann Lowe").roles == {Role.KEY_WORKER}


def test_escape_leaves_everything_and_comes_back_to_the_button(grant: Crew) -> None:
    page = ask_about(grant, "Ann Lowe")
    key(Qt.Key.Key_Escape)
    grant.settle()
    assert not [one for one in page.findChildren(ChangeCard) if one.isVisible()]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Ann Lowe: other work, or leaving"


def test_keys_alone_let_somebody_leave_and_their_clients_are_named(grant: Crew, ann: Crew) -> None:
    client = ann.laptop.save("client", {"surname": "Croft"})
    me = person(ann, "Ann Lowe").id
    ann.laptop.save(
        "assignment",
        {"duty": "key_worker", "worker": me, "from_on": "2026-01-05"},
        client=client,
    )
    ann.exchange()
    grant.exchange()
    page = ask_about(grant, "Ann Lowe")
    key(Qt.Key.Key_V, ALT)
    grant.qtbot.waitUntil(lambda: bool(page.findChildren(LeaveCard)))
    grant.settle()
    card = question(page, LeaveCard)
    assert "1 client has them as key worker." in words_on(card)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Not now"
    key(Qt.Key.Key_L, ALT)
    grant.qtbot.waitUntil(page.notice.isVisible)
    grant.settle()
    assert "Ann Lowe has left the team." in page.notice.text()
    assert not person(grant, "Ann Lowe").active
    assert "Ann Lowe: other work" not in words_on(page)
