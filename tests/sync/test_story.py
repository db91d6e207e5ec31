# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""From nomination to removal on four laptops: in every order of exchange the boards agree.

Between two acts some laptops exchange, in an order drawn anew: of what the others have written a
part may not have got through yet, the newest first or the oldest first, in any order and twice.
Whatever they hear, and when: once everybody has heard of everything, each board has the same rows
on every laptop, and so has everybody's Today. What is for health or police alone is nowhere else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, workers_on
from desktop_app.casework.boards import boards
from desktop_app.casework.chain import chain_now
from desktop_app.casework.choosing import Stage, choosing
from desktop_app.casework.due import Due, Facts, Look
from desktop_app.casework.limits import limits
from desktop_app.casework.posture import posture_now
from desktop_app.casework.targeting import support_on
from desktop_app.casework.today import today
from desktop_app.casework.whereabouts import setting_on
from storage import reads
from tests.sync.laptops import Four, Laptop, copy_of_four
from tests.sync.story import Story, file_of
from tests.sync.story_acts import ACTS, CLINIC, CLINICAL, INTELLIGENCE
from ui.clock import local
from ui.pages.boards_facts import fill

SCHEDULES = 4
"""Schedules of each run of the suite."""
PEOPLE = ("grant", "ann", "shah", "bell")
COMMON = frozenset({"partners"})
BY_HEALTH = frozenset({"missed", "not_seen"})
"""Boards on which the nurse's own appointments may bring somebody, or take them away."""


class Gap(NamedTuple):
    """What happens between two acts.

    Attributes:
        who: who exchanges, in this order; whoever stands twice does so twice.
        late: how many of the latest bundles have not got through to them yet.
        newest: whether as many that were written after those have.
    """

    who: tuple[str, ...]
    late: int
    newest: bool


class Stands(NamedTuple):
    """How it stands with the client, in short."""

    stage: Stage
    level: str
    where: str
    missed: bool
    supported: bool


EXPECTED = {
    "decided": Stands(Stage.NOT_TOLD, "standard", "", missed=False, supported=True),
    "heightened": Stands(Stage.ON, "standard", "", missed=False, supported=True),
    "heightened_agreed": Stands(Stage.ON, "heightened", "", missed=False, supported=True),
    "informed": Stands(Stage.ON, "heightened", "", missed=True, supported=True),
    "found": Stands(Stage.ON, "heightened", "", missed=True, supported=True),
    "back": Stands(Stage.ON, "heightened", "", missed=False, supported=True),
    "sentenced": Stands(Stage.ON, "heightened", "sentenced", missed=False, supported=True),
    "met_at_the_gate": Stands(Stage.ON, "heightened", "community", missed=False, supported=True),
    "relaxing": Stands(Stage.ON, "heightened", "community", missed=False, supported=True),
    "relaxed": Stands(Stage.ON, "support_only", "community", missed=False, supported=True),
    "action_done": Stands(Stage.REMOVED, "support_only", "community", missed=False, supported=True),
}
"""How it stands after some acts, on every laptop."""

gaps = st.builds(
    Gap,
    st.lists(st.sampled_from(PEOPLE), max_size=3).map(tuple),
    st.integers(0, 6),
    st.booleans(),
)


@contextmanager
def copied(made: tuple[Four, Path], tmp: Path) -> Iterator[Story]:
    """Give a copy of the team of four, to tell the story with."""
    tmp.mkdir()
    four = copy_of_four(*made, tmp / "four")
    story = Story(four)
    story.share.lists_in_any_order = True
    try:
        yield story
    finally:
        four.close()


@settings(
    max_examples=SCHEDULES,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # real vaults are too slow to shrink with
    suppress_health_check=list(HealthCheck),
)
@given(
    between=st.lists(gaps, min_size=len(ACTS), max_size=len(ACTS)),
    looked=st.sets(st.sampled_from(sorted(EXPECTED)), min_size=2, max_size=4),
)
def test_in_every_order_of_exchange_the_boards_agree(
    made_four: tuple[Four, Path],
    tmp_path_factory: pytest.TempPathFactory,
    between: list[Gap],
    looked: set[str],
) -> None:
    with copied(made_four, tmp_path_factory.mktemp("story") / "told") as story:
        for act, gap in zip(ACTS, between, strict=True):
            story.do(act)
            if act.name in looked:
                agree(story, EXPECTED[act.name])
            exchanges(story, gap)
        agree(story, EXPECTED["action_done"])
        nothing_is_where_it_may_not_be(story)


def exchanges(story: Story, gap: Gap) -> None:
    """Let some exchange, while some bundles are on their way still: they come late, or reversed."""
    for who in gap.who:
        there = [path for path in story.share.files if path.endswith(".bundle")][-2 * gap.late :]
        story.exchange(who, hidden=set(there[: gap.late] if gap.newest else there[gap.late :]))


def agree(story: Story, expected: Stands) -> None:
    """Let everybody hear of everything, and find the same on every laptop."""
    story.everybody_hears()
    for laptop in story.four:
        assert stands(story, laptop) == expected, laptop.name
    first, *others = (by_rule(story, laptop, COMMON) for laptop in story.four)
    for other in others:
        assert other == first
    grant, ann, shah, bell = (on_boards(story, laptop) for laptop in story.four)
    assert ann == grant
    assert shah == grant, "what is for police alone brings nobody to a board or away from it"
    differ = {name for name, rows in bell.items() if rows != grant[name]}
    assert differ <= BY_HEALTH


def on_boards(story: Story, laptop: Laptop) -> dict[str, list[Due]]:
    """Return what stands on every board of a laptop, as its page shows it to the key worker."""
    now, team = local(story.four.clock.now_ms), laptop.seat.team
    me = team.persons[story.four.ann.seat.person]
    return {one.name: list(fill(laptop.store, one, me, team, now).dues) for one in boards()}


def by_rule(story: Story, laptop: Laptop, audiences: frozenset[str]) -> dict[str, list[Due]]:
    """Return what every board, and everybody's Today, makes of what is for some audiences."""
    now, team = local(story.four.clock.now_ms), laptop.seat.team
    facts = Facts((file_of(laptop, story.client, audiences=audiences),), team, limits=limits())
    (file,) = facts.files
    look = Look(facts, team.persons[story.four.ann.seat.person], now)
    rows = {one.name: one.exact(file, look) for one in boards()}
    return rows | {one: today(facts, person, now) for one, person in team.persons.items()}


def stands(story: Story, laptop: Laptop) -> Stands:
    """Return how it stands with the client on one laptop, by what every partner may read."""
    file, now = file_of(laptop, story.client, audiences=COMMON), local(laptop.now_ms)
    held, team = file.records, laptop.seat.team
    setting = setting_on(held, now.date())
    return Stands(
        choosing(held, now.date()).stage,
        posture_now(held, team, now.date()).level,
        setting.setting if setting else "",
        missed=chain_now(held, team, now, limits()) is not None,
        supported=support_on(held, now.date()) is not None,
    )


def nothing_is_where_it_may_not_be(story: Story) -> None:
    """Find what is for health or police with nobody else, and with them all of it."""
    for word, who in ((CLINIC, "bell"), (CLINICAL, "bell"), (INTELLIGENCE, "shah")):
        holds = {name for name in PEOPLE if word in everything(story.of(name), story.client)}
        assert holds == {who}
    for laptop in story.four:
        held = {one.audience for one in reads.records(laptop.store, client=story.client)}
        assert held == COMMON | {"Shah": {"police"}, "Bell": {"health"}}.get(laptop.name, set())
    ann, shah, bell = (story.of(name).seat.person for name in ("ann", "shah", "bell"))
    for laptop in story.four:
        held_, day = file_of(laptop, story.client).records, local(laptop.now_ms).date()
        duties = (KEY_WORKER, POLICE_LEAD, NURSE)
        assert [workers_on(held_, one, day) for one in duties] == [[ann], [shah], [bell]]


def everything(laptop: Laptop, client: bytes) -> str:
    """Return every answer a laptop holds of the client."""
    return repr([one.live for one in reads.records(laptop.store, client=client)])
