# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Records brought up to date a few at a time are what making all anew in one go would leave."""

from collections.abc import Generator

import pytest

from desktop_app.casework.records import WITHDRAWN
from storage import ledger, reads
from storage.derived import derived, seen
from storage.store import Store
from sync import refreshing
from sync.exchange import Exchange, refresh
from sync.history import rebuild
from sync.refreshing import STALE, refresh_later
from sync.replay import replay
from tests.sync.laptops import Four, Laptop
from tests.sync.test_history import a_busy_week
from tests.sync.test_joined import join

Rows = list[tuple[object, ...]]


@pytest.fixture(autouse=True)
def little_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every log one of many portions, and every portion one of many steps."""
    monkeypatch.setattr(refreshing, "AT_ONCE", 4)
    monkeypatch.setattr(refreshing, "FEW", 1)


def all_of(store: Store) -> Rows:
    store.count_again()
    return sorted([*derived(store), *seen(store)], key=repr)


def made_stale(store: Store) -> None:
    """Leave the records as an older Tandem may have: some missing, some dated or kept otherwise."""
    with store.transaction():
        store.write("DELETE FROM record WHERE form = 'visit'")
        store.write("UPDATE record SET happened = '2001-01-01', conflict = 0 WHERE form = 'client'")
        store.write("UPDATE caseload SET last_seen = '', alerts = 7")
        store.write("DELETE FROM joined")
        store.write("DELETE FROM seen WHERE other % 2")
        store.write("UPDATE bundle SET state = 1, unread = 'partners' WHERE place % 3 = 0")


def steps(laptop: Laptop) -> Generator[tuple[int, int], None, None]:
    going = Exchange(laptop.store, now_ms=laptop.now_ms, random=laptop.dice.randbytes)
    going.begin()
    yield from refresh(going)


def a_week_with_joined_files(four: Four) -> bytes:
    client = a_busy_week(four)
    other = four.ann.save("client", {"surname": "Doe", "forename": "Jo"})
    gone = four.ann.save("note", {"note": "Not hers"}, client=other)
    four.ann.save("visit", {"at": "2026-06-02T10:00", "state": "done", "outcome": "seen"})
    join(four.ann, client, other)
    four.everybody_exchanges()
    four.ann.save("note", {WITHDRAWN: "Somebody else's"}, record=gone)
    four.everybody_exchanges()
    return client


def test_it_is_as_if_all_had_been_made_anew(four: Four) -> None:
    a_week_with_joined_files(four)
    for laptop in four:
        store = laptop.store
        rebuild(store, laptop.seat)
        before, unread = all_of(store), ledger.unread_audiences(store)
        made_stale(store)
        assert all_of(store) != before
        refresh_later(store, None)
        told = list(steps(laptop))
        assert len(told) > 20
        assert all(done <= total for done, total in told)
        assert all_of(store) == before
        assert ledger.unread_audiences(store) == unread
        assert replay(store) == []
        assert store.get(STALE) is None
        assert list(steps(laptop)) == [], "once is enough"


@pytest.mark.parametrize("audience", ["partners", "health", "police", "audit"])
def test_one_audience_is_brought_up_to_date_alone(four: Four, audience: str) -> None:
    a_week_with_joined_files(four)
    for laptop in four:
        store = laptop.store
        before, unread = all_of(store), ledger.unread_audiences(store)
        with store.transaction():
            store.write("DELETE FROM record WHERE audience = ? AND form <> 'client'", (audience,))
        refresh_later(store, [audience])
        list(steps(laptop))
        assert all_of(store) == before
        assert ledger.unread_audiences(store) == unread


def test_whoever_works_meanwhile_has_what_they_saved_in_the_records(four: Four) -> None:
    client = a_week_with_joined_files(four)
    ann, made = four.ann, list[bytes]()
    made_stale(ann.store)
    refresh_later(ann.store, None)
    for number, _step in enumerate(steps(ann)):
        if number % 7 == 0:
            made.append(ann.save("visit", {"place": f"Place {number}"}, client=client))
            ann.save("client", {"town": f"Town {number}"}, record=client)
            last = number
    assert len(made) > 3
    assert all(ann.answers(one)["place"] for one in made)
    assert ann.answers(client)["town"] == f"Town {last}"
    assert replay(ann.store) == []
    four.everybody_exchanges()
    assert four.bell.answers(client)["town"] == f"Town {last}"


def test_at_every_step_a_record_is_as_it_was_or_as_it_will_be(four: Four) -> None:
    a_week_with_joined_files(four)
    store = four.ann.store
    before = {row[0]: row for row in store.rows("SELECT id, live, happened, trail FROM record")}
    with store.transaction():
        store.write("UPDATE record SET happened = '2001-01-01'")
    stale = {row[0]: row for row in store.rows("SELECT id, live, happened, trail FROM record")}
    refresh_later(store, None)
    changed = 0
    for _step in steps(four.ann):
        now = {row[0]: row for row in store.rows("SELECT id, live, happened, trail FROM record")}
        assert now.keys() == before.keys()
        assert all(row in (before[id_], stale[id_]) for id_, row in now.items())
        changed += now not in (before, stale)
    assert changed > 3


def test_broken_off_it_goes_on_from_there_at_the_next_exchange(four: Four) -> None:
    a_week_with_joined_files(four)
    store = four.ann.store
    before = all_of(store)
    made_stale(store)
    refresh_later(store, None)
    going = steps(four.ann)
    while not (isinstance(held := store.get(STALE), list) and held[1]):
        next(going)
    going.close()
    store.close()
    four.ann = four.ann.reopened()
    store = four.ann.store
    again = steps(four.ann)
    done, _total = next(again)
    assert done > 0, "from there"
    again.close()
    four.ann.exchange(four.share)
    assert store.get(STALE) is None
    told = {row for row in before if len(row) != 3}  # but what the exchange itself has seen
    assert told <= {*all_of(store)}
    assert replay(store) == []


def test_a_wider_need_found_meanwhile_begins_anew(four: Four) -> None:
    store = four.ann.store
    refresh_later(store, ["health"])
    refresh_later(store, ["police"])
    assert store.get(STALE) == [["health", "police"], ""]
    refresh_later(store, None)
    refresh_later(store, ["police"])
    assert store.get(STALE) == [None, ""]


def test_where_nothing_differs_nothing_of_the_visits_is_written(four: Four) -> None:
    a_week_with_joined_files(four)
    store = four.ann.store
    places = store.rows("SELECT place, id FROM record WHERE form = 'visit' ORDER BY id")
    refresh_later(store, None)
    list(steps(four.ann))
    assert store.rows("SELECT place, id FROM record WHERE form = 'visit' ORDER BY id") == places
    assert reads.caseload(store, limit=100)
