# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the coordinator decides for the whole team travels signed, and nobody else can decide it."""

from PySide6.QtCore import Qt

from tests.ui.crew import Crew, key
from ui.consulting import asks_why
from ui.pages.team import TeamPage
from ui.pages.team_rule import RuleCard


def test_the_coordinator_decides_for_all_laptops_whether_to_ask_why(grant: Crew) -> None:
    four = grant.four
    page = grant.show(TeamPage)
    (card,) = page.findChildren(RuleCard)
    grant.qtbot.waitUntil(lambda: not grant.session.busy)
    assert card.ask_why.isChecked(), "it is asked until somebody decides otherwise"
    assert [asks_why(one.store) for one in four] == [True] * 4
    card.ask_why.setFocus()
    key(Qt.Key.Key_Space)
    grant.settle()
    four.everybody_exchanges()
    assert [asks_why(one.store) for one in four] == [False] * 4
    card.ask_why.click()
    grant.settle()
    four.everybody_exchanges()
    assert [asks_why(one.store) for one in four] == [True] * 4


def test_nobody_else_can_decide_it(ann: Crew) -> None:
    page = ann.show(TeamPage)
    ann.settle()
    assert page.findChildren(RuleCard) == []
    ann.laptop.save("team_rule", {"decided_on": "2026-05-01", "ask_why": "no"}, client=b"")
    ann.four.everybody_exchanges()
    assert asks_why(ann.four.grant.store), "a bundle's claim is not believed"
