# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is typed on one laptop shows on the others, in whatever order they meet."""

from itertools import permutations
from pathlib import Path

import pytest

from storage import ledger
from sync.carry import Carried, carry, look, send
from sync.exchange import Exchange, exchange
from sync.outcome import Receipt, counted, items_in_words
from sync.preview import preview
from sync.receipts import arrived, receipts
from sync.seat import NotInTeam
from sync.share import FolderShare, ShareUnreachable
from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS, Clock, Four, Laptop, team_of_four


def test_a_visit_typed_on_one_laptop_shows_on_the_others(four: Four) -> None:
    visit = four.ann.save("visit", {"place": "home", "purpose": "Naloxone kit"})
    sent = four.ann.exchange(four.share)
    assert sent.sent >= 1
    for laptop in (four.grant, four.shah, four.bell):
        outcome = laptop.exchange(four.share)
        assert laptop.answers(visit) == {"place": "home", "purpose": "Naloxone kit"}
        assert outcome.items["visit"] == 1
        assert visit in outcome.touched
        assert outcome.aside == ()
        assert outcome.waiting == ()


def test_it_works_through_a_real_folder(tmp_path: Path) -> None:
    place = tmp_path / "share"
    place.mkdir()
    four = team_of_four(tmp_path / "laptops", FolderShare(place))
    visit = four.bell.save("visit", {"place": "clinic"})
    four.everybody_exchanges()
    assert all(laptop.answers(visit) == {"place": "clinic"} for laptop in four)
    four.close()


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))), ids=str)
def test_in_whatever_order_they_exchange_all_hold_the_same(
    four: Four, order: tuple[int, ...]
) -> None:
    laptops = [four.grant, *(list(four)[at] for at in order)]
    client = four.ann.save("client", {"family_name": "Doe"})
    four.everybody_exchanges()
    for laptop in laptops:
        laptop.save("client", {"given_name": laptop.name}, record=client)
        laptop.save("visit", {"place": laptop.name}, client=client)
    for laptop in [*laptops, *reversed(laptops), *laptops]:
        four.clock.later(DAY_MS)
        laptop.exchange(four.share)
    held = [laptop.record(client) for laptop in four]
    assert len({one.answers["given_name"] for one in held}) == 1
    assert all(
        {live.answers["given_name"] for live in one.conflicts["given_name"]}
        == {laptop.name for laptop in four}
        for one in held
    )


def test_two_edits_of_one_field_are_both_kept_and_shown_until_somebody_decides(
    four: Four,
) -> None:
    client = four.ann.save("client", {"family_name": "Doe"})
    four.everybody_exchanges()
    four.ann.save("client", {"family_name": "Dow"}, record=client)
    four.bell.save("client", {"family_name": "Doh"}, record=client)
    four.everybody_exchanges()
    for laptop in four:
        conflict = laptop.record(client).conflicts["family_name"]
        assert {one.answers["family_name"] for one in conflict} == {"Dow", "Doh"}
    four.shah.save("client", {"family_name": "Dow"}, record=client)
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.answers(client)["family_name"] == "Dow"
        assert not laptop.record(client).conflicts


def test_an_edit_made_after_seeing_another_replaces_it_whatever_the_clocks_say(
    four: Four,
) -> None:
    four.bell.skew_ms = -30 * DAY_MS
    client = four.ann.save("client", {"family_name": "Doe"})
    four.ann.exchange(four.share)
    four.bell.exchange(four.share)
    four.bell.save("client", {"family_name": "Dow"}, record=client)
    four.everybody_exchanges()
    assert all(laptop.answers(client)["family_name"] == "Dow" for laptop in four)
    assert not any(laptop.record(client).conflicts for laptop in four)


def test_what_is_typed_before_taking_in_never_claims_to_have_seen_it(four: Four) -> None:
    """Seal before pull: the natural order, download then upload, silently loses edits."""
    client = four.ann.save("client", {"family_name": "Doe"})
    four.everybody_exchanges()
    four.ann.save("client", {"family_name": "Dow"}, record=client)
    four.ann.exchange(four.share)
    four.bell.save("client", {"family_name": "Doh"}, record=client)
    four.bell.exchange(four.share)
    assert "family_name" in four.bell.record(client).conflicts


def test_what_is_typed_between_two_steps_is_sealed_before_the_next(four: Four) -> None:
    client = four.ann.save("client", {"family_name": "Doe"})
    four.everybody_exchanges()
    four.ann.save("client", {"family_name": "Dow"}, record=client)
    four.ann.exchange(four.share)
    going = Exchange(four.bell.store, now_ms=four.bell.now_ms, random=four.bell.dice.randbytes)
    errand = going.seal(look(four.share, going.begin()))
    four.bell.save("client", {"family_name": "Doh"}, record=client)
    carried = carry(four.share, errand)
    assert list(going.take_in(carried))
    assert ledger.pending_count(four.bell.store) == 0
    going.outcome(*send(four.share, going.end()))
    assert "family_name" in four.bell.record(client).conflicts
    four.everybody_exchanges()
    assert all("family_name" in laptop.record(client).conflicts for laptop in four)


def test_exchanging_again_changes_nothing(four: Four) -> None:
    four.ann.save("visit", {"place": "home"})
    four.everybody_exchanges()
    for laptop in four:
        laptop.exchange(four.share)
    files = dict(four.share.files)  # type: ignore[attr-defined]
    for laptop in four:
        outcome = laptop.exchange(four.share)
        assert outcome.touched == frozenset()
        assert outcome.sent == 0
    assert four.share.files == files  # type: ignore[attr-defined]


def test_many_changes_go_in_several_bundles_and_come_as_one(four: Four) -> None:
    visits = [four.ann.save("visit", {"place": f"door {n}"}) for n in range(120)]
    four.ann.exchange(four.share)
    outcome = four.bell.exchange(four.share)
    assert outcome.items["visit"] == 120
    assert [four.bell.answers(one)["place"] for one in visits] == [f"door {n}" for n in range(120)]


def test_a_form_only_a_newer_tandem_knows_is_kept_and_passed_on(four: Four) -> None:
    strange = four.ann.save("hologram", {"beam": [1, {"deep": ["er"]}]}, audience="partners")
    four.everybody_exchanges()
    assert four.shah.answers(strange) == {"beam": [1, {"deep": ["er"]}]}


def test_a_share_that_is_away_loses_nothing(four: Four) -> None:
    assert isinstance(four.share, HostileShare)
    visit = four.ann.save("visit", {"place": "home"})
    four.share.away = True
    with pytest.raises(ShareUnreachable):
        four.ann.exchange(four.share)
    assert four.ann.answers(visit) == {"place": "home"}
    four.share.settle()
    four.everybody_exchanges(1)
    assert four.bell.answers(visit) == {"place": "home"}


def test_a_full_share_is_read_and_the_outbox_waits(four: Four) -> None:
    assert isinstance(four.share, HostileShare)
    theirs = four.bell.save("visit", {"place": "clinic"})
    four.bell.exchange(four.share)
    mine = four.ann.save("visit", {"place": "home"})
    four.share.full = True
    outcome = four.ann.exchange(four.share)
    assert "safe on this laptop" in outcome.unsent
    assert outcome.sent == 0
    assert four.ann.answers(theirs) == {"place": "clinic"}
    four.share.settle()
    assert four.ann.exchange(four.share).unsent == ""
    four.bell.exchange(four.share)
    assert four.bell.answers(mine) == {"place": "home"}


def test_a_laptop_without_a_team_is_told_so(tmp_path: Path) -> None:
    alone = Laptop("Nobody", tmp_path, Clock())
    with pytest.raises(NotInTeam):
        alone.exchange(HostileShare())
    assert receipts(alone.store) == []
    alone.close()


def fetched(four: Four) -> tuple[Exchange, Carried]:
    going = Exchange(four.grant.store, now_ms=four.grant.now_ms, random=four.grant.dice.randbytes)
    return going, carry(four.share, going.seal(look(four.share, going.begin())))


def test_the_coordinator_sees_what_waits_before_taking_it_in(four: Four) -> None:
    four.grant.exchange(four.share)
    for place in ("home", "street"):
        four.ann.save("visit", {"place": place})
        four.ann.exchange(four.share)
    _going, carried = fetched(four)
    shown = preview(four.grant.store, carried, now_ms=four.grant.now_ms)
    written = [one for one in shown if one.arrived.items]
    assert [one.arrived.items for one in written] == [{"visit": 1}, {"visit": 1}]
    assert written[0].arrived.author.words == "Ann Lowe on Ann's laptop"
    assert written[0].waits == ()
    assert four.grant.exchange(four.share).items == {"visit": 2}


def test_the_preview_says_what_waits_for_what(four: Four) -> None:
    assert isinstance(four.share, HostileShare)
    before = set(four.share.of("bundle"))
    for place in ("home", "street"):
        four.ann.save("visit", {"place": place})
        four.ann.exchange(four.share)
    lost = min(set(four.share.of("bundle")) - before)
    four.share.drop(lost)
    _going, carried = fetched(four)
    shown = preview(four.grant.store, carried, now_ms=four.grant.now_ms)
    waits = [wait for one in shown for wait in one.waits]
    seq = int(lost.rpartition("/")[2][:10])
    who = "Ann Lowe on Ann's laptop"
    assert waits[0].words == f"Bundle {seq + 1} from {who} waits for their bundle {seq}."


def test_an_exchange_can_be_broken_off_and_goes_on_next_time(four: Four) -> None:
    visit = four.ann.save("visit", {"place": "home"})
    four.ann.exchange(four.share)
    stop = iter([False, True])
    outcome = exchange(
        four.bell.store,
        four.share,
        now_ms=four.bell.now_ms,
        random=four.bell.dice.randbytes,
        cancelled=lambda: next(stop, True),
    )
    assert outcome.aside == ()
    four.bell.exchange(four.share)
    assert four.bell.answers(visit) == {"place": "home"}


def test_nobody_is_not_called_everyone() -> None:
    assert Receipt(1, 0, have=(), missing=()).words == "Nobody else is in the team yet."


def test_who_has_a_visit_is_answered_in_words(four: Four) -> None:
    visit = four.ann.save("visit", {"place": "home"})
    assert arrived(four.ann.store, four.ann.record(visit)) == "Only on this laptop so far."
    four.clock.later(DAY_MS)
    four.ann.exchange(four.share)
    four.grant.exchange(four.share)
    four.shah.exchange(four.share)
    four.ann.exchange(four.share)
    words = arrived(four.ann.store, four.ann.record(visit))
    assert words == "2 of 3 have it; no word yet from: T. Bell on Bell's laptop."
    four.bell.exchange(four.share)
    four.ann.exchange(four.share)
    assert arrived(four.ann.store, four.ann.record(visit)) == "Everyone has it."
    assert arrived(four.bell.store, four.bell.record(visit)) == ""
    newest = receipts(four.ann.store)
    assert newest[0].seq > newest[-1].seq
    assert any(one.words == "Everyone has it." for one in newest)


def test_the_coordinators_silence_is_said_aloud(four: Four) -> None:
    assert four.ann.exchange(four.share).notes == ()
    four.clock.later(16 * DAY_MS)
    (note,) = four.ann.exchange(four.share).notes
    assert "16 days" in note
    assert "old copy" in note
    four.grant.exchange(four.share)
    assert four.grant.exchange(four.share).notes == ()
    four.ann.exchange(four.share)
    assert four.ann.exchange(four.share).notes == ()


def test_what_was_written_for_the_audit_is_counted_nowhere() -> None:
    came = counted([{"visit": 2, "consultation": 9}, {"visit": 1, "collection": 1}])
    assert came == {"visit": 3}
    assert items_in_words(came) == "3 visits."


def test_what_was_added_for_colleagues_is_not_said_to_be_ones_own(four: Four) -> None:
    four.bell.save("visit", {"place": "clinic"})
    four.everybody_exchanges()
    stick = HostileShare()
    outcome = four.ann.exchange(stick)
    bundles = [path for path in stick.files if path.endswith(".bundle")]
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    mine = [path for path in bundles if path.startswith(four.ann.seat.feed_folder(own.id))]
    assert (outcome.sent, outcome.added) == (len(mine), len(bundles) - len(mine))
    assert 0 < outcome.sent < len(bundles)
    words = f"{outcome.added} bundles of colleagues' were missing there and were added."
    assert words in outcome.words
