# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Three to six laptops type, exchange, crash, part, are put back, copied, taken out, in any order.

Over real vaults and real bundles, and a share that is up to no good. What must hold whatever
happened, once all is well again: everybody in the team holds the same; a word is in the log unless
what holds no promise took it; of two who wrote at once both are there, and in the list of what is
to settle; nobody holds a word of an audience that is not theirs, and the share holds none; the log
read again gives the same.

machine_work: what people do, and what is remembered of it; machine_faults: what goes wrong;
machine_people: what is decided; machine_checks: what must hold. `make soak` runs a thousand more.
"""

from pathlib import Path

import pytest

from tests.sync.crew import Crew, crew_of_six
from tests.sync.laptops import boxes_that_can_be_made_again
from tests.sync.machine_checks import Sharing
from tests.sync.machine_runs import schedules

AT_ONCE, PARTS = 10, 5
"""Schedules in a part, and parts: fifty, the same each time, shared out among the processors."""
FOUND_WHO, FOUND_WITNESS = "0102020001100200032232122", "1100011322230112112033100"


@pytest.fixture(scope="module")
def made_six(tmp_path_factory: pytest.TempPathFactory) -> tuple[Crew, Path]:
    place = tmp_path_factory.mktemp("six")
    with pytest.MonkeyPatch.context() as patch:
        boxes_that_can_be_made_again(patch)
        made = crew_of_six(place)
    made.close()
    return made, place


@pytest.fixture
def _made(made_six: tuple[Crew, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes_that_can_be_made_again(monkeypatch)
    Sharing.made, Sharing.place = made_six, tmp_path


@pytest.mark.usefixtures("_made")
@pytest.mark.parametrize("number", range(PARTS))
def test_whatever_happens_everybody_ends_with_the_same_and_nothing_is_lost(number: int) -> None:
    schedules(number, AT_ONCE)


@pytest.mark.usefixtures("_made")
def test_a_copy_put_back_and_put_back_again_strands_nothing() -> None:
    """A schedule that was found: a bundle went on from the second of two branches of a branch."""
    found = Sharing()
    found.begin(4)
    for who, witness in zip(FOUND_WHO, FOUND_WITNESS, strict=True):
        found.write_twice(int(who), int(witness))
    found.teardown()


@pytest.mark.usefixtures("_made")
def test_a_rival_of_what_was_given_up_takes_nothing_out_of_the_records() -> None:
    """A schedule that was found: what goes on from a rival took the place of a bundle given up.

    What followed in that line was in the log and read no more, on two laptops of three.
    """
    found = Sharing()
    found.begin(3)
    found.write_twice_and_lose_one(0, witness=2)
    found.give_up()
    found.teardown()


@pytest.mark.usefixtures("_made")
def test_a_rival_of_what_was_given_up_can_be_ruled_on_though_only_what_follows_is_left() -> None:
    """Another: where what follows the one given up was taken in, the rival goes out on a branch."""
    found = Sharing()
    found.begin(6)
    found.set_clock_wrong(4, years=1)
    found.write_twice_and_lose_one(5, witness=2)
    found.write_twice(3, witness=0)
    found.set_clock_wrong(2, years=1)
    found.type(0, "surname")
    found.lose_power_in_the_vault(4, moment=18)
    found.take_out(4)
    found.give_up()
    found.teardown()


@pytest.mark.usefixtures("_made")
def test_what_was_held_for_its_date_and_waits_for_another_is_not_held_again() -> None:
    """Another: it was held for its date at every second exchange, and could not be given up."""
    found = Sharing()
    found.begin(4)
    found.write_twice(0, witness=3)
    found.visit(2)
    found.set_clock_wrong(0, years=1)
    found.write_twice(1, witness=0)
    found.note(0)
    found.lose_power(1, step=12)
    found.copy_or_change_disks(0)
    found.lose_power(1, step=9)
    found.fail("read_only")
    found.put_back(2, unseen=True)
    found.write_twice(1, witness=1)
    found.write_twice(1, witness=2)
    found.visit(1)
    found.write_twice(1, witness=2)
    found.visit(1)
    found.set_clock_wrong(2, years=1)
    found.put_back(0, unseen=False)
    found.teardown()


@pytest.mark.usefixtures("_made")
def test_a_rival_of_the_last_bundle_that_counts_strands_nobody() -> None:
    """Another: it was cut off where the coordinator had the one bundle, and a colleague the other.

    The colleague kept theirs, which nobody else took in, and waited for ever for what followed.
    """
    found = Sharing()
    found.begin(4)
    found.write_twice_and_lose_one(1, witness=3)
    found.take_out(1)
    found.teardown()


@pytest.mark.usefixtures("_made")
def test_what_follows_a_lost_bundle_of_a_branch_can_be_given_up_as_import_names_it() -> None:
    """Another: nobody can know which of two branches it was on, so two numbers are given up."""
    found = Sharing()
    found.begin(4)
    found.write_twice(2, witness=0)
    found.write_twice(2, witness=5)
    found.write_twice_and_lose_one(2, witness=3)
    found.teardown()


@pytest.mark.usefixtures("_made")
def test_a_line_of_a_laptop_taken_out_that_the_coordinator_never_had_counts_nowhere() -> None:
    """It went on under a new feed, and only a colleague out of reach heard of that."""
    found = Sharing()
    found.begin(4)
    found.back_up(1)
    found.type(1, "surname")
    found.exchange(1)
    found.put_back(1, unseen=False)
    found.part(1)
    found.part(3)
    found.exchange(1, types=True)
    found.exchange(3)
    found.take_out(1)
    found.meet()
    found.teardown()
