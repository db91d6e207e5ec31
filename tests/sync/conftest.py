# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A team of four with real vaults, made once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile_share import HostileShare
from tests.sync.laptops import (
    Four,
    Laptop,
    boxes_that_can_be_made_again,
    copy_of_four,
    team_of_four,
)


@pytest.fixture(scope="session")
def made_four(tmp_path_factory: pytest.TempPathFactory) -> tuple[Four, Path]:
    """Make the team every test gets a copy of."""
    place = tmp_path_factory.mktemp("four")
    with pytest.MonkeyPatch.context() as patch:
        boxes_that_can_be_made_again(patch)
        made = team_of_four(place, HostileShare())
    made.close()
    return made, place


@pytest.fixture
def four(made_four: tuple[Four, Path], tmp_path: Path) -> Iterator[Four]:
    """Give four laptops of one team, and their share."""
    copied = copy_of_four(*made_four, tmp_path / "four")
    yield copied
    copied.close()


@pytest.fixture
def another(four: Four) -> Iterator[list[Laptop]]:
    """Close, in the end and before the four, whatever further laptops a test made."""
    made: list[Laptop] = []
    yield made
    for one in made:
        one.close()
