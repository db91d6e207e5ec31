# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A list that falls: what honest people wrote by it is read by all; whom it took out is said."""

import pytest

from desktop_app.casework.people import Role
from sync import circle as circles
from sync.admission import take_out_laptop
from sync.deciding import Former, hand_over
from sync.receipts import receipts
from sync.replay import replay
from sync.rivals import back_in
from sync.set_aside import told
from tests.sync.laptops import Four, Laptop
from tests.sync.papers import sign, with_papers


def take_out(four: Four, on: Laptop, whose: Laptop) -> None:
    device = whose.seat.me.device
    take_out_laptop(on.store, device, now_ms=four.clock.later(), random=on.dice.randbytes)


def name_ann(four: Four, former: Former) -> None:
    """Have two keepers name another coordinator, at a laptop nobody has heard of yet."""
    made, ann = with_papers(four), four.ann
    hand_over(
        ann.store,
        ann.seat.me.device,
        former,
        roles=frozenset({Role.ANALYST}),
        now_ms=four.clock.later(),
        random=ann.dice.randbytes,
    )
    sign(four, ann, made[0])
    assert sign(four, ann, made[1]) is None


@pytest.mark.parametrize("former", [Former.STAYS, Former.LOST])
def test_a_laptop_is_taken_out_while_the_keepers_name_another_coordinator(
    four: Four, former: Former
) -> None:
    grant, ann, shah, bell = four
    name_ann(four, former)
    take_out(four, grant, bell)  # who has not heard of that
    grant.exchange(four.share)
    shah.exchange(four.share)
    by_the_fallen = shah.save("visit", {"place": "home"})
    shah.exchange(four.share)
    by_the_other = bell.save("visit", {"place": "clinic"})
    bell.exchange(four.share)
    said = {one.name: one.exchange(four.share).notes for one in (ann, shah)}
    for notes in said.values():
        assert any("T. Bell on Bell's laptop" in one for one in notes)
        assert not any("not in order" in one for one in notes)
    afterwards = shah.save("visit", {"place": "street"})
    still = (ann, shah, bell, *([grant] if former is Former.STAYS else []))
    for laptop in (*still, *still):
        four.clock.later()
        laptop.exchange(four.share)
    for laptop in still:
        for visit, place in ((by_the_fallen, "home"), (by_the_other, "clinic")):
            assert laptop.answers(visit)["place"] == place, laptop.name
        assert laptop.answers(afterwards)["place"] == "street"
        assert laptop.seat.roster.coordinators == (ann.seat.me.device,)
        assert replay(laptop.store) == []
    newest = {circles.newest(one.seat.circles["partners"]) for one in still}
    assert len(newest) == 1, "all write with one key"
    assert not [one for one in told(bell.store) if one.reason.name == "NO_KEY"]
    n = ann.seat.roster.n
    ann.exchange(four.share)
    assert ann.seat.roster.n == n, "what is settled is signed once"
    assert back_in(ann.store, ann.seat, now_ms=ann.now_ms)
    take_out(four, ann, bell)
    assert not back_in(ann.store, ann.seat, now_ms=ann.now_ms)
    waited_for = {one.person for each in receipts(ann.store) for one in (*each.have, *each.missing)}
    assert "T. Bell" not in waited_for, "nobody waits for whoever is out"
