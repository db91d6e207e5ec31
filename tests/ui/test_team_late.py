# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What came after its laptop was taken out: the coordinator sees it, and decides with a reason."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sync.admission import take_out_laptop
from tests.ui.crew import Crew, key, nameless, tab_to, words_on
from ui.kit.card import Card
from ui.pages.team import TeamPage
from ui.pages.team_late import LateCard


def late(grant: Crew, ann: Crew, count: int = 2) -> list[bytes]:
    """Ann's laptop is taken out; she writes on, and shares, before she hears of it."""
    four = grant.four
    four.everybody_exchanges()
    take_out_laptop(
        four.grant.store,
        four.ann.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    kept = []
    for n in range(count):
        kept.append(four.ann.save("visit", {"place": f"late {n}"}))
        four.clock.later(3_600_000)
        four.ann.exchange(four.share)
    grant.exchange()
    return kept


def card_of(page: TeamPage) -> LateCard:
    (card,) = (one for one in page.findChildren(LateCard) if one.isVisible())
    return card


def test_it_is_taken_in_with_a_reason_by_keys(grant: Crew, ann: Crew) -> None:
    visits = late(grant, ann)
    page = grant.show(TeamPage)
    card = card_of(page)
    said = words_on(card)
    assert "Ann Lowe on Ann's laptop" in said
    assert "It would bring: 2 visits." in said
    assert "Ask your colleague what they wrote" in said
    assert not nameless(page)
    tab_to(page, card.reason)
    key(Qt.Key.Key_Return)
    assert "Say why it is taken in." in card.wrong.text()
    card.reason.setText("Ann handed it in on Friday")
    key(Qt.Key.Key_Return)
    grant.settle()
    assert "share now, and it comes in" in page.notice.text()
    held = QApplication.focusWidget()
    assert isinstance(held, Card), "the card it was typed in has gone: another one has the ring"
    assert not held.visibleRegion().isEmpty()
    grant.exchange()
    assert [grant.laptop.answers(one)["place"] for one in visits] == ["late 0", "late 1"]
    assert not [one for one in page.findChildren(LateCard) if one.isVisible()]


def test_a_part_of_it_can_be_taken_in(grant: Crew, ann: Crew) -> None:
    first, second = late(grant, ann)
    card = card_of(grant.show(TeamPage))
    whole = card.upto.value()
    some = [card.upto.itemData(n) for n in range(card.upto.count())]
    card.upto.set_value(next(one for one in some if one != whole))
    card.reason.setText("Up to Friday")
    card.take_in()
    grant.settle()
    grant.exchange()
    assert grant.laptop.answers(first)
    assert not grant.laptop.answers(second)


def test_it_can_stay_aside(grant: Crew, ann: Crew) -> None:
    late(grant, ann)
    page = grant.show(TeamPage)
    card = card_of(page)
    card.left.emit()
    grant.settle()
    assert "Nothing of it is lost." in page.notice.text()
    assert not [one for one in page.findChildren(LateCard) if one.isVisible()]


def test_only_the_coordinator_is_asked(grant: Crew, ann: Crew, shah: Crew) -> None:
    late(grant, ann)
    shah.exchange()
    assert not shah.show(TeamPage).findChildren(LateCard)
