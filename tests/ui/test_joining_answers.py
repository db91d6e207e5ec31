# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers chosen when two files were joined: parted anywhere, they go back unless changed since."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.both_files import Take
from desktop_app.casework.records import Answers
from storage import reads
from tests.sync.laptops import Four, Laptop, copy_of_four
from ui.pages import joining_saves
from ui.pages.joining_facts import gather
from ui.pages.joining_saves import Says

ONE: Answers = {"surname": "Marsh", "forename": "Daniel", "town": "Saltings", "gp": "Quay"}
OTHER: Answers = {
    "surname": "Mahrsh",
    "forename": "Danny",
    "town": "Marshend",
    "phone": "07700 900123",
}
ASKED = ("surname", "forename", "address", "phone")
FIELDS = {"address": "town"}
DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def team(made_four: tuple[Four, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Four]:
    """Four laptops for all examples: each has clients of its own, whom no other one touches."""
    copied = copy_of_four(*made_four, tmp_path_factory.mktemp("answers") / "four")
    yield copied
    copied.close()


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    taken=st.sets(st.sampled_from(ASKED)),
    changed=st.sets(st.sampled_from(ASKED)),
    who=st.integers(0, 3),
    parts=st.integers(0, 3),
)
def test_an_answer_chosen_goes_back_on_every_laptop_unless_somebody_changed_it_since(
    team: Four, taken: set[str], changed: set[str], who: int, parts: int
) -> None:
    laptops = list(team)
    one, other = (team.grant.save("client", dict(told)) for told in (ONE, OTHER))
    pair = gather(team.grant.store, one, other)
    assert pair is not None
    chosen = {key: Take.OTHER if key in taken else Take.FIRST for key in ASKED}
    edits = joining_saves.joining(pair, chosen, _says(team.grant, "They told us"))
    team.grant.store.save(edits, now_ms=team.clock.later(1))
    for key in taken:
        field = FIELDS.get(key, key)
        assert team.grant.answers(one)[field] == OTHER[field]
    team.everybody_exchanges()
    since: Answers = {FIELDS.get(key, key): f"New {key}" for key in changed}
    if since:
        laptops[who].save("client", since, record=one)
        team.everybody_exchanges()
    parting = laptops[parts]
    (finding,) = reads.found_same(parting.store, other)
    back = joining_saves.parting_for_good(parting.store, finding.record, _says(parting, "No"))
    parting.store.save(back, now_ms=team.clock.later(1))
    team.everybody_exchanges()
    for laptop in laptops:
        held = {name: value for name, value in laptop.answers(one).items() if value is not None}
        assert held == {**ONE, **since}
        assert laptop.answers(other) == OTHER
        assert laptop.store.whole(other) == [other]


def _says(laptop: Laptop, reason: str) -> Says:
    return Says(reason, laptop.seat.person, DAY, laptop.dice.randbytes(16))
