# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Work that comes after its laptop was taken out: kept aside, and a person decides."""

import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from storage import ledger
from sync.admission import take_out_laptop
from sync.after_cutoff import late_work, leave_late, take_in_late
from sync.reasons import Reason
from sync.team import NewPerson
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, Laptop, join_team

LUND = NewPerson("K. Lund", "Outreach", frozenset({Role.KEY_WORKER}), frozenset({"partners"}))
WHY = "Ann handed the laptop in with the week's visits still on it."


def take_out(four: Four, laptop: Laptop) -> None:
    take_out_laptop(
        four.grant.store,
        laptop.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )


def late_visits(four: Four, count: int = 2) -> list[bytes]:
    """Ann writes visits, and shares each before she hears that her laptop is out."""
    four.everybody_exchanges()
    take_out(four, four.ann)
    kept = []
    for n in range(count):
        kept.append(four.ann.save("visit", {"place": f"late {n}"}))
        four.ann.exchange(four.share)
    four.grant.exchange(four.share)
    return kept


def take_in(four: Four, upto: int, reason: str = WHY) -> None:
    (late,) = late_work(four.grant.store)
    take_in_late(
        four.grant.store,
        late.feed,
        upto,
        reason=reason,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )


def test_what_came_too_late_is_told_with_who_when_and_how_much(four: Four) -> None:
    visits = late_visits(four)
    assert all(not four.grant.answers(one) for one in visits)
    (late,) = late_work(four.grant.store)
    assert late.author.person == "Ann Lowe"
    assert (late.device, late.loose) == (four.ann.seat.me.device, 0)
    assert sum(one.items.get("visit", 0) for one in late.bundles) == 2
    assert late.bundles[0].at <= late.bundles[-1].at
    assert len(late.ids) == len(late.bundles) == len(late.paths)


def test_nothing_is_told_where_nothing_came_too_late(four: Four) -> None:
    four.everybody_exchanges()
    assert late_work(four.grant.store) == []


def test_the_coordinator_takes_it_in_and_every_laptop_holds_the_same(four: Four) -> None:
    visits = late_visits(four)
    (late,) = late_work(four.grant.store)
    take_in(four, late.upto)
    assert late_work(four.grant.store) == []  # decided, and not asked again
    four.grant.exchange(four.share)
    for laptop in (four.grant, four.shah, four.bell):
        laptop.exchange(four.share)
        laptop.exchange(four.share)
        assert [laptop.answers(one).get("place") for one in visits] == ["late 0", "late 1"]
        assert laptop.record(visits[0]).author == four.ann.seat.person
        assert late_work(laptop.store) == []
    assert [one.words for one in four.bell.seat.roster.cutoffs] == [WHY]


def test_what_only_police_and_health_read_comes_in_too(four: Four) -> None:
    four.everybody_exchanges()
    take_out(four, four.shah)
    arrest = four.shah.save("arrest", {"offence": "Theft"})
    client = four.shah.save("client", {"surname": "Croft"})
    note = four.shah.save("note", {"note": "P"}, client=client, audience="police")
    four.shah.exchange(four.share)
    four.grant.exchange(four.share)
    (late,) = late_work(four.grant.store)
    assert "police" in late.bundles[0].sealed_off
    assert "note" not in late.bundles[0].items
    take_in(four, late.upto)
    four.everybody_exchanges()
    assert four.bell.answers(arrest) == {"offence": "Theft"}
    assert not four.bell.answers(note)


def test_it_counts_up_to_the_bundle_chosen_and_no_further(four: Four) -> None:
    first, second = late_visits(four)
    (late,) = late_work(four.grant.store)
    take_in(four, next(one.seq for one in late.bundles if one.items))
    four.grant.exchange(four.share)
    four.bell.exchange(four.share)
    assert four.bell.answers(first)["place"] == "late 0"
    assert not four.bell.answers(second)
    (left,) = late_work(four.grant.store)
    assert sum(one.items.get("visit", 0) for one in left.bundles) == 1


def test_the_laptop_stays_out_and_reads_nothing_new(four: Four) -> None:
    late_visits(four)
    (late,) = late_work(four.grant.store)
    take_in(four, late.upto)
    new = four.bell.save("visit", {"place": "new"})
    four.everybody_exchanges()
    assert not four.ann.answers(new)
    after = four.ann.save("visit", {"place": "even later"})
    four.ann.exchange(four.share)
    four.everybody_exchanges()
    assert not four.grant.answers(after)
    assert Reason.AFTER_CUTOFF in {one.reason for one in four.grant.exchange(four.share).aside}


def test_only_the_coordinator_decides_and_only_with_a_reason(four: Four) -> None:
    late_visits(four)
    (late,) = late_work(four.grant.store)
    with pytest.raises(NotAllowed, match="Say why"):
        take_in(four, late.upto, reason="  ")
    with pytest.raises(NotAllowed, match="not set aside"):
        take_in(four, late.upto + 9)
    four.bell.exchange(four.share)
    with pytest.raises(NotAllowed, match="coordinator"):
        take_in_late(
            four.bell.store,
            late.feed,
            late.upto,
            reason=WHY,
            now_ms=1,
            random=four.bell.dice.randbytes,
        )


def test_left_aside_it_is_not_asked_again_until_more_comes(four: Four) -> None:
    late_visits(four, 1)
    (late,) = late_work(four.grant.store)
    leave_late(four.grant.store, late)
    four.grant.exchange(four.share)
    assert late_work(four.grant.store) == []
    assert Reason.AFTER_CUTOFF in {one.reason for one in four.grant.exchange(four.share).aside}
    four.ann.save("visit", {"place": "one more"})
    four.ann.exchange(four.share)
    four.grant.exchange(four.share)
    (more,) = late_work(four.grant.store)
    assert len(more.paths) > len(late.paths)
    take_in(four, more.upto)
    four.ann.save("visit", {"place": "after that"})
    four.ann.exchange(four.share)
    four.grant.exchange(four.share)
    assert len(late_work(four.grant.store)) == 1


def test_what_does_not_follow_is_counted_and_not_offered(four: Four) -> None:
    late_visits(four, 3)
    (late,) = late_work(four.grant.store)
    first, *rest = sorted(late.paths)
    four.everybody_exchanges()
    ledger.drop_set_aside(four.grant.store, first)
    (gap,) = late_work(four.grant.store)
    assert (gap.bundles, gap.upto, gap.loose) == ((), 0, len(rest))


def test_of_a_laptop_the_coordinator_never_heard_from_nobody_keeps_what_others_refuse(
    four: Four, another: list[Laptop]
) -> None:
    four.everybody_exchanges()
    lund = Laptop("Lund", four.grant.folder.parent / "lund", four.clock)
    another.append(lund)
    join_team(four.grant, lund, four.share, LUND)
    visit, stick = lund.save("visit", {"place": "by stick"}), HostileShare(1)
    for laptop in (lund, four.bell):
        laptop.exchange(stick)
    assert four.bell.answers(visit)["place"] == "by stick"
    take_out(four, lund)
    assert lund.seat.me.device not in {
        one.device for one in ledger.feeds(four.grant.store).values()
    }
    four.everybody_exchanges(3)
    for laptop in four:
        assert not laptop.answers(visit)
    (late,) = late_work(four.grant.store)
    assert (late.author.person, late.loose) == ("K. Lund", 0)
    take_in(four, late.upto)
    four.everybody_exchanges(3)
    for laptop in four:
        assert laptop.answers(visit)["place"] == "by stick"
        assert late_work(laptop.store) == []
