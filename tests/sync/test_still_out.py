# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Why a bundle is set aside on a colleague's laptop is told by that laptop's own bundles."""

import msgspec

from desktop_app.casework.words import _
from storage import ledger
from sync import still_out as telling
from sync.arrival import NotYet, arrivals
from sync.bundle import open_outer
from sync.reasons import Reason, there
from sync.wire import MOST_OUT, Header, StillOut
from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS, Four, Laptop


def bells(four: Four) -> NotYet:
    """Return what Ann knows of her latest bundle on the nurse's laptop."""
    told = arrivals(four.ann.store)[0].not_yet
    return next(one for one in told if one.author.laptop == "Bell's laptop")


def writes(four: Four, laptop: Laptop) -> None:
    """Let somebody write and share, and Ann hear of it."""
    four.clock.later()
    laptop.save("visit", {"place": "clinic"})
    laptop.exchange(four.share)
    four.ann.exchange(four.share)


def head_of(laptop: Laptop) -> tuple[bytes, Header]:
    """Return the header of the last bundle somebody sealed, as it was signed and as it is read."""
    own, seat = ledger.own_feed(laptop.store), laptop.seat
    assert own is not None
    held = ledger.bundle(laptop.store, own.number, own.head_seq)
    assert held is not None
    opened = open_outer(held.raw, team=seat.chain.team, team_keys=seat.team_keys)
    return opened.signed, opened.header


def test_its_author_learns_why_and_no_longer_once_it_is_in(four: Four) -> None:
    four.everybody_exchanges()
    four.ann.skew_ms = 3 * DAY_MS
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(four.share)
    assert not bells(four).why, "nobody has told anything yet"
    four.bell.exchange(four.share)
    writes(four, four.bell)
    assert bells(four).why == Reason.FUTURE
    four.clock.later(4 * DAY_MS)
    four.bell.exchange(four.share)
    writes(four, four.bell)
    have = arrivals(four.ann.store)[0].receipt.have
    assert "Bell's laptop" in [one.laptop for one in have]
    assert head_of(four.bell)[1].out == []


def test_an_altered_file_is_told_when_it_was_met_a_second_time(four: Four) -> None:
    share = four.share
    assert isinstance(share, HostileShare)
    four.everybody_exchanges()
    before = set(share.of(".bundle"))
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(share)
    path = min(set(share.of(".bundle")) - before)
    share.cut_short(path)
    four.bell.exchange(share)
    four.bell.save("visit", {"place": "clinic"})
    four.bell.exchange(share)
    told = {one.why for one in head_of(four.bell)[1].out}
    assert told <= {Reason.GAP}, "it may still be on its way"
    writes(four, four.bell)
    assert bells(four).why == Reason.INCOMPLETE


def test_a_bundle_that_is_there_and_waits_is_told_as_such(four: Four) -> None:
    share = four.share
    assert isinstance(share, HostileShare)
    four.everybody_exchanges()
    before = set(share.of(".bundle"))
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(share)
    lost = min(set(share.of(".bundle")) - before)
    share.drop(lost)
    four.ann.save("visit", {"place": "office"})
    four.ann.exchange(share)
    share.files.pop(lost, None)  # she has put it back: let it be gone again
    four.bell.exchange(share)
    share.files.pop(lost, None)
    writes(four, four.bell)
    assert bells(four).why == Reason.GAP


def test_it_is_told_of_bundles_of_known_laptops_only_and_of_no_more_than_a_header_holds(
    four: Four,
) -> None:
    share = four.share
    assert isinstance(share, HostileShare)
    four.everybody_exchanges()
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    folder = four.bell.seat.feed_folder(own.id)
    for seq in range(900, 900 + MOST_OUT + 20):
        share.files[f"{folder}/{seq:010d}-{'ab' * 16}.bundle"] = b"Not ours"
    share.files[f"{folder[:-1]}0/{'9' * 10}-{'ab' * 16}.bundle"] = b"Whose?"
    four.bell.exchange(share)
    told = telling.still_out(four.bell.store, four.bell.seat)
    assert len(told) == MOST_OUT
    assert {one.feed for one in told} == {own.id}
    writes(four, four.bell)
    assert len(head_of(four.bell)[1].out) == MOST_OUT
    assert not [one for each in arrivals(four.ann.store) for one in each.not_yet if one.why]


def test_an_older_tandem_reads_past_it_and_what_an_older_one_wrote_is_read(four: Four) -> None:
    four.everybody_exchanges()
    signed, header = head_of(four.ann)
    values = msgspec.msgpack.decode(signed)
    assert len(values) == len(Header.__struct_fields__)
    older = [*values[:-1]]
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(older), type=Header).out == []
    of_old = msgspec.defstruct(
        "OldHeader",
        [(name, Header.__annotations__[name]) for name in Header.__struct_fields__[:-1]],
        namespace={"__module__": "sync.wire"},
        array_like=True,
    )
    full = msgspec.structs.replace(header, out=[StillOut(header.feed, 1, bytes(16), "future")])
    read = msgspec.msgpack.decode(msgspec.msgpack.encode(full), type=of_old)
    assert msgspec.structs.asdict(read)["seq"] == header.seq


def test_every_reason_has_its_few_words_and_a_newer_tandems_too() -> None:
    assert all(there(reason.value) for reason in Reason)
    assert there("asleep") == _("for a reason only a newer Tandem knows")
