# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the coordinator decides: the days the team promises, and which questions are asked."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.casework.limits import limits
from desktop_app.casework.outcome_packs import shipped
from desktop_app.casework.people import Role
from storage import reads
from tests.dialogs import QuietDialogs
from tests.ui.conftest import SignIn
from tests.ui.office import Office
from tests.ui.watched import words_shown
from tests.unit.test_outcome_packs import PACK, SHOP
from ui.pages.plan_facts import packs_of
from ui.pages.team_forum_day import ForumDayCard
from ui.pages.team_packs import PackCard
from ui.pages.team_promise import GapsCard, PromiseCard
from ui.pages.team_rule import RuleCard
from ui.session import Session
from ui.team_limits import limits_of


class Deciding:
    """Both cards, over a real vault."""

    def __init__(self, qtbot: QtBot, session: Session, folder: Path) -> None:
        self.qtbot, self.session, self.folder = qtbot, session, folder
        self.dialogs = QuietDialogs()
        self.packs, self.promise = PackCard(session, self.dialogs), PromiseCard(session)
        for card in (self.packs, self.promise):
            qtbot.addWidget(card)
            card.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)

    def choose(self, text: str) -> None:
        place = self.folder / "pack.toml"
        place.write_text(text, encoding="utf-8")
        self.dialogs.answers["open_file"] = place
        self.packs.choose.click()
        self.settle()

    def said(self) -> str:
        return words_shown(self.packs.notice)


@pytest.fixture
def deciding(qtbot: QtBot, sign_in: SignIn, tmp_path: Path, office: Office) -> Deciding:
    return Deciding(qtbot, sign_in(Role.COORDINATOR), tmp_path)


def test_a_pack_is_checked_said_and_only_then_taken_in(deciding: Deciding, office: Office) -> None:
    deciding.choose(PACK + SHOP)
    said = deciding.said()
    assert "Our own, version 2: 2 questions." in said
    assert "Licence: Ours" in said
    assert "1 question is about offending. It is kept with the form and counted nowhere." in said
    assert packs_of(office.store).in_use == shipped(), "nothing is changed by looking"
    QTest.keyClick(
        deciding.packs.notice.findChildren(type(deciding.packs.choose))[0], Qt.Key.Key_Return
    )
    deciding.settle()
    assert packs_of(office.store).in_use.key == ("local", "2")
    deciding.qtbot.waitUntil(lambda: "Our own, version 2" in words_shown(deciding.packs))
    deciding.packs.back.click()
    deciding.settle()
    assert packs_of(office.store).in_use == shipped()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense = [", "not in the form a pack has"),
        (PACK.replace('licence = "Ours"', ""), "under which licence"),
        ("#" * 60_000, "too long"),
    ],
)
def test_what_is_no_pack_is_refused_calmly(
    deciding: Deciding, office: Office, text: str, says: str
) -> None:
    deciding.choose(text)
    assert says in deciding.said()
    assert "Nothing was taken in." in deciding.said()
    assert packs_of(office.store).in_use == shipped()


def test_a_file_that_is_gone_is_said(deciding: Deciding) -> None:
    deciding.dialogs.answers["open_file"] = deciding.folder / "gone.toml"
    deciding.packs.choose.click()
    assert "This file cannot be read. Nothing was taken in." in deciding.said()


def test_the_same_version_with_other_words_is_not_taken_in(
    deciding: Deciding, office: Office
) -> None:
    own = (PACK + SHOP).replace('"local"', '"four_weeks"').replace('version = "2"', 'version = "1"')
    deciding.choose(own)
    assert "another version" in deciding.said()
    assert packs_of(office.store).in_use == shipped()


def test_the_teams_own_days_count_and_an_empty_line_does_not(
    deciding: Deciding, office: Office
) -> None:
    before = limits_of(office.store).fast_track
    deciding.promise.fields["promise_doctor_assessment"].setText("9")
    deciding.promise.save()
    deciding.settle()
    agreed = limits_of(office.store).fast_track
    assert agreed.doctor_assessment == 9
    assert agreed.nurse_triage == before.nurse_triage
    deciding.promise.fields["promise_doctor_assessment"].setText("")
    deciding.promise.save()
    deciding.settle()
    assert limits_of(office.store).fast_track == before


@pytest.mark.parametrize("typed", ["-1", "soon", "9999", "1.5"])
def test_what_is_no_number_of_days_is_said_and_not_kept(
    deciding: Deciding, office: Office, typed: str
) -> None:
    deciding.promise.fields["promise_started"].setText(typed)
    deciding.promise.save()
    deciding.settle()
    assert "Give a number from 0" in deciding.promise.wrong.text()
    assert office.store.rows("SELECT count(*) FROM record WHERE form = 'team_rule'")[0][0] == 0


def test_what_others_decided_in_the_same_rule_stays(deciding: Deciding, office: Office) -> None:
    held = office.save("team_rule", {"decided_on": "2026-11-01", "ask_why": "no"})
    deciding.promise.fields["promise_started"].setText("4")
    deciding.promise.save()
    deciding.settle()
    rule = office.record(held)
    assert (rule.answers["ask_why"], rule.answers["promise_started"]) == ("no", 4)


def test_how_many_missed_appointments_add_up_is_the_teams_own(
    deciding: Deciding, office: Office
) -> None:
    fields = deciding.promise.fields
    assert fields["missed_in_a_row"].placeholderText() == str(limits().missed.in_a_row)
    fields["missed_in_a_row"].setText("0")
    deciding.promise.save()
    assert "Give a number from 1" in deciding.promise.wrong.text()
    fields["missed_in_a_row"].setText("4")
    deciding.promise.save()
    deciding.settle()
    own = limits_of(office.store)
    assert (own.missed.in_a_row, own.missed.in_window) == (4, limits().missed.in_window)


def test_how_long_somebody_may_go_unseen_is_the_teams_own_by_setting(
    deciding: Deciding, office: Office
) -> None:
    card = GapsCard(deciding.session)
    deciding.qtbot.addWidget(card)
    deciding.settle()
    shipped = limits().seen_within
    assert {name.removeprefix("seen_within_") for name in card.fields} == set(shipped)
    assert card.fields["seen_within_remand"].placeholderText() == str(shipped["remand"])
    card.fields["seen_within_remand"].setText("0")
    card.save()
    assert "Give a number from 1" in card.wrong.text()
    card.fields["seen_within_remand"].setText("7")
    card.save()
    deciding.settle()
    assert limits_of(office.store).seen_within == {**shipped, "remand": 7}


def test_what_two_cards_decide_stands_in_one_record(deciding: Deciding, office: Office) -> None:
    """The second card was shown before there was any."""
    card = RuleCard(deciding.session)
    deciding.qtbot.addWidget(card)
    deciding.settle()
    deciding.promise.fields["missed_in_a_row"].setText("4")
    deciding.promise.save()
    deciding.settle()
    card.ask_why.click()
    deciding.settle()
    (held,) = reads.records(office.store, form="team_rule")
    assert (held.answers["missed_in_a_row"], held.text("ask_why")) == (4, "no")


def test_the_day_of_the_next_forum_is_set_and_one_that_has_passed_is_not(
    deciding: Deciding, office: Office
) -> None:
    card = ForumDayCard(deciding.session)
    deciding.qtbot.addWidget(card)
    deciding.settle()
    card.day.set_text("1 nov 2026")
    card.save()
    deciding.settle()
    assert card.wrong.text() == "Choose a day to come, or leave it empty."
    assert limits_of(office.store).forum.next_on is None
    card.day.set_text("3 dec 2026")
    card.save()
    deciding.settle()
    assert limits_of(office.store).forum.next_on == date(2026, 12, 3)
    card.day.set_text("")
    card.save()
    deciding.settle()
    assert limits_of(office.store).forum.next_on is None
