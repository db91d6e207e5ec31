# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A lost laptop: what it held is told from what its bundles say it had seen, and no further."""

from storage import ledger
from sync.admission import take_out_laptop
from sync.lost import HeldOf, Lost, lost_laptop
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, Laptop


def lost(four: Four, laptop: Laptop, *, on: Laptop | None = None) -> Lost:
    now_ms = four.clock.now_ms
    found = lost_laptop((on or four.grant).store, laptop.seat.me.device, now_ms=now_ms)
    assert found is not None
    return found


def of(found: Lost, audience: str) -> HeldOf:
    return next(one for one in found.held if one.audience == audience)


def two_clients(four: Four) -> bytes:
    client = four.bell.save("client", {"surname": "Croft"})
    four.bell.save("client", {"surname": "Dale"})
    four.bell.save("visit", {"place": "home"}, client=client)
    four.bell.save("clinical_note", {"note": "Dose"}, client=client)
    return client


def test_what_it_had_seen_is_counted_by_audience_and_form(four: Four) -> None:
    two_clients(four)
    four.everybody_exchanges(3)
    found = lost(four, four.ann)
    assert (found.author.person, found.active, found.mine) == ("Ann Lowe", True, False)
    partners = of(found, "partners")
    assert partners.known
    assert (partners.records["client"], partners.records["visit"], partners.clients) == (2, 1, 2)
    assert found.clients == 2
    assert found.heard_ms
    assert [one.audience for one in found.held] == ["partners"]


def test_what_was_shared_since_is_not_on_it(four: Four) -> None:
    two_clients(four)
    four.everybody_exchanges()
    four.bell.save("visit", {"place": "later"})
    four.bell.exchange(four.share)
    four.grant.exchange(four.share)
    assert of(lost(four, four.ann), "partners").records["visit"] == 1
    four.ann.exchange(four.share)
    four.ann.exchange(four.share)
    four.grant.exchange(four.share)
    assert of(lost(four, four.ann), "partners").records["visit"] == 2


def test_its_own_work_counts_too(four: Four) -> None:
    four.ann.save("visit", {"place": "home"})
    four.everybody_exchanges()
    assert of(lost(four, four.ann), "partners").records["visit"] == 1


def test_what_this_laptop_cannot_read_is_counted_on_its_leads(four: Four) -> None:
    client = two_clients(four)
    four.everybody_exchanges()
    hidden = of(lost(four, four.bell), "health")
    assert (hidden.known, hidden.led) == (False, False)
    seen = of(lost(four, four.bell, on=four.bell), "health")
    assert seen.known
    assert (seen.records["clinical_note"], seen.clients) == (1, 1)
    assert client
    leads = dict(lost(four, four.bell).leads)
    assert leads["health"] == ()  # nobody but the one who lost it
    assert [one.person for one in leads["partners"]] == ["A. Grant"]


def test_of_a_laptop_nothing_was_heard_from_everything_is_counted(four: Four) -> None:
    two_clients(four)
    four.everybody_exchanges()
    device = four.ann.seat.me.device
    for feed in ledger.feeds(four.grant.store).values():
        if feed.device == device:
            four.grant.store.write("DELETE FROM seen WHERE feed = ?", (feed.number,))
            four.grant.store.write("DELETE FROM feed WHERE number = ?", (feed.number,))
    found = lost(four, four.ann)
    assert found.heard_ms == 0
    assert of(found, "partners").records["client"] == 2


def test_what_others_have_of_it_and_this_laptop_has_not_is_said(four: Four) -> None:
    four.everybody_exchanges()
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(four.share)
    four.bell.exchange(four.share)
    four.bell.save("visit", {"place": "clinic"})
    four.bell.exchange(four.share)
    share = four.share
    assert isinstance(share, HostileShare)
    mine = four.ann.seat.feed_folder(own(four.ann))
    newest = max(path for path in share.files if path.startswith(mine))
    kept = share.files.pop(newest)
    four.grant.exchange(four.share)
    assert lost(four, four.ann).missing == 1
    share.files[newest] = kept
    four.grant.exchange(four.share)
    assert lost(four, four.ann).missing == 0


def own(laptop: Laptop) -> bytes:
    feed = ledger.own_feed(laptop.store)
    assert feed is not None
    return feed.id


def test_once_it_is_out_what_still_knows_its_keys_and_what_came_after_is_said(four: Four) -> None:
    four.everybody_exchanges()
    four.bell.save("visit", {"place": "late"})
    take_out_laptop(
        four.grant.store,
        four.bell.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.bell.exchange(four.share)
    four.grant.exchange(four.share)
    found = lost(four, four.bell)
    assert not found.active
    assert found.aside >= 1
    assert found.stale == ()
    four.shah.exchange(four.share)
    assert lost(four, four.bell, on=four.shah).stale == ()


def test_a_laptop_nobody_knows_is_none(four: Four) -> None:
    assert lost_laptop(four.grant.store, b"?" * 16, now_ms=1) is None
