# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Attacks of somebody who is in the team, or was: the rest of the list in test_attacks."""

import pytest

from storage import arrivals, ledger
from sync import circle as circles
from sync import places, seals, wire
from sync.admission import take_out_laptop
from sync.circle import Circle
from sync.envelope import enclose
from sync.forks import forks
from sync.history import history
from sync.reasons import Reason
from sync.set_aside import told
from sync.team import sign_circle
from sync.unsettled import missing
from sync.wire import Seen
from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS, Four
from tests.sync.test_odd_bundles import visit, write


@pytest.fixture
def share(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    four.everybody_exchanges()
    return four.share


def test_a_bundle_that_says_it_has_seen_what_never_was_stops_nobody_else(
    four: Four, share: HostileShare
) -> None:
    path = write(
        four.ann, share, seen=[Seen(b"N" * 16, 12, b"n" * 16)], ops=[visit(place="after nothing")]
    )
    note = four.shah.save("visit", {"place": "home"})
    four.shah.exchange(share)
    four.bell.exchange(share)
    assert four.bell.answers(note) == {"place": "home"}
    (aside,) = [one for one in told(four.bell.store) if one.path == path]
    assert aside.reason is Reason.GAP
    four.grant.exchange(share)
    assert missing(four.grant.store)  # and the coordinator can give it up, in words


def test_who_claims_to_have_seen_another_version_waits_for_it(
    four: Four, share: HostileShare
) -> None:
    """The number exists, what it is said to be does not: it is no licence to overwrite."""
    client = four.bell.save("client", {"surname": "Okoye"})
    four.everybody_exchanges()
    own = ledger.own_feed(four.bell.store)
    assert own is not None
    claim = Seen(own.id, own.head_seq, b"x" * 16)
    change = about(client, surname="Overwritten")
    path = write(four.ann, share, seen=[claim], ops=[change])
    four.shah.exchange(share)
    (aside,) = [one for one in told(four.shah.store) if one.path == path]
    assert aside.reason is Reason.GAP
    assert four.shah.answers(client)["surname"] == "Okoye"


def test_what_is_overwritten_by_a_false_claim_stands_in_the_history(
    four: Four, share: HostileShare
) -> None:
    client = four.bell.save("client", {"surname": "Okoye"})
    four.everybody_exchanges()
    own = ledger.own_feed(four.bell.store)
    assert own is not None
    claim = Seen(own.id, own.head_seq, own.head_id[:16])
    write(four.ann, share, seen=[claim], ops=[about(client, surname="Overwritten")])
    four.shah.exchange(share)
    assert four.shah.answers(client)["surname"] == "Overwritten"
    past = history(four.shah.store, four.shah.record(client))
    ann = four.ann.seat.person
    assert [(one.change.answers["surname"], one.person == ann) for one in past] == [
        ("Okoye", False),
        ("Overwritten", True),
    ]


def test_who_hides_what_they_had_seen_makes_a_conflict_and_wins_nothing(
    four: Four, share: HostileShare
) -> None:
    client = four.bell.save("client", {"surname": "Okoye"})
    four.bell.exchange(share)
    four.shah.exchange(share)
    write(four.ann, share, seen=[], ops=[about(client, surname="Hidden")])
    four.shah.exchange(share)
    assert four.shah.answers(client) in ({"surname": "Okoye"}, {"surname": "Hidden"})
    both = {one.answers["surname"] for one in four.shah.record(client).conflicts["surname"]}
    assert both == {"Okoye", "Hidden"}


def test_the_coordinator_alone_lets_nobody_into_the_police(four: Four, share: HostileShare) -> None:
    """The coordinator admits a ghost to the team, and signs it into the police as well."""
    grant, dice = four.grant, four.grant.dice.randbytes
    report = four.shah.save("note", {"note": "for the police alone"}, audience="police")
    four.everybody_exchanges()
    circle = Circle(
        v=1,
        team=grant.seat.chain.team,
        audience="police",
        n=2,
        prev=bytes(32),
        ts=four.clock.now_ms,
        roster_n=grant.seat.roster.n,
        keys=(b"g" * 32,),
        members=(four.shah.seat.me.device, grant.seat.me.device),
    )
    document = sign_circle(circle, grant.seat.me)
    boxes = [four.shah.seat.me.public.box, grant.seat.me.public.box]
    raw = enclose(document, circles.about(circle.team, "police"), boxes, random=dice)
    name_key = grant.seat.roster.name_key
    folder = places.circle_folder(circle.team, name_key, "police")
    share.put([(f"{folder}/{places.document_name(2, document.id)}", raw)])
    said = four.shah.exchange(share).notes
    assert any("not in order" in one for one in said)
    assert seals.key_id(b"g" * 32) not in four.shah.seat.section_keys
    four.shah.save("note", {"note": "still alone"}, audience="police")
    four.everybody_exchanges()
    assert grant.answers(report) == {}
    assert not grant.seat.circles.get("police")


def test_a_lead_cannot_give_two_people_two_keys_under_one_name() -> None:
    """A key is named by its own hash: another key is another name, and opens nothing here."""
    one, other = (
        Circle(1, b"t" * 16, "police", 1, bytes(32), 1, 1, (key,), (b"m" * 16,))
        for key in (b"a" * 32, b"b" * 32)
    )
    assert one.by_id().keys().isdisjoint(other.by_id())
    assert one.present[0] == seals.key_id(b"a" * 32)
    named = b"tandem" + one.present[0]
    locked = seals.lock(b"a" * 32, b"text", bound_to=named, nonce=bytes(24))
    with pytest.raises(seals.NotOpened):
        seals.unlock(b"b" * 32, locked, bound_to=named)


def test_a_rival_of_what_counted_by_a_laptop_taken_out_does_not_count(
    four: Four, share: HostileShare
) -> None:
    """A thief writes a second version of a bundle that counts, with a number before the cut-off."""
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    first = four.ann.save("visit", {"place": "first"})
    second = four.ann.save("visit", {"place": "second"})
    four.everybody_exchanges()
    take_out_laptop(
        four.grant.store,
        four.ann.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(share)
    path = write(
        four.ann,
        share,
        seq=own.head_seq + 1,
        prev=own.head_id,
        ops=[visit(place="of the thief")],
    )
    for laptop in (four.grant, four.shah, four.bell):
        laptop.exchange(share)
        found = [one.reason for one in told(laptop.store) if one.path == path]
        assert found == [Reason.FORK]
        assert laptop.answers(b"R" * 16) == {}
        assert laptop.answers(first) == {"place": "first"}
        assert laptop.answers(second) == {"place": "second"}
    assert len(forks(four.grant.store)) == 1  # a person rules on it; nothing counts by itself


def test_a_decision_dated_back_is_known_to_have_come_later(four: Four, share: HostileShare) -> None:
    four.ann.skew_ms = -365 * DAY_MS
    note = four.ann.save("visit", {"place": "a year ago"})
    four.ann.exchange(share)
    four.clock.later(DAY_MS)
    four.bell.exchange(share)
    feed, seq = four.bell.record(note).created
    came = arrivals.arrived(four.bell.store, feed, seq)
    assert came == four.clock.now_ms


def about(client: bytes, **answers: str) -> wire.Op:
    return wire.Op(wire.PUT, "client", client, client, 0, dict(answers))
