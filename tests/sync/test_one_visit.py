# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two visits that are one, said and unsaid on two laptops, heard in any order."""

from datetime import datetime
from itertools import product

import pytest

from desktop_app.casework.last_seen import contacts
from desktop_app.casework.one_visit import Pair, join, joined, part
from desktop_app.casework.records import Json
from desktop_app.casework.visits import encounters
from storage import reads
from tests.sync.laptops import Four, Laptop

EVENING = datetime.fromisoformat("2026-06-01T20:00")
SAID = [("join", "join"), ("join", "part"), ("part", "join"), ("join then part", "join")]
ORDERS = [("ann", "shah"), ("shah", "ann")]


def visit(laptop: Laptop, client: bytes, at: str) -> bytes:
    said: dict[str, Json] = {"at": f"2026-06-01T{at}", "state": "done", "kind": "home"}
    said |= {"outcome": "seen", "people": [laptop.seat.person], "minutes": 20}
    return laptop.save("visit", said, client=client)


def say(laptop: Laptop, first: bytes, second: bytes, what: str) -> None:
    pair = Pair(laptop.record(first), laptop.record(second), EVENING)
    for one in what.split(" then "):
        edit = join(pair) if one == "join" else part(pair)
        laptop.store.save([edit], now_ms=laptop.clock.later())


def events(laptop: Laptop, client: bytes) -> tuple[object, ...]:
    """What the visits of a client add up to on one laptop."""
    records = reads.records(laptop.store, client=client)
    found = [(one.visit.record.id, one.visit.people) for one in encounters(records)]
    return (found, len(contacts(records, EVENING)), joined(records))


@pytest.mark.parametrize(("said", "order"), [*product(SAID, ORDERS)])
def test_said_apart_it_comes_out_alike_on_every_laptop_in_any_order(
    four: Four, said: tuple[str, str], order: tuple[str, str]
) -> None:
    client = four.grant.save("client", {"surname": "Doe"})
    four.everybody_exchanges()
    first = visit(four.ann, client, "14:00")
    four.clock.later()
    second = visit(four.shah, client, "14:10")
    four.everybody_exchanges()
    for laptop, what in zip((four.ann, four.shah), said, strict=True):
        say(laptop, first, second, what)
    for name in order * 2:
        getattr(four, name).exchange(four.share)
    four.everybody_exchanges()
    assert len({str(events(laptop, client)) for laptop in four}) == 1
    _found, count, to = events(four.bell, client)
    one = said == ("join", "join")
    assert (count, to) == ((1, {second: first}) if one else (2, {}))
    say(four.grant, first, second, "part")
    four.everybody_exchanges()
    assert all(events(laptop, client)[1:] == (2, {}) for laptop in four)
    assert not four.bell.record(second).conflicts
