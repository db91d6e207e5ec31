# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Merging: laptops that have heard the same say the same, and nothing is lost in silence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.records import (
    Change,
    Json,
    Record,
    link,
    linked,
    merge,
    new_id,
    pack_trail,
    trail_entries,
)

RECORD, CLIENT = b"r" * 16, b"c" * 16
HEAD = ("visit", RECORD, CLIENT, "partners")


def NEVER(_feed: int, _seq: int) -> bool:  # noqa: N802  reads better in a call
    return False


def ALWAYS(_feed: int, _seq: int) -> bool:  # noqa: N802
    return True


def only(feed: int) -> Callable[[int, int], bool]:
    """Return what somebody had seen who had heard of one other laptop only."""
    return lambda heard, _seq: heard == feed


def change(feed: int, seq: int, idx: int = 0, *, at: int = 5, **answers: Json) -> Change:
    return Change("visit", RECORD, CLIENT, "partners", at, feed, seq, idx, answers)


def record_of(*changes: tuple[Change, Callable[[int, int], bool]]) -> Record:
    found: Record | None = None
    for one, saw in changes:
        found = merge(found, one, author="a", saw=saw)
    assert found is not None
    return found


def test_the_first_change_makes_the_record_and_keeps_its_author() -> None:
    made = merge(None, change(1, 1, place="Quay Street"), author="a", saw=NEVER)
    again = merge(made, change(2, 1, minutes=20), author="b", saw=ALWAYS)
    assert (again.author, again.answers) == ("a", {"place": "Quay Street", "minutes": 20})
    assert again.created == (1, 1)


def test_a_change_replaces_what_its_author_had_seen() -> None:
    found = record_of((change(1, 1, place="A"), NEVER), (change(2, 1, place="B"), ALWAYS))
    assert found.answers == {"place": "B"}
    assert not found.conflicts


def test_what_the_author_had_not_seen_stays_alive_beside_it() -> None:
    found = record_of(
        (change(1, 1, place="A"), NEVER),
        (change(1, 2, place="A2", at=9), ALWAYS),
        (change(2, 1, place="B", at=7), lambda _feed, seq: seq == 1),
    )
    assert found.answers == {"place": "A2"}
    assert [one.answers["place"] for one in found.conflicts["place"]] == ["B", "A2"]


def test_two_who_wrote_the_same_are_no_conflict() -> None:
    found = record_of((change(1, 1, place="A"), NEVER), (change(2, 1, place="A"), NEVER))
    assert not found.conflicts


def test_only_the_fields_that_changed_are_in_conflict() -> None:
    found = record_of(
        (change(1, 1, place="A", minutes=10), NEVER),
        (change(2, 1, place="B"), NEVER),
    )
    assert set(found.conflicts) == {"place"}
    assert found.answers["minutes"] == 10


def test_resolving_a_conflict_is_a_change_like_any_other() -> None:
    found = record_of(
        (change(1, 1, place="A"), NEVER),
        (change(2, 1, place="B"), NEVER),
        (change(3, 1, place="C"), ALWAYS),
    )
    assert found.answers == {"place": "C"}
    assert not found.conflicts


def test_with_equal_times_every_laptop_shows_the_same_answer() -> None:
    first, *rest = change(1, 1, place="A"), change(2, 1, place="B"), change(3, 1, place="C")
    shown = set()
    for order in permutations(rest):
        found = record_of((first, NEVER), *((one, NEVER) for one in order))
        shown.add(str(found.answers["place"]))
    assert shown == {"C"}


def test_a_change_delivered_twice_changes_nothing() -> None:
    one = change(1, 1, place="A")
    made = merge(None, one, author="a", saw=NEVER)
    assert merge(made, one, author="a", saw=NEVER) == made


def test_an_answer_taken_back_stays_taken_back() -> None:
    found = record_of((change(1, 1, place="A"), NEVER), (change(1, 2, place=None), NEVER))
    assert found.answers == {"place": None}
    assert not found.conflicts
    assert found.text("place") == ""


def test_a_laptop_replaces_its_own_answer_even_when_its_clock_has_gone_back() -> None:
    found = record_of((change(1, 1, place="A", at=9), NEVER), (change(1, 2, place="B"), NEVER))
    assert found.answers == {"place": "B"}
    assert len(found.live) == 1


def test_the_trail_names_every_bundle_once() -> None:
    found = record_of(
        (change(1, 1, 0, place="A"), NEVER),
        (change(1, 1, 1, minutes=5), NEVER),
        (change(2, 4, place="B"), ALWAYS),
    )
    assert trail_entries(found.trail) == [(1, 1), (2, 4)]
    assert len(pack_trail(2**56 - 1, 2**32 - 1)) == 11


def test_withdrawing_says_why_and_can_be_taken_back() -> None:
    made = merge(None, change(1, 1, place="A"), author="a", saw=NEVER)
    gone = merge(made, change(1, 2, _withdrawn="Wrong client"), author="a", saw=NEVER)
    back = merge(gone, change(1, 3, _withdrawn=None), author="a", saw=NEVER)
    assert (made.withdrawn, gone.withdrawn, back.withdrawn) == (None, "Wrong client", None)


def test_ids_sort_by_the_time_they_were_made() -> None:
    early, late = new_id(1000, b"\xff" * 10), new_id(1001, b"\x00" * 10)
    assert early < late
    assert (len(late), late[6] >> 4, late[8] >> 6) == (16, 7, 2)
    assert linked(link(late)) == late
    assert [linked(odd) for odd in (None, "zz" * 16, "ab", 7)] == [None] * 4


@dataclass
class Laptop:
    """One laptop of a simulated team: what it holds, has heard and has written."""

    feed: int
    record: Record | None = None
    heard: dict[int, int] = field(default_factory=dict)
    written: list[tuple[Change, dict[int, int]]] = field(default_factory=list)

    def write(self, at: int, answers: dict[str, Json]) -> None:
        seq = self.heard.get(self.feed, 0) + 1
        made = Change("visit", RECORD, CLIENT, "partners", at, self.feed, seq, 0, answers)
        self.written.append((made, dict(self.heard)))
        self._take(made, dict(self.heard))

    def hear(self, other: "Laptop") -> bool:
        """Take in the next change of another laptop; say whether there was one to take."""
        known = self.heard.get(other.feed, 0)
        if known >= len(other.written):
            return False
        made, seen = other.written[known]
        if any(self.heard.get(feed, 0) < seq for feed, seq in seen.items()):
            return False
        self._take(made, seen)
        return True

    def _take(self, made: Change, seen: dict[int, int]) -> None:
        def saw(feed: int, seq: int) -> bool:
            return seen.get(feed, 0) >= seq

        self.record = merge(self.record, made, author=f"{made.feed}", saw=saw)
        self.heard[made.feed] = made.seq


FIELDS, VALUES = ("place", "minutes", "purpose"), (None, "A", "B", 5)
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("write"),
            st.integers(0, 2),
            st.integers(1, 3),
            st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES), min_size=1),
        ),
        st.tuples(st.just("hear"), st.integers(0, 2), st.integers(0, 2), st.none()),
    ),
    max_size=40,
)


@given(steps=STEPS, order=st.permutations(range(3)))
def test_laptops_that_have_heard_the_same_show_the_same(
    steps: list[tuple[str, int, int, dict[str, Json] | None]], order: list[int]
) -> None:
    laptops = [Laptop(feed) for feed in (1, 2, 3)]
    laptops[0].write(2, {"place": "Quay Street"})
    for what, one, two, answers in steps:
        if what == "hear":
            laptops[one].hear(laptops[two])
        elif answers is not None and laptops[one].record is not None:
            laptops[one].write(two, answers)
    late = Laptop(9)
    for laptop in [*laptops, late]:
        while any(laptop.hear(laptops[index]) for index in order):
            pass
    told = [_told(laptop) for laptop in [*laptops, late]]
    assert told == [told[0]] * 4


def _told(laptop: Laptop) -> object:
    assert laptop.record is not None
    live = sorted((one.stamp, sorted(one.answers.items())) for one in laptop.record.live)
    return live, laptop.record.answers, sorted(laptop.record.conflicts)


@given(
    left=st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES), min_size=1),
    right=st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(VALUES), min_size=1),
)
def test_of_two_who_had_not_heard_of_each_other_no_answer_is_lost(
    left: dict[str, Json], right: dict[str, Json]
) -> None:
    found = record_of(
        (change(9, 1, purpose="begun"), NEVER),
        (Change(*HEAD, 5, 1, 1, 0, left), only(9)),
        (Change(*HEAD, 5, 2, 1, 0, right), only(9)),
    )
    for name in left.keys() & right.keys():
        alive = [one.answers[name] for one in found.live if name in one.answers]
        assert alive == [left[name], right[name]]
        assert (name in found.conflicts) == (left[name] != right[name])
