# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Postures asked for, agreed, lapsed and taken back on laptops apart: one posture everywhere."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations

import pytest

from desktop_app.casework.due import Due
from desktop_app.casework.posture import Posture, posture_now
from desktop_app.casework.posture_rows import board
from desktop_app.casework.records import Answers, Json, link
from storage import reads
from tests.sync.laptops import DAY_MS, Four, Laptop
from ui.clock import local
from ui.pages.boards_facts import fill

ORDERS = list(permutations(("grant", "ann", "shah", "bell")))[::7]
Order = tuple[str, ...]


@pytest.fixture
def client(four: Four) -> bytes:
    """Return a client with an arrest, whom everybody has."""
    client = four.shah.save("client", {"surname": "Croft", "forename": "Lee"})
    arrest: Answers = {"arrested_on": "2026-05-20", "offence_group": "shoplifting"}
    four.shah.save("arrest", arrest, client=client)
    four.everybody_exchanges()
    return client


def day(laptop: Laptop, ahead: int = 0) -> date:
    return local(laptop.now_ms).date() + timedelta(days=ahead)


def sign(laptop: Laptop, client: bytes, says: str, **more: Json) -> bytes:
    """Sign something about the posture, as somebody of an agency of their own."""
    seat = laptop.seat
    proof = reads.records(laptop.store, client=client, form="arrest")
    said: Answers = {
        "says": says,
        "acted_on": day(laptop).isoformat(),
        "until": day(laptop, 20).isoformat(),
        "reason": "Seen at three shops",
        "agency": seat.team.persons[seat.person].agency,
        "evidence_of": [link(one.id) for one in proof],
    }
    laptop.clock.later()
    return laptop.save("posture", {**said, **more}, client=client)


def agree(laptop: Laptop, client: bytes, ask: bytes) -> bytes:
    asked = laptop.answers(ask)
    kept = {name: asked[name] for name in ("level", "reason", "until")}
    return sign(laptop, client, "agrees", agrees_with=link(ask), **kept)


def no(laptop: Laptop, client: bytes, to: bytes) -> bytes:
    asked = laptop.answers(to)
    kept = {name: asked[name] for name in ("level", "reason", "until")}
    return sign(laptop, client, "says_no", declines=link(to), words="Not now", **kept)


def exchange(four: Four, order: Order) -> None:
    for name in order:
        getattr(four, name).exchange(four.share)
    four.everybody_exchanges()


def same(four: Four, client: bytes) -> Posture:
    """Return the posture every laptop shows, and find the board the same there."""
    found: list[tuple[object, Sequence[Due]]] = []
    postures = []
    for laptop in four:
        team, now = laptop.seat.team, local(laptop.now_ms)
        held = reads.records(laptop.store, client=client)
        postures.append(posture_now(held, team, now.date()))
        me = team.persons[four.bell.seat.person]
        found.append((_plain(postures[-1]), fill(laptop.store, board(), me, team, now).dues))
    assert all(one == found[0] for one in found)
    return postures[0]


def _plain(now: Posture) -> tuple[object, ...]:
    turn = now.turn
    asked = [(one.act.id, [each.id for each in one.noes]) for one in now.asked]
    return (now.level, now.until, now.for_forum, asked, turn and (turn.ask.id, turn.agree.id))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_asked_here_agreed_there_and_lapsed_everywhere(
    four: Four, client: bytes, order: Order
) -> None:
    ask = sign(four.shah, client, "asks", level="heightened")
    exchange(four, order)
    now = same(four, client)
    assert (now.level, [one.act.id for one in now.asked]) == ("standard", [ask])
    agree(four.ann, client, ask)
    exchange(four, order[::-1])
    now = same(four, client)
    assert (now.level, now.asked) == ("heightened", ())
    four.clock.later(21 * DAY_MS)
    now = same(four, client)
    assert (now.level, now.for_forum) == ("standard", True)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_two_agreements_made_apart_are_one_posture_and_never_more_than_one_asked_for(
    four: Four, client: bytes, order: Order
) -> None:
    """Shah asked for more, Ann for less; two others agree, neither having heard of the other."""
    more = sign(four.shah, client, "asks", level="heightened")
    less = sign(four.ann, client, "asks", level="support_only", reason="Six clean weeks")
    exchange(four, ())
    first, second = agree(four.grant, client, more), agree(four.bell, client, less)
    exchange(four, order)
    now = same(four, client)
    assert now.turn is not None
    assert now.turn.agree.id == second, "what was agreed last counts"
    assert now.level == "support_only"
    assert first != second


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_a_no_and_a_yes_that_cross_are_both_kept(four: Four, client: bytes, order: Order) -> None:
    ask = sign(four.shah, client, "asks", level="heightened")
    exchange(four, ())
    no(four.bell, client, ask)
    agree(four.ann, client, ask)
    exchange(four, order)
    assert same(four, client).level == "heightened", "a third agency's no stops no two"
    no(four.ann, client, ask)
    again = sign(
        four.shah, client, "asks", level="hold", reason="In hospital", supersedes=link(ask)
    )
    exchange(four, order)
    now = same(four, client)
    assert (now.level, now.for_forum) == ("standard", True), "one of the two took it back"
    assert [one.act.id for one in now.asked] == [again]
