# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Offers answered on different laptops: one worker, the same one everywhere, in every order."""

from datetime import date
from itertools import permutations

import pytest

from desktop_app.casework import taken_twice
from desktop_app.casework.assignments import KEY_WORKER, workers_on
from desktop_app.casework.board import Known
from desktop_app.casework.due import Facts
from desktop_app.casework.handover import NOT_YET, TAKEN_BACK, accepting, board, open_offers
from desktop_app.casework.limits import limits
from desktop_app.casework.records import Answers, Record, link
from desktop_app.casework.today import today
from desktop_app.casework.today_whose import whose
from storage import reads
from tests.sync.laptops import Four, Laptop
from tests.sync.story import file_of
from ui.clock import local
from ui.pages.boards_facts import fill

ORDERS = list(permutations(("grant", "ann", "shah", "bell")))[::5]


@pytest.fixture
def client(four: Four) -> bytes:
    """Return a client whose key worker is Ann, whom everybody has."""
    client = four.ann.save("client", {"surname": "Croft", "forename": "Lee"})
    worker: Answers = {"worker": four.ann.seat.person, "from_on": "2026-05-01"}
    four.ann.save("assignment", {"duty": "key_worker", **worker}, client=client)
    four.everybody_exchanges()
    return client


def offer(by: Laptop, to: Laptop, client: bytes, worker: Laptop) -> bytes:
    said: Answers = {
        "duty": "key_worker",
        "worker": worker.seat.person,
        "handed_to": to.seat.person,
        "offered_on": day(by).isoformat(),
        "reason": "worker_leaves",
    }
    return by.save("handover", said, client=client)


def accept(laptop: Laptop, client: bytes) -> None:
    """Accept the offer that stands, as the row does."""
    held = of(laptop, client)
    (waits,) = open_offers(held, day(laptop))
    assert waits.offer.handed_to == laptop.seat.person
    ids = (laptop.dice.randbytes(16) for _ in range(3))
    edits, _back = accepting(waits.offer, held, on=day(laptop), new=lambda: next(ids))
    laptop.store.save(list(edits), now_ms=laptop.clock.later())


def answer(laptop: Laptop, client: bytes, what: str, to: bytes, words: str = "") -> None:
    said: Answers = {"answer": what, "handover": link(to), "words": words}
    laptop.save("handover_answer", {**said, "answered_on": day(laptop).isoformat()}, client=client)


def of(laptop: Laptop, client: bytes) -> list[Record]:
    return reads.records(laptop.store, client=client)


def day(laptop: Laptop) -> date:
    return local(laptop.now_ms).date()


def workers(laptop: Laptop, client: bytes) -> list[str]:
    return workers_on(of(laptop, client), KEY_WORKER, day(laptop))


def rows(laptop: Laptop, who: Laptop, client: bytes) -> list[str]:
    """Return what the board of handovers says of the client, as somebody reads it."""
    team, now = laptop.seat.team, local(laptop.now_ms)
    shown = fill(laptop.store, board(), team.persons[who.seat.person], team, now).dues
    return [one.sentence for one in shown if one.client == client]


def exchange(four: Four, order: tuple[str, ...]) -> None:
    for name in order:
        getattr(four, name).exchange(four.share)
    four.everybody_exchanges()


@pytest.fixture
def apart(four: Four, client: bytes) -> bytes:
    """Let two accept two offers, neither having heard of the other; return the first offer.

    Ann offers her client to Bell. Her coordinator, who has not heard of it, offers them to Shah.
    """
    four.clock.later()
    first = offer(four.ann, four.bell, client, four.ann)
    four.clock.later()
    offer(four.grant, four.shah, client, four.ann)
    for giver, taker in ((four.grant, four.shah), (four.ann, four.bell)):
        # The one offer has not got through to whoever is made the other.
        before = set(files(four))
        giver.exchange(four.share)
        taker.exchange(four.share)
        accept(taker, client)
        hide(four, before)
    show(four)
    return first


def files(four: Four) -> list[str]:
    return four.share.of(".bundle")  # type: ignore[attr-defined,no-any-return]


def hide(four: Four, but: set[str]) -> None:
    four.share.hidden |= set(files(four)) - but  # type: ignore[attr-defined]


def show(four: Four) -> None:
    four.share.hidden.clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_two_who_took_over_are_one_key_worker_on_every_laptop(
    four: Four, client: bytes, apart: bytes, order: tuple[str, ...]
) -> None:
    assert workers(four.bell, client) == [four.bell.seat.person]
    assert workers(four.shah, client) == [four.shah.seat.person]
    exchange(four, order)
    for laptop in four:
        assert workers(laptop, client) == [four.bell.seat.person], "she was offered them first"
        assert rows(laptop, four.grant, client) == [
            "because T. Bell and PC R. Shah have both taken them over as key worker; T. Bell was "
            "offered them first and has them until the coordinator says otherwise"
        ]


def test_it_is_asked_of_the_coordinator_and_said_to_both(
    four: Four, client: bytes, apart: bytes
) -> None:
    exchange(four, ())
    told = {}
    for laptop in four:
        file, now = file_of(laptop, client), local(laptop.now_ms)
        team, me = laptop.seat.team, laptop.seat.person
        due = today(Facts((file,), team), team.persons[me], now)
        told[laptop.name] = [one for one in due if one.kind == taken_twice.KIND]
        assert (me in whose(file, Known(team, limits(), now))) >= bool(told[laptop.name])
    assert told["Ann"] == []
    (asked,), (first,), (second,) = (told[name] for name in ("Grant", "Bell", "Shah"))
    assert [one.text for one in asked.answers] == [
        "Stays with T. Bell",
        "Give them to PC R. Shah",
        "Open",
    ]
    for one in (first, second):
        assert [each.text for each in one.answers] == ["Ask them", "Open"]
    assert first.sentence.startswith("because you and PC R. Shah have both taken them over")
    assert "you were offered them first and have them" in first.sentence


@pytest.mark.parametrize("place", [0, 1], ids=["stays", "other"])
@pytest.mark.parametrize("order", ORDERS[::2], ids="-".join)
def test_named_once_by_who_saw_both_it_is_settled_everywhere(
    four: Four, client: bytes, apart: bytes, order: tuple[str, ...], place: int
) -> None:
    exchange(four, ())
    (found,) = taken_twice.twice(of(four.grant, client))
    who = found.people[place]
    settled = taken_twice.settling(found, who)
    four.grant.store.save([settled], now_ms=four.clock.later())
    exchange(four, order)
    for laptop in four:
        assert workers(laptop, client) == [who]
        assert rows(laptop, four.grant, client) == []
        assert taken_twice.twice(of(laptop, client)) == []


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_an_offer_answered_on_another_laptop_stands_the_same_everywhere(
    four: Four, client: bytes, order: tuple[str, ...]
) -> None:
    """Not yet, then accepted, while the giver took it back: accepted outweighs it everywhere."""
    made = offer(four.ann, four.bell, client, four.ann)
    exchange(four, order)
    answer(four.bell, client, NOT_YET, made, "After her court day")
    exchange(four, order[::-1])
    said = "because not yet: “After her court day”; Ann Lowe offers them to T. Bell as key worker"
    for laptop in four:
        (row,) = rows(laptop, four.grant, client)
        assert row.startswith(said)
        assert workers(laptop, client) == [four.ann.seat.person]
    answer(four.ann, client, TAKEN_BACK, made)
    accept(four.bell, client)
    exchange(four, order)
    for laptop in four:
        assert open_offers(of(laptop, client), day(laptop)) == []
        assert workers(laptop, client) == [four.bell.seat.person]
        assert rows(laptop, four.grant, client) == []
