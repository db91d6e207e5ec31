# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Files joined and parted on any laptop, in any order: every laptop comes to say the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework import same_person
from desktop_app.casework.records import WITHDRAWN, Answers, link
from desktop_app.casework.reference import reference
from storage import reads
from sync.replay import replay
from tests.sync.laptops import Four, Laptop, copy_of_four

CLIENTS = 4
MOVES = ("same", "same", "same", "different", "part", "seen", "edit", "exchange")
STEPS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(MOVES),
        st.integers(0, CLIENTS - 1),
        st.integers(0, CLIENTS - 1),
    ),
    min_size=4,
    max_size=16,
)
Said = dict[bytes, object]


@pytest.fixture(scope="module")
def team(made_four: tuple[Four, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Four]:
    """Four laptops for all examples: each has clients of its own, whom no other one touches."""
    copied = copy_of_four(*made_four, tmp_path_factory.mktemp("joined") / "four")
    yield copied
    copied.close()


def join(laptop: Laptop, one: bytes, other: bytes, finding: str = "same") -> bytes:
    told: Answers = {
        "finding": finding,
        "other": link(other),
        "reason": "They told us",
        "found_on": "2026-10-01",
        "by": laptop.name,
    }
    return laptop.save("same_person", told, client=one)


def seen(laptop: Laptop, client: bytes, at: str) -> bytes:
    told: Answers = {"at": at, "state": "done", "kind": "home", "outcome": "seen"}
    return laptop.save("visit", told, client=client)


def answers_about(laptop: Laptop, clients: list[bytes]) -> Said:
    """What a laptop says of some clients, by every question."""
    store = laptop.store
    said: Said = {}
    for one in clients:
        shown = reads.client(store, one)
        found = [hit.client.id for hit in reads.search(store, reference(one))]
        said[one] = (
            tuple(store.whole(one)),
            shown.answers if shown else None,
            found,
            [record.id for record in reads.records(store, client=one)],
            [record.id for record in reads.timeline(store, one, forms=["visit"])],
        )
    rows = reads.caseload(store, limit=10_000)
    said[b""] = [(row.client.id, row.last_seen) for row in rows if row.client.id in clients]
    return said


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_laptop_says_the_same_whatever_was_joined_and_parted_where(
    team: Four, steps: list[tuple[int, str, int, int]]
) -> None:
    laptops = list(team)
    clients = [
        team.grant.save("client", {"surname": f"Name{n}", "forename": "Sam"})
        for n in range(CLIENTS)
    ]
    team.everybody_exchanges()
    alone = {laptop.name: answers_about(laptop, clients) for laptop in laptops}
    found, made = set[bytes](), set[bytes](clients)
    for who, what, first, second in steps:
        laptop, one, other = laptops[who], clients[first], clients[second]
        here = sorted(id_ for id_ in found if laptop.store.record(id_))
        if what in ("same", "different"):
            found.add(join(laptop, one, other, what))
        elif what == "part" and here:
            laptop.save("same_person", {WITHDRAWN: "No"}, record=here[first % len(here)])
        elif what == "seen":
            made.add(seen(laptop, one, f"2026-0{second + 1}-1{who}T10:00"))
        elif what == "edit":
            laptop.save("client", {"town": f"Town {second}"}, record=one)
        elif what == "exchange":
            team.clock.later()
            laptop.exchange(team.share)
    team.everybody_exchanges(3)
    first_says = answers_about(team.grant, clients)
    findings = same_person.findings(team.grant.store.records(sorted(found)))
    groups = {frozenset(team.grant.store.whole(one)) for one in clients}
    assert groups == set(same_person.people(clients, findings))
    for laptop in laptops:
        assert answers_about(laptop, clients) == first_says
        assert len(laptop.store.records(sorted(made))) == len(made), "something was lost"
    _part_all(team, found)
    _see_each_stands_alone(laptops, clients)
    if not any(what in ("seen", "edit") for _who, what, _one, _other in steps):
        assert {one.name: _without(answers_about(one, clients), found) for one in laptops} == alone


def _see_each_stands_alone(laptops: list[Laptop], clients: list[bytes]) -> None:
    for laptop in laptops:
        for one in clients:
            visits = reads.timeline(laptop.store, one, forms=["visit"])
            assert laptop.store.whole(one) == [one]
            assert {record.client for record in visits} <= {one}


def _part_all(team: Four, found: set[bytes]) -> None:
    for id_ in sorted(found):
        if team.bell.record(id_).withdrawn is None:
            team.bell.save("same_person", {WITHDRAWN: "Not so"}, record=id_)
    team.everybody_exchanges()


def _without(said: Said, found: set[bytes]) -> Said:
    """Leave out the findings themselves, which stay readable as taken back."""
    return {
        one: tuple(
            [id_ for id_ in part if id_ not in found] if isinstance(part, list) else part
            for part in parts
        )
        if isinstance(parts, tuple)
        else parts
        for one, parts in said.items()
    }


def test_the_replay_of_the_log_finds_the_same_people(team: Four) -> None:
    one, other = (team.ann.save("client", {"surname": "Zed"}) for _ in range(2))
    seen(team.ann, other, "2026-03-01T10:00")
    join(team.ann, one, other)
    team.everybody_exchanges()
    for laptop in team:
        assert laptop.store.whole(other) == [one, other]
        assert replay(laptop.store) == []


def test_one_joins_while_the_other_says_they_are_two_and_both_are_heard(team: Four) -> None:
    one, other = (team.ann.save("client", {"surname": "Quy"}) for _ in range(2))
    team.everybody_exchanges()
    join(team.ann, one, other)
    said = join(team.shah, other, one, "different")
    team.everybody_exchanges()
    for laptop in team:
        assert laptop.store.whole(one) == [one]
    team.bell.save("same_person", {WITHDRAWN: "Asked them again"}, record=said)
    team.everybody_exchanges()
    for laptop in team:
        assert laptop.store.whole(other) == [one, other]
