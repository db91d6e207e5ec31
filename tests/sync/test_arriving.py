# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A new laptop, while years of work are on their way to it: what it says, and what it writes."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import ledger
from sync import arriving, carry, intake, packing
from sync.arriving import MUCH, Arrival, Here, all_here, expect, here
from sync.carry import Carried
from sync.exchange import Exchange
from sync.outcome import Arrived, Author
from sync.packing import Limits
from sync.packs import Found
from sync.replay import replay
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, Laptop, join_team
from tests.sync.packed import days_later, work


class Watch:
    """A stopwatch a test moves."""

    def __init__(self) -> None:
        self.s = 0.0

    def __call__(self) -> float:
        return self.s


def portion(*sizes: int, ahead: int = 0) -> Carried:
    bundles = [(str(at), bytes(size)) for at, size in enumerate(sizes)]
    return Carried(bundles=bundles, ahead=ahead)


def bundle_of(records: int) -> Arrived:
    return Arrived(Author("Ann", "laptop"), 1, 0, Counter(visit=records))


# --- what is said


def test_how_much_is_here_and_how_long_it_takes_is_said(four: Four) -> None:
    store, watch = four.ann.store, Watch()
    arrival = Arrival(watch)
    arrival.portion(store, portion(MUCH, MUCH, ahead=8 * MUCH))
    assert here(store) == arrival.here == Here()
    assert Here().words == "Reading what the team wrote…"
    watch.s = 1.0
    arrived = [bundle_of(21_040)]
    arrival.took(store, arrived, 1)
    assert arrival.here is not None
    assert arrival.here.words == "21,040 of about 210,000 records are here."
    watch.s = 40.0
    arrived.append(bundle_of(20_960))
    arrival.took(store, arrived, 1)
    words = "42,000 of about 210,000 records are here, about 3 minutes to go."
    assert arrival.here.words == words
    kept = here(store)
    assert kept is not None
    assert kept.words == "42,000 of about 210,000 records are here."
    arrival.portion(store, portion(7 * MUCH, ahead=MUCH // 2))
    watch.s = 60.0
    arrived.append(bundle_of(150_000))
    arrival.took(store, arrived, 1)
    assert "less than a minute" in arrival.here.words
    all_here(store)
    assert here(store) is None


def test_there_are_never_said_to_be_fewer_than_are_here(four: Four) -> None:
    arrival = Arrival(Watch())
    arrival.portion(four.ann.store, portion(MUCH))
    arrival.took(four.ann.store, [bundle_of(1_049)], 1)
    assert arrival.here is not None
    assert (arrival.here.records, arrival.here.in_all) == (1_049, 1_049)


def test_an_everyday_exchange_is_not_worth_a_word(four: Four) -> None:
    arrival = Arrival(Watch())
    arrival.portion(four.ann.store, portion(1_000, ahead=MUCH // 2))
    arrival.took(four.ann.store, [bundle_of(10)], 1)
    assert arrival.here is None
    assert here(four.ann.store) is None


def test_it_is_counted_on_from_where_it_was_left(four: Four) -> None:
    store = four.ann.store
    first = Arrival(Watch())
    first.portion(store, portion(MUCH, ahead=9 * MUCH))
    first.took(store, [bundle_of(10_000)], 1)
    second = Arrival(Watch())
    second.portion(store, portion(1_000, ahead=1_000))
    second.took(store, [bundle_of(5_000)], 1)
    assert second.here is not None
    assert (second.here.records, second.here.in_all) == (15_000, 20_000)


def test_who_has_just_come_in_holds_nothing_yet_and_an_exchange_settles_it(four: Four) -> None:
    expect(four.ann.store)
    assert here(four.ann.store) == Here()
    four.ann.exchange(four.share)
    assert here(four.ann.store) is None


def test_a_stop_leaves_it_said(four: Four) -> None:
    work(four, 2)
    expect(four.shah.store)
    going = Exchange(four.shah.store, now_ms=four.shah.now_ms, random=four.shah.dice.randbytes)
    going.seal(carry.look(four.share, going.begin()))
    assert here(four.shah.store) is not None


# --- what is written meanwhile


@pytest.fixture
def newcomer(
    four: Four, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[tuple[Laptop, bytes]]:
    """Return a laptop that has just been let in, and a client Ann changed long after she began."""
    monkeypatch.setattr(packing, "LIMITS", Limits(least=6))
    monkeypatch.setattr(packing, "LARGEST", 8_000)
    client = four.ann.save("client", {"surname": "Doe", "forename": "Ada"})
    work(four, 10)
    four.ann.save("client", {"surname": "Dow"}, record=client)
    work(four, 10)
    days_later(four)
    four.everybody_exchanges(3)
    assert isinstance(four.share, HostileShare)
    assert len(four.share.of(".pack")) > 3
    laptop = Laptop("Newly", tmp_path / "newly", four.clock)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(carry, "look_at_packs", lambda *_asked: Found())
        patch.setattr(carry, "_present", lambda *_asked: {})
        join_team(four.grant, laptop, four.share, four.ann.seat.person)
    assert not laptop.answers(client)
    yield laptop, client
    laptop.close()


def test_what_a_newcomer_writes_says_what_they_had_seen_and_no_more(
    four: Four, newcomer: tuple[Laptop, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, client = newcomer
    monkeypatch.setattr(carry, "PORTION", 1)  # a pack at a time
    monkeypatch.setattr(intake, "FEW_AT_ONCE", 1)
    going = Exchange(laptop.store, now_ms=laptop.now_ms, random=laptop.dice.randbytes)
    errand = going.seal(carry.look(four.share, going.begin()))
    wrote = False
    while True:
        carried = carry.carry(four.share, errand)
        for _step in going.take_in(carried, lambda: 0.0):
            if laptop.answers(client) and not wrote:
                wrote = True
                assert laptop.answers(client)["surname"] == "Doe", "as it was in the beginning"
                laptop.save("client", {"surname": "Doh"}, record=client)
        if not carried.more:
            break
        errand = going.errand()
    errand = going.end()
    carry.send(four.share, errand)
    assert wrote
    four.everybody_exchanges()
    laptop.exchange(four.share)
    for one in (*four, laptop):
        conflict = one.record(client).conflicts["surname"]
        assert {value.answers["surname"] for value in conflict} == {"Dow", "Doh"}
        assert replay(one.store) == []
        assert not ledger.set_aside(one.store)


def test_a_newcomer_may_stop_and_go_on(
    four: Four, newcomer: tuple[Laptop, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, client = newcomer
    monkeypatch.setattr(carry, "PORTION", 1)
    counted, reads = [], list[str]()
    get = HostileShare.get

    def note(self: HostileShare, path: str, *, limit: int) -> bytes | None:
        if path.endswith(".pack") and limit > 100_000:
            reads.append(path)
        return get(self, path, limit=limit)

    monkeypatch.setattr(HostileShare, "get", note)
    monkeypatch.setattr(carry, "is_whole", lambda _share, _path: True)
    for _visit in range(3):
        going = Exchange(laptop.store, now_ms=laptop.now_ms, random=laptop.dice.randbytes)
        errand = going.seal(carry.look(four.share, going.begin()))
        for _step in going.take_in(carry.carry(four.share, errand)):
            pass
        going.stopped = True
        going.end()
        counted.append(laptop.store.rows("SELECT count(*) FROM record")[0][0])
    assert counted[0] < counted[1] < counted[2]
    assert len(set(reads)) == len(reads) == 3, "none is fetched twice"
    laptop.exchange(four.share)
    assert laptop.answers(client) == four.ann.answers(client)
    assert replay(laptop.store) == []
    assert arriving.here(laptop.store) is None
