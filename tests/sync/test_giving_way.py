# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking in gives the vault to whoever waits for it: nothing is lost, nothing comes twice."""

import gc
from collections.abc import Callable, Iterator
from math import inf

import pytest

from desktop_app.casework.records import Answers, Edit, new_id
from storage import ledger, reads
from storage.merging import GaveWay
from storage.rows import AT_ONCE
from storage.store import Store
from sync import intake
from sync.admission import waive
from sync.carry import Carried, carry, look
from sync.exchange import Exchange
from sync.intake import AT_WORK_S
from sync.preview import preview
from sync.replay import replay
from sync.seat import seated
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, Laptop

MANY = 1_200
"""Records of one bundle: enough that it is asked in the middle whether somebody waits."""


def visits(laptop: Laptop, count: int) -> list[bytes]:
    """Save many visits in one go."""
    ids = [new_id(laptop.clock.later(1), laptop.dice.randbytes(10)) for _ in range(count)]
    edits = [Edit("visit", one, b"", "partners", {"place": "home"}) for one in ids]
    laptop.store.save(edits, now_ms=laptop.now_ms)
    return ids


def settled_clients(laptop: Laptop, count: int) -> None:
    """Save many clients in one go, and where each of them is."""
    edits = []
    for number in range(count):
        client, stay = (new_id(laptop.clock.later(1), laptop.dice.randbytes(10)) for _ in range(2))
        edits.append(Edit("client", client, client, "partners", {"surname": f"Croft {number}"}))
        where: Answers = {"setting": "community", "from_on": "2026-01-05"}
        edits.append(Edit("setting", stay, client, "partners", where))
    laptop.store.save(edits, now_ms=laptop.now_ms)


def to_count(store: Store) -> int:
    """Return how many clients' rows wait to be counted again."""
    count: int = store.rows("SELECT count(*) FROM recount")[0][0]
    return count


def held(store: Store) -> int:
    """Return how many visits a vault holds."""
    count: int = store.rows("SELECT count(*) FROM record WHERE form = 'visit'")[0][0]
    return count


class Others:
    """Whoever else works in the vault: they come when a test says so."""

    def __init__(self) -> None:
        self.quiet, self.comes_at, self.asked = inf, 0, 0

    def quiet_s(self) -> float:
        """Say for how many seconds nobody has waited."""
        self.asked += 1
        if self.asked == self.comes_at:
            self.quiet = 0.0
        return self.quiet


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> Others:
    monkeypatch.setattr(intake, "FEW_AT_ONCE", 1)  # one bundle, as long as somebody is at work
    return Others()


@pytest.fixture
def four(four: Four) -> Four:
    """Four laptops who have nothing to tell each other, not even what they have seen."""
    for laptop in (*four, *four):
        laptop.exchange(four.share)
    return four


def fetched(four: Four, laptop: Laptop) -> tuple[Exchange, Carried]:
    """Go as far as an exchange goes before it takes anything in."""
    going = Exchange(laptop.store, now_ms=laptop.now_ms, random=laptop.dice.randbytes)
    errand = going.seal(look(four.share, going.begin()))
    return going, carry(four.share, errand)


def bundles_of_many(four: Four, count: int) -> int:
    """Let Ann send so many bundles; return how many visits are in them."""
    for _bundle in range(count):
        visits(four.ann, MANY)
        four.ann.exchange(four.share)
    return count * MANY


def taking_in(
    four: Four, others: Others, then: Callable[[int], object] = lambda _step: None
) -> Iterator[int]:
    """Take in at Shah's; do something after each step."""
    going, carried = fetched(four, four.shah)
    for step, taken in enumerate(going.take_in(carried, others.quiet_s)):
        then(step)
        yield taken
    going.end()


def test_a_step_is_undone_for_whoever_comes_and_done_again_in_small_ones(
    four: Four, others: Others
) -> None:
    total = bundles_of_many(four, 5)
    others.comes_at = 9  # all five are read by then, and some of them merged
    counted: list[int] = []

    def then(step: int) -> None:
        counted.append(held(four.shah.store))
        others.quiet = {0: 1.0, 2: AT_WORK_S}.get(step, others.quiet)

    steps = list(taking_in(four, others, then))
    assert steps == [0, 1, 1, 3]
    assert counted == [0, MANY, 2 * MANY, 5 * MANY]
    assert held(four.shah.store) == total
    assert replay(four.shah.store) == []
    assert not ledger.set_aside(four.shah.store)


def test_a_step_that_was_read_in_parts_is_undone_whole(four: Four, others: Others) -> None:
    """Two of its three parts were in the records already when somebody came."""
    total = bundles_of_many(four, 3)
    going, carried = fetched(four, four.shah)
    parts = intake.intake(four.shah.store, seated(four.shah.store), now_ms=four.shah.now_ms)
    parts.at_hand = 1
    going.in_hand = parts
    others.comes_at = 11
    told: list[tuple[int, int]] = []
    for _taken in going.take_in(carried, others.quiet_s):
        assert going.in_hand is not None
        told.append((held(four.shah.store), len(going.in_hand.arrived)))
        others.quiet = inf
    going.end()
    assert told == [(0, 0), (total, 3)]
    assert going.outcome((), None).items["visit"] == total
    assert replay(four.shah.store) == []


def test_nobody_is_heard_of_twice_though_a_step_is_done_twice(four: Four, others: Others) -> None:
    bundles_of_many(four, 2)
    going, carried = fetched(four, four.shah)
    others.comes_at = 5
    for _taken in going.take_in(carried, others.quiet_s):
        others.quiet = inf
    going.end()
    outcome = going.outcome((), None)
    assert outcome.items["visit"] == 2 * MANY
    assert len({(one.author.words, one.seq) for one in outcome.arrived}) == len(outcome.arrived)
    assert four.shah.exchange(four.share).arrived == ()


def test_a_small_step_is_not_broken_off_or_it_would_never_be_done(
    four: Four, others: Others
) -> None:
    bundles_of_many(four, 2)
    others.quiet = 0.0
    assert sum(taking_in(four, others)) == 2
    assert held(four.shah.store) == 2 * MANY


def test_others_have_the_vault_between_the_clients_whose_rows_are_counted_again(
    four: Four, others: Others
) -> None:
    settled_clients(four.ann, MANY)
    four.ann.exchange(four.share)
    store, left = four.shah.store, list[int]()
    steps = list(taking_in(four, others, lambda _step: left.append(to_count(store))))
    assert steps == [1, 0, 0, 0]
    assert left == [MANY, MANY - AT_ONCE, MANY - 2 * AT_ONCE, 0]
    listed = reads.caseload(store, limit=2 * MANY, settings=["community"])
    assert len(listed) == MANY


def test_whoever_locks_does_not_wait_until_all_clients_are_counted(
    four: Four, others: Others
) -> None:
    settled_clients(four.ann, MANY)
    four.ann.exchange(four.share)
    going, carried = fetched(four, four.shah)
    steps, store = going.take_in(carried, others.quiet_s), four.shah.store
    assert [next(steps), next(steps)] == [1, 0]
    steps.close()
    assert to_count(store) == MANY - AT_ONCE
    assert len(reads.caseload(store, limit=2 * MANY, settings=["community"])) == MANY
    assert to_count(store) == 0, "counted before they were read"


def test_others_have_the_vault_also_while_files_are_checked(
    four: Four, others: Others, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundles_of_many(four, 3)
    monkeypatch.setattr(intake, "FILES_AT_ONCE", 1)
    steps = taking_in(four, others, lambda step: step or visits(four.shah, 1))
    assert list(steps) == [0, 0, 0, 3]
    assert held(four.shah.store) == 3 * MANY + 1
    assert not ledger.pending_count(four.shah.store), "sealed before anything was taken in"


def test_without_anybody_at_work_all_is_one_step(four: Four) -> None:
    bundles_of_many(four, 3)
    assert list(taking_in(four, Others())) == [3]


def test_what_is_saved_between_two_steps_is_sealed_before_the_next(
    four: Four, others: Others
) -> None:
    """It was written without what comes after it, and says so."""
    client = four.ann.save("client", {"surname": "Doe"})
    four.everybody_exchanges()
    bundles_of_many(four, 1)
    four.ann.save("client", {"surname": "Dow"}, record=client)
    four.ann.exchange(four.share)
    others.quiet = 0.0

    def then(step: int) -> None:
        if not step:
            four.shah.save("client", {"surname": "Doh"}, record=client)

    assert len(list(taking_in(four, others, then))) > 1
    four.everybody_exchanges()
    for laptop in four:
        conflict = laptop.record(client).conflicts["surname"]
        assert {one.answers["surname"] for one in conflict} == {"Dow", "Doh"}


def test_the_room_and_the_collector_are_put_back_where_it_is_left_in_the_middle(
    four: Four, others: Others
) -> None:
    bundles_of_many(four, 2)
    others.quiet, was, store = 0.0, gc.isenabled(), four.shah.store
    room = store.rows("PRAGMA cache_size"), store.rows("PRAGMA wal_autocheckpoint")
    going, carried = fetched(four, four.shah)
    coming = going.take_in(carried, others.quiet_s)
    assert next(coming) == 1
    assert store.rows("PRAGMA cache_size") != room[0]
    assert gc.isenabled() == was, "others are at work in between"
    coming.close()
    assert (store.rows("PRAGMA cache_size"), store.rows("PRAGMA wal_autocheckpoint")) == room
    assert held(store) == MANY
    four.shah.exchange(four.share)
    assert held(store) == 2 * MANY


def test_where_the_list_of_people_changes_in_between_the_rest_comes_by_the_new_one(
    four: Four, others: Others
) -> None:
    bundles_of_many(four, 2)
    others.quiet = 0.0
    going, carried = fetched(four, four.grant)
    own = ledger.own_feed(four.bell.store)
    assert own is not None
    for _taken in going.take_in(carried, others.quiet_s):
        waive(
            four.grant.store,
            own.id,
            first=900,
            last=900,
            now_ms=four.clock.later(),
            random=four.grant.dice.randbytes,
        )
    going.end()
    outcome = going.outcome((), None)
    assert held(four.grant.store) == MANY
    assert outcome.stopped
    assert [one for one in outcome.notes if "list of people changed" in one]
    outcome = four.grant.exchange(four.share)
    assert held(four.grant.store) == 2 * MANY
    assert not [one for one in outcome.notes if "list of people changed" in one]
    assert replay(four.grant.store) == []


def test_what_turns_up_after_all_counts_though_its_exchange_was_broken_off(four: Four) -> None:
    """It stands in the log; the records are made anew at the next exchange that brings anything."""
    share, own = four.share, ledger.own_feed(four.ann.store)
    assert isinstance(share, HostileShare)
    assert own is not None
    before = set(share.of(".bundle"))
    lost = four.ann.save("visit", {"place": "lost"})
    four.ann.exchange(share)
    (path,) = set(share.of(".bundle")) - before
    raw = share.drop(path)
    later = four.ann.save("visit", {"place": "later"})
    four.ann.exchange(share)
    share.files.pop(path, None)
    waive(
        four.grant.store,
        own.id,
        first=own.head_seq + 1,
        last=own.head_seq + 1,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(share)
    four.bell.exchange(share)
    assert (four.bell.answers(lost), four.bell.answers(later)) == ({}, {"place": "later"})
    share.files[path] = raw
    going, carried = fetched(four, four.bell)
    preview(four.bell.store, carried, now_ms=four.bell.now_ms)
    assert (own.number, own.head_seq + 1) not in ledger.bundle_ids(four.bell.store)
    list(going.take_in(carried))  # and nothing more
    assert (own.number, own.head_seq + 1) in ledger.bundle_ids(four.bell.store)
    assert four.bell.answers(lost) == {}
    four.shah.save("visit", {"place": "station"})
    four.shah.exchange(share)
    four.bell.exchange(share)
    assert four.bell.answers(lost) == {"place": "lost"}


def test_merging_that_gives_way_leaves_nothing(four: Four) -> None:
    store = four.ann.store
    visits(four.bell, MANY)
    changes = [one for _seq, some in ledger.pending(four.bell.store) for one in some]
    asked: list[int] = []

    def waits() -> bool:
        asked.append(held(store))
        return len(asked) == 3

    with pytest.raises(GaveWay), store.transaction():
        store.apply_many([(changes, "bell", lambda _feed, _seq: False)], waits)
    assert asked == [0, 500, 1_000]
    assert held(store) == 0
