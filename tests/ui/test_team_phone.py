# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Work telephones on Team: given by their owner, changed by the coordinator, read by everybody."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from storage import reads
from tests.ui.crew import Crew, words_on
from ui.pages.team import TeamPage
from ui.pages.team_phone import PhoneCard


def offered(page: TeamPage) -> list[str]:
    names = (one.accessibleName() for one in page.findChildren(QPushButton) if one.isVisible())
    return sorted(one for one in names if one.endswith(": work telephone"))


def ask(crew: Crew, page: TeamPage, who: str) -> PhoneCard:
    press = next(
        one
        for one in page.findChildren(QPushButton)
        if one.accessibleName() == f"{who}: work telephone"
    )
    press.setFocus()
    QTest.keyClick(press, Qt.Key.Key_Space)
    crew.settle()
    (card,) = page.findChildren(PhoneCard)
    return card


def at() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def give(crew: Crew, page: TeamPage, who: str, number: str) -> PhoneCard:
    card = ask(crew, page, who)
    crew.qtbot.waitUntil(card.number.hasFocus)
    card.number.selectAll()
    QTest.keyClick(at(), Qt.Key.Key_Delete)
    QTest.keyClicks(at(), number)
    QTest.keyClick(at(), Qt.Key.Key_Return)
    crew.settle()
    return card


def test_a_number_is_given_by_keys_read_by_all_and_changed_by_the_coordinator(
    ann: Crew, grant: Crew
) -> None:
    hers = ann.show(TeamPage)
    assert "No work telephone" in words_on(hers)
    mine = ann.session.me.name
    assert offered(hers) == [f"{mine}: work telephone"]
    card = give(ann, hers, mine, "01632")
    assert "10 or 11 digits" in words_on(hers)
    assert reads.records(ann.laptop.store, form="team_phone") == []
    assert at() is card.number
    card.number.selectAll()
    QTest.keyClicks(at(), "01632  960101")
    QTest.keyClick(at(), Qt.Key.Key_Return)
    ann.settle()
    assert "01632 960101" in words_on(hers)
    ann.exchange()
    grant.exchange()
    his = grant.show(TeamPage)
    assert "01632 960101" in words_on(his)
    assert len(offered(his)) == 4
    give(grant, his, mine, "01632 960102")
    assert "01632 960102" in words_on(his)
    grant.exchange()
    ann.exchange()
    again = ann.show(TeamPage)
    assert "01632 960102" in words_on(again)
    assert "01632 960101" not in words_on(again)
    give(ann, again, mine, "")
    assert "No work telephone" in words_on(again)
    assert len(reads.records(ann.laptop.store, form="team_phone")) == 3, "nothing was altered"


def test_nothing_otherwise_and_esc_keep_nothing(ann: Crew) -> None:
    page = ann.show(TeamPage)
    mine = ann.session.me.name
    give(ann, page, mine, "")
    assert page.findChildren(PhoneCard) == []
    ask(ann, page, mine)
    ann.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QWidget))
    (card,) = page.findChildren(PhoneCard)
    card.number.setFocus()
    QTest.keyClick(card.number, Qt.Key.Key_Escape)
    ann.settle()
    assert page.findChildren(PhoneCard) == []
    assert reads.records(ann.laptop.store, form="team_phone") == []
